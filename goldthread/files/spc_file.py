"""Reading what ``goldthread spc`` is given: a CSV of a series, or a file of cases.

Nothing is guessed in silence: what cannot be read is a Problem with its row, and what was taken to be so
(no headings, rows put in order) is said.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.core.spc.values import LARGEST
from goldthread.files.spc_dates import day_of

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 100_000
DATES = ("date", "month", "period", "day", "week", "week ending", "month ending", "quarter", "event")
VALUES = ("value", "count", "number", "figure", "y", "days", "gap")
NUMERATORS = ("numerator", "count", "number", "events", "n")
DENOMINATORS = ("denominator", "out of", "of", "population", "total", "base", "d")
NUMBER = re.compile(
    r"[-+−]?(\d+|\d{1,3}(,\d{3})+|\d{1,3}([ \u00a0\u202f]\d{3})+)?(\.\d+)?([eE][-+]?\d{1,3})?"
)


class Unreadable(Exception):
    """A file that is not to be read at all, and why: every reason is a Problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Cases as given, and the data sets they refer to by name."""

    cases: tuple[object, ...]
    shared: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """A series as rows in date order: a day and one or two numbers, each None where the cell is blank.

    ``width`` is how many numbers a row has: 0 (only the days of events), 1 or 2. ``notes`` say what was
    taken to be so.
    """

    days: tuple[date, ...]
    values: tuple[float | None, ...]
    denominators: tuple[float | None, ...]
    width: int
    notes: tuple[str, ...]


def read_spc_file(path: Path) -> CaseFile | SeriesFile:
    """A file of cases, or a series; raises Unreadable with every problem, or OSError."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(Problem(path.name, f"It is larger than {MOST_BYTES // 2**20} MB.", "too-large"))
    text = _decoded(content, path.name)
    if not text.strip():
        raise Unreadable(Problem(path.name, "It is empty.", "empty"))
    if text.lstrip()[0] in "{[":
        return _cases(text, path.name)
    return _series(text)


def _decoded(content: bytes, name: str) -> str:
    """Text of UTF-8 or UTF-16 with or without a mark, or of Windows-1252."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    for mark, encoding in marks.items():
        if content.startswith(mark):
            return _as(content, encoding, name)
    head = content[:1000]
    if head[1::2].count(0) > len(head) // 4:
        return _as(content, "utf-16-le", name)
    if head[::2].count(0) > len(head) // 4:
        return _as(content, "utf-16-be", name)
    if b"\0" in content:
        raise Unreadable(Problem(name, "It is not text: it holds zero bytes.", "not-text"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _as(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(Problem(name, f"Its text is broken as {encoding}.", "broken-text")) from None


def _cases(text: str, name: str) -> CaseFile:
    try:
        whole = json.loads(text, parse_int=_int)
    except RecursionError:
        raise Unreadable(Problem(name, "Its lists are nested too deep to be cases.", "nested")) from None
    except ValueError as error:
        raise Unreadable(Problem(name, f"It is not JSON that can be read: {error}.", "not-json")) from None
    cases = whole.get("cases") if isinstance(whole, dict) else None
    if not isinstance(cases, list):
        form = '{"cases": [{"id": …, "input": …}]}'
        raise Unreadable(Problem(name, f"It is JSON but not of the form {form}.", "not-cases"))
    shared = whole.get("data")
    return CaseFile(tuple(cases), shared if isinstance(shared, dict) else {})


def _int(digits: str) -> int | float:
    """A whole number; one too long to be a figure becomes one too large to be a figure."""
    return int(digits) if len(digits) < 400 else LARGEST * 10


def _series(text: str) -> SeriesFile:
    rows = _rows(text)
    heading = [cell.strip().lower() for cell in rows[0][1]]
    notes: list[str] = []
    if any(cell and (day_of(cell) or _number(cell) is not None) for cell in heading):
        columns = list(range(len(heading)))
        notes.append("The file has no headings: its columns were read as date and figures, in that order.")
        body = rows
    else:
        columns = _columns(heading)
        body = rows[1:]
        if len(columns) == 2 and heading[columns[1]] not in VALUES:
            notes.append(f"The figures were read from the column headed {rows[0][1][columns[1]].strip()}.")
    if not 1 <= len(columns) <= 3:
        raise Unreadable(Problem("row 1", "It should have two or three columns.", "columns"))
    if not body:
        raise Unreadable(Problem("row 2", "There are headings but no figures.", "no-rows"))
    if len(body) > MOST_ROWS:
        raise Unreadable(Problem(f"row {MOST_ROWS}", f"It has more than {MOST_ROWS} rows.", "too-long"))
    return _ordered(_read(body, columns), len(columns) - 1, notes)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Rows that hold anything, each with its number in the file from 1."""
    first = next(line for line in text.splitlines() if line.strip())
    between = max(",;\t|", key=first.count) if any(mark in first for mark in ",;\t|") else ","
    reader = csv.reader(text.splitlines(), delimiter=between, strict=True)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
    except csv.Error as error:
        place = f"row {reader.line_num}"
        raise Unreadable(Problem(place, f"It cannot be split into columns: {error}.", "quotes")) from None
    return rows


def _columns(heading: Sequence[str]) -> list[int]:
    """Where the date and the figures stand, by their headings."""

    def find(names: Sequence[str], *, but: Sequence[int] = ()) -> int | None:
        exact = [at for at, cell in enumerate(heading) if cell in names and at not in but]
        return exact[0] if len(exact) == 1 else None

    day, below = find(DATES), find(DENOMINATORS)
    if day is None:
        raise Unreadable(Problem("row 1", "No one column is headed date (or month, or period).", "no-date"))
    if below is not None:
        above = find(NUMERATORS, but=(day, below))
        if above is not None:
            return [day, above, below]
    value = find(VALUES, but=(day,))
    others = [at for at, cell in enumerate(heading) if cell and at != day]
    if value is None and len(others) == 1:
        value, below = others[0], None
    if value is not None and below is None:
        return [day, value]
    if len([cell for cell in heading if cell]) == 1:
        return [day]
    words = "The headings should be date,value or date,numerator,denominator"
    found = ", ".join(cell or "(blank)" for cell in heading)
    raise Unreadable(Problem("row 1", f"{words}; they are {found}.", "headings"))


def _read(
    body: Sequence[tuple[int, list[str]]], columns: Sequence[int]
) -> list[tuple[date, list[float | None]]]:
    """Each row's day and numbers; every row that cannot be read is a problem."""
    found: list[tuple[date, list[float | None]]] = []
    problems: list[Problem] = []
    seen: dict[date, int] = {}
    for number, row in body:
        cells = [row[at].strip() if at < len(row) else "" for at in columns]
        wrong = [*_extra(row, columns), *_day_problem(cells[0], number, seen, repeats=len(columns) == 1)]
        wrong += [words for at, cell in enumerate(cells[1:]) if (words := _cell_problem(cell, at, columns))]
        problems += [Problem(f"row {number}", words, "row") for words in wrong]
        day = day_of(cells[0])
        if day is not None:
            found.append((day, [_number(cell) for cell in cells[1:]]))
    if problems:
        raise Unreadable(*problems)
    return found


def _extra(row: Sequence[str], columns: Sequence[int]) -> list[str]:
    if len(columns) == len(row) or not any(cell.strip() for cell in row[max(columns) + 1 :]):
        return []
    if max(columns) + 1 < len(row) and len(columns) == max(columns) + 1:
        return [f"It has {len(row)} columns; a figure with a comma in it needs quotes about it."]
    return []


def _day_problem(cell: str, number: int, seen: dict[date, int], *, repeats: bool) -> list[str]:
    day = day_of(cell)
    if day is None:
        if not cell:
            return ["There is no date."]
        if cell.isdecimal() and 20_000 < int(cell[:9]) < 80_000:
            return [f"“{cell}” is a date as Excel counts days: give the column a date format and save again."]
        return [f"“{cell[:40]}” is not a date: write 2024-01-31, 31/01/2024 or January 2024."]
    if day in seen and not repeats:
        return [f"{day.isoformat()} is there already, in row {seen[day]}."]
    seen[day] = number
    return []


def _cell_problem(cell: str, at: int, columns: Sequence[int]) -> str:
    if not cell:
        return ""
    value = _number(cell)
    name = ("value",) if len(columns) == 2 else ("numerator", "denominator")
    if value is None:
        advice = "write a plain number, or leave it blank where it is missing"
        return f"The {name[at]} “{cell[:40]}” is not a number: {advice}."
    if abs(value) > LARGEST:
        return f"The {name[at]} “{cell[:40]}” is beyond any figure."
    if value < 0 and len(columns) == 3:
        return f"The {name[at]} is below zero ({cell})."
    return ""


def _number(cell: str) -> float | None:
    """A number with or without thousand separators; None for anything else."""
    text = cell.strip().strip("'")
    if not text or not NUMBER.fullmatch(text) or not any(mark.isdecimal() for mark in text):
        return None
    return float(re.sub(r"[,\s\u00a0\u202f]", "", text).replace("−", "-"))


def _ordered(rows: list[tuple[date, list[float | None]]], width: int, notes: list[str]) -> SeriesFile:
    order = sorted(rows, key=lambda row: row[0])
    if [day for day, _ in order] != [day for day, _ in rows]:
        notes.append("The rows were put in the order of their dates.")
    return SeriesFile(
        tuple(day for day, _ in order),
        tuple(numbers[0] if width else None for _, numbers in order),
        tuple(numbers[1] for _, numbers in order) if width == 2 else (),
        width,
        tuple(notes),
    )
