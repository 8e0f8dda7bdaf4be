"""Pass the gates of an edition on evidence, ask for changes, and issue it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import RESERVED, Ability
from goldthread.core.governance.stages import (
    GATES,
    Gate,
    Move,
    Stage,
    Standing,
    State,
    advance,
    next_gate,
)
from goldthread.core.text import numbers
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.actions.editions import open_edition
from goldthread.plans.models import Bundle, ChangeRequest, DocumentKind, Edition, GateEvidence
from goldthread.plans.queries import current_seal, standings_of
from goldthread.plans.reading import prepare_issued
from goldthread.plans.seals import bundle_seal, edition_record_seal, evidence_seal, sealed
from goldthread.plans.standing import settle
from goldthread.plans.texts import text_of

GATE_OF = {gate.move: gate for gate in GATES}


@dataclass(frozen=True, slots=True)
class Given:
    """Evidence as it is handed in: when, which body, who, in what words, and where it is kept."""

    on: date
    body_name: str
    who: str
    words: str
    reference: str = ""
    attachments: tuple[dict[str, Any], ...] = ()


@transaction.atomic
def pass_gate(
    *, edition: Edition, move: Move, given: Given, seen: str, by: User, at: datetime
) -> GateEvidence:
    """Pass the next gate of an edition on evidence about the text whose seal is ``seen``.

    Refused where an earlier gate is not met, a change that was asked for has not been
    answered, the text has moved on since ``seen``, or a date or word is missing.
    """
    gate = GATE_OF[move]
    require(by, gate.ability, edition.document.body, on=localdate(at))
    if move in (Move.APPROVE, Move.SUBMIT, Move.ISSUE):
        raise ValidationError("This gate has its own page.")
    return _pass(edition, gate, given, seen, by, at)


def _pass(edition: Edition, gate: Gate, given: Given, seen: str, by: User, at: datetime) -> GateEvidence:
    if gate.ability in RESERVED:
        require(by, gate.ability, edition.document.body, on=given.on)
    open_edition(edition)
    standing = standings_of(edition)
    _may_pass(edition, gate, standing)
    _complete(given, gate, standing, at)
    seal, tree = current_seal(edition)
    if seen != seal:
        raise ValidationError(
            "The text has changed since you opened this page. Read what changed, then record this again."
        )
    before = next((each.evidence for each in standing if each.gate.move is Move.SUBMIT), None)
    if gate.move is Move.REPORT and before is not None:
        seal, tree = before.seal, before.tree
    evidence = GateEvidence(
        edition=edition,
        gate=gate.move,
        on=given.on,
        body_name=given.body_name.strip(),
        who=given.who.strip(),
        words=given.words.strip(),
        reference=given.reference.strip(),
        seal=seal,
        tree=[list(placed) for placed in tree],
        attachments=list(given.attachments),
        recorded_at=at,
        recorded_by=by.name,
    )
    evidence.record_seal = evidence_seal(evidence)
    evidence.save()
    record(
        edition,
        f"passed gate: {gate.move.value}",
        by=by,
        at=at,
        body=edition.document.body,
        seal=seal,
        rows=sealed(evidence),
    )
    if gate.move is not Move.ISSUE:
        settle(edition=edition, by=by, at=at)
    return evidence


def _may_pass(edition: Edition, gate: Gate, standing: Sequence[Standing]) -> None:
    if edition.document.kind != DocumentKind.PLAN:
        raise ValidationError("Only a plan goes through these stages.")
    due = next_gate(standing)
    if due is None or due.gate.move is not gate.move:
        state = {each.gate.move: each.state for each in standing}[gate.move]
        if state is State.MET:
            raise ValidationError("This has been done, and the text has not changed since.")
        first = due.gate.asks if due else ""
        raise ValidationError(f"Something must come first: {first[0].lower()}{first[1:]}")
    if edition.change_requests.filter(answered_at__isnull=True).exists():
        raise ValidationError("Changes were asked for and have not been answered yet. Answer them first.")
    advance(Stage(edition.stage), gate.move)


def _complete(given: Given, gate: Gate, standing: Sequence[Standing], at: datetime) -> None:
    problems: dict[str, str] = {}
    if given.on > localdate(at):
        problems["on"] = "The date is in the future. Record this once it has happened."
    earlier = [
        each.evidence.on
        for each in standing
        if each.evidence is not None and each.state is State.MET and _binds(each.gate, gate)
    ]
    if earlier and given.on < max(earlier):
        problems["on"] = f"This cannot be before {max(earlier):%-d %B %Y}, when the step before it was done."
    for name, words in (("body_name", given.body_name), ("who", given.who), ("words", given.words)):
        if not words.strip():
            problems[name] = "This is part of the evidence and cannot be left empty."
    if problems:
        raise ValidationError(problems)


def _binds(earlier: Gate, gate: Gate) -> bool:
    """Whether one gate's date must not be after another's: consultations may overlap, the rest follow."""
    order = [each.move for each in GATES]
    consultations = (Move.CONSULT_CHIEF, Move.OBTAIN_VIEWS)
    return order.index(earlier.move) < order.index(gate.move) and gate.move not in consultations


@transaction.atomic
def decide(
    *, edition: Edition, given: Given, decided_by: User, seen: str, by: User, at: datetime
) -> GateEvidence:
    """Record the office holder's decision to approve a text, on the advice of the board.

    Staff may record it; only who may determine objectives on that day can have made it
    (Police Reform and Social Responsibility Act 2011 s.18(7)(b)).
    """
    body = edition.document.body
    own = by.pk == decided_by.pk
    require(by, Ability.DETERMINE_OBJECTIVES if own else Ability.RECORD_DECISION, body, on=localdate(at))
    require(decided_by, Ability.DETERMINE_OBJECTIVES, body, on=given.on)
    if decided_by.name not in given.who:
        raise ValidationError({"who": f"Name {decided_by.name}, who decided."})
    return _pass(edition, GATE_OF[Move.APPROVE], given, seen, by, at)


@transaction.atomic
def submit(
    *,
    edition: Edition,
    given: Given,
    files: Sequence[dict[str, Any]],
    seen: str,
    by: User,
    at: datetime,
) -> Bundle:
    """Send a text to the panel as a frozen bundle of files kept by seal."""
    require(by, Ability.SUBMIT_TO_PANEL, edition.document.body, on=localdate(at))
    if not files:
        raise ValidationError("There is nothing in the bundle.")
    evidence = _pass(edition, GATE_OF[Move.SUBMIT], given, seen, by, at)
    bundle = Bundle(edition=edition, evidence=evidence, files=list(files), made_at=at)
    bundle.seal = bundle_seal(bundle)
    bundle.save()
    record(edition, "sent bundle", by=by, at=at, body=edition.document.body, rows=sealed(bundle))
    return bundle


@transaction.atomic
def issue(*, edition: Edition, given: Given, seen: str, by: User, at: datetime) -> None:
    """Bring an approved edition into force and seal it for good; the office holder's own act."""
    require(by, Ability.ISSUE_PLAN, edition.document.body, on=localdate(at))
    _pass(edition, GATE_OF[Move.ISSUE], given, seen, by, at)
    _seal(edition, Stage.ISSUED, given.on, by, at)
    transaction.on_commit(partial(prepare_issued.enqueue, edition.pk))


