"""A chart in a text: inline and tagged in an accessible PDF, at twice its size in Word, and in pages."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from goldthread.core.compare import compare
from goldthread.core.spc.values import Advice
from goldthread.core.text import Figure, Section, Table, Text, numbers, words_of
from goldthread.files.charts.figures import alt_of, caption_of, figure_text, sentence_of
from goldthread.files.charts.model import Chart
from goldthread.files.charts.png import NotDrawn, png
from goldthread.files.charts.spark import sparkline
from goldthread.files.charts.svg import PRINT, svg
from goldthread.files.html_blocks import text_html
from goldthread.files.pdf.write import write_pdf
from goldthread.files.redline_html import redline_page
from goldthread.files.word.write import write_docx
from tests.files import verapdf
from tests.files.charts.samples import burglary, districts, homicides, ranking, shoplifting
from tests.files.plans import key_of
from tests.files.written import faults, part

CHARTS: tuple[Chart, ...] = (burglary(), shoplifting(), homicides(), ranking(9), ranking(40), districts())
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def _report(charts: tuple[Chart, ...]) -> tuple[Text, dict[str, bytes]]:
    sections, images = [], {}
    for place, chart in enumerate(charts):
        made = figure_text(chart, key=key_of(place))
        images |= made.images
        sections.append(Section(key_of(100 + place), chart.title, made.blocks))
    return Text("Performance report", tuple(sections)), images


@cache
def _pdf() -> bytes:
    text, images = _report(CHARTS)
    return write_pdf(text, numbers(text), images=images)


def test_a_chart_is_a_sentence_a_figure_and_a_table() -> None:
    made = figure_text(burglary(), key=key_of(1))
    sentence, figure, table = made.blocks
    assert words_of(sentence) == sentence_of(burglary())
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert hashlib.sha256(made.images[figure.image]).hexdigest() == figure.image
    assert figure.alt == alt_of(burglary())
    assert caption_of(burglary()).endswith("Source: data.police.uk.")
    assert len(table.rows) == 14
    assert made == figure_text(burglary(), key=key_of(1))
    assert made.blocks[0].key != figure_text(burglary(), key=key_of(2)).blocks[0].key


def test_a_chart_that_would_mislead_has_no_picture() -> None:
    made = figure_text(replace(burglary(), refusal=Advice("x", "It would mislead.")), key=key_of(1))
    assert [type(block).__name__ for block in made.blocks] == ["Prose", "Table"]
    assert not made.images


def _figures(node: Any) -> Iterator[Any]:
    """Every figure of a tree of tags."""
    if not isinstance(node, pikepdf.Dictionary):
        return
    if node.get("/S") == "/Figure":
        yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _figures(kid)


@pytest.mark.slow
def test_each_chart_is_a_tagged_figure_of_vectors_with_its_words() -> None:
    """Reason for slow: sets six charts and their tables."""
    with pikepdf.open(io.BytesIO(_pdf())) as pdf:
        said = [str(figure.Alt) for figure in _figures(pdf.Root.StructTreeRoot)]
        images = [
            name
            for page in pdf.pages
            for name, found in page.resources.get("/XObject", {}).items()
            if found.get("/Subtype") == "/Image"
        ]
    assert [words for words in said if words] == [alt_of(chart) for chart in CHARTS]
    assert images == []


def test_the_pdf_holds_the_paths_and_the_words_of_a_chart() -> None:
    text, images = _report((burglary(),))
    document = pypdfium2.PdfDocument(write_pdf(text, numbers(text), images=images))
    page = document[0]
    kinds = [found.type for found in page.get_objects(max_depth=9)]
    words = page.get_textpage().get_text_bounded()
    document.close()
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 40
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 0
    assert "within the usual range of 198 to 310" in " ".join(words.split())


@pytest.mark.slow
@pytest.mark.skipif(not verapdf.is_here(), reason="Java, JAXB or veraPDF is not here")
def test_a_report_of_charts_is_pdf_ua_1(tmp_path: Path) -> None:
    """Reason for slow: starts Java."""
    path = tmp_path / "report.pdf"
    path.write_bytes(_pdf())
    assert verapdf.verdicts([path])["report.pdf"] == (True, "")


@pytest.mark.slow
def test_word_holds_each_chart_at_twice_its_size_with_its_words() -> None:
    """Reason for slow: each picture is drawn twice."""
    text, images = _report((burglary(), ranking(9)))
    written = write_docx(text, images=images)
    assert faults(written) == []
    document = part(written, "word/document.xml")
    assert [found.get("descr") for found in document.iter(_DOCPR)] == [alt_of(burglary()), alt_of(ranking(9))]
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        media = sorted(name for name in package.namelist() if name.startswith("word/media/"))
        size = struct.unpack(">II", package.read(media[0])[16:24])
    assert media == ["word/media/image1.png", "word/media/image2.png"]
    assert size[0] == 2 * PRINT
    across = int(next(document.iter(_EXTENT)).get("cx", "0"))
    assert across <= PRINT * 9525
    assert write_docx(text, images=images) == written


def test_a_png_is_the_same_each_time_and_as_large_as_it_is_asked_to_be() -> None:
    drawing = svg(sparkline(burglary())).encode()
    made = png(drawing)
    assert struct.unpack(">II", made[16:24]) == (240, 64)
    png.cache_clear()
    assert png(drawing) == made
    assert struct.unpack(">II", png(drawing, 3)[16:24]) == (360, 96)


def test_what_is_no_drawing_becomes_no_png() -> None:
    with pytest.raises(NotDrawn):
        png(b'<svg width="10" height="10">')


def test_a_foreign_svg_in_a_text_is_never_drawn() -> None:
    image = b'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="9" height="9"><script/></svg>'
    seal = hashlib.sha256(image).hexdigest()
    text = Text("T", (Section(key_of(1), "S", (Figure(key_of(2), seal, "Not ours"),)),))
    with zipfile.ZipFile(io.BytesIO(write_docx(text, images={seal: image}))) as package:
        assert not any(b"<script" in package.read(name) for name in package.namelist())
    document = pypdfium2.PdfDocument(write_pdf(text, numbers(text), images={seal: image}))
    assert "Not ours" in document[0].get_textpage().get_text_bounded()
    document.close()
    assert "data:" not in redline_page(compare(text, text), images={seal: image}).partition("<body>")[2]


def test_a_page_shows_the_picture_by_its_address_or_within() -> None:
    text, images = _report((burglary(),))
    seal = next(iter(images))
    assert f'<img src="/{seal}" alt="Burglary, Cambridgeshire. ' in text_html(
        text, numbers(text), image_address=lambda image: f"/{image}"
    )
    assert "data:image/svg+xml;base64," in redline_page(compare(text, text), images=images)
