"""The tests for patterns that chance alone seldom makes, each over one group of points in date order.

Every test answers with one side (or None) for each point. A missing value is on no side and breaks a run.
Where two stretches share a point, the later one gives its side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from goldthread.core.spc.rulesets import RuleSet, TwoOfThree
from goldthread.core.spc.run import longest_allowed
from goldthread.core.spc.values import Rule, Side, Special

Numbers = Sequence[float | None]
Flags = tuple[Side | None, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines behind one point: centre, outer limits and near limits; None where there is none."""

    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules found in one group: the ruling special of each point, and every rule's own flags."""

    specials: tuple[Special | None, ...]
    flags: tuple[tuple[Rule, Flags], ...]


def beyond(values: Numbers, lower: Numbers, upper: Numbers) -> Flags:
    """HIGH above the upper line, LOW below the lower one; a value on a line is within."""

    def side(value: float | None, low: float | None, high: float | None) -> Side | None:
        if value is None:
            return None
        if high is not None and value > high:
            return Side.HIGH
        return Side.LOW if low is not None and value < low else None

    return tuple(side(*row) for row in zip(values, lower, upper, strict=True))


def trend(values: Numbers, length: int) -> Flags:
    """`length` points, each strictly above (or below) the one before; all of them are flagged."""
    steps: list[Side | None] = [
        None if before is None or after is None or before == after else _way(before, after)
        for before, after in pairwise(values)
    ]
    return _windows(len(values), length, lambda first: _one_side(steps[first : first + length - 1]))


def shift(values: Numbers, centres: Numbers, length: int) -> Flags:
    """`length` points in a row strictly on one side of the centre; all of them are flagged."""
    sides = sides_of(values, centres)
    return _windows(len(values), length, lambda first: _one_side(sides[first : first + length]))


def sides_of(values: Numbers, centres: Numbers) -> Flags:
    """The side of the centre each value lies on; None on the centre itself."""
    return beyond(values, centres, centres)


def two_of_three_same_side(values: Numbers, lines: Sequence[Lines]) -> Flags:
    """Three in a row on one side of the mean, two or more between near and outer limit: those are flagged."""
    sides = sides_of(values, [line.centre for line in lines])
    close = close_to_limits(values, lines)
    flags: list[Side | None] = [None] * len(values)
    for first in range(len(values) - 2):
        window = range(first, first + 3)
        side = _one_side(sides[first : first + 3])
        near = [place for place in window if close[place]]
        if side is not None and len(near) >= 2:
            for place in near:
                flags[place] = side
    return tuple(flags)


def close_to_limits(values: Numbers, lines: Sequence[Lines]) -> tuple[bool, ...]:
    """Whether each value lies beyond a near limit yet within the outer ones."""
    outer = beyond(values, [line.lower for line in lines], [line.upper for line in lines])
    near = beyond(values, [line.near_lower for line in lines], [line.near_upper for line in lines])
    return tuple(inner is not None and out is None for inner, out in zip(near, outer, strict=True))


def two_of_three_net(
    values: Numbers, near_lower: Numbers, near_upper: Numbers, *, whole: bool = False
) -> Flags:
    """Two more points beyond one near limit than beyond the other, among three in a row (PowerBI-SPC).

    Points beyond the outer limit count too, and the third may lie anywhere. `whole` flags all three points,
    otherwise only those beyond a near limit are flagged.
    """
    beyond_near = beyond(values, near_lower, near_upper)
    flags: list[Side | None] = [None] * len(values)
    for last in range(1, len(values)):
        window = range(max(0, last - 2), last + 1)
        high = sum(beyond_near[place] is Side.HIGH for place in window)
        low = sum(beyond_near[place] is Side.LOW for place in window)
        if abs(high - low) < 2:
            continue
        for place in window:
            if whole or beyond_near[place] is not None:
                flags[place] = Side.HIGH if high > low else Side.LOW
    return tuple(flags)


def long_run(values: Numbers, centres: Numbers) -> Flags:
    """The points of a run about the centre longer than chance explains; points on it are passed over."""
    sides = sides_of(values, centres)
    places = [place for place, side in enumerate(sides) if side is not None]
    flags: list[Side | None] = [None] * len(values)
    for side, run in groupby(places, key=lambda place: sides[place]):
        members = list(run)
        if len(members) > longest_allowed(len(places)):
            for place in members:
                flags[place] = side
    return tuple(flags)


def find(values: Numbers, lines: Sequence[Lines], rules: RuleSet) -> Found:
    """Every rule of the set over one group; the first in `rules.order` to flag a point rules it."""
    flags = tuple((rule, _flags(rule, values, lines, rules)) for rule in rules.order)
    specials = tuple(
        next((Special(rule, side) for rule, sides in flags if (side := sides[place]) is not None), None)
        for place in range(len(values))
    )
    return Found(specials, flags)


def _flags(rule: Rule, values: Numbers, lines: Sequence[Lines], rules: RuleSet) -> Flags:
    nothing: Flags = (None,) * len(values)
    if rule is Rule.OUTSIDE and rules.outside:
        return beyond(values, [line.lower for line in lines], [line.upper for line in lines])
    if rule is Rule.TREND and rules.trend:
        return trend(values, rules.trend)
    if rule is Rule.SHIFT and rules.shift:
        return shift(values, [line.centre for line in lines], rules.shift)
    if rule is Rule.TWO_OF_THREE and rules.two_of_three is TwoOfThree.SAME_SIDE:
        return two_of_three_same_side(values, lines)
    if rule is Rule.TWO_OF_THREE and rules.two_of_three is TwoOfThree.NET_BEYOND:
        return two_of_three_net(
            values, [line.near_lower for line in lines], [line.near_upper for line in lines]
        )
    if rule is Rule.LONG_RUN and rules.runs:
        return long_run(values, [line.centre for line in lines])
    return nothing


def _way(before: float, after: float) -> Side:
    return Side.HIGH if after > before else Side.LOW


def _one_side(sides: Sequence[Side | None]) -> Side | None:
    return sides[0] if sides and sides[0] is not None and len(set(sides)) == 1 else None


def _windows(count: int, length: int, side_from: Callable[[int], Side | None]) -> Flags:
    flags: list[Side | None] = [None] * count
    for first in range(count - length + 1):
        side = side_from(first)
        if side is not None:
            flags[first : first + length] = [side] * length
    return tuple(flags)
