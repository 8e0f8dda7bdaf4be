"""Guards: a sealed row keeps its words; what may still change is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from goldthread.audit.guards import Guard, removal

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> Iterator[type[models.Model]]:
    """A table of sheets: a sealed one may still change its stage; none may be added to sealed binder 9."""
    with isolate_apps("goldthread.audit"):

        class Sheet(models.Model):
            words = models.CharField(max_length=50)
            stage = models.CharField(max_length=50, default="drafting")
            sealed_at = models.DateField(null=True)
            binder = models.IntegerField(default=1)

            class Meta:
                app_label = "audit"

            def __str__(self) -> str:
                return self.words

        table = Sheet._meta.db_table
        columns = "words varchar(50), stage varchar(50), sealed_at date, binder integer"
        key = "serial" if connection.vendor == "postgresql" else "integer"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {table} (id {key} PRIMARY KEY, {columns})")
            guard = Guard(
                "sheet", when="OLD.sealed_at IS NOT NULL", allow=("stage",), adding="NEW.binder = 9"
            )
            for _ in range(2):
                for statement in guard.statements(connection, Sheet):
                    cursor.execute(statement)
        Sheet.objects.create(pk=1, words="a draft")
        Sheet.objects.create(pk=2, words="a promise", sealed_at="2014-03-04")
        yield Sheet


def _refused(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return "sealed: " in str(error)
    return False


def test_a_draft_changes_freely(sheet: type[models.Model]) -> None:
    assert not _refused("UPDATE audit_sheet SET words = 'another', stage = 'issued' WHERE id = 1")
    assert not _refused("DELETE FROM audit_sheet WHERE id = 1")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_sheet SET words = 'less' WHERE id = 2",
        "UPDATE audit_sheet SET words = NULL WHERE id = 2",
        "UPDATE audit_sheet SET sealed_at = NULL WHERE id = 2",
        "UPDATE audit_sheet SET id = 3 WHERE id = 2",
        "UPDATE audit_sheet SET stage = 'issued', words = 'less'",
        "DELETE FROM audit_sheet WHERE id = 2",
        "DELETE FROM audit_sheet",
        "INSERT INTO audit_sheet (id, words, stage, binder) VALUES (4, 'late', 'drafting', 9)",
    ],
)
def test_a_sealed_row_does_not(sheet: type[models.Model], change: str) -> None:
    assert _refused(change)
    assert sheet.objects.filter(pk=2, words="a promise").exists()


def test_a_sealed_row_changes_what_it_may_and_saving_the_same_is_no_change(sheet: type[models.Model]) -> None:
    assert not _refused("UPDATE audit_sheet SET stage = 'superseded' WHERE id = 2")
    row = sheet.objects.get(pk=2)
    row.save()
    assert sheet.objects.get(pk=2).stage == "superseded"


def test_replacing_or_truncating_is_refused_too(sheet: type[models.Model]) -> None:
    if connection.vendor == "postgresql":
        assert _refused("TRUNCATE audit_sheet")
    else:
        assert _refused("INSERT OR REPLACE INTO audit_sheet (id, words, stage) VALUES (2, 'less', 'x')")


def test_a_guard_can_be_taken_away_by_a_later_migration(sheet: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for statement in removal(connection, "audit_sheet"):
            cursor.execute(statement)
    assert not _refused("UPDATE audit_sheet SET words = 'less' WHERE id = 2")


def test_a_guard_says_when_or_always() -> None:
    with pytest.raises(ValueError, match="either"):
        Guard("sheet")
    with pytest.raises(ValueError, match="either"):
        Guard("sheet", when="OLD.sealed", always=True)
    guard = Guard("sheet", when="OLD.sealed", allow=("stage",))
    name, args, kwargs = guard.deconstruct()
    assert (name, args, kwargs) == ("Guard", ["sheet"], {"when": "OLD.sealed", "allow": ("stage",)})
