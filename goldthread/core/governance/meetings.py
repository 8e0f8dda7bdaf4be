"""When a body meets, when its papers must be out, and what the clock says on the day.

Dates are dates in the office's own country, never moments; a moment is made from a date, a time and
a zone at the last step, so that a meeting at 14:00 stays at 14:00 when the clocks change.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum, unique
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.core.problems import Problem

LONDON = ZoneInfo("Europe/London")
NO_HOLIDAYS: Mapping[date, str] = MappingProxyType({})
_SATURDAY = 5


@unique
class Every(StrEnum):
    """What a recurrence counts in."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A meeting that comes round, such as the first Thursday of every second month.

    ``weekday`` is 0 for Monday to 6 for Sunday; ``nth`` is 1 to 4, or -1 for the last of the month
    (not used by week); ``step`` is every how many weeks or months, counted from ``starts``;
    ``ends`` is the last day on which it may fall; ``skip_months`` are 1 to 12.
    """

    every: Every
    weekday: int
    starts: date
    nth: int = 1
    step: int = 1
    ends: date | None = None
    skip_months: frozenset[int] = frozenset()


class LeftOut(NamedTuple):
    """A date on which a meeting would have fallen, and why it does not."""

    on: date
    why: str


def problems_with(recurrence: Recurrence) -> tuple[Problem, ...]:
    """Every reason why a recurrence gives no sensible dates."""
    where = "Recurring meeting"
    found: list[Problem] = []
    if recurrence.weekday not in range(7):
        found.append(Problem(where, "Choose a day from Monday to Sunday.", "weekday"))
    if recurrence.every is Every.MONTH and recurrence.nth not in (1, 2, 3, 4, -1):
        found.append(Problem(where, "Choose the first, second, third, fourth or last of the month.", "nth"))
    if recurrence.step < 1:
        found.append(Problem(where, "It must come round every one or more weeks or months.", "step"))
    if recurrence.ends is not None and recurrence.ends < recurrence.starts:
        found.append(Problem(where, "It ends before it starts. Correct one of the two dates.", "ends"))
    if not recurrence.skip_months <= set(range(1, 13)):
        found.append(Problem(where, "A month to skip is not a month of the year.", "month"))
    elif len(recurrence.skip_months) == len(calendar.month_name) - 1:
        found.append(Problem(where, "Every month is skipped, so that it would never meet.", "month"))
    return tuple(found)


def dates(
    recurrence: Recurrence, first: date, last: date, holidays: Mapping[date, str] = NO_HOLIDAYS
) -> tuple[date, ...]:
    """The dates from ``first`` to ``last``, both included, without skipped months and holidays."""
    return tuple(on for on in _all(recurrence, first, last) if not _why_not(recurrence, on, holidays))


def left_out(
    recurrence: Recurrence, first: date, last: date, holidays: Mapping[date, str] = NO_HOLIDAYS
) -> tuple[LeftOut, ...]:
    """The dates that ``dates`` leaves out, each with its reason, so that an officer can choose another."""
    found = ((on, _why_not(recurrence, on, holidays)) for on in _all(recurrence, first, last))
    return tuple(LeftOut(on, why) for on, why in found if why)


def _why_not(recurrence: Recurrence, on: date, holidays: Mapping[date, str]) -> str:
    if on.month in recurrence.skip_months:
        return f"No meeting in {on:%B}."
    return f"{in_words(on)} is a holiday: {holidays[on]}." if on in holidays else ""


def _all(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    wrong = problems_with(recurrence)
    if wrong:
        raise ValueError("; ".join(map(str, wrong)))
    first = max(first, recurrence.starts)
    last = min(last, recurrence.ends or last)
    falls = _by_week if recurrence.every is Every.WEEK else _by_month
    for on in falls(recurrence, last):
        if on >= first:
            yield on


def _by_week(recurrence: Recurrence, last: date) -> Iterator[date]:
    ahead = (recurrence.weekday - recurrence.starts.weekday()) % 7
    on = recurrence.starts + timedelta(days=ahead)
    while on <= last:
        yield on
        on += timedelta(weeks=recurrence.step)


def _by_month(recurrence: Recurrence, last: date) -> Iterator[date]:
    months = recurrence.starts.year * 12 + recurrence.starts.month - 1
    while months <= last.year * 12 + last.month - 1:
        on = nth_weekday(months // 12, months % 12 + 1, recurrence.weekday, recurrence.nth)
        if on <= last:
            yield on
        months += recurrence.step


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month; -1 for the last."""
    if nth == -1:
        end = date(year, month, calendar.monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7, weeks=nth - 1)


