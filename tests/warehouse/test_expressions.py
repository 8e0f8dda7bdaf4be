"""Records to counts, counts to complete series, series to rates: the one set of expressions, on DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goldthread.warehouse.engines import Engine, NoEngine, engine
from goldthread.warehouse.expressions import (
    KEPT,
    Level,
    completed,
    condensed,
    conformed,
    counts,
    homes_in,
    rates,
    unpeopled,
)
from tests.warehouse.archive import Record, crime, month, table_of, write_part

JANUARY, FEBRUARY, MARCH = month(0), month(1), month(2)
NORFOLK = {"force": "norfolk", "lsoa": "E01026792", "district": "E07000146"}
RECORDS: list[Record] = [
    crime(JANUARY),
    crime(JANUARY, outcome="Local resolution"),
    crime(JANUARY, "Drugs"),
    crime(FEBRUARY, lsoa=None, district=None),
    crime(FEBRUARY, "Drugs", lsoa="E01017996"),
    crime(JANUARY, **NORFOLK),
    crime(MARCH, **NORFOLK, outcome="Local resolution"),
]


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Engine]:
    with engine("duckdb", tmp_path) as opened:
        yield opened


def rows(duck: Engine, expression: Any) -> set[tuple[Any, ...]]:
    """All rows of an expression, in no order."""
    return {tuple(row.values()) for row in duck.arrow(expression).to_pylist()}


def test_counts_by_force(duck: Engine) -> None:
    found = rows(duck, counts(duck.known(table_of(RECORDS)), Level.FORCE))
    assert found == {
        (JANUARY, "cambridgeshire", "Burglary", 2),
        (JANUARY, "cambridgeshire", "Drugs", 1),
        (FEBRUARY, "cambridgeshire", "Burglary", 1),
        (FEBRUARY, "cambridgeshire", "Drugs", 1),
        (JANUARY, "norfolk", "Burglary", 1),
        (MARCH, "norfolk", "Burglary", 1),
    }


def test_a_record_without_a_place_counts_for_its_force_alone(duck: Engine) -> None:
    records = duck.known(table_of(RECORDS))
    assert sum(n for *_, n in rows(duck, counts(records, Level.FORCE))) == 7
    assert sum(n for *_, n in rows(duck, counts(records, Level.DISTRICT))) == 6
    assert sum(n for *_, n in rows(duck, counts(records, Level.LSOA))) == 6


def test_a_measure_counts_what_its_where_says(duck: Engine) -> None:
    records = duck.known(table_of(RECORDS))
    where = {"crime_type": ["Burglary", "Robbery"], "outcome": ["Local resolution"]}
    found = rows(duck, counts(records, Level.DISTRICT, by=None, where=where))
    assert found == {(JANUARY, "E07000008", "", 1), (MARCH, "E07000146", "", 1)}


@pytest.mark.parametrize("asked", [{"by": "offence"}, {"where": {"offence": ["Burglary"]}}])
def test_a_column_that_records_lack_is_named(duck: Engine, asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no column offence"):
        counts(duck.known(table_of(RECORDS)), Level.FORCE, **asked)


def test_counts_are_64_bit_integers_even_of_sums(duck: Engine) -> None:
    condensing = condensed(duck.known(table_of(RECORDS)), outcomes=True)
    assert list(condensing.columns) == list(KEPT)
    again = counts(conformed(condensing), Level.FORCE)
    assert rows(duck, again) == rows(duck, counts(duck.known(table_of(RECORDS)), Level.FORCE))
    assert duck.arrow(again).schema.field("n").type == pa.int64()


def test_missing_is_not_zero(duck: Engine) -> None:
    counted = counts(duck.known(table_of(RECORDS)), Level.FORCE, by=None)
    every = completed(
        counted,
        duck.known(pa.table({"area": ["cambridgeshire", "norfolk"], "force": ["cambridgeshire", "norfolk"]})),
        duck.known(pa.table({"category": [""]})),
        duck.known(pa.table({"month": pa.array([JANUARY, FEBRUARY, MARCH], pa.date32())})),
        duck.known(_came(("cambridgeshire", JANUARY), ("cambridgeshire", FEBRUARY), ("norfolk", FEBRUARY))),
    )
    assert rows(duck, every) == {
        ("cambridgeshire", "", JANUARY, 3),
        ("cambridgeshire", "", FEBRUARY, 2),
        ("cambridgeshire", "", MARCH, None),
        ("norfolk", "", JANUARY, None),
        ("norfolk", "", FEBRUARY, 0),
        ("norfolk", "", MARCH, None),
    }


def test_rates_take_the_population_of_the_year(duck: Engine) -> None:
    months = [date(2023, 12, 1), date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]
    series = pa.table(
        {
            "area": ["a", "a", "a", "a", "b"],
            "category": [""] * 5,
            "month": pa.array([*months, months[0]], pa.date32()),
            "n": pa.array([10, 10, 10, None, 4], pa.int64()),
        }
    )
    people = pa.table({"area": ["a", "a", "b"], "year": [2023, 2024, 2023], "people": [1000.0, 2000.0, 0.0]})
    rated = rates(duck.known(series), duck.known(people), per=1000)
    assert rows(duck, rated.select("area", "month", "rate")) == {
        ("a", months[0], 10.0),
        ("a", months[1], 5.0),
        ("a", months[2], None),
        ("a", months[3], None),
        ("b", months[0], None),
    }
    assert rows(duck, unpeopled(rated)) == {("a", 2025, None), ("b", 2023, 0.0)}


def test_an_expression_that_uses_a_step_twice_runs_over_slices(duck: Engine) -> None:
    parts = [
        write_part(duck.root, "cambridgeshire", at, table_of([crime(at)] * 3)) for at in (JANUARY, MARCH)
    ]

    def shares(records: Any) -> Any:
        by_type, all_types = counts(records, Level.FORCE), counts(records, Level.FORCE, by=None)
        both = by_type.join(all_types, ["month", "area"])
        return both.select("month", share=by_type.n / all_types.n)

    found = list(duck.each([[duck.root / part.path] for part in parts], shares))
    assert [table.to_pylist() for table in found] == [
        [{"month": JANUARY, "share": 1.0}],
        [{"month": MARCH, "share": 1.0}],
    ]


def test_who_sends_an_area(duck: Engine) -> None:
    records = [*RECORDS, crime(JANUARY, force="btp"), crime(JANUARY, force="btp", lsoa=None, district=None)]
    assert rows(duck, homes_in(duck.known(table_of(records)), Level.DISTRICT)) == {
        ("E07000008", "cambridgeshire", 4),
        ("E07000008", "btp", 1),
        ("E07000146", "norfolk", 2),
    }


@pytest.mark.parametrize("named", ["postgres", "duckdb://x", "local[2]"])
def test_an_engine_that_there_is_not(named: str, tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match="Write duckdb, spark://host:port or"):
        engine(named, tmp_path)


def test_the_environment_names_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDTHREAD_WAREHOUSE", "elsewhere")
    with pytest.raises(NoEngine, match="elsewhere"):
        engine(None, tmp_path)
    monkeypatch.delenv("GOLDTHREAD_WAREHOUSE")
    with engine(None, tmp_path) as opened:
        assert opened.name == "duckdb"


def _came(*pairs: tuple[str, date]) -> pa.Table:
    return pa.table(
        {"force": [force for force, _ in pairs], "month": pa.array([at for _, at in pairs], pa.date32())}
    )
