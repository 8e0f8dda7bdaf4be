"""The rotation of themes: who was seen when, a year planned in one step, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.years import year_days
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.rotation import plan_rotation
from goldthread.delivery.desk.frame import Here, can_of, here_of
from goldthread.delivery.desk.reports import boards
from goldthread.delivery.forms.reports import RotationForm
from goldthread.delivery.rotation import UNSEEN, Turn, reconciled, rotation, suggested
from goldthread.meetings.models import Board, MeetingStage
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def page(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Where each theme stands; the form that plans those which are not planned."""
    here = here_of(request, acting)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    found = boards(acting, here)
    board = found.filter(slug=request.GET.get("board", "")).first() or found.first()
    turns = rotation(here.plan, board, here.year, acting.on)
    may_plan = board is not None and Ability.MANAGE_MEETINGS in acting.abilities(here.body)
    form = _form(request, acting, here, board, turns) if board is not None and may_plan else None
    if board is not None and form is not None and request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            made = plan_rotation(
                plan=here.plan, board=board, year=here.year, days=form.days(), by=acting.user, at=acting.at
            )
        if done():
            words = ngettext("Planned: %d theme in depth.", "Planned: %d themes in depth.", len(made))
            messages.success(request, words % len(made))
            return redirect(f"{request.path}{here.query}")
    context = {
        "here": here,
        "board": board,
        "turns": turns,
        "happened": reconciled(here.plan, board, here.year, acting.on) if board else (),
        "form": form if form is not None and form.fields else None,
        "after": UNSEEN,
        "crumb": _("Rotation of themes"),
        "can": can_of(acting, here.body),
    }
    return render(request, "delivery/desk/rotation.html", context)


def _form(
    request: HttpRequest, acting: Acting, here: Here, board: Board, turns: tuple[Turn, ...]
) -> RotationForm | None:
    """A day for each theme that is not planned; nothing where the year is over."""
    starts, ends = year_days(here.year)
    if ends < acting.on:
        return None
    themes = [each.theme for each in turns if each.planned is None]
    called = board.meetings.filter(on__range=(starts, ends)).exclude(stage=MeetingStage.CANCELLED)
    days = suggested(themes, list(called.values_list("on", flat=True)), here.year, acting.on)
    return RotationForm(request.POST if request.method == "POST" else None, themes=themes, days=days)
