"""Load figures: hand in a file, match its columns, see what is wrong, let it stand, undo it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.audit import vault
from goldthread.core.governance.abilities import Ability
from goldthread.files.refused import Refused
from goldthread.files.sheets.sheet import shown
from goldthread.performance.actions.loads import choose, hand_in, look_over, open_source, put_away, sheet_of
from goldthread.performance.actions.recounting import ATTRIBUTION, LICENCE, LICENCE_URL, count_again
from goldthread.performance.actions.standing import confirm, fail, redo, undo
from goldthread.performance.desk.loads_words import job_of, loads_for, page_of, rows_of, uncounted
from goldthread.performance.forms.loads import ColumnsForm, FileForm, ReasonForm
from goldthread.performance.loading.choosing import block_of, choice_of, guess, on_tab, wanted_of
from goldthread.performance.loading.known import areas_on, in_use
from goldthread.performance.loading.progress import interrupted_words, is_stale
from goldthread.performance.models import Load, LoadStage, Source, SourceKind
from goldthread.performance.places import home_area
from goldthread.performance.tasks import carry_out_load, check_load
from goldthread.plans.desk.frame import Acting, desk_page, refusals

SHOWN_ROWS = 12
_PUBLIC = (SourceKind.STREET, SourceKind.POPULATION, SourceKind.OPEN_TABLE)


def open_load(acting: Acting, pk: int) -> Load:
    """A load of a body at which the reader may load figures; 404 where there is none."""
    found = Load.objects.select_related("source", "body").filter(pk=pk).first()
    if found is None or Ability.LOAD_FIGURES not in acting.abilities(found.body):
        raise Http404(_("There is no such load here."))
    return found


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every load of the body, newest first."""
    body = acting.body_where(Ability.LOAD_FIGURES)
    context = {"rows": rows_of(loads_for(body)), "uncounted": uncounted(body), "here": _("Figures loaded")}
    return render(request, "performance/desk/loads.html", context)


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Hand in a file, and say what it is and where it comes from."""
    body = acting.body_where(Ability.LOAD_FIGURES)
    sources = Source.objects.filter(body=body)
    form = FileForm(request.POST or None, request.FILES or None, sources=sources)
    load = None
    if request.method == "POST" and form.is_valid():
        try:
            load = _taken_in(acting, form)
        except ValidationError as refusal:
            _say(form, refusal)
    if load is not None:
        look_over(load=load)
        return redirect(_after_looking(load))
    form.hide_again()
    return render(request, "performance/desk/load_new.html", {"form": form, "here": _("Load a file")})


def _after_looking(load: Load) -> str:
    """Where to go on with a file that was looked over."""
    name = "desk-load-columns" if load.status == LoadStage.READ else "desk-load"
    return reverse(f"performance:{name}", args=[load.pk])


@transaction.atomic
def _taken_in(acting: Acting, form: FileForm) -> Load:
    body, given = acting.body_where(Ability.LOAD_FIGURES), form.cleaned_data
    source = given["source"]
    if source is None:
        public = given["kind"] in _PUBLIC
        source = open_source(
            body=body,
            kind=given["kind"],
            name=given["new_source"],
            licence=LICENCE if public else "",
            licence_url=LICENCE_URL if public else "",
            attribution=ATTRIBUTION if public else "",
            by=acting.user,
            at=acting.at,
        )
    return hand_in(
        source=source,
        name=given["file"].name,
        file=given["file"],
        provisional=given["provisional"],
        again=given["again"],
        by=acting.user,
        at=acting.at,
    )


def _say(form: FileForm, refusal: ValidationError) -> None:
    """Put a refusal beside its question; the same file twice may be insisted on."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for name, found in errors.items():
        form.add_error(name if name in form.fields else None, found)
        if any(error.code == "twice" for error in found):
            form.ask_again()


