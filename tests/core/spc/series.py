"""Months and series to judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

WAVE = (12, 15, 11, 14, 10, 13, 16, 12, 14, 11, 15, 13)
"""A year of figures without a signal of any kind."""


def months(count: int, first: date = date(2023, 4, 1)) -> tuple[date, ...]:
    """That many months, one after another."""
    start = first.year * 12 + first.month - 1
    return tuple(date((start + step) // 12, (start + step) % 12 + 1, 1) for step in range(count))


def quiet(count: int) -> list[float]:
    """Figures about 13 without a signal."""
    return [float(WAVE[place % len(WAVE)]) for place in range(count)]


def with_gaps(smallest: int = 0, largest: int = 40) -> st.SearchStrategy[list[float | None]]:
    """Series of eighths, so that scaling and turning over are exact, with missing values anywhere."""
    value = st.integers(-800, 800).map(lambda eighths: eighths / 8)
    return st.lists(st.one_of(value, value, value, st.none()), min_size=smallest, max_size=largest)


def told(values: Sequence[float | None]) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None]
