"""From a judgement to the chart that shows it: nothing is judged here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from goldthread.core.spc.judgement import Judgement
from goldthread.core.spc.rules import Lines
from goldthread.core.spc.values import Better, Side, Signal, Special, Stated, Variation
from goldthread.files.charts.model import (
    Baseline,
    ControlChart,
    Event,
    Frequency,
    Point,
    Steps,
    Target,
    Tone,
    Unit,
)

_MEDIANS = frozenset({"run", "g"})
_NOTHING: Mapping[date, float] = {}
_NO_WORDS: Mapping[date, str] = {}
_ALL_TOLD: Mapping[date, Stated] = {}
_TONES = {
    (Better.UP, Side.HIGH): Tone.IMPROVEMENT,
    (Better.UP, Side.LOW): Tone.CONCERN,
    (Better.DOWN, Side.HIGH): Tone.CONCERN,
    (Better.DOWN, Side.LOW): Tone.IMPROVEMENT,
}


def control_chart(
    judgement: Judgement,
    *,
    measure: str,
    area: str = "",
    unit: Unit | None = None,
    frequency: Frequency = Frequency.MONTH,
    title: str = "",
    stated: Mapping[date, Stated] = _ALL_TOLD,
    provisional: Collection[date] = (),
    first_reported: Mapping[date, float] = _NOTHING,
    numerators: Mapping[date, float] = _NOTHING,
    denominators: Mapping[date, float] = _NOTHING,
    breaks: Mapping[date, str] = _NO_WORDS,
    rebases: Mapping[date, str] = _NO_WORDS,
    bounds: tuple[float | None, float | None] | None = None,
    source: str = "",
) -> ControlChart:
    """The chart of a judgement.

    ``stated`` names the periods without a value that are suppressed: the rest of them are missing.
    ``breaks`` and ``rebases`` are what is written at their lines, by the first period after them;
    ``bounds`` are the least and most a value can be: nought for what is counted and 100 for per cent
    unless given.
    """
    unit = unit or Unit()
    points = (
        replace(
            point,
            stated=Stated.VALUE if point.value is not None else stated.get(point.period, Stated.MISSING),
            provisional=point.period in provisional,
            was=first_reported.get(point.period),
            numerator=numerators.get(point.period),
            denominator=denominators.get(point.period),
        )
        for point in _points(judgement)
    )
    return replace(
        _judged(judgement),
        title=title or (f"{measure}, {area}" if area else measure),
        measure=measure,
        area=area,
        unit=unit,
        points=tuple(points),
        events=_events(judgement, breaks, rebases),
        frequency=frequency,
        bounds=bounds if bounds is not None else bounds_of(unit),
        source=source,
    )


def _judged(judgement: Judgement) -> ControlChart:
    """What a chart takes from its judgement alone."""
    return ControlChart(
        title="",
        measure="",
        area="",
        unit=Unit(),
        points=(),
        baselines=tuple(_baselines(judgement)),
        targets=tuple(_targets(judgement)),
        signals=_signals(judgement),
        better=judgement.better,
        variation=judgement.variation,
        assurance=judgement.assurance,
        centre_word="median" if judgement.kind in _MEDIANS else "mean",
        rules=f"{judgement.rules} {judgement.rules_version}".strip(),
        advice=judgement.advice,
        refusal=judgement.refusal,
    )


def tone_of(special: Special | None, better: Better) -> Tone:
    """What a special point is for better or for worse."""
    return Tone.COMMON if special is None else _TONES.get((better, special.side), Tone.NEUTRAL)


def bounds_of(unit: Unit) -> tuple[float | None, float | None]:
    """What a value of a unit can be: a share lies from 0 to 100, a count is never below nought."""
    if unit.after == "%":
        return (0.0, 100.0)
    return (0.0, None) if unit.total and not unit.before else (None, None)


def _points(judgement: Judgement) -> Iterator[Point]:
    """The points as they were judged."""
    tried = _tried(judgement)
    rows = zip(judgement.periods, judgement.values, judgement.judged, judgement.specials, strict=True)
    for period, value, judged, special in rows:
        special = None if tried is not None and period >= tried else special
        yield Point(
            period=period,
            value=value,
            tone=tone_of(special, judgement.better),
            rule=special.rule if special else None,
            side=special.side if special else None,
            adjusted=judged if judgement.adjustment is not None else None,
        )


def _tried(judgement: Judgement) -> date | None:
    """The first period of a last group too short to judge: what its limits pick out is not shown as news."""
    if judgement.variation is not Variation.TOO_FEW or not judgement.groups:
        return None
    return judgement.periods[judgement.groups.index(judgement.groups[-1])]


def _signals(judgement: Judgement) -> tuple[Signal, ...]:
    tried = _tried(judgement)
    return tuple(signal for signal in judgement.evidence if tried is None or signal.last < tried)


def _baselines(judgement: Judgement) -> Iterator[Baseline]:
    """The lines of each group, from its first point to its last; limits that mean nothing are left out."""
    for group, run in groupby(range(len(judgement.groups)), key=lambda place: judgement.groups[place]):
        places = list(run)
        lines = [judgement.lines[place] for place in places]
        centre = _steps(lines, lambda line: line.centre)
        if not centre:
            continue
        limits = judgement.baselines[group].limits
        whole = limits.meaningful
        yield Baseline(
            first=places[0],
            last=places[-1],
            centre=centre,
            lower=_steps(lines, lambda line: line.lower) if whole else (),
            upper=_steps(lines, lambda line: line.upper) if whole else (),
            near_lower=_steps(lines, lambda line: line.near_lower) if whole else (),
            near_upper=_steps(lines, lambda line: line.near_upper) if whole else (),
            counted=limits.n_limits,
            meaningful=whole,
            trial=judgement.variation is Variation.TOO_FEW and group == judgement.groups[-1],
        )


def _steps(lines: Sequence[Lines], which: Callable[[Lines], float | None]) -> Steps:
    """One value where a line is level, else one for each point, a gap taking the value before it."""
    found = [which(line) for line in lines]
    told = [value for value in found if value is not None]
    if len(set(told)) <= 1:
        return tuple(told[:1])
    steps = [told[0]]
    for value in found:
        steps.append(steps[-1] if value is None else value)
    return tuple(steps[1:])


def _targets(judgement: Judgement) -> Iterator[Target]:
    """The stretches that each target holds for; one that begins after the last period is not drawn."""
    steps = sorted(judgement.targets, key=lambda target: target.starts)
    begins = [*(bisect_left(judgement.periods, step.starts) for step in steps), len(judgement.periods)]
    for step, (begin, end) in zip(steps, pairwise(begins), strict=True):
        if begin < end:
            yield Target(begin, end - 1, step.value)


def _events(
    judgement: Judgement, breaks: Mapping[date, str], rebases: Mapping[date, str]
) -> tuple[Event, ...]:
    """Every re-base that begins a group and every break that lies inside the series, in order."""
    begins = [
        place
        for place, group in enumerate(judgement.groups)
        if place and group != judgement.groups[place - 1]
    ]
    found = [Event(place, rebases.get(judgement.periods[place], ""), rebase=True) for place in begins]
    for day, words in breaks.items():
        place = bisect_left(judgement.periods, day)
        if 0 < place < len(judgement.periods):
            found.append(Event(place, words))
    return tuple(sorted(found, key=lambda event: (event.index, not event.rebase, event.words)))
