"""Sending letters: each claimed by one worker, handed to the mail server, tried again when it fails.

A worker claims a letter by a conditional UPDATE and holds it for `HOLD`. If the worker dies, the
letter is sent by another after that, under the same Message-ID, so that a mail system which had
accepted it already takes it for the same one. No database lock is held while a server is spoken to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.utils.translation import gettext as _

from goldthread.mail.messages import message_of
from goldthread.mail.models import Letter

logger = logging.getLogger(__name__)
HOLD = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720, 1440))
"""How long a letter waits after each failed try; after the last it is given up, and shown."""
MOST = 500
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a letter did not go: the words, whether trying again is vain, whether the server was reached."""

    words: str
    final: bool
    reached: bool


def send_due(*, at: datetime, clock: Clock | None = None) -> int:
    """Send every letter that is due, one connection for all; says how many went."""
    clock = clock or (lambda: at)
    due = Letter.objects.waiting().filter(_free(at), not_before__lte=at).order_by("not_before", "pk")
    sent, connection = 0, get_connection()
    try:
        for pk in list(due.values_list("pk", flat=True)[:MOST]):
            gone, refusal = _attempt(pk, connection, clock)
            sent += gone
            if refusal is not None and not refusal.reached:
                break
    finally:
        _close(connection)
    return sent


def send_one(pk: int, *, clock: Clock) -> bool:
    """Send one letter if it is due and free; says whether it went."""
    connection = get_connection()
    try:
        return _attempt(pk, connection, clock)[0]
    finally:
        _close(connection)


def _attempt(pk: int, connection: BaseEmailBackend, clock: Clock) -> tuple[bool, Refusal | None]:
    letter = _claimed(pk, at=clock())
    if letter is None:
        return False, None
    try:
        message_of(letter, connection).send()
    except (SMTPException, OSError, ValueError) as error:
        _close(connection)
        refusal = _refusal(error)
        logger.warning("Letter %s was not sent: %s", letter.pk, refusal.words)
        _put_off(letter, refusal, at=clock())
        return False, refusal
    _gone(letter, at=clock())
    return True, None


def _free(at: datetime) -> Q:
    return Q(held_until=None) | Q(held_until__lte=at)


def _claimed(pk: int, *, at: datetime) -> Letter | None:
    """The letter, held for this worker alone; nothing where it is not due, has gone or is in hand."""
    mine = Letter.objects.waiting().filter(_free(at), pk=pk, not_before__lte=at)
    if mine.update(held_until=at + HOLD, tries=F("tries") + 1) != 1:
        return None
    return Letter.objects.select_related("to_user", "body").get(pk=pk)


def _gone(letter: Letter, *, at: datetime) -> None:
    kept = letter.link if settings.DEMO else ""
    Letter.objects.filter(pk=letter.pk).update(
        sent_at=at, link=kept, problem="", held_until=None, failed_at=None, cancelled_at=None
    )


def _put_off(letter: Letter, refusal: Refusal, *, at: datetime) -> None:
    given_up = refusal.final or letter.tries > len(WAITS)
    wait = WAITS[min(letter.tries, len(WAITS)) - 1]
    Letter.objects.filter(pk=letter.pk, sent_at=None).update(
        problem=refusal.words[:500],
        held_until=None,
        not_before=at + wait,
        failed_at=at if given_up else None,
    )


def _refusal(error: Exception) -> Refusal:
    """What a failure means, in words for whoever looks after the letters."""
    server = settings.EMAIL_HOST
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = _("%(server)s will not take mail for this address: %(said)s")
        return Refusal(words % {"server": server, "said": _said(code, said)}, code >= 500, reached=True)
    if isinstance(error, SMTPDataError):
        words = _("%(server)s would not take this letter: %(said)s")
        told = _said(error.smtp_code, error.smtp_error)
        return Refusal(words % {"server": server, "said": told}, error.smtp_code >= 500, reached=True)
    if isinstance(error, SMTPResponseException):
        words = _("%(server)s refused to serve us: %(said)s")
        told = _said(error.smtp_code, error.smtp_error)
        return Refusal(words % {"server": server, "said": told}, final=False, reached=False)
    if isinstance(error, SMTPException | OSError):
        words = _("%(server)s could not be reached, or broke off: %(said)s")
        return Refusal(words % {"server": server, "said": error}, final=False, reached=False)
    words = _("The letter could not be put into the form of an email: %(said)s")
    return Refusal(words % {"said": error}, final=True, reached=True)


def _said(code: int, words: bytes | str) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {told}"


def _close(connection: BaseEmailBackend) -> None:
    """Leave a server; one that has gone already is left all the same."""
    try:
        connection.close()
    except (SMTPException, OSError):
        logger.info("The mail server had closed the connection already.")
