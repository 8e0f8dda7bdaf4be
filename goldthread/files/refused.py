"""The one way a reader says no."""

from __future__ import annotations


class Refused(Exception):
    """A file that is not read: why, in a sentence, and how to mend it, in another."""

    def __init__(self, reason: str, mend: str = "") -> None:
        self.reason = reason
        self.mend = mend
        super().__init__(f"{reason} {mend}".strip())
