"""Registers of decisions at the desk: opening one, and the pattern of its numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.references import Pattern
from goldthread.meetings.actions.registers import change_register, initials, make_register
from goldthread.meetings.forms.decisions import RegisterForm, registers_of
from goldthread.meetings.models import Register
from goldthread.people.actions import require
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Open a register of decisions."""
    body = acting.body_where(Ability.MANAGE_MEETINGS)
    initial = {"pattern": f"{initials(body.name)} {{year}}-{{serial:03}}"}
    form = RegisterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            make_register(body=body, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(
                request, _("The register is open. Its first number is given to the next decision.")
            )
            return redirect("meetings:desk-decisions")
    return render(request, "meetings/desk/decision_register.html", {"form": form, "body": body})


def _register_for(acting: Acting, slug: str) -> Register:
    bodies = bodies_where(acting.user, Ability.READ_DRAFTS, acting.on)
    found = registers_of(bodies).filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such register here."))
    require(acting.user, Ability.MANAGE_MEETINGS, found.body, on=acting.on)
    return found


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Change a register's name, pattern or standard; numbers already given stay."""
    register = _register_for(acting, slug)
    initial = {
        "name": register.name,
        "pattern": register.pattern,
        "publish_days": register.publish_days,
    }
    form = RegisterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            change_register(register=register, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Changed. It counts for the decisions still to be taken."))
            return redirect("meetings:desk-decisions")
    last = register.counters.filter(period=Pattern(register.pattern).period(acting.on)).first()
    context = {
        "form": form,
        "body": register.body,
        "register": register,
        "following": Pattern(register.pattern).write(acting.on, (last.last if last else 0) + 1),
    }
    return render(request, "meetings/desk/decision_register.html", context)
