"""Signing a paper off, and saying what it means for money, law and the like."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.meetings.actions.sign_offs import answer_sign_off, ask_sign_off, set_implication
from goldthread.meetings.desk.paper_frame import open_paper, read_paper, step_page
from goldthread.meetings.forms.papers import AnswerSignOffForm, AskSignOffForm, ImplicationForm
from goldthread.meetings.house import Asked
from goldthread.meetings.models import Paper, PaperVersion, SignOff
from goldthread.meetings.papers import OPEN_STAGES, content_seal, findings, house, paper_text
from goldthread.meetings.printed import labels_of
from goldthread.meetings.reading import noted_html, picture_address
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def ask(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Ask an office to sign a paper off by a day."""
    paper, _standing = open_paper(acting, slug, living=True)
    due = paper.item.meeting.papers_due if paper.item else None
    initial = {"due": due if due and due >= acting.on else None}
    form = AskSignOffForm(request.POST or None, paper=paper, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            ask_sign_off(paper=paper, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Asked. It stands among what that office has to do."))
            return redirect(paper)
    words = _("Whoever is asked may read the paper from now on, and write the implications they answer for.")
    return step_page(request, paper, form, _("Ask for a sign-off"), _("Ask"), words=words)


@desk_page
def answer(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Sign a paper off, with conditions or not at all, having its words before one."""
    paper, _standing = read_paper(acting, slug, living=True)
    row = get_object_or_404(SignOff.objects.select_related("office"), pk=pk, paper=paper)
    row.paper = paper
    if row.outcome:
        messages.info(request, _("This was answered already."))
        return redirect(paper)
    text = paper_text(paper)
    form = AnswerSignOffForm(request.POST or None, initial={"seen": content_seal(paper, text)})
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            answer_sign_off(sign_off=row, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Answered, of exactly what the paper says now."))
            return redirect(paper)
    html = noted_html(
        text, labels_of(house(paper), text), findings(paper, text), image_address=picture_address(paper)
    )
    before = SignOff.objects.filter(paper=paper, kind=row.kind, office=row.office).exclude(outcome="").last()
    context = {
        "paper": paper,
        "sign_off": row,
        "heading": _("Sign off"),
        "form": form,
        "html": html,
        "before": before,
        "own_implication": _still_asked(paper, row.kind),
        "versions": PaperVersion.objects.filter(paper=paper).count(),
    }
    return render(request, "meetings/desk/paper_sign_off.html", context)


def _still_asked(paper: Paper, kind: str) -> Asked | None:
    """What an officer who signs a paper off may state in it, while it can be written in."""
    if paper.stage not in OPEN_STAGES:
        return None
    return next((each for each in house(paper).implications if each.kind == kind), None)


@desk_page
def implication(request: HttpRequest, acting: Acting, slug: str, kind: str) -> HttpResponse:
    """Say what a paper means for one thing that its template asks for."""
    paper, _standing = open_paper(acting, slug, living=True)
    asked = next((each for each in house(paper).implications if each.kind == kind), None)
    if asked is None:
        raise Http404(_("The template of this paper does not ask for that."))
    row = paper.implications.filter(kind=kind).first()
    form = ImplicationForm(request.POST or None, initial={"words": row.words if row else ""})
    form.fields["words"].help_text = asked.asks
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            set_implication(paper=paper, kind=kind, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Kept. It is printed with the paper."))
            return redirect(paper)
    return step_page(request, paper, form, asked.title, _("Keep it"))
