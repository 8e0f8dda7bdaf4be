"""Our own Word files read back: a block's kind is its style's, so that what returns is what was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from goldthread.core.text import (
    FIELD_NAMES,
    FIELDS,
    Block,
    Cell,
    Figure,
    Kind,
    Prose,
    Row,
    Run,
    Runs,
    Table,
    Typed,
    plain,
)
from goldthread.files.recognise.lines import Line
from goldthread.files.tree import BlockKind, ReadBlock, ReadCell, walk

KIND_OF_STYLE = {
    "body text": Kind.PARAGRAPH,
    "numbered paragraph": Kind.PARAGRAPH,
    "quote": Kind.QUOTATION,
    "note text": Kind.NOTE,
    "pledge": Kind.PLEDGE,
    "key measure": Kind.KEY_MEASURE,
    "action": Kind.ACTION,
    "outcome": Kind.OUTCOME,
    "recommendation": Kind.RECOMMENDATION,
    "contact officer": Kind.CONTACT,
    "source document": Kind.SOURCE_DOCUMENT,
}
_PROSE = frozenset({Kind.PARAGRAPH, Kind.QUOTATION, Kind.NOTE})
_FIELD_STYLES = frozenset({"block field", "reference field"})
LIST_STYLES = frozenset({"list bullet", "list number"})
_STYLES = frozenset({*KIND_OF_STYLE, *_FIELD_STYLES, *LIST_STYLES, "caption", "table caption", "title"})
_BOOKMARK = "_blk_"
_OURS = frozenset({"key measure", "contact officer", "source document", *_FIELD_STYLES})
_TELLING = frozenset({"numbered paragraph", "pledge", "outcome", "note text", "table caption"})
"""Styles that nobody else has, and those that somebody may, though hardly more than one."""
_FIELD_OF_NAME = {name.lower(): field for field, name in FIELD_NAMES.items()}


def is_ours(blocks: Iterable[ReadBlock]) -> bool:
    """Whether a file came from here: its blocks bear our bookmarks, or, pasted elsewhere, our styles."""
    styles: set[str] = set()
    for block in walk(blocks):
        styles.add(block.style.lower())
        if any(name.startswith(_BOOKMARK) for name in block.bookmarks):
            return True
    return bool(styles & _OURS) or len(styles & _TELLING) > 1


class House:
    """Takes the lines of one of our own files, each by its style."""

    def __init__(self) -> None:
        self._caption = ""

    def wrote(self, block: ReadBlock) -> bool:
        """Whether a paragraph is as we wrote it, its label printed and never typed."""
        named = any(name.startswith(_BOOKMARK) for name in block.bookmarks)
        return named or block.kind is BlockKind.HEADING or block.style.lower() in _STYLES

    def take(self, line: Line, blocks: list[Block], key: Callable[[ReadBlock], str], runs: Runs) -> bool:
        """Add the line to the section's blocks; False where its style says nothing."""
        style = line.block.style.lower()
        if line.heading or line.block.kind in (BlockKind.TABLE, BlockKind.FIGURE):
            return False
        if style == "table caption":
            self._caption = plain(runs)
            return True
        last = blocks[-1] if blocks else None
        if style == "caption" and isinstance(last, Figure):
            blocks[-1] = replace(last, runs=runs)
            return True
        if style in _FIELD_STYLES and isinstance(last, Typed):
            blocks[-1] = _with_field(last, plain(runs))
            return True
        kind = KIND_OF_STYLE.get(style)
        if kind is None:
            return False
        if kind in _PROSE:
            if runs:
                numbered = style == "numbered paragraph"
                blocks.append(Prose(key(line.block), kind, runs, numbered, line.block.lang))
        else:
            blocks.append(Typed(key(line.block), kind, runs, (), line.block.lang))
        return True

    def table(self, table: Table, read: ReadBlock) -> Table:
        """The table with the caption that stood over it, and every cell in our heading style a heading."""
        found, self._caption = self._caption, ""
        rows = (
            Row(tuple(map(_headed, row.cells, as_read.cells)))
            for row, as_read in zip(table.rows, read.rows, strict=True)
        )
        return replace(table, rows=tuple(rows), caption=found or table.caption)


def _headed(cell: Cell, read: ReadCell) -> Cell:
    styles = {block.style.lower() for block in read.blocks}
    return replace(cell, header=cell.header or styles == {"table heading"})


def _with_field(block: Typed, words: str) -> Typed:
    """The block with one more field; words that name no field of its kind join the statement."""
    name, colon, value = words.partition(":")
    field = _FIELD_OF_NAME.get(name.strip().lower(), "")
    if colon and field in FIELDS[block.kind] and not block.field(field):
        return replace(block, fields=(*block.fields, (field, value.strip())))
    return replace(block, runs=(*block.runs, Run(f"\n{words}" if block.runs else words)))
