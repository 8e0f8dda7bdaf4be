"""PDFs are PDF/UA-1, the same bytes each time, in our fonts only, and say what they should."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from goldthread.core.compare import compare
from goldthread.core.text import (
    Cell,
    Kind,
    ListBlock,
    ListItem,
    Row,
    Run,
    Section,
    Table,
    Text,
    Typed,
    numbers,
)
from goldthread.files.pdf.fonts import shown
from goldthread.files.pdf.write import redline_pdf, write_pdf
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.pictures import blank
from tests.files import verapdf
from tests.files.plans import key_of, paragraph, plan, revised
from tests.files.redline_files import pairs

SAMPLES = Path(__file__).parent / "pdfua1"
needs_verapdf = pytest.mark.skipif(not verapdf.is_here(), reason="Java, JAXB or veraPDF is not here")


def _plan_pdf(text: Text) -> bytes:
    return write_pdf(text, numbers(text), subtitle="Edition of March 2014", images={"0" * 64: blank()})


def _said(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def _odd() -> Text:
    """What a file may hold that a page cannot easily: no alt text, ragged rows, strange letters."""
    ragged = (
        Row((Cell(((Run("over"),),), True, 3, 9), Cell(((Run("wide"),),), True))),
        Row((Cell((), colspan=40),)),
        Row(()),
        Row((Cell(((Run("a"),), (Run("b\nc"),))),)),
    )
    deep = tuple(ListItem((Run(f"level {depth}"),), depth, depth % 2 == 0) for depth in (0, 3, 1, 2, 9, 0))
    blocks = (
        paragraph(1, "日本語 😀 \u202e#evil $x$ [b] *c* \\ @ref </w:t> عربي עברית", numbered=False),
        Table(key_of(2), ragged),
        Table(key_of(3)),
        ListBlock(key_of(4), deep, 7),
        ListBlock(key_of(5)),
        Typed(key_of(6), Kind.SOURCE_DOCUMENT),
        paragraph(7, lang="ar-EG"),
        paragraph(8, "Words in a private tongue", lang="x-private"),
    )
    sections = tuple(Section(key_of(20 + n), "", blocks if n == 0 else (), (), n % 2 == 0) for n in range(8))
    inner = Section(key_of(40), "Deep", (), (Section(key_of(41), "Deeper", (), (plan().sections[0],)),))
    return Text("", (*sections, inner), "cy")


@pytest.mark.slow
@needs_verapdf
def test_every_pdf_passes_pdf_ua_1_and_the_checker_tells_right_from_wrong(tmp_path: Path) -> None:
    """Starts Java once for all of them."""
    made = {
        "plan.pdf": _plan_pdf(plan()),
        "odd.pdf": _plan_pdf(_odd()),
        "redline.pdf": redline_pdf(compare(plan(), revised()), old_name="March", new_name="October"),
        "odd-redline.pdf": redline_pdf(compare(plan(), _odd())),
    }
    for name, pdf in made.items():
        (tmp_path / name).write_bytes(pdf)
    found = verapdf.verdicts([*sorted(tmp_path.glob("*.pdf")), *sorted(SAMPLES.glob("*.pdf"))])
    for name in made:
        assert found[name] == (True, "")
    for sample in SAMPLES.glob("*.pdf"):
        assert found[sample.name][0] is ("-pass-" in sample.name), sample.name


def test_the_same_text_gives_the_same_bytes() -> None:
    assert _plan_pdf(plan()) == _plan_pdf(plan())
    comparison = compare(plan(), revised())
    assert redline_pdf(comparison) == redline_pdf(comparison)


def test_title_language_outline_and_fonts() -> None:
    with pikepdf.open(BytesIO(_plan_pdf(plan()))) as pdf:
        assert str(pdf.docinfo["/Title"]) == plan().title
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_outline() as outline:
            assert next(item.title for item in outline.root).endswith("An accessible constabulary")
        fonts = {str(f.BaseFont) for page in pdf.pages for f in page.resources.get("/Font", {}).values()}
    assert fonts
    assert all("GoldthreadSerif" in name or "Atkinson" in name or "DejaVu" in name for name in fonts)


def test_the_words_and_the_numbers_are_there() -> None:
    said = _said(_plan_pdf(plan()))
    for words in ("1.2.1", "Pledge 2.1", "Figures from 2013.", "Calls by year", "Target 85%", "Page 1 of"):
        assert words in said


def test_hidden_kinds_are_left_out() -> None:
    said = _said(write_pdf(plan(), numbers(plan()), hidden={Kind.ACTION}))
    assert "Review repeat calls" not in said
    assert "called back within two days" in said


def test_the_redline_gives_the_table_of_changes_first() -> None:
    said = _said(redline_pdf(compare(plan(), revised()), old_name="March 2014", new_name="October 2014"))
    assert said.index("What changed, by section") < said.index("People should find it")
    assert "From March 2014 to October 2014." in said
    assert "85% → 90%" in said


def test_characters_without_a_shape_become_boxes() -> None:
    assert shown("日本!") == "□□!"
    assert shown("Ŵyn → ≤ ✓ عربي") == "Ŵyn → ≤ ✓ عربي"


@pytest.mark.slow
def test_real_files_can_be_set() -> None:
    """Sets a dozen redlines of real files, some with pictures."""
    for old, new in pairs()[::9]:
        before, after = read(old), read(new)
        comparison = compare(to_text(before).text, to_text(after).text)
        assert redline_pdf(comparison, images={**before.images, **after.images}).startswith(b"%PDF-")


def test_an_empty_text_can_be_set() -> None:
    assert write_pdf(replace(plan(), sections=()), {}).startswith(b"%PDF-")
