"""Public pages of measures: all of them, a theme, one measure, one release and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from goldthread.files.charts.periods import named
from goldthread.meetings.site.answering import public_page
from goldthread.performance import published
from goldthread.performance.desk.definitions import told_rows
from goldthread.performance.desk.measures import revised_words
from goldthread.performance.desk.themes import chance_of, lead_of
from goldthread.performance.drawing import Line, drawing_of
from goldthread.performance.exports import FORMS, TYPES, written
from goldthread.performance.models import Release, Theme
from goldthread.performance.published import Released
from goldthread.performance.queries import release_at
from goldthread.performance.sheets import sheet_of
from goldthread.web.templatetags.web import day

Rows = Sequence[tuple[Release, Line]]


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Every measure that was released: by the priorities of the plan, then by theme, worst news first."""
    rows = published.lines_of(published.main_releases())
    lines = [line for _release, line in rows]
    context = {
        "shelves": _shelves(rows),
        "themes": [
            (theme.name, reverse("performance:site-theme", args=[theme.key]))
            for theme in published.themes_of(release for release, _line in rows)
        ],
        "lead": lead_of(lines),
        "chance": chance_of(lines),
        "sources": _sources(rows),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "performance/site/measures.html", context)


def _shelves(rows: Rows) -> list[dict[str, Any]]:
    releases = [release for release, _line in rows]
    serving = published.priorities_of(releases, timezone.localdate())
    sections = sorted({each for found in serving.values() for each in found}, key=lambda s: (s.plan, s.title))
    found = [
        {
            "name": section.title,
            "href": section.href,
            "said": _("A priority of %(plan)s.") % {"plan": section.plan},
            "lines": [line for release, line in rows if section in serving.get(release.measure_id, ())],
        }
        for section in sections
    ]
    rest = [(release, line) for release, line in rows if release.measure_id not in serving]
    for theme in published.themes_of(release for release, _line in rest):
        lines = [line for release, line in rest if release.measure.theme_id == theme.pk]
        taken = any(each["name"] == theme.name for each in found)
        name = _("%(theme)s: other measures") % {"theme": theme.name} if taken else theme.name
        href = reverse("performance:site-theme", args=[theme.key])
        found.append({"name": name, "href": href, "said": "", "lines": lines})
    return found


def _sources(rows: Rows) -> list[tuple[str, str, str, str]]:
    return published.sources_of(*(release.shown for release, _line in rows))


@public_page
def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """The released measures of a theme."""
    releases = [each for each in published.main_releases() if each.measure.theme.key == theme]
    if not releases:
        raise Http404(_("Nothing has been published on this theme."))
    rows = published.lines_of(releases)
    lines = [line for _release, line in rows]
    context = {
        "theme": get_object_or_404(Theme, pk=releases[0].measure.theme_id),
        "lines": lines,
        "lead": lead_of(lines),
        "chance": chance_of(lines),
        "sources": _sources(rows),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "performance/site/theme.html", context)


@public_page
def measure(request: HttpRequest, slug: str, area: str = "") -> HttpResponse:
    """A measure as it was released last, in the body's own area or another."""
    if area:
        return _page(request, Released(release_at(slug, area)))
    found = next((each for each in published.main_releases() if each.measure.slug == slug), None)
    if found is None:
        return _page(request, Released(_last_withdrawn(slug)))
    return _page(request, Released(found))


def _last_withdrawn(slug: str) -> Release:
    """The last release of a measure all of whose releases were withdrawn: its page says so; 404 else."""
    rows = Release.objects.filter(measure__slug=slug).order_by("-pk")
    found = rows.select_related("measure__theme", "measure__body", "area", "shown", "corrects").first()
    if found is None:
        raise Http404(_("No such figures were published."))
    return found


@public_page
def release(request: HttpRequest, slug: str, area: str, number: int) -> HttpResponse:
    """One release at its own address, which it keeps for good."""
    return _page(request, Released(release_at(slug, area, number)), named=True)


