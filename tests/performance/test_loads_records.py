"""Crime records: archives loaded, counted for every measure and area, revised, undone, cut short."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from goldthread.performance.actions import standing
from goldthread.performance.actions.recounting import count_again
from goldthread.performance.actions.standing import redo, undo
from goldthread.performance.loading import counting, records
from goldthread.performance.loading.where import warehouse_root
from goldthread.performance.models import Area, Figure, Load, LoadStage, SourceKind
from goldthread.performance.verify import loads as verified
from goldthread.warehouse import loading
from goldthread.warehouse.layout import Layout
from goldthread.warehouse.locking import held
from goldthread.warehouse.manifest import manifest
from tests.performance.deliveries import PETERBOROUGH, RATE, Deliveries, archive, street_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Slow: DuckDB is opened for each load."""


@pytest.fixture
def deliveries(measuring: Any, at: Any, settings: Any, tmp_path: Path) -> Deliveries:
    settings.HOME = tmp_path
    made = Deliveries(measuring, at)
    made.cambridgeshire  # noqa: B018 - the force whose records come
    made.burglary  # noqa: B018 - the measure they are counted for
    return made


def counted(deliveries: Deliveries) -> dict[str, Any]:
    return deliveries.values(deliveries.burglary, deliveries.cambridgeshire)


def test_an_archive_becomes_figures_and_a_month_that_did_not_come_is_missing(deliveries: Deliveries) -> None:
    load = deliveries.records(archive({"2013-10": 4, "2013-12": 0}))
    assert (load.status, load.understood["files"], load.understood["forces"]) == (
        LoadStage.STANDING,
        2,
        ["Cambridgeshire Constabulary"],
    )
    assert counted(deliveries) == {"2013-10": 4.0, "2013-12": 0.0}
    assert load.warehouse == manifest(warehouse_root()).loads[0].id
    assert list(verified()) == []


def test_districts_are_counted_and_a_published_month_replaces_the_earlier(deliveries: Deliveries) -> None:
    district = Area.objects.create(
        code="E06000031",
        slug="peterborough",
        name="Peterborough",
        kind="district",
        within=deliveries.cambridgeshire,
    )
    deliveries.records(
        street_rows("2013-11", ["Burglary"] * 3).encode(), name="2013-11-cambridgeshire-street.csv"
    )
    later = deliveries.at + timedelta(days=30)
    words = street_rows("2013-11", ["Burglary"] * 2, lsoa=PETERBOROUGH)
    second = deliveries.records(words.encode(), name="2013-11-cambridgeshire-street.csv", at=later)
    assert counted(deliveries) == {"2013-11": 2.0}
    assert deliveries.values(deliveries.burglary, district) == {"2013-11": 2.0}
    assert (second.counts["replaced"], second.counts["changes"]["revised"]) == (1, 2)
    assert Figure.objects.filter(area=deliveries.cambridgeshire).count() == 2


def test_the_same_archive_twice_says_so_and_doubles_nothing(deliveries: Deliveries) -> None:
    content = archive({"2013-10": 4})
    deliveries.records(content)
    again = deliveries.records(content, again=True, at=deliveries.at + timedelta(hours=1))
    assert again.status == LoadStage.FAILED
    assert "held already" in again.reason
    assert counted(deliveries) == {"2013-10": 4.0}


def test_undo_takes_records_and_figures_back_together_and_redo_brings_both(deliveries: Deliveries) -> None:
    deliveries.records(archive({"2013-10": 4}))
    second = deliveries.records(archive({"2013-10": 9, "2013-11": 5}), at=deliveries.at + timedelta(days=1))
    assert counted(deliveries) == {"2013-10": 9.0, "2013-11": 5.0}
    day = deliveries.at + timedelta(days=2)
    undo(load=second, reason="The archive was withdrawn.", by=deliveries.analyst, at=day)
    assert counted(deliveries) == {"2013-10": 4.0}
    assert [part.rows for part in manifest(warehouse_root()).parts] == [5]
    redo(load=second, by=deliveries.analyst, at=day + timedelta(hours=1))
    assert counted(deliveries) == {"2013-10": 9.0, "2013-11": 5.0}
    assert list(verified()) == []


def test_a_measure_taken_up_later_is_counted_from_the_records_held(deliveries: Deliveries) -> None:
    deliveries.records(archive({"2013-10": 4}, kind="Robbery"))
    numerator = {"source": "street", "words": "Robberies.", "where": {"crime_type": ["Robbery"]}}
    robbery = deliveries.story.a_measure(key="robbery", name="Robbery", numerator=numerator)
    body = deliveries.story.cast.body
    made = count_again(body=body, by=deliveries.analyst, at=deliveries.at + timedelta(days=1))
    assert made is not None
    assert deliveries.values(robbery, deliveries.cambridgeshire) == {"2013-10": 4.0}
    assert count_again(body=body, by=deliveries.analyst, at=deliveries.at + timedelta(days=2)) is None
    first = Load.objects.exclude(warehouse="").get()
    undo(load=first, reason="Wrong.", by=deliveries.analyst, at=deliveries.at + timedelta(days=3))
    assert deliveries.values(robbery, deliveries.cambridgeshire) == {"2013-10": "missing"}


