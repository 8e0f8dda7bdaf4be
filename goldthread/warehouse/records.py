"""Street-level records through DuckDB: read as text by an explicit schema, placed, counted, written as parts.

Memory stays within the limit given whatever the size of the file; what does not fit is spilled into the
load's own folder.
"""

from __future__ import annotations

import hashlib
import os
import resource
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from goldthread.warehouse.lookups import FOLDER
from goldthread.warehouse.staging import Staged
from goldthread.warehouse.street import AREA, Header, month_of

ROW_GROUP = 250_000
LEAST_MB = 96
ADDRESSES_MB = 640
BUFFER = 8 * 2**20
LARGE = 64 * 2**20
MOST_REJECTED = 100
SCHEMA = pa.schema(
    [
        ("month", pa.date32()),
        ("force", pa.string()),
        ("lsoa", pa.string()),
        ("placed", pa.string()),
        ("district", pa.string()),
        ("crime_type", pa.string()),
        ("outcome", pa.string()),
    ]
)
_RECORDS = """
SELECT
    trim("Month") AS month,
    trim("Falls within") AS falls,
    "Reported by" IS DISTINCT FROM "Falls within" AS elsewhere,
    CASE WHEN "Crime ID" IS NOT NULL THEN hash("Crime ID") END AS id,
    "Longitude" IS NOT NULL AND "Latitude" IS NOT NULL AS on_map,
    "Longitude" IS NOT NULL AND try_cast("Longitude" AS DOUBLE) IS NULL
        OR "Latitude" IS NOT NULL AND try_cast("Latitude" AS DOUBLE) IS NULL AS off_earth,
    coalesce(trim("LSOA code"), '') AS area,
    trim("Crime type") AS crime_type,
    nullif(trim("Last outcome category"), '') AS outcome
FROM given
WHERE "Month" IS DISTINCT FROM 'Month'
"""
_AREAS = f"""
CREATE OR REPLACE TEMP TABLE areas AS
WITH met AS (SELECT area, count(*) AS rows FROM records GROUP BY area)
SELECT
    met.area,
    met.rows,
    coalesce(now.lsoa, retired.lsoa) AS lsoa,
    CASE WHEN met.area = '' THEN 'none' WHEN now.lsoa IS NOT NULL THEN 'given'
         ELSE coalesce(retired.placed, 'unknown') END AS placed,
    coalesce(now.district, retired.district) AS district,
    met.area <> '' AND NOT regexp_full_match(met.area, '{AREA}') AS bad
FROM met
LEFT JOIN lsoa21 AS now ON now.lsoa = met.area
LEFT JOIN lsoa11_retired AS retired ON retired.lsoa11 = met.area
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Counted:
    """What one file holds, counted: rows by (month, force as named), by crime type, by how areas were placed.

    ``bad`` counts the rows with a cell that cannot be read (more than once where a row has several);
    ``rejected`` the rows that are no rows of the table at all.
    """

    rows: int
    rejected: int
    first_fault: str
    bad: int
    months: tuple[tuple[date, str, int], ...]
    types: tuple[tuple[str, int], ...]
    placed: tuple[tuple[str, int], ...]
    off_map: int
    elsewhere: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Written:
    """A part as written: its force and month, its rows, the SHA-256 of its file, and where it lies."""

    force: str
    month: date
    rows: int
    digest: str
    path: Path


def connected(spill: Path, memory_mb: int) -> duckdb.DuckDBPyConnection:
    """An engine in so much memory, which spills into ``spill`` and knows the lookups."""
    spill.mkdir(parents=True, exist_ok=True)
    memory_mb, threads = _room(memory_mb)
    pa.set_memory_pool(pa.system_memory_pool())
    engine = duckdb.connect()
    engine.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    engine.execute(f"SET memory_limit = '{memory_mb}MB'")
    engine.execute("SET temp_directory = ?", [str(spill)])
    engine.execute("SET preserve_insertion_order = false")
    engine.execute(f"SET threads = {threads}; SET VARIABLE most_threads = {threads}")
    engine.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    for name, columns in {
        "lsoa21": ("lsoa", "name", "district"),
        "lsoa11_retired": ("lsoa11", "lsoa", "district", "placed"),
    }.items():
        shape = "{" + ", ".join(f"'{column}': 'VARCHAR'" for column in columns) + "}"
        engine.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, auto_detect = false, header = true, "  # noqa: S608
            f"delim = ',', quote = '\"', compression = 'gzip', columns = {shape})",
            [str(FOLDER / f"{name}.csv.gz")],
        )
    return engine


def _room(memory_mb: int) -> tuple[int, int]:
    """The memory and threads to use: less where this process may not have as much address space."""
    ceiling, _ = resource.getrlimit(resource.RLIMIT_AS)
    if ceiling != resource.RLIM_INFINITY:
        left = ceiling // 2**20 - ADDRESSES_MB
        if left < 2 * memory_mb:
            return max(min(memory_mb, left // 2), LEAST_MB), 1
    return memory_mb, min(os.cpu_count() or 1, max(1, memory_mb // 128), 8)


def read(
    engine: duckdb.DuckDBPyConnection,
    staged: Staged,
    header: Header,
    aside: Path,
    beat: Callable[[float], None],
    *,
    alone: bool = False,
) -> Counted:
    """Read one staged file into the engine as ``records`` and count it. ``beat`` is told the share done.

    ``alone`` reads it from end to end in one go, more slowly.
    """
    source = f"WITH given AS ({_given(header, alone)}) {_RECORDS}"
    lie = "held"
    small = staged.size < LARGE
    most = engine.execute("SELECT getvariable('most_threads')").fetchall()[0][0]
    engine.execute(f"SET threads = {1 if small else most}")
    if small:
        _waited(engine, f"CREATE OR REPLACE TEMP TABLE held AS {source}", [str(staged.path)], beat)
    else:
        kept = aside / "records.parquet"
        _waited(engine, f"COPY ({source}) TO {_text(kept)} (FORMAT parquet)", [str(staged.path)], beat)
        lie = f"read_parquet({_text(kept)})"
    engine.execute(f"CREATE OR REPLACE TEMP VIEW records AS SELECT * FROM {lie}")  # noqa: S608
    return _counted(engine)


def write(
    engine: duckdb.DuckDBPyConnection,
    counted: Counted,
    forces: dict[tuple[date, str], str],
    folder: Path,
    beat: Callable[[int], None],
) -> Iterator[Written]:
    """Write the records read and counted last, one Parquet file a force and month, and yield each in turn.

    ``forces`` gives the force of each (month, force as named). Rows stand in one order whatever the order
    they came in, so that the same records always make the same file. ``beat`` is told the rows written.
    """
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE named (given VARCHAR, falls VARCHAR, force VARCHAR, month DATE)"
    )
    engine.executemany(
        "INSERT INTO named VALUES (?, ?, ?, ?)",
        [(f"{month:%Y-%m}", name, force, month) for (month, name), force in forces.items()],
    )
    source = "records JOIN named ON records.month = named.given AND records.falls = named.falls"
    reader = engine.execute(
        f"SELECT named.month, force, lsoa, placed, district, crime_type, outcome FROM {source} "  # noqa: S608
        "JOIN areas ON records.area = areas.area "
        "ORDER BY force, named.month, crime_type, district, lsoa, outcome, placed"
    ).to_arrow_reader(ROW_GROUP // 4)
    rows = _Rows(reader)
    totals: Counter[tuple[str, date]] = Counter()
    for month, name, count in counted.months:
        totals[forces[month, name], month] += count
    for (force, month), count in sorted(totals.items()):
        path = folder / f"{force}-{month:%Y-%m}.parquet"
        with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
            for start in range(0, count, ROW_GROUP):
                table = rows.take(min(ROW_GROUP, count - start))
                writer.write_table(table, row_group_size=ROW_GROUP)
                beat(table.num_rows)
        yield Written(force, month, count, sealed(path), path)


def sealed(path: Path) -> str:
    """Bring a written file safely onto the disk and give its SHA-256."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Rows:
    """Record batches taken by so many rows at a time."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._left: list[Any] = []

    def take(self, count: int) -> Any:
        taken = []
        while count:
            if not self._left:
                self._left.append(self._reader.read_next_batch().cast(SCHEMA))
            batch = self._left.pop()
            taken.append(batch.slice(0, count))
            if batch.num_rows > count:
                self._left.append(batch.slice(count))
            count -= taken[-1].num_rows
        return pa.Table.from_batches(taken, SCHEMA).combine_chunks()


def _given(header: Header, alone: bool) -> str:
    """The file as text, by the columns it says it has; those it lacks are empty.

    No longest line is set: with one, this engine loses a row at some ends of its buffers.
    """
    shape = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(header.columns)))
    chosen = [
        (f"nullif(c{header.columns.index(column)}, '') AS \"{column}\"")
        if column in header.columns
        else f'NULL::VARCHAR AS "{column}"'
        for column in (
            "Crime ID",
            "Month",
            "Reported by",
            "Falls within",
            "Longitude",
            "Latitude",
            "LSOA code",
            "Crime type",
            "Last outcome category",
        )
    ]
    return (
        f"SELECT {', '.join(chosen)} FROM read_csv(?, auto_detect = false, header = {header.stands}, "  # noqa: S608
        f"delim = '{header.between}', quote = '\"', escape = '\"', columns = {{{shape}}}, "
        f"ignore_errors = true, store_rejects = true, rejects_limit = {MOST_REJECTED}, "
        f"buffer_size = {BUFFER}, parallel = {not alone})"
    )


def _waited(
    engine: duckdb.DuckDBPyConnection, sql: str, values: Sequence[str], beat: Callable[[float], None]
) -> None:
    """Run one statement, telling its share as it goes. What ``beat`` raises stops the statement."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(engine.execute, sql, list(values))
        try:
            while not wait([running], 0.5).done:
                beat(max(engine.query_progress(), 0.0) / 100)
        except BaseException:
            engine.interrupt()
            raise
        running.result()


