"""Verdicts and what they rest on."""

from __future__ import annotations

import json
from datetime import date

import pytest

from goldthread.core.spc.judgement import Judgement, judge
from goldthread.core.spc.records import as_record, from_record
from goldthread.core.spc.rulesets import PLOT_THE_DOTS_UNSCREENED, QICHARTS2
from goldthread.core.spc.values import Assurance, Better, DatedTarget, Rule, Side, Signal, Variation
from tests.core.spc.series import months, quiet

UP, DOWN, NEITHER = Better.UP, Better.DOWN, Better.NEITHER


def judged(values: list[float | None], better: Better = UP, **settings: object) -> Judgement:
    return judge(months(len(values)), values, better=better, **settings)  # type: ignore[arg-type]


def codes(judgement: Judgement) -> list[str]:
    return [advice.code for advice in judgement.advice]


@pytest.mark.parametrize(
    ("last", "better", "verdict"),
    [
        (99, UP, Variation.IMPROVEMENT_HIGH),
        (99, DOWN, Variation.CONCERN_HIGH),
        (99, NEITHER, Variation.NEUTRAL_HIGH),
        (-99, UP, Variation.CONCERN_LOW),
        (-99, DOWN, Variation.IMPROVEMENT_LOW),
        (-99, NEITHER, Variation.NEUTRAL_LOW),
        (13, UP, Variation.COMMON),
    ],
)
def test_the_last_point_and_the_better_way_make_the_verdict(
    last: float, better: Better, verdict: Variation
) -> None:
    assert judged([*quiet(24), last], better).variation is verdict


def test_an_earlier_signal_is_evidence_but_no_verdict() -> None:
    found = judged([*quiet(12), 25, *quiet(12)])
    assert found.variation is Variation.COMMON
    assert Signal(Rule.OUTSIDE, Side.HIGH, date(2024, 4, 1), date(2024, 4, 1), 1) in found.evidence
    assert found.latest == ()


def test_the_evidence_names_rule_side_and_stretch() -> None:
    found = judged([*quiet(24), *[14.1] * 7])
    assert Signal(Rule.SHIFT, Side.HIGH, date(2025, 4, 1), date(2025, 10, 1), 7) in found.latest
    assert found.rules == "plot-the-dots"
    assert found.rules_version == "NHSRplotthedots 0.2.2"
    assert judged(quiet(24), rules=PLOT_THE_DOTS_UNSCREENED).rules_version == "Making Data Count"


@pytest.mark.parametrize(
    ("target", "better", "assurance"),
    [
        (0, UP, Assurance.PASS),
        (0, DOWN, Assurance.FAIL),
        (13, UP, Assurance.HIT_OR_MISS),
        (99, UP, Assurance.FAIL),
        (99, DOWN, Assurance.PASS),
        (99, NEITHER, Assurance.NONE),
        (None, UP, Assurance.NONE),
    ],
)
def test_limits_on_one_side_of_the_target_give_assurance(
    target: float | None, better: Better, assurance: Assurance
) -> None:
    assert judged(quiet(24), better, target=target).assurance is assurance


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    limits = judged(quiet(24)).baselines[0].limits
    assert judged(quiet(24), target=limits.upl).assurance is Assurance.HIT_OR_MISS
    assert judged(quiet(24), DOWN, target=limits.lpl).assurance is Assurance.HIT_OR_MISS


def test_a_target_that_changes_is_judged_by_the_one_in_force() -> None:
    steps = [DatedTarget(date(2025, 1, 1), 99), DatedTarget(date(2023, 4, 1), 0)]
    found = judged(quiet(24), target=steps)
    assert (found.target, found.assurance) == (99, Assurance.FAIL)
    assert judged(quiet(12), target=steps).target == 0
    assert judged(quiet(13), target=[DatedTarget(date(2030, 1, 1), 5)]).assurance is Assurance.NONE
    with pytest.raises(ValueError, match="same day"):
        judged(quiet(24), target=[DatedTarget(date(2025, 1, 1), 1), DatedTarget(date(2025, 1, 1), 2)])
    with pytest.raises(ValueError, match="not a number"):
        judged(quiet(24), target=float("nan"))


def test_only_an_approved_rebase_starts_a_group() -> None:
    values = [*quiet(13), *[value + 50 for value in quiet(13)]]
    broken = judged(values, breaks=[date(2024, 5, 1)])
    assert len(broken.baselines) == 1
    assert "break-not-rebased" in codes(broken)
    rebased = judged(values, breaks=[date(2024, 5, 1)], rebases=[date(2024, 5, 1)])
    assert [baseline.starts for baseline in rebased.baselines] == [date(2023, 4, 1), date(2024, 5, 1)]
    assert rebased.variation is Variation.COMMON
    assert codes(rebased) == []


def test_a_rebase_without_a_period_is_passed_over_in_words() -> None:
    found = judged(quiet(24), rebases=[date(2024, 5, 15)])
    assert len(found.baselines) == 1
    assert "15 May 2024" in found.advice[0].words


def test_a_fixed_baseline_names_its_stretch() -> None:
    found = judged([*quiet(12), 99, *quiet(12)], fix_after=12)
    assert found.baseline is not None
    assert (found.baseline.first, found.baseline.last) == (date(2023, 4, 1), date(2024, 3, 1))
    assert found.baseline.fixed
    assert not judged(quiet(24)).baselines[0].fixed


