"""Agendas: order and numbers, late and withdrawn items, marking, publishing, two officers at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.meetings.actions.agenda import (
    add_item,
    bring_back_item,
    change_item,
    mark_held,
    mark_item,
    move_item,
    publish_agenda,
    remove_item,
    step_item,
    withdraw_item,
)
from goldthread.meetings.actions.boards import hold_meeting_on, make_board
from goldthread.meetings.agendas import fingerprint, in_order, item_fingerprint
from goldthread.meetings.models import AgendaItem, Meeting, PublicQuestion
from goldthread.people.actions import NotAllowed
from tests.meetings.story import SENTINEL

OCTOBER = date(2014, 10, 2)


class Table:
    """A meeting of 2 October 2014 with nothing on its agenda, and the officer who builds it."""

    def __init__(self, cast: Any, at: datetime) -> None:
        self.cast, self.clerk = cast, {"by": cast.governance_officer, "at": at}
        self.board = make_board(
            body=cast.body,
            name="Business Coordination Board",
            short="BCB",
            kind="board",
            starts=date(2012, 11, 22),
            standing=(),
            usual_time=datetime(2014, 10, 2, 14).time(),
            **self.clerk,
        )
        self.meeting: Meeting = hold_meeting_on(board=self.board, on=OCTOBER, **self.clerk)

    def add(self, title: str, **more: Any) -> AgendaItem:
        more.setdefault("marking", "open")
        return add_item(meeting=self.meeting, title=title, **(self.clerk | more))

    def publish(self) -> None:
        publish_agenda(meeting=self.meeting, **self.clerk)

    def lines(self) -> list[str]:
        return [f"{item.number} {item.title}" for item in in_order(self.meeting)]


@pytest.fixture
def table(cast: Any, at: datetime) -> Table:
    return Table(cast, at)


def words_of(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refusal.value.messages)


def test_items_are_numbered_in_their_order(table: Table) -> None:
    plan = table.add("Plan")
    table.add("Budget")
    table.add("Priorities", parent=plan)
    table.add("Measures", parent=plan)
    table.add("Welcome", after=None)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "1(b) Measures", "2.0 Budget", "3.0 Welcome"]


def test_business_comes_before_the_forward_plan_and_other_business(table: Table) -> None:
    table.add("Forward plan", kind="forward")
    table.add("Any other business", kind="other")
    table.add("Budget")
    assert table.lines() == ["1.0 Budget", "2.0 Forward plan", "3.0 Any other business"]


def test_items_step_up_and_down_with_those_beneath_them(table: Table) -> None:
    plan, budget = table.add("Plan"), table.add("Budget")
    table.add("Priorities", parent=plan)
    step_item(item=plan, step="down", **table.clerk)
    assert table.lines() == ["1.0 Budget", "2.0 Plan", "2(a) Priorities"]
    step_item(item=plan, step="up", **table.clerk)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "2.0 Budget"]
    step_item(item=budget, step="in", **table.clerk)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "1(b) Budget"]
    step_item(item=budget, step="out", **table.clerk)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "2.0 Budget"]


def test_an_item_moves_first_or_after_any_other(table: Table) -> None:
    one, two, three = (table.add(title) for title in ("One", "Two", "Three"))
    move_item(item=three, **table.clerk)
    assert table.lines() == ["1.0 Three", "2.0 One", "3.0 Two"]
    move_item(item=one, after=two, **table.clerk)
    assert table.lines() == ["1.0 Three", "2.0 Two", "3.0 One"]


def test_moves_that_make_no_sense_are_refused_in_words(table: Table) -> None:
    plan, budget = table.add("Plan"), table.add("Budget")
    below = table.add("Priorities", parent=plan)
    for refused in (
        {"item": plan, "after": plan},
        {"item": plan, "parent": below},
        {"item": plan, "parent": budget},
        {"item": budget, "parent": below},
        {"item": budget, "after": below},
    ):
        with pytest.raises(ValidationError):
            move_item(**refused, **table.clerk)
    for item, step in ((plan, "up"), (budget, "down"), (plan, "in"), (plan, "out"), (below, "in")):
        with pytest.raises(ValidationError):
            step_item(item=item, step=step, **table.clerk)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "2.0 Budget"]


def test_two_officers_who_reorder_at_once_do_not_undo_each_other(table: Table) -> None:
    plan, budget = table.add("Plan"), table.add("Budget")
    both_saw = fingerprint(in_order(table.meeting))
    step_item(item=plan, step="down", seen=both_saw, **table.clerk)
    with pytest.raises(ValidationError) as refusal:
        step_item(item=budget, step="up", seen=both_saw, **table.clerk)
    assert "Somebody else changed the order" in words_of(refusal)
    assert table.lines() == ["1.0 Budget", "2.0 Plan"]


def test_two_officers_who_reword_at_once_are_told(table: Table) -> None:
    plan = table.add("Plan")
    both_saw = item_fingerprint(plan)
    change_item(item=plan, seen=both_saw, title="The Plan", **table.clerk)
    with pytest.raises(ValidationError) as refusal:
        change_item(item=plan, seen=both_saw, title="A plan", **table.clerk)
    assert "Somebody else changed this item" in words_of(refusal)


def test_an_item_taken_off_meanwhile_is_missed_in_words(table: Table) -> None:
    plan, budget = table.add("Plan"), table.add("Budget")
    gone = AgendaItem.objects.get(pk=plan.pk)
    remove_item(item=plan, **table.clerk)
    with pytest.raises(ValidationError) as refusal:
        step_item(item=gone, step="down", **table.clerk)
    assert "taken off the agenda meanwhile" in words_of(refusal)
    with pytest.raises(ValidationError) as refusal:
        change_item(item=gone, title="Other", **table.clerk)
    assert "What you typed is kept" in words_of(refusal)
    with pytest.raises(ValidationError):
        move_item(item=budget, after=gone, **table.clerk)


def test_once_published_numbers_stay_and_late_items_take_a_letter(table: Table) -> None:
    plan = table.add("Plan")
    table.add("Budget")
    table.publish()
    with pytest.raises(ValidationError) as refusal:
        table.add("Storm damage", after=plan)
    assert "could not wait" in words_of(refusal)
    table.add("Storm damage", after=plan, late_reason="The storm was yesterday.")
    assert table.lines() == ["1.0 Plan", "1.0A Storm damage", "2.0 Budget"]
    step_item(item=plan, step="down", **table.clerk)
    assert table.lines() == ["1.0A Storm damage", "1.0 Plan", "2.0 Budget"]


def test_a_published_item_is_withdrawn_not_removed(table: Table) -> None:
    plan = table.add("Plan")
    below = table.add("Priorities", parent=plan)
    table.add("Budget")
    table.publish()
    with pytest.raises(ValidationError) as refusal:
        remove_item(item=below, **table.clerk)
    assert "Withdraw the item" in words_of(refusal)
    withdraw_item(item=plan, reason="The author is ill.", **table.clerk)
    assert table.lines() == ["1.0 Plan", "1(a) Priorities", "2.0 Budget"]
    assert {item.withdrawn_reason for item in table.meeting.items.all()} == {"The author is ill.", ""}
    plan.refresh_from_db()
    bring_back_item(item=plan, **table.clerk)
    assert plan.withdrawn_at is None


def test_the_database_keeps_a_published_number(table: Table) -> None:
    plan = table.add("Plan")
    table.publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        AgendaItem.objects.filter(pk=plan.pk).update(number="9.0")
    with pytest.raises(DatabaseError), transaction.atomic():
        AgendaItem.objects.filter(pk=plan.pk).delete()


def test_a_published_sub_item_stays_beneath_its_item(table: Table) -> None:
    plan = table.add("Plan")
    below = table.add("Priorities", parent=plan)
    table.publish()
    with pytest.raises(ValidationError) as refusal:
        step_item(item=below, step="out", **table.clerk)
    assert "published as item 1(a)" in words_of(refusal)


def test_nothing_is_published_that_nobody_has_marked(table: Table) -> None:
    with pytest.raises(ValidationError) as refusal:
        table.publish()
    assert "nothing on this agenda" in words_of(refusal)
    item = table.add("Plan", marking="")
    with pytest.raises(ValidationError) as refusal:
        table.publish()
    assert "Item 1.0 is not marked" in words_of(refusal)
    mark_item(item=item, marking="open", **table.clerk)
    table.publish()
    with pytest.raises(ValidationError):
        table.publish()


def test_short_notice_needs_a_reason_that_is_kept(table: Table) -> None:
    table.add("Plan")
    late = {"by": table.cast.governance_officer, "at": datetime(2014, 9, 29, 9, tzinfo=UTC)}
    with pytest.raises(ValidationError) as refusal:
        publish_agenda(meeting=table.meeting, **late)
    assert "24 September 2014" in words_of(refusal)
    publish_agenda(meeting=table.meeting, notice_reason="The venue was lost.", **late)
    table.meeting.refresh_from_db()
    assert table.meeting.notice_reason == "The venue was lost."


def test_a_meeting_is_held_on_its_day_and_its_agenda_then_stays(table: Table) -> None:
    plan = table.add("Plan")
    clerk = table.cast.governance_officer
    after = datetime(2014, 10, 2, 15, tzinfo=UTC)
    with pytest.raises(ValidationError):
        mark_held(meeting=table.meeting, by=clerk, at=after)
    table.publish()
    with pytest.raises(ValidationError) as refusal:
        mark_held(meeting=table.meeting, **table.clerk)
    assert "has not come yet" in words_of(refusal)
    mark_held(meeting=table.meeting, by=clerk, at=after)
    with pytest.raises(ValidationError) as refusal:
        table.add("Later thought", late_reason="Forgotten.")
    assert "This meeting was held on" in words_of(refusal)
    mark_item(item=plan, marking="members", reason_code="review", by=clerk, at=after + timedelta(days=1))


def test_exempt_business_needs_a_reason_and_hides_its_title(table: Table, at: datetime) -> None:
    item = table.add(f"{SENTINEL} tender", marking="")
    with pytest.raises(ValidationError) as refusal:
        mark_item(item=item, marking="exempt", **table.clerk)
    assert set(refusal.value.message_dict) == {"reason_code", "review_on"}
    with pytest.raises(ValidationError) as refusal:
        mark_item(item=item, marking="exempt", reason_code="12A-3", public_title=item.title, **table.clerk)
    assert "tell the public the title" in words_of(refusal)
    mark_item(
        item=item,
        marking="exempt",
        reason_code="12A-3",
        public_title="A contract",
        review_on=date(2015, 1, 1),
        **table.clerk,
    )
    assert (item.marked_by, item.marked_at) == (table.cast.governance_officer.name, at)
    assert str(item) == "1.0 A contract"
    change_item(item=item, note=f"{SENTINEL} words", **table.clerk)
    withdraw_item(item=item, reason=f"{SENTINEL} reason", **table.clerk)
    told = [f"{event.thing_name} {event.facts}" for event in Event.objects.all()]
    assert not any(SENTINEL in words for words in told)


def test_only_some_may_build_and_fewer_may_mark(table: Table, at: datetime) -> None:
    item = table.add("Plan")
    cast = table.cast
    for who in (cast.analyst, cast.chief_constable, cast.commissioner, cast.stranger):
        with pytest.raises(NotAllowed):
            add_item(meeting=table.meeting, title="Mine", by=who, at=at)
        with pytest.raises(NotAllowed):
            mark_item(item=item, marking="exempt", reason_code="x", by=who, at=at)
    mark_item(item=item, marking="members", by=cast.monitoring_officer, at=at)


def test_the_lead_is_an_office_of_the_same_body(table: Table) -> None:
    theirs = table.cast.other_body.offices.get(role=Role.CHIEF_EXECUTIVE)
    with pytest.raises(ValidationError) as refusal:
        table.add("Plan", lead_office=theirs)
    assert "office of another body" in words_of(refusal)


def test_an_item_that_something_names_is_not_taken_off(table: Table) -> None:
    item = table.add("Plan")
    PublicQuestion.objects.create(
        meeting=table.meeting, item=item, asked_by="Nora", asked_on=OCTOBER, words="When?"
    )
    with pytest.raises(ValidationError) as refusal:
        remove_item(item=item, **table.clerk)
    assert "names this item" in words_of(refusal)
