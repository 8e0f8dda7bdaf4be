"""The cells of one row read as a period and as figures, each fault told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from goldthread.core.spc.values import Stated
from goldthread.files.sheets.faults import Notebook
from goldthread.files.sheets.header import Block
from goldthread.files.sheets.matching import NUMBERS, Match, folded
from goldthread.files.sheets.periods import Period, quarter_or_year_words, read_period
from goldthread.files.sheets.sheet import Row, Tab, Value, shown
from goldthread.files.sheets.stated import Said, read_number

_PROVISIONAL = frozenset(
    {"p", "provisional", "yes", "y", "true", "draft", "prov", "1", "estimate", "interim"}
)
_FORMS = "Write it as Jan-24, January 2024, 01/01/2024, 2024-01 or Q1 2024/25."
_QUARTER = "A quarter needs its financial year: write Q1 2024/25, or Apr to Jun 2024."


class Measured(Protocol):
    """What must be known of a measure to read its figures."""

    @property
    def name(self) -> str: ...
    @property
    def has_denominator(self) -> bool: ...
    @property
    def proportion(self) -> bool: ...
    @property
    def multiplier(self) -> float: ...
    @property
    def negative(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a row says of one figure."""

    stated: Stated
    value: float | None
    numerator: float | None
    denominator: float | None
    provisional: bool


