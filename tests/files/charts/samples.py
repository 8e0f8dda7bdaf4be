"""Charts for the tests: real counts of crime in Cambridgeshire, and made-up ones for the odd cases."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from goldthread.core.spc.judgement import judge
from goldthread.core.spc.values import Better, DatedTarget, Side, Stated
from goldthread.files.charts.amounts import unit_named
from goldthread.files.charts.control import control_chart
from goldthread.files.charts.model import (
    Average,
    Bar,
    Baseline,
    ControlChart,
    Event,
    Frequency,
    Funnel,
    FunnelLimit,
    FunnelPoint,
    Point,
    RankedStrip,
    SmallMultiples,
    Target,
    Tone,
    Unit,
)

HERE = Path(__file__).parent
OFFENCES = unit_named("offences", total=True)
NO_TONES: Mapping[int, tuple[Tone, Side]] = {}
DISTRICTS = ("Cambridge", "East Cambridgeshire", "Fenland", "Huntingdonshire", "Peterborough")


@cache
def counts() -> Counter[tuple[str, str, date]]:
    """How many, by type, district and month; the district "" is all of them."""
    found: Counter[tuple[str, str, date]] = Counter()
    with (HERE / "cambridgeshire.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            month = date.fromisoformat(f"{row['month']}-01")
            for district in (row["district"], ""):
                found[row["crime_type"], district, month] += int(row["n"])
    return found


def months(first: int, last: int) -> list[date]:
    """Every month from January of a year to December of another."""
    return [date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13)]


def crime(
    kind: str, district: str = "", *, years: tuple[int, int] = (2024, 2025), **options: object
) -> ControlChart:
    """A type of crime in Cambridgeshire or a district of it, judged: fewer is better."""
    periods = months(*years)
    known = {month for _, _, month in counts()}
    untold = options.pop("untold", ())
    values = [
        float(counts()[kind, district, month]) if month in known and month not in untold else None
        for month in periods
    ]
    judged = {key: options.pop(key) for key in ("target", "fix_after") if key in options}
    rebases = options.get("rebases", {})
    judgement = judge(periods, values, better=Better.DOWN, rebases=tuple(rebases), **judged)  # type: ignore[arg-type, call-overload]
    return control_chart(judgement, measure=kind, area=district or "Cambridgeshire", unit=OFFENCES, **options)  # type: ignore[arg-type]


def burglary() -> ControlChart:
    """Two years with a target, the last month provisional."""
    return crime("Burglary", target=300.0, provisional={date(2025, 12, 1)}, source="data.police.uk")


def shoplifting() -> ControlChart:
    """Two years with a break, a re-base and a target that steps."""
    return crime(
        "Shoplifting",
        target=[DatedTarget(date(2024, 1, 1), 520.0), DatedTarget(date(2025, 4, 1), 480.0)],
        rebases={date(2025, 1, 1): "recording changed"},
        breaks={date(2024, 7, 1): "New records system"},
    )


def gaps() -> ControlChart:
    """Two years of which three months are missing and one is suppressed."""
    hidden = date(2025, 5, 1)
    untold = {date(2024, month, 1) for month in (4, 5, 6)} | {hidden}
    return crime("Burglary", untold=untold, stated={hidden: Stated.SUPPRESSED})


def answered(count: int = 240) -> ControlChart:
    """Many months of a percentage."""
    chance = random.Random(4)
    periods = months(2005, 2005 + count // 12)[:count]
    values = [80 + chance.gauss(0, 2) + (3 if place > 200 else 0) for place in range(count)]
    judgement = judge(periods, values, better=Better.UP, target=90.0)
    unit = unit_named("%", decimals=1)
    return control_chart(
        judgement, measure="999 calls answered within 10 seconds", area="Cambridgeshire", unit=unit
    )


def by_hand(
    values: Sequence[float | None],
    *,
    baseline: Baseline | None = None,
    tones: Mapping[int, tuple[Tone, Side]] = NO_TONES,
    events: tuple[Event, ...] = (),
    targets: tuple[Target, ...] = (),
    unit: Unit = OFFENCES,
) -> ControlChart:
    """A chart without a judgement, for what is hard to come by in real figures."""
    periods = months(2015, 2015 + len(values) // 12)
    points = []
    for place, value in enumerate(values):
        stated = Stated.VALUE if value is not None else Stated.MISSING
        tone, side = tones.get(place, (Tone.COMMON, None))
        points.append(Point(periods[place], value, stated, tone=tone, side=side))
    baselines = (baseline,) if baseline else ()
    chart = ControlChart("By hand", "By hand", "Here", unit, tuple(points), baselines, targets, events)
    return replace(chart, bounds=(0.0, None))


def homicides(*, marked: bool = True) -> Funnel:
    """Forty areas about a rate of 11 within limits of the Poisson kind."""
    chance = random.Random(2)
    sizes = [chance.uniform(3e5, 2.6e6) for _ in range(40)]
    points = []
    for place, size in enumerate(sizes):
        reach = 3.09 * (11 / size * 1e6) ** 0.5
        value = max(0.0, chance.gauss(11, 2.2))
        outside = "high" if value > 11 + reach else "low" if value < 11 - reach else ""
        points.append(
            FunnelPoint(f"Area {place + 1}", size, value, marked and place == 3, 5 < place < 12, outside)
        )
    limits = []
    for step in range(45):
        size = 250_000 + 55_000 * step
        sigma = (11 / size * 1e6) ** 0.5
        limits.append(
            FunnelLimit(size, 11 - 1.96 * sigma, 11 + 1.96 * sigma, 11 - 3.09 * sigma, 11 + 3.09 * sigma)
        )
    unit = Unit("per million people", decimals=1)
    return Funnel(
        "Homicides",
        "Homicides per million people",
        unit,
        "people",
        tuple(points),
        tuple(limits),
        11.0,
        Better.DOWN,
    )


def ranking(count: int) -> RankedStrip:
    """Areas in order, the third our own, one withheld and one provisional."""
    chance = random.Random(count)
    bars = tuple(
        Bar(
            f"Area {place + 1}",
            None if place == 4 else chance.uniform(4, 14),
            Stated.SUPPRESSED if place == 4 else Stated.VALUE,
            own=place == 2,
            similar=5 < place < 13,
            provisional=place == 1,
        )
        for place in range(count)
    )
    averages = (Average("most similar group", 8.4), Average("all areas", 9.1))
    unit = Unit("per 1,000 people", decimals=1)
    return RankedStrip("Burglary", "Burglary per 1,000 people", unit, bars, averages, Better.DOWN, "in 2025")


def districts() -> SmallMultiples:
    """Anti-social behaviour in five districts."""
    return SmallMultiples(
        "Anti-social behaviour", tuple(crime("Anti-social behaviour", name) for name in DISTRICTS)
    )


def overtime() -> ControlChart:
    """Four years of quarters in pounds."""
    chance = random.Random(9)
    quarters = [date(2022 + place // 4, place % 4 * 3 + 1, 1) for place in range(16)]
    judgement = judge(
        quarters, [1_200_000 + chance.gauss(0, 50_000) for _ in quarters], better=Better.NEITHER
    )
    unit = unit_named("£", total=True)
    return control_chart(judgement, measure="Overtime", unit=unit, frequency=Frequency.QUARTER)
