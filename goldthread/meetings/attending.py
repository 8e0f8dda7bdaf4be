"""Who was there, item by item, and whether that was a quorum: what a meeting noted, as the rules read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from goldthread.core.governance import quorum as rules
from goldthread.meetings.agendas import in_order
from goldthread.meetings.house_rules import quorum_of
from goldthread.meetings.models import (
    AgendaItem,
    Attendance,
    Effect,
    How,
    Meeting,
    Seat,
    SeatRole,
)

SEATED = (SeatRole.CHAIR, SeatRole.MEMBER)
"""Whose places make a board: the rest advise it or attend it."""
CHAIR = "chair"
"""How a quorum rule names whoever takes the chair."""
_EFFECTS = {
    Effect.STAYED: rules.InterestEffect.STAYED,
    Effect.SPOKE: rules.InterestEffect.SPOKE_THEN_LEFT,
    Effect.LEFT: rules.InterestEffect.LEFT,
}


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a meeting has a quorum, in a sentence, and the items for which it would have none."""

    words: str
    met: bool | None
    without: tuple[AgendaItem, ...] = ()


def seats_on(meeting: Meeting) -> QuerySet[Seat]:
    """The seats at a board's table on the day of a meeting."""
    held = Q(starts__lte=meeting.on) & (Q(ends__isnull=True) | Q(ends__gte=meeting.on))
    return meeting.board.seats.filter(held)


def quorum_for(meeting: Meeting) -> Quorum:
    """The quorum of a meeting by what is noted so far; ``met`` is nothing where the board has no rule."""
    rule = quorum_of(meeting.board)
    if rule is None:
        return Quorum("This board has no quorum rule.", None)
    items = in_order(meeting)
    places = {item.pk: place for place, item in enumerate(items)}
    seats = seats_on(meeting).filter(role__in=SEATED).select_related("office")
    members = [_member(seat, rule.offices) for seat in seats]
    noted = list(meeting.attendance.select_related("seat", "from_item", "to_item"))
    lines = [_line(row, places) for row in noted]
    interests = _interests(meeting, places)
    whole = rules.quorum_met(_ever_there(lines), rule, members)
    without = tuple(
        item
        for place, item in enumerate(items)
        if not rules.quorum_met(rules.deciding(place, lines, interests), rule, members).met
    )
    return Quorum(whole.words[0].upper() + whole.words[1:], whole.met, without if whole.met else ())


def _member(seat: Seat, wanted: Sequence[str]) -> rules.Member:
    """A seat as the rule sees it: by whichever of the offices that must be there it holds."""
    held = {
        seat.title,
        seat.office.title if seat.office else "",
        CHAIR if seat.role == SeatRole.CHAIR else "",
    }
    office = next((each for each in wanted if each in held), seat.title)
    return rules.Member(str(seat.pk), seat.starts, seat.ends, office)


def _line(row: Attendance, places: dict[int, int]) -> rules.Attendance:
    who = str(row.seat_id) if row.seat_id else row.name
    stands_for = str(row.in_place_of_id) if row.in_place_of_id else ""
    counts = row.how in (How.PRESENT, How.SUBSTITUTE)
    if row.how in (How.APOLOGIES, How.ABSENT):
        return rules.Attendance(who, rules.Presence(row.how), counts=False)
    if row.from_item_id is None and row.to_item_id is None:
        return rules.Attendance(who, rules.Presence.FULL, stands_for=stands_for, counts=counts)
    return rules.Attendance(who, rules.Presence.PART, _places(row, places), stands_for, counts)


def _places(row: Attendance, places: dict[int, int]) -> frozenset[int]:
    """The places of the items that somebody was there for, the first and the last included."""
    first = places[row.from_item_id] if row.from_item_id else 0
    last = places[row.to_item_id] if row.to_item_id else len(places) - 1
    return frozenset(range(first, last + 1))


def _interests(meeting: Meeting, places: dict[int, int]) -> list[rules.Interest]:
    noted = meeting.interests.filter(item__isnull=False).select_related("attendance")
    return [
        rules.Interest(_who(each.attendance), places[each.item_id], _EFFECTS[Effect(each.effect)])
        for each in noted
    ]


def _who(row: Attendance) -> str:
    """The member whose voice a line is: a substitute's is that of the seat they stand for."""
    return str(row.in_place_of_id or row.seat_id or row.name)


def _ever_there(lines: Sequence[rules.Attendance]) -> tuple[str, ...]:
    there = (rules.Presence.FULL, rules.Presence.PART)
    return tuple(
        {each.stands_for or each.who: None for each in lines if each.counts and each.presence in there}
    )
