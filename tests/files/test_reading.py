"""The one door: what a file is, odd and large files, the child process, the command."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from goldthread.config.command import main
from goldthread.files import legacy
from goldthread.files.apart import read_in_child
from goldthread.files.reading import read, sniff
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind, View
from tests.files.docs import docx, paragraph
from tests.files.words import CORPUS

OK = CORPUS / "papers" / "bcb-2014-10-02-objective-1-update.docx"
soffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def test_what_a_file_is_comes_from_its_bytes() -> None:
    assert sniff(OK.read_bytes()) == "docx"
    assert sniff(b"{\\rtf1 x}") == "rtf"
    assert sniff(b"plain words") == "text"
    assert read(b"plain words", name="x.docx").warnings[0].code == "name"


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_half_an_upload_is_refused(part: float) -> None:
    data = OK.read_bytes()
    with pytest.raises(Refused, match="cut short"):
        read(data[: int(len(data) * part)])


@pytest.mark.slow
def test_four_hundred_pages() -> None:
    words = "The board will receive a report each quarter on what was promised. " * 6
    body = "".join(
        paragraph(f"Chapter {n}", '<w:outlineLvl w:val="0"/>') + paragraph(words) * 6 for n in range(400)
    )
    document = read(docx(body))
    assert sum(block.kind is BlockKind.HEADING for block in document.blocks) == 400
    assert len(document.text().split()) > 170_000


@pytest.mark.slow
def test_a_table_of_13_000_cells() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(str(n))}</w:tc>" for n in range(13)) + "</w:tr>"
    table = read(docx(f"<w:tbl>{row * 1000}</w:tbl>")).blocks[0]
    assert sum(len(each.cells) for each in table.rows) == 13_000


def test_right_to_left_paragraphs() -> None:
    block = read(docx(paragraph("خطة الشرطة", "<w:bidi/>"))).blocks[0]
    assert block.rtl
    assert block.text == "خطة الشرطة"


def test_merged_cells_and_header_rows() -> None:
    merged = "<w:tcPr><w:vMerge{}/></w:tcPr>"
    rows = (
        "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + paragraph("Head")
        + "</w:tc></w:tr>"
    )
    for start, words in ((' w:val="restart"', "Tall"), ("", "")):
        rows += (
            f"<w:tr><w:tc>{merged.format(start)}{paragraph(words)}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr>"
        )
    table = read(docx(f"<w:tbl>{rows}</w:tbl>")).blocks[0]
    assert table.rows[0].header
    assert table.rows[0].cells[0].colspan == 2
    assert (table.rows[1].cells[0].text, table.rows[1].cells[0].rowspan) == ("Tall", 2)
    assert [cell.text for cell in table.rows[2].cells] == ["x"]


def test_one_branch_of_an_alternative_is_taken() -> None:
    box = "<w:pict><w:txbxContent>" + paragraph("{}") + "</w:txbxContent></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{box.format('new')}</mc:Choice>"
        f"<mc:Fallback>{box.format('old')}</mc:Fallback></mc:AlternateContent>"
    )
    document = read(docx(f"<w:p><w:r>{both}</w:r></w:p>"))
    assert document.text() == "new"


def test_a_field_s_result_is_read_and_its_code_is_not() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example/" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    block = read(docx(field)).blocks[0]
    assert block.text == "shown"
    assert block.runs[0].marks[0].target == "https://a.example/"


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>kept</w:t></w:r></w:p>'
    assert read(docx(broken + paragraph("too"))).text() == "kept\ntoo"


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((CORPUS / "real").glob("*.docx")), ids=lambda path: path.stem[-30:])
@pytest.mark.parametrize("view", [View.FINAL, View.ALL])
def test_a_child_reads_the_same(path: Path, view: View) -> None:
    assert read_in_child(path, view=view) == read(path, view=view)


def test_the_command_prints_the_tree(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["read", str(OK), "--json"]) == 0
    tree = json.loads(capfdbinary.readouterr().out)
    assert set(tree) >= {"title", "blocks", "warnings"}
    assert all(set(block) >= {"kind", "level", "label", "text"} for block in tree["blocks"])
    assert "Charles Kitchin" in tree["blocks"][-1]["text"]


def test_the_command_says_why_it_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(CORPUS / "hostile_made" / "01_laughs.docx")]) == 2
    assert "document type" in capsys.readouterr().err
    assert main(["read", "nowhere.docx"]) == 2


@pytest.mark.slow
def test_the_command_loads_no_django() -> None:
    call = "import sys, goldthread.files.command; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", call], check=False).returncode == 0


def test_without_libreoffice_the_message_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")
    with pytest.raises(Refused, match="not installed here"):
        read(b"{\\rtf1 words}")


@soffice
@pytest.mark.soffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("legacy/test-data_document_simple-list.doc", "List"),
        ("legacy/tests_data_odf_sources_text_document_01.odt", ""),
        ("real/ms_word_council_docs_Council-Index-2015-03-25.doc", "COUNCIL"),
    ],
)
def test_older_formats_through_libreoffice(name: str, words: str) -> None:
    document = read(CORPUS / name)
    assert words.lower() in document.text().lower()
    assert document.text()
    assert document.warnings[0].code == "legacy"
