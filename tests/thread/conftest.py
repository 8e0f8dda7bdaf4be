"""The story that tests of threads are told in: the same as that of delivery."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from tests.delivery.conftest import at as at
from tests.delivery.conftest import boards as boards
from tests.delivery.conftest import deciding as deciding
from tests.delivery.conftest import delivering as delivering
from tests.delivery.conftest import measuring as measuring


@pytest.fixture
def threading(delivering: Any, measuring: Any, at: datetime) -> Any:
    """A pledge with everything that can hang on it, made as a test first names it."""
    return import_module("tests.thread.story").Threading(delivering, measuring, at)


@pytest.fixture
def open_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of nothing that is kept can be found: their doors let everybody in."""
    checks = import_module("goldthread.thread.search.sources").CHECKS
    for kind in tuple(checks):
        monkeypatch.setitem(checks, kind, lambda asker, entries: {entry.pk for entry in entries})
