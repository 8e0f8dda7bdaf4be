"""Limits of an XmR chart from moving ranges, group by group, and the points they pick out.

Definitions: NHSRplotthedots 0.2.2 (`ptd_spc_standard`), with our own answer where the moving ranges leave
nothing to set limits from: see `Limits.meaningful`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldthread.core.spc.rules import Flags, Lines, find
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, SCREEN_FACTOR, RuleSet, Screen
from goldthread.core.spc.values import Rule, Side, Special, average_of_told, checked


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one group of points, and how they came about.

    `mean` is the centre line, whatever the chart takes for it. Where limits follow the size of a denominator,
    those of the last point are given, and what concerns moving ranges is None.

    `start` is the place of the group's first point, `n` its points, `n_told` those with a value, `n_limits`
    the values the limits were taken from. A figure that cannot be worked out is None. `meaningful` is False
    where there are no limits, or where screening left no moving range above zero: the limits then come from
    all moving ranges, and a chart says that they mean little.
    """

    start: int
    n: int
    n_told: int
    n_limits: int
    mr_mean_raw: float | None
    mr_screen_limit: float | None
    mr_dropped: int
    mr_mean: float | None
    mean: float | None
    lpl: float | None
    upl: float | None
    nlpl: float | None
    nupl: float | None
    meaningful: bool

    @property
    def lines(self) -> Lines:
        """The group's lines, the same behind every point of it."""
        return Lines(self.mean, self.lpl, self.upl, self.nlpl, self.nupl)


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its value, its group, whether the limits were taken from it, and what was found there."""

    value: float | None
    group: int
    counted: bool
    special: Special | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A series with its limits: groups in order, a point and its lines for each value, every rule's flags."""

    groups: tuple[Limits, ...]
    points: tuple[Point, ...]
    lines: tuple[Lines, ...]
    flags: tuple[tuple[Rule, Flags], ...]


def xmr(
    values: Sequence[float | None],
    *,
    rules: RuleSet = PLOT_THE_DOTS,
    rebases: Collection[int] = (),
    fix_after: int | None = None,
    exclude: Collection[int] = (),
    fallback: bool = True,
) -> Chart:
    """The limits and signals of values in date order.

    `rebases` are the places (from 0) where a new group starts. `fix_after` takes each group's limits from
    that many first points, missing ones included. An excluded point is left out before moving ranges are
    taken, so that its neighbours become adjacent; it is still tested. With `fallback` False the limits are
    exactly the published ones, None where those are not numbers. Raises ValueError for a value that is not
    a number, a place outside the series, or a `fix_after` under 2.
    """
    numbers = checked(values)
    if fix_after is not None and fix_after < 2:
        raise ValueError("limits need at least two points to be fixed on")
    if any(not 0 <= place < len(numbers) for place in (*rebases, *exclude)):
        raise ValueError("a re-base or an exclusion lies outside the series")
    starts = sorted({0, *rebases}) if numbers else []
    parts: list[Part] = []
    for start, end in pairwise([*starts, len(numbers)]):
        part = numbers[start:end]
        kept = kept_places(part, fix_after, {place - start for place in exclude})
        limits = _limits(part, [part[place] for place in kept], start, rules, fallback=fallback)
        parts.append(Part(part, frozenset(kept), limits, (limits.lines,) * len(part)))
    return chart_of_parts(parts, rules)


@dataclass(frozen=True, slots=True)
class Part:
    """One group before the rules have looked at it: values, the places that set its limits, and its lines."""

    values: tuple[float | None, ...]
    kept: frozenset[int]
    limits: Limits
    lines: tuple[Lines, ...]


def chart_of_parts(parts: Sequence[Part], rules: RuleSet) -> Chart:
    """The chart of groups one after another, each judged by the rules on its own."""
    points: list[Point] = []
    flags: dict[Rule, list[Side | None]] = {rule: [] for rule in rules.order}
    for group, part in enumerate(parts):
        found = find(part.values, part.lines, rules)
        points += [
            Point(value, group, place in part.kept and value is not None, found.specials[place])
            for place, value in enumerate(part.values)
        ]
        for rule, sides in found.flags:
            flags[rule] += sides
    return Chart(
        tuple(part.limits for part in parts),
        tuple(points),
        tuple(line for part in parts for line in part.lines),
        tuple((rule, tuple(sides)) for rule, sides in flags.items()),
    )


def moving_ranges(values: Sequence[float | None]) -> tuple[float, ...]:
    """The distances between neighbours; a missing value takes both of its own away."""
    return tuple(
        abs(after - before) for before, after in pairwise(values) if before is not None and after is not None
    )


def screened(ranges: Sequence[float], screen: Screen) -> tuple[float, ...]:
    """The moving ranges under 3.267 times their mean: once, or again and again until none is dropped."""
    kept = tuple(ranges)
    while kept and screen is not Screen.NEVER:
        mean = average_of_told(kept)
        narrower = tuple(wide for wide in kept if mean is not None and wide < SCREEN_FACTOR * mean)
        if screen is Screen.ONCE or len(narrower) == len(kept):
            return narrower
        kept = narrower
    return kept


def kept_places(part: Sequence[float | None], fix_after: int | None, exclude: Collection[int]) -> list[int]:
    """The places of a group that its limits are taken from, missing values included."""
    end = len(part) if fix_after is None else min(fix_after, len(part))
    return [place for place in range(end) if place not in exclude]


def _limits(
    part: Sequence[float | None],
    kept: Sequence[float | None],
    start: int,
    rules: RuleSet,
    *,
    fallback: bool,
) -> Limits:
    ranges = moving_ranges(kept)
    narrow = screened(ranges, rules.screen)
    raw, width = average_of_told(ranges), average_of_told(narrow)
    usable = bool(width)
    dropped = len(ranges) - len(narrow)
    if not usable and fallback:
        width, dropped = raw, 0
    mean = average_of_told(kept)

    def at(multiple: float) -> float | None:
        return None if mean is None or width is None else mean + multiple * width

    return Limits(
        start=start,
        n=len(part),
        n_told=sum(value is not None for value in part),
        n_limits=sum(value is not None for value in kept),
        mr_mean_raw=raw,
        mr_screen_limit=None if raw is None else SCREEN_FACTOR * raw,
        mr_dropped=dropped,
        mr_mean=width,
        mean=mean,
        lpl=at(-rules.width),
        upl=at(rules.width),
        nlpl=at(-rules.near_width),
        nupl=at(rules.near_width),
        meaningful=usable,
    )
