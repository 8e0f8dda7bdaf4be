"""Runs about a centre line: Anhøj's rules, and a median set afresh after each sustained run (runcharter)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from goldthread.core.spc.numbers import known, median


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


@dataclass(frozen=True, slots=True)
class Median:
    """A median that holds for a group: worked out from ``start`` to ``end``, drawn on to ``extend_to``."""

    group: str
    median: float
    start: date
    end: date
    extend_to: date
    sustained: bool


def medians(
    series: Mapping[str, Sequence[tuple[date, float]]], *, baseline: int, length: int, direction: str
) -> tuple[Median, ...]:
    """Each group's median of its first ``baseline`` points, then of each run of ``length`` points off it.

    ``direction`` of a run is "above", "below" or "both"; a point on the median is passed over. Raises
    ValueError where no group is long enough to show a run, or for another direction. Definition: runcharter.
    """
    if direction not in ("above", "below", "both"):
        raise ValueError(f"direction is “{direction}”; it can be above, below or both")
    if baseline < 1 or length < 1:
        raise ValueError("the baseline and the run need at least one point each")
    groups = {name: sorted(points, key=lambda point: point[0]) for name, points in sorted(series.items())}
    if all(len(points) < baseline + length for points in groups.values()):
        raise ValueError(
            f"no group is long enough: a baseline of {baseline} and a run of {length} need "
            f"{baseline + length} points"
        )
    last = max(day for points in groups.values() for day, _ in points)
    rounds: list[list[Median]] = []
    for name, points in groups.items():
        if len(points) >= baseline:
            for number, one in enumerate(_medians(name, points, baseline, length, direction, last)):
                if number == len(rounds):
                    rounds.append([])
                rounds[number].append(one)
    return tuple(one for found in rounds for one in found)


def _medians(
    name: str, points: Sequence[tuple[date, float]], baseline: int, length: int, direction: str, last: date
) -> list[Median]:
    first, rest = points[:baseline], points[baseline:]
    middle = median(value for _, value in first)
    spans = [(middle, first[0][0], first[-1][0])]
    enough = len(points) >= baseline + length
    while enough and (run := _first_run(rest, spans[-1][0], length, direction)):
        spans.append((median(value for _, value in run), run[0][0], run[-1][0]))
        rest = [point for point in rest if point[0] > run[-1][0]]
        enough = len(rest) >= length
    ends = [start for _, start, _ in spans[1:]] + [last]
    return [
        Median(name, value, start, end, on, number > 0)
        for number, ((value, start, end), on) in enumerate(zip(spans, ends, strict=True))
    ]


def _first_run(
    points: Sequence[tuple[date, float]], middle: float, length: int, direction: str
) -> list[tuple[date, float]]:
    """The first ``length`` points of the first run long enough on the side asked for; empty where none is."""
    useful = [point for point in points if known(point[1:]) and point[1] != middle]
    for above, run in groupby(useful, key=lambda point: point[1] > middle):
        found = list(run)
        if len(found) >= length and direction in ("both", "above" if above else "below"):
            return found[:length]
    return []
