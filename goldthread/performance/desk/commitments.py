"""What measures are for: promises to identify them, and which measure tells of which approved priority."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from goldthread.core.governance.abilities import DEEDS, Ability
from goldthread.meetings.doors import decisions_for
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.people.models import Body
from goldthread.performance.actions.identifying import (
    accept_identification,
    commit_to_measures,
    end_identification,
    identify,
)
from goldthread.performance.desk.frame import own_body
from goldthread.performance.forms.promises import AcceptForm, CommitForm, PlanForm, ProposeForm, ReasonForm
from goldthread.performance.identified import (
    APPROVED,
    CommitmentStands,
    Holds,
    IdentificationStands,
    approved_edition,
    commitments_of,
    commitments_stand,
    identifications_for,
)
from goldthread.performance.models import Commitment, Identification, Measure
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.web.templatetags.web import day

STATUS = {
    Holds.HOLDS: (_lazy("Identified"), "good"),
    Holds.PROPOSED: (_lazy("Proposed"), "warn"),
    Holds.PRIORITY_MOVED: (_lazy("The priority's words changed"), "bad"),
    Holds.PRIORITY_GONE: (_lazy("The priority is gone"), "bad"),
    Holds.DEFINITION_MOVED: (_lazy("The definition changed"), "bad"),
    Holds.MEASURE_ENDED: (_lazy("The measure is no longer used"), "bad"),
}


def _plans(body: Body) -> QuerySet[Document]:
    """The plans of a body of which an edition was approved."""
    stages = [stage.value for stage in APPROVED]
    rows = Document.objects.filter(body=body, kind=DocumentKind.PLAN, editions__stage__in=stages)
    return rows.distinct().order_by("title")


def _plan(acting: Acting, slug: str) -> tuple[Document, Edition]:
    """A plan of the reader's body and its approved edition; 404 where there is none."""
    plan = get_object_or_404(_plans(own_body(acting)), slug=slug)
    edition = approved_edition(plan)
    if edition is None:
        raise Http404(_("No edition of this plan was approved yet."))
    return plan, edition


def _decisions(acting: Acting, body: Body) -> QuerySet[Decision]:
    rows = decisions_for(acting.user, on=acting.on)
    return rows.filter(register__body=body, stage=DecisionStage.DECIDED).order_by("-decided_on", "-pk")


