"""How a promise is measured: each measure with one sentence, a strip of its chart and what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.delivery.models import PriorityMeasure
from goldthread.files.charts.model import ControlChart, Frequency
from goldthread.performance.drawing import in_short, news_word, safe
from goldthread.performance.identified import Holds, IdentificationStands, standing_of
from goldthread.performance.judging import chart_of, judgement_of, news_rank
from goldthread.performance.models import Identification, Measure, Release
from goldthread.performance.places import home_area
from goldthread.performance.published import Homes, Released
from goldthread.performance.queries import public_releases, series_many
from goldthread.thread.gathered import Gathered
from goldthread.thread.refs import Kind
from goldthread.thread.stops import Picture, Piece, Stop, StopKind
from goldthread.thread.strip import PHONE, WIDE, strip
from goldthread.web.templatetags.web import day

CHARTED = 6
"""How many measures one thread charts; the worst news first. The others are told in a line."""

REASONS = 3
"""How many of the reasons why a measure is on a thread are told."""

OFTEN = {
    Frequency.DAY: gettext_lazy("Every day"),
    Frequency.WEEK: gettext_lazy("Every week"),
    Frequency.MONTH: gettext_lazy("Every month"),
    Frequency.QUARTER: gettext_lazy("Every quarter"),
    Frequency.YEAR: gettext_lazy("Every year"),
    Frequency.EVENT: gettext_lazy("Each time"),
}


@dataclass(slots=True)
class Told:
    """Why a measure is on a thread: since when, and for what."""

    since: date
    reasons: list[Piece] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of a thread, each with why it is there and, where it has figures, its chart."""

    measures: tuple[Measure, ...]
    told: dict[int, Told]
    charts: dict[int, tuple[ControlChart, int]]
    releases: dict[int, Release]


def measured_of(found: Gathered) -> Measured:
    """The measures that tell of the promises and priorities of a thread, as the reader may see them."""
    told: dict[int, Told] = {}
    for row in _of_priorities(found):
        words = _("Tells of %(priority)s") % {"priority": row.priority.number}
        said = "" if found.reader.public else row.why
        _tell(told, row.measure_id, localdate(row.added_at), Piece(words, quiet=said))
    for stands in _identified(found):
        row = stands.identification
        _tell(told, row.measure_id, localdate(row.accepted_at or row.proposed_at), _chosen(stands))
    pks = {*told, *found.start.measures}
    if not pks:
        return Measured((), {}, {}, {})
    measures = tuple(found.reader.measures().filter(pk__in=pks).select_related("theme", "body"))
    releases = _released(measures)
    charts = dict(_charts(found, measures, releases))
    return Measured(measures, told, charts, releases)


def _tell(told: dict[int, Told], measure: int, since: date, reason: Piece) -> None:
    known = told.setdefault(measure, Told(since))
    known.since = min(known.since, since)
    if reason.status:
        known.reasons.append(reason)
        return
    said = f"{reason.words}: {reason.quiet}" if reason.quiet else f"{reason.words}."
    if said not in known.quiet and len(known.quiet) < REASONS:
        known.quiet.append(said if said.endswith(".") else f"{said}.")


def _of_priorities(found: Gathered) -> Iterable[PriorityMeasure]:
    if not found.priorities:
        return ()
    rows = PriorityMeasure.objects.filter(priority__in=found.priorities, ended_at__isnull=True)
    if found.start.of_measure is not None:
        rows = rows.filter(measure=found.start.of_measure)
    return rows.select_related("priority").order_by("added_at", "pk")


def _identified(found: Gathered) -> Iterator[IdentificationStands]:
    """The identifications of a thread: for the sections of a promise, of a measure, by a decision."""
    start = found.start
    wanted = Q(pk__in=())
    if start.is_promise:
        for plan, keys in found.around().items():
            wanted |= Q(plan=plan, section_key__in=keys)
    if start.of_measure is not None:
        wanted |= Q(measure=start.of_measure)
    if start.kind is Kind.DECISION:
        wanted |= Q(decision=start.thing.pk)
    if start.kind is Kind.REPORT:
        wanted |= Q(plan=start.plan, section_key=start.thing.theme_key)
    rows = Identification.objects.filter(wanted, ended_at__isnull=True).select_related("plan")
    for stands in standing_of(rows.order_by("pk")):
        if stands.holds is Holds.HOLDS or not found.reader.public:
            yield stands


