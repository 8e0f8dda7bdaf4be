"""When a body meets, when its papers must be out, and what the clock says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.governance.bank_holidays import bank_holidays, bank_holidays_between
from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.core.governance.meetings import (
    CLEAR_DAYS_BY_LAW,
    Convention,
    Every,
    Recurrence,
    dates,
    deadline,
    in_words,
    is_working_day,
    left_out,
    local_moment,
    nth_weekday,
    problems_with,
)

THURSDAY = 3
MONTHLY = Recurrence(Every.MONTH, THURSDAY, starts=date(2019, 1, 1))
YEAR = date(2019, 1, 1), date(2019, 12, 31)


def test_the_first_thursday_of_every_month_but_august() -> None:
    found = dates(replace(MONTHLY, skip_months=frozenset({8})), *YEAR)
    assert " ".join(f"{on:%m-%d}" for on in found) == (
        "01-03 02-07 03-07 04-04 05-02 06-06 07-04 09-05 10-03 11-07 12-05"
    )
    (gone,) = left_out(replace(MONTHLY, skip_months=frozenset({8})), *YEAR)
    assert gone == (date(2019, 8, 1), "No meeting in August.")


def test_a_bank_holiday_is_left_out_and_named() -> None:
    mondays = Recurrence(Every.MONTH, 0, starts=date(2019, 1, 1), nth=-1)
    holidays = bank_holidays(2019)
    found = dates(mondays, *YEAR, holidays)
    assert date(2019, 8, 26) not in found
    assert len(found) == 10
    assert left_out(mondays, *YEAR, holidays) == (
        (date(2019, 5, 27), "Monday 27 May 2019 is a holiday: Spring bank holiday."),
        (date(2019, 8, 26), "Monday 26 August 2019 is a holiday: Summer bank holiday."),
    )


@pytest.mark.parametrize(
    ("recurrence", "found"),
    [
        (replace(MONTHLY, step=3, nth=2), "2019-01-10 2019-04-11 2019-07-11 2019-10-10"),
        (replace(MONTHLY, step=6, nth=-1, ends=date(2019, 2, 1)), "2019-01-31"),
        (
            Recurrence(Every.WEEK, 2, starts=date(2019, 9, 5), step=6),
            "2019-09-11 2019-10-23 2019-12-04",
        ),
        (replace(MONTHLY, starts=date(2019, 11, 8)), "2019-12-05"),
        (replace(MONTHLY, starts=date(2020, 1, 1)), ""),
    ],
)
def test_meetings_come_round(recurrence: Recurrence, found: str) -> None:
    assert [on.isoformat() for on in dates(recurrence, *YEAR)] == found.split()


def test_asking_for_a_later_stretch_keeps_the_rhythm() -> None:
    deep_dives = Recurrence(Every.WEEK, THURSDAY, starts=date(2019, 1, 1), step=6)
    whole = dates(deep_dives, *YEAR)
    assert dates(deep_dives, date(2019, 6, 1), YEAR[1]) == tuple(on for on in whole if on >= date(2019, 6, 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"weekday": 7}, "weekday"),
        ({"nth": 5}, "nth"),
        ({"step": 0}, "step"),
        ({"ends": date(2018, 1, 1)}, "ends"),
        ({"skip_months": frozenset({13})}, "month"),
        ({"skip_months": frozenset(range(1, 13))}, "month"),
    ],
)
def test_a_recurrence_that_never_meets_says_why(wrong: dict[str, object], code: str) -> None:
    recurrence = replace(MONTHLY, **wrong)
    (problem,) = problems_with(recurrence)
    assert problem.code == code
    with pytest.raises(ValueError, match="Recurring meeting"):
        dates(recurrence, *YEAR)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]))
def test_the_nth_weekday_is_that_weekday_of_that_month(month: date, weekday: int, nth: int) -> None:
    on = nth_weekday(month.year, month.month, weekday, nth)
    assert (on.month, on.weekday()) == (month.month, weekday)
    if nth > 0:
        assert (on.day - 1) // 7 == nth - 1
    else:
        assert (on + timedelta(weeks=1)).month != month.month


@pytest.mark.parametrize(
    ("meeting", "days", "convention", "out"),
    [
        ("2019-04-04", 5, Convention.CLEAR_DAYS, "2019-03-27"),
        ("2019-04-04", 3, Convention.CLEAR_DAYS, "2019-03-29"),
        ("2019-04-04", 5, Convention.WORKING_DAYS, "2019-03-28"),
        ("2019-04-04", 7, Convention.DAYS, "2019-03-28"),
        ("2019-04-04", 0, Convention.WORKING_DAYS, "2019-04-04"),
        ("2019-04-25", 5, Convention.CLEAR_DAYS, "2019-04-15"),
        ("2019-04-08", 5, Convention.CLEAR_DAYS, "2019-03-29"),
        ("2022-09-22", 5, Convention.CLEAR_DAYS, "2022-09-13"),
        ("2014-11-05", 5, Convention.CLEAR_DAYS, "2014-10-28"),
        ("2020-01-02", 3, Convention.WORKING_DAYS, "2019-12-27"),
    ],
)
def test_deadlines(meeting: str, days: int, convention: Convention, out: str) -> None:
    on = date.fromisoformat(meeting)
    holidays = bank_holidays_between(on - timedelta(days=60), on)
    assert deadline(on, days, convention, holidays).on.isoformat() == out


def test_the_working_is_shown_in_words() -> None:
    over_easter = deadline(date(2019, 4, 25), 5, Convention.CLEAR_DAYS, bank_holidays(2019))
    assert over_easter.working == (
        "5 clear days before Thursday 25 April 2019 (the day of publication and the day of the meeting do "
        "not count): counting back Wed 24 Apr, Tue 23 Apr, Thu 18 Apr, Wed 17 Apr, Tue 16 Apr; not counting "
        "Mon 22 Apr (Easter Monday), Fri 19 Apr (Good Friday), weekends; so by Monday 15 April 2019."
    )
    assert deadline(date(2019, 4, 4), 1, Convention.WORKING_DAYS).working == (
        "1 working day before Thursday 4 April 2019 (the day of the meeting does not count): counting back "
        "Wed 3 Apr; so by Wednesday 3 April 2019."
    )


def test_a_deadline_does_not_lie_after_its_meeting() -> None:
    with pytest.raises(ValueError, match="no days or more"):
        deadline(date(2019, 4, 4), -1, Convention.DAYS)


def test_the_law_of_each_country() -> None:
    assert CLEAR_DAYS_BY_LAW == {Jurisdiction.ENGLAND: 5, Jurisdiction.WALES: 3}


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 15))
def test_between_publication_and_meeting_lie_the_clear_days(meeting: date, days: int) -> None:
    holidays = bank_holidays_between(meeting - timedelta(days=60), meeting)
    out = deadline(meeting, days, Convention.CLEAR_DAYS, holidays).on
    between = [out + timedelta(days=n) for n in range(1, (meeting - out).days)]
    assert is_working_day(out, holidays)
    assert sum(is_working_day(day, holidays) for day in between) == days


@pytest.mark.parametrize(
    ("on", "utc"), [("2026-03-28", 14), ("2026-03-29", 13), ("2026-10-24", 13), ("2026-10-25", 14)]
)
def test_two_o_clock_stays_two_o_clock_when_the_clocks_change(on: str, utc: int) -> None:
    moment = local_moment(date.fromisoformat(on), time(14))
    assert moment.problems == ()
    assert moment.at is not None
    assert (moment.at.hour, moment.at.astimezone(UTC).hour) == (14, utc)


def test_a_time_that_the_clocks_jump_over_is_refused() -> None:
    moment = local_moment(date(2026, 3, 29), time(1, 30))
    assert moment.at is None
    (problem,) = moment.problems
    assert (problem.where, problem.code) == ("Sunday 29 March 2026, 01:30", "no-such-time")


def test_a_time_that_comes_twice_is_the_first_of_them() -> None:
    moment = local_moment(date(2026, 10, 25), time(1, 30))
    assert moment.at is not None
    assert moment.at.astimezone(UTC).hour == 0
    (problem,) = moment.problems
    assert problem.code == "time-twice"
    assert "01:30 BST" in problem.message


def test_a_date_as_an_agenda_prints_it() -> None:
    assert in_words(date(2014, 10, 2)) == "Thursday 2 October 2014"
