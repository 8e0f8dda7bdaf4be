"""The pages of actions and milestones at the desk: what they say, what can be done there, and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.waiting import depends
from goldthread.delivery.desk.milestones import DEEDS
from goldthread.delivery.models import Action, Milestone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def desk(delivering: Any, client: Client) -> Client:
    client.force_login(delivering.cast.governance_officer)
    return client


def page(desk: Client, address: str) -> str:
    response = desk.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def parts(name: str, day: date) -> dict[str, str]:
    """A date as three boxes hold it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_an_action_says_whose_it_is_how_it_stands_and_how_far_it_has_come(
    delivering: Any, desk: Client
) -> None:
    action = delivering.action(forecast=None)
    delivering.milestone(action, forecast=None, reached=date(2014, 11, 1))
    delivering.milestone(action, "The line is open", owner_office=delivering.office(Role.ANALYST))
    other = delivering.action("Write the list", due=date(2014, 10, 20))
    depends(
        action=action,
        on=other,
        why="It names who calls",
        by=delivering.cast.governance_officer,
        at=delivering.at,
    )
    said = page(desk, action.get_absolute_url())
    assert "Chief Constable (Simon Hereward)" in said
    assert "Performance Analyst (nobody holds it)" in said
    assert "Due 31 December 2014" in said
    assert "1 + 0 = 1 of 2, which is 50%" in said
    assert "It names who calls" in said
    assert "No update has been signed off yet. Chief Constable owes one." in said
    assert "These wait for it: " in page(desk, other.get_absolute_url())


def test_an_action_is_added_changed_and_finished_at_the_desk(delivering: Any, desk: Client) -> None:
    address = reverse("delivery:desk-action-new", args=[delivering.live.slug])
    refused = desk.post(address, {"title": "", "weight": "1"})
    assert "Fill in “What will be done, in a line”" in refused.content.decode()
    given = {"title": "Agree notes", "weight": "2", "owner_office": delivering.office(Role.ANALYST).pk}
    response = desk.post(address, given | parts("due", date(2030, 12, 31)))
    action = Action.objects.get()
    assert response["Location"] == action.get_absolute_url()
    assert (action.baseline, action.weight) == (date(2030, 12, 31), 2)
    added = desk.post(
        reverse("delivery:desk-milestone-new", args=[action.slug]), {"title": "Half", "weight": "1"}
    )
    step = Milestone.objects.get()
    assert added["Location"] == step.get_absolute_url()
    move = reverse("delivery:desk-action-deed", args=[action.slug, "forecast"])
    late = desk.post(move, parts("to", date(2031, 1, 31)))
    assert "Say why it comes later than 31 December 2030" in late.content.decode()
    desk.post(move, parts("to", date(2031, 1, 31)) | {"why": "The lawyers"})
    desk.post(
        reverse("delivery:desk-milestone-deed", args=[step.pk, "finish"]), parts("on", date(2015, 1, 5))
    )
    action.refresh_from_db()
    assert (action.forecast, action.state) == (date(2031, 1, 31), "under_way")
    said = page(desk, action.get_absolute_url())
    assert "The lawyers" in said
    assert "Now expected" in said


def test_every_deed_has_a_page_for_both_kinds_of_thing(delivering: Any, desk: Client) -> None:
    step = delivering.milestone(delivering.action())
    for deed in DEEDS:
        page(desk, reverse("delivery:desk-action-deed", args=[step.action.slug, deed]))
        page(desk, reverse("delivery:desk-milestone-deed", args=[step.pk, deed]))
    nothing = reverse("delivery:desk-action-deed", args=[step.action.slug, "burn"])
    assert desk.get(nothing).status_code == 404


def test_what_it_waits_for_is_chosen_and_taken_back(delivering: Any, desk: Client) -> None:
    action, other = delivering.action(), delivering.action("Write the list")
    step = delivering.milestone(other)
    address = reverse("delivery:desk-action-waits", args=[action.slug])
    assert "– V1.2.1 The agreement is signed" in page(desk, address)
    desk.post(address, {"on": f"milestone-{step.pk}", "why": ""})
    row = action.waits_for.get()
    assert row.needs_milestone == step
    desk.post(address, {"on": "milestone-999999"})
    assert action.waits_for.count() == 1
    desk.post(reverse("delivery:desk-action-waits-end", args=[action.slug, row.pk]))
    assert not action.waits_for.exists()


def test_who_may_only_read_is_offered_nothing_to_do_and_may_do_nothing(
    delivering: Any, client: Client
) -> None:
    step = delivering.milestone(delivering.action())
    client.force_login(delivering.cast.chief_constable)
    response = client.get(step.action.get_absolute_url())
    if response.status_code == 200:
        assert "Drop it" not in response.content.decode()
    for address in (
        reverse("delivery:desk-action-deed", args=[step.action.slug, "drop"]),
        reverse("delivery:desk-milestone-deed", args=[step.pk, "drop"]),
        reverse("delivery:desk-action-new", args=[delivering.live.slug]),
    ):
        assert client.post(address, {"reason": "No"}).status_code in (403, 404)
    step.refresh_from_db()
    assert step.is_open


def test_the_words_of_others_are_never_markup(delivering: Any, desk: Client) -> None:
    action = delivering.action("<script>alert(1)</script>", words="<b>bold</b>")
    said = page(desk, action.get_absolute_url())
    assert "<script>alert" not in said
    assert "<b>bold" not in said
