"""A small office of measures with something real behind every address of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldthread.core.governance.abilities import Role
from goldthread.performance.actions.approving import approve_figures, withdraw_release
from goldthread.performance.actions.frameworks import set_group
from goldthread.performance.actions.identifying import commit_to_measures, identify
from goldthread.performance.actions.rebasing import ask_rebase
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.models import AreaKind, Load
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from tests.meetings.deciding import Deciding
from tests.meetings.story import Boards
from tests.performance.story import STEADY, Measuring, a_decision
from tests.plans.story import CALLS, the_plan

AT = datetime(2014, 3, 4, 10, tzinfo=UTC)
FEBRUARY = date(2014, 2, 1)
PLAN = "police-and-crime-plan-2013-16"
Values = dict[str, Any]


class Measured:
    """Burglary in Fenshire: defined, told, spoken of, reported, released, promised and proposed."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.story = cast, Measuring(cast, AT)
        for role in Role:
            cast.holder(role)
        self.boards = Boards(cast, AT)
        self.deciding = Deciding(self.boards, cast)
        self._told()
        self._released()
        self._promised()

    def _told(self) -> None:
        story, who = self.story, {"by": self.cast.analyst, "at": AT}
        story.load((*STEADY, 131, 134))
        story.told(FEBRUARY)
        for name in ("Wealdshire", "Marshshire"):
            story.load(STEADY, area=story.an_area(name))
        district = story.an_area("Wickburn", kind=AreaKind.DISTRICT)
        district.within = story.area
        district.save()
        story.load(STEADY, area=district)
        others = [
            area for area in type(district).objects.exclude(pk=story.area.pk) if area.kind == AreaKind.FORCE
        ]
        set_group(body=self.cast.body, area=story.area, members=others, starts=date(2014, 1, 1), **who)
        self.rebase = ask_rebase(
            measure=story.measure,
            area=story.area,
            first_period=date(2013, 1, 1),
            reason="Sheds count from January 2013.",
            **who,
        )
        story.draft(key="robbery", name="Robbery")

    def _released(self) -> None:
        story, by = self.story, self.cast.chief_executive
        given = {"measure": story.measure, "area": story.area, "by": by, "at": AT}
        self.shown = report_to_board(paper=self.deciding.paper(), **given)
        self.first = approve_figures(seen=self._seal(), **given)
        withdraw_release(release=self.first, reason="A month was counted twice.", by=by, at=AT)
        self.release = approve_figures(seen=self._seal(), **given)

    def _seal(self) -> str:
        return chart_seal(form_now(series_of(self.story.measure, self.story.area)))

    def _promised(self) -> None:
        plan = the_plan(self.cast)
        self.edition = plan.editions.get(slug="march-2014")
        by = self.cast.governance_officer
        commit_to_measures(
            decision=a_decision(self.deciding),
            plan=plan,
            priorities=[CALLS],
            words="Measures will be identified for each priority.",
            due=date(2030, 6, 30),
            by=by,
            at=datetime(2014, 10, 4, tzinfo=UTC),
        )
        self.proposed = identify(
            measure=self.story.measure,
            edition=self.edition,
            section_key=CALLS,
            why="It is what residents name first.",
            by=self.cast.analyst,
            at=AT,
        )

    def values(self, name: str, pattern: str) -> Iterable[Any]:
        """What may stand in a parameter of an address of measures."""
        found: dict[str, Iterable[Any]] = {
            "slug": ["robbery"] if "definition/<int:number>/check" in pattern else ["burglary"],
            "theme": ["keeping-people-safe"],
            "plan": [PLAN],
            "key": [CALLS],
            "area": ["fenshire"],
            "form": ["csv"],
            "number": [1] if "definition/" in pattern else [2],
        }
        return self._rows(pattern) if name == "pk" else found[name]

    def _rows(self, pattern: str) -> list[int]:
        if "loads/" in pattern:
            return [Load.objects.order_by("pk").values_list("pk", flat=True)[0]]
        if "re-bases/" in pattern:
            return [self.rebase.pk]
        return [self.shown.pk if "history/" in pattern else self.proposed.pk]


def addresses(office: Measured) -> Iterator[tuple[str, str]]:
    """Every named address of measures, filled in."""
    for name, pattern, parameters in routes():
        given = {each: next(iter(office.values(each, pattern))) for each in parameters}
        yield name, reverse(f"performance:{name}", kwargs=given)


def routes() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The name, the pattern and the parameters of every address of measures."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "performance":
            for each in resolver.url_patterns:
                if isinstance(each, URLPattern) and each.name:
                    yield each.name, str(each.pattern), tuple(each.pattern.regex.groupindex)
