"""Numbers by an office's pattern: written, read, looked up, and without gaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldthread.core.governance.references import (
    Pattern,
    Written,
    financial_year,
    gaps,
    next_serial,
    normal,
    problems_with,
)

SEEN = [
    ("{body} {year}-{serial:03}", "CPCC", date(2016, 5, 1), 20, "CPCC 2016-020", "2016"),
    ("{serial:03}/{year}", "", date(2021, 12, 31), 48, "048/2021", "2021"),
    ("{serial}/{year}", "", date(2023, 1, 1), 20, "20/2023", "2023"),
    ("{financial_year}-{serial:04}", "", date(2025, 3, 31), 8, "2024/25-0008", "2024/25"),
    ("{body}3-{serial:04}", "WPCC", date(2019, 1, 1), 129, "WPCC3-0129", ""),
    ("PCD {serial}", "", date(2025, 4, 1), 1842, "PCD 1842", ""),
    ("{serial}/{short_year}", "", date(2020, 6, 1), 42, "42/20", "2020"),
]
"""Numbers printed by offices in England and Wales."""


@pytest.mark.parametrize(("text", "body", "on", "serial", "printed", "period"), SEEN)
def test_numbers_that_offices_print(
    text: str, body: str, on: date, serial: int, printed: str, period: str
) -> None:
    pattern = Pattern(text)
    assert problems_with(text) == ()
    assert pattern.write(on, serial, body) == printed
    assert pattern.period(on) == period
    assert pattern.read(printed, body) == Written(period, serial)
    assert pattern.read(printed.lower().replace("-", " – "), body) == Written(period, serial)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 3, 31), "2024/25"),
        (date(2025, 4, 1), "2025/26"),
        (date(1999, 12, 31), "1999/00"),
        (date(2009, 4, 1), "2009/10"),
    ],
)
def test_financial_years_start_on_1_april(day: date, year: str) -> None:
    assert financial_year(day) == year


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{body} {yeer}-{serial}", "unknown-field"),
        ("{body} {year}", "no-serial"),
        ("", "no-serial"),
        ("{serial}-{serial}", "twice"),
        ("{year}/{financial_year}-{serial}", "two-years"),
        ("<b>{serial}", "unsafe"),
        ("{serial}?x", "unsafe"),
        ("№ {serial}", "unsafe"),
        ("{year}{serial}", "run-together"),
        ("PCD1{serial}", "run-together"),
        ("{serial", "braces"),
        ("{serial:>9}", "braces"),
        ("{serial!r}", "braces"),
        ("{year:04}-{serial}", "braces"),
        (" {serial}", "spaces"),
        ("A" * 60 + "{serial}", "long"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(text: str, code: str) -> None:
    found = problems_with(text)
    assert code in {problem.code for problem in found}
    assert all(problem.message.endswith(".") for problem in found)


def test_an_unknown_field_is_answered_with_the_known() -> None:
    (problem,) = problems_with("{yeer}-{serial}")
    assert "{yeer}" in problem.message
    assert "{financial_year}" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("044/2020", "44/2020"),
        ("CPCC 2016-020", "cpcc 2016–20"),
        ("CPCC 2016-020", "CPCC2016 - 020"),
        ("CPCC 2016-020", "CPCC 2016 020"),
        ("PCD 1842", "pcd1842"),
    ],
)
def test_the_same_number_however_it_is_typed(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("44/2020", "442/020"), ("1 23", "12 3"), ("20/2023", "2/2023"), ("100", "1")]
)
def test_different_numbers_stay_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_a_number_of_another_pattern_is_not_read() -> None:
    assert Pattern("{serial:03}/{year}").read("CPCC 2016-020") is None
    assert Pattern("{body} {year}-{serial}").read("WPCC 2016-20", "CPCC") is None
    assert Pattern("{serial}").read("000") is None


def test_a_serial_starts_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        Pattern("{serial}").write(date(2020, 1, 1), 0)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(SEEN),
    st.dates(date(2001, 1, 1), date(2099, 12, 31)),
    st.sets(st.integers(1, 100_000), min_size=2),
)
def test_no_two_of_a_counter_are_looked_up_alike(
    seen: tuple[str, str, date, int, str, str], on: date, serials: set[int]
) -> None:
    pattern = Pattern(seen[0])
    written = [pattern.write(on, serial, seen[1]) for serial in serials]
    assert len({normal(each) for each in written}) == len(serials)
    assert {pattern.read(each, seen[1]) for each in written} == {
        Written(pattern.period(on), serial) for serial in serials
    }


@settings(max_examples=60, deadline=None)
@example("R\u00b8")
@given(st.text(max_size=30))
def test_looking_up_twice_changes_nothing(words: str) -> None:
    assert normal(normal(words)) == normal(words)


@given(st.integers(0, 50), st.integers(1, 400))
def test_serials_given_one_after_another_leave_no_gap(count: int, first: int) -> None:
    taken: list[int] = []
    for _ in range(count):
        taken.append(next_serial(taken, first))
    assert taken == list(range(first, first + count))
    assert gaps(taken, first) == ()


def test_a_gap_is_named_and_never_filled() -> None:
    assert gaps({1, 2, 5}) == (3, 4)
    assert next_serial({1, 2, 5}) == 6
    assert next_serial(()) == 1
    assert gaps(()) == ()
