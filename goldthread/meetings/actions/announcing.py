"""Mark the items of an agenda, publish it, and say that the meeting was held."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking, problems_with, strictest
from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.meetings.actions.ordering import arrange, as_seen, managing
from goldthread.meetings.actions.wording import given
from goldthread.meetings.agendas import Order, in_order
from goldthread.meetings.house_rules import has_short_notice, notice_deadline
from goldthread.meetings.models import AgendaItem, Meeting, MeetingStage, Planned, PlannedState
from goldthread.people.actions import require
from goldthread.people.models import User

WHERE = {"Reason": "reason_code", "Review date": "review_on"}
"""The question of a marking that a problem of it belongs to; the marking itself else."""


@transaction.atomic
def mark_item(
    *,
    item: AgendaItem,
    marking: str,
    reason_code: str = "",
    reason_words: str = "",
    public_title: str = "",
    review_on: date | None = None,
    seen: str = "",
    by: User,
    at: datetime,
) -> None:
    """Say how far an item may go, for what reason, and what the public is told of it. Kept: who decided."""
    body = item.meeting.board.body
    require(by, Ability.MARK_EXEMPT, body, on=localdate(at))
    as_seen(item, seen)
    was = item.marking
    mark(item, marking, reason_code, reason_words, public_title, review_on, by, at)
    facts = {"was": was, "now": marking, "reason": reason_code, "review_on": review_on}
    record(item, "marked", by=by, at=at, body=body, **facts)


def mark(
    item: AgendaItem,
    marking: str,
    reason_code: str,
    reason_words: str,
    public_title: str,
    review_on: date | None,
    by: User,
    at: datetime,
) -> None:
    """Mark an item, as `mark_item` does, inside another action that records what it did."""
    require(by, Ability.MARK_EXEMPT, item.meeting.board.body, on=localdate(at))
    public_title = public_title.strip()
    if marking == Marking.OPEN:
        reason_code = reason_words = public_title = ""
        review_on = None
    elif public_title.casefold() == item.title.casefold():
        message = "This would tell the public the title that you are keeping back. Give a more general one."
        raise ValidationError({"public_title": message})
    above = item.parent.marking if item.parent else ""
    if marking and above and strictest(marking, above) != marking:
        number = item.parent.number
        message = f"It stands beneath item {number}, which is marked more strictly. Move it out first."
        raise ValidationError({"marking": message})
    country = Jurisdiction(item.meeting.board.jurisdiction)
    found = problems_with(marking, reason_code, by.name, review_on, localdate(at), jurisdiction=country)
    if found:
        raise ValidationError({WHERE.get(each.where, "marking"): each.message for each in found})
    item.marking, item.public_title = marking, public_title
    item.reason_code, item.reason_words = reason_code.strip(), reason_words.strip()
    item.review_on, item.marked_by, item.marked_at = review_on, by.name, at
    fields = ["marking", "public_title", "reason_code", "reason_words", "review_on", "marked_by", "marked_at"]
    item.save(update_fields=fields)
    follow(item.meeting)


FOLLOWS = ("marking", "reason_code", "reason_words", "review_on", "marked_by", "marked_at")


def follow(meeting: Meeting) -> None:
    """Mark what stands beneath an item as strictly as the item, wherever it was marked less strictly."""
    for item in meeting.items.filter(parent__isnull=False).exclude(marking="").select_related("parent"):
        if item.parent.marking and strictest(item.marking, item.parent.marking) != item.marking:
            given = {name: getattr(item.parent, name) for name in FOLLOWS}
            AgendaItem.objects.filter(pk=item.pk).update(**given, public_title="")


@transaction.atomic
def publish_agenda(*, meeting: Meeting, notice_reason: str = "", by: User, at: datetime) -> None:
    """Publish an agenda: its numbers are fixed for good, and what is marked open can be read by anybody.

    Every item must have been marked. Where notice is short a reason is wanted, which is published too.
    """
    managing(meeting, by, at)
    if meeting.stage == MeetingStage.PUBLISHED:
        raise ValidationError("This agenda is published already.")
    order = in_order(meeting)
    problems = publishing_problems(order)
    if problems:
        raise ValidationError(problems)
    short = has_short_notice(meeting, localdate(at))
    if short:
        by_day = f"{notice_deadline(meeting.board, meeting.on).on:%-d %B %Y}"
        message = f"Full notice ended on {by_day}. Say why it is shorter; the reason is published."
        notice_reason = given("notice_reason", notice_reason, message)
    arrange(meeting, order, pin=True)
    meeting.stage, meeting.published_at, meeting.published_by = MeetingStage.PUBLISHED, at, by.name
    meeting.notice_reason = notice_reason if short else ""
    meeting.sequence += 1
    fields = ["stage", "published_at", "published_by", "notice_reason", "sequence"]
    meeting.save(update_fields=fields)
    facts = {"items": len(order), "notice_reason": meeting.notice_reason}
    record(meeting, "published the agenda", by=by, at=at, body=meeting.board.body, **facts)


def publishing_problems(order: Order) -> list[str]:
    """Why an agenda cannot be published yet, each in words that name the item by its number."""
    if not order:
        return ["There is nothing on this agenda yet."]
    found = []
    for item in order:
        if not item.marking:
            found.append(f"Item {item.number} is not marked. Say whether it is open or exempt.")
        if item.marking == Marking.EXEMPT and not item.reason_code:
            found.append(f"Item {item.number} is exempt without a reason. Give the reason.")
    return found


@transaction.atomic
def mark_held(*, meeting: Meeting, by: User, at: datetime) -> None:
    """Say that a meeting has been held: its agenda is closed, and planned business that it took is done."""
    managing(meeting, by, at)
    if meeting.stage != MeetingStage.PUBLISHED:
        raise ValidationError("Its agenda was never published. Publish the agenda first.")
    if localdate(at) < meeting.on:
        raise ValidationError(f"It is called for {meeting.on:%-d %B %Y}, which has not come yet.")
    meeting.stage, meeting.held_at = MeetingStage.HELD, at
    meeting.save(update_fields=["stage", "held_at"])
    taken = meeting.items.filter(planned__isnull=False, withdrawn_at__isnull=True)
    Planned.objects.filter(items__in=taken).update(state=PlannedState.DONE)
    record(meeting, "held", by=by, at=at, body=meeting.board.body)
