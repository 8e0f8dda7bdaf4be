"""The part of a chart that is drawn: its last points, or those after a long time without figures."""

from __future__ import annotations

from dataclasses import replace

from goldthread.core.spc.values import Stated
from goldthread.files.charts.model import ControlChart, Steps

LONG = {"month": 12, "quarter": 4, "year": 2}
"""How many periods without a figure, one after another, are too long to be drawn."""
ENOUGH = 13
"""How many figures must follow for a picture to begin after them."""


def after_long_gap(chart: ControlChart) -> ControlChart:
    """The chart from where figures are told again after its last long gap; the whole of it where none is.

    Years without a figure would squeeze what is told into a corner of the picture.
    """
    long = LONG.get(chart.frequency.value)
    if long is None:
        return chart
    without, begins = 0, 0
    for place, point in enumerate(chart.points):
        if point.stated is Stated.MISSING:
            without += 1
            continue
        if without >= long:
            begins = place
        without = 0
    told = sum(point.value is not None for point in chart.points[begins:])
    return latest(chart, len(chart.points) - begins) if begins and told >= ENOUGH else chart


def latest(chart: ControlChart, points: int) -> ControlChart:
    """The last points of a chart with the lines, targets and events that belong to them."""
    first = max(0, len(chart.points) - points)

    def cut(steps: Steps, begin: int) -> Steps:
        return steps if len(steps) <= 1 else steps[max(0, first - begin) :]

    return replace(
        chart,
        points=chart.points[first:],
        baselines=tuple(
            replace(
                line,
                first=max(0, line.first - first),
                last=line.last - first,
                centre=cut(line.centre, line.first),
                lower=cut(line.lower, line.first),
                upper=cut(line.upper, line.first),
                near_lower=cut(line.near_lower, line.first),
                near_upper=cut(line.near_upper, line.first),
            )
            for line in chart.baselines
            if line.last >= first
        ),
        targets=tuple(
            replace(each, first=max(0, each.first - first), last=each.last - first)
            for each in chart.targets
            if each.last >= first
        ),
        events=tuple(replace(each, index=each.index - first) for each in chart.events if each.index >= first),
        signals=tuple(each for each in chart.signals if each.last >= chart.points[first].period),
    )
