"""What is understood of a list of actions, row by row, before anything of it is taken in."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.delivery.importing.days import read_day
from goldthread.delivery.importing.found import Found
from goldthread.delivery.importing.known import Known
from goldthread.delivery.importing.layout import Layout, find_layout, likeliest
from goldthread.delivery.importing.lines import MOST, understand
from goldthread.delivery.importing.owners import initials_of
from goldthread.files.sheets import read_sheet
from tests.delivery.lists import AS_KEPT, FILLED_DOWN, HOSTILE, TWO_HEADING_ROWS, WITH_FAULTS
from tests.files.sheets.books import xlsx

KNOWN = Known({1: ("V1", "Hear from a named person"), 2: ("V2", "Waiting for court")})


def read(data: bytes, known: Known = KNOWN, priority: int | None = None) -> tuple[Layout, Found]:
    sheet = read_sheet(data, name="list.xlsx")
    layout = likeliest(sheet)
    tab = sheet.tab(layout.tab)
    assert tab is not None
    found = understand(tab, layout, known, year=2014, since_1904=sheet.since_1904, priority=priority)
    return layout, found


@pytest.fixture(scope="module")
def kept() -> tuple[Layout, Found]:
    return read(AS_KEPT)


@pytest.mark.slow
def test_a_list_with_merged_cells_is_read_as_it_was_meant(kept: tuple[Layout, Found]) -> None:
    layout, found = kept
    assert layout.heading == (3,)
    assert found.faults == ()
    assert [(deed.row, deed.priority, deed.title) for deed in found.deeds] == [
        (4, 1, "Agree how case notes are shared"),
        (7, 1, "Say who calls, and when"),
        (8, 1, "Train everybody who calls"),
        (10, 2, "Open a waiting room"),
    ]
    first = found.deeds[0]
    assert (first.number, first.owner, first.due) == ("V1.4", "SH", date(2014, 12, 31))
    assert [(step.row, step.title, step.due) for step in first.steps] == [
        (5, "The agreement is drafted", date(2014, 9, 30)),
        (6, "The agreement is signed", date(2014, 11, 30)),
    ]


@pytest.mark.slow
def test_days_in_three_forms_are_read_and_told(kept: tuple[Layout, Found]) -> None:
    _layout, found = kept
    assert [deed.due for deed in found.deeds] == [
        date(2014, 12, 31),
        date(2015, 3, 31),
        date(2015, 3, 31),
        None,
    ]
    told = {(each.row, each.code): each.message for each in found.told}
    forms = {each.heading: each.message for each in found.told if each.code == "forms"}
    assert forms["Due"].startswith("Its days are written in 3 ways: as dates (1), as 30/09/2019 (1)")
    assert forms["Milestone due"].startswith("Its days are written in 2 ways")
    assert told[8, "day"] == "“Q4” was read as 31 March 2015."
    assert told[10, "day"] == "“tbc” is no day, so it has none yet."


@pytest.mark.slow
def test_a_row_that_stands_twice_comes_once_and_notes_are_told(kept: tuple[Layout, Found]) -> None:
    _layout, found = kept
    told = {(each.row, each.code): each.message for each in found.told}
    assert told[11, "twice"] == "It says the same as row 10, so it was left out."
    assert told[13, "note"] == "“Any questions to the Governance Officer” was taken for a heading or a note."
    assert found.deeds[-1].begun


@pytest.mark.slow
def test_costs_are_pounds_where_they_are_numbers_and_words_where_not(kept: tuple[Layout, Found]) -> None:
    _layout, found = kept
    assert [(deed.cost, deed.cost_words) for deed in found.deeds[1:3]] == [
        ("12500.00", ""),
        ("", "from the training budget"),
    ]
    assert found.owners == ("SH", "Performance Analyst", "AB / RD", "Victims’ Hub")


@pytest.mark.slow
def test_every_fault_is_told_with_its_row_and_how_to_mend_it() -> None:
    _layout, found = read(WITH_FAULTS)
    assert [deed.title for deed in found.deeds] == ["Agree how case notes are shared"]
    assert (found.deeds[0].starts, found.deeds[0].weight) == (date(2014, 10, 1), 2)
    assert [(each.row, each.code) for each in found.faults] == [
        (3, "priority"),
        (4, "day"),
        (5, "order"),
        (6, "weight"),
        (7, "twice"),
        (8, "done-when"),
        (9, "day"),
        (10, "long"),
    ]
    said = [str(each.problem) for each in found.faults]
    assert said[0] == (
        "sheet “Sheet1”, row 3, column A (Priority): No priority of this year is called “V9”. "
        "Write its number: V1, V2."
    )
    assert "Write it as 30/09/2014" in said[1]
    assert "stands in row 2 already, with another owner or other days" in said[4]
    assert "31 December 1914, which is far from the year of this list" in said[6]


@pytest.mark.slow
def test_headings_over_two_rows_are_joined_and_days_without_a_year_are_of_the_lists() -> None:
    layout, found = read(TWO_HEADING_ROWS, priority=1)
    assert layout.heading == (2, 3)
    assert dict(layout.columns) == {
        "action": 0,
        "owner": 1,
        "starts": 2,
        "due": 3,
        "milestone": 4,
        "milestone_due": 5,
    }
    (deed,) = found.deeds
    assert (deed.starts, deed.due) == (date(2014, 4, 1), date(2014, 9, 30))
    assert [step.due for step in deed.steps] == [date(2014, 6, 30)]


def test_an_action_said_again_for_each_milestone_is_one_action() -> None:
    _layout, found = read(FILLED_DOWN)
    assert found.faults == ()
    assert [(deed.priority, len(deed.steps)) for deed in found.deeds] == [(1, 2), (2, 0)]
    assert [step.due for step in found.deeds[0].steps] == [date(2014, 9, 30), date(2014, 11, 30)]


@pytest.mark.slow
def test_a_hostile_workbook_is_words_and_nothing_more() -> None:
    _layout, found = read(HOSTILE)
    assert [deed.row for deed in found.deeds] == [2, 4]
    assert found.deeds[0].title.startswith("=HYPERLINK")
    assert found.deeds[1].title == "A namewith a turn"
    assert [(each.row, each.code) for each in found.faults] == [(3, "day")]


def test_what_is_here_already_is_left_out_so_that_a_file_may_come_twice() -> None:
    known = Known(KNOWN.priorities, {(1, "agree how notes are shared"): "V1.7"})
    _layout, found = read(FILLED_DOWN, known)
    assert [deed.priority for deed in found.deeds] == [2]
    assert [each.message for each in found.told if each.code == "here"] == [
        "“Agree how notes are shared” is here already as V1.7, so it was left out."
    ]


def test_a_list_without_priorities_needs_one_for_all() -> None:
    data = b"Action,Owner,Due\nWrite the list,SH,31/12/2014\n"
    assert [each.code for each in read(data)[1].faults] == ["priority"]
    assert [deed.priority for deed in read(data, priority=2)[1].deeds] == [2]


def test_priorities_are_known_by_number_title_both_or_nearly() -> None:
    for words in ("V1", "v1", "Priority V1", "V1: Hear from a named person", "Hear from a named person"):
        assert KNOWN.priority(words) == (1, ""), words
    assert KNOWN.priority("Hear from a named persons") == (1, "V1 Hear from a named person")
    assert KNOWN.priority("V2 - waiting")[0] == 2
    assert KNOWN.priority("High") == (None, "")


def test_done_rows_need_their_day_and_undone_steps_of_them_stay_out() -> None:
    data = (
        b"Priority,Action,Due,Completed,Milestone,Milestone reached\n"
        b"V1,Write the list,31/12/2014,01/10/2014,Half,01/09/2014\n"
        b"V1,Write the list,31/12/2014,01/10/2014,All,\n"
    )
    _layout, found = read(data)
    (deed,) = found.deeds
    assert (deed.finished, len(deed.steps)) == (date(2014, 10, 1), 1)
    assert [each.code for each in found.told] == ["unreached"]


def test_a_file_that_is_no_list_says_so() -> None:
    layout, found = read(b"Name,Telephone\nA,1\n")
    assert layout.columns == ()
    assert [each.code for each in found.faults] == ["no-action"]
    too_many = "Priority,Action\n" + "".join(f"V1,Deed {n}\n" for n in range(MOST + 1))
    _layout, found = read(too_many.encode())
    assert [each.code for each in found.faults] == ["many"]
    assert len(found.deeds) == MOST


def test_merged_ranges_that_overlap_or_run_backwards_do_no_harm() -> None:
    data = xlsx({1: ("Priority", "Action"), 2: ("V1", "Write")}, merged=("A1:B9", "B2:B3", "B5:A1"))
    sheet = read_sheet(data, name="x.xlsx")
    assert find_layout(sheet.tabs[0]).tab == "Returns"


@pytest.mark.parametrize(
    ("cell", "last", "first"),
    [
        (date(2014, 9, 3), "2014-09-03", "2014-09-03"),
        (41_912.0, "2014-09-30", "2014-09-30"),
        ("30/09/2014", "2014-09-30", "2014-09-30"),
        ("30.9.14", "2014-09-30", "2014-09-30"),
        ("30th September 2014", "2014-09-30", "2014-09-30"),
        ("Sept 2014", "2014-09-30", "2014-09-01"),
        ("end of Sep-14", "2014-09-30", "2014-09-01"),
        ("Q2 2014/15", "2014-09-30", "2014-07-01"),
        ("Q4", "2015-03-31", "2015-01-01"),
        ("2014-15", "2015-03-31", "2014-04-01"),
        ("March", "2015-03-31", "2015-03-01"),
        ("30 June", "2014-06-30", "2014-06-30"),
        ("by the end of January", "2015-01-31", "2015-01-01"),
    ],
)
def test_days_in_every_form(cell: str | float | date, last: str, first: str) -> None:
    assert read_day(cell, year=2014).on == date.fromisoformat(last)
    assert read_day(cell, year=2014, last=False).on == date.fromisoformat(first)


@pytest.mark.parametrize("cell", ["12/31/2014", "31/02/2014", "soon", "31/12/1914", "Q5", "month 9", True])
def test_what_is_no_day_is_a_fault(cell: str) -> None:
    found = read_day(cell, year=2014)
    assert found.on is None
    assert found.fault


@pytest.mark.parametrize("cell", ["", None, "n/a", "TBC", "ongoing", "–"])
def test_no_day_is_no_fault(cell: str | None) -> None:
    found = read_day(cell, year=2014)
    assert (found.on, found.fault) == (None, "")


def test_initials_leave_titles_out() -> None:
    assert [
        initials_of(name) for name in ("Simon Hereward", "Sir Graham Bright", "Dr Aisha O’Neill-Bourne")
    ] == [
        "sh",
        "gb",
        "aonb",
    ]
