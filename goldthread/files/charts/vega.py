"""Charts as Vega-Lite 5, with their figures inside them, for whoever wishes to draw them otherwise."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from goldthread.files.charts.figures import description_of
from goldthread.files.charts.model import (
    Baseline,
    Chart,
    ControlChart,
    Funnel,
    RankedStrip,
    SmallMultiples,
    Sparkline,
    Steps,
    Tone,
)
from goldthread.files.charts.ranked import OTHER, SIMILAR, ordered
from goldthread.files.charts.sheet import COLOURS, EDGE, NAVY, RANGE, TARGET
from goldthread.files.charts.spark import as_control

Json = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_SHAPES = {
    Tone.COMMON: "circle",
    Tone.IMPROVEMENT: "diamond",
    Tone.CONCERN: "triangle-up",
    Tone.NEUTRAL: "square",
}


def vega(chart: Chart) -> Json:
    """The Vega-Lite form of a chart, ready for ``json.dumps``."""
    head: Json = {"$schema": SCHEMA, "title": chart.title, "description": description_of(chart)}
    match chart:
        case ControlChart():
            return head | {"width": 640, "height": 280} | _control(chart)
        case Sparkline():
            return head | {"width": 120, "height": 32} | _control(as_control(chart))
        case SmallMultiples():
            size = {"width": 200, "height": 100}
            cells = [{"title": one.area or one.title} | size | _control(one) for one in chart.charts]
            scales = {} if chart.own_scales else {"resolve": {"scale": {"y": "shared"}}}
            return head | {"columns": 3, "concat": cells} | scales
        case Funnel():
            return head | {"width": 640, "height": 360} | _funnel(chart)
        case RankedStrip():
            return head | {"width": 640} | _ranked(chart)


def _control(chart: ControlChart) -> Json:
    band, centre = _axis("lower"), _axis("centre")
    layers: list[Json] = [
        {
            "mark": {"type": "area", "color": RANGE, "interpolate": "step"},
            "encoding": {"y": band, "y2": {"field": "upper"}, "detail": {"field": "group"}},
        },
        {
            "mark": {"type": "line", "color": EDGE, "strokeWidth": 1, "interpolate": "step"},
            "encoding": {"y": centre, "detail": {"field": "group"}},
        },
        {"mark": {"type": "line", "color": NAVY}, "encoding": {"y": _axis("value")}},
        {
            "mark": {"type": "point", "filled": True, "size": 60},
            "encoding": {
                "y": _axis("value"),
                "color": _by_tone(list(COLOURS.values())),
                "shape": _by_tone(list(_SHAPES.values())),
                "opacity": {"condition": {"test": "datum.provisional", "value": 0.5}, "value": 1},
            },
        },
    ]
    if chart.targets:
        line = {"type": "line", "color": TARGET, "strokeDash": [7, 4], "interpolate": "step"}
        layers.append({"mark": line, "encoding": {"y": _axis("target")}})
    if chart.events:
        marks = [
            {"period": chart.points[event.index].period.isoformat(), "words": event.label}
            for event in chart.events
            if event.index < len(chart.points)
        ]
        rule = {"mark": {"type": "rule", "strokeDash": [2, 3]}, "encoding": {"tooltip": {"field": "words"}}}
        layers.append({"data": {"values": marks}} | rule)
    across = {"field": "period", "type": "temporal", "title": None}
    return {"data": {"values": _rows(chart)}, "encoding": {"x": across}, "layer": layers}


def _by_tone(looks: list[str]) -> Json:
    return {"field": "shows", "type": "nominal", "scale": {"domain": list(_SHAPES), "range": looks}}


def _axis(field: str) -> Json:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": False}}


def _rows(chart: ControlChart) -> list[Json]:
    """One record for each period: its figure, its lines, what it shows."""
    rows: list[Json] = []
    for place, point in enumerate(chart.points):
        found = next((i for i, b in enumerate(chart.baselines) if b.first <= place <= b.last), None)
        baseline = None if found is None else chart.baselines[found]
        rows.append(
            {
                "period": point.period.isoformat(),
                "value": point.drawn,
                "stated": point.stated.value,
                "provisional": point.provisional,
                "shows": point.tone.value,
                "group": found,
                "centre": _at(baseline, baseline.centre if baseline else (), place),
                "lower": _at(baseline, baseline.lower if baseline else (), place),
                "upper": _at(baseline, baseline.upper if baseline else (), place),
                "target": next((t.value for t in chart.targets if t.first <= place <= t.last), None),
            }
        )
    return rows


def _at(baseline: Baseline | None, steps: Steps, place: int) -> float | None:
    if baseline is None or not steps:
        return None
    return steps[0] if len(steps) == 1 else steps[place - baseline.first]


def _funnel(chart: Funnel) -> Json:
    limits = [asdict(limit) for limit in chart.limits]
    areas = [asdict(point) for point in chart.points]
    lines = [
        {"mark": {"type": "line", "color": EDGE, "strokeDash": dashes}, "encoding": {"y": _axis(field)}}
        for dashes, fields in (([4, 3], ("lower", "upper")), ([1, 3], ("outer_lower", "outer_upper")))
        for field in fields
    ]
    shape: Json = {"condition": {"test": "datum.own", "value": "diamond"}, "value": "circle"}
    colour: Json = {"condition": {"test": "datum.own", "value": NAVY}, "value": COLOURS[Tone.COMMON]}
    across = {"field": "size", "type": "quantitative", "title": chart.size_unit}
    points = {
        "data": {"values": areas},
        "mark": {"type": "point", "filled": True, "size": 70},
        "encoding": {"x": across, "y": _axis("value"), "shape": shape, "color": colour},
    }
    level = {
        "data": {"values": [{"centre": chart.centre}]},
        "mark": "rule",
        "encoding": {"y": _axis("centre")},
    }
    return {"layer": [{"data": {"values": limits}, "encoding": {"x": across}, "layer": lines}, points, level]}


def _ranked(chart: RankedStrip) -> Json:
    bars = [
        {"area": b.area, "value": b.value, "stated": b.stated.value, "own": b.own, "similar": b.similar}
        for b in ordered(chart)
    ]
    colour = {
        "condition": [{"test": "datum.own", "value": NAVY}, {"test": "datum.similar", "value": SIMILAR}],
        "value": OTHER,
    }
    encoding = {
        "y": {"field": "area", "type": "nominal", "sort": None, "title": None},
        "x": {"field": "value", "type": "quantitative", "title": chart.unit.words or chart.measure},
        "color": colour,
    }
    averages = [{"words": average.words, "value": average.value} for average in chart.averages]
    lines = {
        "data": {"values": averages},
        "mark": {"type": "rule", "strokeDash": [7, 4]},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "tooltip": {"field": "words"}},
    }
    return {"layer": [{"data": {"values": bars}, "mark": "bar", "encoding": encoding}, lines]}
