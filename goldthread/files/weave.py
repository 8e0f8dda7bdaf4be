"""A text shown by itself: the weave of a comparison in which nothing changed.

Every writer (Word, HTML, PDF) takes a comparison, so that a plain text and a redline are
written by the same code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from goldthread.core.compare.changes import (
    CellChange,
    Comparison,
    Detail,
    FieldChange,
    FigureDetail,
    ItemChange,
    ListDetail,
    ParagraphChange,
    Piece,
    Pieces,
    Place,
    RowChange,
    SectionCounts,
    Status,
    Summary,
    TableDetail,
    TypedDetail,
    WordCounts,
    WordsDetail,
    WovenBlock,
    WovenSection,
    whole,
)
from goldthread.core.text import (
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    MarkKind,
    Row,
    Runs,
    Section,
    Table,
    Text,
    Typed,
)


def unchanged(text: Text, labels: Mapping[str, str], hidden: Collection[Kind] = ()) -> Comparison:
    """The text as a comparison with nothing changed, blocks of ``hidden`` kinds left out."""
    sections = tuple(_section(depth, section, labels, hidden) for depth, section in text.walk())
    summary = Summary(SectionCounts(), WordCounts())
    return Comparison(text, text, kept(whole(text.title)), sections, (), summary)


def kept(runs: Runs) -> Pieces:
    """The runs as one kept piece, or no piece where there are no runs."""
    return (Piece(Status.KEPT, runs, runs),) if runs else ()


def _section(
    depth: int, section: Section, labels: Mapping[str, str], hidden: Collection[Kind]
) -> WovenSection:
    number = labels.get(section.key, "")
    return WovenSection(
        Status.KEPT,
        Place.HERE,
        section,
        section,
        kept(whole(section.title)),
        tuple(_block(b, labels.get(b.key, "")) for b in section.blocks if b.kind not in hidden),
        old_number=number,
        new_number=number,
        old_depth=depth,
        new_depth=depth,
    )


def _block(block: Block, label: str) -> WovenBlock:
    detail = _detail(block)
    return WovenBlock(Status.KEPT, Place.HERE, block, block, detail, old_label=label, new_label=label)


def _detail(block: Block) -> Detail:
    match block:
        case ListBlock():
            items = (ItemChange(Status.KEPT, Place.HERE, i, i, kept(i.runs)) for i in block.items)
            return ListDetail(tuple(items))
        case Table():
            return TableDetail(kept(whole(block.caption)), tuple(_row(row) for row in block.rows), False)
        case Figure():
            return FigureDetail(False, kept(whole(block.alt)), kept(block.runs))
        case Typed():
            return TypedDetail(kept(block.runs), tuple(FieldChange(n, v, v) for n, v in block.fields))
        case _:
            return WordsDetail(kept(block.runs))


def _row(row: Row) -> RowChange:
    return RowChange(Status.KEPT, Place.HERE, row, row, tuple(_cell(cell) for cell in row.cells))


def _cell(cell: Cell) -> CellChange:
    paragraphs = (ParagraphChange(Status.KEPT, runs, runs, kept(runs)) for runs in cell.paragraphs)
    return CellChange(Status.KEPT, cell, cell, tuple(paragraphs))


def referred(comparison: Comparison) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the notes that the old text refers to, and those that the new text does.

    A note cannot stand under another, so that what a note refers to stands by itself.
    """
    old: set[str] = set()
    new: set[str] = set()
    for block in (block for _, block in comparison.blocks() if block.kind is not Kind.NOTE):
        if block.on_old and block.old is not None:
            old.update(_notes(block.old))
        if block.on_new and block.new is not None:
            new.update(_notes(block.new))
    return frozenset(old), frozenset(new)


def _notes(block: Block) -> Iterator[str]:
    for run in (run for runs in _runs(block) for run in runs):
        yield from (mark.target for mark in run.marks if mark.kind is MarkKind.NOTE_REFERENCE)


def _runs(block: Block) -> Iterator[Runs]:
    match block:
        case ListBlock():
            yield from (item.runs for item in block.items)
        case Table():
            yield from (runs for row in block.rows for cell in row.cells for runs in cell.paragraphs)
        case _:
            yield block.runs


def unnoted(pieces: Pieces) -> Pieces:
    """Pieces without references of their own: a note does not refer to notes."""
    return tuple(Piece(p.status, unreferred(p.old), unreferred(p.new)) for p in pieces)


def unreferred(runs: Runs) -> Runs:
    """Runs without references to notes."""
    return tuple(r for r in runs if not any(m.kind is MarkKind.NOTE_REFERENCE for m in r.marks))
