"""A chart just as it was shown: all that is needed to draw it again, in a form that is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goldthread.core.spc.judgement import Judgement
from goldthread.core.spc.records import as_record, from_record
from goldthread.core.spc.values import Stated
from goldthread.core.text import seal_of
from goldthread.files.charts.model import ControlChart
from goldthread.performance.definitions import defined
from goldthread.performance.judging import chart_of, judgement_of
from goldthread.performance.models import Narrative, ShownChart
from goldthread.performance.queries import narrative_of, sources_of
from goldthread.performance.series import Point, Series, SeriesBreak, SeriesRebase

FORM = 1
Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart read from its form again: the series, the judgement and the words that went with it."""

    series: Series
    judgement: Judgement
    narrative: str
    narrative_by: str
    sources: tuple[str, ...]

    @property
    def chart(self) -> ControlChart:
        """The chart as it was drawn."""
        return chart_of(self.series, self.judgement, source=" ".join(self.sources))


def form_now(series: Series) -> Form:
    """The form of the chart that would be shown of a series now."""
    narrative = narrative_of(series.measure, series.area)
    return chart_form(series, judgement_of(series), narrative, sources_of(series))


def chart_form(
    series: Series, judgement: Judgement, narrative: Narrative | None, sources: tuple[str, ...]
) -> Form:
    """All that is needed to draw the chart of a series again, as JSON would hold it."""
    form = {
        "form": FORM,
        "measure": {"key": series.measure.key, "name": series.name},
        "area": {"code": series.area.code, "name": series.area_name},
        "definition": series.definition.form,
        "definition_number": series.definition.number,
        "definition_seal": series.definition.seal,
        "points": [_point_form(point) for point in series.points],
        "breaks": [
            [each.kind, each.period.isoformat(), each.words, each.source, _iso(each.until)]
            for each in series.breaks
        ],
        "rebases": [
            [
                each.first_period.isoformat(),
                each.reason,
                each.asked_by,
                each.approved_by,
                _iso(each.approved_on),
            ]
            for each in series.rebases
        ],
        "rules": series.rules,
        "judgement": as_record(judgement),
        "narrative": narrative.words if narrative else "",
        "narrative_by": narrative.by_name if narrative else "",
        "narrative_period": _iso(narrative.period) if narrative else None,
        "sources": list(sources),
    }
    return settled(form)


def chart_seal(form: Mapping[str, Any]) -> str:
    """The seal of a chart's form."""
    return seal_of(form)


def settled(value: Any) -> Any:
    """The same with every number as any database gives it back: whole ones without a fraction."""
    match value:
        case dict():
            return {name: settled(each) for name, each in value.items()}
        case list() | tuple():
            return [settled(each) for each in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def shown_of(row: ShownChart) -> Shown:
    """A kept chart as it was shown. Nothing of it is looked up: all comes from its form."""
    return read_chart(row.form, row)


def read_chart(form: Mapping[str, Any], row: ShownChart) -> Shown:
    """The chart that a form holds; ``row`` says of which measure, area and definition it is."""
    series = Series(
        row.measure,
        row.area,
        form["measure"]["name"],
        form["area"]["name"],
        row.definition,
        defined(form["definition"]),
        tuple(_point(each) for each in form["points"]),
        tuple(
            SeriesBreak(kind, _day(period), words, source, _day_or_none(until))
            for kind, period, words, source, until in form["breaks"]
        ),
        tuple(
            SeriesRebase(_day(first), reason, asked, approved, _day(on))
            for first, reason, asked, approved, on in form["rebases"]
        ),
        form["rules"],
        row.at,
    )
    judgement = from_record(form["judgement"])
    return Shown(series, judgement, form["narrative"], form["narrative_by"], tuple(form["sources"]))


def _point_form(point: Point) -> list[Any]:
    return [
        point.period.isoformat(),
        point.stated.value,
        point.value,
        point.numerator,
        point.denominator,
        point.provisional,
        point.load,
        point.stood_at.isoformat() if point.stood_at else None,
        point.first_stated.value,
        point.first_value,
        point.first_at.isoformat() if point.first_at else None,
    ]


def _point(form: list[Any]) -> Point:
    period, stated, value, over, under, loose, load, at, first_stated, first_value, first_at = form
    return Point(
        _day(period),
        Stated(stated),
        value,
        over,
        under,
        loose,
        load,
        datetime.fromisoformat(at) if at else None,
        Stated(first_stated),
        first_value,
        datetime.fromisoformat(first_at) if first_at else None,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str) -> date:
    return date.fromisoformat(words)


def _day_or_none(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
