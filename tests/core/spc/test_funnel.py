"""Funnels: limits that hold the share they promise, and words for what cannot be drawn.

The promises are tried on simulated areas with a fixed seed, so that a run always gives the same answer.
"""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.funnel import (
    Funnel,
    Limits,
    Method,
    Of,
    between,
    funnel,
    poisson_limits,
    quantile,
    truncated,
    winsorised,
)

AREAS = 400
TAU = 0.2
"""How far areas truly differ in the simulations: a standard deviation of a fifth."""


def _poisson(chance: random.Random, mean: float) -> int:
    """A Poisson draw: exact for small means, by its normal limit for large ones."""
    if mean > 300:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    count, product, floor = 0, chance.random(), math.exp(-mean)
    while product > floor:
        count += 1
        product *= chance.random()
    return count


def _simulated(
    seed: int, sizes: list[float], *, tau: float, method: Method, adjust: bool, trim_by: float = 0.0
) -> Funnel:
    chance = random.Random(seed)
    counts = [_poisson(chance, size * math.exp(chance.gauss(0, tau) - tau * tau / 2)) for size in sizes]
    names = [str(at) for at in range(len(sizes))]
    return funnel(names, counts, sizes, method=method, adjust=adjust, trim_by=trim_by)


def _held(ratio: tuple[float, ...], low: tuple[float, ...], high: tuple[float, ...]) -> float:
    inside = [a <= value <= b for value, a, b in zip(ratio, low, high, strict=True)]
    return sum(inside) / len(inside)


def _sizes(seed: int) -> list[float]:
    chance = random.Random(seed)
    return [math.exp(chance.uniform(math.log(30), math.log(2000))) for _ in range(AREAS)]


def test_exact_limits_hold_95_areas_in_100_where_areas_do_not_differ() -> None:
    shares = [
        _held(found.ratio, found.limits.ll95, found.limits.ul95)
        for seed in range(5)
        if (found := _simulated(seed, _sizes(seed), tau=0.0, method=Method.SHMI, adjust=False))
    ]
    assert 0.94 <= sum(shares) / len(shares) <= 0.98


def _shares(method: Method, *, trim_by: float) -> tuple[float, float, float]:
    """The share of areas within the 95 % and the 99.8 % limits with overdispersion, and the 95 % without."""
    all_sizes = {seed: _sizes(seed) for seed in range(5)}
    found = [
        _simulated(seed, sizes, tau=TAU, method=method, adjust=True, trim_by=trim_by)
        for seed, sizes in all_sizes.items()
    ]
    limits = [(one.ratio, one.adjusted, one.limits) for one in found]
    near = sum(_held(ratio, own.ll95, own.ul95) for ratio, own, _ in limits) / len(limits)
    far = sum(_held(ratio, own.ll998, own.ul998) for ratio, own, _ in limits) / len(limits)
    alone = sum(_held(ratio, plain.ll95, plain.ul95) for ratio, _, plain in limits) / len(limits)
    return near, far, alone


@pytest.mark.parametrize("method", list(Method))
def test_overdispersed_limits_hold_what_they_promise_where_areas_differ(method: Method) -> None:
    near, far, alone = _shares(method, trim_by=0.0)
    assert 0.93 <= near <= 0.97
    assert far >= 0.99
    assert alone < 0.7


@pytest.mark.parametrize(("method", "least", "most"), [(Method.SHMI, 0.74, 0.80), (Method.CQC, 0.80, 0.86)])
def test_trimming_makes_limits_too_narrow_where_areas_differ_smoothly(
    method: Method, least: float, most: float
) -> None:
    """Measured, so that docs/reference/spc.md can say it: the published default trims a tenth of each end."""
    near, _, _ = _shares(method, trim_by=0.1)
    assert least <= near <= most


def test_cqc_limits_as_published_hold_far_fewer_than_they_promise() -> None:
    """The reason why ours are squared: see docs/reference/spc.md."""
    found = _simulated(1, _sizes(1), tau=TAU, method=Method.CQC, adjust=True)
    assert _held(found.ratio, found.published.ll95, found.published.ul95) < 0.75
    assert sum(found.published_outlier) > sum(found.outlier)


def test_ratio_of_counts_limits_are_too_narrow_for_rates_per_head() -> None:
    chance = random.Random(2)
    sizes = [chance.uniform(20_000, 200_000) for _ in range(AREAS)]
    counts = [_poisson(chance, size * 0.005) for size in sizes]
    found = funnel([str(at) for at in range(AREAS)], counts, sizes, of=Of.COUNTS, adjust=False)
    assert _held(found.ratio, found.limits.ll95, found.limits.ul95) < 0.2


