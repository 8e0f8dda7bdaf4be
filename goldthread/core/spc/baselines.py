"""What limits rest on: baselines, re-bases by date, breaks in series and targets that change on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from goldthread.core.spc.values import Advice, DatedTarget
from goldthread.core.spc.xmr import Chart, Limits


@dataclass(frozen=True, slots=True)
class Baseline:
    """The stretch a group's limits were taken from, and the limits.

    `starts` is the group's first period; `first` and `last` are the first and last period with a value that
    the limits were taken from, None when there is none. `fixed` says that later points of the group were
    left out of the limits.
    """

    starts: date
    first: date | None
    last: date | None
    fixed: bool
    limits: Limits


def baseline_of(days: Sequence[date], chart: Chart, group: int) -> Baseline:
    """The baseline of one group of a chart over those days."""
    limits = chart.groups[group]
    places = range(limits.start, limits.start + limits.n)
    counted = [place for place in places if chart.points[place].counted]
    later = counted and any(chart.points[place].value is not None for place in places if place > counted[-1])
    return Baseline(
        starts=days[limits.start],
        first=days[counted[0]] if counted else None,
        last=days[counted[-1]] if counted else None,
        fixed=bool(later),
        limits=limits,
    )


def places_of(days: Sequence[date], dates: Collection[date]) -> tuple[int, ...]:
    """The places of those dates among the days; a date that is no period is passed over."""
    return tuple(place for place, day in enumerate(days) if day in set(dates))


def starts_of(days: Sequence[date], dates: Collection[date]) -> tuple[int, ...]:
    """The places where groups start from those dates: of several points on one day, the first."""
    return tuple(place for place in places_of(days, dates) if place == 0 or days[place - 1] != days[place])


def not_periods(days: Sequence[date], dates: Collection[date]) -> tuple[date, ...]:
    """The dates that are no period of the series, in order."""
    return tuple(sorted(set(dates) - set(days)))


def targets_from(
    target: float | Sequence[DatedTarget] | None, days: Sequence[date]
) -> tuple[DatedTarget, ...]:
    """Targets in order of their first day: one number holds from the first period on.

    Raises ValueError for a target that is not a finite number, or for two that start on one day.
    """
    if target is None or not days:
        return ()
    given = (DatedTarget(days[0], float(target)),) if isinstance(target, int | float) else tuple(target)
    steps = tuple(sorted(given, key=lambda step: step.starts))
    if not all(isfinite(step.value) for step in steps):
        raise ValueError("a target is not a number")
    if len({step.starts for step in steps}) != len(steps):
        raise ValueError("two targets start on the same day")
    return steps


def target_at(steps: Sequence[DatedTarget], day: date) -> float | None:
    """The target in force on that day; None before the first one starts."""
    return next((step.value for step in reversed(steps) if step.starts <= day), None)


def advice_on_dates(
    days: Sequence[date], rebases: Collection[date], breaks: Collection[date]
) -> tuple[Advice, ...]:
    """What a reader must be told about re-bases that have no period and breaks that have no re-base."""
    advice = [
        Advice(
            "rebase-not-in-data",
            f"The re-base of {day_words(day)} was passed over: no period of this series begins on that day.",
        )
        for day in not_periods(days, rebases)
    ]
    advice += [
        Advice(
            "break-not-rebased",
            f"The series has a break at {day_words(day)}: figures before and after it do not compare. "
            "The limits still run across it, because no re-base from that day has been approved.",
        )
        for day in sorted(set(breaks) - set(rebases))
        if days and days[0] < day <= days[-1]
    ]
    return tuple(advice)


def day_words(day: date) -> str:
    """A day as it is written: 1 March 2026."""
    return f"{day.day} {day:%B %Y}"


def month(day: date) -> str:
    """The month of a day as it is written: March 2026."""
    return f"{day:%B %Y}"
