"""Promise measures for approved priorities, say which measure tells of which, and accept it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.stages import Stage
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.identified import APPROVED, Holds, commitments_stand, standing_of
from goldthread.performance.models import Commitment, Identification, Measure
from goldthread.performance.queries import NotDefined, definition_of
from goldthread.plans.models import Document, DocumentKind, Edition, Placement
from goldthread.plans.seals import sealed


@transaction.atomic
def commit_to_measures(
    *,
    decision: Decision,
    plan: Document,
    priorities: Sequence[str],
    words: str,
    due: date,
    by: User,
    at: datetime,
) -> Commitment:
    """Keep track of what a decision promised: measures for the priorities with these keys, by a day."""
    body = decision.register.body
    require(by, Ability.RECORD_DECISION, body, on=localdate(at))
    if decision.stage != DecisionStage.DECIDED or not decision.seal:
        raise ValidationError(
            {"decision": _("Only a decision that was taken, and stands, can promise this.")}
        )
    if plan.kind != DocumentKind.PLAN or plan.body_id != body.pk:
        raise ValidationError({"plan": _("Choose a plan of the body that decided.")})
    titles = _titles(plan, priorities)
    if not words.strip():
        raise ValidationError({"words": _("Say what was promised, in the words of the decision.")})
    if due < decision.decided_on:
        raise ValidationError({"due": _("The day is before the decision was taken.")})
    row = Commitment.objects.create(
        body=body,
        decision=decision,
        decision_seal=decision.seal,
        plan=plan,
        priorities=titles,
        words=words.strip(),
        due=due,
        made_at=at,
        made_by=by.name,
    )
    facts = {"decision": str(decision), "due": due, "priorities": len(titles), "rows": sealed(row)}
    record(row, "promised measures", by=by, at=at, body=body, **facts)
    _keep_what_is_kept(plan, by, at)
    return row


def _titles(plan: Document, keys: Sequence[str]) -> list[list[str]]:
    """The priorities with their titles as approved, in the order of the plan."""
    wanted = set(keys)
    stages = [stage.value for stage in APPROVED]
    edition = plan.editions.filter(stage__in=stages).order_by("-made_at", "-pk").first()
    if edition is None:
        raise ValidationError(
            {"plan": _("No edition of this plan was approved yet, so it has no priorities.")}
        )
    placed = edition.placements.filter(key__in=wanted).order_by("position")
    found = [[key, title] for key, title in placed.values_list("key", "version__title")]
    if not wanted or len(found) != len(wanted):
        words = _("Choose priorities that stand in the approved plan.")
        raise ValidationError({"priorities": words})
    return found


@transaction.atomic
def release_commitment(*, commitment: Commitment, reason: str, by: User, at: datetime) -> None:
    """Say that a promise is no longer owed, and why. It stays on the record as one that was not kept."""
    require(by, Ability.RECORD_DECISION, commitment.body, on=localdate(at))
    row = Commitment.objects.select_for_update(of=("self",)).select_related("body").get(pk=commitment.pk)
    if not row.is_open():
        raise ValidationError(_("This is no longer owed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the measures are no longer owed.")})
    row.released_at, row.released_by, row.released_reason = at, by.name, reason.strip()
    row.save(update_fields=["released_at", "released_by", "released_reason"])
    facts = {"reason": row.released_reason, "rows": sealed(row)}
    record(row, "released a commitment", by=by, at=at, body=row.body, **facts)


@transaction.atomic
def identify(
    *,
    measure: Measure,
    edition: Edition,
    section_key: str,
    why: str,
    commitment: Commitment | None = None,
    by: User,
    at: datetime,
) -> Identification:
    """Propose a measure for an approved priority, pinned to what both say now.

    Refused before the priority is approved, and before the definition was checked.
    """
    plan = edition.document
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    if plan.body_id != measure.body_id or plan.kind != DocumentKind.PLAN:
        raise ValidationError({"edition": _("Choose a priority of a plan of the same body.")})
    section = _approved_section(edition, section_key)
    definition = _checked_definition(measure)
    if not why.strip():
        raise ValidationError({"why": _("Say why this measure tells whether the priority is met.")})
    Measure.objects.select_for_update().get(pk=measure.pk)
    living = Identification.objects.filter(measure=measure, plan=plan, section_key=section_key, ended_at=None)
    if living.exists():
        raise ValidationError(_("This measure is identified for this priority already."))
    if commitment is not None and (commitment.plan_id, section_key in commitment.keys) != (plan.pk, True):
        raise ValidationError({"commitment": _("That commitment is about other priorities.")})
    row = Identification.objects.create(
        measure=measure,
        definition=definition,
        definition_seal=definition.seal,
        plan=plan,
        edition=edition,
        section_key=section_key,
        section_title=section.version.title,
        section_seal=section.version.seal,
        why=why.strip(),
        commitment=commitment,
        proposed_at=at,
        proposer=by,
        proposed_by=by.name,
    )
    facts = {"section": section_key, "section_seal": row.section_seal, "definition": definition.seal}
    record(row, "proposed a measure", by=by, at=at, body=measure.body, **facts)
    return row


def _approved_section(edition: Edition, key: str) -> Placement:
    stage = Stage(Edition.objects.values_list("stage", flat=True).get(pk=edition.pk))
    if stage is Stage.SUPERSEDED:
        raise ValidationError({"edition": _("Another edition took the place of this one.")})
    if stage not in APPROVED:
        words = _("Measures are identified once the priorities are approved, and this draft is not.")
        raise ValidationError({"edition": words})
    found = edition.placements.filter(key=key).select_related("version").first()
    if found is None:
        raise ValidationError({"section_key": _("That priority is not in this edition.")})
    return found


def _checked_definition(measure: Measure):
    if measure.ended_at is not None:
        raise ValidationError({"measure": _("This measure is no longer used.")})
    try:
        return definition_of(measure)
    except NotDefined as error:
        words = _("Nobody has checked how this measure is defined.")
        raise ValidationError({"measure": words}) from error


@transaction.atomic
def accept_identification(
    *, identification: Identification, decision: Decision | None = None, by: User, at: datetime
) -> Identification:
    """Accept a measure for a priority, by a decision where there was one; another proposed it.

    Refused where the priority or the definition has moved on since it was proposed.
    """
    require(by, Ability.MANAGE_PLAN, identification.measure.body, on=localdate(at))
    rows = Identification.objects.select_for_update(of=("self",)).select_related("measure__body", "plan")
    row = rows.get(pk=identification.pk)
    if row.accepted_at is not None or row.ended_at is not None:
        raise ValidationError(_("This was answered already."))
    if row.proposer_id == by.pk:
        raise ValidationError(_("Somebody other than the one who proposed it accepts a measure."))
    holds = standing_of((row,))[0].holds
    if holds is not Holds.PROPOSED:
        raise ValidationError(_("This lapsed: %(why)s. Propose it again.") % {"why": holds.value})
    if decision is not None and (decision.stage, decision.register.body_id) != (
        DecisionStage.DECIDED,
        row.measure.body_id,
    ):
        raise ValidationError({"decision": _("Choose a decision of this body that was taken and stands.")})
    row.decision, row.accepted_at, row.accepter, row.accepted_by = decision, at, by, by.name
    row.save(update_fields=["decision", "accepted_at", "accepter", "accepted_by"])
    facts = {"section": row.section_key, "decision": str(decision or ""), "rows": sealed(row)}
    record(row, "accepted a measure", by=by, at=at, body=row.measure.body, **facts)
    _keep_what_is_kept(row.plan, by, at)
    return row


@transaction.atomic
def end_identification(*, identification: Identification, reason: str, by: User, at: datetime) -> None:
    """Say that a measure no longer tells of a priority, or withdraw one that was only proposed."""
    require(by, Ability.WRITE_MEASURES, identification.measure.body, on=localdate(at))
    rows = Identification.objects.select_for_update(of=("self",)).select_related("measure__body")
    row = rows.get(pk=identification.pk)
    if row.ended_at is not None:
        raise ValidationError(_("This was ended already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the measure no longer tells of the priority.")})
    row.ended_at, row.ended_by, row.ended_reason = at, by.name, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    facts = {"reason": row.ended_reason, "rows": sealed(row) if row.accepted_at else {}}
    record(row, "ended an identification", by=by, at=at, body=row.measure.body, **facts)


def _keep_what_is_kept(plan: Document, by: User, at: datetime) -> None:
    """Note the moment at which every priority of a commitment first had its measure."""
    still_owed = plan.commitments.filter(kept_at=None, released_at=None)
    for stands in commitments_stand(tuple(still_owed.select_for_update())):
        if stands.kept:
            row = stands.commitment
            row.kept_at = at
            row.save(update_fields=["kept_at"])
            facts = {"measures": stands.with_measures, "rows": sealed(row)}
            record(row, "kept a commitment", by=by, at=at, body=plan.body, **facts)
