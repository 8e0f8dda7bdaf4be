"""An update that is given back: whoever gave it is told what is missing, and how to say it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.links import NotNow, begin, send_fresh, use_link
from goldthread.delivery.actions.priority_steps import carry_forward
from goldthread.delivery.actions.signing import return_update
from goldthread.delivery.actions.work import drop
from goldthread.delivery.linking import State, state_of
from goldthread.delivery.models import Action, Update, UpdateLink
from goldthread.mail.actions import stop
from goldthread.mail.models import Kind, Letter
from goldthread.mail.sending import send_due
from goldthread.people.actions import hand_over
from goldthread.people.models import User
from tests.delivery.linked import newest_address, sent
from tests.delivery.saying import say

pytestmark = pytest.mark.django_db
SAID = {"words": "The agreement is with both legal teams.", "status": "on_course"}
MISSING = "Please name the two teams. The board will ask."


def _by_link(delivering: Any, at: datetime, **changed: Any) -> Update:
    link, _address = sent(delivering, at, **changed)
    begin(link=link, at=at)
    return use_link(link=link, at=at, **SAID)


def _returned(update: Update, by: Any, at: datetime) -> Letter | None:
    return return_update(update=update, words=MISSING, by=by, at=at)


def test_who_signs_in_gets_a_letter_with_what_is_missing(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    update = say(action, cast.chief_constable, at)
    letter = _returned(update, cast.governance_officer, at)
    assert letter is not None
    assert (letter.kind, letter.to_user) == (Kind.RETURNED, cast.chief_constable)
    send_due(at=at)
    (sent_out,) = mail.outbox
    assert sent_out.subject == "Say again how V1.1 goes"
    where = reverse("delivery:desk-update", args=["action", action.pk])
    for words in ("Peter Lode", MISSING, update.words[:40], f"http://127.0.0.1:8000{where}"):
        assert words in sent_out.body
    assert "List-Unsubscribe" in sent_out.extra_headers


def test_who_would_have_it_in_their_digest_gets_it_there(delivering: Any, at: datetime) -> None:
    cast = delivering.cast
    update = say(delivering.action(), cast.chief_constable, at)
    stop(user=cast.chief_constable, kind=Kind.RETURNED, at=at)
    letter = _returned(update, cast.governance_officer, at)
    assert letter is not None
    assert letter.for_digest
    send_due(at=at)
    assert mail.outbox == []


def test_who_spoke_by_a_link_gets_another(delivering: Any, at: datetime) -> None:
    update = _by_link(delivering, at)
    later = at + timedelta(days=2)
    letter = _returned(update, delivering.cast.governance_officer, later)
    assert letter is not None
    assert (letter.kind, letter.to_email) == (Kind.LINK, "kit.frost@hub.example")
    assert newest_address(later)
    for words in ("Dear Kit Frost", "read what you said", MISSING, SAID["words"]):
        assert words in mail.outbox[-1].body
    newest = UpdateLink.objects.order_by("pk").last()
    assert newest is not None
    begin(link=newest, at=later)
    again = use_link(link=newest, at=later, words="North and south.", status="on_course")
    assert again.replaces == update
    assert again.stage == UpdateStage.GIVEN


def test_a_fresh_link_asked_for_meanwhile_ends(delivering: Any, at: datetime) -> None:
    update = _by_link(delivering, at)
    assert update.link is not None
    fresh = send_fresh(link=update.link, at=at)
    _returned(update, delivering.cast.governance_officer, at)
    fresh.refresh_from_db()
    assert fresh.revoked_reason == "A newer link was sent."
    assert UpdateLink.objects.filter(used_at=None, revoked_at=None).count() == 1


def test_the_link_that_was_used_says_that_another_was_sent(delivering: Any, at: datetime) -> None:
    update = _by_link(delivering, at)
    assert update.link is not None
    _returned(update, delivering.cast.governance_officer, at)
    assert state_of(update.link, here=True, at=at) is State.REPLACED
    with pytest.raises(NotNow):
        send_fresh(link=update.link, at=at)
    assert UpdateLink.objects.filter(used_at=None, revoked_at=None).count() == 1


def _gone(delivering: Any, at: datetime) -> None:
    """The Chief Constable leaves the office, and still signs in."""
    comes = User.objects.create_user("new.chief@fenshire.example", "Ely March")
    office, by = delivering.office(Role.CHIEF_CONSTABLE), delivering.cast.administrator
    hand_over(office=office, to=comes, starts=at.date(), by=by, at=at)


def _carried(delivering: Any, at: datetime) -> None:
    priority, by = delivering.live, delivering.cast.governance_officer
    carry_forward(priority=priority, year=priority.year + 1, reason="Not done yet.", by=by, at=at)


def _dropped(delivering: Any, at: datetime) -> None:
    drop(thing=Action.objects.get(), reason="Others do it.", by=delivering.cast.governance_officer, at=at)


@pytest.mark.parametrize("over", [_gone, _carried, _dropped])
@pytest.mark.parametrize("by_link", [True, False])
def test_nobody_is_told_who_could_not_answer(
    delivering: Any, at: datetime, over: Callable[[Any, datetime], None], *, by_link: bool
) -> None:
    cast, later = delivering.cast, at + timedelta(days=3)
    if by_link:
        update = _by_link(delivering, at, to_office=cast.office(Role.CHIEF_CONSTABLE))
    else:
        update = say(delivering.action(), cast.chief_constable, at)
    over(delivering, later)
    update = Update.objects.get(pk=update.pk)
    assert _returned(update, cast.governance_officer, later) is None
    assert not Letter.objects.filter(made_at__gte=later).exists()


def test_nobody_is_told_who_no_longer_signs_in(delivering: Any, at: datetime) -> None:
    cast = delivering.cast
    update = say(delivering.action(), cast.governance_officer, at)
    User.objects.filter(pk=cast.governance_officer.pk).update(is_active=False)
    update = Update.objects.get(pk=update.pk)
    assert _returned(update, cast.chief_executive, at) is None


def test_the_page_says_whether_they_were_told(delivering: Any, at: datetime, client: Client) -> None:
    cast = delivering.cast
    update = say(delivering.action(), cast.chief_constable, at)
    client.force_login(cast.governance_officer)
    page = reverse("delivery:desk-update-return", args=[update.pk])
    answer = client.post(page, {"words": MISSING}, follow=True)
    assert "who is told by email" in answer.content.decode()
