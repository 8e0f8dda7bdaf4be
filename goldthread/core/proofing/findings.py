"""What proofing finds, and the facts it is told that no paper says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """What is being proofed: some faults are faults only in one of them."""

    PAPER = "paper"
    MINUTES = "minutes"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a stable code, a place an officer can find, and what is wrong with how to mend it.

    ``section`` and ``block`` are the keys that the fault belongs to; empty where it is the whole
    paper's, or the whole section's.
    """

    code: str
    where: str
    message: str
    section: str = ""
    block: str = ""

    def as_json(self) -> dict[str, str]:
        """What the command prints."""
        return {"code": self.code, "where": self.where, "message": self.message}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a paper from outside it. What is left empty is read from the paper where it says so.

    ``attached`` names the appendices that go with it, as titles or file names. ``required`` are the
    headings that the office's template asks for. ``financial_year`` is written "2019/20".
    """

    attached: tuple[str, ...] = ()
    meeting_on: date | None = None
    dated: date | None = None
    financial_year: str = ""
    kind: PaperKind | None = None
    required: tuple[str, ...] = ()
