"""Who came to a meeting, for which items, and the interests they declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import allowed
from goldthread.meetings.actions.attendance import (
    declare_interest,
    forget_attendance,
    note_attendance,
    withdraw_interest,
)
from goldthread.meetings.agendas import in_order
from goldthread.meetings.attending import quorum_for, seats_on
from goldthread.meetings.doors import audience_of, chain_of, meeting_for
from goldthread.meetings.forms.boards import NoteForm
from goldthread.meetings.models import AgendaItem, Attendance, Effect, How, Interest, Meeting, Seat
from goldthread.plans.desk.frame import Acting, desk_page, refusals

HOWS = (
    (How.PRESENT.value, gettext_lazy("Present")),
    (How.APOLOGIES.value, gettext_lazy("Apologies")),
    (How.ABSENT.value, gettext_lazy("Absent")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on the day, and what is noted of it."""

    seat: Seat
    row: Attendance | None


def _managed(acting: Acting, board: str, slug: str) -> Meeting:
    return meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)


@desk_page
def attendance(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Who came, with the quorum in a sentence; the officer notes everybody in one form."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    manages = Ability.MANAGE_MEETINGS in acting.abilities(meeting.board.body)
    if request.method == "POST":
        meeting = _managed(acting, board, slug)
        with refusals(request) as done:
            _note_seats(meeting, request, acting)
        if done():
            messages.success(request, _("Noted."))
            return redirect("meetings:desk-attendance", board, slug)
    return _page(request, acting, meeting, manages=manages and meeting.stage != "cancelled")


@transaction.atomic
def _note_seats(meeting: Meeting, request: HttpRequest, acting: Acting) -> None:
    """Note each seat whose answer differs from what is noted; all of them or none."""
    items = {str(item.pk): item for item in in_order(meeting)}
    noted = {row.seat_id: row for row in meeting.attendance.all()}
    problems = []
    for seat in seats_on(meeting):
        how = request.POST.get(f"how-{seat.pk}", "")
        first = items.get(request.POST.get(f"from-{seat.pk}", ""))
        last = items.get(request.POST.get(f"to-{seat.pk}", ""))
        row = noted.get(seat.pk)
        same = row and (row.how, row.from_item_id, row.to_item_id) == (how, _pk(first), _pk(last))
        if not how or same:
            continue
        try:
            note_attendance(
                meeting=meeting,
                seat=seat,
                how=how,
                from_item=first,
                to_item=last,
                by=acting.user,
                at=acting.at,
            )
        except ValidationError as refusal:
            problems.append(f"{seat.name}: {' '.join(refusal.messages)}")
    if problems:
        raise ValidationError(problems)


def _pk(item: AgendaItem | None) -> int | None:
    return item.pk if item else None


def _page(
    request: HttpRequest, acting: Acting, meeting: Meeting, *, manages: bool, note: NoteForm | None = None
) -> HttpResponse:
    audience = audience_of(acting.user, meeting.board.body, acting.on)
    noted = list(meeting.attendance.select_related("in_place_of", "from_item", "to_item"))
    by_seat = {row.seat_id: row for row in noted if row.seat_id}
    seats = list(seats_on(meeting).select_related("office"))
    interests = meeting.interests.select_related("attendance", "item__parent")
    context: dict[str, Any] = {
        "meeting": meeting,
        "manages": manages,
        "places": [Place(seat, by_seat.get(seat.pk)) for seat in seats],
        "others": [row for row in noted if row.seat_id not in {seat.pk for seat in seats}],
        "there": [row for row in noted if row.how in (How.PRESENT, How.SUBSTITUTE, How.ATTENDING)],
        "items": [i for i in in_order(meeting) if allowed(*chain_of(i), audience=audience)],
        "interests": [
            i for i in interests if i.item is None or allowed(*chain_of(i.item), audience=audience)
        ],
        "hows": HOWS,
        "effects": Effect.choices,
        "quorum": quorum_for(meeting),
        "note": note or NoteForm(seats=_names(seats)),
        "typed": request.POST,
    }
    return render(request, "meetings/desk/attendance.html", context)


def _names(seats: list[Seat]) -> dict[str, str]:
    return {str(seat.pk): seat.name for seat in seats}


@desk_page
@require_POST
def guest(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Note a substitute, an officer or a guest by name."""
    meeting = _managed(acting, board, slug)
    seats = list(seats_on(meeting))
    form = NoteForm(request.POST, seats=_names(seats))
    if form.is_valid():
        given = form.cleaned_data
        replaced = given.pop("in_place_of")
        stands_for = next((seat for seat in seats if str(seat.pk) == replaced), None)
        how = How.SUBSTITUTE if stands_for else How.ATTENDING
        with refusals(request, form) as done:
            note_attendance(
                meeting=meeting, how=how, in_place_of=stands_for, by=acting.user, at=acting.at, **given
            )
        if done():
            messages.success(request, _("Noted."))
            return redirect("meetings:desk-attendance", board, slug)
    return _page(request, acting, meeting, manages=True, note=form)


@desk_page
@require_POST
def forget(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Take out a line that was noted by mistake."""
    meeting = _managed(acting, board, slug)
    row = get_object_or_404(Attendance, meeting=meeting, pk=pk)
    row.meeting = meeting
    with refusals(request) as done:
        forget_attendance(attendance=row, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Taken out."))
    return redirect("meetings:desk-attendance", board, slug)


@desk_page
@require_POST
def interest(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Note an interest that was declared, or take one out."""
    meeting = _managed(acting, board, slug)
    with refusals(request) as done:
        _interest(meeting, request, acting)
    if done():
        messages.success(request, _("Kept."))
        return redirect("meetings:desk-attendance", board, slug)
    return _page(request, acting, meeting, manages=True)


def _interest(meeting: Meeting, request: HttpRequest, acting: Acting) -> None:
    who = {"by": acting.user, "at": acting.at}
    given = request.POST
    if given.get("take_out"):
        found = get_object_or_404(Interest, meeting=meeting, pk=given["take_out"])
        found.meeting = meeting
        withdraw_interest(interest=found, **who)
        return
    row = Attendance.objects.filter(meeting=meeting, pk=given.get("attendance") or 0).first()
    if row is None:
        raise ValidationError(_("Say who declared it: note them as present first."))
    row.meeting = meeting
    item = meeting.items.filter(pk=given.get("item") or 0).first()
    nature, effect = given.get("nature", ""), given.get("effect", "")
    declare_interest(attendance=row, item=item, nature=nature, effect=effect, **who)
