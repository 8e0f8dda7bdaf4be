"""Link a section of a plan to a clause of a strategy, clear a doubtful link, end one."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.crossings import standing_of_link, version_at
from goldthread.plans.models import CrossReference, Document, DocumentKind, Pin, SectionVersion
from goldthread.plans.seals import sealed


@transaction.atomic
def link(
    *,
    plan: Document,
    section_key: str,
    strategy: Document,
    clause_key: str,
    reason: str,
    by: User,
    at: datetime,
) -> CrossReference:
    """Say that a section rests on a clause, pinned to what both say now."""
    require(by, Ability.CROSS_REFERENCE, plan.body, on=localdate(at))
    if plan.kind != DocumentKind.PLAN or strategy.kind != DocumentKind.STRATEGY:
        raise ValidationError("A link goes from a section of a plan to a clause of a strategy.")
    if plan.body_id != strategy.body_id:
        raise ValidationError("Both documents must be kept by the same office.")
    section, clause = version_at(plan, section_key), version_at(strategy, clause_key)
    if section is None or clause is None:
        raise ValidationError("That section or clause is no longer there.")
    place = {"plan": plan, "section_key": section_key, "strategy": strategy, "clause_key": clause_key}
    if CrossReference.objects.filter(**place, ended_at=None).exists():
        raise ValidationError("These two are linked already.")
    made = CrossReference.objects.create(**place, made_at=at, made_by=by.name)
    pin = _pin(made, section, clause, reason, by, at)
    facts = {"section": section_key, "clause": clause_key, "rows": sealed(made, pin)}
    record(plan, "linked", by=by, at=at, body=plan.body, **facts)
    return made


def _pin(
    made: CrossReference, section: SectionVersion, clause: SectionVersion, reason: str, by: User, at: datetime
) -> Pin:
    if not reason.strip():
        raise ValidationError({"reason": "Say why the section and the clause agree."})
    return Pin.objects.create(
        link=made,
        section_seal=section.seal,
        section_wording=section.wording,
        clause_seal=clause.seal,
        clause_wording=clause.wording,
        reason=reason.strip(),
        at=at,
        by_name=by.name,
    )


def _living(made: CrossReference) -> None:
    """Lock a link that has not been ended, or refuse."""
    made.ended_at = CrossReference.objects.select_for_update().get(pk=made.pk).ended_at
    if made.ended_at is not None:
        raise ValidationError("This link was ended already.")


@transaction.atomic
def clear(*, made: CrossReference, seen: tuple[str, str], reason: str, by: User, at: datetime) -> Pin:
    """Clear a doubtful link after reading both texts, whose seals are ``seen``, side by side."""
    require(by, Ability.CROSS_REFERENCE, made.plan.body, on=localdate(at))
    _living(made)
    standing = standing_of_link(made)
    if standing.section is None or standing.clause is None:
        raise ValidationError("One of the two no longer stands, so there is nothing to clear. End the link.")
    if seen != (standing.section.seal, standing.clause.seal):
        raise ValidationError("One of the texts changed while you were reading. Read them again.")
    pin = _pin(made, standing.section, standing.clause, reason, by, at)
    facts = {"link": made.pk, "reason": pin.reason, "rows": sealed(pin)}
    record(made.plan, "cleared link", by=by, at=at, body=made.plan.body, **facts)
    return pin


@transaction.atomic
def end_link(*, made: CrossReference, reason: str, by: User, at: datetime) -> None:
    """End a link that no longer holds; its history stays."""
    require(by, Ability.CROSS_REFERENCE, made.plan.body, on=localdate(at))
    _living(made)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the link no longer holds."})
    made.ended_at, made.ended_by, made.ended_reason = at, by.name, reason.strip()
    made.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    facts = {"link": made.pk, "reason": made.ended_reason, "rows": sealed(made)}
    record(made.plan, "ended link", by=by, at=at, body=made.plan.body, **facts)
