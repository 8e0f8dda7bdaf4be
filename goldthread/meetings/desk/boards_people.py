"""Who sits at a board's table, and who did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.boards import end_seat, replace_seat, seat
from goldthread.meetings.doors import board_for
from goldthread.meetings.forms.boards import EndSeatForm, SeatForm
from goldthread.meetings.models import Seat
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def seats(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Who sits here today, who is to, and who sat before."""
    found = board_for(acting.user, board, on=acting.on)
    rows = list(found.seats.select_related("office"))
    context = {
        "board": found,
        "now": [
            row for row in rows if row.starts <= acting.on and (row.ends is None or row.ends >= acting.on)
        ],
        "to_come": [row for row in rows if row.starts > acting.on],
        "before": sorted(
            (row for row in rows if row.ends and row.ends < acting.on), key=_ended, reverse=True
        ),
        "can": acting.abilities(found.body),
    }
    return render(request, "meetings/desk/board_seats.html", context)


def _ended(row: Seat) -> Any:
    return row.ends


@desk_page
def new_seat(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Give somebody a place at the table."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    form = SeatForm(request.POST or None, body=found.body, initial={"starts": max(acting.on, found.starts)})
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            made = seat(board=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("%(name)s has a seat.") % {"name": made.name})
            return redirect("meetings:desk-seats", found.slug)
    return render(request, "meetings/desk/board_seat.html", {"board": found, "form": form})


@desk_page
def close_seat(request: HttpRequest, acting: Acting, board: str, pk: int) -> HttpResponse:
    """Say until when somebody sits, and who follows them."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    row = get_object_or_404(found.seats, pk=pk)
    form = EndSeatForm(request.POST or None, initial={"ends": row.ends or acting.on})
    if request.method == "POST" and form.is_valid():
        given, who = form.cleaned_data, {"by": acting.user, "at": acting.at}
        with refusals(request, form) as done:
            if given["follower"]:
                starts = given["ends"] + timedelta(days=1)
                replace_seat(
                    old=row, starts=starts, name=given["follower"], initials=given["initials"], **who
                )
            else:
                end_seat(seat=row, ends=given["ends"], **who)
        if done():
            messages.success(request, _("Kept. The seat stays on record."))
            return redirect("meetings:desk-seats", found.slug)
    return render(request, "meetings/desk/board_seat_end.html", {"board": found, "seat": row, "form": form})
