"""A judged chart of any kind, the limits coming from moving ranges, proportions, rates, counts or gaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from goldthread.core.spc.numbers import known, median, outward
from goldthread.core.spc.phases import phased
from goldthread.core.spc.rules import Lines
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RUN_CHART, RuleSet, Screen
from goldthread.core.spc.values import checked
from goldthread.core.spc.xmr import Chart, Limits, Part, chart_of_parts, kept_places, xmr

KINDS = {
    "xmr": "single values",
    "run": "single values about their median",
    "p": "proportions",
    "p-prime": "proportions that vary more than their size explains",
    "u": "rates",
    "u-prime": "rates that vary more than their size explains",
    "c": "counts",
    "g": "chances between rare events",
    "t": "time between rare events",
}
"""The charts a series can be judged by, and what of."""
PUBLISHED = {"p": "p", "p-prime": "pp", "u": "u", "u-prime": "up", "c": "c", "g": "g", "t": "t"}
NEED_DENOMINATORS = frozenset({"p", "p-prime", "u", "u-prime"})
BETWEEN_EVENTS = frozenset({"g", "t"})


def chart_of(
    kind: str,
    values: Sequence[float | None],
    *,
    denominators: Sequence[float | None] | None = None,
    multiply: float = 1.0,
    rules: RuleSet = PLOT_THE_DOTS,
    rebases: Collection[int] = (),
    fix_after: int | None = None,
    exclude: Collection[int] = (),
) -> Chart:
    """The chart of values in order; of numerators where the kind has denominators, then times `multiply`.

    Places count from 0. A run chart is judged by Anhøj's rules whatever the rule set. Raises ValueError for
    an unknown kind, denominators missing or of another number, or a place outside the series.
    """
    _check(kind, values, denominators)
    if kind == "xmr":
        return xmr(values, rules=rules, rebases=rebases, fix_after=fix_after, exclude=exclude)
    if any(not 0 <= place < len(values) for place in (*rebases, *exclude)):
        raise ValueError("a re-base or an exclusion lies outside the series")
    told, sizes = _pairs(values, denominators)
    starts = sorted({0, *rebases}) if told else []
    parts = []
    for start, end in pairwise([*starts, len(told)]):
        inside = frozenset(place - start for place in exclude if start <= place < end)
        kept = kept_places(told[start:end], fix_after, inside)
        part = told[start:end], sizes[start:end] if sizes else ()
        if kind == "run":
            parts.append(_about_median(part[0], frozenset(kept), start))
        else:
            screened = rules.screen is not Screen.NEVER
            parts.append(_limited(kind, *part, frozenset(kept), start, multiply, screened=screened))
    return chart_of_parts(parts, RUN_CHART if kind == "run" else rules)


def _check(kind: str, values: Sequence[float | None], denominators: Sequence[float | None] | None) -> None:
    if kind not in KINDS:
        raise ValueError(f"there is no chart called {kind!r}; there are {', '.join(KINDS)}")
    if kind in NEED_DENOMINATORS and denominators is None:
        raise ValueError(f"a chart of {KINDS[kind]} needs a denominator for every value")
    if denominators is not None and len(denominators) != len(values):
        raise ValueError(f"there are {len(values)} values but {len(denominators)} denominators")


def _pairs(
    values: Sequence[float | None], denominators: Sequence[float | None] | None
) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Both, checked; where a denominator is missing or not above zero, both are missing."""
    told = checked(values)
    if denominators is None:
        return told, ()
    sizes = tuple(size if size is not None and size > 0 else None for size in checked(denominators))
    both = [
        (None, None) if value is None or size is None else (value, size)
        for value, size in zip(told, sizes, strict=True)
    ]
    return tuple(value for value, _ in both), tuple(size for _, size in both)


def _limited(
    kind: str,
    told: tuple[float | None, ...],
    sizes: tuple[float | None, ...],
    kept: frozenset[int],
    start: int,
    multiply: float,
    *,
    screened: bool,
) -> Part:
    left_out = [place + 1 for place in range(len(told)) if place not in kept]
    drawn = phased(PUBLISHED[kind], told, sizes, screened=screened, exclude=left_out, multiply=multiply).lines
    columns = (drawn.centre, drawn.lower, drawn.upper, drawn.lower_near, drawn.upper_near)
    lines = tuple(Lines(*row) for row in zip(*map(outward, columns), strict=True))
    values = outward(drawn.plotted)
    shown = [line for line, value in zip(lines, values, strict=True) if value is not None]
    last = shown[-1] if shown else Lines(None, None, None, None, None)
    return Part(values, kept, _limits(values, kept, start, last), lines)


def _about_median(told: tuple[float | None, ...], kept: frozenset[int], start: int) -> Part:
    centre = median(known(value for place in kept if (value := told[place]) is not None))
    line = Lines(outward([centre])[0], None, None, None, None)
    return Part(told, kept, _limits(told, kept, start, line), (line,) * len(told))


def _limits(values: Sequence[float | None], kept: frozenset[int], start: int, line: Lines) -> Limits:
    drawn = line.lower is not None and line.upper is not None
    apart = line.lower != line.upper if drawn else line.lower is line.upper
    return Limits(
        start=start,
        n=len(values),
        n_told=sum(value is not None for value in values),
        n_limits=sum(values[place] is not None for place in kept),
        mr_mean_raw=None,
        mr_screen_limit=None,
        mr_dropped=0,
        mr_mean=None,
        mean=line.centre,
        lpl=line.lower,
        upl=line.upper,
        nlpl=line.near_lower,
        nupl=line.near_upper,
        meaningful=line.centre is not None and apart,
    )
