"""What a paper bears before its words and at the foot of every page, whoever's template it is."""

from __future__ import annotations

import re
from typing import NamedTuple

PAGE, PAGES = "{page}", "{pages}"
_PLACES = re.compile(r"(\{pages?\})")


class Front(NamedTuple):
    """A paper's marking, its header as (label, words) in order, and the words at the foot of its pages.

    In ``foot``, ``{page}`` stands for the number of the page and ``{pages}`` for how many there are.
    """

    lines: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    foot: str = ""

    def foot_parts(self) -> tuple[str, ...]:
        """The foot cut where a number stands: words, ``PAGE`` and ``PAGES`` in their order."""
        return tuple(filter(None, _PLACES.split(self.foot)))
