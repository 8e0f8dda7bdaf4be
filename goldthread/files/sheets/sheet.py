"""A sheet of figures as it stands in a file, before anything is understood of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.core.problems import Problem

Value = str | float | bool | date | None
"""A cell: words, a number, a yes or no, a day, or nothing. A formula's error is its words, as “#DIV/0!”."""

Range = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column. Rows count from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the number that a spreadsheet shows beside it."""

    number: int
    cells: tuple[Value, ...]
    hidden: bool = False

    def cell(self, column: int) -> Value:
        """The cell in a column counted from 0; nothing past the end."""
        return self.cells[column] if 0 <= column < len(self.cells) else None

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold something."""
        return tuple(column for column, value in enumerate(self.cells) if value is not None)


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook, or the whole of a CSV file. Rows that hold nothing are left out."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of figures: its tabs, the system its dates are counted in, and what was noticed on reading."""

    name: str
    kind: str
    tabs: tuple[Tab, ...]
    notes: tuple[Problem, ...] = ()
    since_1904: bool = False

    def tab(self, name: str) -> Tab | None:
        """The tab of that name, whatever its capitals."""
        return next((tab for tab in self.tabs if tab.name.casefold() == name.casefold()), None)


def letters(column: int) -> str:
    """A column counted from 0 as a spreadsheet names it: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def shown(value: Value) -> str:
    """A cell as a person would read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value
