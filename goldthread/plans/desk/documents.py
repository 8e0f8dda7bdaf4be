"""The room of plans: documents, their editions, what an edition holds and shows."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.people.queries import bodies_for
from goldthread.plans.actions.editions import (
    create_document,
    look_after,
    rename_edition,
    set_presentation,
    start_edition,
)
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.forms import CareForm, DocumentForm, EditionForm, PresentationForm
from goldthread.plans.models import DocumentKind
from goldthread.plans.progress import desk_shelves, edition_page
from goldthread.plans.queries import care_of, document_for, edition_for, editions_listed_for, taken_out
from goldthread.plans.reading import TYPES, edition_docx, edition_pdf

FILES = {"docx": edition_docx, "pdf": edition_pdf}


@desk_page
def shelf(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every document of the office."""
    body = bodies_for(acting.user, acting.on).first()
    can = acting.abilities(body) if body else frozenset()
    shelves = desk_shelves(acting.user, on=acting.on)
    return render(request, "plans/desk/shelf.html", {"shelves": shelves, "can": can})


@desk_page
def new_document(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin a plan."""
    body = acting.body_where(Ability.MANAGE_PLAN)
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(request, form) as done:
            document = create_document(
                body=body,
                kind=DocumentKind.PLAN,
                title=given["title"],
                made_by=body.name,
                runs_from=given["runs_from"],
                next_election=given["next_election"],
                by=acting.user,
                at=acting.at,
            )
            edition = start_edition(document=document, label=given["label"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("The plan has been begun. Write its first section, or add others."))
            return redirect(edition)
    return render(request, "plans/desk/new_document.html", {"form": form})


@desk_page
def document(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """One document: its editions, newest first, and how each stands."""
    found = document_for(acting.user, slug, on=acting.on)
    editions = editions_listed_for(acting.user, found, on=acting.on).select_related("parent")
    in_force = found.editions.in_force(on=acting.on).first()
    context = {
        "document": found,
        "editions": editions.order_by("-made_at", "-pk"),
        "in_force": in_force,
        "ended": bool(found.runs_to and found.runs_to < acting.on),
        "can": acting.abilities(found.body),
    }
    return render(request, "plans/desk/document.html", context)


@desk_page
def new_edition(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Begin a draft of a document."""
    found = document_for(acting.user, slug, on=acting.on, ability=Ability.MANAGE_PLAN)
    form = EditionForm(request.POST or None, document=found)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            edition = start_edition(document=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("The draft has been begun. Every section stands as it did."))
            return redirect(edition)
    return render(request, "plans/desk/new_edition.html", {"form": form, "document": found})


@desk_page
def edition(request: HttpRequest, acting: Acting, slug: str, edition_slug: str) -> HttpResponse:
    """One edition: how far it has come, its sections, who looks after each."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, steps=True)
    can = acting.abilities(found.document.body)
    if not found.is_sealed and Ability.READ_DRAFTS not in can:
        return redirect("plans:desk-approval", slug, edition_slug)
    page = edition_page(found, on=acting.on)
    context = {"edition": found, "page": page, "can": can, "taken_out": taken_out(found, page.removed)}
    return render(request, "plans/desk/edition.html", context)


@desk_page
def presentation(request: HttpRequest, acting: Acting, slug: str, edition_slug: str) -> HttpResponse:
    """What an edition is called, says of itself and shows."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, ability=Ability.MANAGE_PLAN)
    initial = {"label": found.label, "title": found.title, "note": found.note, "hidden": found.hidden}
    form = PresentationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        label, shown = form.cleaned_data.pop("label"), form.cleaned_data
        with refusals(request, form) as done, transaction.atomic():
            set_presentation(edition=found, by=acting.user, at=acting.at, **shown)
            rename_edition(edition=found, label=label, by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Kept. Readers of this edition will see it so."))
            return redirect(found)
    return render(request, "plans/desk/presentation.html", {"form": form, "edition": found})


@desk_page
def care(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """Who looks after a section, and when it is next reviewed."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on, ability=Ability.MANAGE_PLAN)
    placed = get_object_or_404(found.placements.select_related("version"), key=key)
    row = care_of(found.document).filter(key=key).first()
    initial = {"office": row.office, "next_review": row.next_review} if row else None
    form = CareForm(request.POST or None, body=found.document.body, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            look_after(document=found.document, key=key, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Kept."))
            return redirect(found)
    context = {"form": form, "edition": found, "section": placed.version}
    return render(request, "plans/desk/care.html", context)


@desk_page
def edition_file(
    request: HttpRequest, acting: Acting, slug: str, edition_slug: str, form: str
) -> HttpResponse:
    """An edition as it stands, draft or not, as Word or PDF; blocks keep their keys in the Word file."""
    found = edition_for(acting.user, slug, edition_slug, on=acting.on)
    if form not in FILES:
        raise Http404(_("It can be had as Word or as PDF."))
    response = HttpResponse(FILES[form](found), content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, f"{slug}-{edition_slug}.{form}")
    return response
