"""A load is whole or it is not there; it can be undone and done again."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from goldthread.files.refused import Refused
from goldthread.warehouse.loading import at_generation, load, manifest, prune, redo, undo
from goldthread.warehouse.manifest import Manifest
from goldthread.warehouse.progress import Progress
from tests.warehouse.deliveries import AT, FEBRUARY, JANUARY, codes, given, row, sample, street, words, zipped

MONTH = "2024-01-cambridgeshire-street.csv"
EARLIER = "2024-01-cambridgeshire-street.EARLIER-SNAPSHOT.csv"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home" / "warehouse"


def _of(home: Path, tmp_path: Path, name: str) -> list[Path]:
    return given(tmp_path / "given", {name: sample(name)})


def test_an_empty_warehouse_is_no_error(home: Path) -> None:
    assert manifest(home) == Manifest()
    assert at_generation(home, 0) == Manifest()


def test_the_published_layout_of_a_zip_loads(home: Path, tmp_path: Path) -> None:
    archive = zipped(
        tmp_path / "archive.zip",
        {
            f"2024-01/{MONTH}": sample(MONTH),
            "2024-02/2024-02-cambridgeshire-street.csv": sample("2024-02-cambridgeshire-street.csv"),
        },
    )
    done = load(home, [archive], at=AT)
    assert done.problems == ()
    assert [(part.force, part.month, part.rows) for part in done.parts] == [
        ("cambridgeshire", JANUARY, 153),
        ("cambridgeshire", FEBRUARY, 130),
    ]
    assert (done.generation, done.rows, done.changed) == (1, 283, True)
    now = manifest(home)
    assert [load.id for load in now.loads] == [done.id]
    assert now.part("cambridgeshire", JANUARY) == done.parts[0]
    assert now.part("cambridgeshire", JANUARY.replace(year=2023)) is None
    assert now.street(["cambridgeshire"], first=FEBRUARY) == done.parts[1:]


def test_a_part_holds_every_record_and_only_what_is_counted(home: Path, tmp_path: Path) -> None:
    done = load(home, _of(home, tmp_path, MONTH), at=AT)
    path = home / done.parts[0].path
    found = duckdb.sql(f"SELECT crime_type, count(*) FROM '{path}' GROUP BY ALL").fetchall()
    lines = sample(MONTH).decode().splitlines()[1:]
    assert dict(found) == {kind: sum(line.split(",")[9] == kind for line in lines) for kind, _ in found}
    columns = [name for name, *_ in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()]
    assert columns == ["month", "force", "lsoa", "placed", "district", "crime_type", "outcome"]


def test_the_very_same_file_again_changes_nothing_and_says_so(home: Path, tmp_path: Path) -> None:
    first = load(home, _of(home, tmp_path, MONTH), at=AT)
    again = load(home, _of(home, tmp_path, MONTH), at=AT)
    assert not again.changed
    assert (again.id, again.generation, again.same) == ("", 1, first.parts)
    assert "nothing was changed" in words(again.notes)
    assert manifest(home).generation == 1


def test_the_same_records_in_another_order_are_the_same_part(home: Path, tmp_path: Path) -> None:
    rows = [row(kind=kind) for kind in ("Drugs", "Robbery", "Burglary")]
    load(home, given(tmp_path / "a", {MONTH: street(*rows)}), at=AT)
    again = load(home, given(tmp_path / "b", {MONTH: street(*reversed(rows))}), at=AT)
    assert not again.changed


def test_a_month_published_again_takes_the_place_and_undo_brings_the_earlier_back(
    home: Path, tmp_path: Path
) -> None:
    first = load(home, _of(home, tmp_path, EARLIER), at=AT)
    second = load(home, _of(home, tmp_path, MONTH), at=AT)
    assert second.replaced == first.parts
    assert manifest(home).part("cambridgeshire", JANUARY) == second.parts[0]
    undone = undo(home, second.id, at=AT)
    assert undone.parts == first.parts
    assert undone.generation == 3
    assert redo(home, second.id, at=AT).parts == second.parts
    assert at_generation(home, 3).parts == first.parts
    assert undo(home, first.id, at=AT).parts == second.parts


def test_undo_of_the_only_load_leaves_the_month_missing(home: Path, tmp_path: Path) -> None:
    done = load(home, _of(home, tmp_path, MONTH), at=AT)
    undo(home, done.id, at=AT)
    assert manifest(home).part("cambridgeshire", JANUARY) is None
    with pytest.raises(Refused, match="undone already"):
        undo(home, done.id, at=AT)
    with pytest.raises(LookupError):
        redo(home, "0009-20260101T000000", at=AT)


def test_generations_that_never_were_are_not_found(home: Path) -> None:
    with pytest.raises(LookupError):
        at_generation(home, 1)


def test_a_file_given_twice_is_taken_once(home: Path, tmp_path: Path) -> None:
    paths = given(
        tmp_path / "given", {MONTH: sample(MONTH), "2024-01-cambridgeshire-street (1).csv": sample(MONTH)}
    )
    done = load(home, paths, at=AT)
    assert [part.rows for part in done.parts] == [153]
    assert "taken once" in words(done.notes)


def test_two_that_differ_are_refused_with_words_which_to_remove(home: Path, tmp_path: Path) -> None:
    paths = given(tmp_path / "given", {MONTH: sample(MONTH), EARLIER: sample(EARLIER)})
    other = given(
        tmp_path / "other", {"2024-02-cambridgeshire-street.csv": sample("2024-02-cambridgeshire-street.csv")}
    )
    done = load(home, [*paths, *other], at=AT)
    assert [part.month for part in done.parts] == [FEBRUARY]
    assert codes(done.problems) == {"twice"}
    said = words(done.problems)
    assert MONTH in said
    assert EARLIER in said
    assert "Remove all but the one published last" in said


def test_one_file_of_many_forces_and_months_is_split(home: Path, tmp_path: Path) -> None:
    rows = [
        row(month=month, force=force)
        for month in ("2024-02", "2024-01")
        for force in ("Kent Police", "Cambridgeshire Constabulary")
        for _ in range(3)
    ]
    done = load(home, given(tmp_path, {"export.csv": street(*rows)}), at=AT)
    assert done.problems == ()
    assert [(part.force, part.month, part.rows) for part in done.parts] == [
        ("cambridgeshire", JANUARY, 3),
        ("cambridgeshire", FEBRUARY, 3),
        ("kent", JANUARY, 3),
        ("kent", FEBRUARY, 3),
    ]
    assert not load(home, [tmp_path / "export.csv"], at=AT).changed


def test_a_folder_loads_and_a_vault_file_goes_by_its_own_name(home: Path, tmp_path: Path) -> None:
    given(tmp_path / "delivery" / "2024-01", {MONTH: sample(MONTH)})
    assert load(home, [tmp_path / "delivery"], at=AT).rows == 153
    hidden = given(tmp_path / "vault", {"c0ffee": sample("2024-02-cambridgeshire-street.csv")})[0]
    done = load(home, [hidden], at=AT, called={hidden: "2024-02-cambridgeshire-street.csv"})
    assert done.parts[0].given == "2024-02-cambridgeshire-street.csv"
    assert manifest(home).loads[1].files == ("2024-02-cambridgeshire-street.csv",)


def test_progress_is_told_and_can_stop_a_load(home: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    load(home, _of(home, tmp_path, MONTH), at=AT, tell=told.append)
    assert [told[0].stage, told[-1].stage] == ["looking", "done"]
    assert told[-1].share == 1.0
    assert (told[-1].files_done, told[-1].files_total, told[-1].rows) == (1, 1, 153)
    assert told[-1].bytes_done == told[-1].bytes_total == len(sample(MONTH))

    def stop(progress: Progress) -> None:
        if progress.stage == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(home, given(tmp_path / "more", {EARLIER: sample(EARLIER)}), at=AT, tell=stop)
    assert manifest(home).generation == 1
    assert not (home / "making").exists()


def test_a_month_that_lost_most_of_its_rows_is_told(home: Path, tmp_path: Path) -> None:
    load(home, _of(home, tmp_path, MONTH), at=AT)
    short = given(tmp_path / "short", {MONTH: b"".join(sample(MONTH).splitlines(keepends=True)[:60])})
    done = load(home, short, at=AT)
    assert codes(done.problems) == {"fewer"}
    assert "59 rows and had 153" in words(done.problems)


def test_gaps_are_told_as_missing_and_not_as_zero(home: Path, tmp_path: Path) -> None:
    files = {
        f"{month}-kent-street.csv": street(row(month, "Kent Police"))
        for month in ("2023-11", "2024-01", "2024-04")
    }
    done = load(home, given(tmp_path, files), at=AT)
    assert codes(done.problems) == {"gap"}
    first, second = words(done.problems).splitlines()
    assert first == "Kent Police: No file for December 2023. Figures there are missing, not zero."
    assert second.startswith("Kent Police: No file for February 2024 to March 2024, 2 months. ")


def test_pruning_forgets_what_came_before_and_changes_no_figure(home: Path, tmp_path: Path) -> None:
    first = load(home, _of(home, tmp_path, EARLIER), at=AT)
    second = load(home, _of(home, tmp_path, MONTH), at=AT)
    last = load(home, _of(home, tmp_path, "2024-02-cambridgeshire-street.csv"), at=AT)
    pruned = prune(home, keep=1, at=AT)
    assert [(p.key, p.digest) for p in pruned.parts] == [
        (p.key, p.digest) for p in (*second.parts, *last.parts)
    ]
    assert not (home / first.parts[0].path).exists()
    assert undo(home, last.id, at=AT).parts[0].digest == second.parts[0].digest
    with pytest.raises(LookupError):
        at_generation(home, 1)
    with pytest.raises(LookupError):
        undo(home, first.id, at=AT)
    with pytest.raises(Refused):
        prune(home, keep=0, at=AT)


@pytest.mark.parametrize("content", ["", "{", '{"generation": 1}'])
def test_a_damaged_manifest_is_said_in_words_and_nothing_is_swept(
    home: Path, tmp_path: Path, content: str
) -> None:
    done = load(home, _of(home, tmp_path, MONTH), at=AT)
    (home / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match="copy the newest file in its generations folder"):
        load(home, _of(home, tmp_path, EARLIER), at=AT)
    assert (home / done.parts[0].path).exists()
    (home / "manifest.json").write_bytes((home / "generations" / "000001.json").read_bytes())
    assert manifest(home).parts == done.parts


def test_a_lost_manifest_is_not_taken_for_an_empty_warehouse(home: Path, tmp_path: Path) -> None:
    load(home, _of(home, tmp_path, EARLIER), at=AT)
    done = load(home, _of(home, tmp_path, MONTH), at=AT)
    (home / "manifest.json").unlink()
    with pytest.raises(Refused, match="damaged or lost"):
        load(home, _of(home, tmp_path, MONTH), at=AT)
    assert (home / done.parts[0].path).exists()
