"""The room of measures, theme by theme: worst news first, and what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.files.charts.model import ControlChart
from goldthread.files.charts.periods import named
from goldthread.people.models import Body
from goldthread.performance.desk.frame import About, area_asked, can_of, own_body
from goldthread.performance.drawing import Line, line_of
from goldthread.performance.identified import commitments_of, owed
from goldthread.performance.judging import News, chart_of, news_of
from goldthread.performance.models import Area, AreaKind, Definition, Measure, Theme
from goldthread.performance.needs import commitment_need, waiting_for
from goldthread.performance.places import busiest, districts_of, home_area
from goldthread.performance.queries import series_many
from goldthread.plans.desk.frame import Acting, desk_page

FEW = 4
"""How many lines the room shows of a theme, or of what waits, before it sends the reader on."""

CHANGED = 3
"""The place among others of a measure that changed where neither way is better."""

FALSE_FLAGS = 0.018
"""The share of series in control whose last point is flagged all the same by the usual rules, a month:
measured on 600 and more simulated series of 24 to 60 points."""


def charts_in(body: Body, area: Area | None, theme: Theme | None = None) -> list[tuple[News, ControlChart]]:
    """The measures in use of a body, with figures, each judged in an area, worst news first."""
    if area is None:
        return []
    rows = Measure.objects.filter(body=body, ended_at__isnull=True)
    rows = rows.filter(pk__in=Definition.objects.checked().values("measure"))
    if theme is not None:
        rows = rows.filter(theme=theme)
    found = news_of(series_many(list(rows.select_related("theme", "body")), [area]))
    return [(each, chart_of(each.series, each.judgement, source="")) for each in found]


def lines_of(charts: Iterable[tuple[News, ControlChart]], home: Area | None) -> list[Line]:
    """Charts as lines, in their order."""
    return [
        line_of(
            chart, About(news.measure, news.series.area, home).href, f"m{news.measure.pk}", rank=news.rank
        )
        for news, chart in charts
    ]


def lead_of(lines: Sequence[Line]) -> str:
    """What a number of measures say together, in a sentence or two."""
    judged = [line for line in lines if line.rank < 6]
    worse, better = (sum(line.tone == tone for line in lines) for tone in ("bad", "good"))
    changed = sum(line.rank == CHANGED for line in lines)
    said = [ngettext("%d measure is judged here.", "%d measures are judged here.", len(judged)) % len(judged)]
    parts = [
        ngettext(one, many, count) % count
        for count, one, many in (
            (worse, "%d has got worse", "%d have got worse"),
            (better, "%d has got better", "%d have got better"),
            (changed, "%d has changed for neither better nor worse", "%d have changed for neither"),
        )
        if count
    ]
    if parts:
        rest = len(judged) - worse - better - changed
        said.append(_(", ").join(parts) + (_("; the rest move as they always do.") if rest else "."))
    elif judged:
        said.append(_("None has changed beyond its usual ups and downs."))
    return " ".join(said)


def chance_of(lines: Sequence[Line]) -> str:
    """How many false flags are to be expected of so many measures."""
    judged = sum(line.rank < 6 for line in lines)
    expected = judged * FALSE_FLAGS
    if not judged:
        return ""
    if expected >= 1:
        often = _("about %.1f flags a month") % expected
    else:
        often = _("about one flag every %d months") % max(1, round(1 / expected))
    return _(
        "With %(n)d measures, expect %(often)s by chance alone, even where nothing has changed. "
        "One flag is a reason to look, not yet a finding."
    ) % {"n": judged, "often": often}


@desk_page
def home(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The measures of the office by theme, worst news first; what is owed, and what waits."""
    body = own_body(acting)
    area = home_area(body) or busiest(body)
    charts = charts_in(body, area)
    lines = lines_of(charts, area)
    found = waiting_for(acting.user, acting.on)
    themes = sorted(
        {news.measure.theme for news, _chart in charts}, key=lambda each: (each.position, each.name)
    )
    bare = _without_figures(body, {news.measure.pk for news, _chart in charts})
    context = {
        "area": area.name if area is not None else "",
        "latest": latest_of(charts),
        "lead": lead_of(lines),
        "chance": chance_of(lines),
        "shelves": [
            _shelf(theme, [each for each in charts if each[0].measure.theme == theme], area)
            for theme in themes
        ],
        "bare": bare,
        "owed": [commitment_need(each, acting.on) for each in owed(list(commitments_of(body)), acting.on)],
        "waiting": found[:FEW],
        "waiting_more": max(0, len(found) - FEW),
        "also": list(_also()),
        "writes": Ability.CHECK_MEASURES in acting.abilities(body),
        "can": can_of(acting, body),
    }
    return render(request, "performance/desk/home.html", context)


