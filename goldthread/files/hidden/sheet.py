"""One sheet of a workbook: hidden columns and rows, filters, unseen cells, drop-downs, scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from goldthread.files.hidden.cells import Area, CellStyles, X, areas, cell_at, column_name
from goldthread.files.hidden.found import Findings, spans

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_REFERENCE = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_ON = ("1", "true")
_MOST_CELLS = 20


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet of one workbook shares."""

    strings: Sequence[str]
    styles: CellStyles
    hidden_sheets: frozenset[str]


@dataclass(slots=True)
class _Held:
    """The hidden columns and rows that hold something, with the first words of each."""

    columns: dict[int, str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    filtered: dict[int, str] = field(default_factory=dict)
    cells: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Sheet:
    """A sheet whose cells are gone through once."""

    def __init__(
        self,
        name: str,
        root: etree._Element,
        tables: Sequence[etree._Element],
        book: Book,
        findings: Findings,
    ) -> None:
        self._place = f"the sheet “{name}”"
        self._root, self._tables, self._book, self._found = root, tables, book, findings
        self._filters = _filters([root, *tables])
        self._unsure = [
            area
            for element in [*root.iter(X + "conditionalFormatting"), *tables]
            for area in areas(element.get("sqref", "") or element.get("ref", ""))
        ]

    def check(self) -> None:
        """Note everything that the sheet hides."""
        held = _Held()
        hidden = self._hidden_columns()
        form = self._root.find(X + "sheetFormatPr")
        folded = form is not None and form.get("zeroHeight", "0") in _ON
        for number, row in enumerate(self._root.iterfind(f"{X}sheetData/{X}row"), 1):
            at = int(row.get("r", "")) if row.get("r", "").isdigit() else number
            out = row.get("hidden", "0") in _ON or row.get("ht") in ("0", "0.0")
            out = out or (folded and row.get("hidden") is None and row.get("customHeight") is None)
            for cell in row.iterchildren(X + "c"):
                self._cell(cell, at, out, hidden, held)
        self._tell(held)
        self._lists()
        for scenario in self._root.iter(X + "scenario"):
            self._found.add("scenarios", self._place, scenario.get("name", ""), by=scenario.get("user", ""))

    def _hidden_columns(self) -> list[tuple[int, int]]:
        found = []
        for column in self._root.iterfind(f"{X}cols/{X}col"):
            narrow = column.get("width") in ("0", "0.0")
            first, last = column.get("min", ""), column.get("max", "")
            if (column.get("hidden", "0") in _ON or narrow) and first.isdigit() and last.isdigit():
                found.append((int(first), int(last)))
        return found

    def _cell(
        self, cell: etree._Element, row: int, out: bool, hidden: list[tuple[int, int]], held: _Held
    ) -> None:
        code = self._book.styles.code(cell.get("s", "0"))
        if not (out or hidden or code):
            return
        words = self._words(cell)
        if not words:
            return
        reference = cell.get("r", "")
        column, _ = cell_at(reference)
        if out:
            filtered = any(area.top < row <= area.bottom for area in self._filters)
            (held.filtered if filtered else held.rows).setdefault(row, words)
        if any(first <= column <= last for first, last in hidden):
            held.columns.setdefault(column, words)
        elif code and not out and not any(area.holds(column, row) for area in self._unsure):
            held.cells.setdefault(code, []).append((reference, words))

    def _words(self, cell: etree._Element) -> str:
        value = cell.findtext(X + "v") or ""
        if cell.get("t") == "s":
            known = value.isdigit() and int(value) < len(self._book.strings)
            return self._book.strings[int(value)].strip() if known else ""
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(X + "t")).strip()
        return value.strip() or (cell.findtext(X + "f") or "").strip()

    def _tell(self, held: _Held) -> None:
        for words in held.columns.values():
            self._found.add("hidden-columns", "", words)
        for code, lines in (("hidden-rows", held.rows), ("filtered-rows", held.filtered)):
            for words in lines.values():
                self._found.add(code, "", words)
            if lines:
                self._found.add(code, f"{self._place}, {spans(lines, 'row')}", count=0)
        if held.columns:
            said = ", ".join(_column_spans(held.columns))
            name = "columns" if len(held.columns) > 1 else "column"
            self._found.add("hidden-columns", f"{self._place}, {name} {said}", count=0)
        for code, cells in held.cells.items():
            for _, words in cells:
                self._found.add(code, "", words)
            shown = ", ".join(reference for reference, _ in cells[:_MOST_CELLS])
            more = ", …" if len(cells) > _MOST_CELLS else ""
            name = "cells" if len(cells) > 1 else "cell"
            self._found.add(code, f"{self._place}, {name} {shown}{more}", count=0)

    def _lists(self) -> None:
        for validation in self._root.iter(X + "dataValidation", _X14 + "dataValidation"):
            formula = "".join(map(str, validation.itertext()))
            for name in self._book.hidden_sheets:
                if f"{name}!" in formula or f"'{name.replace(chr(39), chr(39) * 2)}'!" in formula:
                    cells = validation.get("sqref", "") or validation.findtext(_REFERENCE) or ""
                    self._found.add("hidden-list", f"{self._place}, cells {cells}", formula)


def _filters(roots: Sequence[etree._Element]) -> list[Area]:
    """The areas in which a filter is set."""
    found: list[Area] = []
    for root in roots:
        for each in root.iter(X + "autoFilter"):
            if each.find(X + "filterColumn") is not None:
                found.extend(areas(each.get("ref", "")))
    return found


def _column_spans(numbers: dict[int, str]) -> Iterator[str]:
    """Columns as ranges of letters: ``B``, ``D–F``."""
    ordered = sorted(numbers)
    start = before = ordered[0]
    for number in [*ordered[1:], 0]:
        if number == before + 1:
            before = number
            continue
        yield column_name(start) if start == before else f"{column_name(start)}–{column_name(before)}"
        start = before = number
