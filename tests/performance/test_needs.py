"""What measures ask of a person: only of those who may answer, and never of who asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.people.queries import offices_asked_once
from goldthread.performance.actions.identifying import identify
from goldthread.performance.actions.rebasing import ask_rebase
from goldthread.performance.needs import owed_by
from tests.performance.story import STEADY
from tests.plans.story import CALLS, FIRST, VICTIMS, a_draft, a_plan, issued


def asked_of(user: Any, on: date) -> list[str]:
    return [f"{need.title} ({need.status})" for need in owed_by(user, on)]


def test_a_definition_waits_for_those_who_may_check_it_but_not_for_its_author(
    measuring: Any, cast: Any, today: date
) -> None:
    measuring.draft()
    said = ["Check how Burglary is defined (to be checked)"]
    assert asked_of(cast.governance_officer, today) == said
    assert asked_of(cast.chief_finance_officer, today) == said
    for user in (cast.analyst, cast.commissioner, cast.staff_officer, cast.stranger, cast.resident):
        assert asked_of(user, today) == []


def test_a_definition_is_due_to_be_reviewed_on_its_day(measuring: Any, cast: Any) -> None:
    review = measuring.checked(measuring.draft()).review_on
    assert asked_of(cast.analyst, review - timedelta(days=1)) == []
    assert asked_of(cast.analyst, review) == ["Review how Burglary is defined (due 1 January 2013)"]
    assert asked_of(cast.commissioner, review) == []


def test_many_that_are_due_are_one_line(measuring: Any, cast: Any) -> None:
    for number in range(4):
        row = measuring.checked(measuring.draft(key=f"m-{number}", name=f"M {number}"))
    (need,) = owed_by(cast.analyst, row.review_on)
    assert (need.title, need.words, need.status) == (
        "Review how 4 measures are defined",
        "M 0, M 1, M 2 and others.",
        "due from 1 January 2013",
    )


def test_a_re_base_waits_for_those_who_may_approve_it_but_not_for_who_asked(
    measuring: Any, cast: Any, today: date
) -> None:
    measuring.load(STEADY)
    ask_rebase(
        measure=measuring.measure,
        area=measuring.area,
        first_period=date(2013, 1, 1),
        reason="A rule changed.",
        by=cast.chief_executive,
        at=measuring.at,
    )
    said = "Answer a re-base of Burglary (to be answered)"
    assert said in asked_of(cast.commissioner, today)
    assert said in asked_of(cast.deputy, today)
    assert said not in asked_of(cast.chief_executive, today)
    assert said not in asked_of(cast.analyst, today)


def test_proposals_wait_in_one_line_a_plan(measuring: Any, cast: Any, today: date) -> None:
    edition = issued(cast, a_draft(cast, a_plan(cast), "One", FIRST, date(2013, 1, 7)), date(2013, 3, 5))
    for key in (CALLS, VICTIMS):
        identify(
            measure=measuring.measure,
            edition=edition,
            section_key=key,
            why="It tells.",
            by=cast.analyst,
            at=measuring.at,
        )
    assert asked_of(cast.commissioner, today) == ["Accept 2 proposed measures (proposed)"]
    assert "Accept" not in " ".join(asked_of(cast.analyst, today))


def test_what_is_asked_costs_few_queries(measuring: Any, cast: Any, today: date) -> None:
    for number in range(5):
        measuring.draft(key=f"m-{number}", name=f"M {number}")
    chief = cast.chief_executive
    with offices_asked_once(), CaptureQueriesContext(connection) as asked:
        assert len(owed_by(chief, today)) == 5
    assert len(asked) <= 6
