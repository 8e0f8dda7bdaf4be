"""Open tables and populations as long tables: one row an area, period and category, as Parquet.

A table is small (the largest published has under 50,000 rows), so it is read row by row, and every fault
has its row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.warehouse.open_tables import KINDS, Fault, Kind, Row, checked
from goldthread.warehouse.street import cells

MOST_ROWS = 2_000_000
SHOWN = 10
SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("area", pa.string()),
        ("area_name", pa.string()),
        ("area_kind", pa.string()),
        ("period", pa.string()),
        ("starts", pa.date32()),
        ("ends", pa.date32()),
        ("category", pa.string()),
        ("value", pa.int64()),
        ("stated", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table that can be read, and its columns as they stand in this file."""

    kind: Kind
    columns: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source under which its part is kept."""
        return self.kind.source


@dataclass(frozen=True, slots=True)
class TableMade:
    """A table as written: its rows, none where it was refused, and what to tell."""

    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()


def recognised(columns: Sequence[str]) -> Table | None:
    """The table that has these headings; None for any other file."""
    tidy = tuple(" ".join(column.split()) for column in columns)
    return next((Table(kind, tidy) for kind in KINDS if kind.fits(tidy)), None)


def write(table: Table, source: Path, target: Path, where: str, *, between: str = ",") -> TableMade:
    """Write a table in long form as Parquet. A table with a row that cannot be read is not written at all.

    Raises Refused where it has no rows, too many, or does not say of which year it is.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    told: list[Fault] = []
    for made in table.kind.rows(_cells(table, source, between), table.columns, _year(where)):
        if isinstance(made, Fault):
            (faults if made.wrong else told).append(made)
        else:
            rows.append(made)
        if len(rows) > MOST_ROWS:
            raise Refused(f"It has more than {MOST_ROWS:,} rows, and no such table has.", "")
    rows, found = checked(table.kind, rows)
    told.extend(found)
    faults.extend(fault for fault in told if fault.wrong)
    faults.extend(_twice(rows))
    notes = tuple(Problem(where, fault.message, fault.code) for fault in told if not fault.wrong)
    if faults:
        return TableMade(0, tuple(_problems(faults, where)), notes, tuple(f for f in faults if f.row))
    if not rows:
        raise Refused("It holds no rows.", "Send the whole table.")
    rows.sort(key=lambda row: (row.area_kind, row.area, row.category, row.ends))
    columns = list(zip(*((table.source, *row) for row in rows), strict=True))
    arrays = [pa.array(values, kind) for values, kind in zip(columns, SCHEMA.types, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), target, compression="zstd")
    return TableMade(len(rows), (), notes)


def _cells(table: Table, source: Path, between: str) -> Iterator[tuple[int, list[str] | Fault]]:
    """Each row of the file and its number; the heading is row 1."""
    with source.open(encoding="utf-8", newline="") as file:
        file.readline()
        reader = csv.reader(file, delimiter=between)
        try:
            for row in reader:
                number = reader.line_num + 1
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) != len(table.columns):
                    words = f"It has {len(row)} cells and the heading {len(table.columns)}."
                    yield number, Fault(number, words, "cells")
                else:
                    yield number, [cell.strip() for cell in row]
        except csv.Error as fault:
            number = reader.line_num + 1
            yield number, Fault(number, f"It cannot be read ({fault}).", "cells")


def _twice(rows: Sequence[Row]) -> list[Fault]:
    met = Counter((row.area_kind, row.area, row.category, row.ends) for row in rows)
    return [
        Fault(0, f"{area}, {category}, {ends:%-d %B %Y}: it stands {times} times in the table.", "twice")
        for (_, area, category, ends), times in met.items()
        if times > 1
    ]


def _problems(faults: Sequence[Fault], where: str) -> Iterator[Problem]:
    for fault in faults[:SHOWN]:
        place = f"{where}, row {fault.row}" if fault.row else where
        yield Problem(place, fault.message, fault.code)
    more = f"{len(faults):,} faults" if len(faults) > 1 else "this fault"
    yield Problem(where, f"The table was not loaded, because of {more}.", "refused")


def _year(where: str) -> int | None:
    """The one year that a file's name speaks of, as in ``lsoa11_mid2020.csv``; None where there is none."""
    found = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", where.rsplit("›", 1)[-1]))
    return int(found.pop()) if len(found) == 1 else None


def between(line: str) -> str:
    """The mark that divides the columns of a heading."""
    return max(",;\t|", key=lambda mark: len(cells(line, mark)))
