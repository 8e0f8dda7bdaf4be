"""Open tables and populations as long tables: one row an area, period and category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from goldthread.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table that can be read, and its columns as they stand in this file."""

    source: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableMade:
    """A table as written: its rows, none where it was refused, and what to tell."""

    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def recognised(columns: Sequence[str]) -> Table | None:
    """The table that has these headings; None for any other file."""
    return None


def write(
    engine: duckdb.DuckDBPyConnection, table: Table, source: Path, target: Path, where: str
) -> TableMade:
    """Write a table in long form as Parquet."""
    return TableMade(0)
