"""Call meetings, one or as they come round; change when and where one is; cancel it."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goldthread.core.governance import meetings as rules
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.bank_holidays import bank_holidays_between
from goldthread.meetings.actions.boards import cancel_meeting, change_meeting, hold_meeting_on
from goldthread.meetings.doors import board_for, meeting_for
from goldthread.meetings.forms.agenda import MeetingForm, ReasonForm
from goldthread.meetings.forms.boards import DatesForm
from goldthread.meetings.house_rules import clock_change, papers_deadline, recurrence_of
from goldthread.meetings.models import Board
from goldthread.plans.desk.frame import Acting, desk_page, refusals

AHEAD = timedelta(days=400)
"""How far ahead dates are proposed."""


@desk_page
def call(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Call one meeting, or those that come round in the year ahead."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    initial = {"time": found.usual_time, "place": found.usual_place}
    several = request.POST.get("part") == "dates"
    form = MeetingForm(request.POST if request.POST and not several else None, initial=initial)
    if form.is_bound and form.is_valid():
        with refusals(request, form) as done:
            meeting = hold_meeting_on(board=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("The meeting is called. Here is the beginning of its agenda."))
            return redirect(meeting)
    proposed, left_out = _proposed(found, acting.on)
    dates = DatesForm(request.POST if several else None, offered=_offered(found, proposed))
    if dates.is_bound and dates.is_valid():
        with refusals(request, dates) as done:
            _call_all(found, dates.days(), acting)
        if done():
            count = len(dates.days())
            words = ngettext("%(n)s meeting is called.", "%(n)s meetings are called.", count)
            messages.success(request, words % {"n": count})
            return redirect(found)
    context = {"board": found, "form": form, "dates": dates, "proposed": proposed, "left_out": left_out}
    return render(request, "meetings/desk/meeting_new.html", context)


@transaction.atomic
def _call_all(board: Board, days: list[date], acting: Acting) -> None:
    for on in days:
        hold_meeting_on(board=board, on=on, by=acting.user, at=acting.at)


def _proposed(board: Board, on: date) -> tuple[tuple[date, ...], tuple[rules.LeftOut, ...]]:
    """The dates of the year ahead on which the board would meet and has no meeting, and those left out."""
    recurrence = recurrence_of(board)
    if recurrence is None:
        return (), ()
    first = on + timedelta(days=1)
    last = min(on + AHEAD, board.ends or on + AHEAD)
    holidays = bank_holidays_between(first, last)
    called = set(board.meetings.exclude(stage="cancelled").values_list("on", flat=True))
    found = tuple(day for day in rules.dates(recurrence, first, last, holidays) if day not in called)
    return found, rules.left_out(recurrence, first, last, holidays)


def _offered(board: Board, days: tuple[date, ...]) -> list[tuple[str, str]]:
    said = []
    for day in days:
        words = _("%(day)s, papers due %(due)s") % {
            "day": rules.in_words(day),
            "due": f"{papers_deadline(board, day).on:%-d %B}",
        }
        if clock_change(day):
            words += _(" (the clocks change that day; the meeting keeps its time)")
        said.append((day.isoformat(), words))
    return said


@desk_page
def change(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Change when and where a meeting is."""
    found = meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    initial = {
        "on": found.on,
        "time": localtime(found.starts_at).time(),
        "ends": localtime(found.ends_at).time() if found.ends_at else None,
        "place": found.place,
        "joining": found.joining,
        "open_to_public": found.open_to_public,
    }
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            change_meeting(meeting=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Kept. Calendars that follow this board will show it."))
            return redirect(found)
        found.refresh_from_db()
    return render(request, "meetings/desk/meeting_change.html", _change_page(found, form, ReasonForm()))


def _change_page(meeting: object, form: MeetingForm, reason: ReasonForm) -> dict[str, object]:
    return {"meeting": meeting, "form": form, "reason": reason, "change": clock_change(meeting.on)}


@desk_page
@require_POST
def cancel(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Cancel a meeting."""
    found = meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    reason = ReasonForm(request.POST)
    if reason.is_valid():
        with refusals(request, reason) as done:
            cancel_meeting(meeting=found, by=acting.user, at=acting.at, **reason.cleaned_data)
        if done():
            messages.success(request, _("The meeting is cancelled. Calendars of the board will say so."))
            return redirect(found)
    initial = {"on": found.on, "time": localtime(found.starts_at).time(), "place": found.place}
    form = MeetingForm(initial=initial)
    return render(request, "meetings/desk/meeting_change.html", _change_page(found, form, reason))
