"""A problem found by a check, as a value: a check yields every one and does not stop at the first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, in words an officer understands and can act on."""

    where: str
    message: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