def test_rates_follow_when_populations_come(deliveries: Deliveries) -> None:
    rate = deliveries.story.a_measure(**RATE)
    deliveries.records(archive({"2013-10": 4}))
    assert deliveries.values(rate, deliveries.cambridgeshire) == {"2013-10": "missing"}
    source = deliveries.source(SourceKind.POPULATION, "Estimates")
    people = deliveries.handed_in(
        b"year,Cambridgeshire,Fenshire\n2011,800000,1\n2012,810000,1\n", source=source
    )
    deliveries.story.area  # noqa: B018 - the other area of the table
    deliveries.begun(deliveries.matched(people), at=deliveries.at + timedelta(days=1))
    assert deliveries.values(rate, deliveries.cambridgeshire) == {"2013-10": 4 / 810000 * 1000}
    people.refresh_from_db()
    undo(load=people, reason="Wrong year.", by=deliveries.analyst, at=deliveries.at + timedelta(days=2))
    assert deliveries.values(rate, deliveries.cambridgeshire) == {"2013-10": "missing"}


@pytest.mark.parametrize(("module", "where"), [(records, "make_stand"), (counting, "count")])
def test_a_load_killed_after_its_records_came_home_leaves_the_old_figures(
    deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch, module: ModuleType, where: str
) -> None:
    deliveries.records(archive({"2013-10": 4}))

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    later = deliveries.at + timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(module, where, killed)
        with pytest.raises(KeyboardInterrupt):
            deliveries.records(archive({"2013-10": 9}), at=later)
    load = Load.objects.first()
    assert load is not None
    assert (load.status, counted(deliveries)) == (LoadStage.LOADING, {"2013-10": 4.0})
    standing.mark_interrupted(at=later + timedelta(hours=1))
    load.refresh_from_db()
    deliveries.begun(load, at=later + timedelta(hours=2))
    assert (load.status, counted(deliveries)) == (LoadStage.STANDING, {"2013-10": 9.0})
    undo(load=load, reason="Wrong.", by=deliveries.analyst, at=later + timedelta(hours=3))
    assert counted(deliveries) == {"2013-10": 4.0}


def test_of_two_loads_at_once_the_second_waits_and_says_why(
    deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "WAIT", 0)
    with held(Layout(warehouse_root()), "january.zip", at=deliveries.at):
        load = deliveries.records(archive({"2013-10": 4}))
    assert load.status == LoadStage.CHECKED
    assert "Another load is under way: january.zip" in load.reason
    deliveries.begun(load)
    assert counted(deliveries) == {"2013-10": 4.0}


def test_a_full_disk_leaves_the_old_figures(deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loading, "load", full)
    load = deliveries.records(archive({"2013-10": 4}))
    assert load.status == LoadStage.FAILED
    assert "disk is full" in load.reason


def test_a_truncated_archive_is_refused(deliveries: Deliveries) -> None:
    load = deliveries.records(archive({"2013-10": 40})[:-300])
    assert load.status == LoadStage.FAILED
    assert load.reason


def test_a_workbook_handed_in_as_an_archive_is_told(deliveries: Deliveries) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("readme.txt", "nothing")
    load = deliveries.records(out.getvalue())
    assert (load.status, Figure.objects.count()) == (LoadStage.FAILED, 0)


def test_bad_rows_are_listed_and_can_be_left_out(deliveries: Deliveries) -> None:
    words = street_rows("2013-10", ["Burglary"] * 3) + "x,2013-10,Cambridgeshire Constabulary\n"
    load = deliveries.records(words.encode(), name="2013-10-cambridgeshire-street.csv")
    assert load.status == LoadStage.FAILED
    assert load.problems
    deliveries.begun(load, at=deliveries.at + timedelta(hours=1), without_faults=True)
    assert (load.status, counted(deliveries)) == (LoadStage.STANDING, {"2013-10": 3.0})
    assert load.error_file


def test_the_office_learns_its_areas_from_its_first_archive(deliveries: Deliveries) -> None:
    Area.objects.all().delete()
    deliveries.records(archive({"2013-10": 4}))
    area = Area.objects.get(code="E23000023")
    assert deliveries.values(deliveries.burglary, area) == {"2013-10": 4.0}
