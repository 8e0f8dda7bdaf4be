"""The `goldthread` command on an installation of its own: made, verified, backed up, put back."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command")]
"""Reason for slow: each command is a process that starts Django."""


def _run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GOLDTHREAD", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "goldthread", *arguments],
        env=kept | {"GOLDTHREAD_HOME": str(home)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one body, its administrator and one kept file."""
    folder = tmp_path_factory.mktemp("home")
    person = ("--name", "Tom Upwell", "--email", "tom@fenshire.example")
    done = _run(
        folder, "init", "--body", "Fenshire PCC", *person, GOLDTHREAD_PASSWORD="a long enough password"
    )
    assert done.returncode == 0, done.stderr
    seal = "c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a"
    (folder / "files" / seal[:2]).mkdir(parents=True)
    (folder / "files" / seal[:2] / seal[2:]).write_bytes(b"Hello world!")
    return folder


@pytest.fixture(scope="module")
def saved(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of that installation."""
    target = tmp_path_factory.mktemp("saved") / "backup.zip"
    done = _run(home, "backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def test_what_is_whole_verifies(home: Path) -> None:
    done = _run(home, "verify", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["problems"]) == (0, [])
    assert {check["check"] for check in report["checks"]} >= {"events", "guards", "files", "offices"}
    assert report["head"]["number"] >= 2


def test_without_a_database_verify_could_not_run(tmp_path: Path) -> None:
    done = _run(tmp_path, "verify")
    assert done.returncode == 2
    assert "goldthread init" in done.stderr


def test_a_backup_holds_records_and_files_and_no_secret(saved: Path) -> None:
    names = zipfile.ZipFile(saved).namelist()
    assert names[0] == "goldthread.sqlite3"
    assert any(name.startswith("files/c0/") for name in names)
    assert not any("secret" in name for name in names)


def test_a_backup_never_replaces_another(home: Path, saved: Path) -> None:
    assert _run(home, "backup", str(saved)).returncode == 2


def test_a_backup_is_put_back_and_verified(saved: Path, tmp_path: Path) -> None:
    done = _run(tmp_path / "new", "restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert "events: as sealed" in done.stdout
    assert [path.read_bytes() for path in (tmp_path / "new" / "files").rglob("*") if path.is_file()] == [
        b"Hello world!"
    ]


def test_a_backup_does_not_replace_what_is_there_unless_told(home: Path, saved: Path) -> None:
    done = _run(home, "restore", str(saved))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert _run(home, "restore", "--force", str(saved)).returncode == 0
    assert list(home.glob("goldthread.sqlite3.before-*"))


def test_what_a_crash_left_behind_stays_with_what_is_put_aside(saved: Path, tmp_path: Path) -> None:
    """The last commits before a crash are in the file beside the database."""
    assert _run(tmp_path, "restore", str(saved)).returncode == 0
    alive = sqlite3.connect(tmp_path / "goldthread.sqlite3")
    alive.execute("PRAGMA journal_mode=WAL")
    alive.execute("CREATE TABLE last_words AS SELECT 'said' AS words")
    alive.commit()
    crashed = {f.name: f.read_bytes() for f in tmp_path.glob("goldthread.sqlite3*")}
    alive.close()
    for name, content in crashed.items():
        (tmp_path / name).write_bytes(content)
    assert _run(tmp_path, "restore", "--force", str(saved)).returncode == 0
    aside = next(f for f in tmp_path.glob("goldthread.sqlite3.before-*") if f.name[-1].isdigit())
    with sqlite3.connect(aside) as database:
        assert database.execute("SELECT words FROM last_words").fetchall() == [("said",)]


def test_a_damaged_backup_is_refused_and_changes_nothing(saved: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, b"Goodbye" if name.startswith("files/") else content)
    done = _run(tmp_path / "new", "restore", str(damaged))
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert not (tmp_path / "new" / "goldthread.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"not a zip at all"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "some.zip").write_bytes(content)
    done = _run(tmp_path / "new", "restore", str(tmp_path / "some.zip"))
    assert done.returncode == 2
    assert "not a backup" in done.stderr


def test_what_was_altered_by_force_is_named(saved: Path, tmp_path: Path) -> None:
    assert _run(tmp_path, "restore", str(saved)).returncode == 0
    with sqlite3.connect(tmp_path / "goldthread.sqlite3") as database:
        with pytest.raises(sqlite3.IntegrityError, match="sealed"):
            database.execute("UPDATE audit_event SET actor_name = 'Nobody'")
        database.execute("DROP TRIGGER guard_audit_event_update")
        database.execute("UPDATE audit_event SET actor_name = 'Nobody' WHERE number = 2")
    done = _run(tmp_path, "verify")
    assert done.returncode == 1
    assert "event 2: It was altered" in done.stdout
    assert "The guard that refuses to update them is missing." in done.stdout


def test_the_first_person_needs_a_name(tmp_path: Path) -> None:
    done = _run(tmp_path, "init", "--body", "Fenshire PCC")
    assert done.returncode == 2
    assert "--name" in done.stderr


def test_a_setting_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    done = _run(tmp_path, "verify", GOLDTHREAD_HTTPS="perhaps")
    assert done.returncode == 2
    assert done.stderr == "goldthread: GOLDTHREAD_HTTPS must be yes or no, not 'perhaps'\n"
