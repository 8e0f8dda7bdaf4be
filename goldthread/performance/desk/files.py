"""A measure to take away from the desk, as it stands now."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from goldthread.performance.desk.frame import open_measure
from goldthread.performance.desk.measures import series_in
from goldthread.performance.exports import FORMS, TYPES, Taken, written
from goldthread.performance.judging import chart_of
from goldthread.performance.queries import narrative_of
from goldthread.performance.series import Series
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.web.templatetags.web import day


def taken_from(series: Series, at: datetime, address: str) -> Taken:
    """What is taken away of a series as it stands."""
    said = narrative_of(series.measure, series.area)
    definition = series.definition
    facts = (
        (
            _("Definition"),
            _("version %(n)d, by %(who)s") % {"n": definition.number, "who": definition.author_name},
        ),
        (_("Checked by"), f"{definition.checker_name}, {day(definition.checked_at)}"),
    )
    return Taken(
        chart_of(series),
        series.defined,
        at,
        facts,
        said.words if said else "",
        f"{said.by_name}, {day(said.at)}" if said else "",
        address,
    )


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str, form: str) -> HttpResponse:
    """The measure as Word, PDF, CSV, JSON or SVG."""
    about = open_measure(request, acting, slug)
    series = series_in(about)
    if form not in FORMS or series is None:
        raise Http404(_("It can be had as Word, PDF, CSV, JSON or SVG, once it has figures."))
    taken = taken_from(series, acting.at, request.build_absolute_uri(about.href))
    if form == "svg" and taken.chart.refusal is not None:
        raise Http404(taken.chart.refusal.words)
    response = HttpResponse(written(taken, form), content_type=TYPES[form])
    name = f"{about.measure.key}-{series.area.slug}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
