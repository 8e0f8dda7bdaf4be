"""What a gate is passed on, and what has become of it since the text moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Placed(NamedTuple):
    """Where one section stands in a text and what it says: depth, permanent key, seal."""

    depth: int
    key: str
    seal: str


Tree = tuple[Placed, ...]


class Drift(StrEnum):
    """What has become of a section since somebody relied on it."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class SectionDrift(NamedTuple):
    """One section that is not as it was."""

    key: str
    what: Drift


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who did what on which date, in which words, and the text (by seal) that they relied on."""

    gate: str
    on: date
    body: str
    who: str
    words: str
    reference: str
    seal: str
    tree: Tree = ()
    number: int = 0
    """The order in which evidence was given, so that the latest of a gate is known."""


def drift(then: Tree, now: Tree) -> tuple[SectionDrift, ...]:
    """Every section that differs between two trees, in the order of the later one, removed last."""
    before = {placed.key: placed for placed in then}
    after = {placed.key: placed for placed in now}
    moved = _moved([p.key for p in then if p.key in after], [p.key for p in now if p.key in before])
    found: list[SectionDrift] = []
    for placed in now:
        old = before.get(placed.key)
        if old is None:
            found.append(SectionDrift(placed.key, Drift.ADDED))
        elif old.seal != placed.seal:
            found.append(SectionDrift(placed.key, Drift.CHANGED))
        elif placed.key in moved or old.depth != placed.depth:
            found.append(SectionDrift(placed.key, Drift.MOVED))
    found.extend(SectionDrift(p.key, Drift.REMOVED) for p in then if p.key not in after)
    return tuple(found)


def _moved(old: list[str], new: list[str]) -> frozenset[str]:
    """Keys outside a longest run that kept its order (patience sorting)."""
    place = {key: position for position, key in enumerate(old)}
    tails: list[str] = []
    before: dict[str, str | None] = {}
    for key in new:
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if place[tails[middle]] < place[key]:
                low = middle + 1
            else:
                high = middle
        before[key] = tails[low - 1] if low else None
        tails[low : low + 1] = [key]
    kept: set[str] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(new) - kept
