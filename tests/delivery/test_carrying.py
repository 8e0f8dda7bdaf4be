"""Actions that a year left open, taken along into the priority that was carried forward."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.carrying import left_open, not_taken_along, take_along
from goldthread.delivery.actions.priority_steps import carry_forward
from goldthread.delivery.history import history_of
from goldthread.delivery.models import Action
from goldthread.people.actions import NotAllowed
from tests.delivery.story import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def who(delivering: Any) -> dict[str, Any]:
    return {"by": delivering.cast.governance_officer, "at": delivering.at}


@pytest.fixture
def left(delivering: Any) -> Action:
    """An action that its year left open, with one milestone reached and one not; and one that was done."""
    action = delivering.action("Open a waiting room", owner=Role.PARTNER_LEAD, weight=3, state="under_way")
    delivering.milestone(action, "A room is found", reached=date(2014, 10, 20))
    delivering.milestone(action, "It is open", owner_office=delivering.office(Role.ANALYST), weight=2)
    delivering.action("Done", finished=date(2014, 10, 20))
    return action


def test_what_was_left_open_goes_on_under_a_new_number(
    delivering: Any, left: Action, who: dict[str, Any]
) -> None:
    following = carry_forward(priority=delivering.live, year=YEAR + 1, reason="Half done", **who)
    assert [action.pk for action in left_open(following)] == [left.pk]
    (now,) = take_along(priority=following, actions=[left], **who)
    assert (now.number, now.title, now.weight, now.state) == (
        f"{following.number}.1",
        "Open a waiting room",
        3,
        "under_way",
    )
    assert (now.owner_office, now.baseline) == (left.owner_office, left.baseline)
    step = now.milestones.get()
    assert (step.title, step.weight, step.owner_office) == ("It is open", 2, delivering.office(Role.ANALYST))
    told = history_of(now)[0]
    assert (told.what, told.now) == ("Taken along from", f"{left}, 2014-15")
    left.refresh_from_db()
    assert left.state == "under_way"
    assert not_taken_along(following) == []
    with pytest.raises(ValidationError, match="already"):
        take_along(priority=following, actions=[left], **who)


def test_only_what_was_left_open_is_taken_along(delivering: Any, left: Action, who: dict[str, Any]) -> None:
    other = delivering.action("Elsewhere", priority=delivering.draft)
    following = carry_forward(priority=delivering.live, year=YEAR + 1, reason="Half done", **who)
    with pytest.raises(ValidationError, match="was not left open"):
        take_along(priority=following, actions=[left, other], **who)
    with pytest.raises(ValidationError, match="Tick"):
        take_along(priority=following, actions=[], **who)
    chief = delivering.cast.holder(Role.CHIEF_CONSTABLE)
    with pytest.raises(NotAllowed):
        take_along(priority=following, actions=[left], by=chief, at=delivering.at)
    assert not following.actions.exists()
    assert not_taken_along(delivering.live) == []


def test_they_are_taken_along_at_the_desk(
    delivering: Any, left: Action, who: dict[str, Any], client: Client
) -> None:
    following = carry_forward(priority=delivering.live, year=YEAR + 1, reason="Half done", **who)
    client.force_login(delivering.cast.governance_officer)
    address = reverse("delivery:desk-action-carry", args=[following.slug])
    assert address in client.get(following.get_absolute_url()).content.decode()
    assert "Open a waiting room" in client.get(address).content.decode()
    assert "Tick what is to be taken along" in client.post(address, {}).content.decode()
    done = client.post(address, {"action": [str(left.pk), "999999"]})
    assert done["Location"] == following.get_absolute_url()
    assert following.actions.get().title == "Open a waiting room"
    assert "Nothing was left open" in client.get(address).content.decode()
