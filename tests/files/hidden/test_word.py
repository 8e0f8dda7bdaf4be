"""What a Word file hides: each thing is named with its place, and its near misses are not."""

from __future__ import annotations

import pytest

from goldthread.files.word.write import write_docx
from tests.files.docs import docx, paragraph
from tests.files.hidden.told import told
from tests.files.plans import plan

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
OPEN = "The board is asked to note the report."


def seen(words: str) -> str:
    return paragraph(words)


def style(ident: str, run: str, kind: str = "paragraph", extra: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{ident}"{extra}><w:name w:val="{ident}"/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


VANISH = "<w:vanish/>"
HIDDEN = {
    "direct": (paragraph("Informant is Smith", run=VANISH), ""),
    "paragraph style": (
        paragraph("Informant is Smith", '<w:pStyle w:val="Away"/>'),
        style("Away", VANISH),
    ),
    "a style that another is based on": (
        paragraph("Informant is Smith", '<w:pStyle w:val="Below"/>'),
        style("Away", VANISH)
        + '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Away"/></w:style>',
    ),
    "character style": (
        paragraph("Informant is Smith", run='<w:rStyle w:val="Gone"/>'),
        style("Gone", VANISH, "character"),
    ),
    "the defaults": (
        paragraph("Informant is Smith"),
        f"<w:docDefaults><w:rPrDefault><w:rPr>{VANISH}</w:rPr></w:rPrDefault></w:docDefaults>",
    ),
    "the default style": (
        paragraph("Informant is Smith"),
        style("Normal", VANISH, extra=' w:default="1"'),
    ),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_hidden_text(way: str) -> None:
    body, styles = HIDDEN[way]
    problem = told(docx(body, {"styles": styles}))["hidden-text"]
    assert problem.where == "paragraph 1 (“Informant is Smith”)"
    assert "“Informant is Smith”" in problem.message


SHOWN = {
    "plain": (seen(OPEN), ""),
    "switched off": (paragraph(OPEN, run='<w:vanish w:val="0"/>'), ""),
    "switched off against a style": (
        paragraph(OPEN, '<w:pStyle w:val="Away"/>', '<w:vanish w:val="false"/>'),
        style("Away", VANISH),
    ),
    "hidden twice over, which shows": (
        paragraph(OPEN, '<w:pStyle w:val="Away"/>', '<w:rStyle w:val="Gone"/>'),
        style("Away", VANISH) + style("Gone", VANISH, "character"),
    ),
    "only the mark of the paragraph": (paragraph(OPEN, f"<w:rPr>{VANISH}</w:rPr>"), ""),
    "hidden spaces": (paragraph("   ", run=VANISH), ""),
    "black": (paragraph(OPEN, run='<w:color w:val="000000"/>'), ""),
    "white on a dark cell": (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
        + paragraph(OPEN, run='<w:color w:val="FFFFFF"/>')
        + "</w:tc></w:tr></w:tbl>",
        "",
    ),
    "white in a table whose style paints its cells": (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>'
        + paragraph(OPEN, run='<w:color w:val="FFFFFF"/>')
        + "</w:tc></w:tr></w:tbl>",
        '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>',
    ),
    "white on a dark paragraph": (
        paragraph(OPEN, '<w:shd w:val="clear" w:fill="000000"/>', '<w:color w:val="FFFFFF"/>'),
        "",
    ),
    "highlighted": (paragraph(OPEN, run='<w:highlight w:val="yellow"/>'), ""),
    "a bordered box": (paragraph(OPEN, '<w:pBdr><w:top w:val="single"/></w:pBdr>'), ""),
    "small print": (paragraph(OPEN, run='<w:sz w:val="12"/>'), ""),
    "our own bookmark": (f'<w:bookmarkStart w:id="1" w:name="_blk_a"/>{seen(OPEN)}', ""),
    "a link to a page": (
        '<w:p><w:r><w:instrText>HYPERLINK "https://example.org/C:/a"</w:instrText></w:r></w:p>',
        "",
    ),
}


@pytest.mark.parametrize("way", SHOWN)
def test_what_shows_is_not_named(way: str) -> None:
    body, styles = SHOWN[way]
    assert told(docx(body, {"styles": styles})) == {}


@pytest.mark.parametrize(
    ("code", "properties", "run"),
    [
        ("white-text", "", '<w:color w:val="FFFFFF"/>'),
        ("white-text", "", '<w:color w:val="FEFEFE"/>'),
        ("white-text", '<w:shd w:val="clear" w:fill="FFFF00"/>', '<w:color w:val="FFFF00"/>'),
        ("covered-text", "", '<w:highlight w:val="black"/>'),
        ("covered-text", "", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
        ("tiny-text", "", '<w:sz w:val="2"/>'),
    ],
)
def test_words_that_no_eye_sees(code: str, properties: str, run: str) -> None:
    found = told(docx(seen(OPEN) + paragraph("Smith", properties, run)))
    assert list(found) == [code]
    assert found[code].where == "paragraph 2 (“Smith”)"


def test_tracked_changes_are_counted_by_kind_and_author() -> None:
    by = 'w:author="A. Clerk" w:date="2026-01-02T00:00:00Z"'
    found = told(
        docx(
            f'<w:p><w:ins w:id="1" {by}><w:r><w:t>new</w:t></w:r></w:ins>'
            f'<w:del w:id="2" w:author="B. Chief"><w:r><w:delText>£2m overspent</w:delText></w:r></w:del>'
            f'<w:moveFrom w:id="3" {by}><w:r><w:t>away</w:t></w:r></w:moveFrom>'
            f'<w:r><w:rPr><w:rPrChange w:id="4" {by}/></w:rPr><w:t>bold</w:t></w:r></w:p>'
        )
    )
    message = found["tracked-changes"].message
    assert message.startswith(
        "4 tracked changes (1 insertion, 1 deletion, 1 move, 1 format change) by A. Clerk and B. Chief"
    )
    assert "£2m overspent" in message
    assert found["tracked-changes"].where.startswith("paragraph 1 ")


def test_comments() -> None:
    comments = (
        '<w:comment w:id="0" w:author="B. Chief"><w:p><w:r><w:t>Is this true?</w:t></w:r></w:p></w:comment>'
    )
    body = f'{seen(OPEN)}<w:p><w:r><w:t>Costs rose.</w:t><w:commentReference w:id="0"/></w:r></w:p>'
    problem = told(docx(body, {"comments": comments}))["comments"]
    assert problem.where == "paragraph 2 (“Costs rose.”)"
    assert problem.message.startswith("A comment by B. Chief: “Is this true?”")


def test_a_comment_that_nothing_refers_to_is_named() -> None:
    comments = '<w:comment w:id="0" w:author="B"><w:p><w:r><w:t>Left behind</w:t></w:r></w:p></w:comment>'
    assert "Left behind" in told(docx(seen(OPEN), {"comments": comments}))["comments"].message


def test_header_that_no_page_shows() -> None:
    body = seen(OPEN) + '<w:sectPr><w:headerReference w:type="first" r:id="header"/>{}</w:sectPr>'
    parts = {"header": "<w:p><w:r><w:t>RESTRICTED</w:t></w:r></w:p>"}
    problem = told(docx(body.format(""), parts))["hidden-header"]
    assert problem.where == "a header kept for the first page only"
    assert "RESTRICTED" in problem.message
    assert told(docx(body.format("<w:titlePg/>"), parts)) == {}


def test_a_header_may_be_shown_by_a_later_section() -> None:
    reference = '<w:headerReference w:type="first" r:id="header"/>'
    first = f"<w:p><w:pPr><w:sectPr>{reference}</w:sectPr></w:pPr></w:p>"
    parts = {"header": "<w:p><w:r><w:t>RESTRICTED</w:t></w:r></w:p>"}
    assert told(docx(f"{first}<w:sectPr><w:titlePg/></w:sectPr>", parts)) == {}
    assert list(told(docx(f"{first}<w:sectPr/>", parts))) == ["hidden-header"]


def test_fields_that_hold_paths() -> None:
    instruction = r'INCLUDEPICTURE "\\\\server\\share\\plan.png"'
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{instruction}</w:instrText>'
    body += '<w:fldChar w:fldCharType="end"/><w:t>A picture</w:t></w:r></w:p>'
    problem = told(docx(body))["file-path"]
    assert problem.where == "a field in paragraph 1 (“A picture”)"
    assert "server" in problem.message


def drawing(inner: str = "", anchor: str = "", doc: str = "") -> str:
    return (
        f'<w:p xmlns:wp="{WP}" xmlns:a="{A}" xmlns:wps="{WPS}"><w:r><w:t>Beside</w:t><w:drawing>'
        f'<wp:anchor behindDoc="0">{anchor}<wp:extent cx="900000" cy="200000"/>'
        f'<wp:docPr id="1" name="Box" {doc}/>{inner}</wp:anchor></w:drawing></w:r></w:p>'
    )


def shape(colour: str, words: str = "") -> str:
    text = f"<wps:txbx><w:txbxContent>{paragraph(words)}</w:txbxContent></wps:txbx>" if words else ""
    fill = f'<wps:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></wps:spPr>'
    return f"<wp:wrapNone/><wps:wsp>{fill}{text}</wps:wsp>"


def off(offset: int) -> str:
    return f'<wp:positionH relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:positionH>'


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("hidden-shape", drawing(doc='hidden="1"')),
        ("file-path", drawing(doc=r'descr="C:\Users\jsmith\Desktop\map.png"')),
        ("cropped-picture", drawing('<a:srcRect r="25000"/>')),
        ("off-page", drawing(anchor=off(9_000_000))),
        ("covered-text", drawing(shape("000000"))),
        ("hidden-text", drawing(shape("DDDDDD")).replace("<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>")),
    ],
)
def test_drawings(code: str, body: str) -> None:
    found = told(docx(body))
    assert list(found) == [code]
    assert "paragraph 1 (“Beside”)" in found[code].where


@pytest.mark.parametrize(
    "body",
    [
        drawing(doc='descr="A map of the force area"'),
        drawing("<a:srcRect/>"),
        drawing('<a:srcRect l="0" r="120"/>'),
        drawing(anchor=off(1_000_000)),
        drawing(shape("FFFFFF", "A pull quote")),
        drawing(shape("1F3864")),
    ],
)
def test_ordinary_drawings_are_not_named(body: str) -> None:
    assert told(docx(body)) == {}


def test_our_own_exports_hide_nothing() -> None:
    assert told(write_docx(plan(), edition="march-2014")) == {}
