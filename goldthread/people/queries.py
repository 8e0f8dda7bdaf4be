"""Reads about people: what somebody may do on a day, who holds an office, which bodies they may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from goldthread.core.governance.abilities import Ability
from goldthread.people.models import Body, Holding, Office, User

Held = dict[tuple[int, date], tuple[Office, ...]]
_held: ContextVar[Held | None] = ContextVar("offices held", default=None)


@contextmanager
def offices_asked_once() -> Iterator[None]:
    """While a page is only shown, ask for a person's offices once, however many ask for them.

    Never around what asks for a right to act: that is asked when somebody acts. Within another, that one's
    answers stand.
    """
    outer = _held.get()
    before = _held.set({} if outer is None else outer)
    try:
        yield
    finally:
        _held.reset(before)


def offices_of(user: User, on: date, body: Body | None = None) -> tuple[Office, ...]:
    """The offices a person holds on a day, at one body or at all."""
    if not user.is_authenticated:
        return ()
    held = _held.get()
    if held is None:
        return user.offices_on(on, body)
    if (user.pk, on) not in held:
        held[user.pk, on] = user.offices_on(on)
    return tuple(office for office in held[user.pk, on] if body is None or office.body_id == body.pk)


def abilities(user: User, body: Body, on: date) -> frozenset[Ability]:
    """All that a person may do at a body on a day; nothing for a visitor."""
    if _held.get() is None:
        return user.abilities_at(body, on) if user.is_authenticated else frozenset()
    return frozenset().union(*(office.abilities for office in offices_of(user, on, body)))


def may(user: User, ability: Ability, body: Body, on: date) -> bool:
    """Whether a person's offices at a body allow one thing on a day."""
    return ability in abilities(user, body, on)


def bodies_for(user: User, on: date) -> QuerySet[Body]:
    """The bodies whose desks a person may read on a day: those where they hold an office."""
    if not user.is_authenticated or not user.is_active:
        return Body.objects.none()
    return Body.objects.filter(offices__holdings__in=user.holdings.in_force(on)).distinct()


def holders(office: Office, on: date) -> tuple[User, ...]:
    """The people who hold an office on a day."""
    return tuple(User.objects.filter(holdings__in=office.holdings.in_force(on)).distinct())


def history_of(body: Body) -> QuerySet[Holding]:
    """Every holding of a body's offices, newest first."""
    return Holding.objects.filter(office__body=body).select_related("office", "user")


def bodies_where(user: User, ability: Ability, on: date) -> tuple[Body, ...]:
    """The bodies at which a person's offices allow one thing on a day."""
    offices = offices_of(user, on)
    return tuple({office.body_id: office.body for office in offices if ability in office.abilities}.values())


def offices_today(request: HttpRequest) -> tuple[Office, ...]:
    """The offices of a page's reader, asked once: for what it shows, never for a decision."""
    if not hasattr(request, "offices_today"):
        user = getattr(request, "user", None)
        request.offices_today = offices_of(user, timezone.localdate()) if user else ()
    return tuple(request.offices_today)


def may_enter(request: HttpRequest, ability: Ability | frozenset[Ability]) -> bool:
    """Whether the reader of a page is offered a room: their offices at any body allow what it needs.

    Of several abilities, given as a set, one is enough.
    """
    wanted = ability if isinstance(ability, frozenset) else frozenset({ability})
    return any(wanted & office.abilities for office in offices_today(request))


def cast_on(on: date) -> tuple[tuple[User, str], ...]:
    """Everyone who holds an office on a day with the titles they hold: the demonstration's cast."""
    titles: dict[User, list[str]] = {}
    held = Holding.objects.in_force(on).filter(user__is_active=True).select_related("user", "office")
    for holding in held.order_by("office_id", "pk"):
        titles.setdefault(holding.user, []).append(holding.office.title)
    return tuple((user, ", ".join(names)) for user, names in titles.items())
