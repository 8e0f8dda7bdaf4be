"""How many people live in an area, asked for many areas and months at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from goldthread.performance.models import Area, Population


class People:
    """The populations that stand: of a year, or of the year nearest before it that is known."""

    def __init__(self) -> None:
        self._known: dict[int, dict[int, int]] | None = None

    def in_area(self, area: Area, period: date) -> float | None:
        """How many people lived in an area in the year of a period; None where that is not known."""
        if self._known is None:
            self._known = _standing()
        years = self._known.get(area.pk, {})
        known = [year for year in years if year <= period.year]
        return float(years[max(known)]) if known else None


def _standing() -> dict[int, dict[int, int]]:
    rows = Population.objects.filter(load__stood_at__isnull=False, load__undone_at__isnull=True)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for area, year, people in rows.order_by("load__stood_at", "load_id").values_list(
        "area_id", "year", "people"
    ):
        found[area][year] = people
    return found
