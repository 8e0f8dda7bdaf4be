"""The boards of the demonstration: two real papers, the thread around them, and all of it sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from goldthread.audit import guards
from goldthread.audit.verify import findings
from goldthread.core.governance.stages import Stage
from goldthread.meetings.demonstration.load import load
from goldthread.meetings.models import (
    ActionNews,
    AgendaItem,
    Arising,
    Correction,
    Decision,
    Meeting,
    Minutes,
    MinutesVersion,
    Pack,
    Paper,
    PaperVersion,
    Recommendation,
    Reliance,
    SignOff,
    SourceLink,
    Terms,
)
from goldthread.meetings.pins import standing_of
from goldthread.plans.models import Edition

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FIXED = {
    AgendaItem: ("number", "pinned"),
    PaperVersion: ("form", "header", "appendices", "seal", "submitted_by"),
    Recommendation: ("words", "verb"),
    SignOff: ("outcome", "words", "seal"),
    Pack: ("contents", "seal", "asked_by"),
    MinutesVersion: ("form", "attendance", "note"),
    ActionNews: ("words",),
    Decision: ("reference", "serial", "resolved", "reasons", "decided_by", "decided_on", "outcome"),
    Reliance: ("seal", "label"),
    Correction: ("was", "now", "why"),
    Terms: ("form", "seal"),
}
"""What may not change in a row once it was handed in, published, minuted or decided."""

ALTERED = {
    PaperVersion: "title",
    Recommendation: "words",
    SignOff: "words",
    MinutesVersion: "note",
    ActionNews: "words",
    Decision: "resolved",
    Reliance: "label",
    Correction: "why",
}
"""What somebody who owns the database might alter, guards or not."""


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The whole demonstration, told once for this module and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(at=datetime(2026, 11, 22, 9, tzinfo=UTC))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _told(loaded: None, db: None) -> None:
    """Each test has the demonstration, and takes back what it did to it."""


def problems() -> list[str]:
    return [f"{each.code} {each.where}" for found in findings() for each in found.problems]


def test_the_thread_holds_from_the_paper_to_the_panel() -> None:
    draft = Edition.objects.get(slug__startswith="october-2014")
    assert draft.stage == Stage.WITH_PANEL
    approved = Decision.objects.get(meeting__on="2014-10-02", marking="open")
    assert approved.reference in [row.reference for row in draft.evidence.all()]
    assert all(not each.moved for each in standing_of(approved))

    source = SourceLink.objects.get(paper__item__meeting__on="2019-04-04", target="item")
    assert source.label == "BCB, 13 December 2018, item 8.0: Delivery of the Police and Crime Plan"
    delivered = Decision.objects.get(meeting__on="2019-04-04")
    assert delivered.outcome == "agreed_with_changes"
    assert {row.target for row in delivered.relied_on.all()} == {"paper", "appendix", "decision"}
    assert Paper.objects.filter(marking="exempt").count() == 2
    assert Minutes.objects.get(meeting__on="2014-09-04").approved_at.on.isoformat() == "2014-10-02"
    assert Arising.objects.filter(state="open").count() == 4
    assert Meeting.objects.filter(stage="planned").count() == 1
    assert Pack.objects.filter(stage="ready", released_at__isnull=False).count() == 6


def test_verify_finds_nothing_wrong() -> None:
    assert problems() == []


@pytest.mark.parametrize("model", FIXED, ids=lambda model: model.__name__)
def test_the_database_refuses_to_alter_or_remove_what_is_fixed(model: type[models.Model]) -> None:
    row = _row(model)
    table = model._meta.db_table
    for name in FIXED[model]:
        column = model._meta.get_field(name).column
        _refused(f'UPDATE {table} SET "{column}" = NULL WHERE id = %s', row.pk)
    _refused(f"DELETE FROM {table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("model", ALTERED, ids=lambda model: model.__name__)
def test_verify_names_what_was_altered_by_force(model: type[models.Model]) -> None:
    row = _row(model)
    _force(model, f"UPDATE {model._meta.db_table} SET {ALTERED[model]} = 'forged' WHERE id = %s", row.pk)

    assert any(f"{model._meta.model_name} {row.pk}" in where.lower() for where in problems())


def test_verify_names_a_number_that_is_missing_and_a_pack_that_holds_something_else() -> None:
    Decision.objects.filter(reference="CPCC 2019-010").update(stage="decided")
    gone = Decision.objects.get(reference="CPCC 2019-011")
    _force(Decision, "DELETE FROM meetings_decision WHERE id = %s", gone.pk)
    _force(Pack, "UPDATE meetings_pack SET contents = '{}' WHERE id = %s", Pack.objects.first().pk)

    found = {each.split()[0] for each in problems()}
    assert {"register-gap", "row-removed", "pack-altered"} <= found


def _row(model: type[models.Model]) -> models.Model:
    rows = model.objects.all()
    if model is AgendaItem:
        rows = rows.filter(pinned=True)
    if model is Decision:
        rows = rows.filter(serial__isnull=False)
    if model is SignOff:
        rows = rows.filter(answered_at__isnull=False)
    return rows.order_by("pk")[0]


def _refused(sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def _force(model: type[models.Model], sql: str, *values: object) -> None:
    """What somebody could do who owns the database: take the guard away, then write."""
    with connection.cursor() as cursor:
        for statement in guards.removal(connection, model._meta.db_table):
            cursor.execute(statement)
        cursor.execute(sql, values)
