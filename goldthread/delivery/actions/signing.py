"""Signing off: another person than its giver reads an update, lets it stand or gives it back."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import ActionState
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import seal_of
from goldthread.delivery.actions.asking import giver_of, refuse_ended
from goldthread.delivery.actions.changes import held as held_thing
from goldthread.delivery.actions.changes import keep
from goldthread.delivery.actions.dates import finish, set_forecast
from goldthread.delivery.actions.links import ask_again
from goldthread.delivery.actions.updates import held, moved, period_held
from goldthread.delivery.models import Action, Evidence, Milestone, Period, Priority, Update
from goldthread.delivery.updates import kind_of
from goldthread.delivery.wanted import give_href
from goldthread.mail.actions import write_letter
from goldthread.mail.addresses import absolute
from goldthread.mail.models import Kind, Letter
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import User
from goldthread.plans.seals import row_seal, sealed

WHY = 500
"""How many letters of an update's words its thing keeps as the reason for a new date."""


@transaction.atomic
def sign_off(*, update: Update, public: bool = True, by: User, at: datetime) -> None:
    """Let an update stand: the board may see it now, and the public too where ``public`` says so.

    What it says of dates becomes true of its action or milestone. Its giver cannot sign it.
    """
    row = _to_sign(update, by, at)
    row.stage = moved(row, "sign off")
    _hold(row.subject)
    row.period = _still_open(row, localdate(at))
    row.signer, row.signed_by, row.signed_at, row.public = by, by.name, at, public
    row.seal = update_seal(row)
    fields = ["stage", "period", "signer", "signed_by", "signed_at", "public", "seal"]
    row.save(update_fields=fields)
    _apply(row, by, at)
    for name in fields:
        setattr(update, name, getattr(row, name))
    facts = {"number": row.pk, "public": public, "rows": sealed(row)}
    record(row.subject, "signed off an update", by=by, at=at, body=row.body, **facts)


@transaction.atomic
def return_update(*, update: Update, words: str, by: User, at: datetime) -> Letter | None:
    """Give an update back to whoever gave it, saying what is missing; what they wrote stays theirs.

    They are told by a letter, which is given back: with another link where a link is how they spoke.
    Nobody is told who could not give it again: who no longer signs in, who left the office they
    answered for, or where the thing takes no updates any more.
    """
    row = _to_sign(update, by, at)
    if not words.strip():
        raise ValidationError({"words": _("Say what is missing, so that it can be mended.")})
    row.stage = moved(row, "return")
    row.returned_words, row.returned_by, row.returned_at = words.strip(), by.name, at
    row.save(update_fields=["stage", "returned_words", "returned_by", "returned_at"])
    for name in ("stage", "returned_words", "returned_by", "returned_at"):
        setattr(update, name, getattr(row, name))
    facts = {"number": row.pk, "words": row.returned_words}
    letter = ask_again(update=row, by=by, at=at) if row.link_id else _tell(row, by, at)
    record(row.subject, "returned an update", by=by, at=at, body=row.body, **facts)
    return letter


def _tell(update: Update, by: User, at: datetime) -> Letter | None:
    """Write to the person who gave an update what is missing in it, where they may give it again."""
    giver = update.giver
    if giver is None or not giver.is_active or not giver.email or not _may_give(update, giver, at):
        return None
    href = absolute(give_href(kind_of(update.subject), update.subject.pk))
    context = {"update": update, "by": by, "href": href}
    return write_letter(
        key=f"returned {update.pk}",
        to=giver,
        subject=_("Say again how %(number)s goes") % {"number": update.subject.number},
        text=render_to_string("delivery/letters/returned.txt", context),
        kind=Kind.RETURNED,
        body=update.body,
        about=str(update.subject),
        by=by,
        at=at,
    )


def _may_give(update: Update, giver: User, at: datetime) -> bool:
    try:
        refuse_ended(update.subject)
        giver_of(update.subject, by=giver, link=None, at=at)
    except (ValidationError, NotAllowed):
        return False
    return True


def update_seal(update: Update) -> str:
    """The seal of all that an update says, as it was signed off, with its files."""
    files = Evidence.objects.filter(update=update, removed_at__isnull=True).order_by("pk")
    return seal_of([row_seal(update, but=("seal",)), list(files.values_list("sha256", flat=True))])


def _to_sign(update: Update, by: User, at: datetime) -> Update:
    require(by, Ability.SIGN_UPDATE, update.body, on=localdate(at))
    row = held(update)
    if row.giver_id == by.pk:
        raise ValidationError(_("You gave this update yourself. Somebody else signs it off."))
    return row


def _hold(thing: Action | Milestone | Priority) -> None:
    """Hold a thing, and the action of a milestone, before anything is recorded about either."""
    if isinstance(thing, Milestone):
        Action.objects.select_for_update().get(pk=thing.action_id)
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)


def _still_open(update: Update, on: date) -> Period | None:
    """Its period, unless that was closed while it waited: then the one that is open by now."""
    if update.period is None or update.period.closed_at is not None:
        return period_held(update.body, on)
    return update.period


def _apply(update: Update, by: User, at: datetime) -> None:
    """Make what an update says of dates true of its thing, where that is still open."""
    thing = update.subject
    if isinstance(thing, Priority) or not thing.is_open:
        return
    why = update.words[:WHY]
    if update.done and update.done_on is not None:
        finish(thing=thing, on=_no_earlier(thing, update.done_on), words=why, by=by, at=at)
    elif update.forecast is not None and update.forecast != thing.due:
        set_forecast(thing=thing, to=update.forecast, why=why, by=by, at=at)
    action = thing.action if isinstance(thing, Milestone) else thing
    _begin(action, update, by, at)


def _no_earlier(thing: Action | Milestone, on: date) -> date:
    """A day on which a thing can have been done: not before it was to start."""
    starts = thing.starts if isinstance(thing, Action) else None
    return max(on, starts) if starts else on


def _begin(action: Action, update: Update, by: User, at: datetime) -> None:
    """An action that somebody reports on has begun, unless they say that it has not."""
    action = held_thing(action, by=by, at=at)
    if action.state == ActionState.PLANNED and update.status != "not_begun":
        why = _("An update of %(day)s tells of it.") % {"day": f"{localdate(update.given_at):%-d %B %Y}"}
        keep(action, {"state": ActionState.UNDER_WAY}, "began an action", why=why, by=by, at=at)
