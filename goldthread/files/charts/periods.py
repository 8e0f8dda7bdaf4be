"""Periods in words, and which of them to write under a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from goldthread.files.charts.letters import width
from goldthread.files.charts.model import Frequency

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EACH = {
    Frequency.DAY: "a day",
    Frequency.WEEK: "a week",
    Frequency.MONTH: "a month",
    Frequency.QUARTER: "a quarter",
    Frequency.YEAR: "a year",
    Frequency.EVENT: "",
}
NOUN = {
    Frequency.DAY: "day",
    Frequency.WEEK: "week",
    Frequency.MONTH: "month",
    Frequency.QUARTER: "quarter",
    Frequency.YEAR: "year",
    Frequency.EVENT: "event",
}
_GAP = 9.0
_STEPS = {
    Frequency.MONTH: (1, 3, 6, 12, 24, 60, 120),
    Frequency.QUARTER: (1, 2, 4, 8, 20, 40),
    Frequency.YEAR: (1, 2, 5, 10, 20, 50),
    Frequency.WEEK: (1, 2, 4, 13, 26, 52, 104, 260),
    Frequency.DAY: (1, 7, 14, 28, 91, 182, 364),
    Frequency.EVENT: (1, 2, 5, 10, 20, 50, 100, 200),
}


class Tick(NamedTuple):
    """A label under the point at ``place``: its words, and the year below where that begins."""

    place: int
    words: str
    year: str


@lru_cache(maxsize=4096)
def named(period: date, frequency: Frequency) -> str:
    """A period in full: "December 2025", "October to December 2025", "2025/26", "3 November 2025"."""
    return _written(period, frequency, MONTHS, " to ")


@lru_cache(maxsize=4096)
def brief(period: date, frequency: Frequency) -> str:
    """A period in few letters: "Dec 2025", "Oct–Dec 2025", "2025/26", "3 Nov 2025"."""
    return _written(period, frequency, [month[:3] for month in MONTHS], "–")


def spoken(period: date, frequency: Frequency) -> str:
    """A period in full as the subject of a sentence: "December 2025", "the week of 3 November 2025"."""
    return f"the {named(period, frequency)}" if frequency is Frequency.WEEK else named(period, frequency)


def at(period: date, frequency: Frequency) -> str:
    """When something was, in few letters: "in Dec 2025", "on 3 Nov 2025", "in week of 3 Nov 2025"."""
    on = frequency in (Frequency.DAY, Frequency.EVENT)
    return f"{'on' if on else 'in'} {brief(period, frequency)}"


def _written(period: date, frequency: Frequency, months: Sequence[str], to: str) -> str:
    month = months[period.month - 1]
    match frequency:
        case Frequency.MONTH:
            return f"{month} {period.year}"
        case Frequency.QUARTER:
            last = period.month + 1
            year = f" {period.year}" if last >= 12 else ""
            return f"{month}{year}{to}{months[last % 12]} {period.year + last // 12}"
        case Frequency.YEAR:
            return _year(period)
        case Frequency.WEEK:
            return f"week of {period.day} {month} {period.year}"
        case _:
            return f"{period.day} {month} {period.year}"


def _year(period: date) -> str:
    if period.month == 1:
        return str(period.year)
    return f"{period.year}/{(period.year + 1) % 100:02}"


def ticks(
    periods: Sequence[date], frequency: Frequency, x: Callable[[int], float], size: float
) -> tuple[Tick, ...]:
    """The periods to write under the points at ``x``, as many as stand clear of one another."""
    room = x(len(periods) - 1) - x(0) if periods else 0.0
    for step in _STEPS[frequency]:
        if len(periods) / step > room / size + 2:
            continue
        found = tuple(_chosen(periods, frequency, step))
        if len(found) > 1 and _clear(found, x, size):
            return found
    ends = tuple(dict.fromkeys((0, len(periods) - 1)))
    found = tuple(_with_years(periods, ends, frequency, 1)) if periods else ()
    return found if _clear(found, x, size) else found[-1:]


def _chosen(periods: Sequence[date], frequency: Frequency, step: int) -> Iterator[Tick]:
    match frequency:
        case Frequency.MONTH | Frequency.QUARTER:
            months = step if frequency is Frequency.MONTH else 3 * step
            kept = [i for i, p in enumerate(periods) if (p.year * 12 + p.month - 1) % months == 0]
        case Frequency.YEAR:
            kept = [i for i, p in enumerate(periods) if p.year % step == 0]
        case _:
            kept = list(range(0, len(periods), step))
    return _with_years(periods, kept, frequency, step)


def _with_years(
    periods: Sequence[date], kept: Sequence[int], frequency: Frequency, step: int
) -> Iterator[Tick]:
    """A tick for each, the year written once below the first of its ticks, or alone where ticks are years."""
    alone = frequency is Frequency.YEAR or (
        step >= (12 if frequency is Frequency.MONTH else 4)
        and frequency in (Frequency.MONTH, Frequency.QUARTER)
    )
    before = None
    for index in kept:
        period = periods[index]
        month = MONTHS[period.month - 1][:3]
        if alone:
            words = _year(period) if frequency is Frequency.YEAR else str(period.year)
            yield Tick(index, words, "")
            continue
        if frequency is Frequency.QUARTER:
            words = f"{month}–{MONTHS[(period.month + 1) % 12][:3]}"
        else:
            words = month if frequency is Frequency.MONTH else f"{period.day} {month}"
        yield Tick(index, words, str(period.year) if period.year != before else "")
        before = period.year


def _clear(found: Sequence[Tick], x: Callable[[int], float], size: float) -> bool:
    """Whether no label of either row touches the next of its row."""
    rows = ([(x(t.place), t.words) for t in found], [(x(t.place), t.year) for t in found if t.year])
    return all(
        right - left >= (width(words, size) + width(further, size)) / 2 + _GAP
        for row in rows
        for (left, words), (right, further) in pairwise(row)
    )
