"""What to tell the reader of a chart that was asked for, whether or not a page would show it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from goldthread.core.spc.funnel import Funnel, Method, Of
from goldthread.core.spc.guidance import (
    FEW_EVENTS,
    FEW_NUMERATORS,
    FEWEST_EVENTS,
    LOOKS_ROLLING,
    MANY_TIES,
    MORE_THAN_ALL,
    OVERDISPERSED,
    PLAIN_LIMITS,
    TIES,
    WIDER,
    wider_than_explained,
)
from goldthread.core.spc.inputs import Given, days, flag, listed, numbers, one_whole, wholes, word
from goldthread.core.spc.judgement import judge
from goldthread.core.spc.numbers import known, mean, outward
from goldthread.core.spc.phases import NEED_DENOMINATORS, PhasedChart
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, PLOT_THE_DOTS_UNSCREENED, RuleSet
from goldthread.core.spc.shape import looks_rolling, tied_share, whole_counts
from goldthread.core.spc.values import Advice, Better

FEWEST = PLOT_THE_DOTS.minimum_points
COUNTED = ("c", "u", "up", "p", "pp")
FEW_AREAS = 10
DIRECTIONS = {"increase": Better.UP, "decrease": Better.DOWN, "neutral": Better.NEITHER}


def series_cautions(given: Given, rules: RuleSet | None = None) -> tuple[Advice, ...]:
    """What a page would say of an XmR chart: why it would refuse it, if it would, then every advice."""
    screened = flag(given, "screen_outliers", default=True)
    target = numbers(given.get("target"), "target")
    try:
        judgement = judge(
            days(given.get("dates"), "dates"),
            numbers(given.get("values"), "values"),
            better=DIRECTIONS[word(given, "improvement_direction", "increase")],
            target=target[0] if target else None,
            rules=rules or (PLOT_THE_DOTS if screened else PLOT_THE_DOTS_UNSCREENED),
            rebases=days(given.get("rebase_dates"), "rebase_dates"),
            fix_after=one_whole(given, "fix_after_n_points"),
        )
    except ValueError as error:
        return (Advice("not-judged", f"No page would show this: {error}."),)
    refusal = (judgement.refusal,) if judgement.refusal else ()
    return (*refusal, *judgement.advice)


def phased_cautions(
    kind: str,
    values: Sequence[float | None],
    denominators: Sequence[float | None],
    chart: PhasedChart,
    given: Given,
) -> tuple[Advice, ...]:
    """What to tell of a chart of qicharts2's kinds: rolling totals, too short, nothing to divide by…"""
    plotted = outward(chart.lines.plotted)
    own_history = kind not in ("g", "t", "mr")
    found = [
        LOOKS_ROLLING if own_history and looks_rolling(plotted) else None,
        _short(kind, chart, given),
        _limitless(kind, chart),
        _same_day(kind, values),
        _few_events(kind, values),
        _below_zero(kind, values),
        _out_of_reach(len(values), given),
        TIES if own_history and tied_share(plotted) >= MANY_TIES else None,
        *_on_denominators(kind, values, denominators),
    ]
    return tuple(one for one in found if one is not None)


def _short(kind: str, chart: PhasedChart, given: Given) -> Advice | None:
    """Each part is held to the points that set its limits."""
    left_out = set(wholes(given.get("exclude"), "exclude"))
    freeze = None if listed(given.get("part"), "part") else one_whole(given, "freeze")
    told: dict[int, int] = dict.fromkeys(chart.part, 0)
    for at, (part, value) in enumerate(zip(chart.part, chart.lines.plotted, strict=True), 1):
        if not math.isnan(value) and at not in left_out and (freeze is None or at <= freeze):
            told[part] += 1
    fewest = min(told.values(), default=0)
    if fewest >= FEWEST:
        return None
    points = "one point" if fewest == 1 else f"{fewest} points"
    words = f"Limits rest on {points}; under {FEWEST} they move too much to judge by"
    return Advice("too-few-points", f"{words}: show a run chart or wait for more.")


