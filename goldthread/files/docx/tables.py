"""Tables: merged cells, nested tables, header rows, and rows and cells that a change took or gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from goldthread.core.text import Run
from goldthread.files.docx import names
from goldthread.files.docx.names import DEL, INS, TC, TR, VAL, W
from goldthread.files.docx.numbering import child_value, number
from goldthread.files.docx.shelf import CHANGES, change_of
from goldthread.files.docx.styles import is_on
from goldthread.files.tree import BlockKind, Change, ChangeKind, ReadBlock, ReadCell, ReadRow, View

if TYPE_CHECKING:
    from goldthread.files.docx.body import Story

MAX_COLUMNS = 200
_CELL_CHANGES = {W + "cellIns": INS, W + "cellDel": DEL}
_KINDS = {INS: ChangeKind.INSERTED, DEL: ChangeKind.DELETED}


@dataclass(slots=True)
class _Cell:
    """A cell while rows below may still grow it."""

    blocks: list[ReadBlock]
    colspan: int
    rowspan: int = 1
    change: Change | None = None


@dataclass(slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    header: bool = False
    change: Change | None = None


def read_table(story: Story, table: etree._Element) -> Iterator[ReadBlock]:
    """A table as one block; nothing where every row is gone in this view."""
    shelf = story.shelf
    shelf.counts["table"] += 1
    place = f"Table {shelf.counts['table']}"
    rows: list[_Row] = []
    spans: dict[int, _Cell] = {}
    for element in _through(table, TR):
        row = _read_row(story, element, f"{place}, row {len(rows) + 1}", spans)
        if row is not None:
            rows.append(row)
    if not rows:
        return
    properties = table.find(W + "tblPr")
    caption = child_value(properties, "tblCaption") if properties is not None else None
    described = child_value(properties, "tblDescription") if properties is not None else None
    yield ReadBlock(
        BlockKind.TABLE,
        (Run(caption),) if caption else (),
        place=place,
        alt=described or "",
        rows=tuple(_frozen(row) for row in rows),
    )


def _frozen(row: _Row) -> ReadRow:
    cells = tuple(
        ReadCell(tuple(cell.blocks), row.header, cell.colspan, cell.rowspan, cell.change)
        for cell in row.cells
    )
    return ReadRow(cells, row.header, row.change)


def _through(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows or cells, also inside content controls and the like."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag == names.SDT:
            for content in child.iterchildren(names.SDT_CONTENT):
                yield from _through(content, wanted)
        elif child.tag in CHANGES or child.tag in (W + "customXml", W + "smartTag"):
            yield from _through(child, wanted)
        elif child.tag == names.ALTERNATE and len(child):
            yield from _through(child[0], wanted)


def _change(properties: etree._Element | None, tags: dict[str, str]) -> tuple[str, etree._Element | None]:
    for child in properties if properties is not None else ():
        if child.tag in tags:
            return tags[child.tag], child
    return "", None


def _read_row(story: Story, element: etree._Element, place: str, spans: dict[int, _Cell]) -> _Row | None:
    shelf = story.shelf
    properties = next(element.iterchildren(W + "trPr"), None)
    tag, changed = _change(properties, {INS: INS, DEL: DEL})
    if changed is not None:
        shelf.tracked = True
        if tag in shelf.gone:
            return None
    row = _Row(header=properties is not None and is_on(properties, "tblHeader") is True)
    if changed is not None and shelf.view is View.ALL:
        row.change = change_of(changed, _KINDS[tag])
    column = number(child_value(properties, "gridBefore"), 0, MAX_COLUMNS) if properties is not None else 0
    for cell in _through(element, TC):
        column += _read_cell(story, cell, place, column, row, spans)
    return row


def _read_cell(
    story: Story, element: etree._Element, place: str, column: int, row: _Row, spans: dict[int, _Cell]
) -> int:
    """Read one cell into its row; gives how many columns it covers."""
    shelf = story.shelf
    properties = next(element.iterchildren(W + "tcPr"), None)
    tag, changed = _change(properties, _CELL_CHANGES)
    if changed is not None:
        shelf.tracked = True
        if tag in shelf.gone:
            return 0
    said = child_value(properties, "gridSpan") if properties is not None else None
    span = max(1, number(said, 1, MAX_COLUMNS))
    if said and number(said, 1, 10**9) > MAX_COLUMNS:
        shelf.warn(
            place, f"A cell that claims to cover {said[:20]} columns was cut to {MAX_COLUMNS}.", "span"
        )
    merge = next(properties.iterchildren(W + "vMerge"), None) if properties is not None else None
    blocks = list(story.blocks(element, place))
    owner = spans.get(column)
    if merge is not None and merge.get(VAL, "continue") != "restart" and owner is not None:
        owner.rowspan += 1
        owner.blocks.extend(blocks)
        return span
    cell = _Cell(blocks, span)
    if changed is not None and shelf.view is View.ALL:
        cell.change = change_of(changed, _KINDS[tag])
    row.cells.append(cell)
    for covered in range(column, column + span):
        spans.pop(covered, None)
    if merge is not None:
        spans[column] = cell
    return span
