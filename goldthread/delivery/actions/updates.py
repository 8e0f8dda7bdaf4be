"""Updates: what an owner says of a thing is kept as it was said, whoever else spoke at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import UPDATE_MOVES, IllegalMove, UpdateStage, advance
from goldthread.core.governance.abilities import Ability
from goldthread.core.problems import Problem
from goldthread.delivery.actions.asking import Giver, giver_of, refuse_ended
from goldthread.delivery.actions.evidence import hang_on, look_into
from goldthread.delivery.actions.keeping import LONGEST, keep_typing
from goldthread.delivery.actions.scales import scale_to_use
from goldthread.delivery.models import Period, Priority, StatusScale, Update, UpdateLink
from goldthread.delivery.updates import (
    DONE,
    Subject,
    body_of,
    kept_for,
    kind_of,
    last_seen,
    levels,
    of,
    open_periods,
)
from goldthread.people.actions import NotAllowed
from goldthread.people.models import Body, User
from goldthread.people.queries import may

__all__ = ["give_update", "keep_typing", "withdraw_update"]

Looked = tuple[tuple[str, bytes, tuple[Problem, ...]], ...]


def give_update(
    *,
    subject: Subject,
    words: str,
    status: str,
    forecast: date | None = None,
    done: bool = False,
    done_on: date | None = None,
    evidence: Sequence[tuple[str, bytes]] = (),
    seen: int | None = None,
    by: User | None = None,
    link: UpdateLink | None = None,
    given_by: str = "",
    at: datetime,
) -> Update:
    """Say how a thing comes along: words, a status of the scale in force, a new date, or that it is done.

    ``evidence`` are files as (name, content); those that were added while typing come along. Nothing
    is overwritten: where somebody else spoke since the update numbered ``seen``, both stand, and
    `updates.said_meanwhile` tells what they said. It counts towards the period that is open by now.
    Files are looked into first, which may take seconds, so call it outside a transaction.
    """
    giver = giver_of(subject, by=by, link=link, at=at, given_by=given_by)
    looked = look_into(tuple(evidence))
    with transaction.atomic():
        locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        refuse_ended(locked)
        period = period_held(body_of(locked), localdate(at))
        scale = scale_to_use(body_of(locked), at)
        done = (done or status == DONE) and not isinstance(locked, Priority)
        _refuse(words, status, scale, forecast, done_on if done else None, at)
        update = Update(words=words.strip(), status=status, scale=scale, period=period, done=done, link=link)
        update.done_on = (done_on or localdate(at)) if done else None
        update.forecast = None if done or isinstance(locked, Priority) else forecast
        _keep(update, locked, giver, at, looked, by=by, seen=seen)
    return update


def _refuse(
    words: str, status: str, scale: StatusScale, forecast: date | None, done_on: date | None, at: datetime
) -> None:
    """Every problem of what was said, each at its field."""
    problems: dict[str, str] = {}
    if not words.strip():
        problems["words"] = _("Say in a sentence or two what has happened.")
    elif len(words) > LONGEST:
        problems["words"] = _("This is longer than an update can be. Attach it as a file.")
    if status not in {each.code for each in levels(scale)}:
        problems["status"] = _("Choose how it goes. The statuses may have changed meanwhile.")
    if done_on is not None and done_on > localdate(at):
        problems["done_on"] = _("It cannot have been done on a day that has not come.")
    if forecast is not None and forecast < localdate(at):
        problems["forecast"] = _("A new date is today or later. If it is done, say so instead.")
    if problems:
        raise ValidationError(problems)


def _keep(
    update: Update,
    subject: Subject,
    giver: Giver,
    at: datetime,
    looked: Looked,
    *,
    by: User | None,
    seen: int | None,
) -> None:
    setattr(update, kind_of(subject), subject)
    update.body = body_of(subject)
    update.giver, update.given_by, update.given_as, update.given_at = giver.user, giver.name, giver.office, at
    update.replaces = of(subject).filter(stage=UpdateStage.RETURNED, replaced_by__isnull=True).last()
    newest = last_seen(subject)
    update.full_clean(exclude=["action", "milestone", "priority"])
    update.save(force_insert=True)
    kept = kept_for(subject, by=by, link=update.link)
    files = hang_on(update, kept, looked, giver, at)
    if kept is not None:
        kept.delete()
    facts = {
        "number": update.pk,
        "status": update.status,
        "given_by": giver.name,
        "by_link": update.link_id,
        "files": [each.sha256 for each in files],
        "meanwhile": bool(newest and newest != (seen or 0)),
    }
    record(subject, "gave an update", by=by, at=at, body=update.body, **facts)


def period_held(body: Body, on: date) -> Period | None:
    """The open period that words of a day count towards, held so that it is not closed under them.

    Hold it after the thing and before anything is recorded: that is the order in which all wait.
    """
    held = open_periods(body).select_for_update()
    return held.filter(starts__lte=on).first() or held.first()


@transaction.atomic
def withdraw_update(*, update: Update, by: User, at: datetime) -> None:
    """Take back words that were not signed off: whoever gave them may, and the office."""
    row = held(update)
    if row.giver_id != by.pk and not may(by, Ability.WRITE_DELIVERY, row.body, localdate(at)):
        raise NotAllowed(f"{by.name} may not take this update back: {row.given_by} gave it.")
    row.stage = moved(row, "withdraw")
    row.save(update_fields=["stage"])
    update.stage = row.stage
    record(row.subject, "took back an update", by=by, at=at, body=row.body, number=row.pk)


def held(update: Update) -> Update:
    """An update as it is now, held until the commit."""
    Update.objects.select_for_update().get(pk=update.pk)
    return Update.objects.select_related(
        "body", "scale", "action__priority", "milestone__action__priority", "priority"
    ).get(pk=update.pk)


def moved(update: Update, move: str) -> UpdateStage:
    """The stage that a move leads to, or a refusal in words."""
    try:
        return advance(UPDATE_MOVES, UpdateStage(update.stage), move)
    except IllegalMove as refusal:
        raise ValidationError(str(refusal)) from refusal
