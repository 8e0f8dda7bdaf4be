"""Work to place and offices handed over: what has no owner, what went quiet, what a leaver leaves behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from goldthread.audit.models import Event
from goldthread.core.delivery.standing import STALE_AFTER
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.handing_over import assign_all, hand_over_work, owed_by
from goldthread.delivery.actions.links import send_link
from goldthread.delivery.models import Action, HandOver, UpdateLink
from goldthread.delivery.owning import owner_on
from goldthread.delivery.placing import heard_last, needs_of, ownerless, silent, stale
from goldthread.mail.models import Letter
from goldthread.people.actions import NotAllowed, appoint, end_holding
from goldthread.people.models import Holding, User

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def who(delivering: Any) -> dict[str, Any]:
    return {"by": delivering.cast.governance_officer, "at": delivering.at}


@pytest.fixture
def left(delivering: Any) -> User:
    """The partners' lead, who left her office at the end of October."""
    lead = delivering.cast.holder(Role.PARTNER_LEAD)
    end_holding(holding=Holding.objects.get(user=lead), ends=date(2014, 10, 31), by=None, at=delivering.at)
    return lead


@pytest.fixture
def newcomer(delivering: Any) -> User:
    user = User.objects.create_user("leila.march@fenshire.example", "Leila March")
    office = delivering.office(Role.PARTNER_LEAD)
    appoint(office=office, user=user, starts=date(2014, 11, 1), by=None, at=delivering.at)
    return user


def test_what_has_no_owner_waits_to_be_placed(delivering: Any, left: User) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    held = delivering.action("Held")
    nobody = delivering.action("Nobody's", owner=None)
    named = delivering.action("A partner's", owner=None, owner_words="Fenland Women’s Aid")
    vacant = delivering.action("A leaver's", owner=Role.PARTNER_LEAD)
    delivering.action("Done by a leaver", owner=Role.PARTNER_LEAD, finished=date(2014, 10, 20))
    step = delivering.milestone(held, "A leaver's step", owner_office=delivering.office(Role.PARTNER_LEAD))
    delivering.milestone(nobody, "Goes with its action")
    on, body = delivering.at.date(), delivering.cast.body
    found = {each.key: each.words for each in ownerless(body, on)}
    assert found == {
        f"action-{nobody.pk}": "Nobody is named.",
        f"action-{vacant.pk}": "Nobody holds the office of Community Safety Partnership Lead.",
        f"milestone-{step.pk}": "Nobody holds the office of Community Safety Partnership Lead.",
    }
    assert owner_on(named, on).words == "Fenland Women’s Aid"
    assert owner_on(vacant, on).words == "Community Safety Partnership Lead (nobody holds it)"
    assert ownerless(body, date(2014, 10, 31)) == tuple(
        each for each in ownerless(body, on) if each.thing == nobody
    )
    (need,) = needs_of(delivering.cast.governance_officer, on)
    assert need.title == "3 pieces of work have no owner"
    assert list(needs_of(delivering.cast.holder(Role.CHIEF_CONSTABLE), on)) == []


def test_what_nobody_spoke_of_for_a_quarter_has_gone_quiet(delivering: Any) -> None:
    began = date(2014, 10, 6)
    quiet, later = delivering.action("Quiet"), delivering.action("Later", starts=date(2014, 12, 1))
    delivering.action("In a draft", priority=delivering.draft)
    body = delivering.cast.body
    assert silent(body, began + STALE_AFTER, {}) == ()
    on = began + STALE_AFTER + timedelta(days=1)
    assert silent(body, on, heard_last(body)) == (quiet.pk,)
    (loose,) = stale([quiet.pk], on, heard_last(body))
    assert loose.words == "No update yet."
    assert set(silent(body, date(2015, 6, 1), {})) == {quiet.pk, later.pk}
    heard = {quiet.pk: date(2015, 3, 4)}
    assert silent(body, date(2015, 6, 1), heard) == (later.pk,)
    (loose,) = stale([quiet.pk], date(2015, 7, 1), heard)
    assert loose.words == "No update since 4 March."


def test_ticked_work_goes_to_an_office_in_one_step(
    delivering: Any, left: User, client: Client, who: dict[str, Any]
) -> None:
    action = delivering.action("Nobody's", owner=None)
    step = delivering.milestone(action, owner_office=delivering.office(Role.PARTNER_LEAD))
    client.force_login(delivering.cast.governance_officer)
    address = reverse("delivery:desk-placing")
    page = client.get(address).content.decode()
    assert "Without an owner" in page
    office = delivering.office(Role.ANALYST)
    delivering.cast.holder(Role.ANALYST)
    unticked = client.post(address, {"office": office.pk, "why": ""})
    assert "Tick what is to be given" in unticked.content.decode()
    ticked = [f"action-{action.pk}", f"milestone-{step.pk}", "action-999999", "priority-1", "action-x"]
    done = client.post(address, {"office": office.pk, "why": "She asked for it", "thing": ticked})
    assert done.status_code == 302
    action.refresh_from_db()
    step.refresh_from_db()
    assert action.owner_office == step.owner_office == office
    assert action.changes.get(field="owner_office").why == "She asked for it"
    assert ownerless(delivering.cast.body, delivering.at.date()) == ()
    theirs = delivering.cast.other_body.offices.get(role=Role.ANALYST)
    with pytest.raises(ValidationError, match="another body"):
        assign_all(things=[action], office=theirs, **who)
    client.force_login(delivering.cast.holder(Role.CHIEF_CONSTABLE))
    assert client.get(address).status_code == 403


