"""What goes into a pack and what comes out: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from goldthread.core.problems import Problem


@dataclass(frozen=True, slots=True)
class PackPaper:
    """A paper or an appendix as a finished PDF, by its bytes or where they are."""

    label: str
    title: str
    pdf: bytes | Path
    lang: str = "en-GB"
    marking: str = ""

    @property
    def name(self) -> str:
        """The label and the title as one line."""
        return ": ".join(filter(None, (self.label, self.title)))


@dataclass(frozen=True, slots=True)
class PackItem:
    """An agenda item and its papers; with none, ``note`` says why ("Withdrawn", "To be tabled")."""

    number: str
    title: str
    note: str = ""
    marking: str = ""
    papers: tuple[PackPaper, ...] = ()

    @property
    def name(self) -> str:
        """The number and the title as one line."""
        return " ".join(filter(None, (self.number, self.title)))


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says. ``lines`` are further lines, such as who is invited or what this issue changes."""

    body: str
    title: str
    on: date
    at: str
    where: str
    variant: str
    marking: str = ""
    lines: tuple[str, ...] = ()
    lang: str = "en-GB"


@dataclass(frozen=True, slots=True)
class PaperPages:
    """Where a paper stands: pages of the file from 1, pages as printed, whether its tags can be relied on."""

    label: str
    item: str
    first: int
    last: int
    printed_first: str
    printed_last: str
    pdfua: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that was written.

    ``page_map`` goes into the next issue as ``pages``; ``last_printed`` into a supplement as ``after``;
    ``pdfua`` says whether the file claims PDF/UA-1, which it does only if every paper in it does.
    """

    pages: tuple[PaperPages, ...]
    count: int
    sha256: str
    page_map: Mapping[str, str] = field(default_factory=dict)
    last_printed: int = 0
    pdfua: bool = True
    problems: tuple[Problem, ...] = ()
