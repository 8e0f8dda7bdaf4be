"""What a body knows when figures are read: its measures in use, and the areas by all their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldthread.files.sheets.checking import Kind
from goldthread.files.sheets.matching import folded
from goldthread.people.models import Body
from goldthread.performance.definitions import Defined, defined
from goldthread.performance.models import Area, AreaAlias, AreaKind, Definition, Measure, SourceKind
from goldthread.warehouse.lookups import ForceName, force_names, forces

SHARES = ("p", "p-prime")
"""The charts of shares: what is counted is a part of what it is divided by."""
PEOPLE = Kind("people", "Population", "year")


@dataclass(frozen=True, slots=True)
class InUse:
    """A measure in use, and what the newest checked definition says of it."""

    measure: Measure
    defined: Defined

    @property
    def by_people(self) -> bool:
        """Whether it is divided by the number of people who live in the area."""
        below = self.defined.denominator
        return below is not None and below.source == SourceKind.POPULATION

    @property
    def kind(self) -> Kind:
        """What is known of it when its figures are checked."""
        what = self.defined
        return Kind(
            key=self.measure.key,
            name=self.measure.name,
            frequency=what.frequency,
            has_denominator=what.denominator is not None and not self.by_people,
            proportion=what.chart in SHARES,
            multiplier=float(what.multiplier),
            negative="£" in what.unit,
        )


def in_use(body: Body) -> tuple[InUse, ...]:
    """A body's measures that have not ended and have a definition that was checked."""
    rows = Definition.objects.checked().filter(measure__body=body, measure__ended_at__isnull=True)
    newest = {row.measure_id: row for row in rows.select_related("measure").order_by("number")}
    found = [InUse(row.measure, defined(row.form)) for row in newest.values()]
    return tuple(sorted(found, key=lambda each: each.measure.name))


def counted_from(body: Body, source: str) -> tuple[InUse, ...]:
    """The measures in use whose numerator comes from one kind of source."""
    return tuple(each for each in in_use(body) if each.defined.numerator.source == source)


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas by every name that a source may use, all names as `folded` has them."""

    by_code: Mapping[str, Area]
    names: Mapping[str, str]
    """From a folded name to a code."""
    called: Mapping[str, str]
    """From a code to the name it is shown by."""


def areas_on(source: str, on: date) -> Areas:
    """Every area by its code, name and aliases, as a kind of source speaks of them on a day.

    Where two areas share a name, the one that stands on the day has it, a force before a district.
    """
    found = {area.code: area for area in Area.objects.all()}
    names: dict[str, str] = {}
    standing = sorted(found.values(), key=lambda area: (_ended(area, on), area.kind != AreaKind.FORCE))
    for area in standing:
        for name in (area.name, area.code, area.slug):
            names.setdefault(folded(name), area.code)
    aliases = AreaAlias.objects.filter(Q(source="") | Q(source=source)).select_related("area")
    for alias in aliases.order_by("source", "-starts"):
        names.setdefault(folded(alias.name), alias.area.code)
    by_key = {force.code: key for key, force in forces().items() if force.code}
    for name in force_names():
        code = forces()[name.force].code
        if code in found and by_key.get(code) == name.force:
            names.setdefault(folded(name.name), code)
    return Areas(found, names, {code: area.name for code, area in found.items()})


def _ended(area: Area, on: date) -> bool:
    return area.ends is not None and area.ends < on


def force_aliases() -> tuple[ForceName, ...]:
    """The office's own names for forces, as the warehouse takes them."""
    keys = {force.code: key for key, force in forces().items() if force.code}
    rows = AreaAlias.objects.filter(area__kind=AreaKind.FORCE).filter(
        Q(source="") | Q(source=SourceKind.STREET)
    )
    return tuple(
        ForceName(row.name, keys[row.area.code], row.starts, row.ends)
        for row in rows.select_related("area")
        if row.area.code in keys
    )
