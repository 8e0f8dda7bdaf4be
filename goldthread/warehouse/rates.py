"""Counts over the people who live there: rates of dense series, by the population of each year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from goldthread.core.problems import Problem
from goldthread.warehouse.series import Dense, State

NO_PEOPLE = "no-population"
NOBODY = "nobody-lives-there"


def per_population(
    dense: Dense, people: Mapping[tuple[str, int], float], *, per: float = 1000
) -> tuple[Dense, tuple[Problem, ...]]:
    """Every value for each `per` people of its area in its year; `people` is by area and year.

    Where the year's population is not known, or is none, the rate is missing, with a problem for each area
    and year in which a count was told: never a rate of zero. The states ZERO, MISSING and SUPPRESSED stay.
    """
    shape = (len(dense.areas), len(dense.categories), len(dense.months))
    years = sorted({month.year for month in dense.months})
    known = np.array(
        [[people.get((area, year), np.nan) for year in years] for area in dense.areas], np.float64
    ).reshape(len(dense.areas), len(years))
    column = [years.index(month.year) for month in dense.months]
    usable = np.where(known > 0, known, np.nan)[:, column]
    values, states = dense.values.reshape(shape), dense.states.reshape(shape)
    rates = values * per / usable[:, np.newaxis, :]
    lost = np.isnan(rates) & ~np.isnan(values)
    told = np.where(lost, np.uint8(State.MISSING), states)
    problems = tuple(
        _problem(dense.areas[area], year, people.get((dense.areas[area], year)))
        for area in range(len(dense.areas))
        for place, year in enumerate(years)
        if lost[area][:, [number == place for number in column]].any()
    )
    flat = dense.values.shape
    return replace(dense, values=rates.reshape(flat), states=told.reshape(flat)), problems


def _problem(area: str, year: int, people: float | None) -> Problem:
    if people is None or people != people:
        words = "There is no population for this year, so its rates are missing. Load one that covers it."
        return Problem(f"{area}, {year}", words, NO_PEOPLE)
    words = (
        f"The population of this year is {people:g}, so there is nothing to divide by: its rates are missing."
    )
    return Problem(f"{area}, {year}", words, NOBODY)