def _seal(edition: Edition, stage: Stage, on: date, by: User, at: datetime) -> None:
    after = models.Q(issued_on__gt=on) | models.Q(issued_on=on, pk__gt=edition.pk)
    later = edition.document.editions.issued().filter(after).order_by("issued_on").first()
    if later is not None:
        raise ValidationError(
            {"on": f"“{later.label}” came into force after that, on {later.issued_on:%-d %B %Y}."}
        )
    previous = edition.document.editions.in_force(on=on).exclude(pk=edition.pk).first()
    edition.stage, edition.issued_on = stage, on
    edition.printed = numbers(text_of(edition))
    edition.seal, _ = current_seal(edition)
    edition.sealed_at, edition.sealed_by = at, by.name
    edition.record_seal = edition_record_seal(edition)
    fields = ["stage", "printed", "seal", "record_seal", "issued_on", "sealed_at", "sealed_by"]
    edition.save(update_fields=fields)
    body = edition.document.body
    record(edition, "issued", by=by, at=at, body=body, seal=edition.seal, rows=sealed(edition))
    if previous is not None and previous.stage == Stage.ISSUED:
        previous.stage = advance(Stage.ISSUED, Move.SUPERSEDE)
        previous.save(update_fields=["stage"])
        record(previous, "superseded", by=by, at=at, body=body, by_edition=str(edition))


@transaction.atomic
def adopt(*, edition: Edition, on: date, by: User, at: datetime) -> None:
    """Fix another body's strategy, or a paper, as it stood on a date; a plan cannot be adopted."""
    if edition.document.kind == DocumentKind.PLAN:
        raise ValidationError("A plan is issued through its stages, not adopted.")
    require(by, Ability.IMPORT_FILE, edition.document.body, on=localdate(at))
    open_edition(edition)
    if on > localdate(at):
        raise ValidationError({"on": "The date is in the future. Keep this once it has come."})
    _seal(edition, Stage.ISSUED, on, by, at)


@transaction.atomic
def request_changes(*, edition: Edition, words: str, key: str, by: User, at: datetime) -> ChangeRequest:
    """Ask for a change; no gate can be passed until it is answered."""
    require(by, Ability.REQUEST_CHANGES, edition.document.body, on=localdate(at))
    open_edition(edition)
    if not words.strip():
        raise ValidationError({"words": "Say what should change, and why."})
    asked = ChangeRequest.objects.create(
        edition=edition, key=key, words=words.strip(), asked_at=at, asked_by=by.name
    )
    record(
        edition,
        "asked for changes",
        by=by,
        at=at,
        body=edition.document.body,
        words=asked.words,
        key=key,
        rows=sealed(asked),
    )
    return asked


@transaction.atomic
def answer_change_request(*, asked: ChangeRequest, answer: str, by: User, at: datetime) -> None:
    """Say what was done about a change that was asked for."""
    require(by, Ability.WRITE_PLAN, asked.edition.document.body, on=localdate(at))
    open_edition(asked.edition)
    asked.refresh_from_db(fields=["answered_at"])
    if asked.answered_at is not None:
        raise ValidationError("This was answered already.")
    if not answer.strip():
        raise ValidationError({"answer": "Say what was changed, or why not."})
    asked.answered_at, asked.answered_by, asked.answer = at, by.name, answer.strip()
    asked.save(update_fields=["answered_at", "answered_by", "answer"])
    body = asked.edition.document.body
    facts = {"answer": asked.answer, "rows": sealed(asked)}
    record(asked.edition, "answered a request", by=by, at=at, body=body, **facts)
