"""Sparklines: a series in a line of text. Small multiples: one measure in many areas on one scale."""

from __future__ import annotations

from dataclasses import replace

from goldthread.files.charts.amounts import amount, counted
from goldthread.files.charts.letters import shortened
from goldthread.files.charts.marks import mark
from goldthread.files.charts.model import ControlChart, SmallMultiples, Sparkline, Tone
from goldthread.files.charts.periods import NOUN, named, ticks
from goldthread.files.charts.scales import Frame, Scale, scale, tick_words
from goldthread.files.charts.series import heading, line, points, scale_of, targets, text_size, usual_range
from goldthread.files.charts.sheet import EDGE, GRID, INK, NAVY, RANGE, Sheet, n
from goldthread.files.charts.words import TONE_WORDS, VARIATION_WORDS

_CELL = 260.0
_HIGH = 92.0


def sparkline(chart: ControlChart, *, last: int = 24) -> Sparkline:
    """The last points of a chart as a sparkline, with the limits that hold at its end."""
    first = max(0, len(chart.points) - last)
    baselines = tuple(
        replace(baseline, first=max(0, baseline.first - first), last=baseline.last - first)
        for baseline in chart.baselines[-1:]
        if len(baseline.lower) == 1
    )
    return Sparkline(chart.title, chart.points[first:], baselines, chart.unit, chart.frequency)


def as_control(chart: Sparkline) -> ControlChart:
    """A sparkline as the control chart that it is the end of."""
    return ControlChart(
        chart.title, chart.title, "", chart.unit, chart.points, chart.baselines, frequency=chart.frequency
    )


def draw_spark(chart: Sparkline, width: float, *, name: str = "", high: float = 32) -> str:
    """A sparkline as SVG: the usual range, the values and the last of them. It has no words in it."""
    sheet = Sheet(width, 12)
    told = [point.drawn for point in chart.points if point.drawn is not None]
    limits = [value for baseline in chart.baselines for value in (*baseline.lower, *baseline.upper)]
    reach = [*told, *limits] or [0.0, 1.0]
    low, top = min(reach), max(reach)
    values = Scale(low, top if top > low else low + 1, 1, 0)
    frame = Frame(2, width - 4, 5, high - 5, len(chart.points), values)
    for baseline in chart.baselines:
        if baseline.lower and baseline.upper:
            ends = frame.x(baseline.first - 0.5), frame.x(baseline.last + 0.5)
            sheet.rect(ends[0], frame.y(baseline.upper[0]), ends[1], frame.y(baseline.lower[0]), RANGE)
        sheet.across(
            frame.x(baseline.first - 0.5),
            frame.x(baseline.last + 0.5),
            frame.y(baseline.centre[0]),
            EDGE,
            0.8,
        )
    path, gap = "", True
    for place, point in enumerate(chart.points):
        if point.drawn is not None:
            path += f"{'M' if gap else 'L'}{n(frame.x(place))} {n(frame.y(point.drawn))}"
        gap = point.drawn is None
    sheet.path(path or "M0 0", NAVY, 1.6)
    end = next(
        (place for place in range(len(chart.points) - 1, -1, -1) if chart.points[place].drawn is not None),
        None,
    )
    if end is not None:
        last = chart.points[end]
        at = frame.x(end), frame.y(last.drawn or 0)
        sheet.add(mark(*at, last.tone, 3, side=last.side, open_=last.provisional))
    return sheet.finish(high, chart.title, spark_words(chart), name, ground="")


def spark_words(chart: Sparkline) -> str:
    """What a sparkline shows: how many figures, and the last."""
    told = [point for point in chart.points if point.drawn is not None]
    if not told:
        return "No figures."
    last = told[-1]
    many = counted(len(told), NOUN[chart.frequency]).capitalize()
    verdict = f", {TONE_WORDS[last.tone]}" if last.tone is not Tone.COMMON else ""
    return f"{many}; {named(last.period, chart.frequency)} {amount(last.drawn or 0, chart.unit)}{verdict}."


def draw_multiples(chart: SmallMultiples, width: float, *, name: str = "", headed: bool = False) -> str:
    """Small control charts in rows, each with its area above it, on one scale unless they have their own."""
    sheet = Sheet(width, min(13, text_size(width)))
    head = heading(sheet, chart.title) if headed else 2.0
    across = max(1, min(4, int((width + 20) // _CELL), len(chart.charts)))
    wide = (width - 20 * (across - 1)) / across
    tall = _HIGH + sheet.size * 5.6
    shared = None if chart.own_scales else _shared(chart)
    for place, one in enumerate(chart.charts):
        row, column = divmod(place, across)
        _cell(sheet, one, shared or scale_of(one, 300), (column * (wide + 20), head + row * tall, wide))
    rows = -(-len(chart.charts) // across)
    return sheet.finish(head + rows * tall + 2, chart.title, described_multiples(chart), name)


def _shared(chart: SmallMultiples) -> Scale | None:
    scales = [scale_of(one, 300) for one in chart.charts]
    if not scales:
        return None
    ends = [end for each in scales for end in (each.low, each.high)]
    return scale(ends, chart.charts[0].bounds, 3)


def _cell(sheet: Sheet, chart: ControlChart, values: Scale, place: tuple[float, float, float]) -> None:
    left, top, wide = place
    last = next((point for point in reversed(chart.points) if point.drawn is not None), None)
    shown = amount(last.drawn, chart.unit) if last and last.drawn is not None else "no figures"
    room = wide - sheet.wide(shown, bold=True) - 10
    name = shortened(chart.area or chart.title, room, sheet.size, bold=True)
    sheet.text(left, top + sheet.size, name, colour=INK, bold=True)
    sheet.text(left + wide, top + sheet.size, shown, anchor="end", colour=INK, bold=True)
    sheet.text(left, top + sheet.size * 2.2, VARIATION_WORDS[chart.variation])
    words = tick_words(values, chart.unit)
    edge = left + max((sheet.wide(said) for _, said in words), default=0) + 7
    frame = Frame(
        edge, left + wide, top + sheet.size * 3.4, top + sheet.size * 3.4 + _HIGH, len(chart.points), values
    )
    for tick, said in words[:: max(1, len(words) - 1)]:
        sheet.across(frame.left, frame.right, frame.y(tick), GRID)
        sheet.text(frame.left - 5, frame.y(tick) + sheet.size * 0.35, said, anchor="end")
    for baseline in chart.baselines:
        usual_range(sheet, frame, baseline, near=False)
    targets(sheet, frame, chart)
    line(sheet, frame, chart)
    points(sheet, frame, chart)
    sheet.across(frame.left, frame.right, frame.bottom, EDGE)
    found = ticks([point.period for point in chart.points], chart.frequency, frame.x, sheet.size)
    years = [tick for tick in found if tick.year] or list(found[:1])
    for year in years:
        if frame.x(year.place) + sheet.wide("0000") / 2 <= frame.right:
            label = year.year or year.words
            sheet.text(frame.x(year.place), frame.bottom + sheet.size + 3, label, anchor="middle")


def described_multiples(chart: SmallMultiples) -> str:
    """Each chart's verdict in turn."""
    said = "; ".join(
        f"{one.area or one.title}: {VARIATION_WORDS[one.variation].lower()}" for one in chart.charts
    )
    return f"{counted(len(chart.charts), 'small control chart').capitalize()}. {said}."
