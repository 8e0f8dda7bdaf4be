"""The rotation of themes: who was seen when, a year planned in one step, what became of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.delivery.actions.rotation import plan_rotation
from goldthread.delivery.models import Report
from goldthread.delivery.rotation import reconciled, rotation, suggested
from goldthread.delivery.themes import Theme
from goldthread.meetings.actions.forward import drop_business, move_business, place_on_agenda
from goldthread.meetings.models import Paper, Planned
from goldthread.people.actions import NotAllowed
from tests.delivery.story import COMMUNITIES, VICTIMS, YEAR

pytestmark = pytest.mark.django_db
FEBRUARY = date(2015, 2, 5)
TODAY = date(2014, 11, 3)


def turns(reporting: Any, on: date = TODAY) -> dict[str, Any]:
    found = rotation(reporting.delivering.plan, reporting.boards.board, YEAR, on)
    return {each.theme.title: each for each in found}


def plan(reporting: Any, **days: date) -> tuple[Planned, ...]:
    keys = {"victims": VICTIMS, "communities": COMMUNITIES}
    return plan_rotation(
        plan=reporting.delivering.plan,
        board=reporting.boards.board,
        year=YEAR,
        days={keys[name]: day for name, day in days.items()},
        by=reporting.author,
        at=reporting.at,
    )


def happened(reporting: Any, on: date) -> list[tuple[str, str]]:
    found = reconciled(reporting.delivering.plan, reporting.boards.board, YEAR, on)
    return [(each.theme, each.status[0]) for each in found]


@pytest.fixture(autouse=True)
def _both_themes(reporting: Any) -> None:
    """A priority of each theme."""
    assert reporting.delivering.live
    reporting.delivering.a_draft("Speedwatch", theme=COMMUNITIES)


def test_a_theme_that_was_never_seen_and_is_not_planned_says_so(reporting: Any) -> None:
    victims = turns(reporting)["Victims"]

    assert victims.words == "Never seen in depth. Not planned."
    assert victims.status == ("unseen", "bad")


def test_a_year_is_planned_in_one_step(reporting: Any) -> None:
    made = plan(reporting, victims=date(2014, 12, 4), communities=FEBRUARY)

    assert [(each.title, each.due, each.theme) for each in made] == [
        ("Victims: progress in depth", date(2014, 12, 4), "Victims"),
        ("Communities: progress in depth", FEBRUARY, "Communities"),
    ]
    assert turns(reporting)["Victims"].words == "Never seen in depth. Planned for 4 December 2014."
    assert turns(reporting)["Victims"].status == ("planned", "good")


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2015, 4, 1), "is not in 2014-15"), (date(2014, 10, 1), "has passed")],
)
def test_a_day_outside_the_year_or_in_the_past_is_refused_and_nothing_is_planned(
    reporting: Any, day: date, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        plan(reporting, victims=day, communities=FEBRUARY)
    assert not Planned.objects.exists()


def test_a_theme_is_not_planned_twice_in_a_year(reporting: Any) -> None:
    plan(reporting, victims=FEBRUARY)
    with pytest.raises(ValidationError, match="Victims is planned for 5 February 2015 already"):
        plan(reporting, victims=date(2015, 3, 5))


def test_only_who_manages_meetings_plans_it(reporting: Any) -> None:
    with pytest.raises(NotAllowed):
        plan_rotation(
            plan=reporting.delivering.plan,
            board=reporting.boards.board,
            year=YEAR,
            days={VICTIMS: FEBRUARY},
            by=reporting.cast.analyst,
            at=reporting.at,
        )


def take(reporting: Any, planned: Planned | None) -> Report:
    """The November meeting takes the report on Victims, by the line of the forward plan if there is one."""
    if planned is not None:
        given = {"marking": "open", "by": reporting.author, "at": reporting.at}
        reporting.__dict__["item"] = place_on_agenda(planned=planned, meeting=reporting.meeting, **given)
    frozen = reporting.frozen
    reporting.hold()
    return frozen


def test_seen_at_a_meeting_that_was_held_it_counts_the_months_since(reporting: Any) -> None:
    take(reporting, None)
    later = date(2016, 1, 5)

    assert turns(reporting, later)["Victims"].words == (
        "Last seen in depth on 6 November 2014, 13 months ago. Not planned again."
    )
    assert turns(reporting, later)["Victims"].status == ("unseen", "bad")
    assert [
        each.theme.title for each in rotation(reporting.delivering.plan, reporting.boards.board, YEAR, later)
    ] == ["Communities", "Victims"]


def test_before_its_meeting_is_held_it_was_not_seen(reporting: Any) -> None:
    assert reporting.frozen
    assert turns(reporting, date(2014, 11, 20))["Victims"].last is None


def test_a_draft_that_is_being_written_is_named(reporting: Any) -> None:
    assert turns(reporting)["Victims"].draft is None
    report = reporting.report
    assert turns(reporting)["Victims"].draft == report


def test_what_was_planned_is_set_beside_what_came_of_it(reporting: Any) -> None:
    victims, communities = plan(reporting, victims=date(2014, 11, 6), communities=FEBRUARY)
    assert happened(reporting, TODAY) == [("Victims", "to come"), ("Communities", "to come")]

    take(reporting, victims)

    assert happened(reporting, date(2015, 2, 6)) == [
        ("Victims", "taken as planned"),
        ("Communities", "overdue"),
    ]
    assert turns(reporting, date(2015, 2, 6))["Communities"].status == ("overdue", "bad")
    drop_business(planned=communities, reason="The lead is ill.", by=reporting.author, at=reporting.at)
    assert happened(reporting, date(2015, 2, 6))[1] == ("Communities", "dropped")


def test_what_slipped_is_known_to_have_been_taken_later(reporting: Any) -> None:
    (victims,) = plan(reporting, victims=date(2014, 11, 4))
    move_business(
        planned=victims, to=date(2014, 11, 6), reason="The lead is ill.", by=reporting.author, at=reporting.at
    )

    take(reporting, victims)

    (line,) = reconciled(reporting.delivering.plan, reporting.boards.board, YEAR, date(2014, 12, 1))
    assert line.status == ("taken later", "warn")
    assert line.first == date(2014, 11, 4)
    assert line.held == date(2014, 11, 6)
    assert line.moves == ((date(2014, 11, 6), "The lead is ill."),)


def test_what_came_without_being_planned_is_told(reporting: Any) -> None:
    take(reporting, None)

    assert happened(reporting, date(2014, 12, 1)) == [("Victims", "taken without being planned")]
    assert Paper.objects.filter(title__startswith="Victims").exists()


THEMES = [Theme("a", "A"), Theme("b", "B"), Theme("c", "C")]


@pytest.mark.parametrize(
    ("meetings", "days"),
    [
        ([date(2014, 12, 4), date(2015, 1, 8), date(2015, 2, 5)], ["2014-12-04", "2015-01-08", "2015-02-05"]),
        (
            [date(2014, month, 4) for month in (11, 12)] + [date(2015, month, 5) for month in (1, 2, 3)],
            ["2014-11-04", "2015-01-05", "2015-03-05"],
        ),
        ([date(2014, 12, 4)], ["2014-12-22", "2015-02-09", "2015-03-30"]),
    ],
)
def test_days_are_suggested_on_meetings_where_there_are_enough(meetings: Any, days: list[str]) -> None:
    assert [each.isoformat() for each in suggested(THEMES, meetings, YEAR, TODAY).values()] == days


def test_no_day_is_suggested_in_a_year_that_is_over() -> None:
    assert suggested(THEMES, [], YEAR, date(2015, 4, 1)) == {}
