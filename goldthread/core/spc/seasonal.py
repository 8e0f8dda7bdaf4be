"""Adjustment for the time of year, only when asked for and always on show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.core.spc.values import Advice, average


@dataclass(frozen=True, slots=True)
class Factor:
    """How a calendar month stands to the year: 1.2 is a fifth above it; `years` is how often it was seen."""

    month: int
    factor: float
    years: int


@dataclass(frozen=True, slots=True)
class Seasonal:
    """What an adjustment did: the method in words, a factor for each month, and the adjusted values."""

    method: str
    factors: tuple[Factor, ...]
    adjusted: tuple[float | None, ...]
    words: str


def adjust(days: Sequence[date], values: Sequence[float | None]) -> Seasonal | Advice:
    """Divide each value by the factor of its calendar month, or say why that cannot be done."""
    told = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if len(told) < 24 or any(value <= 0 for _, value in told):
        return Advice("no-seasonal-adjustment", "There are too few figures to adjust for the time of year.")
    by_month = {month: [value for day, value in told if day.month == month] for month in range(1, 13)}
    means = {month: average(seen) for month, seen in by_month.items() if seen}
    centre = average(list(means.values()))
    factors = tuple(Factor(month, mean / centre, len(by_month[month])) for month, mean in means.items())
    by = {factor.month: factor.factor for factor in factors}
    adjusted = tuple(
        None if value is None else value / by[day.month] for day, value in zip(days, values, strict=True)
    )
    return Seasonal("ratio to mean", factors, adjusted, "Each figure is divided by the factor of its month.")
