"""What each row of a list of actions says: an action, a milestone of the one above, a heading, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from goldthread.delivery.importing.found import Deed, Found, Step
from goldthread.delivery.importing.known import Known
from goldthread.delivery.importing.layout import Layout
from goldthread.delivery.importing.reading import Reader
from goldthread.files.sheets.matching import folded
from goldthread.files.sheets.sheet import Row, Tab, shown

MOST = 500
"""How many rows of actions and milestones one file may hold."""


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
    return _Reading(tab, layout, known, Reader(tab, layout, year, since_1904), priority).run()


@dataclass(slots=True)
class _Reading:
    """One run over one list."""

    tab: Tab
    layout: Layout
    known: Known
    read: Reader
    priority: int | None
    deeds: list[Deed] = field(default_factory=list)
    _last: Deed | None = None
    _out: bool = False
    _seen: dict[tuple[int, str], Deed] = field(default_factory=dict)

    def run(self) -> Found:
        rows = [row for row in self.tab.rows if row.number > self.layout.last_heading]
        if self.layout.column("action") is None:
            self.read.fault(0, None, _("No column says what the action is."), _("Choose it."), "no-action")
            rows = []
        if len(rows) > MOST:
            words = _("It has %(n)s rows, and %(most)s is the most.") % {"n": len(rows), "most": MOST}
            self.read.fault(rows[MOST].number, None, words, _("Split it, for example by priority."), "many")
        for row in rows[:MOST]:
            self._row(row)
        if not (self.deeds or self.read.faults or any(each.code == "here" for each in self.read.told)):
            words = _("No actions were found.")
            self.read.fault(0, None, words, _("Look whether the right sheet and columns are chosen."), "none")
        self.read.tell_forms()
        return Found(tuple(self.deeds), tuple(self.read.faults), tuple(self.read.told), len(rows))

    def _row(self, row: Row) -> None:
        title, step = self.read.words(row, "action"), self.read.words(row, "milestone")
        if row.hidden:
            self.read.tell(
                row.number, None, _("It is hidden in the file, and was read all the same."), "hidden"
            )
        if self._is_heading(row, title, step):
            self._heading(row)
        elif self._continues(row, title) and step:
            if not self._out:
                self._step(row, step)
        elif title and not self.read.lower(row, "action"):
            self._deed(row, title, step)
        elif step:
            words = _("It has a milestone and no action above it.")
            self.read.fault(
                row.number, self.layout.column("milestone"), words, _("Write its action."), "stray"
            )
        elif row.filled and not self.read.lower(row, "action"):
            self.read.tell(row.number, None, _("It names no action, so it was left out."), "no-title")

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
            self.read.tell(row.number, row.filled[0], said, "note")
            return
        self.priority, self._last = found, None
        if told:
            self._tell_near(row.number, row.filled[0], words, told)

    def _continues(self, row: Row, title: str) -> bool:
        """Whether a row goes on with the action above: its cell is merged, empty, or says the same again."""
        if self._last is None:
            return False
        if not title or self.read.lower(row, "action"):
            return True
        named = self.known.priority(words)[0] if (words := self.read.words(row, "priority")) else None
        same = named in (None, self._last.priority)
        return same and folded(title) == folded(self._last.title)

    def _deed(self, row: Row, title: str, step: str) -> None:
        before = len(self.read.faults)
        priority = self._priority(row)
        (finished, begun), (cost, cost_words) = self.read.state(row), self.read.cost(row)
        deed = Deed(
            row=row.number,
            priority=priority or 0,
            title=self.read.short(row, "action", title),
            number=self.read.words(row, "number"),
            words=self.read.words(row, "words"),
            owner=self.read.words(row, "owner"),
            starts=self.read.day(row, "starts", last=False),
            due=self.read.day(row, "due"),
            forecast=self.read.day(row, "forecast"),
            weight=self.read.weight(row),
            finished=finished,
            begun=begun,
            cost=cost,
            cost_words=cost_words,
        )
        if deed.starts and deed.due and deed.due < deed.starts:
            words = _("It is due before it starts.")
            self.read.fault(
                row.number, self.layout.column("due"), words, _("Change one of the two."), "order"
            )
        self._last, self._out = deed, len(self.read.faults) > before or not self._is_new(row, deed)
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
            self.read.tell(row.number, column, words % facts, "here")
            return False
        earlier = self._seen.setdefault(key, deed)
        if earlier is deed:
            return True
        where = {"row": earlier.row, "title": deed.title[:60]}
        if replace(earlier, row=0, steps=(), number="") == replace(deed, row=0, number=""):
            words = _("It says the same as row %(row)s, so it was left out.")
            self.read.tell(row.number, column, words % where, "twice")
        else:
            words = _("“%(title)s” stands in row %(row)s already, with another owner or other days.")
            self.read.fault(
                row.number, column, words % where, _("Delete one, or make the titles differ."), "twice"
            )
        return False

    def _step(self, row: Row, title: str) -> None:
        before = len(self.read.faults)
        first = row.number == self.deeds[-1].row
        own_due = self.layout.column("milestone_due") is not None
        shared = not (own_due or first or self.read.lower(row, "due"))
        deed = self.deeds[-1]
        owner = self.read.words(row, "milestone_owner")
        if not owner and not first and not self.read.lower(row, "owner"):
            owner = self.read.words(row, "owner")
        step = Step(
            row=row.number,
            title=self.read.short(row, "milestone", title),
            owner="" if owner == deed.owner else owner,
            due=self.read.day(row, "due") if shared else self.read.day(row, "milestone_due"),
            reached=self.read.past(row, "milestone_reached"),
        )
        if len(self.read.faults) > before:
            return
        if deed.finished and step.reached is None:
            words = _("Its action is done and it does not say when it was reached, so it was left out.")
            self.read.tell(row.number, self.layout.column("milestone"), words, "unreached")
            return
        if any(folded(each.title) == folded(step.title) and each.due == step.due for each in deed.steps):
            words = _("This milestone stands above already, so it was left out.")
            self.read.tell(row.number, self.layout.column("milestone"), words, "twice")
            return
        self.deeds[-1] = replace(deed, steps=(*deed.steps, step))

    def _priority(self, row: Row) -> int | None:
        words, column = self.read.words(row, "priority"), self.layout.column("priority")
        if not words:
            if self.priority is None:
                mend = _("Write its number: %(numbers)s.") % {"numbers": self.known.numbers}
                self.read.fault(row.number, column, _("It does not say its priority."), mend, "priority")
            return self.priority
        found, told = self.known.priority(words)
        if found is None:
            said = _("No priority of this year is called “%(words)s”.") % {"words": words[:60]}
            mend = _("Write its number: %(numbers)s.") % {"numbers": self.known.numbers}
            self.read.fault(row.number, column, said, mend, "priority")
        elif told:
            self._tell_near(row.number, column, words, told)
        self.priority = found if found is not None else self.priority
        return found

    def _tell_near(self, row: int, column: int | None, words: str, told: str) -> None:
        said = _("“%(words)s” was read as %(priority)s.") % {"words": words[:60], "priority": told}
        if not any(each.message == said for each in self.read.told):
            self.read.tell(row, column, said, "near")