@desk_page
def columns(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """What was understood of a file, and which column means what."""
    load = open_load(acting, pk)
    if load.source.kind == SourceKind.STREET or load.status not in (LoadStage.READ, LoadStage.CHECKED):
        return redirect(load)
    try:
        sheet = sheet_of(load)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("performance:desk-loads")
    measures, areas = in_use(load.body), areas_on(load.source.kind, acting.on)
    home = home_area(load.body)
    guessed = guess(sheet, load.source, measures, areas, area=home.code if home else "")
    choice = choice_of(load.match) if load.match else guessed.choice
    choice = on_tab(choice, sheet, request.GET.get("sheet", choice.match.tab), wanted_of(load.source), areas)
    block = block_of(sheet, choice.match)
    if block is None:
        raise Http404(_("There is no such sheet in this file."))
    known = sorted(areas.by_code.values(), key=lambda area: (area.kind, area.name))
    form = ColumnsForm(
        request.POST or None,
        block=block,
        choice=choice,
        own=guessed.own,
        kind=load.source.kind,
        measures=measures,
        areas=known,
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done, transaction.atomic():
            choose(load=load, choice=form.chosen(), sheet=sheet, by=acting.user, at=acting.at)
            check_load.enqueue(load.pk)
        if done():
            return redirect(load)
    context = {
        "load": load,
        "form": form,
        "here": load.name,
        "guessed": guessed,
        "tab": choice.match.tab,
        "table": block,
        "first_rows": _first_rows(block),
        "measures": measures,
    }
    return render(request, "performance/desk/load_columns.html", context)


def _first_rows(block: Any) -> list[tuple[int, list[str]]]:
    """The first rows of a table in words, each as wide as the headings."""
    from_file = block.rows[:SHOWN_ROWS]
    width = range(len(block.names))
    return [(row.number, [shown(row.cell(at)) for at in width]) for row in from_file]


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A load: what waits to be decided about it, how far it is, or what it changed."""
    load = open_load(acting, pk)
    if is_stale(load, acting.at):
        fail(load, interrupted_words())
        load.refresh_from_db()
    if load.status == LoadStage.READ and not load.progress:
        return redirect("performance:desk-load-columns", load.pk)
    context = {"load": load, "here": load.name, "job": job_of(load, acting.at), **page_of(load)}
    return render(request, "performance/desk/load.html", context)


@desk_page
def progress(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """How far a check or a load has come, as a part of a page."""
    load = open_load(acting, pk)
    job = job_of(load, acting.at)
    response = render(request, "web/parts/progress.html", {"job": job})
    if job["finished"] or is_stale(load, acting.at):
        response["HX-Redirect"] = load.get_absolute_url()
    return response


@desk_page
@require_POST
def start(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Let a checked load be carried out, or begin one again that was cut short."""
    load = open_load(acting, pk)
    with refusals(request) as done, transaction.atomic():
        without = request.POST.get("without_faults") == "yes"
        confirm(load=load, without_faults=without, by=acting.user, at=acting.at)
        carry_out_load.enqueue(load.pk, acting.user.pk)
    if done():
        return redirect(load)
    return redirect(load)


@desk_page
def take_back(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Undo a load, with the reason."""
    load = open_load(acting, pk)
    if load.status != LoadStage.STANDING:
        return redirect(load)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            undo(load=load, reason=form.cleaned_data["reason"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Undone. The figures from before it count again."))
            return redirect(load)
    return render(request, "performance/desk/load_undo.html", {"load": load, "form": form, "here": load.name})


@desk_page
@require_POST
def bring_back(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Let an undone load stand again."""
    load = open_load(acting, pk)
    with refusals(request) as done:
        redo(load=load, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Its figures stand again."))
    return redirect(load)


@desk_page
@require_POST
def away(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Put a load away that does not stand."""
    load = open_load(acting, pk)
    with refusals(request) as done:
        put_away(load=load, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Put away. Nothing of it was loaded."))
    return redirect("performance:desk-loads")


@desk_page
@require_POST
def recounted(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Count the street-level measures again from the records that are held."""
    body = acting.body_where(Ability.LOAD_FIGURES)
    made = None
    with refusals(request) as done:
        made = count_again(body=body, by=acting.user, at=acting.at)
    if done() and made is None:
        messages.success(request, _("Every figure is already as the records have it."))
    return redirect(made or "performance:desk-loads")


@desk_page
def error_rows(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """The error file: the rows to mend, with what is wrong and how."""
    load = open_load(acting, pk)
    if not load.error_file:
        raise Http404(_("This load has no error file."))
    return FileResponse(
        vault.open_kept(load.error_file),
        content_type="text/csv; charset=utf-8",
        as_attachment=True,
        filename=f"to-mend-{load.pk}.csv",
    )


@desk_page
def as_it_came(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """The file just as it was handed in."""
    load = open_load(acting, pk)
    if not load.sha256 or not vault.holds(load.sha256):
        raise Http404(_("The file of this load is not kept here."))
    name = f"typed-{load.pk}.csv" if load.understood.get("typed") else load.name
    return FileResponse(vault.open_kept(load.sha256), as_attachment=True, filename=name)