class CellReader:
    """Reads the cells of one table; what it finds wrong goes into the notebook that it was given."""

    def __init__(self, tab: Tab, block: Block, match: Match, since_1904: bool, notes: Notebook) -> None:
        self._block, self._match, self._since_1904, self._notes = block, match, since_1904, notes
        self._above: dict[int, Value] = {}
        self._signs: set[str] = set()
        self._percents: dict[int, set[bool]] = {}
        self._merged = [(r1, c1, r2, c2) for r1, c1, r2, c2 in tab.merged if r2 > r1]
        found = [at for key in NUMBERS if (at := match.column(key)) is not None]
        self.first_number = found[0] if found else 0

    def down(self, row: Row, column: int) -> Value:
        """A label, or the one above where cells are merged downwards."""
        value = row.cell(column)
        if value is not None:
            self._above[column] = value
            return value
        return self._above.get(column) if self._shares_cell(row, column) else None

    def period(self, row: Row, column: int | None, frequency: str) -> Period | None:
        """The period of a row, or of the heading above a column; a fault where there is none."""
        if self._match.across == "period" and column is not None:
            for said in (self._block.heads[column], self._block.names[column]):
                found = read_period(said, since_1904=self._since_1904, frequency=frequency)
                if found is not None:
                    return found
            self._notes.fault("period-heading", row.number, column, forms=_FORMS)
            return None
        at = self._match.column("period")
        value = self.down(row, at) if at is not None else None
        if value is None:
            self._notes.fault("period-unsaid", row.number, at)
            return None
        found = read_period(value, since_1904=self._since_1904, frequency=frequency)
        if found is None:
            forms = _QUARTER if quarter_or_year_words(value) else _FORMS
            self._notes.fault("period", row.number, at, words=shown(value)[:60], forms=forms)
        return found

    def provisional(self, row: Row) -> bool:
        """Whether the row's own column says that it is provisional."""
        at = self._match.column("provisional")
        return at is not None and folded(shown(row.cell(at))) in _PROVISIONAL

    def numbers(self, row: Row, column: int | None, kind: Measured) -> Numbers | None:
        """The figure of a row; None, with a fault told, where it cannot be taken."""
        if column is not None:
            said = self._said(row, column, kind)
            return self._alone(row, column, said, kind) if said is not None else None
        given: dict[str, tuple[int, Said]] = {}
        for key in NUMBERS:
            at = self._match.column(key)
            found = self._said(row, at, kind) if at is not None else None
            if at is not None and found is None:
                return None
            if at is not None and found is not None:
                given[key] = (at, found)
        if "numerator" in given and "denominator" in given:
            return self._parts(row, given, kind)
        if "numerator" in given and not kind.has_denominator:
            return self._alone(row, *given["numerator"], kind)
        if "value" in given:
            return self._alone(row, *given["value"], kind)
        self._notes.fault_once("columns", measure=kind.name)
        return None

    def _said(self, row: Row, column: int, kind: Measured) -> Said | None:
        value, number, words = row.cell(column), row.number, shown(row.cell(column))[:60]
        if self._shares_cell(row, column):
            self._notes.fault("merged", number, column)
            return None
        match = self._match
        said = read_number(value, dash_is_zero=match.dash_is_zero, x_is_suppressed=match.x_is_suppressed)
        if said.sign and said.sign not in self._signs:
            self._signs.add(said.sign)
            taken = "zero" if said.stated == Stated.VALUE else said.stated.value
            self._notes.tell(
                "sign", number, column, sign="a dash" if said.sign == "-" else "an x", taken=taken
            )
        if said.fault:
            self._notes.fault(said.fault, number, column, words=words)
            return None
        if said.number is not None:
            self._percents.setdefault(column, set()).add(said.percent)
            if said.number < 0 and not kind.negative:
                self._notes.fault("negative", number, column, words=words)
                return None
        return said

    def _shares_cell(self, row: Row, column: int) -> bool:
        return any(r1 <= row.number <= r2 and c1 <= column <= c2 for r1, c1, r2, c2 in self._merged)

    def _alone(self, row: Row, column: int, said: Said, kind: Measured) -> Numbers | None:
        if said.stated != Stated.VALUE or said.number is None:
            return Numbers(said.stated, None, None, None, said.provisional)
        if said.percent and kind.multiplier != 100:
            self._notes.fault("percent", row.number, column, measure=kind.name)
            return None
        if kind.proportion and said.number > kind.multiplier:
            facts = {"words": f"{said.number:g}", "most": f"{kind.multiplier:g}"}
            self._notes.fault("over-whole", row.number, column, **facts)
            return None
        numerator = None if kind.has_denominator else said.number
        return Numbers(said.stated, said.number, numerator, None, said.provisional)

    def _parts(self, row: Row, given: Mapping[str, tuple[int, Said]], kind: Measured) -> Numbers | None:
        (at, top), (below, bottom) = given["numerator"], given["denominator"]
        unsaid = [said.stated for said in (top, bottom) if said.stated != Stated.VALUE]
        provisional = top.provisional or bottom.provisional
        if unsaid:
            stated = Stated.SUPPRESSED if Stated.SUPPRESSED in unsaid else Stated.MISSING
            if len(unsaid) == 1 and stated == Stated.MISSING:
                self._notes.tell("half", row.number, at)
            return Numbers(stated, None, None, None, provisional)
        numerator, denominator = top.number or 0.0, bottom.number or 0.0
        if denominator == 0:
            self._notes.fault("zero-denominator", row.number, below)
            return None
        if kind.proportion and numerator > denominator:
            self._notes.fault("over", row.number, at, top=f"{numerator:,g}", bottom=f"{denominator:,g}")
            return None
        return Numbers(
            Stated.VALUE, numerator / denominator * kind.multiplier, numerator, denominator, provisional
        )

    def tell_scales(
        self, measures: Mapping[str, Measured], values: Iterable[tuple[str, float | None]]
    ) -> None:
        """Tell where percentages stand with and without their sign, or as parts of one.

        ``measures`` and ``values`` go by the keys of measures.
        """
        for column, signed in self._percents.items():
            if len(signed) > 1:
                self._notes.tell("mixed", 0, column)
        found: dict[str, list[float]] = {}
        for key, value in values:
            kind = measures.get(key)
            if value is not None and kind is not None and kind.proportion and kind.multiplier == 100:
                found.setdefault(kind.name, []).append(value)
        for name, numbers in found.items():
            if len(numbers) > 2 and 0 < max(numbers) <= 1:
                self._notes.tell("scale", 0, self.first_number, measure=name)
