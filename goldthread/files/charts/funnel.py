"""Funnel plots: areas against limits that narrow as they grow, our own marked and named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.core.spc.values import Better
from goldthread.files.charts.amounts import amount, counted, in_words, number
from goldthread.files.charts.letters import width as width_of
from goldthread.files.charts.model import Funnel, FunnelPoint, Tone, Unit
from goldthread.files.charts.scales import Frame, Scale, scale, spread, tick_words
from goldthread.files.charts.series import heading, text_size
from goldthread.files.charts.shapes import Box, Key, keyed, overlaps, point_shape
from goldthread.files.charts.sheet import EDGE, GRID, INK, RANGE, Sheet, is_narrow, n
from goldthread.files.charts.words import was

OUTER = "#f3f5f8"
_TONES = {
    (Better.UP, "high"): Tone.IMPROVEMENT,
    (Better.UP, "low"): Tone.CONCERN,
    (Better.DOWN, "high"): Tone.CONCERN,
    (Better.DOWN, "low"): Tone.IMPROVEMENT,
}


def tone_of(chart: Funnel, point: FunnelPoint) -> Tone:
    """What it is for better or for worse that an area lies outside the limits."""
    return _TONES.get((chart.better, point.outside), Tone.NEUTRAL) if point.outside else Tone.COMMON


def draw(chart: Funnel, width: float, *, name: str = "", headed: bool = False) -> str:
    """The chart as SVG."""
    sheet = Sheet(width, text_size(width))
    head = heading(sheet, chart.title) if headed else 4.0
    values = scale(_reach(chart), (0.0, None), 4 if is_narrow(width) else 5)
    sizes = scale([0.0, *(point.size for point in chart.points), *(limit.size for limit in chart.limits)])
    frame = _frame(chart, sheet, values, head)
    across = Across(frame, sizes)
    _limits(sheet, frame, across, chart)
    _grid(sheet, frame, across, chart)
    taken = _edge_words(sheet, frame, chart)
    _points(sheet, frame, across, chart, taken)
    foot = frame.bottom + 2 * sheet.size * 1.3 + 12
    foot = keyed(sheet, tuple(_keys(chart)), frame.left if not is_narrow(width) else 2.0, foot)
    return sheet.finish(foot + 4, chart.title, described(chart), name)


class Across:
    """Where a size of area lies across the picture."""

    def __init__(self, frame: Frame, sizes: Scale) -> None:
        self._frame, self.sizes = frame, sizes

    def x(self, size: float) -> float:
        """The place of a size."""
        low, high = self.sizes.low, self.sizes.high
        return self._frame.left + (size - low) / (high - low) * (self._frame.right - self._frame.left)


def _reach(chart: Funnel) -> Iterator[float]:
    """All rates, and the limits no further out than twice as far as the rates reach."""
    yield chart.centre
    yield from (point.value for point in chart.points)
    most = max((point.value for point in chart.points), default=chart.centre)
    smallest = min((point.size for point in chart.points), default=0)
    near = [limit for limit in chart.limits if limit.size >= smallest]
    yield from (min(limit.outer_upper, most * 1.25) for limit in near[:1])
    yield from (max(limit.outer_lower, 0.0) for limit in near[:1])


def _frame(chart: Funnel, sheet: Sheet, values: Scale, head: float) -> Frame:
    left = max((sheet.wide(words) for _, words in tick_words(values, chart.unit)), default=0) + 8
    right = sheet.width - max(sheet.wide(words) for words, _ in _edges(chart)) - 16
    top = head + sheet.size + 15
    high = 240.0 if is_narrow(sheet.width) else max(260.0, min(360.0, sheet.width * 0.4))
    return Frame(left, right, top, top + high, 1, values)


def _edges(chart: Funnel) -> tuple[tuple[str, float], ...]:
    centre = (f"all {amount(chart.centre, chart.unit)}", chart.centre)
    if not chart.limits:
        return (centre,)
    last = chart.limits[-1]
    inner, outer = chart.limit_words
    return (
        (outer, last.outer_upper),
        (inner, last.upper),
        centre,
        (inner, last.lower),
        (outer, last.outer_lower),
    )


def _edge_words(sheet: Sheet, frame: Frame, chart: Funnel) -> list[Box]:
    edges = _edges(chart)
    wanted = [frame.y(value) for _, value in edges]
    places = spread(wanted, sheet.size * 1.2, frame.top, frame.bottom)
    for (words, _), true, y in zip(edges, wanted, places, strict=True):
        if abs(true - y) > 3:
            sheet.path(f"M{n(frame.right + 1)} {n(true)}L{n(frame.right + 9)} {n(y)}", EDGE, 0.8)
        sheet.text(frame.right + 12, y + sheet.size * 0.35, words)
    return []


def _limits(sheet: Sheet, frame: Frame, across: Across, chart: Funnel) -> None:
    def trace(values: Sequence[float]) -> list[str]:
        return [
            f"{n(across.x(limit.size))} {n(frame.y(value))}"
            for limit, value in zip(chart.limits, values, strict=True)
        ]

    if not chart.limits:
        return
    outer = trace([limit.outer_upper for limit in chart.limits]), trace([m.outer_lower for m in chart.limits])
    inner = trace([limit.upper for limit in chart.limits]), trace([limit.lower for limit in chart.limits])
    for (upper, lower), fill, dashes in ((outer, OUTER, "1 3"), (inner, RANGE, "4 3")):
        sheet.add(f'<path d="M{"L".join([*upper, *reversed(lower)])}z" fill="{fill}"/>')
        sheet.path(f"M{'L'.join(upper)}M{'L'.join(lower)}", EDGE, 1, dashes)
    sheet.across(frame.left, frame.right, frame.y(chart.centre), EDGE, 1.2)


def _grid(sheet: Sheet, frame: Frame, across: Across, chart: Funnel) -> None:
    sheet.text(0, frame.top - 14, chart.unit.words or chart.unit.after)
    for tick, words in tick_words(frame.scale, chart.unit):
        sheet.across(frame.left, frame.right, frame.y(tick), GRID)
        sheet.text(frame.left - 7, frame.y(tick) + sheet.size * 0.35, words, anchor="end")
    sheet.across(frame.left, frame.right, frame.bottom, EDGE)
    end = -1.0
    for tick, words in tick_words(across.sizes, Unit()):
        x, half = across.x(tick), sheet.wide(words) / 2
        if x - half < end + 8 or x + half > sheet.width:
            continue
        end = x + half
        sheet.down(x, frame.bottom, frame.bottom + 4, EDGE)
        sheet.text(x, frame.bottom + 5 + sheet.size, words, anchor="middle")
    sheet.text(frame.right, frame.bottom + 5 + sheet.size * 2.3, chart.size_unit, anchor="end")


def _points(sheet: Sheet, frame: Frame, across: Across, chart: Funnel, taken: list[Box]) -> None:
    """All areas, those to be named last, each name where it covers neither a point nor a name."""
    ordered = sorted(chart.points, key=lambda point: (point.own, bool(point.outside), point.similar))
    for point in ordered:
        x, y = across.x(point.size), frame.y(point.value)
        reach = 11 if point.own else 6
        taken.append((x - reach, y - reach, x + reach, y + reach))
        sheet.add(
            point_shape(
                x, y, tone_of(chart, point), own=point.own, similar=point.similar, title=said(chart, point)
            )
        )
    for point in reversed(ordered):
        if point.own or point.similar or point.outside:
            _named(sheet, frame, across, point, taken)


def _named(sheet: Sheet, frame: Frame, across: Across, point: FunnelPoint, taken: list[Box]) -> None:
    x, y = across.x(point.size), frame.y(point.value)
    wide = width_of(point.area, sheet.size, bold=point.own)
    tall, off = sheet.size, 14 if point.own else 9
    level = y + tall * 0.35
    places = (
        (x + off, level),
        (x - off - wide, level),
        (x - wide / 2, y - off),
        (x - wide / 2, y + off + tall * 0.8),
    )
    for left, base in places:
        box = (left, base - tall * 0.8, left + wide, base + tall * 0.25)
        inside = (
            left >= frame.left
            and left + wide <= frame.right
            and box[1] >= frame.top - 4
            and box[3] <= frame.bottom
        )
        if inside and not any(overlaps(box, other) for other in taken):
            taken.append(box)
            sheet.text(left, base, point.area, colour=INK if point.own else EDGE, bold=point.own)
            return


def said(chart: Funnel, point: FunnelPoint) -> str:
    """One area as it names itself."""
    where = {"high": ", above the limits", "low": ", below the limits"}.get(point.outside, "")
    return f"{point.area}: {amount(point.value, chart.unit)} ({number(point.size)} {chart.size_unit}){where}"


def _keys(chart: Funnel) -> Iterator[Key]:
    tones = dict.fromkeys(tone_of(chart, point) for point in chart.points)
    own = next((point.area for point in chart.points if point.own), "")
    if own:
        yield Key(own, Tone.COMMON, own=True)
    if any(point.similar for point in chart.points):
        yield Key("most similar group", Tone.COMMON, similar=True)
    words = {
        Tone.IMPROVEMENT: "better than the limits",
        Tone.CONCERN: "worse than the limits",
        Tone.NEUTRAL: "outside the limits",
    }
    yield from (Key(words[tone], tone) for tone in words if tone in tones)


def sentence(chart: Funnel) -> str:
    """Where our own area lies, and how many lie outside the limits."""
    own = next((point for point in chart.points if point.own), None)
    out = [point for point in chart.points if point.outside]
    outer = chart.limit_words[1]
    lie = "lies" if len(out) < 2 else "lie"
    many = f"{in_words(len(out))} of the {len(chart.points)} areas {lie} outside the {outer}"
    if own is None:
        return f"{chart.measure}: {many}."
    place = {"high": "above", "low": "below"}.get(own.outside, "")
    where = f"{place} the {outer}" if place else f"within the {outer}, so no different from areas of its size"
    when = f" {chart.period}" if chart.period else ""
    value = f"{was(chart.measure)} {amount(own.value, chart.unit)}"
    return f"{chart.measure} in {own.area}{when} {value}, {where}; {many}."


def described(chart: Funnel) -> str:
    """What the picture shows, for who cannot see it."""
    values = sorted(chart.points, key=lambda point: point.value)
    if not values:
        return "A funnel plot with no figures."
    low, high = values[0], values[-1]
    also = ", allowing for differences that size does not explain" if chart.overdispersed else ""
    return (
        f"A funnel plot of {counted(len(values), 'area')} by {chart.size_unit}{also}. {sentence(chart)} "
        f"All together {amount(chart.centre, chart.unit)}; "
        f"lowest {low.area} {amount(low.value, chart.unit)}, "
        f"highest {high.area} {amount(high.value, chart.unit)}."
    )
