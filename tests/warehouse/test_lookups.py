"""Small areas of 2011 in the areas of 2021, districts and forces."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from goldthread.warehouse.lookups import FOLDER, districts, folded, force_names, force_of, forces, rows
from tests.warehouse.deliveries import loaded, row, sample, street, words


def test_the_lookups_are_whole_and_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 600 * 1024
    areas = rows("lsoa21")
    assert len(areas) == len({area["lsoa"] for area in areas}) == 35_672
    assert {area["district"] for area in areas} == {d.code for d in districts().values() if not d.became}
    assert Counter(area["placed"] for area in rows("lsoa11_retired")) == {
        "split": 864,
        "merged": 239,
        "redrawn": 3,
    }
    assert {area["lsoa11"] for area in rows("lsoa11_retired")}.isdisjoint(area["lsoa"] for area in areas)


def test_every_district_lies_in_a_force_and_every_merger_in_a_district() -> None:
    codes = {force.code for force in forces().values()}
    assert all(district.force_code in codes for district in districts().values())
    ended = [district for district in districts().values() if district.became]
    assert len(ended) == 17
    assert all(district.became in districts() and district.ended == date(2023, 4, 1) for district in ended)


def test_the_residents_of_forces_add_up_to_england_and_wales() -> None:
    assert sum(force.population or 0 for force in forces().values()) == 59_719_724
    assert forces()["cambridgeshire"].code == "E23000023"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Devon and Cornwall", "devon-and-cornwall"),
        ("London, City of", "city-of-london"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Dyfed Powys Police", "dyfed-powys"),
        ("cambridgeshire constabulary", "cambridgeshire"),
        ("Police Service of Northern Ireland", "northern-ireland"),
        ("British Transport Police", "btp"),
        ("Ruritania Police", None),
    ],
)
def test_what_sources_call_a_force(name: str, key: str | None) -> None:
    assert force_of(name, date(2024, 1, 1)) == key


def test_every_name_is_of_a_force_and_of_one_only() -> None:
    assert {name.force for name in force_names()} <= set(forces())
    met = Counter(name.name for name in force_names())
    assert met.most_common(1)[0][1] == 1
    assert folded("Devon & Cornwall Police") == "devon-and-cornwall"


def test_areas_of_2011_are_placed_by_the_lookup(tmp_path: Path) -> None:
    retired = {how: [r for r in rows("lsoa11_retired") if r["placed"] == how] for how in ("split", "merged")}
    split, merged = retired["split"][0], retired["merged"][0]
    given = (row(area=code) for code in (split["lsoa11"], merged["lsoa11"], "E01017540", "S01000001", ""))
    done = loaded(tmp_path, {"2024-01-cambridgeshire-street.csv": street(*given)})
    path = tmp_path / "home" / done.parts[0].path
    found = {how: (lsoa, district) for how, lsoa, district in _placed(path)}
    assert found == {
        "split": (None, split["district"]),
        "merged": (merged["lsoa"], merged["district"]),
        "given": ("E01017540", "E06000055"),
        "unknown": (None, None),
        "none": (None, None),
    }


def test_where_a_split_area_lies_in_two_districts_neither_is_certain(tmp_path: Path) -> None:
    done = loaded(
        tmp_path,
        {
            "2024-01-hertfordshire-street.csv": street(
                row(force="Hertfordshire Constabulary", area="E01023508")
            )
        },
    )
    assert _placed(tmp_path / "home" / done.parts[0].path) == [("split", None, None)]


def test_a_real_month_of_2018_is_counted_whole(tmp_path: Path) -> None:
    name = "2018-10-cambridgeshire-street.csv"
    done = loaded(tmp_path, {name: sample(name)})
    areas = [line.split(",")[7] for line in sample(name).decode().splitlines()[1:]]
    how = {area["lsoa11"]: area["placed"] for area in rows("lsoa11_retired")}
    assert done.problems == ()
    assert done.counts["area split"] == sum(how.get(area) == "split" for area in areas) > 0
    assert done.counts["area given"] + done.counts["area split"] + done.counts["area none"] + done.counts[
        "area merged"
    ] == len(areas)
    assert "the district is certain" in words(done.notes)


def _placed(path: Path) -> list[tuple[str, str | None, str | None]]:
    return duckdb.sql(f"SELECT placed, lsoa, district FROM '{path}' ORDER BY placed").fetchall()
