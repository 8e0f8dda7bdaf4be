"""A measure in each district of an area, side by side on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.files.charts.amounts import worded
from goldthread.files.charts.model import ControlChart
from goldthread.files.charts.periods import named
from goldthread.files.charts.sheet import NARROW
from goldthread.files.charts.svg import svg
from goldthread.files.charts.window import latest
from goldthread.files.charts.words import VARIATION_WORDS
from goldthread.performance.desk.frame import About, can_of, open_measure
from goldthread.performance.drawing import news_word, safe
from goldthread.performance.judging import CHANGES, CONCERNS, IMPROVEMENTS, News, chart_of, news_of
from goldthread.performance.places import districts_of
from goldthread.performance.queries import NotDefined, series_many
from goldthread.plans.desk.frame import Acting, desk_page

MONTHS = 36
"""How many of the last points a small chart shows."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One district: its small chart and what it says."""

    name: str
    href: str
    svg: SafeString
    said: str
    status: str
    tone: str
    quiet: str


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """The measure in each district of the area, worst news first."""
    about = open_measure(request, acting, slug)
    found = _news(about)
    charts = [(news, chart_of(news.series, news.judgement, source="")) for news in found]
    context = {
        "about": about,
        "here": _("Districts"),
        "panels": [_panel(about, news, chart) for news, chart in charts],
        "lead": _lead(found),
        "scale_words": _(
            "Each district is judged by its own usual range, and drawn on a scale of its own: compare "
            "its shape with its past, not its height with the others."
        ),
        "can": can_of(acting, about.measure.body),
    }
    return render(request, "performance/desk/districts.html", context)


def _news(about: About) -> tuple[News, ...]:
    if about.area is None:
        return ()
    try:
        return news_of(series_many([about.measure], districts_of(about.area)))
    except NotDefined:
        return ()


def _lead(found: tuple[News, ...]) -> str:
    if not found:
        return ""
    worse = [news.series.area_name for news in found if news.judgement.variation in CONCERNS]
    better = [news.series.area_name for news in found if news.judgement.variation in IMPROVEMENTS]
    said = [ngettext("%d district.", "%d districts.", len(found)) % len(found)]
    if worse:
        said.append(_("Worse: %s.") % ", ".join(worse))
    if better:
        said.append(_("Better: %s.") % ", ".join(better))
    changed = [news.series.area_name for news in found if news.judgement.variation in CHANGES]
    if changed:
        said.append(_("Changed: %s.") % ", ".join(changed))
    if not worse and not better and not changed:
        said.append(_("None has changed beyond its usual ups and downs."))
    return " ".join(said)


def _panel(about: About, news: News, chart: ControlChart) -> Panel:
    status, tone = news_word(chart)
    last = next((point for point in reversed(chart.points) if point.value is not None), None)
    said = (
        ""
        if last is None
        else _("%(period)s: %(value)s")
        % {
            "period": named(last.period, chart.frequency),
            "value": worded(last.value or 0, chart.unit),
        }
    )
    if chart.refusal is not None:
        said = f"{said}. {chart.refusal.words}"
    there = replace(about, area=news.series.area)
    picture = (
        ""
        if chart.refusal is not None
        else svg(latest(chart, MONTHS), width=NARROW, name=f"d{news.series.area.pk}")
    )
    quiet = VARIATION_WORDS[news.judgement.variation]
    return Panel(news.series.area_name, there.href, safe(picture), said, status, tone, quiet)
