"""Adjustment for the time of year, only when asked for and always on show.

Method: the classical decomposition. With three years of months or more, each figure is divided by a centred
moving average over a year and the quotients are averaged by calendar month (ratio to moving average); with
two years, each figure is divided by the mean of all (ratio to mean). Factors average to 1 over the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import prod

from goldthread.core.spc.baselines import month
from goldthread.core.spc.values import Advice, average

YEAR = 12
TO_MEAN = "ratio to mean"
TO_MOVING_AVERAGE = "ratio to moving average"


@dataclass(frozen=True, slots=True)
class Factor:
    """How a calendar month stands to the year: 1.2 is a fifth above it; `years` is how often it was seen."""

    month: int
    factor: float
    years: int


@dataclass(frozen=True, slots=True)
class Seasonal:
    """What an adjustment did: the method, the stretch it learnt from, a factor for each month, the results.

    `adjusted` is aligned with the figures given: each divided by the factor of its month. `words` is the
    sentence that goes under a chart.
    """

    method: str
    first: date
    last: date
    factors: tuple[Factor, ...]
    adjusted: tuple[float | None, ...]
    words: str

    def divide(self, days: Sequence[date], values: Sequence[float | None]) -> tuple[float | None, ...]:
        """Each value over the factor of its month; a month that was never seen keeps its values."""
        by_month = {factor.month: factor.factor for factor in self.factors}
        return tuple(
            None if value is None else value / by_month.get(day.month, 1.0)
            for day, value in zip(days, values, strict=True)
        )


BETWEEN_EVENTS_STAND = Advice(
    "no-seasonal-adjustment",
    "The figures are not adjusted for the time of year: gaps between events belong to no month.",
)


def adjust(days: Sequence[date], values: Sequence[float | None]) -> Seasonal | Advice:
    """Adjust figures in date order, or say why that cannot be done.

    Needs 24 figures, every month of the year that occurs seen twice, and figures that are above zero on
    average in every month and never below it.
    """
    shown = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    problem = _problem(shown)
    if problem:
        return Advice(
            "no-seasonal-adjustment", f"The figures are not adjusted for the time of year: {problem}"
        )
    method, quotients = _quotients(shown)
    means = {
        of: average([quotient for day, quotient in quotients if day.month == of])
        for of in sorted({day.month for day, _ in quotients})
    }
    if any(mean <= 0 for mean in means.values()):
        return Advice(
            "no-seasonal-adjustment",
            "The figures are not adjusted for the time of year: in some month they are all zero.",
        )
    level = average(list(means.values()))
    factors = tuple(
        Factor(of, mean / level, sum(day.month == of for day, _ in quotients)) for of, mean in means.items()
    )
    first, last = shown[0][0], shown[-1][0]
    found = Seasonal(method, first, last, factors, (), _words(method, first, last, factors))
    return replace(found, adjusted=found.divide(days, values))


def _problem(shown: Sequence[tuple[date, float]]) -> str:
    if len(shown) < 2 * YEAR:
        return f"that needs 24 figures, and there are {len(shown)}."
    if any(value < 0 for _, value in shown):
        return "some are below zero."
    seen = [day.month for day, _ in shown]
    once = next((of for of in sorted(set(seen)) if seen.count(of) < 2), None)
    return f"{date(2000, once, 1):%B} occurs only once." if once else ""


def _quotients(shown: Sequence[tuple[date, float]]) -> tuple[str, list[tuple[date, float]]]:
    """Each figure over what was usual about its time, where that can be said, and the method used."""
    usual = _moving_average(shown)
    if len(shown) >= 3 * YEAR and all(average_at > 0 for average_at in usual.values()):
        moving = [(day, value / usual[day]) for day, value in shown if day in usual]
        seen = [day.month for day, _ in moving]
        if all(seen.count(of) >= 2 for of in {day.month for day, _ in shown}):
            return TO_MOVING_AVERAGE, moving
    mean = average([value for _, value in shown])
    return TO_MEAN, [(day, value / mean) if mean else (day, 0.0) for day, value in shown]


def _moving_average(shown: Sequence[tuple[date, float]]) -> dict[date, float]:
    """The centred average over a year about each month that has all thirteen months it needs."""
    at = {day.year * YEAR + day.month: value for day, value in shown}
    weights = [0.5, *[1.0] * (YEAR - 1), 0.5]
    usual = {}
    for day, _ in shown:
        middle = day.year * YEAR + day.month
        window = [at.get(middle + step) for step in range(-YEAR // 2, YEAR // 2 + 1)]
        told = [value for value in window if value is not None]
        if len(told) == len(weights):
            usual[day] = sum(prod(pair) for pair in zip(weights, told, strict=True)) / YEAR
    return usual


def _words(method: str, first: date, last: date, factors: Sequence[Factor]) -> str:
    high = max(factors, key=lambda factor: factor.factor)
    low = min(factors, key=lambda factor: factor.factor)
    return (
        f"Adjusted for the time of year ({method}, {month(first)} to {month(last)}): each figure is divided "
        f"by the factor of its month, from {low.factor:.2f} in {date(2000, low.month, 1):%B} "
        f"to {high.factor:.2f} in {date(2000, high.month, 1):%B}."
    )
