"""Plan business for meetings to come, move it with a reason, put it on an agenda, or drop it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.agenda import add_item
from goldthread.meetings.actions.wording import given
from goldthread.meetings.models import AgendaItem, Board, Meeting, Planned, PlannedState
from goldthread.people.actions import require
from goldthread.people.models import Office, User

PURPOSES = ("decision", "scrutiny", "information")


@transaction.atomic
def plan_business(
    *,
    board: Board,
    title: str,
    due: date,
    theme: str = "",
    purpose: str = "decision",
    lead: Office | None = None,
    listed: bool = False,
    note: str = "",
    by: User,
    at: datetime,
) -> Planned:
    """Plan business for the meeting of a board on, or next after, a day."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    _fits(board, due, purpose, lead)
    planned = Planned(
        board=board,
        title=given("title", title),
        due=due,
        theme=theme.strip(),
        purpose=purpose,
        lead=lead,
        listed=listed,
        note=note.strip(),
        made_at=at,
    )
    planned.full_clean(exclude=["moves"])
    planned.save()
    record(board, "planned business", by=by, at=at, body=board.body, planned=planned.pk, due=due)
    return planned


def _fits(board: Board, due: date, purpose: str, lead: Office | None) -> None:
    if not board.exists_on(due):
        raise ValidationError({"due": f"{board.name} does not exist on {due:%-d %B %Y}."})
    if purpose not in PURPOSES:
        raise ValidationError({"purpose": "Say whether it is for decision, scrutiny or information."})
    if lead is not None and lead.body_id != board.body_id:
        raise ValidationError({"lead": f"{lead.title} is an office of another body."})


@transaction.atomic
def change_business(*, planned: Planned, by: User, at: datetime, **words: Any) -> None:
    """Change what a line of the forward plan says; its day is changed by moving it, with a reason."""
    unknown = set(words) - {"title", "theme", "purpose", "lead", "listed", "note"}
    if unknown:
        raise TypeError(f"A line of the forward plan has no {', '.join(sorted(unknown))} to change.")
    require(by, Ability.MANAGE_MEETINGS, planned.board.body, on=localdate(at))
    for name, value in words.items():
        setattr(planned, name, value)
    planned.title = given("title", planned.title)
    _fits(planned.board, planned.due, planned.purpose, planned.lead)
    planned.full_clean(exclude=["moves"])
    planned.save(update_fields=list(words))
    facts = {"planned": planned.pk, "fields": sorted(words)}
    record(planned.board, "changed the forward plan", by=by, at=at, body=planned.board.body, **facts)


@transaction.atomic
def move_business(*, planned: Planned, to: date, reason: str, by: User, at: datetime) -> None:
    """Move planned business to another day; from which day, and why, stays on record."""
    require(by, Ability.MANAGE_MEETINGS, planned.board.body, on=localdate(at))
    _still_planned(planned)
    _fits(planned.board, to, planned.purpose, None)
    if to == planned.due:
        raise ValidationError({"to": f"It is planned for {to:%-d %B %Y} already."})
    reason = given("reason", reason, "Say why. Those who wait for it will see the reason.")
    _moved(planned, to, reason, by, at)
    facts = {"planned": planned.pk, "to": to, "kept_back": {"reason": reason}}
    record(planned.board, "moved planned business", by=by, at=at, body=planned.board.body, **facts)


def _moved(planned: Planned, to: date, reason: str, by: User, at: datetime) -> None:
    move = [planned.due.isoformat(), to.isoformat(), reason, at.isoformat(), by.name]
    planned.moves, planned.due = [*planned.moves, move], to
    planned.save(update_fields=["moves", "due"])


def _still_planned(planned: Planned) -> None:
    planned.state = Planned.objects.select_for_update().get(pk=planned.pk).state
    if planned.state == PlannedState.ON_AGENDA:
        raise ValidationError("It is on an agenda. Take it off that agenda, or withdraw it there, first.")
    if planned.state != PlannedState.PLANNED:
        raise ValidationError(f"This was settled: {planned.get_state_display().lower()}.")


@transaction.atomic
def place_on_agenda(
    *,
    planned: Planned,
    meeting: Meeting,
    late_reason: str = "",
    marking: str = "",
    seen: str = "",
    by: User,
    at: datetime,
) -> AgendaItem:
    """Put planned business on the agenda of a meeting of its board, at the end of the business."""
    require(by, Ability.MANAGE_MEETINGS, planned.board.body, on=localdate(at))
    if meeting.board_id != planned.board_id:
        raise ValidationError("That meeting is of another board.")
    _still_planned(planned)
    item = add_item(
        meeting=meeting,
        title=planned.title,
        purpose=planned.purpose,
        lead=planned.lead.title if planned.lead else "",
        lead_office=planned.lead,
        planned=planned,
        late_reason=late_reason,
        marking=marking,
        seen=seen,
        by=by,
        at=at,
    )
    if meeting.on != planned.due:
        _moved(planned, meeting.on, "Put on the agenda", by, at)
    planned.state = PlannedState.ON_AGENDA
    planned.save(update_fields=["state"])
    facts = {"planned": planned.pk, "item": item.pk}
    record(meeting, "placed planned business", by=by, at=at, body=planned.board.body, **facts)
    return item


@transaction.atomic
def drop_business(*, planned: Planned, reason: str, by: User, at: datetime) -> None:
    """Say that planned business will not come, and why; its line stays."""
    require(by, Ability.MANAGE_MEETINGS, planned.board.body, on=localdate(at))
    _still_planned(planned)
    reason = given("reason", reason, "Say why it will not come.")
    planned.state = PlannedState.DROPPED
    move = [planned.due.isoformat(), "", reason, at.isoformat(), by.name]
    planned.moves = [*planned.moves, move]
    planned.save(update_fields=["state", "moves"])
    facts = {"planned": planned.pk, "kept_back": {"reason": reason}}
    record(planned.board, "dropped planned business", by=by, at=at, body=planned.board.body, **facts)
