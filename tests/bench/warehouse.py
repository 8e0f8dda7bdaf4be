"""Loading and counting a national archive of ten years, beside DuckDB's bare count, pandas and Spark.

    python tests/bench/warehouse.py [records a month] [--spark]

By default 252,000 records a month: 30 million in 5,160 parts. Loading is timed on the latest months as the
CSV files that police forces publish; counting on the whole archive. Every step runs in a process of its own,
its seconds are without start-up, and its memory is the peak of the process and all below it. With --spark
the series are also counted by Spark on this machine, which takes minutes. It gives its 2 GB of disk back.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from archive import country, months, write_csv, write_parts
from measure import Taken, in_turn, line, load_average, run, step, times

from goldthread.warehouse.engines import engine
from goldthread.warehouse.expressions import Level
from goldthread.warehouse.loading import load
from goldthread.warehouse.manifest import manifest
from goldthread.warehouse.series import Asked, Dense, monthly
from goldthread.warehouse.street import CRIME_TYPES

MONTHS, ROWS, CSV_MONTHS = 120, 252_000, 8


def homes() -> dict[str, str]:
    """Which force sends each small area of the archive."""
    land = country()
    forces = land.forces.take(land.force_of).to_pylist()
    return dict(zip(land.areas.to_pylist(), forces, strict=True))


def counted(root: str, level: str, url: str, keep: str) -> dict[str, Any]:
    """Our own series; level force or lsoa."""
    where = {"areas": (at := homes()), "homes": at} if level == "lsoa" else {}
    with engine(url, Path(root), memory_mb=1024) as opened:
        start = time.perf_counter()
        asked = Asked(Level(level), categories=CRIME_TYPES, keep=keep == "keep", **where)
        dense = monthly(opened, manifest(Path(root)).parts, asked)
        return _said(start, dense)


def _said(start: float, dense: Dense) -> dict[str, Any]:
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "series": len(dense.values), "records": int(dense.values.sum())}


def bare(root: str, column: str) -> dict[str, Any]:
    """DuckDB's plain grouped count of the same files, as Arrow."""
    files = [str(Path(root) / part.path) for part in manifest(Path(root)).parts]
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1024MB'; SET preserve_insertion_order = false")
        start = time.perf_counter()
        table = connection.execute(
            f"SELECT month, {column}, crime_type, count(*) AS n "
            f"FROM read_parquet({files!r}, hive_partitioning = false) GROUP BY ALL"
        ).to_arrow_table()
        return {"seconds": time.perf_counter() - start, "groups": table.num_rows}


def with_pandas(root: str, column: str) -> dict[str, Any]:
    """pandas: the same columns of the same files, counted, then as a table of series by months."""
    start = time.perf_counter()
    files = [str(Path(root) / part.path) for part in manifest(Path(root)).parts]
    columns = ["month", column, "crime_type"]
    frame = pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)
    sizes = frame.groupby(columns).size()
    table = sizes.unstack("month", fill_value=0)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "series": len(table), "records": int(table.to_numpy().sum())}


def loaded(root: str, folder: str) -> dict[str, Any]:
    """Our own load of street-level CSV files: checked, placed, counted, kept as parts."""
    start = time.perf_counter()
    done = load(Path(root), [Path(folder)], at=datetime(2026, 1, 5, tzinfo=UTC), memory_mb=512)
    return {"seconds": time.perf_counter() - start, "records": done.rows, "parts": len(done.parts)}


