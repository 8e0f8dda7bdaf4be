"""An area compared with those most like it: rates over a year, weighted averages, a funnel and a ranking.

Rates are observed over expected, with exact Poisson limits; how much areas differ beyond chance is
measured and said. A share of a changing number is compared as a share.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.core.spc.funnel import Funnel as Judged
from goldthread.core.spc.funnel import Of, funnel
from goldthread.files.charts.model import (
    Average,
    Bar,
    Better,
    Funnel,
    FunnelLimit,
    FunnelPoint,
    RankedStrip,
    Stated,
    Unit,
)

SMALLEST = 0.05
"""An area with less than this share of the middle area's people is not compared by its rate per head:
those who come there by day, as to the City of London, are not among them."""

LEAST_AREAS = 10
"""With fewer areas than this, spread beyond chance cannot be measured, so no funnel is drawn."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one area counted in the periods compared, and out of how many; ``told`` periods of ``asked``."""

    slug: str
    name: str
    counted: float
    size: float
    told: int
    asked: int
    suppressed: bool = False
    provisional: bool = False

    @property
    def whole(self) -> bool:
        """Whether every period was told, and there is something to divide by."""
        return self.told == self.asked and self.size > 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Areas side by side. ``multiplier`` makes the unit of the rates; ``share`` that they are shares."""

    own: str
    group: tuple[str, ...]
    standings: tuple[Standing, ...]
    first: date
    last: date
    multiplier: float
    share: bool = False

    @property
    def whole(self) -> tuple[Standing, ...]:
        """The areas that can be compared."""
        return tuple(each for each in self.standings if each.whole and not self.too_small(each))

    @property
    def small(self) -> tuple[Standing, ...]:
        """The areas with too few people of their own for a rate per head."""
        return tuple(each for each in self.standings if each.whole and self.too_small(each))

    def too_small(self, each: Standing) -> bool:
        """Whether an area's own people are too few among the others for a rate per head."""
        sizes = sorted(other.size for other in self.standings if other.whole)
        return not self.share and each.slug != self.own and each.size < SMALLEST * sizes[len(sizes) // 2]

    def rate(self, each: Standing) -> float:
        """An area's rate, in the unit of the comparison."""
        return each.counted / each.size * self.multiplier

    def average(self, slugs: Collection[str] | None = None) -> float | None:
        """The weighted average of some areas, or of all: what all counted over what all could have."""
        chosen = [each for each in self.whole if slugs is None or each.slug in slugs]
        size = math.fsum(each.size for each in chosen)
        return math.fsum(each.counted for each in chosen) / size * self.multiplier if size else None

    def standing(self, slug: str) -> Standing | None:
        """One area, where it can be compared."""
        return next((each for each in self.whole if each.slug == slug), None)

    def place(self, slugs: Collection[str]) -> tuple[int, int]:
        """The place of the own area from the highest rate among some areas, and how many those are."""
        own = self.standing(self.own)
        rates = [self.rate(each) for each in self.whole if each.slug in slugs]
        return (1 + sum(rate > self.rate(own) for rate in rates) if own else 0, len(rates))


def strip_of(
    compared: Compared,
    *,
    title: str,
    measure: str,
    unit: Unit,
    better: Better,
    period: str,
    words: tuple[str, str],
    source: str = "",
) -> RankedStrip:
    """The areas in order, ours and the most similar marked; ``words`` name the two averages."""
    group, every = compared.average(compared.group), compared.average()
    averages = [
        Average(said, rate) for said, rate in zip(words, (group, every), strict=True) if rate is not None
    ]
    return RankedStrip(
        title=title,
        measure=measure,
        unit=unit,
        bars=tuple(_bars(compared)),
        averages=tuple(averages if compared.group else averages[-1:]),
        better=better,
        period=period,
        source=source,
    )


def _bars(compared: Compared) -> Iterable[Bar]:
    ranked = sorted(compared.whole, key=lambda each: (-compared.rate(each), each.name))
    others = sorted((e for e in compared.standings if not e.whole), key=lambda each: each.name)
    for each in (*ranked, *others):
        lacking = Stated.SUPPRESSED if each.suppressed else Stated.MISSING
        yield Bar(
            area=each.name,
            value=compared.rate(each) if each.whole else None,
            stated=Stated.VALUE if each.whole else lacking,
            own=each.slug == compared.own,
            similar=each.slug in compared.group,
            provisional=each.provisional,
        )


def judged(compared: Compared) -> Judged | None:
    """The funnel of the areas that can be compared; None where there are too few of them."""
    rows = [each for each in compared.whole if each.size > 0]
    counted = math.fsum(each.counted for each in rows)
    if len(rows) < LEAST_AREAS or counted <= 0:
        return None
    if compared.share:
        sizes = [each.size for each in rows]
        return funnel([e.slug for e in rows], [e.counted for e in rows], sizes, of=Of.SHARE)
    pooled = counted / math.fsum(each.size for each in rows)
    expected = [each.size * pooled for each in rows]
    return funnel([e.slug for e in rows], [e.counted for e in rows], expected, of=Of.RATIO)


def funnel_of(
    compared: Compared,
    *,
    title: str,
    measure: str,
    unit: Unit,
    size_unit: str,
    better: Better,
    period: str,
    source: str = "",
) -> tuple[Funnel, Judged] | None:
    """The areas by their size within limits that allow for it; None where there are too few areas."""
    found, every = judged(compared), compared.average()
    if found is None or every is None:
        return None
    by_slug = {each.slug: each for each in compared.whole}
    times = compared.multiplier if compared.share else every
    lines = found.adjusted if found.overdispersed else found.limits
    places = sorted(range(len(found.groups)), key=lambda n: by_slug[found.groups[n]].size)
    chart = Funnel(
        title=title,
        measure=measure,
        unit=unit,
        size_unit=size_unit,
        points=tuple(_points(compared, found, by_slug)),
        limits=tuple(
            FunnelLimit(
                by_slug[found.groups[n]].size,
                lines.ll95[n] * times,
                lines.ul95[n] * times,
                lines.ll998[n] * times,
                lines.ul998[n] * times,
            )
            for n in places
            if not math.isnan(lines.ul998[n])
        ),
        centre=every,
        better=better,
        period=period,
        overdispersed=found.overdispersed,
        source=source,
    )
    return chart, found


def _points(compared: Compared, found: Judged, by_slug: dict[str, Standing]) -> Iterable[FunnelPoint]:
    every = compared.average() or 0
    for slug, outlier in zip(found.groups, found.outlier, strict=True):
        each = by_slug[slug]
        rate = compared.rate(each)
        side = ("high" if rate > every else "low") if outlier else ""
        yield FunnelPoint(each.name, each.size, rate, slug == compared.own, slug in compared.group, side)


def beyond_chance(found: Judged) -> Sequence[int]:
    """How many areas lie beyond the 99.8 % limits of chance alone, and beyond those that allow for spread."""
    lines = (found.limits, found.adjusted if found.overdispersed else found.limits)
    return [
        sum(
            not math.isnan(ratio) and not (low <= ratio <= high)
            for ratio, low, high in zip(found.ratio, each.ll998, each.ul998, strict=True)
        )
        for each in lines
    ]
