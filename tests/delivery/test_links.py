"""Emailed links by their actions: to whom they go, what ends them, and what they let nobody do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from goldthread.audit.models import Event
from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.links import (
    NotNow,
    begin,
    revoke_link,
    revoke_links_of,
    revoke_links_of_leavers,
    send_fresh,
    send_link,
    use_link,
)
from goldthread.delivery.linking import State, has_left, masked, state_of, visit
from goldthread.delivery.models import LinkEvent, UpdateLink
from goldthread.mail.models import Letter
from goldthread.people.actions import NotAllowed, hand_over
from goldthread.people.models import User
from tests.delivery.linked import KIT, newest_address, sent

pytestmark = pytest.mark.django_db
GOOD = {"words": "The agreement is with both legal teams.", "status": "on_course"}


def _token(address: str) -> str:
    return address.removeprefix("/u/").strip("/")


def test_a_link_is_a_letter_that_says_what_is_asked_and_by_whom(delivering: Any, at: datetime) -> None:
    link, address = sent(delivering, at)
    (letter,) = mail.outbox
    assert letter.subject == "How does V1.1 go? Agree how case notes are shared"
    for words in ("Dear Kit Frost", "Peter Lode", "31 December 2014", "17 November 2014", address):
        assert words in letter.body
    assert "&" not in letter.body
    assert [event.what for event in link.events.all()] == ["sent"]


def test_nothing_that_is_kept_lets_anybody_in(delivering: Any, at: datetime) -> None:
    link, address = sent(delivering, at)
    secret = _token(address).split("~")[1].split(".")[0]
    kept = [*UpdateLink.objects.values_list(), *Letter.objects.values_list(), *Event.objects.values_list()]
    assert secret not in repr(kept)
    assert len(secret) >= 32
    assert visit(_token(address), {}, at=at).link == link


def test_a_link_to_an_office_goes_to_whoever_holds_it(delivering: Any, cast: Any, at: datetime) -> None:
    constable = cast.chief_constable
    link, _address = sent(delivering, at, to_office=cast.office(Role.CHIEF_CONSTABLE))
    assert (link.user, link.name, link.office.title) == (constable, constable.name, "Chief Constable")


def test_an_office_that_nobody_holds_is_refused_in_words(delivering: Any, cast: Any, at: datetime) -> None:
    with pytest.raises(ValidationError, match="Nobody holds"):
        sent(delivering, at, to_office=cast.office(Role.PARTNER_LEAD))


@pytest.mark.parametrize(
    "changed",
    [{"email": "nonsense"}, {"name": " "}, {"days": 0}, {"days": 61}, {"email": "a@b.example\nBcc: c@d.e"}],
)
def test_what_could_not_be_sent_is_refused(delivering: Any, at: datetime, changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        send_link(
            **{
                "subject": delivering.action(),
                "name": KIT[0],
                "email": KIT[1],
                "by": delivering.cast.governance_officer,
                "at": at,
                **changed,
            }
        )
    assert not UpdateLink.objects.exists()


def test_only_whoever_writes_about_delivery_sends_one(delivering: Any, cast: Any, at: datetime) -> None:
    for somebody in (cast.staff_officer, cast.panel_clerk, cast.stranger, cast.resident):
        with pytest.raises(NotAllowed):
            sent(delivering, at, by=somebody)


def test_no_link_is_sent_for_what_takes_no_updates(delivering: Any, at: datetime) -> None:
    for subject in (
        delivering.action(finished=at.date()),
        delivering.action(priority=delivering.draft),
    ):
        with pytest.raises(ValidationError):
            sent(delivering, at, subject=subject)


def test_a_link_gives_one_update_which_waits_to_be_signed_off(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    begin(link=link, at=at)
    update = use_link(link=link, **GOOD, at=at + timedelta(minutes=2))
    assert (update.stage, update.given_by, update.giver, update.link) == (
        UpdateStage.GIVEN,
        "Kit Frost",
        None,
        link,
    )
    with pytest.raises(NotNow) as refused:
        use_link(link=link, words="And again", status="at_risk", at=at + timedelta(minutes=3))
    assert refused.value.state is State.USED
    assert link.updates.count() == 1
    assert [event.what for event in link.events.all()] == ["sent", "begun", "used"]


def test_a_link_is_begun_once(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    key = begin(link=link, at=at)
    with pytest.raises(NotNow) as refused:
        begin(link=link, at=at)
    assert refused.value.state is State.ELSEWHERE
    link.refresh_from_db()
    assert key not in repr(vars(link))


def test_one_that_was_not_begun_gives_nothing(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    with pytest.raises(NotNow):
        use_link(link=link, **GOOD, at=at)


def test_it_runs_out_to_the_second(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at, days=2)
    begin(link=link, at=at)
    with pytest.raises(NotNow) as refused:
        use_link(link=link, **GOOD, at=link.expires_at)
    assert refused.value.state is State.LATE
    assert use_link(link=link, **GOOD, at=link.expires_at - timedelta(seconds=1))


def test_an_action_done_meanwhile_needs_no_more(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    link, _address = sent(delivering, at, subject=action)
    action.state, action.finished = "done", at.date()
    action.save()
    link.refresh_from_db()
    assert state_of(link, here=True, at=at) is State.OVER


def test_a_second_link_to_the_same_reader_ends_the_first(delivering: Any, at: datetime) -> None:
    first, _address = sent(delivering, at)
    second, _address = sent(delivering, at, subject=first.subject)
    first.refresh_from_db()
    assert state_of(first, here=False, at=at) is State.REPLACED
    assert state_of(second, here=False, at=at) is State.READY
    other, _address = sent(delivering, at, subject=first.subject, email="sam@hub.example")
    assert state_of(second, here=False, at=at) is State.READY
    assert state_of(other, here=False, at=at) is State.READY


def test_whoever_leaves_the_office_is_let_in_no_more(delivering: Any, cast: Any, at: datetime) -> None:
    office = cast.office(Role.CHIEF_CONSTABLE)
    cast.chief_constable  # noqa: B018 - appointed when first named
    link, address = sent(delivering, at, to_office=office)
    begin(link=link, at=at)
    new = User.objects.create_user("new.chief@fenshire.example", "Olive Manea")
    later = at + timedelta(days=3)
    hand_over(office=office, to=new, starts=later.date(), by=cast.chief_executive, at=at)
    assert not has_left(link, at.date())
    with pytest.raises(NotNow) as refused:
        use_link(link=link, **GOOD, at=later)
    assert refused.value.state is State.LEFT
    assert not visit(_token(address), {}, at=later).fresh
    with pytest.raises(NotNow):
        send_fresh(link=link, at=later)
    assert revoke_links_of_leavers(at=later) == 1
    link.refresh_from_db()
    assert (link.revoked_by, link.revoked_reason) == ("Goldthread", "Its reader left the office.")
    assert revoke_links_of_leavers(at=later) == 0


def test_a_hand_over_takes_back_the_links_of_the_office(delivering: Any, cast: Any, at: datetime) -> None:
    office = cast.office(Role.CHIEF_CONSTABLE)
    constable = cast.chief_constable
    link, _address = sent(delivering, at, to_office=office)
    elsewhere, _address = sent(delivering, at, subject=link.subject)
    by = cast.governance_officer
    assert revoke_links_of(office=office, user=constable, reason="Handed over.", by=by, at=at) == 1
    link.refresh_from_db()
    elsewhere.refresh_from_db()
    assert state_of(link, here=True, at=at) is State.REVOKED
    assert state_of(elsewhere, here=False, at=at) is State.READY


def test_the_office_takes_a_link_back_with_a_reason(delivering: Any, cast: Any, at: datetime) -> None:
    link, address = sent(delivering, at)
    begin(link=link, at=at)
    with pytest.raises(ValidationError, match="Say why"):
        revoke_link(link=link, reason=" ", by=cast.governance_officer, at=at)
    for somebody in (cast.panel_clerk, cast.stranger):
        with pytest.raises(NotAllowed):
            revoke_link(link=link, reason="No", by=somebody, at=at)
    revoke_link(link=link, reason="Sent to the wrong Kit", by=cast.governance_officer, at=at)
    with pytest.raises(NotNow):
        use_link(link=link, **GOOD, at=at)
    assert not visit(_token(address), {}, at=at).fresh


def test_a_used_link_is_not_taken_back(delivering: Any, cast: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    begin(link=link, at=at)
    use_link(link=link, **GOOD, at=at)
    with pytest.raises(ValidationError, match="used already"):
        revoke_link(link=link, reason="Late", by=cast.governance_officer, at=at)


def test_a_fresh_link_goes_to_the_same_address_and_ends_the_old_one(delivering: Any, at: datetime) -> None:
    link, old = sent(delivering, at, days=1)
    late = at + timedelta(days=2)
    fresh = send_fresh(link=link, at=late)
    address = newest_address(late)
    assert (fresh.email, fresh.name, fresh.subject) == (link.email, link.name, link.subject)
    assert mail.outbox[-1].to == ["Kit Frost <kit.frost@hub.example>"]
    assert visit(_token(old), {}, at=late).state is State.REPLACED
    assert visit(_token(address), {}, at=late).state is State.READY
    with pytest.raises(NotNow):
        send_fresh(link=link, at=late)


def test_fresh_links_are_few_in_a_day(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    for _turn in range(3):
        begin(link=link, at=at)
        link = send_fresh(link=link, at=at)
    begin(link=link, at=at)
    with pytest.raises(NotNow):
        send_fresh(link=link, at=at)
    assert send_fresh(link=link, at=at + timedelta(days=1, minutes=1))


def test_an_old_letter_is_no_way_to_a_fresh_link_for_ever(delivering: Any, at: datetime) -> None:
    link, address = sent(delivering, at)
    assert visit(_token(address), {}, at=link.expires_at + timedelta(days=59)).fresh
    assert not visit(_token(address), {}, at=link.expires_at + timedelta(days=61)).fresh


def test_an_address_with_one_sign_changed_names_no_link(delivering: Any, at: datetime) -> None:
    link, address = sent(delivering, at)
    token = _token(address)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        altered = token[:place] + other + token[place + 1 :]
        found = visit(altered, {}, at=at)
        # the last sign of base64 carries bits that count for nothing: only there may two spell the same
        assert found.state is State.UNKNOWN or (place == len(token) - 1 and found.link == link)
    for cut in ("", "1", token[:-5], token.split(".")[0], token + "x", f"{token}\x00"):
        assert visit(cut, {}, at=at).state is State.UNKNOWN


def test_what_happened_to_a_link_stays(delivering: Any, at: datetime) -> None:
    link, _address = sent(delivering, at)
    with pytest.raises(Exception, match="sealed"):
        LinkEvent.objects.filter(link=link).update(what="used")


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert masked("kit.frost@hub.example") == "k…t@hub.example"
    assert masked("jo@hub.example") == "j…@hub.example"
