"""Random plans such as an editor can make, and what becomes of them in a random revision.

The same seed always gives the same plan. Everything here is what a Word file can hold: no
empty paragraphs, no spaces at the ends, every reference to a note that is there.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

from goldthread.core.text import (
    FIELDS,
    TYPED_KINDS,
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Mark,
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

WORDS = (
    *("the", "plan", "police", "victims", "calls", "answered", "within", "thirty", "minutes", "85%"),
    *("£12.5m", "4\u00a0May\u00a02026", "don’t", "crime", "board", "community", "officer", "(for"),
    *("safer", "–", "roads", "“so”", "2,014", "young", "people", "and", "of", "in", "to", "a", "diogel"),
)
STARTS = ("1. ", "(a) ", "2.1 ", "Pledge: ", "Recommendation 2: ", "Owner: ", "– ", *("" for _ in range(7)))
TITLES = ("Recommendations", "Contacts", "Key measures", "Front page", "1. Foreword", "Safer homes", "Calls")
ADDRESSES = ("https://example.org/a?b=c#d", "https://example.org/", "mailto:office@example.org")
DECORATIONS = (
    (Mark(MarkKind.STRONG),),
    (Mark(MarkKind.EMPHASIS),),
    (Mark(MarkKind.EMPHASIS), Mark(MarkKind.STRONG)),
    (Mark(MarkKind.SUPERSCRIPT),),
    (Mark(MarkKind.SUBSCRIPT),),
    *((Mark(MarkKind.LINK, address),) for address in ADDRESSES),
    (Mark(MarkKind.LINK, ADDRESSES[0]), Mark(MarkKind.STRONG)),
)
PROSE = (Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.QUOTATION, Kind.NOTE)
KINDS = ("prose", "prose", "prose", "list", "list", "table", "figure", "typed", "typed")


class Maker:
    """Makes plans and revises them, by chance but always alike for a seed."""

    def __init__(self, seed: int, images: tuple[str, ...]) -> None:
        self.chance = Random(seed)
        self.images = images
        self._notes: list[Prose] = []

    def key(self) -> str:
        """A new key."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def words(self, least: int = 1, most: int = 12) -> str:
        """Some words on one line."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(least, most)))

    def title(self) -> str:
        """A heading, sometimes one that means something elsewhere."""
        said = self.chance.choice(TITLES) if self.chance.random() < 0.3 else self.words(1, 4)
        return said.replace("\u00a0", " ")

    def runs(self, noted: float = 0.15, most: int = 12) -> Runs:
        """Words with marks, line breaks and now and then a note."""
        made: list[Run] = [Run(self.chance.choice(STARTS))]
        for place in range(self.chance.choice((1, 1, 1, 2, 3, 4))):
            marks = self.chance.choice(DECORATIONS) if self.chance.random() < 0.35 else ()
            made += [Run(self.chance.choice((" ", " ", "\n")))] if place else []
            made.append(Run(self.words(1, most), marks))
            if self.chance.random() < noted:
                made.append(self.note())
        return tidy(made)

    def note(self) -> Run:
        """A reference to a new note, which the section that is being made will hold."""
        note = Prose(self.key(), Kind.NOTE, self.runs(0, 6))
        self._notes.append(note)
        return Run("", (Mark(MarkKind.NOTE_REFERENCE, note.key),))

    def notes(self) -> tuple[Prose, ...]:
        """The notes that were referred to since this was last asked."""
        made, self._notes = tuple(self._notes), []
        return made

    def block(self) -> Block:
        """A block of any kind."""
        match self.chance.choice(KINDS):
            case "list":
                items = self.items()
                return ListBlock(self.key(), items, self.start(items))
            case "table":
                return Table(self.key(), self.rows(), self.chance.choice(("", self.words(1, 5))))
            case "figure":
                alt = self.chance.choice(("", self.words(1, 5)))
                caption = self.chance.choice(((), self.runs()))
                return Figure(self.key(), self.chance.choice(self.images), alt, caption)
            case "typed":
                kind = self.chance.choice(sorted(TYPED_KINDS))
                return Typed(self.key(), kind, self.runs(), self.fields(kind))
        kind = self.chance.choice(PROSE)
        numbered = kind is Kind.PARAGRAPH and self.chance.random() < 0.5
        return Prose(self.key(), kind, self.runs(0 if kind is Kind.NOTE else 0.15), numbered)

    def fields(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """Some of the fields of a kind."""
        return tuple((name, self.words(1, 3)) for name in FIELDS[kind] if self.chance.random() < 0.6)

    def items(self) -> tuple[ListItem, ...]:
        """Items, none deeper than one below its neighbour, all of the top level marked alike."""
        top = self.chance.random() < 0.5
        made: list[ListItem] = []
        for _ in range(self.chance.randint(1, 6)):
            depth = self.chance.randint(0, min(made[-1].depth + 1, 3)) if made else 0
            ordered = top if depth == 0 else self.chance.random() < 0.5
            made.append(ListItem(self.runs(0.08, 5), depth, ordered))
        return tuple(made)

    def start(self, items: tuple[ListItem, ...]) -> int:
        """What a list counts from."""
        return self.chance.choice((1, 1, 3)) if items[0].ordered else 1

    def rows(self) -> tuple[Row, ...]:
        """The rows of a table, with or without headings at the top, at the side, and joined cells."""
        wide, top, side = self.chance.randint(1, 3), self.chance.random() < 0.6, self.chance.random() < 0.3
        high = self.chance.randint(1, 4)
        made = [self.row(wide, headings=top and not place, side=side) for place in range(high)]
        if wide > 1 and self.chance.random() < 0.2:
            made[-1] = Row((replace(made[-1].cells[0], colspan=2), *made[-1].cells[2:]))
        elif len(made) > 2 and wide > 1 and self.chance.random() < 0.2:
            made[-2] = Row((*made[-2].cells[:-1], replace(made[-2].cells[-1], rowspan=2)))
            made[-1] = Row(made[-1].cells[:-1])
        return tuple(made)

    def row(self, wide: int, *, headings: bool = False, side: bool = False) -> Row:
        """One row of cells."""
        return Row(tuple(self.cell(headings or (side and not place)) for place in range(wide)))

    def cell(self, header: bool) -> Cell:
        """A cell of up to two paragraphs."""
        count = self.chance.choice((0, 1, 1, 1, 1, 2))
        return Cell(tuple(self.runs(0.05, 3) for _ in range(count)), header)

    def blocks(self, most: int) -> tuple[Block, ...]:
        """Blocks and the notes that they refer to."""
        made = tuple(self.block() for _ in range(self.chance.randint(0, most)))
        return (*made, *self.notes())

    def section(self, depth: int = 0) -> Section:
        """A section with what is below it."""
        below = self.chance.choice((0, 0, 1, 2)) if depth < 3 else 0
        blocks = self.blocks(4)
        children = tuple(self.section(depth + 1) for _ in range(below))
        return Section(self.key(), self.title(), blocks, children, self.chance.random() < 0.75)

    def text(self) -> Text:
        """A whole plan."""
        return Text(self.title(), tuple(self.section() for _ in range(self.chance.randint(1, 3))))
