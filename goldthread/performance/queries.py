"""Reads of performance: measures, their definitions and series, what was shown and released."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.timezone import localdate

from goldthread.core.governance.abilities import Ability
from goldthread.core.spc.rulesets import PLOT_THE_DOTS
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.people.queries import bodies_where, offices_of
from goldthread.performance.definitions import defined
from goldthread.performance.models import (
    Area,
    Break,
    ComparatorGroup,
    Definition,
    Figure,
    Framework,
    Load,
    Measure,
    Narrative,
    Population,
    Rebase,
    RebaseOutcome,
    Release,
    RuleChoice,
    ShownChart,
    ShownTo,
    Source,
)
from goldthread.performance.series import (
    Series,
    SeriesBreak,
    SeriesRebase,
    Told,
    points_of,
)


class NotDefined(LookupError):
    """A measure without a checked definition has no series yet."""


def measures_for(user: User, on: date) -> QuerySet[Measure]:
    """The measures of the bodies whose drafts a person may read."""
    bodies = bodies_where(user, Ability.READ_DRAFTS, on)
    return Measure.objects.filter(body__in=bodies).select_related("theme", "body")


def measure_for(user: User, slug: str, *, on: date, ability: Ability = Ability.READ_DRAFTS) -> Measure:
    """One measure for somebody's desk: 404 where it is not theirs to read, 403 where they may not."""
    bodies = {office.body_id for office in offices_of(user, on) if Ability.READ_DRAFTS in office.abilities}
    found = Measure.objects.select_related("theme", "body").filter(slug=slug, body__in=bodies).first()
    if found is None:
        raise Http404("There is no such measure here.")
    if ability is not Ability.READ_DRAFTS:
        require(user, ability, found.body, on=on)
    return found


def definition_of(measure: Measure, *, as_at: datetime | None = None) -> Definition:
    """The newest checked definition of a measure, now or at a moment; `NotDefined` before the first."""
    found = measure.definitions.checked()
    if as_at is not None:
        found = found.filter(checked_at__lte=as_at)
    definition = found.order_by("-number").first()
    if definition is None:
        raise NotDefined(f"“{measure}” has no definition that was checked.")
    definition.measure = measure
    return definition


def draft_of(measure: Measure) -> Definition | None:
    """The version of its definition that waits to be checked, if one does."""
    return measure.definitions.drafts().first()


def rules_for(body: Body, *, as_at: datetime | None = None) -> str:
    """The name of the rule set by which a body judges its series, as it last chose."""
    chosen = RuleChoice.objects.filter(body=body)
    if as_at is not None:
        chosen = chosen.filter(at__lte=as_at)
    return chosen.values_list("rules", flat=True).first() or PLOT_THE_DOTS.name


def series_of(measure: Measure, area: Area, *, as_at: datetime | None = None) -> Series:
    """A measure in an area as it stands, or as it stood at a moment. Six queries, however long it is."""
    return series_many((measure,), (area,), as_at=as_at)[0]


def series_many(
    measures: Sequence[Measure], areas: Sequence[Area], *, as_at: datetime | None = None
) -> tuple[Series, ...]:
    """Every measure in every area, measure by measure, in as few queries as for one.

    The measures are of one body. One without a checked definition raises `NotDefined`.
    """
    if not measures or not areas:
        return ()
    definitions = _definitions(measures, as_at)
    figures = _figures(measures, areas, as_at)
    body = measures[0].body
    breaks = list(_breaks(body, as_at))
    rebases = _rebases(measures, areas, as_at)
    rules = rules_for(body, as_at=as_at)
    found = []
    for measure in measures:
        definition = definitions[measure.pk]
        what = defined(definition.form)
        found += [
            Series(
                measure,
                area,
                what.name,
                area.name,
                definition,
                what,
                points_of(figures[measure.pk, area.pk], what.frequency),
                tuple(_break(row) for row in breaks if _touches(row, measure, area)),
                tuple(rebases[measure.pk, area.pk]),
                rules,
                as_at,
            )
            for area in areas
        ]
    return tuple(found)


def _definitions(measures: Sequence[Measure], as_at: datetime | None) -> dict[int, Definition]:
    rows = Definition.objects.checked().filter(measure__in=measures)
    if as_at is not None:
        rows = rows.filter(checked_at__lte=as_at)
    found = {row.measure_id: row for row in rows.order_by("number")}
    for measure in measures:
        if measure.pk not in found:
            raise NotDefined(f"“{measure}” has no definition that was checked.")
        found[measure.pk].measure = measure
    return found


def _figures(
    measures: Sequence[Measure], areas: Sequence[Area], as_at: datetime | None
) -> dict[tuple[int, int], list[Told]]:
    """What every standing load said, by measure and area, in order of period and of coming to stand.

    Loads are asked for by themselves: there are far fewer of them than figures.
    """
    told = ("period", "stated", "value", "numerator", "denominator", "provisional", "load")
    rows = Figure.objects.filter(measure__in=measures, area__in=areas)
    figures = list(rows.order_by().values_list("measure", "area", *told))
    stood = _standing({row[-1] for row in figures}, as_at)
    found: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for measure, area, *fields in figures:
        if fields[-1] in stood:
            found[measure, area].append(Told(*fields, stood[fields[-1]]))
    for series in found.values():
        series.sort(key=lambda each: (each.period, each.stood_at, each.load))
    return found


def _standing(loads: Iterable[int], as_at: datetime | None) -> dict[int, datetime]:
    """The loads among some that stand, or stood at a moment, and since when."""
    rows = Load.objects.filter(pk__in=loads, stood_at__isnull=False)
    if as_at is None:
        rows = rows.filter(undone_at__isnull=True)
    else:
        undone_later = Q(undone_at__isnull=True) | Q(undone_at__gt=as_at)
        rows = rows.filter(undone_later, stood_at__lte=as_at)
    return dict(rows.values_list("pk", "stood_at"))


