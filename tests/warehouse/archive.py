"""Small archives for tests: parts of records, made up or real, as a load leaves them.

`data/cambridgeshire-records.parquet` holds the 205,879 street-level records of Cambridgeshire for October
2018 to February 2019, January 2021 and all of 2024 and 2025, as parts hold them. Source: data.police.uk,
Open Government Licence v3.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldthread.warehouse.expressions import RECORDS

CAMBRIDGESHIRE = Path(__file__).parent / "data" / "cambridgeshire-records.parquet"
COLUMNS = tuple(RECORDS)
HOMES = {"E07000008": "cambridgeshire", "E07000146": "norfolk"}
Record = tuple[date, str, str | None, str | None, str, str | None]


@dataclass(frozen=True)
class Part:
    """A part of a test's archive, with what the engines ask of one."""

    force: str
    month: date | None
    rows: int
    digest: str
    path: str


def month(number: int) -> date:
    """The so-many-th month from January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 1)


def crime(
    at: date,
    kind: str = "Burglary",
    *,
    force: str = "cambridgeshire",
    lsoa: str | None = "E01017995",
    district: str | None = "E07000008",
    outcome: str | None = None,
) -> Record:
    """One record."""
    return (at, force, lsoa, district, kind, outcome)


def table_of(records: Sequence[Record]) -> pa.Table:
    """Records as a table in the columns of a part."""
    shape = RECORDS.to_pyarrow()
    return pa.Table.from_pylist([dict(zip(COLUMNS, one, strict=True)) for one in records], shape)


def write_part(root: Path, force: str, at: date, table: pa.Table) -> Part:
    """Write one part under the root; a part without records is still one that came."""
    written = BytesIO()
    pq.write_table(table, written)
    digest = hashlib.sha256(written.getbuffer()).hexdigest()
    path = Path("parts", "street", force, f"{at:%Y-%m}-{digest[:24]}.parquet")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(written.getbuffer())
    return Part(force, at, table.num_rows, digest, str(path))


def parts_of(root: Path, records: Sequence[Record], came: Iterable[tuple[str, date]]) -> tuple[Part, ...]:
    """One part for each force and month that came, with those of the records that are its own."""
    return tuple(
        write_part(root, force, at, table_of([one for one in records if one[:2] == (at, force)]))
        for force, at in came
    )


def cambridgeshire(root: Path, since: date = date(2018, 10, 1)) -> tuple[Part, ...]:
    """The real records, in one part a month."""
    table = pq.read_table(CAMBRIDGESHIRE, columns=list(COLUMNS))
    months = [at for at in pc.unique(table["month"]).to_pylist() if at >= since]
    return tuple(
        write_part(root, "cambridgeshire", at, table.filter(pc.equal(table["month"], pa.scalar(at))))
        for at in months
    )
