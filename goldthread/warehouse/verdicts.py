"""Series judged where they are counted: the kernel over lists of counts, in this process or in Spark's.

For a country of small areas on a cluster, where the matrix itself would not fit one machine. What comes back
is one row a series: its verdict, its last limits and the signs found, not its figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RuleSet
from goldthread.core.spc.values import Better
from goldthread.warehouse.engines import Engine
from goldthread.warehouse.expressions import Level, Where, counts, gathered, numbered
from goldthread.warehouse.judging import SCHEMA, JudgeBatches
from goldthread.warehouse.kept import Part
from goldthread.warehouse.series import Grid, came, files_for, grid_of


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict of every series: `table` has the columns of SCHEMA, its rows in order of `row`."""

    grid: Grid
    rules: RuleSet
    table: pa.Table


def judge_in_place(
    engine: Engine,
    parts: Sequence[Part],
    *,
    level: Level,
    better: Better,
    by: str | None = "crime_type",
    where: Where | None = None,
    areas: Collection[str] | None = None,
    categories: Collection[str] | None = None,
    months: Sequence[date] | None = None,
    homes: Mapping[str, str] | None = None,
    keep: bool = True,
    target: float | None = None,
    rules: RuleSet = PLOT_THE_DOTS,
    rebases: Collection[int] = (),
    fix_after: int | None = None,
) -> Verdicts:
    """Judge every series of these parts without bringing its figures here.

    What is counted is said as for `series.monthly`, how it is judged as for `kernel.judge_rows`.
    """
    files = files_for(engine, parts, level=level, by=by, where=where, months=months, keep=keep)
    grid = grid_of(
        engine,
        parts,
        files,
        level=level,
        by=by,
        areas=areas,
        categories=categories,
        months=months,
        homes=homes,
    )
    if not grid.rows or not grid.months:
        return Verdicts(grid, rules, SCHEMA.empty_table())
    records = engine.records([file for some in files for file in some])
    found = numbered(counts(records, level, by=by, where=where), *grid.tables(engine), grid.months[0])
    homes_by_row = np.repeat(np.array(grid.homes, object), len(grid.categories))
    every = engine.known(pa.table({"row": pa.array(range(grid.rows), pa.int32()), "force": homes_by_row}))
    arrived = came(parts)
    told = {
        force: tuple(month in arrived.get(force, ()) for month in grid.months) for force in set(grid.homes)
    }
    judge = JudgeBatches(told, len(grid.months), better, target, rules, tuple(rebases), fix_after)
    table = engine.mapped(gathered(found, every), judge, SCHEMA)
    return Verdicts(grid, rules, table.sort_by("row").combine_chunks())
