"""Charts of a measure over time: the usual range as a band, the values as a line, labels at its end."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.spc.values import Rule, Stated
from goldthread.files.charts import events, legend
from goldthread.files.charts.edge import Label, edge_labels, place_labels
from goldthread.files.charts.letters import wrapped
from goldthread.files.charts.marks import cross, least_special, mark, radius, withheld
from goldthread.files.charts.model import Baseline, ControlChart, Point, Steps, Tone
from goldthread.files.charts.periods import ticks
from goldthread.files.charts.scales import Frame, Scale, scale, tick_words
from goldthread.files.charts.sheet import EDGE, GRID, INK, NAVY, RANGE, TARGET, Sheet, is_narrow, n
from goldthread.files.charts.words import described, point_words

MISSING_STRIP = 15.0


def text_size(width: float) -> float:
    """The size of words on a picture of this width."""
    return 13 if width < 760 else 14.5


def draw(chart: ControlChart, width: float, *, name: str = "", headed: bool = False, note: str = "") -> str:
    """The chart as SVG. ``headed`` writes the title above it, for a picture that stands alone.

    ``note`` stands below: what the picture leaves out.
    """
    sheet = Sheet(width, text_size(width))
    values = scale_of(chart, width)
    head = heading(sheet, chart.title) if headed else 4.0
    labels = edge_labels(chart, narrow=is_narrow(width))
    frame = _frame(chart, sheet, values, labels, head)
    _grid(sheet, frame, chart)
    for baseline in chart.baselines:
        usual_range(sheet, frame, baseline, near=near_matters(chart))
    targets(sheet, frame, chart)
    events.draw(sheet, frame, chart, head + sheet.size + 8)
    line(sheet, frame, chart)
    points(sheet, frame, chart)
    place_labels(sheet, frame, labels)
    foot = _foot(sheet, frame, chart)
    foot = events.key(sheet, chart, frame, foot)
    foot = legend.draw(sheet, chart, frame.left if not is_narrow(width) else 2.0, foot)
    for row in wrapped(note, width - frame.left, sheet.size) if note else ():
        foot += sheet.size * 1.3
        sheet.text(frame.left if not is_narrow(width) else 2.0, foot, row)
    said = f"{described(chart)} {note}".rstrip()
    return sheet.finish(foot + 4, chart.title, said, name)


def scale_of(chart: ControlChart, width: float) -> Scale:
    """The scale that holds every value, limit and target of the chart."""
    return scale(_reach(chart), chart.bounds, 4 if is_narrow(width) else 5, whole=_whole(chart))


def _whole(chart: ControlChart) -> bool:
    return chart.unit.decimals == 0 and chart.unit.total


def _reach(chart: ControlChart) -> Iterator[float]:
    yield from (point.drawn for point in chart.points if point.drawn is not None)
    yield from (target.value for target in chart.targets)
    for baseline in chart.baselines:
        yield from (*baseline.centre, *baseline.lower, *baseline.upper)


def near_matters(chart: ControlChart) -> bool:
    return any(point.rule is Rule.TWO_OF_THREE for point in chart.points)


def heading(sheet: Sheet, title: str) -> float:
    """Write a title at the top; gives how far down it reaches."""
    size = sheet.size + 3
    lines = wrapped(title, sheet.width - 4, size, bold=True)
    for place, line in enumerate(lines):
        sheet.text(2, size + 4 + place * size * 1.3, line, bold=True, colour=INK, size=size)
    return len(lines) * size * 1.3 + 14


def _frame(chart: ControlChart, sheet: Sheet, values: Scale, labels: tuple[Label, ...], head: float) -> Frame:
    narrow = is_narrow(sheet.width)
    left = max((sheet.wide(words) for _, words in tick_words(values, chart.unit)), default=0) + 8
    right = sheet.width - max((label.width(sheet.size) for label in labels), default=0) - 14
    bare = Frame(left, max(right, left + 40), 0, 1, len(chart.points), values)
    top = head + sheet.size + 15 + events.height(chart, bare, sheet)
    high = 200.0 if narrow else max(210.0, min(300.0, sheet.width * 0.3))
    return Frame(bare.left, bare.right, top, top + high, len(chart.points), values)


def _grid(sheet: Sheet, frame: Frame, chart: ControlChart) -> None:
    """Level lines with their values, and above them what the values are of."""
    caption = chart.unit.words or {"%": "per cent", "£": "pounds"}.get(
        chart.unit.after or chart.unit.before, ""
    )
    sheet.text(0, frame.top - events.height(chart, frame, sheet) - 14, caption)
    placed = [(frame.y(tick), words) for tick, words in tick_words(frame.scale, chart.unit)]
    sheet.path("".join(f"M{n(frame.left)} {n(y)}H{n(frame.right)}" for y, _ in placed), GRID)
    for y, words in placed:
        sheet.text(frame.left - 7, y + sheet.size * 0.35, words, anchor="end")


def _trace(frame: Frame, baseline: Baseline, steps: Steps) -> str:
    """The path of a line over its stretch: level, or stepping from point to point."""
    first, last = frame.x(baseline.first - 0.5), frame.x(baseline.last + 0.5)
    if len(steps) == 1:
        return f"M{n(first)} {n(frame.y(steps[0]))}H{n(last)}"
    path = [f"M{n(first)} {n(frame.y(steps[0]))}"]
    for place, value in enumerate(steps):
        end = n(frame.x(baseline.first + place + 0.5))
        path.append(f"V{n(frame.y(value))}H{end}" if place else f"H{end}")
    return "".join(path)


def usual_range(sheet: Sheet, frame: Frame, baseline: Baseline, *, near: bool) -> None:
    """The usual range as a band between its limits, bare while it is a trial, and the centre through it."""
    if baseline.lower and baseline.upper:
        there = _trace(frame, baseline, baseline.upper)
        back = _trace(frame, baseline, baseline.lower)
        if not baseline.trial:
            sheet.add(f'<path d="{there}{_backwards(frame, baseline)}z" fill="{RANGE}"/>')
        sheet.path(there + back, EDGE, 1, "4 3")
    if near and baseline.near_lower and baseline.near_upper:
        lines = _trace(frame, baseline, baseline.near_lower) + _trace(frame, baseline, baseline.near_upper)
        sheet.path(lines, EDGE, 0.8, "1 4")
    if baseline.centre:
        sheet.path(_trace(frame, baseline, baseline.centre), EDGE, 1.2)


def _backwards(frame: Frame, baseline: Baseline) -> str:
    """The lower limit from the end of its stretch to its beginning."""
    if len(baseline.lower) == 1:
        return f"V{n(frame.y(baseline.lower[0]))}H{n(frame.x(baseline.first - 0.5))}"
    path = []
    for place in range(len(baseline.lower) - 1, -1, -1):
        begin = n(frame.x(baseline.first + place - 0.5))
        path.append(f"V{n(frame.y(baseline.lower[place]))}H{begin}")
    return "".join(path)


def targets(sheet: Sheet, frame: Frame, chart: ControlChart) -> None:
    """The target as one dashed line that steps where the target changed."""
    path, before = "", None
    for target in chart.targets:
        begin, end, y = frame.x(target.first - 0.5), frame.x(target.last + 0.5), n(frame.y(target.value))
        joined = before == target.first - 1
        path += f"V{y}H{n(end)}" if joined else f"M{n(begin)} {y}H{n(end)}"
        before = target.last
    if path:
        sheet.path(path, TARGET, 1.5, "7 4")


def line(sheet: Sheet, frame: Frame, chart: ControlChart) -> None:
    """The values joined, with gaps where there is none and at breaks, and dashes to a provisional one."""
    firm, loose = "", ""
    broken = {event.index for event in chart.events if not event.rebase}
    before: Point | None = None
    for place, point in enumerate(chart.points):
        value = point.drawn
        if value is None:
            before = None
            continue
        here = f"{n(frame.x(place))} {n(frame.y(value))}"
        if before is None or before.drawn is None or place in broken:
            firm += f"M{here}"
        elif point.provisional:
            loose += f"M{n(frame.x(place - 1))} {n(frame.y(before.drawn))}L{here}"
            firm += f"M{here}"
        else:
            firm += f"L{here}"
        before = point
    thick = 2.0 if frame.step > 5 else 1.4
    if "L" in firm:
        sheet.path(firm, NAVY, thick)
    if loose:
        sheet.path(loose, NAVY, thick, "3 3")


def points(sheet: Sheet, frame: Frame, chart: ControlChart) -> None:
    """Every figure as a shape that names itself; special ones are drawn last, so that they lie on top."""
    size, least = radius(frame.step), least_special(frame.step)
    specials: list[str] = []
    for place, point in enumerate(chart.points):
        value = point.drawn
        if value is None:
            continue
        shape = mark(
            frame.x(place),
            frame.y(value),
            point.tone,
            size,
            side=point.side,
            open_=point.provisional,
            title=point_words(chart, point),
            least=least,
        )
        if point.tone is Tone.COMMON:
            sheet.add(shape)
        else:
            specials.append(shape)
    for shape in specials:
        sheet.add(shape)


def absences(chart: ControlChart) -> Iterator[tuple[int, int, Stated]]:
    """Each unbroken stretch of periods without a figure: its first and last place, and why there is none."""
    first = 0
    told = chart.points
    for place, point in enumerate(told):
        if place and point.stated is not told[place - 1].stated:
            first = place
        follows = told[place + 1].stated if place + 1 < len(told) else None
        if point.stated is not Stated.VALUE and point.stated is not follows:
            yield first, place, point.stated


def _foot(sheet: Sheet, frame: Frame, chart: ControlChart) -> float:
    """The axis, what is missing on it, and the periods below; gives how far down the words reach."""
    sheet.across(frame.left, frame.right, frame.bottom, EDGE)
    y = frame.bottom
    gaps = tuple(absences(chart))
    if gaps:
        y += MISSING_STRIP
        for first, last, stated in gaps:
            _absence(sheet, frame, chart, first, last, stated)
    found = ticks([point.period for point in chart.points], chart.frequency, frame.x, sheet.size)
    marks = "".join(f"M{n(frame.x(tick.place))} {n(frame.bottom)}v4" for tick in found)
    if marks:
        sheet.path(marks, EDGE)
    row = sheet.size * 1.25
    for tick in found:
        sheet.text(frame.x(tick.place), y + 5 + sheet.size, tick.words, anchor="middle")
        if tick.year:
            sheet.text(frame.x(tick.place), y + 5 + sheet.size + row, tick.year, anchor="middle")
    years = any(tick.year for tick in found)
    return y + 5 + sheet.size + (row if years else 0) + 6


def _absence(sheet: Sheet, frame: Frame, chart: ControlChart, first: int, last: int, stated: Stated) -> None:
    y = frame.bottom + MISSING_STRIP / 2 + 1
    begin, end = frame.x(first), frame.x(last)
    said = point_words(chart, chart.points[first])
    if last > first:
        said = f"{said} (and the {last - first} after it)"
        sheet.across(begin, end, y, EDGE, 1.5)
    sheet.add((cross if stated is Stated.MISSING else withheld)((begin + end) / 2, y, said))