def test_excluded_periods_are_judged_but_set_no_limits() -> None:
    plain, without = judged([*quiet(24), 99]), judged([*quiet(24), 99], exclude=[date(2025, 4, 1)])
    assert without.baselines[0].limits.mean == judged(quiet(24)).baselines[0].limits.mean
    assert plain.baselines[0].limits.mean != without.baselines[0].limits.mean
    assert without.variation is Variation.IMPROVEMENT_HIGH


def test_under_thirteen_points_there_is_no_icon() -> None:
    found = judged([*quiet(11), 99], target=0)
    assert (found.variation, found.assurance) == (Variation.TOO_FEW, Assurance.NONE)
    assert "12 figures since April 2023" in found.advice[0].words
    after = judged([*quiet(24), *quiet(12)], rebases=[date(2025, 4, 1)])
    assert after.variation is Variation.TOO_FEW


def test_a_missing_last_figure_has_no_verdict_but_limits_may_reassure() -> None:
    found = judged([*quiet(24), None], target=0)
    assert (found.variation, found.assurance) == (Variation.NONE, Assurance.PASS)
    assert "April 2025" in found.advice[0].words


def test_limits_that_mean_nothing_give_no_verdict() -> None:
    found = judged([7.5] * 20, target=6)
    assert (found.variation, found.assurance) == (Variation.NONE, Assurance.NONE)
    assert "limits-not-meaningful" in codes(found)


def test_a_refusal_leaves_no_lines_to_draw() -> None:
    found = judged([0, 1, 2, 0, 1, 0, 3, 0, 1, 0, 2, 1, 0, 1, 9])
    assert found.refusal is not None
    assert found.refusal.code == "too-few-events"
    assert "time between events" in found.refusal.words
    assert {line.upper for line in found.lines} == {None}
    assert (found.variation, found.evidence, found.baseline) == (Variation.NONE, (), None)


def test_proportions_are_judged_by_limits_that_follow_their_size() -> None:
    sizes = [200.0 + 20 * (place % 5) for place in range(24)]
    counts = [round(size * (0.3 + 0.01 * (place % 3))) for place, size in enumerate(sizes)]
    found = judged([*counts, 190.0], kind="p", denominators=[*sizes, 200.0], multiply=100, target=20)
    assert found.values[-1] == 95
    assert (found.variation, found.assurance) == (Variation.IMPROVEMENT_HIGH, Assurance.PASS)
    assert len({line.upper for line in found.lines}) == 5
    assert found.kind == "p"


def test_a_size_of_nothing_makes_the_figure_missing() -> None:
    found = judged([*quiet(24), 5.0], kind="u", denominators=[*[100.0] * 24, 0.0])
    assert found.values[-1] is None
    assert found.variation is Variation.NONE


def test_a_size_next_to_nothing_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="not a number that can be judged"):
        judged([*quiet(3)], kind="u", denominators=[1e-300] * 3)


def test_two_events_on_one_day_are_allowed_between_events_only() -> None:
    days = [date(2024, 1, 1 + place // 2) for place in range(30)]
    gaps = [0.0 if place % 2 else 30.0 + place for place in range(30)]
    found = judge(days, gaps, better=UP, kind="t", rebases=[date(2024, 1, 8)])
    assert [baseline.limits.start for baseline in found.baselines] == [0, 14]
    with pytest.raises(ValueError, match="given twice"):
        judge(days, gaps, better=UP)


def test_a_run_chart_has_a_median_and_no_limits() -> None:
    found = judged([*[1.0, 2.0] * 6, *[8.0] * 14], kind="run", target=5)
    assert found.rules == "run-chart"
    assert {line.upper for line in found.lines} == {None}
    assert {signal.rule for signal in found.evidence} == {Rule.LONG_RUN, Rule.FEW_CROSSINGS}
    assert found.assurance is Assurance.NONE
    assert judged([*[1.0, 2.0] * 6, *[8.0] * 14], rules=QICHARTS2).rules == "qicharts2"


def test_what_cannot_be_a_series_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="do not pair up"):
        judge(months(3), [1, 2], better=UP)
    with pytest.raises(ValueError, match="needs a denominator"):
        judged(quiet(3), kind="p")
    with pytest.raises(ValueError, match="no chart called 'pie'"):
        judged(quiet(3), kind="pie")


def test_nothing_is_judged_of_nothing() -> None:
    found = judge([], [], better=UP, target=5)
    assert (found.variation, found.assurance, found.target) == (Variation.NONE, Assurance.NONE, None)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"target": [DatedTarget(date(2023, 4, 1), 1.5), DatedTarget(date(2024, 4, 1), 2)]},
        {"rebases": [date(2024, 4, 1)], "breaks": [date(2023, 9, 1)], "fix_after": 12},
        {"kind": "u-prime", "denominators": [100.0] * 30},
        {"seasonal": True},
    ],
)
def test_a_judgement_comes_back_from_its_record(settings: dict[str, object]) -> None:
    found = judged([*quiet(24), 30, 31, 32, 33, 34, None], **settings)
    assert from_record(json.loads(json.dumps(as_record(found)))) == found


def test_a_refused_judgement_comes_back_too() -> None:
    found = judged([0, 1] * 10)
    assert found.refusal
    assert from_record(as_record(found)) == found


@pytest.mark.parametrize("record", [{}, {"form": 9}, {"form": 1}, {"form": 1, "rules": "plot-the-dots"}])
def test_another_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="record of a judgement"):
        from_record(record)
