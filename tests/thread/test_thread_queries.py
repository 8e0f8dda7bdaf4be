"""A thread costs the same few queries however much hangs on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST = 40
"""More would be felt on a database over a network."""


def asked(threading: Any, kind: str, ref: str, *, public: bool) -> int:
    """How many queries a thread takes, once what is sealed has been read."""
    read = threading.seen if public else threading.by_staff
    read(kind, ref)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(kind, ref)
    return len(queries)


@pytest.mark.parametrize("public", [True, False])
def test_the_number_of_queries_does_not_grow(threading: Any, public: bool) -> None:
    threading.all_of_it()
    ends = {
        "pledge": threading.pledge,
        "priority": threading.priority.slug,
        "decision": threading.delivering.decision.slug,
    }
    before = {kind: asked(threading, kind, ref, public=public) for kind, ref in ends.items()}
    for number in range(8):
        action = threading.action(f"Another thing to do, {number}")
        threading.said(action, f"It goes well, {number}.")
        threading.said(threading.delivering.milestone(action), f"A step of it, {number}.")
    other = threading.delivering.draft
    threading.serve(other)
    after = {kind: asked(threading, kind, ref, public=public) for kind, ref in ends.items()}
    assert after == before
    assert max(after.values()) <= MOST
