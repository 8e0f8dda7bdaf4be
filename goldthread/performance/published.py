"""What the public may read of measures: releases that a named person approved, and nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goldthread.files.charts.model import ControlChart
from goldthread.performance.drawing import Line, line_of
from goldthread.performance.exports import Taken
from goldthread.performance.identified import Holds, standing_of
from goldthread.performance.judging import news_rank
from goldthread.performance.models import Area, AreaKind, Identification, Release, ShownChart, Source, Theme
from goldthread.performance.places import home_area
from goldthread.performance.queries import public_releases
from goldthread.performance.shown import Shown, shown_of
from goldthread.plans.models import Placement
from goldthread.plans.published import Shelf, shelves
from goldthread.plans.reading import address_of
from goldthread.web.templatetags.web import day

REMEMBERED = 512
"""How many sealed charts one process remembers. What is sealed never changes, so none goes stale."""


class _Kept:
    """A kept chart that is known by its seal, so that what was drawn of it once is remembered."""

    def __init__(self, seal: str, row: ShownChart) -> None:
        self.seal, self.row = seal, row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and (other.seal, other.row.pk) == (self.seal, self.row.pk)

    def __hash__(self) -> int:
        return hash((self.seal, self.row.pk))


@lru_cache(maxsize=REMEMBERED)
def _line(kept: _Kept, href: str, _language: str | None) -> Line:
    shown = shown_of(kept.row)
    return line_of(shown.chart, href, f"m{kept.row.pk}", rank=news_rank(shown.judgement))


@dataclass(frozen=True)
class Released:
    """A release as the public reads it. All its figures and words come from what was sealed."""

    release: Release

    @cached_property
    def shown(self) -> Shown:
        return shown_of(self.release.shown)

    @cached_property
    def chart(self) -> ControlChart:
        return self.shown.chart

    @property
    def name(self) -> str:
        return self.shown.series.name

    @property
    def href(self) -> str:
        """Where the newest release of this series is read."""
        return address_of_series(self.release)

    @property
    def own_href(self) -> str:
        """Where this release is read for good."""
        release = self.release
        return reverse(
            "performance:site-release", args=[release.measure.slug, release.area.slug, release.number]
        )

    def taken(self, address: str) -> Taken:
        """What is taken away of it."""
        release, shown = self.release, self.shown
        facts = (
            (_("Approved by"), f"{release.approved_by}, {day(release.approved_at)}"),
            (_("Release"), str(release.number)),
        )
        at = localtime(release.approved_at)
        return Taken(
            self.chart, shown.series.defined, at, facts, shown.narrative, shown.narrative_by, address
        )


class Homes:
    """The own area of each body, looked up once."""

    def __init__(self) -> None:
        self._found: dict[int, Area | None] = {}

    def has(self, release: Release) -> bool:
        """Whether a release is of its body's own area."""
        if release.body_id not in self._found:
            self._found[release.body_id] = home_area(release.body)
        home = self._found[release.body_id]
        return home is not None and home.pk == release.area_id


def address_of_series(release: Release, homes: Homes | None = None) -> str:
    """The public address of a measure in an area: without the area where it is the body's own."""
    if (homes or Homes()).has(release):
        return reverse("performance:site-measure", args=[release.measure.slug])
    return reverse("performance:site-measure-in", args=[release.measure.slug, release.area.slug])


def main_releases() -> list[Release]:
    """The release of each measure that the public reads first: of the body's own area, else of any."""
    found: dict[int, Release] = {}
    homes = Homes()
    rows = (
        public_releases()
        .filter(measure__ended_at__isnull=True)
        .select_related(
            "body",
            "measure__theme",
            "measure__body",
            "area",
            "shown__definition",
            "shown__measure",
            "shown__area",
        )
    )
    for release in rows.order_by("area__kind", "pk"):
        if release.measure_id not in found or homes.has(release):
            found[release.measure_id] = release
    return list(found.values())


def lines_of(releases: Iterable[Release]) -> list[tuple[Release, Line]]:
    """Releases as lines of a list, worst news first."""
    homes = Homes()
    found = [
        (
            release,
            _line(
                _Kept(release.shown.seal, release.shown), address_of_series(release, homes), get_language()
            ),
        )
        for release in releases
    ]
    return sorted(found, key=lambda pair: (pair[1].rank, pair[1].name))


@dataclass(frozen=True, slots=True)
class Section:
    """A priority of a plan that was issued, where the public reads it."""

    title: str
    href: str
    plan: str


def priorities_of(releases: Iterable[Release], on: date) -> dict[int, tuple[Section, ...]]:
    """By measure, the priorities it was accepted for that stand in a plan the public reads today."""
    measures = {release.measure_id for release in releases}
    rows = Identification.objects.filter(
        measure__in=measures, accepted_at__isnull=False, ended_at__isnull=True
    ).select_related("plan")
    holding = [each.identification for each in standing_of(rows) if each.holds is Holds.HOLDS]
    plans = {shelf.plan.pk: shelf for shelf in shelves(on=on)}
    places = dict(_placed(plans, holding))
    found: dict[int, list[Section]] = {}
    for row in holding:
        section = places.get((row.plan_id, row.section_key))
        if section is not None:
            found.setdefault(row.measure_id, []).append(section)
    return {measure: tuple(sections) for measure, sections in found.items()}


def _placed(
    plans: dict[int, Shelf], wanted: list[Identification]
) -> Iterator[tuple[tuple[int, str], Section]]:
    editions = {shelf.newest.pk: shelf for shelf in plans.values()}
    keys = {row.section_key for row in wanted}
    rows = Placement.objects.filter(edition__in=editions, key__in=keys).select_related("version")
    for row in rows:
        shelf = editions[row.edition_id]
        title = row.version.title
        href = reverse("plans:site-plan-section", args=[shelf.plan.slug, address_of(row.key, title)])
        yield (shelf.plan.pk, row.key), Section(title, href, shelf.plan.title)


def themes_of(releases: Iterable[Release]) -> list[Theme]:
    """The themes that have something to show."""
    themes = {release.measure.theme for release in releases}
    return sorted(themes, key=lambda theme: (theme.position, theme.name))


def sources_of(*charts: ShownChart) -> list[tuple[str, str, str, str]]:
    """Name, attribution, licence and its address of every source of charts that were shown."""
    loads = {load for row in charts for load in _loads(row)}
    rows = Source.objects.filter(loads__in=loads).distinct().order_by("name")
    return [(row.name, row.attribution, row.licence, row.licence_url) for row in rows]


def areas_of(release: Release) -> list[Release]:
    """The releases of the same measure in other areas, districts last."""
    rows = public_releases().filter(measure=release.measure_id).exclude(area=release.area_id)
    return sorted(rows, key=lambda each: (each.area.kind != AreaKind.FORCE, each.area.name))


def earlier_of(release: Release) -> list[Release]:
    """Every other release of the same measure in the same area, newest first; each keeps its address."""
    rows = Release.objects.filter(measure=release.measure_id, area=release.area_id)
    return list(rows.exclude(pk=release.pk).select_related("measure", "area").order_by("-number"))


def _loads(row: ShownChart) -> Iterator[int]:
    """The loads whose figures a kept chart shows, without drawing it again."""
    return (point.load for point in shown_of(row).series.points if point.load is not None)
