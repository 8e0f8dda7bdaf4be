"""The words at the right edge of a chart over time: the last value, the target, the centre, the limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.files.charts.amounts import amount, level
from goldthread.files.charts.letters import width
from goldthread.files.charts.model import ControlChart
from goldthread.files.charts.periods import at
from goldthread.files.charts.scales import Frame, spread
from goldthread.files.charts.sheet import INK, MUTED, TARGET, Sheet, n

_GUTTER = 9.0
_STAYS = 3.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside the value they speak of; ``then`` follows bold words in the ordinary weight."""

    value: float
    words: str
    colour: str = MUTED
    bold: bool = False
    then: str = ""

    def width(self, size: float) -> float:
        """How wide the label is."""
        after = width(f" {self.then}", size) if self.then else 0.0
        return width(self.words, size, bold=self.bold) + after


def edge_labels(chart: ControlChart, *, narrow: bool) -> tuple[Label, ...]:
    """What is written at the right edge, in few words on a narrow picture."""
    found = list(_of_lines(chart, narrow))
    last = next((point for point in reversed(chart.points) if point.drawn is not None), None)
    if last is not None and last.drawn is not None:
        when = "" if narrow else at(last.period, chart.frequency)
        found.append(Label(last.drawn, amount(last.drawn, chart.unit), INK, True, when))
    return tuple(found)


def _of_lines(chart: ControlChart, narrow: bool) -> Iterator[Label]:
    if chart.targets and chart.targets[-1].last == len(chart.points) - 1:
        value = chart.targets[-1].value
        yield Label(value, f"target {amount(value, chart.unit)}", TARGET)
    if not chart.baselines:
        return
    baseline = chart.baselines[-1]
    after = "" if narrow else " limit"
    trial = "trial " if baseline.trial and not narrow else ""
    if baseline.upper:
        yield Label(baseline.upper[-1], f"{trial}upper{after} {_limit(chart, baseline.upper[-1])}")
    if baseline.centre:
        yield Label(baseline.centre[-1], f"{chart.centre_word} {level(baseline.centre[-1], chart.unit)}")
    if baseline.lower:
        yield Label(baseline.lower[-1], f"{trial}lower{after} {_limit(chart, baseline.lower[-1])}")


def _limit(chart: ControlChart, value: float) -> str:
    """A limit, or that it lies beyond what is possible."""
    low, high = chart.bounds
    if low is not None and value < low:
        return f"below {amount(low, chart.unit)}"
    if high is not None and value > high:
        return f"above {amount(high, chart.unit)}"
    return level(value, chart.unit)


def place_labels(sheet: Sheet, frame: Frame, labels: tuple[Label, ...]) -> None:
    """The labels in the order of their values, none on another, each led to its line if it had to move."""
    ordered = sorted(labels, key=lambda label: -label.value)
    wanted = [frame.y(label.value) for label in ordered]
    gap = sheet.size * 1.2
    places = spread(wanted, gap, frame.top + sheet.size * 0.2, frame.bottom - sheet.size * 0.1)
    for label, true, place in zip(ordered, wanted, places, strict=True):
        if abs(place - true) > _STAYS:
            colour = label.colour
            sheet.path(f"M{n(frame.right + 1)} {n(true)}L{n(frame.right + _GUTTER)} {n(place)}", colour, 0.8)
        sheet.text(
            frame.right + _GUTTER + 3, place + sheet.size * 0.35, label.words,
            colour=label.colour, bold=label.bold, then=label.then,
        )  # fmt: skip
