"""Dense series of small and real archives: what is missing, what is zero, and what was counted before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldthread.core.spc.values import Stated
from goldthread.warehouse import series
from goldthread.warehouse.engines import Engine, engine
from goldthread.warehouse.expressions import Level, completed, counts
from goldthread.warehouse.homes import homes_of
from goldthread.warehouse.kept import FOLDER, prune
from goldthread.warehouse.rates import NO_PEOPLE, NOBODY, per_population
from goldthread.warehouse.series import Asked, Dense, State, monthly
from tests.core.spc.published import cases
from tests.warehouse.archive import HOMES, Part, cambridgeshire, crime, month, parts_of, table_of, write_part

CAMBRIDGE, LYNN = HOMES
NORFOLK = {"force": "norfolk", "lsoa": "E01026792", "district": LYNN}
CAME = [
    ("cambridgeshire", month(0)),
    ("cambridgeshire", month(1)),
    ("norfolk", month(0)),
    ("norfolk", month(3)),
]
RECORDS = [
    crime(month(0)),
    crime(month(0)),
    crime(month(0), "Drugs"),
    crime(month(1), "Drugs", lsoa=None, district=None),
    crime(month(0), **NORFOLK),
    crime(month(3), "Drugs", **NORFOLK),
]


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Engine]:
    with engine("duckdb", tmp_path) as opened:
        yield opened


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Part, ...]:
    return parts_of(tmp_path, RECORDS, CAME)


def test_a_month_nobody_sent_is_missing_and_one_without_such_a_crime_is_zero(
    duck: Engine, parts: tuple[Part, ...]
) -> None:
    dense = monthly(duck, parts, Asked(Level.FORCE))
    assert dense.months == (month(0), month(1), month(2), month(3))
    assert dense.series("cambridgeshire", "Burglary") == (2, 0, None, None)
    assert dense.series("cambridgeshire", "Drugs") == (1, 1, None, None)
    assert dense.series("norfolk", "Drugs") == (0, None, None, 1)
    missing, zero, value = State.MISSING, State.ZERO, State.VALUE
    assert dense.state("cambridgeshire", "Burglary") == (value, zero, missing, missing)
    assert [state.stated for state in (missing, zero, value, State.SUPPRESSED)] == [
        Stated.MISSING,
        Stated.VALUE,
        Stated.VALUE,
        Stated.SUPPRESSED,
    ]


@pytest.mark.parametrize("level", [Level.DISTRICT, Level.LSOA])
def test_an_area_is_told_by_its_own_force(duck: Engine, parts: tuple[Part, ...], level: Level) -> None:
    area = {Level.DISTRICT: LYNN, Level.LSOA: "E01026792"}[level]
    assert monthly(duck, parts, Asked(level)).series(area, "Burglary") == (1, None, None, 0)
    moved = monthly(duck, parts, Asked(level, homes={area: "cambridgeshire"}))
    assert moved.series(area, "Burglary") == (1, 0, None, None)


def test_the_lookups_say_who_sends_an_area() -> None:
    assert homes_of(Level.DISTRICT)[CAMBRIDGE] == "cambridgeshire"
    assert homes_of(Level.LSOA)["E01017995"] == "cambridgeshire"
    assert homes_of(Level.FORCE)["norfolk"] == "norfolk"
    forces = set(homes_of(Level.DISTRICT).values())
    assert forces == set(homes_of(Level.LSOA).values())
    assert len(forces) == 43


def test_an_area_named_without_records_is_zero_where_its_force_sent(
    duck: Engine, parts: tuple[Part, ...]
) -> None:
    homes = {"E07000010": "cambridgeshire", "E07000999": "kent"}
    dense = monthly(duck, parts, Asked(Level.DISTRICT, areas=homes, categories=["Drugs"], homes=homes))
    assert dense.series("E07000010", "Drugs") == (0, 0, None, None)
    assert dense.series("E07000999", "Drugs") == (None, None, None, None)
    assert dense.key(1) == ("E07000999", "Drugs")


def test_only_the_months_asked_for(duck: Engine, parts: tuple[Part, ...]) -> None:
    dense = monthly(duck, parts, Asked(Level.FORCE, by=None, months=[month(1), month(2)]))
    assert dense.series("cambridgeshire") == (1, None)
    assert dense.series("norfolk") == (None, None)


def test_an_empty_warehouse(duck: Engine) -> None:
    assert monthly(duck, (), Asked(Level.FORCE)).values.shape == (0, 0)
    dense = monthly(duck, (), Asked(Level.FORCE, by=None, areas=["kent"], months=[month(0)]))
    assert dense.series("kent") == (None,)


def test_groups_are_missing_where_a_member_is(duck: Engine, parts: tuple[Part, ...]) -> None:
    forces = monthly(duck, parts, Asked(Level.FORCE))
    both = forces.together({"east": ["cambridgeshire", "norfolk"], "fens": ["cambridgeshire"]})
    assert both.series("east", "Burglary") == (3, None, None, None)
    assert both.state("fens", "Burglary") == forces.state("cambridgeshire", "Burglary")
    assert both.series("fens", "Drugs") == forces.series("cambridgeshire", "Drugs")


@pytest.mark.parametrize("level", [Level.FORCE, Level.DISTRICT])
def test_counts_kept_for_a_month_are_the_counts_of_its_records(
    duck: Engine, parts: tuple[Part, ...], level: Level
) -> None:
    fresh = monthly(duck, parts, Asked(level, keep=False))
    assert not (duck.root / FOLDER).exists()
    made, used = (monthly(duck, parts, Asked(level)) for _ in range(2))
    assert len(list((duck.root / FOLDER).iterdir())) == 3
    for kept in (made, used):
        assert _same(kept, fresh)


def test_outcomes_are_kept_apart(duck: Engine) -> None:
    records = [*RECORDS, crime(month(0), outcome="Local resolution")]
    some = parts_of(duck.root, records, CAME)
    resolved = {"level": Level.FORCE, "by": None, "where": {"outcome": ["Local resolution"]}}
    for _ in range(2):
        assert monthly(duck, some, Asked(**resolved)).series("cambridgeshire") == (1, 0, None, None)
        assert monthly(duck, some, Asked(Level.FORCE, by=None)).series("cambridgeshire") == (4, 1, None, None)
    assert len(list((duck.root / FOLDER).glob("*-outcomes.parquet"))) == 3
    assert prune(duck.root, some) == 0
    assert prune(duck.root, ()) == 6


def test_a_month_that_was_replaced_is_counted_afresh(duck: Engine, parts: tuple[Part, ...]) -> None:
    before = monthly(duck, parts, Asked(Level.FORCE, by=None))
    revised = write_part(duck.root, "norfolk", month(3), table_of([crime(month(3), **NORFOLK)] * 5))
    after = monthly(duck, (*parts[:3], revised), Asked(Level.FORCE, by=None))
    assert (before.series("norfolk")[3], after.series("norfolk")[3]) == (1, 5)
    assert _same(monthly(duck, parts, Asked(Level.FORCE, by=None)), before)
    assert prune(duck.root, parts) == 1
    assert prune(duck.root, parts) == 0


def test_small_areas_are_counted_from_records_in_slices(
    duck: Engine, parts: tuple[Part, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = monthly(duck, parts, Asked(Level.LSOA))
    monkeypatch.setattr(series, "SLICE_ROWS", 1)
    assert len(series.slices(duck.root, parts, fine=True)) == 3
    assert _same(monthly(duck, parts, Asked(Level.LSOA)), whole)
    assert not (duck.root / FOLDER).exists()


def test_the_matrix_is_the_expression_completed(duck: Engine, parts: tuple[Part, ...]) -> None:
    dense = monthly(duck, parts, Asked(Level.DISTRICT, homes=HOMES))
    records = duck.records([duck.root / part.path for part in parts])
    told = pa.table(
        {
            "force": [part.force for part in parts],
            "month": pa.array([part.month for part in parts], pa.date32()),
        }
    )
    every = completed(
        counts(records, Level.DISTRICT),
        duck.known(pa.table({"area": list(HOMES), "force": list(HOMES.values())})),
        duck.known(pa.table({"category": list(dense.categories)})),
        duck.known(pa.table({"month": pa.array(dense.months, pa.date32())})),
        duck.known(told),
    )
    for row in duck.arrow(every).to_pylist():
        place = dense.months.index(row["month"])
        assert dense.series(row["area"], row["category"])[place] == row["n"]


def test_rates_and_what_cannot_be_divided(duck: Engine, parts: tuple[Part, ...]) -> None:
    dense = monthly(duck, parts, Asked(Level.FORCE, by=None))
    rated, problems = per_population(dense, {("cambridgeshire", 2024): 500.0, ("norfolk", 2024): 0.0})
    assert rated.series("cambridgeshire") == (6.0, 2.0, None, None)
    assert rated.state("norfolk") == (State.MISSING,) * 4
    assert [(one.where, one.code) for one in problems] == [("norfolk, 2024", NOBODY)]
    _, problems = per_population(dense, {("cambridgeshire", 2024): 500.0})
    assert [(one.where, one.code) for one in problems] == [("norfolk, 2024", NO_PEOPLE)]
    assert dense.series("norfolk") == (1, None, None, 1)


def test_no_problem_where_nothing_was_told(duck: Engine, parts: tuple[Part, ...]) -> None:
    dense = monthly(duck, parts, Asked(Level.FORCE, by=None, months=[date(2025, 1, 1)]))
    assert per_population(dense, {})[1] == ()


@pytest.mark.slow
@pytest.mark.parametrize("keep", [True, False])
def test_real_months_are_those_published(duck: Engine, keep: bool) -> None:
    """Cambridgeshire's months as other hands counted them. Reason for slow: 205,879 records."""
    parts = cambridgeshire(duck.root)
    dense = monthly(duck, parts, Asked(Level.FORCE, keep=keep))
    since = dense.months.index(date(2024, 1, 1))
    kinds = {re.sub(r"\W", "_", kind).casefold(): kind for kind in dense.categories}
    seen = 0
    for name, case in cases("ptd_08*.json"):
        kind = kinds.get(name.partition(":cambs_")[2])
        if kind:
            seen += 1
            assert list(dense.series("cambridgeshire", kind)[since:]) == case["input"]["values"]
    assert seen == 7
    assert dense.state("cambridgeshire", "Burglary")[5] is State.MISSING
    assert np.nansum(dense.values) == 205_879


@pytest.mark.slow
def test_a_part_may_hold_more_columns_and_coded_ones(duck: Engine) -> None:
    """Reason for slow: none but the file on the disk, now and then."""
    table = table_of(RECORDS[:3])
    coded = table.append_column("placed", pa.array(["given"] * 3)).set_column(
        4, "crime_type", table["crime_type"].dictionary_encode()
    )
    part = write_part(duck.root, "cambridgeshire", month(0), table)
    pq.write_table(coded, duck.root / part.path)
    dense = monthly(duck, [replace(part)], Asked(Level.FORCE))
    assert dense.series("cambridgeshire", "Burglary") == (2,)


def _same(one: Dense, other: Dense) -> bool:
    return (
        (one.areas, one.categories, one.months) == (other.areas, other.categories, other.months)
        and np.array_equal(one.values, other.values, equal_nan=True)
        and np.array_equal(one.states, other.states)
    )
