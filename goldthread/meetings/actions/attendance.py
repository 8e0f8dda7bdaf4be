"""Note who came to a meeting, for which items and in whose place, and the interests they declared."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.wording import given
from goldthread.meetings.models import (
    AgendaItem,
    Attendance,
    Effect,
    How,
    Interest,
    Meeting,
    MeetingStage,
    Seat,
)
from goldthread.people.actions import require
from goldthread.people.models import User

THERE = (How.PRESENT, How.SUBSTITUTE, How.ATTENDING)
"""How somebody is in the room."""


@transaction.atomic
def note_attendance(
    *,
    meeting: Meeting,
    how: str,
    seat: Seat | None = None,
    name: str = "",
    initials: str = "",
    title: str = "",
    in_place_of: Seat | None = None,
    from_item: AgendaItem | None = None,
    to_item: AgendaItem | None = None,
    by: User,
    at: datetime,
) -> Attendance:
    """Note how somebody took part, by their seat or by name; noting them again replaces what was noted.

    ``from_item`` and ``to_item`` say for which items they were there, where it was not for all.
    """
    _noting(meeting, by, at)
    name = seat.name if seat else given("name", name)
    initials = seat.initials if seat else initials.strip() or _initials(name)
    _makes_sense(meeting, how, seat, in_place_of, (from_item, to_item))
    row = _row_of(meeting, seat, name)
    row.seat, row.name, row.how, row.in_place_of = seat, name, how, in_place_of
    row.initials, row.title = initials, seat.title if seat else title.strip()
    row.from_item, row.to_item = from_item, to_item
    row.full_clean()
    row.save()
    if how not in THERE and row.interests.exists():
        raise ValidationError(f"{name} declared an interest at this meeting, so they were there.")
    facts = {"name": name, "how": how, "in_place_of": in_place_of.name if in_place_of else ""}
    record(meeting, "noted attendance", by=by, at=at, body=meeting.board.body, **facts)
    return row


def _noting(meeting: Meeting, by: User, at: datetime) -> None:
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError("This meeting was cancelled: nobody came.")


def _row_of(meeting: Meeting, seat: Seat | None, name: str) -> Attendance:
    """The line that is being written, or the one written before for the same seat or name."""
    rows = meeting.attendance.all()
    found = next((row for row in rows if seat and row.seat_id == seat.pk), None)
    found = found or next((row for row in rows if row.name.casefold() == name.casefold()), None)
    if found and seat is None and found.seat_id:
        raise ValidationError({"name": f"{found.name} has a seat here: note them by that."})
    return found or Attendance(meeting=meeting)


def _makes_sense(
    meeting: Meeting,
    how: str,
    seat: Seat | None,
    in_place_of: Seat | None,
    items: tuple[AgendaItem | None, AgendaItem | None],
) -> None:
    for each in (seat, in_place_of):
        if each is not None and each.board_id != meeting.board_id:
            raise ValidationError(f"{each.name} sits on another board.")
        if each is not None and not (
            each.starts <= meeting.on and (each.ends is None or meeting.on <= each.ends)
        ):
            raise ValidationError(f"{each.name} did not sit on this board on {meeting.on:%-d %B %Y}.")
    if (how == How.SUBSTITUTE) != (in_place_of is not None):
        raise ValidationError({"in_place_of": "Say in whose place a substitute came, and only then."})
    if in_place_of is not None:
        there = meeting.attendance.filter(seat=in_place_of, how=How.PRESENT).exists()
        if there or (seat is not None and seat.pk == in_place_of.pk):
            raise ValidationError({"in_place_of": f"{in_place_of.name} is noted as present."})
    first, last = items
    if how not in THERE and (first or last):
        raise ValidationError({"from_item": "Somebody who was not there was there for no item."})
    for item in items:
        if item is not None and item.meeting_id != meeting.pk:
            raise ValidationError({"from_item": "That item is on another agenda."})
    if first and last and last.position < first.position:
        raise ValidationError({"to_item": "They left before they came: choose a later item."})


def _initials(name: str) -> str:
    """The first letters of a name, as an action line gives them."""
    return "".join(word[0] for word in name.split())[:8].upper()


@transaction.atomic
def forget_attendance(*, attendance: Attendance, by: User, at: datetime) -> None:
    """Take out a line that was noted by mistake."""
    meeting = attendance.meeting
    _noting(meeting, by, at)
    if attendance.interests.exists():
        raise ValidationError(f"{attendance.name} declared an interest. Take that out first.")
    name = attendance.name
    attendance.delete()
    record(meeting, "took out attendance", by=by, at=at, body=meeting.board.body, name=name)


@transaction.atomic
def declare_interest(
    *,
    attendance: Attendance,
    nature: str,
    effect: str,
    item: AgendaItem | None = None,
    by: User,
    at: datetime,
) -> Interest:
    """Note an interest that somebody declared, the item it concerns, and whether they stayed or left."""
    meeting = attendance.meeting
    _noting(meeting, by, at)
    if attendance.how not in THERE:
        raise ValidationError(f"{attendance.name} is not noted as being there.")
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": "That item is on another agenda."})
    if item is None and effect != Effect.STAYED:
        raise ValidationError({"item": "Say for which item they left."})
    words = given("nature", nature, "Say what the interest is.")
    interest = Interest(meeting=meeting, attendance=attendance, item=item, nature=words, effect=effect)
    interest.full_clean()
    interest.save()
    facts = {"name": attendance.name, "item": item.pk if item else None, "effect": effect}
    record(meeting, "noted an interest", by=by, at=at, body=meeting.board.body, **facts)
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest, by: User, at: datetime) -> None:
    """Take out an interest that was noted by mistake."""
    meeting = interest.meeting
    _noting(meeting, by, at)
    name = interest.attendance.name
    interest.delete()
    record(meeting, "took out an interest", by=by, at=at, body=meeting.board.body, name=name)
