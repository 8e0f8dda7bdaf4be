"""What a meeting asks of whoever manages it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from goldthread.meetings.coming import coming_needs
from goldthread.meetings.house_rules import notice_deadline
from goldthread.meetings.models import MeetingStage


def titles(user: Any, on: date) -> list[str]:
    return [need.title for need in coming_needs(user, on)]


def test_an_agenda_is_asked_for_two_weeks_before_its_notice_ends(boards: Any, cast: Any) -> None:
    meeting = boards.meeting(stage=MeetingStage.PLANNED)
    last = notice_deadline(meeting.board, meeting.on).on
    keeper = cast.governance_officer
    assert titles(keeper, last - timedelta(days=15)) == []
    assert titles(keeper, last - timedelta(days=14)) == [f"Publish the agenda of {meeting}"]
    assert [need.tone for need in coming_needs(keeper, last)] == ["warn"]
    assert [need.tone for need in coming_needs(keeper, last + timedelta(days=1))] == ["bad"]
    assert titles(cast.chief_constable, last) == []


def test_a_meeting_whose_day_has_passed_is_to_be_noted_as_held(boards: Any, cast: Any) -> None:
    meeting = boards.meeting(stage=MeetingStage.PUBLISHED)
    keeper = cast.governance_officer
    assert titles(keeper, meeting.on) == []
    assert titles(keeper, meeting.on + timedelta(days=1)) == [f"Note that {meeting} was held"]
    meeting.stage = MeetingStage.HELD
    meeting.save(update_fields=["stage"])
    assert titles(keeper, meeting.on + timedelta(days=1)) == []
