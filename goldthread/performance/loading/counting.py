"""Crime records counted into figures: every street-level measure in use, every area, every month told.

Counting needs the engine, which takes a third of a second to load: only a load or a recount brings it in
(`goldthread.performance.loading.records.count`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from goldthread.core.spc.values import Stated
from goldthread.people.models import Body
from goldthread.performance.loading.known import InUse, counted_from
from goldthread.performance.loading.people import People
from goldthread.performance.loading.standing import Fresh
from goldthread.performance.loading.street import force_of
from goldthread.performance.models import Area, AreaKind, SourceKind
from goldthread.warehouse.engines import engine
from goldthread.warehouse.expressions import Level
from goldthread.warehouse.lookups import forces
from goldthread.warehouse.manifest import Part
from goldthread.warehouse.series import Asked, Dense, State, monthly

TYPE = "crime_type"


def count(
    body: Body,
    parts: Sequence[Part],
    root: Path,
    *,
    provisional: bool,
    measures: Sequence[InUse] | None = None,
) -> list[Fresh]:
    """The figures of a body's street-level measures for the forces and months of these parts.

    ``measures`` are all that it has in use unless they are given. ``parts`` are in force in the
    warehouse. What is divided by people and has none is missing.
    """
    measures = counted_from(body, SourceKind.STREET) if measures is None else measures
    if not parts or not measures:
        return []
    keys = {force.code: key for key, force in forces().items() if force.code}
    told = {(part.force, part.month) for part in parts}
    figures: list[Fresh] = []
    people = People()
    for level, kind in ((Level.FORCE, AreaKind.FORCE), (Level.DISTRICT, AreaKind.DISTRICT)):
        areas = {
            _name(area, level, keys): area for area in Area.objects.filter(kind=kind).select_related("within")
        }
        homes = {name: force_of(area, keys) for name, area in areas.items()}
        areas = {name: area for name, area in areas.items() if homes[name] in {force for force, _ in told}}
        if not areas:
            continue
        counted = _Counted(root, parts, level, homes, tuple(areas))
        for each in measures:
            for name, area in areas.items():
                figures.extend(
                    _fresh(each, area, month, number, provisional, people)
                    for month, number in counted.series(each, name)
                    if (homes[name], month) in told
                )
    return figures


def _name(area: Area, level: Level, keys: dict[str, str]) -> str:
    """How the records name an area: a force by its key, a district by its code."""
    return keys.get(area.code, "") if level is Level.FORCE else area.code


class _Counted:
    """Counts at one level: one pass by type for the measures that ask for types alone, one for each other."""

    def __init__(
        self,
        root: Path,
        parts: Sequence[Part],
        level: Level,
        homes: dict[str, str],
        areas: tuple[str, ...],
    ) -> None:
        self._root, self._parts, self._level = root, parts, level
        self._homes, self._areas = homes, areas
        self._kept: dict[tuple[object, ...], Dense] = {}

    def series(self, each: InUse, area: str) -> list[tuple[date, float | None]]:
        """The counts of a measure in an area, month by month; None where its force told nothing."""
        where = dict(each.defined.numerator.where)
        if set(where) <= {TYPE}:
            dense = self._dense(TYPE, {})
            wanted = [name for name in where.get(TYPE, dense.categories) if name in dense.categories]
        else:
            dense = self._dense(None, where)
            wanted = list(dense.categories)
        rows = [dense.row(area, name) for name in wanted]
        first = dense.row(area, dense.categories[0]) if dense.categories else None
        return [
            (month, None)
            if first is not None and dense.states[first, at] == State.MISSING
            else (month, float(sum(dense.values[row, at] for row in rows)))
            for at, month in enumerate(dense.months)
        ]

    def _dense(self, by: str | None, where: dict[str, tuple[str, ...]]) -> Dense:
        key = (by, *sorted(where.items()))
        if key not in self._kept:
            self._root.mkdir(parents=True, exist_ok=True)
            with engine(None, self._root) as running:
                asked = Asked(self._level, by=by, where=where or None, areas=self._areas, homes=self._homes)
                self._kept[key] = monthly(running, self._parts, asked)
        return self._kept[key]


def _fresh(
    each: InUse, area: Area, month: date, number: float | None, provisional: bool, people: People
) -> Fresh:
    what = each.defined
    below = people.in_area(area, month) if each.by_people else None
    value = what.value_of(number, below) if number is not None else None
    if value is None:
        return Fresh(each.measure, area, month, Stated.MISSING.value)
    return Fresh(each.measure, area, month, Stated.VALUE.value, value, number, below, provisional)
