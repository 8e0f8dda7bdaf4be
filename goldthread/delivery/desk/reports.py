"""Reports at the desk: all of them, a new one, one with its sources, assembled again, compared with today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text, numbers
from goldthread.delivery.actions.reports import assemble_again, assemble_in_depth
from goldthread.delivery.desk.frame import Here, can_of, here_of
from goldthread.delivery.forms.reports import AgainForm, InDepthForm
from goldthread.delivery.models import Report, ReportKind
from goldthread.delivery.reports import (
    changed_since,
    origins,
    record_of,
    report_for,
    reports_for,
    text_of_report,
)
from goldthread.delivery.rotation import rotation, worked_on
from goldthread.delivery.sourced import sourced_html
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.meetings.doors import audience_of, boards_for, may_write
from goldthread.meetings.house import house_of
from goldthread.meetings.models import AgendaItem, Board
from goldthread.meetings.printed import labels_of
from goldthread.meetings.reading import coming_items, picture_address
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.reading import images_of

WRITERS = {"pdf": write_pdf, "docx": write_docx}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every report that the reader may open, those being written first; where each theme stands."""
    here = here_of(request, acting)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    rows = list(reports_for(acting.user, acting.on).filter(plan=here.plan).order_by("-made_at", "-pk"))
    board = boards(acting, here).first()
    context = {
        "here": here,
        "can": can_of(acting, here.body),
        "open": [each for each in rows if not each.is_frozen],
        "frozen": [each for each in rows if each.is_frozen],
        "turns": rotation(here.plan, board, here.year, acting.on),
    }
    return render(request, "delivery/desk/reports.html", context)


def boards(acting: Acting, here: Here) -> Any:
    """The boards of the body that the reader may open, those that still meet."""
    rows = boards_for(acting.user, on=acting.on).filter(body=here.body)
    return rows.filter(pk__in=[each.pk for each in rows if each.exists_on(acting.on)]).order_by(
        "starts", "pk"
    )


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Assemble an in-depth report on a theme into a draft paper."""
    here = here_of(request, acting, Ability.WRITE_DELIVERY)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    found = boards(acting, here)
    audience = audience_of(acting.user, here.body, acting.on)
    items = coming_items([each.pk for each in found], on=acting.on, audience=audience)
    initial = {"theme": request.GET.get("theme", ""), "item": request.GET.get("item", ""), "until": acting.on}
    themes = worked_on(here.plan, here.year, acting.on)
    form = InDepthForm(request.POST or None, themes=themes, boards=found, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            report = _assemble(form.cleaned_data, here, acting)
        if done():
            messages.success(request, _("Assembled. Read it, then write what only you can say."))
            return redirect(report)
    context = {"here": here, "form": form, "themes": themes, "crumb": _("A theme in depth")}
    return render(request, "delivery/desk/report_new.html", context)


def _assemble(given: dict[str, Any], here: Here, acting: Acting) -> Report:
    board: Board = given["board"]
    items = AgendaItem.objects.filter(pk=given["item"] or 0, meeting__board=board)
    return assemble_in_depth(
        plan=here.plan,
        theme_key=given["theme"],
        year=here.year,
        since=given["since"],
        until=given["until"],
        board=board,
        item=items.select_related("meeting__board").first(),
        by=acting.user,
        at=acting.at,
    )


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A report as it reads, each block with its records beside it."""
    report = report_for(acting.user, pk, acting.on)
    text = text_of_report(report, acting.user, acting.on)
    found = origins(report, text)
    context = {
        "report": report,
        "here": Here(report.body, report.plan, report.year),
        "can": can_of(acting, report.body),
        "writes": writes(acting, report),
        "html": sourced_html(text, labels(report, text), found, image_address=_pictures(report)),
        "by_hand": sum(each.changed or each.added for each in found.values()),
        "sources": report.sources.count(),
        "sections": _sections(acting, report),
        "said": record_of(report),
    }
    return render(request, "delivery/desk/report.html", context)


def _sections(acting: Acting, report: Report) -> list[Any]:
    """The sections of a theme's document, where the reader may write in it; a paper has its own page."""
    if report.edition is None or not writes(acting, report):
        return []
    return list(report.edition.placements.select_related("version").order_by("position"))


def labels(report: Report, text: Text) -> dict[str, str]:
    """The printed numbers of a report: a paper's as its house counts them."""
    return labels_of(house_of(report.paper.house_template), text) if report.paper else numbers(text)


def _pictures(report: Report) -> Any:
    return picture_address(report.paper) if report.paper else lambda seal: ""


def writes(acting: Acting, report: Report) -> bool:
    """Whether the reader may assemble a report again now."""
    if report.is_frozen or Ability.WRITE_DELIVERY not in acting.abilities(report.body):
        return False
    paper = report.paper or (report.appendix.paper if report.appendix else None)
    return paper is None or may_write(acting.user, paper, on=acting.on)


@desk_page
def again(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Assemble a report again: what would change is shown before anything is written."""
    report = report_for(acting.user, pk, acting.on, Ability.WRITE_DELIVERY)
    initial = {"since": report.since, "until": report.until}
    timed = report.kind == ReportKind.IN_DEPTH
    form = AgainForm(request.POST or None, initial=initial) if timed else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals(request, form) as done:
            kept = assemble_again(
                report=report, **(form.cleaned_data if form else {}), by=acting.user, at=acting.at
            )
        if done():
            messages.success(request, _again_words(len(kept)))
            return redirect(report)
    context = {
        "report": report,
        "here": Here(report.body, report.plan, report.year),
        "form": form,
        "changes": changed_since(report, report.until, acting.at),
        "crumb": _("Assemble it again"),
        "writes": writes(acting, report),
    }
    return render(request, "delivery/desk/report_again.html", context)


def _again_words(kept: int) -> str:
    said = _("Assembled again from the records as they are now.")
    if not kept:
        return said
    words = ngettext(
        "%d passage stays as you wrote it, although the records say something else now: read it again.",
        "%d passages stay as you wrote them, although the records say something else now: read them again.",
        kept,
    )
    return f"{said} {words % kept}"


@desk_page
def changes(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """What the records say today that a report does not say."""
    report = report_for(acting.user, pk, acting.on)
    context = {
        "report": report,
        "here": Here(report.body, report.plan, report.year),
        "changes": changed_since(report, acting.on, acting.at),
        "crumb": _("What has changed since"),
    }
    return render(request, "delivery/desk/report_changes.html", context)


@desk_page
def file(request: HttpRequest, acting: Acting, pk: int, form: str) -> HttpResponse:
    """A theme's document as a file; an in-depth report is its paper's."""
    report = report_for(acting.user, pk, acting.on)
    if form not in WRITERS:
        raise Http404(_("There is no such file."))
    if report.paper is not None:
        return redirect("meetings:desk-paper-as", report.paper.slug, form)
    text = text_of_report(report, acting.user, acting.on)
    content = WRITERS[form](text, labels=numbers(text), images=images_of(text))
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{report.edition.document.slug}.{form}"'
    return response
