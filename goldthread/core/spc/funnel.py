"""Funnel limits for areas of different sizes, with additive overdispersion.

The definitions are those of FunnelPlotR 0.6.0 after Spiegelhalter (2005, doi 10.1002/sim.1970) and the
SHMI method of NHS Digital. It leaves CQC limits on the square-root scale; they are given here as published
and as they should be. Its limits for ratios of counts are too narrow for rates per head. Both are set out in
docs/reference/spc.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import chdtri

from goldthread.core.spc.numbers import NONE, mean, over, root

Z95, Z998 = 1.959964, 3.090232


class Of(StrEnum):
    """What a funnel compares: observed over expected, a share of a whole, or two counts."""

    RATIO = "SR"
    SHARE = "PR"
    COUNTS = "RC"


class Method(StrEnum):
    """How spread is measured for ratios: logarithms, ends cut off; or square roots, ends drawn in."""

    SHMI = "SHMI"
    CQC = "CQC"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for each area, in the area's own units: 95 % and 99.8 %, below and above."""

    ll95: tuple[float, ...]
    ul95: tuple[float, ...]
    ll998: tuple[float, ...]
    ul998: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel: one entry an area in every tuple, NaN where there is none.

    ``scores`` are each area's distance from the target in its own standard errors, ``trimmed`` the same
    after trimming (NaN: cut off); ``phi`` their mean square, ``tau2`` the variance between areas. ``limits``
    are those of chance alone, ``adjusted`` those with overdispersion (of none where it was not asked for or
    not found), ``published`` what FunnelPlotR prints for ``adjusted``. ``outlier`` goes by ``adjusted``
    where ``overdispersed``, else by ``limits``; ``published_outlier`` by ``published``.
    """

    groups: tuple[str, ...]
    target: float
    ratio: tuple[float, ...]
    scores: tuple[float, ...]
    trimmed: tuple[float, ...]
    used: int
    phi: float
    tau2: float
    overdispersed: bool
    limits: Limits
    adjusted: Limits
    published: Limits
    outlier: tuple[bool, ...]
    published_outlier: tuple[bool, ...]


def poisson_limits(expected: Sequence[float], multiplier: float = 1.0) -> Limits:
    """Exact Poisson limits of observed over expected, for each expected count above 0; else none."""

    def below(p: float) -> tuple[float, ...]:
        return tuple(multiplier * float(chdtri(2 * e, 1 - p)) / (2 * e) if e > 0 else NONE for e in expected)

    def above(p: float) -> tuple[float, ...]:
        return tuple(
            multiplier * float(chdtri(2 * (e + 1), p)) / (2 * e) if e > 0 else NONE for e in expected
        )

    return Limits(below(0.025), above(0.025), below(0.001), above(0.001))


def funnel(
    groups: Sequence[str],
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    of: Of = Of.RATIO,
    method: Method = Method.SHMI,
    adjust: bool = True,
    trim_by: float = 0.1,
    multiplier: float = 1.0,
    limit: int = 99,
) -> Funnel:
    """A funnel of numerators (observed) over denominators (expected, or the whole), summed by group.

    ``limit`` (95, or 99 for 99.8 %) says beyond which limits an area is an outlier; ``trim_by`` how much of
    each end is set aside when spread is measured. As published, a tenth; where areas differ smoothly, with no
    few of them astray, that measures too little spread and 95 % limits hold about 80 areas in 100, while
    ``trim_by=0`` keeps the promise. Raises ValueError, in words, for lengths that differ, a
    number below zero, a denominator of zero, a share above one, or a trim outside 0 to a half.
    """
    names, observed, given = _summed(groups, numerators, denominators)
    _checked(observed, given, of, trim_by, limit)
    ratio = tuple(over(count, size) * multiplier for count, size in zip(observed, given, strict=True))
    cut = (of, method) == (Of.RATIO, Method.SHMI)
    sizes = _rounded(given) if cut else given
    target = 1.0 if of is Of.RATIO else over(math.fsum(observed), math.fsum(sizes))
    scores, errors = _scores(observed, sizes, of, method, target)
    trimmed = truncated(scores, trim_by) if cut else winsorised(scores, trim_by)
    kept = [error for score, error in zip(trimmed, errors, strict=True) if not math.isnan(score)]
    phi = mean(score * score for score in trimmed)
    tau2 = between(len(kept), phi, kept)
    overdispersed = adjust and tau2 > 0
    added = tau2 if overdispersed else 0.0
    limits, adjusted, published = _drawn(target, sizes, of, method, added, multiplier)
    return Funnel(
        groups=names,
        target=target,
        ratio=ratio,
        scores=scores,
        trimmed=trimmed,
        used=len(kept),
        phi=phi,
        tau2=tau2,
        overdispersed=overdispersed,
        limits=limits,
        adjusted=adjusted,
        published=published,
        outlier=_outliers(ratio, adjusted if overdispersed else limits, limit),
        published_outlier=_outliers(ratio, published if overdispersed else limits, limit),
    )


def _rounded(sizes: tuple[float, ...]) -> tuple[float, ...]:
    """Expected counts to two decimals, as the SHMI method takes them."""
    rounded = tuple(round(size, 2) for size in sizes)
    if not all(rounded):
        raise ValueError("an expected number is under 0.005, which the SHMI method rounds to nothing")
    return rounded


def _drawn(
    target: float, sizes: tuple[float, ...], of: Of, method: Method, tau2: float, multiplier: float
) -> tuple[Limits, Limits, Limits]:
    """Limits of chance alone, with overdispersion, and the latter as FunnelPlotR prints them."""
    adjusted = _about(target, sizes, of, method, tau2, multiplier)
    if of is not Of.RATIO:
        return _about(target, sizes, of, method, 0.0, multiplier), adjusted, adjusted
    limits = poisson_limits(sizes, multiplier)
    if method is Method.SHMI:
        return limits, adjusted, adjusted
    return limits, adjusted, _spread(lambda away: multiplier * (1 + away), sizes, _quarter, tau2)


def _summed(
    groups: Sequence[str], numerators: Sequence[float], denominators: Sequence[float]
) -> tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]:
    if not len(groups) == len(numerators) == len(denominators):
        lengths = f"{len(groups)} groups, {len(numerators)} numerators and {len(denominators)} denominators"
        raise ValueError(f"there are {lengths}: a funnel needs one of each for every area")
    sums: dict[str, tuple[float, float]] = {}
    for name, count, size in zip(groups, numerators, denominators, strict=True):
        before = sums.get(name, (0.0, 0.0))
        sums[name] = (before[0] + count, before[1] + size)
    return tuple(sums), tuple(count for count, _ in sums.values()), tuple(size for _, size in sums.values())


def _checked(observed: Sequence[float], sizes: Sequence[float], of: Of, trim_by: float, limit: int) -> None:
    if not observed:
        raise ValueError("a funnel needs at least one area")
    if any(size <= 0 for size in sizes):
        raise ValueError("a denominator is zero or below: that area has no ratio and belongs in a footnote")
    if any(count < 0 for count in observed):
        raise ValueError("a numerator is below zero")
    if of is Of.SHARE and any(count > size for count, size in zip(observed, sizes, strict=True)):
        raise ValueError("a share (PR) is above one: a numerator is larger than its denominator")
    if not 0 <= trim_by < 0.5:
        raise ValueError("trim_by is a share of each end, from 0 to below 0.5")
    if limit not in (95, 99):
        raise ValueError("limit is 95, or 99 for the 99.8 % limits")


def _scores(
    observed: tuple[float, ...], sizes: tuple[float, ...], of: Of, method: Method, target: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Each area's distance from the target in standard errors, and the standard errors."""
    pairs = tuple(zip(observed, sizes, strict=True))
    if of is Of.COUNTS:
        errors = tuple(math.sqrt(a / (a + 0.5) ** 2 + b / (b + 0.5) ** 2) for a, b in pairs)
        away = [math.log((a + 0.5) / (b + 0.5)) - _log(target) for a, b in pairs]
        return tuple(map(over, away, errors)), errors
    if of is Of.SHARE:
        errors = tuple(1 / (2 * math.sqrt(b)) for _, b in pairs)
        middle = math.asin(math.sqrt(target))
        return tuple((math.asin(math.sqrt(a / b)) - middle) * 2 * math.sqrt(b) for a, b in pairs), errors
    if method is Method.CQC:
        errors = tuple(1 / (2 * math.sqrt(b)) for _, b in pairs)
        return tuple((math.sqrt(a / b) - 1) * 2 * math.sqrt(b) for a, b in pairs), errors
    return tuple(math.sqrt(b) * _log(a / b) for a, b in pairs), tuple(1 / math.sqrt(b) for _, b in pairs)


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf


