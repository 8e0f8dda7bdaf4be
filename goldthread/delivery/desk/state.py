"""The state of the plan on one screen, for the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.delivery.desk.frame import can_of, here_of
from goldthread.delivery.desk.home import lead_of
from goldthread.delivery.desk.reports import boards
from goldthread.delivery.queries import delivery_of
from goldthread.delivery.rotation import rotation
from goldthread.delivery.state import state_of
from goldthread.plans.desk.frame import Acting, desk_page


@desk_page
def state(request: HttpRequest, acting: Acting) -> HttpResponse:
    """For each theme what is done, late, silent, nobody's, undecided, and when the board last saw it."""
    here = here_of(request, acting)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    themes = delivery_of(acting.user, here.plan, here.year, acting.on)
    turns = rotation(here.plan, boards(acting, here).first(), here.year, acting.on)
    context = {
        "here": here,
        "themes": state_of(here.body, themes, turns, acting.on),
        "lead": lead_of(themes),
        "can": can_of(acting, here.body),
        "on": acting.on,
    }
    return render(request, "delivery/desk/state.html", context)
