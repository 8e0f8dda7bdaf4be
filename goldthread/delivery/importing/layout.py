"""Where a list of actions is on a sheet, and which column says what: by its headings, merged or not."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldthread.files.sheets.matching import Wanted, by_names
from goldthread.files.sheets.sheet import Row, Sheet, Tab, Value, shown

WANTED = (
    Wanted("priority", ("priority", "priority for action", "pfa", "priority number", "priority ref")),
    Wanted("number", ("ref", "reference", "number", "no", "action ref", "action no", "action number", "id")),
    Wanted("action", ("action", "actions", "deliverable", "activity", "what we will do", "task")),
    Wanted("words", ("description", "detail", "details", "what it means")),
    Wanted(
        "owner",
        (
            *("owner", "lead", "action owner", "lead officer", "responsible", "responsible officer"),
            *("accountable", "who", "lead owner", "owned by"),
        ),
    ),
    Wanted("starts", ("start", "starts", "start date", "begin")),
    Wanted(
        "due",
        (
            *("due", "due date", "by when", "deadline", "target date", "completion date", "finish date"),
            *("end date", "timescale", "due by"),
        ),
    ),
    Wanted("forecast", ("forecast", "revised date", "revised due", "now expected", "revised deadline")),
    Wanted("finished", ("completed", "completed on", "date completed", "actual", "actual date", "done on")),
    Wanted("milestone", ("milestone", "milestones", "key milestone", "key milestones", "step")),
    Wanted("milestone_due", ("milestone due", "milestone date", "milestone deadline", "milestone by when")),
    Wanted("milestone_reached", ("milestone reached", "milestone completed", "milestone actual")),
    Wanted("milestone_owner", ("milestone owner", "milestone lead")),
    Wanted("weight", ("weight", "weighting")),
    Wanted("cost", ("cost", "budget", "cost £", "costs")),
    Wanted("state", ("status", "state")),
)
KEYS = tuple(each.key for each in WANTED)
_LOOK = 40
"""How far down the first heading is looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A list on a sheet: the numbers of its heading rows, a name for each column, what the columns say."""

    tab: str
    heading: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()

    def column(self, key: str) -> int | None:
        """The column that says something; None where none does."""
        return dict(self.columns).get(key)

    @property
    def last_heading(self) -> int:
        """The number of the last row of headings; 0 where there are none."""
        return max(self.heading, default=0)


@dataclass(slots=True)
class Cells:
    """The cells of a sheet, each merged range answering as its first cell wherever it is asked.

    The ranges are looked up by column and never spread out, because a file may claim enormous ones.
    """

    tab: Tab
    _rows: dict[int, Row] = field(default_factory=dict)
    _spans: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rows = {row.number: row for row in self.tab.rows}
        width = max((len(row.cells) for row in self.tab.rows), default=0)
        spans: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for r1, c1, r2, c2 in self.tab.merged:
            for column in range(c1, min(c2, width - 1) + 1):
                spans[column].append((r1, r2, c1))
        self._spans = {column: sorted(found) for column, found in spans.items()}

    def at(self, number: int, column: int) -> Value:
        """What a cell says, or the range that it is merged into."""
        row = self._rows.get(number)
        value = row.cell(column) if row else None
        if value is not None:
            return value
        anchor = self.anchor(number, column)
        first = self._rows.get(anchor[0]) if anchor else None
        return first.cell(anchor[1]) if first and anchor else None

    def anchor(self, number: int, column: int) -> tuple[int, int] | None:
        """The first cell of the range that a cell is merged into: its row's number and its column."""
        spans = self._spans.get(column, [])
        place = bisect_right(spans, (number, float("inf"), 0)) - 1
        if place < 0 or not spans[place][0] <= number <= spans[place][1]:
            return None
        return spans[place][0], spans[place][2]

    def continues(self, number: int, column: int) -> bool:
        """Whether a cell says nothing itself and is the lower part of a range begun in an earlier row."""
        row = self._rows.get(number)
        if row is not None and row.cell(column) is not None:
            return False
        anchor = self.anchor(number, column)
        return anchor is not None and anchor[0] < number


def find_layout(tab: Tab) -> Layout:
    """The headings that name the most of what is wanted, one row or two joined; none where fewer than two."""
    cells = Cells(tab)
    best = Layout(tab.name)
    for rows in _candidates(tab, cells):
        names = _names(cells, rows, tab)
        found = by_names(names, WANTED, [at for at, name in enumerate(names) if name])
        if len(found) > max(1, len(best.columns)) and "action" in dict(found):
            best = Layout(tab.name, tuple(row.number for row in rows), names, tuple(sorted(found)))
    return best


def _candidates(tab: Tab, cells: Cells) -> Iterator[Sequence[Row]]:
    """Each row by itself, and with the next one where a cell of it spans columns or both rows.

    A row with one cell is a title and no heading.
    """
    for place, row in enumerate(tab.rows[:_LOOK]):
        yield (row,)
        below = tab.rows[place + 1 : place + 2]
        next_to = below and below[0].number == row.number + 1 and len(row.filled) > 1
        if next_to and any(r1 == row.number and (c2 > c1 or r2 > r1) for r1, c1, r2, c2 in tab.merged):
            yield (row, *below)


def _names(cells: Cells, rows: Sequence[Row], tab: Tab) -> tuple[str, ...]:
    """For each column what its heading cells say together, from above down."""
    width = max((len(row.cells) for row in tab.rows), default=0)
    names = []
    for column in range(width):
        said = (" ".join(shown(cells.at(row.number, column)).split()) for row in rows)
        names.append(" ".join(dict.fromkeys(words for words in said if words)))
    return tuple(names)


def likeliest(sheet: Sheet) -> Layout:
    """The list on the sheet of a workbook that looks most like one; hidden sheets come last."""
    found = [(find_layout(tab), not tab.hidden) for tab in sheet.tabs]
    return max(found, key=lambda each: (each[1], len(each[0].columns)))[0]


def layout_of(form: Mapping[str, Any], sheet: Sheet) -> Layout:
    """The list as its columns were chosen; what the file does not have is left out."""
    tab = sheet.tab(str(form.get("tab", "")))
    if tab is None:
        return likeliest(sheet)
    guessed = find_layout(tab)
    chosen = dict(form.get("columns", {}))
    columns = tuple(sorted((key, int(at)) for key, at in chosen.items() if int(at) < len(guessed.names)))
    return Layout(tab.name, guessed.heading, guessed.names, columns)
