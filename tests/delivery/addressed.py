"""A small office of delivery with something real behind every address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.handing_over import hand_over_work
from goldthread.delivery.actions.imports import hand_in
from goldthread.delivery.actions.keeping import keep_typing
from goldthread.delivery.actions.periods import close_period, open_period
from goldthread.delivery.actions.priorities import serve
from goldthread.delivery.actions.reminders import add_rule
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.actions.waiting import depends
from goldthread.delivery.models import Evidence, HandOver, KeptUpdate
from tests.delivery.linked import sent
from tests.delivery.lists import AS_KEPT
from tests.delivery.reporting import Reporting
from tests.delivery.story import CONTACT, NAMED_PERSON, VICTIMS, Delivering
from tests.meetings.deciding import Deciding
from tests.meetings.story import Boards
from tests.performance.story import Measuring

AT = datetime(2014, 11, 3, 10, 30, tzinfo=UTC)


class Addressed:
    """A live priority with all that hangs on it, a draft, a closed period, a list, a report, a link."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        for role in Role:
            cast.holder(role)
        self.measuring = Measuring(cast, AT)
        self.story = Delivering(Deciding(Boards(cast, AT), cast), AT)
        self.reporting = Reporting(self.story, self.measuring, AT)
        self.by = {"by": cast.governance_officer, "at": AT}
        self.live, self.draft = self.story.live, self.story.draft
        self._tied()
        self._done()
        self._reported()
        self.story.publish()

    def _tied(self) -> None:
        self.pin = serve(
            priority=self.live,
            edition=self.story.edition,
            section_key=CONTACT,
            block_key=NAMED_PERSON,
            **self.by,
        )
        self.tie = self.reporting.measured

    def _done(self) -> None:
        self.action = self.reporting.spoken_of
        self.milestone = self.story.milestone(self.action)
        self.needed = self.story.action("Train officers")
        self.waiting = depends(action=self.action, on=self.needed, **self.by)
        self.update = give_update(
            subject=self.action,
            words="One more signed.",
            status="on_course",
            by=self.cast.chief_constable,
            at=AT,
        )
        file = {"name": "minutes.txt", "sha256": vault.keep(b"Agreed."), "size": 7}
        self.file = Evidence.objects.create(update=self.update, added_at=AT, added_by="Test", **file)
        keep_typing(subject=self.needed, form={"words": "We are"}, by=self.cast.chief_constable, at=AT)
        kept = KeptUpdate.objects.get()
        self.typed_file = Evidence.objects.create(kept=kept, added_at=AT, added_by="Test", **file)
        self.link, self.address = sent(self.story, timezone.now(), subject=self.needed)
        link_kept = KeptUpdate.objects.create(
            link=self.link, kind="action", ref_id=self.needed.pk, saved_at=timezone.now()
        )
        self.link_file = Evidence.objects.create(kept=link_kept, added_at=AT, added_by="Test", **file)

    def _reported(self) -> None:
        days = {"starts": date(2014, 7, 1), "ends": date(2014, 9, 30), "due": date(2014, 10, 10)}
        closed = open_period(body=self.cast.body, name="Summer 2014", **days, **self.by)
        self.period = close_period(period=closed, **self.by)
        days = {"starts": date(2014, 10, 1), "ends": date(2014, 12, 31), "due": date(2015, 1, 10)}
        self.running = open_period(body=self.cast.body, name="Autumn 2014", **days, **self.by)
        self.made = hand_in(
            plan=self.story.plan, year=2014, name="list.xlsx", file=ContentFile(AS_KEPT), **self.by
        )
        self.report = self.reporting.report
        self.rule = add_rule(
            body=self.cast.body, name="A week before", about="action", days=-7, to="owner", **self.by
        )
        self.hand_over = self._handed_over()

    def _handed_over(self) -> HandOver:
        office = self.story.office(Role.PARTNER_LEAD)
        self.story.action("Open the one number", owner=Role.PARTNER_LEAD)
        return hand_over_work(
            office=office, was=self.cast.holder(Role.PARTNER_LEAD), on=date(2014, 10, 31), **self.by
        )

    def value(self, name: str, parameter: str) -> Any:
        """What stands in a parameter of an address."""
        found = {
            "key": VICTIMS,
            "slug": self.action.slug if "action" in name or "milestone" in name else self.live.slug,
            "priority": self.live.slug,
            "step": "close",
            "deed": "forecast",
            "kind": "action",
            "form": "docx",
            "year": 2014,
            "token": self.address.split("/")[2],
            "file": self.typed_file.pk,
        }
        return self._row(name) if parameter == "pk" else found[parameter]

    def _row(self, name: str) -> int:
        """The row that an address names by its key."""
        rows = {
            "desk-serving": self.pin,
            "desk-stop-measuring": self.tie,
            "desk-action-waits-end": self.waiting,
            "desk-milestone-deed": self.milestone,
            "desk-hand-over": self.hand_over.office,
            "desk-update": self.needed,
            "desk-update-keep": self.needed,
            "desk-update-stop": self.needed,
            "desk-update-file-off": self.needed,
            "desk-evidence": self.file,
            "desk-period-close": self.running,
            "desk-link-new": self.needed,
            "desk-link": self.link,
            "desk-reminder-end": self.rule,
            "site-link-file-off": self.link_file,
        }
        if name in rows:
            return int(rows[name].pk)
        families = {
            "desk-import": self.made,
            "desk-update": self.update,
            "desk-period": self.period,
            "desk-report": self.report,
        }
        return int(next(row.pk for family, row in families.items() if name.startswith(family)))


def addresses(office: Addressed) -> Iterator[tuple[str, str]]:
    """Every named address of delivery, filled in; and those of a draft that the public asks for."""
    for name, parameters in routes():
        given = {each: office.value(name, each) for each in parameters}
        yield name, reverse(f"delivery:{name}", kwargs=given)
    yield "desk-priority (a draft)", reverse("delivery:desk-priority", args=[office.draft.slug])
    yield "site-priority (a draft)", reverse("delivery:site-priority", args=[office.draft.slug])
    yield "site-year (nothing in it)", reverse("delivery:site-year", args=[2019])


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and the parameters of every address of delivery."""
    for resolver in get_resolver().url_patterns:
        found = resolver.url_patterns if isinstance(resolver, URLResolver) else ()
        if getattr(resolver, "namespace", "") == "delivery":
            for each in found:
                if isinstance(each, URLPattern) and each.name:
                    yield each.name, tuple(each.pattern.regex.groupindex)
