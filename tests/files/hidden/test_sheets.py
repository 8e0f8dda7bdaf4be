"""What an Excel file hides: each thing is named with its sheet and cells, and its near misses are not."""

from __future__ import annotations

import pytest

from tests.files.hidden.parts import SHEET, changed, links, rows, workbook
from tests.files.hidden.told import told

FIGURES = rows(("Area", "Crimes", "Officer"), ("North", "120", "Smith"), ("South", "80", "Jones"))
NAME = "figures.xlsx"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode=";;;"/><numFmt numFmtId="165" formatCode="0;;0"/></numFmts>'
    '<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FF1F3864"/></patternFill></fill></fills>'
    '<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="2" fillId="0"/>'
    '<xf fontId="1" fillId="1"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def test_a_plain_workbook_hides_nothing() -> None:
    assert told(workbook(FIGURES, FIGURES, styles=STYLES), NAME) == {}


@pytest.mark.parametrize(("state", "kind"), [("hidden", "hidden sheet"), ("veryHidden", "very hidden sheet")])
def test_hidden_sheets(state: str, kind: str) -> None:
    found = told(workbook(FIGURES, FIGURES, FIGURES, states={2: state, 3: "hidden"}), NAME)
    problem = found["hidden-sheet"]
    assert problem.where == "the sheet “B”; the sheet “C”"
    assert problem.message.startswith("2 hidden sheets (")
    assert f" {kind}" in problem.message
    assert "“B” and “C”" in problem.message


def test_hidden_columns_that_hold_something() -> None:
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
    problem = told(workbook(columns + FIGURES), NAME)["hidden-columns"]
    assert problem.where == "the sheet “A”, columns B–C"
    assert problem.message.startswith("2 hidden columns that hold something: “Crimes” and “Officer”.")


def test_hidden_columns_beyond_the_figures_are_fine() -> None:
    assert told(workbook(f'<cols><col min="4" max="16384" hidden="1"/></cols>{FIGURES}'), NAME) == {}


def test_hidden_rows() -> None:
    problem = told(workbook(rows(("Area",), ("North",), ("South",), hidden=(2, 3))), NAME)["hidden-rows"]
    assert problem.where == "the sheet “A”, rows 2–3"
    one = told(workbook(rows(("Area",), ("North",), hidden=(2,))), NAME)["hidden-rows"]
    assert one.message.startswith("A hidden row that holds something: “North”.")
    assert told(workbook(rows(("Area",), ("",), hidden=(2,))), NAME) == {}


def test_rows_that_a_filter_hides_are_told_apart() -> None:
    sheet = rows(("Area",), ("North",), ("South",), hidden=(3,))
    sheet += '<autoFilter ref="A1:A3"><filterColumn colId="0"/></autoFilter>'
    found = told(workbook(sheet), NAME)
    assert list(found) == ["filtered-rows"]
    assert found["filtered-rows"].where == "the sheet “A”, row 3"
    idle = rows(("Area",), ("North",)) + '<autoFilter ref="A1:A2"/>'
    assert told(workbook(idle), NAME) == {}


@pytest.mark.parametrize(
    ("style", "codes"),
    [(0, []), (1, ["white-text"]), (2, ["white-text"]), (3, []), (4, ["hidden-cells"]), (5, [])],
)
def test_cells_that_show_nothing(style: int, codes: list[str]) -> None:
    found = told(workbook(rows(("Smith", "Jones"), style=style), styles=STYLES), NAME)
    assert list(found) == codes
    for problem in found.values():
        assert problem.where == "the sheet “A”, cells A1, B1"
        assert "“Smith” and “Jones”" in problem.message


def test_white_cells_that_a_rule_may_colour_are_left() -> None:
    sheet = rows(("Smith",), style=1) + '<conditionalFormatting sqref="A1:A9"/>'
    assert told(workbook(sheet, styles=STYLES), NAME) == {}


COMMENTS = (
    f"<comments {SHEET}><authors><author>P. Jones</author><author>tc={{1}}</author></authors><commentList>"
    '<comment ref="B2" authorId="0"><text><r><t>Do not release</t></r></text></comment>'
    '<comment ref="C2" authorId="1"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
)
THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="C2" personId="p1"><text>Is this right?</text></threadedComment></ThreadedComments>'
)
PEOPLE = (
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person id="p1" displayName="A. Clerk"/></personList>'
)


