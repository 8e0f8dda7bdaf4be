"""How work stands on a day: done, late or on course; silent or not; whose it is; what became of a promise.

Each answer carries its words, so that no page has a status without the rule that gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

STALE_AFTER = timedelta(days=92)
"""How long work may go without a word: the longest quarter of a year."""


@unique
class Standing(StrEnum):
    """How a piece of work stands on a day."""

    DONE = "done"
    DROPPED = "dropped"
    LATE = "late"
    SLIPPING = "slipping"
    NOT_BEGUN = "not_begun"
    ON_COURSE = "on_course"
    UNDATED = "undated"


@unique
class Ownership(StrEnum):
    """Whether there is somebody who can be asked about a piece of work."""

    HELD = "held"
    OUTSIDE = "outside"
    VACANT = "vacant"
    NOBODY = "nobody"


@unique
class Horizon(StrEnum):
    """When something is owed, seen from a day."""

    OVERDUE = "overdue"
    THIS_MONTH = "this_month"
    LATER = "later"
    NO_DATE = "no_date"


@unique
class PromiseStatus(StrEnum):
    """What became of a promise so far."""

    NOT_TAKEN_UP = "not_taken_up"
    TAKEN_UP = "taken_up"
    UNDER_WAY = "under_way"
    BEHIND = "behind"
    PARTLY_DELIVERED = "partly_delivered"
    DELIVERED = "delivered"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a piece of work: when it was to be done, is now expected, and was done."""

    baseline: date | None = None
    forecast: date | None = None
    finished: date | None = None
    starts: date | None = None
    dropped: bool = False

    @property
    def due(self) -> date | None:
        """The day by which it was to be done: the one agreed, else the one expected."""
        return self.baseline or self.forecast


@dataclass(frozen=True, slots=True)
class Stand:
    """How a piece of work stands, in a word and in a sentence that says why."""

    standing: Standing
    word: str
    words: str
    tone: str

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.standing in ENDED


@dataclass(frozen=True, slots=True)
class Promise:
    """What became of a promise: its status, a sentence with the figures, and the rule that gave it."""

    status: PromiseStatus
    word: str
    words: str
    rule: str
    tone: str


ENDED = frozenset({Standing.DONE, Standing.DROPPED})

WORDS: Mapping[Standing, tuple[str, str]] = {
    Standing.DONE: ("Done", "good"),
    Standing.DROPPED: ("Dropped", "calm"),
    Standing.LATE: ("Late", "bad"),
    Standing.SLIPPING: ("Will be late", "warn"),
    Standing.NOT_BEGUN: ("Not begun", "calm"),
    Standing.ON_COURSE: ("On course", "good"),
    Standing.UNDATED: ("No date", "warn"),
}
"""Each standing as a word and a tone."""

RULES: Mapping[PromiseStatus, tuple[str, str, str]] = {
    PromiseStatus.NOT_TAKEN_UP: ("Not taken up", "warn", "No priority for action serves this promise yet."),
    PromiseStatus.TAKEN_UP: (
        "Taken up",
        "calm",
        "A priority for action serves this promise, and has no action yet.",
    ),
    PromiseStatus.UNDER_WAY: ("Under way", "calm", "There are actions, none is done and none is late."),
    PromiseStatus.BEHIND: ("Behind", "bad", "No action is done, and at least one is late."),
    PromiseStatus.PARTLY_DELIVERED: (
        "Partly delivered",
        "warn",
        "At least one action is done, and at least one is not.",
    ),
    PromiseStatus.DELIVERED: (
        "Delivered",
        "good",
        "Every action is done; actions that were dropped do not count.",
    ),
    PromiseStatus.STOPPED: ("Stopped", "bad", "Every action was dropped."),
}
"""Each status of a promise as a word, a tone and the rule that gives it."""


def day_words(day: date, on: date) -> str:
    """A day as it is said on another: without its year in the same year (4 March; 4 March 2019)."""
    return f"{day:%-d %B}" if day.year == on.year else f"{day:%-d %B %Y}"


def stand(dates: Dates, on: date) -> Stand:
    """How a piece of work stands on a day, from its dates alone.

    Late is measured against the day that was agreed: a new forecast explains, and excuses nothing.
    """
    standing, words = _standing(dates, on)
    word, tone = WORDS[standing]
    return Stand(standing, word, words, tone)


