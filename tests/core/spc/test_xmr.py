"""Limits: what they are taken from, and what becomes of them where there is nothing to take."""

from __future__ import annotations

import pytest

from goldthread.core.spc.rulesets import PLOT_THE_DOTS_UNSCREENED
from goldthread.core.spc.values import average
from goldthread.core.spc.xmr import Limits, xmr
from tests.core.spc.series import quiet


def limits(*args: object, **settings: object) -> Limits:
    return xmr(*args, **settings).groups[-1]  # type: ignore[arg-type]


def test_limits_are_the_mean_and_266_mean_moving_ranges() -> None:
    found = limits([5, 9, 6])
    assert (found.mean, found.mr_mean) == (pytest.approx(20 / 3), 3.5)
    assert (found.lpl, found.upl) == (pytest.approx(20 / 3 - 9.31), pytest.approx(20 / 3 + 9.31))
    assert found.nupl == pytest.approx(20 / 3 + 2 * 9.31 / 3)


def test_an_outlier_widens_limits_only_without_screening() -> None:
    series = [1, 2, 1, 2, 10, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1]
    narrow, wide = limits(series), limits(series, rules=PLOT_THE_DOTS_UNSCREENED)
    assert (narrow.mr_dropped, wide.mr_dropped) == (2, 0)
    assert narrow.mean == wide.mean
    assert narrow.upl is not None
    assert wide.upl is not None
    assert narrow.upl < wide.upl


def test_a_missing_value_takes_both_its_moving_ranges_and_an_exclusion_joins_its_neighbours() -> None:
    assert limits([10, 12, None, 20, 21]).mr_mean == average([2, 1])
    assert limits([10, 12, 99, 20, 21], exclude=[2]).mr_mean == average([2, 8, 1])
    assert xmr([*quiet(24), 99], exclude=[24]).points[24].special is not None
    assert not xmr([*quiet(24), 99], exclude=[24]).points[24].counted


def test_no_moving_range_crosses_a_rebase() -> None:
    chart = xmr([1, 2, 1, 2, 100, 101, 100, 101], rebases=[4])
    assert [group.mr_mean for group in chart.groups] == [1, 1]
    assert [(group.start, group.n) for group in chart.groups] == [(0, 4), (4, 4)]
    assert [point.group for point in chart.points] == [0, 0, 0, 0, 1, 1, 1, 1]


def test_every_group_is_fixed_on_its_own_first_points() -> None:
    chart = xmr([1, 2, 1, 9, 50, None, 52, 90], rebases=[4], fix_after=3)
    assert [group.mean for group in chart.groups] == [average([1, 2, 1]), 51]
    assert [group.n_limits for group in chart.groups] == [3, 2]
    assert chart.groups[1].mr_mean is None
    assert chart.groups[1].lpl is None


def test_a_constant_series_has_limits_that_mean_nothing() -> None:
    found = limits([78.7] * 15)
    assert (found.mean, found.lpl, found.upl, found.meaningful) == (78.7, 78.7, 78.7, False)
    published = limits([78.7] * 15, fallback=False)
    assert (published.mean, published.lpl, published.mr_mean, published.mr_dropped) == (78.7, None, None, 14)


def test_where_screening_leaves_no_change_all_moving_ranges_are_used() -> None:
    series = [5.0] * 20 + [9.0] + [5.0] * 20
    found = limits(series)
    assert (found.mr_mean, found.mr_dropped, found.meaningful) == (8 / 40, 0, False)
    assert limits(series, fallback=False).upl == limits(series, fallback=False).mean


@pytest.mark.parametrize("series", [[5], [None, 5, None], [None, None], [5, None, 6, None, 7]])
def test_without_neighbours_there_are_no_limits(series: list[float | None]) -> None:
    found = limits(series)
    assert (found.mr_mean, found.lpl, found.upl, found.meaningful) == (None, None, None, False)


def test_an_empty_series_has_no_groups() -> None:
    assert xmr([]).groups == ()
    assert xmr([]).points == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_what_is_not_an_ordinary_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="value 2 is"):
        xmr([1, value])


def test_places_outside_the_series_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the series"):
        xmr([1, 2], rebases=[2])
    with pytest.raises(ValueError, match="outside the series"):
        xmr([1, 2], exclude=[-1])
    with pytest.raises(ValueError, match="at least two points"):
        xmr([1, 2], fix_after=1)