def _exp(value: float) -> float:
    return math.exp(value) if value < 700 else math.inf


def winsorised(scores: Sequence[float], trim_by: float) -> tuple[float, ...]:
    """Scores with each end drawn in to its quantile (R's type 7)."""
    low, high = quantile(scores, trim_by), quantile(scores, 1 - trim_by)
    return tuple(min(max(score, low), high) for score in scores)


def truncated(scores: Sequence[float], trim_by: float) -> tuple[float, ...]:
    """Scores with each end cut off: NaN where the share of the ranks falls in the outermost parts."""
    if not trim_by:
        return tuple(scores)
    parts = 1 / trim_by
    ranked = _ranks(scores)
    place = [math.floor(rank * parts / (len(scores) + 1)) for rank in ranked]
    return tuple(score if 0 < at < parts - 1 else NONE for score, at in zip(scores, place, strict=True))


def _ranks(scores: Sequence[float]) -> list[float]:
    """Ranks from 1; equal scores share the mean of theirs."""
    ordered = sorted(scores)
    first = {score: at for at, score in reversed(list(enumerate(ordered, 1)))}
    last = {score: at for at, score in enumerate(ordered, 1)}
    return [(first[score] + last[score]) / 2 for score in scores]


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile of R's type 7: between the two values either side, by distance."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = math.floor(at + 4 * math.ulp(at))
    part = at - low if abs(at - low) > 4 * math.ulp(at) else 0.0
    if not part:
        return ordered[low]
    return ordered[low] + part * (ordered[low + 1] - ordered[low])