def bare_load(root: str, folder: str) -> dict[str, Any]:
    """DuckDB's plain copy of the same files into one Parquet file, sniffing nothing, checking nothing."""
    names = (
        "Crime ID|Month|Reported by|Falls within|Longitude|Latitude|Location|LSOA code|LSOA name|Crime type"
    )
    columns = {name: "VARCHAR" for name in [*names.split("|"), "Last outcome category", "Context"]}
    start = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(
            'COPY (SELECT "Month", "Falls within", "LSOA code", "Crime type", "Last outcome category" '
            f"FROM read_csv('{folder}/*/*.csv', auto_detect = false, header = true, columns = {columns!r})) "
            f"TO '{root}/bare.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
    return {"seconds": time.perf_counter() - start}


def pandas_load(root: str, folder: str) -> dict[str, Any]:
    """pandas: each file read by its fastest reader and written as Parquet, unchecked."""
    start = time.perf_counter()
    for path in sorted(Path(folder).glob("*/*.csv")):
        frame = pd.read_csv(path, usecols=[1, 3, 7, 9, 10], dtype=str, engine="c")
        frame.to_parquet(Path(root) / f"{path.stem}.parquet", compression="zstd")
    return {"seconds": time.perf_counter() - start}


def main(rows: int, *, spark: bool) -> None:
    """Make the archive, run every step, print figures and ratios."""
    print(f"{load_average()} at the start")
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as held:
        root, land, start = Path(held, "warehouse"), country(), time.perf_counter()
        parts = write_parts(root, land, months(MONTHS), rows)
        records = sum(part.rows for part in parts)
        print(f"{records:,} records in {len(parts):,} parts made in {time.perf_counter() - start:.0f} s")
        _loading(Path(held), land, rows)
        _forces(str(root), spark=spark)
        _small_areas(str(root), spark=spark)
    print(f"{load_average()} at the end")


def _loading(held: Path, land: Any, rows: int) -> None:
    folder, latest = held / "csv", months(CSV_MONTHS, months(MONTHS + 1)[-1])
    files = [path for month in latest for path in write_csv(folder, land, month, rows)]
    size = sum(path.stat().st_size for path in files)
    for name in ("ours", "bare", "pandas"):
        (held / name).mkdir()
    print(f"\nCSV to parts: {len(files)} files, {size / 1e6:,.0f} MB")
    ours = run(__file__, "loaded", str(held / "ours"), str(folder))
    rate = ours.gave["records"] / ours.seconds
    line("goldthread load: checked, placed, counted, kept", ours, f"{rate:,.0f} records a second")
    bare_one = run(__file__, "bare_load", str(held / "bare"), str(folder))
    _peer("DuckDB's bare COPY, nothing checked", bare_one, ours)
    _peer(
        "pandas read_csv, to_parquet", run(__file__, "pandas_load", str(held / "pandas"), str(folder)), ours
    )


def _forces(root: str, *, spark: bool) -> None:
    print("\nSeries by force and type, from every record")
    ours = _against_peers(root, "force", spark=spark)
    line("goldthread, keeping counts", run(__file__, "counted", root, "force", "duckdb", "keep"))
    again = run(__file__, "counted", root, "force", "duckdb", "keep", repeats=3)
    line("goldthread, from the counts it kept", again, f"{ours.seconds / again.seconds:.0f} times as fast")


def _small_areas(root: str, *, spark: bool) -> None:
    print("\nSeries by small area and type, from every record")
    _against_peers(root, "lsoa", spark=spark)


def _against_peers(root: str, level: str, *, spark: bool) -> Taken:
    steps = [("counted", root, level, "duckdb", "fresh"), ("bare", root, level)]
    ours, plain = in_turn(__file__, steps, 3)
    line(f"goldthread, {ours.gave['series']:,} series", ours)
    _peer("DuckDB's bare grouped count", plain, ours)
    _peer("pandas groupby", run(__file__, "with_pandas", root, level), ours)
    if spark:
        there = run(__file__, "counted", root, level, "spark://local[2]", "fresh")
        _peer("Spark, local[2], after its start", there, ours)
    return ours


def _peer(name: str, peer: Taken, ours: Taken) -> None:
    line(name, peer, times(peer, ours))


if __name__ == "__main__":
    steps = {one.__name__: one for one in (counted, bare, with_pandas, loaded, bare_load, pandas_load)}
    if not step(steps):
        given = [argument for argument in sys.argv[1:] if argument.isdigit()]
        main(int(given[0]) if given else ROWS, spark="--spark" in sys.argv)
