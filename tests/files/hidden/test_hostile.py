"""Files that cannot be read are refused in words, and none ends the check in another way."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.files.hidden import check, check_in_child
from goldthread.files.hidden.found import Findings, plain, spans
from goldthread.files.hidden.sayings import SAYINGS
from goldthread.files.refused import Refused
from tests.files.docs import docx, paragraph
from tests.files.hidden.drawn import box, pdf, words
from tests.files.hidden.parts import changed, packed, rows, workbook

CORPUS = Path(__file__).parents[1] / "corpus"
WORD = docx(paragraph("Smith", run="<w:vanish/>"))
BOOK = workbook(rows(("Smith",)), states={1: "hidden"})
PAGE = pdf(words("Smith") + box())
NAMES = {"docx": WORD, "xlsx": BOOK, "pdf": PAGE}


def locked() -> bytes:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(PAGE)) as made:
        made.save(held, encryption=pikepdf.Encryption(owner="a", user="b"))
    return held.getvalue()


REFUSED = {
    "nothing": (b"", "empty"),
    "only spaces": (b" \n\x00", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "not a Word, Excel or PDF file"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007"),
    "a locked Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
    "a locked PDF": (locked(), "locked with a password"),
    "a PDF cut short": (PAGE[: len(PAGE) // 2], "its end is missing"),
    "a PDF without pages": (b"%PDF-1.7\n%%EOF", "damaged"),
    "a Word file cut short": (WORD[: len(WORD) // 2], "cut short or damaged"),
    "an Excel file cut short": (BOOK[: len(BOOK) // 2], "cut short or damaged"),
    "a bomb": (changed(WORD, {"word/document.xml": b"<a>" + bytes(4_000_000)}), "zip bomb"),
    "a document type": (
        changed(WORD, {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "document type",
    ),
    "a presentation": (packed({"ppt/presentation.xml": "<a/>"}), "presentation"),
    "a binary workbook": (packed({"xl/workbook.bin": b""}), ".xlsb"),
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_way_to_mend_it(way: str) -> None:
    content, said = REFUSED[way]
    with pytest.raises(Refused) as refused:
        check(content, "paper")
    assert said in refused.value.reason
    assert refused.value.mend.endswith(".")


def test_a_workbook_is_refused_in_the_words_of_excel() -> None:
    with pytest.raises(Refused) as refused:
        check(changed(BOOK, {"xl/workbook.xml": "<a"}), "figures.xlsx")
    assert "Excel" in refused.value.mend
    assert "Word" not in str(refused.value)


def test_a_wrong_name_is_said() -> None:
    with pytest.raises(Refused, match=r"not a \.pdf file though its name says so"):
        check(b"plain words", "paper.PDF")


@pytest.mark.parametrize("kind", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_are_checked_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(NAMES[kind])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(content)))
    assert checked(bytes(content[: end or len(content)]), f"paper.{kind}")


def checked(content: bytes, name: str) -> str:
    """The codes that a file is found to have, or the reason why it is refused."""
    try:
        found = check(content, name)
    except Refused as refused:
        return str(refused)
    assert {problem.code for problem in found} <= SAYINGS.keys()
    return " ".join(problem.code for problem in found) or "nothing"


@pytest.mark.parametrize("name", sorted(p.name for p in (CORPUS / "hostile_made").glob("*.docx")))
def test_hostile_word_files(name: str) -> None:
    assert checked((CORPUS / "hostile_made" / name).read_bytes(), name)


@pytest.mark.slow
@pytest.mark.parametrize("kind", NAMES)
def test_a_child_says_the_same(kind: str) -> None:
    """Reason for slow: a process is started."""
    assert check_in_child(NAMES[kind], f"a.{kind}") == check(NAMES[kind], f"a.{kind}") != ()


@pytest.mark.slow
def test_a_child_refuses_as_well(tmp_path: Path) -> None:
    """Reason for slow: a process is started."""
    with pytest.raises(Refused, match="locked with a password"):
        check_in_child(locked(), "a.pdf")
    with pytest.raises(Refused, match=r"makes the check fail|more memory"):
        check_in_child(PAGE, "a.pdf", memory=1)
    with pytest.raises(FileNotFoundError):
        check_in_child(tmp_path / "none.pdf")


def test_many_places_are_told_in_few_words() -> None:
    findings = Findings("docx")
    for at in range(40):
        findings.add("comments", f"paragraph {at}", f"remark {at}", by=f"Officer {at}")
    (problem,) = findings.problems()
    assert problem.where.endswith("paragraph 5; 34 more places")
    assert "40 comments by Officer 0" in problem.message
    assert "35 others, such as “remark 0”, “remark 1” and “remark 2”" in problem.message


@given(st.text())
def test_what_is_quoted_is_short_and_shows(said: str) -> None:
    quoted = plain(said)
    assert len(quoted) <= 60
    assert not any(ord(letter) < 32 for letter in quoted)


def test_spans() -> None:
    assert spans([3], "page") == "page 3"
    assert spans([5, 1, 2, 3], "page") == "pages 1–3, 5"


@pytest.mark.parametrize("code", SAYINGS)
def test_every_finding_says_how_to_mend_it(code: str) -> None:
    saying = SAYINGS[code]
    for kind in NAMES:
        assert saying.mend(kind).endswith(".")


def test_the_reference_names_every_finding() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/check-file.md").read_text(encoding="utf-8")
    assert {code for code in SAYINGS if f"`{code}`" not in page} == set()
