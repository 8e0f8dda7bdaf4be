"""The table of changes, section by section, in words that every output shows alike."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from goldthread.core.compare.changes import Comparison, Place, Status, WovenBlock, WovenSection
from goldthread.core.text import KIND_NAMES


class SectionLine(NamedTuple):
    """One section of the table: its key, number and title, what became of it, words in and out.

    ``state`` is "new", "removed" or "changed"; ``words`` says it in full.
    """

    key: str
    number: str
    title: str
    state: str
    words: str
    inserted: int
    deleted: int


def section_lines(comparison: Comparison) -> tuple[SectionLine, ...]:
    """Every section with something to say, in reading order, each once."""
    numbers = {block.move: s for s, block in comparison.blocks() if block.place is Place.FROM}
    lines = []
    for section in comparison.sections:
        if section.place is Place.FROM:
            continue
        said = _said(section, numbers)
        if not said:
            continue
        state = "changed"
        if section.status is Status.ADDED:
            state = "new"
        elif section.status is Status.REMOVED:
            state = "removed"
        title = section.section.title
        counts = (section.inserted, section.deleted)
        lines.append(SectionLine(section.section.key, section.number, title, state, said, *counts))
    return tuple(lines)


def _said(section: WovenSection, origins: dict[str, WovenSection]) -> str:
    if section.status is Status.ADDED:
        return "New"
    if section.status is Status.REMOVED:
        return "Removed"
    head = []
    if section.status is Status.MOVED:
        head.append("Moved")
    if section.changed:
        head.append("Changed")
    if section.renamed and section.old is not None:
        head.append(f"Renamed from “{section.old.title}”")
    if section.renumbered and section.old_number:
        head.append(f"was {section.old_number}" if head else f"Renumbered, was {section.old_number}")
    elif section.renumbered:
        head.append("now numbered" if head else "Now numbered")
    first = ", ".join((part if place == 0 else part[0].lower() + part[1:]) for place, part in enumerate(head))
    return "; ".join(filter(None, (first, *_moves(section, origins), *_shown(section), _restyled(section))))


def _moves(section: WovenSection, origins: dict[str, WovenSection]) -> list[str]:
    came: Counter[str] = Counter()
    for block in section.blocks:
        if block.place is not Place.TO or block.status is not Status.MOVED or block.move == section.move:
            continue
        origin = origins.get(block.move)
        elsewhere = origin is not None and origin.section.key != section.section.key
        where = f" from {origin.old_number or origin.section.title}" if origin and elsewhere else " within it"
        came[where] += 1
    return [f"{_count(number, 'block')} moved{where}" for where, number in came.items()]


def _shown(section: WovenSection) -> list[str]:
    found: Counter[tuple[str, str]] = Counter()
    for block in section.blocks:
        if block.status in (Status.NO_LONGER_SHOWN, Status.NOW_SHOWN):
            found[KIND_NAMES[block.kind].lower(), block.status.value] += 1
    return [f"{_count(number, kind)} {status}" for (kind, status), number in found.items()]


def _restyled(section: WovenSection) -> str:
    only = [block for block in section.blocks if block.status is Status.RESTYLED and _standing(block)]
    return f"{_count(len(only), 'block')} in another style" if only else ""


def _standing(block: WovenBlock) -> bool:
    return block.place is not Place.FROM


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def figures(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """The comparison in a few figures, each with its words."""
    sections, words = comparison.summary.sections, comparison.summary.words
    found = [
        (str(sections.added), "section new" if sections.added == 1 else "sections new"),
        (str(sections.changed), "changed"),
        (str(sections.removed), "removed"),
        (f"{words.inserted:,}", f"words in, {words.deleted:,} out"),
    ]
    if sections.moved:
        found.insert(3, (str(sections.moved), "moved"))
    for change in comparison.summary.presentation:
        name = KIND_NAMES[change.kind].lower()
        found.append(
            (str(change.blocks), f"{name if change.blocks == 1 else name + 's'} {change.status.value}")
        )
    return tuple(found)
