"""How documents and editions stand, put together for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldthread.core.governance.abilities import GRID, Ability
from goldthread.core.governance.evidence import drift
from goldthread.core.governance.links import LinkState
from goldthread.core.governance.stages import (
    Gate,
    Move,
    Stage,
    Standing,
    State,
    next_gate,
    standings,
)
from goldthread.people.models import User
from goldthread.people.queries import abilities, offices_of
from goldthread.plans.crossings import links_of, strategies_for
from goldthread.plans.keepers import may_read
from goldthread.plans.models import ChangeRequest, Document, DocumentKind, Edition, KeptDraft, SectionCare
from goldthread.plans.needs import Need, told_elsewhere
from goldthread.plans.queries import Line, documents_for, outline, standings_of
from goldthread.plans.texts import edition_seal, tree_of

STAGE_NAMES: dict[Stage, str] = {
    Stage.DRAFTING: "Being drafted",
    Stage.CHIEF_CONSULTED: "Chief constable consulted",
    Stage.VIEWS_OBTAINED: "Views obtained",
    Stage.BOARD_APPROVED: "Approved",
    Stage.WITH_PANEL: "With the panel",
    Stage.PANEL_REPORTED: "Panel has reported",
    Stage.RESPONDED: "Response published",
    Stage.ISSUED: "In force",
    Stage.SUPERSEDED: "Superseded",
}
STAGE_TONES = {Stage.ISSUED: "good", Stage.SUPERSEDED: "calm", Stage.DRAFTING: "warn"}
GATE_NAMES: dict[Move, str] = {
    Move.CONSULT_CHIEF: "Consult the chief constable",
    Move.OBTAIN_VIEWS: "Obtain the views of the public and of victims",
    Move.APPROVE: "Approve at the board",
    Move.SUBMIT: "Send to the panel",
    Move.REPORT: "Record the panel's report",
    Move.RESPOND: "Publish the response to the panel",
    Move.ISSUE: "Issue the plan",
}


def stage_name(edition: Edition) -> str:
    """The stage of an edition as the desk names it; a strategy or paper is held, not in force."""
    if edition.document.kind != DocumentKind.PLAN:
        return "Held" if edition.is_sealed else "Being read in"
    return STAGE_NAMES[Stage(edition.stage)]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents of one kind, each with its newest open draft and the edition in force."""

    kind: str
    name: str
    rows: tuple[ShelfRow, ...]


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A document on a shelf."""

    document: Document
    in_force: Edition | None
    draft: Edition | None
    editions: int
    ended: bool

    @property
    def draft_stage(self) -> str:
        """The stage of the newest draft, in words."""
        return stage_name(self.draft) if self.draft else ""


SHELVES = (
    (DocumentKind.PLAN, "Plans"),
    (DocumentKind.STRATEGY, "Other bodies' strategies"),
    (DocumentKind.PAPER, "Papers"),
)


def desk_shelves(user: User, *, on: date) -> tuple[Shelf, ...]:
    """Every document of a person's bodies by kind: two queries, whatever their number.

    Papers live with the boards they are for; only those that were read in here stand on a shelf.
    """
    documents = list(documents_for(user, on=on).prefetch_related("editions__bundles"))
    drafts_of = {o.body_id for o in offices_of(user, on) if Ability.READ_DRAFTS in o.abilities}
    rows = {d.pk: _shelf_row(d, on, drafts=d.body_id in drafts_of) for d in documents}
    shelves = (
        Shelf(kind, name, tuple(rows[d.pk] for d in documents if d.kind == kind)) for kind, name in SHELVES
    )
    return tuple(shelf for shelf in shelves if shelf.rows or shelf.kind != DocumentKind.PAPER)


def _shelf_row(document: Document, on: date, *, drafts: bool) -> ShelfRow:
    seen = (e for e in document.editions.all() if drafts or e.issued_on or e.bundles.all())
    editions = sorted(seen, key=lambda e: (e.issued_on or date.min, e.pk))
    for edition in editions:
        edition.document = document
    in_force = [e for e in editions if e.issued_on and e.issued_on <= on]
    open_ones = sorted((e for e in editions if e.issued_on is None), key=lambda e: (e.made_at, e.pk))
    ended = bool(document.runs_to and document.runs_to < on)
    newest, draft = (in_force[-1] if in_force else None), (open_ones[-1] if open_ones else None)
    return ShelfRow(document, newest, draft, len(editions), ended)


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section of an edition, and what became of it since the parent edition."""

    line: Line
    since_parent: str


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything the page of one edition shows."""

    rows: tuple[OutlineRow, ...]
    steps: tuple[Step, ...]
    standings: tuple[Standing, ...]
    requests: tuple[ChangeRequest, ...]
    seal: str
    words: int
    removed: tuple[str, ...]
    """The keys of the parent's sections that this edition has no more."""

    @property
    def done(self) -> int:
        """How many gates are met."""
        return sum(step.state is State.MET for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The gate to be passed next."""
        return next((step for step in self.steps if step.next), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One gate of an edition as the desk shows it."""

    standing: Standing
    name: str
    state: State
    next: bool
    changed: tuple[tuple[str, str], ...]
    """Sections that moved on: number and title, and what became of each."""


def edition_page(edition: Edition, *, on: date) -> EditionPage:
    """An edition's outline, its gates and what was asked for: a fixed number of queries."""
    lines = outline(edition, on=on)
    tree = tree_of(edition)
    seal = edition_seal(edition, tree)
    standing = standings((row.as_evidence() for row in edition.evidence.all()), seal=seal, tree=tree)
    since = drift(tree_of(edition.parent), tree) if edition.parent else ()
    became = {each.key: each.what.value for each in since}
    removed = tuple(each.key for each in since if each.what == "removed")
    requests = tuple(edition.change_requests.order_by("answered_at", "pk"))
    rows = tuple(OutlineRow(line, became.get(line.key, "")) for line in lines)
    steps = steps_of(standing, lines) if edition.document.kind == DocumentKind.PLAN else ()
    return EditionPage(rows, steps, standing, requests, seal, sum(line.word_count for line in lines), removed)


def steps_of(standing: Sequence[Standing], lines: Sequence[Line]) -> tuple[Step, ...]:
    """The gates with the names of the sections that moved on since each was passed."""
    names = {line.key: f"{line.number} {line.title}".strip() for line in lines}
    due = next_gate(standing)
    return tuple(
        Step(
            each,
            GATE_NAMES[each.gate.move],
            each.state,
            due is not None and each.gate.move == due.gate.move,
            tuple((names.get(d.key, "A section that was taken out"), d.what.value) for d in each.changed),
        )
        for each in standing
    )


def needs_of(user: User, *, on: date) -> tuple[Need, ...]:
    """What waits for a person across the plans of their bodies, most pressing first, then elsewhere."""
    found: list[Need] = []
    plans = list(documents_for(user, on=on).filter(kind=DocumentKind.PLAN))
    found.extend(_conflicts(user, on))
    for plan in plans:
        can = abilities(user, plan.body, on)
        drafts = list(plan.editions.open().select_related("document__body", "parent"))
        for draft in drafts:
            found.extend(_gate_need(draft, can))
            found.extend(_requests(draft, can))
        running = plan.runs_to is None or plan.runs_to >= on
        if Ability.CROSS_REFERENCE in can and (drafts or running):
            found.extend(_doubtful(user, plan, on))
    found.extend(_reviews(user, plans, on))
    found.extend(told_elsewhere(user, on))
    return tuple(found)


def _conflicts(user: User, on: date) -> list[Need]:
    rows = KeptDraft.objects.filter(owner=user, settled_at=None).select_related("edition__document")
    return [
        Need(
            "Settle two versions of a section",
            reverse("plans:desk-conflict", args=[row.pk]),
            f"{row.edition}. Your words were kept while somebody else saved.",
            "your words are safe",
            "bad",
        )
        for row in rows
        if may_read(user, row.edition.document, on)
    ]


def may_take(gate: Gate, can: frozenset[Ability]) -> bool:
    """Whether somebody may pass a gate; who decides may also record that they did."""
    decides = gate.move is Move.APPROVE and Ability.DETERMINE_OBJECTIVES in can
    return gate.ability in can or decides


def whose_step(edition: Edition, gate: Gate) -> list[str]:
    """The titles of the offices that may pass a gate."""
    roles = [role for role, held in GRID.items() if may_take(gate, held)]
    return list(edition.document.body.offices.filter(role__in=roles).values_list("title", flat=True))


def _gate_need(draft: Edition, can: frozenset[Ability]) -> list[Need]:
    due = next_gate(standings_of(draft))
    if due is None or not may_take(due.gate, can):
        return []
    reopened = due.state is State.REOPENED
    count = len(due.changed)
    status = f"{count} section{'s' if count != 1 else ''} changed" if reopened else "next step"
    return [
        Need(
            f"{GATE_NAMES[due.gate.move]}: {draft.label}",
            reverse("plans:desk-approval", args=[draft.document.slug, draft.slug]),
            draft.document.title,
            status,
            "warn" if reopened else "calm",
        )
    ]


def _requests(draft: Edition, can: frozenset[Ability]) -> list[Need]:
    if Ability.WRITE_PLAN not in can:
        return []
    rows = draft.change_requests.filter(answered_at=None)
    href = reverse("plans:desk-approval", args=[draft.document.slug, draft.slug])
    return [
        Need(
            "Answer a change that was asked for",
            href,
            f"“{row.words[:140]}” {row.asked_by}",
            draft.label,
            "warn",
        )
        for row in rows
    ]


def _doubtful(user: User, plan: Document, on: date) -> list[Need]:
    states = [standing.state for standing in links_of(plan, strategies_for(user, plan, on=on))]
    count = states.count(LinkState.SUSPECT) + states.count(LinkState.ORPHANED)
    if not count:
        return []
    words = "A section or the clause it rests on has changed since they were read together."
    links = "link that has" if count == 1 else "links that have"
    title = f"Check {count} {links} become doubtful"
    href = reverse("plans:desk-links", args=[plan.slug])
    return [Need(title, href, f"{plan.title}. {words}", "doubtful", "warn")]


def _reviews(user: User, plans: Sequence[Document], on: date) -> list[Need]:
    """The sections whose review has fallen due, one item a plan."""
    offices = offices_of(user, on)
    rows = SectionCare.objects.filter(document__in=plans, office__in=offices, next_review__lte=on)
    due = list(rows.order_by("next_review"))
    titles = _titles(due)
    found = []
    for plan in plans:
        rows_of = [row for row in due if row.document_id == plan.pk and (plan.pk, row.key) in titles]
        if rows_of and not (plan.runs_to and plan.runs_to < on and not plan.editions.open().exists()):
            found.append(_review(plan, rows_of, titles))
    return found


def _review(plan: Document, due: Sequence[SectionCare], titles: dict[tuple[int, str], str]) -> Need:
    names = [f"“{titles[plan.pk, row.key]}”" for row in due]
    title = f"Review {names[0]}" if len(names) == 1 else f"Review {len(names)} sections"
    words = plan.title if len(names) == 1 else f"{plan.title}: {', '.join(names)}"
    first = due[0].next_review
    since = f"due {first:%-d %B %Y}" if len(names) == 1 else f"since {first:%-d %B %Y}"
    return Need(title, reverse("plans:desk-document", args=[plan.slug]), words, since, "warn")


def _titles(rows: Sequence[SectionCare]) -> dict[tuple[int, str], str]:
    """The title of each section in the newest edition of its document that still has it."""
    found: dict[tuple[int, str], str] = {}
    keys = {row.key for row in rows}
    placed = Edition.objects.filter(document__in={row.document_id for row in rows}, placements__key__in=keys)
    for document, key, title in placed.order_by("made_at").values_list(
        "document", "placements__key", "placements__version__title"
    ):
        found[document, key] = title
    return found
