"""The record: appended to, never changed; what is changed by force is named."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from goldthread.audit import guards, record
from goldthread.audit.models import Event, Head
from goldthread.audit.verify import chain_problems, findings
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast: Cast, at: datetime) -> Cast:
    """A record of five events and more."""
    for number in range(3):
        record(cast.body, "looked at", by=cast.commissioner, at=at, number=number)
    return cast


def _without_guards(sql: str, *values: object) -> None:
    """Change the record as somebody would who owns the database."""
    with connection.cursor() as cursor:
        for statement in guards.removal(connection, "audit_event"):
            cursor.execute(statement)
        cursor.execute(sql, values)


def test_an_event_copies_every_name(cast: Cast, at: datetime) -> None:
    event = record(
        cast.commissioner.holdings.get(),
        "looked at",
        by=cast.commissioner,
        at=at,
        body=cast.body,
        day=date(2014, 3, 4),
        cost=Decimal("1.50"),
    )
    event.refresh_from_db()
    assert (event.actor_name, event.office) == ("Frances Merrow", "Police and Crime Commissioner")
    assert event.body_name == "Fenshire Police and Crime Commissioner"
    assert event.thing_name == "Frances Merrow as Police and Crime Commissioner from 22 November 2012"
    assert event.facts == {"day": "2014-03-04", "cost": "1.50"}
    assert event.computed_seal() == event.seal


def test_a_whole_chain_has_no_problems(written: Cast) -> None:
    assert Event.objects.count() >= 5
    assert [finding for finding in findings() if finding.problems] == []


def test_a_float_is_refused_because_databases_round_it(cast: Cast, at: datetime) -> None:
    with pytest.raises(TypeError, match="Use a Decimal"):
        record(cast.body, "measured", by=None, at=at, rate=0.1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET verb = 'praised'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET facts = '{}'",
    ],
)
def test_the_database_refuses_to_change_the_record(written: Cast, sql: str) -> None:
    with pytest.raises(DatabaseError, match="sealed: this event may not"), transaction.atomic():
        connection.cursor().execute(sql)


def test_an_altered_event_is_named(written: Cast) -> None:
    _without_guards("UPDATE audit_event SET actor_name = %s WHERE number = 3", "Somebody Else")
    (problem,) = chain_problems()
    assert (problem.where, problem.code) == ("event 3", "altered")


def test_an_altered_event_with_a_fresh_seal_breaks_the_next(written: Cast) -> None:
    event = Event.objects.get(number=3)
    event.actor_name = "Somebody Else"
    _without_guards(
        "UPDATE audit_event SET actor_name = %s, seal = %s WHERE number = 3",
        event.actor_name,
        event.computed_seal(),
    )
    (problem,) = chain_problems()
    assert (problem.where, problem.code) == ("event 4", "broken")


def test_a_removed_event_is_named(written: Cast) -> None:
    _without_guards("DELETE FROM audit_event WHERE number = 2")
    (problem,) = chain_problems()
    assert (problem.where, problem.code) == ("event 2", "missing")


def test_events_taken_off_the_end_are_named(written: Cast) -> None:
    last = Head.objects.get().number
    _without_guards("DELETE FROM audit_event WHERE number = %s", last)
    (problem,) = chain_problems()
    assert (problem.where, problem.code) == (f"event {last}", "ended")


def test_a_missing_guard_is_named(written: Cast) -> None:
    _without_guards("SELECT 1")
    codes = {problem.code for problem in guards.problems(apps)}
    assert codes == {"guard-missing"}
    guards.restore(apps, "default")
    assert list(guards.problems(apps)) == []


def test_a_record_is_not_kept_of_what_did_not_happen(written: Cast, at: datetime) -> None:
    before = Head.objects.get().number
    with transaction.atomic():
        record(written.body, "looked at", by=None, at=at)
        transaction.set_rollback(True)
    assert Head.objects.get().number == before
    assert list(chain_problems()) == []


def test_facts_are_told_short(cast: Cast, at: datetime) -> None:
    facts = {"seal": "ab" * 32, "rows": {"edition 1": "x"}, "sections_changed": ["A", "B"], "note": ""}
    event = record(cast.body, "issued", by=None, at=at, **facts)
    assert event.told() == (("seal", "abababababab…"), ("rows", "1"), ("sections changed", "A, B"))