def _limitless(kind: str, chart: PhasedChart) -> Advice | None:
    upper = chart.lines.upper
    if kind == "run" or not upper or any(math.isfinite(limit) for limit in upper):
        return None
    words = "There is nothing to take limits from: every point is the same, missing, or out of range"
    return Advice("no-limits", f"{words}.")


def _same_day(kind: str, values: Sequence[float | None]) -> Advice | None:
    count = sum(value == 0 for value in values) if kind == "t" else 0
    if not count:
        return None
    events = "one event" if count == 1 else f"{count} events"
    return Advice(
        "same-day", f"{events.capitalize()} fell on the day of the one before: half a day is counted."
    )


def _few_events(kind: str, values: Sequence[float | None]) -> Advice | None:
    told = [value for value in values if value is not None]
    counted = kind == "c" or (kind == "i" and whole_counts(values))
    if not told or mean(told) >= FEWEST_EVENTS:
        return None
    if counted:
        return FEW_EVENTS
    return FEW_NUMERATORS if kind in NEED_DENOMINATORS else None


def _below_zero(kind: str, values: Sequence[float | None]) -> Advice | None:
    if kind not in (*COUNTED, "g") or all(value is None or value >= 0 for value in values):
        return None
    return Advice("below-zero", "A count is below zero, which a count cannot be: look at the source.")


def _out_of_reach(count: int, given: Given) -> Advice | None:
    named = [at for name in ("exclude", "part") for at in wholes(given.get(name), name)]
    if all(1 <= at <= count for at in named) and not (
        given.get("freeze") and listed(given.get("part"), "part")
    ):
        return None
    return Advice("passed-over", "A freeze beside parts, or a point outside the series, was passed over.")


def _on_denominators(
    kind: str, values: Sequence[float | None], denominators: Sequence[float | None]
) -> list[Advice]:
    if not denominators:
        return []
    pairs = list(zip(values, denominators, strict=True))
    told = []
    nothing = [str(at) for at, (_, size) in enumerate(pairs, 1) if size == 0]
    if nothing:
        places = ", ".join(nothing[:10]) + ("…" if len(nothing) > 10 else "")
        told.append(
            Advice("zero-denominator", f"Nothing to divide by at point {places}: no figure, no limits.")
        )
    if kind in ("p", "pp") and any(a is not None and b is not None and a > b > 0 for a, b in pairs):
        told.append(MORE_THAN_ALL)
    if kind in PLAIN_LIMITS and wider_than_explained(kind, values, denominators) > WIDER:
        told.append(OVERDISPERSED)
    return told


def funnel_cautions(found: Funnel, of: Of, method: Method) -> tuple[Advice, ...]:
    """What to tell of a funnel: limits known to be wrong, spread beyond chance, too few areas."""
    told = []
    if of is Of.COUNTS:
        words = "Limits for a ratio of two counts (RC) hold far fewer areas than they promise where one count"
        told.append(
            Advice("ratio-of-counts", f"{words} is small beside the other: use observed over expected.")
        )
    if of is Of.RATIO and method is Method.CQC:
        away = ", ".join(name for name, out in zip(found.groups, found.outlier, strict=True) if out) or "none"
        words = (
            "od_ limits and outlier are as published, on the square-root scale; od_backtransformed is right"
        )
        told.append(Advice("square-roots", f"{words}. Beyond those: {away}."))
    if not found.overdispersed and found.phi > WIDER**2:
        words = f"Areas spread {math.sqrt(found.phi):.1f} times what chance explains"
        told.append(Advice("overdispersed", f"{words}: without an allowance for that most are flagged."))
    if found.overdispersed and found.trimmed != found.scores:
        words = "Spread was measured with its ends trimmed, as published; where areas differ smoothly"
        told.append(Advice("trimmed", f"{words} the 95 % limits then hold about 80 areas in 100."))
    if found.overdispersed and found.phi > FEW_AREAS:
        words = "The allowance for differences between areas is so wide that the funnel says little"
        told.append(Advice("says-little", f"{words}: prefer most similar areas, or each area's own history."))
    if len(known(found.ratio)) < FEW_AREAS:
        told.append(Advice("few-areas", f"There are {len(found.ratio)} areas; a funnel needs {FEW_AREAS}."))
    return tuple(told)
