"""Means over a block of series, rounded as `goldthread.core.spc.values.average` rounds them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
EXACT = 2.0**52


def count_of(truth: Truth) -> NDArray[np.int64]:
    """How many are true in each column."""
    narrow = np.uint8 if truth.shape[0] < 256 else np.uint32
    counted: NDArray[np.int64] = np.add.reduce(truth.view(np.uint8), axis=0, dtype=narrow).astype(np.int64)
    return counted


def whole(block: Floats) -> bool:
    """Whether all are whole numbers whose sums are exact, NaN aside."""
    if not block.size:
        return True
    rounded = np.rint(block)
    return (
        bool(((rounded == block) | np.isnan(block)).all())
        and np.nanmax(np.abs(block), initial=0.0) * block.shape[0] < EXACT
    )


def average(numbers: Floats, count: NDArray[np.int64], *, exact: bool) -> Floats:
    """The mean of each column, NaN of none; what does not count must be 0 in `numbers`.

    `exact` promises that plain sums are exact. Otherwise the sum is taken in twice the precision, so that a
    constant series has exactly itself as its mean.
    """
    if exact:
        high: Floats = np.add.reduce(numbers, axis=0)
        low = np.zeros_like(high)
    else:
        high, low = _sum(numbers)
    with np.errstate(invalid="ignore", divide="ignore"):
        rough = high / count
        if exact:
            return rough
        product, error = _product(rough, count.astype(np.float64))
        mean: Floats = rough + ((high - product) + (low - error)) / count
    return mean


def _sum(numbers: Floats) -> tuple[Floats, Floats]:
    """The sum of each column as a number and what rounding left of it."""
    high = np.zeros(numbers.shape[1])
    low = np.zeros(numbers.shape[1])
    for row in numbers:
        total = high + row
        part = total - high
        low += (high - (total - part)) + (row - part)
        high = total
    total = high + low
    return total, low - (total - high)


def _product(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """A product and what rounding left of it (Dekker 1971)."""
    product = one * other
    one_high, one_low = _split(one)
    other_high, other_low = _split(other)
    error = one_low * other_low - (
        ((product - one_high * other_high) - one_low * other_high) - one_high * other_low
    )
    return product, error


def _split(number: Floats) -> tuple[Floats, Floats]:
    wide = 134217729.0 * number
    high = wide - (wide - number)
    return high, number - high
