"""Hand in a file, see what was understood of it, keep it or put it away."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.plans.actions.imports import LARGEST, discard_import, hand_in, keep_import
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.forms import HandInForm, KeepForm
from goldthread.plans.keepers import files_elsewhere
from goldthread.plans.models import DocumentKind, FileImport, ImportStage
from goldthread.plans.queries import documents_for, working_edition
from goldthread.plans.reviewing import import_for, job_of, review_of
from goldthread.plans.tasks import read_handed_in


@desk_page
def hand_in_file(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Choose a file, and say what it is."""
    body = acting.body_where(Ability.IMPORT_FILE)
    documents = documents_for(acting.user, on=acting.on).filter(body=body)
    into = next((each for each in documents if str(each.pk) == request.GET.get("into")), None)
    initial = {"into": into, "kind": into.kind if into else "plan"}
    form = HandInForm(request.POST or None, request.FILES or None, documents=documents, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given["file"]
        with refusals(request, form) as done, transaction.atomic():
            handed = hand_in(
                body=body,
                name=file.name,
                content=file.read(LARGEST + 1),
                kind=given["kind"],
                into=given["into"],
                by=acting.user,
                at=acting.at,
            )
            read_handed_in.enqueue(handed.pk)
        if done():
            return redirect("plans:desk-import-review", handed.pk)
    recent = (
        FileImport.objects.filter(body=body)
        .exclude(files_elsewhere())
        .select_related("edition__document")[:20]
    )
    return render(request, "plans/desk/hand_in.html", {"form": form, "recent": recent})


@desk_page
def review(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """What was understood of a file, before anything is kept."""
    handed = import_for(acting.user, pk, on=acting.on)
    if handed.stage == ImportStage.KEPT and handed.edition:
        return redirect(handed.edition)
    if handed.stage != ImportStage.READ:
        job = job_of(handed, at=acting.at)
        return render(request, "plans/desk/import_waiting.html", {"handed": handed, "job": job})
    page = review_of(handed)
    into = handed.into
    ours = handed.body.name if handed.kind != DocumentKind.STRATEGY else ""
    initial = {
        "title": into.title if into else page.title,
        "made_by": into.made_by if into else ours,
        "dated": acting.on if handed.kind == DocumentKind.PLAN else None,
        "based_on": working_edition(into) if into else None,
    }
    form = KeepForm(request.POST or None, initial=initial, into=into)
    if request.method == "POST" and form.is_valid():
        typed = {row.key for row in page.typed}
        plain = typed - set(request.POST.getlist("typed"))
        with refusals(request, form) as done:
            edition = keep_import(
                handed=handed, plain=plain, by=acting.user, at=acting.at, **form.cleaned_data
            )
        if done():
            messages.success(request, _("Kept. Every section has a permanent identity from here on."))
            return redirect(edition)
    return render(request, "plans/desk/import_review.html", {"handed": handed, "page": page, "form": form})


@desk_page
def progress(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """How far the reading of a file has come, as a part of a page."""
    handed = import_for(acting.user, pk, on=acting.on)
    response = render(request, "web/parts/progress.html", {"job": job_of(handed, at=acting.at)})
    if handed.stage not in (ImportStage.WAITING, ImportStage.READING):
        response["HX-Redirect"] = reverse("plans:desk-import-review", args=[handed.pk])
    return response


@desk_page
@require_POST
def discard(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put a file away."""
    handed = import_for(acting.user, pk, on=acting.on)
    with refusals(request) as done:
        discard_import(handed=handed, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Put away. Nothing of it was kept in a plan."))
    return redirect("plans:desk-import")
