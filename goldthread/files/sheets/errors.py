"""The error file: the rows that cannot be loaded as they came, with what is wrong and how to mend it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from goldthread.files.sheets.faults import Fault
from goldthread.files.sheets.header import find_block
from goldthread.files.sheets.matching import Match
from goldthread.files.sheets.sheet import Row, Sheet, letters, shown

_FORMULA = ("=", "+", "@", "\t", "\r")


def error_file(sheet: Sheet, match: Match, faults: Iterable[Fault]) -> bytes:
    """A CSV file for Excel: row, column, what is wrong, how to mend it, then the row's own cells."""
    tab = sheet.tab(match.tab)
    block = find_block(tab) if tab else None
    rows = {row.number: row for row in tab.rows} if tab else {}
    names = block.names if block else ()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Row", "Column", "What is wrong", "How to mend it", *names])
    for fault in sorted(faults, key=lambda each: (each.row, each.column or 0)):
        column = letters(fault.column) if fault.column is not None else ""
        cells = _cells(rows.get(fault.row), len(names))
        writer.writerow([fault.row or "", column, *map(_safe, (fault.message, fault.mend, *cells))])
    return "\ufeff".encode() + out.getvalue().encode()


def _cells(row: Row | None, width: int) -> list[str]:
    if row is None:
        return []
    return [shown(row.cell(column)) for column in range(max(width, len(row.cells)))]


def _safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula; a negative number stays one."""
    if words.startswith("-") and not words[1:].replace(",", "").replace(".", "").isdigit():
        return "'" + words
    return "'" + words if words.startswith(_FORMULA) else words
