"""The pages of minutes: taken without a script, read by whom, sent on by named steps."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from goldthread.audit.models import Event
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.models import (
    Arising,
    Attendance,
    Effect,
    How,
    Interest,
    KeptMinute,
    Minute,
    Minutes,
    MinutesStage,
)
from goldthread.meetings.taking import Desk
from goldthread.people.models import User
from tests.meetings.story import SENTINEL

pytestmark = pytest.mark.django_db

HOME = "/desk/boards/bcb/2014-10-02/minutes/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str = "", status: int = 200, **more: Any) -> str:
    answer = client.get(HOME + path, **more)
    assert answer.status_code == status
    return answer.content.decode() if status == 200 else ""


@pytest.mark.slow
def test_an_officer_begins_the_minutes_and_goes_straight_to_taking_them(minuted: Any) -> None:
    """Reason for slow: the first page loads its templates."""
    assert minuted.item.pk
    client = as_(minuted.clerk)
    assert "Begin the minutes" in page(client)
    answer = client.post(f"{HOME}begin/", follow=True)
    assert answer.status_code == 200
    assert Minutes.objects.count() == 1
    words = answer.content.decode()
    assert "Delivery of the Plan" in words
    assert "Not started" in words


@pytest.mark.slow
def test_minutes_are_taken_without_a_script(minuted: Any) -> None:
    """Reason for slow: it goes through several pages."""
    assert minuted.minutes.pk
    client = as_(minuted.clerk)
    path = f"{HOME}live/{minuted.item.pk}/"
    given = {"words": "Noted.\r\nACTION: ZZ to write.", "base": ""}
    answer = client.post(path, given, follow=True)
    words = answer.content.decode()
    assert "Saved." in words
    assert "Who is ZZ? Not on the attendance list." in words
    anchor = Minute.objects.get().form["content"][1]["attrs"]["key"]
    seat = minuted.boards.board.seats.get(initials="CW")
    taken = {"anchor": anchor, "owners": seat.pk, "due": "2014-10-30"}
    assert "Action 2014/01" in client.post(f"{path}take/", taken, follow=True).content.decode()
    action = Arising.objects.get()
    assert list(action.owners.all()) == [seat]
    assert str(action.due) == "2014-10-30"
    again = client.post(f"{path}take/", taken, follow=True)
    assert again.status_code == 200
    assert Arising.objects.count() == 1


@pytest.mark.slow
def test_a_second_save_on_old_words_leads_to_both_texts(minuted: Any) -> None:
    """Reason for slow: several people open several pages."""
    minuted.write("Theirs stands here.")
    client = as_(minuted.cast.chief_executive)
    answer = client.post(
        f"{HOME}live/{minuted.item.pk}/", {"words": "Mine stands here.", "base": ""}, follow=True
    )
    words = answer.content.decode()
    assert "Two people minuted this item" in words
    assert "Peter Lode" in words
    kept = KeptMinute.objects.get()
    assert "Dorothy Kett and somebody else" in page(as_(minuted.clerk))
    page(as_(minuted.cast.analyst), f"kept/{kept.pk}/", 403)
    seal = Minute.objects.get().seal
    path = f"{HOME}kept/{kept.pk}/"
    client.post(path, {"outcome": "mine", "base": seal})
    assert Minute.objects.get().form["content"][0]["content"][0]["text"] == "Mine stands here."
    assert client.get(path).status_code == 302


def test_what_was_typed_is_shown_again_where_it_could_not_be_saved(minuted: Any) -> None:
    assert minuted.minutes.pk
    long = "word " * 60_000
    answer = as_(minuted.clerk).post(f"{HOME}live/{minuted.item.pk}/", {"words": long, "base": ""})
    assert answer.status_code == 400
    words = answer.content.decode()
    assert "too long for one item" in words
    assert long.strip() in words


@pytest.mark.slow
def test_a_script_is_answered_in_json(minuted: Any) -> None:
    """Reason for slow: it saves several times over."""
    minuted.write("Before.")
    client, path = as_(minuted.clerk), f"{HOME}live/{minuted.item.pk}/"
    json = {"headers": {"Accept": "application/json"}}
    seal = Minute.objects.get().seal
    told = client.post(path, {"words": "After.", "base": seal}, **json).json()
    assert told["seal"] == Minute.objects.get().seal
    assert told["state_words"] == "Minuted"
    refused = client.post(path, {"words": "Mine.", "base": seal}, **json)
    assert refused.status_code == 409
    assert refused.json()["by"] == "Peter Lode"
    assert client.get(f"{path}words/").json()["words"] == "After."
    state = client.get(f"{HOME}live/state/").json()
    assert state["items"][str(minuted.item.pk)]["by"] == "Peter Lode"
    KeptMinute.objects.all().delete()
    minuted.approved()
    fixed = client.post(path, {"words": "Late.", "base": told["seal"]}, **json)
    assert fixed.status_code == 400
    assert "words are fixed" in fixed.json()["message"]


def test_an_old_page_does_not_lift_an_exemption_that_somebody_else_set(minuted: Any) -> None:
    minuted.write("Before.", exempt=True)
    path = f"{HOME}live/{minuted.item.pk}/"
    given = {"words": "After.", "base": Minute.objects.get().seal, "was_exempt": ""}
    as_(minuted.clerk).post(path, given)
    assert Minute.objects.get().exempt
    as_(minuted.clerk).post(path, {**given, "base": Minute.objects.get().seal, "was_exempt": "on"})
    assert not Minute.objects.get().exempt


def test_people_are_noted_from_the_page(minuted: Any) -> None:
    minuted.minutes.meeting.attendance.all().delete()
    client, path = as_(minuted.clerk), f"{HOME}live/{minuted.item.pk}/people/"
    seat = minuted.boards.board.seats.get(initials="SH")
    client.post(path, {"seat": seat.pk, "how": "here"})
    client.post(path, {"seat": seat.pk, "how": "left"})
    row = Attendance.objects.get()
    assert (row.how, row.to_item) == (How.PRESENT, minuted.item)
    other = minuted.boards.board.seats.get(initials="CW")
    client.post(path, {"seat": other.pk, "how": "apologies"})
    assert Attendance.objects.get(seat=other).how == How.APOLOGIES
    assert client.post(path, {"how": "nothing"}).status_code == 302


@pytest.mark.slow
def test_the_steps_lead_from_draft_to_the_public(minuted: Any) -> None:
    """Reason for slow: every step is taken as a person would, page by page."""
    minuted.whole()
    assert minuted.next_meeting.pk
    client = as_(minuted.clerk)
    assert "Draft, not yet circulated" in page(client)
    page(client, "circulate/")
    client.post(f"{HOME}circulate/", {"to": "Frances Merrow\nPeter Lode\nPeter Lode", "note": ""})
    version = Minutes.objects.get().versions.get()
    assert version.sent_to == ["Frances Merrow", "Peter Lode"]
    minuted.write("The Chief Constable presented the paper to four members.")
    assert "The words have changed since they went round." in page(client)
    assert "four members" in page(client, "amend/")
    client.post(f"{HOME}amend/", {"note": "“four members” added."})
    assert "<ins>" in page(client, "versions/2/?with=1")
    answer = client.post(f"{HOME}approve/", {"at_meeting": minuted.next_meeting.pk, "words": ""}, follow=True)
    assert "Approved as a correct record on 6 November 2014" in answer.content.decode()
    published = page(client, "publish/")
    assert SENTINEL not in published
    client.post(f"{HOME}publish/")
    assert Minutes.objects.get().stage == MinutesStage.PUBLISHED
    page(client, "nothing/", 404)


def test_a_refused_step_says_why_beside_its_question(minuted: Any) -> None:
    minuted.circulated()
    earlier = minuted.boards.meeting(minuted.meeting.on.replace(month=9), stage="held")
    Minutes.objects.create(meeting=earlier, made_at=minuted.at)
    assert minuted.next_meeting.pk
    client = as_(minuted.clerk)
    assert "are approved first" in page(client)
    answer = client.post(f"{HOME}approve/", {"at_meeting": minuted.next_meeting.pk, "words": "A word."})
    words = answer.content.decode()
    assert "The earlier minutes, of 2 September 2014, are not approved yet." in words
    assert "A word." in words


@pytest.mark.slow
def test_members_read_what_went_round_without_exempt_business(minuted: Any) -> None:
    """Reason for slow: every page is opened by everybody."""
    attendance = minuted.meeting.attendance.get(initials="CW")
    Interest.objects.create(
        meeting=minuted.meeting,
        attendance=attendance,
        item=minuted.secret,
        nature=f"{SENTINEL} nature",
        effect=Effect.LEFT,
    )
    minuted.whole()
    member = as_(minuted.cast.analyst)
    assert "Not circulated yet" in page(member)
    page(member, "as.pdf", 404)
    minuted.circulated()
    for path in ("", "versions/1/"):
        words = page(member, path)
        assert "The Chief Constable presented the paper." in words
        assert SENTINEL not in words
    assert SENTINEL.encode() not in member.get(f"{HOME}as.docx").content
    for path in ("live/", "circulate/", f"live/{minuted.item.pk}/words/"):
        page(member, path, 403)
    for reader in (minuted.cast.stranger, minuted.cast.resident):
        page(as_(reader), "", 404)


def test_a_partner_reads_nothing_before_publication(minuted: Any) -> None:
    minuted.circulated()
    partner = as_(minuted.cast.administrator)
    assert "The Chief Constable presented" not in page(partner)
    page(partner, "versions/1/", 404)


@pytest.mark.slow
def test_the_minutes_are_a_file(minuted: Any) -> None:
    """Reason for slow: a PDF is set."""
    minuted.whole()
    client = as_(minuted.clerk)
    assert client.get(f"{HOME}as.pdf").content.startswith(b"%PDF")
    assert client.get(f"{HOME}as.docx").content.startswith(b"PK")
    document = zipfile.ZipFile(io.BytesIO(client.get(f"{HOME}as.docx").content)).read("word/document.xml")
    assert b"Not for publication" in document
    assert b"Draft, not yet circulated" in document
    page(client, "as.exe", 404)


def test_reading_exempt_minutes_is_an_event_and_their_title_is_not_told_to_others(minuted: Any) -> None:
    minuted.whole()
    page(as_(minuted.cast.chief_executive), f"live/{minuted.item.pk}/")
    assert Event.objects.filter(verb="read exempt business").count() == 1
    page(as_(minuted.cast.chief_executive))
    assert Event.objects.filter(verb="read exempt business").count() == 2


@pytest.mark.slow
def test_minutes_cost_few_queries(minuted: Any, django_assert_max_num_queries: Any) -> None:
    """Reason for slow: twenty items are written."""
    minuted.whole()
    for number in range(11, 31):
        item = minuted.boards.item(minuted.meeting, f"Item {number}", number=f"{number}.0")
        minuted.write("Said.\nACTION: DK to write.", item=item)
    client = as_(minuted.clerk)
    with django_assert_max_num_queries(45):
        page(client, f"live/{minuted.item.pk}/")


def test_earlier_minutes_and_open_actions_are_beside_their_items(minuted: Any) -> None:
    minuted.circulated()
    action = Arising.objects.create(
        board=minuted.boards.board,
        meeting=minuted.meeting,
        number="2014/01",
        words="Write to partners.",
        made_at=minuted.at,
    )
    hidden = Arising.objects.create(
        board=minuted.boards.board,
        meeting=minuted.meeting,
        number="2014/02",
        words="Kept.",
        exempt=True,
        made_at=minuted.at,
    )
    meeting = minuted.next_meeting
    earlier = minuted.boards.item(meeting, "Minutes", kind="minutes")
    log = minuted.boards.item(meeting, "Actions", kind="actions")
    minutes = Minutes.objects.create(meeting=meeting, made_at=minuted.at)
    full = Desk(minutes, Audience.FULL)
    sheet = full.sheet(earlier)
    assert sheet.approving == (minuted.minutes,)
    assert sheet.resolutions[0].words.startswith("The minutes of the meeting of 2 October 2014 were approved")
    assert full.sheet(log).log == (action, hidden)
    assert Desk(minutes, Audience.MEMBERS).sheet(log).log == (action,)
    assert "Record the approval of the minutes of 2 October 2014" in (
        as_(minuted.clerk).get("/desk/boards/bcb/2014-11-06/minutes/live/").content.decode()
    )
