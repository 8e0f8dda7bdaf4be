"""Killed half-way, two at once, and a disk that is full: what was in force stays in force."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from goldthread.files.refused import Refused
from goldthread.warehouse.layout import Layout
from goldthread.warehouse.loading import Busy, load, manifest
from goldthread.warehouse.locking import held
from tests.warehouse.deliveries import AT, given, row, sample, street

ROOT = Path(__file__).resolve().parents[2]
MONTH = "2024-01-cambridgeshire-street.csv"
EARLIER = "2024-01-cambridgeshire-street.EARLIER-SNAPSHOT.csv"
LOAD = """
    import os, sys, resource, signal
    from datetime import UTC, datetime
    from pathlib import Path
    from goldthread.warehouse.loading import load

    met = []

    def tell(progress):
        met.append(progress.stage)
        {act}

    load(Path(sys.argv[1]), [Path(sys.argv[2])], at=datetime(2026, 1, 20, tzinfo=UTC), tell=tell)
"""


def _child(act: str, home: Path, path: Path, before: str = "") -> subprocess.Popen[str]:
    program = textwrap.dedent(LOAD).format(act=act).replace("met = []", f"met = []\n{before}")
    return subprocess.Popen(
        [sys.executable, "-c", program, str(home), str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize(
    "act",
    [
        'if progress.stage == "unpacking": os.kill(os.getpid(), signal.SIGKILL)',
        'if progress.stage == "writing": os.kill(os.getpid(), signal.SIGKILL)',
        'if met.count("swapping") == 1: os.kill(os.getpid(), signal.SIGKILL)',
        'if met.count("swapping") == 2: os.kill(os.getpid(), signal.SIGKILL)',
        'if met.count("swapping") == 3: os.kill(os.getpid(), signal.SIGKILL)',
    ],
)
def test_a_load_killed_at_any_step_leaves_the_old_figures(tmp_path: Path, act: str) -> None:
    """Reason for slow: a process of its own is really killed."""
    home = tmp_path / "home"
    load(home, given(tmp_path / "a", {EARLIER: sample(EARLIER)}), at=AT)
    before, files = manifest(home), _files(home)
    [path] = given(tmp_path / "b", {MONTH: sample(MONTH)})
    child = _child(act, home, path)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert manifest(home) == before
    assert (home / "making").exists()
    nothing = load(home, given(tmp_path / "c", {EARLIER: sample(EARLIER)}), at=AT)
    assert not nothing.changed
    assert _files(home) == files
    assert not (home / "making").exists()
    assert load(home, [path], at=AT).replaced == before.parts


@pytest.mark.slow
def test_killed_between_the_two_writes_of_the_swap(tmp_path: Path) -> None:
    """Reason for slow: a process of its own is really killed."""
    home = tmp_path / "home"
    load(home, given(tmp_path / "a", {EARLIER: sample(EARLIER)}), at=AT)
    before, files = manifest(home), _files(home)
    [path] = given(tmp_path / "b", {MONTH: sample(MONTH)})
    kill = textwrap.dedent("""
        replace = os.replace
        def killing(source, target):
            if Path(target).name == "manifest.json":
                os.kill(os.getpid(), signal.SIGKILL)
            replace(source, target)
        os.replace = killing
    """)
    child = _child("pass", home, path, before=kill)
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert (home / "generations" / "000002.json").exists()
    assert (home / "manifest.json.new").exists()
    assert manifest(home) == before
    load(home, given(tmp_path / "c", {EARLIER: sample(EARLIER)}), at=AT)
    assert _files(home) == files


@pytest.mark.slow
def test_two_loads_at_once_are_refused_with_words(tmp_path: Path) -> None:
    """Reason for slow: two processes."""
    home = tmp_path / "home"
    [path] = given(tmp_path / "b", {MONTH: sample(MONTH)})
    child = _child('if met == ["looking"]: print("holding", flush=True); input()', home, path)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "holding\n"
        other = given(tmp_path / "c", {EARLIER: sample(EARLIER)})
        with pytest.raises(Busy) as refused:
            load(home, other, at=AT)
        assert MONTH in refused.value.reason
        assert "since" in refused.value.reason
        assert "Try again" in refused.value.mend
    finally:
        child.kill()
        child.communicate(timeout=60)
    assert load(home, other, at=AT).changed


def test_the_lock_goes_with_its_holder_and_can_be_waited_for(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with held(layout, "a load", at=AT), pytest.raises(Busy), held(layout, "another", at=AT, wait=0.01):
        pass
    with held(layout, "another", at=AT):
        assert "another" in layout.lock.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_disk_that_takes_no_more_is_said_in_words(tmp_path: Path) -> None:
    """Reason for slow: a process of its own, which may write only small files."""
    home = tmp_path / "home"
    load(home, given(tmp_path / "a", {EARLIER: sample(EARLIER)}), at=AT)
    before = manifest(home)
    rows = [row(crime=f"{number:064x}", area=f"E010{17540 + number % 60:05d}") for number in range(400)]
    [path] = given(tmp_path / "b", {MONTH: street(*rows)})
    small = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    small += "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    child = _child("pass", home, path, before=small)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "The disk is full: what was in force before stays in force." in said
    assert manifest(home) == before
    assert not (home / "making").exists()


def test_a_disk_too_small_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = os.statvfs(tmp_path)
    usage = type("Usage", (), {"free": 1000, "total": free.f_blocks, "used": 0})
    monkeypatch.setattr("goldthread.warehouse.loading.shutil.disk_usage", lambda path: usage)
    with pytest.raises(Refused, match="GB free and this load needs about"):
        load(tmp_path / "home", given(tmp_path / "b", {MONTH: sample(MONTH)}), at=AT)
    assert manifest(tmp_path / "home").generation == 0
