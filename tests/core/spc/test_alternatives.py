"""Limits of autospc and PowerBI-SPC by their definitions, worked out by hand or from textbook tables."""

from __future__ import annotations

import math

import pytest

from goldthread.core.spc.alternatives import (
    autospc,
    c4,
    looped_range,
    powerbi,
    subgroup_deviations,
    subgroup_means,
)

NAN = math.nan


@pytest.mark.parametrize(("size", "expected"), [(2, 0.7979), (5, 0.9400), (10, 0.9727), (25, 0.9896)])
def test_c4_is_the_table_of_montgomery(size: int, expected: float) -> None:
    assert c4(size) == pytest.approx(expected, abs=5e-5)


def test_one_value_has_no_deviation() -> None:
    assert math.isnan(c4(1))


def test_means_of_groups() -> None:
    """Three groups of five: A3 = 1.427 (Montgomery, appendix VI)."""
    lines = subgroup_means([10, 12, 11], [2, 1.5, 1.8], [5, 5, 5])
    within = math.sqrt((4 + 2.25 + 3.24) / 3)
    assert lines.centre == (11.0,) * 3
    assert lines.upper[0] == pytest.approx(11 + 1.427 * within, abs=2e-3)
    assert lines.lower[0] == pytest.approx(11 - 1.427 * within, abs=2e-3)


def test_deviations_of_groups() -> None:
    """Groups of ten: B3 = 0.284 and B4 = 1.716 (Montgomery, appendix VI); of four, B3 is nothing."""
    lines = subgroup_deviations([2.0, 2.0], [10, 10])
    assert lines.lower[0] == pytest.approx(2 * 0.284, abs=2e-3)
    assert lines.upper[0] == pytest.approx(2 * 1.716, abs=2e-3)
    assert subgroup_deviations([2.0, 2.0], [4, 4]).lower == (0.0, 0.0)


def test_screening_goes_on_until_nothing_is_left_to_drop() -> None:
    distances = [1.0] * 20 + [6.0, 40.0]
    assert looped_range(distances, 0) == pytest.approx(66 / 22)
    assert looped_range(distances, 1) == pytest.approx(26 / 21)
    assert looped_range(distances, 99) == pytest.approx(1.0)


def test_a_constant_series_is_not_screened_away() -> None:
    assert autospc("i", [4.0] * 8).upper == (4.0,)


def test_moving_ranges_may_be_given_or_taken() -> None:
    values = [3.0, 5.0, 4.0, 9.0]
    assert autospc("mr", values) == autospc("mr", [NAN, 2.0, 1.0, 5.0])
    assert autospc("mr", values).upper == (pytest.approx(3.267 * 8 / 3),)


def test_counts_and_primed_counts() -> None:
    values = [4.0, 6.0, 5.0, 7.0, 3.0]
    assert autospc("c", values).upper == (pytest.approx(5 + 3 * math.sqrt(5)),)
    assert autospc("c", values).lower == (0.0,)
    primed = autospc("cp", values)
    assert primed.upper == autospc("i", values).upper
    assert primed.lower == (0.0,) or primed.lower == autospc("i", values).lower


def test_a_mean_size_makes_limits_flat() -> None:
    flat = autospc("pp", [10, 12, 9, 14], [100, 120, 90, 110], mean_size=True, multiply=100)
    assert len(flat.upper) == 1
    assert len(autospc("pp", [10, 12, 9, 14], [100, 120, 90, 110]).upper) == 4


def test_individuals_about_the_median() -> None:
    values = [4.0, 5.0, 6.0, 5.0, 30.0, 5.0]
    plain = powerbi("i", values, screened=False)
    moved = powerbi("i_m", values, screened=False)
    assert moved.centre == (5.0,) * 6
    assert moved.upper[0] - 5 == pytest.approx(plain.upper[0] - plain.centre[0])
    robust = powerbi("i_mm", values)
    assert robust.upper[0] == pytest.approx(5 + 3 * 1 / 1.128)


def test_a_moving_range_chart_has_one_point_fewer() -> None:
    lines = powerbi("mr", [3.0, 5.0, 4.0])
    assert lines.plotted == (2.0, 1.0)
    assert lines.upper == (pytest.approx(3.267 * 1.5),) * 2


def test_shares_come_in_percent_and_rates_as_asked() -> None:
    assert powerbi("p", [5, 6], [10, 12]).centre == (50.0, 50.0)
    assert powerbi("u", [5, 6], [10, 12], multiplier=1000).centre == (500.0, 500.0)


def test_gaps_never_have_a_limit_below_nothing() -> None:
    assert set(powerbi("g", [3.0, 9.0, 30.0]).lower_near) == {0.0}
    assert min(powerbi("t", [1.0, 90.0, 2.0, 300.0]).lower_near) >= 0.0


@pytest.mark.parametrize(
    ("chart", "values", "sizes", "words"),
    [("s", [], [3, 4], "of one length"), ("p", [1, 2], [3], "of one length"), ("ip", [1, 2], [], "no chart")],
)
def test_powerbi_says_what_it_lacks(chart: str, values: list[float], sizes: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        powerbi(chart, values, sizes)


def test_autospc_says_what_it_lacks() -> None:
    with pytest.raises(ValueError, match="no chart"):
        autospc("zz", [1.0, 2.0])
    with pytest.raises(ValueError, match="2 values but 0 denominators"):
        autospc("p", [1.0, 2.0])
