"""CSV and its like: whatever its encoding, its separators and its quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.files.sheets.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, SPLIT
from goldthread.files.sheets.sheet import Row, Sheet, Tab

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 32_767
_TOLD = 20


def read_delimited(data: bytes, name: str) -> Sheet:
    """The rows of a CSV file as one tab of words. Raises Refused with the reason."""
    words, notes = decode(data)
    delimiter, words = _delimiter(words)
    rows = tuple(_rows(words, delimiter))
    if not rows:
        raise Refused("It holds no rows.", "Save it again with its figures and load that.")
    tab = Tab(name="", rows=rows)
    return Sheet(name=name, kind="csv", tabs=(tab,), notes=notes)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The words of a text file, and a note for every guess and every row with a byte that cannot be read."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if data[:2000].count(0) > len(data[:2000]) // 4:
        return _decoded(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    try:
        return _without_nulls(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        if _SEVERAL_BYTES.search(data):
            return _decoded(data, "utf-8")
        words, notes = _decoded(data, "windows-1252")
        said = (
            "It is not in UTF-8, so it was read as Windows-1252. Look whether £ signs and accents are right."
        )
        return words, (Problem("the whole file", said, "encoding"), *notes)


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    words = data.decode(encoding, "replace")
    if "\ufffd" not in words:
        return _without_nulls(words), ()
    lines = [number for number, line in enumerate(words.split("\n"), 1) if "\ufffd" in line]
    said = (
        "A character in this row cannot be read; it is shown as �. Type it again, or save the file as UTF-8."
    )
    notes = [Problem(f"row {number}", said, "bytes") for number in lines[:_TOLD]]
    if len(lines) > _TOLD:
        notes.append(
            Problem("the whole file", f"{len(lines) - _TOLD} more rows have such characters.", "bytes")
        )
    return _without_nulls(words), tuple(notes)


def _without_nulls(words: str) -> str:
    if "\x00" in words:
        raise Refused("It is not a text file.", "Save it as a .csv or .xlsx file and load that.")
    return words.removeprefix("\ufeff")


def _delimiter(words: str) -> tuple[str, str]:
    """What separates the cells, and the words without a line that only says so (“sep=;”)."""
    first, _, rest = words.partition("\n")
    if (said := re.fullmatch(r'"?sep=(.)"?', first.strip("\r"), re.IGNORECASE)) is not None:
        return said[1], rest
    if first.strip("\r") == "sep=\t":
        return "\t", rest
    sample = words[:50_000]
    return max(_DELIMITERS, key=lambda each: _evenness(sample, each)), words


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows have the usual count of cells, where that is more than one; then that count."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    counts: Counter[int] = Counter()
    try:
        for _, cells in zip(range(60), reader, strict=False):
            counts[len(cells)] += 1
    except csv.Error:
        return (0, 0)
    wide = {count: times for count, times in counts.items() if count > 1}
    if not wide:
        return (0, 0)
    usual = max(wide, key=lambda count: (wide[count], count))
    return (wide[usual], usual)


def _rows(words: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    number = cells_so_far = 0
    try:
        for found in reader:
            if number >= MOST_ROWS:
                raise Refused(f"It holds more than {MOST_ROWS:,} rows.", SPLIT)
            cells_so_far += len(found)
            if cells_so_far > MOST_CELLS or len(found) > MOST_COLUMNS:
                raise Refused(f"It holds more than {MOST_CELLS:,} cells or {MOST_COLUMNS:,} columns.", SPLIT)
            if any(len(cell) > _LONGEST_CELL for cell in found):
                raise csv.Error
            number += 1
            cells = tuple(cell.strip() or None for cell in found)
            if any(cell is not None for cell in cells):
                yield Row(number, cells)
    except csv.Error as fault:
        raise Refused(
            f"From row {number + 1} on its cells cannot be told apart: a quotation mark may be opened "
            "there and never closed.",
            "Mend that row, or save the file again from Excel as CSV UTF-8.",
        ) from fault
