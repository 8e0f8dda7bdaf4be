"""What a chart can bear: which to choose, when to refuse one, and what to warn a reader of.

The figures on false flags come from simulations of the default rules: 600 to 3,000 series each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from goldthread.core.spc.baselines import month
from goldthread.core.spc.kinds import BETWEEN_EVENTS
from goldthread.core.spc.numbers import RANGE_TO_SIGMA
from goldthread.core.spc.rulesets import RuleSet, Screen
from goldthread.core.spc.shape import (
    follows_year,
    lag_correlation,
    looks_rolling,
    tied_share,
    whole_counts,
)
from goldthread.core.spc.values import Advice, average_of_told
from goldthread.core.spc.xmr import Chart, moving_ranges, screened

FEWEST_EVENTS = 5
MANY_TIES = 1 / 3
FOLLOWING = 0.4
WIDER = 1.5
"""How many times wider than their sizes explain points may spread before a plain P or U
chart flags too many of them."""

PLAIN_LIMITS = frozenset({"p", "u"})

Numbers = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a series besides its figures, None where it is to be told from the figures.

    `covers_months` is how many months one figure covers; `counted` says whether figures count events.
    """

    covers_months: int | None = None
    counted: bool | None = None


UNKNOWN = Setting()

ROLLING = Advice(
    "rolling-total",
    "These figures are totals over a longer time than the step between them, so that each repeats most of "
    "the one before. Control limits on them flag 64 last points in 100 by chance alone. Use the figures of "
    "single months, or show the totals as a plain line without limits.",
)
LOOKS_ROLLING = Advice(
    "rolling-total",
    "These figures move as totals over the last twelve months do: each repeats most of the one before. "
    "Control limits on such totals flag 64 last points in 100 by chance alone. Use the figures of single "
    "months; if these are single months after all, use a run chart, which has no limits.",
)
FEW_EVENTS = Advice(
    "too-few-events",
    "There are fewer than five events in a usual period, too few for control limits on counts. Use a chart "
    "of the time between events (T) or of the chances between them (G), a longer period, or a larger area.",
)
MORE_THAN_ALL = Advice(
    "more-than-all",
    "Some figures count more cases than there were, so this is not a proportion. Use a chart of rates (U).",
)


FEW_NUMERATORS = Advice(
    "too-few-events",
    "There are fewer than five cases in a usual period, so the limits are rough and flag more points than "
    "they should. A longer period or a larger area would be surer.",
)
OVERDISPERSED = Advice(
    "overdispersed",
    "The figures vary more than the number of cases behind them explains, so these limits are too narrow and "
    "flag too many points. Use the primed chart (P′ or U′), which widens them by what is seen.",
)
SEASONAL = Advice(
    "seasonal",
    "These figures seem to go with the time of year, so that limits flag ordinary summers or winters: with a "
    "swing of a tenth, 9 last points in 100 by chance alone. Judge them adjusted for the time of year.",
)
AUTOCORRELATED = Advice(
    "autocorrelated",
    "Each figure stays close to the one before. Either the level has changed, and a re-base should be asked "
    "for, or figures carry over from month to month, and then limits flag 6 to 30 last points in 100.",
)
TIES = Advice(
    "many-ties",
    "Many figures are the same as the one before. Trends and shifts are then found less often, and limits "
    "rest on few real changes. Use figures with more decimals, or a longer period.",
)
NOT_MEANINGFUL = Advice(
    "limits-not-meaningful",
    "There is too little change in these figures to set limits from, so the lines mean little and there is "
    "no verdict. A table says as much.",
)


def refusal_of(
    kind: str,
    days: Sequence[date],
    figures: Numbers,
    told: Numbers,
    sizes: Numbers | None = None,
    setting: Setting = UNKNOWN,
) -> Advice | None:
    """Why a chart of that kind would mislead, and what to use instead; None when it would not.

    `figures` are what is plotted, in order of date; `told` what was told: numerators where there are `sizes`.
    """
    if kind not in BETWEEN_EVENTS:
        sought = setting.covers_months is None and kind != "run" and months_apart(days) == 1
        if sought and looks_rolling(figures):
            return LOOKS_ROLLING
        if setting.covers_months is not None and setting.covers_months > months_apart(days):
            return ROLLING
    if kind in ("p", "p-prime") and sizes is not None and _more_than_all(told, sizes):
        return MORE_THAN_ALL
    return FEW_EVENTS if kind in ("xmr", "c") and _few_events(told, setting) else None


