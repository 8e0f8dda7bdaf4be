"""Writes about people: who holds which office from when to when. Each is atomic and recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit.chain import record
from goldthread.core.governance.abilities import DEEDS, RESERVED, Ability, Role
from goldthread.people.models import Body, BodyKind, Holding, Office, User
from goldthread.people.queries import may


class NotAllowed(PermissionDenied):
    """A refusal in words: who asked, for what, at which body."""


def require(user: User, ability: Ability, body: Body, on: date) -> None:
    """Refuse, with the reason in words, unless a person's offices at a body allow something on a day."""
    if may(user, ability, body, on):
        return
    who = user.name if user.is_authenticated else "Someone who is not signed in"
    why = " It is kept for the commissioner by law." if ability in RESERVED else ""
    raise NotAllowed(f"{who} may not {DEEDS[ability]} at {body.name} on {on:%-d %B %Y}.{why}")


@transaction.atomic
def establish(
    *,
    name: str,
    slug: str,
    kind: BodyKind | str,
    starts: date,
    offices: tuple[tuple[Role, str], ...],
    by: User | None,
    at: datetime,
    predecessor: Body | None = None,
) -> Body:
    """Set up a body with its offices, given as (role, title); only `init` and a demonstration do this."""
    body = Body(name=name, slug=slug, kind=kind, starts=starts, predecessor=predecessor)
    body.full_clean()
    body.save()
    for role, title in offices:
        Office.objects.create(body=body, role=role, title=title)
    record(body, "established", by=by, at=at, body=body, offices=[title for _, title in offices])
    return body


@transaction.atomic
def take_in(*, body: Body, email: str, name: str, by: User | None, at: datetime) -> User:
    """Let a person sign in; they choose a password by asking for a link, or come by the identity provider.

    Somebody already known by this email address, at this body or another, is given back as they are.
    """
    if by is not None:
        require(by, Ability.MANAGE_PEOPLE, body, localdate(at))
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    user = User(email=email.lower(), name=name)
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    record(user, "taken in", by=by, at=at, body=body, email=user.email)
    return user


@transaction.atomic
def appoint(
    *, office: Office, user: User, starts: date, by: User | None, at: datetime, ends: date | None = None
) -> Holding:
    """Put a person in an office between two days, both included; two at once only where the office allows.

    `by=None` is the installation being set up, which appoints its first people. Nobody appoints
    themselves: else whoever looks after people could give themselves what the law reserves.
    """
    if by is not None:
        require(by, Ability.MANAGE_PEOPLE, office.body, localdate(at))
        if by.pk == user.pk:
            raise ValidationError("Nobody appoints themselves. Ask somebody else who may.")
    Office.objects.select_for_update().get(pk=office.pk)
    holding = Holding(office=office, user=user, starts=starts, ends=ends)
    holding.full_clean()
    _refuse_overlap(holding)
    holding.save(force_insert=True)
    record(holding, "appointed", by=by, at=at, body=office.body, person=user.name, starts=starts, ends=ends)
    return holding


@transaction.atomic
def end_holding(*, holding: Holding, ends: date, by: User | None, at: datetime) -> None:
    """Give a holding its last day."""
    if by is not None:
        require(by, Ability.MANAGE_PEOPLE, holding.office.body, localdate(at))
    holding = Holding.objects.select_for_update().get(pk=holding.pk)
    if holding.ends is not None and holding.ends < ends:
        raise ValidationError(f"This already ended on {holding.ends:%-d %B %Y}.")
    holding.ends = ends
    holding.full_clean()
    holding.save(update_fields=["ends"])
    record(holding, "ended", by=by, at=at, body=holding.office.body, person=holding.user.name, ends=ends)


@transaction.atomic
def hand_over(
    *, office: Office, to: User, starts: date, by: User | None, at: datetime, ends: date | None = None
) -> Holding:
    """End every holding of an office on the day before, and put its next holder in."""
    for holding in office.holdings.in_force(starts).select_related("office__body", "user"):
        end_holding(holding=holding, ends=starts - timedelta(days=1), by=by, at=at)
    return appoint(office=office, user=to, starts=starts, ends=ends, by=by, at=at)


def _refuse_overlap(holding: Holding) -> None:
    meeting = holding.office.holdings.meeting(holding.starts, holding.ends).exclude(pk=holding.pk)
    if not holding.office.single:
        meeting = meeting.filter(user=holding.user)
    for other in meeting.select_related("user")[:1]:
        until = f"until {other.ends:%-d %B %Y}" if other.ends else "with no last day"
        raise ValidationError(
            f"{other.user.name} is {holding.office.title} from {other.starts:%-d %B %Y} {until}. "
            "End that first, or choose other days."
        )
