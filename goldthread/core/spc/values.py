"""The words of a judged series: what a value may be, which way is better, and what a verdict may say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain, repeat
from math import fsum, isfinite

LARGEST = 1e100


class Stated(StrEnum):
    """Whether a figure was told; zero is a VALUE like any other."""

    VALUE = "value"
    MISSING = "missing"
    SUPPRESSED = "suppressed"


class Better(StrEnum):
    """Which way a measure should go."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Side(StrEnum):
    """On which side of the centre a signal lies, or which way a trend runs."""

    HIGH = "high"
    LOW = "low"


class Rule(StrEnum):
    """The test that found something out of the ordinary."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"
    LONG_RUN = "long run"
    FEW_CROSSINGS = "few crossings"


class Variation(StrEnum):
    """What the last point says about the series."""

    COMMON = "common cause"
    IMPROVEMENT_HIGH = "improvement, high"
    IMPROVEMENT_LOW = "improvement, low"
    CONCERN_HIGH = "concern, high"
    CONCERN_LOW = "concern, low"
    NEUTRAL_HIGH = "neutral, high"
    NEUTRAL_LOW = "neutral, low"
    TOO_FEW = "too few points"
    NONE = "no verdict"


class Assurance(StrEnum):
    """What the limits say about the target."""

    PASS = "pass"  # noqa: S105 the verdict, not a password
    FAIL = "fail"
    HIT_OR_MISS = "hit or miss"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Special:
    """A point that a rule picked out, and the side it lies on."""

    rule: Rule
    side: Side


@dataclass(frozen=True, slots=True)
class Signal:
    """A stretch of points that one rule picked out, from the first to the last period, both included."""

    rule: Rule
    side: Side | None
    first: date
    last: date
    points: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Something a reader must be told, in a sentence; `code` is for programs."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class DatedTarget:
    """A target that holds from a period on, until a later one takes its place."""

    starts: date
    value: float


def average(values: Sequence[float]) -> float:
    """The mean of one or more numbers, rounded once: a constant series has exactly itself as its mean."""
    count = len(values)
    rough = fsum(values) / count
    return rough + fsum(chain(values, repeat(-rough, count))) / count


def average_of_told(values: Iterable[float | None]) -> float | None:
    """The mean of the numbers among the values; None when there are none."""
    told = [value for value in values if value is not None]
    return average(told) if told else None


def checked(values: Iterable[float | None]) -> tuple[float | None, ...]:
    """The values as floats; raises ValueError for one that is not a finite number of ordinary size."""
    result: list[float | None] = []
    for place, value in enumerate(values, start=1):
        if value is None:
            result.append(None)
            continue
        number = float(value)
        if not isfinite(number) or abs(number) > LARGEST:
            raise ValueError(f"value {place} is {value!r}, which is not a number that can be judged")
        result.append(number)
    return tuple(result)
