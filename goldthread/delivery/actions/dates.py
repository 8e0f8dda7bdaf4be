"""The days of actions and milestones: first due, now expected, done. The first day set is never lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import ActionState
from goldthread.delivery.actions.changes import Thing, action_of, held, keep, moved, said
from goldthread.delivery.actions.work import refuse_ahead
from goldthread.delivery.models import Action
from goldthread.people.models import User


@transaction.atomic
def set_forecast(*, thing: Thing, to: date, why: str = "", by: User, at: datetime) -> None:
    """Say by when a thing is now expected; that it comes later than it did needs a reason."""
    thing = held(thing, by=by, at=at)
    _refuse_done(thing)
    if thing.due is not None and to > thing.due and not why.strip():
        raise ValidationError({"why": _("Say why it comes later than %(day)s.") % {"day": _day(thing.due)}})
    if isinstance(thing, Action) and thing.starts and to < thing.starts:
        raise ValidationError({"to": _("It does not start before %(day)s.") % {"day": _day(thing.starts)}})
    if thing.baseline is None:
        keep(thing, {"baseline": to}, "set the day when work is due", why=why, by=by, at=at)
        return
    forecast = None if to == thing.baseline else to
    keep(thing, {"forecast": forecast}, "moved the day when work is expected", why=why, by=by, at=at)


@transaction.atomic
def rebaseline(*, thing: Thing, to: date, why: str, by: User, at: datetime) -> None:
    """Agree a new day by which a thing is due. The first one stays in its history, and is shown beside it."""
    why = said(why, _("Say who agreed the new day, and why."))
    thing = held(thing, by=by, at=at)
    _refuse_done(thing)
    if isinstance(thing, Action) and thing.starts and to < thing.starts:
        raise ValidationError({"to": _("It does not start before %(day)s.") % {"day": _day(thing.starts)}})
    changed = {"baseline": to, "forecast": None}
    keep(thing, changed, "agreed a new day for work", why=why, by=by, at=at)


@transaction.atomic
def finish(*, thing: Thing, on: date, words: str = "", by: User, at: datetime) -> None:
    """Say that an action is done, or a milestone reached, on a day that has come.

    A milestone that is reached shows that its action is under way.
    """
    thing = held(thing, by=by, at=at)
    refuse_ahead(on, localdate(at))
    if isinstance(thing, Action):
        if thing.starts and on < thing.starts:
            raise ValidationError({"on": _("It started on %(day)s.") % {"day": _day(thing.starts)}})
        changed: dict[str, Any] = {"state": moved(thing.state, "finish"), "finished": on}
        keep(thing, changed, "finished an action", why=words, by=by, at=at)
        return
    _refuse_done(thing)
    if thing.action.state == ActionState.PLANNED:
        # Before anything is recorded: whoever holds the action waits for the record next.
        begun = {"state": ActionState.UNDER_WAY}
        why = _("Milestone %(number)s was reached.") % {"number": thing.number}
        keep(thing.action, begun, "began an action", why=why, by=by, at=at)
    keep(thing, {"reached": on}, "reached a milestone", why=words, by=by, at=at)


def _refuse_done(thing: Thing) -> None:
    if not thing.is_open or not action_of(thing).is_open:
        raise ValidationError(_("It is done or dropped, so its days stay as they are. Open it again first."))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
