"""What a priority is tied to, at the desk: the words of the plan that it serves, and its measures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.priorities import (
    measure_by,
    pin_again,
    serve,
    stop_measuring,
    stop_serving,
)
from goldthread.delivery.actions.priority_ties import OPEN
from goldthread.delivery.desk.frame import can_of, here_of_priority, open_priority
from goldthread.delivery.forms.priorities import MeasureForm, ReasonForm, ServeForm
from goldthread.delivery.models import Priority
from goldthread.delivery.serving import Place, current_edition, places_of, standing_of
from goldthread.performance.models import Definition, Measure
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def choose(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say which pledge or section of the plan a priority serves, from the words that count today."""
    priority = open_priority(acting, slug, Ability.WRITE_DELIVERY)
    edition = current_edition(priority.plan, acting.on)
    if edition is None:
        raise Http404(_("No edition of this plan was approved yet."))
    form = ServeForm(
        request.POST or None,
        places=[(_key(each), _told(each)) for each in _offered(priority, places_of(edition))],
    )
    if request.method == "POST" and form.is_valid():
        section, _parted, block = form.cleaned_data["place"].partition("|")
        with refusals(request, form) as done:
            serve(
                priority=priority,
                edition=edition,
                section_key=section,
                block_key=block,
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(request, _("Pinned to what the plan says today."))
            return redirect(priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "form": form,
        "heading": _("What %(number)s serves") % {"number": priority.number},
        "words": _("Pledges of its own theme come first. Each is pinned to the words of %(edition)s.")
        % {"edition": edition.label},
        "button": _("It serves this"),
        "back": priority.get_absolute_url(),
    }
    return render(request, "delivery/desk/form.html", context)


def _key(place: Place) -> str:
    return f"{place.section_key}|{place.block_key}"


def _told(place: Place) -> str:
    words = place.words if len(place.words) <= 160 else f"{place.words[:159].rstrip()}…"
    return f"{place.label}: “{words}”" if place.block_key else place.label


def _offered(priority: Priority, places: tuple[Place, ...]) -> list[Place]:
    """What it does not serve yet: pledges of its own theme, other pledges, then sections."""
    served = set(priority.serves.filter(ended_at=None).values_list("section_key", "block_key"))
    own, inside = set(), False
    for place in places:
        if not place.block_key:
            inside = place.section_key == priority.theme_key if place.depth == 0 else inside
            if inside:
                own.add(place.section_key)
    free = [place for place in places if (place.section_key, place.block_key) not in served]
    return sorted(free, key=lambda each: (not each.block_key, each.section_key not in own))


@desk_page
def serving(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """One thing that a priority serves: what was pinned beside what the plan says today."""
    priority = open_priority(acting, slug)
    row = get_object_or_404(priority.serves.select_related("plan", "edition", "priority"), pk=pk)
    (stands,) = standing_of((row,), acting.on)
    can = can_of(acting, priority.body)
    form = ReasonForm(request.POST if request.POST.get("part") == "stop" else None)
    if request.method == "POST":
        went_well = _answered(request, acting, row, form)
        if went_well:
            return redirect(priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "stands": stands,
        "form": form if can["write"] and row.ended_at is None and priority.stage in OPEN else None,
        "can": can,
    }
    return render(request, "delivery/desk/serving.html", context)


def _answered(request, acting, row, form) -> bool:
    if request.POST.get("part") == "again":
        with refusals(request) as done:
            pin_again(serves=row, seen=request.POST.get("seen", ""), by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Pinned to what the plan says today."))
        return done()
    if not form.is_valid():
        return False
    with refusals(request, form) as done:
        stop_serving(serves=row, by=acting.user, at=acting.at, **form.cleaned_data)
    if done():
        messages.success(request, _("It no longer serves this. That it did stays on record."))
    return done()


@desk_page
def measure(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Choose a measure that tells how a priority goes."""
    priority = open_priority(acting, slug, Ability.WRITE_DELIVERY)
    checked = Definition.objects.checked().values("measure")
    taken = priority.measured_by.filter(ended_at=None).values("measure")
    rows = Measure.objects.filter(body=priority.body, ended_at=None, pk__in=checked).exclude(pk__in=taken)
    form = MeasureForm(request.POST or None, measures=rows.order_by("name"))
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            measure_by(priority=priority, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Chosen. Its sentence stands on the priority's page."))
            return redirect(priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "form": form if rows.exists() else None,
        "heading": _("A measure for %(number)s") % {"number": priority.number},
        "button": _("Choose it"),
        "back": priority.get_absolute_url(),
        "nothing": _("Every measure that is defined here tells of it already, or there is none yet."),
    }
    return render(request, "delivery/desk/form.html", context)


@desk_page
def end_measure(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Say that a measure no longer tells how a priority goes."""
    priority = open_priority(acting, slug, Ability.WRITE_DELIVERY)
    tie = get_object_or_404(
        priority.measured_by.select_related("measure", "priority__body"), pk=pk, ended_at=None
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            stop_measuring(tie=tie, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Ended. That it was chosen stays on record."))
            return redirect(priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "form": form,
        "heading": _("%(measure)s no longer tells of %(number)s")
        % {"measure": tie.measure.name, "number": priority.number},
        "button": _("End it"),
        "back": priority.get_absolute_url(),
    }
    return render(request, "delivery/desk/form.html", context)
