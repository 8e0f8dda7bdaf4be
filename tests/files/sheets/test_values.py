"""What single cells say: numbers, signs, and periods in every form."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.spc.values import Stated
from goldthread.files.sheets.periods import Span, read_period, run_between
from goldthread.files.sheets.stated import read_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234", 1234), ("£1,234.50", 1234.5), ("12.5%", 12.5), ("(123)", -123), ("-4", -4), ("−4", -4),
        ("1 234", 1234), ("0", 0), (0.0, 0), ("nil", 0), ("[low]", 0), ("1,234 [r]", 1234), ("56p", 56),
        (".5", 0.5), ("1.2E+05", 120000), ("+7", 7),
    ],
)  # fmt: skip
def test_a_number_in_any_british_form(cell: str | float, number: float) -> None:
    said = read_number(cell)
    assert (said.stated, said.number, said.fault) == (Stated.VALUE, number, "")


@pytest.mark.parametrize("cell", ["c", "C", "*", "[c]", "suppressed", "Suppressed"])
def test_suppressed_is_not_missing(cell: str) -> None:
    said = read_number(cell)
    assert (said.stated, said.number) == (Stated.SUPPRESSED, None)


@pytest.mark.parametrize(
    "cell", [None, "", "..", "n/a", "N/A", "[x]", "[z]", "-", "–", ":", "x", "not available"]
)
def test_missing_is_not_zero(cell: str | None) -> None:
    said = read_number(cell)
    assert (said.stated, said.number, said.fault) == (Stated.MISSING, None, "")


def test_a_source_says_what_its_dash_and_its_x_mean() -> None:
    assert read_number("-", dash_is_zero=True).number == 0
    assert read_number("x", x_is_suppressed=True).stated == Stated.SUPPRESSED


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("12,34", "words"), ("3,5", "words"), ("about 40", "words"), ("nan", "words"), ("inf", "words"),
        ("1e999", "words"), ("#DIV/0!", "error"), ("#REF!", "error"), ("Err:502", "error"),
        (True, "words"), (date(2024, 1, 1), "day"), ("1,234,5", "words"), ("0x1F", "words"), ("٣", ""),
    ],
)  # fmt: skip
def test_what_is_no_number_says_why(cell: object, fault: str) -> None:
    assert read_number(cell).fault == fault  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["12p", "12 [p]", "12 (p)", "[12]p"[1:3] + " p"])
def test_a_mark_says_provisional(cell: str) -> None:
    assert read_number(cell).provisional


@pytest.mark.parametrize(
    "cell",
    [
        "Jan-24", "Jan 24", "January 2024", "Jan 2024", "JAN-2024", "jan24", "Jan’24", "01/01/2024", "1/1/24",
        "31/01/2024", "1.1.2024", "01-01-2024", "2024-01", "2024/01", "01/2024", "202401", "2024-01-01",
        "2024-01-31 00:00:00", "2024-01-01T00:00:00Z", "1 January 2024", "1st Jan 2024", "31-Jan-24",
        "Monday 1 January 2024", "20240115", 45292.0, 202401.0, date(2024, 1, 31), "2024 Jan", "45292",
    ],
)  # fmt: skip
def test_a_month_in_every_usual_form(cell: str | float | date) -> None:
    found = read_period(cell)
    assert found is not None
    assert found.start("month") == date(2024, 1, 1)


def test_days_stand_before_months() -> None:
    found = read_period("03/04/2024")
    assert found is not None
    assert found.first == date(2024, 4, 3)
    assert read_period("01/13/2024") is None


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("Q1 2024/25", date(2024, 4, 1)), ("Q4 2024-25", date(2025, 1, 1)), ("2024/25 Q3", date(2024, 10, 1)),
        ("Quarter 2 2024/2025", date(2024, 7, 1)), ("Apr to Jun 2024", date(2024, 4, 1)),
        ("Jan-Mar 2025", date(2025, 1, 1)), ("Oct 2024 - Dec 2024", date(2024, 10, 1)),
        ("Q1 24/25", date(2024, 4, 1)),
    ],
)  # fmt: skip
def test_quarters_go_by_the_financial_year(cell: str, first: date) -> None:
    found = read_period(cell)
    assert found is not None
    assert (found.first, found.span) == (first, Span.QUARTER)
    assert found.start("month") is None


@pytest.mark.parametrize("cell", ["Q1 2024", "2024 Q1", "Q5 2024/25", "Q1 2024/27"])
def test_a_quarter_that_nobody_can_be_sure_of_is_not_taken(cell: str) -> None:
    assert read_period(cell) is None


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("2024/25", date(2024, 4, 1)), ("2024-25", date(2024, 4, 1)), ("FY 2024/25", date(2024, 4, 1)),
        ("year ending March 2025", date(2024, 4, 1)), ("YE Mar 2025", date(2024, 4, 1)),
        (2024.0, date(2024, 1, 1)),
        ("2024", date(2024, 1, 1)), ("Apr 2024 to Mar 2025", date(2024, 4, 1)),
    ],
)  # fmt: skip
def test_years_of_both_kinds(cell: str | float, first: date) -> None:
    found = read_period(cell, frequency="year")
    assert found is not None
    assert found.start("year") == first


def test_what_two_forms_share_is_settled_by_the_frequency() -> None:
    month, year = read_period("2011-12"), read_period("2011-12", frequency="year")
    assert month is not None
    assert year is not None
    assert (month.first, year.first) == (date(2011, 12, 1), date(2011, 4, 1))


def test_days_counted_since_1904() -> None:
    found = read_period(43830.0, since_1904=True)
    assert found is not None
    assert found.first == date(2024, 1, 1)


@pytest.mark.parametrize(
    "cell", ["", "Total", "13/2024", "32/01/2024", "2024-13", 7.0, -1.0, 1e300, True, None, "Januaryish 2024"]
)
def test_what_is_no_period(cell: object) -> None:
    assert read_period(cell) is None  # type: ignore[arg-type]


def test_a_run_of_months() -> None:
    assert len(run_between(date(2023, 11, 1), date(2024, 2, 1), "month")) == 4
    assert run_between(date(2024, 4, 1), date(2024, 12, 1), "quarter")[-1] == date(2024, 10, 1)
