"""The neutral tree: what a reader found in a file, whatever kind of file it was.

Every word of the file is in a block or in a warning. Nothing here says what the words
are for: recognising pledges and sections is the work of ``goldthread.files.sections``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from goldthread.core.text import Runs, plain


class View(StrEnum):
    """Which reading of tracked changes is wanted."""

    FINAL = "final"
    ORIGINAL = "original"
    ALL = "all"


class BlockKind(StrEnum):
    """What a block of a file is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CONTENTS = "contents"
    TEXTBOX = "textbox"
    FIGURE = "figure"
    NOTE = "note"
    COMMENT = "comment"
    HEADER = "header"
    FOOTER = "footer"


class ChangeKind(StrEnum):
    """What a tracked change did."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_FROM = "moved_from"
    MOVED_TO = "moved_to"


class Change(NamedTuple):
    """One tracked change: characters ``start`` to ``end`` of a block's text, or the whole thing."""

    kind: ChangeKind
    start: int = 0
    end: int = 0
    by: str = ""
    on: str = ""


class Warned(NamedTuple):
    """Something a person should know about the file, and where it stands."""

    place: str
    message: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class ReadCell(NamedTuple):
    """A table cell: its blocks, and how many columns and rows it covers."""

    blocks: tuple[ReadBlock, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    change: Change | None = None

    @property
    def text(self) -> str:
        """The cell's words, its blocks parted by line breaks."""
        return "\n".join(words for block in self.blocks if (words := block.words()))


class ReadRow(NamedTuple):
    """A table row; a cell that spans rows stands only in the first of them."""

    cells: tuple[ReadCell, ...] = ()
    header: bool = False
    change: Change | None = None


class ReadBlock(NamedTuple):
    """One block. ``level`` is a heading's level from 1, or a list item's depth from 0.

    ``label`` is the number as printed ("1.1", "(a)", "•"). ``changes`` speaks of spans of
    ``text``, ``mark`` of the paragraph mark at its end; both are empty except in the view
    of all changes. ``ref`` names a note or comment, as the note reference marks in ``runs``
    do. ``bold`` says that every word is bold.
    """

    kind: BlockKind
    runs: Runs = ()
    level: int = 0
    label: str = ""
    place: str = ""
    style: str = ""
    rows: tuple[ReadRow, ...] = ()
    blocks: tuple[ReadBlock, ...] = ()
    changes: tuple[Change, ...] = ()
    mark: Change | None = None
    ref: str = ""
    by: str = ""
    on: str = ""
    image: str = ""
    alt: str = ""
    lang: str = ""
    rtl: bool = False
    bold: bool = False
    bookmarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block's own words, without label, inner blocks or rows."""
        return plain(self.runs)

    def words(self) -> str:
        """Every word in and under the block with its label, parted by line breaks and tabs."""
        text = self.text
        own = f"{self.label} {text}" if self.label and text else self.label or text
        parts = [own, self.alt, *(block.words() for block in self.blocks)]
        parts.extend("\t".join(cell.text for cell in row.cells) for row in self.rows)
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as read. ``images`` holds the bytes of its pictures by their SHA-256."""

    title: str = ""
    blocks: tuple[ReadBlock, ...] = ()
    warnings: tuple[Warned, ...] = ()
    format: str = ""
    lang: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The tree as plain values, empty ones left out of the blocks beyond the first four."""
        return {
            "title": self.title,
            "blocks": [block_json(block) for block in self.blocks],
            "warnings": [{"place": w.place, "message": w.message, "code": w.code} for w in self.warnings],
            "format": self.format,
            "lang": self.lang,
            "properties": dict(self.properties),
            "images": sorted(self.images),
        }

    def text(self) -> str:
        """Every word of the blocks, one block a line."""
        return "\n".join(words for block in self.blocks if (words := block.words()))


def walk(blocks: Iterable[ReadBlock]) -> Iterator[ReadBlock]:
    """Every block at any depth, in reading order."""
    for block in blocks:
        yield block
        yield from walk(block.blocks)
        for row in block.rows:
            for cell in row.cells:
                yield from walk(cell.blocks)


_PLAIN_FIELDS = ("place", "style", "ref", "by", "on", "image", "alt", "lang", "rtl", "bold")


def block_json(block: ReadBlock) -> dict[str, Any]:
    """One block as plain values; the text of a table or a box is that of everything in it.

    ``runs`` is left out where it is one run of ``text`` without marks, and empty where the text
    is gathered from within.
    """
    form: dict[str, Any] = {
        "kind": block.kind.value,
        "level": block.level,
        "label": block.label,
        "text": block.text if block.runs else block.words().removeprefix(block.label).lstrip(" \n"),
    }
    if not block.runs and form["text"]:
        form["runs"] = []
    elif any(run.marks for run in block.runs):
        form["runs"] = [[run.words, [[m.kind.value, m.target] for m in run.marks]] for run in block.runs]
    form.update((name, value) for name in _PLAIN_FIELDS if (value := getattr(block, name)))
    if block.bookmarks:
        form["bookmarks"] = list(block.bookmarks)
    if block.changes:
        form["changes"] = [change_json(change) for change in block.changes]
    if block.mark:
        form["mark"] = change_json(block.mark)
    if block.blocks:
        form["blocks"] = [block_json(inner) for inner in block.blocks]
    if block.rows:
        form["rows"] = [_row_json(row) for row in block.rows]
    return form


def change_json(change: Change) -> list[Any]:
    """A change as a list: kind, start, end, by, on."""
    return [change.kind.value, change.start, change.end, change.by, change.on]


def _row_json(row: ReadRow) -> dict[str, Any]:
    form: dict[str, Any] = {"cells": [_cell_json(cell) for cell in row.cells]}
    if row.header:
        form["header"] = True
    if row.change:
        form["change"] = change_json(row.change)
    return form


def _cell_json(cell: ReadCell) -> dict[str, Any]:
    form: dict[str, Any] = {"text": cell.text, "blocks": [block_json(block) for block in cell.blocks]}
    if cell.header:
        form["header"] = True
    if cell.colspan > 1:
        form["colspan"] = cell.colspan
    if cell.rowspan > 1:
        form["rowspan"] = cell.rowspan
    if cell.change:
        form["change"] = change_json(cell.change)
    return form
