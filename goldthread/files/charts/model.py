"""What a chart says, before anything is drawn: one neutral record for each kind of chart.

The same record makes the picture (``svg``), the words (``words``), the table (``tables``), the
Vega-Lite form (``vega``) and the blocks of a text (``figures``). Nothing here reckons limits or
judges points: ``control.control_chart`` takes a judgement made by ``goldthread.core.spc``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldthread.core.spc.values import Advice, Assurance, Better, Rule, Side, Signal, Stated, Variation

Steps = tuple[float, ...]
"""One value for a whole stretch of points, or one for each of them; empty where there is none."""


class Tone(StrEnum):
    """What kind of variation one point shows, for better or for worse."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Frequency(StrEnum):
    """What one period is. A month is named by its first day, a financial year by 1 April."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Unit:
    """How a value is written: ``words`` ("offences"), or signs that stand close, such as £ and %.

    ``total`` says that values add up over time, so that "412 a month" makes sense of them.
    """

    words: str = ""
    before: str = ""
    after: str = ""
    decimals: int = 0
    total: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One period's figure. ``value`` is None unless it is stated; ``was`` is what was first reported.

    ``adjusted`` is the value with the time of year taken out, where the judgement rests on that.
    """

    period: date
    value: float | None
    stated: Stated = Stated.VALUE
    provisional: bool = False
    tone: Tone = Tone.COMMON
    rule: Rule | None = None
    side: Side | None = None
    adjusted: float | None = None
    was: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""

    @property
    def drawn(self) -> float | None:
        """The value that is drawn and judged."""
        return self.value if self.adjusted is None else self.adjusted


@dataclass(frozen=True, slots=True)
class Baseline:
    """The lines of one baseline group, from point ``first`` to point ``last``, both inclusive.

    ``centre`` and each limit hold one value, or one for each point where the limits step.
    ``counted`` is how many points the limits were reckoned from; limits from too few are a ``trial``.
    """

    first: int
    last: int
    centre: Steps
    lower: Steps = ()
    upper: Steps = ()
    near_lower: Steps = ()
    near_upper: Steps = ()
    counted: int = 0
    meaningful: bool = True
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The target from point ``first`` to ``last``, both inclusive; several make a stepped one."""

    first: int
    last: int
    value: float


@dataclass(frozen=True, slots=True)
class Event:
    """An upright line before point ``index``: a break in the series, or a re-base and its reason."""

    index: int
    words: str
    rebase: bool = False

    @property
    def label(self) -> str:
        """What is written at the line."""
        if not self.rebase:
            return self.words or "Break in the series"
        return f"New baseline: {self.words}" if self.words else "New baseline"


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A measure in an area over time with its usual range. ``bounds`` are what a value can possibly be.

    A run chart is one whose baselines have a median for a centre and no limits.
    """

    title: str
    measure: str
    area: str
    unit: Unit
    points: tuple[Point, ...]
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    signals: tuple[Signal, ...] = ()
    frequency: Frequency = Frequency.MONTH
    better: Better = Better.NEITHER
    variation: Variation = Variation.NONE
    assurance: Assurance = Assurance.NONE
    centre_word: str = "mean"
    rules: str = ""
    bounds: tuple[float | None, float | None] = (None, None)
    advice: tuple[Advice, ...] = ()
    refusal: Advice | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area: how large it is (the denominator), its rate, and whether it is our own or a similar one."""

    area: str
    size: float
    value: float
    own: bool = False
    similar: bool = False
    outside: str = ""


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """The limits at one size of area: 95 % and 99.8 % unless the chart says otherwise."""

    size: float
    lower: float
    upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """Areas compared with the rate of all of them together, within limits that narrow with size."""

    title: str
    measure: str
    unit: Unit
    size_unit: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    better: Better = Better.NEITHER
    period: str = ""
    limit_words: tuple[str, str] = ("95% limits", "99.8% limits")
    overdispersed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One area in a ranking. A missing or suppressed value has its place at the end."""

    area: str
    value: float | None
    stated: Stated = Stated.VALUE
    own: bool = False
    similar: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Average:
    """A weighted average drawn across the bars: the most similar group, or all areas."""

    words: str
    value: float


@dataclass(frozen=True, slots=True)
class RankedStrip:
    """Areas in order of their values, our own and the most similar ones marked. Not a league table."""

    title: str
    measure: str
    unit: Unit
    bars: tuple[Bar, ...]
    averages: tuple[Average, ...] = ()
    better: Better = Better.NEITHER
    period: str = ""
    group_words: str = "most similar group"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A series in the height of a line of text, with its usual range and its last point."""

    title: str
    points: tuple[Point, ...]
    baselines: tuple[Baseline, ...] = ()
    unit: Unit = Unit()
    frequency: Frequency = Frequency.MONTH


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """Several control charts of one measure side by side, on one scale unless ``own_scales``."""

    title: str
    charts: tuple[ControlChart, ...]
    own_scales: bool = False
    source: str = ""


Chart = ControlChart | Funnel | RankedStrip | Sparkline | SmallMultiples
