"""The cells of one row of a list of actions, read as words, days, weights and pounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goldthread.delivery.importing.days import Day, read_day
from goldthread.delivery.importing.layout import Cells, Layout
from goldthread.files.sheets.faults import Fault
from goldthread.files.sheets.matching import folded
from goldthread.files.sheets.sheet import Row, Tab, Value, shown
from goldthread.files.sheets.stated import read_number

LONGEST = 300
DONE = frozenset({"complete", "completed", "done", "finished", "closed", "achieved", "delivered"})
BEGUN = frozenset({"under way", "underway", "in progress", "started", "ongoing", "on track", "on course"})
DROPPED = frozenset({"dropped", "cancelled", "withdrawn", "stopped", "no longer needed"})


@dataclass(slots=True)
class Reader:
    """Reads the cells of a list; faults keep rows out, and what is told stops nothing."""

    tab: Tab
    layout: Layout
    year: int
    since_1904: bool
    faults: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    _forms: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _cells: Cells = field(init=False)

    def __post_init__(self) -> None:
        self._cells = Cells(self.tab)

    def value(self, row: Row, key: str) -> Value:
        """What a cell says, or the cell that it is merged into."""
        column = self.layout.column(key)
        return self._cells.at(row.number, column) if column is not None else None

    def words(self, row: Row, key: str) -> str:
        """The words of a cell, without what cannot be seen."""
        said = "\n".join(" ".join(line.split()) for line in shown(self.value(row, key)).splitlines())
        return "".join(each for each in said if each.isprintable() or each == "\n").strip()

    def short(self, row: Row, key: str, words: str) -> str:
        """Words on one line; a fault where they are too long for a title."""
        words = " ".join(words.split())
        if len(words) > LONGEST:
            said = _("It is longer than %(most)s letters.") % {"most": LONGEST}
            mend = _("Shorten it, and put the rest in a column of details.")
            self.fault(row.number, self.layout.column(key), said, mend, "long")
        return words[:LONGEST]

    def day(self, row: Row, key: str, *, last: bool = True) -> date | None:
        """The day that a cell names; of a month its last, or its first."""
        column = self.layout.column(key)
        found = read_day(self.value(row, key), year=self.year, last=last, since_1904=self.since_1904)
        if column is not None:
            self._note_day(row, column, found)
        return found.on

    def _note_day(self, row: Row, column: int, found: Day) -> None:
        if found.fault:
            self.fault(row.number, column, found.fault, "", "day")
        if found.told:
            self.tell(row.number, column, found.told, "day")
        if found.form:
            self._forms[column][found.form] += 1

    def past(self, row: Row, key: str) -> date | None:
        """A day on which something was done; words that only say that it was are a fault."""
        value, column = self.value(row, key), self.layout.column(key)
        if folded(shown(value)) in DONE | {"yes", "y"}:
            words = _("It says that it is done and not when.")
            self.fault(row.number, column, words, _("Write the day."), "done-when")
            return None
        if isinstance(value, bool) or folded(shown(value)) in {"no", "n"}:
            return None
        return self.day(row, key)

    def state(self, row: Row) -> tuple[date | None, bool]:
        """When an action was finished, and whether it was begun."""
        finished, said = self.past(row, "finished"), folded(self.words(row, "state"))
        column = self.layout.column("state")
        if said in DROPPED:
            words = _("It says that it was dropped.")
            self.fault(
                row.number, column, words, _("Leave it out, or take it in and drop it here."), "dropped"
            )
        elif said in DONE and finished is None:
            words = _("It says that it is done and not when.")
            self.fault(row.number, column, words, _("Write the day it was completed."), "done-when")
        return finished, said in BEGUN

    def weight(self, row: Row) -> int:
        """The weight of an action: 1 where none is said."""
        value, column = self.value(row, "weight"), self.layout.column("weight")
        if value is None:
            return 1
        number = None if isinstance(value, date) else read_number(value).number
        if number is None or number != int(number) or not 1 <= number <= 100:
            words = _("“%(words)s” is no weight.") % {"words": shown(value)[:60]}
            self.fault(row.number, column, words, _("Write a whole number from 1 to 100."), "weight")
            return 1
        return int(number)

    def cost(self, row: Row) -> tuple[str, str]:
        """The cost in pounds, or in words where it is no number."""
        value = self.value(row, "cost")
        number = None if isinstance(value, date) else read_number(value).number
        if value is None:
            return "", ""
        if number is None or number < 0 or number >= 10**9:
            return "", self.words(row, "cost")[:300]
        return str(Decimal(str(number)).quantize(Decimal("0.01"))), ""

    def lower(self, row: Row, key: str) -> bool:
        """Whether a cell is the lower part of one that is merged downwards."""
        column = self.layout.column(key)
        return column is not None and self._cells.continues(row.number, column)

    def tell_forms(self) -> None:
        """Tell each column whose days are written in more than one way."""
        for column, forms in sorted(self._forms.items()):
            if len(forms) > 1:
                ways = ", ".join(f"{form} ({count})" for form, count in forms.most_common())
                words = _("Its days are written in %(n)s ways: %(ways)s. All were read.")
                self.tell(0, column, words % {"n": len(forms), "ways": ways}, "forms")

    def fault(self, row: int, column: int | None, words: str, mend: str, code: str) -> None:
        """Note something that keeps a row out."""
        self.faults.append(self._made(row, column, words, mend, code))

    def tell(self, row: int, column: int | None, words: str, code: str) -> None:
        """Note something that a person should know and that stops nothing."""
        self.told.append(self._made(row, column, words, "", code))

    def _made(self, row: int, column: int | None, words: str, mend: str, code: str) -> Fault:
        names = self.layout.names
        heading = names[column] if column is not None and column < len(names) else ""
        return Fault(self.tab.name, row, column, words, mend, code, heading[:60])
