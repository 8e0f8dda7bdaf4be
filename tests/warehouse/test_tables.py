"""Open tables and populations, as long tables under the same manifest."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goldthread.warehouse.loading import Loaded, load, manifest, undo
from tests.warehouse.deliveries import AT, codes, given, loaded, sample, words

HEAD = "12 months ending,PFA,Region,Offence,Rolling year total number of offences"


def _rows(done: Loaded, tmp_path: Path, what: str, where: str = "true") -> list[tuple[object, ...]]:
    path = tmp_path / "home" / done.parts[0].path
    return duckdb.sql(f"SELECT {what} FROM '{path}' WHERE {where}").fetchall()


def _table(tmp_path: Path, *lines: str, name: str = "table.csv") -> Loaded:
    return loaded(tmp_path, {name: "\n".join((*lines, "")).encode()})


def test_rolling_years_are_marked_so_that_nobody_charts_them_as_months(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"rec-crime-pfa.csv": sample("rec-crime-pfa.csv")})
    assert done.problems == ()
    assert done.rows == sample("rec-crime-pfa.csv").count(b"\n") - 1
    assert _rows(done, tmp_path, "DISTINCT period") == [("rolling year",)]
    assert "never drawn as months" in words(done.notes)
    assert _rows(done, tmp_path, "starts, ends, value", "area = 'cambridgeshire' AND category = 'Homicide' "
                 "AND ends = '2018-12-31'")[0][:2] == (date(2018, 1, 1), date(2018, 12, 31))  # fmt: skip


def test_an_odd_end_of_a_period_is_read_as_the_months_end(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"rec-crime-pfa.csv": sample("rec-crime-pfa.csv")})
    assert "30-12-2017" in words(done.notes)
    assert _rows(done, tmp_path, "count(*)", "ends = '2017-12-30'") == [(0,)]
    assert _rows(done, tmp_path, "count(*) > 0", "ends = '2017-12-31'") == [(True,)]


def test_a_renamed_class_is_missing_and_not_zero(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"rec-crime-pfa.csv": sample("rec-crime-pfa.csv")})
    found = _rows(
        done,
        tmp_path,
        "category, value, stated",
        "area = 'cambridgeshire' AND ends = '2018-12-31' AND category LIKE '%omestic%burglary' OR "
        "area = 'cambridgeshire' AND ends = '2018-12-31' AND category = 'Residential burglary'",
    )
    assert ("Domestic burglary", None, "missing") in found
    assert ("Residential burglary", 3587, "value") in found
    assert "“Domestic burglary” was not in use" in words(done.notes)


def test_bodies_that_are_not_forces_are_kept_apart(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"rec-crime-pfa.csv": sample("rec-crime-pfa.csv")})
    kinds = dict(_rows(done, tmp_path, "DISTINCT area, area_kind"))
    assert kinds == {
        "cambridgeshire": "territorial",
        "devon-and-cornwall": "territorial",
        "btp": "national",
        "action-fraud": "reporting body",
    }
    assert "Action Fraud, British Transport Police stand among the forces" in words(done.notes)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("31-02-2018,Kent,South East,Robbery,5", "table.csv, row 3: “31-02-2018” is not a day"),
        ("31-12-2018,Kent,South East,Robbery,many", "table.csv, row 3: “many” is not a whole number."),
        ("31-12-2018,Kent,Robbery,5", "table.csv, row 3: It has 4 cells and the heading 5."),
        (
            "31-12-2018,Kent,South East,Homicide,9",
            "table.csv: kent, Homicide, 31 December 2018: it stands 2 times",
        ),
    ],
)
def test_a_table_with_a_bad_row_is_not_loaded_and_the_row_is_named(
    tmp_path: Path, line: str, said: str
) -> None:
    done = _table(tmp_path, HEAD, "31-12-2018,Kent,South East,Homicide,9", line)
    assert not done.changed
    assert said in words(done.problems)
    assert "The table was not loaded, because of this fault." in words(done.problems)


def test_a_force_unknown_to_us_stops_a_table_of_crime(tmp_path: Path) -> None:
    done = _table(tmp_path, HEAD, "31-12-2018,Ruritania,South East,Homicide,9")
    assert "No force is known by the name “Ruritania”." in words(done.problems)


def test_residents_a_column_a_force(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"wide.csv": sample("population_policeforces_2009_2019.csv")})
    assert (done.problems, done.rows) == ((), 11 * 39)
    assert _rows(
        done, tmp_path, "value, ends, area_kind", "area = 'cambridgeshire' AND year(ends) = 2010"
    ) == [(796661, date(2010, 6, 30), "territorial")]


def test_residents_a_row_a_force_and_year_with_a_dash_where_none_is_known(tmp_path: Path) -> None:
    done = _table(tmp_path, "Force,Year,Population", 'Kent Police,2020,"1,860,111"', "cambridgeshire,2020,-")
    assert _rows(done, tmp_path, "area, value, stated") == [
        ("cambridgeshire", None, "missing"),
        ("kent", 1860111, "value"),
    ]


def test_residents_that_slipped_against_their_names_are_refused(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"forces_2010.csv": sample("forces_2010.csv")})
    assert not done.changed
    assert codes(done.problems) == {"residents", "refused"}
    assert "Cumbria Constabulary has 1,010,600 residents here and 499,781" in words(done.problems)


def test_residents_of_small_areas_add_up_to_districts_and_forces(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"lsoa11_mid2020.csv": sample("lsoa11_mid2020.csv")})
    assert done.problems == ()
    sums = dict(_rows(done, tmp_path, "area_kind, sum(value)", "true GROUP BY area_kind"))
    assert sums["district"] == sums["force"]
    alone = _rows(done, tmp_path, "value", "area = 'E01023508'")
    assert sums["lsoa11"] - sums["district"] == alone[0][0]
    nameless = loaded(tmp_path / "b", {"areas.csv": sample("lsoa11_mid2020.csv")})
    assert "does not say of which year" in words(nameless.problems)


def test_counts_made_before_are_months(tmp_path: Path) -> None:
    name = "street_counts_month_force_type.csv"
    done = load(tmp_path / "home", given(tmp_path, {name + ".gz": gzip.compress(sample(name))}), at=AT)
    assert (done.parts[0].source, done.rows) == ("street-counts", 60)
    assert _rows(done, tmp_path, "DISTINCT area, period") == [("cambridgeshire", "month")]


def test_a_table_published_again_takes_the_place_and_undo_brings_it_back(tmp_path: Path) -> None:
    first = _table(tmp_path, HEAD, "31-12-2018,Kent,South East,Homicide,9")
    second = _table(tmp_path, HEAD, "31-12-2018,Kent,South East,Homicide,10")
    home = tmp_path / "home"
    assert second.replaced == first.parts
    assert manifest(home).table("recorded-crime") == second.parts[0]
    assert undo(home, second.id, at=AT).parts == first.parts
