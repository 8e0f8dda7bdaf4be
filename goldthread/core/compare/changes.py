"""One change list: everything that any output needs to show what changed between two texts.

Old and new are woven into one sequence in reading order. The rule for taking a side is the
same at every level (section, block, list item, table row, cell, paragraph, piece):

* the old side is every entry with ``old`` whose ``place`` is not ``TO``;
* the new side is every entry with ``new`` whose ``place`` is not ``FROM``.

Entries with no ``place`` of their own stand where their holder stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from goldthread.core.text import (
    Block,
    Cell,
    Kind,
    ListItem,
    Mark,
    Row,
    Run,
    Runs,
    Section,
    Text,
    plain,
    tidy,
)


class Status(StrEnum):
    """What became of a section, block, item, row, cell, paragraph or piece of words."""

    KEPT = "kept"
    RESTYLED = "restyled"
    CHANGED = "changed"
    REPLACED = "replaced"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    NO_LONGER_SHOWN = "no longer shown"
    NOW_SHOWN = "now shown"


class Place(StrEnum):
    """Where an entry stands: on its own side or both, only where it was, only where it went."""

    HERE = "here"
    FROM = "from"
    TO = "to"


class Piece(NamedTuple):
    """Words in one state: kept, restyled, added or removed.

    The ``old`` runs of all pieces, joined, are the old runs exactly; likewise the ``new``.
    Kept words read alike and bear the same marks. Restyled words are the same words in
    other marks, another link, or other quotes and spaces.
    """

    status: Status
    old: Runs = ()
    new: Runs = ()

    @property
    def runs(self) -> Runs:
        """The runs to show: the new ones, or the old ones where there are none."""
        return self.new or self.old

    @property
    def words(self) -> str:
        """The words to show."""
        return plain(self.runs)


Pieces = tuple[Piece, ...]


class ParagraphChange(NamedTuple):
    """One paragraph of a table cell; ``old`` or ``new`` is None on the side it is not on."""

    status: Status
    old: Runs | None
    new: Runs | None
    pieces: Pieces


class CellChange(NamedTuple):
    """One table cell, paragraph by paragraph."""

    status: Status
    old: Cell | None
    new: Cell | None
    paragraphs: tuple[ParagraphChange, ...]


class RowChange(NamedTuple):
    """One table row, cell by cell. A row that moved stands twice, FROM and TO."""

    status: Status
    place: Place
    old: Row | None
    new: Row | None
    cells: tuple[CellChange, ...]


class ItemChange(NamedTuple):
    """One list item. An item that moved stands twice, FROM and TO."""

    status: Status
    place: Place
    old: ListItem | None
    new: ListItem | None
    pieces: Pieces


class FieldChange(NamedTuple):
    """One field of a typed block: its name and its words, empty where not given."""

    name: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class WordsDetail:
    """Inside a paragraph, quotation or note."""

    pieces: Pieces


@dataclass(frozen=True, slots=True)
class TypedDetail:
    """Inside a typed block: its statement, and every field that either side gives."""

    pieces: Pieces
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ListDetail:
    """Inside a list, item by item."""

    items: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class TableDetail:
    """Inside a table. ``columns_changed`` where some row has cells on one side only."""

    caption: Pieces
    rows: tuple[RowChange, ...]
    columns_changed: bool


@dataclass(frozen=True, slots=True)
class FigureDetail:
    """Inside a figure: whether it is another picture, its words for who cannot see, its caption."""

    image_changed: bool
    alt: Pieces
    pieces: Pieces


Detail = WordsDetail | TypedDetail | ListDetail | TableDetail | FigureDetail


class _Woven:
    """An entry of the weave, whose old and new side are each there or None."""

    __slots__ = ()
    old: Block | Section | None
    new: Block | Section | None
    place: Place

    @property
    def on_old(self) -> bool:
        """Whether this entry is part of the old text."""
        return self.old is not None and self.place is not Place.TO

    @property
    def on_new(self) -> bool:
        """Whether this entry is part of the new text."""
        return self.new is not None and self.place is not Place.FROM


@dataclass(frozen=True, slots=True)
class WovenBlock(_Woven):
    """One block in the weave, its labels on either side and its change inside.

    A moved block stands twice: FROM at its old place (a ghost: no ``new``, detail all
    kept) and TO at its new one (with both, and the detail of what changed on the way); the
    two, and neighbours that moved with it, share ``move``. Inside a moved section every
    block stands FROM in the ghost; in the section's new place it stands TO, its status
    saying what became of it there, so that a block removed there is on neither side.
    ``inserted`` and ``deleted`` count words; a move counts none by itself.
    """

    status: Status
    place: Place
    old: Block | None
    new: Block | None
    detail: Detail
    move: str = ""
    old_label: str = ""
    new_label: str = ""
    inserted: int = 0
    deleted: int = 0

    @property
    def block(self) -> Block:
        """The block to show: the new one, or the old one where there is none."""
        shown = self.new or self.old
        if shown is None:
            raise ValueError("a woven block has an old or a new side")
        return shown

    @property
    def kind(self) -> Kind:
        """What the block is."""
        return self.block.kind

    @property
    def renumbered(self) -> bool:
        """Whether it stands on both sides under different printed labels."""
        both = self.old is not None and self.new is not None
        return both and self.old_label != self.new_label


@dataclass(frozen=True, slots=True)
class WovenSection(_Woven):
    """One section in the weave: heading, own blocks; subsections follow as entries of their own.

    ``status`` is added, removed, moved, changed (its own blocks), restyled or kept;
    ``changed`` says whether a moved section changed as well. A moved section whose reading
    order held (it only hangs from another parent) stands once, HERE. One that travels with
    its parent shares the parent's ``move`` and place, and keeps its own status. A ghost
    counts no words: they are counted where the section went. Depth is 0 at the top.
    """

    status: Status
    place: Place
    old: Section | None
    new: Section | None
    title: Pieces
    blocks: tuple[WovenBlock, ...] = ()
    move: str = ""
    old_number: str = ""
    new_number: str = ""
    old_depth: int = 0
    new_depth: int = 0
    renamed: bool = False
    changed: bool = False
    inserted: int = 0
    deleted: int = 0

    @property
    def section(self) -> Section:
        """The section to show: the new one, or the old one where there is none."""
        shown = self.new or self.old
        if shown is None:
            raise ValueError("a woven section has an old or a new side")
        return shown

    @property
    def depth(self) -> int:
        """The depth to show it at."""
        return self.new_depth if self.new is not None else self.old_depth

    @property
    def number(self) -> str:
        """The number to show."""
        return self.new_number if self.new is not None else self.old_number

    @property
    def renumbered(self) -> bool:
        """Whether it stands on both sides under different printed numbers."""
        both = self.old is not None and self.new is not None
        return both and self.old_number != self.new_number


class Move(NamedTuple):
    """What moved together: between which sections (keys), how many sections and blocks."""

    id: str
    old_section: str
    new_section: str
    sections: int
    blocks: int


class PresentationChange(NamedTuple):
    """A kind of block that is no longer shown, or is now shown, and how many blocks of it there are."""

    kind: Kind
    status: Status
    blocks: int


class SectionCounts(NamedTuple):
    """How many sections; one section can be moved, renamed and changed at once."""

    added: int = 0
    removed: int = 0
    moved: int = 0
    renamed: int = 0
    changed: int = 0


class WordCounts(NamedTuple):
    """How many words, titles included, moves not."""

    inserted: int = 0
    deleted: int = 0


class Summary(NamedTuple):
    """The comparison in numbers; ``renumbered`` counts sections, ``restyled`` blocks."""

    sections: SectionCounts
    words: WordCounts
    renumbered: int = 0
    restyled: int = 0
    presentation: tuple[PresentationChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from the old text to the new, woven in reading order."""

    old: Text
    new: Text
    title: Pieces
    sections: tuple[WovenSection, ...]
    moves: tuple[Move, ...]
    summary: Summary

    @property
    def empty(self) -> bool:
        """Whether nothing at all changed: no words, order, numbers, marks or presentation."""
        return (
            all(s.status is Status.KEPT and not s.renamed and not s.renumbered for s in self.sections)
            and all(piece.status is Status.KEPT for piece in self.title)
            and not self.moves
            and self.summary == Summary(SectionCounts(), WordCounts())
        )

    def blocks(self) -> Iterator[tuple[WovenSection, WovenBlock]]:
        """Every woven block with its section, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                yield section, block


def old_runs(pieces: Pieces) -> Runs:
    """The old side of pieces, joined."""
    return tidy(run for piece in pieces for run in piece.old)


def new_runs(pieces: Pieces) -> Runs:
    """The new side of pieces, joined."""
    return tidy(run for piece in pieces for run in piece.new)


def restyled_marks(piece: Piece) -> tuple[frozenset[Mark], frozenset[Mark]]:
    """The marks a restyled piece lost, and those it gained."""
    before, after = _marks(piece.old), _marks(piece.new)
    return before - after, after - before


def _marks(runs: Runs) -> frozenset[Mark]:
    return frozenset(mark for run in runs for mark in run.marks)


def whole(words: str) -> Runs:
    """Plain words as runs, for what has words but no marks."""
    return (Run(words),) if words else ()
