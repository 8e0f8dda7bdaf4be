"""Refusals and warnings: each is raised by what it speaks of, and by nothing quiet."""

from __future__ import annotations

import math
import random
from datetime import date

import pytest

from goldthread.core.spc.choosing import Choice, What, choose_chart, expected_flags
from goldthread.core.spc.guidance import Setting, months_apart, wider_than_explained
from goldthread.core.spc.judgement import Judgement, judge
from goldthread.core.spc.shape import (
    follows_year,
    lag_correlation,
    looks_rolling,
    tied_share,
    whole_counts,
)
from goldthread.core.spc.values import Better
from tests.core.spc.series import months, quiet


def chance(count: int, seed: int, mean: float = 200, wide: float = 14) -> list[float]:
    """Figures that vary by chance alone, the same for the same seed."""
    source = random.Random(seed)
    return [source.gauss(mean, wide) for _ in range(count)]


def rolled(values: list[float]) -> list[float]:
    """Totals over the last twelve."""
    return [math.fsum(values[place - 11 : place + 1]) for place in range(11, len(values))]


def judged(values: list[float | None], **settings: object) -> Judgement:
    return judge(months(len(values)), values, better=Better.DOWN, **settings)  # type: ignore[arg-type]


def codes(judgement: Judgement) -> list[str]:
    refusal = [judgement.refusal.code] if judgement.refusal else []
    return refusal + [advice.code for advice in judgement.advice]


def test_a_quiet_series_is_told_nothing_but_once_in_a_while() -> None:
    warned = [found for seed in range(20) if (found := codes(judged([*chance(36, seed)])))]
    assert warned == [["seasonal"]]


def test_rolling_totals_are_found_and_single_months_are_not() -> None:
    rolling = sum(looks_rolling(rolled(chance(83, seed))) for seed in range(20))
    single = sum(looks_rolling(chance(72, seed)) for seed in range(20))
    assert rolling >= 18
    assert single == 0


def test_a_series_that_is_too_short_to_tell_is_not_called_rolling() -> None:
    assert not looks_rolling(rolled(chance(40, 1)))


def test_rolling_totals_are_refused_with_what_to_use_instead() -> None:
    totals = rolled(chance(83, 3))
    for found in (judged([*totals]), judged([*totals[:20]], setting=Setting(covers_months=12))):
        assert found.refusal is not None
        assert found.refusal.code == "rolling-total"
        assert "Use the figures of single months" in found.refusal.words
    assert judged([*totals], setting=Setting(covers_months=1)).refusal is None
    assert judged([*totals], kind="run").refusal is None


def test_a_quarterly_figure_that_covers_a_quarter_is_not_rolling() -> None:
    days = tuple(date(2018 + place // 4, 3 * (place % 4) + 1, 1) for place in range(24))
    assert months_apart(days) == 3
    quarterly = judge(days, chance(24, 5), better=Better.UP, setting=Setting(covers_months=3))
    yearly = judge(days, chance(24, 5), better=Better.UP, setting=Setting(covers_months=12))
    assert quarterly.refusal is None
    assert yearly.refusal is not None


def test_few_events_are_refused_unless_the_figures_are_no_counts() -> None:
    few: list[float | None] = [1, 4, 2, 7, 3, 5, 2, 6, 4, 1, 3, 5, 2, 4, 3]
    assert codes(judged(few)) == ["too-few-events"]
    assert judged(few, setting=Setting(counted=False)).refusal is None
    assert judged([None if value is None else value + 3 for value in few]).refusal is None
    assert judged([None if value is None else value / 8 for value in few]).refusal is None


def test_more_cases_than_there_were_are_no_proportion() -> None:
    found = judged([*quiet(20)], kind="p", denominators=[14.0] * 20)
    assert found.refusal is not None
    assert "chart of rates" in found.refusal.words
    assert judged([*quiet(20)], kind="u", denominators=[14.0] * 20).refusal is None


def test_rates_that_vary_more_than_their_size_explains_are_sent_to_the_primed_chart() -> None:
    counts = [*chance(30, 7, mean=5000, wide=900)]
    sizes = [90000.0] * 30
    assert "overdispersed" in codes(judged([*counts], kind="u", denominators=sizes))
    assert "overdispersed" not in codes(judged([*counts], kind="u-prime", denominators=sizes))
    assert wider_than_explained("u", counts, sizes) > 5
    assert wider_than_explained("u", [0.0] * 5, [9.0] * 5) == 1


@pytest.mark.parametrize("amplitude", [0.1, 0.2])
def test_the_time_of_year_is_noticed(amplitude: float) -> None:
    noise = chance(48, 11)
    swing = [value * (1 + amplitude * math.sin(math.tau * place / 12)) for place, value in enumerate(noise)]
    assert follows_year(months(48), swing)
    assert "seasonal" in codes(judged([*swing]))
    assert not follows_year(months(48), noise)
    assert not follows_year(months(23), swing[:23])


def test_one_odd_month_every_year_is_noticed() -> None:
    spiky = [value + (80 if place % 12 == 8 else 0) for place, value in enumerate(chance(60, 13))]
    assert follows_year(months(60), spiky)


def test_figures_that_carry_over_are_warned_of() -> None:
    carried = [200.0]
    for step in chance(60, 17, mean=0, wide=10):
        carried.append(200 + 0.8 * (carried[-1] - 200) + step)
    assert "autocorrelated" in codes(judged([*carried]))


def test_many_ties_are_warned_of() -> None:
    tied: list[float | None] = [7, 7, 7, 8, 8, 9, 9, 9, 8, 8, 7, 9, 9, 8, 8, 8, 7, 8]
    assert "many-ties" in codes(judged(tied))
    assert tied_share([1, 1, None, 1, 2]) == 0.5
    assert tied_share([1]) == 0


def test_what_is_too_short_or_constant_has_no_correlation() -> None:
    assert lag_correlation([1, 2, 3], 1) is None
    assert lag_correlation([5] * 20, 1) is None
    assert lag_correlation([1, 2] * 10, 1) == pytest.approx(-1)
    assert not whole_counts([])
    assert not whole_counts([1, 2.5])
    assert not whole_counts([-1, 2])
    assert whole_counts([0, None, 3])


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        (choose_chart(What.COUNT, usual_events=40), "xmr"),
        (choose_chart(What.COUNT, usual_events=2), "t"),
        (choose_chart(What.PROPORTION), "p"),
        (choose_chart(What.PROPORTION, wider=2.4), "p-prime"),
        (choose_chart(What.RATE, usual_events=500, wider=1.1), "u"),
        (choose_chart(What.RATE, wider=9), "u-prime"),
        (choose_chart(What.MEASUREMENT, usual_events=1), "xmr"),
        (choose_chart(What.ROLLING_TOTAL), None),
        (choose_chart(What.RATE, areas_at_once=True), "funnel"),
    ],
)
def test_each_kind_of_figure_has_its_chart(choice: Choice, kind: str | None) -> None:
    assert choice.kind == kind
    assert choice.words.endswith(".")


def test_a_page_says_how_many_flags_chance_alone_raises() -> None:
    assert expected_flags(602).last_points == pytest.approx(10.8, abs=0.1)
    assert "602 series" in expected_flags(602).words
    assert "about 11" in expected_flags(602).words
    assert "less than one" in expected_flags(20).words
