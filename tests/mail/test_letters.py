"""Letters: written once, refused when they would begin another head, sent after the commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.audit.models import Event
from goldthread.mail.actions import cancel_letter, gather, set_preferences, try_again, write_letter
from goldthread.mail.messages import message_of
from goldthread.mail.models import LINK_HERE, Kind, Letter
from goldthread.mail.queries import waiting_for_digest
from goldthread.mail.sending import send_due
from goldthread.people.actions import NotAllowed

pytestmark = pytest.mark.django_db
Write = Any


@pytest.fixture
def write(cast: Any, at: datetime) -> Write:
    """Write a letter to the chief constable's staff officer, with any part of it changed."""

    def written(**changed: Any) -> Letter:
        given = {
            "key": "one",
            "to": cast.staff_officer,
            "subject": "What V2.1 needs",
            "text": "Dear colleague,\n\nplease say how it goes.\n",
            "kind": Kind.REMINDER,
            "body": cast.body,
            "by": cast.governance_officer,
            "at": at,
        }
        return write_letter(**given | changed)

    return written


def test_a_letter_is_sent_after_the_commit_and_never_before(
    write: Write, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = write()
        assert mail.outbox == []
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("What V2.1 needs", ["Ruth Denver <staff.officer@fenshire.example>"])
    ]


def test_one_key_is_one_letter(write: Write, at: datetime) -> None:
    assert write().pk == write(subject="Another").pk
    assert send_due(at=at) == 1
    assert write().pk == Letter.objects.get().pk
    assert send_due(at=at) == 0
    assert len(mail.outbox) == 1


def test_nothing_is_written_or_sent_where_the_work_that_asked_for_it_failed(
    write: Write, at: datetime
) -> None:
    def work() -> None:
        with transaction.atomic():
            write()
            raise ValidationError("The work failed.")

    with pytest.raises(ValidationError, match="failed"):
        work()
    assert send_due(at=at) == 0
    assert not Letter.objects.exists()


def test_a_letter_for_later_waits(write: Write, at: datetime) -> None:
    write(not_before=at + timedelta(days=1))
    assert send_due(at=at) == 0
    assert send_due(at=at + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("subject", "Hello\nBcc: all@fenshire.example"),
        ("subject", "Hello\r\n\r\nNew body"),
        ("subject", "Hello\u2028Bcc: x@y.example"),
        ("to", ("A\nBcc: b@c.example", "a@fenshire.example")),
        ("to", ("A", "a@fenshire.example\nBcc: b@c.example")),
        ("to", ("A", "a@fenshire.example,b@c.example")),
        ("to", ("A", "not an address")),
    ],
)
def test_what_would_add_a_head_or_a_reader_is_refused(write: Write, part: str, words: Any) -> None:
    with pytest.raises(ValidationError):
        write(**{part: words})
    assert not Letter.objects.exists()


def test_whoever_no_longer_signs_in_is_not_written_to(write: Write, cast: Any) -> None:
    cast.staff_officer.is_active = False
    cast.staff_officer.save()
    with pytest.raises(ValidationError, match="no longer signs in"):
        write(to=cast.staff_officer)


def test_the_email_is_plain_text_that_any_mail_program_shows(write: Write) -> None:
    letter = write(
        subject="Cô’s “update”", text="Één zin – £5 – “so”.\n" + "long " * 400, to=("Zoë, B.", "z@b.example")
    )
    message = message_from_bytes(message_of(letter).message().as_bytes())
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message.get_content_type() == "text/plain"
    assert message.get_payload(decode=True).decode() == letter.text
    assert str(make_header(decode_header(message["Subject"]))) == letter.subject
    assert message["To"].endswith("<z@b.example>")
    assert max(map(len, message.as_bytes().splitlines())) <= 998
    assert message["Auto-Submitted"] == "auto-generated"


def test_only_letters_that_can_be_stopped_say_how(write: Write) -> None:
    stoppable = message_of(write(key="a")).message()
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stoppable["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/letters/stop/")
    assert message_of(write(key="b", kind=Kind.LINK)).message()["List-Unsubscribe"] is None
    outsider = write(key="c", to=("Jo", "jo@council.example"))
    assert message_of(outsider).message()["List-Unsubscribe"] is None


