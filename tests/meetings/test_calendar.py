"""Calendars: what phones are told, and what they are never told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from goldthread.meetings.actions.boards import cancel_meeting, change_meeting
from goldthread.meetings.calendar import address_for, calendar_of
from goldthread.meetings.models import Meeting, MeetingStage
from tests.meetings.story import SENTINEL


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_public_sees_published_meetings_and_nothing_else(boards: Any, client: Client) -> None:
    published = boards.meeting(stage=MeetingStage.PUBLISHED)
    published.joining = "https://join.example/secret"
    published.save()
    boards.item(published, f"{SENTINEL} tender", marking="exempt")
    boards.meeting(date(2014, 11, 6))
    response = client.get(f"/boards/{boards.board.slug}/meetings.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response.content)
    assert event["summary"] == "Business Coordination Board"
    assert event.decoded("dtstart") == published.starts_at
    assert SENTINEL.encode() not in response.content
    assert b"secret" not in response.content


def test_a_board_that_is_not_listed_has_no_public_calendar(boards: Any, client: Client) -> None:
    boards.board.listed = False
    boards.board.save()
    assert client.get(f"/boards/{boards.board.slug}/meetings.ics").status_code == 404


def test_lines_are_folded_escaped_and_end_as_the_standard_says(boards: Any) -> None:
    meeting = boards.meeting(stage=MeetingStage.PUBLISHED)
    meeting.place = "Room 1, first floor; ask at the desk\\porter, " + ", ".join(["Straße"] * 20)
    content = calendar_of([meeting], "Board")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert b"Room 1\\, first floor\\; ask at the desk\\\\porter" in content.replace(b"\r\n ", b"")
    assert events(content)[0]["location"] == meeting.place


def test_a_change_keeps_the_uid_and_raises_the_sequence(boards: Any, at: datetime) -> None:
    meeting: Meeting = boards.meeting(stage=MeetingStage.PUBLISHED)
    clerk = {"by": boards.cast.governance_officer, "at": at}
    (before,) = events(calendar_of([meeting], "Board"))
    where = {"ends": None, "place": "Town Hall", "joining": "", "open_to_public": False}
    change_meeting(meeting=meeting, on=date(2014, 10, 3), time=time(10), **where, **clerk)
    (after,) = events(calendar_of([meeting], "Board"))
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    cancel_meeting(meeting=meeting, reason="Flood.", **clerk)
    (ended,) = events(calendar_of([meeting], "Board"))
    assert (ended["status"], ended["sequence"]) == ("CANCELLED", 2)
    assert ended["description"] == "Cancelled: Flood."


@pytest.mark.parametrize("on", [date(2014, 3, 30), date(2014, 10, 26)])
def test_hours_are_right_on_both_sides_of_a_clock_change(boards: Any, on: date) -> None:
    meeting = boards.meeting(on, stage=MeetingStage.PUBLISHED)
    content = calendar_of([meeting], "Board")
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert event["dtstart"].params["TZID"] == zone["tzid"] == "Europe/London"
    naive = event.decoded("dtstart").replace(tzinfo=None)
    in_zone = naive.replace(tzinfo=zone.to_tz(lookup_tzid=False))
    assert in_zone.astimezone(UTC) == meeting.starts_at


def test_the_hour_that_comes_twice_is_told_in_universal_time(boards: Any) -> None:
    meeting = boards.meeting(date(2014, 10, 26))
    for hour in (0, 1):
        meeting.starts_at = datetime(2014, 10, 26, hour, 30, tzinfo=UTC)
        (event,) = events(calendar_of([meeting], "Board"))
        assert event.decoded("dtstart") == meeting.starts_at
    assert event["dtstart"].params.get("TZID") is None


def test_a_member_has_a_calendar_of_their_own_without_signing_in(boards: Any, client: Client) -> None:
    meeting = boards.meeting(date(2014, 11, 6))
    meeting.joining = "https://join.example/room"
    meeting.save()
    chair = boards.cast.commissioner
    (event,) = events(client.get(address_for(chair)).content)
    assert event["status"] == "TENTATIVE"
    assert "To join: https://join.example/room" in event["description"]
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)


def test_an_address_that_was_altered_or_outlived_opens_nothing(boards: Any, client: Client) -> None:
    boards.meeting()
    chair = boards.cast.commissioner
    address = address_for(chair)
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    assert client.get(address_for(boards.cast.resident)).status_code == 404
    chair.set_password("a new one that nobody knows")
    chair.save()
    assert client.get(address).status_code == 404
    assert client.get(address_for(chair)).status_code == 200
    chair.is_active = False
    chair.save()
    assert client.get(address_for(chair)).status_code == 404
