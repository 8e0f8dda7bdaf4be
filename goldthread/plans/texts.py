"""The text of an edition: from its placements to the core's frozen records, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from goldthread.core.governance.evidence import Placed, Tree
from goldthread.core.text import (
    Section,
    Text,
    read_section,
    seal_of,
    section_form,
    section_seal,
    section_wording,
    tree_seal,
    words_of,
)
from goldthread.plans.models import Document, Edition, Placement, SectionVersion


class Flat(NamedTuple):
    """A section without its subsections, and the depth at which it stands."""

    depth: int
    section: Section


def flatten(text: Text) -> tuple[Flat, ...]:
    """Every section in reading order, each holding only its own blocks."""
    return tuple(Flat(depth, without_children(section)) for depth, section in text.walk())


def without_children(section: Section) -> Section:
    """The same section, its subsections left off."""
    return Section(section.key, section.title, section.blocks, (), section.numbered, section.lang)


def nest(title: str, lang: str, flat: Sequence[Flat]) -> Text:
    """A text from sections in reading order; one that is deeper than allowed is raised to fit."""
    return Text(title, _children(list(flat), 0, 0, len(flat)), lang)


def _children(flat: list[Flat], depth: int, start: int, stop: int) -> tuple[Section, ...]:
    found: list[Section] = []
    at = start
    while at < stop:
        end = at + 1
        while end < stop and flat[end].depth > depth:
            end += 1
        own = flat[at].section
        below = _children(flat, depth + 1, at + 1, end)
        found.append(Section(own.key, own.title, own.blocks, below, own.numbered, own.lang))
        at = end
    return tuple(found)


def placements_of(edition: Edition) -> list[Placement]:
    """Every placement of an edition with its version, in order: one query."""
    return list(edition.placements.select_related("version").order_by("position"))


def section_of(version: SectionVersion) -> Section:
    """What one version says."""
    return read_section(version.form)[0]


def text_from(edition: Edition, placements: Iterable[Placement]) -> Text:
    """The text of an edition whose placements have been fetched."""
    flat = [Flat(placed.depth, section_of(placed.version)) for placed in placements]
    return nest(edition.title, edition.lang, flat)


def text_of(edition: Edition) -> Text:
    """The text of an edition: one query."""
    return text_from(edition, placements_of(edition))


def tree_of(edition: Edition) -> Tree:
    """The ordered tree of (depth, key, seal) of an edition: one query, no text read."""
    rows = edition.placements.order_by("position").values_list("depth", "key", "version__seal")
    return tuple(Placed(*row) for row in rows)


def edition_seal(edition: Edition, tree: Tree) -> str:
    """The seal of an edition's text and of which block kinds it shows."""
    whole = tree_seal(edition.title, edition.lang, [tuple(placed) for placed in tree])
    return seal_of([whole, sorted(edition.hidden)])


def words_in_section(section: Section) -> int:
    """How many words a section has, its title included and its subsections left out."""
    return sum(len(words_of(block).split()) for block in section.blocks) + len(section.title.split())


def keep_version(document: Document, section: Section, *, at: datetime) -> SectionVersion:
    """The one row for what a section says, made if nobody wrote just this before."""
    own = without_children(section)
    return SectionVersion.objects.get_or_create(
        document=document,
        key=own.key,
        seal=section_seal(own),
        defaults={
            "title": own.title[:300],
            "form": section_form(own),
            "wording": section_wording(own),
            "word_count": words_in_section(own),
            "made_at": at,
        },
    )[0]


def place_all(edition: Edition, flat: Sequence[Flat], *, at: datetime) -> list[Placement]:
    """Write the whole text of a new edition: one row a section."""
    placements = [
        Placement(
            edition=edition,
            position=position,
            depth=each.depth,
            key=each.section.key,
            version=keep_version(edition.document, each.section, at=at),
        )
        for position, each in enumerate(flat, start=1)
    ]
    return Placement.objects.bulk_create(placements)
