"""The figures of a chart as a table: what stands beside every picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goldthread.core.spc.values import Stated
from goldthread.files.charts.amounts import amount, level, number
from goldthread.files.charts.model import (
    Baseline,
    Chart,
    ControlChart,
    Funnel,
    Point,
    RankedStrip,
    SmallMultiples,
    Sparkline,
    Steps,
)
from goldthread.files.charts.periods import NOUN, brief
from goldthread.files.charts.ranked import ordered
from goldthread.files.charts.words import TONE_WORDS, VARIATION_WORDS, reason_of

NOT_TOLD = {Stated.MISSING: "no figure", Stated.SUPPRESSED: "withheld", Stated.VALUE: ""}


MANY = 6
"""How many periods without a figure, one after another, share a row."""


class Grid(NamedTuple):
    """A table in words: what its columns hold, and its rows, each beginning with what it is of."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(chart: Chart, *, last: int = 0, reasons: bool = True) -> Grid:
    """The table of a chart; of one over time only the ``last`` periods, where that is above nought.

    ``reasons`` says why a point is out of the ordinary, beside what it is for better or for worse.
    """
    match chart:
        case ControlChart():
            return _over_time(chart, last, reasons)
        case Funnel():
            return _funnel(chart)
        case RankedStrip():
            return _ranked(chart)
        case SmallMultiples():
            return _multiples(chart)
        case Sparkline():
            rows = tuple((brief(p.period, chart.frequency), _stated(p, chart)) for p in chart.points)
            return Grid(
                chart.title, (NOUN[chart.frequency].capitalize(), _value_head(chart.unit.words)), rows
            )


def _value_head(words: str) -> str:
    return words.capitalize() if words else "Value"


def _stated(point: Point, chart: ControlChart | Sparkline) -> str:
    """A period's own figure, and whether it is provisional or was another one before."""
    if point.value is None:
        return NOT_TOLD[point.stated]
    said = amount(point.value, chart.unit)
    if point.provisional:
        said += " (provisional)"
    if point.was is not None and point.was != point.value:
        said += f" (first reported as {amount(point.was, chart.unit)})"
    return said


def _over_time(chart: ControlChart, last: int, reasons: bool) -> Grid:
    adjusted = any(point.adjusted is not None for point in chart.points)
    limits = any(baseline.lower and baseline.upper for baseline in chart.baselines)
    head = [NOUN[chart.frequency].capitalize(), _value_head(chart.unit.words)]
    head += ["Allowing for the time of year"] if adjusted else []
    head += [chart.centre_word.capitalize()] if chart.baselines else []
    head += ["Usual range"] if limits else []
    head += ["Target"] if chart.targets else []
    head += ["What it shows"]
    first = max(0, len(chart.points) - last) if last > 0 else 0
    rows: list[tuple[str, ...]] = []
    for begins, ends in _stretches(chart, first):
        if ends > begins:
            rows.append(_untold(chart, begins, ends, len(head)))
            continue
        said = _shows(chart, chart.points[begins], reasons)
        rows.append((*_row(chart, begins, adjusted=adjusted, limits=limits), said))
    return Grid(chart.title, tuple(head), tuple(rows))


def _stretches(chart: ControlChart, first: int) -> Iterator[tuple[int, int]]:
    """Each place alone, and as one stretch the places of many periods without a figure in a row."""
    place = first
    while place < len(chart.points):
        end = place
        while end < len(chart.points) and chart.points[end].stated is Stated.MISSING:
            end += 1
        if end - place < MANY:
            end = place + 1
        yield place, end - 1
        place = end


def _untold(chart: ControlChart, begins: int, ends: int, columns: int) -> tuple[str, ...]:
    first, last = (brief(chart.points[place].period, chart.frequency) for place in (begins, ends))
    return (f"{first} to {last}", NOT_TOLD[Stated.MISSING], *[""] * (columns - 2))


def _row(chart: ControlChart, place: int, *, adjusted: bool, limits: bool) -> list[str]:
    point = chart.points[place]
    row = [brief(point.period, chart.frequency), _stated(point, chart)]
    if adjusted:
        row.append("" if point.adjusted is None else level(point.adjusted, chart.unit))
    baseline = next((b for b in chart.baselines if b.first <= place <= b.last), None)
    if chart.baselines:
        row.append(_step(chart, baseline, baseline.centre if baseline else (), place))
    if limits:
        ends = [
            _step(chart, baseline, e, place) for e in ((baseline.lower, baseline.upper) if baseline else ())
        ]
        row.append(" to ".join(ends) if ends and all(ends) else "")
    if chart.targets:
        target = next((t for t in chart.targets if t.first <= place <= t.last), None)
        row.append(amount(target.value, chart.unit) if target else "")
    return row


def _step(chart: ControlChart, baseline: Baseline | None, steps: Steps, place: int) -> str:
    """A line's value at a place."""
    if baseline is None or not steps:
        return ""
    if len(steps) > 1 and chart.points[place].drawn is None:
        return ""  # such a line goes with how many were counted, and nothing was
    value = steps[0] if len(steps) == 1 else steps[place - baseline.first]
    low, high = chart.bounds
    value = value if low is None else max(low, value)
    return level(value if high is None else min(high, value), chart.unit)


def _shows(chart: ControlChart, point: Point, reasons: bool) -> str:
    """What the rules found at a point, and what it is for better or for worse."""
    if point.tone not in TONE_WORDS or point.drawn is None:
        return ""
    reason = reason_of(chart, point) if reasons else ""
    which = TONE_WORDS[point.tone].split(" ", 1)[1].capitalize()
    return f"{which}: {reason}" if reason else which


def _funnel(chart: Funnel) -> Grid:
    head = ("Area", chart.size_unit.capitalize(), _value_head(chart.unit.words), "Against the limits")
    words = {"high": "above", "low": "below"}
    rows = tuple(
        (
            _marked(p.area, p.own, p.similar),
            number(p.size),
            amount(p.value, chart.unit),
            words.get(p.outside, "within"),
        )
        for p in sorted(chart.points, key=lambda p: (-p.value, p.area))
    )
    return Grid(chart.title, head, rows)


def _marked(area: str, own: bool, similar: bool) -> str:
    return f"{area} (this area)" if own else f"{area} (similar)" if similar else area


def _ranked(chart: RankedStrip) -> Grid:
    def value(words: str, amount_: float | None, stated: Stated, provisional: bool) -> tuple[str, str]:
        shown = NOT_TOLD[stated] if amount_ is None else amount(amount_, chart.unit)
        return words, f"{shown} (provisional)" if provisional and amount_ is not None else shown

    bars = [
        value(_marked(b.area, b.own, b.similar), b.value, b.stated, b.provisional) for b in ordered(chart)
    ]
    averages = [(f"Average: {a.words}", amount(a.value, chart.unit)) for a in chart.averages]
    return Grid(chart.title, ("Area", _value_head(chart.unit.words)), (*bars, *averages))


def _multiples(chart: SmallMultiples) -> Grid:
    rows = []
    for one in chart.charts:
        last = next((point for point in reversed(one.points) if point.value is not None), None)
        shown = _stated(last, one) if last else "no figures"
        mean = level(one.baselines[-1].centre[-1], one.unit) if one.baselines else ""
        rows.append((one.area or one.title, shown, mean, VARIATION_WORDS[one.variation]))
    return Grid(chart.title, ("Area", "Last figure", "Mean", "What it shows"), tuple(rows))
