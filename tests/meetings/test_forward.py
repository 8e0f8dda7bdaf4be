"""The forward plan: planned, moved with a reason, put on an agenda, dropped. Questions from the public."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.actions.agenda import (
    bring_back_item,
    mark_held,
    publish_agenda,
    remove_item,
    withdraw_item,
)
from goldthread.meetings.actions.boards import cancel_meeting
from goldthread.meetings.actions.forward import (
    change_business,
    drop_business,
    move_business,
    place_on_agenda,
    plan_business,
)
from goldthread.meetings.actions.questions import answer_question, list_question, take_question
from goldthread.meetings.forward_plan import lines
from goldthread.meetings.models import MeetingStage, Planned, PublicQuestion
from goldthread.people.actions import NotAllowed
from tests.meetings.story import NOVEMBER, OCTOBER


@pytest.fixture
def clerk(boards: Any, at: datetime) -> dict[str, Any]:
    return {"by": boards.cast.governance_officer, "at": at}


def planned(boards: Any, clerk: dict[str, Any], **more: Any) -> Planned:
    given = {"title": "Estate strategy", "due": OCTOBER, "theme": "Transformation"}
    return plan_business(board=boards.board, **(given | more), **clerk)


def test_a_move_keeps_from_when_and_why(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk)
    with pytest.raises(ValidationError):
        move_business(planned=line, to=NOVEMBER, reason="", **clerk)
    with pytest.raises(ValidationError):
        move_business(planned=line, to=OCTOBER, reason="No change.", **clerk)
    move_business(planned=line, to=NOVEMBER, reason="Figures not ready.", **clerk)
    line.refresh_from_db()
    assert line.due == NOVEMBER
    assert line.moves[0][:3] == ["2014-10-02", "2014-11-06", "Figures not ready."]


def test_planned_business_goes_on_an_agenda_once(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk, lead=boards.cast.office(Role.CHIEF_EXECUTIVE))
    meeting = boards.meeting(NOVEMBER)
    item = place_on_agenda(planned=line, meeting=meeting, **clerk)
    assert (item.title, item.purpose, item.lead) == ("Estate strategy", "decision", "Chief Executive")
    line.refresh_from_db()
    assert (line.state, line.due) == ("on_agenda", NOVEMBER)
    assert line.moves[0][2] == "Put on the agenda"
    for again in (place_on_agenda, move_business):
        more = {"meeting": meeting} if again is place_on_agenda else {"to": OCTOBER, "reason": "x"}
        with pytest.raises(ValidationError):
            again(planned=line, **more, **clerk)


def test_business_that_leaves_an_agenda_is_planned_again(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk)
    meeting = boards.meeting()
    remove_item(item=place_on_agenda(planned=line, meeting=meeting, **clerk), **clerk)
    line.refresh_from_db()
    assert line.state == "planned"
    item = place_on_agenda(planned=line, meeting=meeting, **clerk)
    withdraw_item(item=item, reason="Not ready.", **clerk)
    line.refresh_from_db()
    assert line.state == "planned"


def test_business_that_a_meeting_took_is_done(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk)
    meeting = boards.meeting()
    place_on_agenda(planned=line, meeting=meeting, marking="open", **clerk)
    publish_agenda(meeting=meeting, **clerk)
    mark_held(meeting=meeting, by=clerk["by"], at=datetime(2014, 10, 2, 16, tzinfo=UTC))
    line.refresh_from_db()
    assert line.state == "done"
    with pytest.raises(ValidationError):
        drop_business(planned=line, reason="Late thought.", **clerk)


def test_dropped_business_keeps_its_line_and_reason(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk)
    drop_business(planned=line, reason="Merged with the budget.", **clerk)
    line.refresh_from_db()
    assert (line.state, line.moves[0][1:3]) == ("dropped", ["", "Merged with the budget."])


def test_what_does_not_fit_the_board_is_refused(boards: Any, clerk: dict[str, Any], at: datetime) -> None:
    theirs = boards.cast.other_body.offices.get(role=Role.COMMISSIONER)
    for wrong in ({"lead": theirs}, {"due": date(2010, 1, 1)}, {"purpose": "tea"}, {"title": " "}):
        with pytest.raises(ValidationError):
            planned(boards, clerk, **wrong)
    line = planned(boards, clerk)
    change_business(planned=line, theme="Victims", listed=True, **clerk)
    with pytest.raises(NotAllowed):
        move_business(planned=line, to=NOVEMBER, reason="Mine.", by=boards.cast.analyst, at=at)


def asked(meeting: Any, clerk: dict[str, Any], **more: Any) -> PublicQuestion:
    given = {"asked_by": "Nora Fenn", "words": "When will the post be filled?", "asked_on": date(2014, 3, 3)}
    return take_question(meeting=meeting, **(given | more), **clerk)


def test_a_question_after_the_deadline_is_late(boards: Any, clerk: dict[str, Any]) -> None:
    meeting = boards.meeting(stage=MeetingStage.PUBLISHED)
    meeting.questions_due = datetime(2014, 9, 29, 11, tzinfo=UTC)
    meeting.save()
    assert not asked(meeting, clerk).late
    later = {"by": clerk["by"], "at": datetime(2014, 9, 30, 9, tzinfo=UTC)}
    assert asked(meeting, later, asked_on=date(2014, 9, 30)).late
    assert not asked(meeting, later, asked_on=date(2014, 9, 29)).late
    noon = {"by": clerk["by"], "at": datetime(2014, 9, 29, 11, 1, tzinfo=UTC)}
    assert asked(meeting, noon, asked_on=date(2014, 9, 29)).late
    with pytest.raises(ValidationError):
        asked(meeting, clerk, asked_on=date(2014, 3, 5))


def test_a_question_is_published_with_its_answer_or_not_at_all(boards: Any, clerk: dict[str, Any]) -> None:
    question = asked(boards.meeting(), clerk)
    with pytest.raises(ValidationError):
        list_question(question=question, **clerk)
    answer_question(question=question, answer="In May.", **clerk)
    list_question(question=question, **clerk)
    question.refresh_from_db()
    assert (question.listed, question.answered_by) == (True, "Peter Lode")
    list_question(question=question, listed=False, **clerk)


def test_a_question_about_exempt_business_stays_inside(boards: Any, clerk: dict[str, Any]) -> None:
    meeting = boards.meeting()
    item = boards.item(meeting, "Tender", marking="exempt")
    question = asked(meeting, clerk, item=item)
    answer_question(question=question, answer="It is being looked at.", **clerk)
    with pytest.raises(ValidationError) as refusal:
        list_question(question=question, **clerk)
    assert "not told of" in refusal.value.messages[0]


def test_withdrawn_business_that_went_elsewhere_stays_away(boards: Any, clerk: dict[str, Any]) -> None:
    line = planned(boards, clerk)
    first, second = boards.meeting(), boards.meeting(NOVEMBER)
    item = place_on_agenda(planned=line, meeting=first, **clerk)
    withdraw_item(item=item, reason="Not ready.", **clerk)
    line.refresh_from_db()
    again = place_on_agenda(planned=line, meeting=second, **clerk)
    item.refresh_from_db()
    with pytest.raises(ValidationError):
        bring_back_item(item=item, **clerk)
    (seen,) = lines(boards.board, audience=Audience.FULL, on=OCTOBER)
    assert seen.item == again
    cancel_meeting(meeting=first, reason="Flood.", **clerk)
    line.refresh_from_db()
    assert line.state == "on_agenda"
    cancel_meeting(meeting=second, reason="Flood.", **clerk)
    line.refresh_from_db()
    assert line.state == "planned"
