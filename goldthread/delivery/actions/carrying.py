"""Actions that a year ended without finishing, taken along into the same priority of the next year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import ActionState
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import note
from goldthread.delivery.actions.work import add_action, add_milestone
from goldthread.delivery.models import Action, Priority
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.seals import sealed

CARRIED = "carried from"
"""The line of history that says from which action one was taken along."""


def left_open(priority: Priority) -> QuerySet[Action]:
    """The actions that the priority which this one was carried forward from ended without finishing."""
    rows = Action.objects.filter(priority=priority.carried_from_id) if priority.carried_from_id else None
    if rows is None:
        return Action.objects.none()
    still = rows.filter(state__in=(ActionState.PLANNED, ActionState.UNDER_WAY)).order_by("position", "pk")
    return still.select_related("priority", "owner_office")


def not_taken_along(priority: Priority) -> list[Action]:
    """Those of them that were not taken along yet."""
    taken = priority.actions.filter(changes__field=CARRIED).values_list("changes__now", flat=True)
    known = set(taken)
    return [action for action in left_open(priority) if _said(action) not in known]


def _said(action: Action) -> str:
    return f"{action}, {action.priority.year_words}"


@transaction.atomic
def take_along(
    *, priority: Priority, actions: Sequence[Action], by: User, at: datetime
) -> tuple[Action, ...]:
    """Go on with open actions of last year under the priority that was carried forward.

    Each keeps its owner, its days and its open milestones under a new number; the old one stays as
    its year left it, and the history of the new one says which it was.
    """
    require(by, Ability.WRITE_DELIVERY, priority.body, on=localdate(at))
    Priority.objects.select_for_update().get(pk=priority.pk)
    waiting = {action.pk for action in not_taken_along(priority)}
    if not actions:
        raise ValidationError(_("Tick what is to be taken along."))
    strangers = [action.number for action in actions if action.pk not in waiting]
    if strangers:
        words = _("%(which)s was not left open, or was taken along already.")
        raise ValidationError(words % {"which": ", ".join(strangers)})
    return tuple(_take(action, priority, by=by, at=at) for action in actions)


def _take(was: Action, priority: Priority, *, by: User, at: datetime) -> Action:
    now = add_action(
        priority=priority,
        title=was.title,
        words=was.words,
        owner_office=was.owner_office,
        owner_words=was.owner_words,
        starts=was.starts,
        due=was.baseline,
        forecast=was.forecast,
        begun=was.state == ActionState.UNDER_WAY,
        weight=was.weight,
        cost=was.cost,
        cost_words=was.cost_words,
        by=by,
        at=at,
    )
    for step in was.milestones.filter(reached__isnull=True, dropped_on__isnull=True):
        add_milestone(
            action=now,
            title=step.title,
            due=step.due,
            owner_office=step.owner_office,
            weight=step.weight,
            by=by,
            at=at,
        )
    kept = note(now, [(CARRIED, "", _said(was))], why="", by=by, at=at)
    facts = {"was": _said(was), "rows": sealed(*kept)}
    record(now, "took an action along", by=by, at=at, body=priority.body, **facts)
    return now
