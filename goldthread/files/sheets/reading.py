"""Reading a file of figures: CSV here, workbooks in a child process, told apart by their bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.core.problems import Problem
from goldthread.files.process import run_child
from goldthread.files.refused import Refused
from goldthread.files.sheets.delimited import read_delimited
from goldthread.files.sheets.limits import LARGEST, MEMORY, SECONDS, SPLIT
from goldthread.files.sheets.sheet import Row, Sheet, Tab, Value

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in Excel, save it as an .xlsx file and load that."


def read_sheet(source: Path | str | bytes, *, name: str) -> Sheet:
    """The tabs of a CSV, XLSX, XLS or ODS file, told apart by what is in it and not by its name.

    Raises Refused with the reason and how to mend it, and OSError for a path that cannot be opened.
    """
    data = source if isinstance(source, bytes) else _bytes_of(Path(source))
    if len(data) > LARGEST:
        raise Refused(f"It is larger than {LARGEST // 2**20} MB.", SPLIT)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("It is empty.", "It may not have been sent whole: save it again and load that.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE)):
        return _in_child(data, name)
    if data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<table")):
        raise Refused("It is a web page saved under the name of a spreadsheet.", _SAVE)
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc")):
        raise Refused("It is not a spreadsheet.", "Load the .csv, .xlsx, .xls or .ods file itself.")
    return read_delimited(data, name)


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _in_child(data: bytes, name: str) -> Sheet:
    late = Refused("It takes too long to read.", SPLIT)
    arguments = [str(SECONDS), str(MEMORY)]
    written = run_child("goldthread.files.sheets.child", arguments, data, seconds=SECONDS, late=late)
    try:
        said = json.loads(written)
        if "refused" in said:
            reason, mend = said["refused"]
            raise Refused(str(reason), str(mend))
        return Sheet(
            name=name,
            kind=said["kind"],
            tabs=tuple(_tab(form) for form in said["tabs"]),
            notes=tuple(Problem(*note) for note in said["notes"]),
            since_1904=said["since_1904"],
        )
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Refused("It makes the reader fail, or needs more memory than is allowed.", _SAVE) from fault


def _tab(form: dict[str, Any]) -> Tab:
    hidden = frozenset(form["hidden_rows"])
    return Tab(
        name=form["name"],
        rows=tuple(
            Row(number, tuple(map(_value, cells)), number in hidden) for number, cells in form["rows"]
        ),
        hidden=form["hidden"],
        hidden_columns=tuple(form["hidden_columns"]),
        merged=tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in form["merged"]),
    )


def _value(form: Any) -> Value:
    """A cell as the child wrote it: a day is a list of one ISO date."""
    if isinstance(form, list):
        return date.fromisoformat(form[0])
    if isinstance(form, bool) or form is None or isinstance(form, str):
        return form
    return float(form)
