"""Reads of mail: what a person wants, what waits for their digest, what the office sent."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from goldthread.core.governance.abilities import Ability
from goldthread.mail.models import Letter, Preference, Rhythm
from goldthread.people.models import User
from goldthread.people.queries import bodies_where

STATES = ("waiting", "sent", "failed", "called-off")


def preference_of(user: User) -> Preference:
    """What a person chose to get by email, or what everybody gets who chose nothing."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def digest_due(preference: Preference, on: date) -> bool:
    """Whether a digest goes to somebody on a day: working days only; monthly on the first of them."""
    if on.weekday() > 4:
        return False
    if preference.digest == Rhythm.WEEKLY:
        return on.weekday() == preference.weekday
    if preference.digest == Rhythm.MONTHLY:
        return on.day == 1 or (on.day <= 3 and on.weekday() == 0)
    return preference.digest == Rhythm.DAILY


def waiting_for_digest(user: User) -> tuple[Letter, ...]:
    """The letters that a person would rather have told in their digest, oldest first."""
    return tuple(Letter.objects.filter(to_user=user, for_digest=True, digest=None).order_by("made_at", "pk"))


def letters_for(user: User, on: date) -> QuerySet[Letter]:
    """The letters of the bodies at which somebody manages people or writes about delivery, newest first."""
    bodies = {
        body.pk
        for ability in (Ability.MANAGE_PEOPLE, Ability.WRITE_DELIVERY)
        for body in bodies_where(user, ability, on)
    }
    return Letter.objects.filter(body__in=bodies).select_related("body", "to_user", "digest")


def in_state(letters: QuerySet[Letter], state: str) -> QuerySet[Letter]:
    """Those of some letters that wait, have gone, were given up or were called off; any other word is all."""
    if state == "waiting":
        return letters.filter(sent_at=None, failed_at=None, cancelled_at=None)
    if state == "sent":
        return letters.filter(sent_at__isnull=False)
    if state == "failed":
        return letters.filter(failed_at__isnull=False, sent_at=None, cancelled_at=None)
    return letters.filter(cancelled_at__isnull=False) if state == "called-off" else letters
