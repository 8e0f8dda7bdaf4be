"""Emailed links and reminders at the desk: sent, watched, taken back; set and ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.delivery.models import ReminderRule, UpdateLink
from tests.delivery.linked import begun, newest_address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: the story behind each page is long."""


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer(cast: Any, client: Client) -> Client:
    client.force_login(cast.governance_officer)
    return client


def test_the_office_sends_a_link_to_whoever_owes_it(delivering: Any, cast: Any, officer: Client) -> None:
    action, constable = delivering.action(), cast.chief_constable
    page = reverse("delivery:desk-link-new", args=["action", action.pk])
    assert page in officer.get(action.get_absolute_url()).content.decode()
    shown = officer.get(page).content.decode()
    assert "Simon Hereward, Chief Constable" in shown
    key = f"{cast.office(Role.CHIEF_CONSTABLE).pk}-{constable.pk}"
    done = officer.post(page, {"to": key, "days": 7}, follow=True).content.decode()
    assert "A link was sent to Simon Hereward" in done
    assert UpdateLink.objects.get().user == constable


def test_or_to_somebody_else_by_name(delivering: Any, officer: Client) -> None:
    step = delivering.milestone(delivering.action())
    page = reverse("delivery:desk-link-new", args=["milestone", step.pk])
    wrong = officer.post(page, {"to": "else", "days": 7}).content.decode()
    assert "Say who it is" in wrong
    assert "Enter a whole email address" in wrong
    officer.post(page, {"to": "else", "name": "Kit Frost", "email": "kit.frost@hub.example", "days": 7})
    address = newest_address(timezone.now())
    assert "The agreement is signed" in begun(address).get(address).content.decode()


def test_the_office_sees_what_happened_and_never_the_secret(
    delivering: Any, officer: Client, now: datetime
) -> None:
    link, address = sent(delivering, now)
    begun(address).post(address, {"words": "Going well.", "status": "on_course"})
    page = officer.get(reverse("delivery:desk-link", args=[link.pk])).content.decode()
    for words in ("Update given", "Begun", "Opened", "kit.frost@hub.example"):
        assert words in page
    assert address not in page
    listed = officer.get(reverse("delivery:desk-links")).content.decode()
    assert "Used" in listed
    assert "/u/" not in listed


def test_the_office_takes_a_link_back(delivering: Any, officer: Client, now: datetime) -> None:
    link, address = sent(delivering, now)
    page = reverse("delivery:desk-link", args=[link.pk])
    assert "Answer the question" in officer.post(page, {"reason": ""}).content.decode()
    officer.post(page, {"reason": "Wrong Kit"})
    assert "This link was taken back" in Client().get(address).content.decode()
    assert "Take the link back" not in officer.get(page).content.decode()


def test_nobody_else_comes_near_links_or_reminders(delivering: Any, cast: Any, now: datetime) -> None:
    link, _address = sent(delivering, now)
    rule = ReminderRule.objects.create(
        body=cast.body, name="One", about="action", days=1, to="owner", from_day=now.date(), made_by="Test"
    )
    one = reverse("delivery:desk-link", args=[link.pk])
    new = reverse("delivery:desk-link-new", args=["action", link.action_id])
    end = reverse("delivery:desk-reminder-end", args=[rule.pk])
    for who, statuses in {
        cast.staff_officer: (403, 403, 403),
        cast.panel_clerk: (403, 404, 403),
        cast.resident: (403, 404, 403),
        cast.stranger: (404, 404, 404),
    }.items():
        visit = Client()
        visit.force_login(who)
        found = (visit.get(one).status_code, visit.get(new).status_code, visit.post(end).status_code)
        assert found == statuses, who
    assert len(mail.outbox) == 1


def test_reminders_are_set_and_ended(cast: Any, officer: Client) -> None:
    page = reverse("delivery:desk-reminders")
    assert "Nobody is reminded of anything" in officer.get(page).content.decode()
    officer.post(reverse("delivery:desk-reminders-usual"))
    assert "14 days after an action is due" in officer.get(page).content.decode()
    new = reverse("delivery:desk-reminder-new")
    given = {"about": "milestone", "count": 3, "side": "after", "to": "office", "office": ""}
    assert "Choose the office that is told" in officer.post(new, given).content.decode()
    officer.post(new, given | {"office": cast.office(Role.CHIEF_EXECUTIVE).pk})
    assert (
        "3 days after a milestone is due, the Chief Executive is told." in officer.get(page).content.decode()
    )
    rule = ReminderRule.objects.get(days=3)
    officer.post(reverse("delivery:desk-reminder-end", args=[rule.pk]))
    assert "Ended by Peter Lode" in officer.get(page).content.decode()
