"""Measures in the sentinel office: reported in an exempt paper, promised by an exempt decision, released."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from goldthread.performance.actions.approving import approve_figures
from goldthread.performance.actions.breaks import mark_break
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.actions.rebasing import ask_rebase
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.models import Commitment, Identification, Load, Rebase, ShownChart
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from tests.meetings.leaks.sentinels import Level
from tests.performance.story import STEADY, Measuring

if TYPE_CHECKING:
    from tests.meetings.leaks.office import Office

AT = datetime(2014, 11, 20, 9, tzinfo=UTC)
LAST = date(2013, 12, 1)


class Measured:
    """One measure: what was released of it is public, what was said since is the desk's."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.story = Measuring(office.cast, AT)
        self.story.load(STEADY)
        given = {"measure": self.story.measure, "area": self.story.area, "at": AT}
        by = office.cast.analyst
        said = office.words.public("a measure, what was said and released")
        write_narrative(period=LAST, words=f"It is {said}.", by=by, **given)
        chief = office.cast.chief_executive
        seen = chart_seal(form_now(series_of(self.story.measure, self.story.area)))
        approve_figures(seen=seen, by=chief, **given)
        report_to_board(paper=office.exempt_paper, by=chief, **given)
        said = self._plant("what was said and not released")
        write_narrative(period=LAST, words=f"It is {said}.", by=by, **given)
        said = self._plant("why a re-base is asked for")
        ask_rebase(first_period=date(2013, 1, 1), reason=f"Since {said}", by=by, **given)
        self._break()
        self._promise()

    def _plant(self, where: str) -> str:
        return self.office.words.plant(f"a measure, {where}", Level.DESK)

    def _break(self) -> None:
        mark_break(
            body=self.office.cast.body,
            kind="recording",
            period=date(2013, 6, 1),
            words=f"Counted by {self._plant('why its series is broken')}",
            source=f"Circular {self._plant('who says that it is broken')}",
            measure=self.story.measure,
            by=self.office.cast.analyst,
            at=AT,
        )

    def _promise(self) -> None:
        """A promise of the exempt decision, whose words only those may read who read the decision."""
        decision = self.office.after.decisions["exempt"]
        said = self.office.words.full("what an exempt decision promised of measures")
        Commitment.objects.create(
            body=self.office.cast.body,
            decision=decision,
            decision_seal=decision.seal,
            plan=self.office.plan,
            priorities=[["plan-1", "Aims"]],
            words=f"To find {said}.",
            due=date(2030, 1, 1),
            made_at=AT,
            made_by=self.office.clerk.name,
        )

    def values(self, name: str, pattern: str) -> Iterable[Any]:
        """What may stand in a parameter of an address of measures."""
        if name == "pk":
            return list(self._model(pattern).objects.order_by("pk").values_list("pk", flat=True))
        return {
            "slug": ["burglary"],
            "theme": ["keeping-people-safe"],
            "plan": [self.office.plan.slug],
            "key": ["plan-1"],
            "area": ["fenshire"],
            "form": ["csv", "json", "pdf"],
            "number": [1],
        }[name]

    def _model(self, pattern: str) -> Any:
        return {
            "loads/": Load,
            "re-bases/": Rebase,
            "history/": ShownChart,
            "identified/": Identification,
        }[next(part for part in ("loads/", "re-bases/", "history/", "identified/") if part in pattern)]
