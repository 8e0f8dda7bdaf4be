"""What is done with a whole paper: submit, return, accept, withdraw, mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.actions.papers import (
    accept_paper,
    mark_paper,
    return_paper,
    submit_paper,
    warnings_of,
    withdraw_paper,
)
from goldthread.meetings.desk.paper_frame import open_paper, step_page
from goldthread.meetings.forms.papers import (
    AcceptForm,
    MarkPaperForm,
    ReturnForm,
    SubmitForm,
    WithdrawForm,
)
from goldthread.meetings.models import AgendaItem
from goldthread.meetings.papers import (
    content_seal,
    findings,
    latest,
    paper_text,
    recommendations_in,
    signings,
)
from goldthread.meetings.reading import coming_items, note_lines
from goldthread.people.actions import require
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def submit(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Hand a paper in, having seen what proofing found."""
    paper, standing = open_paper(acting, slug, living=True)
    if not standing.writes:
        messages.error(request, _("It was handed in already, or is not yours to hand in."))
        return redirect(paper)
    text = paper_text(paper)
    form = SubmitForm(request.POST or None, initial={"seen": content_seal(paper, text)})
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            version = submit_paper(paper=paper, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            words = _("Submitted as version %(number)s. Its words are fixed and kept.")
            messages.success(request, words % {"number": version.number})
            return redirect(paper)
    last = latest(paper)
    if last is None:
        form.fields["note"].help_text = _("For whoever accepts it, such as why it comes late.")
    else:
        form.fields["note"].label = _("What has changed since version %(number)s?") % {"number": last.number}
    context = {
        "paper": paper,
        "form": form,
        "heading": _("Submit"),
        "findings": note_lines(findings(paper, text)),
        "recommendations": recommendations_in(text),
        "signings": [each for each in signings(paper, on=acting.on) if each.tone != "good"],
    }
    return render(request, "meetings/desk/paper_submit.html", context)


@desk_page
def give_back(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Return a paper to its author."""
    paper, _standing = open_paper(acting, slug, living=True)
    require(acting.user, Ability.MANAGE_MEETINGS, paper.board.body, on=acting.on)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            return_paper(paper=paper, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(
                request,
                _("Returned. It stands first among what %(name)s has to do.") % {"name": paper.author},
            )
            return redirect(paper)
    return step_page(request, paper, form, _("Return to its author"), _("Return it"))


@desk_page
def accept(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Accept a paper onto an agenda item; what is doubtful is shown and stops nobody."""
    paper, _standing = open_paper(acting, slug, living=True)
    require(acting.user, Ability.MANAGE_MEETINGS, paper.board.body, on=acting.on)
    items = coming_items([paper.board_id], on=acting.on, audience=Audience.FULL)
    initial = {"item": str(paper.item_id) if paper.item_id else ""}
    form = AcceptForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        item = AgendaItem.objects.select_related("meeting__board").get(pk=form.cleaned_data["item"])
        with refusals(request, form) as done:
            doubts = accept_paper(paper=paper, item=item, by=acting.user, at=acting.at)
        if done():
            messages.success(request, _accepted(len(doubts)))
            return redirect(paper)
    doubts = warnings_of(paper, on=acting.on)
    context = {"paper": paper, "form": form, "doubts": doubts, "items": items, "heading": _("Accept")}
    return render(request, "meetings/desk/paper_accept.html", context)


def _accepted(doubts: int) -> str:
    if not doubts:
        return _("Accepted for the agenda.")
    return ngettext(
        "Accepted for the agenda, with one thing still to be looked at.",
        "Accepted for the agenda, with %(count)s things still to be looked at.",
        doubts,
    ) % {"count": doubts}


@desk_page
def withdraw(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Withdraw a paper, saying why."""
    paper, _standing = open_paper(acting, slug, living=True)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            withdraw_paper(paper=paper, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Withdrawn. What was handed in of it stays kept."))
            return redirect(paper)
    return step_page(request, paper, form, _("Withdraw the paper"), _("Withdraw it"), tone="warning")


@desk_page
def mark(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say how far a paper may go."""
    paper, _standing = open_paper(acting, slug, living=True)
    require(acting.user, Ability.MARK_EXEMPT, paper.board.body, on=acting.on)
    names = ("marking", "reason_code", "reason_words", "public_title", "review_on")
    initial = {name: getattr(paper, name) for name in names}
    form = MarkPaperForm(request.POST or None, initial=initial, board=paper.board, on=acting.on)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            mark_paper(paper=paper, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Marked. It goes as far as you said, and no further."))
            return redirect(paper)
    return step_page(request, paper, form, _("Who may read it"), _("Keep the marking"))
