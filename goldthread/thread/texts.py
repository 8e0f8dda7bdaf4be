"""What editions of a plan say, section by section and pledge by pledge: read once, since it is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldthread.core.text import (
    Kind,
    Prose,
    Section,
    Text,
    Typed,
    numbers,
    plain,
    seal_of,
    section_wording,
    words_of,
)
from goldthread.delivery.serving import PROMISES, block_mark
from goldthread.plans.models import Edition, Placement
from goldthread.plans.reading import address_of, short_key
from goldthread.plans.texts import text_from, without_children

REMEMBERED = 64
"""How many sealed editions one process remembers. What is sealed never changes, so none goes stale."""


class Place(NamedTuple):
    """Where words stand for good: in a section, and if only a block of it is meant, in which."""

    section: str
    block: str = ""


class SectionAt(NamedTuple):
    """A section as it stands in one edition. ``said`` is alike while it and its subsections say the same;
    ``mark`` while its own words do."""

    key: str
    title: str
    number: str
    above: tuple[str, ...]
    address: str
    said: str
    mark: str
    words: str
    pledges: tuple[str, ...]

    @property
    def name(self) -> str:
        """The section as it is spoken of: its number and title."""
        return f"{self.number} {self.title}".strip()


class PledgeAt(NamedTuple):
    """A pledge, or an outcome promised, as it stands in one edition: in which section, as which number,
    in which words. ``mark`` is alike while a reader would call it the same words."""

    key: str
    section: str
    label: str
    words: str
    lang: str
    mark: str


@dataclass(frozen=True, slots=True)
class Said:
    """All that one edition shows: its sections and its pledges by their permanent keys."""

    sections: dict[str, SectionAt]
    pledges: dict[str, PledgeAt]

    def pledge_called(self, short: str) -> PledgeAt | None:
        """The pledge whose key is shortened so."""
        return next((each for key, each in self.pledges.items() if short_key(key) == short), None)

    def section_called(self, short: str) -> SectionAt | None:
        """The section whose key is shortened so."""
        return next((each for key, each in self.sections.items() if short_key(key) == short), None)

    def said_at(self, place: Place) -> str:
        """A mark of what stands at a place; empty where nothing does."""
        if place.block:
            pledge = self.pledges.get(place.block)
            return pledge.mark if pledge else ""
        section = self.sections.get(place.section)
        return section.said if section else ""

    def mark_at(self, place: Place) -> str:
        """The mark by which a priority pins what stands at a place; empty where nothing does."""
        section = self.sections.get(place.section)
        return self.said_at(place) if place.block else section.mark if section else ""

    def section_of(self, place: Place) -> SectionAt | None:
        """The section in which a place is: where its pledge stands in this edition."""
        pledge = self.pledges.get(place.block) if place.block else None
        if place.block and pledge is None:
            return None
        return self.sections.get(pledge.section if pledge else place.section)


_remembered: dict[tuple[int, str], Said] = {}


def said_in(editions: Sequence[Edition]) -> dict[int, Said]:
    """What some editions say, by number: one query for those that this process has not read yet.

    An edition that is still being written is read anew.
    """
    found = {e.pk: _remembered[e.pk, e.seal] for e in editions if e.seal and (e.pk, e.seal) in _remembered}
    unread = [edition for edition in editions if edition.pk not in found]
    if unread:
        rows: dict[int, list[Placement]] = {edition.pk: [] for edition in unread}
        placed = Placement.objects.filter(edition__in=rows).select_related("version")
        for row in placed.order_by("edition", "position"):
            rows[row.edition_id].append(row)
        for edition in unread:
            found[edition.pk] = said = _said(text_from(edition, rows[edition.pk]), edition.hidden_kinds)
            if edition.seal:
                _remember(edition, said)
    return found


def _remember(edition: Edition, said: Said) -> None:
    while len(_remembered) >= REMEMBERED:
        _remembered.pop(next(iter(_remembered)))
    _remembered[edition.pk, edition.seal] = said


def _said(text: Text, hidden: Iterable[Kind]) -> Said:
    """Every section and promise of a text, but for the kinds of block that the edition does not show."""
    labels = numbers(text)
    sections: dict[str, SectionAt] = {}
    pledges: dict[str, PledgeAt] = {}
    shown = set(PROMISES) - set(hidden)
    above: list[str] = []
    for depth, section in text.walk():
        del above[depth:]
        own = [block for block in section.blocks if isinstance(block, Typed) and block.kind in shown]
        for block in own:
            pledges[block.key] = _pledge(block, section, labels)
        first = next((plain(b.runs) for b in section.blocks if isinstance(b, Prose)), "")
        sections[section.key] = SectionAt(
            section.key,
            section.title,
            labels.get(section.key, ""),
            tuple(above),
            address_of(section.key, section.title),
            seal_of([section_wording(without_children(each)) for _d, each in Text("", (section,)).walk()]),
            section_wording(section),
            first,
            tuple(block.key for block in own if block.kind is Kind.PLEDGE),
        )
        above.append(section.key)
    return Said(sections, pledges)


def _pledge(block: Typed, section: Section, labels: dict[str, str]) -> PledgeAt:
    words = words_of(block)
    lang = block.lang or section.lang
    label = labels.get(block.key) or str(block.kind).capitalize()
    return PledgeAt(block.key, section.key, label, words, lang, block_mark(str(block.kind), words))
