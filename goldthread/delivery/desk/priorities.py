"""One priority at the desk: read it, begin it, change its words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.carrying import not_taken_along
from goldthread.delivery.actions.priorities import (
    WRITABLE,
    WrittenMeanwhile,
    draft_priority,
    write_priority,
)
from goldthread.delivery.actions.priority_ties import OPEN
from goldthread.delivery.desk.frame import can_of, here_of, here_of_priority, open_priority
from goldthread.delivery.desk.priority_steps import steps_open_to
from goldthread.delivery.doors import actions_for, public_priorities
from goldthread.delivery.forms.priorities import ChangedForm, NewPriorityForm, answers_of
from goldthread.delivery.measured import measures_told, ties_of
from goldthread.delivery.models import Approval, Priority, PriorityVersion
from goldthread.delivery.queries import STAGES, lines_of
from goldthread.delivery.serving import standing_of
from goldthread.delivery.themes import promising, themes_of
from goldthread.delivery.wording import wording_of, woven
from goldthread.meetings.doors import decisions_for
from goldthread.people.models import Body, Office
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.models import Document


def offices_of_body(body: Body) -> QuerySet[Office]:
    """The offices that may answer for work here: those whose holders may say how it comes along."""
    able = [office.pk for office in body.offices.all() if Ability.GIVE_UPDATE in office.abilities]
    return body.offices.filter(pk__in=able).order_by("title")


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """One priority: its words, what it serves, its actions and measures, who decided what."""
    priority = open_priority(acting, slug)
    wording = wording_of(priority.version)
    (line,) = lines_of([priority], {priority.pk: wording}, actions_for(acting.user, acting.on), acting.on)
    word, tone = STAGES[PriorityStage(priority.stage)]
    context = {
        "priority": priority,
        "here": here_of_priority(priority),
        "wording": wording,
        "stage": (str(word), tone),
        "line": line,
        "changed": change_since_approval(priority),
        "approvals": _approvals(priority, acting),
        "serves": standing_of(
            priority.serves.filter(ended_at=None).select_related("plan", "edition"), acting.on
        ),
        "measures": _measures(priority),
        "carried_to": Priority.objects.filter(carried_from=priority).first(),
        "open_before": _open_before(priority, acting),
        "writable": priority.stage in WRITABLE,
        "running": priority.stage in OPEN,
        "steps": steps_open_to(priority),
        "public_href": priority.public_href if public_priorities().filter(pk=priority.pk).exists() else "",
        "can": can_of(acting, priority.body),
        "on": acting.on,
    }
    return render(request, "delivery/desk/priority.html", context)


def change_since_approval(priority: Priority) -> SafeString | str:
    """What was changed since the board approved it, word by word; empty where nothing was."""
    if priority.approved_version is None or not priority.changed_since_approval:
        return ""
    old, new = wording_of(priority.approved_version), wording_of(priority.version)
    return woven(old, new, _("Changed since the board approved it"), level=2)


def _approvals(priority: Priority, acting: Acting) -> list[tuple[Approval, bool]]:
    """By which decisions it was approved, newest first, and whether the reader may open each."""
    rows = list(priority.approvals.select_related("decision", "version").order_by("-pk"))
    wanted = [row.decision_id for row in rows]
    mine = set(decisions_for(acting.user, on=acting.on).filter(pk__in=wanted).values_list("pk", flat=True))
    return [(row, row.decision_id in mine) for row in rows]


def _measures(priority: Priority) -> list[dict[str, Any]]:
    ties = ties_of([priority])
    told = measures_told(priority.body, [tie.measure for tie in ties])
    return [{"tie": tie, "line": told.get(tie.measure_id)} for tie in ties]


def _open_before(priority: Priority, acting: Acting) -> list[Any]:
    """The actions of the year from which it was carried that are open still, and were not taken along."""
    mine = actions_for(acting.user, acting.on).filter(priority=priority.carried_from_id)
    wanted = not_taken_along(priority)
    seen = set(mine.values_list("pk", flat=True)) if wanted else set()
    return [action for action in wanted if action.pk in seen]


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin a priority for a theme of a plan in a year."""
    here = here_of(request, acting, Ability.WRITE_DELIVERY)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    form = NewPriorityForm(
        request.POST or None,
        offices=offices_of_body(here.body),
        themes=_themes(here.plan, acting),
        initial={"theme_key": request.GET.get("theme", "")},
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            made = draft_priority(
                plan=here.plan, year=here.year, by=acting.user, at=acting.at, **form.cleaned_data
            )
        if done():
            messages.success(request, _("Begun as a draft. Say next which pledges of the plan it serves."))
            return redirect(made)
    context = {
        "here": here,
        "form": form,
        "heading": _("A priority for %(year)s") % {"year": here.words},
        "button": _("Begin it"),
        "back": here.href,
    }
    return render(request, "delivery/desk/form.html", context)


def _themes(plan: Document, acting: Acting) -> list[tuple[str, str]]:
    """The themes to choose from: those that promise something; every top section where none does."""
    found = promising(plan, acting.on) or themes_of(plan, acting.on)
    return [("", _("Choose one")), *((theme.key, theme.title) for theme in found)]


@desk_page
def write(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Change the words of a priority. Who comes second sees the other's words beside their own."""
    priority = open_priority(acting, slug, Ability.WRITE_DELIVERY)
    now = priority.version
    form = ChangedForm(
        request.POST or None,
        offices=offices_of_body(priority.body),
        approved=priority.stage == PriorityStage.LIVE,
        initial={**answers_of(wording_of(now)), "base": now.seal},
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            try:
                write_priority(priority=priority, by=acting.user, at=acting.at, **form.cleaned_data)
            except WrittenMeanwhile as met:
                theirs = met.theirs
                form.data = {**form.data.dict(), "base": theirs.seal}
                raise
        if done():
            messages.success(request, _("Saved."))
            return redirect(priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "form": form,
        "heading": _("Change %(number)s") % {"number": priority.number},
        "button": _("Save"),
        "back": priority.get_absolute_url(),
        "theirs": theirs,
        "their_wording": wording_of(theirs) if theirs is not None else None,
    }
    return render(request, "delivery/desk/priority_write.html", context)


@desk_page
def history(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Every version of a priority's words, each as a change from the one before."""
    priority = open_priority(acting, slug)
    versions = list(priority.versions.select_related("lead_office").order_by("number"))
    approved = {row.version_id: row for row in priority.approvals.select_related("decision")}
    pairs = zip([None, *versions], versions, strict=False)
    told = [_told(old, new, approved.get(new.pk)) for old, new in pairs]
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "told": told[::-1],
        "record": reverse("record") if acting.abilities(priority.body) & {Ability.READ_AUDIT} else "",
    }
    return render(request, "delivery/desk/priority_history.html", context)


def _told(old: PriorityVersion | None, new: PriorityVersion, approval: Approval | None) -> dict[str, Any]:
    """A version of the words, as a change from the one before it where there is one."""
    said, heading = wording_of(new), _("Version %(n)d") % {"n": new.number}
    name = f"version-{new.number}"
    change = woven(wording_of(old), said, heading, level=2, name=name) if old is not None else ""
    return {"version": new, "approval": approval, "woven": change, "wording": said}
