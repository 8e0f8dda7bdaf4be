"""Who reads what of delivery at the desk; and that nothing but what an open decision approved is public."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from goldthread.core.governance.abilities import Ability, Role
from goldthread.core.governance.exemption import Marking
from goldthread.delivery import doors
from goldthread.delivery.actions.priorities import approve, carry_forward, write_priority
from goldthread.delivery.models import Lead, Priority
from goldthread.meetings.actions.decisions import withdraw_decision
from goldthread.people.actions import NotAllowed
from tests.delivery.story import SENTINEL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: most tell the story as far as a decision of the board."""
TODAY = date(2014, 11, 3)


@pytest.mark.parametrize("role", Role)
def test_drafts_are_for_those_who_read_drafts(delivering: Any, cast: Any, role: Role) -> None:
    draft, user = delivering.draft, cast.holder(role)
    reads = Ability.READ_DRAFTS in delivering.office(role).abilities
    assert (draft in doors.priorities_for(user, TODAY)) is reads
    if not reads:
        with pytest.raises(Http404):
            doors.priority_for(user, draft.slug, TODAY)


def test_another_body_is_not_even_told_that_it_is_there(delivering: Any, cast: Any) -> None:
    live = delivering.live
    delivering.action()
    for user in (cast.stranger, cast.resident):
        with pytest.raises(Http404):
            doors.priority_for(user, live.slug, TODAY)
        assert not doors.actions_for(user, TODAY).exists()


def test_who_may_read_may_not_therefore_write(delivering: Any, cast: Any) -> None:
    with pytest.raises(NotAllowed):
        doors.priority_for(cast.chief_constable, delivering.live.slug, TODAY, Ability.WRITE_DELIVERY)


def test_an_action_and_a_milestone_are_behind_the_same_door(delivering: Any, cast: Any) -> None:
    action = delivering.action()
    step = delivering.milestone(action)
    assert doors.action_for(cast.chief_constable, action.slug, TODAY) == action
    assert doors.milestone_for(cast.analyst, step.pk, TODAY) == step
    with pytest.raises(Http404):
        doors.milestone_for(cast.stranger, step.pk, TODAY)


def test_a_live_priority_is_public_once_its_decision_is_open_and_published(delivering: Any) -> None:
    live = delivering.live
    assert not doors.public_priorities().exists()
    delivering.publish()
    (found,) = doors.public_priorities()
    assert (found, found.public_approvals[-1].version) == (live, live.approved_version)


def test_an_exempt_decision_makes_nothing_public(delivering: Any) -> None:
    action = delivering.action()
    delivering.publish(marking=Marking.EXEMPT)
    assert not doors.public_priorities().exists()
    assert action not in doors.public_actions()


def test_a_decision_that_was_withdrawn_takes_its_priorities_with_it(
    delivering: Any, cast: Any, at: Any
) -> None:
    delivering.live.refresh_from_db()
    decision = delivering.publish()
    withdraw_decision(decision=decision, why="It was taken in error.", by=cast.commissioner, at=at)
    assert not doors.public_priorities().exists()


def test_drafts_and_proposals_are_never_public(delivering: Any) -> None:
    delivering.live.refresh_from_db()
    delivering.proposed(delivering.draft)
    delivering.publish()
    assert [each.number for each in doors.public_priorities()] == ["V1"]


def test_what_was_changed_since_the_board_approved_it_is_not_public(
    delivering: Any, cast: Any, at: Any
) -> None:
    live = changed(delivering, cast, at)
    delivering.publish()
    (found,) = doors.public_priorities()
    shown = found.public_approvals[-1].version
    assert SENTINEL not in shown.words
    assert SENTINEL in Priority.objects.get(pk=live.pk).version.words


def test_a_later_exempt_decision_leaves_the_public_with_the_words_of_the_open_one(
    delivering: Any, cast: Any, at: Any
) -> None:
    live = changed(delivering, cast, at)
    later = delivering.deciding.decide(delivering.deciding.outside(), decided_on=at.date(), at=at)
    approve(priorities=(live,), decision=later, by=cast.governance_officer, at=at)
    delivering.publish()
    delivering.publish(later, marking=Marking.EXEMPT)
    (found,) = doors.public_priorities()
    assert found.public_approvals[-1].decision == delivering.decision
    assert SENTINEL not in found.public_approvals[-1].version.words


def changed(delivering: Any, cast: Any, at: Any) -> Priority:
    """The live priority with other words since the board approved it."""
    live = delivering.live
    write_priority(
        priority=live,
        title=f"{SENTINEL} title",
        words=f"{SENTINEL} words",
        lead=Lead.OFFICE,
        why="Two days was out of reach.",
        base=live.version.seal,
        by=cast.analyst,
        at=at,
    )
    return live


def test_one_carried_forward_is_public_still_and_its_new_draft_is_not(
    delivering: Any, cast: Any, at: Any
) -> None:
    made = carry_forward(priority=delivering.live, year=2015, reason="On.", by=cast.analyst, at=at)
    delivering.publish()
    assert delivering.live in doors.public_priorities()
    assert made not in doors.public_priorities()
