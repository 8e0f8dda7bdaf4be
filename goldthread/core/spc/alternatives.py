"""Limits and rules as other packages compute them, where they differ from Plot the Dots and qicharts2.

autospc (its get_*_limits functions) and PowerBI-SPC (the limit calculations of each of its charts). Missing
numbers are NaN in and out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from goldthread.core.spc.attribute import LIMITS, Lines, Phase, individuals, spread
from goldthread.core.spc.numbers import (
    NONE,
    RANGE_SCREEN,
    RANGE_TO_SIGMA,
    known,
    mean,
    median,
    over,
    ranges,
    root,
    total,
)
from goldthread.core.spc.rare import chances_between, time_between


@dataclass(frozen=True, slots=True)
class Flat:
    """autospc's answer: a centre, and a lower and upper limit, one each or one a point."""

    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def looped_range(distances: Sequence[float], loops: int) -> float:
    """The mean moving range, screened again and again while one is above 3.267 times the mean."""
    kept = known(distances)
    for _ in range(loops):
        bound = RANGE_SCREEN * mean(kept)
        if not any(distance > bound for distance in kept):
            break
        kept = tuple(distance for distance in kept if distance < bound)
    return mean(kept)


def autospc(
    chart: str,
    values: Sequence[float],
    sizes: Sequence[float] = (),
    *,
    loops: int | None = None,
    exclude: Collection[int] = (),
    multiply: float = 1.0,
    mean_size: bool = False,
) -> Flat:
    """autospc's limits for its charts i, mr, c, cp, p and pp.

    Where the first value of an mr chart is missing, the values are moving ranges already.
    ``exclude`` (from 1) leaves points out before moving ranges are taken; ``loops`` is how often these are
    screened (left out: not at all for mr, else once); ``mean_size`` puts the mean size in place of each.
    Raises ValueError for another chart, or sizes that are missing or of another length.
    """
    use = tuple(at for at in range(len(values)) if at + 1 not in exclude)
    based = tuple(values[at] for at in use)
    often = (0 if chart == "mr" else 1) if loops is None else loops
    if chart == "mr":
        distances = based if values and math.isnan(values[0]) else ranges(based)
        centre = looped_range(distances, often)
        return Flat(centre, (0.0,), (RANGE_SCREEN * centre,))
    if chart in ("p", "pp"):
        return _autospc_shares(chart, values, sizes, use, often, multiply, mean_size=mean_size)
    if chart not in ("i", "c", "cp"):
        raise ValueError(f"there is no chart “{chart}” in autospc; there are c, cp, i, mr, p and pp")
    centre = mean(based)
    if chart == "i":
        away = 3 * looped_range(ranges(based), often) / RANGE_TO_SIGMA
        return Flat(centre, (centre - away,), (centre + away,))
    away = 3 * root(centre)
    if chart == "cp":
        scores = tuple(over(value - centre, root(centre)) for value in based)
        away *= looped_range(ranges(scores), often) / RANGE_TO_SIGMA
    return Flat(centre, (_not_below(centre - away),), (centre + away,))


def _autospc_shares(
    chart: str,
    values: Sequence[float],
    sizes: Sequence[float],
    use: tuple[int, ...],
    often: int,
    multiply: float,
    *,
    mean_size: bool,
) -> Flat:
    if len(sizes) != len(values):
        raise ValueError(f"there are {len(values)} values but {len(sizes)} denominators")
    pairs = [(values[at], sizes[at]) for at in use]
    pairs = [(NONE, NONE) if math.isnan(a) or math.isnan(b) else (a, b) for a, b in pairs]
    centre = over(total(a for a, _ in pairs), total(b for _, b in pairs))
    spans = tuple(sizes)
    times = 1.0
    if chart == "pp":
        common = mean(b for _, b in pairs)
        scores = tuple(
            over(over(a, b) - centre, root(over(centre * (1 - centre), common if mean_size else b)))
            for a, b in pairs
        )
        times = looped_range(ranges(scores), often) / RANGE_TO_SIGMA
        spans = (mean(sizes),) if mean_size else spans
    away = tuple(3 * times * root(over(centre * (1 - centre), span)) for span in spans)
    lower = tuple(_not_below((centre - one) * multiply) for one in away)
    return Flat(centre * multiply, lower, tuple((centre + one) * multiply for one in away))


def _not_below(limit: float) -> float:
    return 0.0 if limit < 0 and math.isfinite(limit) else limit


