"""The measures of a theme with their charts as a board would be shown them, and the decisions on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from goldthread.core.governance.exemption import Marking
from goldthread.delivery.models import Priority, PriorityMeasure, ReportKind
from goldthread.delivery.reporting.gathering_work import LABEL
from goldthread.delivery.reporting.records import DecisionSaid, MeasureSaid, Ref
from goldthread.files.charts.figures import sentence_of
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.performance.judging import judgement_of, news_rank
from goldthread.performance.models import Definition, Identification, Measure, Narrative, ShownChart
from goldthread.performance.places import busiest, home_area
from goldthread.performance.queries import narrative_of, series_many, sources_of
from goldthread.performance.series import Series
from goldthread.performance.shown import Shown, chart_form, chart_seal, read_chart
from goldthread.plans.models import Document


@dataclass(frozen=True, slots=True)
class Charted:
    """A measure as a report tells of it, with its chart's form where it has one."""

    said: MeasureSaid
    measure: Measure
    series: Series | None = None
    form: dict[str, Any] | None = None
    shown: Shown | None = None


def measures_on(
    plan: Document, theme_key: str, priorities: Sequence[Priority], as_at: datetime
) -> tuple[Charted, ...]:
    """The measures of a theme as they stood at a moment, each once.

    Those that tell of its priorities, and those identified for its section of the plan.
    """
    tells = _tells_of(plan, theme_key, priorities)
    if not tells:
        return ()
    measures = list(Measure.objects.filter(pk__in=tells).select_related("body", "theme").order_by("name"))
    definitions = Definition.objects.checked().filter(measure__in=measures, checked_at__lte=as_at)
    checked = set(definitions.values_list("measure", flat=True))
    area = home_area(plan.body) or busiest(plan.body)
    sure = [measure for measure in measures if measure.pk in checked]
    series = {each.measure.pk: each for each in series_many(sure, (area,), as_at=as_at)} if area else {}
    found = [_charted(measure, tells[measure.pk], series.get(measure.pk), as_at) for measure in measures]
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


def _charted(measure: Measure, tells: list[str], series: Series | None, as_at: datetime) -> Charted:
    name = series.name if series else measure.name
    lacking, spoken = _spoken(measure, series, as_at)
    told = {"name": name, "tells_of": _listed(tells), "area": series.area_name if series else ""}
    if lacking or series is None:
        return Charted(MeasureSaid(ref=_ref(measure, name, ""), lacking=lacking, **told), measure, series)
    form = chart_form(series, judgement_of(series), spoken, sources_of(series))
    row = ShownChart(measure=measure, area=series.area, definition=series.definition, form=form)
    shown = read_chart(form, row)
    seal = chart_seal(form)
    said = MeasureSaid(
        ref=_ref(measure, f"{name}, {series.area_name}", seal),
        sentence=sentence_of(shown.chart),
        narrative=shown.narrative,
        rank=news_rank(shown.judgement),
        shown_seal=seal,
        **told,
    )
    return Charted(said, measure, series, form, shown)


def _listed(words: Sequence[str]) -> str:
    each = list(dict.fromkeys(words))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"


def _spoken(measure: Measure, series: Series | None, as_at: datetime) -> tuple[str, Narrative | None]:
    """Why a measure has no chart to show, in a sentence; or nothing, and what was said of its last figure."""
    if measure.ended_at is not None and measure.ended_at <= as_at:
        return "This measure is no longer used.", None
    if series is None:
        return "Its definition has not been checked yet, so no figures are shown.", None
    if series.last is None:
        return f"There are no figures for {series.area_name} yet.", None
    said = narrative_of(measure, series.area, since=series.last.period, as_at=as_at)
    if said is None:
        until = f"{series.last.period:%B %Y}"
        return f"Nobody has said yet what the figures to {until} mean, so the chart is left out.", None
    return "", said


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
    return DecisionSaid(decision_ref(row), row.reference, row.title, row.resolved, row.decided_on)


def decision_ref(row: Decision) -> Ref:
    """A decision as a source: its number, its day, what it is about."""
    label = f"Decision {row.reference} of {row.decided_on:%-d %B %Y}: {row.title}"
    return Ref("decision", row.pk, label[:LABEL], row.get_absolute_url(), row.seal)
