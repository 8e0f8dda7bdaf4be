"""What one person owes: every kind of thing, in order of its day, and nobody else's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.core.delivery.stages import ActionState
from goldthread.core.delivery.standing import Horizon
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.periods import close_period
from goldthread.delivery.actions.signing import return_update, sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.owed import owed_by_person, shelves
from goldthread.delivery.wanted import owed_by_offices
from goldthread.people.actions import hand_over
from goldthread.people.models import User
from goldthread.plans import needs
from goldthread.plans.needs import Need
from goldthread.plans.progress import needs_of
from tests.delivery.saying import a_period

TODAY = date(2014, 11, 3)
SOON = date(2014, 11, 14)


def rows(user: User, on: date = TODAY) -> list[tuple[str, str, str]]:
    return [(row.kind, row.title, row.status) for row in owed_by_person(user, on)]


def say(thing: Any, by: User, at: datetime, **more: Any) -> Any:
    return give_update(
        subject=thing, by=by, at=at, **{"words": "Two have signed.", "status": "at_risk", **more}
    )


def test_an_owner_owes_word_by_the_day_of_the_open_period(delivering: Any, at: datetime) -> None:
    chief, action = delivering.cast.chief_constable, delivering.action()
    assert rows(chief) == [("Action", f"{action.number} {action.title}", "On course")]
    a_period(delivering, at, due=SOON)
    (owed,) = owed_by_person(chief, TODAY)
    assert (owed.status, owed.due, owed.speak) == ("Word is wanted", date(2014, 11, 14), True)
    assert owed.words == "Due 31 December. No update yet."
    assert owed.update_href == reverse("delivery:desk-update", args=["action", action.pk])
    say(action, chief, at)
    (owed,) = owed_by_person(chief, TODAY)
    assert (owed.status, owed.due, owed.speak) == ("On course", date(2014, 12, 31), False)
    assert owed.words == ("Due 31 December. You said “At risk” on 3 November; it waits to be signed off.")


def test_word_is_wanted_without_a_period_when_nothing_was_heard_for_too_long(
    delivering: Any, at: datetime
) -> None:
    chief = delivering.cast.chief_constable
    action = delivering.action(due=date(2015, 9, 30))
    assert not owed_by_person(chief, date(2015, 1, 6))[0].speak
    assert owed_by_person(chief, date(2015, 1, 7))[0].speak
    say(action, chief, at)
    assert not owed_by_person(chief, date(2015, 2, 3))[0].speak
    assert owed_by_person(chief, date(2015, 2, 4))[0].speak


def test_what_is_owed_stands_under_when_it_is_due(delivering: Any, at: datetime) -> None:
    late = delivering.action("Late", due=date(2014, 10, 31))
    soon = delivering.action("Soon", due=date(2014, 11, 30))
    far = delivering.action("Far", due=date(2015, 3, 31))
    never = delivering.action("Undated", due=None)
    found = shelves(owed_by_person(delivering.cast.chief_constable, TODAY), TODAY)
    assert [(shelf.horizon, [row.subject for row in shelf.rows]) for shelf in found] == [
        (Horizon.OVERDUE, [f"action-{late.pk}"]),
        (Horizon.THIS_MONTH, [f"action-{soon.pk}"]),
        (Horizon.LATER, [f"action-{far.pk}"]),
        (Horizon.NO_DATE, [f"action-{never.pk}"]),
    ]


def test_milestones_are_owed_by_their_own_office_or_their_actions(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    own = delivering.milestone(action, owner_office=delivering.office(Role.PARTNER_LEAD))
    inherits = delivering.milestone(action, "Staff are trained")
    partner = delivering.cast.holder(Role.PARTNER_LEAD)
    assert [row.subject for row in owed_by_person(partner, TODAY)] == [f"milestone-{own.pk}"]
    assert [row.subject for row in owed_by_person(delivering.cast.chief_constable, TODAY)] == [
        f"milestone-{inherits.pk}",
        f"action-{action.pk}",
    ]


def test_nothing_is_owed_of_what_ended_or_was_not_approved(delivering: Any, at: datetime) -> None:
    done = delivering.action("Done", finished=date(2014, 10, 30))
    delivering.milestone(done)
    dropped = {"state": ActionState.DROPPED, "dropped_reason": "Done elsewhere."}
    delivering.action("Dropped", **dropped)
    delivering.action("Of a draft", priority=delivering.draft)
    delivering.milestone(delivering.action("Open", owner=Role.PARTNER_LEAD), reached=date(2014, 11, 1))
    assert rows(delivering.cast.chief_constable) == []


def test_who_leaves_an_office_owes_nothing_and_who_comes_owes_it_all(delivering: Any, at: datetime) -> None:
    action, was = delivering.action(owner=Role.PARTNER_LEAD), delivering.cast.holder(Role.PARTNER_LEAD)
    comes = User.objects.create_user("new.lead@fenshire.example", "Ely March")
    office, leaves = delivering.office(Role.PARTNER_LEAD), date(2014, 12, 1)
    hand_over(office=office, to=comes, starts=leaves, by=delivering.cast.administrator, at=at)
    assert len(rows(was, leaves - timedelta(days=1))) == 1
    assert rows(was, leaves) == []
    assert [title for _, title, _ in rows(comes, leaves)] == [f"{action.number} {action.title}"]


def test_another_bodys_work_is_never_owed(delivering: Any, at: datetime) -> None:
    delivering.action()
    assert rows(delivering.cast.stranger) == []
    assert rows(delivering.cast.resident) == []


def test_updates_to_sign_are_owed_by_who_may_sign_them(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    say(action, cast.chief_constable, at)
    own = say(action, cast.governance_officer, at)
    assert ("Sign-off", "Sign off 2 updates", "to be signed off") in rows(cast.chief_executive)
    assert ("Sign-off", "Sign off 1 update", "to be signed off") in rows(cast.governance_officer)
    assert "Sign-off" not in [kind for kind, _, _ in rows(cast.analyst)]
    sign_off(update=own, by=cast.chief_executive, at=at)
    assert ("Sign-off", "Sign off 1 update", "to be signed off") in rows(cast.chief_executive)


def test_what_was_returned_stands_first_until_it_is_said_anew(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    return_update(
        update=say(action, cast.chief_constable, at), words="Which two?", by=cast.governance_officer, at=at
    )
    (first,) = owed_by_person(cast.chief_constable, TODAY)
    assert (first.title, first.words) == (f"Say again how {action.number} goes", "Peter Lode: Which two?")
    say(action, cast.chief_constable, at)
    assert [kind for kind, _, _ in rows(cast.chief_constable)] == ["Action"]


def test_a_period_that_ended_is_for_closing(delivering: Any, at: datetime) -> None:
    cast, period = delivering.cast, a_period(delivering, at, due=SOON)
    over = datetime(2015, 1, 5, 9, tzinfo=at.tzinfo)
    assert ("Period", "Close October to December 2014", "to be closed") not in rows(cast.chief_executive)
    assert ("Period", "Close October to December 2014", "to be closed") in rows(
        cast.chief_executive, over.date()
    )
    close_period(period=period, by=cast.chief_executive, at=over)
    assert rows(cast.chief_executive, over.date()) == []


def test_what_other_rooms_say_is_owed_stands_among_it_by_its_day(
    delivering: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = delivering.action(due=date(2014, 11, 20))
    told = (
        Need("Submit “Theme report”", "/desk/papers/x/", "", "due", "calm", date(2014, 11, 12), "Paper"),
        Need("Check a definition", "/desk/measures/x/", "", "to be checked", kind="Measure"),
        Need("A gate of the plan", "/desk/plans/x/", "It waits for whoever comes first."),
    )
    monkeypatch.setattr(needs, "_tellers", {**needs._tellers, lambda user, on: told: True})
    assert rows(delivering.cast.chief_constable) == [
        ("Paper", "Submit “Theme report”", "due"),
        ("Action", f"{action.number} {action.title}", "On course"),
        ("Measure", "Check a definition", "to be checked"),
    ]


def test_words_and_returns_of_measures_are_owed_by_those_who_give_them(measuring: Any, cast: Any) -> None:
    measuring.load([100, 104, 97], first=date(2014, 7, 1))
    loads = ("Measure", "Load the return of 1 measure", "was due 15 December")
    words = ("Measure", "Say what 1 measure shows", "no words yet")
    kept = date(2014, 12, 15)
    assert words in rows(cast.analyst, kept)
    assert loads not in rows(cast.analyst, kept)
    assert loads in rows(cast.analyst, date(2014, 12, 16))
    assert [row for row in rows(cast.staff_officer, date(2014, 12, 16)) if row[0] == "Measure"] == [loads]
    assert rows(cast.holder(Role.PARTNER_LEAD), kept) == []
    measuring.told(date(2014, 9, 1))
    assert words not in rows(cast.analyst, kept)
    measuring.load([99], first=date(2014, 10, 1))
    assert words in rows(cast.analyst, kept)


def test_needs_tell_it_in_one_line(delivering: Any, at: datetime) -> None:
    a_period(delivering, at, due=SOON)
    first, second = delivering.action(), delivering.action("Train the staff")
    delivering.action("Write it up")
    (need,) = [each for each in needs_of(delivering.cast.chief_constable, on=TODAY) if each.kind]
    assert need.title == "Give the word on 3 actions you own"
    assert need.words == f"{first.number} {first.title}; {second.number} {second.title}; and others"
    assert (need.status, need.due, need.tone) == ("due 14 November", date(2014, 11, 14), "warn")
    assert need.href == reverse("delivery:desk-owe")
    (need,) = [each for each in needs_of(delivering.cast.chief_constable, on=date(2015, 1, 2)) if each.kind]
    assert (need.status, need.tone) == ("overdue", "bad")


def test_it_costs_the_same_queries_however_much_is_owed(
    delivering: Any, at: datetime, django_assert_max_num_queries: Any
) -> None:
    chief = delivering.cast.chief_constable
    a_period(delivering, at, due=SOON)
    for n in range(5):
        action = delivering.action(f"Step {n}")
        delivering.milestone(action)
        say(action, chief, at)
    office = delivering.office(Role.CHIEF_CONSTABLE)
    with django_assert_max_num_queries(6):
        assert len(owed_by_offices((office,), TODAY)) == 10


@pytest.fixture
def visit(delivering: Any) -> Any:
    """Opens a page as somebody, today being the day of the visit."""

    def open_as(user: User, query: str = "") -> Any:
        client = Client()
        client.force_login(user)
        return client.get(reverse("delivery:desk-owe") + query)

    return open_as


def test_the_page_lists_what_its_reader_owes(delivering: Any, at: datetime, visit: Any) -> None:
    action = delivering.action()
    page = visit(delivering.cast.chief_constable).content.decode()
    assert action.title in page
    assert 'id="overdue"' in page
    assert f"{reverse('delivery:desk-update', args=['action', action.pk])}?from=owe" in page
    assert "What another office owes" not in page
    assert "You owe nothing today" in visit(delivering.cast.holder(Role.PARTNER_LEAD)).content.decode()


def test_the_office_may_look_at_what_an_office_owes(delivering: Any, at: datetime, visit: Any) -> None:
    action, office = delivering.action(), delivering.office(Role.CHIEF_CONSTABLE)
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    page = visit(delivering.cast.governance_officer, f"?office={office.pk}").content.decode()
    assert "What Chief Constable owes" in page
    assert "Held by Simon Hereward" in page
    assert action.title in page
    assert visit(delivering.cast.chief_constable, f"?office={office.pk}").status_code == 404
    assert visit(delivering.cast.stranger, f"?office={office.pk}").status_code == 404


def test_a_long_list_is_cut_until_all_is_asked_for(delivering: Any, at: datetime, visit: Any) -> None:
    for n in range(42):
        delivering.action(f"Step {n:02}")
    page = visit(delivering.cast.chief_constable).content.decode()
    assert page.count('class="owe__row"') == 20
    assert "Show all 42" in page
    assert visit(delivering.cast.chief_constable, "?all=yes").content.decode().count("owe__row") == 42
