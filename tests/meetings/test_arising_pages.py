"""The pages of the action log."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.meetings.actions.arising import close_action
from goldthread.meetings.models import ActionState, Arising
from goldthread.meetings.owed import owed_by
from tests.meetings.story import NOVEMBER, SENTINEL
from tests.meetings.test_arising import take
from tests.meetings.test_minutes_pages import as_

pytestmark = pytest.mark.django_db

LOG = "/desk/boards/bcb/actions/"


def test_the_log_shows_what_is_open_overdue_and_closed(minuted: Any) -> None:
    client = as_(minuted.clerk)
    minuted.meeting.board.actions.all()
    assert "No actions yet" in client.get(LOG).content.decode()
    take(minuted, "Overdue thing.", due=date(2014, 10, 30))
    closed = take(minuted, "Closed thing.")
    close_action(action=closed, on=NOVEMBER, words="Done.", by=minuted.clerk, at=minuted.at)
    words = client.get(LOG).content.decode()
    assert "Overdue thing." in words
    assert "nobody yet" in words
    assert "Closed thing." not in words
    assert "Closed thing." in client.get(f"{LOG}?which=closed").content.decode()
    assert "Overdue thing." in client.get(f"{LOG}?which=overdue").content.decode()


def test_an_exempt_action_is_neither_shown_nor_counted_to_others(minuted: Any) -> None:
    seat = minuted.boards.board.seats.get(initials="CW")
    action = take(minuted, SENTINEL, item=minuted.secret, owners=[seat])
    take(minuted, "Open thing.")
    member = as_(minuted.cast.analyst)
    words = member.get(LOG).content.decode()
    assert SENTINEL not in words
    assert "Open (1)" in words
    assert SENTINEL not in member.get("/desk/boards/bcb/actions.csv").content.decode()
    assert member.get(action.get_absolute_url()).status_code == 404
    assert SENTINEL in as_(seat.user).get(action.get_absolute_url()).content.decode()
    assert SENTINEL in as_(minuted.clerk).get("/desk/boards/bcb/actions.csv").content.decode()


def test_an_owner_is_told_and_reports_it_done(minuted: Any) -> None:
    seat = minuted.boards.board.seats.get(initials="CW")
    action = take(minuted, owners=[seat], due=date(2014, 10, 30))
    (need,) = owed_by(seat.user, minuted.at.date())
    assert (need.title, need.href, need.tone) == (
        "Action 2014/01 of the BCB",
        action.get_absolute_url(),
        "bad",
    )
    client = as_(seat.user)
    given = {"deed": "report", "report-words": "It is sent.", "report-done": "on"}
    assert "It is sent." in client.post(need.href, given, follow=True).content.decode()
    action.refresh_from_db()
    assert action.state == ActionState.DONE
    client.post(need.href, {"deed": "close", "close-words": "Closed."})
    action.refresh_from_db()
    assert action.state == ActionState.DONE


def test_a_change_is_shown_with_from_and_to(minuted: Any) -> None:
    action = take(minuted, due=date(2014, 10, 30))
    client = as_(minuted.clerk)
    given = {
        "deed": "change",
        "change-words": action.words,
        "change-owner_words": "",
        "change-due_day": "30",
        "change-due_month": "11",
        "change-due_year": "2014",
        "change-why": "",
    }
    missing = client.post(action.get_absolute_url(), given).content.decode()
    assert "Why is it changed?" in missing
    words = client.post(
        action.get_absolute_url(), {**given, "change-why": "Partners asked."}, follow=True
    ).content.decode()
    assert "<del>30 October 2014</del>" in words
    assert "<ins>30 November 2014</ins>" in words
    action.refresh_from_db()
    assert action.due == date(2014, 11, 30)


def test_an_officer_closes_opens_again_and_marks(minuted: Any) -> None:
    action = take(minuted)
    client = as_(minuted.clerk)
    day = {"close-on_day": "6", "close-on_month": "11", "close-on_year": "2014", "close-words": "Sent."}
    client.post(action.get_absolute_url(), {"deed": "close", **day})
    action.refresh_from_db()
    assert (action.state, action.closed_on) == (ActionState.CLOSED, NOVEMBER)
    client.post(action.get_absolute_url(), {"deed": "reopen", "reopen-why": "A letter came back."})
    client.post(action.get_absolute_url(), {"deed": "mark"})
    action.refresh_from_db()
    assert (action.state, action.exempt) == (ActionState.OPEN, True)


def test_an_action_without_a_line_is_added(minuted: Any) -> None:
    client = as_(minuted.clerk)
    given = {"meeting": minuted.meeting.pk, "item": minuted.item.pk, "words": "Look into it."}
    answer = client.post(f"{LOG}new/", given, follow=True)
    assert "Taken as action 2014/01." in answer.content.decode()
    twice = client.post(f"{LOG}new/", given)
    assert "in the log already" in twice.content.decode()
    assert Arising.objects.count() == 1
    assert as_(minuted.cast.analyst).get(f"{LOG}new/").status_code == 403


def test_the_draft_of_a_held_meeting_waits_for_its_keeper(minuted: Any) -> None:
    assert minuted.minutes.pk
    assert [need.status for need in owed_by(minuted.clerk, minuted.at.date())] == ["draft"]
    minuted.write("Theirs.")
    minuted.write("Mine.", base="")
    assert [need.tone for need in owed_by(minuted.clerk, minuted.at.date())] == ["bad", "calm"]
    assert owed_by(minuted.cast.analyst, minuted.at.date()) == ()
