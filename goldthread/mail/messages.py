"""A letter in the form of an email: plain text, quoted-printable, with the heads that machines read."""

from __future__ import annotations

from email.charset import QP, Charset
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import localtime

from goldthread.core.text.seal import seal_of
from goldthread.mail.addresses import absolute, host
from goldthread.mail.models import Letter
from goldthread.mail.stopping import stop_path

_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


def message_id(letter: Letter) -> str:
    """What identifies a letter for good: the same at every try, so that no mail system shows it twice."""
    return f"<{seal_of({'letter': letter.key})[:32]}@{host()}>"


def message_of(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The email that a letter is sent as. Raises `ValueError` where a head would hold two lines."""
    heads = {
        "Message-ID": message_id(letter),
        "Date": format_datetime(localtime(letter.made_at)),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answering machine is to answer it
        "X-Auto-Response-Suppress": "All",
    }
    if path := stop_path(letter):
        heads["List-Unsubscribe"] = f"<{absolute(path)}>"
        heads["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message = EmailMessage(
        subject=letter.subject,
        body=letter.whole_text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((letter.to_name, letter.to_email))],
        reply_to=[settings.EMAIL_REPLY_TO] if settings.EMAIL_REPLY_TO else None,
        headers=heads,
        connection=connection,
    )
    message.encoding = _UTF8
    return message
