"""What is sealed is refused by the database, and if altered by force is named by `goldthread verify`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from goldthread.audit import guards
from goldthread.audit.verify import findings
from goldthread.core.governance.stages import Move
from goldthread.core.problems import Problem
from goldthread.plans.actions.gates import answer_change_request, request_changes
from goldthread.plans.actions.links import end_link
from goldthread.plans.models import (
    Bundle,
    ChangeRequest,
    CrossReference,
    Edition,
    GateEvidence,
    Pin,
    Placement,
    SectionChange,
    SectionVersion,
)
from goldthread.plans.seals import edition_record_seal, evidence_seal
from tests.plans.telling import Story

SEALED = (Edition, Placement, SectionVersion, SectionChange, GateEvidence, Bundle, ChangeRequest)
KEPT = (*SEALED, CrossReference, Pin)


@pytest.fixture
def sealed(story: Story) -> Story:
    """An issued edition with everything that it leaves behind, and an open one after it."""
    asked = request_changes(
        edition=story.draft, words="Say by when.", key="", by=story.cast.deputy, at=story.now()
    )
    answer_change_request(asked=asked, answer="By 2015.", by=story.cast.deputy, at=story.now())
    story.links()
    ended = story.links("value", "c-estate")
    end_link(made=ended, reason="Sold.", by=story.cast.analyst, at=story.now())
    story.issued()
    story.next = story.begin("Next", parent=story.draft)
    return story


def problems() -> list[Problem]:
    return [problem for finding in findings() for problem in finding.problems]


def refused(sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def force(model: type[models.Model], sql: str, *values: object) -> None:
    """What somebody could do who owns the database: take the guard away, then write."""
    with connection.cursor() as cursor:
        for statement in guards.removal(connection, model._meta.db_table):
            cursor.execute(statement)
        cursor.execute(sql, values)


def other(field: models.Field, value: object) -> object:
    """Another value that a column can hold."""
    match field:
        case models.JSONField():
            return '{"forged": 1}'
        case models.DateTimeField() | models.DateField():
            return "2001-01-01 00:00:00+00:00" if isinstance(field, models.DateTimeField) else "2001-01-01"
        case models.IntegerField() | models.ForeignKey():
            return (value or 0) + 1
        case _:
            return "forged"


def columns(model: type[models.Model], *but: str) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        if f"{model.__name__}.{field.name}" not in but:
            yield field


def a_sealed_row(model: type[models.Model], story: Story) -> models.Model:
    match model.__name__:
        case "Edition":
            return story.draft
        case "CrossReference":
            return CrossReference.objects.exclude(ended_at=None).get()
        case "ChangeRequest" | "Bundle":
            return model.objects.get()
        case "SectionVersion":
            return story.draft.placements.first().version
        case "Pin":
            return Pin.objects.first()
        case _:
            return model.objects.filter(edition=story.draft).first()


@pytest.mark.parametrize("model", KEPT)
def test_the_database_refuses_another_value_in_every_column(sealed: Story, model: type[models.Model]) -> None:
    row = a_sealed_row(model, sealed)
    for field in columns(model, "Edition.stage"):
        value = other(field, getattr(row, field.attname))
        refused(f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE id = %s', value, row.pk)


@pytest.mark.parametrize("model", KEPT)
def test_the_database_refuses_to_remove_a_sealed_row(sealed: Story, model: type[models.Model]) -> None:
    refused(f"DELETE FROM {model._meta.db_table} WHERE id = %s", a_sealed_row(model, sealed).pk)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what waits for the commit would refuse it first
        refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("model", [Placement, SectionChange, GateEvidence, Bundle, ChangeRequest])
def test_the_database_refuses_to_add_to_a_sealed_edition(sealed: Story, model: type[models.Model]) -> None:
    row = a_sealed_row(model, sealed)
    row.pk, row._state.adding = None, True
    if isinstance(row, Placement):
        row.key = "another"
    if isinstance(row, Bundle):
        row.evidence = sealed.draft.evidence.last()
    with pytest.raises(DatabaseError, match="sealed: no "), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_to_move_an_open_row_into_a_sealed_edition(sealed: Story) -> None:
    last = sealed.next.placements.last()
    refused(
        "UPDATE plans_placement SET edition_id = %s, key = 'another' WHERE id = %s", sealed.draft.pk, last.pk
    )
    asked = request_changes(
        edition=sealed.next, words="More.", key="", by=sealed.cast.deputy, at=sealed.now()
    )
    refused("UPDATE plans_changerequest SET edition_id = %s WHERE id = %s", sealed.draft.pk, asked.pk)


def test_the_database_refuses_to_clear_an_ended_link(sealed: Story) -> None:
    ended = CrossReference.objects.exclude(ended_at=None).get()
    pin = ended.pins.get()
    pin.pk, pin._state.adding = None, True
    with pytest.raises(DatabaseError, match="sealed: no "), transaction.atomic():
        pin.save(force_insert=True)


def test_what_is_open_can_be_changed_and_a_sealed_edition_can_be_superseded(sealed: Story) -> None:
    Placement.objects.filter(edition=sealed.next, key="value").update(depth=1)
    Edition.objects.filter(pk=sealed.next.pk).update(label="Another label")
    Edition.objects.filter(pk=sealed.draft.pk).update(stage="superseded")


def test_what_nobody_forced_has_no_problems(sealed: Story) -> None:
    assert problems() == []
    assert list(guards.problems(apps)) == []


NOT_COVERED = (
    "Edition.id",
    "Edition.stage",
    "Placement.id",
    "Placement.edition",
    "SectionVersion.id",
    "SectionVersion.document",
    "SectionVersion.made_at",
    *(f"{m.__name__}.id" for m in (SectionChange, GateEvidence, Bundle, ChangeRequest, CrossReference, Pin)),
)
"""Numbers that other rows point at, and when a version was first written: its editions say that too."""


@pytest.mark.slow
@pytest.mark.parametrize("model", KEPT)
def test_whatever_is_altered_by_force_is_named(sealed: Story, model: type[models.Model]) -> None:
    """Reason for slow: every seal is recomputed for every column."""
    row = a_sealed_row(model, sealed)
    for field in columns(model, *NOT_COVERED):
        value = getattr(row, field.attname)
        relates = isinstance(field, models.ForeignKey)
        forged = _another(field, value) if relates else other(field, value)
        if forged == value:
            continue
        with transaction.atomic():
            sql = f'UPDATE {model._meta.db_table} SET "{field.column}" = %s WHERE id = %s'
            force(model, sql, forged, row.pk)
            found = [p for p in problems() if p.code != "guard-missing"]
            transaction.set_rollback(True)
        assert found, field.name
        assert any(str(row.pk) in p.where or str(sealed.draft.pk) in p.where for p in found), field.name
    assert problems() == []


def _another(field: models.ForeignKey, value: object) -> object:
    """A row that exists, so that the foreign key holds."""
    if field.name == "parent":
        return Edition.objects.filter(document__kind="strategy").first().pk
    return field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first() or value


@pytest.mark.parametrize("stage", ["superseded", "responded", "drafting"])
def test_a_stage_set_by_hand_is_named(sealed: Story, stage: str) -> None:
    if stage == "superseded":
        Edition.objects.filter(pk=sealed.draft.pk).update(stage=stage)
    else:
        Edition.objects.filter(pk=sealed.next.pk).update(stage="responded")
    assert {p.code for p in problems()} == {"stage-altered"}


@pytest.mark.parametrize("model", [SectionChange, Bundle, ChangeRequest, Pin])
def test_a_row_removed_by_force_is_named(sealed: Story, model: type[models.Model]) -> None:
    row = a_sealed_row(model, sealed)
    with transaction.atomic():
        force(model, f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)
        found = problems()
    assert f"{model._meta.model_name} {row.pk}" in {p.where for p in found if p.code == "row-removed"}


def test_evidence_that_was_forged_and_sealed_afresh_is_named(sealed: Story) -> None:
    report = sealed.evidence(sealed.draft, Move.REPORT)
    report.words = "The panel is delighted."
    force(
        GateEvidence,
        "UPDATE plans_gateevidence SET words = %s, record_seal = %s WHERE id = %s",
        report.words,
        evidence_seal(report),
        report.pk,
    )
    found = [p for p in problems() if p.code != "guard-missing"]
    assert [(p.where.split(",")[0], p.code) for p in found] == [(f"gateevidence {report.pk}", "row-altered")]


def test_an_edition_that_was_forged_and_sealed_afresh_is_named(sealed: Story) -> None:
    edition = sealed.draft
    edition.note = "Nothing to see."
    force(
        Edition,
        "UPDATE plans_edition SET note = %s, record_seal = %s WHERE id = %s",
        edition.note,
        edition_record_seal(edition),
        edition.pk,
    )
    found = [p for p in problems() if p.code != "guard-missing"]
    assert [(p.where.split(",")[0], p.code) for p in found] == [(f"edition {edition.pk}", "row-altered")]


def test_evidence_out_of_nowhere_is_named(story: Story) -> None:
    story.passes(story.draft, Move.CONSULT_CHIEF)
    given = story.evidence(story.draft, Move.CONSULT_CHIEF)
    given.pk, given._state.adding, given.gate = None, True, Move.OBTAIN_VIEWS
    given.record_seal = evidence_seal(given)
    given.save()
    assert {p.code for p in problems()} == {"row-added", "stage-altered"}


def test_an_edition_issued_behind_the_back_of_its_gates_is_named(story: Story) -> None:
    story.reaches(story.draft, Move.APPROVE)
    edition = story.draft
    edition.stage, edition.issued_on, edition.sealed_at = "issued", story.at.date(), story.at
    edition.sealed_by, edition.seal = "Nobody", story.seen(edition)
    edition.record_seal = edition_record_seal(edition)
    edition.save()
    assert {p.code for p in problems()} >= {"gate-missing", "row-added", "edition-altered"}
