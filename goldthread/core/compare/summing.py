"""The weave in numbers, and its moves as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from goldthread.core.compare.changes import (
    Move,
    Place,
    PresentationChange,
    SectionCounts,
    Status,
    Summary,
    WordCounts,
    WovenSection,
)
from goldthread.core.text import Text

SHOWING = (Status.NO_LONGER_SHOWN, Status.NOW_SHOWN)


def sum_up(sections: Sequence[WovenSection], inserted: int, deleted: int) -> Summary:
    """Count what changed; the words given are those of the text's own title."""
    standing = [section for section in sections if section.place is not Place.FROM]
    blocks = [block for section in standing for block in section.blocks]
    became = Counter(section.status for section in standing)
    shown = Counter((block.status, block.kind) for block in blocks if block.status in SHOWING)
    return Summary(
        SectionCounts(
            added=became[Status.ADDED],
            removed=became[Status.REMOVED],
            moved=became[Status.MOVED],
            renamed=sum(section.renamed for section in standing),
            changed=sum(section.changed for section in standing),
        ),
        WordCounts(
            inserted + sum(section.inserted for section in standing),
            deleted + sum(section.deleted for section in standing),
        ),
        renumbered=sum(section.renumbered for section in standing),
        restyled=sum(block.status is Status.RESTYLED for block in blocks),
        presentation=tuple(
            PresentationChange(kind, status, count) for (status, kind), count in sorted(shown.items())
        ),
    )


def list_moves(sections: Sequence[WovenSection], old: Text, new: Text) -> tuple[Move, ...]:
    """Every move, in the new text's reading order."""
    above_old, above_new = _parents(old), _parents(new)
    from_section = {
        block.move: section.section.key
        for section in sections
        for block in section.blocks
        if block.place is Place.FROM and block.move != section.move
    }
    ends: dict[str, tuple[str, str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for section in sections:
        if section.place is not Place.FROM and section.move and section.old and section.new:
            ends.setdefault(section.move, (above_old[section.old.key], above_new[section.new.key]))
            counts[section.move, "sections"] += 1
        for block in section.blocks:
            if block.status is Status.MOVED and block.place is Place.TO:
                ends.setdefault(block.move, (from_section.get(block.move, ""), section.section.key))
                counts[block.move, "blocks"] += 1
    return tuple(
        Move(move, before, after, counts[move, "sections"], counts[move, "blocks"])
        for move, (before, after) in ends.items()
    )


def _parents(text: Text) -> dict[str, str]:
    """Each section's parent by key, empty at the top."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for depth, section in text.walk():
        parents[section.key] = path[depth - 1] if depth else ""
        path[depth:] = [section.key]
    return parents
