"""The pages of mail: the outbox, one's own choice, and stopping letters without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from goldthread.delivery.reminding import undelivered
from goldthread.mail.actions import write_letter
from goldthread.mail.messages import message_of
from goldthread.mail.models import LINK_HERE, Kind, Letter, Preference, Rhythm
from goldthread.mail.queries import preference_of
from goldthread.mail.sending import send_due

pytestmark = pytest.mark.django_db
OUTBOX = reverse("mail:desk-outbox")


def _letter(cast: Any, at: datetime, **changed: Any) -> Letter:
    given = {
        "key": "one",
        "to": cast.staff_officer,
        "subject": "<b>V2.1</b> is due",
        "text": f"See <script>alert(1)</script> at {LINK_HERE}\n\nor http://127.0.0.1:8000/desk/",
        "kind": Kind.REMINDER,
        "body": cast.body,
        "by": None,
        "at": at,
        "link": "http://127.0.0.1:8000/u/secret/",
    }
    return write_letter(**given | changed)


def _stop_address(letter: Letter) -> str:
    whole = message_of(letter).message()["List-Unsubscribe"].strip("<>")
    return str(whole.removeprefix("http://127.0.0.1:8000"))


def test_the_outbox_is_for_those_who_keep_it(cast: Any, client: Client, at: datetime) -> None:
    letter = _letter(cast, at)
    one = reverse("mail:desk-letter", args=[letter.pk])
    readers = {
        "governance_officer": (200, 200),
        "administrator": (200, 200),
        "commissioner": (200, 200),
        "staff_officer": (403, 403),
        "panel_clerk": (403, 403),
        "stranger": (200, 404),
        "resident": (403, 403),
    }
    for who, expected in readers.items():
        client.force_login(getattr(cast, who))
        assert (client.get(OUTBOX).status_code, client.get(one).status_code) == expected, who


def test_a_letter_is_shown_as_words_and_never_as_markup(cast: Any, client: Client, at: datetime) -> None:
    letter = _letter(cast, at)
    client.force_login(cast.governance_officer)
    page = client.get(reverse("mail:desk-letter", args=[letter.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'href="http://127.0.0.1:8000/desk/"' in page
    assert "<b>V2.1</b>" not in client.get(OUTBOX).content.decode()


def test_the_office_does_not_see_a_secret_address_that_was_sent(
    cast: Any, client: Client, at: datetime
) -> None:
    letter = _letter(cast, at, kind=Kind.LINK)
    send_due(at=at)
    client.force_login(cast.governance_officer)
    assert b"u/secret" not in client.get(reverse("mail:desk-letter", args=[letter.pk])).content


def test_nor_one_that_still_waits_to_be_sent(cast: Any, client: Client, at: datetime) -> None:
    letter = _letter(cast, at, kind=Kind.LINK, not_before=at + timedelta(days=9))
    client.force_login(cast.governance_officer)
    assert b"u/secret" not in client.get(reverse("mail:desk-letter", args=[letter.pk])).content


def test_what_waits_can_be_called_off_and_found_by_how_it_stands(
    cast: Any, client: Client, at: datetime
) -> None:
    _letter(cast, at, not_before=datetime.max.replace(year=2100, tzinfo=at.tzinfo))
    letter = Letter.objects.get()
    client.force_login(cast.governance_officer)
    assert "is due" in client.get(OUTBOX, {"state": "waiting", "to": "ruth"}).content.decode()
    client.post(reverse("mail:desk-letter-call-off", args=[letter.pk]))
    assert b"No letter answers" in client.get(OUTBOX, {"state": "waiting"}).content
    assert b"is due" in client.get(OUTBOX, {"state": "called-off"}).content
    again = client.post(reverse("mail:desk-letter-again", args=[letter.pk]), follow=True)
    assert b"was called off" in again.content


def test_a_letter_that_was_given_up_says_why_and_is_told_of(cast: Any, client: Client, at: datetime) -> None:
    letter = _letter(cast, at)
    Letter.objects.filter(pk=letter.pk).update(failed_at=at, problem="550 No such person", tries=1)
    client.force_login(cast.governance_officer)
    page = client.get(reverse("mail:desk-letter", args=[letter.pk])).content.decode()
    assert "550 No such person" in page
    assert "Try again now" in page
    (need,) = undelivered(cast.governance_officer, at.date())
    assert need.title == "1 letter could not be delivered"
    assert client.get(need.href).content.decode().count("is due") == 1
    assert list(undelivered(cast.staff_officer, at.date())) == []


def test_each_chooses_what_reaches_them(cast: Any, client: Client) -> None:
    client.force_login(cast.staff_officer)
    page = reverse("mail:desk-preferences")
    assert b"staff.officer@fenshire.example" in client.get(page).content
    wrong = client.post(page, {"digest": "hourly", "weekday": 0})
    assert wrong.status_code == 200
    assert not Preference.objects.exists()
    client.post(page, {"digest": "monthly", "weekday": 3, "at_once": [Kind.RETURNED]})
    chosen = preference_of(cast.staff_officer)
    assert (chosen.digest, chosen.weekday, chosen.at_once) == ("monthly", 3, ["returned"])


def test_opening_the_stop_address_stops_nothing_and_pressing_stops_one_kind(cast: Any, at: datetime) -> None:
    address = _stop_address(_letter(cast, at))
    scanner = Client(enforce_csrf_checks=True)
    assert b"Stop letters of this kind?" in scanner.get(address).content
    assert preference_of(cast.staff_officer).wants(Kind.REMINDER)
    for _twice in range(2):
        pressed = scanner.post(address, {"List-Unsubscribe": "One-Click"})
        assert b"You will get no more of these" in pressed.content
    own = preference_of(cast.staff_officer)
    assert not own.wants(Kind.REMINDER)
    assert own.wants(Kind.RETURNED)
    assert own.digest == Rhythm.WEEKLY


def test_a_digest_is_stopped_for_good(cast: Any, client: Client, at: datetime) -> None:
    client.post(_stop_address(_letter(cast, at, kind=Kind.DIGEST)))
    assert preference_of(cast.staff_officer).digest == Rhythm.NEVER


def test_an_altered_stop_address_stops_nothing(cast: Any, client: Client, at: datetime) -> None:
    address = _stop_address(_letter(cast, at))
    for altered in (address[:-3] + "x/", address.replace("reminder", "digest"), "/letters/stop/1.digest/"):
        assert client.post(altered).status_code == 404
    assert not Preference.objects.exists()


def test_the_demonstration_keeps_each_letter_once_as_a_file(
    cast: Any, at: datetime, settings: Any, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND, settings.OUTBOX = "goldthread.mail.outbox.FolderBackend", tmp_path / "outbox"
    letter = _letter(cast, at)
    send_due(at=at)
    message_of(letter).send()
    (kept,) = (tmp_path / "outbox").iterdir()
    assert kept.suffix == ".eml"
    assert b"Subject: <b>V2.1</b> is due" in kept.read_bytes()
    assert mail.outbox == []