def _page(request: HttpRequest, seen: Released, *, named: bool = False) -> HttpResponse:
    row = seen.release
    withdrawn = row.withdrawn_at is not None
    others = published.earlier_of(row)
    newest = next((each for each in others if each.withdrawn_at is None and each.number > row.number), None)
    context: dict[str, Any] = {
        "seen": _seen(seen, newest, named=named),
        "facts": _facts(seen),
        "earlier": [
            (_release_words(each), Released(each).own_href)
            for each in others
            if each.number < row.number or named
        ],
        "slug": row.measure.slug,
        "elsewhere": [(each.area.name, Released(each).href) for each in published.areas_of(row)],
        "canonical": request.build_absolute_uri(seen.own_href if named else seen.href),
    }
    if not withdrawn:
        context |= _figures(seen)
    return render(request, "performance/site/measure.html", context)


def _figures(seen: Released) -> dict[str, Any]:
    row, shown = seen.release, seen.shown
    sections = published.priorities_of([row], timezone.localdate()).get(row.measure_id, ())
    forms = FORMS if seen.chart.refusal is None else {k: v for k, v in FORMS.items() if k != "svg"}
    drawing = drawing_of(seen.chart)
    return {
        "drawing": drawing,
        "sheet": sheet_of(seen.chart),
        "narrative": shown.narrative,
        "narrative_by": shown.narrative_by,
        "about": list(told_rows(shown.series.defined)),
        "caveats": shown.series.defined.caveats,
        "sources": published.sources_of(row.shown),
        "serves": [(section.title, section.href) for section in sections],
        "summary": drawing.sentence,
        "downloads": [
            (name, reverse("performance:site-file", args=[row.measure.slug, row.area.slug, row.number, form]))
            for form, name in forms.items()
        ],
    }


def _seen(seen: Released, newest: Release | None, *, named: bool) -> dict[str, Any]:
    row = seen.release
    theme = row.measure.theme
    found: dict[str, Any] = {
        "name": seen.name if row.withdrawn_at is None else row.measure.name,
        "area": row.area.name,
        "theme": theme.name,
        "theme_href": reverse("performance:site-theme", args=[theme.key]),
        "earlier": named,
        "release_words": _("release %(n)d") % {"n": row.number},
        "newest_href": seen.href if newest is not None or named else "",
        "revised": revised_words(seen.chart) if row.withdrawn_at is None else "",
    }
    if row.withdrawn_at is not None:
        found["notice"] = _("These figures were withdrawn on %(day)s. %(why)s") % {
            "day": day(row.withdrawn_at),
            "why": row.withdrawn_reason,
        }
        found["notice_tone"] = "error"
        found["theme_href"] = reverse("performance:site-measures")
        if newest is None:
            found["newest_href"] = ""
    elif newest is not None:
        found["notice"] = _("This is release %(n)d. A later one has taken its place.") % {"n": row.number}
        found["notice_tone"] = "warning"
    elif row.correction:
        found["notice"] = _("This release puts an earlier one right: %(why)s") % {"why": row.correction}
        found["newest_href"] = ""
    return found


def _facts(seen: Released) -> list[tuple[str, str]]:
    row = seen.release
    facts = [
        (_("Approved by"), row.approved_by),
        (_("On"), day(row.approved_at)),
        (_("Release"), str(row.number)),
    ]
    if row.withdrawn_at is not None:
        return [*facts, (_("Withdrawn on"), day(row.withdrawn_at))]
    chart = seen.chart
    last = chart.points[-1] if chart.points else None
    if last is not None:
        facts.insert(0, (_("Figures to"), named(last.period, chart.frequency)))
    return [*facts, (_("Rules"), chart.rules), (_("Seal"), row.shown.seal[:16])]


def _release_words(row: Release) -> str:
    words = _("Release %(n)d, %(day)s") % {"n": row.number, "day": day(row.approved_at)}
    return _("%(words)s (withdrawn)") % {"words": words} if row.withdrawn_at is not None else words


@public_page
def file(request: HttpRequest, slug: str, area: str, number: int, form: str) -> HttpResponse:
    """A release as Word, PDF, CSV, JSON or SVG; none where it was withdrawn."""
    seen = Released(release_at(slug, area, number))
    if form not in FORMS or seen.release.withdrawn_at is not None:
        raise Http404(_("No such file was published."))
    if form == "svg" and seen.chart.refusal is not None:
        raise Http404(seen.chart.refusal.words)
    taken = seen.taken(request.build_absolute_uri(seen.own_href))
    response = HttpResponse(written(taken, form), content_type=TYPES[form])
    name = f"{slug}-{area}-{number}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
