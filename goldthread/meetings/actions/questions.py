"""Take questions from the public for a meeting, answer them, and list them for publication."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.wording import given
from goldthread.meetings.doors import chain_of
from goldthread.meetings.models import AgendaItem, Meeting, MeetingStage, PublicQuestion
from goldthread.people.actions import require
from goldthread.people.models import User


@transaction.atomic
def take_question(
    *,
    meeting: Meeting,
    asked_by: str,
    words: str,
    asked_on: date,
    item: AgendaItem | None = None,
    by: User,
    at: datetime,
) -> PublicQuestion:
    """Take a question for a meeting; it is late where it came after the day and hour for questions."""
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError("This meeting was cancelled. Take the question for another.")
    if asked_on > localdate(at):
        raise ValidationError({"asked_on": "This day has not come yet."})
    _on_this_agenda(meeting, item)
    question = PublicQuestion(
        meeting=meeting,
        item=item,
        asked_by=given("asked_by", asked_by),
        asked_on=asked_on,
        words=given("words", words),
        late=is_late(meeting, asked_on, at),
    )
    question.full_clean()
    question.save()
    facts = {"question": question.pk, "late": question.late}
    record(meeting, "took a question", by=by, at=at, body=meeting.board.body, **facts)
    return question


def is_late(meeting: Meeting, asked_on: date, at: datetime) -> bool:
    """Whether a question came too late: by the hour where it is taken on the day it came, else by the day."""
    if meeting.questions_due is None:
        return False
    if asked_on == localdate(at):
        return at > meeting.questions_due
    return asked_on > localdate(meeting.questions_due)


def _on_this_agenda(meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": "That item is on another agenda."})


@transaction.atomic
def answer_question(
    *, question: PublicQuestion, answer: str, answered_by: str = "", by: User, at: datetime
) -> None:
    """Answer a question; an answer that is published already is replaced, and the change recorded."""
    meeting = question.meeting
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    was = question.answer
    question.answer = given("answer", answer)
    question.answered_by, question.answered_at = answered_by.strip() or by.name, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    facts = {"question": question.pk, "kept_back": {"was": was if question.listed else ""}}
    record(meeting, "answered a question", by=by, at=at, body=meeting.board.body, **facts)


@transaction.atomic
def list_question(*, question: PublicQuestion, listed: bool = True, by: User, at: datetime) -> None:
    """Publish a question with its answer, or take it back; never one about business that is not open."""
    meeting = question.meeting
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    if listed and not question.answer:
        raise ValidationError("It has no answer yet. Answer it first.")
    if listed and question.item is not None and set(chain_of(question.item)) != {Marking.OPEN}:
        raise ValidationError(
            "It is about an item that the public is not told of, so it cannot be published."
        )
    question.listed = listed
    question.save(update_fields=["listed"])
    verb = "published a question" if listed else "took back a question"
    record(meeting, verb, by=by, at=at, body=meeting.board.body, question=question.pk)
