"""A series as a value: every figure of a measure in an area, and what must be known to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from goldthread.core.spc.values import Stated
from goldthread.performance.definitions import Defined
from goldthread.performance.models import Area, Definition, Measure

STEPS = {"month": 1, "quarter": 3, "year": 12}
"""How many months a period of each frequency runs; events have none."""


class Told(NamedTuple):
    """What one load said of one period, in the order in which loads came to stand."""

    period: date
    stated: str
    value: float | None
    numerator: float | None
    denominator: float | None
    provisional: bool
    load: int
    stood_at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """The figure that counts for a period, and the one that was reported first."""

    period: date
    stated: Stated = Stated.MISSING
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    provisional: bool = False
    load: int | None = None
    stood_at: datetime | None = None
    first_stated: Stated = Stated.MISSING
    first_value: float | None = None
    first_at: datetime | None = None

    @property
    def revised(self) -> bool:
        """Whether it is not what was reported first."""
        return self.load is not None and (self.stated, self.value) != (self.first_stated, self.first_value)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A break in the series: the first period after it, why, and who says so."""

    kind: str
    period: date
    words: str
    source: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SeriesRebase:
    """An approved re-base: its first period, why, and who asked and approved."""

    first_period: date
    reason: str
    asked_by: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class Series:
    """A measure in an area over time, as it stands or stood at a moment. Every period has its point."""

    measure: Measure
    area: Area
    name: str
    area_name: str
    definition: Definition
    defined: Defined
    points: tuple[Point, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    rebases: tuple[SeriesRebase, ...] = ()
    rules: str = "plot-the-dots"
    as_at: datetime | None = None

    @property
    def last(self) -> Point | None:
        """The last period of which something was told."""
        return self.points[-1] if self.points else None

    @property
    def periods(self) -> tuple[date, ...]:
        return tuple(point.period for point in self.points)

    @property
    def values(self) -> tuple[float | None, ...]:
        return tuple(point.value for point in self.points)

    @property
    def provisional(self) -> bool:
        """Whether any figure may still change."""
        return any(point.provisional for point in self.points)

    @property
    def revised(self) -> tuple[Point, ...]:
        """The points that are not what was reported first."""
        return tuple(point for point in self.points if point.revised)


def points_of(told: Iterable[Told], frequency: str) -> tuple[Point, ...]:
    """The point of every period from the first told to the last, from what loads said, by period and load.

    A period that no load spoke of is missing, as is one of which a load said so.
    """
    found = {period: _point(period, list(group)) for period, group in groupby(told, key=lambda t: t.period)}
    if not found:
        return ()
    if frequency not in STEPS:
        return tuple(found.values())
    wanted = periods_between(min(found), max(found), STEPS[frequency])
    return tuple(found.get(period) or Point(period) for period in wanted)


def _point(period: date, told: list[Told]) -> Point:
    """The point of a period. What is suppressed now is not told, whatever was told first."""
    first, now = told[0], told[-1]
    stated = Stated(now.stated)
    return Point(
        period,
        stated,
        now.value,
        now.numerator,
        now.denominator,
        now.provisional,
        now.load,
        now.stood_at,
        Stated(first.stated),
        None if stated is Stated.SUPPRESSED else first.value,
        first.stood_at,
    )


def periods_between(first: date, last: date, months: int) -> Iterator[date]:
    """The first day of every period from one to another, both included."""
    period = first
    while period <= last:
        yield period
        period = months_after(period, months)


def months_after(period: date, months: int) -> date:
    """The first day of the month so many months later, or earlier where negative."""
    year, month = divmod(period.year * 12 + period.month - 1 + months, 12)
    return date(year, month + 1, 1)


def period_of(day: date, frequency: str) -> date:
    """The period in which a day lies: the first of its month, calendar quarter or financial year."""
    if frequency == "month":
        return day.replace(day=1)
    if frequency == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if frequency == "year":
        return date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return day
