"""Rare events: gaps between them, events on one day, and the limits of G and T charts."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.phases import phased
from goldthread.core.spc.rare import SAME_DAY, apart, days_between

DAY = date(2024, 3, 1)


def test_events_on_one_day_are_half_a_day_apart() -> None:
    events = [DAY, DAY, DAY + timedelta(3), DAY + timedelta(3), DAY + timedelta(3), DAY + timedelta(10)]
    assert days_between(events) == (0.5, 3.0, 0.5, 0.5, 7.0)


def test_no_event_is_merged_away() -> None:
    assert len(days_between([DAY] * 9)) == 8
    assert days_between([DAY]) == days_between([]) == ()


def test_events_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        days_between([DAY + timedelta(1), DAY])


def test_a_gap_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        apart([3.0, -1.0])
    with pytest.raises(ValueError, match="below zero"):
        phased("t", [3, 5, -1, 4])


def test_a_t_chart_with_events_on_one_day_has_limits() -> None:
    gaps = [12, 30, 0, 44, 7, 19, 0, 25, 31, 3, 16, 22, 9, 40]
    with_zeros = phased("t", gaps)
    halves = phased("t", [gap or SAME_DAY for gap in gaps])
    assert with_zeros == halves
    assert all(map(math.isfinite, with_zeros.lines.upper))
    assert with_zeros.lines.plotted[2] == pytest.approx(0.5)


def test_a_cluster_on_one_day_can_still_raise_a_signal() -> None:
    regular = [30, 33, 28, 31, 35, 29, 32, 30, 34, 27, 31, 30, 33]
    assert phased("t", [*regular, 0]).outside[-1]


def test_a_missing_gap_takes_its_neighbours_moving_ranges_and_nothing_else() -> None:
    lines = phased("t", [5, None, 9, 12]).lines
    assert math.isnan(lines.plotted[1])
    roots = [value ** (1 / 3.6) for value in (5, 9, 12)]
    assert lines.centre[0] == pytest.approx((sum(roots) / 3) ** 3.6)
    unscreened = phased("t", [5, None, 9, 12], screened=False).lines
    assert unscreened.upper[0] == pytest.approx((sum(roots) / 3 + 3 * (roots[2] - roots[1]) / 1.128) ** 3.6)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 400), min_size=3, max_size=40), st.floats(0.1, 30))
def test_a_t_chart_does_not_depend_on_the_unit_of_time(gaps: list[int], unit: float) -> None:
    days = phased("t", gaps).lines
    other = phased("t", [gap * unit for gap in gaps]).lines
    for mine, scaled in zip(days.upper, other.upper, strict=True):
        assert math.isnan(mine) == math.isnan(scaled)
        assert math.isnan(mine) or scaled == pytest.approx(mine * unit, rel=1e-6, abs=1e-9)


def test_a_g_chart_holds_most_points_of_a_steady_series() -> None:
    chance = random.Random(7)
    counts = [int(math.log(1 - chance.random()) / math.log(1 - 0.04)) for _ in range(600)]
    chart = phased("g", counts)
    assert sum(chart.outside) / len(counts) < 0.03
    assert set(chart.lines.lower) == {0.0}
    assert chart.lines.centre[0] == median(counts)


def test_a_t_chart_seldom_flags_a_steady_series() -> None:
    chance = random.Random(8)
    gaps = [chance.expovariate(1 / 34) for _ in range(600)]
    assert sum(phased("t", gaps).outside) / len(gaps) < 0.01
