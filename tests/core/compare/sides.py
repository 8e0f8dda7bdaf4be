"""Take one side of a comparison, by the rule its records promise."""

from __future__ import annotations

from goldthread.core.compare import (
    Comparison,
    FigureDetail,
    ListDetail,
    Pieces,
    Place,
    TableDetail,
    TypedDetail,
    WordsDetail,
    WovenBlock,
)
from goldthread.core.text import Block, Figure, Kind, ListBlock, Runs, Table, Text, Typed, tidy

AWAY = {"old": Place.TO, "new": Place.FROM}


def runs_of(pieces: Pieces, side: str) -> Runs:
    return tidy(run for piece in pieces for run in getattr(piece, side))


def words(pieces: Pieces, side: str) -> str:
    return "".join(run.words for run in runs_of(pieces, side))


def taken(entries, side: str):
    return [e for e in entries if getattr(e, side) is not None and e.place is not AWAY[side]]


def content(block: Block) -> object:
    """All that a block holds but its key, in the shape that ``rebuilt`` gives."""
    match block:
        case ListBlock():
            return [tidy(item.runs) for item in block.items]
        case Table():
            return block.caption, [[[tidy(p) for p in c.paragraphs] for c in r.cells] for r in block.rows]
        case Figure():
            return block.alt, tidy(block.runs)
        case Typed():
            return tidy(block.runs), dict(block.fields)
        case _:
            return tidy(block.runs)


def rebuilt(woven: WovenBlock, side: str) -> object:
    """One side of a woven block, put together again from its detail alone."""
    match woven.detail:
        case WordsDetail(pieces):
            return runs_of(pieces, side)
        case TypedDetail(pieces, fields):
            return runs_of(pieces, side), {f.name: getattr(f, side) for f in fields if getattr(f, side)}
        case ListDetail(items):
            return [runs_of(item.pieces, side) for item in taken(items, side)]
        case TableDetail(caption, rows, _):
            return words(caption, side), [
                [
                    [runs_of(p.pieces, side) for p in c.paragraphs if getattr(p, side) is not None]
                    for c in row.cells
                    if getattr(c, side) is not None
                ]
                for row in taken(rows, side)
            ]
        case FigureDetail(_, alt, pieces):
            return words(alt, side), runs_of(pieces, side)


def outline(text: Text, hidden: frozenset[Kind] = frozenset()) -> list[object]:
    """A text as titles and contents in reading order."""
    return [
        (depth, section.title, [content(block) for block in section.blocks if block.kind not in hidden])
        for depth, section in text.walk()
    ]


def side_of(comparison: Comparison, side: str) -> list[object]:
    """One side of a comparison, in the shape that ``outline`` gives."""
    return [
        (
            getattr(section, f"{side}_depth"),
            words(section.title, side),
            [rebuilt(block, side) for block in taken(section.blocks, side)],
        )
        for section in taken(comparison.sections, side)
    ]
