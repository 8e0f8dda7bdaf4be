"""Carry identity over: a text that was read from a file takes the keys of the text it is a version of."""

from __future__ import annotations

from dataclasses import replace

from goldthread.core.compare.changes import Comparison
from goldthread.core.text import (
    Block,
    Cell,
    Figure,
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
    another_key,
)

_POINTING = frozenset({MarkKind.NOTE_REFERENCE, MarkKind.CITATION})


def carry_keys(comparison: Comparison) -> Text:
    """The new text, each section and block that was paired with an old one under the old one's key.

    References to notes and sources inside the text follow. No key stands twice: something
    unpaired whose key an old one's successor takes gets another.
    """
    keys: dict[str, str] = {}
    for woven in comparison.sections:
        if woven.on_new and woven.new is not None and woven.old is not None:
            keys[woven.new.key] = woven.old.key
        for block in woven.blocks:
            if block.on_new and block.new is not None and block.old is not None:
                keys[block.new.key] = block.old.key
    new, taken = comparison.new, frozenset(keys.values())
    for _, section in new.walk():
        for key in (section.key, *(block.key for block in section.blocks)):
            if key in taken and key not in keys:
                keys[key] = another_key(key, "carried over")
    return Text(new.title, tuple(_section(section, keys) for section in new.sections), new.lang)


def _section(section: Section, keys: dict[str, str]) -> Section:
    return replace(
        section,
        key=keys.get(section.key, section.key),
        blocks=tuple(_block(block, keys) for block in section.blocks),
        children=tuple(_section(child, keys) for child in section.children),
    )


def _block(block: Block, keys: dict[str, str]) -> Block:
    key = keys.get(block.key, block.key)
    match block:
        case ListBlock():
            items = tuple(ListItem(_runs(i.runs, keys), i.depth, i.ordered) for i in block.items)
            return replace(block, key=key, items=items)
        case Table():
            return replace(block, key=key, rows=tuple(_row(row, keys) for row in block.rows))
        case Prose() | Typed() | Figure():
            return replace(block, key=key, runs=_runs(block.runs, keys))


def _row(row: Row, keys: dict[str, str]) -> Row:
    cells = (
        Cell(tuple(_runs(runs, keys) for runs in c.paragraphs), c.header, c.colspan, c.rowspan)
        for c in row.cells
    )
    return Row(tuple(cells))


def _runs(runs: Runs, keys: dict[str, str]) -> Runs:
    if not any(mark.kind in _POINTING for run in runs for mark in run.marks):
        return runs
    return tuple(Run(run.words, tuple(_mark(mark, keys) for mark in run.marks)) for run in runs)


def _mark(mark: Mark, keys: dict[str, str]) -> Mark:
    return Mark(mark.kind, keys.get(mark.target, mark.target)) if mark.kind in _POINTING else mark