def test_every_try_of_a_letter_has_the_same_id_and_no_two_letters_have(write: Write) -> None:
    first, second = write(key="a"), write(key="b")
    assert message_of(first).message()["Message-ID"] == message_of(first).message()["Message-ID"]
    assert message_of(first).message()["Message-ID"] != message_of(second).message()["Message-ID"]


def test_a_secret_address_is_in_the_email_and_forgotten_once_it_has_gone(write: Write, at: datetime) -> None:
    letter = write(kind=Kind.LINK, text=f"Press {LINK_HERE} now.", link="http://127.0.0.1:8000/u/secret/")
    assert "u/secret" in message_of(letter).body
    send_due(at=at)
    letter.refresh_from_db()
    assert "u/secret" in mail.outbox[0].body
    assert letter.link == ""
    assert "u/secret" not in letter.shown_text
    assert not Event.objects.filter(facts__icontains="secret").exists()


def test_in_the_demonstration_the_address_stays_to_be_pressed(
    write: Write, at: datetime, settings: Any
) -> None:
    settings.DEMO = True
    letter = write(kind=Kind.LINK, text=LINK_HERE, link="http://127.0.0.1:8000/u/secret/")
    send_due(at=at)
    letter.refresh_from_db()
    assert letter.shown_text == "http://127.0.0.1:8000/u/secret/"


def test_a_letter_that_has_gone_can_neither_be_altered_nor_removed(write: Write, at: datetime) -> None:
    letter = write()
    send_due(at=at)
    for change in (
        lambda: Letter.objects.filter(pk=letter.pk).update(subject="Another"),
        lambda: Letter.objects.filter(pk=letter.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            change()


def test_whoever_wants_reminders_in_their_digest_gets_them_there_once(
    write: Write, cast: Any, at: datetime
) -> None:
    me = cast.staff_officer
    set_preferences(user=me, digest="weekly", weekday=2, at_once=[Kind.RETURNED], by=me, at=at)
    held = write()
    assert send_due(at=at) == 0
    assert waiting_for_digest(me) == (held,)
    digest = write(key="digest", kind=Kind.DIGEST)
    gather(letters=waiting_for_digest(me), into=digest)
    assert waiting_for_digest(me) == ()
    assert send_due(at=at + timedelta(days=30)) == 1
    assert Letter.objects.get(pk=held.pk).digest == digest


def test_a_link_comes_whatever_somebody_chose(write: Write, cast: Any, at: datetime) -> None:
    me = cast.staff_officer
    set_preferences(user=me, digest="never", weekday=0, at_once=[], by=me, at=at)
    write(kind=Kind.LINK)
    assert send_due(at=at) == 1


def test_nobody_chooses_for_somebody_else(cast: Any, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        set_preferences(
            user=cast.staff_officer, digest="never", weekday=0, at_once=[], by=cast.analyst, at=at
        )


def test_a_waiting_letter_can_be_called_off_and_one_that_has_gone_cannot(
    write: Write, cast: Any, at: datetime
) -> None:
    waiting, gone = write(key="a", not_before=at + timedelta(days=1)), write(key="b")
    send_due(at=at)
    cancel_letter(letter=waiting, by=cast.analyst, at=at)
    assert send_due(at=at + timedelta(days=2)) == 0
    with pytest.raises(ValidationError, match="has gone already"):
        cancel_letter(letter=gone, by=cast.analyst, at=at)


def test_only_whoever_keeps_the_letters_calls_one_off_or_tries_it_again(
    write: Write, cast: Any, at: datetime
) -> None:
    letter = write()
    for somebody in (cast.panel_clerk, cast.stranger, cast.staff_officer):
        with pytest.raises(NotAllowed):
            cancel_letter(letter=letter, by=somebody, at=at)
        with pytest.raises(NotAllowed):
            try_again(letter=letter, by=somebody, at=at)
