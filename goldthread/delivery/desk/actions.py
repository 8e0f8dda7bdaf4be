"""Actions at the desk: one with its milestones and its history; add one, say what it waits for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.carrying import not_taken_along, take_along
from goldthread.delivery.actions.waiting import depends, no_longer_depends
from goldthread.delivery.actions.work import add_action, add_milestone, begin
from goldthread.delivery.desk.work_words import action_page
from goldthread.delivery.doors import action_for, priority_for
from goldthread.delivery.forms.work import ActionForm, MilestoneForm, WaitsForm
from goldthread.delivery.models import Action, Milestone
from goldthread.delivery.updates import title_of
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """An action: whose it is, by when, how far, what was last said of it, and its history."""
    action = action_for(acting.user, slug, on=acting.on)
    return render(request, "delivery/desk/action.html", action_page(action, acting))


@desk_page
def new(request: HttpRequest, acting: Acting, priority: str) -> HttpResponse:
    """Add an action to a priority."""
    found = priority_for(acting.user, priority, on=acting.on, ability=Ability.WRITE_DELIVERY)
    form = ActionForm(request.POST or None, body=found.body)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            action = add_action(priority=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Added as action %(number)s.") % {"number": action.number})
            return redirect(action)
    context = {"priority": found, "priority_title": title_of(found), "form": form}
    return render(request, "delivery/desk/action_new.html", context)


@desk_page
def carry(request: HttpRequest, acting: Acting, priority: str) -> HttpResponse:
    """Take along what last year's priority left open."""
    found = priority_for(acting.user, priority, on=acting.on, ability=Ability.WRITE_DELIVERY)
    left, taken = not_taken_along(found), ()
    if request.method == "POST":
        ticked = [action for action in left if str(action.pk) in request.POST.getlist("action")]
        with refusals(request) as done:
            taken = take_along(priority=found, actions=ticked, by=acting.user, at=acting.at)
        if done():
            said = ngettext("Taken along: %d action.", "Taken along: %d actions.", len(taken)) % len(taken)
            messages.success(request, said)
            return redirect(found)
    context = {"priority": found, "priority_title": title_of(found), "left": left}
    return render(request, "delivery/desk/action_carry.html", context)


@desk_page
def new_milestone(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Add a milestone to an action."""
    action = action_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_DELIVERY)
    form = MilestoneForm(request.POST or None, body=action.priority.body)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            step = add_milestone(action=action, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Added as milestone %(number)s.") % {"number": step.number})
            return redirect(step)
    context = {"action": action, "form": form, "heading": _("Add a milestone"), "button": _("Add it")}
    return render(request, "delivery/desk/action_step.html", context)


@desk_page
@require_POST
def under_way(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say that an action has begun."""
    action = action_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_DELIVERY)
    with refusals(request) as done:
        begin(action=action, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("It is under way."))
    return redirect(action)


@desk_page
def wait(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say what an action waits for."""
    action = action_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_DELIVERY)
    form = WaitsForm(request.POST or None, choices=_others(action))
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            kind, _dot, pk = form.cleaned_data["on"].partition("-")
            on = {"action": Action, "milestone": Milestone}[kind].objects.get(pk=pk)
            depends(action=action, on=on, why=form.cleaned_data["why"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Noted. It is told when that is late."))
            return redirect(action)
    context = {"action": action, "form": form, "heading": _("What it waits for"), "button": _("Note it")}
    return render(request, "delivery/desk/action_step.html", context)


def _others(action: Action) -> list[tuple[str, list[tuple[str, str]]]]:
    """The other actions of the plan's year and their milestones, by priority, as a form offers them."""
    near = action.priority
    rows = Action.objects.filter(priority__plan=near.plan_id, priority__year=near.year).exclude(pk=action.pk)
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in rows.select_related("priority").prefetch_related("milestones"):
        group = groups.setdefault(str(each.priority), [])
        group.append((f"action-{each.pk}", str(each)))
        group += [(f"milestone-{step.pk}", f"– {step}") for step in each.milestones.all()]
    return list(groups.items())


@desk_page
@require_POST
def wait_no_more(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Take back that an action waits for something."""
    action = action_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_DELIVERY)
    row = get_object_or_404(action.waits_for, pk=pk)
    with refusals(request) as done:
        no_longer_depends(dependency=row, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("It no longer waits for that."))
    return redirect(action)
