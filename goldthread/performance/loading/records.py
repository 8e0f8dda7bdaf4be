"""A load of crime records: looked over before it is confirmed, brought in, and its figures counted."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.performance.loading.known import force_aliases
from goldthread.performance.loading.standing import Fresh, compared, make_stand, standing_now
from goldthread.performance.loading.street import know_areas
from goldthread.performance.loading.where import warehouse_root
from goldthread.performance.models import Load
from goldthread.warehouse.archives import survey
from goldthread.warehouse.layout import Layout
from goldthread.warehouse.lookups import forces
from goldthread.warehouse.manifest import Part, manifest, parts_of
from goldthread.warehouse.progress import Progress

MEMORY_MB = 320
WAIT = 20
_STREET = re.compile(r"(\d{4})-(\d{2})-([a-z-]+)-street")
Moved = set[tuple[str, date]]


def counting() -> ModuleType:
    """The module that counts records, brought in with its engine only by what has something to count."""
    return import_module("goldthread.performance.loading.counting")


def _warehouse() -> ModuleType:
    """The module that loads records, brought in with its engine only by a load."""
    return import_module("goldthread.warehouse.loading")


@dataclass(frozen=True, slots=True)
class Brought:
    """What the warehouse made of a load, and the figures that follow from it."""

    warehouse: str
    figures: tuple[Fresh, ...]
    parts: int
    rows: int
    replaced: int
    same: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    error_file: Path | None

    @property
    def changed(self) -> bool:
        """Whether anything is held now that was not held before."""
        return bool(self.parts or self.figures)


def looked_over(path: Path, name: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """What an archive seems to hold, by the names of its files, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as aside:
        found = survey([path], Path(aside), {path: name})
    months: set[date] = set()
    names: set[str] = set()
    for each in found.found:
        said = _STREET.search(each.name)
        if said is not None and 1 <= int(said[2]) <= 12:
            months.add(date(int(said[1]), int(said[2]), 1))
            names.add(forces()[said[3]].name if said[3] in forces() else said[3])
    understood = {
        "files": len(found.found),
        "forces": sorted(names),
        "first": min(months).isoformat() if months else "",
        "last": max(months).isoformat() if months else "",
        "months": len(months),
    }
    return understood, found.problems


def bring_in(
    load: Load,
    paths: Sequence[Path],
    called: Mapping[Path, str],
    *,
    tell: Callable[[Progress], None],
    at: datetime,
    without_bad_rows: bool = False,
) -> Brought:
    """Bring records into the warehouse and count what they change. Raises Refused, Busy, OSError.

    Records that an earlier try brought home before it was cut short are this load's, too.
    """
    root = warehouse_root()
    warehouse = _warehouse()
    loaded = warehouse.load(
        root,
        paths,
        at=at,
        tell=tell,
        memory_mb=MEMORY_MB,
        wait=WAIT,
        called=called,
        names=force_aliases(),
        without_bad_rows=without_bad_rows,
    )
    orphans = _without_a_load(loaded.same)
    mine = [*loaded.parts, *orphans]
    rest = [part for part in loaded.same if part not in orphans]
    try:
        know_areas(load.body, [*mine, *rest])
        figures = _counted(load, _street(mine), _street(rest), root)
    except BaseException:
        if loaded.id:
            warehouse.undo(root, loaded.id, at=at)
        raise
    return Brought(
        warehouse=loaded.id or (orphans[-1].load if orphans else ""),
        figures=tuple(figures),
        parts=len(mine),
        rows=sum(part.rows for part in mine),
        replaced=len(loaded.replaced),
        same=len(rest),
        problems=tuple(loaded.problems),
        notes=tuple(loaded.notes),
        error_file=loaded.error_file,
    )


def _street(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.month is not None]


def _without_a_load(parts: Iterable[Part]) -> list[Part]:
    """The parts in force that no load of ours brought: their load was cut short after they came home."""
    found = list(parts)
    known = set(
        Load.objects.filter(warehouse__in={part.load for part in found}).values_list("warehouse", flat=True)
    )
    return [part for part in found if part.load not in known]


def _counted(load: Load, mine: list[Part], rest: list[Part], root: Path) -> list[Fresh]:
    """Every figure of what came, and of what was here already those that nobody has counted yet."""
    figures = counting().count(load.body, mine, root, provisional=load.provisional)
    others = counting().count(load.body, rest, root, provisional=load.provisional)
    now = standing_now(each.key for each in others)
    figures.extend(each for each in others if each.said[:4] != now.get(each.key, ())[:4])
    return figures


def stand(load: Load, brought: Brought, *, at: datetime) -> None:
    """Let the figures of brought records stand, whole."""
    now = standing_now(each.key for each in brought.figures)
    make_stand(
        load, brought.figures, changes=compared(brought.figures, now), at=at, warehouse=brought.warehouse
    )


def withdraw(load: Load, *, at: datetime) -> Moved:
    """Take a load's records out of force; gives the forces and months that it had brought."""
    return _moved(load, _warehouse().undo, at)


def bring_back(load: Load, *, at: datetime) -> Moved:
    """Bring a load's records back into force."""
    return _moved(load, _warehouse().redo, at)


def _moved(load: Load, move: Callable[..., object], at: datetime) -> Moved:
    if not load.warehouse:
        return set()
    root = warehouse_root()
    try:
        move(root, load.warehouse, at=at, wait=WAIT)
    except LookupError as fault:
        raise Refused(
            "The warehouse no longer knows this load.", "Restore it from a backup first."
        ) from fault
    parts = parts_of(Layout(root), load.warehouse)
    return {(part.force, part.month) for part in parts if part.month is not None}


def in_force(moved: Moved | None = None) -> list[Part]:
    """The parts of street-level records in force; of these forces and months only, where they are given."""
    parts = manifest(warehouse_root()).street()
    return [part for part in parts if moved is None or (part.force, part.month) in moved]
