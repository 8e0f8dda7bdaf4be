"""What a report is made of, as frozen records: nothing in them is looked up when they are read again.

They are kept as a form (`core.records`) beside the report, so that it can be written anew from its own
data, sealed with it, and compared with what the same records say later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.core.records import of_form, to_form

FORM = 1


@dataclass(frozen=True, slots=True)
class Ref:
    """A record that something is said from: which it is, what it is called, where it is, its seal then."""

    kind: str
    pk: int
    label: str
    address: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class UpdateSaid:
    """A signed update as the board reads it: words, the owner's status, the office, the days."""

    ref: Ref
    words: str
    status: str
    tone: str
    office: str
    on: date
    signed_on: date
    forecast: date | None = None


@dataclass(frozen=True, slots=True)
class MoveSaid:
    """That a date was moved: of what, from and to which day (empty where none was), when and why."""

    what: str
    was: date | None
    now: date | None
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneSaid:
    """A milestone as it stood."""

    ref: Ref
    number: str
    title: str
    weight: int
    baseline: date | None = None
    forecast: date | None = None
    reached: date | None = None
    dropped: bool = False
    last: UpdateSaid | None = None


@dataclass(frozen=True, slots=True)
class WaitSaid:
    """Something unfinished that an action waits for, and when it is expected."""

    ref: Ref
    title: str
    due: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """An action as it stood, and what was last said of it; ``heard`` is the day of its last update.

    ``updates`` counts those given in the time of the report, ``owned`` says how its owner stands
    (`core.delivery.standing.Ownership`).
    """

    ref: Ref
    number: str
    title: str
    words: str
    owner: str
    owned: str
    weight: int
    state: str
    starts: date | None = None
    baseline: date | None = None
    forecast: date | None = None
    finished: date | None = None
    dropped_reason: str = ""
    cost: str = ""
    last: UpdateSaid | None = None
    updates: int = 0
    heard: date | None = None
    moves: tuple[MoveSaid, ...] = ()
    milestones: tuple[MilestoneSaid, ...] = ()
    waits: tuple[WaitSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class ServesSaid:
    """A promise of the plan that a priority serves, as it was pinned; of a whole section only its name."""

    ref: Ref
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a partner must give."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PrioritySaid:
    """A priority for action with its actions. ``changed_on`` where its words moved on after approval."""

    ref: Ref
    number: str
    title: str
    words: str
    success: str
    lead: str
    stage: str
    support: tuple[Support, ...] = ()
    serves: tuple[ServesSaid, ...] = ()
    actions: tuple[ActionSaid, ...] = ()
    changed_on: date | None = None
    changed_why: str = ""
    closed_on: date | None = None
    closed_reason: str = ""
    last: UpdateSaid | None = None


@dataclass(frozen=True, slots=True)
class MeasureSaid:
    """A measure of the theme. ``shown`` is the row of its chart as kept for the board, 0 where there is none.

    ``lacking`` says in words why there is none. ``rank`` is how early its news is told, worst first.
    """

    ref: Ref
    name: str
    tells_of: str
    area: str = ""
    sentence: str = ""
    narrative: str = ""
    lacking: str = ""
    rank: int = 6
    shown: int = 0
    shown_seal: str = ""


@dataclass(frozen=True, slots=True)
class DecisionSaid:
    """A decision that touches the theme."""

    ref: Ref
    reference: str
    title: str
    resolved: str
    on: date


@dataclass(frozen=True, slots=True)
class StatusSaid:
    """A word of the owners' scale and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """All that a report says of a theme: the time it covers, the priorities, the measures, the decisions.

    ``last_seen`` is the day of the meeting that last saw the theme in depth, ``approved_on`` that of the
    decision on its priorities; either may be missing. ``source`` is the report's own reference.
    """

    theme_key: str
    title: str
    plan: Ref
    edition: Ref | None
    year: int
    since: date
    until: date
    board: str
    source: Ref
    priorities: tuple[PrioritySaid, ...] = ()
    measures: tuple[MeasureSaid, ...] = ()
    decisions: tuple[DecisionSaid, ...] = ()
    scale: tuple[StatusSaid, ...] = ()
    scale_ref: Ref | None = None
    last_seen: date | None = None
    last_seen_ref: Ref | None = None
    approved_on: date | None = None
    approved_ref: Ref | None = None
    next_meeting: date | None = None
    next_meeting_ref: Ref | None = None
    contact: str = ""
    contact_role: str = ""


def record_form(said: ThemeSaid) -> dict[str, Any]:
    """The record of a report as JSON would hold it."""
    return {"form": FORM, **to_form(said)}


def read_record(form: dict[str, Any]) -> ThemeSaid:
    """The record that a form was made of; raises ValueError where it cannot be read."""
    if form.get("form") != FORM:
        raise ValueError(f"this is no record of a report in form {FORM}")
    try:
        return of_form(ThemeSaid, {name: part for name, part in form.items() if name != "form"})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this record of a report cannot be read: {error}") from error
