"""What is checked in a street-level file, each with its file and row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goldthread.warehouse.loading import load, manifest
from goldthread.warehouse.lookups import ForceName
from goldthread.warehouse.manifest import Manifest
from goldthread.warehouse.street import COLUMNS, header, kind_of, named
from tests.warehouse.deliveries import (
    AT,
    FEBRUARY,
    HEAD,
    JANUARY,
    codes,
    given,
    loaded,
    one,
    row,
    sample,
    street,
    words,
)  # fmt: skip

NAME = "2024-01-cambridgeshire-street.csv"


def _refused(done: object, tmp_path: Path) -> str:
    """What is said of a file that was not loaded, once it is sure that it was not."""
    assert manifest(tmp_path / "home") == Manifest()
    return words(done.problems)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(month="January 2024"), "Its month “January 2024” is not written like 2024-01."),
        (row(month="2024-13"), "Its month “2024-13” is not written like 2024-01."),
        (row(month="2024-02"), "It is of February 2024, and the file’s name says January 2024."),
        (row(force="Kent Police"), "It is of Kent Police, and the file’s name says “cambridgeshire”."),
        (row(force=""), "It does not say which force it falls within."),
        (row(kind=""), "It has no crime type."),
        (row(area="Bedford"), "Its LSOA code “Bedford” is not written like E01018026."),
        (row().replace("52.282623", "north"), "Its latitude “north” is not a number of degrees."),
        (row().replace("Park Lane", "Park Lane, near, the river"), "It has 14 cells and the heading 12."),
        (row().replace("Park Lane", "Park, Lane"), "It has 13 cells and the heading 12."),
        ("2024-01,Kent", "It has 2 cells and the heading 12."),
        (row().replace("On or near", '"On or near'), "A quote mark is opened and never closed"),
    ],
)
def test_a_row_that_cannot_be_counted_is_named_and_its_month_is_not_loaded(
    tmp_path: Path, bad: str, said: str
) -> None:
    done = one(street(row(), row(), bad, row()), tmp_path)
    text = _refused(done, tmp_path)
    assert f"{NAME}, row 4: {said}" in text
    assert "a month short of rows would look like a fall in crime" in text
    assert done.error_file is not None
    with done.error_file.open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [(line["File"], line["Row"]) for line in listed] == [(NAME, "4")]
    assert listed[0]["The row as it stands"] == bad


def test_bad_rows_are_left_out_only_where_that_is_asked(tmp_path: Path) -> None:
    content = street(row(), row(month="2024-02"), row(), "2024-01,Kent")
    done = loaded(tmp_path, {NAME: content}, without_bad_rows=True)
    assert [(part.month, part.rows) for part in done.parts] == [(JANUARY, 2)]
    assert "2 rows left out, as you asked" in words(done.problems)


@pytest.mark.parametrize("kept", [10, 200, 2000])
def test_a_file_half_written_is_never_loaded(tmp_path: Path, kept: int) -> None:
    content = sample(NAME)
    at = content.index(b"\n", kept) + 60
    done = loaded(tmp_path, {NAME: content[:at]}, without_bad_rows=True)
    assert "The last row is cut short: the file was not written to its end." in _refused(done, tmp_path)


def test_a_last_row_without_its_line_end_is_told(tmp_path: Path) -> None:
    done = one(street(row(), row()).rstrip(b"\r\n"), tmp_path)
    assert done.rows == 2
    assert codes(done.problems) == {"end"}


def test_a_month_other_than_the_names_is_one_problem_and_not_one_a_row(tmp_path: Path) -> None:
    done = one(street(*[row(month="2024-02")] * 50), tmp_path)
    assert _refused(done, tmp_path) == (
        f"{NAME}: Its name says January 2024 and its rows are of February 2024. Give it its right name, or "
        "send the right file."
    )


def test_unknown_crime_types_are_kept_and_told(tmp_path: Path) -> None:
    done = one(street(row(), row(kind="Space piracy"), row(kind="Space piracy")), tmp_path)
    assert done.rows == 3
    assert words(done.problems) == (
        f"{NAME}, row 3: The crime type “Space piracy” is not one that we know; it is kept as it stands. "
        "2 rows have it; this is the first."
    )
    assert done.error_file is None


@pytest.mark.parametrize("missing", ["Month", "Falls within", "LSOA code", "Crime type"])
def test_a_column_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    place = COLUMNS.index(missing)
    lines = [",".join(cell for n, cell in enumerate(line.split(",")) if n != place) for line in (HEAD, row())]
    done = one(street(lines[1], head=lines[0]), tmp_path)
    assert f"The column “{missing}” is missing." in _refused(done, tmp_path)


def test_columns_in_another_order_are_read_by_name(tmp_path: Path) -> None:
    turned = [",".join(reversed(line.split(","))) for line in (HEAD, row(), row(kind="Robbery"))]
    done = one(street(*turned[1:], head=turned[0]), tmp_path)
    straight = loaded(tmp_path, {NAME: street(row(), row(kind="Robbery"))})
    assert "read by name" in words(done.notes)
    assert not straight.changed


def test_headings_in_other_letters_and_columns_with_semicolons_are_read(tmp_path: Path) -> None:
    head = HEAD.upper().replace(" ", "_").replace(",", ";")
    done = one(street(row().replace(",", ";"), head=head), tmp_path)
    assert (done.problems, done.rows) == ((), 1)
    assert "semicolons" in words(done.notes)


def test_a_column_twice_is_refused_and_one_more_is_not_used() -> None:
    refused, problems = header(f"{HEAD},Month", "x.csv")
    assert refused is None
    assert "Two columns are headed “Month”" in words(problems)
    read, _ = header(f"{HEAD},Weather", "x.csv")
    assert read is not None
    assert "The column “Weather” is not used." in words(read.notes)


def test_a_real_file_without_headings_is_read_as_published(tmp_path: Path) -> None:
    name = "2021-01-cambridgeshire-street.csv"
    done = loaded(tmp_path, {name: sample(name)})
    assert done.problems == ()
    assert done.rows == sample(name).count(b"\n")
    assert "no row of headings" in words(done.notes)


@pytest.mark.parametrize(
    ("encode", "said"),
    [
        (lambda text: text.encode("utf-8-sig"), ""),
        (lambda text: text.encode("cp1252"), "Windows-1252"),
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.encode("utf-16-le"), "UTF-16"),
        (lambda text: text.replace("\r\n", "\r").encode(), ""),
        (lambda text: text.replace("\r\n", "\n").encode(), ""),
    ],
)
def test_other_encodings_and_line_ends_give_the_same_figures(
    tmp_path: Path, encode: object, said: str
) -> None:
    text = street(row(), row(kind="Robbery").replace("Park Lane", "Café Row")).decode()
    done = loaded(tmp_path / "a", {NAME: encode(text)})  # type: ignore[operator]
    plain = loaded(tmp_path / "b", {NAME: text.encode()})
    assert done.problems == ()
    assert done.parts[0].digest == plain.parts[0].digest
    assert said in words(done.notes)


@pytest.mark.parametrize("wrong", [b"\x81\xff", b"\x00\x00\x01"])
def test_bytes_that_are_not_text_are_refused_with_their_row(tmp_path: Path, wrong: bytes) -> None:
    content = street(row(), row().replace("Park", "@@")).replace(b"@@", wrong)
    assert "Row 3 holds bytes that are not text" in _refused(one(content, tmp_path), tmp_path)


@pytest.mark.parametrize("content", [b"", HEAD.encode(), HEAD.encode() + b"\r\n", b"\r\n\r\n"])
def test_an_empty_file_leaves_its_month_missing(tmp_path: Path, content: bytes) -> None:
    done = one(content, tmp_path)
    assert done.problems
    assert not done.changed
    _refused(done, tmp_path)


def test_northern_ireland_has_no_areas_and_loads(tmp_path: Path) -> None:
    name = "2025-12-northern-ireland-street.csv"
    done = loaded(tmp_path, {name: sample(name)})
    assert (done.problems, done.rows) == ((), 103)
    assert "Police Service of Northern Ireland: None of its records has an LSOA code" in words(done.notes)


def test_repeated_ids_and_missing_places_are_counted(tmp_path: Path) -> None:
    twice = row(crime="a" * 64)
    nowhere = row(crime="b" * 64, area="").replace("-0.402352,52.282623", ",")
    done = one(street(twice, twice, row(), row(), nowhere), tmp_path)
    assert done.rows == 5
    assert (done.counts["repeated Crime IDs"], done.counts["no coordinates"], done.counts["area none"]) == (
        1,
        1,
        1,
    )
    assert "1 record with a Crime ID that another" in words(done.notes)


def test_a_force_that_changed_its_name_keeps_its_key(tmp_path: Path) -> None:
    new = "Hampshire and Isle of Wight Constabulary"
    early = loaded(
        tmp_path, {"2022-10-hampshire-street.csv": street(row("2022-10", "Hampshire Constabulary"))}
    )
    late = loaded(tmp_path, {"2022-11-hampshire-street.csv": street(row("2022-11", new))})
    assert (early.problems, late.problems) == ((), ())
    assert {part.force for part in (*early.parts, *late.parts)} == {"hampshire"}
    before = loaded(tmp_path / "b", {"2019-01-hampshire-street.csv": street(row("2019-01", new))})
    assert codes(before.problems) == {"force"}


def test_a_name_nobody_knows_is_told_and_can_be_given_to_a_force(tmp_path: Path) -> None:
    paths = given(tmp_path, {"export.csv": street(row(force="Fenland Police"))})
    unknown = load(tmp_path / "a", paths, at=AT)
    assert unknown.parts[0].force == "fenland"
    assert "No force is known by this name" in words(unknown.problems)
    known = load(tmp_path / "b", paths, at=AT, names=[ForceName("Fenland Police", "cambridgeshire")])
    assert (known.problems, known.parts[0].force) == ((), "cambridgeshire")


def test_outcomes_and_searches_are_set_aside_with_a_word(tmp_path: Path) -> None:
    names = ("2024-01-cambridgeshire-outcomes.csv", "2024-01-cambridgeshire-stop-and-search.csv")
    files = {name: sample(name) for name in names}
    files["renamed.csv"] = files[names[0]]
    done = loaded(
        tmp_path, {**files, "2024-02-cambridgeshire-street.csv": sample("2024-02-cambridgeshire-street.csv")}
    )
    assert done.problems == ()
    assert [part.month for part in done.parts] == [FEBRUARY]
    said = words(done.notes)
    assert "outcomes" in said
    assert "stop and search" in said
    assert done.counts["set aside"] == 3


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    done = loaded(tmp_path, {"shopping.csv": b"item,price\r\nmilk,1\r\n"})
    assert "headings are not those of any file known here: item, price" in words(done.problems)


@pytest.mark.parametrize(
    ("name", "force", "kind"),
    [
        ("2024-01/2024-01-devon-and-cornwall-street.csv", "devon-and-cornwall", "street"),
        ("a/2024-01-kent-stop-and-search.csv", "kent", "stop-and-search"),
        ("2024-01-kent-outcomes.csv", "kent", "outcomes"),
        ("2024-01-Kent-street (2).CSV", "kent", "street"),
        ("2024-01-kent-street.EARLIER-SNAPSHOT.csv", "kent", "street"),
    ],
)
def test_names_say_month_force_and_kind(name: str, force: str, kind: str) -> None:
    found = named(name)
    assert found is not None
    assert (found.month, found.force, found.kind) == (JANUARY, force, kind)


@pytest.mark.parametrize(
    "name", ["kent.csv", "2024-13-kent-street.csv", "2024-01-kent-streets.csv", "0024-01-k-street"]
)
def test_other_names_say_nothing(name: str) -> None:
    assert named(name) is None


def test_kinds_are_told_by_their_columns() -> None:
    assert kind_of(COLUMNS) == "street"
    assert kind_of(("item", "price")) is None


def test_no_row_is_lost_at_the_ends_of_the_readers_buffers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine was seen to lose a row at each end of a buffer when a longest line is set."""
    lines = [row(crime=f"{number:064x}", area=f"E0101{7000 + number % 900}") for number in range(14_000)]
    content = street(*lines)
    monkeypatch.setattr("goldthread.warehouse.records.BUFFER", 2**21 + 8)
    assert one(content, tmp_path).rows == 14_000


def test_cells_with_line_ends_inside_are_one_row(tmp_path: Path) -> None:
    wide = row().replace("On or near Park Lane", '"On or near\r\nPark, Lane"')
    done = one(street(row(), wide, row()), tmp_path)
    assert (done.problems, done.rows) == ((), 3)


def test_files_put_end_to_end_are_read_past_their_headings(tmp_path: Path) -> None:
    both = street(row(), row()) + street(row("2024-02"))
    done = loaded(tmp_path, {"all.csv": both})
    assert [(part.month, part.rows) for part in done.parts] == [(JANUARY, 2), (FEBRUARY, 1)]
    assert "Its headings stand again in 1 row" in words(done.notes)


def test_a_crime_type_of_earlier_years_is_only_noted(tmp_path: Path) -> None:
    name = "2012-01-kent-street.csv"
    done = loaded(tmp_path, {name: street(row("2012-01", "Kent Police", kind="Violent crime"))})
    assert (done.problems, done.rows) == ((), 1)
    assert "1 record of a crime type of earlier years" in words(done.notes)
