"""Making figures stand: compared with those that stand now, written whole, and sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import transaction

from goldthread.performance.models import Area, Figure, Load, LoadStage, Measure, Population

SHOWN = 300
"""How many revised figures a load keeps in words; the rest can be asked of the figures themselves."""
_BATCH = 2_000
Key = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A figure that is about to be written."""

    measure: Measure
    area: Area
    period: date
    stated: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    provisional: bool = False
    frequency: str = "month"

    @property
    def key(self) -> Key:
        """What it is a figure of."""
        return (self.measure.pk, self.area.pk, self.period)

    @property
    def said(self) -> tuple[str, float | None, float | None, float | None, bool]:
        """What it says."""
        return (self.stated, self.value, self.numerator, self.denominator, self.provisional)


@dataclass(frozen=True, slots=True)
class Changes:
    """What figures change against those that stand: how many, and the revised with old and new."""

    new: int = 0
    revised: int = 0
    settled: int = 0
    """The same figure, only no longer provisional, or provisional again."""
    unchanged: int = 0
    list: tuple[Mapping[str, Any], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything stands already just as it is."""
        return not (self.new or self.revised or self.settled)

    def as_form(self) -> dict[str, Any]:
        """For a load's counts."""
        return {
            "new": self.new,
            "revised": self.revised,
            "settled": self.settled,
            "unchanged": self.unchanged,
            "list": [dict(each) for each in self.list],
        }


def standing_now(keys: Iterable[Key], *, but: Load | None = None) -> dict[Key, tuple[Any, ...]]:
    """What stands now for these figures: that of the load that came to stand last."""
    wanted = set(keys)
    if not wanted:
        return {}
    measures, areas = {key[0] for key in wanted}, {key[1] for key in wanted}
    first, last = min(key[2] for key in wanted), max(key[2] for key in wanted)
    rows = Figure.objects.filter(
        measure__in=measures,
        area__in=areas,
        period__range=(first, last),
        load__stood_at__isnull=False,
        load__undone_at__isnull=True,
    )
    rows = rows.exclude(load=but) if but is not None else rows
    fields = ("measure_id", "area_id", "period", "stated", "value", "numerator", "denominator", "provisional")
    found: dict[Key, tuple[Any, ...]] = {}
    for row in rows.order_by("load__stood_at", "load_id").values_list(*fields).iterator(chunk_size=5_000):
        if row[:3] in wanted:
            found[row[:3]] = row[3:]
    return found


def compared(figures: Sequence[Fresh], now: Mapping[Key, tuple[Any, ...]]) -> Changes:
    """What these figures change against what stands."""
    new = revised = settled = unchanged = 0
    told: list[Mapping[str, Any]] = []
    for each in figures:
        before = now.get(each.key)
        if before is None:
            new += 1
        elif before[:4] != each.said[:4]:
            revised += 1
            if len(told) < SHOWN:
                told.append(_revision(each, before))
        elif bool(before[4]) != each.provisional:
            settled += 1
        else:
            unchanged += 1
    return Changes(new, revised, settled, unchanged, tuple(told))


def _revision(each: Fresh, before: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "measure": each.measure.name,
        "area": each.area.name,
        "period": each.period.isoformat(),
        "frequency": each.frequency,
        "was": [before[0], before[1]],
        "is": [each.stated, each.value],
    }


@transaction.atomic
def make_stand(
    load: Load,
    figures: Sequence[Fresh],
    *,
    populations: Sequence[tuple[Area, int, int]] = (),
    changes: Changes,
    at: datetime,
    warehouse: str = "",
) -> None:
    """Write a load's figures and let them stand, all of them or none. The load must be under way."""
    held = Load.objects.select_for_update().get(pk=load.pk)
    Figure.objects.filter(load=held).delete()
    Population.objects.filter(load=held).delete()
    Figure.objects.bulk_create(
        (
            Figure(
                measure=each.measure,
                area=each.area,
                period=each.period,
                stated=each.stated,
                value=each.value,
                numerator=each.numerator,
                denominator=each.denominator,
                provisional=each.provisional,
                load=held,
            )
            for each in figures
        ),
        batch_size=_BATCH,
    )
    Population.objects.bulk_create(
        [Population(area=area, year=year, people=people, load=held) for area, year, people in populations],
        batch_size=_BATCH,
    )
    held.counts = {**held.counts, "changes": changes.as_form(), "figures": len(figures) + len(populations)}
    held.progress, held.reason, held.warehouse = {}, "", warehouse
    held.status, held.stood_at, held.figures_seal = LoadStage.STANDING, at, figures_seal(held)
    held.save(
        update_fields=["counts", "progress", "reason", "warehouse", "status", "stood_at", "figures_seal"]
    )
    load.refresh_from_db()


def figures_seal(load: Load) -> str:
    """The seal of everything that a load says: its figures and populations, line by line in order."""
    digest = hashlib.sha256()
    told = ("period", "stated", "value", "numerator", "denominator", "provisional")
    figures = Figure.objects.filter(load=load).order_by("measure_id", "area_id", "period")
    people = Population.objects.filter(load=load).order_by("area_id", "year")
    lines = chain(
        figures.values_list("measure__key", "area__code", *told).iterator(chunk_size=5_000),
        people.values_list("area__code", "year", "people").iterator(chunk_size=5_000),
    )
    for line in lines:
        plain = [each.isoformat() if isinstance(each, date) else each for each in line]
        digest.update(json.dumps(plain, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()
