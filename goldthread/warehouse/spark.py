"""Spark as an engine: the same expressions over the same parts, on one machine or on a cluster."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldthread.warehouse.engines import Batches, NoEngine
from goldthread.warehouse.expressions import RECORDS, conformed, shape_of

if find_spec("pyspark"):
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

SETTINGS = {
    "spark.app.name": "goldthread",
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
LOOPBACK = "127.0.0.1"
LOG = "spark.log"
_lock = threading.Lock()
_gateways: list[Any] = []
_holders: dict[str, int] = {}


class Spark:
    """Spark at `spark://host:port`, or in this process at `spark://local[2]` with so many threads.

    It starts in 8 to 16 seconds, once in a process: engines of one address share the session, and the last
    to close ends it. On one machine nothing listens beyond loopback. On a cluster, its workers need
    Goldthread installed and the warehouse folder at the same path.
    """

    name = "spark"
    keeps = False

    def __init__(self, url: str, root: Path, *, memory_mb: int) -> None:
        self.root = root
        self._names = itertools.count()
        self._master = url.removeprefix("spark://") if url.startswith("spark://local") else url
        _require_programs()
        with _lock:
            self._session = _started(self._master, root, memory_mb)
            with _without_pandas():
                self._backend: Any = ibis.pyspark.connect(self._session)
            _holders[self._master] = _holders.get(self._master, 0) + 1
        self._open = True

    def records(self, files: Sequence[Path]) -> ir.Table:
        """The rows of these Parquet parts, by the schema we know; none, if there are no parts."""
        if not files:
            return self.known(RECORDS.to_pyarrow().empty_table())
        shape = from_arrow_schema(shape_of(files).to_pyarrow())
        read = self._session.read.schema(shape).parquet(*[f"file://{file.absolute()}" for file in files])
        return conformed(self._named("parts", read))

    def each(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """One job a slice."""
        for files in slices:
            yield self.arrow(make(self.records(files)))

    def sweep(
        self, slices: Sequence[Sequence[Path]], make: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.Table]:
        """All slices at once: Spark divides the work itself."""
        yield self.arrow(make(self.records([file for files in slices for file in files])))

    def known(self, table: pa.Table) -> ir.Table:
        """A table handed to Spark, under a name of its own."""
        with _without_pandas():
            return self._named("known", self._session.createDataFrame(table))

    def arrow(self, expression: ir.Table) -> pa.Table:
        """All rows of an expression, in the expression's own types."""
        with _without_pandas():
            return self._run(expression).toArrow().cast(expression.schema().to_pyarrow())

    def mapped(
        self, expression: ir.Table, function: Callable[[Batches], Batches], schema: pa.Schema
    ) -> pa.Table:
        """All rows of an expression, through a function in Spark's own Python workers."""
        with _without_pandas():
            through = self._run(expression).mapInArrow(function, from_arrow_schema(schema))
            return through.toArrow().cast(schema)

    def close(self) -> None:
        """Let go of the session; the last to do so ends it."""
        if not self._open:
            return
        self._open = False
        with _lock:
            _holders[self._master] -= 1
            if not _holders[self._master]:
                self._session.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, expression: ir.Table) -> Any:
        return self._session.sql(str(self._backend.compile(expression)))

    def _named(self, kind: str, frame: Any) -> ir.Table:
        name = f"{kind}_{id(self)}_{next(self._names)}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)


def _started(master: str, root: Path, memory_mb: int) -> Any:
    """The session of this process, started if there is none; what Java says goes to spark.log."""
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    conf = (
        SparkConf(loadDefaults=False)
        .setMaster(master)
        .setAll(list(_settings(master, root, memory_mb).items()))
    )
    root.mkdir(parents=True, exist_ok=True)
    try:
        if not _gateways:
            with (root / LOG).open("ab") as log:
                _gateways.append(launch_gateway(conf, {"stdout": log, "stderr": log}))  # type: ignore[no-untyped-call]
        return SparkSession(SparkContext(conf=conf, gateway=_gateways[0]))
    except Exception as fault:
        raise NoEngine(f"Spark at {master} did not start: {fault}. See {root / LOG}.") from fault


def _settings(master: str, root: Path, memory_mb: int) -> dict[str, str]:
    spill = (root / "spill").absolute()
    settings = SETTINGS | {
        "spark.driver.memory": f"{max(memory_mb, 1024)}m",
        "spark.local.dir": str(spill),
        "spark.sql.warehouse.dir": spill.as_uri(),
    }
    if not master.startswith("local"):
        return settings
    cores = master.partition("[")[2].rstrip("]")
    if cores.isdigit():
        settings["spark.sql.shuffle.partitions"] = str(2 * int(cores))
    os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return settings | {"spark.driver.bindAddress": LOOPBACK, "spark.driver.host": LOOPBACK}


@contextmanager
def _without_pandas() -> Iterator[None]:
    """PySpark warns of pandas 3 wherever it may be used; no figure passes through pandas here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _require_programs() -> None:
    if not find_spec("pyspark"):
        raise NoEngine(
            "Spark needs pyspark, which is not installed. Install it: pip install 'goldthread[spark]'."
        )
    home = os.environ.get("JAVA_HOME", "")
    if not (shutil.which(str(Path(home, "bin", "java"))) if home else shutil.which("java")):
        raise NoEngine(
            "Spark needs Java 17, which was not found. Install it (on Debian: openjdk-17-jre-headless) "
            "or set JAVA_HOME to where it is."
        )
