"""A file larger than the memory allowed is read all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from goldthread.warehouse.street import CRIME_TYPES
from tests.warehouse.deliveries import HEAD

ROOT = Path(__file__).resolve().parents[2]
ROWS, MEMORY_MB, PEAK_MB = 600_000, 96, 420
LOAD = """
    import json, resource, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from goldthread.warehouse.loading import load
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    home, path, memory = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    done = load(home, [path], at=datetime(2026, 1, 20, tzinfo=UTC), memory_mb=memory)
    told = Path("/proc/self/status").read_text()  # of this program alone: getrusage adds its parent's
    peak = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:")) // 1024
    print(json.dumps([done.rows, len(done.parts), len(done.problems), peak]))
"""


@pytest.mark.slow
def test_a_file_larger_than_the_memory_allowed_streams(tmp_path: Path) -> None:
    """Reason for slow: 130 MB is read in a process with 1 GB of address space and 64 MB for its engine."""
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEAD}\r\n")
        for number in range(ROWS):
            force = ("Kent Police", "Essex Police", "Surrey Police")[number % 3]
            month = f"20{20 + number // 36 % 5}-{number // 3 % 12 + 1:02d}"
            file.write(
                f"{number * 7919:064x},{month},{force},{force},-0.4,52.2,"
                f"On or near Park Lane,E0101{number % 500 + 7000:04d},Bedford 001A,"
                f"{CRIME_TYPES[number % 14]},Local resolution,\r\n"
            )
    assert path.stat().st_size > MEMORY_MB * 2**20
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LOAD), str(tmp_path / "home"), str(path), str(MEMORY_MB)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows, parts, problems, peak = json.loads(done.stdout)
    assert (rows, parts, problems) == (ROWS, 180, 0)
    assert peak < PEAK_MB
