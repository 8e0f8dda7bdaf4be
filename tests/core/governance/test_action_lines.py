"""The action lines of minutes, as clerks write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.governance.action_lines import Due, DueKind, actions_in, due_in

ATTENDANCE = {
    "NA": "Nicola Archer",
    "MS": "Mark Sands",
    "HK": "Harriet Keane",
    "CR": "Colin Rudd",
    "SN": "Sam North",
    "SM": "Sally Marsh",
    "SMc": "Stuart McBride",
}
MEETING = date(2019, 4, 4)


@pytest.mark.parametrize(
    ("words", "owners", "unknown"),
    [
        ("ACTION: NA, MS, HK and CR to meet to agree the measures.", "NA MS HK CR", ""),
        ("ACTION: SMc to circulate the report.", "SMc", ""),
        ("ACTION: SM to circulate the report.", "SM", ""),
        ("ACTION: SM/SMc to circulate the report.", "SM SMc", ""),
        ("Action - SN to circulate the report.", "SN", ""),
        ("Action – SN to circulate the report.", "SN", ""),
        ("Action SN to circulate the report.", "SN", ""),
        ("Action SN: circulate the report.", "SN", ""),
        ("Action (SN): circulate the report.", "SN", ""),
        ("Action for SN and XY to circulate the report.", "SN", "XY"),
        ("Action 4: SN to circulate the report.", "SN", ""),
        ("ACTION: JH to circulate the report.", "", "JH"),
        ("ACTION: SN & SN to circulate the report.", "SN", ""),
        ("ACTION: Sam North to circulate the report.", "SN", ""),
        ("ACTION: circulate the report (SN, MS).", "SN MS", ""),
        ("ACTION: circulate the report – SN", "SN", ""),
        ("ACTION: circulate the report to the Board.", "", ""),
        ("ACTION: HMICFRS report to be circulated.", "", ""),
        ("ACTION: CFO report to be circulated.", "", ""),
        ("5.1 ACTION: SN to circulate the report.", "SN", ""),
        ("• Action: SN to circulate the report.", "SN", ""),
        ("The Board discussed the plan. Action: SN to circulate it.", "SN", ""),
        ("The Board discussed the plan ACTION: SN to circulate it.", "SN", ""),
        ("5.2 The plan was discussed.\n(a) Action: SN to circulate it.", "SN", ""),
        ("ACTION:\nSN to circulate the report.", "SN", ""),
    ],
)
def test_owners_are_read(words: str, owners: str, unknown: str) -> None:
    (line,) = actions_in(words, ATTENDANCE)
    assert line.owners == tuple(owners.split())
    assert line.unknown == tuple(unknown.split())
    assert "circulate" in line.words or "meet" in line.words


@pytest.mark.parametrize(
    "words",
    [
        "The Board is recommended to approve the priorities for action.",
        "Priorities for action: Victims, Offenders, Communities, Transformation",
        "PRIORITIES FOR ACTION: Victims, Offenders, Communities, Transformation",
        "Action plan",
        "Action plan: refreshed in June.",
        "ACTION PLAN: refreshed in June.",
        "ACTION PLAN - refreshed in June.",
        "ACTION LOG",
        "Action log: no items.",
        "Action was taken by SN.",
        "Action Fraud to report to the Board.",
        "Action-oriented reports are welcome.",
        "the Actions and Outcomes have been removed.",
        "Actions: none.",
        "Action: Nil",
        "ACTION:",
        "",
    ],
)
def test_near_misses_are_not_actions(words: str) -> None:
    assert actions_in(words, ATTENDANCE) == ()


def test_each_line_of_the_minutes_and_where_it_stands() -> None:
    words = (
        "5.0 Delivery of the plan\n"
        "NA gave an overview. ACTION: NA, MS and CR to meet by 30 June 2019. ACTION: HK to write.\n"
        "SN will bring the report to the next meeting.\n"
        "Action SN\n"
        "Action plan agreed."
    )
    first, second, third = actions_in(words, ATTENDANCE)
    assert words[first.start : first.end] == "ACTION: NA, MS and CR to meet by 30 June 2019."
    assert first.due == Due(DueKind.DATE, date(2019, 6, 30), "by 30 June 2019")
    assert words[second.start : second.end] == "ACTION: HK to write."
    assert second.due == Due()
    assert words[third.start : third.end] == "Action SN"
    assert third.words == "SN will bring the report to the next meeting."
    assert third.owners == ("SN",)
    assert third.due.kind is DueKind.NEXT_MEETING


def test_a_line_of_many_actions() -> None:
    lines = actions_in("SN spoke ACTION: SN to write ACTION: MS to ring", ATTENDANCE)
    assert [(line.words, line.owners) for line in lines] == [
        ("SN to write", ("SN",)),
        ("MS to ring", ("MS",)),
    ]


def test_a_list_without_initials_still_finds_the_lines() -> None:
    (line,) = actions_in("ACTION: SN to write.", {})
    assert (line.owners, line.unknown) == ((), ("SN",))


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("by 30 June 2019", "2019-06-30"),
        ("by the 30th June 2019", "2019-06-30"),
        ("by Friday 28 June 2019", "2019-06-28"),
        ("no later than 1st May 2019", "2019-05-01"),
        ("by 30/06/2019", "2019-06-30"),
        ("by 30.06.19", "2019-06-30"),
        ("by end of June 2019", "2019-06-30"),
        ("by the end of Feb 2020", "2020-02-29"),
        ("by 30 June", "2019-06-30"),
        ("by 3 April", "2020-04-03"),
        ("by 4 April", "2019-04-04"),
    ],
)
def test_due_dates(words: str, on: str) -> None:
    due = due_in(f"SN to write {words}.", MEETING)
    assert (due.kind, due.on, due.words) == (DueKind.DATE, date.fromisoformat(on), words)


@pytest.mark.parametrize(
    "words",
    [
        "by the next meeting",
        "for the next Board meeting",
        "to the next meeting",
        "at the next BCB",
        "before the next panel",
    ],
)
def test_due_by_the_next_meeting(words: str) -> None:
    assert due_in(f"SN to report {words}.", MEETING) == Due(DueKind.NEXT_MEETING, None, words)


@pytest.mark.parametrize("words", ["by 31 June 2019", "by 30/13/2019", "by 0 June 2019"])
def test_a_date_that_is_no_date_is_unclear(words: str) -> None:
    assert due_in(f"SN to write {words}.", MEETING) == Due(DueKind.UNCLEAR, None, words)


def test_a_date_without_a_year_is_unclear_without_a_meeting() -> None:
    assert due_in("by 30 June").kind is DueKind.UNCLEAR


@pytest.mark.parametrize(
    "words", ["SN to write to the panel of 1 May 2019", "SN to write", "SN may go by train"]
)
def test_other_dates_are_not_due_dates(words: str) -> None:
    assert due_in(words, MEETING) == Due()


@given(st.text(alphabet="ACTION actionSNMc:-–,.()&\n 30/62019by", max_size=120))
def test_any_minutes_are_read_without_an_error(words: str) -> None:
    lines = actions_in(words, ATTENDANCE, MEETING)
    ends = [place for line in lines for place in (line.start, line.end)]
    assert ends == sorted(ends)
    assert all(line.words and words[line.start :].lower().startswith("action") for line in lines)
