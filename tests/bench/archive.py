"""A national archive made up in the true proportions: ten years, 43 forces, 35,722 small areas, 14 types.

Run by the other benches. The mix of crime types and of outcomes is that of 7,081,541 records that police
forces of England and Wales published between 2018 and 2025 (data.police.uk, Open Government Licence v3.0).
Parts are written as a load writes them: one Parquet file a force and month, in the order of its records.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from goldthread.warehouse import lookups
from goldthread.warehouse.layout import Layout, part_path
from goldthread.warehouse.manifest import Manifest, Part, Standing, keep_load, swap
from goldthread.warehouse.records import SCHEMA

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TYPES = {
    "Anti-social behaviour": 0.1704,
    "Bicycle theft": 0.0096,
    "Burglary": 0.0416,
    "Criminal damage and arson": 0.0845,
    "Drugs": 0.0304,
    "Other crime": 0.0226,
    "Other theft": 0.0663,
    "Possession of weapons": 0.0094,
    "Public order": 0.0705,
    "Robbery": 0.0081,
    "Shoplifting": 0.0785,
    "Theft from the person": 0.0076,
    "Vehicle crime": 0.0480,
    "Violence and sexual offences": 0.3525,
}
OUTCOMES = {
    "": 0.161,
    "Awaiting court outcome": 0.017,
    "Court result unavailable": 0.069,
    "Investigation complete; no suspect identified": 0.327,
    "Local resolution": 0.025,
    "Status update unavailable": 0.053,
    "Unable to prosecute suspect": 0.348,
}
NO_AREA = 0.051
MORE_AREAS = 50


@dataclass(frozen=True)
class Country:
    """Small areas with their districts and forces, and how likely a crime is in each."""

    areas: pa.Array
    districts: pa.Array
    forces: pa.Array
    district_of: np.ndarray
    force_of: np.ndarray
    until: np.ndarray


def country(seed: int = 1) -> Country:
    """The real small areas of England and Wales and a few made up, some of them far busier than others."""
    districts = lookups.districts()
    by_code = {force.code: force.key for force in lookups.forces().values() if force.kind == "territorial"}
    rows = [(row["lsoa"], row["district"]) for row in lookups.rows("lsoa21")]
    rows += [(f"E0199{number:04d}", "E07000008") for number in range(MORE_AREAS)]
    rows = [(area, district, by_code[districts[district].force_code]) for area, district in rows]
    rows.sort(key=lambda row: (row[2], row[1], row[0]))
    named = sorted({row[1] for row in rows}), sorted({row[2] for row in rows})
    weight = np.random.default_rng(seed).lognormal(0, 0.9, len(rows))
    return Country(
        pa.array([row[0] for row in rows]),
        pa.array(named[0]),
        pa.array(named[1]),
        np.searchsorted(named[0], [row[1] for row in rows]).astype(np.int32),
        np.searchsorted(named[1], [row[2] for row in rows]).astype(np.int32),
        np.cumsum(weight) / weight.sum(),
    )


def months(count: int, first: date = date(2016, 1, 1)) -> tuple[date, ...]:
    """So many months in a row."""
    return tuple(date(first.year + n // 12, n % 12 + 1, 1) for n in range(count))


def month_of(land: Country, month: date, rows: int) -> tuple[pa.Table, np.ndarray]:
    """One month of records in a load's order, and where each force's begin and end."""
    chance = np.random.default_rng(month.toordinal())
    season = 1 + 0.08 * np.sin(2 * np.pi * (month.month - 4) / 12)
    size = int(chance.poisson(rows * season))
    area = np.searchsorted(land.until, chance.random(size)).astype(np.int32)
    kind = np.searchsorted(_until(TYPES), chance.random(size)).astype(np.int32)
    outcome = np.searchsorted(_until(OUTCOMES), chance.random(size)).astype(np.int32)
    lost = chance.random(size) < NO_AREA
    order = np.lexsort((area, kind, land.force_of[area]))
    area, kind, outcome, lost = area[order], kind[order], outcome[order], lost[order]
    force = land.force_of[area]
    given = pa.array(["given", "none"])
    told = pa.array([name or None for name in OUTCOMES])
    columns = {
        "month": pa.repeat(pa.scalar(month, pa.date32()), size),
        "force": _coded(force, land.forces),
        "lsoa": _coded(area, land.areas, lost),
        "placed": _coded(lost.astype(np.int32), given),
        "district": _coded(land.district_of[area], land.districts, lost),
        "crime_type": _coded(kind, pa.array(list(TYPES))),
        "outcome": _coded(outcome, told),
    }
    table = pa.table(columns).cast(SCHEMA)
    return table, np.searchsorted(force, np.arange(len(land.forces) + 1))


def _until(shares: dict[str, float]) -> np.ndarray:
    rising = np.cumsum(list(shares.values()))
    return rising / rising[-1]


def _coded(codes: np.ndarray, names: pa.Array, lost: np.ndarray | None = None) -> pa.Array:
    return names.take(pa.array(codes, mask=lost))


def write_parts(root: Path, land: Country, span: tuple[date, ...], rows: int) -> tuple[Part, ...]:
    """Write the archive's parts and a manifest that names them all, as one load."""
    layout, parts = Layout(root), []
    for month in span:
        parts += _write_month(root, land, month, rows)
    keep_load(layout, "archive", parts)
    swap(layout, Manifest(), (Standing("archive", AT, ("archive.zip",)),), at=AT)
    return tuple(parts)


