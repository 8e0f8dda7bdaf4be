"""Adjustment for the time of year: what it does, what it says, and when it declines."""

from __future__ import annotations

import math
from datetime import date

import pytest

from goldthread.core.spc.judgement import judge
from goldthread.core.spc.seasonal import TO_MEAN, TO_MOVING_AVERAGE, Seasonal, adjust
from goldthread.core.spc.values import Advice, Better, average
from tests.core.spc.series import months, told

SWING = [1 + 0.2 * math.sin(math.tau * place / 12) for place in range(12)]


def swinging(count: int) -> list[float]:
    return [100 * SWING[place % 12] for place in range(count)]


@pytest.mark.parametrize(("count", "method"), [(24, TO_MEAN), (35, TO_MEAN), (36, TO_MOVING_AVERAGE)])
def test_a_pure_swing_is_taken_out_and_the_method_said(count: int, method: str) -> None:
    found = adjust(months(count), swinging(count))
    assert isinstance(found, Seasonal)
    assert found.method == method
    assert method in found.words
    assert max(found.adjusted) - min(found.adjusted) < (5 if count == 35 else 1e-9)


def test_factors_average_to_one_and_name_their_months() -> None:
    found = adjust(months(48), swinging(48))
    assert isinstance(found, Seasonal)
    assert average([factor.factor for factor in found.factors]) == pytest.approx(1)
    highest = max(found.factors, key=lambda factor: factor.factor)
    assert (highest.month, highest.years) == (7, 3)
    assert highest.factor == pytest.approx(1.2)
    assert "0.80 in January to 1.20 in July" in found.words
    assert (found.first, found.last) == (date(2023, 4, 1), date(2027, 3, 1))


def test_a_rising_level_is_not_taken_for_the_time_of_year() -> None:
    rising = [100 * 1.01**place for place in range(60)]
    found = adjust(months(60), rising)
    assert isinstance(found, Seasonal)
    assert all(factor.factor == pytest.approx(1, abs=0.003) for factor in found.factors)


def test_a_missing_figure_stays_missing() -> None:
    values: list[float | None] = [*swinging(40)]
    values[20] = None
    found = adjust(months(40), values)
    assert isinstance(found, Seasonal)
    assert found.adjusted[20] is None
    assert len(told(found.adjusted)) == 39


def test_quarters_are_adjusted_by_their_months() -> None:
    days = tuple(date(2015 + place // 4, 3 * (place % 4) + 1, 1) for place in range(32))
    found = adjust(days, [100 * (1.3 if day.month == 10 else 0.9) for day in days])
    assert isinstance(found, Seasonal)
    assert found.method == TO_MEAN
    assert [factor.month for factor in found.factors] == [1, 4, 7, 10]
    assert max(found.adjusted) == pytest.approx(min(found.adjusted))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (swinging(23), "needs 24 figures, and there are 23"),
        ([*swinging(30), -1.0], "below zero"),
        ([0.0 if place % 12 == 3 else 5.0 for place in range(36)], "all zero"),
        ([None if place in (3, 27) else 5.0 for place in range(36)], "July occurs only once"),
        ([0.0] * 36, "all zero"),
    ],
)
def test_where_it_cannot_be_done_it_says_why(values: list[float | None], why: str) -> None:
    found = adjust(months(len(values)), values)
    assert isinstance(found, Advice)
    assert why in found.words


def test_a_judgement_shows_what_was_adjusted_and_keeps_what_was_told() -> None:
    noisy = [value + place % 3 for place, value in enumerate(swinging(48))]
    raw = judge(months(48), noisy, better=Better.DOWN)
    assert [advice.code for advice in raw.advice] == ["seasonal"]
    assert raw.adjustment is None
    found = judge(months(48), noisy, better=Better.DOWN, seasonal=True)
    assert found.values == raw.values == tuple(noisy)
    assert found.adjustment is not None
    assert found.judged == found.adjustment.adjusted
    assert len(found.evidence) < len(raw.evidence)
    assert "seasonal" not in [advice.code for advice in found.advice]


def test_an_adjustment_that_cannot_be_made_is_said_beside_the_verdict() -> None:
    found = judge(months(20), swinging(20), better=Better.UP, seasonal=True)
    assert found.adjustment is None
    assert found.judged == found.values
    assert found.advice[0].code == "no-seasonal-adjustment"


def test_rates_are_adjusted_by_what_was_counted() -> None:
    sizes = [50.0 + place % 5 for place in range(48)]
    counts = [value * size / 100 for value, size in zip(swinging(48), sizes, strict=True)]
    found = judge(
        months(48), counts, better=Better.DOWN, kind="u", denominators=sizes, multiply=100, seasonal=True
    )
    assert found.values == pytest.approx(swinging(48))
    assert found.judged == pytest.approx([100] * 48)
    assert found.evidence == ()


def test_a_month_without_a_single_figure_keeps_what_was_counted() -> None:
    sizes = [0.0 if day.month == 7 else 100.0 for day in months(48)]
    found = judge(months(48), swinging(48), better=Better.DOWN, kind="u", denominators=sizes, seasonal=True)
    assert found.adjustment is not None
    assert [factor.month for factor in found.adjustment.factors] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert found.judged[3] is None


def test_gaps_between_events_are_not_adjusted_and_it_says_so() -> None:
    found = judge(months(40), swinging(40), better=Better.UP, kind="t", seasonal=True)
    assert found.judged == pytest.approx(swinging(40))
    assert found.advice[0].code == "no-seasonal-adjustment"
