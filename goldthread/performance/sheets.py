"""The figures behind a chart as a table for a page and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.spc.values import Stated
from goldthread.files.charts.amounts import amount, level, number
from goldthread.files.charts.model import Baseline, ControlChart, Point, Tone
from goldthread.files.charts.periods import NOUN, named

MARKS = {
    Tone.IMPROVEMENT: ("better", "better"),
    Tone.CONCERN: ("worse", "worse"),
    Tone.NEUTRAL: ("changed", ""),
}


class Column(NamedTuple):
    """A column's heading, and whether it holds numbers."""

    name: str
    number: bool = False


class Cell(NamedTuple):
    """What stands in a cell."""

    words: str | SafeString
    number: bool = False


class Row(NamedTuple):
    """The cells of a row, the first its heading."""

    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """A table for a page. ``summary`` is said where it can be opened."""

    caption: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    quiet: bool = False

    @property
    def body(self) -> SafeString:
        """The rows as HTML, put together here: a template takes several times as long over ten years."""
        return SafeString("".join(f"<tr>{''.join(_cells(row))}</tr>" for row in self.rows))


def _cells(row: Row) -> Iterator[str]:
    for place, cell in enumerate(row.cells):
        words = conditional_escape(cell.words)
        if not place:
            yield f'<th scope="row">{words}</th>'
        else:
            yield f'<td class="n">{words}</td>' if cell.number else f"<td>{words}</td>"


def table_of(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    caption: str,
    summary: str,
    *,
    quiet: bool = False,
) -> Sheet:
    """A table from words; ``quiet`` where a heading says already what its caption does."""
    made = tuple(
        Row(tuple(Cell(words, column.number) for words, column in zip(row, columns, strict=True)))
        for row in rows
    )
    return Sheet(caption, summary, tuple(columns), made, quiet)


def sheet_of(chart: ControlChart) -> Sheet:
    """Every figure of a chart, newest first, with its usual range and what was first reported."""
    shown = _Columns(chart)
    rows = [Row(tuple(shown.row(place))) for place in reversed(range(len(chart.points)))]
    count = sum(point.value is not None for point in chart.points)
    noun = NOUN[chart.frequency]
    summary = ngettext("%(n)s figure, by %(noun)s", "All %(n)s figures, by %(noun)s", count)
    caption = _("%(title)s: the figures") % {"title": chart.title}
    return Sheet(
        caption, summary % {"n": count, "noun": noun}, tuple(shown.columns()), tuple(rows), quiet=True
    )


class _Columns:
    """Which columns a chart's table needs, and what stands in each."""

    def __init__(self, chart: ControlChart) -> None:
        self.chart = chart
        self.parts = any(point.numerator is not None and point.denominator for point in chart.points)
        self.revised = any(is_revised(point) for point in chart.points)
        self.adjusted = any(point.adjusted is not None for point in chart.points)
        self.lines = dict(_lines(chart))

    def columns(self) -> Iterator[Column]:
        yield Column(named_period(self.chart))
        yield Column(_("Figure"), True)
        if self.adjusted:
            yield Column(_("Time of year taken out"), True)
        if self.parts:
            yield Column(_("Counted"), True)
            yield Column(_("Out of"), True)
        if self.lines:
            yield Column(self.chart.centre_word.capitalize(), True)
            yield Column(_("Usual range"), True)
        yield Column(_("What it shows"))
        if self.revised:
            yield Column(_("First reported as"), True)

    def row(self, place: int) -> Iterator[Cell]:
        chart, point = self.chart, self.chart.points[place]
        yield Cell(named(point.period, chart.frequency))
        yield Cell(told(chart, point), True)
        if self.adjusted:
            yield Cell("" if point.adjusted is None else level(point.adjusted, chart.unit), True)
        if self.parts:
            yield Cell(_plain(point.numerator), True)
            yield Cell(_plain(point.denominator), True)
        if self.lines:
            yield from self._range(place)
        yield Cell(_shows(point))
        if self.revised:
            was = amount(point.was, chart.unit) if point.was is not None and is_revised(point) else ""
            yield Cell(was, True)

    def _range(self, place: int) -> Iterator[Cell]:
        line, unit = self.lines.get(place), self.chart.unit
        centre = "" if line is None else level(step(line.centre, place - line.first) or 0, unit)
        yield Cell(centre, True)
        low, high = bounded(self.chart, line, place) if line is not None else (None, None)
        words = "" if low is None or high is None else f"{level(low, unit)} – {level(high, unit)}"
        yield Cell(words, True)


