"""Files as they come: encodings, separators, workbooks, and those that are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from goldthread.files.refused import Refused
from goldthread.files.sheets import read_sheet
from goldthread.files.sheets.delimited import decode
from goldthread.files.sheets.header import find_block
from goldthread.files.sheets.limits import LARGEST
from goldthread.files.sheets.workbook import read_workbook
from tests.files.sheets.books import xlsx

HERE = Path(__file__).parent
PLAIN = "Month,Cost\nJan-24,£5\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]
)
def test_every_encoding_that_offices_use(encoding: str) -> None:
    sheet = read_sheet(PLAIN.encode(encoding), name="cost.csv")
    assert [row.cells for row in sheet.tabs[0].rows] == [("Month", "Cost"), ("Jan-24", "£5")]


def test_a_guessed_encoding_is_told() -> None:
    notes = read_sheet(PLAIN.encode("windows-1252"), name="cost.csv").notes
    assert [note.code for note in notes] == ["encoding"]


def test_bytes_that_cannot_be_read_are_told_with_their_row() -> None:
    words, notes = decode(
        "Month,Force\nJan-24,Dyfed–Powys\nFeb-24,Dyfed".encode() + b"\xff\xfe" + "–\n".encode()
    )
    assert [note.where for note in notes] == ["row 3"]
    assert "Dyfed–Powys" in words


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_separator(mark: str) -> None:
    data = f'Month{mark}Calls\r\nJan-24{mark}"1,234"\r\nFeb-24{mark}"1,{chr(10)}2"\r\n'.encode()
    sheet = read_sheet(data, name="calls.csv")
    assert [row.number for row in sheet.tabs[0].rows] == [1, 2, 3]
    assert sheet.tabs[0].rows[1].cells == ("Jan-24", "1,234")


def test_a_line_that_says_the_separator() -> None:
    assert read_sheet(b"sep=;\nMonth;Calls\nJan-24;5\n", name="x.csv").tabs[0].rows[1].cells == (
        "Jan-24",
        "5",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   \r\n", b"\xef\xbb\xbf", b"<html><table></table></html>", b"%PDF-1.7",
        b"\x1f\x8b\x08\x00",
        b"Month,Calls\nJan-24,1\x005\n", b'Month,Calls\nJan-24,"5\n' + b"Feb-24,5\n" * 6000,
        b"a,b\n" + b"," * 2000 + b"\n", b"PK\x03\x04 cut short",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut short",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_what_is_no_sheet_is_refused_with_a_reason_and_a_cure(data: bytes) -> None:
    """Slow: workbooks are read in a process of their own."""
    with pytest.raises(Refused) as refused:
        read_sheet(data, name="x.csv")
    assert refused.value.reason
    assert refused.value.mend


def test_a_file_past_the_limit_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 30 MB"):
        read_sheet(b"a,b\n" * (LARGEST // 4 + 1), name="x.csv")


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row() -> None:
    with pytest.raises(Refused, match="From row 3 on"):
        read_sheet(b'Month,Calls\nJan-24,4\nFeb-24,"5\n' + b"Mar-24,5\n" * 6000, name="x.csv")


def test_an_archive_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("2024-01/2024-01-cambridgeshire-street.csv", "Crime ID,Month\n")
    with pytest.raises(Refused, match="zip archive"):
        read_workbook(out.getvalue())


def test_a_workbook_that_names_entities_is_refused() -> None:
    data = io.BytesIO(xlsx({1: ["Month"]}))
    bomb = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(bomb, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + content
            new.writestr(part, content)
    with pytest.raises(Refused):
        read_workbook(bomb.getvalue())


@pytest.mark.slow
def test_a_workbook_tells_what_is_hidden_merged_and_in_error() -> None:
    """Slow: it is read in a process of its own."""
    rows = {1: ["Calls in 2024"], 3: ["Month", "Calls"], 4: [date(2024, 1, 1), 5], 5: [45323, "#DIV/0!"]}
    data = xlsx(
        rows,
        hidden_rows=(5,),
        hidden_columns=(1,),
        merged=("A1:B1",),
        tabs=(("Returns", "visible"), ("Old", "hidden")),
    )
    sheet = read_sheet(data, name="calls.xlsx")
    tab = sheet.tabs[0]
    assert tab.rows[2].cells == (date(2024, 1, 1), 5.0)
    assert (tab.rows[3].cells, tab.rows[3].hidden) == ((45323.0, "#DIV/0!"), True)
    assert (tab.hidden_columns, tab.merged) == ((1,), ((1, 0, 1, 1),))
    assert [each.hidden for each in sheet.tabs] == [False, True]


@pytest.mark.slow
def test_dates_since_1904() -> None:
    """Slow: it is read in a process of its own."""
    sheet = read_sheet(
        xlsx({1: ["Month", "Calls"], 2: [date(2024, 1, 1), 5]}, since_1904=True), name="mac.xlsx"
    )
    assert sheet.since_1904
    assert sheet.tabs[0].rows[1].cells[0] == date(2024, 1, 1)


@pytest.mark.slow
def test_a_real_return_with_merged_headings_titles_and_footnotes() -> None:
    """Slow: thirteen tables of the Home Office."""
    sheet = read_sheet(HERE / "police-workforce-sep19-tables.ods", name="workforce.ods")
    assert len(sheet.tabs) == 14
    tab = sheet.tab("table_3")
    assert tab is not None
    block = find_block(tab)
    assert block.names[1:4] == ("As at: 30/09/2018", "As at: 31/03/2019", "As at: 30/09/2019")
    assert block.names[5] == "Change in 12 months Sep-18 to Sep-19 %"
    cleveland = next(row for row in block.rows if row.cell(0) == "Cleveland")
    assert cleveland.cell(1) == ".."
    assert all(len(row.filled) == 1 for row in block.below)
