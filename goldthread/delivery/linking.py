"""Emailed links, read: whom an address lets do what, and what a reader is told where it lets them do nothing.

An address holds the number of its link and a secret, signed. Of the secret only a hash is kept. The
first browser to begin gets a cookie of its own; of that too only a hash is kept, and no other browser
is let in afterwards. Looking at an address changes nothing: mail scanners look at every one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.asking import refuse_ended
from goldthread.delivery.models import Action, LinkEvent, Milestone, Update, UpdateLink
from goldthread.delivery.updates import Subject, of
from goldthread.people.models import User
from goldthread.people.queries import bodies_where, holders

_SIGNER = Signer(salt="goldthread.delivery.link", sep=".")
FRESH_WITHIN = timedelta(days=60)
"""How long after it ended a link still gets its reader a fresh one."""
FRESH_A_DAY = 3
"""The most fresh links that one address is sent about one thing within a day."""
OPENINGS_AN_HOUR = 120
"""The most that is noted of one link within an hour; after that its page rests."""


class State(Enum):
    """What an address is good for at a moment."""

    UNKNOWN = "unknown"
    REPLACED = "replaced"
    REVOKED = "revoked"
    LEFT = "left"
    USED = "used"
    LATE = "late"
    OVER = "over"
    READY = "ready"
    MINE = "mine"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Visit:
    """An address as one browser opens it: its link, what it is good for, and whether it was begun here."""

    link: UpdateLink | None
    state: State
    here: bool = False
    fresh: bool = False

    @property
    def subject(self) -> Action | Milestone | None:
        return self.link.subject if self.link is not None else None


def new_secret() -> tuple[str, str]:
    """A secret that nobody guesses, and the hash under which it is kept."""
    secret = secrets.token_urlsafe(24)
    return secret, hashed(secret)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(link: UpdateLink, secret: str) -> str:
    """What stands in the address of a link."""
    return _SIGNER.sign(f"{link.pk}~{secret}")


def link_of(token: str) -> UpdateLink | None:
    """The link that an address names; nothing where one sign of it was altered."""
    try:
        number, _tilde, secret = _SIGNER.unsign(token).partition("~")
    except BadSignature:
        return None
    rows = UpdateLink.objects.select_related(
        "body",
        "user",
        "office",
        "action__priority__body",
        "action__owner_office",
        "milestone__owner_office",
        "milestone__action__priority__body",
        "milestone__action__owner_office",
    )
    return rows.filter(pk=int(number), secret_hash=hashed(secret)).first()


def cookie_of(link: UpdateLink) -> str:
    """The name of the cookie by which a browser is known that began with a link."""
    return f"link-{link.pk}"


def visit(token: str, cookies: Mapping[str, str], *, at: datetime) -> Visit:
    """What an address is good for in a browser that brings these cookies."""
    link = link_of(token)
    if link is None:
        return Visit(None, State.UNKNOWN)
    here = bool(link.bound_hash) and hashed(cookies.get(cookie_of(link), "")) == link.bound_hash
    state = state_of(link, here=here, at=at)
    return Visit(link, state, here, fresh=may_ask_again(link, state, at=at))


def state_of(link: UpdateLink, *, here: bool, at: datetime) -> State:
    """What a link is good for, in the browser that began with it or in another."""
    if link.revoked_at is not None or link.used_at is not None:
        if UpdateLink.objects.filter(replaces=link).exists():
            return State.REPLACED
        return State.USED if link.used_at is not None else State.REVOKED
    if has_left(link, localdate(at)):
        return State.LEFT
    if at >= link.expires_at:
        return State.LATE
    if is_over(link.subject):
        return State.OVER
    if not link.bound_hash:
        return State.READY
    return State.MINE if here else State.ELSEWHERE


def has_left(link: UpdateLink, on: date) -> bool:
    """Whether the person whom a link was sent to no longer holds the office it was sent to them for."""
    if link.user is None:
        return False
    if not link.user.is_active:
        return True
    return link.office is not None and link.user not in holders(link.office, on)


def is_over(subject: Subject) -> bool:
    """Whether a thing takes no updates any more."""
    try:
        refuse_ended(subject)
    except ValidationError:
        return True
    return False


def may_ask_again(link: UpdateLink, state: State, *, at: datetime) -> bool:
    """Whether whoever opens a link may have a fresh one sent to the address which this one was sent to.

    Never where the office took it back or its reader has left: a link that was forwarded would come
    to life again. Only so often: else an old letter would be a way to fill somebody's mailbox.
    """
    if state not in (State.USED, State.LATE, State.ELSEWHERE):
        return False
    if has_left(link, localdate(at)) or is_over(link.subject) or at > link.expires_at + FRESH_WITHIN:
        return False
    same = links_about(link.subject).filter(email__iexact=link.email)
    lately = LinkEvent.objects.filter(link__in=same, what="fresh", at__gt=at - timedelta(days=1))
    return lately.count() < FRESH_A_DAY


def links_about(subject: Action | Milestone) -> QuerySet[UpdateLink]:
    """Every link that was sent about a thing, newest first."""
    name = "milestone" if isinstance(subject, Milestone) else "action"
    return UpdateLink.objects.filter(**{name: subject})


def open_links() -> QuerySet[UpdateLink]:
    """The links that were neither used nor taken back; some may have run out."""
    return UpdateLink.objects.filter(used_at=None, revoked_at=None)


def own_last_word(link: UpdateLink) -> Update | None:
    """The last that the reader of a link, or whoever held their office, said of the thing; no other's."""
    own = Q(link__email__iexact=link.email)
    if link.user is not None:
        own |= Q(giver=link.user)
    if link.office is not None:
        own |= Q(given_as=link.office.title)
    return of(link.subject).filter(own).select_related("scale", "link").last()


def others_spoke(link: UpdateLink, given: Update) -> bool:
    """Whether somebody else said something of the same thing while the reader of a link was writing."""
    since = of(link.subject).filter(given_at__gte=link.opened_at, pk__lt=given.pk)
    return since.exclude(link=link).exclude(stage=UpdateStage.WITHDRAWN).exists()


def links_for(user: User, on: date) -> QuerySet[UpdateLink]:
    """The links of the bodies at which somebody writes about delivery, newest first."""
    rows = UpdateLink.objects.filter(body__in=bodies_where(user, Ability.WRITE_DELIVERY, on))
    return rows.select_related("body", "office", "user", "action__priority", "milestone__action__priority")


def too_often(link: UpdateLink, *, at: datetime) -> bool:
    """Whether a link was opened so often within an hour that nobody can be reading it."""
    return link.events.filter(at__gt=at - timedelta(hours=1)).count() >= OPENINGS_AN_HOUR


def masked(email: str) -> str:
    """An address which its owner knows again and nobody else learns: k…t@hub.example."""
    name, _at, place = email.partition("@")
    return f"{name[0]}…{name[-1] if len(name) > 2 else ''}@{place}"
