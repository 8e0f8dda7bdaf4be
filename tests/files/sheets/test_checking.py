"""Tables matched and checked: everything on the list of bad input has its words and its row."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.spc.values import Stated
from goldthread.files.refused import Refused
from goldthread.files.sheets import Checked, Rules, check, error_file, read_sheet, recall, remember, suggest
from goldthread.files.sheets.checking import Kind
from goldthread.files.sheets.sheet import Row, Sheet, Tab

CALLS = Kind("calls", "999 calls answered in 10 seconds", "month", True, True, 100.0)
CRIMES = Kind("crimes", "Burglary")
SPEND = Kind("spend", "Spend", "quarter", negative=True)
KINDS = {"999 calls answered in 10 seconds": CALLS, "burglary": CRIMES, "spend": SPEND}
AREAS = {
    "cambridgeshire": "E23000023",
    "e23000023": "E23000023",
    "norfolk": "E23000024",
    "suffolk": "E23000025",
}
NAMES = {"E23000023": "Cambridgeshire", "E23000024": "Norfolk", "E23000025": "Suffolk"}


def rules(measure: str = "crimes", area: str = "E23000023") -> Rules:
    return Rules(KINDS, AREAS, date(2025, 6, 1), measure, area, NAMES)


def checked(words: str, measure: str = "crimes", area: str = "E23000023") -> Checked:
    sheet = read_sheet(words.encode(), name="x.csv")
    return check(sheet, suggest(sheet, areas=NAMES.values(), measures=KINDS), rules(measure, area))


def book(rows: dict[int, list[object]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    made = tuple(Row(number, tuple(cells), number == 99) for number, cells in rows.items())
    return Sheet("x.xlsx", "xlsx", (Tab("Returns", made, merged=merged),))


def test_a_clean_return() -> None:
    found = checked('Month,Count\nJan-24,"1,234"\nFeb-24,0\nMar-24,c\nApr-24,\n')
    assert found.problems == ()
    said = [(each.period.month, each.stated, each.value) for each in found.entries]
    assert said == [
        (1, Stated.VALUE, 1234.0), (2, Stated.VALUE, 0.0),
        (3, Stated.SUPPRESSED, None), (4, Stated.MISSING, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "measure", "code", "where"),
    [
        ("Month,Count\nJan-24,-5\n", "crimes", "negative", "row 2, column B (Count)"),
        ("Month,Answered,Calls\nJan-24,5,0\n", "calls", "zero-denominator", "row 2, column C (Calls)"),
        ("Month,Answered,Calls\nJan-24,9,5\n", "calls", "over", "row 2, column B (Answered)"),
        ("Month,Count\nJan-24,5\nJan 2024,6\n", "crimes", "twice", "row 3, column B (Count)"),
        ("Month,Count\nJan-24,5\nFeb-24,lots\n", "crimes", "words", "row 3, column B (Count)"),
        ("Month,Count\nJan-24,#DIV/0!\n", "crimes", "error", "row 2, column B (Count)"),
        ("Month,Force,No\nJan-24,Norfolk,5\nFeb-24,Norfork,5\n", "crimes", "area", "row 3, column B (Force)"),
        ("Month,Measure,N\nJan-24,Burglary,5\nFeb-24,Burgl,5\n", "", "measure", "row 3, column B (Measure)"),
        ("Month,Count\nJan-24,5\nsoon,5\nFeb-24,1\n", "crimes", "period", "row 3, column A (Month)"),
        ("Month,Count\nJan-24,5\nQ1 2024/25,5\n", "crimes", "length", "row 3, column A (Month)"),
        ("Month,Count\nJan-24,5\nJan-31,5\n", "crimes", "future", "row 3, column A (Month)"),
        ("Month,Count\nJan-24,5\nFeb-24,1,234\n", "crimes", "wide", "row 3"),
        ("Month,Count\nJan-24,5\nFeb-24,12%\n", "crimes", "percent", "row 3, column B (Count)"),
        ("Month,Value\nJan-24,105%\n", "calls", "over-whole", "row 2, column B (Value)"),
        ("Month,Count\nQ1 2024,5\nQ2 2024,5\n", "spend", "period", "row 2, column A (Month)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(words: str, measure: str, code: str, where: str) -> None:
    found = checked(words, measure)
    assert [(fault.code, fault.where) for fault in found.faults][:1] == [(code, where)]
    assert found.faults[0].mend


def test_of_two_figures_for_one_month_neither_is_taken() -> None:
    found = checked("Month,Count\nJan-24,5\nFeb-24,4\nJan 2024,6\nFeb 2024,4\nJan 2024,7\n")
    assert [(entry.period.month, entry.value) for entry in found.entries] == [(2, 4.0)]
    said = [(fault.code, fault.row) for fault in found.faults]
    assert said == [("twice", 4), ("again", 2), ("twice", 5), ("twice", 6)]


def test_a_near_name_is_offered() -> None:
    found = checked("Month,Force,Count\nJan-24,Norfolk,5\nFeb-24,Norfork,5\n")
    assert "Did you mean “Norfolk”?" in found.problems[0].message


def test_months_missing_in_the_run_are_told_and_stop_nothing() -> None:
    found = checked("Month,Count\nJan-24,5\nApr-24,5\n")
    assert found.faults == ()
    assert "February 2024, March 2024" in found.told[0].message


def test_a_month_with_a_fault_is_spoken_of_all_the_same() -> None:
    found = checked("Month,Count\nJan-24,10\nMar-24,-11\nApr-24,12\nJun-24,-4\n")
    assert [each.row for each in found.faults] == [3, 5]
    assert [each.message.split(" of ")[-1] for each in found.told] == ["February 2024, May 2024."]


def test_totals_below_the_table_are_left_out_and_told() -> None:
    found = checked("Month,Count\nJan-24,5\nFeb-24,6\nTotal,11\n")
    assert len(found.entries) == 2
    assert [(each.code, each.row) for each in found.told] == [("total", 4)]


def test_months_across_and_areas_down() -> None:
    found = checked("Force,Jan-24,Feb-24\nNorfolk,5,6\nSuffolk,7,..\n")
    assert [(each.area, each.period.month, each.value) for each in found.entries] == [
        ("E23000024", 1, 5.0), ("E23000024", 2, 6.0), ("E23000025", 1, 7.0), ("E23000025", 2, None)
    ]  # fmt: skip


def test_areas_across_and_an_unknown_one_told_once() -> None:
    found = checked("Month,Norfolk,Suffolk,Mercia\nJan-24,5,6,7\nFeb-24,5,6,7\n")
    assert [(fault.code, fault.where) for fault in found.faults] == [("area", "row 1, column D (Mercia)")]
    assert len(found.entries) == 4


def test_numerator_and_denominator_make_the_value() -> None:
    entry = checked("Month,Answered,Calls\nJan-24,45,50\n", "calls").entries[0]
    assert (entry.value, entry.numerator, entry.denominator) == (90.0, 45.0, 50.0)


def test_half_a_proportion_is_missing_and_told() -> None:
    found = checked("Month,Answered,Calls\nJan-24,45,50\nFeb-24,45,\n", "calls")
    assert found.entries[1].stated == Stated.MISSING
    assert found.told[0].code == "half"


def test_percentages_kept_by_excel_as_parts_of_one_are_told() -> None:
    sheet = book({1: ["Month", "Value"], 2: ["Jan-24", 0.9], 3: ["Feb-24", 0.8], 4: ["Mar-24", 0.85]})
    assert [each.code for each in check(sheet, suggest(sheet), rules("calls")).told] == ["scale"]


def test_a_title_merged_labels_serial_dates_and_footnotes() -> None:
    rows: dict[int, list[object]] = {
        1: ["Burglary by force"], 3: ["Force", "Month", "Count"],
        4: ["Norfolk", 45292.0, 5.0], 5: [None, 45323.0, 6.0],
        6: ["Suffolk", date(2024, 1, 1), 7.0], 8: ["1 Provisional."],
    }  # fmt: skip
    sheet = book(rows, merged=((1, 0, 1, 2), (4, 0, 5, 0)))
    found = check(sheet, suggest(sheet, areas=NAMES.values()), rules())
    assert found.faults == ()
    assert [(each.area, each.period.month) for each in found.entries] == [
        ("E23000024", 1),
        ("E23000024", 2),
        ("E23000025", 1),
    ]


def test_one_figure_merged_over_several_months_is_refused() -> None:
    sheet = book({1: ["Month", "Count"], 2: ["Jan-24", 5.0], 3: ["Feb-24", None]}, merged=((2, 1, 3, 1),))
    assert {fault.code for fault in check(sheet, suggest(sheet), rules()).faults} == {"merged"}


def test_a_hidden_row_is_read_and_told() -> None:
    sheet = book({1: ["Month", "Count"], 2: ["Jan-24", 5.0], 99: ["Feb-24", 6.0]})
    found = check(sheet, suggest(sheet), rules())
    assert (len(found.entries), found.told[0].code) == (2, "hidden")


def test_rows_of_other_areas_may_be_left_out() -> None:
    sheet = read_sheet(b"Force,Jan-24,Feb-24\nNorfolk,5,6\nEngland,70,80\n", name="x.csv")
    kept = remember(suggest(sheet, areas=NAMES.values()), sheet) | {"only_known_areas": True}
    match, _ = recall(kept, sheet, areas=NAMES.values())
    found = check(sheet, match, rules())
    assert (len(found.entries), found.faults, found.told[0].code) == (2, (), "other-area")


def test_next_month_is_understood_as_this_one_was() -> None:
    first = read_sheet(b"When,Abandoned,Answered,Offered\nJan-24,1,9,10\n", name="a.csv")
    guessed = suggest(first)
    kept = remember(guessed, first)
    moved = read_sheet(b"Offered,When,Answered\n20,Feb-24,18\n", name="b.csv")
    match, problems = recall(kept, moved)
    entry = check(moved, match, rules("calls")).entries[0]
    assert (problems, entry.numerator, entry.denominator) == ((), 18.0, 20.0)
    _, problems = recall(kept, read_sheet(b"When,Offered\nFeb-24,20\n", name="c.csv"))
    assert "“Answered”" in problems[0].message


def test_the_error_file_holds_the_row_and_no_formula() -> None:
    sheet = read_sheet(b"Month,Note,Count\nJan-24,=cmd()|x,-5\n", name="x.csv")
    match = suggest(sheet)
    found = check(sheet, match, rules())
    rows = list(csv.reader(io.StringIO(error_file(sheet, match, found.faults).decode("utf-8-sig"))))
    assert rows[0] == ["Row", "Column", "What is wrong", "How to mend it", "Month", "Note", "Count"]
    assert rows[1][:2] == ["2", "C"]
    assert rows[1][4:] == ["Jan-24", "'=cmd()|x", "-5"]


@given(st.text(max_size=400))
def test_no_text_makes_the_checks_fail(words: str) -> None:
    try:
        sheet = read_sheet(words.encode("utf-8", "replace"), name="x.csv")
    except Refused:
        return
    found = check(sheet, suggest(sheet, areas=NAMES.values()), rules())
    assert found.entries or found.faults


def test_what_is_wrong_with_the_whole_table_is_told_once() -> None:
    rows = "Month,Answered\n" + "".join(f"{month}-24,5\n" for month in ("Jan", "Feb", "Mar"))
    assert [(each.code, each.where) for each in checked(rows, "calls").faults] == [
        ("columns", "the whole file")
    ]
    assert [each.code for each in checked(rows, "", "").faults] == ["measure-unsaid", "area-unsaid"]