def test_shares_hold_what_they_promise() -> None:
    chance = random.Random(3)
    sizes = [float(chance.randint(200, 2000)) for _ in range(AREAS)]
    counts = [float(sum(chance.random() < 0.3 for _ in range(int(size) // 4))) for size in sizes]
    quarters = [size // 4 for size in sizes]
    found = funnel([str(at) for at in range(AREAS)], counts, quarters, of=Of.SHARE, adjust=False)
    assert 0.92 <= _held(found.ratio, found.limits.ll95, found.limits.ul95) <= 0.98


def test_the_spread_put_in_is_found() -> None:
    found = _simulated(4, [500.0] * AREAS, tau=TAU, method=Method.CQC, adjust=True)
    assert math.sqrt(found.tau2) == pytest.approx(TAU / 2, rel=0.25)


def test_share_limits_stop_at_nothing_and_all() -> None:
    found = funnel(["a", "b", "c"], [1, 0, 2], [4, 5, 6], of=Of.SHARE, adjust=False)
    assert min(found.limits.ll998) == 0.0
    nearly = funnel(["a", "b", "c"], [4, 5, 5], [4, 5, 6], of=Of.SHARE, adjust=False)
    assert max(nearly.limits.ul998) == 1.0


@settings(max_examples=30)
@given(st.lists(st.floats(0.5, 1e6), min_size=2, max_size=20, unique=True))
def test_larger_areas_have_narrower_limits_about_one(expected: list[float]) -> None:
    limits = poisson_limits(sorted(expected))
    for name in ("ul95", "ul998"):
        assert all(one >= other for one, other in pairwise(getattr(limits, name)))
    for low, high in ((limits.ll95, limits.ul95), (limits.ll998, limits.ul998)):
        assert all(a < 1 < b for a, b in zip(low, high, strict=True))


def test_an_area_that_comes_twice_is_summed() -> None:
    once = funnel(["a", "b", "c"], [10, 30, 40], [20, 25, 35])
    twice = funnel(["a", "b", "a", "c"], [4, 30, 6, 40], [15, 25, 5, 35])
    assert once == twice


def test_an_area_without_events_is_drawn() -> None:
    found = funnel([str(at) for at in range(12)], [0, *range(10, 21)], [15.0] * 12)
    assert found.ratio[0] == 0
    assert found.scores[0] == -math.inf
    assert math.isfinite(found.tau2)
    assert found.outlier[0]


@pytest.mark.parametrize(
    ("numerators", "denominators", "options", "words"),
    [
        ([1, 2], [1], {}, "one of each"),
        ([1, 2], [1, 0], {}, "zero or below"),
        ([-1, 2], [1, 1], {}, "below zero"),
        ([3, 2], [1, 4], {"of": Of.SHARE}, "above one"),
        ([3, 2], [1, 4], {"trim_by": 0.5}, "trim_by"),
        ([3, 2], [1, 4], {"limit": 90}, "limit is 95"),
        ([3, 2], [0.001, 4], {}, "under 0.005"),
        ([], [], {}, "at least one area"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    numerators: list[float], denominators: list[float], options: dict[str, float], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        funnel([str(at) for at in range(len(numerators))], numerators, denominators, **options)  # type: ignore[arg-type]


def test_ends_are_drawn_in_or_cut_off() -> None:
    scores = [float(at) for at in range(11)]
    assert winsorised(scores, 0.1) == (1.0, 1.0, *scores[2:9], 9.0, 9.0)
    cut = truncated(scores, 0.1)
    assert [at for at, score in enumerate(cut) if math.isnan(score)] == [0, 10]
    assert truncated([1.0] * 11, 0.1) == (1.0,) * 11


def test_quantiles_lie_between_neighbours() -> None:
    assert quantile([1, 2, 3, 4], 0.5) == 2.5
    assert quantile([4, 1, 3, 2], 0.1) == pytest.approx(1.3)


def test_no_more_spread_than_chance_is_none() -> None:
    assert between(10, 0.5, [0.1] * 10) == 0.0
    assert between(0, math.nan, []) == 0.0
    assert between(2, 5.0, [0.1, 0.1]) > 0


def test_limits_of_nothing_expected_are_none() -> None:
    limits = poisson_limits([0.0])
    assert limits != Limits((0.0,), (0.0,), (0.0,), (0.0,))
    assert math.isnan(limits.ul95[0])
