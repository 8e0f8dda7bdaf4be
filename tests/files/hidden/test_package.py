"""What the package of a Word file carries beside its words."""

from __future__ import annotations

import struct

import pytest

from goldthread.files.hidden.photographs import has_location
from tests.files.docs import SPACES, docx, paragraph
from tests.files.hidden.parts import changed, links
from tests.files.hidden.told import told

MAIN = ("officeDocument", "word/document.xml")
DC = "http://purl.org/dc/elements/1.1/"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    f'xmlns:dc="{DC}"><dc:title>Paper</dc:title><dc:creator>{{}}</dc:creator>'
    "<cp:lastModifiedBy>{}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Template>{}</Template><Application>Microsoft Word</Application><Company>{}</Company></Properties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property pid="2" name="{}"><vt:lpwstr>{}</vt:lpwstr></property></Properties>'
)
FILE = docx(paragraph("The board is asked to note the report."))


def with_links(*named: tuple[str, str] | tuple[str, str, str], **parts: str | bytes) -> bytes:
    """The file with relationships of its document, and parts whose names have ``__`` for ``/``."""
    made = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    return changed(FILE, {"word/_rels/document.xml.rels": links(*named), **made})


def with_properties(core: str = "", app: str = "", custom: str = "") -> bytes:
    """The file with properties."""
    return changed(
        FILE,
        {
            "_rels/.rels": links(
                MAIN,
                *([("core-properties", "docProps/core.xml")] if core else []),
                *([("extended-properties", "docProps/app.xml")] if app else []),
                *([("custom-properties", "docProps/custom.xml")] if custom else []),
            ),
            **({"docProps/core.xml": core} if core else {}),
            **({"docProps/app.xml": app} if app else {}),
            **({"docProps/custom.xml": custom} if custom else {}),
        },
    )


def test_people_in_the_properties() -> None:
    found = told(
        with_properties(CORE.format("J. Smith", "P. Jones"), APP.format("Normal.dotm", "Anyshire OPCC"))
    )
    assert list(found) == ["author"]
    assert found["author"].where == "Author; Last modified by; Company"
    assert "“J. Smith”, “P. Jones” and “Anyshire OPCC”" in found["author"].message


def test_programs_and_empty_properties_are_no_people() -> None:
    assert told(with_properties(CORE.format("python-docx", ""), APP.format("Normal.dotm", ""))) == {}


def test_template_path() -> None:
    found = told(with_properties(app=APP.format(r"C:\Users\jsmith\Templates\Board.dotx", "")))
    assert found["file-path"].where == "the properties (Template)"


@pytest.mark.parametrize(("name", "expected"), [("Reviewer", ["properties"]), ("GoldthreadEdition", [])])
def test_custom_properties(name: str, expected: list[str]) -> None:
    assert list(told(with_properties(custom=CUSTOM.format(name, "march-2014")))) == expected


@pytest.mark.parametrize(
    ("code", "where", "content"),
    [
        (
            "external-link",
            "the document",
            with_links(("attachedTemplate", "https://evil.example/a.dotm", "External")),
        ),
        ("external-link", "the document", with_links(("image", "file:///Z:/map.png", "External"))),
        ("file-path", "a link in the document", with_links(("hyperlink", r"\\srv\board\a.docx", "External"))),
        (
            "embedded-file",
            "the list of parts",
            with_links(("package", "embeddings/costs.xlsx"), word__embeddings__costs=b"PK"),
        ),
        ("macros", "the list of parts", changed(FILE, {"word/vbaProject.bin": b"x"})),
        ("macros", "the list of parts", changed(FILE, {"word/activeX/activeX1.xml": "<a/>"})),
        ("thumbnail", "the properties", changed(FILE, {"docProps/thumbnail.jpeg": b"x"})),
        (
            "custom-xml",
            "customXml/item1.xml",
            with_links(("customXml", "../customXml/item1.xml"), customXml__item1_xml="<a><b>draft</b></a>"),
        ),
        (
            "document-variables",
            "the settings",
            docx("", {"settings": '<w:docVars><w:docVar w:name="Case" w:val="CR/1234"/></w:docVars>'}),
        ),
        (
            "mail-merge",
            "the mail merge",
            docx("", {"settings": '<w:mailMerge><w:query w:val="SELECT * FROM staff"/></w:mailMerge>'}),
        ),
        ("ink", "the document", with_links(("ink", "ink/ink1.xml"))),
    ],
)
def test_what_the_package_carries(code: str, where: str, content: bytes) -> None:
    found = told(content)
    assert list(found) == [code]
    assert found[code].where == where


