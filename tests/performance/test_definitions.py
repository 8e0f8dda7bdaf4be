"""Definitions in their one form: every shipped file, every problem of a bad one, and round trips."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.spc.kinds import KINDS, NEED_DENOMINATORS
from goldthread.performance.definition_checks import CHARTS, SHARES
from goldthread.performance.definitions import (
    FOLDER,
    Counted,
    Defined,
    LimitsAsked,
    NotRead,
    Target,
    defined,
    definition_seal,
    form_of,
    read_form,
    read_toml,
    shipped,
    toml_of,
)
from goldthread.warehouse.street import CRIME_TYPES
from tests.performance.story import a_form

FILES = sorted(FOLDER.glob("*.toml"))
NATIONAL = "national-crime-and-policing-measures"


def problems(**more: Any) -> list[tuple[str, str]]:
    """Where and what is wrong with a form in order but for some fields; None leaves a field out."""
    form = {name: value for name, value in a_form(**more).items() if value is not None}
    found = read_form(form, "x.toml")[1]
    return [(problem.where, problem.code) for problem in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_in_order_and_is_written_again_as_it_was(path: Any) -> None:
    words = path.read_text(encoding="utf-8")
    definition, wrong = read_toml(words, path.name)
    assert wrong == ()
    assert definition is not None
    assert definition.key == path.stem
    assert toml_of(definition) == words
    assert defined(form_of(definition)) == definition
    assert definition.review.author != definition.review.checker
    assert None not in (definition.review.checked, definition.review.next)
    assert definition.caveats


def test_the_shipped_measures_are_those_that_boards_ask_for() -> None:
    found = shipped()
    kinds = Counter(
        kind for one in found.values() for kind in dict(one.numerator.where).get("crime_type", ())
    )
    assert set(kinds) == set(CRIME_TYPES)
    for kind in CRIME_TYPES:
        alone = [o for o in found.values() if o.numerator.where == (("crime_type", (kind,)),)]
        assert sorted(bool(one.denominator) for one in alone) == [False, True]
        assert {one.multiplier for one in alone if one.denominator} == {1000}
    national = [o for o in found.values() if any(f.key == NATIONAL for f in o.frameworks)]
    assert {one.theme for one in national} == {
        "Serious violence",
        "Drugs and county lines",
        "Neighbourhoods",
        "Cyber crime",
        "Victims",
    }
    assert {"homicide", "neighbourhood-crime", "victim-satisfaction", "cyber-businesses"} <= set(found)
    assert found["calls-999-within-ten-seconds"].target == Target(90.0)
    assert {"Workforce", "Money", "Contact", "Outcomes"} <= {one.theme for one in found.values()}


def test_every_chart_that_a_definition_may_ask_for_can_be_judged() -> None:
    assert set(CHARTS) == set(KINDS)
    assert set(SHARES) == NEED_DENOMINATORS


def test_a_form_in_order_has_no_problem() -> None:
    assert problems() == []


def test_every_problem_is_named_at_once_with_its_place() -> None:
    found = problems(
        key="Burglary!",
        why=None,
        better="more",
        decimals=9,
        numerator={"source": "rumour", "words": " "},
        target={},
        colour="red",
        framework=[{"key": "f", "name": "F", "starts": "2021-05-01", "ends": "2020-05-01"}],
    )
    assert found == [
        ("x.toml, key", "wrong"),
        ("x.toml, why", "missing"),
        ("x.toml, better", "wrong"),
        ("x.toml, decimals", "wrong"),
        ("x.toml, colour", "unknown"),
        ("x.toml, [numerator], source", "wrong"),
        ("x.toml, [numerator], words", "wrong"),
        ("x.toml, [[framework]] 1, ends", "dates"),
        ("x.toml, [target]", "target"),
    ]


@pytest.mark.parametrize("why", ["", "  ", 3, None])
def test_the_narrative_is_mandatory(why: Any) -> None:
    form = a_form()
    form["why"] = why
    assert [p.where for p in read_form(form, "x")[1]] == ["x, why"]


@pytest.mark.parametrize("target", [{}, {"value": 90, "none": "There is one."}])
def test_a_target_or_a_reason_for_none_just_one_of_them(target: Any) -> None:
    assert problems(target=target) == [("x.toml, [target]", "target")]


@pytest.mark.parametrize("value", [True, "90", float("nan"), float("inf"), 1e300])
def test_a_target_is_a_number_of_ordinary_size(value: Any) -> None:
    assert problems(target={"value": value}) == [("x.toml, [target], value", "wrong")]


def test_what_charts_need_is_asked_for() -> None:
    share = {"source": "return", "words": "Calls.", "column": "calls"}
    assert problems(chart="p") == [("x.toml, [denominator]", "denominator")]
    assert problems(chart="c", denominator=share) == [("x.toml, [denominator]", "denominator")]
    assert problems(chart="t") == [("x.toml, frequency", "frequency")]
    assert problems(frequency="event") == [("x.toml, frequency", "frequency")]
    assert problems(chart="p", denominator=share) == []


def test_a_crime_type_is_written_as_it_is_published() -> None:
    counted = {"source": "street", "words": "Offences.", "where": {"crime_type": ["burglary", "Robbery"]}}
    assert problems(numerator=counted) == [("x.toml, [numerator], where", "crime-type")]


def test_a_checker_is_somebody_else() -> None:
    assert problems(review={"author": "A", "checker": "A"}) == [("x.toml, [review], checker", "checker")]


@pytest.mark.parametrize("words", ["key = ", "= 3", "key = 'a'\nkey = 'b'", "\x00", "[numerator"])
def test_what_is_no_toml_is_said_to_be_none(words: str) -> None:
    assert [problem.code for problem in read_toml(words, "x.toml")[1]] == ["not-toml"]


@pytest.mark.parametrize("form", [[], "burglary", None, 3])
def test_what_is_no_table_is_said_to_be_none(form: Any) -> None:
    assert [problem.code for problem in read_form(form, "x")[1]] == ["not-a-table"]


@pytest.mark.parametrize(
    "name", ["numerator", "denominator", "target", "limits", "review", "framework", "caveats"]
)
@pytest.mark.parametrize("value", [3, "words", [3], None, [[]]])
def test_parts_of_another_shape_are_problems_and_never_break(name: str, value: Any) -> None:
    form = a_form()
    form[name] = value
    assert any(problem.where.startswith(f"x, {name}") for problem in read_form(form, "x")[1])


def test_a_form_that_was_never_checked_is_refused() -> None:
    with pytest.raises(NotRead, match="why: This is missing"):
        defined({name: value for name, value in a_form().items() if name != "why"})


def test_a_share_of_nothing_has_no_value() -> None:
    calls = defined(a_form(multiplier=100, denominator={"source": "return", "words": "Calls."}))
    assert calls.value_of(45, 60) == 75
    assert calls.value_of(0, 60) == 0
    assert calls.value_of(0, 0) is None
    assert calls.value_of(3) is None
    assert defined(a_form()).value_of(3) == 3


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
COUNTED = st.builds(
    Counted,
    source=st.sampled_from(("open-table", "return")),
    words=WORDS.map(str.strip),
    where=st.dictionaries(WORDS, st.lists(WORDS, min_size=1, max_size=3).map(tuple), max_size=2).map(
        lambda found: tuple(sorted(found.items()))
    ),
    column=st.just("") | WORDS,
)
DEFINITIONS = st.builds(
    Defined,
    key=st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?", fullmatch=True),
    name=WORDS.map(str.strip),
    theme=WORDS.map(str.strip),
    why=WORDS.map(str.strip),
    better=st.sampled_from(("up", "down", "neither")),
    unit=WORDS.map(str.strip),
    frequency=st.sampled_from(("month", "quarter", "year")),
    chart=st.just("xmr"),
    numerator=COUNTED,
    denominator=st.none() | COUNTED,
    decimals=st.integers(0, 6),
    multiplier=st.sampled_from((1, 100, 1000, 0.5)),
    caveats=st.lists(WORDS.map(str.strip), max_size=2).map(tuple),
    target=st.builds(Target, value=st.floats(-1e9, 1e9)) | st.builds(Target, none=WORDS.map(str.strip)),
    limits=st.builds(LimitsAsked, st.booleans(), st.none() | st.integers(12, 60), st.booleans()),
)


@given(DEFINITIONS)
@pytest.mark.slow
def test_what_is_written_as_toml_is_read_as_the_same(definition: Defined) -> None:
    """Slow: a hundred definitions are written and read."""
    assert read_toml(toml_of(definition), "x") == (definition, ())
    again = defined(form_of(definition))
    assert again == definition
    assert definition_seal(form_of(again)) == definition_seal(form_of(definition))


def test_days_are_read_from_toml_and_from_json_alike() -> None:
    written = a_form(
        review={"author": "A", "checker": "B", "checked": date(2026, 1, 2), "next": date(2027, 1, 2)}
    )
    again = a_form(review={"author": "A", "checker": "B", "checked": "2026-01-02", "next": "2027-01-02"})
    assert defined(written) == defined(again)