def c4(size: float) -> float:
    """The mean of the standard deviation of ``size`` normal values, in true ones; NaN of fewer than two."""
    if not size > 1:
        return NONE
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def _pooled_deviation(deviations: Sequence[float], sizes: Sequence[float]) -> float:
    both = zip(deviations, sizes, strict=True)
    return root(over(total((n - 1) * sd * sd for sd, n in both), total(n - 1 for n in sizes)))


def subgroup_means(means: Sequence[float], deviations: Sequence[float], sizes: Sequence[float]) -> Lines:
    """X-bar chart: the grand mean, and limits from the pooled deviation within groups of these sizes."""
    centre = over(total(m * n for m, n in zip(means, sizes, strict=True)), total(sizes))
    within = _pooled_deviation(deviations, sizes)
    return spread(tuple(means), centre, tuple(over(within, c4(n) * root(n)) for n in sizes))


def subgroup_deviations(deviations: Sequence[float], sizes: Sequence[float]) -> Lines:
    """S chart: the pooled deviation within groups, and its limits for groups of these sizes."""
    centre = _pooled_deviation(deviations, sizes)
    sigmas = tuple(centre * over(root(1 - c4(n) ** 2), c4(n)) for n in sizes)
    return spread(tuple(deviations), centre, sigmas, least=0.0)


def powerbi(
    chart: str,
    values: Sequence[float],
    sizes: Sequence[float] = (),
    deviations: Sequence[float] = (),
    *,
    screened: bool = True,
    multiplier: float = 1.0,
) -> Lines:
    """PowerBI-SPC's lines for any of its charts; a moving-range chart has one point fewer.

    p and pp come in percent unless a multiplier is given. Raises ValueError for another chart, or for
    sizes or deviations that are missing or of another length.
    """
    needs = {"xbar": (values, sizes, deviations), "s": (values, sizes)}.get(chart, (values,))
    if chart in ("p", "pp", "u", "up"):
        needs = (values, sizes)
    if not all(needs) or len({len(one) for one in needs}) > 1 or (sizes and len(sizes) != len(values)):
        raise ValueError(f"a {chart} chart needs numerators, denominators and deviations of one length each")
    lines = _powerbi_lines(chart, values, sizes, deviations, screened=screened)
    times = 100.0 if chart in ("p", "pp") and multiplier == 1 else multiplier
    return lines.each(lambda line: tuple(value * times for value in line))


def _powerbi_lines(
    chart: str,
    values: Sequence[float],
    sizes: Sequence[float],
    deviations: Sequence[float],
    *,
    screened: bool,
) -> Lines:
    if chart == "xbar":
        return subgroup_means(values, deviations, sizes)
    if chart == "s":
        return subgroup_deviations(values, sizes)
    plotted = tuple(map(over, values, sizes)) if sizes else tuple(values)
    weights = tuple(sizes) if sizes else (1.0,) * len(values)
    phase = Phase(plotted, tuple(values), weights, (True,) * len(values), screened)
    if chart in ("i_m", "i_mm"):
        return _about_median(phase, median_range=chart == "i_mm")
    if chart == "g":
        lines = chances_between(phase)
        return replace(lines, lower=(0.0,) * len(values), lower_near=(0.0,) * len(values))
    if chart == "t":
        lines = time_between(phase)
        near = tuple(0.0 if math.isnan(limit) else limit for limit in lines.lower_near)
        return replace(lines, lower_near=near)
    if chart not in LIMITS or chart == "ip":
        raise ValueError(f"there is no chart “{chart}” in PowerBI-SPC")
    lines = LIMITS[chart](phase)
    return lines.each(lambda line: line[1:]) if chart == "mr" else lines


def _about_median(phase: Phase, *, median_range: bool) -> Lines:
    """I chart about the median, its spread from the mean or the median moving range."""
    if not median_range:
        lines = individuals(phase)
        move = median(phase.plotted) - mean(phase.plotted)
        moved = lines.each(lambda line: tuple(value + move for value in line))
        return replace(moved, plotted=lines.plotted)
    distances = ranges(phase.plotted)
    middle = median(distances)
    kept = tuple(distance for distance in distances if distance < RANGE_SCREEN * middle)
    if phase.screened and kept:
        middle = median(kept)
    return spread(phase.plotted, median(phase.plotted), (middle / RANGE_TO_SIGMA,) * len(phase.plotted))
