"""Areas in order: bars with names where these are few, columns with marks where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from goldthread.core.spc.values import Better, Stated
from goldthread.files.charts.amounts import amount, counted
from goldthread.files.charts.letters import shortened
from goldthread.files.charts.model import Bar, RankedStrip, Tone
from goldthread.files.charts.scales import Frame, scale, spread, tick_words
from goldthread.files.charts.series import heading, text_size
from goldthread.files.charts.shapes import Key, keyed, point_shape
from goldthread.files.charts.sheet import EDGE, GRID, INK, NAVY, PAPER, Sheet, esc, is_narrow, n
from goldthread.files.charts.words import was

OTHER, SIMILAR = "#7f8a97", "#00609c"
_MOST_ROWS = 18
_ROW = 25.0
_DASHES = ("7 4", "2 3", "")


def ordered(chart: RankedStrip) -> tuple[Bar, ...]:
    """The bars from the highest value to the lowest, those without a value at the end by name."""
    told = sorted(
        (bar for bar in chart.bars if bar.value is not None), key=lambda b: (-(b.value or 0), b.area)
    )
    return (*told, *sorted((bar for bar in chart.bars if bar.value is None), key=lambda bar: bar.area))


def draw(chart: RankedStrip, width: float, *, name: str = "", headed: bool = False) -> str:
    """The chart as SVG."""
    sheet = Sheet(width, text_size(width))
    head = heading(sheet, chart.title) if headed else 4.0
    foot = _rows(sheet, chart, head) if len(chart.bars) <= _MOST_ROWS else _columns(sheet, chart, head)
    foot = keyed(sheet, tuple(_keys(chart)), 2.0, foot)
    return sheet.finish(foot + 4, chart.title, described(chart), name)


def _reach(chart: RankedStrip) -> list[float]:
    return [
        0.0,
        *(bar.value for bar in chart.bars if bar.value is not None),
        *(a.value for a in chart.averages),
    ]


def _colour(bar: Bar) -> str:
    return NAVY if bar.own else SIMILAR if bar.similar else OTHER


def _value_words(chart: RankedStrip, bar: Bar) -> str:
    if bar.value is None:
        return "withheld" if bar.stated is Stated.SUPPRESSED else "no figure"
    return amount(bar.value, chart.unit)


def _rows(sheet: Sheet, chart: RankedStrip, head: float) -> float:
    """A level bar for each area between its name and its value."""
    bars = ordered(chart)
    names = [shortened(bar.area, sheet.width * 0.36, sheet.size, bold=bar.own) for bar in bars]
    left = 34 + max((sheet.wide(words, bold=True) for words in names), default=0)
    right = sheet.width - max((sheet.wide(_value_words(chart, b), bold=True) for b in bars), default=0) - 16
    values = scale(_reach(chart), (None, None), 3)
    top = head + (sheet.size + 10 if chart.averages else 4)
    frame = Frame(left, right, top, top + len(names) * _ROW, len(names), values)

    def x(value: float) -> float:
        return left + (value - values.low) / (values.high - values.low) * (right - left)

    for place, (bar, words) in enumerate(zip(bars, names, strict=True)):
        y = top + (place + 0.5) * _ROW
        base = y + sheet.size * 0.35
        if bar.own or bar.similar:
            sheet.add(point_shape(10, y, Tone.COMMON, own=bar.own, similar=bar.similar))
        sheet.text(26, base, words, bold=bar.own, colour=INK)
        if bar.value is not None:
            _bar(sheet, chart, bar, (min(x(0), x(bar.value)), y - 8, max(x(0), x(bar.value)), y + 8))
        look = INK if bar.own else EDGE
        sheet.text(sheet.width - 2, base, _value_words(chart, bar), anchor="end", bold=bar.own, colour=look)
    sheet.down(x(0), top, frame.bottom, EDGE)
    return _upright_averages(sheet, chart, frame, x)


def _upright_averages(sheet: Sheet, chart: RankedStrip, frame: Frame, x: Callable[[float], float]) -> float:
    """Averages as upright lines: two are named on either side above the bars, more of them in a key."""
    averages = sorted(chart.averages, key=lambda average: average.value)
    words = [f"{average.words} {amount(average.value, chart.unit)}" for average in averages]
    named = 0 < len(averages) <= 2
    if named:
        last = x(averages[-1].value) + 6 + sheet.wide(words[-1]) <= sheet.width
        first = len(averages) == 1 or x(averages[0].value) - 6 - sheet.wide(words[0]) >= 0
        named = last and first
    for place, average in enumerate(averages):
        at = x(average.value)
        sheet.down(at, frame.top - (14 if named else 0), frame.bottom, PAPER, 3.5)
        sheet.down(at, frame.top - (14 if named else 0), frame.bottom, INK, 1.6, _DASHES[place % 3])
        if named:
            after = place == len(averages) - 1
            sheet.text(
                at + (6 if after else -6), frame.top - 6, words[place], anchor="start" if after else "end"
            )
    return frame.bottom + 4 if named else _average_key(sheet, words, frame.bottom + 4)


def _average_key(sheet: Sheet, words: Sequence[str], foot: float) -> float:
    """Each kind of line with its words, below the chart; gives how far down they reach."""
    for place, said in enumerate(words):
        foot += sheet.size * 1.4
        sheet.across(2, 26, foot - sheet.size * 0.35, INK, 1.6, _DASHES[place % 3])
        sheet.text(32, foot, said)
    return foot


def _bar(sheet: Sheet, chart: RankedStrip, bar: Bar, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    size = f'x="{n(left)}" y="{n(top)}" width="{n(right - left)}" height="{n(bottom - top)}"'
    look = f'fill="{_colour(bar)}"'
    if bar.provisional:
        look = f'fill="none" stroke="{_colour(bar)}" stroke-width="1.6" stroke-dasharray="4 2"'
    said = f"{bar.area}: {_value_words(chart, bar)}"
    sheet.add(f"<rect {size} {look}><title>{esc(said)}</title></rect>")


def _columns(sheet: Sheet, chart: RankedStrip, head: float) -> float:
    """A column for each area, our own named above it, marks below for it and for the similar ones."""
    values = scale(_reach(chart), (None, None), 4)
    bars = ordered(chart)
    labels = [(f"{a.words} {amount(a.value, chart.unit)}", a.value) for a in chart.averages]
    left = max((sheet.wide(words) for _, words in tick_words(values, chart.unit)), default=0) + 8
    narrow = is_narrow(sheet.width)
    right = sheet.width - (0 if narrow else max((sheet.wide(words) for words, _ in labels), default=0) + 14)
    top = head + sheet.size + 15 + sheet.size * 1.5
    frame = Frame(left, right, top, top + (190 if narrow else 240), len(bars), values)
    sheet.text(0, frame.top - 14 - sheet.size * 1.5, chart.unit.words or chart.unit.after)
    for tick, words in tick_words(values, chart.unit):
        sheet.across(frame.left, frame.right, frame.y(tick), GRID)
        sheet.text(frame.left - 7, frame.y(tick) + sheet.size * 0.35, words, anchor="end")
    half = frame.step * 0.38
    for place, bar in enumerate(bars):
        x = frame.x(place)
        if bar.value is not None:
            ends = sorted((frame.y(bar.value), frame.y(0)))
            _bar(sheet, chart, bar, (x - half, ends[0], x + half, ends[1]))
        if bar.own or bar.similar:
            sheet.add(point_shape(x, frame.bottom + 13, Tone.COMMON, own=bar.own, similar=bar.similar))
        if bar.own and bar.value is not None:
            _own_words(sheet, frame, x, frame.y(bar.value), f"{bar.area} {_value_words(chart, bar)}")
    sheet.across(frame.left, frame.right, frame.y(max(values.low, 0)), EDGE)
    return _average_lines(sheet, frame, labels, frame.bottom + 24, narrow=narrow)


def _own_words(sheet: Sheet, frame: Frame, x: float, y: float, words: str) -> None:
    """Our own area's name in the strip above the columns, led to its column."""
    half = sheet.wide(words, bold=True) / 2
    middle = min(max(x, frame.left + half), frame.right - half)
    base = frame.top - 8
    sheet.down(x, base + 4, y - 2, INK, 0.8)
    sheet.text(middle, base, words, anchor="middle", colour=INK, bold=True)


