"""Limits, rules and verdicts for many series at once: a matrix with one row a series, one column a month.

The definitions are those of `goldthread.core.spc`, which judges one series at a time; this is the same
arithmetic over blocks of rows, and is tested equal to it. NaN in the matrix is a month nobody told us.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goldthread.core.spc.guidance import FEWEST_EVENTS
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, SCREEN_FACTOR, RuleSet, Screen
from goldthread.core.spc.values import LARGEST, Assurance, Better, Side, Special, Variation
from goldthread.warehouse.averages import average, count_of, whole
from goldthread.warehouse.patterns import Codes, Floats, Lines, Truth, find

BLOCK = 512
VARIATIONS = tuple(Variation)
ASSURANCES = tuple(Assurance)
LIMITS = np.dtype(
    [
        *((name, np.int32) for name in ("start", "n", "n_told", "n_limits", "mr_dropped")),
        *((name, np.float64) for name in ("mr_mean_raw", "mr_screen_limit", "mr_mean", "mean")),
        *((name, np.float64) for name in ("lpl", "upl", "nlpl", "nupl")),
        ("meaningful", np.bool_),
    ]
)
"""One group of a series, as `goldthread.core.spc.xmr.Limits`; NaN stands for None."""
_HIGH_LOW = {
    Better.UP: (Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
    Better.DOWN: (Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
    Better.NEITHER: (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
}
_ABOVE_BELOW = {
    Better.UP: (Assurance.FAIL, Assurance.PASS),
    Better.DOWN: (Assurance.PASS, Assurance.FAIL),
    Better.NEITHER: (Assurance.NONE, Assurance.NONE),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in every row of a matrix.

    `limits` is rows x groups of LIMITS; a row with fewer groups has start -1 in the rest. `specials` is rows
    x months of codes (see `special_of`). `variations` and `assurances` index VARIATIONS and ASSURANCES.
    `refused` is true for counts of too few events to judge: there are then no limits, signs or verdicts.
    """

    rules: RuleSet
    limits: NDArray[np.void]
    specials: Codes
    variations: NDArray[np.uint8]
    assurances: NDArray[np.uint8]
    refused: Truth

    def variation(self, row: int) -> Variation:
        """What the last month says about one series."""
        return VARIATIONS[int(self.variations[row])]

    def assurance(self, row: int) -> Assurance:
        """What the last limits of one series say about its target."""
        return ASSURANCES[int(self.assurances[row])]

    def specials_of(self, row: int) -> tuple[Special | None, ...]:
        """What was found at every month of one series."""
        return tuple(special_of(int(code), self.rules) for code in self.specials[row])


def special_of(code: int, rules: RuleSet) -> Special | None:
    """What a code means under the rule set it was found with."""
    if code == 0:
        return None
    return Special(rules.order[-(code >> 1)], Side.LOW if code & 1 else Side.HIGH)


def judge_rows(
    values: Floats,
    *,
    better: Better,
    target: float | Floats | None = None,
    rules: RuleSet = PLOT_THE_DOTS,
    rebases: Collection[int] | Truth = (),
    fix_after: int | None = None,
    exclude: Collection[int] = (),
    counted: bool | None = None,
    threads: int | None = None,
) -> Judged:
    """Judge every row of a matrix of series x months.

    `target` is one number, or one a row with NaN for none. `rebases` are the columns where a new group
    starts, for all rows, or a matrix like `values` that is true where a row's group starts. `fix_after` and
    `exclude` are as for `xmr` and hold for all rows. `counted` says whether the figures count events, None
    to tell by their being whole; then a row with fewer than five a month on average is refused, as `judge`
    refuses it. Rows are worked through in blocks, so that besides the matrix and the result only a few
    megabytes are held. Raises ValueError where `xmr` does, and for rules about runs, which judge one series
    at a time.
    """
    _check(values, rules, rebases, fix_after, exclude)
    targets = np.broadcast_to(np.asarray(np.nan if target is None else target, np.float64), values.shape[:1])
    patterns = list(_patterns(values, rebases))
    rows, months = values.shape
    judged = Judged(
        rules,
        np.zeros((rows, max((len(starts) for starts, _ in patterns), default=0)), LIMITS),
        np.zeros((rows, months), np.uint8),
        np.full(rows, VARIATIONS.index(Variation.NONE), np.uint8),
        np.full(rows, ASSURANCES.index(Assurance.NONE), np.uint8),
        np.zeros(rows, np.bool_),
    )
    judged.limits["start"] = -1
    work = _Work(values, targets, better, rules, fix_after, frozenset(exclude), counted, judged)
    jobs = [(starts, some) for starts, which in patterns for some in _blocks(which, rows)]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for done in [pool.submit(work.judge, starts, some) for starts, some in jobs]:
            done.result()
    return judged


