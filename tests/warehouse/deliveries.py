"""Deliveries to try: real samples, and files made wrong on purpose."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.warehouse.loading import Loaded, load
from goldthread.warehouse.street import COLUMNS

DATA = Path(__file__).with_name("data")
AT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
JANUARY, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)
HEAD = ",".join(COLUMNS)


def sample(name: str) -> bytes:
    """One of the real samples."""
    return (DATA / name).read_bytes()


def row(
    month: str = "2024-01",
    force: str = "Cambridgeshire Constabulary",
    area: str = "E01017540",
    kind: str = "Drugs",
    crime: str = "",
) -> str:
    """One record as it is published."""
    place = "-0.402352,52.282623,On or near Park Lane"
    return f"{crime},{month},{force},{force},{place},{area},Bedford 001A,{kind},Local resolution,"


def street(*rows: str, head: str = HEAD, end: str = "\r\n") -> bytes:
    """A street-level file of these rows."""
    return "".join(f"{line}{end}" for line in (head, *rows)).encode()


def given(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """The files of a delivery, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip of these files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def loaded(tmp_path: Path, files: Mapping[str, bytes], *, without_bad_rows: bool = False) -> Loaded:
    """What loading these files into ``tmp_path/home`` does."""
    paths = given(tmp_path / "given", files)
    return load(tmp_path / "home", paths, at=AT, without_bad_rows=without_bad_rows)


def one(content: bytes, tmp_path: Path, name: str = "2024-01-cambridgeshire-street.csv") -> Loaded:
    """What loading one street-level file does."""
    return loaded(tmp_path, {name: content})


def codes(problems: Iterable[Problem]) -> set[str]:
    """The codes of some problems."""
    return {problem.code for problem in problems}


def words(problems: Iterable[Problem]) -> str:
    """Everything that some problems say."""
    return "\n".join(str(problem) for problem in problems)
