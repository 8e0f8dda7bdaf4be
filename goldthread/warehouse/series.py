"""Counts as dense monthly series: a matrix with one row a series, where missing and zero stay two things."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goldthread.core.spc.values import Stated
from goldthread.warehouse.engines import Engine
from goldthread.warehouse.expressions import ALL, Level, Where, counts, found_in, homes_in, numbered
from goldthread.warehouse.homes import homes_of
from goldthread.warehouse.kept import Part, kept_counts, months_of, serves

Floats = NDArray[np.float64]
SLICE_ROWS = 750_000


class State(IntEnum):
    """What a cell of a matrix is."""

    MISSING = 0
    ZERO = 1
    VALUE = 2
    SUPPRESSED = 3

    @property
    def stated(self) -> Stated:
        """The same in the product's words, where zero is a value like any other."""
        known = {State.MISSING: Stated.MISSING, State.SUPPRESSED: Stated.SUPPRESSED}
        return known.get(self, Stated.VALUE)


@dataclass(frozen=True, slots=True)
class Dense:
    """Series of one measure: a row for every area and category (categories run fastest), a column a month.

    `values` is NaN unless the cell's state is ZERO or VALUE. A cell is MISSING where the area's force sent
    no part for the month, ZERO where it did and no record was in it.
    """

    areas: tuple[str, ...]
    categories: tuple[str, ...]
    months: tuple[date, ...]
    values: Floats
    states: NDArray[np.uint8]

    def row(self, area: str, category: str = "") -> int:
        """The row of one series. Raises ValueError where there is none."""
        return self.areas.index(area) * len(self.categories) + self.categories.index(category)

    def key(self, row: int) -> tuple[str, str]:
        """The area and the category of one row."""
        return self.areas[row // len(self.categories)], self.categories[row % len(self.categories)]

    def series(self, area: str, category: str = "") -> tuple[float | None, ...]:
        """The values of one series, None where there is none: as `goldthread.core.spc` takes them."""
        return tuple(
            None if value != value else float(value) for value in self.values[self.row(area, category)]
        )

    def state(self, area: str, category: str = "") -> tuple[State, ...]:
        """What each month of one series is."""
        return tuple(State(int(code)) for code in self.states[self.row(area, category)])

    def together(self, groups: Mapping[str, Collection[str]]) -> Dense:
        """The same for groups of areas: sums, missing in every month in which any member is."""
        shape = (len(self.areas), len(self.categories), len(self.months))
        values, states = self.values.reshape(shape), self.states.reshape(shape)
        places = [[self.areas.index(area) for area in members] for members in groups.values()]
        summed = np.stack([values[members].sum(axis=0) for members in places])
        worst = np.stack([_together(states[members]) for members in places])
        rows = (len(groups) * shape[1], shape[2])
        return Dense(tuple(groups), self.categories, self.months, summed.reshape(rows), worst.reshape(rows))


def _together(states: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Missing beats suppressed beats a value beats zero."""
    rank = np.array([3, 0, 1, 2], np.uint8)
    back = np.array([State.ZERO, State.VALUE, State.SUPPRESSED, State.MISSING], np.uint8)
    joined: NDArray[np.uint8] = back[rank[states].max(axis=0)]
    return joined


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted: by month, by area of a level and, unless told otherwise, by type of crime.

    `by` and `where` are as for `expressions.counts`. Areas and categories that are not named are those found
    in the records; months run from the first part to the last without a gap. `homes` says which force sends
    an area's records, so that its months can be told missing from zero: by default as the shipped lookups
    say. An area that is not there belongs to the force with most of its records. With `keep`, counts kept
    for a month are used where they tell enough apart, and are made where there are none.
    """

    level: Level
    by: str | None = "crime_type"
    where: Where | None = None
    areas: Collection[str] | None = None
    categories: Collection[str] | None = None
    months: Sequence[date] | None = None
    homes: Mapping[str, str] | None = None
    keep: bool = True

    def laid_out(self, engine: Engine, parts: Sequence[Part]) -> tuple[Sequence[tuple[Path, ...]], Grid]:
        """The files to count, in slices, and the series that they are counted into."""
        files = files_for(engine, parts, self)
        return files, grid_of(engine, parts, files, self)

    def counted(self, records: ir.Table) -> ir.Table:
        """The records counted as asked."""
        return counts(records, self.level, by=self.by, where=self.where)


def monthly(engine: Engine, parts: Sequence[Part], asked: Asked) -> Dense:
    """Count the records of these parts by month, area and category."""
    files, grid = asked.laid_out(engine, parts)
    values = np.zeros((grid.rows, len(grid.months)))
    if values.size and any(files):
        tables = grid.tables(engine)
        for found in engine.sweep(
            files,
            lambda records: numbered(asked.counted(records), *tables, grid.months[0]),
        ):
            row, month, n = (found[name].to_numpy() for name in ("row", "month", "n"))
            values[row, month] = n
    return grid.dense(values, came(parts))


def files_for(engine: Engine, parts: Sequence[Part], asked: Asked) -> Sequence[tuple[Path, ...]]:
    """The files to count, in slices of whole months: kept counts where they serve, else the parts."""
    wanted = [part for part in parts if asked.months is None or part.month in set(asked.months)]
    columns = [asked.level, *([asked.by] if asked.by else []), *(asked.where or ())]
    if asked.keep and engine.keeps and serves(columns):
        return [kept_counts(engine, wanted, columns=columns)]
    return slices(engine.root, wanted, fine=asked.level is Level.LSOA)


@dataclass(frozen=True, slots=True)
class Grid:
    """Which series there are, before anything is counted; `homes` is aligned with `areas`."""

    areas: tuple[str, ...]
    homes: tuple[str, ...]
    categories: tuple[str, ...]
    months: tuple[date, ...]

    @property
    def rows(self) -> int:
        """How many series there are."""
        return len(self.areas) * len(self.categories)

    def tables(self, engine: Engine) -> tuple[ir.Table, ir.Table]:
        """The areas and the categories by number, as `expressions.numbered` takes them."""
        width = len(self.categories)
        rows = pa.array(range(0, self.rows, width) if width else [], pa.int32())
        return (
            engine.known(pa.table({"area": pa.array(self.areas, pa.string()), "row": rows})),
            engine.known(
                pa.table(
                    {
                        "category": pa.array(self.categories, pa.string()),
                        "step": pa.array(range(width), pa.int32()),
                    }
                )
            ),
        )

    def told(self, arrived: Mapping[str, Collection[date]]) -> NDArray[np.bool_]:
        """Areas x months: whether the area's force sent the month."""
        by_force = {
            force: np.array([month in arrived.get(force, ()) for month in self.months], np.bool_)
            for force in set(self.homes)
        }
        return np.array([by_force[force] for force in self.homes], np.bool_).reshape(
            len(self.homes), len(self.months)
        )

    def dense(self, values: Floats, arrived: Mapping[str, Collection[date]]) -> Dense:
        """Counts with what is missing taken out; `values` is changed in place."""
        told = np.repeat(self.told(arrived), len(self.categories), axis=0)
        states = np.where(values > 0, np.uint8(State.VALUE), np.uint8(State.ZERO))
        states[~told] = State.MISSING
        values[~told] = np.nan
        return Dense(self.areas, self.categories, self.months, values, states)


def grid_of(engine: Engine, parts: Sequence[Part], files: Sequence[Sequence[Path]], asked: Asked) -> Grid:
    """Fill in what was not named from the parts and, only where needed, from their records."""
    level, by, areas, categories = asked.level, asked.by, asked.areas, asked.categories
    every = [file for some in files for file in some]
    known = dict(homes_of(level) if asked.homes is None else asked.homes)
    if level is Level.FORCE:
        known |= {force: force for force in {part.force for part in parts} | set(areas or ())}
        areas = {part.force for part in parts} if areas is None else areas
    if by is None:
        categories = (ALL,)
    if areas is None or categories is None:
        found = engine.arrow(found_in(engine.records(every), level, by))
        areas = found["area"].unique().to_pylist() if areas is None else areas
        categories = found["category"].unique().to_pylist() if categories is None else categories
    if any(area not in known for area in areas):
        most = engine.arrow(homes_in(engine.records(every), level)).sort_by("n")
        known = dict(zip(most["area"].to_pylist(), most["force"].to_pylist(), strict=True)) | known
    ordered = tuple(sorted(set(areas)))
    return Grid(
        ordered,
        tuple(known.get(area, "") for area in ordered),
        tuple(sorted(set(categories))),
        tuple(asked.months) if asked.months is not None else span(parts),
    )


def span(parts: Sequence[Part]) -> tuple[date, ...]:
    """Every month from the first part to the last."""
    there = [part.month for part in parts if part.month is not None]
    if not there:
        return ()
    first, last = (month.year * 12 + month.month - 1 for month in (min(there), max(there)))
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))


def came(parts: Sequence[Part]) -> dict[str, set[date]]:
    """Which months each force sent."""
    arrived: dict[str, set[date]] = {}
    for part in parts:
        if part.month is not None:
            arrived.setdefault(part.force, set()).add(part.month)
    return arrived


def slices(root: Path, parts: Sequence[Part], *, fine: bool) -> list[tuple[Path, ...]]:
    """The parts' files, all in one; or, for a `fine` grouping, whole months of about SLICE_ROWS each."""
    runs: list[tuple[Path, ...]] = []
    waiting: list[Part] = []
    for _, some in months_of(parts):
        waiting += some
        if fine and sum(part.rows for part in waiting) >= SLICE_ROWS:
            runs.append(tuple(root / part.path for part in waiting))
            waiting = []
    return [*runs, tuple(root / part.path for part in waiting)] if waiting else runs