def _average_lines(
    sheet: Sheet, frame: Frame, labels: list[tuple[str, float]], foot: float, *, narrow: bool
) -> float:
    """Averages as lines, named at the right edge, or in a key below where there is no room."""
    labels = sorted(labels, key=lambda label: -label[1])
    wanted = [frame.y(value) for _, value in labels]
    places = spread(wanted, sheet.size * 1.2, frame.top, frame.bottom)
    for place, ((words, _), true, y) in enumerate(zip(labels, wanted, places, strict=True)):
        sheet.across(frame.left, frame.right, true, PAPER, 3.5)
        sheet.across(frame.left, frame.right, true, INK, 1.6, _DASHES[place % 3])
        if not narrow:
            if abs(true - y) > 3:
                sheet.path(f"M{n(frame.right + 1)} {n(true)}L{n(frame.right + 9)} {n(y)}", EDGE, 0.8)
            sheet.text(frame.right + 12, y + sheet.size * 0.35, words)
    return _average_key(sheet, [words for words, _ in labels], foot) if narrow else foot


def _keys(chart: RankedStrip) -> Iterator[Key]:
    own = next((bar.area for bar in chart.bars if bar.own), "")
    if own:
        yield Key(own, own=True)
    if any(bar.similar for bar in chart.bars):
        yield Key(chart.group_words, similar=True)
    if any(bar.provisional and bar.value is not None for bar in chart.bars):
        yield Key("provisional (drawn in outline)", plain=True)


