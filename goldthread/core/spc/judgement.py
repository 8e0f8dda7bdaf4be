"""A judgement as a value: the verdict on a series, with its rules, its baseline and its evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from goldthread.core.spc.baselines import Baseline, baseline_of, places_of, target_at, targets_from
from goldthread.core.spc.guidance import Setting, advice_on, refusal_of
from goldthread.core.spc.rules import Flags, Lines
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RuleSet
from goldthread.core.spc.seasonal import Seasonal, adjust
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
from goldthread.core.spc.xmr import Xmr, xmr

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
    `judged` differs from `values` only where a seasonal adjustment was asked for. With a `refusal` there are
    no lines and no signals, and the refusal says what to use instead.
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
    rebases: Collection[date] = (),
    fix_after: int | None = None,
    exclude: Collection[date] = (),
    breaks: Collection[date] = (),
    seasonal: bool = False,
    setting: Setting | None = None,
) -> Judgement:
    """Judge a series of single values by an XmR chart.

    Periods may come in any order but not twice. `rebases` are approved re-base dates: each starts a new group
    when a period begins on it, and is otherwise passed over with advice. `breaks` start no group. A last
    period without a value, too few points and limits that mean nothing give no verdict. Raises ValueError
    for periods and values of different number, a period given twice, or a value that cannot be judged.
    """
    days, told = in_date_order(periods, values)
    setting = setting or Setting()
    adjustment = adjust(days, told) if seasonal else None
    adjusted = adjustment if isinstance(adjustment, Seasonal) else None
    judged = adjusted.adjusted if adjusted else told
    refusal = refusal_of(days, told, setting)
    chart = xmr(
        judged,
        rules=rules,
        rebases=places_of(days, rebases),
        fix_after=fix_after,
        exclude=places_of(days, exclude),
    )
    steps = targets_from(target, days)
    plain = _plain(days, told, judged, chart, rules, better, steps)
    advice = advice_on(days, judged, chart, setting, rebases=rebases, breaks=breaks, adjusted=seasonal)
    if isinstance(adjustment, Advice):
        advice = (adjustment, *advice)
    if refusal is not None:
        return replace(_refused(plain), refusal=refusal)
    return replace(plain, advice=advice, adjustment=adjusted)


def in_date_order(
    periods: Sequence[date], values: Sequence[float | None]
) -> tuple[tuple[date, ...], tuple[float | None, ...]]:
    """Both, sorted by period; raises ValueError when they do not pair up or a period comes twice."""
    if len(periods) != len(values):
        raise ValueError(f"{len(periods)} periods and {len(values)} values do not pair up")
    if len(set(periods)) != len(periods):
        twice = sorted({day for day in periods if list(periods).count(day) > 1})
        raise ValueError(f"a period is given twice: {', '.join(day.isoformat() for day in twice)}")
    pairs = sorted(zip(periods, checked(values), strict=True), key=lambda pair: pair[0])
    return tuple(day for day, _ in pairs), tuple(value for _, value in pairs)


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


def _plain(
    days: tuple[date, ...],
    told: tuple[float | None, ...],
    judged: tuple[float | None, ...],
    chart: Xmr,
    rules: RuleSet,
    better: Better,
    steps: tuple[DatedTarget, ...],
) -> Judgement:
    groups = tuple(point.group for point in chart.points)
    variation, assurance = _verdict(days, chart, rules, better, steps)
    return Judgement(
        rules=rules.name,
        rules_version=rules.version,
        kind="xmr",
        better=better,
        periods=days,
        values=told,
        judged=judged,
        groups=groups,
        lines=tuple(chart.groups[group].lines for group in groups),
        specials=tuple(point.special for point in chart.points),
        baselines=tuple(baseline_of(days, chart, group) for group in range(len(chart.groups))),
        targets=steps,
        variation=variation,
        assurance=assurance,
        evidence=signals_of(days, groups, chart.flags),
        advice=(),
    )


def _verdict(
    days: Sequence[date], chart: Xmr, rules: RuleSet, better: Better, steps: Sequence[DatedTarget]
) -> tuple[Variation, Assurance]:
    if not chart.points:
        return Variation.NONE, Assurance.NONE
    group, last = chart.groups[-1], chart.points[-1]
    if group.n_told < rules.minimum_points:
        return Variation.TOO_FEW, Assurance.NONE
    if not group.meaningful or group.lpl is None or group.upl is None:
        return Variation.NONE, Assurance.NONE
    variation = Variation.NONE if last.value is None else variation_of(last.special, better)
    target = target_at(steps, days[-1])
    if target is None:
        return variation, Assurance.NONE
    return variation, assurance_of(group.lpl, group.upl, target, better)


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
