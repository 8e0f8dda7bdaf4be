"""Tables, with rows inserted and deleted as rows, and words tracked inside cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from goldthread.core.compare.changes import (
    CellChange,
    ParagraphChange,
    Piece,
    Pieces,
    Place,
    RowChange,
    Status,
    TableDetail,
    WovenBlock,
)
from goldthread.core.text import Cell, Row
from goldthread.files.weave import kept
from goldthread.files.word.house import style_ids
from goldthread.files.word.paragraphs import Look, Paragraph, Paragraphs
from goldthread.files.word.xml import Ids, Track, add, make, w

_WIDTH = 9070
_Hanging = dict[int, tuple[int, int]]


class Tables:
    """Writes tables through the paragraphs of a document."""

    def __init__(self, paragraphs: Paragraphs, ids: Ids) -> None:
        self._paragraphs, self._ids = paragraphs, ids

    def write(self, holder: etree._Element, woven: WovenBlock, track: Track, key: str, lang: str) -> None:
        """Append the table. A table that moved is deleted in one place and inserted in the other."""
        detail = woven.detail
        if not isinstance(detail, TableDetail):
            return
        sided = list(_rows(detail, track))
        rows = [row for _, row in sided if isinstance(row, Row)]
        rows += [side for _, row in sided if isinstance(row, RowChange) for side in _sides(row)]
        if not any(row.cells for row in rows):
            return
        table = self._frame(holder, max(_columns(rows), 1), rows)
        hanging: dict[bool, _Hanging] = {False: {}, True: {}}
        top = {False: True, True: True}
        for row_track, row in sided:
            side = row_track.old_only
            if isinstance(row, Row):
                cells = [_whole(c) for c in row.cells]
                header = top[side] = top[side] and _heads(row)
            else:
                cells = list(row.cells)
                top = {old: top[old] and _heads(row.old if old else row.new) for old in top}
                header = all(top.values())
            written = self._row_properties(table, row_track, header=header)
            hanging[side] = self._cells(written, cells, row_track, hanging[side], lang)
        if key:
            paragraphs = list(table.iter(w("p")))
            worded = (each for each in paragraphs if next(each.iter(w("t"), w("delText")), None) is not None)
            self._name(next(worded, paragraphs[0]), key)

    def _name(self, paragraph: etree._Element, key: str) -> None:
        self._paragraphs.bookmark(paragraph, key)
        start, end = paragraph[-2], paragraph[-1]
        paragraph.insert(1, start)
        paragraph.insert(2, end)

    def _frame(self, holder: etree._Element, columns: int, rows: Sequence[Row]) -> etree._Element:
        table = add(holder, "tbl")
        look = add(table, "tblPr")
        add(look, "tblStyle", val=style_ids()["House Table"])
        add(look, "tblW", w=_WIDTH, type="dxa")
        side = all(row.cells[0].header for row in rows if row.cells)
        top = bool(rows) and all(cell.header for cell in rows[0].cells)
        flags = {"firstRow": int(top), "lastRow": 0, "firstColumn": int(side), "lastColumn": 0}
        add(look, "tblLook", val="0000", **flags, noHBand=1, noVBand=1)
        grid = add(table, "tblGrid")
        for _ in range(columns):
            add(grid, "gridCol", w=_WIDTH // columns)
        return table

    def _row_properties(self, table: etree._Element, track: Track, *, header: bool) -> etree._Element:
        row = add(table, "tr")
        look = make("trPr")
        add(look, "cantSplit")
        if header:
            add(look, "tblHeader")
        if track is not Track.NONE:
            etree.SubElement(look, w(track), self._ids.stamp(whole=True))
        row.append(look)
        return row

    def _cells(
        self, row: etree._Element, cells: Sequence[CellChange], track: Track, hanging: _Hanging, lang: str
    ) -> _Hanging:
        """Write the cells, and go on with those that span down from above; gives what hangs below."""
        below: _Hanging = {}
        column = 0
        waiting = list(reversed(cells))
        while waiting or any(at >= column for at in hanging) or column == 0:
            if column in hanging:
                left, across = hanging[column]
                self._continued(row, across)
                if left > 1:
                    below[column] = (left - 1, across)
            elif waiting:
                change = waiting.pop()
                cell = change.new or change.old or Cell()
                across = cell.colspan
                self._cell(row, change, cell, track, lang)
                if cell.rowspan > 1:
                    below[column] = (cell.rowspan - 1, across)
            else:
                across = 1
                self._continued(row, across, joined=False)
            column += across
        return below

    def _continued(self, row: etree._Element, across: int, *, joined: bool = True) -> None:
        cell = add(row, "tc")
        look = add(cell, "tcPr")
        add(look, "tcW", w=0, type="auto")
        if across > 1:
            add(look, "gridSpan", val=across)
        if joined:
            add(look, "vMerge")
        self._paragraphs.write(cell, Paragraph(Look("Table Text"), ()))

    def _cell(self, row: etree._Element, change: CellChange, cell: Cell, track: Track, lang: str) -> None:
        written = add(row, "tc")
        look = add(written, "tcPr")
        add(look, "tcW", w=0, type="auto")
        if cell.colspan > 1:
            add(look, "gridSpan", val=cell.colspan)
        if cell.rowspan > 1:
            add(look, "vMerge", val="restart")
        style = Look(_style(cell), lang=lang)
        before = Look(_style(change.old or cell), lang=lang) if track is Track.NONE else None
        for paragraph in _cell_paragraphs(change.paragraphs, style, track):
            self._paragraphs.write(written, replace(paragraph, before=before))
        if written[-1].tag != w("p"):
            self._paragraphs.write(written, Paragraph(style, ()))


def _style(cell: Cell) -> str:
    return "Table Heading" if cell.header else "Table Text"


def _heads(row: Row | None) -> bool:
    return row is not None and bool(row.cells) and all(cell.header for cell in row.cells)


def _cell_paragraphs(changes: Sequence[ParagraphChange], style: Look, track: Track) -> Iterator[Paragraph]:
    """The paragraphs of a cell such that taking either side leaves that side's paragraphs.

    A mark stands between two paragraphs, and the last of a cell cannot be tracked: a mark
    is on a side where its paragraph is and another follows on that side. A paragraph whose
    mark is on neither side is written into the next one.
    """
    if track is not Track.NONE:
        yield from (Paragraph(style, change.pieces, track) for change in changes)
        return
    gathered: list[Piece] = []
    for place, change in enumerate(changes):
        later = changes[place + 1 :]
        in_old = change.old is not None and any(other.old is not None for other in later)
        in_new = change.new is not None and any(other.new is not None for other in later)
        gathered += _sided(change)
        if later and not in_old and not in_new:
            continue
        mark = Track.NONE
        if later and not (in_old and in_new):
            mark = Track.DELETED if in_old else Track.INSERTED
        yield Paragraph(style, tuple(gathered), Track.NONE, mark)
        gathered = []


def _sided(change: ParagraphChange) -> Pieces:
    if change.old is None:
        return (Piece(Status.ADDED, (), change.new or ()),)
    if change.new is None:
        return (Piece(Status.REMOVED, change.old, ()),)
    return change.pieces


def _rows(detail: TableDetail, track: Track) -> Iterator[tuple[Track, Row | RowChange]]:
    """The rows to write, each with its state; whole sides where rows cannot be matched cell by cell."""
    if track is not Track.NONE:
        state = Track.DELETED if track.old_only else Track.INSERTED
        for row in detail.rows:
            side = _side(row, old=track.old_only)
            if side is not None:
                yield state, side
        return
    if _is_woven(detail):
        for row in detail.rows:
            yield from _woven_row(row)
        return
    for old, state in ((True, Track.DELETED), (False, Track.INSERTED)):
        for row in detail.rows:
            side = _side(row, old=old)
            if side is not None:
                yield state, side


def _side(row: RowChange, *, old: bool) -> Row | None:
    if old:
        return row.old if row.place is not Place.TO else None
    return row.new if row.place is not Place.FROM else None


def _woven_row(row: RowChange) -> Iterator[tuple[Track, Row | RowChange]]:
    old, new = _side(row, old=True), _side(row, old=False)
    if old is not None and new is not None:
        if _same_cells(row):
            yield Track.NONE, row
            return
        yield Track.DELETED, old
        yield Track.INSERTED, new
    elif old is not None:
        yield Track.DELETED, old
    elif new is not None:
        yield Track.INSERTED, new


def _same_cells(row: RowChange) -> bool:
    return all(
        c.old is not None
        and c.new is not None
        and (c.old.colspan, c.old.rowspan) == (c.new.colspan, c.new.rowspan)
        for c in row.cells
    )


def _is_woven(detail: TableDetail) -> bool:
    """Whether rows can be tracked one by one: not where cells span rows and rows come or go."""
    both = [row for row in detail.rows if row.old and row.new and row.place is Place.HERE]
    if len(both) == len(detail.rows) and all(_same_cells(row) for row in both):
        return True
    sides = (side for row in detail.rows for side in _sides(row))
    return not any(cell.rowspan > 1 for side in sides for cell in side.cells)


def _sides(row: RowChange) -> list[Row]:
    return [side for side in (row.old, row.new) if side is not None]


def _columns(rows: Sequence[Row]) -> int:
    return max((sum(cell.colspan for cell in row.cells) for row in rows), default=1)


def _whole(cell: Cell) -> CellChange:
    """A cell by itself; the row's state says on which side it stands."""
    paragraphs = (ParagraphChange(Status.KEPT, runs, runs, kept(runs)) for runs in cell.paragraphs)
    return CellChange(Status.KEPT, cell, cell, tuple(paragraphs))
