"""Reporting periods: opened, and closed with everything in them as it stood."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Period, PeriodLine, Update
from goldthread.delivery.snapshots import gathered, line_row, period_seal
from goldthread.delivery.updates import open_periods
from goldthread.people.actions import require
from goldthread.people.models import Body, User

BATCH = 500


@transaction.atomic
def open_period(
    *, body: Body, name: str, starts: date, ends: date, due: date, by: User, at: datetime
) -> Period:
    """Open a time to report on: updates that count towards none yet count towards it from now on."""
    require(by, Ability.CLOSE_PERIOD, body, on=localdate(at))
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    _refuse(body, name.strip(), starts, ends, due)
    period = Period(body=body, name=name.strip(), starts=starts, ends=ends, due=due)
    period.opened_at, period.opened_by = at, by.name
    period.full_clean()
    period.save(force_insert=True)
    homeless = Update.objects.filter(body=body, period__isnull=True, stage=UpdateStage.GIVEN)
    taken = homeless.update(period=period)
    facts = {"starts": starts, "ends": ends, "due": due, "updates": taken}
    record(period, "opened a period", by=by, at=at, body=body, **facts)
    return period


@transaction.atomic
def close_period(*, period: Period, by: User, at: datetime) -> Period:
    """Close a period: every live priority, action and milestone is kept as it stands, for good.

    Updates that were not signed off by then count towards the next period, as do those still being
    typed.
    """
    require(by, Ability.CLOSE_PERIOD, period.body, on=localdate(at))
    row = Period.objects.select_for_update().get(pk=period.pk)
    if row.closed_at is not None:
        words = _("It was closed on %(day)s by %(who)s.")
        raise ValidationError(words % {"day": f"{localdate(row.closed_at):%-d %B %Y}", "who": row.closed_by})
    if localdate(at) < row.ends:
        words = _("It runs until %(day)s. Close it on that day or later.")
        raise ValidationError(words % {"day": f"{row.ends:%-d %B %Y}"})
    lines = [line_row(row, place, line) for place, line in enumerate(gathered(row.body, localdate(at)), 1)]
    PeriodLine.objects.bulk_create(lines, batch_size=BATCH)
    row.closed_at, row.closed_by = at, by.name
    row.seal = period_seal(row, (line.seal for line in lines))
    row.save(update_fields=["closed_at", "closed_by", "seal"])
    waiting = row.updates.filter(stage=UpdateStage.GIVEN).update(period=open_periods(row.body).first())
    facts = {"lines": len(lines), "seal": row.seal, "not_signed_off": waiting}
    record(row, "closed a period", by=by, at=at, body=row.body, **facts)
    for name in ("closed_at", "closed_by", "seal"):
        setattr(period, name, getattr(row, name))
    return row


def _refuse(body: Body, name: str, starts: date, ends: date, due: date) -> None:
    problems: dict[str, str] = {}
    if not name:
        problems["name"] = _("Give it a name, such as “April to June 2019”.")
    if ends < starts:
        problems["ends"] = _("It ends before it starts. Change one of the two days.")
    if due < starts:
        problems["due"] = _("Updates would be due before the period starts.")
    meeting = Period.objects.filter(body=body, starts__lte=ends, ends__gte=starts).first()
    if meeting is not None and "ends" not in problems:
        words = _("“%(other)s” runs from %(first)s to %(last)s. Two periods do not share a day.")
        days = {"first": f"{meeting.starts:%-d %B %Y}", "last": f"{meeting.ends:%-d %B %Y}"}
        problems["starts"] = words % {"other": meeting.name, **days}
    if problems:
        raise ValidationError(problems)
