"""Dates that are none, weekdays that disagree, minutes that approve themselves, years left over."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.proofing import Facts, PaperKind
from tests.core.proofing.papers import codes, findings, section, source


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("The Board meets on 31 June 2019.", "date-impossible", "June has at most 30 days"),
        ("It closes on 31st June.", "date-impossible", "June has at most 30 days"),
        ("It ended on 29 February 2019.", "date-impossible", "February 2019 has 28 days"),
        ("Signed on 12/13/2018.", "date-impossible", "no month 13"),
        ("It met on Monday 4 April 2019.", "weekday-wrong", "is a Thursday"),
        ("It ends on 5 April 20204.", "year-impossible", "20204"),
        ("It ends in March 20201.", "year-impossible", "20201"),
        ("It ended on 5 April 0219.", "year-impossible", "219"),
    ],
)
def test_a_date_that_is_none(words: str, code: str, said: str) -> None:
    (found,) = findings(words)
    assert found.code == code
    assert said in found.message


@pytest.mark.parametrize(
    "words",
    [
        "It met on Thursday 4 April 2019 and on 29 February 2020.",
        "On 4 April 1500 people came.",
        "It met on Monday 4 April.",
        "See paper 31 June draft.",
        "In May 2014 it cost £31 June being cheaper.",
        "Crime fell by 20204 offences in 24/7 policing.",
        "Since 1829 there have been police.",
    ],
)
def test_a_date_that_may_be(words: str) -> None:
    assert codes(words) == []


def test_a_heading_and_a_field_have_dates_too() -> None:
    assert codes(section("Report of 31 June 2019", "Words.")) == ["date-impossible"]
    assert codes(section("Sources", source("Plan", dated="31 June 2019"))) == ["date-impossible"]


MEETING = Facts(kind=PaperKind.MINUTES, meeting_on=date(2021, 9, 22))


@pytest.mark.parametrize(
    "words",
    [
        "The minutes of 22 September were approved.",
        "The minutes of the meeting held on 22 September 2021 were agreed as a correct record.",
    ],
)
def test_minutes_that_approve_themselves(words: str) -> None:
    assert codes(section("Minutes of the last meeting", words), facts=MEETING) == ["minutes-of-itself"]
    assert codes(section("1. Matters", words), facts=MEETING) == ["minutes-of-itself"]


@pytest.mark.parametrize(
    "words",
    [
        "The minutes of 21 July were approved.",
        "The minutes of 22 September 2020 were approved.",
        "Minutes of the meeting held on 22 September 2021",
        "The minutes of 21 July were approved on 22 September 2021.",
    ],
)
def test_minutes_of_another_day(words: str) -> None:
    assert codes(section("Present", words), facts=MEETING) == []


def test_minutes_say_their_own_date() -> None:
    front = section("Front page", "Minutes of the Board held on 22 September 2021")
    item = section("Minutes", "The minutes of 22 September were approved.")
    assert codes(front, item, facts=Facts(kind=PaperKind.MINUTES)) == ["minutes-of-itself"]


IN_2021 = Facts(dated=date(2021, 11, 15))


def test_a_year_left_over_from_the_template() -> None:
    (found,) = findings(section("Decision", "For 2020/21"), facts=IN_2021)
    assert (found.code, found.where) == ("year-left-over", "Section 1, Decision, paragraph")
    assert "2021/22" in found.message


def test_a_year_left_over_in_what_a_form_says() -> None:
    log = section("Decision", "For 2020/21 the Commissioner has made available £658,000 of funding.")
    signed = section("Approval", "Date: 15 November 2021")
    assert codes(log, signed) == ["year-left-over"]
    assert codes(log, section("Approval", "Date: 15 November 2020")) == []
    assert codes(section("Background", "For 2020/21 there was £658,000 of funding."), signed) == []


def test_a_year_left_over_in_the_purpose() -> None:
    given = (
        section("Purpose", "To ask for approval of the grants for 2020/21."),
        section("Background", "The budget for 2021/22 provides for grants."),
    )
    assert codes(*given, facts=IN_2021) == ["year-left-over"]
    assert codes(*given, facts=Facts(dated=date(2020, 11, 15))) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Background", "In 2017/18 the grant was made for the first time. It goes on in 2021/22."),
        ("Purpose", "To report the outturn for 2020/21 before the budget of 2021/22."),
        ("Purpose", "To approve the accounts for 2020/21. The year 2021/22 follows."),
        ("Purpose", "To approve the grants for 2021/22 and 2022/23."),
        ("Purpose", "To approve the plan for 2020/21."),
        ("Purpose", "To report progress on the actions for 2020/21. Those for 2021/22 follow."),
    ],
)
def test_history_is_legitimate(title: str, words: str) -> None:
    assert codes(section(title, words), facts=IN_2021) == []


def test_headings_may_tell_the_years_one_by_one() -> None:
    years = (section(f"Grants in {year}", "Grants were made.") for year in ("2019/20", "2020/21", "2021/22"))
    assert codes(*years, facts=IN_2021) == []
    assert codes(section("Grants in 2020/21", "Those for 2021/22."), facts=IN_2021) == ["year-left-over"]


def test_a_year_that_is_no_financial_year() -> None:
    (found,) = findings("The budget for 2020/22 is set.")
    assert found.code == "year-no-financial-year"
    assert "2020/21" in found.message


@pytest.mark.parametrize(
    "words",
    [
        "Decision 2020/22 stands.",
        "The 2017-20 plan.",
        "The plan for 2024/27.",
        "In 2020/21.",
        "Minute 2020/19.",
    ],
)
def test_what_is_no_financial_year_at_all(words: str) -> None:
    assert codes(words) == []
