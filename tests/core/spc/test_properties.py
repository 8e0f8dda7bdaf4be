"""What must hold of every series: figures of another unit, turned over, in another order, from a record."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.guidance import Setting
from goldthread.core.spc.judgement import Judgement, judge
from goldthread.core.spc.records import as_record, from_record
from goldthread.core.spc.rulesets import RULE_SETS, RuleSet
from goldthread.core.spc.values import Assurance, Better, Rule, Side, Variation, average
from goldthread.core.spc.xmr import xmr
from tests.core.spc.series import months, told, with_gaps

pytestmark = pytest.mark.slow
"""Reason for slow: hundreds of random series each."""

MANY = settings(max_examples=150, deadline=None)
SET = st.sampled_from(RULE_SETS)
WAY = st.sampled_from([*Better])
FIGURES = Setting(covers_months=1, counted=False)
TURNED = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH, None: None}
TURNED_BETTER = {Better.UP: Better.DOWN, Better.DOWN: Better.UP, Better.NEITHER: Better.NEITHER}
TURNED_VERDICT = {
    Variation.IMPROVEMENT_HIGH: Variation.IMPROVEMENT_LOW,
    Variation.CONCERN_HIGH: Variation.CONCERN_LOW,
    Variation.NEUTRAL_HIGH: Variation.NEUTRAL_LOW,
}
TURNED_VERDICT |= {low: high for high, low in TURNED_VERDICT.items()}


def judged(values: list[float | None], better: Better, rules: RuleSet, **more: object) -> Judgement:
    days = months(len(values))
    return judge(days, values, better=better, rules=rules, setting=FIGURES, **more)  # type: ignore[arg-type]


@MANY
@given(with_gaps(), SET, WAY, st.integers(-6, 6), st.one_of(st.none(), st.integers(-100, 100)))
def test_another_unit_changes_no_verdict(
    values: list[float | None], rules: RuleSet, better: Better, power: int, target: int | None
) -> None:
    times = 2.0**power
    first = judged(values, better, rules, target=target)
    scaled = [None if value is None else value * times for value in values]
    second = judged(scaled, better, rules, target=None if target is None else target * times)
    assert (second.variation, second.assurance) == (first.variation, first.assurance)
    assert (second.evidence, second.specials) == (first.evidence, first.specials)
    assert [line.upper for line in second.lines] == [
        None if line.upper is None else line.upper * times for line in first.lines
    ]


@MANY
@given(with_gaps(), SET, WAY, st.one_of(st.none(), st.integers(-100, 100)))
def test_turned_over_high_is_low_and_good_stays_good(
    values: list[float | None], rules: RuleSet, better: Better, target: int | None
) -> None:
    first = judged(values, better, rules, target=target)
    turned = [None if value is None else -value for value in values]
    second = judged(turned, TURNED_BETTER[better], rules, target=None if target is None else -target)
    assert second.variation is TURNED_VERDICT.get(first.variation, first.variation)
    assert second.assurance is first.assurance
    assert {(signal.rule, TURNED[signal.side], signal.first, signal.last) for signal in second.evidence} == {
        (signal.rule, signal.side, signal.first, signal.last) for signal in first.evidence
    }


@MANY
@given(with_gaps(1), SET, st.randoms(use_true_random=False))
def test_rows_may_come_in_any_order(values: list[float | None], rules: RuleSet, chance: object) -> None:
    rows = list(zip(months(len(values)), values, strict=True))
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (
        judge([day for day, _ in some], [value for _, value in some], better=Better.UP, rules=rules)
        for some in (rows, shuffled)
    )
    assert first == second


@MANY
@given(with_gaps(0, 60), SET, WAY, st.sets(st.integers(0, 59)), st.sets(st.integers(0, 59)))
def test_every_judgement_comes_back_from_its_record(
    values: list[float | None], rules: RuleSet, better: Better, starts: set[int], cuts: set[int]
) -> None:
    days = months(60)
    found = judged(
        values,
        better,
        rules,
        rebases=[days[place] for place in starts],
        breaks=[days[place] for place in cuts],
        seasonal=bool(cuts),
        target=3,
    )
    assert from_record(json.loads(json.dumps(as_record(found)))) == found


@MANY
@given(with_gaps(1), SET, st.sets(st.integers(0, 39)))
def test_groups_share_the_points_out_and_do_not_see_each_other(
    values: list[float | None], rules: RuleSet, starts: set[int]
) -> None:
    rebases = {place for place in starts if place < len(values)}
    chart = xmr(values, rules=rules, rebases=rebases)
    assert sum(group.n for group in chart.groups) == len(values) == len(chart.points) == len(chart.lines)
    for group in chart.groups:
        alone = xmr(values[group.start : group.start + group.n], rules=rules)
        assert alone.groups[0].upl == group.upl
        assert [point.special for point in alone.points] == [
            point.special for point in chart.points[group.start : group.start + group.n]
        ]


@MANY
@given(with_gaps(1), SET)
def test_no_missing_point_is_ever_flagged(values: list[float | None], rules: RuleSet) -> None:
    for point in xmr(values, rules=rules).points:
        assert point.value is not None or point.special is None


@MANY
@given(with_gaps(1))
def test_the_mean_lies_within_the_figures_and_the_limits_about_the_mean(values: list[float | None]) -> None:
    limits = xmr(values).groups[0]
    if limits.mean is not None:
        assert min(told(values)) <= limits.mean <= max(told(values))
    if limits.mean is not None and limits.lpl is not None and limits.upl is not None:
        assert limits.lpl <= limits.mean <= limits.upl


@MANY
@given(with_gaps(13), st.integers(-120, 120), WAY)
def test_reassurance_needs_the_target_beyond_both_limits(
    values: list[float | None], target: int, better: Better
) -> None:
    found = judged(values, better, RULE_SETS[0], target=target)
    if found.assurance in (Assurance.PASS, Assurance.FAIL):
        limits = found.baselines[-1].limits
        assert limits.lpl is not None
        assert limits.upl is not None
        assert not limits.lpl <= target <= limits.upl


@MANY
@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(1, 200))
def test_the_mean_of_a_constant_is_itself(value: float, count: int) -> None:
    assert average([value] * count) == value


@MANY
@given(with_gaps(13), SET)
def test_the_evidence_covers_exactly_the_points_that_were_picked_out(
    values: list[float | None], rules: RuleSet
) -> None:
    found = judged(values, Better.UP, rules)
    covered = {
        day
        for signal in found.evidence
        if signal.rule is not Rule.FEW_CROSSINGS
        for day in found.periods
        if signal.first <= day <= signal.last
    }
    picked = {day for day, special in zip(found.periods, found.specials, strict=True) if special}
    assert covered >= picked
    if not rules.runs:
        assert covered == picked
