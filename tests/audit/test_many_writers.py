"""Several people act at once: the chain stays whole and in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection, transaction

from goldthread.audit import guards, record
from goldthread.audit.models import Event
from goldthread.audit.verify import chain_problems
from tests.cast import Cast

WRITERS, EACH = 4, 25


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_writers_keep_one_chain(cast: Cast, at: datetime) -> None:
    """Reason for slow: a hundred real commits."""
    body, actor = cast.body, cast.commissioner
    before = Event.objects.count()

    def write(writer: int) -> None:
        try:
            for number in range(EACH):
                with transaction.atomic():
                    actor.refresh_from_db()
                    record(body, "looked at", by=actor, at=at, body=body, writer=writer, number=number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert Event.objects.count() == before + WRITERS * EACH
    assert list(chain_problems()) == []


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_back_after_a_test_that_commits(cast: Cast) -> None:
    assert list(guards.problems(apps)) == []
