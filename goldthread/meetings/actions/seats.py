"""Who sits at a board's table, from which day to which."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.wording import given
from goldthread.meetings.models import Board, BoardKind, Seat, SeatRole
from goldthread.people.actions import require
from goldthread.people.models import Office, User


@transaction.atomic
def seat(
    *,
    board: Board,
    role: str,
    name: str,
    initials: str,
    title: str = "",
    office: Office | None = None,
    user: User | None = None,
    starts: date,
    ends: date | None = None,
    votes: bool | None = None,
    by: User,
    at: datetime,
) -> Seat:
    """Give somebody a place at a board's table from a day; ``votes`` unless told as their role has it."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    name, initials = given("name", name), given("initials", initials)
    _may_sit(board, name, initials, office, user, starts, ends)
    if votes is None:
        votes = board.kind != BoardKind.BOARD and role in (SeatRole.CHAIR, SeatRole.MEMBER)
    last = board.seats.aggregate(last=Max("position"))["last"]
    made = Seat(
        board=board,
        role=role,
        name=name,
        initials=initials,
        title=title.strip(),
        office=office,
        user=user,
        votes=votes,
        position=(last or 0) + 1,
        starts=starts,
        ends=ends,
    )
    made.full_clean()
    made.save()
    record(board, "seated", by=by, at=at, body=board.body, name=name, role=role, starts=starts, ends=ends)
    return made


def _may_sit(
    board: Board,
    name: str,
    initials: str,
    office: Office | None,
    user: User | None,
    starts: date,
    ends: date | None,
) -> None:
    problems: dict[str, str] = {}
    if starts < board.starts or (board.ends is not None and (ends or starts) > board.ends):
        problems["starts"] = f"{board.name} does not exist on all of these days."
    if ends is not None and ends < starts:
        problems["ends"] = "The last day is before the first."
    if office is not None and office.body_id != board.body_id:
        problems["office"] = f"{office.title} is an office of another body."
    if user is not None and not user.holdings.filter(office__body=board.body).exists():
        problems["user"] = (
            f"{user.name} holds no office of {board.body.name}. Leave this empty, and give a name."
        )
    for other in board.seats.filter(ends__isnull=True) | board.seats.filter(ends__gte=starts):
        if ends is not None and other.starts > ends:
            continue
        if other.name.casefold() == name.casefold():
            problems["name"] = f"{other.name} sits here already. End that seat first."
        elif other.initials.casefold() == initials.casefold():
            problems["initials"] = f"{other.name} has these initials. Add a letter, as in “SMc”."
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def end_seat(*, seat: Seat, ends: date, by: User, at: datetime) -> None:
    """Say on which day somebody sat for the last time; the seat stays on record."""
    require(by, Ability.MANAGE_MEETINGS, seat.board.body, on=localdate(at))
    if ends < seat.starts:
        raise ValidationError({"ends": f"{seat.name} took this seat on {seat.starts:%-d %B %Y}, after that."})
    if seat.ends is not None and seat.ends < ends:
        raise ValidationError({"ends": f"This seat ended on {seat.ends:%-d %B %Y}. Make a new one instead."})
    seat.ends = ends
    seat.save(update_fields=["ends"])
    record(seat.board, "ended a seat", by=by, at=at, body=seat.board.body, name=seat.name, ends=ends)


@transaction.atomic
def replace_seat(*, old: Seat, starts: date, name: str, initials: str, by: User, at: datetime) -> Seat:
    """Let somebody take another's place from a day: the old seat ends the day before, in one step."""
    end_seat(seat=old, ends=starts - timedelta(days=1), by=by, at=at)
    return seat(
        board=old.board,
        role=old.role,
        name=name,
        initials=initials,
        title=old.title,
        office=old.office,
        starts=starts,
        votes=old.votes,
        by=by,
        at=at,
    )