def between(count: int, phi: float, errors: Sequence[float]) -> float:
    """The variance between areas, tau squared (DerSimonian and Laird): 0 where the scores spread no more than
    chance."""
    if not errors or math.isnan(phi) or count * phi < count - 1:
        return 0.0
    weights = [over(1, error * error) for error in errors]
    first = math.fsum(weights)
    room = first - over(math.fsum(weight * weight for weight in weights), first)
    return max(0.0, (count * phi - (count - 1)) / room) if room > 0 else 0.0


def _about(
    target: float, sizes: tuple[float, ...], of: Of, method: Method, tau2: float, multiplier: float
) -> Limits:
    """Limits about the target, the variance between areas added to each area's own, on the areas' scale."""

    def ratio(away: float) -> float:
        return multiplier * max(0.0, 1 + away) ** 2 if method is Method.CQC else multiplier * _exp(away)

    def share(away: float) -> float:
        angle = math.asin(math.sqrt(target)) + away
        return multiplier * math.sin(min(max(angle, 0.0), math.pi / 2)) ** 2

    def counts(away: float) -> float:
        return multiplier * target * _exp(away)

    if of is Of.SHARE:
        return _spread(share, sizes, _quarter, tau2)
    if of is Of.COUNTS:
        return _spread(counts, sizes, _quarter, tau2)
    return _spread(ratio, sizes, _quarter if method is Method.CQC else _whole, tau2)


def _quarter(size: float) -> float:
    """The variance of a square root, or of an angle, of a count of this size."""
    return 1 / (4 * size)


def _whole(size: float) -> float:
    """The variance of the logarithm of a count of this size."""
    return 1 / size


def _spread(
    back: Callable[[float], float], sizes: tuple[float, ...], own: Callable[[float], float], tau2: float
) -> Limits:
    def line(z: float) -> tuple[float, ...]:
        return tuple(back(z * root(own(size) + tau2)) for size in sizes)

    return Limits(line(-Z95), line(Z95), line(-Z998), line(Z998))


def _outliers(ratio: tuple[float, ...], limits: Limits, limit: int) -> tuple[bool, ...]:
    low, high = (limits.ll95, limits.ul95) if limit == 95 else (limits.ll998, limits.ul998)
    return tuple(not below <= value <= above for value, below, above in zip(ratio, low, high, strict=True))