def _standing(dates: Dates, on: date) -> tuple[Standing, str]:
    due = dates.due
    if dates.dropped:
        return Standing.DROPPED, "It was dropped."
    if dates.finished is not None:
        return Standing.DONE, _finished(dates.finished, due, on)
    if due is None:
        return Standing.UNDATED, "Nobody has said by when it is to be done."
    if due < on:
        return Standing.LATE, _late(due, dates.forecast, on)
    if dates.forecast is not None and dates.forecast > due:
        return Standing.SLIPPING, _expected(due, dates.forecast, on)
    if dates.starts is not None and dates.starts > on:
        return Standing.NOT_BEGUN, f"To begin {day_words(dates.starts, on)}, due {day_words(due, on)}."
    return Standing.ON_COURSE, f"Due {day_words(due, on)}."


def _finished(finished: date, due: date | None, on: date) -> str:
    said = f"Done {day_words(finished, on)}"
    if due is None or finished <= due:
        return f"{said}."
    return f"{said}, {days_words((finished - due).days)} after it was due."


def _late(due: date, forecast: date | None, on: date) -> str:
    if forecast is None or forecast <= due:
        return f"Due {day_words(due, on)}, and no new date is given."
    if forecast < on:
        return f"Due {day_words(due, on)}; its new date, {day_words(forecast, on)}, has passed too."
    return _expected(due, forecast, on)


def _expected(due: date, forecast: date, on: date) -> str:
    return f"Due {day_words(due, on)}, now expected {day_words(forecast, on)}."


def days_words(days: int) -> str:
    """A number of days: 1 day, 12 days."""
    return f"{days} day" if days == 1 else f"{days} days"


def is_stale(last: date | None, since: date, on: date, after: timedelta = STALE_AFTER) -> bool:
    """Whether work has been silent for too long: from its last update, or from the day it began.

    Exactly ``after`` days of silence are not yet too long.
    """
    heard = last if last is not None and last > since else since
    return on - heard > after


def silence_words(last: date | None, on: date) -> str:
    """What is printed where nothing has been heard: “No update since 4 March”, or that there was none."""
    return "No update yet" if last is None else f"No update since {day_words(last, on)}"


def ownership(office: bool, holders: int, words: str = "") -> Ownership:
    """Whose a piece of work is: an office that somebody holds, one that nobody holds, a name, or nobody's.

    A name alone (a partner's, without an office here) is an owner who can be written to, not asked.
    """
    if office:
        return Ownership.HELD if holders > 0 else Ownership.VACANT
    return Ownership.OUTSIDE if words.strip() else Ownership.NOBODY


def is_ownerless(owner: Ownership) -> bool:
    """Whether work waits to be placed: nobody was named, or nobody holds the office that was."""
    return owner in {Ownership.VACANT, Ownership.NOBODY}


def horizon(due: date | None, on: date) -> Horizon:
    """Whether something is overdue, due by the end of this month, due later, or without a day."""
    if due is None:
        return Horizon.NO_DATE
    if due < on:
        return Horizon.OVERDUE
    return Horizon.THIS_MONTH if (due.year, due.month) == (on.year, on.month) else Horizon.LATER


def promise(serving: int, standings: Iterable[Standing]) -> Promise:
    """What became of a promise that so many priorities serve, from how their actions stand.

    The actions of a priority that no longer serves it are not to be given.
    """
    counts = Counter(standings)
    status = _promise_status(serving, counts)
    word, tone, rule = RULES[status]
    return Promise(status, word, tally_words(counts), rule, tone)


def _promise_status(serving: int, counts: Mapping[Standing, int]) -> PromiseStatus:
    whole = sum(counts.values())
    live = whole - counts.get(Standing.DROPPED, 0)
    done, late = counts.get(Standing.DONE, 0), counts.get(Standing.LATE, 0)
    if not whole:
        return PromiseStatus.TAKEN_UP if serving else PromiseStatus.NOT_TAKEN_UP
    if not live:
        return PromiseStatus.STOPPED
    if done == live:
        return PromiseStatus.DELIVERED
    if done:
        return PromiseStatus.PARTLY_DELIVERED
    return PromiseStatus.BEHIND if late else PromiseStatus.UNDER_WAY


SAID: tuple[tuple[Standing, str], ...] = (
    (Standing.DONE, "done"),
    (Standing.ON_COURSE, "on course"),
    (Standing.NOT_BEGUN, "not begun"),
    (Standing.SLIPPING, "expected late"),
    (Standing.LATE, "late"),
    (Standing.UNDATED, "without a date"),
    (Standing.DROPPED, "dropped"),
)


def tally_words(counts: Mapping[Standing, int]) -> str:
    """How many actions stand how: “3 actions: 1 done, 1 on course, 1 late”; “No actions” of none."""
    whole = sum(counts.values())
    if not whole:
        return "No actions"
    parts = [f"{counts[each]} {words}" for each, words in SAID if counts.get(each)]
    return f"{whole} {'action' if whole == 1 else 'actions'}: {', '.join(parts)}"