def _check(
    values: Floats,
    rules: RuleSet,
    rebases: Collection[int] | Truth,
    fix_after: int | None,
    exclude: Collection[int],
) -> None:
    if values.ndim != 2:
        raise ValueError("the kernel judges a matrix of series by months")
    if rules.runs:
        raise ValueError(f"the rules {rules.name} look for runs; judge such series one at a time")
    if fix_after is not None and fix_after < 2:
        raise ValueError("limits need at least two points to be fixed on")
    if isinstance(rebases, np.ndarray) and rebases.shape != values.shape:
        raise ValueError("the matrix of re-bases has another shape than the series")
    places = [*exclude, *([] if isinstance(rebases, np.ndarray) else rebases)]
    if any(not 0 <= place < values.shape[1] for place in places):
        raise ValueError("a re-base or an exclusion lies outside the series")


Rows = slice | NDArray[np.intp]


def _patterns(values: Floats, rebases: Collection[int] | Truth) -> Iterator[tuple[tuple[int, ...], Rows]]:
    """Each way in which rows fall into groups: the groups' first columns, and the rows."""
    if not values.size:
        return
    if not isinstance(rebases, np.ndarray):
        yield tuple(sorted({0, *rebases})), slice(0, values.shape[0])
        return
    found, which = np.unique(rebases.astype(np.bool_), axis=0, return_inverse=True)
    for number, pattern in enumerate(found):
        starts = tuple(sorted({0, *map(int, np.flatnonzero(pattern))}))
        yield starts, np.flatnonzero(which.reshape(-1) == number)


def _blocks(which: Rows, rows: int) -> Iterator[Rows]:
    count = rows if isinstance(which, slice) else len(which)
    for first in range(0, count, BLOCK):
        last = min(first + BLOCK, count)
        yield slice(first, last) if isinstance(which, slice) else which[first:last]


@dataclass(frozen=True, slots=True)
class _Work:
    """What is judged and how, and where the results go: each block writes its own rows."""

    values: Floats
    targets: Floats
    better: Better
    rules: RuleSet
    fix_after: int | None
    exclude: frozenset[int]
    counted: bool | None
    judged: Judged

    def judge(self, starts: Sequence[int], rows: Rows) -> None:
        """Judge one block of rows whose groups start at the same columns."""
        block = np.ascontiguousarray(self.values[rows].T)
        if bool((np.abs(block) > LARGEST).any()):
            raise ValueError("a value is not a number that can be judged")
        exact = whole(block)
        codes = np.empty(block.shape, np.uint8)
        limits = np.zeros((block.shape[1], len(starts)), LIMITS)
        for group, (start, end) in enumerate(pairwise([*starts, len(block)])):
            part = block[start:end]
            limits[:, group] = self._limits(part, start, exact=exact)
            codes[start:end] = find(part, _lines(limits[:, group]), self.rules)
        refused = _too_few(block, self.counted, exact=exact)
        if refused.any():
            codes[:, refused] = 0
            limits[refused] = _no_limits(limits[refused])
        self.judged.specials[rows] = codes.T
        self.judged.limits[rows, : len(starts)] = limits
        self.judged.refused[rows] = refused
        told = ~np.isnan(block[-1])
        variations, assurances = _verdicts(
            limits[:, -1], codes[-1], told, self.targets[rows], self.better, self.rules
        )
        variations[refused] = VARIATIONS.index(Variation.NONE)
        self.judged.variations[rows], self.judged.assurances[rows] = variations, assurances

    def _limits(self, part: Floats, start: int, *, exact: bool) -> NDArray[np.void]:
        """The limits of one group: one of LIMITS for each series."""
        months, series = part.shape
        end = months if self.fix_after is None else min(self.fix_after, months)
        kept = [place for place in range(end) if place + start not in self.exclude]
        base = part[kept[0] : kept[-1] + 1] if kept and len(kept) == kept[-1] - kept[0] + 1 else part[kept]
        limits = np.zeros(series, LIMITS)
        limits["start"], limits["n"] = start, months
        limits["n_told"] = count_of(~np.isnan(part))
        told = ~np.isnan(base)
        limits["n_limits"] = count_of(told)
        limits["mean"] = average(np.where(told, base, 0.0), limits["n_limits"], exact=exact)
        _set_width(limits, base, self.rules, exact=exact)
        for name, multiple in (("pl", self.rules.width), ("near", self.rules.near_width)):
            low, high = ("lpl", "upl") if name == "pl" else ("nlpl", "nupl")
            limits[low] = limits["mean"] + -multiple * limits["mr_mean"]
            limits[high] = limits["mean"] + multiple * limits["mr_mean"]
        return limits


