"""Which chart to choose for what, and how many flags a page of charts raises by chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goldthread.core.spc.guidance import FEWEST_EVENTS, WIDER

LAST_POINT_FLAGGED = 0.018
"""The share of last points that the default rules flag in series where nothing changes."""


class What(StrEnum):
    """What one figure of a series is."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    MEASUREMENT = "measurement"
    ROLLING_TOTAL = "rolling total"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chart to use, by its name in `kinds.KINDS`, and why; no kind where none should be used."""

    kind: str | None
    words: str


@dataclass(frozen=True, slots=True)
class ExpectedFlags:
    """How many of so many series show a signal at their last point when nothing has changed."""

    series: int
    last_points: float
    words: str


def choose_chart(
    what: What, *, usual_events: float | None = None, wider: float | None = None, areas_at_once: bool = False
) -> Choice:
    """The chart for such figures.

    `usual_events` is the mean number of events a period, `wider` how many times wider proportions or rates
    spread than their sizes explain (see `guidance.wider_than_explained`), and `areas_at_once` asks to compare
    areas in one period rather than one area over time.
    """
    if areas_at_once:
        return Choice("funnel", "Areas of different size compare on a funnel, within their similar group.")
    if what is What.ROLLING_TOTAL:
        return Choice(
            None, "Rolling totals bear no limits: judge the single months, and show the totals as a line."
        )
    if what is not What.MEASUREMENT and usual_events is not None and usual_events < FEWEST_EVENTS:
        return Choice(
            "t", "Under five events a period: judge the time between events instead (or G, the chances)."
        )
    if what in (What.PROPORTION, What.RATE):
        return _by_size(what, wider)
    if what is What.COUNT:
        return Choice(
            "xmr", "Counts of about the same size of population: single values with moving-range limits."
        )
    return Choice("xmr", "Single measurements: single values with moving-range limits.")


def expected_flags(series: int) -> ExpectedFlags:
    """What chance alone flags on a page of so many series: about 1.8 % of last points (measured)."""
    flags = series * LAST_POINT_FLAGGED
    many = "less than one" if flags < 0.95 else f"about {flags:.0f}"
    words = f"In {series:,} series that do not change at all, expect {many} to be flagged at the last point."
    return ExpectedFlags(series, flags, words)


def _by_size(what: What, wider: float | None) -> Choice:
    letter = "p" if what is What.PROPORTION else "u"
    if wider is not None and wider > WIDER:
        words = f"The figures vary {wider:.1f} times as much as their sizes explain: limits widened by that."
        return Choice(f"{letter}-prime", words)
    return Choice(letter, f"A {what} with its denominator: limits that follow the size of the denominator.")
