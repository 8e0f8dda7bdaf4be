"""Actions arising: heard in the minutes, taken into the log, reported on, closed."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404

from goldthread.audit.models import Event
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.actions.arising import (
    change_action,
    close_action,
    reopen_action,
    report_on,
    take_action,
)
from goldthread.meetings.actions.minuting import section_of_minute
from goldthread.meetings.hearing import Room, heard_in, movements_in
from goldthread.meetings.logs import (
    action_for,
    action_log_text,
    log_csv,
    moves_of,
    open_actions,
    own_actions,
    seen_actions,
)
from goldthread.meetings.models import ActionNews, ActionState, Arising, Minute
from goldthread.people.actions import NotAllowed
from tests.meetings.story import NOVEMBER, SENTINEL
from tests.meetings.test_minutes import said

pytestmark = pytest.mark.django_db


def heard(minuted: Any, item: Any = None) -> Any:
    item = item or minuted.item
    minute = Minute.objects.filter(item=item).first()
    return heard_in(section_of_minute(minute, item), Room(minuted.meeting))


def take(story: Any, words: str = "DK to write to partners.", /, **more: Any) -> Arising:
    given = {"item": story.item, "by": story.clerk, "at": story.at} | more
    return take_action(board=story.boards.board, meeting=story.meeting, words=words, **given)


def test_an_action_line_is_heard_with_its_owners_and_its_day(minuted: Any) -> None:
    minuted.write()
    (line,) = heard(minuted)
    assert [person.name for person in line.owners] == ["Dorothy Kett", "Colin Welney"]
    assert line.due == date(2014, 10, 30)
    assert line.flags == ()
    assert line.taken is None


def test_unknown_initials_and_a_missing_day_are_asked_about(minuted: Any) -> None:
    minuted.write("ACTION: ZZ to write.\nACTION: Costs to be checked.")
    first, second = heard(minuted)
    assert first.unknown == ("ZZ",)
    assert "Who is ZZ" in first.flags[0]
    assert second.flags == ("No owner is named.", "No date is given.")


def test_the_next_meeting_is_a_day_where_it_is_known(minuted: Any) -> None:
    minuted.write("ACTION: DK to report by the next meeting.")
    assert heard(minuted)[0].due is None
    assert minuted.next_meeting.on == NOVEMBER
    assert heard(minuted)[0].due == NOVEMBER


def test_editing_the_minute_later_takes_nothing_twice(minuted: Any) -> None:
    minuted.write()
    (line,) = heard(minuted)
    action = take(minuted, line.words, anchor=line.anchor, minuted=line.line)
    minuted.write("New first line.\nThe Chief Constable presented.\nACTION: DK to write to all by May 2015.")
    (again,) = heard(minuted)
    assert again.taken == action
    assert again.changed
    with pytest.raises(ValidationError, match="2014/01"):
        take(minuted, again.words, anchor=again.anchor, minuted=again.line)
    change_action(
        action=action,
        why="The minute was put right.",
        words=again.words,
        minuted=again.line,
        by=minuted.clerk,
        at=minuted.at,
    )
    assert not heard(minuted)[0].changed


def test_a_line_that_lost_its_place_is_known_by_its_words(minuted: Any) -> None:
    minuted.write()
    (line,) = heard(minuted)
    action = take(minuted, line.words, anchor=line.anchor, minuted=line.line)
    other = minuted.boards.item(minuted.meeting, "Any other business", number="10.0")
    minuted.write("ACTION: DK and CW to write to partners by 30 October 2014.", item=other)
    minuted.write("Nothing.")
    assert heard(minuted, other)[0].taken == action


def test_two_actions_in_one_paragraph_are_two(minuted: Any) -> None:
    minuted.write("Costs rose. ACTION: DK to look at them. Crime fell. ACTION: CW to say why.")
    first, second = heard(minuted)
    for line in (first, second):
        take(minuted, line.words, anchor=line.anchor, minuted=line.line)
    assert [line.taken.number for line in heard(minuted)] == ["2014/01", "2014/02"]


def test_the_same_words_under_another_item_are_another_action(minuted: Any) -> None:
    minuted.write("ACTION: DK to report back.")
    (line,) = heard(minuted)
    take(minuted, line.words, anchor=line.anchor, minuted=line.line)
    other = minuted.boards.item(minuted.meeting, "Any other business", number="10.0")
    minuted.write("ACTION: DK to report back.", item=other)
    assert heard(minuted, other)[0].taken is None


def test_the_second_action_of_a_paragraph_stays_itself_when_the_first_goes(minuted: Any) -> None:
    minuted.write("Costs rose. ACTION: DK to look at them. Crime fell. ACTION: CW to say why.")
    first, second = heard(minuted)
    take(minuted, first.words, anchor=first.anchor, minuted=first.line)
    other = take(minuted, second.words, anchor=second.anchor, minuted=second.line)
    minuted.write("Costs rose. Crime fell. ACTION: CW to say why.")
    (line,) = heard(minuted)
    assert line.taken == other
    assert not line.changed


def test_numbers_run_without_a_gap_by_board_and_year(minuted: Any) -> None:
    assert [take(minuted, f"Do {n}.").number for n in range(1, 4)] == ["2014/01", "2014/02", "2014/03"]
    with pytest.raises(ValidationError):
        take(minuted, " ")
    later = minuted.boards.meeting(date(2015, 1, 8), stage="held")
    first = take_action(
        board=minuted.boards.board, meeting=later, item=None, words="Do.", by=minuted.clerk, at=minuted.at
    )
    assert first.number == "2015/01"
    assert take(minuted, "Do 4.").number == "2014/04"


def test_the_same_action_sent_twice_is_taken_once(minuted: Any) -> None:
    take(minuted)
    with pytest.raises(ValidationError, match="in the log already, as action 2014/01"):
        take(minuted)
    assert Arising.objects.count() == 1


def test_an_action_belongs_to_its_board_meeting_and_item(minuted: Any) -> None:
    other = minuted.boards.item(minuted.next_meeting, "Other")
    with pytest.raises(ValidationError, match="another meeting"):
        take(minuted, item=other)
    minuted.meeting.stage = "cancelled"
    with pytest.raises(ValidationError, match="cancelled"):
        take(minuted)


def test_an_owner_reports_without_managing_meetings(minuted: Any) -> None:
    seat = minuted.boards.board.seats.get(initials="CW")
    action = take(minuted, owners=[seat], due=date(2014, 10, 30))
    owner = seat.user
    assert own_actions(owner, on=minuted.at.date()) == (action,)
    report_on(action=action, words="Letters are drafted.", by=owner, at=minuted.at)
    with pytest.raises(ValidationError, match="already"):
        report_on(action=action, words="Letters are drafted.", by=owner, at=minuted.at)
    report_on(action=action, words="Letters are sent.", done=True, by=owner, at=minuted.at)
    action.refresh_from_db()
    assert action.state == ActionState.DONE
    assert own_actions(owner, on=minuted.at.date()) == ()
    with pytest.raises(NotAllowed):
        report_on(action=action, words="Mine.", by=minuted.cast.analyst, at=minuted.at)
    with pytest.raises(NotAllowed):
        close_action(action=action, on=NOVEMBER, words="Done.", by=owner, at=minuted.at)


def test_a_changed_day_is_kept_with_from_to_and_why(minuted: Any) -> None:
    action = take(minuted, due=date(2014, 10, 30))
    with pytest.raises(ValidationError, match="why"):
        change_action(action=action, why="", due=date(2014, 11, 30), by=minuted.clerk, at=minuted.at)
    news = change_action(
        action=action, why="Partners asked for time.", due=date(2014, 11, 30), by=minuted.clerk, at=minuted.at
    )
    assert moves_of(news) == (("Due", "30 October 2014", "30 November 2014"),)
    with pytest.raises(ValidationError, match="Nothing would change"):
        change_action(action=action, why="Again.", due=date(2014, 11, 30), by=minuted.clerk, at=minuted.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        ActionNews.objects.filter(pk=news.pk).update(words="Otherwise.")


def test_it_comes_to_every_meeting_until_it_is_closed(minuted: Any) -> None:
    action = take(minuted)
    board = minuted.boards.board
    assert list(open_actions(board, minuted.meeting.on)) == []
    assert list(open_actions(board, NOVEMBER)) == [action]
    with pytest.raises(ValidationError, match="before the meeting"):
        close_action(action=action, on=date(2014, 9, 1), words="Done.", by=minuted.clerk, at=minuted.at)
    with pytest.raises(ValidationError, match="still to come"):
        close_action(action=action, on=date(2015, 9, 1), words="Done.", by=minuted.clerk, at=minuted.at)
    close_action(action=action, on=NOVEMBER, words="Sent.", by=minuted.clerk, at=minuted.at)
    assert list(open_actions(board, NOVEMBER)) == [action]
    assert list(open_actions(board, date(2014, 12, 4))) == []
    action.refresh_from_db()
    with pytest.raises(ValidationError, match="Open it again"):
        report_on(action=action, words="More.", by=minuted.clerk, at=minuted.at)
    reopen_action(action=action, why="A letter came back.", by=minuted.clerk, at=minuted.at)
    assert list(open_actions(board, date(2014, 12, 4))) == [action]


def test_the_log_reads_as_a_text_for_each_audience(minuted: Any) -> None:
    take(minuted, due=date(2014, 10, 30))
    take(minuted, f"FM to settle {SENTINEL}.", item=minuted.secret)
    take(minuted, f"Kept {SENTINEL}.", exempt=True)
    board = minuted.boards.board
    assert "2014/01" not in said(action_log_text(board, NOVEMBER, Audience.PUBLIC))
    minuted.published()
    full, public = (action_log_text(board, NOVEMBER, each) for each in (Audience.FULL, Audience.PUBLIC))
    assert said(full).count(SENTINEL) == 2
    assert SENTINEL not in said(public)
    assert "2014/02" not in said(public)
    assert "Overdue" in said(public)
    assert "No action is open" in said(action_log_text(board, date(2014, 10, 2), Audience.PUBLIC))


def test_an_exempt_action_opens_only_to_its_owner_and_those_who_read_everything(minuted: Any) -> None:
    seat = minuted.boards.board.seats.get(initials="CW")
    action = take(minuted, SENTINEL, item=minuted.secret, owners=[seat])
    on = minuted.at.date()
    for user in (seat.user, minuted.cast.chief_executive):
        assert action_for(user, "bcb", action.number, on=on) == action
    for user in (minuted.cast.analyst, minuted.cast.administrator, minuted.cast.stranger):
        with pytest.raises(Http404):
            action_for(user, "bcb", action.number, on=on)
    assert seen_actions([action], Audience.MEMBERS) == ()
    for event in Event.objects.all():
        assert SENTINEL not in f"{event.thing_name} {event.facts}"


def test_marking_a_minute_exempt_keeps_its_actions_too(minuted: Any) -> None:
    minuted.write()
    action = take(minuted)
    minuted.write(exempt=True)
    action.refresh_from_db()
    assert action.exempt


def test_no_cell_of_the_sheet_is_taken_for_a_formula(minuted: Any) -> None:
    take(minuted, "=HYPERLINK(1)", owner_words="@DK", due_words="+soon")
    rows = list(csv.reader(io.StringIO(log_csv(open_actions(minuted.boards.board, NOVEMBER), NOVEMBER))))
    assert rows[1][1:4] == ["'=HYPERLINK(1)", "'@DK", "'+soon"]


def test_a_short_line_says_who_came_or_went(minuted: Any) -> None:
    minuted.write("DK left the meeting.\nSH had left a note with all the members of the Board last week.")
    minute = Minute.objects.get()
    (moved,) = movements_in(section_of_minute(minute, minuted.item), Room(minuted.meeting), minuted.item)
    assert (moved.person.name, moved.left, moved.noted) == ("Dorothy Kett", True, False)
    moved.person.attendance.to_item = minuted.item
    moved.person.attendance.save()
    (moved,) = movements_in(section_of_minute(minute, minuted.item), Room(minuted.meeting), minuted.item)
    assert moved.noted


def test_an_action_of_an_item_under_an_exempt_one_is_exempt(minuted: Any) -> None:
    below = minuted.boards.item(minuted.meeting, "Below", number="9(a)", parent=minuted.secret)
    action = take(minuted, SENTINEL, item=below)
    assert seen_actions([action], Audience.MEMBERS) == ()
    assert seen_actions([action], Audience.FULL) == (action,)