@pytest.mark.parametrize(
    "content",
    [
        with_links(("hyperlink", "https://www.example.org/C:/plan", "External")),
        with_links(("hyperlink", "mailto:office@example.org", "External")),
        with_links(("customXml", "../customXml/item1.xml"), customXml__item1_xml="<Sources/>"),
    ],
)
def test_what_it_may_carry(content: bytes) -> None:
    assert told(content) == {}


def test_the_workbook_behind_a_chart_is_told_apart() -> None:
    content = changed(
        FILE,
        {
            "word/charts/chart1.xml": "<a/>",
            "word/charts/_rels/chart1.xml.rels": links(("package", "../embeddings/Book1.xlsx")),
            "word/embeddings/Book1.xlsx": b"PK",
        },
    )
    found = told(content)
    assert list(found) == ["chart-workbook"]
    assert "Book1.xlsx" in found["chart-workbook"].message


def photograph(*gps_tags: int, order: str = ">") -> bytes:
    """The beginning of a JPEG whose Exif part has a GPS directory of these tags."""
    start = b"MM\x00*" if order == ">" else b"II*\x00"
    first = struct.pack(order + "IHHHII", 8, 1, 0x8825, 4, 1, 26)
    gps = struct.pack(order + "H", len(gps_tags))
    gps += b"".join(struct.pack(order + "HHII", tag, 5, 3, 0) for tag in gps_tags)
    exif = b"Exif\x00\x00" + start + first + bytes(4) + gps
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda"


def test_photographs_with_a_place() -> None:
    found = told(changed(FILE, {"word/media/image1.jpg": photograph(1, 2, 3, 4)}))
    assert list(found) == ["picture-location"]
    assert found["picture-location"].where == "the picture image1.jpg"
    assert told(changed(FILE, {"word/media/image1.jpg": photograph(0)})) == {}


@pytest.mark.parametrize("order", ["<", ">"])
def test_location_tags(order: str) -> None:
    whole = photograph(0, 2, 4, order=order)
    assert has_location(whole)
    assert not has_location(photograph(order=order))
    assert not any(has_location(whole[:cut]) for cut in range(40))


def test_words_in_a_header_are_checked_too() -> None:
    rels = links(("header", "header.xml"))
    header = f"<w:hdr {SPACES}>{paragraph('For police eyes only', run='<w:vanish/>')}</w:hdr>"
    body = docx('<w:sectPr><w:headerReference r:id="rId1"/></w:sectPr>')
    found = told(changed(body, {"word/_rels/document.xml.rels": rels, "word/header.xml": header}))
    assert found["hidden-text"].where == "a header, paragraph 1 (“For police eyes only”)"


def test_reviewers_are_named_though_their_remarks_are_gone() -> None:
    people = '<w15:people xmlns:w15="{0}"><w15:person w15:author="P. Jones"/></w15:people>'
    space = "http://schemas.microsoft.com/office/word/2012/wordml"
    found = told(with_links(("people", "people.xml"), word__people_xml=people.format(space)))
    assert list(found) == ["author"]
    assert found["author"].where == "the list of reviewers"
    assert "“P. Jones”" in found["author"].message
