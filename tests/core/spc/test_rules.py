"""Each rule by hand: what sets it off, what breaks it, and who wins where two meet."""

from __future__ import annotations

import pytest

from goldthread.core.spc.cases import ptd_result
from goldthread.core.spc.rules import (
    Lines,
    beyond,
    find,
    long_run,
    shift,
    trend,
    two_of_three_net,
    two_of_three_same_side,
)
from goldthread.core.spc.rulesets import AUTOSPC, PLOT_THE_DOTS, QICHARTS2, RULE_SETS, named
from goldthread.core.spc.values import Rule, Side, Special
from goldthread.core.spc.xmr import xmr
from tests.core.spc.series import months, quiet

H, L, N = Side.HIGH, Side.LOW, None
LINES = Lines(10, 4, 16, 6, 14)


def over(values: list[float | None]) -> tuple[Side | None, ...]:
    return two_of_three_same_side(values, [LINES] * len(values))


def test_a_point_on_a_limit_is_within() -> None:
    assert beyond([4, 3.9, 16, 16.1, None], [4] * 5, [16] * 5) == (N, L, N, H, N)


def test_seven_points_rising_are_a_trend_and_six_are_none() -> None:
    assert trend([1, 2, 3, 4, 5, 6, 7], 7) == (H,) * 7
    assert trend([1, 2, 3, 4, 5, 6], 7) == (N,) * 6
    assert trend([7, 6, 5, 4, 3, 2, 1, 1], 7) == (*(L,) * 7, N)


@pytest.mark.parametrize("broken", [[1, 2, 3, 3, 4, 5, 6, 7], [1, 2, 3, None, 4, 5, 6, 7]])
def test_a_tie_or_a_missing_value_breaks_a_trend(broken: list[float | None]) -> None:
    assert trend(broken, 7) == (N,) * 8


def test_a_point_of_two_trends_goes_with_the_later_one() -> None:
    assert trend([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], 7) == (*(H,) * 6, *(L,) * 7)


@pytest.mark.parametrize("second", [range(7, 14), range(4, 11)])
def test_one_rising_trend_after_another_still_rises_though_the_package_prints_otherwise(
    second: range,
) -> None:
    values = [*range(1, 8), *second]
    assert trend(values, 7) == (H,) * 14
    wide = [0, 20] * 6
    printed = ptd_result({"dates": [day.isoformat() for day in months(26)], "values": [*wide, *values]})
    labels = printed["points"]["special_cause_type"][12:]
    rising, falling = "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"
    assert labels == [rising] * 6 + [falling] + [rising] * 7


def test_a_point_on_the_centre_breaks_a_shift() -> None:
    assert shift([11] * 7, [10] * 7, 7) == (H,) * 7
    assert shift([11, 11, 11, 10, 11, 11, 11, 11], [10] * 8, 7) == (N,) * 8
    assert shift([9, 9, 9, None, 9, 9, 9, 9], [10] * 8, 7) == (N,) * 8


def test_two_of_three_wants_all_three_on_one_side() -> None:
    assert over([15, 11, 15]) == (H, N, H)
    assert over([15, 9, 15]) == (N, N, N)
    assert over([15, 10, 15]) == (N, N, N)
    assert over([15, None, 15]) == (N, N, N)


def test_two_of_three_counts_only_points_between_near_and_outer_limit() -> None:
    assert over([17, 15, 11]) == (N, N, N)
    assert over([15, 16, 17]) == (H, H, N)
    assert over([5, 7, 5]) == (L, N, L)
    assert over([15, 14, 14]) == (N, N, N)


def test_the_net_rule_lets_the_third_point_lie_anywhere() -> None:
    assert two_of_three_net([11, 5, 11], [0] * 3, [10] * 3) == (H, N, H)
    assert two_of_three_net([11, -1, 11], [0] * 3, [10] * 3) == (N, N, N)
    assert two_of_three_net([11, 5, 11], [0] * 3, [10] * 3, whole=True) == (H, H, H)
    assert two_of_three_net([-1, -1, None], [0] * 3, [10] * 3) == (L, L, N)


def test_a_long_run_passes_over_points_on_the_centre() -> None:
    values = [11, 11, 11, 10, 11, 11, 11, 11, 11, 9, 11, 9]
    assert long_run(values, [10] * 12)[:9] == (H, H, H, N, H, H, H, H, H)
    assert long_run(values, [10] * 12)[9:] == (N, N, N)


def test_the_first_rule_in_order_rules_a_point() -> None:
    values = [9, 10.5, 11, 12, 13, 15, 17]
    found = find(values, [LINES] * 7, PLOT_THE_DOTS)
    assert found.specials == (*(Special(Rule.TREND, H),) * 6, Special(Rule.OUTSIDE, H))
    assert dict(found.flags)[Rule.TREND] == (H,) * 7


def test_rule_sets_differ_where_they_say_so() -> None:
    climbing = [*quiet(12), 10, 11, 12, 13, 14, 15, 16, *quiet(12)]
    assert Special(Rule.TREND, H) in [point.special for point in xmr(climbing).points]
    assert {point.special.rule for point in xmr(climbing, rules=AUTOSPC).points if point.special} <= {
        Rule.OUTSIDE,
        Rule.SHIFT,
    }
    seven = [*quiet(24), *[14.1] * 7]
    assert xmr(seven).points[-1].special == Special(Rule.SHIFT, H)
    assert xmr(seven, rules=AUTOSPC).points[-1].special is None
    assert xmr([*seven, 14.1], rules=AUTOSPC).points[-1].special == Special(Rule.SHIFT, H)
    assert all(point.special is None for point in xmr(seven, rules=QICHARTS2).points)


def test_rule_sets_are_known_by_name() -> None:
    assert [named(rules.name) for rules in RULE_SETS] == list(RULE_SETS)
    with pytest.raises(ValueError, match="plot-the-dots, plot-the-dots-unscreened, powerbi-spc"):
        named("nelson")