def _write_month(root: Path, land: Country, month: date, rows: int) -> Iterator[Part]:
    table, bounds = month_of(land, month, rows)
    for number, force in enumerate(land.forces.to_pylist()):
        some = table.slice(bounds[number], bounds[number + 1] - bounds[number])
        digest = hashlib.sha256(f"{force}{month}".encode()).hexdigest()
        path = root / part_path("street", force, month, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(some, path, compression="zstd")
        yield Part(
            "street", force, month, len(some), digest, digest, f"{month:%Y-%m}-{force}-street.csv",
            str(path.relative_to(root)), "archive",
        )  # fmt: skip


def write_csv(folder: Path, land: Country, month: date, rows: int) -> list[Path]:
    """The same month as police forces publish it: 43 files with the twelve columns of street-level CSV."""
    table, bounds = month_of(land, month, rows)
    names = {force.key: force.name for force in lookups.forces().values()}
    target = folder / f"{month:%Y-%m}"
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    with duckdb.connect() as engine:
        for number, force in enumerate(land.forces.to_pylist()):
            some = table.slice(bounds[number], bounds[number + 1] - bounds[number])
            engine.register("month", some)
            path = target / f"{month:%Y-%m}-{force}-street.csv"
            engine.execute(_CSV.format(path=path, name=names[force], seed=f"{month}{force}"))
            engine.unregister("month")
            paths.append(path)
    return paths


_CSV = """
COPY (
    SELECT CASE WHEN crime_type <> 'Anti-social behaviour' THEN sha256('{seed}' || row_number() OVER ()) END
            AS "Crime ID",
        strftime(month, '%Y-%m') AS "Month", '{name}' AS "Reported by", '{name}' AS "Falls within",
        CASE WHEN lsoa IS NOT NULL THEN round(-5 + 6 * random(), 6) END AS "Longitude",
        CASE WHEN lsoa IS NOT NULL THEN round(50 + 5 * random(), 6) END AS "Latitude",
        CASE WHEN lsoa IS NULL THEN 'No Location' ELSE 'On or near Supermarket Street' END AS "Location",
        lsoa AS "LSOA code", district || ' 001A' AS "LSOA name", crime_type AS "Crime type",
        outcome AS "Last outcome category", NULL AS "Context"
    FROM "month"
) TO '{path}' (FORMAT csv, HEADER)
"""


if __name__ == "__main__":
    if len(sys.argv) > 1:
        made = write_parts(Path(sys.argv[1]), country(), months(12), 250_000)
        print(f"{sum(part.rows for part in made):,} records in {len(made):,} parts")
    else:
        print("The other benches make the archive they need.")
