"""Where the expressions run: DuckDB inside this process, or Spark for a region or the country."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, Self

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldthread.warehouse.expressions import RECORDS, conformed, shape_of

SETTING = "GOLDTHREAD_WAREHOUSE"
MEMORY_MB = 1024
Batches = Iterator[pa.RecordBatch]


class NoEngine(Exception):
    """The engine asked for cannot run here; the words say what to install or to change."""


class Engine(Protocol):
    """Something that runs the expressions. Use it in a `with` block, or close it."""

    name: str
    root: Path
    keeps: bool
    """Whether counts of a month are worth keeping: not where each small question takes its own job."""

    def records(self, files: Sequence[Path]) -> ir.Table:
        """The rows of these Parquet parts, one row a crime, with the columns of `RECORDS`."""

    def each(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """Run what `make` makes of the records over one slice of the parts after another."""

    def sweep(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """The same over each slice, or over all at once where that is better.

        For expressions whose groups never lie in two slices: counts by month, where a slice has whole months.
        """

    def known(self, table: pa.Table) -> ir.Table:
        """A small table that is held in memory, for joining: populations, areas, months that came."""

    def arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and give all its rows; months are dates, sums are 64-bit integers."""

    def mapped(
        self, expression: ir.Table, function: Callable[[Batches], Batches], schema: pa.Schema
    ) -> pa.Table:
        """Run an expression and pass its rows, in batches, through a function where they are."""

    def close(self) -> None:
        """End the engine; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def engine(url: str | None, root: Path, *, memory_mb: int = MEMORY_MB, threads: int | None = None) -> Engine:
    """Open the engine that `url` names: "duckdb", "spark://host:port" or "spark://local[2]".

    Without a url the environment's GOLDTHREAD_WAREHOUSE decides, and without that DuckDB. `root` is the
    warehouse folder, where DuckDB may spill. Raises NoEngine in words where it cannot run.
    """
    named = url or os.environ.get(SETTING, "") or "duckdb"
    if named == "duckdb":
        return DuckDB(root, memory_mb=memory_mb, threads=threads)
    if named.startswith("spark://"):
        spark: Engine = import_module("goldthread.warehouse.spark").Spark(named, root, memory_mb=memory_mb)
        return spark
    raise NoEngine(
        f"{SETTING} is “{named}”, which is no engine. Write duckdb, spark://host:port or spark://local[2]."
    )


class DuckDB:
    """DuckDB in this process, within a fixed amount of memory; larger work spills to the warehouse folder."""

    name = "duckdb"
    keeps = True

    def __init__(self, root: Path, *, memory_mb: int = MEMORY_MB, threads: int | None = None) -> None:
        self.root = root
        settings: dict[str, Any] = {
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(root / "spill"),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads is not None:
            settings["threads"] = threads
        self._names = itertools.count()
        self._backend: Any = ibis.duckdb.connect(**settings)

    def records(self, files: Sequence[Path]) -> ir.Table:
        """The rows of these Parquet parts; none, if there are no parts."""
        if not files:
            return self.known(RECORDS.to_pyarrow().empty_table())
        name = f"parts_{next(self._names)}"
        self._backend.con.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {_read(files)}")  # noqa: S608
        return conformed(self._backend.table(name))

    def each(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """Slice after slice, by one statement: groups stay few and quick, and files are looked up once."""
        statement = ""
        for files in slices:
            if not statement:
                compiled = str(self._backend.compile(make(ibis.table(shape_of(files), name="slice"))))
                more = compiled.upper().startswith("WITH ")
                statement = f", {compiled[5:]}" if more else f" {compiled}"
            found = f'WITH "slice" AS (SELECT * FROM {_read(files)})'  # noqa: S608
            yield self._backend.con.execute(found + statement).to_arrow_table()

    def sweep(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """Slice after slice, as `each`."""
        return self.each(slices, make)

    def known(self, table: pa.Table) -> ir.Table:
        """A table in memory, under a name of its own."""
        return self._backend.create_table(f"known_{next(self._names)}", table, temp=True)

    def arrow(self, expression: ir.Table) -> pa.Table:
        """All rows of an expression."""
        return self._backend.to_pyarrow(expression)

    def mapped(
        self, expression: ir.Table, function: Callable[[Batches], Batches], schema: pa.Schema
    ) -> pa.Table:
        """All rows of an expression, through a function batch by batch."""
        result = self._backend.con.execute(str(self._backend.compile(expression)))
        return pa.Table.from_batches(list(function(iter(result.to_arrow_reader(65_536)))), schema)

    def close(self) -> None:
        """Give the memory and the connection back."""
        self._backend.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(files: Sequence[Path]) -> str:
    """The Parquet files as DuckDB names them in a statement."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false)"
