"""Inside a pair of blocks: words, fields, items and rows, each in the form of its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from goldthread.core.compare.changes import (
    Detail,
    FieldChange,
    FigureDetail,
    ItemChange,
    ListDetail,
    Place,
    Status,
    TableDetail,
    TypedDetail,
    WordsDetail,
    whole,
)
from goldthread.core.compare.pairing import Leaf, pair
from goldthread.core.compare.sequence import heaviest_run, weave
from goldthread.core.compare.tables import diff_rows, kept_row, side_status
from goldthread.core.compare.tokens import Twins, count_words, form
from goldthread.core.compare.words import Diff, deleted, diff_runs, inserted, kept
from goldthread.core.text import FIELDS, Block, Figure, ListBlock, ListItem, Prose, Runs, Table, Typed, plain


class Inside(NamedTuple):
    """What happened inside a block, and the words inserted and deleted there."""

    detail: Detail
    status: Status
    inserted: int = 0
    deleted: int = 0


def unchanged(block: Block) -> Inside:
    """A block all of whose words stand as they were."""
    return Inside(_kept_detail(block), Status.KEPT)


def added(block: Block) -> Inside:
    """A block that is new."""
    return compare_blocks(_hollow(block), block, {})._replace(status=Status.ADDED)


def removed(block: Block) -> Inside:
    """A block that is gone."""
    return compare_blocks(block, _hollow(block), {})._replace(status=Status.REMOVED)


def compare_blocks(old: Block, new: Block, twins: Twins) -> Inside:
    """Compare two blocks of one kind; where the classes differ, ValueError."""
    if old == new or replace(old, key=new.key) == new:
        return unchanged(new)
    match old, new:
        case Prose(), Prose():
            diff = _sided(old.runs, new.runs, twins)
            return Inside(WordsDetail(diff.pieces), _status([diff], old, new), diff.inserted, diff.deleted)
        case Typed(), Typed():
            return _typed(old, new, twins)
        case ListBlock(), ListBlock():
            return _list(old, new, twins)
        case Table(), Table():
            return _table(old, new, twins)
        case Figure(), Figure():
            return _figure(old, new, twins)
    raise ValueError("only blocks of one kind can be compared")


def _hollow(block: Block) -> Block:
    """The same kind of block with nothing in it."""
    match block:
        case Prose():
            return Prose(block.key, block.kind)
        case Typed():
            return Typed(block.key, block.kind)
        case ListBlock():
            return ListBlock(block.key)
        case Table():
            return Table(block.key)
        case Figure():
            return Figure(block.key, "")


def _kept_detail(block: Block) -> Detail:
    match block:
        case Prose():
            return WordsDetail(kept(block.runs).pieces)
        case Typed():
            fields = tuple(FieldChange(name, words, words) for name, words in block.fields)
            return TypedDetail(kept(block.runs).pieces, fields)
        case ListBlock():
            items = (ItemChange(Status.KEPT, Place.HERE, i, i, kept(i.runs).pieces) for i in block.items)
            return ListDetail(tuple(items))
        case Table():
            caption = kept(whole(block.caption)).pieces
            return TableDetail(caption, tuple(map(kept_row, block.rows)), columns_changed=False)
        case Figure():
            return FigureDetail(False, kept(whole(block.alt)).pieces, kept(block.runs).pieces)


def _sided(old: Runs, new: Runs, twins: Twins) -> Diff:
    """Compare runs; where one side has none, the other is inserted or deleted."""
    if old and new:
        return diff_runs(old, new, twins)
    return inserted(new) if new else deleted(old) if old else kept(())


def _status(parts: list[Diff], old: Block, new: Block) -> Status:
    """Replaced, changed, only restyled, or kept where only keys differ."""
    inside = [part.status for part in parts]
    if all(status in (Status.KEPT, Status.RESTYLED) for status in inside):
        return Status.RESTYLED if Status.RESTYLED in inside or _shape(old) != _shape(new) else Status.KEPT
    return Status.REPLACED if inside[0] is Status.REPLACED else Status.CHANGED


def _shape(block: Block) -> tuple[object, ...]:
    """What a block shows beside its words."""
    match block:
        case Prose():
            return block.lang, block.numbered
        case ListBlock():
            return block.lang, block.start
        case Typed():
            return block.lang, block.fields
        case _:
            return (block.lang,)


def _typed(old: Typed, new: Typed, twins: Twins) -> Inside:
    diff = _sided(old.runs, new.runs, twins)
    before, after = dict(old.fields), dict(new.fields)
    fields = tuple(FieldChange(name, before.get(name, ""), after.get(name, "")) for name in _names(old, new))
    touched = [field for field in fields if form(field.old) != form(field.new)]
    status = _status([diff], old, new)
    if touched and status is not Status.REPLACED:
        status = Status.CHANGED
    return Inside(
        TypedDetail(diff.pieces, fields),
        status,
        diff.inserted + sum(count_words(field.new) for field in touched),
        diff.deleted + sum(count_words(field.old) for field in touched),
    )


def _names(old: Typed, new: Typed) -> tuple[str, ...]:
    """The names of fields that either side gives, each once, in the order in which they are shown."""
    given = dict.fromkeys([*(name for name, _ in new.fields), *(name for name, _ in old.fields)])
    shown = FIELDS[new.kind]
    return (*(name for name in shown if name in given), *(name for name in given if name not in shown))


def _figure(old: Figure, new: Figure, twins: Twins) -> Inside:
    alt = _sided(whole(old.alt), whole(new.alt), {})
    diff = _sided(old.runs, new.runs, twins)
    status = _status([diff, alt], old, new)
    other = old.image != new.image
    if other and status is not Status.REPLACED:
        status = Status.CHANGED
    detail = FigureDetail(other, alt.pieces, diff.pieces)
    return Inside(detail, status, alt.inserted + diff.inserted, alt.deleted + diff.deleted)


def _table(old: Table, new: Table, twins: Twins) -> Inside:
    caption = _sided(whole(old.caption), whole(new.caption), {})
    rows = diff_rows(old, new, twins)
    both = [row for row in rows.rows if row.old is not None and row.new is not None]
    uneven = any(cell.old is None or cell.new is None for row in both for cell in row.cells)
    status = side_status(True, True, [*(row.status for row in rows.rows), caption.status])
    return Inside(
        TableDetail(caption.pieces, rows.rows, uneven),
        Status.RESTYLED if status is Status.KEPT and _shape(old) != _shape(new) else status,
        caption.inserted + rows.inserted,
        caption.deleted + rows.deleted,
    )


def _list(old: ListBlock, new: ListBlock, twins: Twins) -> Inside:
    blank = Leaf("", "")
    pairs = pair(
        [blank] * len(old.items),
        [blank] * len(new.items),
        lambda i: form(plain(old.items[i].runs)),
        lambda j: form(plain(new.items[j].runs)),
    )
    in_order = heaviest_run(pairs, [1] * len(pairs))
    twin_of, back, still = dict(pairs), {j: i for i, j in pairs}, {i for i, _ in in_order}
    items: list[ItemChange] = []
    come = gone = 0
    for i, j in weave(len(old.items), len(new.items), in_order):
        if i is not None and j is None and i in twin_of:
            ghost = old.items[i]
            items.append(ItemChange(Status.MOVED, Place.FROM, ghost, None, kept(ghost.runs).pieces))
            continue
        i = back.get(j) if i is None and j is not None else i
        diff = _item(None if i is None else old.items[i], None if j is None else new.items[j], twins)
        change = _item_change(old, new, i, j, diff)
        if change.old and change.new and i not in still:
            change = change._replace(status=Status.MOVED, place=Place.TO)
        items.append(change)
        come, gone = come + diff.inserted, gone + diff.deleted
    status = side_status(True, True, [item.status for item in items])
    if status is Status.KEPT and _shape(old) != _shape(new):
        status = Status.RESTYLED
    return Inside(ListDetail(tuple(items)), status, come, gone)


def _item(old: ListItem | None, new: ListItem | None, twins: Twins) -> Diff:
    if old is None or new is None:
        return inserted(new.runs) if new else deleted(old.runs if old else ())
    return diff_runs(old.runs, new.runs, twins)


def _item_change(old: ListBlock, new: ListBlock, i: int | None, j: int | None, diff: Diff) -> ItemChange:
    was = None if i is None else old.items[i]
    became = None if j is None else new.items[j]
    status = diff.status
    if was and became and status is Status.KEPT:
        styled = (was.depth, was.ordered) != (became.depth, became.ordered)
        status = Status.RESTYLED if styled else status
    return ItemChange(status, Place.HERE, was, became, diff.pieces)


def compare_titles(old: str, new: str) -> Diff:
    """Compare two titles word by word; an empty one is not there."""
    return _sided(whole(old), whole(new), {})