def _set_width(limits: NDArray[np.void], base: Floats, rules: RuleSet, *, exact: bool) -> None:
    """Write the moving ranges' part of the limits, screened as the rules say."""
    ranges = np.abs(base[1:] - base[:-1])
    kept = ~np.isnan(ranges)
    count = count_of(kept)
    np.nan_to_num(ranges, copy=False)
    raw = average(ranges, count, exact=exact)
    width, left = raw, count
    screening = rules.screen is not Screen.NEVER
    while screening and ranges.size:
        narrow = kept & (ranges < SCREEN_FACTOR * width)
        fewer = count_of(narrow)
        screening = rules.screen is Screen.UNTIL_STABLE and bool((fewer < left).any())
        kept, left = narrow, fewer
        width = average(np.where(kept, ranges, 0.0), left, exact=exact)
    usable = width > 0
    limits["mr_mean_raw"], limits["mr_screen_limit"] = raw, SCREEN_FACTOR * raw
    limits["mr_mean"] = np.where(usable, width, raw)
    limits["mr_dropped"] = np.where(usable, count - left, 0)
    limits["meaningful"] = usable


def _too_few(block: Floats, counted: bool | None, *, exact: bool) -> Truth:
    """Which series count too few events to be judged."""
    if counted is False:
        return np.zeros(block.shape[1], np.bool_)
    missing = np.isnan(block)
    told = count_of(~missing)
    filled = np.where(missing, 0.0, block)
    few = (told > 0) & (average(filled, told, exact=exact) < FEWEST_EVENTS)
    if counted is None:
        few &= (filled >= 0).all(axis=0) & (exact or (np.rint(filled) == filled).all(axis=0))
    return few


def _no_limits(limits: NDArray[np.void]) -> NDArray[np.void]:
    """The same groups without limits."""
    bare = limits.copy()
    for name in LIMITS.names or ():
        if LIMITS[name] == np.float64:
            bare[name] = np.nan
    bare["meaningful"] = False
    return bare


def _lines(limits: NDArray[np.void]) -> Lines:
    names = ("mean", "lpl", "upl", "nlpl", "nupl")
    return Lines(*(np.ascontiguousarray(limits[name]) for name in names))


def _verdicts(
    limits: NDArray[np.void],
    codes: Codes,
    told: Truth,
    targets: Floats,
    better: Better,
    rules: RuleSet,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """What the last month and the last limits say: places in VARIATIONS and ASSURANCES."""
    few = limits["n_told"] < rules.minimum_points
    silent = ~limits["meaningful"] | np.isnan(limits["lpl"])
    high, low = (VARIATIONS.index(verdict) for verdict in _HIGH_LOW[better])
    variations = np.select(
        [few, silent | ~told, codes == 0, codes & 1 == 0],
        [
            VARIATIONS.index(Variation.TOO_FEW),
            VARIATIONS.index(Variation.NONE),
            VARIATIONS.index(Variation.COMMON),
            high,
        ],
        low,
    )
    above, below = (ASSURANCES.index(verdict) for verdict in _ABOVE_BELOW[better])
    between = Assurance.NONE if better is Better.NEITHER else Assurance.HIT_OR_MISS
    assurances = np.select(
        [few | silent | np.isnan(targets), targets > limits["upl"], targets < limits["lpl"]],
        [ASSURANCES.index(Assurance.NONE), above, below],
        ASSURANCES.index(between),
    )
    return variations, assurances