def sentence(chart: RankedStrip) -> str:
    """Where our own area stands, without calling it a league."""
    told = [bar for bar in ordered(chart) if bar.value is not None]
    own = next((bar for bar in told if bar.own), None)
    if own is None or own.value is None:
        return f"{chart.measure}: {counted(len(told), 'area')} compared."
    when = f" {chart.period}" if chart.period else ""
    said = f"{chart.measure} in {own.area}{when} {was(chart.measure)} {amount(own.value, chart.unit)}"
    beside = ", ".join(f"{average.words} {amount(average.value, chart.unit)}" for average in chart.averages)
    group = [bar for bar in told if bar.own or bar.similar]
    within = f" in its {chart.group_words}" if len(group) > 1 else ""
    group = group if len(group) > 1 else told
    place = _ranked(group.index(own), len(group))
    return f"{said}{f' ({beside})' if beside else ''}; it is {place}{within}."


def _ranked(place: int, count: int) -> str:
    if place in (0, count - 1):
        return f"the {'highest' if not place else 'lowest'} of {count}"
    return f"{_ordinal(place + 1)} highest of {count}"


def _ordinal(place: int) -> str:
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def described(chart: RankedStrip) -> str:
    """What the picture shows, for who cannot see it."""
    told = [bar for bar in ordered(chart) if bar.value is not None]
    if not told:
        return "A ranking with no figures."
    aim = {Better.UP: " Higher is better.", Better.DOWN: " Lower is better."}.get(chart.better, "")
    high, low = (f"{bar.area} {_value_words(chart, bar)}" for bar in (told[0], told[-1]))
    ends = f"Highest {high}; lowest {low}."
    many = counted(len(told), "area").capitalize()
    return f"{many} in order of {chart.measure.lower()}. {sentence(chart)} {ends}{aim}"
