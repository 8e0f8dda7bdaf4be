"""Ask that limits be computed anew from a period on; another person approves or refuses it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.actions.reporting import keep_chart
from goldthread.performance.models import Area, Measure, Rebase, RebaseOutcome, ShownTo
from goldthread.performance.queries import series_of
from goldthread.performance.shown import form_now
from goldthread.plans.seals import sealed


@transaction.atomic
def ask_rebase(
    *, measure: Measure, area: Area, first_period: date, reason: str, by: User, at: datetime
) -> Rebase:
    """Ask that limits start anew with a period, and say what changed then. Nothing changes yet."""
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    if not reason.strip():
        raise ValidationError({"reason": _("Say what changed, so that limits from before no longer hold.")})
    Measure.objects.select_for_update().get(pk=measure.pk)
    if first_period not in series_of(measure, area).periods[1:]:
        words = _("Choose a period of this series after its first: limits start anew with it.")
        raise ValidationError({"first_period": words})
    earlier = Rebase.objects.filter(measure=measure, area=area, first_period=first_period)
    if earlier.exclude(outcome=RebaseOutcome.REFUSED).exists():
        raise ValidationError({"first_period": _("This was asked for already.")})
    row = Rebase.objects.create(
        body=measure.body,
        measure=measure,
        area=area,
        first_period=first_period,
        reason=reason.strip(),
        asked_at=at,
        asker=by,
        asked_by=by.name,
    )
    facts = {"area": area.name, "first_period": first_period, "reason": row.reason}
    record(row, "asked for a re-base", by=by, at=at, body=measure.body, **facts)
    return row


@transaction.atomic
def approve_rebase(
    *, rebase: Rebase, answer: str = "", decision: Decision | None = None, by: User, at: datetime
) -> Rebase:
    """Let limits start anew. The chart as it stood until now is kept first, and can still be opened."""
    row = _asked(rebase, by, at)
    if decision is not None and (decision.stage, decision.register.body_id) != (
        DecisionStage.DECIDED,
        row.body_id,
    ):
        raise ValidationError({"decision": _("Choose a decision of this body that was taken and stands.")})
    series = series_of(row.measure, row.area)
    on = localdate(at)
    row.before = keep_chart(series, form_now(series), ShownTo.REBASE, on=on, by=by, at=at)
    row.decision = decision
    return _answer(row, RebaseOutcome.APPROVED, answer, by, at)


@transaction.atomic
def refuse_rebase(*, rebase: Rebase, answer: str, by: User, at: datetime) -> Rebase:
    """Leave limits as they are, and say why."""
    row = _asked(rebase, by, at)
    if not answer.strip():
        raise ValidationError({"answer": _("Say why the limits stay as they are.")})
    return _answer(row, RebaseOutcome.REFUSED, answer, by, at)


def _asked(rebase: Rebase, by: User, at: datetime) -> Rebase:
    """A re-base that waits for an answer, locked; refused to whoever asked for it."""
    require(by, Ability.APPROVE_REBASE, rebase.body, on=localdate(at))
    rows = Rebase.objects.select_for_update(of=("self",)).select_related("measure__body", "area", "body")
    row = rows.get(pk=rebase.pk)
    if row.outcome:
        raise ValidationError(_("This was answered already."))
    if row.asker_id == by.pk:
        raise ValidationError(_("Somebody other than the one who asked approves or refuses a re-base."))
    return row


def _answer(row: Rebase, outcome: RebaseOutcome, answer: str, by: User, at: datetime) -> Rebase:
    row.outcome, row.answer = outcome, answer.strip()
    row.answered_at, row.answerer, row.answered_by = at, by, by.name
    row.save()
    kept = (row, row.before) if row.before is not None else (row,)
    facts = {"first_period": row.first_period, "answer": row.answer, "rows": sealed(*kept)}
    record(row, f"{outcome.value} a re-base", by=by, at=at, body=row.body, **facts)
    return row
