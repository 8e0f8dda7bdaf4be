"""Handing over: what an office owes when somebody leaves it, written down, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import Thing
from goldthread.delivery.actions.links import revoke_links_of
from goldthread.delivery.actions.work import assign
from goldthread.delivery.models import HandOver
from goldthread.delivery.owning import key_of
from goldthread.delivery.placing import open_actions, open_milestones
from goldthread.mail.actions import write_letter
from goldthread.mail.models import Kind
from goldthread.people.actions import require
from goldthread.people.models import Holding, Office, User
from goldthread.plans.seals import sealed


def owed_by(office: Office) -> tuple[Thing, ...]:
    """The open actions and milestones that an office owes; a milestone without its own owner goes with
    its action."""
    actions = open_actions(office.body).filter(owner_office=office).select_related("priority", "owner_office")
    steps = open_milestones(office.body).filter(owner_office=office)
    steps = steps.select_related("action__priority", "owner_office")
    return (*actions.order_by("baseline", "pk"), *steps.order_by("baseline", "pk"))


@transaction.atomic
def hand_over_work(
    *,
    office: Office,
    was: User,
    now: User | None = None,
    to: Office | None = None,
    on: date,
    words: str = "",
    by: User,
    at: datetime,
) -> HandOver:
    """Write down what an office owes as somebody leaves it, and let it go on.

    Whoever left can use no link of the office any more. What it owes stays with the office and so
    goes to whoever holds it ``now``, who is sent the list; or it goes to another office.
    """
    require(by, Ability.WRITE_DELIVERY, office.body, on=localdate(at))
    _refuse(office, was, now, to, on)
    owed = owed_by(office)
    row = HandOver(office=office, was=was, was_name=was.name, now=now, now_name=now.name if now else "")
    row.on, row.words, row.at, row.by_name = on, words.strip(), at, by.name
    row.items = [[key_of(each)[0], each.number, each.title, _iso(each.due)] for each in owed]
    row.full_clean()
    row.save(force_insert=True)
    reason = _("%(who)s left the office of %(office)s.") % {"who": was.name, "office": office.title}
    revoke_links_of(office=office, user=was, reason=reason, by=by, at=at)
    if to is not None:
        for each in owed:
            assign(thing=each, office=to, why=reason, by=by, at=at)
    if now is not None and owed and to is None:
        _tell(row, owed, by=by, at=at)
    facts = {"was": was.name, "now": row.now_name, "to": to.title if to else "", "things": len(owed)}
    record(row, "handed work over", by=by, at=at, body=office.body, on=on, rows=sealed(row), **facts)
    return row


def _refuse(office: Office, was: User, now: User | None, to: Office | None, on: date) -> None:
    """Refuse what is no hand-over: somebody who never held it, or who does not hold it now."""
    held = Holding.objects.filter(office=office)
    if not held.filter(user=was, starts__lte=on).exists():
        raise ValidationError({"was": _("%(who)s did not hold this office.") % {"who": was.name}})
    if now is not None and not held.in_force(on).filter(user=now).exists():
        words = _("%(who)s does not hold this office on %(day)s. Appoint them first.")
        raise ValidationError({"now": words % {"who": now.name, "day": f"{on:%-d %B %Y}"}})
    if now is not None and now.pk == was.pk:
        raise ValidationError({"now": _("Nobody hands over to themselves.")})
    if to is not None and (to.pk == office.pk or to.body_id != office.body_id):
        raise ValidationError({"to": _("Choose another office of the same body.")})


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tell(row: HandOver, owed: Sequence[Thing], *, by: User, at: datetime) -> None:
    """Send whoever holds the office now the list of what it owes."""
    context = {"row": row, "owed": owed, "body": row.office.body, "by": by}
    subject = _("What you take over as %(office)s") % {"office": row.office.title}
    write_letter(
        key=f"hand-over {row.pk}",
        to=row.now,
        subject=subject,
        text=render_to_string("delivery/letters/hand_over.txt", context),
        kind=Kind.REMINDER,
        body=row.office.body,
        by=by,
        at=at,
        about=f"hand-over {row.pk}",
    )


@transaction.atomic
def assign_all(*, things: Sequence[Thing], office: Office, why: str = "", by: User, at: datetime) -> int:
    """Give several things to an office at once; says how many."""
    if not things:
        raise ValidationError(_("Tick what is to be given to somebody."))
    for each in things:
        assign(thing=each, office=office, why=why, by=by, at=at)
    return len(things)
