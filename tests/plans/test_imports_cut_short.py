"""A file whose reading fails, is cut short or never begins: said in words, and never in the way for good."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.audit import vault
from goldthread.audit.models import Event
from goldthread.plans.actions import imports
from goldthread.plans.actions.imports import discard_import, hand_in, keep_import, read_file
from goldthread.plans.desk import imports as imports_desk
from goldthread.plans.models import DocumentKind, FileImport, ImportStage
from goldthread.plans.reviewing import LATE, job_of
from tests.plans.telling import Story

WORDS = b"1. Safer roads\n\nFewer people are hurt on our roads.\n"


@pytest.fixture
def handed(story: Story) -> FileImport:
    return hand_in(
        body=story.cast.body,
        name="plan.txt",
        content=WORDS,
        kind=DocumentKind.PAPER,
        into=None,
        by=story.cast.governance_officer,
        at=story.now(),
    )


@pytest.fixture
def desk(story: Story, client: Client) -> Client:
    client.force_login(story.cast.governance_officer)
    return client


def _send(client: Client) -> Any:
    file = SimpleUploadedFile("plan.txt", WORDS + uuid4().bytes.hex().encode())
    return client.post("/desk/files/", {"kind": "paper", "file": file})


def test_a_reader_that_fails_is_a_refusal(
    handed: FileImport, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RecursionError

    monkeypatch.setattr(imports, "to_text", fail)
    read_file(pk=handed.pk, at=story.now())
    handed.refresh_from_db()
    assert (handed.stage, handed.reason) == (ImportStage.REFUSED, imports.FAILED)


def test_a_file_whose_reading_was_cut_short_can_be_read_again_or_put_away(
    handed: FileImport, story: Story
) -> None:
    FileImport.objects.update(stage=ImportStage.READING, begun_at=story.now())
    read_file(pk=handed.pk, at=story.now())
    handed.refresh_from_db()
    assert handed.stage == ImportStage.READ
    FileImport.objects.update(stage=ImportStage.READING, begun_at=story.now())
    discard_import(handed=handed, by=story.cast.governance_officer, at=story.now())
    read_file(pk=handed.pk, at=story.now())
    handed.refresh_from_db()
    assert handed.stage == ImportStage.DISCARDED


@pytest.mark.parametrize(
    ("stage", "words"), [(ImportStage.WAITING, "worker"), (ImportStage.READING, "cut short")]
)
def test_a_file_that_nobody_reads_says_so(
    handed: FileImport, story: Story, stage: ImportStage, words: str
) -> None:
    handed.stage = stage
    assert words not in job_of(handed, at=story.now())["words"]
    assert words in job_of(handed, at=story.now() + LATE + timedelta(minutes=1))["words"]


def test_a_file_that_nobody_reads_can_be_put_away_from_its_page(handed: FileImport, desk: Client) -> None:
    page = desk.get(f"/desk/files/{handed.pk}/").content.decode()
    assert f"/desk/files/{handed.pk}/discard/" in page


def test_a_file_is_handed_in_with_its_job_or_not_at_all(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(imports_desk, "read_handed_in", SimpleNamespace(enqueue=fail))
    with pytest.raises(ConnectionError):
        _send(desk)
    assert not FileImport.objects.exists()


def test_nothing_is_kept_of_a_file_without_words(handed: FileImport, story: Story) -> None:
    FileImport.objects.update(
        stage=ImportStage.READ, understood={"title": "", "lang": "en-GB", "sections": [], "printed": {}}
    )
    handed.refresh_from_db()
    given = {"title": "T", "label": "L", "made_by": "Us", "dated": story.at.date(), "plain": ()}
    with pytest.raises(ValidationError, match="No words were found"):
        keep_import(handed=handed, by=story.cast.governance_officer, at=story.now(), **given)
    handed.refresh_from_db()
    assert handed.stage == ImportStage.READ


def test_a_full_disk_is_told_and_nothing_is_half_kept(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault.Folder, "_save", full)
    answer = _send(desk)
    assert answer.status_code == 200
    assert "the disk is full or cannot be written" in answer.content.decode()
    assert not FileImport.objects.exists()
    assert not Event.objects.filter(verb="handed in file").exists()


def test_a_folder_that_cannot_be_made_is_told(desk: Client, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "files").write_text("A file stands where the folder should.")
    settings.STORAGES = settings.STORAGES | {
        "vault": {"BACKEND": "goldthread.audit.vault.Folder", "OPTIONS": {"location": tmp_path / "files"}}
    }
    assert "cannot be written" in _send(desk).content.decode()
    assert not FileImport.objects.exists()
