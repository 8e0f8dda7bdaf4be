"""A judgement as a value: the verdict on a series, with its rules, its baseline and its evidence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from goldthread.core.spc.baselines import (
    Baseline,
    advice_on_dates,
    baseline_of,
    places_of,
    starts_of,
    target_at,
    targets_from,
)
from goldthread.core.spc.guidance import UNKNOWN, Setting, advice_on, refusal_of
from goldthread.core.spc.kinds import BETWEEN_EVENTS, chart_of
from goldthread.core.spc.numbers import inward
from goldthread.core.spc.rules import Flags, Lines
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RUN_CHART, RuleSet
from goldthread.core.spc.run import runs
from goldthread.core.spc.seasonal import BETWEEN_EVENTS_STAND, Seasonal, adjust
from goldthread.core.spc.values import (
    Advice,
    Assurance,
    Better,
    DatedTarget,
    Rule,
    Side,
    Signal,
    Special,
    Variation,
    checked,
)
from goldthread.core.spc.xmr import Chart

SINGLE = frozenset({"xmr", "run"})
"""Charts of the figures themselves; the others are drawn from what was counted."""
NO_LINES = Lines(None, None, None, None, None)
VERDICTS = {
    (Better.UP, Side.HIGH): Variation.IMPROVEMENT_HIGH,
    (Better.UP, Side.LOW): Variation.CONCERN_LOW,
    (Better.DOWN, Side.HIGH): Variation.CONCERN_HIGH,
    (Better.DOWN, Side.LOW): Variation.IMPROVEMENT_LOW,
    (Better.NEITHER, Side.HIGH): Variation.NEUTRAL_HIGH,
    (Better.NEITHER, Side.LOW): Variation.NEUTRAL_LOW,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged, by which rules, from which baseline, with which verdict and on what evidence.

    `values`, `judged`, `lines`, `groups` and `specials` are aligned with `periods`, which are in date order.
    `judged` differs from `values` only where a seasonal adjustment was asked for. A last period without a
    value, too few points and limits that mean nothing give no verdict. Nor does a chart that would mislead:
    with a `refusal` there are no lines and no signals, and the refusal says what to use instead.
    """

    rules: str
    rules_version: str
    kind: str
    better: Better
    periods: tuple[date, ...]
    values: tuple[float | None, ...]
    judged: tuple[float | None, ...]
    groups: tuple[int, ...]
    lines: tuple[Lines, ...]
    specials: tuple[Special | None, ...]
    baselines: tuple[Baseline, ...]
    targets: tuple[DatedTarget, ...]
    variation: Variation
    assurance: Assurance
    evidence: tuple[Signal, ...]
    advice: tuple[Advice, ...]
    refusal: Advice | None = None
    adjustment: Seasonal | None = None

    @property
    def baseline(self) -> Baseline | None:
        """The baseline of the last group, on which the verdict rests; None without points or when refused."""
        return self.baselines[-1] if self.baselines else None

    @property
    def target(self) -> float | None:
        """The target in force at the last period."""
        return target_at(self.targets, self.periods[-1]) if self.periods else None

    @property
    def latest(self) -> tuple[Signal, ...]:
        """The signals that cover the last period."""
        return tuple(signal for signal in self.evidence if signal.last == self.periods[-1])


def judge(
    periods: Sequence[date],
    values: Sequence[float | None],
    *,
    better: Better,
    target: float | Sequence[DatedTarget] | None = None,
    rules: RuleSet = PLOT_THE_DOTS,
    kind: str = "xmr",
    denominators: Sequence[float | None] | None = None,
    multiply: float = 1.0,
    rebases: Collection[date] = (),
    fix_after: int | None = None,
    exclude: Collection[date] = (),
    breaks: Collection[date] = (),
    seasonal: bool = False,
    setting: Setting = UNKNOWN,
) -> Judgement:
    """Judge a series by a chart of the given kind (see `kinds.KINDS`).

    With `denominators` the values are numerators, and figures are their quotient times `multiply`; `better`
    is said of the figures, so that longer gaps between rare events are UP. Periods may come in any order,
    but not twice, except on charts of rare events, whose periods are the days of events. `rebases` are
    approved re-base dates: each starts a new group when a period begins on it, and is otherwise passed over
    with advice. `breaks` start no group. `exclude` holds periods that set no limits. Raises ValueError for
    what cannot be read as a series.
    """
    days, told, sizes = in_date_order(periods, values, denominators, twice=kind in BETWEEN_EVENTS)
    figures = told if sizes is None else quotients(told, sizes, multiply)
    rules = RUN_CHART if kind == "run" else rules
    refusal = refusal_of(kind, days, figures, told, sizes, setting)
    adjustment = _adjustment(kind, days, figures) if seasonal else None
    adjusted = adjustment if isinstance(adjustment, Seasonal) else None
    drawn = figures if kind in SINGLE else told
    chart = chart_of(
        kind,
        adjusted.divide(days, drawn) if adjusted else drawn,
        denominators=sizes,
        multiply=multiply if sizes is not None else 1.0,
        rules=rules,
        rebases=starts_of(days, rebases),
        fix_after=fix_after,
        exclude=places_of(days, exclude),
    )
    plain = _plain(kind, days, figures, chart, rules, better, targets_from(target, days))
    if refusal is not None:
        return replace(_refused(plain), refusal=refusal)
    advice = advice_on(kind, days, chart, (told, sizes), rules, adjusted=adjusted is not None)
    refused = (adjustment,) if isinstance(adjustment, Advice) else ()
    on_dates = advice_on_dates(days, rebases, breaks)
    return replace(plain, advice=(*refused, *on_dates, *advice), adjustment=adjusted)


