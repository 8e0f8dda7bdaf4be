"""Where things go: round ticks, a frame that turns values into places, labels that stand clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, log10

from goldthread.files.charts.amounts import number, signed
from goldthread.files.charts.model import Unit

Bounds = tuple[float | None, float | None]
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_FROM_ZERO_BELOW = 0.4


@dataclass(frozen=True, slots=True)
class Scale:
    """Round values from ``low`` to ``high``, ``step`` apart, and the decimals it takes to write them."""

    low: float
    high: float
    step: float
    decimals: int

    def ticks(self) -> tuple[float, ...]:
        """Every round value on the scale."""
        first = ceil(self.low / self.step - 1e-9)
        last = floor(self.high / self.step + 1e-9)
        return tuple(self.step * place for place in range(first, last + 1))


def scale(
    values: Iterable[float], bounds: Bounds = (None, None), most: int = 5, *, whole: bool = False
) -> Scale:
    """A scale that holds all the values in at most ``most`` steps and never leaves what is possible.

    It begins at nought where the values come near it; ``whole`` values take no steps below one.
    """
    found = tuple(values) or (0.0, 1.0)
    low, high = min(found), max(found)
    floor_, ceiling = bounds
    if floor_ is not None:
        low, high = max(low, floor_), max(high, floor_)
    if ceiling is not None:
        low, high = min(low, ceiling), min(high, ceiling)
    if 0 <= low < _FROM_ZERO_BELOW * high:
        low = 0.0
    if high == low:
        spread = abs(high) * 0.1 or 1.0
        low, high = low - (spread if low else 0.0), high + spread
    step = _step((high - low) / most, whole)
    low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    if floor_ is not None:
        low = max(low, floor_)
    if ceiling is not None:
        high = min(high, ceiling) if min(high, ceiling) > low else high
    decimals = next((d for d in range(9) if abs(round(step, d) - step) < step * 1e-9), 9)
    return Scale(low, high, step, decimals)


def _step(least: float, whole: bool) -> float:
    ten = float(10.0 ** floor(log10(least)))
    step = next(times * ten for times in _ROUND if times * ten >= least * (1 - 1e-9))
    if whole:
        step = 1.0 if step < 1 else step if step == int(step) else 5.0
    return step


@lru_cache(maxsize=512)
def tick_words(scale: Scale, unit: Unit) -> tuple[tuple[float, str], ...]:
    """Each tick with its words."""
    return tuple((tick, signed(number(tick, scale.decimals), unit)) for tick in scale.ticks())


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle that points are drawn in: ``count`` places across, values from bottom to top."""

    left: float
    right: float
    top: float
    bottom: float
    count: int
    scale: Scale

    @property
    def step(self) -> float:
        """How far apart two points are."""
        return (self.right - self.left) / max(self.count, 1)

    def x(self, place: float) -> float:
        """Where the point at a place is across; half a place before it is where its stretch begins."""
        return self.left + (place + 0.5) * (self.right - self.left) / max(self.count, 1)

    def y(self, value: float) -> float:
        """Where a value is, held inside the frame."""
        low, high = self.scale.low, self.scale.high
        if value <= low:
            return self.bottom
        if value >= high:
            return self.top
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places in the order wanted, at least ``gap`` apart and, if there is room, from ``low`` to ``high``.

    Each is as near as can be to where it is wanted (least squares).
    """
    blocks: list[tuple[float, int]] = []
    for place, value in enumerate(wanted):
        total, count = value - place * gap, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    level = [total / count for total, count in blocks for _ in range(count)]
    most = high - (len(level) - 1) * gap
    return tuple(max(low, min(value, most)) + place * gap for place, value in enumerate(level))


def lanes(spans: Sequence[tuple[float, float]], gap: float = 8.0) -> tuple[int, ...]:
    """A lane for each span from left to right, below every lane that still holds something there."""
    ends: list[float] = []
    found: list[int] = []
    for left, right in spans:
        while ends and ends[-1] + gap <= left:
            ends.pop()
        found.append(len(ends))
        ends.append(right)
    return tuple(found)
