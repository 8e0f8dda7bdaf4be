"""Reads of plans, in the office's words. Every door to a document or edition is here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from goldthread.core.compare import Comparison, compare
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.evidence import Tree
from goldthread.core.governance.stages import Move, Standing, standings
from goldthread.core.text import Section, numbers
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.people.queries import abilities, offices_of
from goldthread.plans.keepers import keeper_of, kept_elsewhere, may_read, readable_elsewhere, require_of
from goldthread.plans.models import (
    Document,
    DocumentKind,
    Edition,
    GateEvidence,
    How,
    KeptDraft,
    Placement,
    SectionCare,
    SectionChange,
    SectionVersion,
)
from goldthread.plans.texts import edition_seal, placements_of, text_from, text_of, tree_of


def documents_for(user: User, *, on: date) -> QuerySet[Document]:
    """The documents that a person's offices let them read, of every body where they hold one.

    Whoever may not read drafts (the panel) sees plans only, once something of them was
    issued or submitted. Documents that another app keeps are not among them.
    """
    return _readable(offices_of(user, on)).exclude(kept_elsewhere())


class KeptElsewhere(Exception):
    """Another app conducts this document; ``address`` is where its page is."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def _readable(offices: Iterable[Office]) -> QuerySet[Document]:
    offices = tuple(offices)
    all_of = {office.body_id for office in offices if Ability.READ_DRAFTS in office.abilities}
    some_of = {office.body_id for office in offices if Ability.READ_DESK in office.abilities} - all_of
    seen = Q(body__in=all_of)
    if some_of:
        shown = Exists(Edition.objects.before_the_panel().filter(document=OuterRef("pk")))
        seen |= Q(body__in=some_of, kind=DocumentKind.PLAN) & shown
    return Document.objects.filter(seen).select_related("body")


def _door(
    user: User, slug: str, ability: Ability, on: date, *, kept: bool = False
) -> tuple[Document, frozenset[Ability]]:
    """A document that a person may read, and all that they may do with it.

    Raises `KeptElsewhere` for one that another app conducts, unless ``kept`` lets it in.
    """
    offices = offices_of(user, on)
    document = _readable(offices).exclude(kept_elsewhere()).filter(slug=slug).first()
    if document is None:
        return _kept_door(user, slug, ability, on, kept=kept)
    held = frozenset().union(*(o.abilities for o in offices if o.body_id == document.body_id))
    if ability not in held:
        require(user, ability, document.body, on=on)
    return document, held


def _kept_door(
    user: User, slug: str, ability: Ability, on: date, *, kept: bool
) -> tuple[Document, frozenset[Ability]]:
    """A document that another app conducts, by that app's leave."""
    found = Document.objects.filter(readable_elsewhere(user, on), slug=slug).select_related("body").first()
    keeper = keeper_of(found) if found else None
    if found is None or keeper is None:
        raise Http404("There is no such document here.")
    if not kept:
        raise KeptElsewhere(keeper.address(found))
    require_of(user, ability, found, on)
    return found, keeper.abilities(user, found, on)


def document_for(
    user: User, slug: str, *, on: date, ability: Ability = Ability.READ_DESK, kept: bool = False
) -> Document:
    """One document for somebody's desk: 404 where it is not theirs to read, 403 where they may not.

    Raises `KeptElsewhere` for one that another app conducts, unless ``kept`` lets it in.
    """
    return _door(user, slug, ability, on, kept=kept)[0]


def can_with(user: User, document: Document, *, on: date) -> frozenset[Ability]:
    """All that a person may do with a document on a day."""
    keeper = keeper_of(document)
    return keeper.abilities(user, document, on) if keeper else abilities(user, document.body, on)


def edition_for(
    user: User,
    slug: str,
    edition: str,
    *,
    on: date,
    ability: Ability = Ability.READ_DESK,
    steps: bool = False,
    kept: bool = False,
) -> Edition:
    """One edition for somebody's desk, by the addresses of its document and its own.

    Its living words are for those who read drafts; ``steps`` opens what the panel may see of
    one that it was sent: how far it has come, and the bundle as it was sent. Raises
    `KeptElsewhere` for one that another app conducts, unless ``kept`` lets it in.
    """
    document, held = _door(user, slug, ability, on, kept=kept)
    found = _editions(document, held, steps=steps).filter(slug=edition).select_related("parent").first()
    if found is None:
        raise Http404(f"“{document.title}” has no such edition.")
    found.document = document
    return found


def editions_for(user: User, document: Document, *, on: date) -> QuerySet[Edition]:
    """The editions of a document whose words a person may read: all, or only those issued."""
    return _editions(document, abilities(user, document.body, on))


