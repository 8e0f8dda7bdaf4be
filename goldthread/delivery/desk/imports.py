"""Bring in a spreadsheet of actions: hand it in, match its columns, look at every row, take it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goldthread.audit import vault
from goldthread.core.delivery.years import year_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.imports import choose, found_in, hand_in, put_away, sheet_of, take_in
from goldthread.delivery.actions.taking_back import undo
from goldthread.delivery.desk.frame import Here, here_of
from goldthread.delivery.desk.imports_words import first_rows, listed_rows, looked_at
from goldthread.delivery.forms.imports import ColumnsForm, ListForm, OwnersForm
from goldthread.delivery.importing.known import known_of
from goldthread.delivery.importing.layout import find_layout, layout_of
from goldthread.delivery.importing.owners import guesses
from goldthread.delivery.models import Priority, WorkImport
from goldthread.files.refused import Refused
from goldthread.files.sheets import Match, error_file
from goldthread.people.models import Office
from goldthread.plans.desk.frame import Acting, desk_page, refusals


def open_import(acting: Acting, pk: int) -> WorkImport:
    """An import of a body at which the reader writes delivery; 404 where there is none."""
    found = WorkImport.objects.select_related("body", "plan").filter(pk=pk).first()
    if found is None or Ability.WRITE_DELIVERY not in acting.abilities(found.body):
        raise Http404(_("There is no such list here."))
    return found


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every list that was handed in, newest first, and what came of it."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    return render(request, "delivery/desk/imports.html", {"rows": listed_rows(body)})


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Hand a list in."""
    here = here_of(request, acting, Ability.WRITE_DELIVERY)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    form = ListForm(
        request.POST or None, request.FILES or None, years=_years(here), initial={"year": here.year}
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            given = form.cleaned_data
            made = hand_in(
                plan=here.plan,
                year=given["year"],
                name=given["file"].name,
                file=given["file"],
                by=acting.user,
                at=acting.at,
            )
        if done():
            return redirect("delivery:desk-import-columns", made.pk)
    return render(request, "delivery/desk/import_new.html", {"here": here, "form": form})


def _years(here: Here) -> list[tuple[int, str]]:
    """The years that have priorities, the newest first."""
    found = here.plan.priorities.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, year_words(year)) for year in found] or [(here.year, here.words)]


@desk_page
def columns(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """What was understood of a list, and which column says what."""
    made = open_import(acting, pk)
    if made.taken_at or made.discarded_at:
        return redirect("delivery:desk-import", made.pk)
    try:
        sheet = sheet_of(made)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("delivery:desk-imports")
    layout, known = layout_of(made.columns, sheet), known_of(made.plan, made.year)
    asked = sheet.tab(request.GET.get("sheet", layout.tab))
    if asked is not None and asked.name != layout.tab:
        layout = find_layout(asked)
    form = ColumnsForm(
        request.POST or None, layout=layout, known=known, priority=made.columns.get("priority")
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            priority = Priority.objects.filter(pk=form.priority, pk__in=known.priorities).first()
            choose(
                made=made,
                tab=layout.tab,
                columns=form.columns,
                priority=priority,
                by=acting.user,
                at=acting.at,
            )
        if done():
            return redirect("delivery:desk-import", made.pk)
    context = {
        "made": made,
        "form": form,
        "layout": layout,
        "tabs": [(tab.name, tab.hidden) for tab in sheet.tabs],
        "rows": first_rows(sheet, layout),
        "notes": sheet.notes,
    }
    return render(request, "delivery/desk/import_columns.html", context)


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A list as it was understood, row by row, to be taken in whole; or what came of it."""
    made = open_import(acting, pk)
    if made.taken_at or made.discarded_at:
        actions = made.actions.select_related("priority", "owner_office").prefetch_related("milestones")
        return render(request, "delivery/desk/import_over.html", {"made": made, "actions": actions})
    if not made.columns:
        return redirect("delivery:desk-import-columns", made.pk)
    try:
        known = known_of(made.plan, made.year)
        _layout, found = found_in(made, sheet_of(made), known)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("delivery:desk-imports")
    form = OwnersForm(
        request.POST or None,
        meant=guesses(made.body, found.owners, acting.on),
        offices=Office.objects.filter(body=made.body),
        faults=len(found.faults),
    )
    if request.method == "POST" and form.is_valid():
        without, taken = bool(form.cleaned_data.get("without_faults")), ()
        with refusals(request, form) as done:
            taken = take_in(
                made=made, owners=form.owners, without_faults=without, by=acting.user, at=acting.at
            )
        if done():
            said = ngettext("Taken in: %d action.", "Taken in: %d actions.", len(taken)) % len(taken)
            messages.success(request, said)
            return redirect("delivery:desk-import", made.pk)
    context: dict[str, Any] = {"made": made, "form": form, **looked_at(found, known)}
    return render(request, "delivery/desk/import.html", context)


@desk_page
@require_POST
def away(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put a list away of which nothing was taken in."""
    made = open_import(acting, pk)
    with refusals(request) as done:
        put_away(made=made, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Put away. Nothing of it was taken in."))
    return redirect("delivery:desk-imports")


@desk_page
@require_POST
def take_back(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Take everything back that came with a list."""
    made, count = open_import(acting, pk), 0
    with refusals(request) as done:
        count = undo(made=made, by=acting.user, at=acting.at)
    if done():
        messages.success(
            request, ngettext("Taken back: %d action.", "Taken back: %d actions.", count) % count
        )
    return redirect("delivery:desk-import", made.pk)


@desk_page
def to_mend(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """The rows with faults as a CSV file, with what is wrong and how to mend it."""
    made = open_import(acting, pk)
    if not made.problems:
        raise Http404(_("No row of this list has a fault."))
    try:
        sheet = sheet_of(made)
        layout, found = found_in(made, sheet, known_of(made.plan, made.year))
    except Refused as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(
        error_file(sheet, Match(tab=layout.tab), found.faults), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="to-mend-{made.pk}.csv"'
    return response


@desk_page
def as_it_came(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """The file just as it was handed in."""
    made = open_import(acting, pk)
    return FileResponse(
        vault.open_kept(made.sha256),
        content_type="application/octet-stream",
        as_attachment=True,
        filename=made.name,
    )