def _counted(engine: duckdb.DuckDBPyConnection) -> Counted:
    engine.execute(_AREAS)
    rows, off_earth, off_map, elsewhere, with_id = engine.execute(
        "SELECT count(*), count(*) FILTER (off_earth), count(*) FILTER (NOT on_map), "
        "count(*) FILTER (elsewhere), count(id) FROM records"
    ).fetchall()[0]
    distinct = engine.execute(
        "SELECT count(*) FROM (SELECT id FROM records WHERE id IS NOT NULL GROUP BY id)"
    ).fetchall()[0][0]
    named = engine.execute(
        "SELECT coalesce(month, ''), coalesce(falls, ''), count(*) FROM records GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    types = engine.execute(
        "SELECT coalesce(crime_type, ''), count(*) FROM records GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    placed = engine.execute(
        "SELECT placed, sum(rows)::BIGINT, coalesce(sum(rows) FILTER (bad), 0)::BIGINT FROM areas "
        "GROUP BY placed ORDER BY placed"
    ).fetchall()
    faults = engine.execute(
        "SELECT count(DISTINCT line), coalesce(arg_min(error_message, line), '') FROM reject_errors"
    ).fetchall()[0]
    if faults[0]:
        engine.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    months = [(month, name, count) for month, name, count in named if month_of(month) and name]
    return Counted(
        rows,
        faults[0],
        faults[1],
        bad=off_earth
        + (rows - sum(count for _, _, count in months))
        + sum(count for kind, count in types if not kind)
        + sum(bad for _, _, bad in placed),
        months=tuple((date.fromisoformat(f"{month}-01"), name, count) for month, name, count in months),
        types=tuple((kind, count) for kind, count in types if kind),
        placed=tuple((how, count) for how, count, _ in placed),
        off_map=off_map,
        elsewhere=elsewhere,
        repeated=with_id - distinct,
    )


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
