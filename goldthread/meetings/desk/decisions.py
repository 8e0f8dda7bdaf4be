"""Decisions at the desk: the register, drafting from a recommendation, taking and reading one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.meetings import targets
from goldthread.meetings.actions.approvals import approvable, approved_by
from goldthread.meetings.actions.decisions import decide, draft_decision, write_draft
from goldthread.meetings.actions.drafting import draft_seal, may_record, outcomes_offered
from goldthread.meetings.differences import differ, woven_words
from goldthread.meetings.doors import (
    audience_of,
    decision_for,
    decisions_for,
    meeting_for,
    note_reading,
    papers_for,
)
from goldthread.meetings.forms.decisions import (
    STATEMENT,
    DecisionForm,
    FindForm,
    NewDecisionForm,
    OptionFormSet,
    registers_of,
)
from goldthread.meetings.models import (
    Decision,
    DecisionKind,
    DecisionStage,
    Paper,
    Recommendation,
)
from goldthread.meetings.pins import name_for, offered, standing_of
from goldthread.meetings.registers import Asked, overdue, search, shown
from goldthread.meetings.undecided import bodies_recorded, to_decide
from goldthread.people.actions import require
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals

PER_PAGE = 40
OUTSIDE = (DecisionKind.DELEGATED, DecisionKind.URGENT)


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The register: drafts, what was decided, what waits to be decided or published."""
    bodies = bodies_where(acting.user, Ability.READ_DRAFTS, acting.on)
    mine = decisions_for(acting.user, on=acting.on)
    taken = mine.filter(decided_at__isnull=False)
    years = [day.year for day in taken.dates("decided_on", "year", order="DESC")]
    form = FindForm(request.GET or None, years=years)
    asked = _asked(form)
    found = search(taken, asked, readable=Q(pk__isnull=False))
    page = Paginator(found.order_by("-decided_on", "-serial"), PER_PAGE).get_page(request.GET.get("page"))
    waiting = taken.filter(published_at__isnull=True)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "registers": registers_of(bodies),
        "drafts": mine.filter(stage=DecisionStage.DRAFT).order_by("-pk"),
        "recommendations": to_decide(acting.user, on=acting.on),
        "late": overdue(waiting.select_related("register"), acting.on),
        "records": bool(bodies_recorded(acting.user, acting.on)),
        "manages": bool(bodies_where(acting.user, Ability.MANAGE_MEETINGS, acting.on)),
    }
    return render(request, "meetings/desk/decisions.html", context)


def _asked(form: FindForm) -> Asked:
    if not form.is_valid():
        return Asked()
    given = form.cleaned_data
    return Asked(given["q"], given["year"], given["outcome"])


