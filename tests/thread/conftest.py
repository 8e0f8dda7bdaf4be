"""The story that tests of threads are told in: the same as that of delivery."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def at() -> datetime:
    """The moment at which tests of threads take place: a Monday, a month after the board approved."""
    return datetime(2014, 11, 3, 10, 30, tzinfo=UTC)


@pytest.fixture
def boards(cast: Any, at: datetime) -> Any:
    """A board with its meetings and papers, made as a test first names them."""
    return import_module("tests.meetings.story").Boards(cast, at)


@pytest.fixture
def deciding(boards: Any, cast: Any) -> Any:
    """The decisions of that board, made as a test first asks for them."""
    return import_module("tests.meetings.deciding").Deciding(boards, cast)


@pytest.fixture
def measuring(cast: Any, at: datetime) -> Any:
    """A measure, its area and its figures, made as a test first names them."""
    return import_module("tests.performance.story").Measuring(cast, at)


@pytest.fixture
def delivering(deciding: Any, at: datetime) -> Any:
    """A plan of two themes and what is done about it, made as a test first names it."""
    return import_module("tests.delivery.story").Delivering(deciding, at)


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
