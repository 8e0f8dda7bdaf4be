"""One more month of a national archive, end to end: load, series, limits, verdicts.

    python tests/bench/month.py [records a month]

The warehouse holds ten years, 30 million records in 5,160 parts, and its counts are kept. Then 43 forces'
files of the next month arrive as street-level CSV, about 250,000 records. Timed: the load; every series by
force and type, and by district and type, with that month; limits, rules and verdicts of all of them. The peer
is pandas reading the same 43 files and the parts of ten years to count them, without limits; best of three
(each in a copy of its own) against one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from archive import country, months, write_csv, write_parts
from measure import line, load_average, run, step, times

from goldthread.core.spc.values import Better
from goldthread.warehouse.engines import Engine, engine
from goldthread.warehouse.expressions import Level
from goldthread.warehouse.homes import homes_of
from goldthread.warehouse.kept import kept_counts
from goldthread.warehouse.kernel import judge_rows
from goldthread.warehouse.loading import load
from goldthread.warehouse.manifest import Part, manifest
from goldthread.warehouse.series import Asked, monthly
from goldthread.warehouse.street import CRIME_TYPES

MONTHS, ROWS = 120, 252_000


def kept(root: str) -> dict[str, Any]:
    """Make the counts that are kept, as the loads of ten years would have left them."""
    start = time.perf_counter()
    with engine("duckdb", Path(root)) as opened:
        made = kept_counts(opened, manifest(Path(root)).parts)
    return {"seconds": time.perf_counter() - start, "months": len(made)}


def month(root: str, folder: str) -> dict[str, Any]:
    """A new month from its files to verdicts."""
    start = time.perf_counter()
    done = load(Path(root), [Path(folder)], at=datetime(2026, 2, 5, tzinfo=UTC), memory_mb=512)
    loaded = time.perf_counter()
    with engine("duckdb", Path(root), memory_mb=512) as opened:
        parts = manifest(Path(root)).street()
        series = sum(_judged(opened, parts, level) for level in (Level.FORCE, Level.DISTRICT))
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "load": loaded - start,
        "rest": seconds - (loaded - start),
        "records": done.rows,
        "series": series,
    }


def _judged(opened: Engine, parts: Sequence[Part], level: Level) -> int:
    """Count and judge every series of a level; gives how many there were."""
    areas = homes_of(level) if level is Level.DISTRICT else None
    dense = monthly(opened, parts, Asked(level, categories=CRIME_TYPES, areas=areas))
    return len(judge_rows(dense.values, better=Better.DOWN).variations)


def with_pandas(root: str, folder: str) -> dict[str, Any]:
    """pandas: the new files and the old parts, counted by force and type."""
    start = time.perf_counter()
    names = ["Month", "Falls within", "Crime type"]
    frames = [pd.read_csv(path, usecols=names, dtype=str) for path in sorted(Path(folder).glob("*/*.csv"))]
    new = pd.concat(frames).groupby(names).size()
    files = [str(Path(root) / part.path) for part in manifest(Path(root)).street()]
    columns = ["month", "force", "crime_type"]
    old = pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)
    table = old.groupby(columns).size().unstack("month", fill_value=0)
    return {"seconds": time.perf_counter() - start, "series": len(table) + len(new)}


def main(rows: int) -> None:
    """Make ten years, then time one month more."""
    print(f"{load_average()} at the start")
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as held:
        root, folder, land = Path(held, "warehouse"), Path(held, "csv"), country()
        parts = write_parts(root, land, months(MONTHS), rows)
        print(f"{sum(part.rows for part in parts):,} records in {len(parts):,} parts")
        line("counts kept of 120 months, once", run(__file__, "kept", str(root)))
        files = write_csv(folder, land, months(MONTHS + 1)[-1], rows)
        peer = run(__file__, "with_pandas", str(root), str(folder))
        copies = [shutil.copytree(root, f"{root}-{number}", copy_function=os.link) for number in range(3)]
        taken = [run(__file__, "month", copy, str(folder)) for copy in copies]
        ours = min(taken, key=lambda one: one.seconds)
        gave = ours.gave
        print(f"\nOne more month: {len(files)} files, {gave['records']:,} records, {gave['series']:,} series")
        line("goldthread: load, series, limits, verdicts", ours)
        print(
            f"    of which {ours.gave['load']:.2f} s the load, {ours.gave['rest']:.2f} s series and verdicts"
        )
        line("pandas: counts by force and type alone", peer, times(peer, ours))
    print(f"{load_average()} at the end")


if __name__ == "__main__":
    if not step({"kept": kept, "month": month, "with_pandas": with_pandas}):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
