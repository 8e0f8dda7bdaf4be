"""Breaks in a series and re-bases: upright lines, with words above them or letters and a key below."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.files.charts.letters import shortened, wrapped
from goldthread.files.charts.model import ControlChart, Event
from goldthread.files.charts.periods import brief
from goldthread.files.charts.scales import Frame, lanes
from goldthread.files.charts.sheet import INK, NAVY, Sheet, is_narrow

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_LANES = 3
_LONGEST = 0.45


def _place(frame: Frame, event: Event) -> float:
    return frame.x(event.index - 0.5)


def _spans(
    chart: ControlChart, frame: Frame, sheet: Sheet, words: Sequence[str]
) -> list[tuple[float, float]]:
    """Where the words of each event lie: after its line, or before it where there is no room after it."""
    found = []
    for event, said in zip(chart.events, words, strict=True):
        x, wide = _place(frame, event), sheet.wide(said, bold=len(said) == 1)
        left = x + 5 if x + 5 + wide <= frame.right + 4 else x - 5 - wide
        found.append((left, left + wide))
    return found


def _words(chart: ControlChart, frame: Frame, sheet: Sheet) -> tuple[str, ...]:
    """What is written above each line: its words if they fit in a few lanes, else a letter for the key."""
    events = chart.events
    if not is_narrow(sheet.width):
        room = (frame.right - frame.left) * _LONGEST
        words = tuple(shortened(event.label, room, sheet.size) for event in events)
        spans = _spans(chart, frame, sheet, words)
        whole = words == tuple(event.label for event in events)
        if whole and _fits(frame, events, spans):
            return words
    return tuple(LETTERS[place % len(LETTERS)] for place in range(len(events)))


def _fits(frame: Frame, events: Sequence[Event], spans: Sequence[tuple[float, float]]) -> bool:
    """Whether all words stand clear of the edges and of one another's lines in a few lanes."""
    taken = lanes(spans)
    lines = [_place(frame, event) for event in events]
    crossed = any(
        left - 2 < lines[other] < right + 2 and taken[other] <= taken[place]
        for place, (left, right) in enumerate(spans)
        for other in range(len(events))
        if other != place
    )
    return (
        not crossed and max(taken, default=0) < _MOST_LANES and all(left >= frame.left for left, _ in spans)
    )


def _lettered(words: Sequence[str]) -> bool:
    return bool(words) and all(len(said) == 1 for said in words)


def height(chart: ControlChart, frame: Frame, sheet: Sheet) -> float:
    """How much room the words above the lines take."""
    if not chart.events:
        return 0
    spans = _spans(chart, frame, sheet, _words(chart, frame, sheet))
    return (max(lanes(spans)) + 1) * sheet.size * 1.3 + 2


def draw(sheet: Sheet, frame: Frame, chart: ControlChart, top: float) -> None:
    """Every line from its words down to the axis: dotted for a break, unbroken for a re-base."""
    if not chart.events:
        return
    words = _words(chart, frame, sheet)
    spans = _spans(chart, frame, sheet, words)
    row = sheet.size * 1.3
    for event, said, span, lane in zip(chart.events, words, spans, lanes(spans), strict=True):
        y = top + lane * row
        sheet.down(_place(frame, event), y + 2, frame.bottom, NAVY, 1.2, "" if event.rebase else "2 3")
        sheet.text(span[0], y + sheet.size, said, colour=INK, bold=_lettered(words))


def key(sheet: Sheet, chart: ControlChart, frame: Frame, foot: float) -> float:
    """What each letter stands for, below the chart; gives how far down the words reach."""
    if not _lettered(_words(chart, frame, sheet)):
        return foot
    row, left = sheet.size * 1.35, 2.0 if is_narrow(sheet.width) else frame.left
    for letter, event in zip(_words(chart, frame, sheet), chart.events, strict=True):
        when = brief(chart.points[min(event.index, len(chart.points) - 1)].period, chart.frequency)
        room = sheet.width - left - 22
        for place, line in enumerate(wrapped(f"{when}: {event.label}", room, sheet.size)):
            foot += row
            if not place:
                sheet.text(left, foot, letter, colour=INK, bold=True)
            sheet.text(left + 18, foot, line)
    return foot + 4
