"""Writes of mail: a letter is written, put off, given up; a person says what reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.mail.models import STOPPABLE, Kind, Letter, Preference, Rhythm, Weekday
from goldthread.mail.queries import preference_of
from goldthread.mail.tasks import deliver
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import Body, User
from goldthread.people.queries import may

Reader = User | tuple[str, str]


@transaction.atomic
def write_letter(
    *,
    key: str,
    to: Reader,
    subject: str,
    text: str,
    kind: Kind | str,
    body: Body,
    by: User | None,
    at: datetime,
    not_before: datetime | None = None,
    about: str = "",
    link: str = "",
) -> Letter:
    """Write a letter to a person, or to a (name, email); it is sent after the caller's commit.

    One key is one letter: written again under the same key, the first is given back and nothing
    more is sent. `link` is a secret address that stands in the text at `LINK_HERE` and is forgotten
    once the letter has gone. Where its reader would have this kind in their digest, it waits for
    that. `by=None` is the software writing by itself.
    """
    found = Letter.objects.filter(key=key).first()
    if found is not None:
        return found
    user, name, email = _reader(to)
    letter = Letter(
        key=key,
        body=body,
        kind=Kind(kind),
        about=about[:300],
        to_user=user,
        to_name=name,
        to_email=email,
        subject=_line(subject, "subject")[:200],
        text=text,
        link=link,
        made_at=at,
        made_by="" if by is None else by.name,
        not_before=max(at, not_before or at),
        for_digest=user is not None and not preference_of(user).wants(kind),
    )
    letter.full_clean(validate_unique=False, exclude=("made_by",))
    if not _kept(letter):
        return Letter.objects.get(key=key)
    if letter.not_before <= at and not letter.for_digest:
        transaction.on_commit(partial(deliver.enqueue, letter.pk))
    record(letter, "wrote letter", by=by, at=at, body=body, kind=letter.kind, to=name, about=letter.about)
    return letter


def _kept(letter: Letter) -> bool:
    """Keep a new letter; says no where another was written under its key at the same moment."""
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _reader(to: Reader) -> tuple[User | None, str, str]:
    """Who gets a letter, their name and their address, checked as a mail system will."""
    user = to if isinstance(to, User) else None
    if user is not None and not user.is_active:
        raise ValidationError(_("%(name)s no longer signs in here. Choose somebody else.") % {"name": user})
    given = (to.name, to.email) if isinstance(to, User) else to
    name, email = _line(given[0], "name"), _line(given[1], "email")
    try:
        validate_email(email)
    except ValidationError:
        words = _("“%(email)s” is no email address. Check it for a space or a missing part.")
        raise ValidationError({"email": words % {"email": email}}) from None
    return user, name[:200] or email, email


def _line(words: str, where: str) -> str:
    """One line of a letter's head; refused where it would begin another, as an attacker's would."""
    if any(ord(sign) < 32 or sign in "\x7f\x85\u2028\u2029" for sign in words):
        raise ValidationError({where: _("This may be one line only, without tabs or line breaks.")})
    return words.strip()


@transaction.atomic
def gather(*, letters: Iterable[Letter], into: Letter) -> None:
    """Say of letters which waited for a digest that this one told of them."""
    waiting = Letter.objects.filter(pk__in=[each.pk for each in letters], for_digest=True, digest=None)
    waiting.update(digest=into, cancelled_at=into.made_at)


@transaction.atomic
def cancel_letter(*, letter: Letter, by: User | None, at: datetime) -> None:
    """Do not send a letter after all; one that has gone cannot be called back."""
    if by is not None:
        require_outbox(by, letter.body, on=localdate(at))
    fresh = Letter.objects.select_for_update().get(pk=letter.pk)
    if fresh.sent_at is not None:
        raise ValidationError(_("This letter has gone already and cannot be called back."))
    if fresh.held_until is not None and fresh.held_until > at:
        raise ValidationError(_("This letter is being sent at this moment. Look again in a minute."))
    if fresh.cancelled_at is not None:
        return
    fresh.cancelled_at, fresh.link = at, ""
    fresh.save(update_fields=["cancelled_at", "link"])
    letter.cancelled_at = at
    record(fresh, "called off letter", by=by, at=at, body=fresh.body, to=fresh.to_name)


@transaction.atomic
def try_again(*, letter: Letter, by: User, at: datetime) -> None:
    """Send a letter that was given up, or that waits for its next try, as soon as may be."""
    require_outbox(by, letter.body, on=localdate(at))
    fresh = Letter.objects.select_for_update().get(pk=letter.pk)
    if fresh.sent_at is not None or fresh.cancelled_at is not None:
        raise ValidationError(_("This letter has gone, or was called off. Write another."))
    fresh.failed_at, fresh.not_before, fresh.tries = None, at, 0
    fresh.save(update_fields=["failed_at", "not_before", "tries"])
    transaction.on_commit(partial(deliver.enqueue, fresh.pk))
    record(fresh, "sent letter again", by=by, at=at, body=fresh.body, to=fresh.to_name)


def require_outbox(user: User, body: Body, *, on: date) -> None:
    """Refuse whoever neither manages people nor writes about delivery at a body."""
    if not may(user, Ability.MANAGE_PEOPLE, body, on):
        require(user, Ability.WRITE_DELIVERY, body, on)


@transaction.atomic
def set_preferences(
    *, user: User, digest: str, weekday: int, at_once: Iterable[str], by: User, at: datetime
) -> Preference:
    """Say what reaches a person by email; each says it for themselves."""
    if by.pk != user.pk:
        raise NotAllowed(_("Each person chooses for themselves what reaches them by email."))
    own = _own(user, at)
    own.digest, own.weekday, own.at_once = Rhythm(digest), Weekday(weekday), _kinds(at_once)
    own.changed_at = at
    own.full_clean()
    own.save()
    record(own, "chose letters", by=by, at=at, digest=own.digest, at_once=own.at_once)
    return own


@transaction.atomic
def stop(*, user: User, kind: str, at: datetime) -> Preference:
    """Send a person no more letters of a kind, because they pressed the link in one; twice is once."""
    if kind not in STOPPABLE:
        raise ValidationError(_("These letters are only sent when somebody asks for one."))
    own = _own(user, at)
    if kind == Kind.DIGEST:
        own.digest = Rhythm.NEVER
    own.at_once = [each for each in own.at_once if each != kind]
    own.changed_at = at
    own.save()
    record(own, "stopped letters", by=user, at=at, kind=kind)
    return own


def _own(user: User, at: datetime) -> Preference:
    """The row of a person's own choice, made where there is none, and held."""
    User.objects.select_for_update().get(pk=user.pk)
    return Preference.objects.filter(user=user).first() or Preference(user=user, changed_at=at)


def _kinds(given: Iterable[str]) -> list[str]:
    chosen = set(given)
    unknown = chosen - STOPPABLE
    if unknown:
        raise ValidationError({"at_once": _("There is no such kind of letter here.")})
    return [kind.value for kind in Kind if kind in chosen and kind != Kind.DIGEST]
