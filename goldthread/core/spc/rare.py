"""Rare events: the number of chances between them (G) and the time between them (T).

A T chart needs every gap above nothing, but two killings can fall on one day. The rule: events recorded on
the same day count as half a day apart, half of the smallest gap a calendar can show. The order of the day is
kept, no event is merged away, and the shortened gap can still raise a signal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from goldthread.core.spc.attribute import Lines, Phase, individuals, spread
from goldthread.core.spc.numbers import NONE, known, mean, median, root

SAME_DAY = 0.5
"""Days between two events that the record puts on one day."""
NEARLY_NORMAL = 3.6
"""Waiting times raised to 1/3.6 are nearly normal (Nelson 1994)."""


def days_between(events: Sequence[date]) -> tuple[float, ...]:
    """Days from each event to the next, one fewer than the events; same-day events are half a day apart.

    Raises ValueError where the events are not in order.
    """
    gaps = tuple((later - earlier).days for earlier, later in pairwise(events))
    if any(gap < 0 for gap in gaps):
        raise ValueError("the events are not in the order of their dates")
    return apart(gaps)


def apart(gaps: Sequence[float]) -> tuple[float, ...]:
    """Gaps with every zero counted as half a day; a missing gap (NaN) stays missing.

    Raises ValueError for a gap below zero.
    """
    if any(gap < 0 for gap in gaps):
        raise ValueError("a gap between events is below zero")
    return tuple(gap or SAME_DAY for gap in map(float, gaps))


def chances_between(phase: Phase) -> Lines:
    """G chart: the median is drawn; limits come from the mean of a geometric count, none below 0."""
    base = phase.based(phase.plotted)
    average = mean(base)
    drawn = spread(phase.plotted, average, (root(average * (average + 1)),) * len(phase.plotted), least=0.0)
    return replace(drawn, centre=(median(base),) * len(phase.plotted))


def time_between(phase: Phase) -> Lines:
    """T chart: an I chart of gaps raised to 1/3.6, raised back; the outer lower limit is never below 0.

    Raises ValueError for a gap below zero.
    """
    gaps = apart(phase.plotted)
    if not known(gaps):
        return individuals(phase)
    narrow = individuals(replace(phase, plotted=tuple(gap ** (1 / NEARLY_NORMAL) for gap in gaps)))
    return Lines(
        tuple(gap if math.isnan(gap) else _back(_forth(gap)) for gap in gaps),
        tuple(map(_back, narrow.centre)),
        tuple(0.0 if math.isnan(limit) or limit < 0 else _back(limit) for limit in narrow.lower),
        tuple(map(_back, narrow.upper)),
        tuple(map(_back, narrow.lower_near)),
        tuple(map(_back, narrow.upper_near)),
    )


def _forth(gap: float) -> float:
    return float(gap ** (1 / NEARLY_NORMAL))


def _back(narrow: float) -> float:
    return float(narrow**NEARLY_NORMAL) if narrow >= 0 else NONE