def test_notes_and_threads_are_each_counted_once() -> None:
    made = workbook(FIGURES)
    content = changed(
        made,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": links(
                ("comments", "../comments1.xml"), ("threadedComment", "../threadedComments/t1.xml")
            ),
            "xl/comments1.xml": COMMENTS,
            "xl/threadedComments/t1.xml": THREADS,
            "xl/_rels/workbook.xml.rels": links(
                ("worksheet", "worksheets/sheet1.xml"), ("person", "persons/person.xml")
            ),
            "xl/persons/person.xml": PEOPLE,
        },
    )
    problem = told(content, NAME)["comments"]
    assert problem.where == "“A”, cell C2; “A”, cell B2"
    assert problem.message.startswith("2 comments by A. Clerk and P. Jones: “Is this right?” and")


NAMES = "<definedNames><definedName {}</definedName></definedNames>"


@pytest.mark.parametrize(
    ("inside", "codes"),
    [
        ('name="Rates">A!$A$1:$B$4', []),
        ('name="_xlnm._FilterDatabase" hidden="1">A!$A$1:$B$4', []),
        ('name="Salaries" hidden="1">A!$A$1', ["hidden-name"]),
        ('name="Old">[1]Sheet1!$A$1', ["hidden-name"]),
        (r"""name="Old">'\\srv\finance\[Pay.xlsx]Sheet1'!$A$1""", ["hidden-name"]),
    ],
)
def test_defined_names(inside: str, codes: list[str]) -> None:
    assert list(told(workbook(FIGURES, more=NAMES.format(inside)), NAME)) == codes


def test_a_list_from_a_hidden_sheet() -> None:
    validation = (
        '<dataValidations><dataValidation type="list" sqref="C2:C9"><formula1>B!$A$1:$A$3</formula1>'
        "</dataValidation></dataValidations>"
    )
    shown = workbook(FIGURES + validation, FIGURES)
    assert told(shown, NAME) == {}
    problem = told(workbook(FIGURES + validation, FIGURES, states={2: "hidden"}), NAME)["hidden-list"]
    assert problem.where == "the sheet “A”, cells C2:C9"


def test_where_it_was_last_saved() -> None:
    path = (
        '<absPath xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        r'url="C:\Users\jsmith\Documents\"/>'
    )
    problem = told(workbook(FIGURES, more=path), NAME)["file-path"]
    assert problem.where == "the workbook (where it was last saved)"
    assert "jsmith" in problem.message


def linked(kind: str, target: str, part: str) -> bytes:
    """A workbook that has one part more."""
    return changed(
        workbook(FIGURES),
        {
            "xl/_rels/workbook.xml.rels": links(("worksheet", "worksheets/sheet1.xml"), (kind, target)),
            f"xl/{target}": part,
        },
    )


def test_pivot_tables_keep_their_rows() -> None:
    records = f"<pivotCacheRecords {SHEET}><r/><r/><r/></pivotCacheRecords>"
    found = told(linked("pivotCacheRecords", "pivotCache/pivotCacheRecords1.xml", records), NAME)
    assert list(found) == ["pivot-cache"]
    assert "“3 rows”" in found["pivot-cache"].message


def test_connections() -> None:
    part = f'<connections {SHEET}><connection name="Niche extract"/></connections>'
    assert (
        "“Niche extract”" in told(linked("connections", "connections.xml", part), NAME)["connections"].message
    )


def test_the_history_of_a_shared_workbook() -> None:
    log = f'<revisions {SHEET}><rcc rId="1"><oc r="A1"><v>4300</v></oc></rcc><rrc rId="2"/></revisions>'
    problem = told(changed(workbook(FIGURES), {"xl/revisions/revisionLog1.xml": log}), NAME)[
        "tracked-changes"
    ]
    assert problem.message.startswith(
        "2 tracked changes (1 changed cell, 1 inserted or deleted row): “4300”."
    )


def test_links_macros_and_embedded_files() -> None:
    content = changed(
        workbook(FIGURES),
        {
            "xl/externalLinks/_rels/externalLink1.xml.rels": links(
                ("externalLinkPath", "file:///S:/Finance/Pay.xlsx", "External")
            ),
            "xl/vbaProject.bin": b"x",
            "xl/embeddings/oleObject1.bin": b"x",
        },
    )
    found = told(content, NAME)
    assert list(found) == ["embedded-file", "macros", "external-link"]
    assert found["external-link"].where == "the links to other workbooks"
    assert "Pay.xlsx" in found["external-link"].message


def test_scenarios() -> None:
    sheet = f'{FIGURES}<scenarios><scenario name="Worst case" user="P. Jones"/></scenarios>'
    assert told(workbook(sheet), NAME)["scenarios"].message.startswith(
        "A scenario of other figures by P. Jones"
    )
