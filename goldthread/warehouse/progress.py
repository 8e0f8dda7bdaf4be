"""How far a load has come, told often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["looking", "unpacking", "reading", "writing", "swapping", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come: what it is doing, to which file, and how much is behind it.

    ``bytes_done`` counts unpacked bytes; ``rows`` the records read so far.
    """

    stage: Stage
    file: str = ""
    files_done: int = 0
    files_total: int = 0
    rows: int = 0
    bytes_done: int = 0
    bytes_total: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1, by bytes; 1 only when everything is done."""
        if self.stage == "done":
            return 1.0
        return min(self.bytes_done / self.bytes_total, 0.99) if self.bytes_total else 0.0


Tell = Callable[[Progress], None]


def untold(progress: Progress) -> None:
    """Tell no one."""
