"""Writes of emailed links: sent, begun in one browser, used once, sent afresh, taken back."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.asking import refuse_ended
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.linking import (
    State,
    has_left,
    hashed,
    is_over,
    links_about,
    may_ask_again,
    new_secret,
    open_links,
    own_last_word,
    state_of,
    token_of,
)
from goldthread.delivery.models import Action, LinkEvent, Milestone, Update, UpdateLink
from goldthread.delivery.updates import body_of, owner_office
from goldthread.mail.actions import write_letter
from goldthread.mail.addresses import absolute
from goldthread.mail.models import LINK_HERE, Kind, Letter
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.people.queries import holders

DAYS = 14
LONGEST = 60


class NotNow(ValidationError):
    """What a link does not let its reader do at this moment; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(_("This link does not let you do that any more."))
        self.state = state


@transaction.atomic
def send_link(
    *,
    subject: Action | Milestone,
    to_office: Office | None = None,
    to_user: User | None = None,
    name: str = "",
    email: str = "",
    days: int = DAYS,
    by: User,
    at: datetime,
) -> UpdateLink:
    """Send somebody a link by which to give one update on one thing, without an account, within some days.

    It goes to the holder of an office, to a person, or to a name and an email address. One that
    they have about the same thing and did not use ends.
    """
    body = body_of(subject)
    require(by, Ability.WRITE_DELIVERY, body, on=localdate(at))
    refuse_ended(subject)
    if not 1 <= days <= LONGEST:
        words = _("A link lasts from 1 to %(longest)d days.") % {"longest": LONGEST}
        raise ValidationError({"days": words})
    user = to_user or (_holder(to_office, localdate(at)) if to_office is not None else None)
    if user is not None:
        office = to_office or _office_for(subject, user, localdate(at))
        name, email = user.name, user.email
    else:
        office = None
        _refuse_address(name, email)
    row = UpdateLink(body=body, office=office, user=user, name=name.strip()[:200], email=email.strip())
    row.made_by, row.expires_at = by.name, at + timedelta(days=days)
    _refer(row, subject)
    _end_older(row, by, at)
    _send(row, by=by, at=at)
    facts = {"to": row.name, "office": office.title if office else "", "until": row.expires_at.date()}
    record(subject, "sent a link for an update", by=by, at=at, body=body, link=row.pk, **facts)
    return row


def _end_older(row: UpdateLink, by: User, at: datetime) -> None:
    """End the links about the same thing that its reader has and did not use."""
    older = links_about(row.subject).filter(email__iexact=row.email, used_at=None, revoked_at=None)
    for each in older.select_for_update(of=("self",)):
        row.replaces = _ended(each, _("A newer link was sent."), by.name, at)


def ask_again(*, update: Update, by: User, at: datetime) -> Letter | None:
    """Send whoever gave an update by a link, which was returned to them, another link with what is missing.

    Its caller has asked whether they may. Nothing is sent about a thing that takes no updates, or to
    somebody who left the office they answered for. The link that they used says so from then on.
    """
    if update.link is None:
        return None
    was = _held(update.link)
    if is_over(was.subject) or has_left(was, localdate(at)):
        return None
    row = UpdateLink(body=was.body, office=was.office, user=was.user, name=was.name, email=was.email)
    row.made_by, row.expires_at = by.name, at + timedelta(days=DAYS)
    _refer(row, was.subject)
    _end_older(row, by, at)
    if row.replaces is None and not UpdateLink.objects.filter(replaces=was).exists():
        row.replaces = was
    letter = _send(row, by=by, at=at, returned=update)
    record(row.subject, "asked again by a link", by=by, at=at, body=row.body, link=row.pk, after=was.pk)
    return letter


def _holder(office: Office, on: date) -> User:
    """The one person who holds an office; refused where nobody or several do."""
    found = holders(office, on)
    if len(found) == 1:
        return found[0]
    if found:
        words = _("%(count)d people hold the office “%(office)s”. Choose one of them.")
        raise ValidationError({"to": words % {"count": len(found), "office": office.title}})
    words = _("Nobody holds the office “%(office)s”. Appoint somebody, or send the link to a person.")
    raise ValidationError({"to": words % {"office": office.title}})


def _office_for(subject: Action | Milestone, user: User, on: date) -> Office | None:
    """The office that owes a thing, where a person holds it."""
    office = owner_office(subject)
    return office if office is not None and user in holders(office, on) else None


def _refuse_address(name: str, email: str) -> None:
    problems = {}
    if not name.strip():
        problems["name"] = _("Say who it is: they are named with what they write.")
    try:
        validate_email(email.strip())
    except ValidationError:
        problems["email"] = _("Enter a whole email address, such as name@example.org.")
    if problems:
        raise ValidationError(problems)


def _refer(row: UpdateLink, subject: Action | Milestone) -> None:
    if isinstance(subject, Milestone):
        row.milestone = subject
    else:
        row.action = subject


def _send(row: UpdateLink, *, by: User | None, at: datetime, returned: Update | None = None) -> Letter:
    """Keep a link and write the letter that it goes in; the secret is in that letter alone.

    ``returned`` is the update that it asks for anew.
    """
    secret, row.secret_hash = new_secret()
    row.made_at = at
    row.full_clean(exclude=("action", "milestone", "replaces"))
    row.save(force_insert=True)
    note(row, "sent", at=at)
    context = {"link": row, "subject": row.subject, "here": LINK_HERE, "by": by, "returned": returned}
    context["last"] = None if returned else own_last_word(row)
    return write_letter(
        key=f"link {row.pk}",
        to=row.user or (row.name, row.email),
        subject=_("How does %(number)s go? %(title)s")
        % {"number": row.subject.number, "title": row.subject.title},
        text=render_to_string("delivery/letters/link.txt", context),
        kind=Kind.LINK,
        body=row.body,
        about=str(row.subject),
        link=absolute(reverse("delivery:site-link", args=[token_of(row, secret)])),
        by=by,
        at=at,
    )


