"""What every test may count on: a fixed day, a named cast, no network, sealed rows that can be cleared."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
LOOPBACK = ("127.", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only the tests that touch the database, without a browser",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        items[:] = [item for item in items if _touches_database(item)]


def _touches_database(item: pytest.Item) -> bool:
    asks = bool(DATABASE & set(getattr(item, "fixturenames", ()))) or item.get_closest_marker("django_db")
    return bool(asks) and not item.get_closest_marker("browser")


@pytest.fixture(autouse=True, scope="session")
def _sealed_rows_can_be_cleared() -> Iterator[None]:
    """Take guards away before a test that commits is cleaned up after; `flush` brings them back."""
    clear = TransactionTestCase._fixture_teardown

    def lift_and_clear(self: TransactionTestCase) -> None:
        guards = import_module("goldthread.audit.guards")
        with connection.cursor() as cursor:
            for label, name in guards.declared(connection):
                for statement in guards.removal(connection, apps.get_model(label, name)._meta.db_table):
                    cursor.execute(statement)
        clear(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_clear)
        yield


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
def cast(db: None) -> Any:
    """The people of the story, made as they are first named: `cast.commissioner`, `cast.stranger` …"""
    return import_module("tests.cast").Cast()
