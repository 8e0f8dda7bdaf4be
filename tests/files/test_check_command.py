"""``goldthread check-file``: JSON and lines for a person, exit codes, and plain refusals."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from goldthread.files.command import add_commands
from tests.files.docs import docx, paragraph

HIDING = docx(paragraph("Open words") + paragraph("Smith", run="<w:vanish/>"))
CLEAN = docx(paragraph("Open words"))

pytestmark = pytest.mark.slow
"""Reason for slow: each check is a process of its own."""


def _run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["check-file", *map(str, words)])
    return int(arguments.run(arguments))


@pytest.fixture
def hiding(tmp_path: Path) -> Path:
    path = tmp_path / "paper.docx"
    path.write_bytes(HIDING)
    return path


def test_json(hiding: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(hiding, "--json") == 1
    (problem,) = json.loads(capsysbinary.readouterr().out)["problems"]
    assert set(problem) == {"code", "where", "message"}
    assert (problem["code"], problem["where"]) == ("hidden-text", "paragraph 2 (“Smith”)")


def test_lines(hiding: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(hiding) == 1
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "paragraph 2 (“Smith”)"
    assert lines[1].startswith("    Hidden text: “Smith”.")


def test_a_clean_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "clean.docx"
    path.write_bytes(CLEAN)
    assert _run(path, "--json") == 0
    assert json.loads(capsysbinary.readouterr().out) == {"problems": []}
    assert _run(path) == 0
    assert capsysbinary.readouterr().out == b"Nothing hidden was found in clean.docx.\n"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut short", HIDING[:300], None])
def test_what_cannot_be_read_is_said(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "paper.docx"
    if content is not None:
        path.write_bytes(content)
    assert _run(path, "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "paper.docx" in said.err
