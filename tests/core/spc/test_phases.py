"""Charts over parts: what is promised whatever the figures."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.numbers import outward
from goldthread.core.spc.phases import KINDS, NEED_DENOMINATORS, PhasedChart, phased

COUNTS = st.lists(st.integers(0, 50), min_size=4, max_size=30)
SIZE = 60


def _drawn(chart: PhasedChart) -> tuple[tuple[float | None, ...], ...]:
    lines = chart.lines
    return tuple(map(outward, (lines.plotted, lines.centre, lines.lower, lines.upper)))


def _chart(kind: str, counts: list[int] | list[int | None], **options: object) -> PhasedChart:
    sizes = [SIZE + at % 7 for at in range(len(counts))] if kind in (*NEED_DENOMINATORS, "ip") else []
    return phased(kind, counts, sizes, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"p", "pp", "u", "up", "ip"}))
@settings(max_examples=15)
@given(first=COUNTS, second=COUNTS)
def test_parts_know_nothing_of_each_other(kind: str, first: list[int], second: list[int]) -> None:
    whole = _chart(kind, [*first, *second], part=[len(first)])
    apart = [_drawn(_chart(kind, one)) for one in (first, second)]
    assert _drawn(whole) == tuple(a + b for a, b in zip(*apart, strict=True))
    assert whole.part == (1,) * len(first) + (2,) * len(second)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"mr", "ip"}))
@settings(max_examples=15)
@given(counts=COUNTS, other=st.integers(0, 50))
def test_a_point_left_out_sets_no_limit(kind: str, counts: list[int], other: int) -> None:
    _, *lines = _drawn(_chart(kind, counts, exclude=[2]))
    counts[1] = other
    _, *same = _drawn(_chart(kind, counts, exclude=[2]))
    assert lines == same


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"ip"}))
@settings(max_examples=15)
@given(counts=COUNTS, later=COUNTS)
def test_points_after_a_freeze_set_no_limit(kind: str, counts: list[int], later: list[int]) -> None:
    frozen = _chart(kind, [*counts, *later], freeze=len(counts))
    alone = _chart(kind, counts)
    assert outward(frozen.lines.upper[: len(counts)]) == outward(alone.lines.upper)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=15)
@given(counts=st.lists(st.none() | st.integers(0, 50), max_size=25))
def test_any_holes_are_borne(kind: str, counts: list[int | None]) -> None:
    chart = _chart(kind, counts)
    plotted, centre, lower, upper = _drawn(chart)
    assert len(plotted) == len(centre) == len(lower) == len(upper) == len(counts)
    for at, value in enumerate(counts):
        if value is None:
            assert plotted[at] is None
            assert not chart.outside[at]


@settings(max_examples=15)
@given(counts=COUNTS, times=st.sampled_from([10, 1000, 100_000]))
def test_a_rate_per_thousand_is_the_same_chart(counts: list[int], times: int) -> None:
    plain, more = _chart("up", counts), _chart("up", counts, multiply=times)
    assert plain.runs == more.runs
    for one, other in zip(plain.lines.centre, more.lines.centre, strict=True):
        assert other == pytest.approx(one * times)


def test_a_denominator_of_zero_has_no_figure_and_no_limits() -> None:
    lines = phased("u", [4, 0, 6, 5], [10, 0, 12, 9]).lines
    assert outward(lines.plotted)[1] is None
    assert outward(lines.upper)[1] is None
    assert lines.centre[0] == pytest.approx(15 / 31)


def test_a_constant_series_has_a_centre_and_no_limits_once_screened() -> None:
    chart = phased("i", [5] * 12)
    assert set(chart.lines.centre) == {5.0}
    assert set(outward(chart.lines.upper)) == {None}
    assert set(outward(phased("i", [5] * 12, screened=False).lines.upper)) == {5.0}


@pytest.mark.parametrize("kind", ["p", "u"])
def test_primed_charts_hold_points_that_plain_ones_flag(kind: str) -> None:
    """Shares and rates that truly move by a tenth between months, on large denominators."""
    chance = random.Random(11)
    sizes = [chance.randint(80_000, 120_000) for _ in range(400)]
    counts = [round(size * 0.2 * math.exp(chance.gauss(0, 0.1))) for size in sizes]
    plain, primed = phased(kind, counts, sizes), phased(kind + "p", counts, sizes)
    assert sum(plain.outside) / len(counts) > 0.5
    assert sum(primed.outside) / len(counts) < 0.01


@pytest.mark.parametrize(
    ("kind", "values", "sizes", "words"),
    [
        ("q", [1, 2], [], "there is no chart “q”"),
        ("p", [1, 2], [], "needs a denominator"),
        ("u", [1, 2], [3], "2 values but 1 denominators"),
    ],
)
def test_what_cannot_be_drawn_is_said(kind: str, values: list[float], sizes: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        phased(kind, values, sizes)


def test_moving_ranges_are_charted_by_their_mean() -> None:
    lines = phased("mr", [3, 5, 4, 9]).lines
    assert outward(lines.plotted) == (None, 2.0, 1.0, 5.0)
    assert lines.centre[0] == pytest.approx(8 / 3)
    assert lines.upper[0] == pytest.approx(3.267 * 8 / 3)
    assert lines.upper_near[0] == pytest.approx(2 / 3 * 3.267 * 8 / 3)
    assert not any(run.signal for run in phased("mr", [1] * 20 + [9] * 20).runs)


def test_normalised_individuals_by_hand() -> None:
    """Taylor's I′: steps scaled by both sizes, limits by each size."""
    counts, sizes = [10, 18, 12], [100, 120, 80]
    lines = phased("ip", counts, sizes, screened=False).lines
    shares = [count / size for count, size in zip(counts, sizes, strict=True)]
    steps = [
        math.sqrt(math.pi / 2)
        * abs(shares[at] - shares[at - 1])
        / math.sqrt(1 / sizes[at - 1] + 1 / sizes[at])
        for at in (1, 2)
    ]
    assert lines.centre[0] == pytest.approx(40 / 300)
    assert lines.upper[2] == pytest.approx(40 / 300 + 3 * sum(steps) / 2 / math.sqrt(80))
    plain = phased("ip", [3, 5, 4, 9], screened=False).lines
    assert plain.upper[0] - plain.centre[0] == pytest.approx(
        3 * math.sqrt(math.pi / 2) * 8 / 3 / math.sqrt(2)
    )


def test_chances_between_events_by_hand() -> None:
    lines = phased("g", [4, 10, 1, 25]).lines
    assert lines.centre[0] == 7.0
    assert lines.upper[0] == pytest.approx(10 + 3 * math.sqrt(110))
    assert lines.upper_near[0] == pytest.approx(10 + 2 * math.sqrt(110))
