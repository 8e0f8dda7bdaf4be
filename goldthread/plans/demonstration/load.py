"""Fill an empty installation with the demonstration office, by the same actions as a person would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import Move
from goldthread.people.actions import appoint, establish
from goldthread.people.models import Body, Office, User
from goldthread.plans.actions.editions import create_document, look_after, set_presentation, start_edition
from goldthread.plans.actions.gates import Given, adopt
from goldthread.plans.actions.links import link
from goldthread.plans.actions.steps import take_step
from goldthread.plans.demonstration import words
from goldthread.plans.demonstration.words import EditionHistory, EditionWords, EvidenceWords, PersonWords
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.queries import current_seal

LONDON = ZoneInfo("Europe/London")
PANEL = "Cambridgeshire Police and Crime Panel"
BOARD = "Business Coordination Board"
BODY_OF_GATE = {
    Move.CONSULT_CHIEF: "Cambridgeshire Constabulary",
    Move.APPROVE: BOARD,
    Move.SUBMIT: PANEL,
    Move.REPORT: PANEL,
}
WHO_OF_GATE = {Move.CONSULT_CHIEF: "chief-constable", Move.APPROVE: "commissioner"}


class Cast(NamedTuple):
    """The body and its people by slug."""

    body: Body
    people: dict[str, User]
    offices: dict[str, Office]

    def named(self, slug: str) -> str:
        """A person with the title of their office."""
        person = next(p for p in words.people() if p.slug == slug)
        return f"{person.name}, {person.office}"


def load(*, at: datetime) -> None:
    """The whole demonstration office: people, plans with their history, strategies, links."""
    cast = _people(at)
    held = _strategies(cast)
    documents = {plan.slug: _plan(cast, plan) for plan in words.plans()}
    _links(cast, documents, held)


def _on(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def _people(at: datetime) -> Cast:
    office = words.body()
    people = words.people()
    titles: dict[str, Role] = {person.office: person.role for person in people}
    body = establish(
        name=office.name,
        slug=office.slug,
        kind=office.kind,
        starts=office.starts,
        offices=tuple((role, title) for title, role in titles.items()),
        by=None,
        at=at,
    )
    offices = {held.title: held for held in body.offices.all()}
    return Cast(body, {p.slug: _person(p, offices[p.office], at) for p in people}, offices)


def _person(person: PersonWords, office: Office, at: datetime) -> User:
    user = User.objects.create_user(person.email, person.name)
    appoint(office=office, user=user, starts=person.starts, ends=person.ends, by=None, at=at)
    return user


def _strategies(cast: Cast) -> dict[str, tuple[Document, list[EditionWords]]]:
    """Every strategy with its first version; later ones follow once links rest on the first."""
    keeper = cast.people["governance-officer"]
    held = {}
    for strategy in words.strategies():
        first, *later = strategy.versions
        document = create_document(
            body=cast.body,
            kind=DocumentKind.STRATEGY,
            title=strategy.title,
            made_by=strategy.made_by,
            by=keeper,
            at=_on(first.dated),
        )
        _version(cast, document, first)
        held[strategy.slug] = (document, later)
    return held


def _version(cast: Cast, document: Document, version: EditionWords) -> None:
    keeper, at = cast.people["governance-officer"], _on(version.dated, 12)
    edition = start_edition(
        document=document,
        label=version.label,
        parent=document.editions.order_by("-pk").first(),
        text=version.text,
        note=version.note,
        by=keeper,
        at=at,
    )
    adopt(edition=edition, on=version.dated, by=keeper, at=at)


def _plan(cast: Cast, plan: words.PlanWords) -> Document:
    editions = {edition.slug: edition for edition in words.plan_editions(plan.slug)}
    histories = [history for history in words.history() if history.plan == plan.slug]
    first = editions[histories[0].edition]
    keeper = cast.people["governance-officer"]
    document = create_document(
        body=cast.body,
        kind=DocumentKind.PLAN,
        title=plan.title,
        made_by=plan.made_by,
        runs_from=first.dated,
        next_election=plan.next_election,
        by=keeper,
        at=_begun(histories[0], first),
    )
    made: dict[str, Edition] = {}
    for history in histories:
        made[history.edition] = _edition(cast, document, editions[history.edition], history, made)
    return document


def _begun(history: EditionHistory, edition: EditionWords) -> datetime:
    first = min((e.begins or e.on for e in history.evidence), default=edition.dated)
    return _on(first, 8)


def _edition(
    cast: Cast,
    document: Document,
    edition_words: EditionWords,
    history: EditionHistory,
    made: dict[str, Edition],
) -> Edition:
    keeper, at = cast.people["governance-officer"], _begun(history, edition_words)
    edition = start_edition(
        document=document,
        label=edition_words.label,
        parent=made.get(history.parent),
        text=edition_words.text,
        note=edition_words.note,
        by=keeper,
        at=at,
    )
    set_presentation(
        edition=edition,
        hidden=edition_words.hidden,
        title=edition_words.text.title,
        note=edition_words.note,
        by=keeper,
        at=at,
    )
    for steward in edition_words.stewards:
        look_after(
            document=document,
            key=steward.section_key,
            office=cast.offices[steward.owner],
            next_review=steward.review,
            by=keeper,
            at=at,
        )
    for move in Move:
        if given := [evidence for evidence in history.evidence if evidence.gate == move]:
            _pass(cast, edition, move, given)
    return edition


def _pass(cast: Cast, edition: Edition, move: Move, parts: Sequence[EvidenceWords]) -> None:
    """Pass one gate as the person who did it then; the views of public and victims are one gate."""
    last = max(parts, key=lambda part: part.on)
    by, at = cast.people[last.by], _on(last.on)
    given = Given(
        on=last.on,
        body_name=BODY_OF_GATE.get(move, cast.body.name),
        who=cast.named(WHO_OF_GATE.get(move, last.by)),
        words="\n\n".join(_words(part) for part in parts),
        reference="; ".join(filter(None, (part.reference for part in parts))),
    )
    seen, decider = current_seal(edition)[0], cast.people["commissioner"]
    take_step(edition=edition, move=move, given=given, seen=seen, decider=decider, by=by, at=at)


def _words(part: EvidenceWords) -> str:
    """The words of one piece of evidence, with how views were obtained and from how many."""
    if not part.of:
        return part.words
    counted = f", {part.responses:,} answers" if part.responses is not None else ""
    heading = {"public": "Views of the public", "victims": "Views of victims"}.get(part.of, part.of)
    return f"{heading} ({part.method}{counted}): {part.words}"


def _links(
    cast: Cast, documents: dict[str, Document], held: dict[str, tuple[Document, list[EditionWords]]]
) -> None:
    """Make the links on what both said then, and only afterwards let the strategies move on."""
    by_name = {person.slug: cast.people[person.slug] for person in words.people()}
    for made in words.links():
        link(
            plan=documents[made.plan],
            section_key=made.section_key,
            strategy=held[made.strategy][0],
            clause_key=made.clause_key,
            reason=made.reason,
            by=by_name[made.by],
            at=_on(made.made, 15),
        )
    for document, later in held.values():
        for version in later:
            _version(cast, document, version)
