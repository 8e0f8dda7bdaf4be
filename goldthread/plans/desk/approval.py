"""How an edition comes into force: its gates, their evidence, and what was asked to be changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import GRID, Ability
from goldthread.core.governance.stages import Move
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.actions.gates import GATE_OF, Given, answer_change_request, request_changes
from goldthread.plans.actions.steps import take_step
from goldthread.plans.bundles import keep_attachment, open_file
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.forms import AnswerForm, ChangeRequestForm, DecisionForm, EvidenceForm
from goldthread.plans.models import ChangeRequest, Edition
from goldthread.plans.progress import edition_page, may_take, whose_step
from goldthread.plans.queries import current_seal, edition_for, last_evidence, outline

HINTS: dict[Move, dict[str, str]] = {
    Move.CONSULT_CHIEF: {
        "who": "Who answered for the constabulary.",
        "words": "What the chief constable said.",
    },
    Move.OBTAIN_VIEWS: {
        "who": "Who carried it out.",
        "words": "How views were obtained, from how many, and what they came to. Victims' views included.",
    },
    Move.SUBMIT: {"who": "Who sent it.", "words": "The covering words."},
    Move.REPORT: {"who": "Who signed the report.", "words": "What the panel reported and recommended."},
    Move.RESPOND: {"who": "Who responds.", "words": "The response, recommendation by recommendation."},
    Move.ISSUE: {"who": "Who issues the plan.", "words": "The words of issue."},
}


@desk_page
def approval(request: HttpRequest, acting: Acting, slug: str, edition_slug: str) -> HttpResponse:
    """The gates of an edition, where each stands, and what must be put right first."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, steps=True)
    context = {
        "edition": found,
        "page": edition_page(found, on=acting.on),
        "can": acting.abilities(found.document.body),
        "bundles": found.bundles.select_related("evidence"),
        "evidence": found.evidence.order_by("-pk"),
    }
    return render(request, "plans/desk/approval.html", context)


@desk_page
def gate(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, move: str) -> HttpResponse:
    """Record the evidence on which one gate is passed."""
    try:
        step = Move(move)
    except ValueError:
        raise Http404(_("There is no such step.")) from None
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, steps=True)
    page = edition_page(found, on=acting.on)
    standing = next((s for s in page.steps if s.standing.gate.move is step), None)
    if standing is None:
        raise Http404(_("This step is not one of this document's."))
    can = acting.abilities(found.document.body)
    form = _form(request, acting, found, step)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            _pass(acting, found, step, form.cleaned_data)
        if done():
            messages.success(request, _("Recorded, and pinned to exactly this text."))
            return redirect("plans:desk-approval", slug, edition_slug)
    context = {
        "edition": found,
        "step": standing,
        "form": form,
        "page": page,
        "allowed": may_take(standing.standing.gate, can),
        "can": can,
        "whose": () if may_take(standing.standing.gate, can) else whose_step(found, standing.standing.gate),
    }
    return render(request, "plans/desk/gate.html", context)


def _form(request: HttpRequest, acting: Acting, edition: Edition, step: Move) -> forms.Form:
    last = last_evidence(edition.document, step)
    body = last.body_name if last else edition.document.body.name
    initial: dict[str, Any] = {"on": acting.on, "body_name": body, "seen": current_seal(edition)[0]}
    initial["who"] = last.who if last else ""
    if step is Move.APPROVE:
        deciders = _deciders(edition, acting)
        initial["decided_by"] = deciders.first()
        return DecisionForm(request.POST or None, request.FILES or None, initial=initial, deciders=deciders)
    if step in (Move.RESPOND, Move.ISSUE, Move.SUBMIT):
        office = acting.user.office_words(edition.document.body, acting.on)
        initial["who"] = f"{acting.user.name}, {office}" if office else acting.user.name
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
    for name, hint in HINTS[step].items():
        form.fields[name].help_text = hint
    return form


def _deciders(edition: Edition, acting: Acting) -> Any:
    """The people whose office has, at some time, let them determine objectives at this body."""
    roles = [role for role, held in GRID.items() if Ability.DETERMINE_OBJECTIVES in held]
    offices = edition.document.body.offices.filter(role__in=roles)
    return User.objects.filter(holdings__office__in=offices).distinct().order_by("-holdings__starts")


def _pass(acting: Acting, edition: Edition, step: Move, cleaned: dict[str, Any]) -> None:
    seen = cleaned["seen"]
    decider = cleaned.get("decided_by")
    who = cleaned.get("who") or _who(decider, edition, cleaned)
    _first_ask(acting, edition, step)
    given = Given(
        cleaned["on"],
        cleaned["body_name"],
        who,
        cleaned["words"],
        cleaned["reference"],
        keep_attachment(cleaned["file"]),
    )
    take_step(
        edition=edition, move=step, given=given, seen=seen, decider=decider, by=acting.user, at=acting.at
    )


def _first_ask(acting: Acting, edition: Edition, step: Move) -> None:
    """Refuse before any file is kept or made for somebody who may not take the step."""
    if not may_take(GATE_OF[step], acting.abilities(edition.document.body)):
        require(acting.user, GATE_OF[step].ability, edition.document.body, on=acting.on)


def _who(decider: User, edition: Edition, cleaned: dict[str, Any]) -> str:
    office = decider.office_words(edition.document.body, cleaned["on"])
    return f"{decider.name}, {office}" if office else decider.name


@desk_page
def ask(request: HttpRequest, acting: Acting, slug: str, edition_slug: str) -> HttpResponse:
    """Ask for a change to an edition."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, ability=Ability.REQUEST_CHANGES)
    lines = outline(found, on=acting.on)
    places = [(line.key, f"{line.number} {line.title}".strip()) for line in lines]
    initial = {"key": request.GET.get("section", "")}
    form = ChangeRequestForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            request_changes(edition=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Asked. No further step can be taken until it has been answered."))
            return redirect("plans:desk-approval", slug, edition_slug)
    return render(request, "plans/desk/ask.html", {"edition": found, "form": form})


@desk_page
def answer(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, pk: int) -> HttpResponse:
    """Answer a change that was asked for."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, ability=Ability.WRITE_PLAN)
    asked = get_object_or_404(ChangeRequest, pk=pk, edition=found)
    asked.edition = found
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            answer_change_request(asked=asked, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Answered."))
            return redirect("plans:desk-approval", slug, edition_slug)
    return render(request, "plans/desk/answer.html", {"edition": found, "asked": asked, "form": form})


@desk_page
def bundle_file(
    request: HttpRequest, acting: Acting, slug: str, edition_slug: str, pk: int, number: int
) -> HttpResponse:
    """One file of a bundle, exactly as it was sent."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, steps=True)
    bundle = found.bundles.filter(pk=pk).first()
    if bundle is None or not 1 <= number <= len(bundle.files):
        raise Http404(_("There is no such file."))
    return open_file(bundle.files[number - 1])


@desk_page
def evidence_file(
    request: HttpRequest, acting: Acting, slug: str, edition_slug: str, pk: int, number: int
) -> HttpResponse:
    """A document that was handed in with evidence, exactly as it was; not for the panel."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, ability=Ability.READ_DRAFTS)
    row = found.evidence.filter(pk=pk).first()
    if row is None or not 1 <= number <= len(row.attachments):
        raise Http404(_("There is no such file."))
    return open_file(row.attachments[number - 1])
