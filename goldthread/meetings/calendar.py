"""Meetings as calendars that phones and computers subscribe to (RFC 5545).

A calendar names the board, the day, the hour and the place; it never names an item of business.
The public's has the meetings whose agenda was published and no way to join; a member's own, at an
address that is signed for them, has all meetings of the boards they sit on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from goldthread.core.governance.meetings import LONDON
from goldthread.meetings.doors import public_boards, public_meetings
from goldthread.meetings.models import Board, Meeting, MeetingStage
from goldthread.meetings.site.answering import answered
from goldthread.people.models import User
from goldthread.people.queries import offices_of

TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Goldthread//Meetings//EN"
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is put down for where nobody has said when it ends."""
SUMMER = (TimezoneDaylight, "BST", datetime(1981, 3, 29, 1), 3, timedelta(), timedelta(hours=1))
WINTER = (TimezoneStandard, "GMT", datetime(1996, 10, 27, 2), 10, timedelta(hours=1), timedelta())
"""When the clocks in London change each year: the last Sunday of a month, by the local time before it."""
STATUS = {
    MeetingStage.PLANNED: "TENTATIVE",
    MeetingStage.PUBLISHED: "CONFIRMED",
    MeetingStage.HELD: "CONFIRMED",
    MeetingStage.CANCELLED: "CANCELLED",
}
_SIGNER = Signer(salt="goldthread.meetings.calendar")


def calendar_of(meetings: Iterable[Meeting], name: str, *, joining: bool = False) -> bytes:
    """A calendar file of meetings, each with the sequence number of its last change.

    How to join is told only where ``joining``: never to the public.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add_component(_zone())
    for meeting in meetings:
        calendar.add_component(_event(meeting, joining=joining))
    return calendar.to_ical()


def _zone() -> Timezone:
    """Europe/London as a rule that never runs out."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for kind, name, since, month, before, after in (SUMMER, WINTER):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(meeting: Meeting, *, joining: bool) -> Event:
    event = Event()
    seed = f"{meeting.board.body.slug}/{meeting.pk}/{meeting.made_at.astimezone(UTC).isoformat()}"
    event.add("uid", f"{uuid5(NAMESPACE_URL, seed)}@goldthread")
    event.add("dtstamp", (meeting.published_at or meeting.made_at).astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", STATUS[MeetingStage(meeting.stage)])
    event.add("summary", meeting.board.name)
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at or meeting.starts_at + USUAL_LENGTH))
    event.add("location", meeting.place)
    event.add("description", _said(meeting, joining=joining))
    event.add("transp", "TRANSPARENT" if meeting.stage == MeetingStage.CANCELLED else "OPAQUE")
    return event


def _said(meeting: Meeting, *, joining: bool) -> str:
    if meeting.stage == MeetingStage.CANCELLED:
        return f"Cancelled: {meeting.cancelled_reason}"
    said = [meeting.board.body.name]
    said.append("Open to the public." if meeting.open_to_public else "Not open to the public.")
    if joining and meeting.joining:
        said.append(f"To join: {meeting.joining}")
    return "\n".join(said)


def _local(moment: datetime, zone: ZoneInfo = LONDON) -> datetime:
    """A moment as London's clocks show it; in universal time in the hour that comes twice."""
    local = moment.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if twice else local


def board_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The public calendar of a board: its published meetings, those cancelled since among them."""
    board = public_boards().filter(slug=slug).first()
    if board is None:
        raise Http404("There is no such board here.")
    meetings = public_meetings().filter(board=board).order_by("starts_at")
    found = _answer(calendar_of(meetings, board.name), f"{board.slug}-meetings.ics")
    return answered(request, found)


def member_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A member's own calendar. The address is the key to it: it opens for as long as they sit on a board."""
    user = user_of(token)
    boards = boards_of(user, on=timezone.localdate()) if user else ()
    if not boards:
        raise Http404("This calendar has been closed. Sign in and copy its address again.")
    meetings = Meeting.objects.filter(board__in=boards).select_related("board__body").order_by("starts_at")
    response = _answer(calendar_of(meetings, "My boards", joining=True), "my-boards.ics")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def boards_of(user: User, *, on: date) -> tuple[Board, ...]:
    """The boards at whose table a person has a place on a day, by name or by an office they hold."""
    theirs = Q(seats__user=user) | Q(seats__office__in=offices_of(user, on), seats__user__isnull=True)
    held = Q(seats__starts__lte=on) & (Q(seats__ends__isnull=True) | Q(seats__ends__gte=on))
    return tuple(Board.objects.filter(theirs & held).distinct())


def address_for(user: User) -> str:
    """The address of a person's own calendar. A new password closes it and makes another."""
    return reverse("meetings:calendar-mine", args=[_SIGNER.sign_object([user.pk, _stamp(user)])])


def user_of(token: str) -> User | None:
    """The person for whom an address was signed, or nobody where it is not good any more."""
    try:
        pk, stamp = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and stamp == _stamp(user) else None


def _stamp(user: User) -> str:
    return user.get_session_auth_hash()[:16]


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
