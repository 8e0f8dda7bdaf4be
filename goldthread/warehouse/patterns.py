"""The tests for patterns, over a block of series: months down, series across.

Each answers with two matrices of truth, high and low. They are the tests of `goldthread.core.spc.rules`:
a comparison with NaN is false, so that a missing month is on no side and breaks every run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.core.spc.rulesets import RuleSet, TwoOfThree
from goldthread.core.spc.values import Rule

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Codes = NDArray[np.uint8]
Sides = tuple[Truth, Truth]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of each series in one group, one number a series; NaN where there is none."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats


def find(block: Floats, lines: Lines, rules: RuleSet) -> Codes:
    """What the rules find in a block of one group (months x series), as codes that `special_of` reads.

    0 is nothing. The first rule of `rules.order` to flag a point gives it the highest code.
    """
    outside = (block > lines.upper, block < lines.lower)
    near = (block > lines.near_upper, block < lines.near_lower)
    sides = (block > lines.centre, block < lines.centre)
    codes = np.zeros(block.shape, np.uint8)
    for rank, rule in enumerate(reversed(rules.order), start=1):
        high, low = _flags(rule, block, outside, near, sides, rules)
        np.maximum(codes, np.multiply(high.view(np.uint8), np.uint8(2 * rank)), out=codes)
        np.maximum(codes, np.multiply(low.view(np.uint8), np.uint8(2 * rank + 1)), out=codes)
    return codes


def _flags(rule: Rule, block: Floats, outside: Sides, near: Sides, sides: Sides, rules: RuleSet) -> Sides:
    if rule is Rule.OUTSIDE and rules.outside:
        return outside
    if rule is Rule.TREND and rules.trend:
        return trend(block, rules.trend)
    if rule is Rule.SHIFT and rules.shift:
        return stretches(sides[0], rules.shift), stretches(sides[1], rules.shift)
    if rule is Rule.TWO_OF_THREE and rules.two_of_three is TwoOfThree.SAME_SIDE:
        return tuple(  # type: ignore[return-value]
            _two_of_three(side, close & ~out) for side, close, out in zip(sides, near, outside, strict=True)
        )
    if rule is Rule.TWO_OF_THREE and rules.two_of_three is TwoOfThree.NET_BEYOND:
        return _two_of_three_net(*near)
    nothing = np.zeros(block.shape, np.bool_)
    return nothing, nothing


def stretches(flags: Truth, length: int) -> Truth:
    """Which flags belong to a stretch of `length` or more in a row, down the months."""
    return _spread(_starts(flags, length), length, flags.shape[0])


def trend(block: Floats, length: int) -> Sides:
    """`length` points each strictly above (or below) the one before; a shared point goes with the later."""
    before, after = block[:-1], block[1:]
    rising, falling = after > before, after < before
    months = block.shape[0]
    high = _spread(_starts(rising, length - 1), length, months)
    low = _spread(_starts(falling, length - 1), length, months)
    high[:-1] &= ~(low[:-1] & falling)
    low &= ~high
    return high, low


def _starts(flags: Truth, length: int) -> Truth:
    """Where a stretch of `length` flags in a row begins."""
    if flags.shape[0] < length:
        return np.zeros((0, flags.shape[1]), np.bool_)
    begun, span = flags, 1
    while span < length:
        step = min(span, length - span)
        begun = begun[:-step] & begun[step:]
        span += step
    return begun


def _spread(starts: Truth, length: int, months: int) -> Truth:
    """Every point of the stretches of `length` that begin there."""
    points = np.zeros((months, starts.shape[1]), np.bool_)
    points[: starts.shape[0]] = starts
    if not starts.any():
        return points
    span = 1
    while span < length:
        step = min(span, length - span)
        wider = points.copy()
        np.logical_or(points[step:], points[:-step], out=wider[step:])
        points, span = wider, span + step
    return points


def _two_of_three(side: Truth, close: Truth) -> Truth:
    """The close points of three in a row on one side, two or more of them close."""
    if side.shape[0] < 3:
        return np.zeros(side.shape, np.bool_)
    first, second, third = close[:-2], close[1:-1], close[2:]
    pairs = (first & second) | (second & third) | (first & third)
    found: Truth = close & _spread(pairs & _starts(side, 3), 3, side.shape[0])
    return found


def _two_of_three_net(high: Truth, low: Truth) -> Sides:
    """Two more points beyond one near limit than the other among three, or the first two; the last counts."""
    beyond = high.astype(np.int8) - low.astype(np.int8)
    net = beyond.copy()
    net[1:] += beyond[:-1]
    net[2:] += beyond[:-2]
    net[:1] = 0
    verdict = np.zeros(high.shape, np.int8)
    for later in (0, 1, 2):
        seen = net[later:]
        place = verdict[: seen.shape[0]]
        np.copyto(place, np.sign(seen), where=np.abs(seen) >= 2)
    any_beyond = beyond != 0
    return (verdict > 0) & any_beyond, (verdict < 0) & any_beyond
