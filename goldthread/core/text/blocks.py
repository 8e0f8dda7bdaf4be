"""A text: an ordered tree of sections, each holding blocks, each block holding words.

Papers, minutes, plans and other bodies' strategies are all texts. Every record here is
frozen; every section and block carries a permanent key that is separate from its number
and its title.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a block is. The prose kinds come first, the typed kinds after them."""

    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    NOTE = "note"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"
    PLEDGE = "pledge"
    KEY_MEASURE = "key_measure"
    ACTION = "action"
    OUTCOME = "outcome"
    RECOMMENDATION = "recommendation"
    CONTACT = "contact"
    SOURCE_DOCUMENT = "source_document"


PROSE_KINDS = frozenset({Kind.PARAGRAPH, Kind.QUOTATION, Kind.NOTE})
TYPED_KINDS = frozenset(
    {
        Kind.PLEDGE,
        Kind.KEY_MEASURE,
        Kind.ACTION,
        Kind.OUTCOME,
        Kind.RECOMMENDATION,
        Kind.CONTACT,
        Kind.SOURCE_DOCUMENT,
    }
)

FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.PLEDGE: (),
    Kind.KEY_MEASURE: ("baseline", "target", "unit", "by_when"),
    Kind.ACTION: ("owner", "by_when"),
    Kind.OUTCOME: (),
    Kind.RECOMMENDATION: (),
    Kind.CONTACT: ("name", "role", "email", "telephone"),
    Kind.SOURCE_DOCUMENT: ("reference", "address", "dated"),
}
"""The fields a typed block may hold beside its words, in the order they are shown."""


class MarkKind(StrEnum):
    """What may be said of a run of words."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    CITATION = "citation"
    NOTE_REFERENCE = "note_reference"


class Mark(NamedTuple):
    """One mark. ``target`` is a link's address, or the key of the note or source cited."""

    kind: MarkKind
    target: str = ""


class Run(NamedTuple):
    """Words that share the same marks, sorted. A line break inside a block is ``\\n``.

    A note reference is a run with no words and one ``NOTE_REFERENCE`` mark: its printed
    number is computed, never stored.
    """

    words: str
    marks: tuple[Mark, ...] = ()


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, quotation or note. A numbered paragraph takes part in numbering."""

    key: str
    kind: Kind
    runs: Runs = ()
    numbered: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, at a depth of 0 or more. ``ordered`` says how its level is marked."""

    runs: Runs
    depth: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, held flat: nesting is each item's depth. An ordered list counts from ``start``."""

    key: str
    items: tuple[ListItem, ...] = ()
    start: int = 1
    lang: str = ""
    kind: Kind = Kind.LIST


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: paragraphs of runs, and how many columns and rows it covers."""

    paragraphs: tuple[Runs, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; a cell that spans rows stands only in the first of them."""

    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with an optional caption."""

    key: str
    rows: tuple[Row, ...] = ()
    caption: str = ""
    lang: str = ""
    kind: Kind = Kind.TABLE


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, named by the SHA-256 of its bytes, with words for who cannot see it."""

    key: str
    image: str
    alt: str = ""
    runs: Runs = ()
    lang: str = ""
    kind: Kind = Kind.FIGURE


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed block: a statement and the fields its kind allows, empty ones left out."""

    key: str
    kind: Kind
    runs: Runs = ()
    fields: tuple[tuple[str, str], ...] = ()
    lang: str = ""

    def field(self, name: str) -> str:
        """The field's words, or an empty string where it was not given."""
        return dict(self.fields).get(name, "")


Block = Prose | ListBlock | Table | Figure | Typed


@dataclass(frozen=True, slots=True)
class Section:
    """A section: a title, its own blocks, then its subsections."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()
    numbered: bool = True
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text in reading order."""

    title: str
    sections: tuple[Section, ...] = ()
    lang: str = "en-GB"

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Every section in reading order with its depth, 0 at the top."""
        stack = [(0, section) for section in reversed(self.sections)]
        while stack:
            depth, section = stack.pop()
            yield depth, section
            stack.extend((depth + 1, child) for child in reversed(section.children))


def new_key() -> str:
    """A permanent key, made once at birth."""
    return str(uuid.uuid4())


def another_key(key: str, place: str) -> str:
    """The key of a copy: always the same one for a copy of the same block at the same place."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{key} {place}"))


def plain(runs: Runs) -> str:
    """The words alone."""
    return runs[0].words if len(runs) == 1 else "".join([run.words for run in runs])


def words_of(block: Block) -> str:
    """A block's words alone: paragraphs, items and cells parted by line breaks, cells by tabs."""
    match block:
        case ListBlock():
            return "\n".join(plain(item.runs) for item in block.items)
        case Table():
            rows = ("\t".join("\n".join(plain(p) for p in c.paragraphs) for c in r.cells) for r in block.rows)
            return "\n".join((block.caption, *rows) if block.caption else rows)
        case Typed():
            return "\n".join(filter(None, (plain(block.runs), *(value for _, value in block.fields))))
        case Figure():
            return "\n".join(filter(None, (block.alt, plain(block.runs))))
        case _:
            return plain(block.runs)
