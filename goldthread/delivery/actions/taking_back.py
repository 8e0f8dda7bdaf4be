"""Taking back a list of actions that was brought in: whole, and only while nobody has worked on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Action, Milestone, PeriodLine, ReportSource, WorkImport
from goldthread.people.actions import require
from goldthread.people.models import User


@transaction.atomic
def undo(*, made: WorkImport, by: User, at: datetime) -> int:
    """Take back everything that came with a list, and say how many actions that was.

    Refused once something was done with any of them, because that would be lost.
    """
    require(by, Ability.WRITE_DELIVERY, made.body, on=localdate(at))
    made = WorkImport.objects.select_for_update(of=("self",)).select_related("body").get(pk=made.pk)
    if made.taken_at is None or made.undone_at is not None:
        raise ValidationError(_("Only a list that was taken in can be taken back, and once."))
    actions = list(made.actions.select_for_update(of=("self",)).select_related("priority__body"))
    worked = worked_on(actions)
    if worked:
        words = _(
            "Since then something was done with %(which)s. "
            "Drop those that are not wanted, each with its reason."
        )
        raise ValidationError(words % {"which": ", ".join(action.number for action in worked[:8])})
    titles = [str(action) for action in actions]
    Milestone.objects.filter(action__in=actions).delete()
    made.actions.all().delete()
    made.undone_at, made.undone_by = at, by.name
    made.save(update_fields=["undone_at", "undone_by"])
    record(made, "took a list of actions back", by=by, at=at, body=made.body, actions=titles)
    return len(titles)


def worked_on(actions: Sequence[Action]) -> list[Action]:
    """Those of these actions with which something was done since they came: they cannot be taken back."""
    wanted = [action.pk for action in actions]
    steps = Milestone.objects.filter(action__in=wanted)
    added = steps.exclude(made_at__in={action.made_at for action in actions})
    held = {*added.values_list("action", flat=True)}
    for name in ("changes", "updates", "links", "awaited_by"):
        some = Q(**{f"{name}__isnull": False})
        held |= {*Action.objects.filter(some, pk__in=wanted).values_list("pk", flat=True)}
        held |= {*steps.filter(some).values_list("action", flat=True)}
    held |= {*Action.objects.filter(pk__in=wanted, waits_for__isnull=False).values_list("pk", flat=True)}
    parts = dict(steps.values_list("pk", "action"))
    for rows in (PeriodLine.objects, ReportSource.objects):
        held |= {*rows.filter(kind="action", ref_id__in=wanted).values_list("ref_id", flat=True)}
        found = rows.filter(kind="milestone", ref_id__in=parts).values_list("ref_id", flat=True)
        held |= {parts[each] for each in found}
    return [action for action in actions if action.pk in held]
