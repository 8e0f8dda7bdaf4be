"""A paper that was handed in as a file: read, reviewed, kept or put away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.paper_files import discard_paper_file, keep_paper_file, understood_paper
from goldthread.meetings.forms.papers import KeepPaperForm
from goldthread.meetings.models import PaperFile
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.models import ImportStage
from goldthread.plans.reviewing import job_of, review_of

MOVING = (ImportStage.WAITING, ImportStage.READING)


def _handed(acting: Acting, pk: int) -> PaperFile:
    """A file that the reader handed in; nobody else's is here."""
    rows = PaperFile.objects.select_related("file", "board__body", "paper", "item__meeting")
    bodies = [body.pk for body in bodies_where(acting.user, Ability.WRITE_PAPER, acting.on)]
    return get_object_or_404(rows, pk=pk, owner=acting.user, board__body__in=bodies)


@desk_page
def review(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """What was understood of a file, before anything is kept."""
    handed = _handed(acting, pk)
    if handed.paper is not None:
        return redirect(handed.paper)
    if handed.file.stage != ImportStage.READ:
        url = reverse("meetings:desk-paper-file-progress", args=[pk])
        job = job_of(handed.file, at=acting.at, url=url)
        return render(request, "meetings/desk/paper_waiting.html", {"handed": handed, "job": job})
    found = understood_paper(handed)
    page = review_of(handed.file, found.text)
    initial = {
        "title": page.title,
        "to": found.said.get("to", "") or handed.board.name,
        "sender": found.said.get("from", ""),
        "dated": found.dated,
    }
    form = KeepPaperForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        plain = {row.key for row in page.typed} - set(request.POST.getlist("typed"))
        with refusals(request, form) as done:
            paper = keep_paper_file(
                handed=handed, plain=plain, by=acting.user, at=acting.at, **form.cleaned_data
            )
        if done():
            messages.success(request, _("Kept. It is yours to change until you submit it."))
            return redirect(paper)
    context = {"handed": handed, "page": page, "found": found, "form": form}
    return render(request, "meetings/desk/paper_review.html", context)


@desk_page
def progress(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """How far the reading of a file has come, as a part of a page."""
    handed = _handed(acting, pk)
    url = reverse("meetings:desk-paper-file-progress", args=[pk])
    job = job_of(handed.file, at=acting.at, url=url)
    response = render(request, "web/parts/progress.html", {"job": job})
    if handed.file.stage not in MOVING:
        response["HX-Redirect"] = handed.get_absolute_url()
    return response


@desk_page
@require_POST
def discard(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put a file away."""
    handed = _handed(acting, pk)
    with refusals(request) as done:
        discard_paper_file(handed=handed, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Put away. Nothing of it was kept."))
    return redirect("meetings:desk-papers")
