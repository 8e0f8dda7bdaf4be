"""What a paper bears before its words and at the foot of every page, whoever's template it is."""

from __future__ import annotations

from typing import NamedTuple


class Front(NamedTuple):
    """A paper's marking, its header as (label, words) in order, and the words at the foot of its pages.

    ``pages`` says whether the foot also says "Page x of y"; within a pack the pack says it.
    """

    lines: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    running: str = ""
    pages: bool = True
