"""A pledge and what became of it: a priority that serves it, actions, words, a measure, a decision."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.priority_ties import measure_by, serve
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Action, Priority, Update
from goldthread.people.models import User
from goldthread.plans.reading import short_key
from goldthread.thread.reader import Reader
from goldthread.thread.stops import Stop, StopKind, Thread
from goldthread.thread.threads import thread_of
from tests.delivery.story import CONTACT, NAMED_PERSON, VICTIMS

UNSIGNED = "SENTINEL-UNSIGNED"
"""Stands in words of owners that nobody signed off."""
DESK_ONLY = "SENTINEL-DESK"
"""Stands in words that were signed off for the desk and not for the public."""


class Threading:
    """The pledge about a named person, and everything that hangs on it."""

    def __init__(self, delivering: Any, measuring: Any, at: datetime) -> None:
        self.delivering, self.measuring, self.at = delivering, measuring, at
        self.cast = delivering.cast

    @property
    def pledge(self) -> str:
        """The reference of the pledge's thread."""
        return f"{self.delivering.plan.slug}.{short_key(NAMED_PERSON)}"

    @property
    def section(self) -> str:
        """The reference of the thread of the theme that it stands in."""
        return f"{self.delivering.plan.slug}.{short_key(VICTIMS)}"

    @cached_property
    def priority(self) -> Priority:
        """A live priority that serves the pledge."""
        live = self.delivering.live
        self.serve(live)
        return live

    def serve(self, priority: Priority) -> None:
        serve(
            priority=priority,
            edition=self.delivering.edition,
            section_key=CONTACT,
            block_key=NAMED_PERSON,
            by=self.cast.governance_officer,
            at=self.at,
        )

    def action(self, title: str = "Agree how case notes are shared", **more: Any) -> Action:
        """An action of the priority."""
        return self.delivering.action(title, priority=self.priority, **more)

    def said(self, thing: Any, words: str, *, signed: bool = True, public: bool = True) -> Update:
        """What the chief constable says of a thing, signed off by the governance officer."""
        update = give_update(
            subject=thing, words=words, status="on_course", by=self.cast.chief_constable, at=self.at
        )
        if signed:
            later = self.at + timedelta(minutes=5)
            sign_off(update=update, public=public, by=self.cast.governance_officer, at=later)
        return update

    def measured(self) -> Any:
        """A measure that tells of the priority, with two years of figures."""
        self.measuring.load([100, 104, 97, 101] * 6)
        measure_by(
            priority=self.priority,
            measure=self.measuring.measure,
            why=f"{DESK_ONLY} why",
            by=self.cast.analyst,
            at=self.at,
        )
        return self.measuring.measure

    def all_of_it(self) -> None:
        """Everything at once, the decision before the public."""
        late = self.action(due=date(2014, 10, 10))
        self.action("Train sixty officers", finished=date(2014, 10, 20))
        going = self.action("Ask victims what they need")
        self.said(late, "Two councils have signed; two wait for their lawyers.")
        self.said(late, f"{UNSIGNED} words of an owner.", signed=False)
        self.said(going, f"{DESK_ONLY} words of an owner.", public=False)
        self.measured()
        self.delivering.publish()

    def seen(self, kind: str, ref: str, by: User | None = None) -> Thread:
        """A thread as one of the staff reads it, or without one the public."""
        return thread_of(kind, ref, reader=Reader(self.at.date(), by))

    def by_staff(self, kind: str, ref: str) -> Thread:
        """A thread as the governance officer reads it."""
        return self.seen(kind, ref, self.cast.holder(Role.GOVERNANCE_OFFICER))


def of_kind(thread: Thread, kind: StopKind) -> list[Stop]:
    """The stops of a thread that are of a kind."""
    return [stop for stop in thread.stops if stop.kind is kind]


def told(thread: Thread) -> str:
    """Everything that a thread says, as one string."""
    return repr(thread)
