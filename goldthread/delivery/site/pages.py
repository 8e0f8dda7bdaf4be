"""Public pages of delivery: the priorities of a year by theme, and one priority."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.core.delivery.years import year_words
from goldthread.delivery import published
from goldthread.delivery.desk.home import lead_of
from goldthread.delivery.doors import public_priority
from goldthread.meetings.site.answering import public_page


@public_page
def newest(request: HttpRequest) -> HttpResponse:
    """The year that is running, or the last of which anything was published."""
    year = published.year_to_show(timezone.localdate())
    if year is None:
        return render(request, "delivery/site/nothing.html")
    return _year(request, year)


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The priorities for action of a year, theme by theme."""
    return _year(request, year)


def _year(request: HttpRequest, year: int) -> HttpResponse:
    themes = published.delivery_in(year, timezone.localdate())
    context = {
        "themes": themes,
        "lead": lead_of(themes),
        "year_words": year_words(year),
        "years": [(each, year_words(each), each == year) for each in sorted(published.years_published())],
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "delivery/site/year.html", context)


@public_page
def priority(request: HttpRequest, slug: str) -> HttpResponse:
    """One priority in the words that the board approved, with what is being done and what was said of it."""
    found = public_priority(slug)
    seen = published.shown(found, timezone.localdate())
    context = {
        "priority": found,
        "seen": seen,
        "line": seen.line,
        "wording": seen.line.wording,
        "canonical": request.build_absolute_uri(request.path),
        "summary": seen.line.wording.words[:200],
    }
    return render(request, "delivery/site/priority.html", context)