def _breaks(body: Body, as_at: datetime | None) -> QuerySet[Break]:
    rows = Break.objects.filter(body=body).order_by("period", "pk")
    if as_at is None:
        return rows.filter(withdrawn_at__isnull=True)
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_at)
    return rows.filter(standing, at__lte=as_at)


def breaks_in(measure: Measure, area: Area) -> list[Break]:
    """The breaks that are told of a series and were not withdrawn."""
    return [row for row in _breaks(measure.body, None) if _touches(row, measure, area)]


def _touches(row: Break, measure: Measure, area: Area) -> bool:
    return row.measure_id in (None, measure.pk) and row.area_id in (None, area.pk)


def _break(row: Break) -> SeriesBreak:
    return SeriesBreak(row.kind, row.period, row.words, row.source, row.until)


def _rebases(
    measures: Sequence[Measure], areas: Sequence[Area], as_at: datetime | None
) -> dict[tuple[int, int], list[SeriesRebase]]:
    rows = Rebase.objects.filter(measure__in=measures, area__in=areas, outcome=RebaseOutcome.APPROVED)
    if as_at is not None:
        rows = rows.filter(answered_at__lte=as_at)
    found: dict[tuple[int, int], list[SeriesRebase]] = defaultdict(list)
    for row in rows.order_by("first_period"):
        found[row.measure_id, row.area_id].append(
            SeriesRebase(
                row.first_period, row.reason, row.asked_by, row.answered_by, localdate(row.answered_at)
            )
        )
    return found


def sources_of(series: Series) -> tuple[str, ...]:
    """Whose figures a series is made of, each with its licence, as must be said wherever it is shown."""
    loads = {point.load for point in series.points if point.load is not None}
    rows = Source.objects.filter(loads__in=loads).distinct().order_by("name")
    return tuple(_source_words(row) for row in rows)


def _source_words(source: Source) -> str:
    said = source.attribution or source.name
    licensed = f"{said} ({source.licence})" if source.licence and source.licence not in said else said
    return licensed if licensed.endswith(".") else f"{licensed}."


def rebases_of(measure: Measure, area: Area) -> QuerySet[Rebase]:
    """Every request to re-base a series, newest first, answered or not."""
    rows = Rebase.objects.filter(measure=measure, area=area).select_related("before", "decision")
    return rows.order_by("-asked_at", "-pk")


def narrative_of(
    measure: Measure, area: Area, *, since: date | None = None, as_at: datetime | None = None
) -> Narrative | None:
    """What was last said about a series; with ``since``, only if it speaks of that period or a later one."""
    rows = Narrative.objects.filter(measure=measure, area=area)
    if since is not None:
        rows = rows.filter(period__gte=since)
    return (rows if as_at is None else rows.filter(at__lte=as_at)).first()


def shown_to_board(measure: Measure, area: Area) -> QuerySet[ShownChart]:
    """The charts of a series as they were reported to a board, newest first.

    They name papers and meetings: ask the doors of meetings what of these a reader may be told.
    """
    rows = ShownChart.objects.filter(measure=measure, area=area, to=ShownTo.BOARD)
    return rows.select_related("paper", "meeting__board")


def public_releases(on_body: Body | None = None) -> QuerySet[Release]:
    """The release of each measure and area that the public reads: the newest that was not withdrawn."""
    rows = Release.objects.filter(withdrawn_at__isnull=True)
    if on_body is not None:
        rows = rows.filter(body=on_body)
    same = Release.objects.filter(
        measure=OuterRef("measure"), area=OuterRef("area"), withdrawn_at__isnull=True
    )
    rows = rows.filter(number=Subquery(same.order_by("-number").values("number")[:1]))
    return rows.select_related("measure__theme", "measure__body", "area", "shown")


def release_at(measure_slug: str, area_slug: str, number: int | None = None) -> Release:
    """A release at its own address, or the one that the public reads now; 404 where there is none.

    A release keeps its address when a later one takes its place or it is withdrawn: the page says so.
    """
    rows = Release.objects.filter(measure__slug=measure_slug, area__slug=area_slug)
    rows = rows.select_related("measure__theme", "measure__body", "area", "shown", "corrects")
    rows = rows.filter(withdrawn_at__isnull=True) if number is None else rows.filter(number=number)
    found = rows.order_by("-number").first()
    if found is None:
        raise Http404("No such figures were published.")
    return found


def group_of(body: Body, area: Area, *, on: date) -> ComparatorGroup | None:
    """The areas that an area is compared with on a day."""
    rows = ComparatorGroup.objects.filter(body=body, area=area).in_force(on)
    return rows.order_by("-starts").prefetch_related("members").first()


def people_in(areas: Iterable[Area], year: int) -> dict[int, int]:
    """How many people lived in each area in a year: of the newest standing load, or of the year nearest
    before it that is known."""
    rows = Population.objects.filter(
        area__in=[area.pk for area in areas], year__lte=year, load__stood_at__isnull=False
    ).filter(load__undone_at__isnull=True)
    rows = rows.order_by("year", "load__stood_at", "load_id")
    return dict(rows.values_list("area_id", "people"))


def frameworks_of(measure: Measure, *, on: date) -> QuerySet[Framework]:
    """The frameworks towards which a measure counts on a day."""
    running = measure.memberships.in_force(on).values("framework")
    return Framework.objects.filter(pk__in=running).in_force(on)


def measures_in(framework: Framework, *, on: date) -> QuerySet[Measure]:
    """The measures that count towards a framework on a day."""
    running = framework.memberships.in_force(on).values("measure")
    return Measure.objects.filter(pk__in=running).select_related("theme", "body")
