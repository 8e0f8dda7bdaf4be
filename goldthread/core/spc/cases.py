"""What NHSRplotthedots 0.2.2 prints for a series, value for value, so that our charts can be held against it.

Where the published package differs from our own judgement, this says what the package says: limits that are
not numbers are null, and a last point without a value is common cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from math import isnan

from goldthread.core.spc.baselines import places_of
from goldthread.core.spc.judgement import assurance_of, in_date_order
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, PLOT_THE_DOTS_UNSCREENED, RuleSet
from goldthread.core.spc.values import Assurance, Better, Rule, Side, Special
from goldthread.core.spc.xmr import Chart, Limits, xmr

Json = object
DIRECTIONS = {"increase": Better.UP, "decrease": Better.DOWN, "neutral": Better.NEITHER}
ASSURANCES = {
    Assurance.PASS: ("pass", "consistent_pass"),
    Assurance.FAIL: ("fail", "consistent_fail"),
    Assurance.HIT_OR_MISS: ("inconsistent", "inconsistent"),
    Assurance.NONE: (None, None),
}
LABELS = {
    (Rule.OUTSIDE, Side.HIGH): "Above UCL",
    (Rule.OUTSIDE, Side.LOW): "Below LCL",
    (Rule.TREND, Side.HIGH): "{trend} Point Trend (Increasing)",
    (Rule.TREND, Side.LOW): "{trend} Point Trend (Decreasing)",
    (Rule.TWO_OF_THREE, Side.HIGH): "2 in 3 Above CL",
    (Rule.TWO_OF_THREE, Side.LOW): "2 in 3 Below CL",
    (Rule.SHIFT, Side.HIGH): "{shift} Points Above CL",
    (Rule.SHIFT, Side.LOW): "{shift} Points Below CL",
}
SHORT_GROUP = 13
FEWEST_FIXED = 12


def ptd_result(
    given: Mapping[str, object], *, rules: RuleSet | None = None, fallback: bool = False
) -> dict[str, Json]:
    """The published answer to a case with keys dates, values, improvement_direction, target, rebase_dates,
    fix_after_n_points and screen_outliers; all but the first two may be left out.

    With other `rules` the shape is the same and the labels say their lengths; `fallback` gives limits where
    the package has none. A single point may be given without a list, and then its answers are not lists
    either. Raises ValueError in words for a case the package refuses or that cannot be read.
    """
    days, values, _ = in_date_order(_dates(given.get("dates"), "dates"), _numbers(given.get("values")))
    direction = str(given.get("improvement_direction") or "increase")
    if direction not in DIRECTIONS:
        raise ValueError(f"improvement_direction is {direction!r}; it can be {', '.join(DIRECTIONS)}")
    screened = given.get("screen_outliers", True) is not False
    rules = rules or (PLOT_THE_DOTS if screened else PLOT_THE_DOTS_UNSCREENED)
    rebases = places_of(days, _dates(given.get("rebase_dates"), "rebase_dates"))
    chart = xmr(values, rules=rules, rebases=rebases, fix_after=_fix_after(given), fallback=fallback)
    return _printed(values, chart, DIRECTIONS[direction], _target(given), rules, first=0 in rebases)


def _printed(
    values: Sequence[float | None],
    chart: Chart,
    better: Better,
    target: float | None,
    rules: RuleSet,
    *,
    first: bool,
) -> dict[str, Json]:
    specials = _specials(values, chart)
    types = [_point_type(special, better) for special in specials]
    icon, kind = ASSURANCES[_assurance(chart.groups[-1], target, better) if chart.groups else Assurance.NONE]
    number = 1 if first else 0
    labels = [_label(special, rules) for special in specials]
    return {
        "groups": [_group(limits, place + number) for place, limits in enumerate(chart.groups)],
        "points": _points(values, chart, labels, types, number),
        "variation_icon": _icon(specials[-1], types[-1], better) if types else None,
        "assurance_icon": icon,
        "assurance_type": kind,
        "n_warnings": int(any(limits.n < SHORT_GROUP for limits in chart.groups)),
    }


def _group(limits: Limits, number: int) -> dict[str, Json]:
    return {
        "rebase_group": number,
        "n": limits.n,
        "n_limits": limits.n_limits,
        "mr_mean_raw": limits.mr_mean_raw,
        "mr_screen_limit": limits.mr_screen_limit,
        "mr_dropped": limits.mr_dropped,
        "mr_mean": limits.mr_mean,
        "mean": limits.mean,
        "lpl": limits.lpl,
        "upl": limits.upl,
        "nlpl": limits.nlpl,
        "nupl": limits.nupl,
    }


def _points(
    values: Sequence[float | None],
    chart: Chart,
    labels: Sequence[str],
    types: Sequence[str],
    number: int,
) -> dict[str, Json]:
    groups = [chart.groups[point.group] for point in chart.points]
    columns: dict[str, list[Json]] = {
        "rebase_group": [point.group + number for point in chart.points],
        "mean": [limits.mean for limits in groups],
        "lpl": [limits.lpl for limits in groups],
        "upl": [limits.upl for limits in groups],
        "outside_limits": [_outside(*pair) for pair in zip(values, groups, strict=True)],
        "relative_to_mean": [_relative(*pair) for pair in zip(values, groups, strict=True)],
        "close_to_limits": [_close(*pair) for pair in zip(values, groups, strict=True)],
        "special_cause_type": list(labels),
        "point_type": list(types),
        "short_group_warning": [limits.n < SHORT_GROUP for limits in groups],
    }
    alone = len(values) == 1
    return {name: column[0] if alone else column for name, column in columns.items()}


def _label(special: Special | None, rules: RuleSet) -> str:
    if special is None:
        return "Common Cause"
    return LABELS[special.rule, special.side].format(trend=rules.trend, shift=rules.shift)


def _specials(values: Sequence[float | None], chart: Chart) -> list[Special | None]:
    """Our specials, but for one oddity: where two trends follow each other without a shared point, the last
    point of the first is printed by the step between them, whichever way the trends run."""
    specials = [point.special for point in chart.points]
    runs = next((flags for rule, flags in chart.flags if rule is Rule.TREND), ())
    for place, (side, after) in enumerate(pairwise(runs)):
        special, this, following = specials[place], values[place], values[place + 1]
        together = chart.points[place].group == chart.points[place + 1].group
        if not (together and side and after and special and special.rule is Rule.TREND):
            continue
        rises = this is not None and following is not None and following > this
        specials[place] = Special(Rule.TREND, Side.HIGH if rises else Side.LOW)
    return specials


def _outside(value: float | None, limits: Limits) -> bool | None:
    if value is None or limits.lpl is None or limits.upl is None:
        return None
    return value > limits.upl or value < limits.lpl


def _relative(value: float | None, limits: Limits) -> int | None:
    if value is None or limits.mean is None:
        return None
    return (value > limits.mean) - (value < limits.mean)


def _close(value: float | None, limits: Limits) -> bool | None:
    outside = _outside(value, limits)
    if outside is None or value is None or limits.nlpl is None or limits.nupl is None:
        return None
    return not outside and (value < limits.nlpl or value > limits.nupl)


def _point_type(special: Special | None, better: Better) -> str:
    if special is None:
        return "common_cause"
    if better is Better.NEITHER:
        return f"special_cause_neutral_{special.side}"
    good = (special.side is Side.HIGH) == (better is Better.UP)
    return "special_cause_improvement" if good else "special_cause_concern"


def _icon(special: Special | None, point_type: str, better: Better) -> str:
    if special is None or better is Better.NEITHER:
        return point_type.removeprefix("special_cause_")
    return f"{point_type.removeprefix('special_cause_')}_{special.side}"


def _assurance(limits: Limits, target: float | None, better: Better) -> Assurance:
    if target is None or better is Better.NEITHER:
        return Assurance.NONE
    if limits.lpl is None or limits.upl is None:
        return Assurance.HIT_OR_MISS
    return assurance_of(limits.lpl, limits.upl, target, better)


def _listed(given: object) -> list[object]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


def _dates(given: object, name: str) -> list[date]:
    try:
        return [datetime.fromisoformat(str(one)).date() for one in _listed(given)]
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _number(given: object, name: str) -> float | None:
    if given is None or given in ("", "NA", "NaN"):
        return None
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError(f"{name}: {given!r} is not a number")
    try:
        number = float(given)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name}: {given!r} is not a number") from error
    return None if isnan(number) else number


def _numbers(given: object) -> list[float | None]:
    return [_number(one, "values") for one in (given if isinstance(given, list | tuple) else [given])]


def _target(given: Mapping[str, object]) -> float | None:
    listed = _listed(given.get("target"))
    if len(listed) > 1:
        raise ValueError("target: one number holds for the whole series")
    return _number(listed[0], "target") if listed else None


def _fix_after(given: Mapping[str, object]) -> int | None:
    number = _number(given.get("fix_after_n_points"), "fix_after_n_points")
    if number is None:
        return None
    if number != int(number) or number < FEWEST_FIXED:
        raise ValueError(
            f"fix_after_n_points is {number:g}; it must be a whole number, {FEWEST_FIXED} or more"
        )
    return int(number)
