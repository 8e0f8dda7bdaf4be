"""Deliveries of figures as tests make them: files handed in, matched, confirmed and carried out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from goldthread.people.models import User
from goldthread.performance.actions.loads import check_file, choose, hand_in, look_over, open_source, sheet_of
from goldthread.performance.actions.standing import carry_out, confirm
from goldthread.performance.loading.choosing import Choice, guess
from goldthread.performance.loading.known import areas_on, in_use
from goldthread.performance.models import Area, AreaKind, Figure, Load, LoadStage, Measure, Source, SourceKind
from goldthread.warehouse.street import COLUMNS
from tests.performance.story import Measuring

CAMBRIDGE, PETERBOROUGH = "E01017939", "E01015589"
SHARE = {
    "key": "calls",
    "name": "999 calls answered in time",
    "unit": "%",
    "chart": "p",
    "multiplier": 100,
    "better": "up",
    "numerator": {"source": "return", "words": "Answered within ten seconds.", "column": "answered"},
    "denominator": {"source": "return", "words": "All 999 calls.", "column": "calls"},
}
STREET = {"numerator": {"source": "street", "words": "Burglaries.", "where": {"crime_type": ["Burglary"]}}}
RATE = {
    "key": "burglary-rate",
    "name": "Burglary rate",
    "multiplier": 1000,
    "denominator": {"source": "population", "words": "People living in the area.", "column": "people"},
    **STREET,
}


class Deliveries:
    """The cast's analyst loads files for the measures of a story."""

    def __init__(self, measuring: Measuring, at: datetime) -> None:
        self.story, self.at = measuring, at

    @property
    def analyst(self) -> User:
        return self.story.cast.analyst

    @cached_property
    def cambridgeshire(self) -> Area:
        return Area.objects.create(
            code="E23000023", slug="cambridgeshire", name="Cambridgeshire", kind=AreaKind.FORCE
        )

    @cached_property
    def burglary(self) -> Measure:
        return self.story.a_measure(**STREET)

    def source(self, kind: SourceKind = SourceKind.RETURN, name: str = "Contact centre") -> Source:
        return open_source(body=self.story.cast.body, kind=kind, name=name, by=self.analyst, at=self.at)

    def handed_in(
        self, content: bytes, *, name: str = "return.csv", source: Source | None = None, **more: Any
    ) -> Load:
        """A file handed in and looked over."""
        load = hand_in(
            source=source or self.source(),
            name=name,
            file=ContentFile(content, name=name),
            by=self.analyst,
            at=more.pop("at", self.at),
            **more,
        )
        look_over(load=load)
        return load

    def matched(self, load: Load, choice: Choice | None = None, **changed: Any) -> Load:
        """Its columns matched as they were guessed, and its rows checked."""
        sheet, areas = sheet_of(load), areas_on(load.source.kind, self.at.date())
        guessed = guess(sheet, load.source, in_use(load.body), areas, area=self.story.area.code)
        made = choice or guessed.choice
        for name, value in changed.items():
            made = Choice(**{**{f: getattr(made, f) for f in Choice.__slots__}, name: value})
        choose(load=load, choice=made, sheet=sheet, by=self.analyst, at=self.at)
        check_file(pk=load.pk, at=self.at)
        load.refresh_from_db()
        return load

    def begun(self, load: Load, *, at: datetime | None = None, **more: Any) -> Load:
        """Confirmed and carried out."""
        at = at or self.at
        confirm(load=load, by=self.analyst, at=at, **more)
        carry_out(pk=load.pk, by=self.analyst, clock=lambda: at)
        load.refresh_from_db()
        return load

    def loaded(self, words: str, *, at: datetime | None = None, name: str = "return.csv") -> Load:
        """A return in one go."""
        load = self.handed_in(words.encode(), name=name, at=at or self.at)
        load = self.begun(self.matched(load), at=at)
        assert load.status == LoadStage.STANDING, (load.reason, load.problems)
        return load

    def records(
        self, content: bytes, *, at: datetime | None = None, name: str = "archive.zip", **more: Any
    ) -> Load:
        """An archive of crime records in one go."""
        source = self.source(SourceKind.STREET, "Street-level crime")
        load = self.handed_in(content, name=name, source=source, at=at or self.at, **more)
        return self.begun(load, at=at) if load.status == LoadStage.CHECKED else load

    def values(self, measure: Measure, area: Area | None = None) -> dict[str, Any]:
        """What stands of a measure, by month."""
        rows = Figure.objects.filter(measure=measure, area=area or self.story.area)
        rows = rows.filter(load__status=LoadStage.STANDING).order_by("load__stood_at", "load_id")
        return {f"{row.period:%Y-%m}": row.value if row.stated == "value" else row.stated for row in rows}


def street_rows(month: str, types: Iterable[str], *, lsoa: str = CAMBRIDGE, first: int = 1) -> str:
    """A month of records of Cambridgeshire as the site writes them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number, kind in enumerate(types, first):
        writer.writerow(
            {
                "Crime ID": f"{number:064x}",
                "Month": month,
                "Reported by": "Cambridgeshire Constabulary",
                "Falls within": "Cambridgeshire Constabulary",
                "Longitude": "0.131",
                "Latitude": "52.205",
                "Location": "On or near Mill Road",
                "LSOA code": lsoa,
                "LSOA name": "Cambridge 007D",
                "Crime type": kind,
                "Last outcome category": "Under investigation",
            }
        )
    return out.getvalue()


def archive(months: Mapping[str, int], *, kind: str = "Burglary") -> bytes:
    """A zip as published, with so many crimes in each month."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for month, count in months.items():
            words = street_rows(month, [kind] * count + ["Drugs"])
            made.writestr(f"{month}/{month}-cambridgeshire-street.csv", words)
    return out.getvalue()
