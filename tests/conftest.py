"""What every test may count on: a fixed day, a named cast, no network, sealed rows that can be cleared."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise OSError(f"A test tried to reach {address[0]}: the network is off.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """Forget the sign-ins that earlier tests tried: the product slows down guessing."""
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """The moment at which tests take place."""
    return datetime(2014, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def today(at: datetime) -> date:
    """The day on which tests take place."""
    return at.date()


@pytest.fixture
def cast(db: None) -> Iterator[Any]:
    """The people of the story, made as they are first named: `cast.commissioner`, `cast.stranger` …"""
    from tests.cast import Cast  # noqa: PLC0415 - models load after Django is set up

    return Cast()
