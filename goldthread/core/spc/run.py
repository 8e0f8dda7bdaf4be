"""Runs about a centre line, by Anhøj's rules: a run too long, or too few crossings, is a signal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Runs:
    """What the runs of a part say; numbers are None where no point lies off the centre line."""

    signal: bool
    longest: int | None
    longest_allowed: int | None
    crossings: int | None
    crossings_needed: int | None
    useful: int


def runs(values: Sequence[float], centre: Sequence[float]) -> Runs:
    """Anhøj's run analysis of points (NaN where missing); a point on the line is left out.

    Source: Anhøj and Olesen, PLoS ONE 9(11): e113825 (2014).
    """
    sides = tuple(
        value > line
        for value, line in zip(values, centre, strict=True)
        if not math.isnan(value) and not math.isnan(line) and value != line
    )
    if not sides:
        return Runs(False, None, None, None, None, 0)
    lengths = tuple(len(list(run)) for _, run in groupby(sides))
    longest, crossings = max(lengths), len(lengths) - 1
    allowed, needed = longest_allowed(len(sides)), crossings_needed(len(sides))
    signal = longest > allowed or crossings < needed
    return Runs(signal, longest, allowed, crossings, needed, len(sides))


def longest_allowed(useful: int) -> int:
    """The longest run that chance explains among so many points: round(log2 n) + 3 (Schilling 2012)."""
    return round(math.log2(useful)) + 3


def crossings_needed(useful: int) -> int:
    """The fewest crossings that chance explains: the lower 5 % point of a fair coin thrown n - 1 times."""
    throws = max(useful - 1, 0)
    wanted, ways, so_far, heads = 2**throws, 1, 1, 0
    while so_far * 20 < wanted:
        ways = ways * (throws - heads) // (heads + 1)
        heads += 1
        so_far += ways
    return heads