def _chosen(stands: IdentificationStands) -> Piece:
    """For which section a measure was identified, and whether that still stands."""
    row = stands.identification
    words = _("Identified for %(section)s") % {"section": row.section_title}
    if stands.holds is Holds.HOLDS:
        return Piece(words)
    if stands.holds is Holds.PROPOSED:
        return Piece(words, status=_("Proposed"), tone="warn")
    return Piece(words, status=str(stands.holds.value).capitalize(), tone="warn")


def _released(measures: Sequence[Measure]) -> dict[int, Release]:
    """The release of each measure that the public reads first: of the body's own area, else of any."""
    homes, found = Homes(), {}
    rows = public_releases().filter(measure__in=measures)
    rows = rows.select_related("body", "measure__theme", "measure__body", "area", "shown__definition")
    rows = rows.select_related("shown__measure", "shown__area")
    for release in rows.order_by("area__kind", "pk"):
        if release.measure_id not in found or homes.has(release):
            found[release.measure_id] = release
    return found


def _charts(
    found: Gathered, measures: Sequence[Measure], releases: dict[int, Release]
) -> Iterator[tuple[int, tuple[ControlChart, int]]]:
    """Charts by measure with how early each is told: for the public what was released, else as of now."""
    if found.reader.public:
        for pk, release in releases.items():
            shown = Released(release).shown
            yield pk, (shown.chart, news_rank(shown.judgement))
        return
    for body in {measure.body_id: measure.body for measure in measures}.values():
        area = home_area(body)
        own = [measure for measure in measures if measure.body_id == body.pk]
        for series in series_many(own, (area,)) if area is not None else ():
            if series.points:
                judgement = judgement_of(series)
                yield series.measure.pk, (chart_of(series, judgement, source=""), news_rank(judgement))


def stops(found: Gathered, measured: Measured) -> Iterator[Stop]:
    """The measures of a thread: the first few with their charts, the rest by name alone."""
    order = sorted(measured.measures, key=lambda row: (_rank(measured, row.pk), row.name))
    for place, row in enumerate(order):
        charted = measured.charts.get(row.pk) if place < CHARTED else None
        told = measured.told.get(row.pk, Told(localdate(row.made_at)))
        yield _stop(found, measured, row, told, charted[0] if charted else None)


def _rank(measured: Measured, pk: int) -> int:
    chart = measured.charts.get(pk)
    return chart[1] if chart else 9


def _stop(found: Gathered, measured: Measured, row: Measure, told: Told, chart: ControlChart | None) -> Stop:
    release = measured.releases.get(row.pk)
    public = found.reader.public
    href = reverse("performance:site-measure", args=[row.slug]) if public else row.get_absolute_url()
    if public and release is not None:
        href = Released(release).href
    word, tone = news_word(chart) if chart else (_("No figures yet"), "calm")
    quiet = list(told.quiet)
    if release is not None:
        quiet.append(_("Its figures were last published on %(day)s.") % {"day": day(release.approved_at)})
    return Stop(
        StopKind.MEASURED,
        told.since,
        str(OFTEN[chart.frequency]) if chart else "",
        row.name,
        href,
        word or _("As usual"),
        tone,
        in_short(chart) if chart else "",
        (" ".join(quiet),) if quiet else (),
        tuple(told.reasons[:REASONS]),
        _picture(chart, f"m{row.pk}") if chart else None,
        here=row.pk == found.start.of_measure,
        public=release is not None,
        thread=(Kind.MEASURE.value, row.slug),
    )


def _picture(chart: ControlChart, name: str) -> Picture | None:
    """The strip of a chart; nothing where a chart would mislead."""
    if chart.refusal is not None or not chart.points:
        return None
    return Picture(safe(strip(chart, WIDE, f"{name}-wide")), safe(strip(chart, PHONE, f"{name}-phone")))
