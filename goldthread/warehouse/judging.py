"""Batches of series judged where they are: what is sent to Spark's Python workers, and nothing it needs not.

This module imports little, because every worker loads it before it can begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goldthread.core.spc.rulesets import RuleSet
from goldthread.core.spc.values import Better
from goldthread.warehouse.kernel import ASSURANCES, VARIATIONS, judge_rows

LINES = ("mean", "lpl", "upl", "nlpl", "nupl")
SCHEMA = pa.schema(
    [
        ("row", pa.int32()),
        ("variation", pa.string()),
        ("assurance", pa.string()),
        *((name, pa.float64()) for name in LINES),
        ("specials", pa.binary()),
    ]
)
"""`row` is the series' row in a Dense of the same areas and categories; the lines are those of the last
group, null where there is none; `specials` has one code a month, as `kernel.special_of` reads them."""


@dataclass(frozen=True, slots=True)
class JudgeBatches:
    """What is sent to where the series are: how to judge them, and which months each force sent."""

    told: Mapping[str, tuple[bool, ...]]
    months: int
    better: Better
    target: float | None
    rules: RuleSet
    rebases: tuple[int, ...]
    fix_after: int | None

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            judged = judge_rows(
                self._matrix(batch),
                better=self.better,
                target=self.target,
                rules=self.rules,
                rebases=self.rebases,
                fix_after=self.fix_after,
                threads=1,
            )
            last = judged.limits[:, -1]
            lines = (pa.array(np.ascontiguousarray(last[name]), from_pandas=True) for name in LINES)
            columns = [
                batch.column("row"),
                pa.array([VARIATIONS[code].value for code in judged.variations]),
                pa.array([ASSURANCES[code].value for code in judged.assurances]),
                *lines,
                pa.array([row.tobytes() for row in judged.specials], pa.binary()),
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=SCHEMA)

    def _matrix(self, batch: pa.RecordBatch) -> NDArray[np.float64]:
        """The dense rows of a batch of lists: zero where nothing was counted, NaN where nothing came."""
        values = np.zeros((batch.num_rows, self.months))
        row = pc.list_parent_indices(batch.column("months")).to_numpy()
        month = pc.list_flatten(batch.column("months")).to_numpy()
        values[row, month] = pc.list_flatten(batch.column("counts")).to_numpy()
        told = np.array([self.told[force] for force in batch.column("force").to_pylist()], np.bool_)
        values[~told] = np.nan
        return values
