"""The one set of expressions from crime records to series: counted, completed, rated, gathered.

They are Ibis expressions, so that DuckDB and Spark run the same definition. A month is the date of its
first day, an area is a code or name of the level asked for, and a category is what is counted within it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

RECORDS = ibis.schema(
    {
        "month": "date",
        "force": "string",
        "lsoa": "string",
        "district": "string",
        "crime_type": "string",
        "outcome": "string",
    }
)
KEPT = ibis.schema(
    {
        "month": "date",
        "force": "string",
        "district": "string",
        "crime_type": "string",
        "outcome": "string",
        "n": "int64",
    }
)
ALL = ""
Where = Mapping[str, Sequence[str]]


class Level(StrEnum):
    """How large the areas are that are counted."""

    FORCE = "force"
    DISTRICT = "district"
    LSOA = "lsoa"


def conformed(table: ir.Table) -> ir.Table:
    """Only the columns of RECORDS, or of KEPT where it has counts, in their types, whatever else it holds."""
    wanted = _shape(table.columns)
    return table.select(**{name: table[name].cast(kind) for name, kind in wanted.items()})


def shape_of(files: Sequence[Path]) -> ibis.Schema:
    """The columns to read from these files, all of one kind: those of KEPT there are, or else of RECORDS."""
    return _shape(pq.read_schema(files[0]).names)


def _shape(columns: Sequence[str]) -> ibis.Schema:
    if "n" not in columns:
        return RECORDS
    return ibis.schema({name: kind for name, kind in KEPT.items() if name in columns})


def condensed(records: ir.Table, *, outcomes: bool) -> ir.Table:
    """The records counted by everything but the small area, and by outcome only where asked: as KEPT."""
    left_out = {"n"} if outcomes else {"n", "outcome"}
    return records.group_by([name for name in KEPT if name not in left_out]).agg(n=_number(records))


def counts(
    records: ir.Table, level: Level, *, by: str | None = "crime_type", where: Where | None = None
) -> ir.Table:
    """How many records each month holds: month, area, category, n.

    `by` names the column whose values are the categories; without it everything is one category, ALL.
    `where` keeps the records whose column has one of the values given. A record without an area of the
    level counts nowhere. A month without records gives no row here: see `completed`.
    """
    where = where or {}
    unknown = sorted({*where, *([by] if by else [])} - set(records.columns))
    if unknown:
        raise ValueError(f"Records have no column {', '.join(unknown)}.")
    kept = records.filter(
        records[level].notnull(), *[records[name].isin(list(of)) for name, of in where.items()]
    )
    grouped = kept.group_by(
        month=kept.month, area=kept[level], category=kept[by] if by else ibis.literal(ALL)
    )
    return grouped.agg(n=_number(kept))


def _number(records: ir.Table) -> ir.IntegerScalar:
    """How many records there are: rows, or the sum of what was counted before.

    DuckDB sums 64-bit integers in 128 bits, which Arrow has not; a plain cast to what Ibis takes the sum to
    be already would be left out of the statement.
    """
    if "n" not in records.columns:
        return records.count()
    return records["n"].sum().cast("float64").cast("int64")


def completed(
    counted: ir.Table, areas: ir.Table, categories: ir.Table, months: ir.Table, parts: ir.Table
) -> ir.Table:
    """One row for every area, category and month: area, category, month, n.

    n is 0 where the area's force sent that month and no such record was in it, and null where the force
    did not send it. `areas` has area and force, `categories` category, `months` month, `parts` force and
    month: what came.
    """
    came = parts.distinct().mutate(came=True)
    every = areas.cross_join(categories).cross_join(months)
    told = every.left_join(came, ["force", "month"]).drop("force_right", "month_right")
    found = told.left_join(counted, ["area", "category", "month"])
    n = ibis.ifelse(found.came.notnull(), found.n.coalesce(0), ibis.null("int64"))
    return found.select("area", "category", "month", n=n)


def rates(series: ir.Table, people: ir.Table, *, per: float) -> ir.Table:
    """The completed series with people and rate: n for every `per` people of that year.

    `people` has area, year and people. The rate is null where n is, and where nobody lived there or the
    year's population is not known: `unpeopled` names those.
    """
    joined = series.mutate(year=series.month.year()).left_join(people, ["area", "year"])
    kept = joined.select("area", "category", "month", "n", "year", people=joined.people.cast("float64"))
    rate = ibis.ifelse(kept.people > 0, kept.n.cast("float64") * per / kept.people, ibis.null("float64"))
    return kept.mutate(rate=rate)


def unpeopled(rated: ir.Table) -> ir.Table:
    """The areas and years that have counts and no population to divide them by: area, year, people."""
    wanting = rated.filter(rated.n.notnull(), rated.rate.isnull())
    return wanting.select("area", "year", "people").distinct()


def numbered(counted: ir.Table, areas: ir.Table, categories: ir.Table, first: date) -> ir.Table:
    """The counts of known areas and categories by number: row, month, n.

    `areas` has area and row, `categories` category and step; a count's row is their sum, and its month is
    how many months it lies after the first.
    """
    both = counted.inner_join(areas, "area").inner_join(categories, "category")
    month = (both.month.year() - first.year) * 12 + both.month.month() - first.month
    return both.select(row=(both.row + both.step).cast("int32"), month=month.cast("int32"), n=both.n)


def gathered(numbers: ir.Table, every: ir.Table) -> ir.Table:
    """One row for each series, its counts as two lists in no order: row, force, months, counts.

    `numbers` is what `numbered` gives; `every` has row and force for all series, those without any record
    too, whose lists are null.
    """
    lists = numbers.group_by("row").agg(months=numbers.month.collect(), counts=numbers.n.collect())
    return every.left_join(lists, "row").drop("row_right")


def found_in(records: ir.Table, level: Level, by: str | None) -> ir.Table:
    """The areas and categories there are any records of: area, category."""
    there = records.filter(records[level].notnull())
    return there.select(area=there[level], category=there[by] if by else ibis.literal(ALL)).distinct()


def homes_in(records: ir.Table, level: Level) -> ir.Table:
    """How many records each force has in each area: area, force, n."""
    there = records.filter(records[level].notnull())
    return there.group_by(area=there[level], force=there.force).agg(n=_number(there))
