"""Say what a series tells and what is done about it: a target is optional, a narrative is not."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.models import Area, Measure, Narrative
from goldthread.plans.seals import sealed


@transaction.atomic
def write_narrative(
    *, measure: Measure, area: Area, period: date, words: str, by: User, at: datetime
) -> Narrative:
    """Say what a series tells up to a period, and what is done about it. The newest words are read."""
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    if not words.strip():
        raise ValidationError({"words": _("Say what the figures tell, and what is being done about it.")})
    row = Narrative.objects.create(
        measure=measure, area=area, period=period, words=words.strip(), at=at, by_name=by.name
    )
    facts = {"area": area.name, "period": period, "rows": sealed(row)}
    record(measure, "wrote a narrative", by=by, at=at, body=measure.body, **facts)
    return row
