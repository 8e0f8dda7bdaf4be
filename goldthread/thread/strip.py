"""A measure drawn as a strip beneath its sentence: the usual range, the values, the target, and no axes."""

from __future__ import annotations

from goldthread.files.charts.amounts import amount
from goldthread.files.charts.model import ControlChart
from goldthread.files.charts.periods import named
from goldthread.files.charts.scales import Frame, Scale
from goldthread.files.charts.series import line, points, targets, usual_range
from goldthread.files.charts.sheet import INK, TARGET, Sheet
from goldthread.files.charts.window import after_long_gap, latest
from goldthread.files.charts.words import sentence

WIDE, PHONE = (760.0, 112.0, 36), (292.0, 104.0, 24)
"""Width, height and number of points: for a wide page, for a phone."""


def strip(chart: ControlChart, shape: tuple[float, float, int], name: str) -> str:
    """The last points of a chart as SVG. The sentence of the chart is its description."""
    width, high, last = shape
    drawn = latest(after_long_gap(chart), last)
    sheet = Sheet(width, 14 if width > 500 else 13)
    reach = [point.drawn for point in drawn.points if point.drawn is not None]
    reach += [target.value for target in drawn.targets]
    for baseline in drawn.baselines:
        reach += [*baseline.lower, *baseline.upper, *baseline.centre]
    low, top = (min(reach), max(reach)) if reach else (0.0, 1.0)
    foot = sheet.size + 8
    above = sheet.size * 1.5 if drawn.targets else 8
    frame = Frame(2, width - 2, above, high - foot, len(drawn.points), Scale(low, max(top, low + 1e-9), 1, 0))
    for baseline in drawn.baselines:
        usual_range(sheet, frame, baseline, near=False)
    targets(sheet, frame, drawn)
    line(sheet, frame, drawn)
    points(sheet, frame, drawn)
    _words(sheet, frame, drawn, high)
    return sheet.finish(high, chart.title, sentence(chart), name, ground="")


def _words(sheet: Sheet, frame: Frame, chart: ControlChart, high: float) -> None:
    """From when to when, and where the target is."""
    if not chart.points:
        return
    first, last = chart.points[0], chart.points[-1]
    sheet.text(frame.left, high - 3, named(first.period, chart.frequency))
    sheet.text(frame.right, high - 3, named(last.period, chart.frequency), anchor="end", colour=INK)
    if chart.targets:
        target = chart.targets[-1].value
        words = f"target {amount(target, chart.unit)}"
        sheet.text(frame.right, frame.y(target) - 6, words, anchor="end", colour=TARGET)
