"""Every edition of a plan, the plan as at a date, how an edition was made, its files and pictures."""

from __future__ import annotations

from datetime import date
from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from goldthread.audit import vault
from goldthread.plans.made import steps_of
from goldthread.plans.published import shelf_of
from goldthread.plans.reading import TYPES, edition_docx, edition_pdf, pictures
from goldthread.plans.site import words
from goldthread.plans.site.answer import FILE, answer
from goldthread.plans.site.place import Place, answer_at, page_at, placed
from goldthread.web.forms import WholeDate

WRITERS = {"pdf": (_("PDF"), edition_pdf), "docx": (_("Word"), edition_docx)}


class DateForm(forms.Form):
    """Ask for the date as at which somebody wants to read."""

    day = WholeDate(
        label=_("Read the plan as it stood on"), help_text=_("For example, 1 6 2014"), required=True
    )

    def clean_day(self) -> date:
        """The date, if it is not in the future."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date must be today or in the past"))
        return day


@require_safe
def choose_date(request: HttpRequest, plan: str) -> HttpResponse:
    """A question for a date, answered by the address of the plan as at that date."""
    shelf = shelf_of(plan, on=timezone.localdate())
    asked = any(name.startswith("day") for name in request.GET)
    form = DateForm(request.GET if asked else None)
    if asked and form.is_valid():
        return redirect("plans:site-at", plan, form.cleaned_data["day"].isoformat())
    return render(request, "plans/site/choose_date.html", {"shelf": shelf, "plan": shelf.plan, "form": form})


@require_safe
def listed(request: HttpRequest, plan: str) -> HttpResponse:
    """Every edition that was issued: when, what it is, what changed and why."""
    shelf = shelf_of(plan, on=timezone.localdate())
    rows = [(edition, shelf.before(edition), shelf.after(edition)) for edition in reversed(shelf.editions)]
    context = {
        "shelf": shelf,
        "plan": shelf.plan,
        "rows": rows,
        "summary": words.running(shelf),
        "canonical": request.build_absolute_uri(request.path),
    }
    page = partial(render, request, "plans/site/editions.html", context)
    return answer(request, seals=[shelf.seal], changed=shelf.sealed_at, make=page)


@require_safe
@placed
def made(request: HttpRequest, place: Place) -> HttpResponse:
    """How an edition was made: consultation, decision, the panel's report and response, issue."""

    def make() -> HttpResponse:
        steps = [
            (step, [(each, place.url("attachment", each.seal)) for each in step.files])
            for step in steps_of(place.edition)
        ]
        return page_at(request, "made", place, "made", steps=steps)

    return answer_at(request, place, make)


def files_of(place: Place) -> list[tuple[str, str]]:
    """The files of an edition: name and address."""
    return [(name, place.url("file", form)) for form, (name, _write) in WRITERS.items()]


@require_safe
@placed
def file(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """An edition as a Word file or a PDF."""
    edition, plan = place.edition, place.shelf.plan

    def make() -> HttpResponse:
        content = WRITERS[form][1](edition)
        return download(content, form, f"{plan.slug}-{edition.slug}.{form}")

    seals = [edition.seal, edition.record_seal, plan.title]
    lifetime = {"lifetime": FILE} if place.named else {}
    return answer(request, seals=seals, changed=place.shelf.sealed_at, make=make, **lifetime)


@require_safe
def picture(request: HttpRequest, plan: str, seal: str) -> HttpResponse:
    """A picture that stands in an issued edition of the plan, and no other."""
    shelf = shelf_of(plan, on=timezone.localdate())
    form = pictures(shelf.editions).get(seal, "")
    if not form or not vault.holds(seal):
        raise Http404("There is no such picture.")

    def make() -> HttpResponse:
        return HttpResponse(vault.read(seal), content_type=f"image/{form}")

    return answer(request, seals=[seal], changed=shelf.first.sealed_at, make=make, lifetime=FILE)


@require_safe
@placed
def attachment(request: HttpRequest, place: Place, seal: str) -> HttpResponse:
    """A file given as evidence for an edition, where it was meant for the public."""
    for step in steps_of(place.edition):
        for each in step.files:
            if each.seal == seal and vault.holds(seal):
                return download(vault.read(seal), "", each.name)
    raise Http404("There is no such file.")


def download(content: bytes, form: str, name: str) -> HttpResponse:
    """A file to be kept by the reader; a PDF opens where it is."""
    response = HttpResponse(content, content_type=TYPES.get(form, "application/octet-stream"))
    how = "inline" if form == "pdf" else "attachment"
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    response.headers["Content-Disposition"] = f'{how}; filename="{safe}"'
    return response