def _adjustment(kind: str, days: Sequence[date], figures: Sequence[float | None]) -> Seasonal | Advice:
    return BETWEEN_EVENTS_STAND if kind in BETWEEN_EVENTS else adjust(days, figures)


def quotients(
    values: Sequence[float | None], sizes: Sequence[float | None], multiply: float
) -> tuple[float | None, ...]:
    """Numerators over denominators, times `multiply`; None where either is missing or a size not above 0."""
    return checked(
        None if value is None or size is None or size <= 0 else value / size * multiply
        for value, size in zip(values, sizes, strict=True)
    )


def in_date_order(
    periods: Sequence[date],
    values: Sequence[float | None],
    denominators: Sequence[float | None] | None = None,
    *,
    twice: bool = False,
) -> tuple[tuple[date, ...], tuple[float | None, ...], tuple[float | None, ...] | None]:
    """All, sorted by period; raises ValueError when they do not pair up or one comes twice unallowed."""
    sizes = denominators if denominators is not None else (None,) * len(values)
    if not len(periods) == len(values) == len(sizes):
        raise ValueError(
            f"{len(periods)} periods, {len(values)} values and {len(sizes)} sizes do not pair up"
        )
    seen = Counter(periods)
    if not twice and len(seen) != len(periods):
        again = ", ".join(day.isoformat() for day in sorted(day for day in seen if seen[day] > 1))
        raise ValueError(f"a period is given twice: {again}")
    rows = sorted(zip(periods, checked(values), checked(sizes), strict=True), key=lambda row: row[0])
    days, told, each = (tuple(column) for column in zip(*rows, strict=True)) if rows else ((), (), ())
    return days, told, each if denominators is not None else None


def variation_of(special: Special | None, better: Better) -> Variation:
    """The verdict on one point, from what the rules found there and which way is better."""
    return VERDICTS[better, special.side] if special else Variation.COMMON


def assurance_of(lower: float, upper: float, target: float, better: Better) -> Assurance:
    """Whether limits lie wholly on one side of a target; a target on a limit is hit or miss."""
    if better is Better.NEITHER:
        return Assurance.NONE
    if target > upper:
        return Assurance.FAIL if better is Better.UP else Assurance.PASS
    if target < lower:
        return Assurance.PASS if better is Better.UP else Assurance.FAIL
    return Assurance.HIT_OR_MISS


def signals_of(
    days: Sequence[date], groups: Sequence[int], flags: Sequence[tuple[Rule, Flags]]
) -> tuple[Signal, ...]:
    """Each unbroken stretch that a rule flagged on one side within a group, earliest first."""
    signals: list[Signal] = []
    for rule, sides in flags:
        for (_, side), run in groupby(range(len(days)), key=lambda place: (groups[place], sides[place])):
            places = list(run)
            if side is not None:
                signals.append(Signal(rule, side, days[places[0]], days[places[-1]], len(places)))
    return tuple(sorted(signals, key=lambda signal: (signal.first, signal.last)))


def few_crossings(days: Sequence[date], chart: Chart) -> tuple[Signal, ...]:
    """A signal for each group that crosses its centre less often than chance explains (Anhøj)."""
    signals = []
    for limits in chart.groups:
        part = chart.points[limits.start : limits.start + limits.n]
        centre = math.nan if limits.mean is None else limits.mean
        found = runs([*inward(point.value for point in part)], [centre] * len(part))
        if (found.crossings or 0) < (found.crossings_needed or 0):
            last = days[limits.start + limits.n - 1]
            signals.append(Signal(Rule.FEW_CROSSINGS, None, days[limits.start], last, limits.n))
    return tuple(signals)


def _plain(
    kind: str,
    days: tuple[date, ...],
    figures: tuple[float | None, ...],
    chart: Chart,
    rules: RuleSet,
    better: Better,
    steps: tuple[DatedTarget, ...],
) -> Judgement:
    groups = tuple(point.group for point in chart.points)
    variation, assurance = _verdict(days, chart, rules, better, steps)
    return Judgement(
        rules=rules.name,
        rules_version=rules.version,
        kind=kind,
        better=better,
        periods=days,
        values=figures,
        judged=tuple(point.value for point in chart.points),
        groups=groups,
        lines=chart.lines,
        specials=tuple(point.special for point in chart.points),
        baselines=tuple(baseline_of(days, chart, group) for group in range(len(chart.groups))),
        targets=steps,
        variation=variation,
        assurance=assurance,
        evidence=(
            *signals_of(days, groups, chart.flags),
            *(few_crossings(days, chart) if rules.runs else ()),
        ),
        advice=(),
    )


def _verdict(
    days: Sequence[date], chart: Chart, rules: RuleSet, better: Better, steps: Sequence[DatedTarget]
) -> tuple[Variation, Assurance]:
    if not chart.points:
        return Variation.NONE, Assurance.NONE
    group, last, line = chart.groups[-1], chart.points[-1], chart.lines[-1]
    if group.n_told < rules.minimum_points:
        return Variation.TOO_FEW, Assurance.NONE
    if not group.meaningful:
        return Variation.NONE, Assurance.NONE
    variation = Variation.NONE if last.value is None else variation_of(last.special, better)
    target = target_at(steps, days[-1])
    if target is None or line.lower is None or line.upper is None:
        return variation, Assurance.NONE
    return variation, assurance_of(line.lower, line.upper, target, better)


def _refused(plain: Judgement) -> Judgement:
    nothing = (NO_LINES,) * len(plain.periods)
    return replace(
        plain,
        lines=nothing,
        specials=(None,) * len(nothing),
        baselines=(),
        variation=Variation.NONE,
        assurance=Assurance.NONE,
        evidence=(),
        judged=plain.values,
    )
