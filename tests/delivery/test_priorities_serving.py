"""What a priority serves: pinned, suspect once the plan moved on, orphaned where the words are gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.core.text import Kind
from goldthread.delivery.actions.priorities import (
    carry_forward,
    close,
    measure_by,
    pin_again,
    serve,
    stop_serving,
)
from goldthread.delivery.models import Serves
from goldthread.delivery.priority_needs import asked_of
from goldthread.delivery.serving import Serving, standing_of
from tests.delivery.story import (
    APPROVED,
    COMMUNITIES,
    CONTACT,
    NAMED_PERSON,
    SPEEDWATCH,
    TEXT,
    YEAR,
    with_pledge,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: most tell the story as far as a decision of the board."""


@pytest.fixture
def served(delivering: Any, cast: Any, at: Any) -> Serves:
    """That the live priority serves the pledge about a named person."""
    return pledged(delivering, delivering.live, cast, at)


def pledged(delivering: Any, priority: Any, cast: Any, at: Any) -> Serves:
    return serve(
        priority=priority,
        edition=delivering.edition,
        section_key=CONTACT,
        block_key=NAMED_PERSON,
        by=cast.analyst,
        at=at,
    )


def state(row: Serves, at: Any) -> Serving:
    return standing_of(Serves.objects.filter(pk=row.pk).select_related("plan"), at.date())[0].state


def test_a_pledge_is_pinned_with_its_words_and_where_they_stand(served: Serves, at: Any) -> None:
    assert served.words == "Every victim who asks for help hears from a named person within two days."
    assert served.label == "Pledge 1.1, in First contact"
    assert state(served, at) is Serving.HOLDS


def test_a_section_is_pinned_as_a_whole(delivering: Any, cast: Any, at: Any) -> None:
    given = {"priority": delivering.live, "edition": delivering.edition, "by": cast.analyst, "at": at}
    row = serve(section_key=COMMUNITIES, **given)
    assert row.label == "2 Communities"
    assert "Speedwatch begins wherever a village asks for it." in row.words


def test_it_is_suspect_once_the_words_moved_on_and_holds_again_when_put_back(
    delivering: Any, served: Serves, at: Any
) -> None:
    plan = delivering.plan
    delivering.issue(plan, with_pledge("A named person calls within a week."), APPROVED.date())
    assert state(served, at) is Serving.SUSPECT
    delivering.issue(plan, TEXT, at.date())
    assert state(served, at) is Serving.HOLDS


def test_quotes_and_spaces_make_nothing_suspect(delivering: Any, served: Serves, at: Any) -> None:
    words = "Every victim who asks  for help hears from a named person within two days."
    delivering.issue(delivering.plan, with_pledge(words), APPROVED.date())
    assert state(served, at) is Serving.HOLDS


def test_a_draft_of_the_plan_makes_nothing_suspect(delivering: Any, served: Serves, at: Any) -> None:
    delivering.draft_edition(delivering.plan, with_pledge("Something else."), "2015 draft")
    assert state(served, at) is Serving.HOLDS


def test_it_is_orphaned_where_the_pledge_is_gone_or_shown_no_more(
    delivering: Any, served: Serves, at: Any
) -> None:
    delivering.issue(delivering.plan, with_pledge(""), APPROVED.date())
    assert state(served, at) is Serving.ORPHANED
    delivering.issue(delivering.plan, TEXT, at.date(), hidden=(Kind.PLEDGE,))
    assert state(served, at) is Serving.ORPHANED


def test_words_are_pinned_again_only_as_they_were_read(
    delivering: Any, served: Serves, cast: Any, at: Any
) -> None:
    again = {"serves": served, "by": cast.analyst, "at": at}
    with pytest.raises(ValidationError, match="nothing to pin again"):
        pin_again(seen=served.seal, **again)
    delivering.issue(delivering.plan, with_pledge("Within a week."), APPROVED.date())
    with pytest.raises(ValidationError, match="changed while you were reading"):
        pin_again(seen=served.seal, **again)
    now = standing_of([served], at.date())[0].now
    made = pin_again(seen=now.seal, **again)
    served.refresh_from_db()
    assert (made.words, state(made, at)) == ("Within a week.", Serving.HOLDS)
    assert "Read again" in served.ended_reason


