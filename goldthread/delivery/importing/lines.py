"""What each row of a list of actions says: an action, a milestone of the one above, a heading, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goldthread.delivery.importing.days import Day, read_day
from goldthread.delivery.importing.known import Known
from goldthread.delivery.importing.layout import Cells, Layout
from goldthread.files.sheets.faults import Fault
from goldthread.files.sheets.matching import folded
from goldthread.files.sheets.sheet import Row, Tab, Value, shown
from goldthread.files.sheets.stated import read_number

MOST = 1_000
"""How many rows of actions and milestones one file may hold."""
LONGEST = 300
DONE = frozenset({"complete", "completed", "done", "finished", "closed", "achieved", "delivered"})
BEGUN = frozenset({"under way", "underway", "in progress", "started", "ongoing", "on track", "on course"})
DROPPED = frozenset({"dropped", "cancelled", "withdrawn", "stopped", "no longer needed"})


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as a row says it."""

    row: int
    title: str
    owner: str = ""
    due: date | None = None
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An action as a row says it, with the milestones of the rows that belong to it. Cost is in pounds."""

    row: int
    priority: int
    title: str
    number: str = ""
    words: str = ""
    owner: str = ""
    starts: date | None = None
    due: date | None = None
    forecast: date | None = None
    finished: date | None = None
    begun: bool = False
    weight: int = 1
    cost: str = ""
    cost_words: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All that a list says: its actions, the faults that keep rows out, and what is only told."""

    deeds: tuple[Deed, ...] = ()
    faults: tuple[Fault, ...] = ()
    told: tuple[Fault, ...] = ()
    rows: int = 0

    @property
    def steps(self) -> int:
        """How many milestones there are."""
        return sum(len(deed.steps) for deed in self.deeds)

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who is named as an owner, in the order of the list."""
        named = (who for deed in self.deeds for who in (deed.owner, *(step.owner for step in deed.steps)))
        return tuple(dict.fromkeys(who for who in named if who))


def understand(
    tab: Tab,
    layout: Layout,
    known: Known,
    *,
    year: int,
    since_1904: bool = False,
    priority: int | None = None,
) -> Found:
    """Read every row below the headings; ``priority`` is that of every row that does not say one."""
    return _Reading(tab, layout, known, year, since_1904, priority).run()


@dataclass(slots=True)
class _Reading:
    """One run over one list."""

    tab: Tab
    layout: Layout
    known: Known
    year: int
    since_1904: bool
    priority: int | None
    deeds: list[Deed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    _last: Deed | None = None
    _out: bool = False
    _seen: dict[tuple[int, str], Deed] = field(default_factory=dict)
    _forms: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _cells: Cells = field(init=False)

    def run(self) -> Found:
        self._cells = Cells(self.tab)
        rows = [row for row in self.tab.rows if row.number > self.layout.last_heading]
        if self.layout.column("action") is None:
            self._fault(0, None, _("No column says what the action is."), _("Choose it."), "no-action")
            rows = []
        if len(rows) > MOST:
            words = _("It has %(n)s rows, and %(most)s is the most.") % {"n": len(rows), "most": MOST}
            self._fault(rows[MOST].number, None, words, _("Split it, for example by priority."), "many")
        for row in rows[:MOST]:
            self._row(row)
        if not (self.deeds or self.faults or any(each.code == "here" for each in self.told)):
            words = _("No actions were found.")
            self._fault(0, None, words, _("Look whether the right sheet and columns are chosen."), "none")
        self._tell_forms()
        return Found(tuple(self.deeds), tuple(self.faults), tuple(self.told), len(rows))

    def _row(self, row: Row) -> None:
        title, step = self._words(row, "action"), self._words(row, "milestone")
        if row.hidden:
            self._tell(row.number, None, _("It is hidden in the file, and was read all the same."), "hidden")
        if self._is_heading(row, title, step):
            self._heading(row)
        elif self._continues(row, title) and step:
            if not self._out:
                self._step(row, step)
        elif title and not self._lower(row, "action"):
            self._deed(row, title, step)
        elif step:
            words = _("It has a milestone and no action above it.")
            self._fault(row.number, self.layout.column("milestone"), words, _("Write its action."), "stray")
        elif row.filled and not self._lower(row, "action"):
            self._tell(row.number, None, _("It names no action, so it was left out."), "no-title")

    def _is_heading(self, row: Row, title: str, step: str) -> bool:
        """Whether a row says one thing only, across the table or beside it: a heading or a note."""
        filled = row.filled
        if len(filled) != 1:
            return False
        wide = any(
            r1 == row.number and c1 <= filled[0] <= c2 and c2 - c1 >= 2 for r1, c1, r2, c2 in self.tab.merged
        )
        only_priority = filled[0] == self.layout.column("priority") and not title and not step
        return wide or only_priority or not (title or step)

    def _heading(self, row: Row) -> None:
        words = shown(row.cells[row.filled[0]])
        found, told = self.known.priority(words)
        if found is None:
            said = _("“%(words)s” was taken for a heading or a note.") % {"words": words[:60]}
            self._tell(row.number, row.filled[0], said, "note")
            return
        self.priority, self._last = found, None
        if told:
            self._tell_near(row.number, row.filled[0], words, told)

    def _continues(self, row: Row, title: str) -> bool:
        """Whether a row goes on with the action above: its cell is merged, empty, or says the same again."""
        if self._last is None:
            return False
        if not title or self._lower(row, "action"):
            return True
        named = self.known.priority(words)[0] if (words := self._words(row, "priority")) else None
        same = named in (None, self._last.priority)
        return same and folded(title) == folded(self._last.title)

    def _lower(self, row: Row, key: str) -> bool:
        column = self.layout.column(key)
        return column is not None and self._cells.continues(row.number, column)

    def _deed(self, row: Row, title: str, step: str) -> None:
        before = len(self.faults)
        priority = self._priority(row)
        deed = Deed(
            row=row.number,
            priority=priority or 0,
            title=self._short(row, "action", title),
            number=self._words(row, "number"),
            words=self._words(row, "words"),
            owner=self._words(row, "owner"),
            starts=self._day(row, "starts", last=False),
            due=self._day(row, "due"),
            forecast=self._day(row, "forecast"),
            weight=self._weight(row),
        )
        deed = self._with_cost(row, self._with_state(row, deed))
        if deed.starts and deed.due and deed.due < deed.starts:
            words = _("It is due before it starts.")
            self._fault(row.number, self.layout.column("due"), words, _("Change one of the two."), "order")
        self._last, self._out = deed, len(self.faults) > before or not self._is_new(row, deed)
        if self._out:
            return
        self.deeds.append(deed)
        if step:
            self._step(row, step)

    def _is_new(self, row: Row, deed: Deed) -> bool:
        """Whether an action stands neither in the record nor above; told or a fault where it does."""
        column, key = self.layout.column("action"), (deed.priority, folded(deed.title))
        there = self.known.actions.get(key)
        if there is not None:
            words = _("“%(title)s” is here already as %(number)s, so it was left out.")
            facts = {"title": deed.title[:60], "number": there}
            self._tell(row.number, column, words % facts, "here")
            return False
        earlier = self._seen.setdefault(key, deed)
        if earlier is deed:
            return True
        where = {"row": earlier.row, "title": deed.title[:60]}
        if replace(earlier, row=0, steps=(), number="") == replace(deed, row=0, number=""):
            words = _("It says the same as row %(row)s, so it was left out.")
            self._tell(row.number, column, words % where, "twice")
        else:
            words = _("“%(title)s” stands in row %(row)s already, with another owner or other days.")
            self._fault(
                row.number, column, words % where, _("Delete one, or make the titles differ."), "twice"
            )
        return False

    def _step(self, row: Row, title: str) -> None:
        before = len(self.faults)
        first = row.number == self.deeds[-1].row
        own_due = self.layout.column("milestone_due") is not None
        shared = not (own_due or first or self._lower(row, "due"))
        deed = self.deeds[-1]
        owner = self._words(row, "milestone_owner")
        if not owner and not first and not self._lower(row, "owner"):
            owner = self._words(row, "owner")
        step = Step(
            row=row.number,
            title=self._short(row, "milestone", title),
            owner="" if owner == deed.owner else owner,
            due=self._day(row, "due") if shared else self._day(row, "milestone_due"),
            reached=self._past(row, "milestone_reached"),
        )
        if len(self.faults) > before:
            return
        if deed.finished and step.reached is None:
            words = _("Its action is done and it does not say when it was reached, so it was left out.")
            self._tell(row.number, self.layout.column("milestone"), words, "unreached")
            return
        if any(folded(each.title) == folded(step.title) and each.due == step.due for each in deed.steps):
            words = _("This milestone stands above already, so it was left out.")
            self._tell(row.number, self.layout.column("milestone"), words, "twice")
            return
        self.deeds[-1] = replace(deed, steps=(*deed.steps, step))

    def _priority(self, row: Row) -> int | None:
        words, column = self._words(row, "priority"), self.layout.column("priority")
        if not words:
            if self.priority is None:
                mend = _("Write its number: %(numbers)s.") % {"numbers": self.known.numbers}
                self._fault(row.number, column, _("It does not say its priority."), mend, "priority")
            return self.priority
        found, told = self.known.priority(words)
        if found is None:
            said = _("No priority of this year is called “%(words)s”.") % {"words": words[:60]}
            mend = _("Write its number: %(numbers)s.") % {"numbers": self.known.numbers}
            self._fault(row.number, column, said, mend, "priority")
        elif told:
            self._tell_near(row.number, column, words, told)
        self.priority = found if found is not None else self.priority
        return found

    def _tell_near(self, row: int, column: int | None, words: str, told: str) -> None:
        said = _("“%(words)s” was read as %(priority)s.") % {"words": words[:60], "priority": told}
        if not any(each.message == said for each in self.told):
            self._tell(row, column, said, "near")

    def _value(self, row: Row, key: str) -> Value:
        column = self.layout.column(key)
        return self._cells.at(row.number, column) if column is not None else None

    def _words(self, row: Row, key: str) -> str:
        said = "\n".join(" ".join(line.split()) for line in shown(self._value(row, key)).splitlines())
        return "".join(each for each in said if each.isprintable() or each == "\n").strip()

    def _short(self, row: Row, key: str, words: str) -> str:
        words = " ".join(words.split())
        if len(words) > LONGEST:
            said = _("It is longer than %(most)s letters.") % {"most": LONGEST}
            mend = _("Shorten it, and put the rest in a column of details.")
            self._fault(row.number, self.layout.column(key), said, mend, "long")
        return words[:LONGEST]

    def _day(self, row: Row, key: str, *, last: bool = True) -> date | None:
        column = self.layout.column(key)
        found = read_day(self._value(row, key), year=self.year, last=last, since_1904=self.since_1904)
        if column is not None:
            self._note_day(row, column, found)
        return found.on

    def _note_day(self, row: Row, column: int, found: Day) -> None:
        if found.fault:
            self._fault(row.number, column, found.fault, "", "day")
        if found.told:
            self._tell(row.number, column, found.told, "day")
        if found.form:
            self._forms[column][found.form] += 1

    def _past(self, row: Row, key: str) -> date | None:
        """A day on which something was done; words that only say that it was are a fault."""
        value, column = self._value(row, key), self.layout.column(key)
        if folded(shown(value)) in DONE | {"yes", "y"}:
            words = _("It says that it is done and not when.")
            self._fault(row.number, column, words, _("Write the day."), "done-when")
            return None
        if isinstance(value, bool) or folded(shown(value)) in {"no", "n"}:
            return None
        return self._day(row, key)

    def _with_state(self, row: Row, deed: Deed) -> Deed:
        finished, said = self._past(row, "finished"), folded(self._words(row, "state"))
        column = self.layout.column("state")
        if said in DROPPED:
            words = _("It says that it was dropped.")
            self._fault(
                row.number, column, words, _("Leave it out, or take it in and drop it here."), "dropped"
            )
        elif said in DONE and finished is None:
            words = _("It says that it is done and not when.")
            self._fault(row.number, column, words, _("Write the day it was completed."), "done-when")
        return replace(deed, finished=finished, begun=said in BEGUN)

    def _weight(self, row: Row) -> int:
        value, column = self._value(row, "weight"), self.layout.column("weight")
        if value is None:
            return 1
        number = None if isinstance(value, date) else read_number(value).number
        if number is None or number != int(number) or not 1 <= number <= 100:
            words = _("“%(words)s” is no weight.") % {"words": shown(value)[:60]}
            self._fault(row.number, column, words, _("Write a whole number from 1 to 100."), "weight")
            return 1
        return int(number)

    def _with_cost(self, row: Row, deed: Deed) -> Deed:
        value = self._value(row, "cost")
        number = None if isinstance(value, date) else read_number(value).number
        if value is None:
            return deed
        if number is None or number < 0 or number >= 10**9:
            return replace(deed, cost_words=self._words(row, "cost")[:300])
        return replace(deed, cost=str(Decimal(str(number)).quantize(Decimal("0.01"))))

    def _tell_forms(self) -> None:
        """Tell each column whose days are written in more than one way."""
        for column, forms in sorted(self._forms.items()):
            if len(forms) > 1:
                ways = ", ".join(f"{form} ({count})" for form, count in forms.most_common())
                words = _("Its days are written in %(n)s ways: %(ways)s. All were read.")
                self._tell(0, column, words % {"n": len(forms), "ways": ways}, "forms")

    def _fault(self, row: int, column: int | None, words: str, mend: str, code: str) -> None:
        self.faults.append(self._made(row, column, words, mend, code))

    def _tell(self, row: int, column: int | None, words: str, code: str) -> None:
        self.told.append(self._made(row, column, words, "", code))

    def _made(self, row: int, column: int | None, words: str, mend: str, code: str) -> Fault:
        names = self.layout.names
        heading = names[column] if column is not None and column < len(names) else ""
        return Fault(self.tab.name, row, column, words, mend, code, heading[:60])
