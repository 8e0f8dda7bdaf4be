"""Call a meeting, change when or where it is, cancel it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, localtime

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.meetings import in_words
from goldthread.meetings.actions.wording import given
from goldthread.meetings.agendas import numbered
from goldthread.meetings.house_rules import moment_of, papers_deadline, questions_moment, scheme_of
from goldthread.meetings.models import (
    ActionState,
    AgendaItem,
    Board,
    BoardKind,
    ItemKind,
    Meeting,
    MeetingStage,
    PlannedState,
    StandingItem,
)
from goldthread.people.actions import require
from goldthread.people.models import User

STANDING = "Standing item"
"""Who marked an item that comes to every meeting: the board's own rule."""


@transaction.atomic
def hold_meeting_on(
    *,
    board: Board,
    on: date,
    time: time | None = None,
    ends: time | None = None,
    place: str | None = None,
    joining: str = "",
    open_to_public: bool | None = None,
    by: User,
    at: datetime,
) -> Meeting:
    """Call a meeting of a board for a day, with its standing items, the minutes of the meeting before it
    and the actions still open. Time and place are the board's usual ones unless given."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    Board.objects.select_for_update().get(pk=board.pk)
    starts_at, ends_at = _moments(board, on, time or board.usual_time, ends)
    meeting = Meeting.objects.create(
        board=board,
        slug=_free_slug(board, on),
        on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        place=board.usual_place if place is None else place.strip(),
        joining=joining.strip(),
        open_to_public=board.kind == BoardKind.PANEL if open_to_public is None else open_to_public,
        papers_due=papers_deadline(board, on).on,
        questions_due=questions_moment(board, on),
        made_at=at,
    )
    _begin_agenda(meeting, at)
    record(meeting, "called", by=by, at=at, body=board.body, on=on, starts_at=starts_at, place=meeting.place)
    return meeting


def _moments(
    board: Board, on: date, starts: time | None, ends: time | None
) -> tuple[datetime, datetime | None]:
    """When a meeting starts and ends, or why it cannot be held then."""
    if not board.exists_on(on):
        until = f" to {in_words(board.ends)}" if board.ends else ""
        message = (
            f"{board.name} exists from {in_words(board.starts)}{until}: it cannot meet on {in_words(on)}."
        )
        raise ValidationError({"on": message})
    if starts is None:
        raise ValidationError({"time": "Give the time at which it starts: the board has no usual one."})
    start = moment_of(on, starts)
    if start.at is None:
        raise ValidationError({"time": " ".join(problem.message for problem in start.problems)})
    if ends is None:
        return start.at, None
    end = moment_of(on, ends)
    if end.at is None:
        raise ValidationError({"ends": " ".join(problem.message for problem in end.problems)})
    if end.at <= start.at:
        raise ValidationError({"ends": "It ends before it starts."})
    return start.at, end.at


def _free_slug(board: Board, on: date, keep: Meeting | None = None) -> str:
    """The day as an address, with a number after it where the board meets twice on one day."""
    others = board.meetings.filter(slug__startswith=on.isoformat())
    taken = set(others.exclude(pk=keep.pk if keep else None).values_list("slug", flat=True))
    slug, count = on.isoformat(), 2
    while slug in taken:
        slug, count = f"{on.isoformat()}-{count}", count + 1
    return slug


def _begin_agenda(meeting: Meeting, at: datetime) -> None:
    board = meeting.board
    lines = [(item.kind, item.title, item) for item in board.standing_items.filter(at_end=False)]
    after = [(item.kind, item.title, item) for item in board.standing_items.filter(at_end=True)]
    kinds = {kind for kind, _title, _item in (*lines, *after)}
    before = _meeting_before(meeting)
    if before and ItemKind.MINUTES not in kinds:
        lines.append((ItemKind.MINUTES, "Minutes of the previous meeting", None))
    is_open = board.actions.filter(state__in=(ActionState.OPEN, ActionState.DONE)).exists()
    if is_open and ItemKind.ACTIONS not in kinds:
        lines.append((ItemKind.ACTIONS, "Actions arising", None))
    items = [_line(meeting, kind, title, item, before, at) for kind, title, item in (*lines, *after)]
    numbers = numbered(items, scheme_of(board))
    for position, (item, number) in enumerate(zip(items, numbers, strict=True), 1):
        item.position, item.number = position, number
    AgendaItem.objects.bulk_create(items)


def _meeting_before(meeting: Meeting) -> Meeting | None:
    earlier = meeting.board.meetings.filter(starts_at__lt=meeting.starts_at).exclude(pk=meeting.pk)
    return earlier.exclude(stage=MeetingStage.CANCELLED).order_by("-starts_at").first()


def _line(
    meeting: Meeting,
    kind: str,
    title: str,
    standing: StandingItem | None,
    before: Meeting | None,
    at: datetime,
) -> AgendaItem:
    """A line of a new agenda. Procedure is open: the board's own rule says so, not an officer."""
    if kind == ItemKind.MINUTES and before:
        title = f"Minutes of the meeting of {before.on:%-d %B %Y}"
    return AgendaItem(
        meeting=meeting,
        kind=kind,
        title=title,
        standing=standing,
        marking="" if kind == ItemKind.BUSINESS else Marking.OPEN,
        marked_by="" if kind == ItemKind.BUSINESS else STANDING,
        marked_at=None if kind == ItemKind.BUSINESS else at,
        made_at=at,
    )


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    on: date,
    time: time,
    ends: time | None,
    place: str,
    joining: str,
    open_to_public: bool,
    by: User,
    at: datetime,
) -> None:
    """Change when and where a meeting is; its deadlines follow its day. A published address stays."""
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    still_to_come(meeting)
    starts_at, ends_at = _moments(meeting.board, on, time, ends)
    now: dict[str, Any] = {
        "on": on,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place.strip(),
        "joining": joining.strip(),
        "open_to_public": open_to_public,
    }
    if on != meeting.on:
        now["papers_due"] = papers_deadline(meeting.board, on).on
        now["questions_due"] = questions_moment(meeting.board, on)
        if meeting.published_at is None:
            now["slug"] = _free_slug(meeting.board, on, meeting)
    changed = {name: value for name, value in now.items() if getattr(meeting, name) != value}
    if not changed:
        return
    was = {name: getattr(meeting, name) for name in changed}
    for name, value in (changed | {"sequence": meeting.sequence + 1}).items():
        setattr(meeting, name, value)
    meeting.full_clean()
    meeting.save(update_fields=[*changed, "sequence"])
    secret = {"joining"}
    facts = {name: str(was[name]) for name in was.keys() - secret}
    record(meeting, "changed", by=by, at=at, body=meeting.board.body, was=facts, fields=sorted(changed))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, at: datetime) -> None:
    """Cancel a meeting that was not held. Business planned for it is planned again."""
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    still_to_come(meeting)
    meeting.cancelled_reason = given("reason", reason, "Say why: those who meant to come are told.")
    meeting.stage, meeting.sequence = MeetingStage.CANCELLED, meeting.sequence + 1
    meeting.save(update_fields=["stage", "cancelled_reason", "sequence"])
    taken = meeting.items.filter(planned__isnull=False, withdrawn_at__isnull=True)
    for item in taken.select_related("planned"):
        item.planned.state = PlannedState.PLANNED
        item.planned.save(update_fields=["state"])
    record(meeting, "cancelled", by=by, at=at, body=meeting.board.body, reason=meeting.cancelled_reason)


def still_to_come(meeting: Meeting) -> None:
    """Refuse, in words, to change a meeting that was held or cancelled; read afresh and locked."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.stage, meeting.sequence, meeting.published_at = fresh.stage, fresh.sequence, fresh.published_at
    if meeting.stage == MeetingStage.HELD:
        raise ValidationError(f"This meeting was held on {in_words(localtime(meeting.starts_at).date())}.")
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError(f"This meeting was cancelled: {meeting.cancelled_reason}")
