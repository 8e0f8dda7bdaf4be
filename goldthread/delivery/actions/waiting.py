"""That an action waits for another, or for a milestone of another: said, taken back, never in a circle."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.delivery.actions.changes import Thing, action_of, body_of, held, note
from goldthread.delivery.models import Action, Dependency, Milestone
from goldthread.people.models import User
from goldthread.plans.seals import sealed


@transaction.atomic
def depends(*, action: Action, on: Thing, why: str = "", by: User, at: datetime) -> Dependency:
    """Say that an action waits for another action or its milestone; refused where that closes a circle."""
    action = held(action, by=by, at=at)
    needed = action_of(on)
    if needed.pk == action.pk:
        raise ValidationError({"on": _("An action does not wait for itself.")})
    if body_of(on).pk != body_of(action).pk:
        raise ValidationError({"on": _("It belongs to another body.")})
    circle = way_back(needed, action)
    if circle:
        words = _("%(on)s waits for this already: %(way)s. Two actions cannot wait for each other.")
        way = " → ".join(each.number for each in circle)
        raise ValidationError({"on": words % {"on": needed.number, "way": way}})
    row = Dependency(action=action, why=why.strip(), made_at=at, made_by=by.name)
    if isinstance(on, Milestone):
        row.needs_milestone = on
    else:
        row.needs_action = on
    if action.waits_for.filter(needs_action=row.needs_action, needs_milestone=row.needs_milestone).exists():
        raise ValidationError({"on": _("That is noted already.")})
    row.full_clean()
    row.save(force_insert=True)
    kept = note(action, [("waits for", "", str(on))], why=why, by=by, at=at)
    facts = {"waits_for": str(on), "why": row.why, "rows": sealed(*kept)}
    record(action, "made an action wait", by=by, at=at, body=body_of(action), **facts)
    return row


@transaction.atomic
def no_longer_depends(*, dependency: Dependency, why: str = "", by: User, at: datetime) -> None:
    """Take back that an action waits for something; its history keeps that it did."""
    action = held(dependency.action, by=by, at=at)
    row = action.waits_for.filter(pk=dependency.pk).first()
    if row is None:
        raise ValidationError(_("That was taken back already."))
    on = str(row.needs_action or row.needs_milestone)
    row.delete()
    kept = note(action, [("waits for", on, "")], why=why, by=by, at=at)
    facts = {"waited_for": on, "why": why, "rows": sealed(*kept)}
    record(action, "let an action go ahead", by=by, at=at, body=body_of(action), **facts)


def way_back(start: Action, to: Action) -> tuple[Action, ...]:
    """The actions by which one waits for another, both included; empty where it does not."""
    needs = _needs(start)
    paths: list[tuple[int, ...]] = [(start.pk,)]
    seen = {start.pk}
    while paths:
        path = paths.pop(0)
        if path[-1] == to.pk:
            found = Action.objects.in_bulk(path)
            return tuple(found[pk] for pk in path)
        for each in sorted(needs[path[-1]] - seen):
            seen.add(each)
            paths.append((*path, each))
    return ()


def _needs(start: Action) -> defaultdict[int, set[int]]:
    """By action, the actions that it waits for, at the body of one."""
    rows = Dependency.objects.filter(action__priority__body=start.priority.body_id)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for action, other, within in rows.values_list("action", "needs_action", "needs_milestone__action"):
        found[action].add(other or within)
    return found
