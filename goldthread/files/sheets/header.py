"""Where the table is on a tab: its heading rows, its rows of figures, the title above and the notes below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from goldthread.files.sheets.periods import EARLIEST, LATEST, read_period
from goldthread.files.sheets.sheet import Row, Tab, Value, shown
from goldthread.files.sheets.stated import DASHES, MISSING, SUPPRESSED, read_number

_LOOK = 80
_MOST_HEADING_ROWS = 5


@dataclass(frozen=True, slots=True)
class Block:
    """The table of a tab: a name for each column, its rows, and the rows outside it."""

    names: tuple[str, ...]
    heads: tuple[Value, ...]
    heading: tuple[int, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]
    below: tuple[Row, ...]


def find_block(tab: Tab) -> Block:
    """The table of a tab. Merged headings are spread over their columns, and joined from above down."""
    rows = tab.rows
    first = _first_of_figures(tab)
    heading = _heading_above(tab, first)
    if not heading and rows and first == 0 and not _looks_like_figures(rows[0]):
        heading, first = (0,), 1
    end = _end(rows, first)
    width = max((len(row.cells) for row in rows[first:end]), default=0)
    width = max(width, *(len(rows[each].cells) for each in heading)) if heading else width
    names, heads = _names(tab, [rows[each] for each in heading], width)
    return Block(
        names=names,
        heads=heads,
        heading=tuple(rows[each].number for each in heading),
        rows=rows[first:end],
        above=rows[: heading[0] if heading else first],
        below=rows[end:],
    )


def _first_of_figures(tab: Tab) -> int:
    """The position of the first row that holds figures; the second row where none does."""
    for position, row in enumerate(tab.rows[:_LOOK]):
        if _looks_like_figures(row) and not _one_wide_cell(tab, row):
            return position
    widest = max((len(row.filled) for row in tab.rows[:_LOOK]), default=0)
    for position, row in enumerate(tab.rows[:_LOOK]):
        if len(row.filled) == widest:
            return min(position + 1, len(tab.rows))
    return 0


def _looks_like_figures(row: Row) -> bool:
    """Whether a row has a cell before a number, or a day before anything; a row of years is a heading."""
    filled = row.filled
    if len(filled) < 2:
        return False
    later = [row.cells[column] for column in filled[1:]]
    if all(_is_period(value) for value in later) and not isinstance(row.cells[filled[0]], date):
        return False
    if _years(later) and not isinstance(row.cells[filled[0]], float):
        return False
    return any(_says_number(value) for value in later)


def _is_period(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and read_period(value) is not None)


def _years(values: list[Value]) -> bool:
    """Whether these are two or more years that follow each other, as headings do."""
    numbers = [value if isinstance(value, float) else _plain(value) for value in values]
    known = [number for number in numbers if number is not None]
    rising = all(a < b for a, b in pairwise(known))
    return len(known) == len(values) > 1 and rising and all(EARLIEST <= n <= LATEST for n in known)


def _plain(value: Value) -> float | None:
    return float(value) if isinstance(value, str) and value.isdigit() and len(value) == 4 else None


def _says_number(value: Value) -> bool:
    if isinstance(value, str) and value.casefold() in MISSING | SUPPRESSED | DASHES | {"x", "[c]", "[x]"}:
        return True
    return value is not None and read_number(value).number is not None


def _one_wide_cell(tab: Tab, row: Row) -> bool:
    return len({shown(value) for value in row.cells if value is not None}) == 1 and any(
        r1 <= row.number <= r2 and c2 > c1 for r1, c1, r2, c2 in tab.merged
    )


def _heading_above(tab: Tab, first: int) -> tuple[int, ...]:
    """The positions of the rows just above the figures that name columns, the uppermost first."""
    found: list[int] = []
    for position in range(first - 1, max(-1, first - 1 - _MOST_HEADING_ROWS), -1):
        row = tab.rows[position]
        below = tab.rows[found[0]].number if found else tab.rows[first].number if first < len(tab.rows) else 0
        if found and below - row.number > 2:
            break
        if found and not _belongs(tab, row, tab.rows[found[0]]):
            break
        found.insert(0, position)
    return tuple(found)


def _belongs(tab: Tab, row: Row, lower: Row) -> bool:
    """Whether a row above a heading is part of it: it spans columns, and stands over more than the first."""
    spans = [(c1, c2) for r1, c1, r2, c2 in tab.merged if r1 <= row.number <= r2 and (c2 > c1 or r2 > r1)]
    if any(c2 - c1 + 1 >= max(3, len(lower.filled)) for c1, c2 in spans):
        return False
    if spans:
        return True
    return len(row.filled) > 1 and row.filled[-1] <= max(lower.filled, default=0)


def _end(rows: tuple[Row, ...], first: int) -> int:
    """The position after the last row of figures: what follows holds one cell of words in each row."""
    end = len(rows)
    wide = any(len(row.filled) > 1 for row in rows[first:])
    while wide and end > first and _is_note(rows[end - 1]):
        end -= 1
    return end


def _is_note(row: Row) -> bool:
    """Whether a row holds one cell of words and nothing else; a month alone is a row of figures not given."""
    return len(row.filled) == 1 and not _is_period(row.cells[row.filled[0]])


def _names(tab: Tab, heading: list[Row], width: int) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    """For each column what its heading cells say together, and its lowest heading cell as it is."""
    names, heads = [], []
    for column in range(width):
        values = [_spread(tab, row, column, heading) for row in heading]
        said: list[str] = []
        for value in values:
            words = " ".join(shown(value).split())
            if words and words not in said:
                said.append(words)
        names.append(" ".join(said))
        heads.append(next((value for value in reversed(values) if value is not None), None))
    return tuple(names), tuple(heads)


def _spread(tab: Tab, row: Row, column: int, heading: list[Row]) -> Value:
    """A heading cell, or the one that it is merged with."""
    value = row.cell(column)
    if value is not None:
        return value
    for r1, c1, r2, c2 in tab.merged:
        if r1 <= row.number <= r2 and c1 <= column <= c2:
            return next((each.cell(c1) for each in heading if each.number == r1), None)
    return None
