"""Kept files: whole or not at all, the same once, and an altered one is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from goldthread.audit import vault

WORDS = b"Objective 1: keep people safe"
SEAL = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty vault."""
    kept = {"BACKEND": "goldthread.audit.vault.Folder", "OPTIONS": {"location": tmp_path / "files"}}
    with override_settings(STORAGES={"vault": kept}):
        yield tmp_path / "files"


def test_what_is_kept_is_read_back_by_its_seal(folder: Path) -> None:
    assert vault.keep(WORDS) == vault.keep(WORDS) == SEAL
    assert vault.read(SEAL) == WORDS
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()] == [
        f"{SEAL[:2]}/{SEAL[2:]}"
    ]
    assert list(vault.problems()) == []


def test_two_who_keep_the_same_file_at_once_keep_it_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = vault.Folder.exists
    others: list[str] = []

    def kept_meanwhile(storage: vault.Folder, name: str) -> bool:
        there = looked(storage, name)
        if not there and not others:
            others.append(storage.save(name, ContentFile(WORDS)))
        return there

    monkeypatch.setattr(vault.Folder, "exists", kept_meanwhile)
    assert vault.keep(WORDS) == SEAL
    assert others
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [SEAL[2:]]
    assert list(vault.problems()) == []


def test_an_altered_file_is_named_and_not_given_out(folder: Path) -> None:
    path = folder / vault.keep(WORDS)[:2] / SEAL[2:]
    path.chmod(0o640)
    path.write_bytes(b"Objective 1: look busy")
    assert [problem.code for problem in vault.problems()] == ["file-altered"]
    with pytest.raises(vault.Altered):
        vault.read(SEAL)


def test_a_missing_file_is_named() -> None:
    vault.keep(WORDS)
    missing = "0" * 64
    problems = list(vault.missing([("paper 8.0", SEAL), ("paper 9.0", missing)]))
    assert [(problem.where, problem.code) for problem in problems] == [("paper 9.0", "file-missing")]
    with pytest.raises(vault.Missing):
        vault.read(missing)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABCDEF", SEAL.upper()])
def test_only_a_seal_opens_a_file(name: str) -> None:
    assert not vault.holds(name)
    with pytest.raises(vault.Missing):
        vault.open_kept(name)


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ContentFile, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError("the disk is full")

    monkeypatch.setattr(ContentFile, "chunks", fail)
    with pytest.raises(vault.CannotKeep, match="disk is full"):
        vault.keep(WORDS)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
