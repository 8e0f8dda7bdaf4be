"""What a workbook's XML says and calamine does not: what is hidden or merged, errors, the date system."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from goldthread.files.gate import Gate
from goldthread.files.sheets.limits import MOST_COLUMNS, MOST_ROWS
from goldthread.files.sheets.sheet import Range
from goldthread.files.xml import parse

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ON = ("1", "true", "on")
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+")


@dataclass(slots=True)
class Unseen:
    """By tab: hidden rows (from 1), hidden columns (from 0), merged cells, errors by row and column."""

    since_1904: bool = False
    rows: dict[str, set[int]] = field(default_factory=dict)
    columns: dict[str, set[int]] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    errors: dict[str, dict[int, dict[int, str]]] = field(default_factory=dict)


def in_excel(gate: Gate) -> Unseen:
    """What the parts of an XLSX file say. Raises Refused for XML that is not well formed."""
    unseen = Unseen()
    book = parse(gate.read("xl/workbook.xml"), "xl/workbook.xml")
    setting = book.find(f"{_X}workbookPr")
    unseen.since_1904 = setting is not None and setting.get("date1904", "0") in _ON
    targets = {}
    if "xl/_rels/workbook.xml.rels" in gate:
        for each in parse(gate.read("xl/_rels/workbook.xml.rels"), "xl/_rels/workbook.xml.rels"):
            targets[each.get("Id")] = posixpath.normpath(
                posixpath.join("/xl", each.get("Target", ""))
            ).lstrip("/")
    for sheet in book.iterfind(f"{_X}sheets/{_X}sheet"):
        part = targets.get(sheet.get(_R), "")
        if part in gate:
            _excel_sheet(parse(gate.read(part), part), sheet.get("name", ""), unseen)
    return unseen


def _excel_sheet(root: etree._Element, name: str, unseen: Unseen) -> None:
    columns, rows, errors = set[int](), set[int](), dict[int, dict[int, str]]()
    for each in root.iterfind(f"{_X}cols/{_X}col"):
        first, last = each.get("min", ""), each.get("max", "")
        if each.get("hidden", "0") in _ON and first.isdigit() and last.isdigit():
            columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))
    for counted, row in enumerate(root.iterfind(f"{_X}sheetData/{_X}row"), 1):
        number = int(row.get("r", "")) if row.get("r", "").isdigit() else counted
        if row.get("hidden", "0") in _ON:
            rows.add(number)
        for cell in row.iterchildren(f"{_X}c"):
            place = _place(cell.get("r", "")) if cell.get("t") == "e" else None
            if place is not None:
                errors.setdefault(number, {})[place[1]] = cell.findtext(f"{_X}v") or "#N/A"
    merged = []
    for each in islice(root.iterfind(f"{_X}mergeCells/{_X}mergeCell"), MOST_ROWS):
        start, _, end = each.get("ref", "").partition(":")
        first_cell, last_cell = _place(start), _place(end)
        if first_cell and last_cell:
            merged.append((*first_cell, *last_cell))
    unseen.columns[name], unseen.rows[name] = columns, rows
    unseen.errors[name], unseen.merged[name] = errors, merged


def _place(reference: str) -> tuple[int, int] | None:
    """A cell's row from 1 and column from 0: “C7” is (7, 2)."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def in_opendocument(gate: Gate) -> Unseen:
    """What the content of an ODS file says. Raises Refused for XML that is not well formed."""
    unseen = Unseen()
    root = parse(gate.read("content.xml"), "content.xml")
    for table in root.iter(f"{_T}table"):
        name = table.get(f"{_T}name", "")
        unseen.rows[name] = _folded(table.iter(f"{_T}table-row"), "rows", MOST_ROWS, 1)
        unseen.columns[name] = _folded(table.iter(f"{_T}table-column"), "columns", MOST_COLUMNS, 0)
        _open_cells(table, name, unseen)
    return unseen


def _folded(lines: object, kind: str, most: int, first: int) -> set[int]:
    """The numbers of the rows or columns that are hidden, repeats counted."""
    hidden: set[int] = set()
    number = first
    for line in lines:  # type: ignore[attr-defined]
        times = min(_times(line, f"{_T}number-{kind}-repeated"), most)
        if line.get(f"{_T}visibility") in ("collapse", "filter"):
            hidden.update(range(number, min(number + times, most)))
        number += times
    return hidden


def _open_cells(table: etree._Element, name: str, unseen: Unseen) -> None:
    merged, errors = [], dict[int, dict[int, str]]()
    number = 1
    for row in table.iter(f"{_T}table-row"):
        column = 0
        for cell in row:
            if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
                continue
            down, across = (
                _times(cell, f"{_T}number-rows-spanned"),
                _times(cell, f"{_T}number-columns-spanned"),
            )
            if down > 1 or across > 1:
                merged.append((number, column, number + down - 1, column + across - 1))
            words = (
                "".join(str(each) for each in cell.itertext(f"{_TEXT}p", f"{_TEXT}span"))
                if cell.get(f"{_T}formula")
                else ""
            )
            if _ERROR.fullmatch(words.strip()):
                errors.setdefault(number, {})[column] = words.strip()
            column += min(_times(cell, f"{_T}number-columns-repeated"), MOST_COLUMNS)
        number += min(_times(row, f"{_T}number-rows-repeated"), MOST_ROWS)
    unseen.merged[name], unseen.errors[name] = merged, errors


def _times(element: etree._Element, attribute: str) -> int:
    said = element.get(attribute, "1")
    return int(said) if said.isdigit() and len(said) < 8 else 1
