"""The page of an emailed link, and every way in which its address is used badly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.links import revoke_link, send_fresh
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.linking import OPENINGS_AN_HOUR
from goldthread.delivery.models import KeptUpdate, LinkEvent, Update, UpdateLink
from tests.delivery.linked import begun, newest_address, sent
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


def test_a_mail_scanner_that_opens_every_address_begins_and_uses_nothing(
    link: tuple[UpdateLink, str],
) -> None:
    row, address = link
    scanner = Client(headers={"user-agent": "SafeLinks/1.0"})
    for _time in range(5):
        assert scanner.get(address).status_code == 200
        assert scanner.head(address).status_code == 200
    row.refresh_from_db()
    assert (row.bound_hash, row.opened_at, row.used_at) == ("", None, None)
    assert "SafeLinks/1.0" in LinkEvent.objects.last().agent  # type: ignore[union-attr]
    assert "How does it go?" in _text(begun(address).get(address))


def test_one_who_got_it_passed_on_learns_nothing_and_can_only_send_it_home(
    link: tuple[UpdateLink, str],
) -> None:
    _row, address = link
    owner = begun(address)
    owner.post(f"{address}keep/", {"words": "Half a sentence"})
    stranger = Client()
    page = _text(stranger.get(address))
    assert "begun in another browser" in page
    assert "k…t@hub.example" in page
    assert "kit.frost" not in page
    assert "Half a sentence" not in page
    for path in (address, f"{address}keep/", f"{address}file/"):
        stranger.post(path, GOOD)
    assert not Update.objects.exists()
    assert KeptUpdate.objects.get().form["words"] == "Half a sentence"


def test_a_fresh_link_brings_what_was_typed_to_the_owner_alone(
    link: tuple[UpdateLink, str], now: datetime
) -> None:
    _row, address = link
    owner = begun(address)
    owner.post(f"{address}keep/", {"words": "Half a sentence"})
    answer = _text(Client().post(f"{address}fresh/"))
    assert "A fresh link is on its way" in answer
    assert "/u/" not in answer
    new = newest_address(timezone.now())
    assert mail.outbox[-1].to == ["Kit Frost <kit.frost@hub.example>"]
    assert "Half a sentence" in _text(begun(new).get(new))
    assert "A newer link was sent" in _text(owner.get(address))


def test_used_twice_in_the_same_browser_gives_one_update_and_loses_no_words(
    link: tuple[UpdateLink, str],
) -> None:
    _row, address = link
    phone = begun(address)
    phone.post(address, GOOD)
    twice = _text(phone.post(address, GOOD))
    assert "Your update is with the office" in twice
    assert "was not sent" not in twice
    other_tab = _text(phone.post(address, {"words": "Something else", "status": "at_risk"}))
    assert "was not sent" in other_tab
    assert "Something else" in other_tab
    assert Update.objects.count() == 1


def test_used_by_somebody_else_afterwards_shows_nothing_of_what_was_said(
    link: tuple[UpdateLink, str],
) -> None:
    _row, address = link
    begun(address).post(address, GOOD)
    page = _text(Client().get(address))
    assert "This link has been used" in page
    assert GOOD["words"] not in page
    assert "Something to add?" in page


def test_late_keeps_the_words_and_offers_a_fresh_one(link: tuple[UpdateLink, str], monkeypatch: Any) -> None:
    row, address = link
    phone = begun(address)
    phone.post(f"{address}keep/", {"words": "Typed in time"})
    late = row.expires_at + timedelta(minutes=1)
    monkeypatch.setattr("goldthread.delivery.site.links.timezone.now", lambda: late)
    page = _text(phone.post(address, {"words": "Typed too late", "status": "at_risk"}))
    assert "This link has run out" in page
    assert "Typed too late" in page
    assert not Update.objects.exists()
    phone.post(f"{address}fresh/")
    monkeypatch.undo()
    assert KeptUpdate.objects.get().link != row


def test_taken_back_says_so_and_offers_nothing(
    link: tuple[UpdateLink, str], cast: Any, now: datetime
) -> None:
    row, address = link
    phone = begun(address)
    revoke_link(link=row, reason="Sent to the wrong Kit", by=cast.governance_officer, at=timezone.now())
    page = _text(phone.post(address, GOOD))
    assert "This link was taken back" in page
    assert "wrong Kit" not in page
    assert "Send a fresh link" not in page
    assert "Send a fresh link" not in _text(phone.post(f"{address}fresh/"))
    assert len(mail.outbox) == 1


def test_tampered_is_404_with_words(link: tuple[UpdateLink, str]) -> None:
    row, address = link
    for altered in (
        address.replace("~", "~x"),
        "/u/nonsense/",
        address.replace(f"/u/{row.pk}~", f"/u/{row.pk + 1}~"),
    ):
        answer = Client().get(altered)
        assert answer.status_code == 404
        assert "This address is not whole" in _text(answer)
        assert Client().post(altered, GOOD).status_code == 404
        for path in ("start/", "fresh/", "keep/", "file/"):
            assert Client().post(altered + path).status_code in (200, 302, 404)
    assert not Update.objects.exists()
    assert len(mail.outbox) == 1


def test_one_link_opens_nothing_of_another(
    delivering: Any, now: datetime, link: tuple[UpdateLink, str]
) -> None:
    row, address = link
    phone = begun(address)
    _other, other = sent(delivering, now, email="sam@hub.example")
    stranger = begun(other)
    assert "begun in another browser" in _text(stranger.get(address))
    assert "begun in another browser" in _text(phone.get(other))
    for cookie in list(phone.cookies):
        stranger.cookies[f"link-{row.pk}"] = phone.cookies[cookie].value[::-1]
    assert "begun in another browser" in _text(stranger.get(address))


def test_two_tabs_may_both_press_start(link: tuple[UpdateLink, str]) -> None:
    row, address = link
    phone = begun(address)
    row.refresh_from_db()
    first = row.bound_hash
    again = phone.post(f"{address}start/", follow=True)
    row.refresh_from_db()
    assert "How does it go?" in _text(again)
    assert row.bound_hash == first


def test_a_browser_without_cookies_begins_nothing(link: tuple[UpdateLink, str]) -> None:
    row, address = link
    answer = Client().post(f"{address}start/")
    assert "keeps no cookies" in _text(answer)
    row.refresh_from_db()
    assert row.bound_hash == ""


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


def test_a_link_opened_without_end_rests(link: tuple[UpdateLink, str], now: datetime) -> None:
    row, address = link
    LinkEvent.objects.bulk_create(
        LinkEvent(link=row, what="opened", at=now) for _turn in range(OPENINGS_AN_HOUR)
    )
    assert Client().get(address).status_code == 429
    assert row.events.count() == OPENINGS_AN_HOUR + 1


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


def test_a_link_that_was_replaced_shows_no_form(link: tuple[UpdateLink, str], now: datetime) -> None:
    row, address = link
    phone = begun(address)
    row.refresh_from_db()
    send_fresh(link=row, at=timezone.now())
    page = _text(phone.post(address, GOOD))
    assert "A newer link was sent" in page
    assert GOOD["words"] in page
    assert not Update.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_double_press_at_the_same_moment_gives_one_update(delivering: Any, now: datetime) -> None:
    """Reason for slow: several real commits at once."""
    _row, address = sent(delivering, now)
    phone = begun(address)

    def press(_finger: int) -> int:
        try:
            tab = Client()
            tab.cookies = phone.cookies
            return tab.post(address, GOOD).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(press, range(4)))
    assert Update.objects.count() == 1
    assert set(answers) <= {200, 302}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_browsers_that_start_at_the_same_moment_are_not_both_let_in(
    delivering: Any, now: datetime
) -> None:
    """Reason for slow: several real commits at once."""
    _row, address = sent(delivering, now)

    def press(_browser: int) -> str:
        try:
            browser = begun(address)
            return _text(browser.get(address))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(press, range(4)))
    assert sum("Send this update" in page for page in pages) == 1
    assert sum("begun in another browser" in page for page in pages) == 3
