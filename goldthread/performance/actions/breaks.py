"""Breaks in series: who said that figures before and after cannot be compared, and where."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.models import Area, Break, BreakKind, Measure
from goldthread.plans.seals import sealed


@transaction.atomic
def mark_break(
    *,
    body: Body,
    kind: BreakKind | str,
    period: date,
    words: str,
    source: str,
    measure: Measure | None = None,
    area: Area | None = None,
    until: date | None = None,
    by: User,
    at: datetime,
) -> Break:
    """Record a break before a period, of one measure or all, in one area or all. It moves no limits."""
    require(by, Ability.WRITE_MEASURES, body, on=localdate(at))
    if measure is not None and measure.body_id != body.pk:
        raise ValidationError({"measure": _("This measure is of another body.")})
    if (until is not None) != (BreakKind(kind) is BreakKind.GAP):
        raise ValidationError({"until": _("Give the last period of a gap in the data, and only of a gap.")})
    row = Break(body=body, measure=measure, area=area, kind=kind, period=period, until=until)
    row.words, row.source, row.at, row.by_name = words.strip(), source.strip(), at, by.name
    row.full_clean()
    row.save()
    facts = {"kind": row.kind, "period": period, "words": row.words, "rows": sealed(row)}
    record(measure or row, "marked a break", by=by, at=at, body=body, **facts)
    return row


@transaction.atomic
def withdraw_break(*, found: Break, reason: str, by: User, at: datetime) -> None:
    """Withdraw a break that should not have been recorded; that it was stays on the record."""
    require(by, Ability.WRITE_MEASURES, found.body, on=localdate(at))
    found = Break.objects.select_for_update(of=("self",)).select_related("body", "measure").get(pk=found.pk)
    if found.withdrawn_at is not None:
        raise ValidationError(_("This was withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why there is no such break.")})
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = at, by.name, reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    facts = {"break": found.pk, "reason": found.withdrawn_reason, "rows": sealed(found)}
    record(found.measure or found, "withdrew a break", by=by, at=at, body=found.body, **facts)