def editions_listed_for(user: User, document: Document, *, on: date) -> QuerySet[Edition]:
    """The editions of a document that a person may know of: all, or those issued or submitted."""
    return _editions(document, abilities(user, document.body, on), steps=True)


def _editions(document: Document, held: Collection[Ability], *, steps: bool = False) -> QuerySet[Edition]:
    if Ability.READ_DRAFTS in held:
        return document.editions.all()
    return document.editions.before_the_panel() if steps else document.editions.issued()


def kept_draft_for(user: User, pk: int, *, on: date) -> KeptDraft:
    """Words of one's own that were kept while another person saved, for as long as one holds an office."""
    kept = (
        KeptDraft.objects.filter(pk=pk, owner=user)
        .select_related("edition__document__body", "edition__parent")
        .first()
    )
    if kept is None:
        raise Http404("There are no such words of yours.")
    if not may_read(user, kept.edition.document, on):
        raise Http404("There are no such words of yours.")
    require_of(user, Ability.READ_DESK, kept.edition.document, on)
    return kept


def edition_in_force(document: Document, *, on: date) -> Edition | None:
    """The edition of a document in force on a date, or none before its first."""
    return document.editions.in_force(on=on).select_related("document__body").first()


def working_edition(document: Document) -> Edition | None:
    """The edition being worked on: the newest open one, else the newest issued."""
    newest = document.editions.open().order_by("-made_at", "-pk").first()
    return newest or document.editions.issued().order_by("-issued_on", "-pk").first()


def current_seal(edition: Edition) -> tuple[str, Tree]:
    """The seal of an edition's text as it is now, and its tree: one query."""
    tree = tree_of(edition)
    return edition_seal(edition, tree), tree


def standings_of(edition: Edition) -> tuple[Standing, ...]:
    """How each gate of an edition stands against its text: two queries."""
    seal, tree = current_seal(edition)
    return standings((row.as_evidence() for row in edition.evidence.all()), seal=seal, tree=tree)


def last_evidence(document: Document, move: Move) -> GateEvidence | None:
    """The evidence on which a gate of any edition of a document was last passed."""
    return GateEvidence.objects.filter(edition__document=document, gate=move).last()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an edition's outline: a section's number, its place and who looks after it."""

    key: str
    title: str
    number: str
    depth: int
    position: int
    seal: str
    word_count: int
    section: Section
    office: str = ""
    next_review: date | None = None
    overdue: bool = False


def outline(edition: Edition, *, on: date) -> tuple[Line, ...]:
    """Every section of an edition in order, with number, owner and next review: two queries."""
    placements = placements_of(edition)
    text = text_from(edition, placements)
    labels = numbers(text)
    sections = {section.key: section for _, section in text.walk()}
    care = {row.key: row for row in care_of(edition.document)}
    return tuple(
        _line(placed, sections[placed.key], labels, care.get(placed.key), on) for placed in placements
    )


def _line(
    placed: Placement, section: Section, labels: dict[str, str], care: SectionCare | None, on: date
) -> Line:
    review = care.next_review if care else None
    return Line(
        placed.key,
        section.title,
        labels.get(placed.key, ""),
        placed.depth,
        placed.position,
        placed.version.seal,
        placed.version.word_count,
        section,
        care.office.title if care and care.office else "",
        review,
        bool(review and review < on),
    )


def care_of(document: Document) -> QuerySet[SectionCare]:
    """Who looks after which section of a document."""
    return SectionCare.objects.filter(document=document).select_related("office")


def history_of(edition: Edition, key: str) -> QuerySet[SectionChange]:
    """What one section said over time in an edition and those it descends from, newest first."""
    lineage: list[int] = []
    parents = dict(edition.document.editions.values_list("pk", "parent_id"))
    at: int | None = edition.pk
    while at is not None and at not in lineage:
        lineage.append(at)
        at = parents.get(at)
    rows = SectionChange.objects.filter(edition__in=lineage, key=key)
    return rows.select_related("version", "edition").order_by("-pk")


def taken_out(edition: Edition, removed: Collection[str]) -> dict[str, str]:
    """The title by key of sections that a draft has no more: the parent's, and those taken out since."""
    gone = set(removed)
    if not edition.is_sealed:
        logged = SectionChange.objects.filter(edition=edition, how=How.REMOVED)
        here = edition.placements.values("key")
        gone.update(logged.exclude(key__in=here).values_list("key", flat=True))
    if not gone:
        return {}
    versions = SectionVersion.objects.filter(document=edition.document, key__in=gone).order_by("pk")
    return dict(versions.values_list("key", "title"))


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """Everything that changed between two editions: two queries."""
    return compare(text_of(old), text_of(new), old_hidden=old.hidden_kinds, new_hidden=new.hidden_kinds)