@desk_page
def owed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every promise of measures: what it said, by when, and what each priority has by now."""
    body = own_body(acting)
    can = acting.abilities(body)
    stands = commitments_stand(list(commitments_of(body)))
    context = {
        "here": _("What is owed"),
        "commitments": [_commitment(each, acting, can) for each in stands],
        "plans": [
            (plan.title, reverse("performance:desk-priorities", args=[plan.slug])) for plan in _plans(body)
        ],
        "commits": Ability.RECORD_DECISION in can,
    }
    return render(request, "performance/desk/owed.html", context)


def _commitment(stands: CommitmentStands, acting: Acting, can: frozenset[Ability]) -> dict[str, Any]:
    row = stands.commitment
    whole = len(stands.priorities)
    status, tone = standing_words(stands, acting)
    readable = decisions_for(acting.user, on=acting.on).filter(pk=row.decision_id).exists()
    return {
        "pk": row.pk,
        "open": not stands.kept and row.released_at is None,
        "kind": _("Promised by a decision"),
        "title": _("Measures for %(plan)s by %(day)s") % {"plan": row.plan.title, "day": day(row.due)},
        "label": _("Priorities of the promise due %(day)s") % {"day": day(row.due)},
        "status": status,
        "tone": tone,
        "words": row.words if readable else "",
        "said": _("%(n)d of %(whole)d priorities have one.") % {"n": stands.with_measures, "whole": whole},
        "decision": row.decision.reference if readable else "",
        "decision_href": row.decision.get_absolute_url() if readable else "",
        "rows": [
            _priority(
                row.plan, each.key, each.title, (*each.accepted, *each.proposed, *each.lapsed), acting, can
            )
            for each in stands.priorities
        ],
    }


def standing_words(stands: CommitmentStands, acting: Acting) -> tuple[str, str]:
    """How a promise stands in a word, and its tone."""
    row = stands.commitment
    if row.released_at is not None:
        return _("No longer owed"), "calm"
    if stands.kept:
        return _("Kept"), "good"
    if row.kept_at is not None:
        return _("Kept once, holds no longer"), "bad"
    if row.due < acting.on:
        return _("Overdue"), "bad"
    days = (row.due - acting.on).days
    return (_("Due today") if not days else _("%d days left") % days), "warn" if days < 31 else "calm"


def _priority(
    plan: Document,
    key: str,
    title: str,
    stands: Sequence[IdentificationStands],
    acting: Acting,
    can: frozenset[Ability],
    depth: int = 0,
) -> dict[str, Any]:
    propose = reverse("performance:desk-propose", args=[plan.slug, key])
    return {
        "title": title,
        "depth": depth,
        "href": reverse("performance:desk-priority", args=[plan.slug, key]),
        "measures": [_identified(each, acting, can) for each in stands],
        "propose": propose if Ability.WRITE_MEASURES in can else "",
    }


def _identified(each: IdentificationStands, acting: Acting, can: frozenset[Ability]) -> dict[str, str]:
    row = each.identification
    status, tone = STATUS[each.holds]
    answers = (
        each.holds is Holds.PROPOSED and Ability.MANAGE_PLAN in can and row.proposer_id != acting.user.pk
    )
    ends = Ability.WRITE_MEASURES in can
    return {
        "name": row.measure.name,
        "href": row.measure.get_absolute_url(),
        "status": status,
        "tone": tone,
        "answer": reverse("performance:desk-identification", args=[row.pk]) if answers or ends else "",
        "answer_word": _("Answer") if answers else _("See or end"),
    }


@desk_page
def priorities(request: HttpRequest, acting: Acting, plan: str) -> HttpResponse:
    """Every section of an approved plan with the measures that tell of it."""
    found, edition = _plan(acting, plan)
    can = acting.abilities(found.body)
    by_key: dict[str, list[IdentificationStands]] = {}
    for each in identifications_for(found):
        by_key.setdefault(each.identification.section_key, []).append(each)
    placed = edition.placements.select_related("version").order_by("position")
    rows = [
        _priority(found, each.key, each.version.title, by_key.get(each.key, ()), acting, can, each.depth)
        for each in placed
    ]
    having = sum(any(m["tone"] == "good" for m in row["measures"]) for row in rows)
    lead = _("%(plan)s, %(edition)s: %(n)d of %(whole)d sections have a measure that holds.") % {
        "plan": found.title,
        "edition": edition.label,
        "n": having,
        "whole": len(rows),
    }
    context = {"here": _("Priorities"), "plan": found, "lead": lead, "rows": rows}
    return render(request, "performance/desk/priorities.html", context)


@desk_page
def priority(request: HttpRequest, acting: Acting, plan: str, key: str) -> HttpResponse:
    """The words of a priority: sent on to where they stand in the plan."""
    found, edition = _plan(acting, plan)
    if not edition.placements.filter(key=key).exists():
        raise Http404(_("That priority is not in the approved plan."))
    return redirect("plans:desk-section", found.slug, edition.slug, key)


@desk_page
def commit(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Keep a promise of a decision: first which plan, then for which priorities and by when."""
    body = acting.body_where(Ability.RECORD_DECISION)
    plans = _plans(body)
    plan = plans.filter(slug=request.GET.get("plan", "")).first() or (
        plans.first() if plans.count() == 1 else None
    )
    edition = approved_edition(plan) if plan is not None else None
    if plan is None or edition is None:
        return _choose_plan(request, plans)
    placed = edition.placements.select_related("version").order_by("position")
    choices = [(each.key, each.version.title) for each in placed]
    form = CommitForm(request.POST or None, decisions=_decisions(acting, body), priorities=choices)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            commit_to_measures(plan=plan, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(
                request, _("Kept. It stands under what is owed until each priority has a measure.")
            )
            return redirect("performance:desk-owed")
    context = {
        "form": form,
        "heading": _("Keep a promise of measures"),
        "here": _("A promise"),
        "words": _("For %(plan)s, %(edition)s.") % {"plan": plan.title, "edition": edition.label},
        "button": _("Keep it"),
        "back": reverse("performance:desk-owed"),
    }
    return render(request, "performance/desk/form.html", context)


def _choose_plan(request: HttpRequest, plans: QuerySet[Document]) -> HttpResponse:
    form = PlanForm(request.GET if "plan" in request.GET else None, plans=plans)
    context = {
        "form": form,
        "heading": _("Keep a promise of measures"),
        "here": _("A promise"),
        "button": _("Go on"),
        "asks": True,
        "back": reverse("performance:desk-owed"),
    }
    return render(request, "performance/desk/form.html", context)


@desk_page
def propose(request: HttpRequest, acting: Acting, plan: str, key: str) -> HttpResponse:
    """Propose a measure for a priority as it is worded now."""
    found, edition = _plan(acting, plan)
    if Ability.WRITE_MEASURES not in acting.abilities(found.body):
        raise PermissionDenied(f"No office that you hold today lets you {DEEDS[Ability.WRITE_MEASURES]}.")
    placed = get_object_or_404(edition.placements.select_related("version"), key=key)
    measures = Measure.objects.filter(body=found.body, ended_at__isnull=True).exclude(definitions__seal="")
    form = ProposeForm(request.POST or None, measures=measures.distinct().order_by("name"))
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            identify(
                edition=edition,
                section_key=key,
                commitment=_promised(found, key),
                by=acting.user,
                at=acting.at,
                **form.cleaned_data,
            )
        if done():
            messages.success(
                request, _("Proposed. Somebody else accepts it, by a decision or by their word.")
            )
            return redirect("performance:desk-priorities", plan)
    context = {
        "form": form,
        "heading": _("A measure for “%(title)s”") % {"title": placed.version.title},
        "here": placed.version.title,
        "words": _("It is pinned to the priority's words and the measure's definition as they are today."),
        "button": _("Propose it"),
        "back": reverse("performance:desk-priorities", args=[plan]),
    }
    return render(request, "performance/desk/form.html", context)


def _promised(plan: Document, key: str) -> Commitment | None:
    """The open promise that names a priority."""
    rows = plan.commitments.filter(kept_at=None, released_at=None).order_by("due")
    return next((each for each in rows if key in each.keys), None)


@desk_page
def identification(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A measure proposed for a priority: accept it, or end it with a reason."""
    body = own_body(acting)
    rows = Identification.objects.select_related("measure__body", "plan", "decision")
    row = get_object_or_404(rows, pk=pk, measure__body=body)
    can = acting.abilities(body)
    accepts = row.accepted_at is None and row.ended_at is None and Ability.MANAGE_PLAN in can
    posted = request.POST.get("part") if request.method == "POST" else ""
    accept = AcceptForm(request.POST if posted == "accept" else None, decisions=_decisions(acting, body))
    end = ReasonForm(request.POST if posted == "end" else None)
    if posted == "accept" and accept.is_valid():
        with refusals(request, accept) as done:
            accept_identification(identification=row, by=acting.user, at=acting.at, **accept.cleaned_data)
        if done():
            messages.success(request, _("Accepted."))
            return redirect("performance:desk-priorities", row.plan.slug)
    if posted == "end" and end.is_valid():
        with refusals(request, end) as done:
            end_identification(identification=row, by=acting.user, at=acting.at, **end.cleaned_data)
        if done():
            messages.success(request, _("Ended. That it was identified stays on record."))
            return redirect("performance:desk-priorities", row.plan.slug)
    context = {
        "row": row,
        "here": row.measure.name,
        "accept": accept if accepts and row.proposer_id != acting.user.pk else None,
        "own": accepts and row.proposer_id == acting.user.pk,
        "end": end if row.ended_at is None and Ability.WRITE_MEASURES in can else None,
    }
    return render(request, "performance/desk/identification.html", context)
