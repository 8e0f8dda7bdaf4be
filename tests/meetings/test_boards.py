"""Boards: beginning one, its rules, its seats and terms, and calling its meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.meetings import Every, Recurrence
from goldthread.core.governance.quorum import QuorumRule
from goldthread.meetings.actions.boards import (
    cancel_meeting,
    change_meeting,
    end_seat,
    hold_meeting_on,
    make_board,
    rename_board,
    replace_seat,
    seat,
    set_house_rules,
    set_standing,
    set_terms,
)
from goldthread.meetings.house_rules import (
    clock_change,
    notice_deadline,
    quorum_of,
    recurrence_of,
    scheme_of,
)
from goldthread.meetings.models import Board, Meeting
from goldthread.people.actions import NotAllowed
from tests.meetings.story import a_text

BEGAN = date(2012, 11, 22)


def a_board(cast: Any, at: datetime, **more: Any) -> Board:
    given = {"name": "Business Coordination Board", "short": "BCB", "kind": "board", "starts": BEGAN}
    given |= {"usual_time": time(14), "usual_place": "Conference Suite"}
    return make_board(body=cast.body, by=cast.governance_officer, at=at, **(given | more))


def called(cast: Any, at: datetime, board: Board, on: date, **more: Any) -> Meeting:
    return hold_meeting_on(board=board, on=on, by=cast.governance_officer, at=at, **more)


def words_of(refusal: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refusal.value.messages)


def test_a_new_board_brings_its_usual_items_to_every_meeting(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    first = called(cast, at, board, date(2014, 9, 4))
    second = called(cast, at, board, date(2014, 10, 2))
    assert [str(item) for item in first.items.all()] == [
        "1.0 Welcome and apologies",
        "2.0 Declarations of interest",
        "3.0 Minutes of the previous meeting",
        "4.0 Actions arising",
        "5.0 Forward plan",
        "6.0 Any other business",
        "7.0 Date of the next meeting",
    ]
    assert second.items.get(kind="minutes").title == "Minutes of the meeting of 4 September 2014"
    assert second.starts_at == datetime(2014, 10, 2, 13, tzinfo=UTC)
    assert second.place == "Conference Suite"


def test_a_board_without_standing_items_still_takes_its_last_minutes(cast: Any, at: datetime) -> None:
    board = a_board(cast, at, standing=())
    called(cast, at, board, date(2014, 9, 4))
    assert [item.kind for item in called(cast, at, board, date(2014, 10, 2)).items.all()] == ["minutes"]


def test_deadlines_are_counted_in_working_days(cast: Any, at: datetime) -> None:
    board = a_board(cast, at, papers_days=10, notice_days=5, questions_days=3)
    meeting = called(cast, at, board, date(2014, 5, 8))
    assert meeting.papers_due == date(2014, 4, 23)
    assert meeting.questions_due == datetime(2014, 5, 2, 11, tzinfo=UTC)
    notice = notice_deadline(board, meeting.on)
    assert notice.on == date(2014, 4, 29)
    assert "Mon 5 May (Early May bank holiday)" in notice.working


def test_two_meetings_on_one_day_have_addresses_of_their_own(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    morning = called(cast, at, board, date(2014, 10, 2), time=time(9))
    afternoon = called(cast, at, board, date(2014, 10, 2))
    assert [morning.slug, afternoon.slug] == ["2014-10-02", "2014-10-02-2"]


def test_a_meeting_outside_the_life_of_its_board_is_refused(cast: Any, at: datetime) -> None:
    board = a_board(cast, at, ends=date(2014, 12, 31))
    for on in (date(2012, 11, 21), date(2015, 1, 1)):
        with pytest.raises(ValidationError) as refusal:
            called(cast, at, board, on)
        assert "cannot meet on" in words_of(refusal)


def test_on_the_day_the_clocks_change_a_meeting_keeps_its_time(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    assert called(cast, at, board, date(2014, 3, 30)).starts_at == datetime(2014, 3, 30, 13, tzinfo=UTC)
    assert called(cast, at, board, date(2014, 10, 26)).starts_at == datetime(2014, 10, 26, 14, tzinfo=UTC)
    assert [clock_change(date(2014, *day)) for day in ((3, 30), (10, 26), (10, 27))] == [1, -1, 0]
    with pytest.raises(ValidationError) as refusal:
        called(cast, at, board, date(2014, 3, 30), time=time(1, 30))
    assert "The clocks go forward over this time" in words_of(refusal)


def test_a_meeting_that_ends_before_it_starts_is_refused(cast: Any, at: datetime) -> None:
    with pytest.raises(ValidationError) as refusal:
        called(cast, at, a_board(cast, at), date(2014, 10, 2), ends=time(13))
    assert refusal.value.message_dict == {"ends": ["It ends before it starts."]}


def test_a_moved_meeting_takes_its_deadlines_along(cast: Any, at: datetime) -> None:
    meeting = called(cast, at, a_board(cast, at), date(2014, 10, 2))
    where = {"time": time(10), "ends": time(12), "place": "Town Hall", "joining": "", "open_to_public": True}
    change_meeting(meeting=meeting, on=date(2014, 10, 9), by=cast.governance_officer, at=at, **where)
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.sequence) == ("2014-10-09", 1)
    assert meeting.papers_due == date(2014, 9, 25)
    change_meeting(meeting=meeting, on=date(2014, 10, 9), by=cast.governance_officer, at=at, **where)
    meeting.refresh_from_db()
    assert meeting.sequence == 1


def test_a_cancelled_meeting_says_why_and_cannot_be_changed(cast: Any, at: datetime) -> None:
    meeting = called(cast, at, a_board(cast, at), date(2014, 10, 2))
    with pytest.raises(ValidationError):
        cancel_meeting(meeting=meeting, reason=" ", by=cast.governance_officer, at=at)
    cancel_meeting(meeting=meeting, reason="No business.", by=cast.governance_officer, at=at)
    with pytest.raises(ValidationError) as refusal:
        cancel_meeting(meeting=meeting, reason="Again.", by=cast.governance_officer, at=at)
    assert "was cancelled: No business." in words_of(refusal)


def test_house_rules_are_values_and_are_kept_as_they_were_given(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    rule = QuorumRule(number=3, share=Fraction(1, 3), offices=("chair",))
    monthly = Recurrence(Every.MONTH, weekday=3, starts=date(2014, 1, 1), skip_months=frozenset({8}))
    set_house_rules(
        board=board,
        quorum=rule,
        recurrence=monthly,
        item_scheme="letter",
        by=cast.governance_officer,
        at=at,
    )
    board.refresh_from_db()
    assert quorum_of(board) == rule
    assert recurrence_of(board) == monthly
    assert scheme_of(board).subs == "letter"


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"decision_pattern": "CPCC {year}"}, "decision_pattern"),
        ({"item_scheme": "roman"}, "item_scheme"),
        ({"papers_days": 400}, "papers_days"),
        ({"recurrence": Recurrence(Every.MONTH, weekday=9, starts=BEGAN)}, "recurrence"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    cast: Any, at: datetime, rules: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        set_house_rules(board=a_board(cast, at), by=cast.governance_officer, at=at, **rules)
    assert list(refusal.value.message_dict) == [field]


def test_who_sat_when_is_kept(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    clerk = {"by": cast.governance_officer, "at": at}
    old = seat(board=board, role="member", name="Anna Reed", initials="AR", starts=BEGAN, **clerk)
    replace_seat(old=old, starts=date(2014, 4, 1), name="Anil Rao", initials="ARa", **clerk)
    assert [(s.name, s.starts, s.ends) for s in board.seats.all()] == [
        ("Anna Reed", BEGAN, date(2014, 3, 31)),
        ("Anil Rao", date(2014, 4, 1), None),
    ]
    with pytest.raises(ValidationError) as refusal:
        end_seat(seat=old, ends=date(2014, 5, 1), **clerk)
    assert "Make a new one" in words_of(refusal)


def test_two_people_with_the_same_initials_are_told_apart(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    clerk = {"role": "member", "starts": BEGAN, "by": cast.governance_officer, "at": at}
    seat(board=board, name="Sean McKay", initials="SM", **clerk)
    with pytest.raises(ValidationError) as refusal:
        seat(board=board, name="Sara Moss", initials="SM", **clerk)
    assert "Sean McKay has these initials" in words_of(refusal)


def test_nobody_of_another_body_sits_or_decides_here(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    theirs = cast.other_body.offices.get(role=Role.COMMISSIONER)
    clerk = {"by": cast.governance_officer, "at": at}
    with pytest.raises(ValidationError) as refusal:
        seat(
            board=board,
            role="member",
            name="W",
            initials="W",
            office=theirs,
            user=cast.stranger,
            starts=BEGAN,
            **clerk,
        )
    assert set(refusal.value.message_dict) == {"office", "user"}
    with pytest.raises(ValidationError):
        a_board(cast, at, short="Other", decider=theirs)


def test_only_those_who_manage_meetings_call_them(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    for who in (cast.analyst, cast.stranger, cast.resident, cast.administrator):
        with pytest.raises(NotAllowed):
            hold_meeting_on(board=board, on=date(2014, 10, 2), by=who, at=at)


def test_terms_of_reference_are_kept_edition_by_edition(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    clerk = {"board": board, "by": cast.governance_officer, "at": at}
    text = a_text("Terms of reference", "The Board advises.", "Set up in 2012.")
    set_terms(from_day=BEGAN, text=text, adopted="BCB, 22 November 2012", **clerk)
    with pytest.raises(ValidationError):
        set_terms(from_day=BEGAN, text=text, **clerk)
    set_terms(from_day=date(2014, 1, 1), text=text, **clerk)
    assert [terms.from_day.year for terms in board.terms.all()] == [2014, 2012]


def test_standing_items_change_only_agendas_to_come(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    meeting = called(cast, at, board, date(2014, 9, 4))
    set_standing(board=board, standing=[("questions", "Questions", False)], by=cast.governance_officer, at=at)
    assert meeting.items.count() == 7
    later = called(cast, at, board, date(2014, 10, 2))
    assert [item.kind for item in later.items.all()] == ["questions", "minutes"]


def test_a_board_cannot_end_while_it_still_meets(cast: Any, at: datetime) -> None:
    board = a_board(cast, at)
    called(cast, at, board, date(2014, 10, 2))
    with pytest.raises(ValidationError) as refusal:
        rename_board(
            board=board,
            name=board.name,
            listed=True,
            ends=date(2014, 9, 30),
            decider=None,
            by=cast.governance_officer,
            at=at,
        )
    assert "It still meets on 2 October 2014" in words_of(refusal)


def test_a_board_never_takes_the_address_of_a_page(cast: Any, at: datetime) -> None:
    assert a_board(cast, at, short="New").slug == "new-2"
