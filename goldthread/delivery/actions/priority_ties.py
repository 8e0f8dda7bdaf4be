"""Tie a priority to the words of the plan that it serves, and to the measures that tell how it goes."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Priority, PriorityMeasure, Serves
from goldthread.delivery.serving import Place, Serving, current_edition, place_of, standing_of
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.identified import APPROVED
from goldthread.performance.models import Definition, Measure
from goldthread.plans.models import Edition
from goldthread.plans.seals import sealed

OPEN = (PriorityStage.DRAFT, PriorityStage.PROPOSED, PriorityStage.LIVE)


@transaction.atomic
def serve(
    *, priority: Priority, edition: Edition, section_key: str, block_key: str = "", by: User, at: datetime
) -> Serves:
    """Say that a priority serves a pledge or a section, pinned to its words in an approved edition."""
    row = _open(priority, by, at)
    stage = Edition.objects.values_list("stage", flat=True).get(pk=edition.pk)
    if edition.document_id != row.plan_id:
        raise ValidationError({"edition": _("Choose a pledge or a section of the priority's own plan.")})
    if stage not in APPROVED:
        words = _("A priority serves words of the plan that were approved and still count.")
        raise ValidationError({"edition": words})
    place = place_of(edition, section_key, block_key)
    if place is None:
        raise ValidationError({"section_key": _("That pledge or section is not in this edition.")})
    if row.serves.filter(section_key=section_key, block_key=block_key, ended_at=None).exists():
        raise ValidationError(_("The priority serves this already."))
    made = _pin(row, edition, place, by, at)
    facts = {"serves": made.label, "seal": made.seal, "rows": sealed(made)}
    record(row, "pinned what it serves", by=by, at=at, **facts)
    return made


def _open(priority: Priority, by: User, at: datetime) -> Priority:
    """Ask leave, and lock a priority that has not ended."""
    require(by, Ability.WRITE_DELIVERY, priority.body, on=localdate(at))
    rows = Priority.objects.select_for_update(of=("self",)).select_related("body", "plan__body")
    row = rows.get(pk=priority.pk)
    if row.stage not in OPEN:
        raise ValidationError(_("This priority has ended, so what it is tied to stays as it was."))
    return row


def _pin(priority: Priority, edition: Edition, place: Place, by: User, at: datetime) -> Serves:
    return Serves.objects.create(
        priority=priority,
        plan=priority.plan,
        edition=edition,
        section_key=place.section_key,
        block_key=place.block_key,
        label=place.label,
        words=place.words,
        seal=place.seal,
        pinned_at=at,
        pinned_by=by.name,
    )


def _living(serves: Serves) -> Serves:
    row = Serves.objects.select_for_update(of=("self",)).select_related("plan", "priority").get(pk=serves.pk)
    if row.ended_at is not None:
        raise ValidationError(_("This was ended already."))
    return row


def _end(serves: Serves, reason: str, by: User, at: datetime) -> None:
    serves.ended_at, serves.ended_by, serves.ended_reason = at, by.name, reason
    serves.save(update_fields=["ended_at", "ended_by", "ended_reason"])


@transaction.atomic
def stop_serving(*, serves: Serves, reason: str, by: User, at: datetime) -> None:
    """Say that a priority no longer serves a pledge or section, and why. That it did stays on record."""
    priority = _open(serves.priority, by, at)
    row = _living(serves)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the priority no longer serves this.")})
    _end(row, reason.strip(), by, at)
    facts = {"serves": row.label, "reason": row.ended_reason, "rows": sealed(row)}
    record(priority, "stopped serving", by=by, at=at, **facts)


@transaction.atomic
def pin_again(*, serves: Serves, seen: str, by: User, at: datetime) -> Serves:
    """Pin what a priority serves to the plan's words of today, whose seal was ``seen`` when they were read.

    Refused where the words changed while they were being read, and where they are gone.
    """
    priority = _open(serves.priority, by, at)
    row = _living(serves)
    (stands,) = standing_of((row,), localdate(at))
    if stands.state is Serving.HOLDS:
        raise ValidationError(_("The plan still says what was pinned, so there is nothing to pin again."))
    edition = current_edition(row.plan, localdate(at))
    if stands.now is None or edition is None:
        raise ValidationError(_("This no longer stands in the plan. Say that the priority stops serving it."))
    if seen != stands.now.seal:
        raise ValidationError(_("The plan changed while you were reading. Read both texts again."))
    _end(row, _("Read again in %(edition)s, and still served.") % {"edition": edition.label}, by, at)
    made = _pin(priority, edition, stands.now, by, at)
    facts = {"serves": made.label, "seal": made.seal, "was": row.seal, "rows": sealed(row, made)}
    record(priority, "pinned again what it serves", by=by, at=at, **facts)
    return made


@transaction.atomic
def measure_by(*, priority: Priority, measure: Measure, why: str, by: User, at: datetime) -> PriorityMeasure:
    """Say that a measure, whose definition was checked, tells how a priority goes, and why it does."""
    row = _open(priority, by, at)
    if measure.body_id != row.body_id:
        raise ValidationError({"measure": _("Choose a measure of the same body.")})
    if measure.ended_at is not None:
        raise ValidationError({"measure": _("This measure is no longer used.")})
    if not Definition.objects.checked().filter(measure=measure).exists():
        raise ValidationError({"measure": _("Nobody has checked how this measure is defined.")})
    if not why.strip():
        raise ValidationError({"why": _("Say why this measure tells how the priority goes.")})
    if row.measured_by.filter(measure=measure, ended_at=None).exists():
        raise ValidationError(_("This measure tells of the priority already."))
    made = PriorityMeasure.objects.create(
        priority=row, measure=measure, why=why.strip(), added_at=at, adder=by, added_by=by.name
    )
    record(row, "chose a measure", by=by, at=at, measure=str(measure), rows=sealed(made))
    return made


@transaction.atomic
def stop_measuring(*, tie: PriorityMeasure, reason: str, by: User, at: datetime) -> None:
    """Say that a measure no longer tells how a priority goes, and why."""
    priority = _open(tie.priority, by, at)
    row = PriorityMeasure.objects.select_for_update(of=("self",)).select_related("measure").get(pk=tie.pk)
    if row.ended_at is not None:
        raise ValidationError(_("This was ended already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the measure no longer tells how the priority goes.")})
    row.ended_at, row.ended_by, row.ended_reason = at, by.name, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    facts = {"measure": str(row.measure), "reason": row.ended_reason, "rows": sealed(row)}
    record(priority, "stopped using a measure", by=by, at=at, **facts)
