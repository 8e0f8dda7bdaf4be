"""The rows of a street-level file that need a person: each by its number, with what to mend.

The engine only says that a file has such rows; here they are found one by one, in the order of the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from goldthread.warehouse.staging import Staged
from goldthread.warehouse.street import (
    AREA,
    CRIME_TYPES,
    EARLIER_CRIME_TYPES,
    NUMBER,
    Header,
    Named,
    month_of,
)

LONGEST = 64 * 1024
LINES_IN_A_CELL = 5
_AREA, _NUMBER = re.compile(AREA), re.compile(NUMBER)
_KNOWN = frozenset((*CRIME_TYPES, *EARLIER_CRIME_TYPES))
FATAL_ALWAYS = frozenset({"cut", "quote"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: its number in the file (the heading is row 1), what is wrong, and the row as it stands.

    ``kept`` rows are counted all the same; the others cannot be.
    """

    row: int
    code: str
    message: str
    line: str
    kept: bool = False


ForceOf = Callable[[str, date], str | None]


@dataclass(slots=True)
class Clean:
    """The copy of a file without the rows that cannot be counted, and how many rows it has.

    ``headings`` counts the headings met again between rows, as where files were put end to end.
    """

    file: IO[str]
    rows: int = 0
    headings: int = 0


def findings(
    staged: Staged, header: Header, named: Named | None, force_of: ForceOf, clean: Clean
) -> Iterator[Finding]:
    """Every row that needs a person. Rows that can be counted are copied into ``clean``."""
    check = _Check(header, named, force_of)
    with staged.path.open(encoding="utf-8", newline="\n") as file:
        heading = file.readline(LONGEST) if header.stands else ""
        clean.file.write(heading)
        for row, lines, last in _records(file, 2 if header.stands else 1):
            text = "".join(lines)
            if header.stands and text.strip("\r\n") == heading.strip("\r\n"):
                clean.headings += 1
                continue
            finding = check.at(row, text, whole=staged.whole_end or not last)
            if finding:
                yield finding
            if finding is None or finding.kept:
                clean.file.write(text)
                clean.rows += 1


def _records(file: IO[str], row: int) -> Iterator[tuple[int, list[str], bool]]:
    """Each record and the number of its first row, from ``row``; a quoted cell may hold a few line ends."""
    waiting = _Lines(file)
    while line := waiting.next():
        lines = [line]
        while "".join(lines).count('"') % 2 and len(lines) < LINES_IN_A_CELL and (more := waiting.next()):
            lines.append(more)
        if "".join(lines).count('"') % 2:
            waiting.back(lines[1:])
            lines = lines[:1]
        if line.strip("\r\n"):
            yield row, lines, waiting.at_end()
        row += len(lines)


class _Lines:
    """Lines that can be handed back."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._held: list[str] = []

    def next(self) -> str:
        return self._held.pop(0) if self._held else self._file.readline(LONGEST)

    def back(self, lines: list[str]) -> None:
        self._held = lines + self._held

    def at_end(self) -> bool:
        if not self._held and (line := self._file.readline(LONGEST)):
            self._held.append(line)
        return not self._held


class _Check:
    """The tests of one row."""

    def __init__(self, header: Header, named: Named | None, force_of: ForceOf) -> None:
        self._between = header.between
        self._width = len(header.columns)
        self._place = {column: place for place, column in enumerate(header.columns)}
        self._named = named
        self._force_of = force_of

    def at(self, row: int, text: str, *, whole: bool) -> Finding | None:
        """The first thing wrong with a row, or nothing."""
        line = text.strip("\r\n")
        if text.count('"') % 2:
            words = "A quote mark is opened and never closed, so the rows after it cannot be told apart."
            return Finding(row, "quote", words, line[:500])
        cells = [cell.strip() for cell in next(csv.reader([text], delimiter=self._between), [])]
        if len(cells) < self._width and not whole:
            words = "The last row is cut short: the file was not written to its end. Download it again."
            return Finding(row, "cut", words, line)
        if len(cells) != self._width:
            words = f"It has {len(cells)} cells and the heading {self._width}."
            return Finding(row, "cells", words, line[:500])
        found = self._cells(cells)
        return Finding(row, found[0], found[1], line, kept=found[0] == "type") if found else None

    def _cells(self, cells: list[str]) -> tuple[str, str] | None:
        month, kind = month_of(self._cell(cells, "Month")), self._cell(cells, "Crime type")
        force, area = self._cell(cells, "Falls within"), self._cell(cells, "LSOA code")
        if month is None:
            return "month", f"Its month “{self._cell(cells, 'Month')[:40]}” is not written like 2024-01."
        if not kind:
            return "no-type", "It has no crime type."
        if not force:
            return "no-force", "It does not say which force it falls within."
        if area and not _AREA.fullmatch(area):
            return "area", f"Its LSOA code “{area[:40]}” is not written like E01018026."
        for column in ("Longitude", "Latitude"):
            if (place := self._cell(cells, column)) and not _NUMBER.fullmatch(place):
                return "place", f"Its {column.lower()} “{place[:40]}” is not a number of degrees."
        return self._other(month, force, kind)

    def _other(self, month: date, force: str, kind: str) -> tuple[str, str] | None:
        if self._named and month != self._named.month:
            words = f"It is of {month:%B %Y}, and the file’s name says {self._named.month:%B %Y}."
            return "other-month", words
        key = self._force_of(force, month)
        if self._named and key is not None and key != self._named.force:
            return "other-force", f"It is of {force}, and the file’s name says “{self._named.force}”."
        if kind not in _KNOWN:
            return "type", f"The crime type “{kind[:80]}” is not one that we know; it is kept as it stands."
        return None

    def _cell(self, cells: list[str], column: str) -> str:
        place = self._place.get(column)
        return cells[place] if place is not None else ""


class ErrorFile:
    """A CSV file of the rows to mend, begun with the first of them."""

    MOST = 100_000

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._file: IO[str] | None = None

    def add(self, where: str, finding: Finding) -> None:
        """Write one row, as long as the file stays of a size to open."""
        if self.rows >= self.MOST:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(("File", "Row", "What is wrong", "The row as it stands"))
        csv.writer(self._file).writerow(
            (_harmless(where), finding.row, finding.message, _harmless(finding.line))
        )
        self.rows += 1

    def close(self) -> Path | None:
        """The finished file; None when there was nothing to write."""
        if self._file is None:
            return None
        self._file.close()
        return self.path


def _harmless(line: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "\t")) else line
