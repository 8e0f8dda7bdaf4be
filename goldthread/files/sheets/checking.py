"""Every row of a table of figures checked: what it says, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import process

from goldthread.core.problems import Problem
from goldthread.core.spc.values import Stated
from goldthread.files.sheets.cells import CellReader
from goldthread.files.sheets.faults import WORDS, Fault, Notebook
from goldthread.files.sheets.header import Block, find_block
from goldthread.files.sheets.matching import Match, folded
from goldthread.files.sheets.periods import Period, Span, run_between
from goldthread.files.sheets.sheet import Row, Sheet, Tab, shown

__all__ = ["Checked", "Entry", "Fault", "Kind", "Rules", "check"]

_TOTALS = frozenset({"total", "totals", "grand total", "sum", "average", "mean", "all", "year total", "ytd"})
_MOST_FAULTS = 2_000
_NEAR = 75
_LENGTHS = {"month": "months", "quarter": "quarters", "year": "years", "event": "days"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a measure when its figures are checked."""

    key: str
    name: str
    frequency: str = "month"
    has_denominator: bool = False
    proportion: bool = False
    """Whether the numerator is a part of the denominator."""
    multiplier: float = 1.0
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What figures are checked against: measures and areas by their folded names, the day, what is given.

    ``measure`` and ``area`` are keys that hold for every row of a file that does not say.
    """

    measures: Mapping[str, Kind]
    areas: Mapping[str, str]
    today: date
    measure: str = ""
    area: str = ""
    area_names: Mapping[str, str] = field(default_factory=dict)
    period: date | None = None
    """The period of every row of a file that does not say."""
    added: bool = False
    """Whether rows of the same measure, area and period are parts to be added up."""
    keep: frozenset[int] | None = None
    """The numbers of the rows to look at; None for all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as a row says it."""

    row: int
    column: int
    measure: str
    area: str
    period: date
    stated: Stated
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a table says: its figures, the faults that keep it from being loaded, and what is only told."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    told: tuple[Fault, ...]
    rows: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults as problems, in the order of the table."""
        return tuple(fault.problem for fault in self.faults)


def check(sheet: Sheet, match: Match, rules: Rules) -> Checked:
    """Read every row of the matched tab and find everything that is wrong with it, not only the first."""
    tab = sheet.tab(match.tab)
    if tab is None:
        message, mend = WORDS["tab"]
        return Checked((), (Fault("", 0, None, message.format(name=match.tab), mend, "tab"),), (), 0)
    return _Check(sheet, tab, match, rules).run()


