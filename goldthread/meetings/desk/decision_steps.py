"""What happens to a decision after it is written: marking, publishing, putting right, the plan's gate."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.compare import compare
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.approvals import approve_plan
from goldthread.meetings.actions.decisions import (
    correct_decision,
    drop_draft,
    mark_decision,
    publish_decision,
    withdraw_decision,
)
from goldthread.meetings.actions.drafting import require_recorder
from goldthread.meetings.doors import audience_of, decision_for
from goldthread.meetings.forms.decisions import CorrectionForm, MarkForm, WhyForm
from goldthread.meetings.models import Decision
from goldthread.meetings.pins import name_for, stands, text_then
from goldthread.meetings.registers import CORRECTABLE, corrected_words
from goldthread.people.actions import require
from goldthread.plans.comparing import shown
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.queries import edition_for
from goldthread.plans.texts import text_of


def _decision(acting: Acting, pk: int, ability: Ability) -> Decision:
    """A decision on which somebody may take a step: 404 where it is not theirs to read, 403 else."""
    found = decision_for(acting.user, pk, on=acting.on)
    require(acting.user, ability, found.register.body, on=acting.on)
    return found


@desk_page
def mark(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Say whether a decision is open or exempt, and what the public is told."""
    decision = _decision(acting, pk, Ability.MARK_EXEMPT)
    fields = ("marking", "reason_code", "reason_words", "public_title", "public_words", "review_on")
    form = MarkForm(
        request.POST or None,
        initial={field: getattr(decision, field) for field in fields},
        jurisdiction=decision.board.jurisdiction if decision.board else "england",
        on=acting.on,
        published=decision.published_at is not None,
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            mark_decision(decision=decision, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Marked."))
            return redirect(decision)
    said = corrected_words(decision, decision.corrections.all())
    rows = [(CORRECTABLE[name], words) for name, words in said.items() if words]
    return _page(request, decision, form, _("Open or exempt"), _("Save the marking"), said=rows)


def _page(
    request: HttpRequest, decision: Decision, form: Any, heading: str, button: str, **more: Any
) -> HttpResponse:
    context = {"decision": decision, "form": form, "heading": heading, "button": button, **more}
    return render(request, "meetings/desk/decision_step.html", context)


@require_POST
@desk_page
def publish(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put a decision in the public register."""
    decision = _decision(acting, pk, Ability.RECORD_DECISION)
    with refusals(request) as done:
        publish_decision(decision=decision, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Published. It stands in the public register."))
    return redirect(decision)


@desk_page
def correct(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put right what a decision says; readers see what it said before."""
    decision = _decision(acting, pk, Ability.RECORD_DECISION)
    said = corrected_words(decision, decision.corrections.all())
    field = request.GET.get("field", "")
    initial = {"field": field, "now": said[field]} if field in said else {}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            correct_decision(decision=decision, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Put right. What it said before stays beside it."))
            return redirect(decision)
    rows = [(CORRECTABLE[name], words) for name, words in said.items() if words]
    return _page(request, decision, form, _("Put something right"), _("Record the correction"), said=rows)


@desk_page
def withdraw(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Withdraw a decision that was taken; it keeps its number."""
    decision = _decision(acting, pk, Ability.RECORD_DECISION)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            withdraw_decision(decision=decision, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Withdrawn. It stays in the register under its number."))
            return redirect(decision)
    return _page(request, decision, form, _("Withdraw this decision"), _("Withdraw it"))


@desk_page
def drop(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Set aside a draft that comes to nothing."""
    decision = decision_for(acting.user, pk, on=acting.on)
    require_recorder(acting.user, decision.register.body, acting.on)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            drop_draft(decision=decision, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Set aside. It never had a number."))
            return redirect("meetings:desk-decisions")
    return _page(request, decision, form, _("Set this draft aside"), _("Set it aside"))


@desk_page
def moved(request: HttpRequest, acting: Acting, pk: int, reliance: int) -> HttpResponse:
    """What has changed in a plan since a decision relied on it: from its words then to those of today."""
    decision = decision_for(acting.user, pk, on=acting.on)
    row = decision.relied_on.filter(pk=reliance).first()
    standing = stands(row) if row else None
    if standing is None or standing.edition is None:
        raise Http404(_("This decision relied on no such plan."))
    whole = standing.edition
    edition = edition_for(acting.user, whole.document.slug, whole.slug, on=acting.on)
    then = text_then(row, edition)
    context = {
        "decision": decision,
        "name": name_for(row, audience_of(acting.user, decision.register.body, acting.on)),
        "standing": standing,
        "edition": edition,
        "compared": shown(compare(then, text_of(edition))) if then is not None else None,
    }
    return render(request, "meetings/desk/decision_moved.html", context)


@require_POST
@desk_page
def approve(request: HttpRequest, acting: Acting, pk: int, reliance: int) -> HttpResponse:
    """Pass the gate of a plan with the decision that approved it."""
    decision = decision_for(acting.user, pk, on=acting.on)
    row = decision.relied_on.filter(pk=reliance).first()
    if row is None:
        raise Http404(_("This decision relied on no such thing."))
    with refusals(request) as done:
        approve_plan(decision=decision, standing=stands(row), by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("The plan's step is passed, with this decision as its evidence."))
    return redirect(decision)
