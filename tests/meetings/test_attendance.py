"""Who came, for which items, in whose place; quorum in a sentence; interests and what followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.meetings.actions.attendance import (
    declare_interest,
    forget_attendance,
    note_attendance,
    withdraw_interest,
)
from goldthread.meetings.attending import quorum_for
from goldthread.meetings.models import Meeting, Seat
from goldthread.people.actions import NotAllowed


class Room:
    """The October meeting with three items; the board's quorum is two of its three members."""

    def __init__(self, boards: Any, at: datetime) -> None:
        self.clerk = {"by": boards.cast.governance_officer, "at": at}
        self.meeting: Meeting = boards.meeting()
        self.items = [boards.item(self.meeting, title) for title in ("Plan", "Budget", "Estate")]
        seats = list(boards.board.seats.all())
        self.chair, self.chief, self.member, self.adviser = seats[:4]

    def note(self, seat: Seat, how: str = "present", **more: Any) -> Any:
        return note_attendance(meeting=self.meeting, seat=seat, how=how, **(self.clerk | more))


@pytest.fixture
def room(boards: Any, at: datetime) -> Room:
    return Room(boards, at)


def test_a_quorum_is_told_in_a_sentence_as_people_are_noted(room: Room) -> None:
    assert quorum_for(room.meeting).words == (
        "0 of 3 members are present; the quorum is 2: there is no quorum."
    )
    room.note(room.chair)
    room.note(room.adviser)
    assert not quorum_for(room.meeting).met
    room.note(room.member)
    answer = quorum_for(room.meeting)
    assert (answer.met, answer.without) == (True, ())
    assert answer.words == "2 of 3 members are present; the quorum is 2: there is a quorum."


def test_a_board_without_a_rule_says_so(room: Room) -> None:
    room.meeting.board.quorum = {}
    assert quorum_for(room.meeting).met is None


def test_who_leaves_early_takes_the_quorum_along(room: Room) -> None:
    room.note(room.chair)
    room.note(room.member, to_item=room.items[1])
    assert quorum_for(room.meeting).without == (room.items[2],)


def test_a_substitute_counts_for_the_member_and_only_with_one(room: Room) -> None:
    room.note(room.chair)
    room.note(room.chief, "apologies")
    with pytest.raises(ValidationError):
        note_attendance(meeting=room.meeting, name="Ruth Denver", how="substitute", **room.clerk)
    row = note_attendance(
        meeting=room.meeting, name="Ruth Denver", how="substitute", in_place_of=room.chief, **room.clerk
    )
    assert row.initials == "RD"
    assert quorum_for(room.meeting).met
    with pytest.raises(ValidationError):
        note_attendance(
            meeting=room.meeting, name="Another", how="substitute", in_place_of=room.chair, **room.clerk
        )


def test_noting_somebody_again_replaces_what_was_noted(room: Room) -> None:
    room.note(room.chair)
    room.note(room.chair, "apologies")
    assert [row.how for row in room.meeting.attendance.all()] == ["apologies"]


def test_part_attendance_runs_forward_and_within_this_agenda(room: Room, boards: Any) -> None:
    with pytest.raises(ValidationError):
        room.note(room.chair, from_item=room.items[2], to_item=room.items[0])
    with pytest.raises(ValidationError):
        room.note(room.chair, "absent", from_item=room.items[0])
    other = boards.item(boards.meeting(date(2014, 11, 6)), "Other")
    with pytest.raises(ValidationError):
        room.note(room.chair, from_item=other)


def test_nobody_sits_who_did_not_on_that_day(room: Room) -> None:
    room.member.ends = date(2014, 9, 1)
    room.member.save()
    with pytest.raises(ValidationError) as refusal:
        room.note(room.member)
    assert "did not sit on this board on 2 October 2014" in refusal.value.messages[0]


def test_an_interest_that_sends_somebody_out_counts_against_the_quorum(room: Room) -> None:
    room.note(room.chair)
    row = room.note(room.member)
    with pytest.raises(ValidationError):
        declare_interest(attendance=row, nature="Owns land there.", effect="left", **room.clerk)
    interest = declare_interest(
        attendance=row, item=room.items[2], nature="Owns land there.", effect="left", **room.clerk
    )
    assert quorum_for(room.meeting).without == (room.items[2],)
    with pytest.raises(ValidationError):
        forget_attendance(attendance=row, **room.clerk)
    with pytest.raises(ValidationError):
        room.note(room.member, "absent")
    withdraw_interest(interest=interest, **room.clerk)
    forget_attendance(attendance=row, **room.clerk)
    assert room.meeting.attendance.count() == 1


def test_only_those_who_manage_meetings_note_who_came(room: Room, boards: Any, at: datetime) -> None:
    for who in (boards.cast.analyst, boards.cast.stranger):
        with pytest.raises(NotAllowed):
            note_attendance(meeting=room.meeting, seat=room.chair, how="present", by=who, at=at)


@pytest.mark.parametrize("office", ["chair", "Police and Crime Commissioner"])
def test_an_office_that_must_be_there_is_found_by_chair_or_title(room: Room, office: str) -> None:
    room.meeting.board.quorum = {"number": 1, "offices": [office]}
    room.note(room.member)
    assert quorum_for(room.meeting).words.endswith(
        f"the {office} must be there and is not: there is no quorum."
    )
    room.note(room.chair)
    assert quorum_for(room.meeting).met
