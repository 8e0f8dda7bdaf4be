"""Inside a table: rows by their key column, then cells, then their paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldthread.core.compare.changes import CellChange, ParagraphChange, Place, RowChange, Status
from goldthread.core.compare.pairing import Leaf, pair
from goldthread.core.compare.sequence import Pair, heaviest_run, matches, weave
from goldthread.core.compare.tokens import Twins, form
from goldthread.core.compare.words import Diff, deleted, diff_runs, inserted, kept
from goldthread.core.text import Cell, Row, Runs, Table, plain

MOSTLY = 0.8


class RowsDiff(NamedTuple):
    """Row changes and the words inserted and deleted in them."""

    rows: tuple[RowChange, ...]
    inserted: int
    deleted: int


def diff_rows(old: Table, new: Table, twins: Twins) -> RowsDiff:
    """Compare the rows of two tables."""
    before, after = _forms(old), _forms(new)
    column = _key_column(before, after)
    pairs = pair(
        _leaves(before, column),
        _leaves(after, column),
        lambda i: "\t".join(before[i]),
        lambda j: "\t".join(after[j]),
    )
    in_order = heaviest_run(pairs, [1] * len(pairs))
    twin_of, back, still = dict(pairs), {j: i for i, j in pairs}, {i for i, _ in in_order}
    columns = _columns(old, new, before, after)
    rows: list[RowChange] = []
    come = gone = 0
    for i, j in weave(len(old.rows), len(new.rows), in_order):
        if j is None and i is not None and i in twin_of and i not in still:
            rows.append(ghost_row(old.rows[i]))
            continue
        i = back.get(j) if i is None and j is not None else i
        found = _row(
            None if i is None else old.rows[i],
            None if j is None else new.rows[j],
            _cell_pairs(columns, before, after, i, j),
            twins,
        )
        if i is not None and j is not None and i not in still:
            found = (found[0]._replace(status=Status.MOVED, place=Place.TO), *found[1:])
        rows.append(found[0])
        come, gone = come + found[1], gone + found[2]
    return RowsDiff(tuple(rows), come, gone)


def ghost_row(row: Row) -> RowChange:
    """A row at the place it moved from."""
    return RowChange(Status.MOVED, Place.FROM, row, None, tuple(map(_ghost_cell, row.cells)))


def _ghost_cell(cell: Cell) -> CellChange:
    paragraphs = tuple(ParagraphChange(Status.KEPT, p, p, kept(p).pieces) for p in cell.paragraphs)
    return CellChange(Status.KEPT, cell, cell, paragraphs)


def kept_row(row: Row) -> RowChange:
    """A row that stands as it was."""
    return RowChange(Status.KEPT, Place.HERE, row, row, tuple(map(_ghost_cell, row.cells)))


def _forms(table: Table) -> list[list[str]]:
    return [[_cell_form(cell) for cell in row.cells] for row in table.rows]


def _cell_form(cell: Cell) -> str:
    if len(cell.paragraphs) == 1:
        return form(plain(cell.paragraphs[0]))
    return form("\n".join(map(plain, cell.paragraphs)))


def _key_column(before: list[list[str]], after: list[list[str]]) -> int:
    """The first column that mostly tells rows apart on both sides, or the first of all."""
    width = min((len(row) for row in (*before, *after)), default=0)
    for column in range(width):
        if all(_telling(rows, column) for rows in (before, after)):
            return column
    return 0


def _telling(rows: list[list[str]], column: int) -> bool:
    given = Counter(row[column] for row in rows)
    once = sum(1 for words, often in given.items() if words and often == 1)
    return once >= MOSTLY * len(rows)


def _leaves(forms: list[list[str]], column: int) -> list[Leaf]:
    """Rows keyed by their cell in the key column, where no other row has the same."""
    keys = [row[column] if column < len(row) else "" for row in forms]
    often = Counter(keys)
    return [Leaf(key if often[key] == 1 else "", "") for key in keys]


def _columns(old: Table, new: Table, before: list[list[str]], after: list[list[str]]) -> list[Pair] | None:
    """Which column became which, by the words at their head; None where rows are uneven."""
    if not before or not after:
        return None
    even = all(len(row) == len(rows[0]) for rows in (before, after) for row in rows)
    spans = any(c.colspan > 1 or c.rowspan > 1 for t in (old, new) for row in t.rows for c in row.cells)
    return None if spans or not even else _align(before[0], after[0])


def _cell_pairs(
    columns: list[Pair] | None, before: list[list[str]], after: list[list[str]], i: int | None, j: int | None
) -> list[Pair]:
    if i is None or j is None:
        return []
    return _align(before[i], after[j]) if columns is None else columns


def _align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Places in order: all of them where the counts agree, else the same words, then what stands between."""
    if len(old) == len(new):
        return [(i, i) for i in range(len(old))]
    pairs: list[Pair] = []
    i = j = 0
    for next_i, next_j in (*matches(old, new), (len(old), len(new))):
        pairs.extend(zip(range(i, next_i), range(j, next_j), strict=False))
        if next_i < len(old) and next_j < len(new):
            pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs


