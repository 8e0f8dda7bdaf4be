"""How a link between two texts stands: covers, suspect, orphaned or unlinked.

The words are OpenFastTrace's. A link is judged by the pair of contents that somebody has
read side by side, so that putting a text back makes the link good again.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class LinkState(StrEnum):
    """Where a link between a section and a clause stands."""

    COVERS = "covers"
    SUSPECT = "suspect"
    ORPHANED = "orphaned"
    UNLINKED = "unlinked"


class Pair(NamedTuple):
    """The wording of a section and of a clause, each empty where it no longer stands."""

    section: str
    clause: str


def judge(now: Pair, cleared: Collection[Pair]) -> LinkState:
    """How a link stands, given the contents now and every pair that was cleared."""
    if not now.section or not now.clause:
        return LinkState.ORPHANED
    return LinkState.COVERS if now in cleared else LinkState.SUSPECT


def moved_on(now: Pair, last: Pair) -> tuple[bool, bool]:
    """Whether the section, and whether the clause, differs from when they were last read together."""
    return now.section != last.section, now.clause != last.clause
