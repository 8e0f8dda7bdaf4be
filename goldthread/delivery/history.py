"""The history of an action or a milestone in words: what it said, what it says, why, and who changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils.translation import gettext_lazy

from goldthread.delivery.models import Action, Change, Milestone
from goldthread.web.templatetags.web import day

FIELDS = {
    "title": gettext_lazy("Title"),
    "words": gettext_lazy("Words"),
    "owner_office": gettext_lazy("Owner"),
    "owner_words": gettext_lazy("Owner, in words"),
    "starts": gettext_lazy("Starts"),
    "baseline": gettext_lazy("First due"),
    "forecast": gettext_lazy("Now expected"),
    "finished": gettext_lazy("Finished"),
    "reached": gettext_lazy("Reached"),
    "dropped_on": gettext_lazy("Dropped"),
    "dropped_reason": gettext_lazy("Why it was dropped"),
    "weight": gettext_lazy("Weight"),
    "cost": gettext_lazy("Cost"),
    "cost_words": gettext_lazy("Who pays"),
    "state": gettext_lazy("State"),
    "waits for": gettext_lazy("Waits for"),
    "carried from": gettext_lazy("Taken along from"),
}
DAYS = frozenset({"starts", "baseline", "forecast", "finished", "reached", "dropped_on"})
STATES = {
    "planned": gettext_lazy("Planned"),
    "under_way": gettext_lazy("Under way"),
    "done": gettext_lazy("Done"),
    "dropped": gettext_lazy("Dropped"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words. ``about`` is the number of the milestone that it was of, or empty."""

    what: str
    was: str
    now: str
    why: str
    at: datetime
    by_name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """That a day was moved, first to last: from which, to which, when and why."""

    field: str
    was: date | None
    now: date | None
    at: datetime
    why: str
    by_name: str


def history_of(action: Action) -> tuple[Told, ...]:
    """Every change of an action and of its milestones, newest first."""
    own = ((row, "") for row in action.changes.all())
    steps = action.milestones.prefetch_related("changes")
    theirs = ((row, step.number) for step in steps for row in step.changes.all())
    rows = sorted(chain(own, theirs), key=lambda each: each[0].pk, reverse=True)
    return tuple(told(row, about) for row, about in rows)


def told(row: Change, about: str = "") -> Told:
    """A line of history in words that a person reads."""
    what = str(FIELDS.get(row.field, row.field.replace("_", " ").capitalize()))
    was, now = (_said(row.field, each) for each in (row.was, row.now))
    return Told(what, was, now, row.why, row.at, row.by_name, about)


def _said(field: str, kept: str) -> str:
    if not kept:
        return ""
    if field in DAYS:
        return day(date.fromisoformat(kept))
    if field == "state":
        return str(STATES.get(kept, kept))
    return f"£{kept}" if field == "cost" else kept


def moves_of(thing: Action | Milestone, since: datetime | None = None) -> Iterator[Moved]:
    """Each time that the day of a thing was moved, oldest first; the first day set is no move."""
    for row in thing.changes.all():
        if row.field not in ("baseline", "forecast") or (since is not None and row.at <= since):
            continue
        if row.field == "baseline" and not row.was:
            continue
        was, now = (date.fromisoformat(each) if each else None for each in (row.was, row.now))
        yield Moved(row.field, was, now, row.at, row.why, row.by_name)


def state_words(state: str) -> str:
    """The state of an action as a person reads it."""
    return str(STATES.get(state, state))
