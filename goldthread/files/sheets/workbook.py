"""An Excel or OpenDocument workbook as plain lists, run in a child process only.

The cells come from python-calamine, which gives an error of a formula as an empty cell and does not
tell what is hidden; both are read from the XML beside it, where the file has any.
"""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from goldthread.files.gate import Gate
from goldthread.files.refused import Refused
from goldthread.files.sheets.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, SPLIT
from goldthread.files.sheets.unseen import Unseen, in_excel, in_opendocument

_SAVE = "Open it in Excel, save it as an .xlsx file and load that."
_OLD = (
    "This is an old Excel file (.xls). In such a file a formula's error looks like an empty cell and hidden "
    "rows cannot be told. If it has any, save it as .xlsx and load that."
)


def read_workbook(data: bytes) -> dict[str, Any]:
    """The tabs of a workbook in the form that `reading` takes. Raises Refused with the reason."""
    kind, unseen, notes = _around(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = list(book.sheets_metadata)
        tabs, cells = [], 0
        for position, meta in enumerate(listed):
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            tab = _tab(book.get_sheet_by_index(position), meta.name, hidden, unseen)
            cells += sum(len(row) for _, row in tab["rows"])
            if cells > MOST_CELLS:
                raise Refused(f"It holds more than {MOST_CELLS:,} cells.", SPLIT)
            tabs.append(tab)
    except python_calamine.PasswordError as fault:
        raise Refused("It is locked with a password.", "Save a copy without one and load that.") from fault
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as fault:
        raise Refused("It is cut short or damaged: it is not a whole workbook.", _SAVE) from fault
    if not any(tab["rows"] for tab in tabs):
        raise Refused("It holds no figures.", "Save it again with its figures and load that.")
    return {"kind": kind, "tabs": tabs, "notes": notes, "since_1904": unseen.since_1904}


def _around(data: bytes) -> tuple[str, Unseen, list[list[str]]]:
    """What kind of workbook it is, what calamine does not tell of it, and notes."""
    if not data.startswith(b"PK"):
        return "xls", Unseen(), [["the whole file", _OLD, "old-excel"]]
    try:
        gate = Gate(data)
        if "xl/workbook.xml" in gate:
            return "xlsx", in_excel(gate), []
        if "content.xml" in gate:
            return "ods", in_opendocument(gate), []
        if "xl/workbook.bin" in gate:
            raise Refused("It is a binary Excel workbook (.xlsb).", _SAVE)
    except Refused as refused:
        raise Refused(
            refused.reason, refused.mend.replace("Word", "Excel").replace(".docx", ".xlsx")
        ) from None
    raise Refused(
        "It is a zip archive and not a workbook.",
        "Load street-level archives as records; take a spreadsheet out of the zip first.",
    )


def _tab(sheet: python_calamine.CalamineSheet, name: str, hidden: bool, unseen: Unseen) -> dict[str, Any]:
    if sheet.total_width > MOST_COLUMNS and sheet.width > MOST_COLUMNS:
        raise Refused(f"Its sheet “{name}” is more than {MOST_COLUMNS:,} columns wide.", SPLIT)
    if sheet.height > MOST_ROWS or sheet.height * sheet.width > 4 * MOST_CELLS:
        raise Refused(f"Its sheet “{name}” holds more than {MOST_ROWS:,} rows or too many cells.", SPLIT)
    errors = unseen.errors.get(name, {})
    rows: list[tuple[int, list[Any]]] = []
    for number, found in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(value) for value in found]
        for column, words in errors.get(number, {}).items():
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = words
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append((number, cells))
    return {
        "name": name,
        "hidden": hidden,
        "rows": rows,
        "hidden_rows": sorted(unseen.rows.get(name, ())),
        "hidden_columns": sorted(unseen.columns.get(name, ())),
        "merged": [list(each) for each in unseen.merged.get(name, ())],
    }


def _cell(value: Any) -> Any:
    """A cell for JSON: a day as a list of one ISO date, words without spaces round them, empty as None."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else str(value)
    return str(value)
