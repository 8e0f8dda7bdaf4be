"""Every way in which the address of an emailed link is used badly, or by accident."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from goldthread.delivery.actions.links import revoke_link, send_fresh
from goldthread.delivery.linking import OPENINGS_AN_HOUR
from goldthread.delivery.models import KeptUpdate, LinkEvent, Update, UpdateLink
from tests.delivery.linked import begun, newest_address, sent

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


def test_a_link_opened_without_end_rests(link: tuple[UpdateLink, str], now: datetime) -> None:
    row, address = link
    LinkEvent.objects.bulk_create(
        LinkEvent(link=row, what="opened", at=now) for _turn in range(OPENINGS_AN_HOUR)
    )
    assert Client().get(address).status_code == 429
    assert row.events.count() == OPENINGS_AN_HOUR + 1


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
