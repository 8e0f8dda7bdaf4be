"""One measure in one area: its sentence, chart and figures, and what is kept for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.files.charts.model import ControlChart, Frequency
from goldthread.files.charts.periods import named
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.definitions import Defined, defined
from goldthread.performance.desk.commitments import STATUS
from goldthread.performance.desk.frame import About, can_of, open_measure
from goldthread.performance.drawing import Drawing, drawing_of
from goldthread.performance.exports import FORMS
from goldthread.performance.forms.series import NarrativeForm
from goldthread.performance.identified import identifications_of
from goldthread.performance.judging import chart_of, judgement_of
from goldthread.performance.queries import NotDefined, definition_of, narrative_of, series_of
from goldthread.performance.series import Series
from goldthread.performance.sheets import sheet_of
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.templatetags.web import day

SEASON = "season"
"""What an address says to have the time of year taken out, beside the chart as it is."""


def series_in(about: About) -> Series | None:
    """The series of a measure where it is looked at; None before a definition or an area is there."""
    if about.area is None:
        return None
    try:
        found = series_of(about.measure, about.area)
    except NotDefined:
        return None
    return found if found.points else None


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """A measure: one sentence, the chart, its figures, and what somebody who knows says of it."""
    about = open_measure(request, acting, slug)
    can = can_of(acting, about.measure.body)
    series = series_in(about)
    context: dict[str, Any] = {
        "about": about,
        "can": can,
        "hrefs": {name: about.path(f"desk-{name}") for name in ("narrative", "definition")},
        "definition": _definition(about, series),
        "serves": list(_serves(about)),
        "deeds": list(deeds(about, can)) if series is not None else [],
    }
    if series is None:
        context |= _no_figures(about, can)
    else:
        context |= _chart(about, series, request)
        context["downloads"] = [(name, about.path("desk-file", form)) for form, name in FORMS.items()]
        context["narrative"] = _narrative(about, series)
    return render(request, "performance/desk/measure.html", context)


def _chart(about: About, series: Series, request: HttpRequest) -> dict[str, Any]:
    chart = chart_of(series)
    found: dict[str, Any] = {
        "drawing": drawing_of(chart),
        "sheet": sheet_of(chart),
        "revised": revised_words(chart),
    }
    if chart.refusal is not None or not _has_seasons(series):
        return found
    if request.GET.get(SEASON) == "out":
        return found | seasonal_of(series)
    sign = "&" if about.query else "?"
    return found | {"offers_seasonal": f"{about.href}{sign}{SEASON}=out#seasonal"}


def _has_seasons(series: Series) -> bool:
    """Whether a chart with the time of year taken out can be had, and is not the chart itself."""
    what = series.defined
    return what.frequency == "month" and what.chart == "xmr" and not what.limits.seasonal


def seasonal_of(series: Series) -> dict[str, Any]:
    """The same series judged with the time of year taken out, to be shown beside the chart as it is."""
    asked = replace(series.defined, limits=replace(series.defined.limits, seasonal=True))
    adjusted = replace(series, defined=asked)
    judgement = judgement_of(adjusted)
    if judgement.adjustment is None:
        words = [advice.words for advice in judgement.advice if "season" in advice.code]
        return {
            "no_seasonal": " ".join(words) or _("There are too few figures to take the time of year out.")
        }
    chart = chart_of(adjusted, judgement, source="")
    return {"seasonal": drawing_of(chart, name="seasonal"), "seasonal_words": judgement.adjustment.words}


def revised_words(chart: ControlChart) -> str:
    """How many figures are not what was first reported, and the last of them; nothing where none."""
    found = [point for point in chart.points if point.was is not None and point.was != point.value]
    if not found:
        return ""
    count = ngettext(
        "%(n)d figure has been revised since it was first reported, last %(when)s.",
        "%(n)d figures have been revised since they were first reported, last %(when)s.",
        len(found),
    )
    return count % {"n": len(found), "when": named(found[-1].period, chart.frequency)}


def _narrative(about: About, series: Series) -> dict[str, Any] | None:
    found = narrative_of(about.measure, series.area)
    if found is None:
        return None
    period = _("to %(period)s") % {"period": named(found.period, Frequency(series.defined.frequency))}
    return {"words": found.words, "by_name": found.by_name, "at": found.at, "period": period}


def _definition(about: About, series: Series | None) -> dict[str, Any]:
    """What the page says of the definition; of one that nobody checked, only that."""
    try:
        row = series.definition if series is not None else definition_of(about.measure)
    except NotDefined:
        return {"words": _("Nobody has checked its definition yet.")}
    what = series.defined if series is not None else defined(row.form)
    answers = _("Version %(n)d by %(author)s, checked by %(checker)s on %(day)s.") % {
        "n": row.number,
        "author": row.author_name,
        "checker": row.checker_name,
        "day": day(row.checked_at),
    }
    if row.review_on:
        answers += " " + _("To be looked at again on %(day)s.") % {"day": day(row.review_on)}
    return {
        "words": counted_words(what),
        "why": what.why,
        "facts": [(_("No target"), what.target.none)] if what.target.none else [],
        "caveats": what.caveats,
        "answers": answers,
    }


def counted_words(what: Defined) -> str:
    """What a measure counts, out of what, in one sentence."""
    if what.denominator is None:
        return what.numerator.words
    of = what.denominator.words
    return _("%(counted)s, out of: %(of)s") % {
        "counted": what.numerator.words.rstrip("."),
        "of": of[:1].lower() + of[1:],
    }


def _serves(about: About) -> Iterator[dict[str, str]]:
    """The priorities that the measure tells of, each pinned to the words that were approved."""
    for each in identifications_of(about.measure):
        row = each.identification
        status, tone = STATUS[each.holds]
        words = _("%(plan)s, pinned to its words of %(day)s.") % {
            "plan": row.plan.title,
            "day": day(row.accepted_at or row.proposed_at),
        }
        href = reverse("performance:desk-priority", args=[row.plan.slug, row.section_key])
        yield {"title": row.section_title, "href": href, "status": status, "tone": tone, "words": words}


def deeds(about: About, can: dict[str, bool]) -> Iterator[tuple[str, str]]:
    """What the reader may do about a series, each with its address."""
    if can["write"]:
        yield _("Ask to re-base its usual range"), about.path("desk-ask-rebase")
        yield _("Mark a break in the series"), about.path("desk-break")
    if can["paper"]:
        yield _("Put this chart in a paper"), about.path("desk-to-paper")
    if can["approve"]:
        yield _("Approve these figures for the public"), about.path("desk-approve")


def _no_figures(about: About, can: dict[str, bool]) -> dict[str, Any]:
    words = _("Figures come by a load: a crime archive, a published table, or a return.")
    if not about.measure.definitions.checked().exists():
        words = _("Somebody other than its author checks its definition first. Then figures can be loaded.")
    found: dict[str, Any] = {"no_words": words}
    try:
        if can["load"]:
            found |= {"loads_href": reverse("performance:desk-loads"), "loads_action": _("Load figures")}
    except NoReverseMatch:
        pass
    return found


@desk_page
def narrative(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say what lies behind the figures, up to the last of them."""
    about = open_measure(request, acting, slug, Ability.WRITE_MEASURES)
    series = series_in(about)
    if series is None or series.last is None:
        messages.error(request, _("There are no figures yet to speak of."))
        return redirect(about.href)
    found = narrative_of(about.measure, series.area)
    form = NarrativeForm(request.POST or None, initial={"words": found.words if found else ""})
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            write_narrative(
                measure=about.measure,
                area=series.area,
                period=series.last.period,
                by=acting.user,
                at=acting.at,
                **form.cleaned_data,
            )
        if done():
            messages.success(request, _("Kept. What was said before stays on record."))
            return redirect(f"{about.href}#narrative")
    chart = chart_of(series)
    context: dict[str, Any] = {
        "about": about,
        "here": _("Narrative"),
        "form": form,
        "heading": _("What lies behind these figures"),
        "words": _("Figures to %(period)s.") % {"period": named(series.last.period, chart.frequency)},
        "before": _only(drawing_of(chart)),
        "button": _("Keep the narrative"),
    }
    return render(request, "performance/desk/step.html", context)


def _only(drawing: Drawing) -> Drawing | None:
    """A drawing where there is a picture of it."""
    return drawing if drawing.refusal is None else None


def periods_of(series: Series) -> list[tuple[str, str]]:
    """The periods of a series, newest first, as a form offers them."""
    frequency = Frequency(series.defined.frequency)
    return [(each.isoformat(), named(each, frequency)) for each in reversed(series.periods)]
