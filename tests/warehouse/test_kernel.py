"""The kernel judges every row as core.spc judges one series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.guidance import Setting
from goldthread.core.spc.judgement import judge
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, QICHARTS2, RULE_SETS, RuleSet
from goldthread.core.spc.values import Assurance, Better, Side, Variation
from goldthread.core.spc.xmr import xmr
from goldthread.warehouse.kernel import LIMITS, Judged, judge_rows
from tests.core.spc.published import cases

MONTHLY = Setting(covers_months=1)
RULES = tuple(rules for rules in RULE_SETS if not rules.runs)
PTD = [(name, case) for name, case in cases("ptd_*.json") if isinstance(case["input"]["values"], list)]
Series = list[float | None]


def matrix(*rows: Sequence[float | None]) -> np.ndarray:
    """Series of one length as the kernel takes them."""
    return np.array([[math.nan if value is None else value for value in row] for row in rows], np.float64)


def days(count: int) -> list[date]:
    """So many months."""
    return [date(2000 + place // 12, place % 12 + 1, 1) for place in range(count)]


def same(ours: float, theirs: float | None) -> bool:
    """Whether two numbers are the same, to the last bit."""
    return math.isnan(ours) if theirs is None else ours == theirs


def assert_row_is(judged: Judged, row: int, series: Series, **options: Any) -> None:
    """A row's limits and signs are those that `xmr` gives."""
    chart = xmr(series, **options)
    assert judged.specials_of(row) == tuple(point.special for point in chart.points)
    groups = [group for group in judged.limits[row] if group["start"] >= 0]
    assert len(groups) == len(chart.groups)
    for ours, theirs in zip(groups, chart.groups, strict=True):
        for name in LIMITS.names or ():
            assert same(ours[name], getattr(theirs, name)), name


figures = st.one_of(
    st.integers(0, 12).map(float),
    st.integers(0, 900).map(float),
    st.floats(0, 1000, allow_subnormal=False),
    st.sampled_from([0.1, 0.3, 1 / 3]),
)
values = st.one_of(figures, figures, figures, st.none())
series_of = {
    length: st.one_of(
        st.lists(values, min_size=length, max_size=length),
        st.lists(st.integers(0, 4).map(float), min_size=length, max_size=length),
        st.lists(figures, min_size=length, max_size=length).map(sorted),
    )
    for length in (1, 2, 7, 13, 26, 40)
}


@st.composite
def judgeable(draw: st.DrawFn) -> tuple[list[Series], dict[str, Any]]:
    """Some series of one length, and a way to judge them."""
    length = draw(st.sampled_from(sorted(series_of)))
    places = st.lists(st.integers(0, length - 1), max_size=2, unique=True)
    return draw(st.lists(series_of[length], min_size=1, max_size=4)), {
        "rules": draw(st.sampled_from(RULES)),
        "rebases": draw(places),
        "fix_after": draw(st.sampled_from([None, None, 2, 12, 20])),
        "exclude": draw(st.one_of(st.just([]), places)),
    }


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(judgeable())
def test_limits_and_signs_are_those_of_the_reference(given: tuple[list[Series], dict[str, Any]]) -> None:
    """Reason for slow: four hundred series, each judged twice."""
    rows, options = given
    judged = judge_rows(matrix(*rows), better=Better.UP, counted=False, threads=1, **options)
    for row, series in enumerate(rows):
        assert_row_is(judged, row, series, **options)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(judgeable(), st.sampled_from(Better), st.sampled_from([None, 0.5, 5.0, 300.0]))
def test_verdicts_are_those_of_the_reference(
    given: tuple[list[Series], dict[str, Any]], better: Better, target: float | None
) -> None:
    """Reason for slow: three hundred series, each judged twice."""
    rows, options = given
    judged = judge_rows(matrix(*rows), better=better, target=target, threads=1, **options)
    months = days(len(rows[0]))
    dated = options | {name: [months[place] for place in options[name]] for name in ("rebases", "exclude")}
    for row, series in enumerate(rows):
        theirs = judge(months, series, better=better, target=target, setting=MONTHLY, **dated)
        assert bool(judged.refused[row]) == (theirs.refusal is not None)
        assert (judged.variation(row), judged.assurance(row)) == (theirs.variation, theirs.assurance)
        assert judged.specials_of(row) == theirs.specials


