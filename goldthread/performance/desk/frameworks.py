"""Frameworks that ask for measures, and the areas that an area is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import Body
from goldthread.performance.actions.frameworks import add_to_framework, make_framework, set_group
from goldthread.performance.desk.frame import own_body
from goldthread.performance.forms.promises import FrameworkForm, GroupForm, MembershipForm
from goldthread.performance.models import Area, AreaKind, ComparatorGroup, Framework, Measure
from goldthread.performance.places import busiest, home_area
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.templatetags.web import short_day


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every framework with its measures; begin one, or put a measure in one."""
    body = own_body(acting)
    writes = Ability.WRITE_MEASURES in acting.abilities(body)
    if request.method == "POST":
        require(acting.user, Ability.WRITE_MEASURES, body, on=acting.on)
    forms = _forms(request, body)
    part = request.POST.get("part", "")
    if request.method == "POST" and part in forms and forms[part].is_valid():
        with refusals(request, forms[part]) as done:
            _DEEDS[part](acting, body, forms[part].cleaned_data)
        if done():
            messages.success(request, _("Kept."))
            return redirect("performance:desk-frameworks")
    rows = Framework.objects.filter(body=body).prefetch_related("memberships__measure")
    context = {
        "here": _("Frameworks"),
        "frameworks": [_row(row, acting) for row in rows],
        "forms": forms if writes else None,
    }
    return render(request, "performance/desk/frameworks.html", context)


def _forms(request: HttpRequest, body: Body) -> dict[str, Any]:
    given = request.POST.get("part", "")
    measures = Measure.objects.filter(body=body, ended_at__isnull=True).order_by("name")
    frameworks = Framework.objects.filter(body=body)
    posted = {name: request.POST if given == name else None for name in ("add", "begin")}
    add = MembershipForm(posted["add"], prefix="add", frameworks=frameworks, measures=measures)
    return {"add": add, "begin": FrameworkForm(posted["begin"], prefix="begin")}


def _begin(acting: Acting, body: Body, given: dict[str, Any]) -> None:
    make_framework(body=body, by=acting.user, at=acting.at, **given)


def _add(acting: Acting, body: Body, given: dict[str, Any]) -> None:
    add_to_framework(by=acting.user, at=acting.at, **given)


_DEEDS: dict[str, Callable[[Acting, Body, dict[str, Any]], None]] = {"begin": _begin, "add": _add}


def _row(row: Framework, acting: Acting) -> dict[str, Any]:
    running = row.starts <= acting.on and (row.ends is None or row.ends >= acting.on)
    ahead = row.starts > acting.on
    words = _("In force") if running else _("Not yet in force") if ahead else _("Ended")
    return {
        "key": row.key,
        "name": row.name,
        "source": row.source,
        "when": _between(row.starts, row.ends),
        "status": words,
        "tone": "good" if running else "calm",
        "measures": [
            (
                each.measure.name,
                reverse("performance:desk-measure", args=[each.measure.slug]),
                _between(each.starts, each.ends),
            )
            for each in row.memberships.all()
        ],
    }


def _between(starts: Any, ends: Any) -> str:
    if ends is None:
        return _("Since %(day)s.") % {"day": short_day(starts)}
    return _("%(first)s to %(last)s.") % {"first": short_day(starts), "last": short_day(ends)}


@desk_page
def groups(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Who the body's own area is compared with, and from when."""
    body = own_body(acting)
    area = home_area(body) or busiest(body)
    writes = Ability.WRITE_MEASURES in acting.abilities(body)
    if request.method == "POST":
        require(acting.user, Ability.WRITE_MEASURES, body, on=acting.on)
    form = None
    if writes and area is not None:
        others = Area.objects.filter(kind=AreaKind.FORCE).exclude(pk=area.pk).order_by("name")
        form = GroupForm(request.POST or None, areas=others)
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals(request, form) as done:
            set_group(body=body, area=area, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Kept. Comparisons use this group from its first day on."))
            return redirect("performance:desk-groups")
    rows = ComparatorGroup.objects.filter(body=body).prefetch_related("members").select_related("area")
    context = {
        "here": _("Who we are compared with"),
        "groups": [_group(row, acting) for row in rows.order_by("-starts")],
        "form": form,
    }
    return render(request, "performance/desk/groups.html", context)


def _group(row: ComparatorGroup, acting: Acting) -> dict[str, Any]:
    return {
        "name": _("%(name)s of %(area)s") % {"name": row.name, "area": row.area.name},
        "current": row.starts <= acting.on and (row.ends is None or row.ends >= acting.on),
        "members": ", ".join(member.name for member in row.members.all()),
        "when": _between(row.starts, row.ends),
        "source": row.source,
    }
