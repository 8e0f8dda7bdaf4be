"""Files of cases: a bad case does not stop the others, and hostile ones get words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.files.spc_command import results
from tests.files.test_spc_command import _run

GOOD = {"chart": "i", "y": [3, 5, 4, 6, 5], "n": [], "screened_mr": True, "exclude": [], "part": []}
FUNNEL = {"group": ["a", "b"], "numerator": [3, 5], "denominator": [4, 6], "data_type": "SR"}
BAD: list[tuple[Any, str]] = [
    (None, "no input"),
    ([1, 2], "no input"),
    ({}, "no chart is known"),
    ({"colour": "red"}, "colour"),
    ({**GOOD, "y": "many"}, "not a number"),
    ({**GOOD, "y": [1, True]}, "entry 2"),
    ({**GOOD, "y": [[1], 2]}, "entry 1, is a list"),
    ({**GOOD, "y": [1, 10**400]}, "beyond all measure"),
    ({**GOOD, "y": [1, 1e200]}, "ordinary size"),
    ({**GOOD, "y": [1, float("nan")]}, "write null"),
    ({**GOOD, "y": [1, float("inf")]}, "write null"),
    ({**GOOD, "y": [0] * 100_001}, "the most"),
    ({**GOOD, "n": [1, 2]}, "5 values but 2 denominators"),
    ({**GOOD, "chart": "pie"}, "there is no chart"),
    ({**GOOD, "chart": ["i"]}, "not a word"),
    ({**GOOD, "freeze": 2.5}, "not a whole number"),
    ({**GOOD, "screened_mr": "yes"}, "true or false"),
    ({**GOOD, "multiply": [1, 2]}, "should be one number"),
    ({**FUNNEL, "denominator": [4]}, "one of each"),
    ({**FUNNEL, "denominator": [4, 0]}, "zero or below"),
    ({**FUNNEL, "denominator": [4, None]}, "missing"),
    ({**FUNNEL, "data_type": "XX"}, "SR, PR or RC"),
    ({**FUNNEL, "sr_method": "XX"}, "SHMI or CQC"),
    ({"expected_counts": [None]}, "missing"),
    ({"rule": "shift", "val": [1], "targets": [], "n": 3}, "targets has 0"),
    ({"rule": "luck", "val": [1]}, "there is no rule"),
    ({"rule": "trend", "val": [1], "n": 10**9}, "from 1 to"),
    ({"med_rows": 9, "runlength": 9, "data": "signals"}, "does not hold"),
    ({"med_rows": 9, "runlength": 9, "data": {"a": 3}}, "should hold date and y"),
    ({"chart": "s", "numerators": None, "denominators": [3], "settings": {}}, "of one length"),
    ({"dates": ["2024-01-01"], "values": [1, 2]}, ""),
    ({"dates": ["soon"], "values": [1]}, "soon"),
]


@pytest.mark.parametrize(("given_case", "words"), BAD)
def test_a_bad_case_says_why_and_stops_no_other(given_case: Any, words: str) -> None:
    cases = [
        {"id": "first", "input": GOOD},
        {"id": "bad", "input": given_case},
        {"id": "last", "input": GOOD},
    ]
    first, bad, last = results(cases, {})
    assert words in bad["result"]["error"]  # type: ignore[index]
    assert len(bad["result"]["error"]) > 10  # type: ignore[index, arg-type]
    assert first["result"] == last["result"]


def test_words_use_the_limits_that_are_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the published CQC limits b would be beyond them; by those put right it is not."""
    path = tmp_path / "cases.json"
    counts = {"numerator": [100, 150, 180, 80, 120, 225], "denominator": [108, 112, 165, 95, 100, 220]}
    case = {**FUNNEL, **counts, "group": [*"abcdef"], "sr_method": "CQC", "trim_by": 0.05}
    path.write_text(json.dumps({"cases": [{"id": "areas", "input": case}]}))
    assert _run(path) == 0
    said = capsys.readouterr().out
    assert "0 beyond them" in said
    assert sum(results([{"id": 1, "input": case}], {})[0]["result"]["outlier"]) == 1  # type: ignore[index]


def test_nothing_as_r_writes_it_is_nothing() -> None:
    empty: dict[str, Any] = {**GOOD, "n": {}, "freeze": [], "exclude": {}, "part": None}
    first, second = results([{"id": 1, "input": GOOD}, {"id": 1, "input": empty}], {})
    assert first == second


def test_one_thing_stands_for_a_list_of_it() -> None:
    cases = [{"id": 1, "input": {**GOOD, "exclude": two}} for two in (2, [2])]
    first, second = results(cases, {})
    assert first == second


def test_one_bad_case_is_exit_one(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "cases.json"
    path.write_text('{"cases": [{"id": "a", "input": {"chart": "i", "y": [1, NaN, 1e999]}}, 7, {"id": "b"}]}')
    assert _run(path, "--json") == 1
    printed = json.loads(capsysbinary.readouterr().out)["cases"]
    assert [case["id"] for case in printed] == ["a", 2, "b"]
    assert all(case["result"]["error"] for case in printed)
    assert _run(path) == 1
    assert b"write null" in capsysbinary.readouterr().out


def test_options_are_for_a_series(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": []}))
    assert _run(path, "--chart", "p") == 2
    assert "leave the other options out" in capsys.readouterr().err


def test_every_kind_of_case_reads_as_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    series = {"dates": ["2024-01-01", "2024-02-01"], "values": [3, 5], "target": 9}
    rule = {"rule": "trend", "val": [1, 2, 3], "n": 3}
    given_cases = [{"id": f"case {at}", "input": one} for at, one in enumerate((GOOD, FUNNEL, series, rule))]
    path.write_text(json.dumps({"cases": given_cases}))
    assert _run(path) == 0
    said = capsys.readouterr().out
    assert "Centre 4.6; no point is beyond the limits" in said
    assert "Limits without an allowance" in said
    assert "Mean 4, limits -1.32 to 9.32, from 2 points." in said
    assert '["upper", "upper", "upper"]' in said


THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([
    *GOOD, *FUNNEL, "freeze", "multiply", "sr_method", "trim_by", "limit", "expected_counts", "rule", "val",
    "targets", "ll95", "ul95", "med_rows", "runlength", "data", "numerators", "denominators", "settings",
    "dates", "values", "target", "rebase_dates", "fix_after_n_points", "mr_screen_max_loops", "use_nbar",
])  # fmt: skip
CHARTS_ASKED = st.sampled_from(
    ["i", "mr", "ip", "p", "pp", "u", "up", "c", "g", "t", "run", "cp", "xbar", "s"]
)
NUMBERS = st.lists(st.none() | st.floats(-1e90, 1e90) | st.integers(-9, 9), max_size=6)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.dictionaries(KEYS, THINGS | NUMBERS, max_size=7), CHARTS_ASKED, NUMBERS)
def test_whatever_is_given_is_answered_or_refused_in_words(
    case: dict[str, Any], chart: str, numbers: list[Any]
) -> None:
    """Reason for slow: many cases."""
    for one in (
        case,
        {**case, "chart": chart, "y": numbers},
        {**case, "chart": chart, "numerators": numbers},
    ):
        (answered,) = results([{"id": 1, "input": one}], {})
        json.dumps(answered, allow_nan=False)