@unique
class Convention(StrEnum):
    """How days before a meeting are counted."""

    CLEAR_DAYS = "clear_days"
    """Working days; neither the day of publication nor the day of the meeting counts."""
    WORKING_DAYS = "working_days"
    """Working days; the day of the meeting does not count, the last day counted is the deadline."""
    DAYS = "days"
    """Every day counts but that of the meeting; the last day counted is the deadline."""


CLEAR_DAYS_BY_LAW: Mapping[Jurisdiction, int] = {Jurisdiction.ENGLAND: 5, Jurisdiction.WALES: 3}
"""Local Government Act 1972 s.100B (England) and s.100BA (Wales): binding on panels, a custom for boards."""


class Deadline(NamedTuple):
    """The last day for something before a meeting, and how it was counted."""

    on: date
    working: str


def is_working_day(on: date, holidays: Mapping[date, str]) -> bool:
    """Whether a date is Monday to Friday and no holiday."""
    return on.weekday() < _SATURDAY and on not in holidays


def deadline(
    meeting_on: date, days: int, convention: Convention, holidays: Mapping[date, str] = NO_HOLIDAYS
) -> Deadline:
    """The last day on which papers can go out ``days`` before a meeting, with its working in words.

    ``holidays`` are the days that do not count, with their names; fewer than no days is a ``ValueError``.
    """
    if days < 0:
        raise ValueError("A deadline lies no days or more before its meeting.")
    counted: list[date] = []
    passed: list[date] = []
    on = meeting_on
    while len(counted) < days:
        on -= timedelta(days=1)
        counts = convention is Convention.DAYS or is_working_day(on, holidays)
        (counted if counts else passed).append(on)
    if convention is Convention.CLEAR_DAYS:
        on -= timedelta(days=1)
        while not is_working_day(on, holidays):
            passed.append(on)
            on -= timedelta(days=1)
    return Deadline(on, _working(meeting_on, days, convention, on, (counted, passed), holidays))


_COUNTED = {
    Convention.CLEAR_DAYS: ("clear day", "the day of publication and the day of the meeting do not count"),
    Convention.WORKING_DAYS: ("working day", "the day of the meeting does not count"),
    Convention.DAYS: ("day", "the day of the meeting does not count"),
}


def _working(
    meeting_on: date,
    days: int,
    convention: Convention,
    on: date,
    seen: tuple[list[date], list[date]],
    holidays: Mapping[date, str],
) -> str:
    unit, rule = _COUNTED[convention]
    counted, passed = seen
    words = f"{days} {unit}{'' if days == 1 else 's'} before {in_words(meeting_on)} ({rule})"
    if counted:
        words += ": counting back " + ", ".join(_short(day) for day in counted)
    named = [f"{_short(day)} ({holidays[day]})" for day in passed if day in holidays]
    weekend = any(day not in holidays for day in passed)
    skipped = [*named, *(["weekends"] if weekend else [])]
    if skipped:
        words += "; not counting " + ", ".join(skipped)
    return f"{words}; so by {in_words(on)}."


def in_words(on: date) -> str:
    """A date as an agenda prints it: "Thursday 4 April 2019"."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def _short(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


class Moment(NamedTuple):
    """The moment of a local time, nothing where the clocks leave it out; and what is to be said of it."""

    at: datetime | None
    problems: tuple[Problem, ...] = ()


def local_moment(on: date, at: time, zone: ZoneInfo = LONDON) -> Moment:
    """The moment at which a clock in ``zone`` shows ``at`` on a date.

    A time that the clocks jump over is refused. One that comes twice is settled as the first of the
    two, with a problem that says so.
    """
    naive = datetime.combine(on, at.replace(tzinfo=None, fold=0))
    first, second = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return Moment(first)
    where = f"{in_words(on)}, {at:%H:%M}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        message = "The clocks go forward over this time, so there is none. Choose an earlier or a later one."
        return Moment(None, (Problem(where, message, "no-such-time"),))
    message = (
        f"The clocks go back, so this time comes twice. The first is taken ({first:%H:%M %Z}); choose a "
        "time outside the hour if the second is meant."
    )
    return Moment(first, (Problem(where, message, "time-twice"),))
