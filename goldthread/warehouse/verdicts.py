"""Series judged where they are counted: the kernel over lists of counts, in this process or in Spark's.

For a country of small areas on a cluster, where the matrix itself would not fit one machine. What comes back
is one row a series: its verdict, its last limits and the signs found, not its figures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RuleSet
from goldthread.core.spc.values import Better
from goldthread.warehouse.engines import Engine
from goldthread.warehouse.expressions import gathered, numbered
from goldthread.warehouse.judging import SCHEMA, JudgeBatches
from goldthread.warehouse.kept import Part
from goldthread.warehouse.series import Asked, Grid, came


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict of every series: `table` has the columns of SCHEMA, its rows in order of `row`."""

    grid: Grid
    rules: RuleSet
    table: pa.Table


def judge_in_place(
    engine: Engine,
    parts: Sequence[Part],
    asked: Asked,
    *,
    better: Better,
    target: float | None = None,
    rules: RuleSet = PLOT_THE_DOTS,
    rebases: Collection[int] = (),
    fix_after: int | None = None,
) -> Verdicts:
    """Judge every series of these parts without bringing its figures here.

    How it is judged is said as for `kernel.judge_rows`.
    """
    files, grid = asked.laid_out(engine, parts)
    if not grid.rows or not grid.months:
        return Verdicts(grid, rules, SCHEMA.empty_table())
    records = engine.records([file for some in files for file in some])
    found = numbered(asked.counted(records), *grid.tables(engine), grid.months[0])
    homes_by_row = np.repeat(np.array(grid.homes, object), len(grid.categories))
    every = engine.known(pa.table({"row": pa.array(range(grid.rows), pa.int32()), "force": homes_by_row}))
    arrived = came(parts)
    told = {
        force: tuple(month in arrived.get(force, ()) for month in grid.months) for force in set(grid.homes)
    }
    judge = JudgeBatches(told, len(grid.months), better, target, rules, tuple(rebases), fix_after)
    table = engine.mapped(gathered(found, every), judge, SCHEMA)
    return Verdicts(grid, rules, table.sort_by("row").combine_chunks())
