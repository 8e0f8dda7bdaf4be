"""``goldthread proof``: what it finds in real papers, nothing in a clean one, and its exit codes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from goldthread.core.proofing import proof
from goldthread.core.text import Text
from goldthread.files.command import add_commands
from goldthread.files.reading import read
from goldthread.files.sections import Recognised, to_text
from goldthread.files.word.write import write_docx
from tests.files.docs import docx, paragraph
from tests.files.words import CORPUS

PAPERS = CORPUS / "papers"
OF_2014 = PAPERS / "bcb-2014-10-02-objective-1-update.docx"
OF_2019 = PAPERS / "bcb-2019-04-04-delivery-of-the-plan.docx"
CLEAN = Path(__file__).parent / "papers" / "clean-2026-03-05-safer-roads.txt"
HEADING = '<w:outlineLvl w:val="0"/>'


def _run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["proof", *map(str, words)])
    return int(arguments.run(arguments))


def _problems(capsysbinary: pytest.CaptureFixture[bytes]) -> dict[str, dict[str, str]]:
    """The problems printed, by code; each has exactly the three keys that are promised."""
    printed = json.loads(capsysbinary.readouterr().out)
    assert set(printed) == {"problems"}
    assert all(set(problem) == {"code", "where", "message"} for problem in printed["problems"])
    return {problem["code"]: problem for problem in printed["problems"]}


def _clean() -> Recognised:
    return to_text(read(CLEAN, name=CLEAN.name))


def test_the_paper_of_2019(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(OF_2019, "--json") == 1
    problems = _problems(capsysbinary)
    assert set(problems) == {"number-twice", "recommendation-twice", "commitment", "appendix-not-attached"}
    assert problems["number-twice"]["where"] == "Paragraph 3.4 (second)"
    assert problems["commitment"]["where"] == "Paragraph 3.4 (second)"
    assert "no owner and no date" in problems["commitment"]["message"]
    assert "word for word" in problems["recommendation-twice"]["message"]
    assert "Appendices A-D" in problems["appendix-not-attached"]["message"]


def test_the_paper_of_2014(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(OF_2014, "--json") == 1
    problems = _problems(capsysbinary)
    assert set(problems) == {"address-bare", "appendix-not-attached", "commitment", "source-undated"}
    assert "http://www.cambridgeshire-pcc.gov.uk/police-crime-plan/" in problems["address-bare"]["message"]
    assert problems["appendix-not-attached"]["where"] == "Paragraph 2.1"
    assert problems["commitment"]["where"] == "Paragraph 3.6"


def test_what_is_attached(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    names = (f"Appendix {letter} - {name}.docx" for letter, name in zip("ABCD", "VOCT", strict=True))
    assert _run(OF_2019, "--json", "--attached", *names) == 1
    assert "appendix-not-attached" not in _problems(capsysbinary)


def test_a_clean_paper(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(CLEAN, "--json") == 0
    assert json.loads(capsysbinary.readouterr().out) == {"problems": []}


def test_a_clean_paper_from_word(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    clean = _clean()
    (tmp_path / "ours.docx").write_bytes(write_docx(clean.text))
    assert _run(tmp_path / "ours.docx", "--json") == 0
    headings = {section.title for _, section in clean.text.walk()}
    lines = (line for line in CLEAN.read_text("utf-8").splitlines() if line)
    body = (paragraph(line, HEADING if line.split(". ", 1)[-1] in headings else "") for line in lines)
    (tmp_path / "theirs.docx").write_bytes(docx("".join(body)))
    assert _run(tmp_path / "theirs.docx", "--json") == 0
    assert capsysbinary.readouterr().out == b'{"problems": []}\n' * 2


def test_a_clean_paper_kept_here() -> None:
    assert proof(_clean().text) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("3.2 On", "3.1 On", "number-twice"),
        ("5.3 Equality", "5.5 Equality", "number-gap"),
        (
            "recommended to approve the grant",
            "recommended to consider the grant",
            "recommendation-without-verb",
        ),
        (
            "BIBLIOGRAPHY",
            "6. Recommendation\n\n6.1 To note the grant.\n\nBIBLIOGRAPHY",
            "recommendations-differ",
        ),
        ("Appendix 1 – Terms", "Appendix 2 – Terms", "appendix-not-attached"),
        (", read on 12 January 2026", "", None),
        ("/road-casualties-2024, read on 12 January 2026", "/road-casualties", "address-bare"),
        (", issued 28 February 2025", "", None),
        (" 2025-29, issued 28 February 2025", "", "source-undated"),
        (" to the Partnership by 31 March 2026", " to the Partnership", "commitment"),
        ("Thursday 4 December", "Wednesday 4 December", "weekday-wrong"),
        ("31 March 2027", "31 June 2027", "date-impossible"),
        ("to the Road Safety Partnership for 2026/27.", "to the Road Safety Partnership for 2024/27.", None),
        ("within the approved budget", "within the the approved budget", "word-twice"),
        ("0300 333 3456", "TBC", "placeholder"),
        ("the grant of £120,000 is within", "the grant of £210,000 is within", "figures-differ"),
    ],
)
def test_one_slip_in_a_clean_paper(tmp_path: Path, right: str, wrong: str, code: str | None) -> None:
    words = CLEAN.read_text("utf-8")
    assert right in words
    spoilt = tmp_path / "paper.txt"
    spoilt.write_text(words.replace(right, wrong, 1), "utf-8")
    recognised = to_text(read(spoilt, name=spoilt.name))
    found = {finding.code for finding in proof(recognised.text, printed=recognised.printed)}
    assert found >= {code} if code else not found


def test_for_a_person(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(CLEAN) == 0
    assert capsysbinary.readouterr().out.decode() == f"{CLEAN.name}: nothing to mend was found.\n"
    assert _run(OF_2019) == 1
    shown = capsysbinary.readouterr().out.decode()
    assert shown.startswith(f"{OF_2019.name}: 4 things to mend.\n\nParagraph 3.3\n  Appendices A-D")


def test_minutes_need_no_recommendation(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    minutes = tmp_path / "notes.txt"
    minutes.write_text("PRESENT\n\nThe chair.\n\nBUSINESS\n\nThe grant was made.\n", "utf-8")
    assert _run(minutes, "--json") == 1
    assert set(_problems(capsysbinary)) == {"no-recommendation"}
    assert _run(minutes, "--json", "--kind", "minutes") == 0


def test_a_paper_without_headings(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "bare.docx").write_bytes(docx(paragraph("The Board is asked to note this.") * 3))
    assert _run(tmp_path / "bare.docx", "--json") == 1
    assert "no-headings" in _problems(capsysbinary)


@pytest.mark.parametrize("name", ["missing.docx", "folder", "broken.docx"])
def test_what_cannot_be_read(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no such file")
    assert _run(tmp_path / name, "--json") == 2
    assert capsys.readouterr().err.count("\n") == 1


REAL = sorted(path for folder in ("real", "features") for path in (CORPUS / folder).glob("*.docx"))


@pytest.mark.slow
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[-40:])
def test_other_peoples_files_are_not_cried_over(path: Path) -> None:
    """Files that are no papers have no owners, dates, years or figures to be wrong about."""
    recognised = to_text(read(path, name=path.name))
    assert isinstance(recognised.text, Text)
    found = {finding.code for finding in proof(recognised.text, printed=recognised.printed)}
    sure = {"commitment", "figures-differ", "year-left-over", "year-no-financial-year", "number-restarts"}
    assert not found & (sure | {"weekday-wrong", "year-impossible", "date-impossible", "source-undated"})
