"""What the shapes on a chart mean: only those that are on it, below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goldthread.core.spc.values import Side, Stated
from goldthread.files.charts.marks import WORDS, cross, mark, withheld
from goldthread.files.charts.model import ControlChart, Tone
from goldthread.files.charts.sheet import EDGE, Sheet

_MARK_ROOM = 16.0
_GAP = 18.0


class Entry(NamedTuple):
    """One meaning: the shape's name and its words."""

    shape: str
    words: str


def entries(chart: ControlChart) -> Iterator[Entry]:
    """The meanings of the shapes on this chart."""
    points = chart.points
    for tone in (Tone.IMPROVEMENT, Tone.CONCERN, Tone.NEUTRAL):
        if any(point.tone is tone and point.drawn is not None for point in points):
            low = any(point.tone is tone and point.side is Side.LOW for point in points)
            yield Entry(f"{tone.value} low" if low and tone is Tone.CONCERN else tone.value, WORDS[tone])
    if any(point.provisional and point.drawn is not None for point in points):
        yield Entry("provisional", "provisional")
    if any(point.stated is Stated.MISSING for point in points):
        yield Entry("missing", "no figure")
    if any(point.stated is Stated.SUPPRESSED for point in points):
        yield Entry("suppressed", "figure withheld")


def shape(entry: Entry, x: float, y: float) -> str:
    """The shape as it is on the chart."""
    match entry.shape:
        case "provisional":
            return mark(x, y, Tone.COMMON, 3.6, open_=True)
        case "missing":
            return cross(x, y)
        case "suppressed":
            return withheld(x, y)
        case kind:
            tone, _, low = kind.partition(" ")
            return mark(x, y, Tone(tone), 3.2, side=Side.LOW if low else Side.HIGH)


def draw(sheet: Sheet, chart: ControlChart, left: float, foot: float) -> float:
    """The meanings in rows; gives how far down they reach."""
    found = tuple(entries(chart))
    if not found:
        return foot
    x, y = left, foot + sheet.size + 6
    for entry in found:
        wide = _MARK_ROOM + sheet.wide(entry.words)
        if x > left and x + wide > sheet.width - 2:
            x, y = left, y + sheet.size * 1.4
        sheet.add(shape(entry, x + 5, y - sheet.size * 0.33))
        sheet.text(x + _MARK_ROOM, y, entry.words, colour=EDGE)
        x += wide + _GAP
    return y + 6