def test_a_leaver_hands_over_what_the_office_owes(
    delivering: Any, left: User, newcomer: User, who: dict[str, Any]
) -> None:
    office = delivering.office(Role.PARTNER_LEAD)
    action = delivering.action("Open a waiting room", owner=Role.PARTNER_LEAD)
    step = delivering.milestone(action, owner_office=office)
    delivering.action("Done", owner=Role.PARTNER_LEAD, finished=date(2014, 10, 20))
    before = {**who, "at": delivering.at - timedelta(days=7)}
    link = send_link(subject=action, to_user=left, **before)
    UpdateLink.objects.filter(pk=link.pk).update(office=office)
    made = hand_over_work(
        office=office,
        was=left,
        now=newcomer,
        on=date(2014, 11, 1),
        words="Ring the court first.",
        **who,
    )
    assert made.items == [
        ["action", action.number, "Open a waiting room", "2014-12-31"],
        ["milestone", step.number, "The agreement is signed", "2014-11-30"],
    ]
    link.refresh_from_db()
    assert link.revoked_reason == "Aisha Bourne left the office of Community Safety Partnership Lead."
    letter = Letter.objects.get(key=f"hand-over {made.pk}")
    assert letter.to_user == newcomer
    assert f"{action.number}  Open a waiting room (by 31 December 2014)" in letter.text
    assert "Ring the court first." in letter.text
    assert "2 things that Aisha Bourne had in hand" in letter.text
    assert owed_by(office) == (action, step)
    assert Event.objects.get(verb="handed work over").facts["things"] == 2


def test_the_work_of_an_office_may_go_to_another(delivering: Any, left: User, who: dict[str, Any]) -> None:
    action = delivering.action("Open a waiting room", owner=Role.PARTNER_LEAD)
    office, other = delivering.office(Role.PARTNER_LEAD), delivering.office(Role.ANALYST)
    hand_over_work(office=office, was=left, to=other, on=date(2014, 11, 1), **who)
    assert Action.objects.get(pk=action.pk).owner_office == other
    assert owed_by(office) == ()
    assert not Letter.objects.filter(key__startswith="hand-over").exists()


def test_what_is_no_hand_over_is_refused(
    delivering: Any, left: User, newcomer: User, who: dict[str, Any]
) -> None:
    office, on = delivering.office(Role.PARTNER_LEAD), date(2014, 11, 1)
    analyst = delivering.cast.holder(Role.ANALYST)
    for given, words in (
        ({"was": analyst}, "did not hold"),
        ({"was": newcomer, "on": date(2014, 10, 1)}, "did not hold"),
        ({"was": left, "now": analyst}, "Appoint them first"),
        ({"was": newcomer, "now": newcomer}, "themselves"),
        ({"was": left, "to": office}, "another office"),
    ):
        with pytest.raises(ValidationError, match=words):
            hand_over_work(**{"office": office, "on": on, **given, **who})
    with pytest.raises(NotAllowed):
        hand_over_work(office=office, was=left, on=on, by=newcomer, at=delivering.at)
    assert not HandOver.objects.exists()


def test_offices_that_were_left_come_first_and_are_handed_over_at_the_desk(
    delivering: Any, left: User, newcomer: User, client: Client
) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    delivering.action("Held")
    action = delivering.action("Open a waiting room", owner=Role.PARTNER_LEAD)
    client.force_login(delivering.cast.governance_officer)
    page = client.get(reverse("delivery:desk-hand-overs")).content.decode()
    assert "Aisha Bourne left on 31 October 2014" in page
    assert page.index("Community Safety Partnership Lead") < page.index(">Chief Constable<")
    address = reverse("delivery:desk-hand-over", args=[delivering.office(Role.PARTNER_LEAD).pk])
    page = client.get(address).content.decode()
    assert action.title in page
    given = {"was": left.pk, "now": newcomer.pk, "words": "<b>Ring</b>", "to": ""}
    done = client.post(address, given | {"on_day": "1", "on_month": "11", "on_year": "2014"})
    assert done.status_code == 302
    page = client.get(address).content.decode()
    assert "&lt;b&gt;Ring" in page
    assert "Aisha Bourne → Leila March" in page
    assert "not handed over" not in client.get(reverse("delivery:desk-hand-overs")).content.decode()
    client.force_login(delivering.cast.stranger)
    assert client.get(address).status_code == 404
