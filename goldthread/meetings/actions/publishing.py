"""Put a decision before the public, mark it, and put right what is wrong in it; never silently."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking, problems_with
from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.meetings.models import Correction, Decision
from goldthread.meetings.registers import CORRECTABLE, PUBLIC_FIELDS, corrected_words
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.seals import sealed


@transaction.atomic
def mark_decision(
    *,
    decision: Decision,
    marking: str,
    reason_code: str = "",
    reason_words: str = "",
    public_title: str = "",
    public_words: str = "",
    review_on: date | None = None,
    why: str = "",
    by: User,
    at: datetime,
) -> None:
    """Say whether a decision is open or exempt and, of an exempt one, what the public is told.

    Exempt needs a ground in law, a title and words for the public, and a date of review. Where
    it was published, a change of what the public is told needs a reason, which is logged.
    """
    body = decision.register.body
    require(by, Ability.MARK_EXEMPT, body, on=localdate(at))
    decision = _locked(decision)
    if marking not in (Marking.OPEN, Marking.EXEMPT):
        raise ValidationError({"marking": "A decision is either open or exempt. Choose one."})
    said = {"public_title": public_title.strip(), "public_words": public_words.strip()}
    if marking == Marking.EXEMPT:
        _refuse_unexplained(decision, reason_code, review_on, said, by, localdate(at))
    else:
        reason_code, reason_words, review_on, said = "", "", None, dict.fromkeys(said, "")
    rows = _log_public_words(decision, marking, said, why, by, at)
    decision.marking, decision.reason_code, decision.reason_words = marking, reason_code, reason_words.strip()
    decision.public_title, decision.public_words = said["public_title"], said["public_words"]
    decision.review_on, decision.marked_by = review_on, by.name
    decision.full_clean(exclude=("options",))
    fields = ("marking", "reason_code", "reason_words", "public_title", "public_words", "review_on")
    decision.save(update_fields=[*fields, "marked_by"])
    facts = {"marking": marking, "reason": reason_code, "kept_back": {"why": why.strip()}}
    record(decision, "marked a decision", by=by, at=at, body=body, **facts, rows=sealed(*rows))


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("register__body", "board")
    return rows.get(pk=decision.pk)


def _refuse_unexplained(
    decision: Decision, code: str, review_on: date | None, said: dict[str, str], by: User, on: date
) -> None:
    where = decision.board.jurisdiction if decision.board else Jurisdiction.ENGLAND.value
    found = problems_with(Marking.EXEMPT, code, by.name, review_on, on, jurisdiction=Jurisdiction(where))
    fields = {"Reason": "reason_code", "Review date": "review_on"}
    problems: dict[str, str] = {fields.get(each.where, "marking"): each.message for each in found}
    if not said["public_title"]:
        problems["public_title"] = "Give it a title that tells the public nothing that is exempt."
    if not said["public_words"]:
        problems["public_words"] = "Say in a sentence what the public can be told of it."
    if problems:
        raise ValidationError(problems)


def _log_public_words(
    decision: Decision, marking: str, said: dict[str, str], why: str, by: User, at: datetime
) -> list[Correction]:
    """Log what the public was told of an exempt decision and is told no longer, where it was published."""
    if decision.published_at is None or not decision.marking == marking == Marking.EXEMPT:
        if decision.published_at is not None and decision.marking != marking and not why.strip():
            raise ValidationError({"why": "It has been published. Say why its marking changes."})
        return []
    changed = [name for name in PUBLIC_FIELDS if getattr(decision, name) != said[name]]
    if changed and not why.strip():
        raise ValidationError({"why": "It has been published. Say why these words change."})
    return [
        Correction.objects.create(
            decision=decision,
            field=name,
            was=getattr(decision, name),
            now=said[name],
            why=why.strip(),
            at=at,
            by_name=by.name,
        )
        for name in changed
    ]


@transaction.atomic
def publish_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Put a decision in the public register: whole if it is open, as a line if it is exempt."""
    body = decision.register.body
    require(by, Ability.RECORD_DECISION, body, on=localdate(at))
    decision = _locked(decision)
    if decision.decided_at is None:
        raise ValidationError("This has not been decided, so there is nothing to publish.")
    if decision.published_at is not None:
        raise ValidationError("This was published already.")
    if decision.marking not in (Marking.OPEN, Marking.EXEMPT):
        raise ValidationError("Nobody has marked this. Mark it open or exempt first, then publish it.")
    if decision.marking == Marking.EXEMPT and not (decision.public_title and decision.public_words):
        raise ValidationError("Say first what the public is told of it: a title and a sentence.")
    decision.published_at, decision.published_by = at, by.name
    decision.save(update_fields=["published_at", "published_by"])
    facts = {"reference": decision.reference, "marking": decision.marking}
    record(decision, "published a decision", by=by, at=at, body=body, **facts)


@transaction.atomic
def correct_decision(
    *, decision: Decision, field: str, now: str, why: str, by: User, at: datetime
) -> Correction:
    """Put right what a decision says. The sealed words stay; readers see what it said, and why it changed."""
    body = decision.register.body
    require(by, Ability.RECORD_DECISION, body, on=localdate(at))
    decision = _locked(decision)
    if decision.decided_at is None:
        raise ValidationError("It has not been decided yet. Change the draft itself.")
    if field not in CORRECTABLE:
        raise ValidationError({"field": "Choose what is to be put right."})
    was = corrected_words(decision, decision.corrections.all())[field]
    if not now.strip():
        raise ValidationError({"now": "Write what it should say."})
    if now.strip() == was:
        raise ValidationError({"now": "That is what it says already."})
    if not why.strip():
        raise ValidationError({"why": "Say why. It is shown beside the correction."})
    row = Correction(decision=decision, field=field, was=was, now=now.strip(), why=why.strip(), at=at)
    row.by_name = by.name
    row.full_clean()
    row.save(force_insert=True)
    facts = {"field": field, "kept_back": {"was": was, "now": row.now, "why": row.why}}
    record(decision, "corrected a decision", by=by, at=at, body=body, **facts, rows=sealed(row))
    return row
