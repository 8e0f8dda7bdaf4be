"""Limits of individuals, proportions, rates and counts over one part of a series.

The definitions are those of qicharts2 0.8.1 (Anhøj), which follow Montgomery, Introduction to Statistical
Quality Control, and Laney (2002) for the primed charts. Three sigma is 3/1.128 of the mean moving range.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from goldthread.core.spc.numbers import (
    NONE,
    RANGE_SCREEN,
    RANGE_TO_SIGMA,
    average_range,
    mean,
    median,
    over,
    ranges,
    root,
    total,
)

NORMALISED_SCREEN = 3.2665


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a series: what is plotted, its numerators and denominators, and which points set limits.

    All tuples have one entry a point; NaN stands for missing.
    """

    plotted: tuple[float, ...]
    counted: tuple[float, ...]
    sizes: tuple[float, ...]
    base: tuple[bool, ...]
    screened: bool = True

    def based(self, numbers: tuple[float, ...]) -> tuple[float, ...]:
        """Those of the points that set the limits."""
        return tuple(number for number, use in zip(numbers, self.base, strict=True) if use)


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn for a part: points, centre, and limits at two and three sigma; NaN where none."""

    plotted: tuple[float, ...]
    centre: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    lower_near: tuple[float, ...]
    upper_near: tuple[float, ...]

    def each(self, change: Callable[[tuple[float, ...]], tuple[float, ...]]) -> Lines:
        """Every line changed alike."""
        return Lines(
            change(self.plotted),
            change(self.centre),
            change(self.lower),
            change(self.upper),
            change(self.lower_near),
            change(self.upper_near),
        )


def spread(
    plotted: tuple[float, ...],
    centre: float,
    sigmas: tuple[float, ...],
    *,
    least: float = -math.inf,
    most: float = math.inf,
) -> Lines:
    """Lines at two and three sigma about a centre, kept between the least and the most a value can be."""

    def line(times: int) -> tuple[float, ...]:
        return tuple(_kept(centre + times * sigma, least, most) for sigma in sigmas)

    return Lines(plotted, (centre,) * len(plotted), line(-3), line(3), line(-2), line(2))


def _kept(limit: float, least: float, most: float) -> float:
    return min(max(limit, least), most) if math.isfinite(limit) else NONE


def individuals(phase: Phase) -> Lines:
    """I chart: mean, and the mean moving range of the points in use, so that left-out neighbours meet."""
    base = phase.based(phase.plotted)
    sigma = average_range(ranges(base), screened=phase.screened) / RANGE_TO_SIGMA
    return spread(phase.plotted, mean(base), (sigma,) * len(phase.plotted))


def moving_ranges(phase: Phase) -> Lines:
    """MR chart: the distances themselves; no lower limit but zero."""
    plotted = (NONE, *ranges(phase.plotted))[: len(phase.plotted)]
    centre = mean(phase.based(plotted))
    count = len(plotted)
    upper, near = RANGE_SCREEN * centre, RANGE_SCREEN / 3 * 2 * centre
    return Lines(
        plotted, (centre,) * count, (0.0,) * count, (upper,) * count, (0.0,) * count, (near,) * count
    )


def normalised_individuals(phase: Phase) -> Lines:
    """I′ chart (Taylor): individuals whose spread shrinks with the size of their denominator."""
    sizes = phase.sizes
    weighed = tuple(value * size for value, size in zip(phase.plotted, sizes, strict=True))
    centre = over(total(phase.based(weighed)), total(phase.based(sizes)))
    steps = tuple(
        over(
            root(math.pi / 2) * abs(phase.plotted[at] - phase.plotted[at - 1]),
            root(over(1, sizes[at - 1]) + over(1, sizes[at])),
        )
        for at in range(1, len(sizes))
    )
    sigma = mean(steps)
    if phase.screened:
        sigma = mean(step for step in steps if step < NORMALISED_SCREEN * sigma)
    return spread(phase.plotted, centre, tuple(sigma * root(over(1, size)) for size in sizes))


def _pooled(phase: Phase) -> float:
    return over(total(phase.based(phase.counted)), total(phase.based(phase.sizes)))


def _laney(phase: Phase, centre: float, sigmas: tuple[float, ...]) -> float:
    """How many times wider the points spread than their own sizes explain: sigma z."""
    scores = tuple(
        over(value - centre, sigma) if math.isfinite(value) else NONE
        for value, sigma in zip(phase.plotted, sigmas, strict=True)
    )
    return average_range(ranges(phase.based(scores)), screened=phase.screened) / RANGE_TO_SIGMA


def _proportions(phase: Phase, *, laney: bool) -> Lines:
    centre = _pooled(phase)
    sigmas = tuple(root(over(centre * (1 - centre), size)) for size in phase.sizes)
    times = _laney(phase, centre, sigmas) if laney else 1.0
    return spread(phase.plotted, centre, tuple(sigma * times for sigma in sigmas), least=0.0, most=1.0)


def _rates(phase: Phase, *, laney: bool) -> Lines:
    centre = _pooled(phase)
    sigmas = tuple(root(over(centre, size)) for size in phase.sizes)
    times = _laney(phase, centre, sigmas) if laney else 1.0
    return spread(phase.plotted, centre, tuple(sigma * times for sigma in sigmas), least=0.0)


def proportions(phase: Phase) -> Lines:
    """P chart: pooled proportion with binomial limits, kept within 0 and 1."""
    return _proportions(phase, laney=False)


def proportions_prime(phase: Phase) -> Lines:
    """P′ chart (Laney): binomial limits widened by the spread between periods."""
    return _proportions(phase, laney=True)


def rates(phase: Phase) -> Lines:
    """U chart: pooled rate with Poisson limits, none below 0."""
    return _rates(phase, laney=False)


def rates_prime(phase: Phase) -> Lines:
    """U′ chart (Laney): Poisson limits widened by the spread between periods."""
    return _rates(phase, laney=True)


def counts(phase: Phase) -> Lines:
    """C chart: mean count with Poisson limits, none below 0."""
    centre = mean(phase.based(phase.counted))
    return spread(phase.counted, centre, (root(centre),) * len(phase.counted), least=0.0)


def run_line(phase: Phase) -> Lines:
    """Run chart: the median and no limits."""
    count = len(phase.plotted)
    none = (NONE,) * count
    return Lines(phase.plotted, (median(phase.based(phase.plotted)),) * count, none, none, none, none)


LIMITS: dict[str, Callable[[Phase], Lines]] = {
    "run": run_line,
    "i": individuals,
    "mr": moving_ranges,
    "ip": normalised_individuals,
    "p": proportions,
    "pp": proportions_prime,
    "u": rates,
    "up": rates_prime,
    "c": counts,
}
"""Chart kinds by the names qicharts2 gives them."""
