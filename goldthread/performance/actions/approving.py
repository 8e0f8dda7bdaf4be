"""Approve figures for the public in one's own name; withdraw what should not have been released."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.actions.reporting import keep_chart, require_narrative
from goldthread.performance.models import Area, Measure, Release, ShownTo
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from goldthread.plans.seals import row_seal, sealed

WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")


@transaction.atomic
def approve_figures(
    *,
    measure: Measure,
    area: Area,
    seen: str,
    corrects: Release | None = None,
    correction: str = "",
    by: User,
    at: datetime,
) -> Release:
    """Put a series before the public, just as it stands, under the name of who approves it.

    ``seen`` is the seal of the chart that was read (`shown.chart_seal` of `shown.form_now`): refused
    where it has changed since. Refused without words about the last figure. With ``corrects``, readers
    are told what was wrong in that earlier release, which keeps its address.
    """
    require(by, Ability.APPROVE_FIGURES, measure.body, on=localdate(at))
    Measure.objects.select_for_update().get(pk=measure.pk)
    if (corrects is None) == bool(correction.strip()):
        raise ValidationError({"correction": _("Say what was wrong, and in which earlier release.")})
    if corrects is not None and (corrects.measure_id, corrects.area_id) != (measure.pk, area.pk):
        raise ValidationError({"corrects": _("That release is of another series.")})
    series = series_of(measure, area)
    require_narrative(series)
    form = form_now(series)
    if chart_seal(form) != seen:
        raise ValidationError(_("The figures changed while you were reading. Look at them again."))
    shown = keep_chart(series, form, ShownTo.PUBLIC, on=localdate(at), by=by, at=at)
    office = by.office_words(measure.body, localdate(at))
    release = Release(
        body=measure.body,
        measure=measure,
        area=area,
        number=Release.objects.filter(measure=measure, area=area).count() + 1,
        shown=shown,
        approver=by,
        approved_by=f"{by.name}, {office}" if office else by.name,
        approved_at=at,
        corrects=corrects,
        correction=correction.strip(),
    )
    release.seal = release_seal(release)
    release.save()
    facts = {"area": area.name, "number": release.number, "rows": sealed(shown, release)}
    record(release, "approved figures", by=by, at=at, body=measure.body, **facts)
    return release


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: User, at: datetime) -> None:
    """Withdraw a release and say why. Its address stays, and tells that it was withdrawn."""
    require(by, Ability.APPROVE_FIGURES, release.body, on=localdate(at))
    row = Release.objects.select_for_update(of=("self",)).select_related("body").get(pk=release.pk)
    if row.withdrawn_at is not None:
        raise ValidationError(_("This release was withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn. Readers will see this.")})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by.name, reason.strip()
    row.save(update_fields=list(WITHDRAWN))
    facts = {"number": row.number, "reason": row.withdrawn_reason, "rows": sealed(row)}
    record(row, "withdrew a release", by=by, at=at, body=row.body, **facts)


def release_seal(release: Release) -> str:
    """The seal of a release: everything that it says but whether it was withdrawn."""
    return row_seal(release, but=("seal", *WITHDRAWN))
