"""Minutes: written by two at once, sent round, amended, approved in order, published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.audit.models import Event
from goldthread.core.governance.exemption import Audience
from goldthread.core.text import words_of
from goldthread.meetings.actions.minutes import (
    amend,
    approve_minutes,
    begin_minutes,
    circulate,
    publish_minutes,
    write_minute,
)
from goldthread.meetings.actions.minuting import Conflict, Saved, settle_minute
from goldthread.meetings.minutes_text import (
    labels_of,
    living_text,
    minutes_text,
    minutes_to_approve,
    public_minutes,
    version_text,
)
from goldthread.meetings.models import (
    Effect,
    Interest,
    KeptMinute,
    MeetingStage,
    Minute,
    Minutes,
    MinutesStage,
    MinutesVersion,
)
from goldthread.meetings.taking import Desk
from goldthread.people.actions import NotAllowed
from tests.meetings.story import SENTINEL

pytestmark = pytest.mark.django_db


def said(text: Any) -> str:
    """Every word of a text."""
    words = [text.title]
    for _, section in text.walk():
        words += [section.title, *(words_of(block) for block in section.blocks)]
    return "\n".join(words)


def test_minutes_are_begun_once_and_only_for_a_meeting_that_people_were_called_to(minuted: Any) -> None:
    again = begin_minutes(meeting=minuted.meeting, by=minuted.clerk, at=minuted.at)
    assert again == minuted.minutes == begin_minutes(meeting=minuted.meeting, by=minuted.clerk, at=minuted.at)
    assert Event.objects.filter(verb="began minutes").count() == 1
    for stage in (MeetingStage.CANCELLED, MeetingStage.PLANNED):
        other = minuted.boards.meeting(date(2015, 1, 5), stage=stage)
        with pytest.raises(ValidationError):
            begin_minutes(meeting=other, by=minuted.clerk, at=minuted.at)
        other.delete()


def test_only_those_who_manage_meetings_minute_them(minuted: Any) -> None:
    with pytest.raises(NotAllowed):
        minuted.write(by=minuted.cast.analyst)


def test_the_minute_of_an_item_of_another_meeting_is_refused(minuted: Any) -> None:
    other = minuted.boards.item(minuted.next_meeting, "Other business")
    with pytest.raises(ValidationError, match="another meeting"):
        minuted.write(item=other)


def test_saving_the_same_words_again_changes_nothing(minuted: Any) -> None:
    first = minuted.write()
    events = Event.objects.count()
    again = minuted.write(base="")
    assert isinstance(again, Saved)
    assert again.minute == first.minute
    assert Event.objects.count() == events


def test_two_who_write_at_once_keep_both_texts(minuted: Any) -> None:
    minuted.write("The Board noted it.")
    stale = ""
    result = minuted.write("The Board welcomed it.", base=stale, by=minuted.cast.chief_executive)
    assert isinstance(result, Conflict)
    assert result.theirs.changed_by == "Peter Lode"
    assert Minute.objects.get().form["content"][0]["content"][0]["text"] == "The Board noted it."
    with pytest.raises(ValidationError, match=r"8\.0"):
        circulate(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)

    settled = settle_minute(
        kept=result.mine,
        outcome="both",
        base=result.theirs.seal,
        by=minuted.cast.chief_executive,
        at=minuted.at,
    )
    assert isinstance(settled, Saved)
    words = said(living_text(minuted.minutes, Audience.FULL))
    assert "The Board noted it.\nThe Board welcomed it." in words
    with pytest.raises(ValidationError, match="already"):
        settle_minute(kept=result.mine, outcome="mine", base="", by=minuted.clerk, at=minuted.at)


def test_mine_over_theirs_keeps_theirs(minuted: Any) -> None:
    minuted.write("Theirs.")
    result = minuted.write("Mine.", base="")
    settle_minute(kept=result.mine, outcome="mine", base=result.theirs.seal, by=minuted.clerk, at=minuted.at)
    assert "Mine." in said(living_text(minuted.minutes, Audience.FULL))
    assert KeptMinute.objects.get().form["content"][0]["content"][0]["text"] == "Theirs."


def test_settling_against_words_that_moved_on_is_a_conflict_again(minuted: Any) -> None:
    minuted.write("Theirs.")
    result = minuted.write("Mine.", base="")
    minuted.write("Theirs, later.")
    again = settle_minute(
        kept=result.mine, outcome="mine", base=result.theirs.seal, by=minuted.clerk, at=minuted.at
    )
    assert isinstance(again, Conflict)


def test_a_form_from_another_hand_is_read_as_a_minute(minuted: Any) -> None:
    node = {"type": "paragraph", "content": [{"type": "text", "text": "ACTION: DK to write."}]}
    form = {"title": "x", "content": [node, {"type": "script"}]}
    result = write_minute(
        minutes=minuted.minutes, item=minuted.item, form=form, base="", by=minuted.clerk, at=minuted.at
    )
    assert isinstance(result, Saved)
    assert [problem.message for problem in result.problems]
    assert result.minute.form["title"] == "Delivery of the Plan"
    assert result.minute.form["content"][0]["type"] == "action"


@pytest.mark.slow
def test_a_minute_may_be_very_long_but_not_endless(minuted: Any) -> None:
    """Reason for slow: two thousand lines are written."""
    minuted.write("\n".join(f"Line {n} of what was said." for n in range(2_000)))
    with pytest.raises(ValidationError, match="too long"):
        minuted.write("word " * 60_000)


def test_circulating_fixes_the_text_and_says_who_it_went_to(minuted: Any) -> None:
    version = minuted.circulated()
    assert (version.number, version.stage) == (1, MinutesStage.CIRCULATED)
    assert {"Frances Merrow", "Peter Lode"} <= set(version.sent_to)
    with pytest.raises(ValidationError, match="circulated for comment"):
        circulate(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesVersion.objects.filter(pk=version.pk).update(note="otherwise")


def test_nothing_goes_round_before_the_meeting_or_without_words(minuted: Any) -> None:
    with pytest.raises(ValidationError, match="Nothing is minuted"):
        circulate(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)
    minuted.write()
    minuted.meeting.stage = MeetingStage.PUBLISHED
    minuted.meeting.save()
    with pytest.raises(ValidationError, match="was held"):
        circulate(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)


def test_an_amendment_keeps_both_texts(minuted: Any) -> None:
    first = minuted.circulated()
    with pytest.raises(ValidationError, match="Nothing has changed"):
        amend(minutes=minuted.minutes, note="Typing.", by=minuted.clerk, at=minuted.at)
    minuted.write("The Chief Constable presented the amended paper.")
    with pytest.raises(ValidationError, match="why"):
        amend(minutes=minuted.minutes, note=" ", by=minuted.clerk, at=minuted.at)
    second = amend(minutes=minuted.minutes, note="“amended” added.", by=minuted.clerk, at=minuted.at)
    assert second.number == 2
    assert "amended" not in said(version_text(first, Audience.FULL))
    assert "amended paper" in said(version_text(second, Audience.FULL))


def test_a_later_meeting_approves_subject_to_an_amendment(minuted: Any) -> None:
    minuted.circulated()
    assert minutes_to_approve(minuted.boards.board, minuted.next_meeting.on) == (minuted.minutes,)
    assert minutes_to_approve(minuted.boards.board, minuted.meeting.on) == ()
    minuted.write("The Chief Constable presented the paper to four members.")
    with pytest.raises(ValidationError, match="Say subject to what"):
        approve(minuted)
    version = approve(minuted, "“four members” being put in")
    assert (version.number, version.stage, version.note) == (2, "approved", "“four members” being put in")
    minuted.minutes.refresh_from_db()
    assert minuted.minutes.approved_at == minuted.next_meeting
    with pytest.raises(ValidationError, match="words are fixed"):
        minuted.write("Anything else.")
    with pytest.raises(ValidationError, match="approved as a correct record"):
        approve(minuted)


def approve(minuted: Any, words: str = "", meeting: Any = None) -> MinutesVersion:
    return approve_minutes(
        minutes=minuted.minutes,
        at_meeting=meeting or minuted.next_meeting,
        words=words,
        by=minuted.clerk,
        at=minuted.at,
    )


def test_minutes_approved_at_the_wrong_meeting_are_refused_in_words(minuted: Any) -> None:
    minuted.circulated()
    boards = minuted.boards
    with pytest.raises(ValidationError, match="its own minutes"):
        approve(minuted, meeting=minuted.meeting)
    with pytest.raises(ValidationError, match="before the one recorded"):
        approve(minuted, meeting=boards.meeting(date(2014, 9, 4), stage=MeetingStage.HELD))
    with pytest.raises(ValidationError, match="cancelled"):
        approve(minuted, meeting=boards.meeting(date(2014, 11, 13), stage=MeetingStage.CANCELLED))
    with pytest.raises(ValidationError, match="not been held yet"):
        approve(minuted, meeting=boards.meeting(date(2014, 12, 4), stage=MeetingStage.PUBLISHED))


def test_a_meeting_of_another_body_cannot_approve(minuted: Any) -> None:
    minuted.circulated()
    elsewhere = minuted.boards.meeting(date(2014, 11, 7), stage=MeetingStage.HELD)
    board = minuted.boards.board
    board.pk, board.slug, board.short = None, "other", "OB"
    board.save()
    elsewhere.board = board
    elsewhere.save()
    with pytest.raises(ValidationError, match="Only the body that met"):
        approve(minuted, meeting=elsewhere)


def test_minutes_are_approved_in_order_and_the_earlier_ones_are_named(minuted: Any) -> None:
    earlier = minuted.boards.meeting(date(2014, 9, 4), stage=MeetingStage.HELD)
    begin_minutes(meeting=earlier, by=minuted.clerk, at=minuted.at)
    minuted.circulated()
    with pytest.raises(ValidationError, match="4 September 2014, are not approved yet"):
        approve(minuted)
    Minutes.objects.filter(meeting=earlier).update(stage=MinutesStage.APPROVED)
    assert approve(minuted).stage == MinutesStage.APPROVED


def test_only_published_minutes_reach_the_public(minuted: Any) -> None:
    minuted.approved()
    assert public_minutes(minuted.minutes) is None
    publish_minutes(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)
    minuted.minutes.refresh_from_db()
    assert "The Chief Constable presented the paper." in said(public_minutes(minuted.minutes))
    with pytest.raises(ValidationError, match="published"):
        publish_minutes(minutes=minuted.minutes, by=minuted.clerk, at=minuted.at)
    minuted.boards.board.listed = False
    minuted.minutes.meeting.board.listed = False
    assert public_minutes(minuted.minutes) is None


def test_a_draft_is_for_those_who_read_everything(minuted: Any) -> None:
    minutes = minuted.whole()
    assert minutes_text(minutes, Audience.MEMBERS) is None
    assert SENTINEL in said(minutes_text(minutes, Audience.FULL))


def test_nothing_exempt_is_put_into_what_others_read(minuted: Any) -> None:
    attendance = minuted.meeting.attendance.get(initials="CW")
    for item, nature in ((minuted.secret, f"{SENTINEL} shares"), (minuted.item, "Sits on the council")):
        Interest.objects.create(
            meeting=minuted.meeting, attendance=attendance, item=item, nature=nature, effect=Effect.LEFT
        )
    more = minuted.boards.item(minuted.meeting, "Open title", number="10.0")
    minuted.write(f"{SENTINEL} in an open item.", item=more, exempt=True)
    minutes = minuted.published()
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        text = minutes_text(minutes, audience)
        assert SENTINEL not in said(text)
        assert SENTINEL not in str(labels_of(minuted.meeting, text))
        assert [section.title for section in text.sections] == ["Attendance", "Delivery of the Plan"]
        assert "Sits on the council. Left the room." in said(text)
    assert said(minutes_text(minutes, Audience.FULL)).count(SENTINEL) >= 4


def test_what_is_marked_exempt_after_publication_goes_from_the_public_text(minuted: Any) -> None:
    minutes = minuted.published()
    minuted.item.marking = "exempt"
    minuted.item.save()
    minutes = Minutes.objects.get(pk=minutes.pk)
    assert "Chief Constable presented" not in said(public_minutes(minutes))


def test_paragraphs_bear_the_number_of_their_item(minuted: Any) -> None:
    minutes = minuted.whole()
    text = living_text(minutes, Audience.FULL)
    section = next(each for each in text.sections if each.key == minuted.item.anchor)
    labels = labels_of(minuted.meeting, text)
    assert [labels[block.key] for block in section.blocks] == ["8.1", "Resolved", "Action", "8.2"]
    assert labels[section.key] == "8.0"


def test_no_event_tells_what_was_minuted_or_the_title_of_exempt_business(minuted: Any) -> None:
    minuted.published()
    for event in Event.objects.all():
        assert SENTINEL not in f"{event.thing_name} {event.facts}"


def test_lifting_an_exemption_is_for_those_who_mark_business(minuted: Any) -> None:
    minuted.write(exempt=True)
    assert Minute.objects.get().exempt
    minuted.write(exempt=False)
    assert not Minute.objects.get().exempt


def test_an_open_item_under_an_exempt_one_is_exempt(minuted: Any) -> None:
    below = minuted.boards.item(minuted.meeting, f"{SENTINEL} below", number="9(a)", parent=minuted.secret)
    minuted.write(f"{SENTINEL} said.", item=below)
    minutes = minuted.published()
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        assert SENTINEL not in said(minutes_text(minutes, audience))
        assert below not in [sheet.item for sheet in Desk(minutes, audience).sheets()]
