"""The checks that hold the house together, run as tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TEMPLATES = sorted(str(path) for path in (ROOT / "goldthread").glob("*/templates") if path.is_dir())

CHECKS = {
    "ruff check": (BIN / "ruff", "check", "."),
    "ruff format": (BIN / "ruff", "format", "--check", "."),
    "djhtml": (BIN / "djhtml", "--check", *TEMPLATES),
    "import-linter": (BIN / "lint-imports",),
    "mypy": (BIN / "mypy",),
    "missing migrations": (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
    "django's own checks": (sys.executable, "-m", "django", "check", "--fail-level", "WARNING"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_check(name: str) -> None:
    """Reason for slow: each is a program of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
