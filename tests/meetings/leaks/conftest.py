"""One sentinel office for all the tests that only read it: it takes seconds to build."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The sentinel office, taken away again after the last test of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_module("tests.meetings.leaks.office").Office(import_module("tests.cast").Cast())
        transaction.set_rollback(True)
