"""A control chart of any kind over a series with parts, a frozen baseline and left-out points."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from goldthread.core.spc.attribute import LIMITS, Lines, Phase
from goldthread.core.spc.numbers import NONE, inward, over
from goldthread.core.spc.rare import chances_between, time_between
from goldthread.core.spc.run import Runs, runs

KINDS = {**LIMITS, "g": chances_between, "t": time_between}
NEED_DENOMINATORS = ("p", "pp", "u", "up")


@dataclass(frozen=True, slots=True)
class PhasedChart:
    """A chart of a whole series: its lines, the part (from 1) of every point, signals and runs of each part.

    Numbers are NaN where there is none; ``outside`` is True beyond three sigma; ``runs`` has one a part.
    """

    lines: Lines
    part: tuple[int, ...]
    outside: tuple[bool, ...]
    runs: tuple[Runs, ...]


def phased(
    kind: str,
    values: Sequence[float | None],
    denominators: Sequence[float | None] = (),
    *,
    screened: bool = True,
    freeze: int | None = None,
    exclude: Collection[int] = (),
    part: Sequence[int] = (),
    multiply: float = 1.0,
) -> PhasedChart:
    """A chart of ``values`` (over ``denominators`` where given) as qicharts2 0.8.1 draws it.

    ``part`` holds the numbers (from 1) of the last points before limits start afresh, ``freeze`` that of the
    last point that sets limits (not looked at where there are parts), ``exclude`` those that set none. Points
    are divided by their denominators and multiplied last. Raises ValueError, in words, for an unknown kind,
    lengths that differ, or denominators that the kind needs and has not.
    """
    _checked(kind, values, denominators)
    counted, sizes = _pairs(values, denominators)
    plotted = tuple(map(over, counted, sizes)) if denominators else counted
    cuts = sorted({0, *(at for at in part if 0 <= at < len(values))})
    left_out = frozenset(exclude)
    last = len(values) if freeze is None or part else freeze
    drawn, found = [], []
    for start, stop in zip(cuts, [*cuts[1:], len(values)], strict=True):
        use = tuple(at + 1 not in left_out for at in range(start, stop))
        base = tuple(kept and at < last for at, kept in zip(range(start, stop), use, strict=True))
        phase = Phase(plotted[start:stop], counted[start:stop], sizes[start:stop], base, screened)
        lines = KINDS[kind](phase)
        drawn.append(lines)
        found.append(_runs(kind, lines, use))
    lines = _joined(drawn, multiply)
    beyond = zip(lines.plotted, lines.lower, lines.upper, strict=True)
    outside = tuple(value > upper or value < lower for value, lower, upper in beyond)
    parts = tuple(number for number, one in enumerate(drawn, 1) for _ in one.plotted)
    return PhasedChart(lines, parts, outside, tuple(found))


def _checked(kind: str, values: Sequence[float | None], denominators: Sequence[float | None]) -> None:
    if kind not in KINDS:
        raise ValueError(f"there is no chart “{kind}”; there are {', '.join(sorted(KINDS))}")
    if denominators and len(denominators) != len(values):
        raise ValueError(f"there are {len(values)} values but {len(denominators)} denominators")
    if kind in NEED_DENOMINATORS and values and not denominators:
        raise ValueError(f"the chart {kind} needs a denominator for every value")


def _pairs(
    values: Sequence[float | None], denominators: Sequence[float | None]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Numerators and sizes; where one of a pair is missing so is the other, and a missing size weighs 0."""
    counted = inward(values)
    if not denominators:
        return counted, tuple(0.0 if math.isnan(value) else 1.0 for value in counted)
    sizes = inward(denominators)
    both = [not math.isnan(a) and not math.isnan(b) for a, b in zip(counted, sizes, strict=True)]
    counted = tuple(value if there else NONE for value, there in zip(counted, both, strict=True))
    return counted, tuple(size if there else 0.0 for size, there in zip(sizes, both, strict=True))


def _runs(kind: str, lines: Lines, use: tuple[bool, ...]) -> Runs:
    """Runs of the points in use; of moving ranges, which share points with their neighbours, no signal."""
    pairs = [pair for *pair, used in zip(lines.plotted, lines.centre, use, strict=True) if used]
    found = runs([value for value, _ in pairs], [line for _, line in pairs])
    return Runs(False, *(getattr(found, one.name) for one in fields(Runs)[1:])) if kind == "mr" else found


def _joined(drawn: Sequence[Lines], multiply: float) -> Lines:
    """The lines of all parts end to end, multiplied; a limit that is not finite is none."""
    whole = {
        one.name: tuple(value * multiply for lines in drawn for value in getattr(lines, one.name))
        for one in fields(Lines)
    }
    limits = ("lower", "upper", "lower_near", "upper_near")
    kept = {name: tuple(v if math.isfinite(v) else NONE for v in whole[name]) for name in limits}
    return Lines(whole["plotted"], whole["centre"], **kept)
