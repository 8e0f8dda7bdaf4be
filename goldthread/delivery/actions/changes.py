"""The history of an action or a milestone: a line for each thing that changed, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import ACTION_MOVES, ActionState, IllegalMove, PriorityStage, advance
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Action, Change, Milestone, Priority
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User
from goldthread.plans.seals import sealed

Thing = Action | Milestone
Found = TypeVar("Found", Action, Milestone)
OPEN = (PriorityStage.DRAFT, PriorityStage.PROPOSED, PriorityStage.LIVE)
"""The stages of a priority in which its actions may still be changed."""


def action_of(thing: Thing) -> Action:
    """The action that a thing is, or belongs to."""
    return thing.action if isinstance(thing, Milestone) else thing


def body_of(thing: Thing) -> Body:
    """The body whose work a thing is."""
    return action_of(thing).priority.body


def plain(value: Any) -> str:
    """A value as the history keeps it: a day as 2019-06-30, an office by its title, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Office):
        return value.title
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


def held(thing: Found, *, by: User, at: datetime) -> Found:
    """A thing as it stands now, held until the commit, for whoever may change it.

    Refused where its priority is over, because what a year ended with stays as it was.
    """
    require(by, Ability.WRITE_DELIVERY, body_of(thing), on=localdate(at))
    within = "action__priority__body" if isinstance(thing, Milestone) else "priority__body"
    rows = type(thing)._default_manager.select_for_update(of=("self",)).select_related(within)
    found = rows.get(pk=thing.pk)
    refuse_over(action_of(found).priority)
    return found


def refuse_over(priority: Priority) -> None:
    """Raise ValidationError where a priority is over: closed, carried forward or dropped."""
    if priority.stage not in OPEN:
        words = _(
            "Priority %(number)s is over, and its actions stay as they were. Change those of its next year."
        )
        raise ValidationError(words % {"number": priority})


def moved(state: ActionState | str, move: str) -> ActionState:
    """The state that a move leads to, or a refusal in words."""
    try:
        return advance(ACTION_MOVES, ActionState(state), move)
    except IllegalMove as refusal:
        raise ValidationError(str(refusal)) from refusal


def note(
    thing: Thing | Priority, values: Iterable[tuple[str, Any, Any]], *, why: str, by: User, at: datetime
) -> list[Change]:
    """A line of history for each of (field, was, now) that differs; they are given back."""
    lines = [(field, plain(was), plain(now)) for field, was, now in values]
    rows = [
        Change(field=field, was=was, now=now, why=why.strip(), at=at, by_name=by.name, **_about(thing))
        for field, was, now in lines
        if was != now
    ]
    for row in rows:
        row.full_clean(exclude=["priority", "action", "milestone"])
        row.save(force_insert=True)
    return rows


def _about(thing: Thing | Priority) -> dict[str, models.Model]:
    return {thing._meta.model_name or "": thing}


def keep(
    thing: Thing, values: dict[str, Any], verb: str, *, why: str = "", by: User, at: datetime
) -> list[Change]:
    """Set these fields of a thing that is held, note each that differs, and record it under a verb.

    Where nothing differs nothing is written.
    """
    before = [(field, getattr(thing, field), value) for field, value in values.items()]
    for field, _was, value in before:
        setattr(thing, field, value)
    thing.full_clean(exclude=["priority", "action", "slug", "source"])
    rows = note(thing, before, why=why, by=by, at=at)
    if rows:
        thing.save(update_fields=list(values))
        changed = {row.field: [row.was, row.now] for row in rows}
        facts = {"changed": changed, "why": why.strip(), "rows": sealed(*rows)}
        record(thing, verb, by=by, at=at, body=body_of(thing), **facts)
    return rows


def said(why: str, words: str) -> str:
    """A reason without spaces round it; refused with these words where there is none."""
    if not why.strip():
        raise ValidationError({"why": words})
    return why.strip()
