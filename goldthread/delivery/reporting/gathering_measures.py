"""The measures of a theme with their charts as a board would be shown them, and the decisions on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from goldthread.core.governance.exemption import Marking
from goldthread.delivery.models import Priority, PriorityMeasure, ReportKind
from goldthread.delivery.reporting.gathering_work import LABEL
from goldthread.delivery.reporting.records import DecisionSaid, MeasureSaid, Ref
from goldthread.files.charts.figures import sentence_of
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.performance.judging import news_rank
from goldthread.performance.models import Definition, Identification, Measure, ShownChart
from goldthread.performance.places import busiest, home_area
from goldthread.performance.queries import narrative_of, series_many
from goldthread.performance.series import Series
from goldthread.performance.shown import Shown, chart_seal, form_now, read_chart
from goldthread.plans.models import Document


@dataclass(frozen=True, slots=True)
class Charted:
    """A measure as a report tells of it, with its chart's form where it has one."""

    said: MeasureSaid
    measure: Measure
    series: Series | None = None
    form: dict[str, Any] | None = None
    shown: Shown | None = None


def measures_on(plan: Document, theme_key: str, priorities: Sequence[Priority]) -> tuple[Charted, ...]:
    """The measures of a theme, each once: those of its priorities, and those identified for its section."""
    tells = _tells_of(plan, theme_key, priorities)
    if not tells:
        return ()
    measures = list(Measure.objects.filter(pk__in=tells).select_related("body", "theme").order_by("name"))
    checked = set(Definition.objects.checked().filter(measure__in=measures).values_list("measure", flat=True))
    area = home_area(plan.body) or busiest(plan.body)
    sure = [measure for measure in measures if measure.pk in checked]
    series = {each.measure.pk: each for each in series_many(sure, (area,))} if area else {}
    found = [_charted(measure, tells[measure.pk], series.get(measure.pk)) for measure in measures]
    return tuple(sorted(found, key=lambda each: (each.said.rank, each.said.name)))


def _tells_of(plan: Document, theme_key: str, priorities: Sequence[Priority]) -> dict[int, list[str]]:
    """Of what each measure tells, in words: the numbers of priorities, or the theme itself."""
    found: dict[int, list[str]] = defaultdict(list)
    numbers = {each.pk: each.number for each in priorities}
    rows = PriorityMeasure.objects.filter(priority__in=list(numbers), ended_at=None).order_by(
        "priority", "pk"
    )
    for priority, measure in rows.values_list("priority", "measure"):
        found[measure].append(numbers[priority])
    held = Identification.objects.filter(
        plan=plan, section_key=theme_key, ended_at=None, accepted_at__isnull=False
    )
    for measure, title in held.values_list("measure", "section_title"):
        found[measure].append(f"the theme {title}")
    return found


def _charted(measure: Measure, tells: list[str], series: Series | None) -> Charted:
    name = series.name if series else measure.name
    lacking = _lacking(measure, series)
    told = {"name": name, "tells_of": _listed(tells), "area": series.area_name if series else ""}
    if lacking or series is None:
        return Charted(MeasureSaid(ref=_ref(measure, name, ""), lacking=lacking, **told), measure, series)
    form = form_now(series)
    row = ShownChart(measure=measure, area=series.area, definition=series.definition, form=form)
    shown = read_chart(form, row)
    seal = chart_seal(form)
    said = MeasureSaid(
        ref=_ref(measure, f"{name}, {series.area_name}", seal),
        sentence=sentence_of(shown.chart),
        narrative=shown.narrative,
        narrative_by=shown.narrative_by,
        rank=news_rank(shown.judgement),
        shown_seal=seal,
        **told,
    )
    return Charted(said, measure, series, form, shown)


def _listed(words: Sequence[str]) -> str:
    each = list(dict.fromkeys(words))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"


def _lacking(measure: Measure, series: Series | None) -> str:
    """Why a measure has no chart to show, in a sentence; empty where it has one."""
    if measure.ended_at is not None:
        return "This measure is no longer used."
    if series is None:
        return "Its definition has not been checked yet, so no figures are shown."
    if series.last is None:
        return f"There are no figures for {series.area_name} yet."
    if narrative_of(measure, series.area, since=series.last.period) is None:
        until = f"{series.last.period:%B %Y}"
        return f"Nobody has said yet what the figures to {until} mean, so the chart is left out."
    return ""


def _ref(measure: Measure, name: str, seal: str) -> Ref:
    return Ref("measure", measure.pk, f"Measure: {name}"[:LABEL], measure.get_absolute_url(), seal)


def decisions_on(
    plan: Document, theme_key: str, priorities: Sequence[Priority], since: date, until: date
) -> tuple[DecisionSaid, ...]:
    """The open decisions that touch a theme, taken in a time, oldest first.

    They approved one of its priorities or measures, or rest on a paper that reported on it in depth.
    Of what is not open nothing is told: a report may be published as it is.
    """
    rows = theme_decisions(plan, theme_key, [each.pk for each in priorities])
    rows = rows.filter(decided_on__gte=since, decided_on__lte=until, marking=Marking.OPEN)
    return tuple(_decision(row) for row in rows.order_by("decided_on", "pk"))


def theme_decisions(plan: Document, theme_key: str, priorities: Iterable[int]) -> QuerySet[Decision]:
    """Every decision that touches a theme, of whatever marking."""
    approved = Q(approvals__priority__in=list(priorities))
    reported = Q(
        version__paper__reports__plan=plan,
        version__paper__reports__theme_key=theme_key,
        version__paper__reports__kind=ReportKind.IN_DEPTH,
    )
    identified = Q(identifications__plan=plan, identifications__section_key=theme_key)
    rows = Decision.objects.filter(approved | reported | identified, stage=DecisionStage.DECIDED)
    return rows.select_related("register").distinct()


def _decision(row: Decision) -> DecisionSaid:
    label = f"Decision {row.reference} {row.title}"
    ref = Ref("decision", row.pk, label[:LABEL], row.get_absolute_url(), row.seal)
    return DecisionSaid(ref, row.reference, row.title, row.resolved, row.decided_on)


def kept_charts(said: Iterable[MeasureSaid]) -> dict[int, ShownChart]:
    """The charts that a report kept, by the row of their measure."""
    pks = [each.shown for each in said if each.shown]
    rows = ShownChart.objects.filter(pk__in=pks).select_related("measure", "area", "definition")
    return {row.measure_id: row for row in rows}
