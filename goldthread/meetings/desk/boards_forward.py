"""The forward plan of a board: month by month, with what slipped, what is unseen and what does not tally."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.forward import (
    change_business,
    drop_business,
    move_business,
    place_on_agenda,
    plan_business,
)
from goldthread.meetings.doors import audience_of, board_for, decisions_for
from goldthread.meetings.forms.agenda import ReasonForm
from goldthread.meetings.forms.boards import MoveForm, PlannedForm
from goldthread.meetings.forward_plan import MONTHS_UNSEEN, lines, months, reconcile, unseen_themes
from goldthread.meetings.models import Board, MeetingStage, Planned, PlannedState
from goldthread.plans.desk.frame import Acting, desk_page, refusals

WORDS = ("title", "theme", "purpose", "lead", "note", "listed")


@desk_page
def forward(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The forward plan from this month on."""
    found = board_for(acting.user, board, on=acting.on)
    audience = audience_of(acting.user, found.body, acting.on)
    every = lines(found, audience=audience, on=acting.on)
    decisions = decisions_for(acting.user, on=acting.on)
    context = {
        "board": found,
        "months": months(found, every, acting.on),
        "dropped": [line for line in every if line.planned.state == PlannedState.DROPPED],
        "unseen": unseen_themes(every, acting.on),
        "after": MONTHS_UNSEEN,
        "today": acting.on,
        "tally": reconcile(found, every, decisions),
        "can": acting.abilities(found.body),
    }
    return render(request, "meetings/desk/forward.html", context)


@desk_page
def plan(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Plan business."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    form = PlannedForm(request.POST or None, body=found.body)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            plan_business(board=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Planned."))
            return redirect("meetings:desk-forward", found.slug)
    return render(request, "meetings/desk/forward_new.html", {"board": found, "form": form})


def _planned(acting: Acting, board: str, pk: int) -> Planned:
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    planned = get_object_or_404(found.planned.select_related("lead"), pk=pk)
    planned.board = found
    return planned


@desk_page
def line(request: HttpRequest, acting: Acting, board: str, pk: int) -> HttpResponse:
    """A line of the forward plan: what it says, its slippage, and what can be done with it."""
    planned = _planned(acting, board, pk)
    body = planned.board.body
    form = PlannedForm(request.POST or None, body=body, initial=_initial(planned))
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS}
        with refusals(request, form) as done:
            change_business(planned=planned, by=acting.user, at=acting.at, **words)
        if done():
            messages.success(request, _("Kept."))
            return redirect("meetings:desk-forward", board)
    return _page(request, acting, planned, form=form)


def _initial(planned: Planned) -> dict[str, Any]:
    return {name: getattr(planned, name) for name in (*WORDS, "due")}


def _page(request: HttpRequest, acting: Acting, planned: Planned, **given: Any) -> HttpResponse:
    board: Board = planned.board
    audience = audience_of(acting.user, board.body, acting.on)
    every = lines(board, audience=audience, on=acting.on)
    open_stages = (MeetingStage.PLANNED, MeetingStage.PUBLISHED)
    coming = board.meetings.filter(stage__in=open_stages, on__gte=acting.on).order_by("starts_at")
    form = given.get("form") or PlannedForm(body=board.body, initial=_initial(planned))
    del form.fields["due"]
    context = {
        "board": board,
        "line": next(each for each in every if each.planned.pk == planned.pk),
        "form": form,
        "move": given.get("move") or MoveForm(),
        "reason": given.get("reason") or ReasonForm(),
        "coming": coming,
        "is_planned": planned.state == PlannedState.PLANNED,
    }
    return render(request, "meetings/desk/forward_line.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, acting: Acting, board: str, pk: int) -> HttpResponse:
    """Move planned business to another day."""
    planned, form = _planned(acting, board, pk), MoveForm(request.POST)
    return _taken(request, acting, planned, move_business, _("Moved."), move=form)


@desk_page
@require_POST
def drop(request: HttpRequest, acting: Acting, board: str, pk: int) -> HttpResponse:
    """Drop planned business."""
    planned, form = _planned(acting, board, pk), ReasonForm(request.POST)
    said = _("Dropped. Its line stays on record.")
    return _taken(request, acting, planned, drop_business, said, reason=form)


def _taken(
    request: HttpRequest, acting: Acting, planned: Planned, act: Callable[..., None], said: str, **given: Form
) -> HttpResponse:
    """What came of a step on planned business: the forward plan, or the page again as it was filled in."""
    (form,) = given.values()
    if form.is_valid():
        with refusals(request, form) as done:
            act(planned=planned, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, said)
            return redirect("meetings:desk-forward", planned.board.slug)
    return _page(request, acting, planned, **given)


@desk_page
@require_POST
def place(request: HttpRequest, acting: Acting, board: str, pk: int) -> HttpResponse:
    """Put planned business on the agenda of a meeting."""
    planned = _planned(acting, board, pk)
    meeting = get_object_or_404(planned.board.meetings, pk=request.POST.get("meeting") or 0)
    meeting.board = planned.board
    late = request.POST.get("late_reason", "")
    with refusals(request) as done:
        item = place_on_agenda(
            planned=planned, meeting=meeting, late_reason=late, by=acting.user, at=acting.at
        )
    if not done():
        return redirect("meetings:desk-planned", board, pk)
    messages.success(request, _("On the agenda as item %(number)s.") % {"number": item.number})
    return redirect(f"{meeting.get_absolute_url()}#{item.anchor}")
