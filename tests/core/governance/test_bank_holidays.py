"""Bank holidays of England and Wales, against the published lists."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.governance.bank_holidays import bank_holidays, bank_holidays_between, easter_sunday


@pytest.mark.parametrize(
    "sunday",
    [
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2014-04-20",
        "2019-04-21",
        "2024-03-31",
        "2026-04-05",
        "2038-04-25",
    ],
)
def test_easter(sunday: str) -> None:
    assert easter_sunday(int(sunday[:4])).isoformat() == sunday


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
        (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
        (2014, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    ],
)
def test_the_published_lists(year: int, days: str) -> None:
    """Source: https://www.gov.uk/bank-holidays, England and Wales, as published for each year."""
    assert [f"{day:%m-%d}" for day in bank_holidays(year)] == days.split()


def test_names_say_what_is_a_substitute() -> None:
    named = bank_holidays(2022)
    assert named[date(2022, 12, 27)] == "Christmas Day (substitute day)"
    assert named[date(2022, 12, 26)] == "Boxing Day"
    assert named[date(2022, 1, 3)] == "New Year’s Day (substitute day)"


def test_between_two_dates_both_count() -> None:
    found = bank_holidays_between(date(2018, 12, 26), date(2019, 1, 1))
    assert list(found) == [date(2018, 12, 26), date(2019, 1, 1)]
    assert bank_holidays_between(date(2019, 1, 2), date(2019, 1, 1)) == {}
