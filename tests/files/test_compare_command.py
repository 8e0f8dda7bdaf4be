"""``goldthread compare``: JSON, redlines by the name given, and plain refusals."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from goldthread.files.command import add_commands
from tests.files.redline_files import FOLDER

OLD, NEW = FOLDER / "TestFiles_WC_WC004-Large.docx", FOLDER / "TestFiles_WC_WC004-Large-Mod.docx"


def _run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["compare", *map(str, words)])
    return int(arguments.run(arguments))


def test_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(OLD, NEW, "--json") == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert set(printed) == {"summary", "changes"}
    assert printed["summary"]["sections"]["changed"] == 1
    assert printed["summary"]["words"] == {"inserted": 1, "deleted": 1}
    assert [change["change"] for change in printed["changes"]] == ["changed", "changed"]


@pytest.mark.parametrize(
    ("name", "start"), [("a.docx", b"PK"), ("a.html", b"<!doctype"), ("a.PDF", b"%PDF-")]
)
def test_redlines(tmp_path: Path, name: str, start: bytes) -> None:
    assert _run(OLD, NEW, "--out", tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_the_same_file_twice_is_fine(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(OLD, OLD, "--json") == 0
    assert json.loads(capsysbinary.readouterr().out)["changes"] == []


@pytest.mark.parametrize("words", [("missing.docx", NEW), (OLD, FOLDER), (OLD, NEW, "--out", "a.odt")])
def test_what_cannot_be_done_is_said(
    words: tuple[str | Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*words) == 2
    assert capsys.readouterr().err.count("\n") == 1
