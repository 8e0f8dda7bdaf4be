"""The sources of a paper: what its words refer to, what that was found to be, whether it moved on.

A reference that names its target exactly (an agenda item, a decision, an appendix) is resolved by
itself. One that only describes it ("People Strategy, Cambridgeshire Constabulary") is given
candidates, and a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import token_set_ratio

from goldthread.core.citations import Citation, CitationKind, find_citations, normal_reference
from goldthread.core.governance.exemption import Audience
from goldthread.core.text import Block, Kind, Text, Typed, plain, words_of
from goldthread.meetings.models import AgendaItem, Decision, Paper, SourceLink
from goldthread.meetings.targets import Pinned, targets
from goldthread.plans.models import Document, DocumentKind
from goldthread.plans.queries import edition_in_force

LEAST_ALIKE = 82
"""How alike (0-100) a source's words and a document's title and body must be to be offered."""


class State(StrEnum):
    """How a reference stands against what it was pinned to."""

    PINNED = "pinned"
    MOVED = "moved on"
    GONE = "gone"
    KEPT = "kept as cited"
    UNRESOLVED = "not found"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference found in a block: its words, what it exactly names (if that is here), an address."""

    block_key: str
    words: str
    target: Pinned | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a reader is told of it. ``address`` leads to it, inside or outside."""

    link: SourceLink
    state: State
    label: str
    address: str


def references_in(paper: Paper, text: Text) -> tuple[Reference, ...]:
    """Every reference in a paper's words, in order, each once a block."""
    patterns = tuple(paper.board.body.registers.values_list("pattern", flat=True))
    found: dict[tuple[str, str], Reference] = {}
    for _, section in text.walk():
        for block in section.blocks:
            for reference in _in_block(paper, block, patterns):
                found.setdefault((reference.block_key, reference.words), reference)
    return tuple(found.values())


def _in_block(paper: Paper, block: Block, patterns: Sequence[str]) -> Iterator[Reference]:
    cited = find_citations(words_of(block), patterns=patterns)
    exact = False
    for citation in cited:
        words = citation.label if citation.kind is CitationKind.APPENDIX else citation.words
        if citation.kind is CitationKind.ADDRESS:
            yield Reference(block.key, words[:500], address=citation.reference[:500])
        else:
            exact = True
            yield Reference(block.key, words[:500], _resolve(paper, citation))
    if isinstance(block, Typed) and block.kind is Kind.SOURCE_DOCUMENT and not exact:
        yield Reference(block.key, plain(block.runs)[:500], address=block.field("address")[:500])


def _resolve(paper: Paper, citation: Citation) -> Pinned | None:
    match citation.kind:
        case CitationKind.AGENDA_ITEM:
            return _item(paper, citation)
        case CitationKind.APPENDIX:
            label = citation.label.casefold()
            held = paper.appendices.filter(removed_at__isnull=True)
            return next((("appendix", a.pk) for a in held if a.label.casefold() == label), None)
        case CitationKind.DECISION:
            rows = Decision.objects.filter(register__body=paper.board.body_id)
            found = rows.filter(normal=normal_reference(citation.reference)).first()
            return ("decision", found.pk) if found else None
        case _:
            return None


def _item(paper: Paper, citation: Citation) -> Pinned | None:
    """The item of that number at a meeting of that board on that day."""
    rows = AgendaItem.objects.filter(
        meeting__board__body=paper.board.body_id, meeting__on=citation.on, number=citation.item
    ).select_related("meeting__board")
    named = citation.body.casefold()
    for item in rows:
        board = item.meeting.board
        if named in (board.short.casefold(), board.name.casefold()):
            return ("item", item.pk)
    return None


def candidates(paper: Paper, words: str) -> tuple[tuple[Pinned, str], ...]:
    """Editions of documents here that words may describe, likeliest first: to be offered, never linked.

    Of each document, the edition in force on the paper's day (or the newest).
    """
    held = Document.objects.filter(body=paper.board.body_id).exclude(kind=DocumentKind.PAPER)
    scored = sorted(
        ((token_set_ratio(words.casefold(), f"{d.title} {d.made_by}".casefold()), d) for d in held),
        key=lambda each: (-each[0], each[1].pk),
    )
    found = []
    for score, document in scored[:5]:
        edition = edition_in_force(document, on=paper.dated) if paper.dated else None
        edition = edition or document.editions.issued().order_by("-issued_on").first()
        if score >= LEAST_ALIKE and edition is not None:
            found.append((("edition", edition.pk), str(edition)))
    return tuple(found)


def standing(links: Iterable[SourceLink], *, audience: Audience) -> tuple[Source, ...]:
    """How each pinned reference stands today, told to an audience: a few queries for them all."""
    links = list(links)
    now = targets((link.target, link.target_id) for link in links if link.target_id)
    return tuple(_source(link, now, audience) for link in links)


def _source(link: SourceLink, now: Mapping[Pinned, object], audience: Audience) -> Source:
    if link.target == "address":
        state = State.KEPT if link.quoted else State.UNRESOLVED
        return Source(link, state, link.label or link.words, link.address)
    if not link.target_id:
        return Source(link, State.UNRESOLVED, link.words, link.address)
    target = now.get((link.target, link.target_id))
    if target is None:
        return Source(link, State.GONE, link.label or link.words, "")
    state = State.PINNED if target.seal == link.seal else State.MOVED
    return Source(link, state, target.label(audience), target.address)
