"""Archives that are broken, hostile or only odd."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from goldthread.warehouse import archives
from goldthread.warehouse.loading import Loaded, load, manifest
from tests.warehouse.deliveries import AT, given, row, sample, street, words, zipped

NAME = "2024-01-cambridgeshire-street.csv"
INNER = f"2024-01/{NAME}"


def _bytes(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _load(tmp_path: Path, content: bytes, name: str = "archive.zip") -> Loaded:
    return load(tmp_path / "home", given(tmp_path / "given", {name: content}), at=AT)


def _nothing(done: Loaded, tmp_path: Path) -> str:
    assert not done.changed
    assert manifest(tmp_path / "home").generation == 0
    assert done.problems
    return words(done.problems)


@pytest.mark.parametrize("kept", [4, 30, 500, -1, -30])
def test_a_zip_cut_short_is_refused_with_words(tmp_path: Path, kept: int) -> None:
    said = _nothing(_load(tmp_path, _bytes({INNER: sample(NAME)})[:kept]), tmp_path)
    assert said.startswith("archive.zip: ")
    assert "Download it again" in said


def test_a_file_damaged_inside_is_told_and_the_others_load(tmp_path: Path) -> None:
    content = bytearray(
        _bytes({INNER: sample(NAME), "2024-02-kent-street.csv": street(row("2024-02", "Kent Police"))})
    )
    content[200] ^= 0xFF
    done = _load(tmp_path, bytes(content))
    assert [part.force for part in done.parts] == ["kent"]
    assert f"archive.zip › {INNER}: It is cut short or damaged inside the archive." in words(done.problems)


def test_a_zip_locked_with_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(_bytes({INNER: sample(NAME)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content[at : at + 2] = struct.pack("<H", 1)
    assert "locked with a password" in _nothing(_load(tmp_path, bytes(content)), tmp_path)


@pytest.mark.parametrize(
    "name", ["../../outside/" + NAME, "/etc/" + NAME, "..\\" + NAME, "C:\\" + NAME, "a\nb.csv"]
)
def test_names_that_reach_outside_are_not_read(tmp_path: Path, name: str) -> None:
    assert "It names a place outside the archive" in _nothing(
        _load(tmp_path, _bytes({name: sample(NAME)})), tmp_path
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "home"]


def test_a_zip_bomb_is_refused_by_what_it_says_and_by_what_it_does(tmp_path: Path) -> None:
    bomb = street(*[row()] * 150_000)
    content = _bytes({INNER: bomb})
    assert len(bomb) > archives.MAX_RATIO * len(content) > 0
    assert "as a zip bomb does" in _nothing(_load(tmp_path / "a", content), tmp_path / "a")
    lying = bytearray(content)
    at = lying.index(b"PK\x01\x02") + 24
    lying[at : at + 4] = struct.pack("<I", 5_000)
    said = _nothing(_load(tmp_path / "b", bytes(lying)), tmp_path / "b")
    assert "zip bomb" in said or "damaged" in said
    assert "as a zip bomb does" in _nothing(
        _load(tmp_path / "c", gzip.compress(bomb), NAME + ".gz"), tmp_path / "c"
    )


def test_a_zip_in_a_zip_loads_and_a_third_one_does_not(tmp_path: Path) -> None:
    inner = _bytes({INNER: sample(NAME)})
    done = _load(tmp_path / "a", _bytes({"2024.zip": inner}))
    assert (done.problems, done.rows) == ((), 153)
    assert done.parts[0].given == f"archive.zip › 2024.zip › {INNER}"
    deeper = _bytes({"all.zip": _bytes({"2024.zip": inner})})
    assert "A zip in a zip in a zip" in _nothing(_load(tmp_path / "b", deeper), tmp_path / "b")


def test_a_bomb_in_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    inner = _bytes({"a.csv": bytes(64 * 2**20)})
    assert "as a zip bomb does" in _nothing(_load(tmp_path, _bytes({"2024.zip": inner})), tmp_path)


def test_an_empty_zip_a_workbook_and_no_file_are_told(tmp_path: Path) -> None:
    assert "The zip is empty" in _nothing(_load(tmp_path / "a", _bytes({})), tmp_path / "a")
    book = _bytes({"[Content_Types].xml": b"<Types/>"})
    assert "load it as a return" in _nothing(_load(tmp_path / "b", book, "return.xlsx"), tmp_path / "b")
    done = load(tmp_path / "home", [tmp_path / "nowhere.zip"], at=AT)
    assert "There is no such file." in words(done.problems)


def test_what_a_mac_or_windows_adds_is_passed_over(tmp_path: Path) -> None:
    files = {"__MACOSX/._" + NAME: b"\x00", ".DS_Store": b"\x00", "x/Thumbs.db": b"\x00", INNER: sample(NAME)}
    done = _load(tmp_path, _bytes(files))
    assert (done.problems, done.notes[0].code, done.rows) == ((), "no-coordinates", 153)


def test_a_packed_csv_loads_and_a_picture_is_set_aside(tmp_path: Path) -> None:
    paths = given(tmp_path, {NAME + ".gz": gzip.compress(sample(NAME)), "map.png": b"\x89PNG"})
    done = load(tmp_path / "home", paths, at=AT)
    assert done.rows == 153
    assert "map.png: It is not a CSV file; set aside." in words(done.notes)


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "archive.zip", {INNER: sample(NAME)})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(INNER.upper(), sample(NAME))
    done = load(tmp_path / "home", [path], at=AT)
    assert "two files of this name" in words(done.problems)
