"""The public register of decisions: found by words or number, one by one, as CSV and as a feed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.references import normal
from goldthread.meetings import published
from goldthread.meetings.differences import differ, woven_words
from goldthread.meetings.doors import public_decisions
from goldthread.meetings.forms.decisions import FindForm
from goldthread.meetings.models import Decision
from goldthread.meetings.published_sources import sources_of
from goldthread.meetings.registers import OPEN, Asked, Shown, search
from goldthread.meetings.site.answering import public_page
from goldthread.plans.comparing import sheet_cell
from goldthread.plans.site.editions import download

PER_PAGE = 30


def _asked(request: HttpRequest) -> tuple[FindForm, Asked]:
    years = [day.year for day in public_decisions().dates("decided_on", "year", order="DESC")]
    form = FindForm(request.GET or None, years=years)
    if not form.is_valid():
        return form, Asked()
    given = form.cleaned_data
    return form, Asked(given["q"], given["year"], given["outcome"])


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Every published decision, newest first: by words, number, year or outcome."""
    form, asked = _asked(request)
    rows = search(public_decisions(), asked, readable=OPEN).order_by("-decided_on", "-serial", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "rows": published.shown_to_public(page.object_list),
        "query": query.urlencode(),
        "canonical": request.build_absolute_uri(request.path) if not request.GET else "",
    }
    return render(request, "meetings/site/decisions.html", context)


@public_page
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision at its permanent address; the number typed in another way leads there."""
    row = public_decisions().filter(slug=slug).first()
    if row is None:
        return HttpResponsePermanentRedirect(_elsewhere(slug))
    (seen,) = published.shown_to_public([row])
    open_meeting = row.meeting if not seen.exempt and row.meeting and _is_public(row) else None
    context = {
        "seen": seen,
        "meeting": open_meeting,
        "meeting_url": published.address_of(open_meeting) if open_meeting else "",
        "sources": sources_of(row),
        "woven": woven_words(seen.recommended, seen.resolved)
        if seen.recommended and differ(seen.recommended, seen.resolved)
        else "",
        "body": row.register.body.name,
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/decision.html", context)


def _is_public(row: Decision) -> bool:
    return row.meeting.published_at is not None and row.meeting.board.listed


def _elsewhere(slug: str) -> str:
    """The permanent address of a decision whose number was typed in another way; 404 else."""
    wanted = _parts(slug)
    rows = public_decisions()
    for part in wanted:
        rows = rows.filter(normal__contains=part)
    for row in rows[:PER_PAGE]:
        if _parts(row.normal) == wanted:
            return reverse("meetings:site-decision", args=[row.slug])
    raise Http404("There is no such decision in this register.")


def _parts(reference: str) -> list[str]:
    """The words and figures of a number, whatever stands between them."""
    return re.findall(r"[a-z]+|\d+", normal(reference))


COLUMNS = (
    "Number",
    "Title",
    "Outcome",
    "Decided on",
    "Decided by",
    "Published on",
    "Working days to publish",
    "What was resolved",
    "Reasons",
    "Power",
    "Corrected on",
    "Exempt because",
    "To be reviewed on",
    "Address",
)


@public_page
def table(request: HttpRequest) -> HttpResponse:
    """What was found in the register as CSV."""
    _form, asked = _asked(request)
    rows = search(public_decisions(), asked, readable=OPEN).order_by("-decided_on", "-serial", "-pk")
    content = _csv(request, published.shown_to_public(rows))
    response = download(content.encode("utf-8-sig"), "csv", "decisions.csv")
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    return response


def _csv(request: HttpRequest, rows: Iterable[Shown]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        address = request.build_absolute_uri(reverse("meetings:site-decision", args=[row.slug]))
        writer.writerow([sheet_cell(str(cell)) for cell in (*_cells(row), address)])
    return out.getvalue()


def _cells(row: Shown) -> tuple[object, ...]:
    corrected = row.corrected_on.isoformat() if row.corrected_on else ""
    return (
        row.reference,
        row.title,
        _("Exempt") if row.exempt else row.outcome,
        row.decided_on.isoformat() if row.decided_on else "",
        row.decided_by,
        row.published_on.isoformat() if row.published_on else "",
        "" if row.days is None else row.days,
        row.words if row.exempt else row.resolved,
        row.reasons,
        row.powers,
        corrected,
        f"{row.reason.title} ({row.reason.law})" if row.reason else "",
        row.review_on.isoformat() if row.review_on else "",
    )
