"""The room of delivery at the desk, page by page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.priorities import serve, write_priority
from goldthread.delivery.models import Priority
from tests.delivery.story import APPROVED, CONTACT, NAMED_PERSON, VICTIMS, with_pledge
from tests.delivery.visiting import Visits, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: each opens pages as a person signed in."""

SAID = {
    "theme_key": VICTIMS,
    "title": "Waiting for court",
    "words": "Witnesses are told of every change of date.",
    "lead": "partner",
    "lead_words": "The courts",
    "support": "Probation: its lists by noon",
}


def test_a_priority_goes_from_a_blank_page_to_live(delivering: Any, cast: Any) -> None:
    officer = Visits(cast, Role.GOVERNANCE_OFFICER)
    query = f"?plan={delivering.plan.slug}&year=2014-15"
    assert "No priorities for 2014-15 yet" in officer.words("desk-home", query=query)
    officer.post("desk-new-priority", query=query, **SAID)
    made = Priority.objects.get()
    assert (made.number, made.title, made.version.support) == (
        "V1",
        "Waiting for court",
        [["Probation", "its lists by noon"]],
    )
    assert "Put one draft before the board" in officer.words("desk-home", query=query)
    officer.post("desk-propose", query=query, priorities=[made.pk])
    made.refresh_from_db()
    assert made.stage == PriorityStage.PROPOSED
    refused = officer.post("desk-approve", query=query, priorities=[made.pk], decision=delivering.decision.pk)
    assert "after the decision of 2 October 2014" in words_of(refused.content.decode())


def test_the_board_makes_live_what_is_chosen(delivering: Any, cast: Any) -> None:
    draft = delivering.a_draft()
    delivering.proposed(draft)
    officer = Visits(cast, Role.GOVERNANCE_OFFICER)
    query = "?year=2014-15"
    answer = officer.post("desk-approve", query=query, priorities=[draft.pk], decision=delivering.decision.pk)
    assert answer.status_code == 302
    assert Priority.objects.get(pk=draft.pk).stage == PriorityStage.LIVE


def test_a_priority_shows_what_changed_since_the_board_approved_it(
    delivering: Any, cast: Any, at: Any
) -> None:
    live = delivering.live
    now = live.version
    write_priority(
        priority=live,
        title=now.title,
        words="A named person calls within five working days.",
        lead=now.lead,
        why="Two days was out of reach.",
        base=now.seal,
        by=cast.analyst,
        at=at,
    )
    page = Visits(cast, Role.ANALYST).get("desk-priority", live.slug).content.decode()
    assert "deleted: two end of deletion inserted: five end of insertion" in words_of(page)
    assert "Two days was out of reach." in page


def test_the_second_writer_sees_both_and_keeps_what_they_typed(delivering: Any, cast: Any, at: Any) -> None:
    draft, opened = delivering.draft, delivering.draft.version.seal
    write_priority(
        priority=draft,
        title="Theirs",
        words="Their words.",
        lead="office",
        base=opened,
        by=cast.analyst,
        at=at,
    )
    officer = Visits(cast, Role.GOVERNANCE_OFFICER)
    given = {"title": "Mine", "words": "My words.", "lead": "office", "base": opened}
    page = officer.post("desk-write-priority", draft.slug, **given).content.decode()
    assert "Miriam Waring changed this priority while you were writing" in words_of(page)
    assert "Their words." in page
    assert "My words." in page
    again = {**given, "base": draft.versions.last().seal}
    assert officer.post("desk-write-priority", draft.slug, **again).status_code == 302
    assert Priority.objects.get(pk=draft.pk).title == "Mine"


def test_a_pledge_is_chosen_read_again_and_let_go(delivering: Any, cast: Any) -> None:
    draft = delivering.draft
    officer = Visits(cast, Role.GOVERNANCE_OFFICER)
    officer.post("desk-serve", draft.slug, place=f"{CONTACT}|{NAMED_PERSON}")
    row = draft.serves.get()
    assert "as it stands in the plan" in officer.words("desk-priority", draft.slug)
    delivering.issue(delivering.plan, with_pledge("A named person calls within a week."), APPROVED.date())
    assert "the plan's words have changed" in officer.words("desk-priority", draft.slug)
    page = officer.words("desk-serving", draft.slug, row.pk)
    assert "within two days" in page
    assert "within a week" in page
    seen = reverse("delivery:desk-serving", args=[draft.slug, row.pk])
    seal = officer.client.get(seen).context["stands"].now.seal
    officer.post("desk-serving", draft.slug, row.pk, part="again", seen=seal)
    again = draft.serves.get(ended_at=None)
    assert again.words == "A named person calls within a week."
    officer.post("desk-serving", draft.slug, again.pk, part="stop", reason="Another serves it.")
    assert not draft.serves.filter(ended_at=None).exists()


def test_each_step_has_a_page_that_says_what_it_means(delivering: Any, cast: Any) -> None:
    officer, live = Visits(cast, Role.GOVERNANCE_OFFICER), delivering.live
    assert "decides on it anew" in officer.words("desk-priority-step", live.slug, "carry")
    answer = officer.post("desk-priority-step", live.slug, "carry", year=2015, reason="Not all was done.")
    made = Priority.objects.get(year=2015)
    assert answer.headers["Location"] == made.get_absolute_url()
    assert "Carried forward from V1, 2014-15" in officer.words("desk-priority-history", made.slug)
    assert officer.get("desk-priority-step", live.slug, "explode").status_code == 404


def test_a_measure_is_chosen_and_ended(delivering: Any, measuring: Any, cast: Any) -> None:
    officer, live, measure = Visits(cast, Role.GOVERNANCE_OFFICER), delivering.live, measuring.measure
    officer.post("desk-measure-by", live.slug, measure=measure.pk, why="Fewer burglaries, fewer victims.")
    tie = live.measured_by.get()
    assert "Fewer burglaries" in officer.words("desk-priority", live.slug)
    officer.post("desk-stop-measuring", live.slug, tie.pk, reason="It says little.")
    assert not live.measured_by.filter(ended_at=None).exists()


def test_the_state_of_the_plan_names_what_waits(delivering: Any, cast: Any, at: Any) -> None:
    live = delivering.live
    delivering.action(owner=None)
    delivering.proposed(delivering.a_draft("Waiting for court"))
    serve(
        priority=live,
        edition=delivering.edition,
        section_key=CONTACT,
        block_key=NAMED_PERSON,
        by=cast.analyst,
        at=at,
    )
    delivering.issue(delivering.plan, with_pledge(""), APPROVED.date())
    page = Visits(cast, Role.CHIEF_EXECUTIVE).words("desk-state")
    for said in (
        "1 action: 1 late",
        "nobody can be asked",
        "no word for a quarter",
        "one priority before the board",
        "the plan moved on under one pin",
    ):
        assert said in page


def test_the_room_costs_no_more_queries_for_more_priorities(
    delivering: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(3):
        delivering.action(f"Action {n}", priority=delivering.a_live_one(f"Number {n}"))
    visit = Visits(cast, Role.CHIEF_EXECUTIVE)
    with django_assert_max_num_queries(45):
        visit.words("desk-home")
    with django_assert_max_num_queries(60):
        visit.words("desk-state")


@pytest.mark.parametrize("query", ["?year=9999-00", "?year=1066-67", "?year=soon", "?plan=nowhere"])
def test_a_year_or_plan_that_is_not_there_is_not_found(delivering: Any, cast: Any, query: str) -> None:
    assert delivering.live.is_approved
    for page in ("desk-home", "desk-state"):
        assert Visits(cast, Role.ANALYST).get(page, query=query).status_code == 404
