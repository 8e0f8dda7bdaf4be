"""A paper's header, marking and foot, in the PDF and in Word, and back from Word."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from goldthread.core.text import Kind, Prose, Run, Section, Text, numbers, words_of
from goldthread.files.front import Front
from goldthread.files.pdf.write import write_pdf
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.write import write_docx
from tests.files import verapdf
from tests.files.written import faults, part

FRONT = Front(
    (("To", "Business Coordination Board"), ("From", "Chief Executive"), ("Date", "4 April 2019")),
    "OFFICIAL",
    "BCB, 4 April 2019, item 8.0, Page {page} of {pages}",
)
PAPER = Text(
    "Delivery of the plan",
    (Section("s1", "Purpose", (Prose("b1", Kind.PARAGRAPH, (Run("To ask."),), numbered=True),)),),
)


def pdf(front: Front | None) -> bytes:
    return write_pdf(PAPER, numbers(PAPER), front=front)


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    text = page.get_textpage()
    found = str(text.get_text_range())
    text.close()
    page.close()
    document.close()
    return found


@pytest.mark.slow
@pytest.mark.skipif(not verapdf.is_here(), reason="veraPDF is not here")
def test_the_pdf_bears_its_front_and_is_accessible(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(FRONT))

    said = words(path.read_bytes())
    assert all(f"{label}:" in said and value in said for label, value in FRONT.lines)
    assert "OFFICIAL" in said
    assert "BCB, 4 April 2019, item 8.0, Page 1 of 1" in said
    assert verapdf.verdicts([path])["paper.pdf"] == (True, "")


def test_a_foot_may_do_without_a_number() -> None:
    said = words(pdf(FRONT._replace(foot="BCB, 4 April 2019")))
    assert "BCB, 4 April 2019" in said
    assert "Page" not in said


def test_a_text_without_a_front_has_neither() -> None:
    assert "To:" not in words(pdf(None))


def test_word_bears_the_front_and_gives_it_back() -> None:
    written = write_docx(PAPER, front=FRONT)

    assert faults(written) == []
    foot = "".join(part(written, "word/footer.xml").itertext())
    assert foot == "BCB, 4 April 2019, item 8.0, Page 1 of 1"
    first = to_text(read(written)).text.sections[0]
    assert [words_of(block) for block in first.blocks] == [
        "OFFICIAL",
        *(f"{label}: {value}" for label, value in FRONT.lines),
    ]