@pytest.mark.parametrize(("name", "case"), PTD, ids=[name for name, _ in PTD])
def test_published_limits(name: str, case: dict[str, Any]) -> None:
    """The package's own figures, except where limits mean nothing and ours fall back."""
    asked = case["input"]
    dates = asked["dates"]
    rebases = asked["rebase_dates"] if isinstance(asked["rebase_dates"], list) else [asked["rebase_dates"]]
    judged = judge_rows(
        matrix(asked["values"]),
        better=Better.NEITHER,
        rules=PLOT_THE_DOTS if asked["screen_outliers"] else RULES[1],
        rebases=[dates.index(day) for day in rebases if day in dates],
        fix_after=asked["fix_after_n_points"],
        counted=False,
    )
    expected = case["expected"]["groups"]
    assert len(judged.limits[0]) == len(expected)
    for ours, theirs in zip(judged.limits[0], expected, strict=True):
        for key in ("mean", "lpl", "upl", "nlpl", "nupl") if ours["meaningful"] else ("mean",):
            assert ours[key] == pytest.approx(theirs[key], rel=1e-9, abs=1e-9), key


def test_each_row_may_start_groups_of_its_own() -> None:
    rows = [
        [10.0, 12, 9, 11, 13, 30, 33, 29, 31, 32],
        [5.0, 6, 5, 7, 6, 5, 6, 7, 5, 6],
        [float(n) for n in range(10)],
    ]
    starts = np.zeros((3, 10), np.bool_)
    starts[0, 5] = starts[2, 3] = starts[2, 7] = True
    judged = judge_rows(matrix(*rows), better=Better.UP, rebases=starts, counted=False)
    for row, rebases in enumerate(([5], [], [3, 7])):
        assert_row_is(judged, row, rows[row], rebases=rebases)
    assert judged.limits["start"].tolist() == [[0, 5, -1], [0, -1, -1], [0, 3, 7]]


def test_targets_may_differ_by_row() -> None:
    row = [50.0, 48, 51, 49, 52, 47, 50, 51, 49, 50, 48, 52, 51, 49]
    judged = judge_rows(matrix(row, row, row, row), better=Better.UP, target=np.array([30, 50, 90, np.nan]))
    verdicts = [judged.assurance(place) for place in range(4)]
    assert verdicts == [Assurance.PASS, Assurance.HIT_OR_MISS, Assurance.FAIL, Assurance.NONE]


def test_a_constant_series_has_no_verdict_and_is_never_beside_its_own_mean() -> None:
    judged = judge_rows(matrix([0.1] * 30), better=Better.UP)
    assert judged.limits[0, 0]["mean"] == 0.1
    assert not judged.limits[0, 0]["meaningful"]
    assert not judged.specials.any()
    assert judged.variation(0) is Variation.NONE


def test_blocks_do_not_show() -> None:
    many = np.random.default_rng(3).poisson(20, (1500, 24)).astype(np.float64)
    many[np.random.default_rng(4).random(many.shape) < 0.05] = np.nan
    together = judge_rows(many, better=Better.DOWN, threads=2)
    for place in (0, 511, 512, 1024, 1499):
        alone = judge_rows(many[place : place + 1], better=Better.DOWN, threads=1)
        assert (together.specials[place] == alone.specials[0]).all()
        assert together.limits[place].tobytes() == alone.limits[0].tobytes()
        assert together.variation(place) is alone.variation(0)


def test_side_of_a_last_point() -> None:
    steady = [20.0, 22, 19, 21, 20, 22, 19, 21, 20, 22, 19, 21]
    judged = judge_rows(matrix([*steady, 60], [*steady, 0], [*steady, None]), better=Better.DOWN)
    assert judged.variation(0) is Variation.CONCERN_HIGH
    assert judged.variation(1) is Variation.IMPROVEMENT_LOW
    assert judged.variation(2) is Variation.TOO_FEW
    last = judged.specials_of(0)[-1]
    assert last is not None
    assert last.side is Side.HIGH


def test_nothing_to_judge() -> None:
    assert judge_rows(np.zeros((0, 12)), better=Better.UP).limits.shape == (0, 0)
    assert judge_rows(np.zeros((3, 0)), better=Better.UP).variation(2) is Variation.NONE


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"fix_after": 1}, "at least two points"),
        ({"rebases": [24]}, "outside the series"),
        ({"exclude": [-1]}, "outside the series"),
        ({"rebases": np.zeros((2, 2), np.bool_)}, "another shape"),
        ({"rules": QICHARTS2}, "one at a time"),
    ],
)
def test_what_cannot_be_judged_is_said(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        judge_rows(np.ones((1, 24)), better=Better.UP, **asked)


@pytest.mark.parametrize("bad", [math.inf, -math.inf, 1e200])
def test_a_value_that_is_no_figure_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="can be judged"):
        judge_rows(matrix([1, 2, bad]), better=Better.UP)


def test_rule_sets_cover_every_kind_of_screen() -> None:
    found: set[RuleSet] = set(RULES)
    assert {rules.screen.value for rules in found} == {"never", "once", "until stable"}
    assert len({rules.two_of_three for rules in found}) == 3