def note(link: UpdateLink, what: str, *, at: datetime, agent: str = "") -> LinkEvent:
    """Keep that something happened to a link."""
    return LinkEvent.objects.create(link=link, what=what, at=at, agent=agent[:200])


@transaction.atomic
def begin(*, link: UpdateLink, at: datetime, agent: str = "") -> str:
    """Bind a link to the browser that begins with it, and give what that browser is to bring again.

    Raises `NotNow` where another was quicker or the link lets nobody in any more.
    """
    held = _held(link)
    state = state_of(held, here=False, at=at)
    if state is not State.READY:
        raise NotNow(state)
    key = secrets.token_urlsafe(24)
    held.bound_hash, held.opened_at = hashed(key), at
    held.save(update_fields=["bound_hash", "opened_at"])
    note(held, "begun", at=at, agent=agent)
    return key


@transaction.atomic
def use_link(
    *,
    link: UpdateLink,
    words: str,
    status: str,
    forecast: date | None = None,
    seen: int | None = None,
    at: datetime,
    agent: str = "",
) -> Update:
    """Give the one update of a link, from the browser that began with it; it waits to be signed off.

    Raises `NotNow` where it was used meanwhile, in another tab say, or lets nobody in any more.
    """
    held = _held(link)
    state = state_of(held, here=True, at=at)
    if state is not State.MINE:
        raise NotNow(state)
    update = give_update(
        subject=held.subject, words=words, status=status, forecast=forecast, seen=seen, link=held, at=at
    )
    held.used_at = at
    held.save(update_fields=["used_at"])
    note(held, "used", at=at, agent=agent)
    return update


@transaction.atomic
def send_fresh(*, link: UpdateLink, at: datetime) -> UpdateLink:
    """Send a new link to the very address that an old one was sent to, and end the old one.

    Whoever opens the old one may ask; they learn nothing by it. What was typed moves to the new one.
    """
    held = _held(link)
    state = state_of(held, here=False, at=at)
    if not may_ask_again(held, state, at=at):
        raise NotNow(state)
    row = UpdateLink(body=held.body, office=held.office, user=held.user, name=held.name, email=held.email)
    row.made_by, row.expires_at, row.replaces = held.made_by, at + timedelta(days=DAYS), held
    _refer(row, held.subject)
    if held.used_at is None:
        _ended(held, _("Its reader asked for a fresh one."), held.name, at)
    _send(row, by=None, at=at)
    held.kept.update(link=row)
    note(held, "fresh", at=at)
    record(row.subject, "sent a fresh link", by=None, at=at, body=row.body, link=row.pk, instead_of=held.pk)
    return row


@transaction.atomic
def revoke_link(*, link: UpdateLink, reason: str, by: User, at: datetime) -> None:
    """Take a link back, with the reason; whoever opens it is told that the office did."""
    require(by, Ability.WRITE_DELIVERY, link.body, on=localdate(at))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it is kept with the link.")})
    held = _held(link)
    if held.used_at is not None:
        raise ValidationError(_("It has been used already. Return the update instead, or take it back."))
    if held.revoked_at is None:
        _ended(held, reason.strip(), by.name, at)
        record(held.subject, "took a link back", by=by, at=at, body=held.body, link=held.pk, to=held.name)


@transaction.atomic
def revoke_links_of(*, office: Office, user: User | None = None, reason: str, by: User, at: datetime) -> int:
    """Take back every link that was sent to an office and not used, or to one who held it; says how many."""
    require(by, Ability.WRITE_DELIVERY, office.body, on=localdate(at))
    rows = open_links().filter(office=office).select_related("body")
    rows = rows.filter(user=user) if user is not None else rows
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        _ended(row, reason, by.name, at)
    if found:
        facts = {"links": [row.pk for row in found], "reason": reason}
        record(office, "took links back", by=by, at=at, body=office.body, **facts)
    return len(found)


@transaction.atomic
def revoke_links_of_leavers(*, at: datetime) -> int:
    """Take back the links of whoever no longer holds the office they were sent for; says how many.

    Their links let nobody in from that day on; this writes it down.
    """
    rows = open_links().filter(user__isnull=False).select_related("user", "office__body", "body")
    gone = [row for row in rows.select_for_update(of=("self",)) if has_left(row, localdate(at))]
    for row in gone:
        _ended(row, _("Its reader left the office."), "Goldthread", at)
        record(row.subject, "took a link back", by=None, at=at, body=row.body, link=row.pk, to=row.name)
    return len(gone)


def _held(link: UpdateLink) -> UpdateLink:
    """The link as it is now, held until the commit."""
    UpdateLink.objects.select_for_update().get(pk=link.pk)
    return UpdateLink.objects.select_related(
        "body", "user", "office", "action__priority__body", "milestone__action__priority__body"
    ).get(pk=link.pk)


def _ended(link: UpdateLink, reason: str, by_name: str, at: datetime) -> UpdateLink:
    link.revoked_at, link.revoked_by, link.revoked_reason = at, by_name, reason[:300]
    link.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    note(link, "revoked", at=at)
    return link