class _Check:
    """One run over one table."""

    def __init__(self, sheet: Sheet, tab: Tab, match: Match, rules: Rules) -> None:
        self._tab, self._match, self._rules = tab, match, rules
        self._block: Block = find_block(tab)
        self._notes = Notebook(tab.name, self._block.names)
        self._cells = CellReader(tab, self._block, match, sheet.since_1904, self._notes)
        self._by_key = {kind.key: kind for kind in rules.measures.values()}
        self._entries: list[Entry] = []
        self._unknown: set[tuple[int, str]] = set()
        self._seen: dict[tuple[str, str, date], Entry] = {}
        self._spoken_of: dict[tuple[str, str], set[date]] = {}
        self._width = max((at for at, name in enumerate(self._block.names) if name), default=-1)

    def run(self) -> Checked:
        """Look at every row, then at the table as a whole."""
        for column in sorted({at for _, at in self._match.columns} | set(self._match.spread)):
            if column in self._tab.hidden_columns:
                self._notes.tell("hidden-column", 0, column)
        for row in self._block.rows:
            if self._rules.keep is not None and row.number not in self._rules.keep:
                continue
            if len(self._notes.faults) >= _MOST_FAULTS:
                self._notes.fault("many", row.number)
                break
            self._row(row)
        if not self._entries and not self._notes.faults:
            self._notes.fault("none", 0)
        self._tell_gaps()
        self._cells.tell_scales(self._by_key, [(entry.measure, entry.value) for entry in self._entries])
        faults, told = tuple(self._notes.faults), tuple(self._notes.told)
        return Checked(tuple(self._entries), faults, told, len(self._block.rows))

    def _row(self, row: Row) -> None:
        if row.filled and 0 <= self._width < row.filled[-1]:
            self._notes.fault("wide", row.number)
            return
        if self._is_total(row):
            self._notes.tell("total", row.number)
            return
        if row.hidden:
            self._notes.tell("hidden", row.number)
        for column in self._match.spread or (None,):
            self._figure(row, column)

    def _is_total(self, row: Row) -> bool:
        """Whether a row's label says that it is the sum of others, and is no area of ours."""
        labels = {0, self._match.column("period"), self._match.column("area")} - {None}
        words = [folded(value) for at in labels if isinstance(value := row.cell(at or 0), str)]
        return any(each in _TOTALS and each not in self._rules.areas for each in words)

    def _figure(self, row: Row, column: int | None) -> None:
        kind, area = self._kind(row, column), self._area(row, column)
        if area is None and self._match.only_known_areas:
            return
        frequency = kind.frequency if kind else "month"
        found = self._given_period() or self._cells.period(row, column, frequency)
        if kind is None or area is None or found is None:
            return
        period = self._start(row, column, found, kind)
        numbers = self._cells.numbers(row, column, kind)
        if period is not None:
            self._spoken_of.setdefault((kind.key, area), set()).add(period)
        if period is None or numbers is None:
            return
        entry = Entry(
            row=row.number,
            column=column if column is not None else self._cells.first_number,
            measure=kind.key,
            area=area,
            period=period,
            stated=numbers.stated,
            value=numbers.value,
            numerator=numbers.numerator,
            denominator=numbers.denominator,
            provisional=numbers.provisional or found.provisional or self._cells.provisional(row),
        )
        self._once(entry)

    def _given_period(self) -> Period | None:
        """The period that was said of the whole file, where no column or heading says one."""
        if (
            self._rules.period is None
            or self._match.across == "period"
            or self._match.column("period") is not None
        ):
            return None
        return Period(self._rules.period, Span.DAY)

    def _once(self, entry: Entry) -> None:
        earlier = self._seen.setdefault((entry.measure, entry.area, entry.period), entry)
        if earlier is entry:
            self._entries.append(entry)
            return
        if self._rules.added:
            joined = _joined(earlier, entry)
            self._entries[self._entries.index(earlier)] = self._seen[
                joined.measure, joined.area, joined.period
            ] = joined
            return
        same = (earlier.stated, earlier.value) == (entry.stated, entry.value)
        self._notes.fault(
            "twice",
            entry.row,
            entry.column,
            month=_month(entry.period),
            where=f"row {earlier.row}" if earlier.row != entry.row else "the same row",
            what="the same" if same else "another",
        )
        if not same and earlier in self._entries:
            self._neither(earlier, entry)

    def _neither(self, earlier: Entry, entry: Entry) -> None:
        """Take neither of two figures for one month: nobody here can say which is right."""
        self._entries.remove(earlier)
        where = f"row {entry.row}" if earlier.row != entry.row else "the same row"
        self._notes.fault("again", earlier.row, earlier.column, month=_month(earlier.period), where=where)

    def _kind(self, row: Row, column: int | None) -> Kind | None:
        words = self._part("measure", row, column)
        if not words:
            kind = self._by_key.get(self._rules.measure)
            if kind is None:
                self._unsaid("measure", row)
            return kind
        found = self._rules.measures.get(folded(words))
        if found is None:
            near = _near(words, [kind.name for kind in self._by_key.values()], "the measure’s name")
            self._notes.fault("measure", row.number, self._at("measure", column), words=words[:60], near=near)
        return found

    def _area(self, row: Row, column: int | None) -> str | None:
        words = self._part("area", row, column)
        if not words:
            if not self._rules.area:
                self._unsaid("area", row)
            return self._rules.area or None
        found = self._rules.areas.get(folded(words))
        if found is None:
            self._unknown_area(row, column, words[:60])
        return found

    def _unknown_area(self, row: Row, column: int | None, words: str) -> None:
        """An area that nobody knows: told once for a heading, and for each row that names one itself."""
        at = self._at("area", column)
        number = (
            self._block.heading[-1] if self._match.across == "area" and self._block.heading else row.number
        )
        if (number, words) in self._unknown:
            return
        self._unknown.add((number, words))
        if self._match.only_known_areas:
            self._notes.tell("other-area", number, at, words=words)
        else:
            near = _near(words, list(self._rules.area_names.values()), "the area’s name or code")
            self._notes.fault("area", number, at, words=words, near=near)

    def _unsaid(self, part: str, row: Row) -> None:
        """A row, or the whole table, that does not say its measure or area."""
        if self._match.column(part) is None and self._match.across != part:
            self._notes.fault_once(f"{part}-unsaid")
        else:
            self._notes.fault(f"{part}-unsaid", row.number)

    def _at(self, part: str, column: int | None) -> int | None:
        """The column in which a part is said, or below whose heading."""
        return column if self._match.across == part else self._match.column(part)

    def _part(self, part: str, row: Row, column: int | None) -> str:
        """What a row or the heading above says of its measure or area; empty where nothing does."""
        if self._match.across == part and column is not None:
            head = shown(self._block.heads[column])
            known = self._rules.areas if part == "area" else self._rules.measures
            return head if folded(head) in known else self._block.names[column]
        own = self._match.column(part)
        return shown(self._cells.down(row, own)) if own is not None else ""

    def _start(self, row: Row, column: int | None, found: Period, kind: Kind) -> date | None:
        start, at = found.start(kind.frequency), self._at("period", column)
        if start is None:
            facts = {"span": found.span.value, "measure": kind.name, "lengths": _LENGTHS[kind.frequency]}
            self._notes.fault("length", row.number, at, **facts)
        elif start > self._rules.today:
            self._notes.fault("future", row.number, at, month=_month(start))
            return None
        return start

    def _tell_gaps(self) -> None:
        """Tell each month of which no row speaks, between the first and the last of a series."""
        for (measure, area), periods in self._spoken_of.items():
            run = run_between(min(periods), max(periods), self._by_key[measure].frequency)
            missing = [_month(each) for each in run if each not in periods]
            if missing:
                self._notes.tell(
                    "gap",
                    0,
                    measure=self._by_key[measure].name,
                    area=self._rules.area_names.get(area, area),
                    months=", ".join(missing[:6])
                    + (f" and {len(missing) - 6} more" if len(missing) > 6 else ""),
                )


def _joined(one: Entry, other: Entry) -> Entry:
    """Two parts of a figure added up; the whole is missing or suppressed where either part is."""
    unsaid = [each.stated for each in (one, other) if each.stated != Stated.VALUE]
    if unsaid:
        stated = Stated.SUPPRESSED if Stated.SUPPRESSED in unsaid else Stated.MISSING
        return replace(one, stated=stated, value=None, numerator=None, denominator=None)
    total = (one.value or 0.0) + (other.value or 0.0)
    provisional = one.provisional or other.provisional
    return replace(one, value=total, numerator=total, denominator=None, provisional=provisional)


def _month(day: date) -> str:
    return f"{day:%B %Y}"


def _near(words: str, names: Sequence[str], what: str) -> str:
    """Which known name may have been meant, or how to write it."""
    found = process.extractOne(words, names, score_cutoff=_NEAR)
    return f"Did you mean “{found[0]}”?" if found else f"Write {what} as it is used here."
