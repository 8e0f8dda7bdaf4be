"""The public bytes do not depend on anything exempt: neither on its words, nor on how much there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.meetings.leaks.addresses import Addresses, routes
from tests.meetings.leaks.office import Office
from tests.meetings.leaks.reading import content_of
from tests.meetings.leaks.walking import NOBODY, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROWS = re.compile(rb"(item-|appendices/|bcb-paper-)\d+|()\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""Numbers of rows in addresses, which another row before them moves on; keys drawn by lot."""
SEAL = re.compile(rb"\b[0-9a-f]{16}(?=</code)")
"""The seal of a decision: over the seals of all that it relied on, of which nothing can be read back."""


def _public(*, more: bool) -> list[tuple[str, bytes]]:
    """Every public answer of an office in order: its address without numbers of rows, and its bytes."""
    with transaction.atomic():
        found = _answers(Office(Cast(), more=more, packs=False))
        transaction.set_rollback(True)
    return found


def _answers(office: Office) -> list[tuple[str, bytes]]:
    addresses, visitor = Addresses(office), Reader.of(office, NOBODY)
    found = {}
    for route in routes():
        if route.is_desk or not route.name.startswith("meetings:site"):
            continue
        for path in addresses.of(route):
            response = visitor.ask(path)
            content = content_of(response)
            if response.status_code == 200:
                found[path] = content
    ordered = sorted(found.items(), key=lambda each: [int(n) for n in re.findall(r"\d+", each[0])])
    return [(_plain(path.encode()).decode(), _plain(content)) for path, content in ordered]


def _plain(content: bytes) -> bytes:
    """The bytes without numbers of rows, keys drawn by lot and seals."""
    return SEAL.sub(b"seal", ROWS.sub(rb"\1N", content))


def test_the_public_site_is_the_same_bytes_whatever_is_exempt(cast: Any, db: None) -> None:
    few, many = _public(more=False), _public(more=True)
    assert len(few) > 20
    assert [path for path, _ in sorted(few)] == [path for path, _ in sorted(many)]
    differ = [a[0] for a, b in zip(sorted(few), sorted(many), strict=True) if a != b]
    assert differ == []