def advice_on(
    kind: str,
    days: Sequence[date],
    chart: Chart,
    told: tuple[Numbers, Numbers | None],
    rules: RuleSet,
    *,
    adjusted: bool = False,
) -> tuple[Advice, ...]:
    """Everything about the figures and their limits that a reader must be told; `told` as for a refusal."""
    if not chart.points:
        return ()
    figures = [point.value for point in chart.points]
    advice = list(_on_last_group(days, chart, rules))
    values, sizes = told
    if sizes is not None and kind in PLAIN_LIMITS:
        mean = average_of_told(values)
        advice += [FEW_NUMERATORS] if mean is not None and mean < FEWEST_EVENTS else []
        advice += [OVERDISPERSED] if wider_than_explained(kind, values, sizes) > WIDER else []
    if kind in BETWEEN_EVENTS:
        return tuple(advice)
    seasonal = follows_year(days, figures)
    if seasonal and not adjusted:
        advice.append(SEASONAL)
    elif follows_itself(figures[chart.groups[-1].start :]):
        advice.append(AUTOCORRELATED)
    if tied_share(figures) >= MANY_TIES:
        advice.append(TIES)
    return tuple(advice)


def follows_itself(values: Numbers) -> bool:
    """Whether neighbours go together more than chance explains, over 13 points or more."""
    count = sum(value is not None for value in values)
    close = lag_correlation(values, 1)
    return count >= 13 and close is not None and close > max(FOLLOWING, 2 / sqrt(count))


def months_apart(days: Sequence[date]) -> int:
    """The usual number of months from one period to the next; 1 where there are fewer than two."""
    steps = sorted((b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(days))
    return max(1, steps[len(steps) // 2]) if steps else 1


def wider_than_explained(kind: str, values: Numbers, sizes: Numbers) -> float:
    """How many times wider proportions or rates spread than their sizes explain (sigma z); 1 if unknown."""
    pairs = [(v, n) for v, n in zip(values, sizes, strict=True) if v is not None and n is not None and n > 0]
    whole = sum(size for _, size in pairs)
    centre = sum(value for value, _ in pairs) / whole if whole else 0.0
    spread = centre * (1 - centre) if kind.startswith("p") else centre
    if spread <= 0:
        return 1.0
    scores = [(value / size - centre) / sqrt(spread / size) for value, size in pairs]
    width = average_of_told(screened(moving_ranges(scores), Screen.ONCE))
    return width / RANGE_TO_SIGMA if width is not None else 1.0


def _on_last_group(days: Sequence[date], chart: Chart, rules: RuleSet) -> list[Advice]:
    group = chart.groups[-1]
    advice = []
    if group.n_told < rules.minimum_points:
        advice.append(Advice("too-few-points", _too_few(group.n_told, days[group.start], rules)))
    elif not group.meaningful:
        advice.append(NOT_MEANINGFUL)
    if chart.points[-1].value is None:
        words = f"There is no figure for {month(days[-1])}, so there is no verdict on it."
        advice.append(Advice("latest-missing", words))
    return advice


def _too_few(told: int, start: date, rules: RuleSet) -> str:
    some = "is 1 figure" if told == 1 else f"are {told} figures"
    return (
        f"There {some} since {month(start)}, and a verdict needs {rules.minimum_points}. Until then the "
        "limits are on trial: read the figures in a table or on a run chart."
    )


def _more_than_all(values: Numbers, sizes: Numbers) -> bool:
    return any(
        value is not None and size is not None and value > size
        for value, size in zip(values, sizes, strict=True)
    )


def _few_events(values: Numbers, setting: Setting) -> bool:
    counted = whole_counts(values) if setting.counted is None else setting.counted
    mean = average_of_told(values)
    return counted and mean is not None and mean < FEWEST_EVENTS
