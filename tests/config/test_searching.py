"""What a database is asked to look at before it is searched."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from goldthread.config.searching import NOT_LOOKED_AT, count_rows

pytestmark = pytest.mark.django_db


def _not_looked_at() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(NOT_LOOKED_AT)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_a_table_that_was_filled_is_looked_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE just_filled AS SELECT generate_series(1, 100) AS number")
    assert "just_filled" in _not_looked_at()
    count_rows()
    assert "just_filled" not in _not_looked_at()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_every_table_is_looked_at(cast: Any) -> None:
    table = cast.body._meta.db_table
    count_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert table in {name for (name,) in cursor.fetchall()}
