"""Reads of cross-references: how links stand, the matrix both ways, what might be linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.links import LinkState, Pair, judge, moved_on
from goldthread.core.text import Section, numbers, words_of
from goldthread.core.text.likeness import Candidate, likely
from goldthread.people.models import User
from goldthread.plans.models import CrossReference, Document, DocumentKind, Pin, SectionVersion
from goldthread.plans.queries import document_for, documents_for, working_edition
from goldthread.plans.texts import placements_of, text_of


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """A link, how it stands, the two texts now and as they were when last read together."""

    link: CrossReference
    state: LinkState
    section: SectionVersion | None
    clause: SectionVersion | None
    pin: Pin
    section_moved: bool
    clause_moved: bool


def version_at(document: Document, key: str) -> SectionVersion | None:
    """What a section says in the working edition of its document, if it stands there."""
    edition = working_edition(document)
    if edition is None:
        return None
    placed = edition.placements.filter(key=key).select_related("version").first()
    return placed.version if placed else None


def standing_of_link(made: CrossReference) -> LinkStanding:
    """How one link stands today."""
    section = version_at(made.plan, made.section_key)
    clause = version_at(made.strategy, made.clause_key)
    return _judged(made, section, clause, list(made.pins.all()))


def _judged(
    made: CrossReference, section: SectionVersion | None, clause: SectionVersion | None, pins: Sequence[Pin]
) -> LinkStanding:
    now = Pair(section.wording if section else "", clause.wording if clause else "")
    pairs = [Pair(pin.section_wording, pin.clause_wording) for pin in pins]
    state = judge(now, pairs)
    return LinkStanding(made, state, section, clause, pins[-1], *moved_on(now, pairs[-1]))


def links_of(plan: Document, strategies: Iterable[Document]) -> list[LinkStanding]:
    """How every living link of a plan stands, in a number of queries that does not grow with links."""
    now: dict[int, dict[str, SectionVersion]] = {}
    for document in (plan, *strategies):
        edition = working_edition(document)
        placed = placements_of(edition) if edition else []
        now[document.pk] = {each.key: each.version for each in placed}
    rows = plan.cross_references.filter(ended_at=None, strategy__in=now).select_related("strategy")
    return [
        _judged(
            made,
            now[plan.pk].get(made.section_key),
            now[made.strategy_id].get(made.clause_key),
            list(made.pins.all()),
        )
        for made in rows.prefetch_related("pins")
    ]


def link_for(user: User, slug: str, pk: int, *, on: date) -> CrossReference:
    """One link of a plan for somebody's desk."""
    plan = document_for(user, slug, on=on, ability=Ability.READ_DRAFTS)
    found = plan.cross_references.filter(pk=pk).select_related("strategy").first()
    if found is None:
        raise Http404("There is no such link.")
    found.plan = plan
    return found


def strategies_for(user: User, plan: Document, *, on: date) -> list[Document]:
    """The strategies kept by a plan's body."""
    rows = documents_for(user, on=on).filter(kind=DocumentKind.STRATEGY, body=plan.body_id)
    return list(rows.order_by("title"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A section or clause as a row or column of the matrix."""

    key: str
    number: str
    title: str
    depth: int
    document: Document


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row of the matrix: a section (or clause) and the links it has."""

    entry: Entry
    links: tuple[tuple[Entry | None, LinkStanding], ...]

    @property
    def state(self) -> LinkState:
        """The worst standing among its links; unlinked where there is none."""
        states = {standing.state for _, standing in self.links}
        for state in (LinkState.ORPHANED, LinkState.SUSPECT, LinkState.COVERS):
            if state in states:
                return state
        return LinkState.UNLINKED


@dataclass(frozen=True, slots=True)
class Matrix:
    """Coverage both ways: what each section rests on, and what rests on each clause."""

    sections: tuple[Coverage, ...]
    clauses: tuple[Coverage, ...]
    gone: tuple[LinkStanding, ...]
    """Orphaned links whose section is no longer in the plan."""


def matrix(plan: Document, strategies: Sequence[Document]) -> Matrix:
    """The coverage matrix of a plan against strategies."""
    standings = links_of(plan, strategies)
    entries = {document.pk: entries_of(document) for document in (plan, *strategies)}
    by_section: dict[str, list[LinkStanding]] = defaultdict(list)
    by_clause: dict[tuple[int, str], list[LinkStanding]] = defaultdict(list)
    for standing in standings:
        by_section[standing.link.section_key].append(standing)
        by_clause[standing.link.strategy_id, standing.link.clause_key].append(standing)
    sections = entries[plan.pk]
    rows = tuple(
        Coverage(
            entry,
            tuple((entries[s.link.strategy_id].get(s.link.clause_key), s) for s in by_section[entry.key]),
        )
        for entry in sections.values()
    )
    columns = tuple(
        Coverage(
            entry, tuple((sections.get(s.link.section_key), s) for s in by_clause[document.pk, entry.key])
        )
        for document in strategies
        for entry in entries[document.pk].values()
    )
    gone = tuple(standing for standing in standings if standing.link.section_key not in sections)
    return Matrix(rows, columns, gone)


def entries_of(document: Document) -> dict[str, Entry]:
    """The sections of a document's working edition by key, in order."""
    edition = working_edition(document)
    if edition is None:
        return {}
    text = text_of(edition)
    labels = numbers(text)
    return {
        section.key: Entry(section.key, labels.get(section.key, ""), section.title, depth, document)
        for depth, section in text.walk()
    }


def suggestions(
    plan: Document, section_key: str, strategies: Sequence[Document]
) -> list[tuple[Entry, float]]:
    """Clauses whose words are most like a section's, likeliest first; never linked by themselves."""
    edition = working_edition(plan)
    if edition is None:
        return []
    section = next((s for _, s in text_of(edition).walk() if s.key == section_key), None)
    if section is None:
        return []
    linked = set(
        plan.cross_references.filter(section_key=section_key, ended_at=None).values_list(
            "strategy", "clause_key"
        )
    )
    entries: dict[str, Entry] = {}
    candidates: list[Candidate] = []
    for document in strategies:
        strategy_edition = working_edition(document)
        if strategy_edition is None:
            continue
        text = text_of(strategy_edition)
        labels = numbers(text)
        for depth, clause in text.walk():
            if clause.blocks and (document.pk, clause.key) not in linked:
                name = f"{document.pk}:{clause.key}"
                entries[name] = Entry(clause.key, labels.get(clause.key, ""), clause.title, depth, document)
                candidates.append(Candidate(name, words_in(clause)))
    return [(entries[found.name], found.score) for found in likely(words_in(section), candidates)]


def words_in(section: Section) -> str:
    """A section's title and its own words."""
    return "\n".join((section.title, *(words_of(block) for block in section.blocks)))