def test_a_pledge_is_served_once_and_let_go_with_a_reason(
    delivering: Any, served: Serves, cast: Any, at: Any
) -> None:
    with pytest.raises(ValidationError, match="serves this already"):
        pledged(delivering, delivering.live, cast, at)
    with pytest.raises(ValidationError, match="Say why"):
        stop_serving(serves=served, reason="", by=cast.analyst, at=at)
    stop_serving(serves=served, reason="Another does.", by=cast.analyst, at=at)
    assert state(served, at) is Serving.ENDED
    assert pledged(delivering, delivering.live, cast, at).pk != served.pk


def test_words_of_a_draft_edition_are_not_served(delivering: Any, cast: Any, at: Any) -> None:
    draft = delivering.draft_edition(delivering.plan, TEXT, "2015 draft")
    with pytest.raises(ValidationError, match="approved and still count"):
        serve(priority=delivering.live, edition=draft, section_key=CONTACT, by=cast.analyst, at=at)


def test_words_that_are_not_there_are_not_served(delivering: Any, cast: Any, at: Any) -> None:
    given = {"priority": delivering.live, "edition": delivering.edition, "by": cast.analyst, "at": at}
    with pytest.raises(ValidationError, match="not in this edition"):
        serve(section_key=CONTACT, block_key=SPEEDWATCH, **given)


def test_what_is_pinned_cannot_be_altered_even_in_the_database(served: Serves) -> None:
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Serves.objects.filter(pk=served.pk).update(words="Something kinder.")


def test_pins_and_measures_go_along_when_a_priority_is_carried_forward(
    delivering: Any, measuring: Any, served: Serves, cast: Any, at: Any
) -> None:
    live, by = delivering.live, cast.analyst
    measure_by(priority=live, measure=measuring.measure, why="Fewer victims.", by=by, at=at)
    delivering.issue(delivering.plan, with_pledge("Within a week."), APPROVED.date())
    made = carry_forward(priority=live, year=YEAR + 1, reason="Not done.", by=by, at=at)
    row = made.serves.get()
    assert (row.seal, state(row, at)) == (served.seal, Serving.SUSPECT)
    assert made.measured_by.get().measure == measuring.measure


def test_a_priority_that_ended_is_tied_to_nothing_new(delivering: Any, cast: Any, at: Any) -> None:
    close(priority=delivering.live, reason="Done.", on=at.date(), by=cast.analyst, at=at)
    with pytest.raises(ValidationError, match="stays as it was"):
        pledged(delivering, delivering.live, cast, at)


def test_only_a_checked_measure_in_use_tells_how_a_priority_goes(
    delivering: Any, measuring: Any, cast: Any, at: Any
) -> None:
    given = {"priority": delivering.live, "why": "It tells.", "by": cast.analyst, "at": at}
    with pytest.raises(ValidationError, match="Nobody has checked"):
        measure_by(measure=measuring.draft(key="robbery", name="Robbery").measure, **given)
    measure_by(measure=measuring.measure, **given)
    with pytest.raises(ValidationError, match="tells of the priority already"):
        measure_by(measure=measuring.measure, **given)


def test_whoever_writes_delivery_is_told_once_that_the_plan_moved_on(
    delivering: Any, served: Serves, cast: Any, at: Any, django_assert_max_num_queries: Any
) -> None:
    assert asked_of(cast.analyst, at.date()) == ()
    delivering.issue(delivering.plan, with_pledge("Within a week."), APPROVED.date())
    with django_assert_max_num_queries(10):
        (need,) = asked_of(cast.analyst, at.date())
    assert need.title == "The plan moved on under what V1 serves"
    assert need.href.endswith(f"/serves/{served.pk}/")
    assert asked_of(cast.chief_constable, at.date()) == ()


def test_whoever_records_decisions_is_told_what_is_before_the_board(
    delivering: Any, cast: Any, at: Any
) -> None:
    delivering.proposed(delivering.draft)
    (need,) = asked_of(cast.governance_officer, at.date())
    assert need.title == "1 priority of 2014-15 is before the board"
    assert asked_of(cast.analyst, at.date()) == ()
