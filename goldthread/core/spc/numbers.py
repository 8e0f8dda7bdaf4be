"""Sums over series with holes: a missing number is NaN inside, and drops out of every average."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

NONE = math.nan
RANGE_SCREEN = 3.267
"""A moving range above this many times the average is left out (Nelson 1982); 3.267 is D4 for pairs."""
RANGE_TO_SIGMA = 1.128
"""The average moving range is this many standard deviations: d2 for pairs."""


def inward(values: Iterable[float | None]) -> tuple[float, ...]:
    """Numbers with NaN where there is none."""
    return tuple(NONE if value is None else float(value) for value in values)


def outward(values: Iterable[float]) -> tuple[float | None, ...]:
    """Numbers with None where there is none, or none that is finite."""
    return tuple(value if math.isfinite(value) else None for value in values)


def known(values: Iterable[float]) -> tuple[float, ...]:
    """The numbers that are there."""
    return tuple(value for value in values if not math.isnan(value))


def total(values: Iterable[float]) -> float:
    """The sum of the numbers that are there."""
    return math.fsum(known(values))


def mean(values: Iterable[float]) -> float:
    """The mean of the numbers that are there; NaN of none."""
    there = known(values)
    return math.fsum(there) / len(there) if there else NONE


def median(values: Iterable[float]) -> float:
    """The middle number, or the mean of the middle two; NaN of none."""
    there = sorted(known(values))
    if not there:
        return NONE
    middle = len(there) // 2
    return there[middle] if len(there) % 2 else (there[middle - 1] + there[middle]) / 2


def over(above: float, below: float) -> float:
    """A quotient; by zero it is infinite, and nothing over nothing is NaN."""
    if below:
        return above / below
    return NONE if math.isnan(above) or not above else math.copysign(math.inf, above)


def root(value: float) -> float:
    """A square root; NaN below zero."""
    return math.sqrt(value) if value >= 0 else NONE


def ranges(values: Sequence[float]) -> tuple[float, ...]:
    """Each distance to the point before; NaN beside a hole."""
    return tuple(abs(after - before) for before, after in pairwise(values))


def average_range(distances: Iterable[float], *, screened: bool) -> float:
    """The mean moving range, after one screening of the large ones where asked; NaN where none is left."""
    first = mean(distances)
    if not screened:
        return first
    return mean(distance for distance in distances if distance < RANGE_SCREEN * first)
