"""The page of an emailed link: an update in three pages, typing kept, a file, and what is shown to whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import LinkEvent, Period, Update, UpdateLink
from tests.delivery.linked import begun, sent
from tests.files.docs import docx, paragraph

pytestmark = pytest.mark.django_db
GOOD = {"words": "The agreement is with both legal teams.", "status": "on_course"}


@pytest.fixture
def now() -> datetime:
    """Pages read the clock themselves, so their story takes place today."""
    return timezone.now()


@pytest.fixture
def link(delivering: Any, now: datetime) -> tuple[UpdateLink, str]:
    return sent(delivering, now)


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_three_pages_make_an_update(link: tuple[UpdateLink, str]) -> None:
    _row, address = link
    phone = Client(enforce_csrf_checks=True)
    first = phone.get(address)
    assert "Agree how case notes are shared" in _text(first)
    assert "Start" in _text(first)
    form = phone.post(f"{address}start/", follow=True)
    token = phone.cookies["csrftoken"].value
    assert "How does it go?" in _text(form)
    done = phone.post(address, GOOD | {"csrfmiddlewaretoken": token}, follow=True)
    assert "Your update is with the office" in _text(done)
    assert GOOD["words"] in _text(done)
    assert Update.objects.get().words == GOOD["words"]
    assert list(LinkEvent.objects.values_list("what", flat=True)) == [
        "sent",
        "opened",
        "begun",
        "opened",
        "used",
        "opened",
    ]


def test_what_is_wrong_is_told_and_what_was_typed_stands(link: tuple[UpdateLink, str]) -> None:
    _row, address = link
    phone = begun(address)
    wrong = {"words": "Still typing", "forecast_day": "31", "forecast_month": "2", "forecast_year": "2030"}
    page = _text(phone.post(address, wrong))
    assert "Enter a real date" in page
    assert "Answer the question “How does it go?”" in page
    assert "Still typing" in page
    assert not Update.objects.exists()


def test_typing_is_kept_and_comes_back(link: tuple[UpdateLink, str]) -> None:
    _row, address = link
    phone = begun(address)
    typed = {"words": "The first half", "status": "at_risk", "forecast_day": "4", "forecast_month": "May"}
    assert "Kept at" in _text(phone.post(f"{address}keep/", typed))
    page = _text(phone.get(address))
    assert "The first half" in page
    assert 'value="at_risk"' in page
    assert page.count("checked") == 1
    assert 'name="forecast_day" type="text" inputmode="numeric" autocomplete="off" value="4"' in page


@pytest.mark.slow
def test_a_file_goes_along_once_it_was_looked_into(link: tuple[UpdateLink, str]) -> None:
    """Reason for slow: the file is read in a process of its own."""
    _row, address = link
    phone = begun(address)
    content = docx(paragraph("Minutes of the steering group."))
    page = phone.post(
        f"{address}file/", {"words": "See the file", "file": SimpleUploadedFile("a note.docx", content)}
    )
    assert page.status_code == 302
    page_text = _text(phone.get(address))
    assert "a note.docx" in page_text
    assert "See the file" in page_text
    refused = _text(phone.post(address, GOOD | {"file": SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 99)}))
    assert "There is a problem" in refused
    assert not Update.objects.exists()
    phone.post(address, GOOD)
    assert [file.name for file in Update.objects.get().evidence.all()] == ["a note.docx"]


def test_the_page_shows_the_readers_own_last_word_and_nobody_elses(
    delivering: Any, cast: Any, now: datetime
) -> None:
    action = delivering.action()
    give_update(subject=action, words="OWN words", status="on_course", by=cast.chief_constable, at=now)
    delivering.milestone(action)
    to_office = {"to_office": cast.office(Role.CHIEF_CONSTABLE), "subject": action}
    _row, address = sent(delivering, now, **to_office)
    own = _text(begun(address).get(address))
    assert "OWN words" in own
    assert "The agreement is signed" in own
    _row, address = sent(delivering, now, subject=action)
    assert "OWN words" not in _text(begun(address).get(address))


def test_two_who_speak_at_once_are_both_kept_and_the_second_is_told(
    delivering: Any, cast: Any, now: datetime
) -> None:
    action = delivering.action()
    _row, address = sent(delivering, now, subject=action)
    phone = begun(address)
    give_update(
        subject=action,
        words="From the desk",
        status="at_risk",
        by=cast.chief_constable,
        at=timezone.now(),
    )
    done = _text(phone.post(address, GOOD, follow=True))
    assert "Somebody else said something of this too" in done
    assert "From the desk" not in done
    assert Update.objects.count() == 2


def test_a_period_that_closes_while_its_reader_types_gets_the_words_into_the_next(
    delivering: Any, cast: Any, now: datetime
) -> None:
    _row, address = sent(delivering, now)
    phone, today = begun(address), now.date()
    one = {"body": cast.body, "opened_at": now, "opened_by": "Test", "due": today}
    first = Period.objects.create(name="Quarter 2", starts=today - timedelta(days=90), ends=today, **one)
    phone.post(f"{address}keep/", GOOD)
    following = Period.objects.create(name="Quarter 3", starts=today, ends=today, **one)
    Period.objects.filter(pk=first.pk).update(closed_at=now, closed_by="Test", seal="0" * 64)
    done = _text(phone.post(address, GOOD, follow=True))
    assert "“Quarter 2” was closed while you were writing. What you wrote counts towards Quarter 3." in done
    assert Update.objects.get().period == following


def test_no_page_of_a_link_is_cached_or_listed(link: tuple[UpdateLink, str]) -> None:
    _row, address = link
    for answer in (Client().get(address), begun(address).get(address), Client().get("/u/nonsense/")):
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_cookie_of_a_link_is_for_links_alone(link: tuple[UpdateLink, str]) -> None:
    row, address = link
    cookie = begun(address).cookies[f"link-{row.pk}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/u/", True, "Lax")