def _row(old: Row | None, new: Row | None, pairs: list[Pair], twins: Twins) -> tuple[RowChange, int, int]:
    before, after = old.cells if old else (), new.cells if new else ()
    cells: list[CellChange] = []
    come = gone = 0
    for i, j in weave(len(before), len(after), pairs):
        cell, more, less = _cell(None if i is None else before[i], None if j is None else after[j], twins)
        cells.append(cell)
        come, gone = come + more, gone + less
    status = side_status(old is not None, new is not None, [cell.status for cell in cells])
    return RowChange(status, Place.HERE, old, new, tuple(cells)), come, gone


def side_status(on_old: bool, on_new: bool, inside: Sequence[Status]) -> Status:
    """What a holder's status is, from its sides and what became of its parts."""
    if not on_old or not on_new:
        return Status.ADDED if on_new else Status.REMOVED
    if all(status is Status.KEPT for status in inside):
        return Status.KEPT
    plainly = all(status in (Status.KEPT, Status.RESTYLED) for status in inside)
    return Status.RESTYLED if plainly else Status.CHANGED


def _cell(old: Cell | None, new: Cell | None, twins: Twins) -> tuple[CellChange, int, int]:
    before, after = old.paragraphs if old else (), new.paragraphs if new else ()
    if before == after and old is not None and new is not None:
        same = _ghost_cell(new).paragraphs
        return CellChange(Status.KEPT if old == new else Status.RESTYLED, old, new, same), 0, 0
    paragraphs: list[ParagraphChange] = []
    come = gone = 0
    for was, became, diff in _paragraphs(before, after, twins):
        paragraphs.append(ParagraphChange(diff.status, was, became, diff.pieces))
        come, gone = come + diff.inserted, gone + diff.deleted
    status = side_status(old is not None, new is not None, [p.status for p in paragraphs])
    if old and new and status is Status.KEPT and _shape(old) != _shape(new):
        status = Status.RESTYLED
    return CellChange(status, old, new, tuple(paragraphs)), come, gone


def _shape(cell: Cell) -> tuple[bool, int, int]:
    return cell.header, cell.colspan, cell.rowspan


def _paragraphs(
    old: Sequence[Runs], new: Sequence[Runs], twins: Twins
) -> Iterator[tuple[Runs | None, Runs | None, Diff]]:
    before = [form(plain(runs)) for runs in old]
    after = [form(plain(runs)) for runs in new]
    for i, j in weave(len(old), len(new), _align(before, after)):
        if i is not None and j is not None:
            yield old[i], new[j], diff_runs(old[i], new[j], twins)
        elif i is not None:
            yield old[i], None, deleted(old[i])
        elif j is not None:
            yield None, new[j], inserted(new[j])
