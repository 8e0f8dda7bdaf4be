"""A random revision of a plan: words, blocks and sections altered, added, dropped and moved about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from goldthread.core.text import (
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    MarkKind,
    Prose,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Text,
    Typed,
    tidy,
)
from tests.files.random_plans import DECORATIONS, Maker

Alter = Callable[[Runs], Runs]


class Reviser:
    """Revises a plan; ``much`` from 0 to 1 says how likely each thing is to change."""

    def __init__(self, maker: Maker, much: float) -> None:
        self.maker, self.chance, self.much = maker, maker.chance, much
        self._spare: list[Block] = []
        self._loose: list[Section] = []

    def text(self, old: Text) -> Text:
        """The plan revised, with every reference to a note that is there, and none twice."""
        sections = self._sections(old.sections, 0)
        if self._spare:
            at = sections[0] if sections else self.maker.section()
            sections = (replace(at, blocks=(*at.blocks, *self._spare)), *sections[1:])
        sections = (*sections, *self._loose)
        title = self.maker.title() if self._now() else old.title
        return settled(replace(old, title=title, sections=sections or (self.maker.section(),)))

    def _now(self, share: float = 1.0) -> bool:
        return self.chance.random() < self.much * share

    def _sections(self, old: Iterable[Section], depth: int) -> tuple[Section, ...]:
        made = [self._section(section, depth) for section in old if not self._now(0.3)]
        if self._now(0.3):
            self.chance.shuffle(made)
        if self._loose and self._now():
            made.insert(self.chance.randint(0, len(made)), self._loose.pop())
        if made and self._now(0.3):
            self._loose.append(made.pop(self.chance.randrange(len(made))))
        if self._now(0.3) and depth < 4:
            made.insert(self.chance.randint(0, len(made)), self.maker.section(min(depth + 2, 3)))
        return tuple(made)

    def _section(self, old: Section, depth: int) -> Section:
        blocks = [self._block(block) for block in old.blocks if not self._now(0.3)]
        if self._now(0.5):
            self.chance.shuffle(blocks)
        if self._spare and self._now():
            blocks.insert(self.chance.randint(0, len(blocks)), self._spare.pop())
        if blocks and self._now(0.5):
            self._spare.append(blocks.pop(self.chance.randrange(len(blocks))))
        if self._now(0.7):
            blocks.insert(self.chance.randint(0, len(blocks)), self.maker.block())
        title = self.maker.title() if self._now(0.4) else old.title
        numbered = old.numbered is not self._now(0.2)
        children = self._sections(old.children, depth + 1)
        return replace(
            old, title=title, blocks=(*blocks, *self.maker.notes()), children=children, numbered=numbered
        )

    def _block(self, old: Block) -> Block:
        match old:
            case _ if not self._now(1.5):
                return old
            case Prose():
                kind = self.chance.choice((Kind.PARAGRAPH, Kind.QUOTATION)) if self._now(0.5) else old.kind
                kind = old.kind if old.kind is Kind.NOTE else kind
                numbered = kind is Kind.PARAGRAPH and old.numbered is not self._now(0.5)
                return replace(old, runs=self._runs(old.runs), kind=kind, numbered=numbered)
            case Typed():
                fields = self.maker.fields(old.kind) if self._now() else old.fields
                return replace(old, runs=self._runs(old.runs), fields=fields)
            case Figure():
                image = self.chance.choice(self.maker.images)
                runs = self._runs(old.runs) if self._now() else ()
                return replace(old, image=image, alt=self.chance.choice(("", old.alt, "another")), runs=runs)
            case ListBlock():
                items = self._items(old.items)
                return replace(old, items=items, start=old.start if items[0].ordered else 1)
            case Table():
                caption = self.chance.choice(("", old.caption, "Calls by year"))
                return replace(old, rows=self._rows(old.rows), caption=caption)

    def _runs(self, old: Runs) -> Runs:
        """Some words dropped, some put in, some marked otherwise; sometimes all new."""
        if not old or self._now(0.3):
            return self.maker.runs()
        made: list[Run] = []
        for run in old:
            words = run.words.split(" ")
            if len(words) > 2 and self._now():
                at = self.chance.randrange(1, len(words) - 1)
                words[at : at + self.chance.randint(0, 2)] = self.maker.words(1, 2).split(" ")
            marks = run.marks
            if run.words and self._now(0.5):
                marks = self.chance.choice((*DECORATIONS, ()))
            if run.words or not self._now(0.5):
                made.append(Run(" ".join(words), marks))
        if self._now(0.4):
            made.append(self.maker.note())
        made = list(tidy(made))
        return tuple(made) if "".join(run.words for run in made).strip() else self.maker.runs()

    def _items(self, old: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
        items = [replace(i, runs=self._runs(i.runs)) if self._now() else i for i in old if not self._now(0.5)]
        if self._now():
            self.chance.shuffle(items)
        if self._now() or not items:
            new = self.maker.items()
            items[self.chance.randint(0, len(items)) :] = new
        top = items[0].ordered if self._now(0.3) else old[0].ordered
        made: list[ListItem] = []
        for item in items:
            most = made[-1].depth + 1 if made else 0
            depth = self.chance.randint(0, min(most, 3)) if self._now(0.5) else min(item.depth, most)
            made.append(replace(item, depth=depth, ordered=top if depth == 0 else item.ordered))
        return tuple(made)

    def _rows(self, old: tuple[Row, ...]) -> tuple[Row, ...]:
        spans = any(cell.rowspan > 1 or cell.colspan > 1 for row in old for cell in row.cells)
        if spans or self._now(0.2):
            return self.maker.rows() if self._now(0.5) else tuple(map(self._row, old))
        wide = max(len(row.cells) for row in old)
        rows = [self._row(row) for row in old if not self._now(0.4)]
        body = [row for row in rows if not all(cell.header for cell in row.cells)]
        if self._now():
            self.chance.shuffle(body)
        if self._now() or not rows:
            body.insert(self.chance.randint(0, len(body)), self.maker.row(wide))
        rows = [*(row for row in rows if all(cell.header for cell in row.cells)), *body]
        if self._now(0.5) and wide > 1:
            at = self.chance.randrange(wide)
            rows = [Row((*row.cells[:at], *row.cells[at + 1 :])) for row in rows]
        elif self._now(0.5):
            at = self.chance.randint(0, wide)
            heads = [all(cell.header for cell in row.cells) for row in rows]
            rows = [
                Row((*row.cells[:at], self.maker.cell(head), *row.cells[at:]))
                for row, head in zip(rows, heads, strict=True)
            ]
        return tuple(rows)

    def _row(self, old: Row) -> Row:
        return Row(tuple(self._cell(cell) if self._now(0.5) else cell for cell in old.cells))

    def _cell(self, old: Cell) -> Cell:
        paragraphs = [self._runs(runs) for runs in old.paragraphs if not self._now(0.5)]
        if self._now():
            paragraphs.insert(self.chance.randint(0, len(paragraphs)), self.maker.runs(0, 3))
        return replace(old, paragraphs=tuple(paragraphs))


def settled(text: Text) -> Text:
    """The text without references to notes that are not there, or that were referred to before."""
    notes = {b.key for _, section in text.walk() for b in section.blocks if b.kind.value == "note"}
    return altered(text, lambda runs: tidy(run for run in runs if not _is_note(run) or _take(run, notes)))


def _is_note(run: Run) -> bool:
    return any(mark.kind is MarkKind.NOTE_REFERENCE for mark in run.marks)


def _take(run: Run, notes: set[str]) -> bool:
    """Whether a reference is the first to its note."""
    target = run.marks[0].target
    found = target in notes
    notes.discard(target)
    return found


def rekeyed(text: Text, maker: Maker) -> Text:
    """The same text under new keys throughout, as when it comes from a file of somebody else's."""
    keys: dict[str, str] = {}
    for _, section in text.walk():
        keys.update((thing.key, maker.key()) for thing in (section, *section.blocks))

    def pointed(runs: Runs) -> Runs:
        return tuple(
            Run(r.words, tuple(m._replace(target=keys.get(m.target, m.target)) for m in r.marks))
            for r in runs
        )

    def renamed(section: Section) -> Section:
        blocks = tuple(replace(block, key=keys[block.key]) for block in section.blocks)
        return replace(
            section, key=keys[section.key], blocks=blocks, children=tuple(map(renamed, section.children))
        )

    turned = altered(text, pointed)
    return replace(turned, sections=tuple(map(renamed, turned.sections)))


def altered(text: Text, alter: Alter) -> Text:
    """The text with all runs of words altered alike, in reading order."""

    def section(given: Section) -> Section:
        blocks = tuple(block(each) for each in given.blocks)
        return replace(given, blocks=blocks, children=tuple(map(section, given.children)))

    def block(given: Block) -> Block:
        match given:
            case ListBlock():
                return replace(given, items=tuple(replace(i, runs=alter(i.runs)) for i in given.items))
            case Table():
                return replace(given, rows=tuple(Row(tuple(map(cell, row.cells))) for row in given.rows))
            case _:
                return replace(given, runs=alter(given.runs))

    def cell(given: Cell) -> Cell:
        return replace(given, paragraphs=tuple(map(alter, given.paragraphs)))

    return replace(text, sections=tuple(map(section, text.sections)))
