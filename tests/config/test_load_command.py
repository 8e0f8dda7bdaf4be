"""`goldthread load` on an installation of its own: records, tables, what is wrong, what is there already."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.test_command import _run
from tests.performance.deliveries import archive, street_rows

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command")]
"""Reason for slow: each command is a process that starts Django."""
MAKE = """
import django
django.setup()
from datetime import date
from django.utils import timezone
from goldthread.core.governance.abilities import Role
from goldthread.people.actions import appoint
from goldthread.people.models import Body, User
from goldthread.performance.actions.measures import adopt_shipped
body, now = Body.objects.get(), timezone.now()
for role, name in ((Role.ANALYST, "ann"), (Role.CHIEF_FINANCE_OFFICER, "fay")):
    user = User.objects.create_user(name + "@fenshire.example", name, "a long enough password")
    appoint(office=body.offices.get(role=role), user=user, starts=date(2013, 1, 1), by=None, at=now)
for key in ("street-burglary", "officers"):
    adopt_shipped(body=body, key=key, by=User.objects.get(name="ann"), at=now)
"""
BY = ("--by", "ann@fenshire.example")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose analyst has taken over two measures."""
    folder = tmp_path_factory.mktemp("home")
    person = ("--name", "Tom Upwell", "--email", "tom@fenshire.example")
    words = {"GOLDTHREAD_PASSWORD": "a long enough password"}
    assert _run(folder, "init", "--body", "Cambridgeshire PCC", *person, **words).returncode == 0
    settings = {"GOLDTHREAD_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
    made = subprocess.run(
        [sys.executable, "-c", MAKE],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return folder


def test_an_archive_a_table_and_what_is_wrong_with_another(home: Path, tmp_path: Path) -> None:
    (tmp_path / "crime.zip").write_bytes(archive({"2024-01": 4, "2024-02": 5}))
    done = _run(home, "load", str(tmp_path / "crime.zip"), *BY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "crime.zip: 11 records; figures: 14 new, 0 revised, 0 unchanged." in done.stdout
    assert "100%" in done.stderr
    again = _run(home, "load", str(tmp_path / "crime.zip"), *BY)
    assert (again.returncode, "held already" in again.stdout) == (0, True)

    (tmp_path / "officers.csv").write_text("Month,officers\nJan-24,1700\nFeb-24,1695\n")
    done = _run(home, "load", str(tmp_path / "officers.csv"), *BY, "--json", "--area", "Cambridgeshire")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["loads"][0]["counts"]["changes"]["new"] == 2

    (tmp_path / "wrong.csv").write_text("Month,officers\nMar-24,many\n")
    done = _run(home, "load", str(tmp_path / "wrong.csv"), *BY, "--area", "Cambridgeshire", "--quiet")
    assert (done.returncode, done.stderr) == (1, "")
    assert "row 2, column B (officers): “many” is not a number." in done.stdout
    assert _run(home, "verify").returncode == 0


def test_a_folder_of_files_is_one_load(home: Path, tmp_path: Path) -> None:
    for month in ("2023-01", "2023-02"):
        (tmp_path / f"{month}-cambridgeshire-street.csv").write_text(street_rows(month, ["Burglary"]))
    done = _run(home, "load", str(tmp_path), *BY)
    assert done.returncode in (0, 1), done.stderr
    assert ": 2 records; figures: 14 new" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.zip", *BY), "there is no nowhere.zip"),
        ((__file__,), "say on whose behalf with --by"),
        ((__file__, "--by", "tom@fenshire.example"), "may not load figures"),
    ],
)
def test_what_cannot_run_says_why(home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = _run(home, "load", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_another_home_is_named(tmp_path: Path) -> None:
    done = _run(tmp_path / "here", "load", __file__, "--home", str(tmp_path / "there"))
    assert done.returncode == 2
    assert (tmp_path / "there").exists()
    assert not (tmp_path / "here").exists()


REAL = Path(__file__).parents[2] / "goldthread/performance/demonstration/data"


def test_a_load_that_is_killed_leaves_the_old_figures_and_is_taken_up_again(
    home: Path, tmp_path: Path
) -> None:
    """A real archive, and a real SIGKILL half-way."""
    before = archive({"2024-06": 3})
    (tmp_path / "before.zip").write_bytes(before)
    assert _run(home, "load", str(tmp_path / "before.zip"), *BY).returncode in (0, 1)
    settings = {"GOLDTHREAD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
    (real,) = REAL.glob("cambridgeshire-street-2021*.zip")
    command = [sys.executable, "-m", "goldthread", "load", str(real), *BY]
    process = subprocess.Popen(command, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if "records so far" in line:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert _burglaries(home, "2024-06-01") == 3
    assert _run(home, "verify").returncode == 0
    again = _run(home, "load", str(real), *BY)
    assert "figures:" in again.stdout, again.stdout + again.stderr
    assert _burglaries(home, "2024-06-01") > 100
    assert _run(home, "verify").returncode == 0


def test_records_and_figures_come_back_from_a_backup_together(home: Path, tmp_path: Path) -> None:
    (tmp_path / "last.zip").write_bytes(archive({"2022-01": 6}))
    assert _run(home, "load", str(tmp_path / "last.zip"), *BY).returncode in (0, 1)
    saved, new = tmp_path / "saved.zip", tmp_path / "new"
    assert _run(home, "backup", str(saved)).returncode == 0
    assert _run(new, "restore", str(saved)).returncode == 0
    again = _run(new, "load", str(tmp_path / "last.zip"), *BY)
    assert "held already" in again.stdout


def _burglaries(home: Path, month: str) -> float:
    """The figure that counts for the force."""
    with closing(sqlite3.connect(home / "goldthread.sqlite3")) as database:
        row = database.execute(
            "SELECT f.value FROM performance_figure f JOIN performance_load l ON l.id = f.load_id "
            "JOIN performance_measure m ON m.id = f.measure_id JOIN performance_area a ON a.id = f.area_id "
            "WHERE m.key = 'street-burglary' AND a.code = 'E23000023' AND f.period = ? "
            "AND l.status = 'standing' ORDER BY l.stood_at DESC LIMIT 1",
            (month,),
        ).fetchone()
    return float(row[0])
