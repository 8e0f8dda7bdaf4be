"""A diary: what was done when, put down in any order and carried out in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush

Deed = Callable[[datetime], object]


class Diary:
    """Deeds with their moments. Those of one moment are carried out in the order they were put down.

    A deed may put down others, for its own moment or a later one.
    """

    def __init__(self) -> None:
        self._lines: list[tuple[datetime, int, Deed]] = []
        self._written = 0

    def put(self, at: datetime, deed: Deed) -> None:
        """Note that something is done at a moment, which the deed is told."""
        self._written += 1
        heappush(self._lines, (at, self._written, deed))

    def live(self) -> None:
        """Carry everything out, earliest first."""
        while self._lines:
            at, _, deed = heappop(self._lines)
            deed(at)
