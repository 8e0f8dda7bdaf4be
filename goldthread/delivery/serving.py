"""Which words of the plan a priority serves, pinned as they were read; and whether they still say that.

It holds while the words are the same; it is suspect once they moved on, until somebody has read both;
it is orphaned where the pledge or section is gone from the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldthread.core.text import Kind, Section, canonical, numbers, seal_of, section_wording, words_of
from goldthread.delivery.models import Serves
from goldthread.performance.identified import approved_edition
from goldthread.plans.models import Document, Edition, Placement
from goldthread.plans.queries import edition_in_force
from goldthread.plans.texts import text_of

PROMISES = (Kind.PLEDGE, Kind.OUTCOME)
"""The blocks of a plan that can be served by themselves."""


class Serving(StrEnum):
    """How the words that a priority serves stand against the plan today."""

    HOLDS = "holds"
    SUSPECT = "suspect"
    ORPHANED = "orphaned"
    ENDED = "ended"


class Place(NamedTuple):
    """A pledge or a section where it stands in an edition: what it is called, what it says, its mark.

    ``depth`` is that of its section; a pledge has a ``block_key``.
    """

    section_key: str
    block_key: str
    label: str
    words: str
    seal: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Stands:
    """One thing that a priority serves, and how it stands; ``now`` is what stands there today."""

    serves: Serves
    state: Serving
    now: Place | None = None

    @property
    def holds(self) -> bool:
        """Whether the plan still says the words that were pinned."""
        return self.state is Serving.HOLDS


def current_edition(plan: Document, on: date) -> Edition | None:
    """The edition whose words count on a day: the one in force, or before the first the one approved."""
    return edition_in_force(plan, on=on) or approved_edition(plan)


def places_of(edition: Edition) -> tuple[Place, ...]:
    """Every section of an edition with the pledges in it that it shows, in order: one query."""
    text = text_of(edition)
    labels = edition.printed or numbers(text)
    shown = [kind for kind in PROMISES if kind not in edition.hidden_kinds]
    found: list[Place] = []
    for depth, section in text.walk():
        found.append(_section_place(section, labels, depth))
        found += _block_places(section, labels, shown, depth)
    return tuple(found)


def _section_place(section: Section, labels: dict[str, str], depth: int) -> Place:
    name = f"{labels.get(section.key, '')} {section.title}".strip()
    said = " ".join(words_of(block) for block in section.blocks).strip()
    return Place(section.key, "", name[:300], said or section.title, section_wording(section), depth)


def _block_places(
    section: Section, labels: dict[str, str], shown: Sequence[Kind], depth: int
) -> Iterable[Place]:
    for block in section.blocks:
        if block.kind not in shown:
            continue
        words = words_of(block)
        name = labels.get(block.key) or str(block.kind).capitalize()
        label = _("%(name)s, in %(section)s") % {"name": name, "section": section.title}
        yield Place(section.key, block.key, label[:300], words, block_mark(str(block.kind), words), depth)


def block_mark(kind: str, words: str) -> str:
    """The same for two blocks of a kind whose words a reader would call the same."""
    return seal_of(["block", kind, canonical(words)])


def place_of(edition: Edition, section_key: str, block_key: str = "") -> Place | None:
    """One pledge or section of an edition, or nothing where it does not stand there for its readers."""
    wanted = (section_key, block_key)
    return next((each for each in places_of(edition) if each[:2] == wanted), None)


def standing_of(rows: Iterable[Serves], on: date) -> tuple[Stands, ...]:
    """How each of these stands on a day: two or three queries for each plan among them.

    Fetch ``plan`` with the rows.
    """
    found = tuple(rows)
    plans = {row.plan_id: row.plan for row in found}
    now = {pk: _places_by_key(plan, on) for pk, plan in plans.items()}
    return tuple(_stands(row, now[row.plan_id]) for row in found)


def moved_on(rows: QuerySet[Serves], on: date) -> tuple[Stands, ...]:
    """Those of these that no longer hold: suspect or gone, with their plan and their priority.

    No text is read where a section is the very version that was pinned: a few queries, however many rows.
    """
    pins = [_Pin(*each) for each in rows.filter(ended_at=None).values_list(*_Pin._fields)]
    plans = Document.objects.in_bulk({pin.plan for pin in pins})
    now = {pk: current_edition(plan, on) for pk, plan in plans.items()}
    asked = {pin.pk for pin in pins} - _untouched(pins, now)
    if not asked:
        return ()
    found = rows.filter(pk__in=asked).select_related("plan", "priority")
    return tuple(each for each in standing_of(found, on) if not each.holds)


class _Pin(NamedTuple):
    """Where something is pinned, by number."""

    pk: int
    plan: int
    edition: int
    section_key: str


def _untouched(pins: Sequence[_Pin], now: Mapping[int, Edition | None]) -> set[int]:
    """The pins whose section is, in the edition that counts, the version that stood in the sealed edition
    to which they are pinned, where both show the same kinds of blocks."""
    pinned = Edition.objects.in_bulk({pin.edition for pin in pins})
    editions = {edition.pk for edition in now.values() if edition is not None} | set(pinned)
    placed = Placement.objects.filter(edition__in=editions, key__in={pin.section_key for pin in pins})
    versions = {(edition, key): pk for edition, key, pk in placed.values_list("edition", "key", "version")}
    same = set()
    for pin in pins:
        was, edition = pinned[pin.edition], now[pin.plan]
        if edition is None or not was.is_sealed or was.hidden != edition.hidden:
            continue
        version = versions.get((edition.pk, pin.section_key))
        if version is not None and version == versions.get((was.pk, pin.section_key)):
            same.add(pin.pk)
    return same


def _places_by_key(plan: Document, on: date) -> dict[tuple[str, str], Place]:
    edition = current_edition(plan, on)
    return {each[:2]: each for each in places_of(edition)} if edition is not None else {}


def _stands(row: Serves, now: dict[tuple[str, str], Place]) -> Stands:
    place = now.get((row.section_key, row.block_key))
    if row.ended_at is not None:
        return Stands(row, Serving.ENDED, place)
    if place is None:
        return Stands(row, Serving.ORPHANED)
    return Stands(row, Serving.HOLDS if place.seal == row.seal else Serving.SUSPECT, place)
