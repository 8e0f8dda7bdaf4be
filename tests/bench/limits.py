"""Limits, rules and verdicts for every series of a national archive, beside SQL windows and pandas.

    python tests/bench/limits.py [small areas]

By default 35,722 small areas by 14 types over 120 months: 500,108 series, 60 million figures, about the mean
and spread of street-level crime. Each step runs in a process of its own; the kernel begins from the matrix as
the warehouse makes it, the peers from a table of series, month and figure, which is how they would hold it.
All count the same flagged points, or the bench fails. pandas judges every tenth series, and its time is taken
times ten: on all of them it needs more memory than most machines have. About 1 GB of disk, given back after.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from archive import TYPES
from measure import Taken, line, load_average, run, step

from goldthread.core.spc.judgement import judge
from goldthread.core.spc.values import Better
from goldthread.warehouse.kernel import judge_rows

AREAS, FORCES, MONTHS, SHARE = 35_722, 43, 120, 10
RECORDS_A_MONTH = 252_000


def make(folder: Path, areas: int, name: str) -> None:
    """A matrix of series and the same as a long table, one row a figure."""
    chance = np.random.default_rng(7)
    weight = chance.lognormal(0, 0.9, areas)
    mean = np.outer(weight / weight.sum(), list(TYPES.values())).reshape(-1) * RECORDS_A_MONTH
    values = chance.poisson(np.repeat(mean[:, np.newaxis], MONTHS, axis=1)).astype(np.float64)
    np.save(folder / f"{name}.npy", values)
    rows, months = values.shape
    with pq.ParquetWriter(folder / f"{name}.parquet", LONG) as writer:
        for first in range(0, rows, 20_000):
            some = values[first : first + 20_000]
            series = np.repeat(np.arange(first, first + len(some), dtype=np.int32), months)
            month = np.tile(np.arange(months, dtype=np.int16), len(some))
            writer.write_table(pa.table([series, month, some.astype(np.int32).reshape(-1)], LONG))


LONG = pa.schema([("series", pa.int32()), ("month", pa.int16()), ("n", pa.int32())])


def kernel(path: str, counted: str) -> dict[str, Any]:
    """Our kernel over the matrix; counted says whether it may refuse series of too few events."""
    values = np.load(path)
    start = time.perf_counter()
    judged = judge_rows(values, better=Better.DOWN, counted=None if counted == "refuse" else False)
    return {
        "seconds": time.perf_counter() - start,
        "series": len(values),
        "flagged": int(np.count_nonzero(judged.specials)),
        "refused": int(judged.refused.sum()),
    }


def reference(path: str) -> dict[str, Any]:
    """The plain reference in core.spc, one series at a time, on a thousand of them."""
    values = np.load(path)
    rows = [tuple(row) for row in values[:: max(1, len(values) // 1000)].tolist()]
    months = [date(2016 + place // 12, place % 12 + 1, 1) for place in range(MONTHS)]
    start = time.perf_counter()
    for row in rows:
        judge(months, row, better=Better.DOWN)
    return {"seconds": time.perf_counter() - start, "series": len(rows)}


SQL = """
WITH ranged AS (
    SELECT series, month, n, avg(n) OVER (PARTITION BY series) AS mean,
        abs(n - lag(n) OVER months) AS mr, sign(n - lag(n) OVER months) AS step
    FROM read_parquet('{path}') WINDOW months AS (PARTITION BY series ORDER BY month)
), raw AS (
    SELECT *, avg(mr) OVER (PARTITION BY series) AS amr0 FROM ranged
), screened AS (
    SELECT *, avg(mr) FILTER (mr < 3.267 * amr0) OVER (PARTITION BY series) AS amr FROM raw
), limited AS (
    SELECT series, month, n, mean, sign(n - mean) AS side, step,
        CASE WHEN amr > 0 THEN amr ELSE amr0 END AS width FROM screened
), flagged AS (
    SELECT *, n > mean + 2.66 * width OR n < mean - 2.66 * width AS outside,
        n > mean + 1.77333333333333334 * width OR n < mean - 1.77333333333333334 * width AS near FROM limited
), ended AS (
    SELECT *, near AND NOT outside AS close,
        abs(sum(side) OVER seven) = 7 AS shifted, abs(sum(step) OVER six) = 6 AS trending,
        abs(sum(side) OVER three) = 3 AND sum((near AND NOT outside)::INT) OVER three >= 2 AS two_of_three
    FROM flagged
    WINDOW seven AS (PARTITION BY series ORDER BY month ROWS 6 PRECEDING),
        six AS (PARTITION BY series ORDER BY month ROWS 5 PRECEDING),
        three AS (PARTITION BY series ORDER BY month ROWS 2 PRECEDING)
), judged AS (
    SELECT series, month, outside OR bool_or(shifted) OVER next_seven OR bool_or(trending) OVER next_seven
        OR (close AND bool_or(two_of_three) OVER next_three) AS special
    FROM ended
    WINDOW next_seven AS (PARTITION BY series ORDER BY month ROWS BETWEEN CURRENT ROW AND 6 FOLLOWING),
        next_three AS (PARTITION BY series ORDER BY month ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING)
)
SELECT count(*) FILTER (special) AS flagged, count(*) FILTER (special AND month = {last}) AS last FROM judged
"""


def windows(path: str, folder: str) -> dict[str, Any]:
    """The same limits and rules as one statement of SQL windows in DuckDB."""
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = '{folder}'")
        start = time.perf_counter()
        flagged, _ = connection.execute(SQL.format(path=path, last=MONTHS - 1)).fetchall()[0]
        return {"seconds": time.perf_counter() - start, "flagged": flagged}


def with_pandas(path: str, share: str) -> dict[str, Any]:
    """The same limits and rules by pandas, grouped by series."""
    frame = pd.read_parquet(path)
    frame = frame[frame["series"] % int(share) == 0].reset_index(drop=True)
    start = time.perf_counter()
    by = frame["series"]

    def of_series(values: pd.Series) -> pd.Series:
        return values.groupby(by).transform("mean")

    def last(values: pd.Series, length: int) -> pd.Series:
        grouped = values.groupby(by)
        return sum((grouped.shift(back) for back in range(1, length)), values)

    def spread(ends: pd.Series, length: int) -> pd.Series:
        grouped = ends.groupby(by)
        return sum((grouped.shift(-on, fill_value=False) for on in range(1, length)), ends.astype(int)) > 0

    n, mean = frame["n"], of_series(frame["n"])
    change = n.groupby(by).diff()
    ranges = change.abs()
    raw = of_series(ranges)
    width = of_series(ranges.where(ranges < 3.267 * raw))
    width = width.where(width > 0, raw)
    outside = (n > mean + 2.66 * width) | (n < mean - 2.66 * width)
    near = 2 * (2.66 / 3) * width
    close = ((n > mean + near) | (n < mean - near)) & ~outside
    side = np.sign(n - mean)
    special = (
        outside
        | spread(last(side, 7).abs() == 7, 7)
        | spread(last(np.sign(change), 6).abs() == 6, 7)
        | (close & spread((last(side, 3).abs() == 3) & (last(close.astype(int), 3) >= 2), 3))
    )
    return {"seconds": time.perf_counter() - start, "flagged": int(special.sum())}


def main(areas: int) -> None:
    """Make the series, judge them by every means, print figures and ratios."""
    print(f"{load_average()} at the start")
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as held:
        for name, count in (("forces", FORCES), ("areas", areas)):
            make(Path(held), count, name)
            _series(Path(held), name)
    print(f"{load_average()} at the end")


def _series(folder: Path, name: str) -> None:
    matrix, long = str(folder / f"{name}.npy"), str(folder / f"{name}.parquet")
    ours = run(__file__, "kernel", matrix, "judge", repeats=3)
    series = ours.gave["series"]
    print(f"\n{series:,} series of {MONTHS} months, {ours.gave['flagged']:,} points flagged")
    line(
        "goldthread kernel: limits, rules and verdicts", ours, f"{series / ours.seconds:,.0f} series a second"
    )
    with_refusals = run(__file__, "kernel", matrix, "refuse", repeats=3)
    line(
        "goldthread kernel, refusing where events are too few",
        with_refusals,
        f"{with_refusals.gave['refused']:,}",
    )
    sql = run(__file__, "windows", long, str(folder))
    _peer("SQL windows in DuckDB: limits and rules", sql, ours, sql.seconds)
    share = SHARE if series > 100_000 else 1
    pandas = run(__file__, "with_pandas", long, str(share))
    _peer(f"pandas: limits and rules, 1 series in {share}", pandas, ours, pandas.seconds * share)
    one = run(__file__, "reference", matrix)
    _peer(
        f"core.spc, one at a time, {one.gave['series']:,} series",
        one,
        ours,
        one.seconds * series / one.gave["series"],
    )
    if sql.gave["flagged"] != ours.gave["flagged"]:
        raise SystemExit(f"SQL windows flagged {sql.gave['flagged']:,} points, not {ours.gave['flagged']:,}.")
    if share == 1 and pandas.gave["flagged"] != ours.gave["flagged"]:
        raise SystemExit(f"pandas flagged {pandas.gave['flagged']:,} points, not {ours.gave['flagged']:,}.")


def _peer(name: str, peer: Taken, ours: Taken, whole: float) -> None:
    scaled = "" if whole == peer.seconds else f", {whole:,.1f} s for all by proportion"
    line(name, peer, f"{whole / ours.seconds:.1f} times ours{scaled}")


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {
        one.__name__: one for one in (kernel, windows, with_pandas, reference)
    }
    if not step(steps):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else AREAS)
