"""What a pack holds, frozen when it was asked for: items, papers by version and seal, appendices by SHA-256.

A pack is built up from what its audience may see and from nothing else. What is kept with it is
this record; the files are made from it afterwards, whatever becomes of the papers meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from goldthread.core.text import Text, seal_of
from goldthread.meetings.appendices import Attached
from goldthread.meetings.texts import text_of_form


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper in a pack. ``kind`` is "paper" (by its version), "minutes" or "actions" (by their words).

    ``key`` names it in every issue; ``marking`` is the stricter of its own and its item's.
    """

    key: str
    kind: str
    title: str
    seal: str
    paper: int = 0
    version: int = 0
    number: int = 0
    marking: str = ""
    form: tuple[Any, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    appendices: tuple[Attached, ...] = ()

    @property
    def text(self) -> Text:
        """The words of minutes or of an action log, as they were frozen."""
        return text_of_form(self.form, title=self.title)


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An agenda item in a pack, as its audience was shown it."""

    pk: int
    anchor: str
    number: str
    title: str
    kind: str
    depth: int = 0
    exempt: bool = False
    reason: str = ""
    note: str = ""
    lead: str = ""
    purpose: str = ""
    late: str = ""
    withdrawn: str = ""
    marking: str = ""
    papers: tuple[HeldPaper, ...] = ()

    @property
    def name(self) -> str:
        """The number and title as one line."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a pack holds. ``ordinal`` counts the issues of a pack, or its supplements."""

    board: str
    body: str
    on: str
    time: str
    place: str
    variant: str
    supplement: bool
    ordinal: int
    items: tuple[HeldItem, ...]

    @property
    def form(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def seal(self) -> str:
        """The seal of everything in it."""
        return seal_of(self.form)

    def same_as(self, other: Contents) -> bool:
        """Whether two packs hold the same, whatever they are numbered."""
        return replace(self, ordinal=0).seal == replace(other, ordinal=0).seal

    def papers(self) -> Iterator[tuple[HeldItem, HeldPaper]]:
        """Every paper with its item, in order."""
        return ((item, paper) for item in self.items for paper in item.papers)

    def paper(self, key: str) -> HeldPaper | None:
        """The paper with a key, if it is in this pack."""
        return next((paper for _item, paper in self.papers() if paper.key == key), None)

    @property
    def exempt(self) -> bool:
        """Whether any exempt business is in it."""
        return any(item.marking == "exempt" for item in self.items) or any(
            "exempt" in (paper.marking, *(each.marking for each in paper.appendices))
            for _item, paper in self.papers()
        )


def read_contents(form: Mapping[str, Any]) -> Contents:
    """What a pack holds, from what was kept."""
    items = tuple(
        HeldItem(**{**item, "papers": tuple(_paper(paper) for paper in item["papers"])})
        for item in form["items"]
    )
    return Contents(**{**form, "items": items})


def _paper(form: Mapping[str, Any]) -> HeldPaper:
    appendices = tuple(Attached(**each) for each in form["appendices"])
    return HeldPaper(**{**form, "form": tuple(form["form"]), "appendices": appendices})
