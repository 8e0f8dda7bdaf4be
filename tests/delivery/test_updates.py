"""Updates: given by whoever owes them, never overwritten, signed off by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError

from goldthread.audit.models import Event
from goldthread.core.delivery.stages import ActionState, UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.signing import return_update, sign_off, update_seal
from goldthread.delivery.actions.updates import withdraw_update
from goldthread.delivery.models import Update
from goldthread.delivery.updates import (
    last_seen,
    last_word,
    last_words,
    level_of,
    said_meanwhile,
    waiting,
)
from goldthread.people.actions import NotAllowed, hand_over
from goldthread.people.models import User
from tests.delivery.saying import WORDS, a_link, say


def test_the_holder_of_the_office_gives_it(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    update = say(action, delivering.cast.chief_constable, at)
    assert (update.given_by, update.given_as) == ("Simon Hereward", "Chief Constable")
    assert update.stage == UpdateStage.GIVEN
    assert (level_of(update).word, level_of(update).tone) == ("On course", "good")
    assert update.seal == ""
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.facts["number"]) == ("gave an update", update.pk)


def test_the_office_types_for_an_owner_and_it_is_said(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    update = say(action, delivering.cast.governance_officer, at)
    assert update.given_by == "Peter Lode for Chief Constable"
    assert update.given_as == "Chief Constable"
    named = say(action, delivering.cast.governance_officer, at, given_by="Rowan Thorney, by telephone")
    assert named.given_by == "Peter Lode for Rowan Thorney, by telephone"


@pytest.mark.parametrize("role", [Role.STAFF_OFFICER, Role.PARTNER_LEAD, Role.CHIEF_FINANCE_OFFICER])
def test_nobody_speaks_for_an_office_they_do_not_hold(delivering: Any, at: datetime, role: Role) -> None:
    with pytest.raises(NotAllowed, match="it is for Chief Constable to give"):
        say(delivering.action(), delivering.cast.holder(role), at)
    assert not Update.objects.exists()


def test_whoever_left_the_office_speaks_for_it_no_longer(delivering: Any, at: datetime) -> None:
    action, was = delivering.action(owner=Role.PARTNER_LEAD), delivering.cast.holder(Role.PARTNER_LEAD)
    say(action, was, at)
    comes = User.objects.create_user("new.lead@fenshire.example", "Ely March")
    office = delivering.office(Role.PARTNER_LEAD)
    hand_over(office=office, to=comes, starts=date(2014, 12, 1), by=delivering.cast.administrator, at=at)
    later = datetime(2014, 12, 2, 9, tzinfo=at.tzinfo)
    with pytest.raises(NotAllowed):
        say(action, was, later)
    assert say(action, comes, later).given_by == "Ely March"


def test_a_milestone_is_for_its_own_office_else_its_actions(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    own = delivering.milestone(action, owner_office=delivering.office(Role.PARTNER_LEAD))
    inherits = delivering.milestone(action, "Staff are trained")
    assert say(own, delivering.cast.holder(Role.PARTNER_LEAD), at).given_as == (
        "Community Safety Partnership Lead"
    )
    assert say(inherits, delivering.cast.chief_constable, at).given_as == "Chief Constable"


def test_a_link_speaks_for_whom_it_was_sent_to_and_on_one_thing_only(delivering: Any, at: datetime) -> None:
    action, other = delivering.action(), delivering.action("Train the staff")
    link = a_link(action, at)
    update = say(action, None, at, link=link)
    assert (update.given_by, update.giver, update.link) == ("Rowan Thorney", None, link)
    with pytest.raises(NotAllowed, match="on something else"):
        say(other, None, at, link=link)
    with pytest.raises(NotAllowed, match="signed in, or by an emailed link"):
        say(action, None, at)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 20_001}, "words"),
        ({"status": "green"}, "status"),
        ({"status": "done", "done_on": date(2014, 11, 4)}, "done_on"),
        ({"forecast": date(2014, 11, 2)}, "forecast"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    delivering: Any, at: datetime, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        say(delivering.action(), delivering.cast.chief_constable, at, **given)
    assert list(refused.value.message_dict) == [field]
    assert not Update.objects.exists()


def test_a_draft_priority_and_what_ended_take_no_updates(delivering: Any, at: datetime) -> None:
    officer = delivering.cast.governance_officer
    with pytest.raises(ValidationError, match="not approved by the board yet"):
        say(delivering.draft, officer, at)
    done = delivering.action(finished=date(2014, 10, 30))
    with pytest.raises(ValidationError, match="is done or dropped"):
        say(done, officer, at)
    with pytest.raises(ValidationError, match="is done or dropped"):
        say(delivering.milestone(done), officer, at)


def test_two_at_once_are_both_kept_and_the_second_is_told(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    seen = last_seen(action)
    first = say(action, delivering.cast.chief_constable, at, seen=seen)
    second = say(action, delivering.cast.governance_officer, at, seen=seen, words="Another view.")
    assert said_meanwhile(first, seen) == ()
    assert said_meanwhile(second, seen) == (first,)
    assert [each.words for each in action.updates.all()] == [WORDS, "Another view."]
    third = say(action, delivering.cast.chief_constable, at, seen=last_seen(action))
    assert said_meanwhile(third, second.pk) == ()


def test_signing_needs_another_person_with_the_office_for_it(delivering: Any, at: datetime) -> None:
    action, cast = delivering.action(), delivering.cast
    update = say(action, cast.governance_officer, at)
    with pytest.raises(ValidationError, match="You gave this update yourself"):
        sign_off(update=update, by=cast.governance_officer, at=at)
    for who in (cast.chief_constable, cast.analyst, cast.commissioner):
        with pytest.raises(NotAllowed):
            sign_off(update=update, by=who, at=at)
    assert last_word(action) is None
    assert last_word(action, signed=False) == update
    sign_off(update=update, by=cast.chief_executive, at=at)
    assert (update.signed_by, update.public) == ("Dorothy Kett", True)
    assert update.seal == update_seal(update)
    assert last_word(action) == update
    with pytest.raises(ValidationError, match="signed cannot sign off"):
        sign_off(update=update, by=cast.deputy, at=at)


def test_one_who_got_the_link_and_signs_in_cannot_sign_their_own(delivering: Any, at: datetime) -> None:
    action, chief = delivering.action(), delivering.cast.chief_executive
    update = say(action, None, at, link=a_link(action, at, user=chief))
    with pytest.raises(ValidationError, match="You gave this update yourself"):
        sign_off(update=update, by=chief, at=at)


def test_a_signed_update_makes_its_dates_true(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action(state=ActionState.PLANNED)
    later = date(2015, 2, 28)
    update = say(action, cast.chief_constable, at, status="at_risk", forecast=later)
    action.refresh_from_db()
    assert action.forecast == date(2014, 12, 31)
    sign_off(update=update, by=cast.governance_officer, at=at)
    action.refresh_from_db()
    assert (action.forecast, action.baseline, action.state) == (
        later,
        date(2014, 12, 31),
        ActionState.UNDER_WAY,
    )
    assert next((each.field, each.why) for each in action.changes.all()) == ("forecast", WORDS)
    done = say(action, cast.chief_constable, at, status="done", done_on=date(2014, 11, 1))
    assert (done.done, done.done_on) == (True, date(2014, 11, 1))
    sign_off(update=done, by=cast.governance_officer, at=at)
    action.refresh_from_db()
    assert (action.state, action.finished) == (ActionState.DONE, date(2014, 11, 1))


def test_a_milestone_reached_begins_its_action(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action(state=ActionState.PLANNED)
    milestone = delivering.milestone(action)
    update = say(milestone, cast.chief_constable, at, status="done")
    sign_off(update=update, by=cast.governance_officer, at=at)
    milestone.refresh_from_db()
    action.refresh_from_db()
    assert milestone.reached == date(2014, 11, 3)
    assert action.state == ActionState.UNDER_WAY


def test_what_is_returned_is_replaced_and_nothing_is_lost(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    update = say(action, cast.chief_constable, at)
    with pytest.raises(ValidationError, match="Say what is missing"):
        return_update(update=update, words=" ", by=cast.governance_officer, at=at)
    return_update(update=update, words="Which two?", by=cast.governance_officer, at=at)
    assert (update.stage, update.returned_by) == (UpdateStage.RETURNED, "Peter Lode")
    again = say(action, cast.chief_constable, at, words="Ely and March signed.")
    assert again.replaces == update
    assert list(waiting((cast.body,))) == [again]
    withdraw_update(update=again, by=cast.chief_constable, at=at)
    assert not waiting((cast.body,)).exists()
    assert action.updates.count() == 2


def test_only_its_giver_or_the_office_takes_an_update_back(delivering: Any, at: datetime) -> None:
    cast = delivering.cast
    update = say(delivering.action(), cast.chief_constable, at)
    with pytest.raises(NotAllowed):
        withdraw_update(update=update, by=cast.staff_officer, at=at)
    sign_off(update=update, by=cast.governance_officer, at=at)
    with pytest.raises(ValidationError, match="signed cannot withdraw"):
        withdraw_update(update=update, by=cast.chief_constable, at=at)


def test_last_words_of_many_in_one_query(
    delivering: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    cast = delivering.cast
    actions = [delivering.action(f"Step {n}") for n in range(3)]
    for action in actions[:2]:
        for words in ("First.", "Second."):
            update = say(action, cast.chief_constable, at, words=words)
            sign_off(update=update, by=cast.governance_officer, at=at)
    say(actions[0], cast.chief_constable, at, words="Not signed.")
    ids = [each.pk for each in actions]
    with django_assert_num_queries(1):
        found = last_words("action", ids)
    assert {pk: each.words for pk, each in found.items()} == {ids[0]: "Second.", ids[1]: "Second."}
    assert last_words("action", ids, signed=False)[ids[0]].words == "Not signed."


def test_a_signed_update_cannot_be_changed_or_removed(delivering: Any, at: datetime) -> None:
    update = say(delivering.action(), delivering.cast.chief_constable, at)
    Update.objects.filter(pk=update.pk).update(words="Still open to change.")
    sign_off(update=update, by=delivering.cast.governance_officer, at=at)
    with pytest.raises(DatabaseError, match="may not change"), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(words="Rewritten.")
    with pytest.raises(DatabaseError, match="may not be removed"), transaction.atomic():
        Update.objects.filter(pk=update.pk)._raw_delete(connection.alias)