def named_period(chart: ControlChart) -> str:
    """The heading of the column of periods."""
    return NOUN[chart.frequency].capitalize()


def told(chart: ControlChart, point: Point) -> str:
    """A figure as it was told; missing and withheld are said, and zero is a figure."""
    if point.value is None:
        return _("withheld") if point.stated is Stated.SUPPRESSED else _("no figure")
    return amount(point.value, chart.unit)


def is_revised(point: Point) -> bool:
    """Whether a figure is not what was first reported."""
    return point.was is not None and point.was != point.value


def _plain(value: float | None) -> str:
    return "" if value is None else number(value, 0 if float(value).is_integer() else 1)


def _shows(point: Point) -> SafeString:
    """What is to be said of one figure, each in a word."""
    words = []
    if point.tone in MARKS:
        words.append(MARKS[point.tone])
    if point.provisional and point.value is not None:
        words.append((_("provisional"), "provisional"))
    if is_revised(point):
        words.append((_("revised"), "revised"))
    if not words:
        return SafeString("")
    marks = [format_html('<span class="mark mark--{}">{}</span>', kind, said) for said, kind in words]
    return SafeString(" ".join(marks))


def _lines(chart: ControlChart) -> Iterator[tuple[int, Baseline]]:
    """The lines at each place; none where they go with how many were counted, and nothing was."""
    for line in chart.baselines:
        for place in range(line.first, line.last + 1):
            if len(line.upper) <= 1 or chart.points[place].drawn is not None:
                yield place, line


def step(steps: tuple[float, ...], place: int) -> float | None:
    """The value of a line at a place of its stretch; None where there is no line."""
    if not steps:
        return None
    return steps[0] if len(steps) == 1 else steps[place]


def bounded(chart: ControlChart, line: Baseline, place: int) -> tuple[float | None, float | None]:
    """The usual range at a place, no lower and no higher than a value can be."""
    low, high = step(line.lower, place - line.first), step(line.upper, place - line.first)
    least, most = chart.bounds
    if low is not None and least is not None:
        low = max(low, least)
    if high is not None and most is not None:
        high = min(high, most)
    return low, high


CSV = (
    "period",
    "state",
    "value",
    "numerator",
    "denominator",
    "centre",
    "lower_limit",
    "upper_limit",
    "special_cause",
    "rule",
    "provisional",
    "first_reported",
)


def csv_rows(chart: ControlChart) -> Iterator[tuple[str, ...]]:
    """Every figure of a chart for a spreadsheet, oldest first, under the names in ``CSV``."""
    lines = dict(_lines(chart))
    for place, point in enumerate(chart.points):
        line = lines.get(place)
        centre = step(line.centre, place - line.first) if line else None
        low, high = (
            (step(line.lower, place - line.first), step(line.upper, place - line.first))
            if line
            else (None, None)
        )
        yield (
            point.period.isoformat(),
            point.stated.value,
            *(_exact(v) for v in (point.value, point.numerator, point.denominator, centre, low, high)),
            "" if point.tone is Tone.COMMON else point.tone.value,
            point.rule.value if point.rule else "",
            "yes" if point.provisional else "no",
            _exact(point.was),
        )


def _exact(value: float | None) -> str:
    return "" if value is None else repr(int(value) if float(value).is_integer() else value)
