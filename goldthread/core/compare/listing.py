"""A comparison as plain values, for JSON and for a table of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goldthread.core.compare.changes import (
    Comparison,
    Detail,
    FigureDetail,
    ListDetail,
    Pieces,
    Place,
    RowChange,
    Status,
    Summary,
    TableDetail,
    TypedDetail,
    WordsDetail,
    WovenBlock,
    WovenSection,
)
from goldthread.core.text import plain

Json = dict[str, Any]


def as_json(comparison: Comparison) -> Json:
    """The summary, and one entry for each section and block that changed, in reading order.

    Entries of "what": "text" (its title), "section" and "block"; ghosts are left out, each
    move standing once, where it went.
    """
    return {"summary": _summary(comparison.summary), "changes": list(_changes(comparison))}


def _summary(summary: Summary) -> Json:
    return {
        "sections": summary.sections._asdict(),
        "words": summary.words._asdict(),
        "renumbered": summary.renumbered,
        "restyled": summary.restyled,
        "presentation": [
            {"kind": change.kind.value, "change": change.status.value, "blocks": change.blocks}
            for change in summary.presentation
        ],
    }


def _changes(comparison: Comparison) -> Iterator[Json]:
    if any(piece.status is not Status.KEPT for piece in comparison.title):
        yield {"what": "text", "change": Status.CHANGED.value, "title": _pieces(comparison.title)}
    moves = {move.id: move for move in comparison.moves}
    titles = {s.key: s.title for text in (comparison.old, comparison.new) for _, s in text.walk()}
    for section in comparison.sections:
        if section.place is Place.FROM:
            continue
        if section.status is not Status.KEPT or section.renamed or section.renumbered:
            entry = _section(section)
            if section.status is Status.MOVED:
                move = moves[section.move]
                entry["move"] = {
                    "id": move.id,
                    "from": titles.get(move.old_section, ""),
                    "to": titles.get(move.new_section, ""),
                }
            yield entry
        for block in section.blocks:
            if block.place is Place.FROM or block.status is Status.KEPT:
                continue
            entry = _block(section, block)
            if block.status is Status.MOVED:
                move = moves[block.move]
                entry["move"] = {"id": move.id, "from": titles.get(move.old_section, "")}
            yield entry


def _section(section: WovenSection) -> Json:
    return {
        "what": "section",
        "change": section.status.value,
        "key": section.section.key,
        "title": section.section.title,
        "old_title": section.old.title if section.old else "",
        "number": section.new_number,
        "old_number": section.old_number,
        "renamed": section.renamed,
        "renumbered": section.renumbered,
        "changed": section.changed,
        "words": {"inserted": section.inserted, "deleted": section.deleted},
    }


def _block(section: WovenSection, block: WovenBlock) -> Json:
    return {
        "what": "block",
        "change": block.status.value,
        "section": section.section.key,
        "key": block.block.key,
        "kind": block.kind.value,
        "label": block.new_label,
        "old_label": block.old_label,
        "words": {"inserted": block.inserted, "deleted": block.deleted},
        **_detail(block.detail),
    }


def _pieces(pieces: Pieces) -> list[Json]:
    """Pieces with something to say: change and words; old words too where they only read alike."""
    listed: list[Json] = []
    for piece in pieces:
        entry: Json = {"change": piece.status.value, "words": piece.words}
        if piece.status is Status.RESTYLED and plain(piece.old) != piece.words:
            entry["old_words"] = plain(piece.old)
        listed.append(entry)
    return listed


def _detail(detail: Detail) -> Json:
    match detail:
        case WordsDetail():
            return {"pieces": _pieces(detail.pieces)}
        case TypedDetail():
            fields = [
                {"field": field.name, "old": field.old, "new": field.new}
                for field in detail.fields
                if field.changed
            ]
            return {"pieces": _pieces(detail.pieces), "fields": fields}
        case ListDetail():
            items = [
                {"change": item.status.value, "pieces": _pieces(item.pieces)}
                for item in detail.items
                if item.status is not Status.KEPT and item.place is not Place.FROM
            ]
            return {"items": items}
        case TableDetail():
            return {"caption": _pieces(detail.caption), "rows": _rows(detail.rows)}
        case FigureDetail():
            return {
                "image_changed": detail.image_changed,
                "alt": _pieces(detail.alt),
                "pieces": _pieces(detail.pieces),
            }


def _rows(rows: Sequence[RowChange]) -> list[Json]:
    return [
        {
            "change": row.status.value,
            "cells": [
                {
                    "change": cell.status.value,
                    "paragraphs": [_pieces(paragraph.pieces) for paragraph in cell.paragraphs],
                }
                for cell in row.cells
            ],
        }
        for row in rows
        if row.status is not Status.KEPT and row.place is not Place.FROM
    ]