@desk_page
def of_meeting(request: HttpRequest, acting: Acting, board: str, meeting: str) -> HttpResponse:
    """What was decided at one meeting, and what is still to be."""
    found = meeting_for(acting.user, board, meeting, on=acting.on)
    mine = decisions_for(acting.user, on=acting.on).filter(meeting=found)
    context = {
        "meeting": found,
        "drafts": mine.filter(stage=DecisionStage.DRAFT).order_by("pk"),
        "decisions": mine.filter(decided_at__isnull=False).order_by("serial"),
        "recommendations": to_decide(acting.user, on=acting.on, meeting=found),
        "records": may_record(acting.user, found.board.body, acting.on),
    }
    return render(request, "meetings/desk/decisions_meeting.html", context)


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin a decision: on a recommendation, at a meeting, or outside meetings."""
    bodies = bodies_recorded(acting.user, acting.on)
    if not bodies:
        require(acting.user, Ability.RECORD_DECISION, acting.body_where(Ability.READ_DRAFTS), on=acting.on)
    registers = registers_of(bodies)
    if not registers.exists():
        return render(request, "meetings/desk/decision_no_register.html")
    recommendation = _undecided_one(request, acting)
    refused = _refusal(recommendation)
    kinds = (DecisionKind.MEETING,) if recommendation else OUTSIDE
    initial = {"title": recommendation.version.title if recommendation else ""}
    form = NewDecisionForm(request.POST or None, registers=registers, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        item = recommendation.version.paper.item if recommendation else None
        with refusals(request, form) as done:
            drafted = draft_decision(
                recommendation=recommendation, item=item, by=acting.user, at=acting.at, **form.cleaned_data
            )
        if done():
            return redirect("meetings:desk-write-decision", drafted.pk)
    context = {"form": form, "recommendation": recommendation, "refused": refused}
    return render(request, "meetings/desk/decision_new.html", context)


def _undecided_one(request: HttpRequest, acting: Acting) -> Recommendation | None:
    pk = request.GET.get("recommendation", "")
    if not pk.isdecimal():
        return None
    papers = papers_for(acting.user, on=acting.on).values("pk")
    rows = Recommendation.objects.filter(pk=pk, version__paper__in=papers)
    return rows.select_related("version__paper__item__meeting__board__body").first()


def _refusal(recommendation: Recommendation | None) -> str:
    """Why nothing can be decided on a recommendation; empty where something can."""
    if recommendation is None:
        return ""
    paper = recommendation.version.paper
    if paper.item is None:
        return _("This paper is under no agenda item yet. Accept it for an agenda first.")
    try:
        outcomes_offered(recommendation, paper.board)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """One decision: what was resolved, by whom, on what, and how that stands today."""
    decision = decision_for(acting.user, pk, on=acting.on)
    if decision.stage == DecisionStage.DRAFT:
        return redirect("meetings:desk-write-decision", pk)
    note_reading(decision, by=acting.user, at=acting.at, body=decision.register.body)
    can = acting.abilities(decision.register.body)
    rows = list(decision.corrections.all())
    audience = audience_of(acting.user, decision.register.body, acting.on)
    seen = shown(decision, audience=audience, corrections=rows)
    standing = [
        (
            each,
            name_for(each.reliance, audience),
            approvable(decision, each),
            bool(each.edition and approved_by(decision, each.edition)),
        )
        for each in standing_of(decision)
    ]
    context = {
        "decision": decision,
        "seen": seen,
        "woven": woven_words(seen.recommended, seen.resolved)
        if seen.recommended and differ(seen.recommended, seen.resolved)
        else "",
        "standing": standing,
        "item": _item_named(decision, audience),
        "paper": decision.version and _paper_named(decision.version.paper_id, acting),
        "can": can,
        "records": may_record(acting.user, decision.register.body, acting.on),
        "late": overdue([decision], acting.on).get(decision.pk),
        "public_url": reverse("meetings:site-decision", args=[decision.slug])
        if decision.published_at
        else "",
        "exempt": decision.marking == Marking.EXEMPT,
    }
    return render(request, "meetings/desk/decision.html", context)


def _item_named(decision: Decision, audience: Audience) -> str:
    """What a reader may call the agenda item of a decision; nothing where it has none."""
    target = targets.target("item", decision.item_id) if decision.item_id else None
    return target.label(audience) if target else ""


def _paper_named(pk: int, acting: Acting) -> Paper | None:
    """The paper that a decision is about, for whoever may read it."""
    return papers_for(acting.user, on=acting.on).filter(pk=pk).first()


@desk_page
def write(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Write a draft, keep it, or record it as decided."""
    decision = decision_for(acting.user, pk, on=acting.on)
    if not may_record(acting.user, decision.register.body, acting.on):
        require(acting.user, Ability.RECORD_DECISION, decision.register.body, on=acting.on)
    if decision.stage != DecisionStage.DRAFT:
        return redirect(decision)
    note_reading(decision, by=acting.user, at=acting.at, body=decision.register.body)
    choices = offered(decision)
    form = DecisionForm(
        request.POST or None,
        decision=decision,
        offered=[(each.key, each.label) for each in choices],
        whole="keep" not in request.POST,
        initial=_initial(decision, acting) | {"relied_on": [c.key for c in choices if c.proposed]},
    )
    options = OptionFormSet(
        request.POST or None,
        prefix="options",
        initial=[{"words": words, "why": why} for words, why in decision.options],
    )
    if request.method == "POST" and form.is_valid() and options.is_valid():
        with refusals(request, form) as done:
            _keep(acting, decision, form, options, taken="decide" in request.POST)
        if done():
            if "decide" in request.POST:
                return redirect(decision)
            messages.success(request, _("Kept as a draft. What it relied on is ticked when it is recorded."))
            return redirect(request.path)
    context = {
        "decision": decision,
        "form": form,
        "options": options,
        "interests": decision.item.interests.select_related("attendance") if decision.item else (),
        "woven": _woven(decision.recommended, form["resolved"].value() or ""),
    }
    return render(request, "meetings/desk/decision_write.html", context)


def _woven(recommended: str, resolved: str) -> str:
    return woven_words(recommended, resolved) if recommended and differ(recommended, resolved) else ""


def _initial(decision: Decision, acting: Acting) -> dict[str, Any]:
    fields = ("title", "outcome", "resolved", "reasons", "powers", "consulted", "urgent_reason")
    said = {field: getattr(decision, field) for field in fields}
    made = decision.interests.startswith(str(STATEMENT))
    said["interests"] = decision.interests.removeprefix(str(STATEMENT)).strip()
    on = decision.decided_on or (decision.meeting.on if decision.meeting else None) or acting.on
    return said | {"statement": made, "decided_on": on, "who": _who(decision), "seen": draft_seal(decision)}


def _who(decision: Decision) -> str:
    """Whoever holds the deciding office, as the form names them."""
    if decision.decider is None:
        return ""
    on = decision.decided_on or (decision.meeting.on if decision.meeting else None)
    held = decision.decider.holdings.order_by("-starts")
    found = (held.in_force(on) if on else held).first()
    return f"{decision.decider_id}-{found.user_id}" if found else ""


def _keep(acting: Acting, decision: Decision, form: DecisionForm, options: Any, *, taken: bool) -> None:
    given = form.cleaned_data
    pairs = tuple(
        (each["words"], each.get("why", "")) for each in options.cleaned_data if each.get("words", "").strip()
    )
    wording = form.wording(pairs)
    office, person = form.decider()
    if not taken:
        write_draft(
            decision=decision,
            wording=wording,
            decider=office,
            decided_on=given["decided_on"],
            seen=given["seen"],
            by=acting.user,
            at=acting.at,
        )
        return
    said = {name: getattr(wording, name) for name in wording.__slots__}
    decide(
        decision=decision,
        decider=office,
        decided_by=person,
        decided_on=given["decided_on"],
        relied_on=form.pinned(),
        seen=given["seen"],
        by=acting.user,
        at=acting.at,
        **said,
    )


@require_POST
@desk_page
def difference(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """The words resolved as they are typed, woven into what was recommended: a part of a page."""
    decision = decision_for(acting.user, pk, on=acting.on)
    context = {"decision": decision, "woven": _woven(decision.recommended, request.POST.get("resolved", ""))}
    return render(request, "meetings/desk/decision_difference.html", context)