def _without_figures(body: Body, having: set[int]) -> list[tuple[str, str]]:
    rows = Measure.objects.filter(body=body, ended_at__isnull=True).exclude(pk__in=having).order_by("name")
    return [(row.name, row.get_absolute_url()) for row in rows]


def latest_of(charts: Sequence[tuple[News, ControlChart]]) -> str:
    """The last month of which most measures have a figure."""
    found = [(chart.points[-1].period, chart.frequency) for _news, chart in charts if chart.points]
    return named(*max(found, key=lambda each: each[0])) if found else ""


def _shelf(theme: Theme, charts: list[tuple[News, ControlChart]], home: Area | None) -> dict[str, Any]:
    lines = lines_of(charts, home)
    worse = sum(line.tone == "bad" for line in lines)
    better = sum(line.tone == "good" for line in lines)
    few = lines[:FEW]
    more = len(lines) - len(few)
    status, tone = "", "calm"
    if worse:
        status, tone = _("%d worse") % worse, "bad"
    elif better:
        status, tone = _("%d better") % better, "good"
    return {
        "slug": theme.key,
        "name": theme.name,
        "href": reverse("performance:desk-theme", args=[theme.key]),
        "lines": few,
        "more": ngettext("%d more measure of this theme", "%d more measures of this theme", more) % more
        if more
        else "",
        "status": status,
        "tone": tone,
    }


def _also() -> Iterable[tuple[str, str]]:
    pages = (
        (_("Load figures"), "desk-loads"),
        (_("What is owed"), "desk-owed"),
        (_("Measures that come with Goldthread"), "desk-shipped"),
        (_("Define a measure"), "desk-new"),
        (_("Frameworks"), "desk-frameworks"),
        (_("Who we are compared with"), "desk-groups"),
    )
    for name, page in pages:
        try:
            yield name, reverse(f"performance:{page}")
        except NoReverseMatch:
            continue


@desk_page
def theme(request: HttpRequest, acting: Acting, theme: str) -> HttpResponse:
    """One theme's dashboard in the body's area or in one of its districts: news first, then the rest."""
    body = own_body(acting)
    found = get_object_or_404(Theme, body=body, key=theme)
    home = home_area(body) or busiest(body)
    area = area_asked(request, home)
    if area is not None and home is not None and area != home and area.within_id != home.pk:
        raise Http404(_("There is no such area here."))
    charts = charts_in(body, area, found)
    lines = lines_of(charts, home)
    context = {
        "here": found.name,
        "theme": found,
        "area": area.name if area is not None else "",
        "latest": latest_of(charts),
        "dashboard": {
            "lead": lead_of(lines),
            "chance": chance_of(lines),
            "news": [line for line in lines if line.rank < 4 or line.rank == 5],
            "quiet": [line for line in lines if line.rank == 4],
            "unjudged": [line for line in lines if line.rank == 6],
        },
        "areas": _areas(request.path, home, area),
        "themes": [
            (each.name, reverse("performance:desk-theme", args=[each.key]), each.pk == found.pk)
            for each in Theme.objects.filter(Q(body=body) & Q(measures__ended_at__isnull=True)).distinct()
        ],
    }
    return render(request, "performance/desk/theme.html", context)


def _areas(path: str, home: Area | None, here: Area | None) -> list[tuple[str, str, bool]]:
    if home is None or home.kind != AreaKind.FORCE:
        return []
    every = [home, *districts_of(home)]
    return [(each.name, path if each == home else f"{path}?area={each.slug}", each == here) for each in every]
