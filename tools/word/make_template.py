"""Make the house template that every Word file of ours starts from.

Run ``python tools/word/make_template.py`` after a change here; it writes
``goldthread/files/word/house.docx``, the same bytes each time. The writer finds styles by
name, so an office may restyle the template in Word as long as the names stay.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

TARGET = Path(__file__).parents[2] / "goldthread" / "files" / "word" / "house.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SERIF, SANS = "Source Serif 4", "Atkinson Hyperlegible Next"
INK, MUTED, GOLD, GOLD_INK, GOLD_GROUND, NAVY = "15202B", "4D5B68", "C08A1E", "75530C", "FBF7EC", "1A2F4B"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "application/vnd.openxmlformats-package"


def fonts(family: str) -> str:
    """The font of a run in every script."""
    return f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" w:cs="{family}"/>'


def run(
    family: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = "",
    size: int = 0,
    more: str = "",
) -> str:
    """Run properties in the order the schema asks for; ``size`` in half-points."""
    parts = [fonts(family) if family else ""]
    parts.append("<w:b/><w:bCs/>" if bold else "")
    parts.append("<w:i/><w:iCs/>" if italic else "")
    parts.append(f'<w:color w:val="{colour}"/>' if colour else "")
    parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    parts.append(more)
    inner = "".join(parts)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def style(
    name: str, *, kind: str = "paragraph", based: str = "", after: str = "", p: str = "", r: str = ""
) -> str:
    """One style; its id is its name without spaces."""
    default = ' w:default="1"' if name in ("Normal", "Default Paragraph Font", "Normal Table") else ""
    ident = name.title().replace(" ", "") if name.startswith("heading") else name.replace(" ", "")
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{ident}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{p}</w:pPr>" if p else "")
        + r
        + "</w:style>"
    )


def spacing(before: int = 0, after: int = 120, line: int = 300) -> str:
    """Space in twentieths of a point, line height in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def heading(level: int) -> str:
    """A heading style, linked to its level of the section numbering up to the ninth."""
    sizes = {1: 36, 2: 28, 3: 24}
    p = "<w:keepNext/><w:keepLines/>"
    p += f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
    p += spacing(480 if level == 1 else 320, 120, 260) + f'<w:outlineLvl w:val="{level - 1}"/>'
    look = run(SERIF, bold=True, colour=INK, size=sizes.get(level, 22))
    return style(f"heading {level}", based="Normal", after="BodyText", p=p, r=look)


def boxed(name: str, colour: str = GOLD, ground: str = GOLD_GROUND, words: str = SANS, label: int = 0) -> str:
    """A paragraph with a coloured rule on its left, for what is promised."""
    edge = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{colour}"/></w:pBdr>'
    p = f'<w:keepLines/>{edge}<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    p += spacing(80 if name.endswith("Field") else 200, 80, 290) + '<w:ind w:left="284"/>'
    follow = "BodyText" if name.endswith("Field") else "BlockField"
    return style(name, based="Normal", after=follow, p=p, r=run(words, size=label))


def styles() -> str:
    """The style sheet."""
    promise = ["Pledge", "Key Measure", "Action", "Outcome", "Recommendation"]
    parts = [
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>'
        + run(SERIF, colour=INK, size=22, more='<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>')
        + "</w:rPrDefault><w:pPrDefault><w:pPr>"
        + spacing()
        + "</w:pPr></w:pPrDefault></w:docDefaults>",
        style("Normal"),
        style("Default Paragraph Font", kind="character"),
        '<w:style w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>",
        style(
            "Title",
            based="Normal",
            after="BodyText",
            p="<w:keepNext/>" + spacing(0, 360, 250),
            r=run(SERIF, bold=True, colour=NAVY, size=52),
        ),
        *(heading(level) for level in range(1, 10)),
        style("Body Text", based="Normal", p=spacing(0, 160)),
        style("Numbered Paragraph", based="BodyText"),
        style(
            "Quote",
            based="Normal",
            p=spacing(160, 160) + '<w:ind w:left="567" w:right="567"/>',
            r=run(italic=True),
        ),
        style("List Bullet", based="Normal", p=spacing(0, 80)),
        style("List Number", based="Normal", p=spacing(0, 80)),
        *(boxed(name, words=SERIF if name == "Pledge" else SANS) for name in promise),
        *(boxed(name, NAVY, "EEF2F7") for name in ("Contact Officer", "Source Document")),
        boxed("Block Field", label=20),
        boxed("Reference Field", NAVY, "EEF2F7", label=20),
        style("Caption", based="Normal", p=spacing(60, 240, 260), r=run(SANS, colour=MUTED, size=19)),
        style(
            "Table Caption",
            based="Normal",
            after="BodyText",
            p="<w:keepNext/>" + spacing(240, 80, 260),
            r=run(SANS, bold=True, colour=INK, size=20),
        ),
        style("Figure", based="Normal", after="Caption", p="<w:keepNext/>" + spacing(200, 60)),
        style("Table Text", based="Normal", p=spacing(0, 40, 260), r=run(SANS, size=20)),
        style("Table Heading", based="TableText", r=run(SANS, bold=True, size=20)),
        style("Table Spacer", based="Normal", p=spacing(0, 0, 240), r=run(size=12)),
        style("Note Text", based="Normal", p=spacing(0, 60, 260), r=run(SANS, size=18)),
        style("footnote text", based="Normal", p=spacing(0, 40, 250), r=run(SANS, size=18)),
        style("header", based="Normal", p=spacing(0, 0, 240), r=run(SANS, colour=MUTED, size=17)),
        style(
            "footer",
            based="Normal",
            p='<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>' + spacing(0, 0, 240),
            r=run(SANS, colour=MUTED, size=17),
        ),
        style(
            "Paper Marking",
            based="Normal",
            p=spacing(0, 200, 260) + '<w:jc w:val="right"/>',
            r=run(SANS, bold=True, colour=INK, size=20),
        ),
        style("Paper Head", based="Normal", p=spacing(0, 60, 260), r=run(SANS, colour=INK, size=21)),
        style("footnote reference", kind="character", r=run(more='<w:vertAlign w:val="superscript"/>')),
        style("Hyperlink", kind="character", r=run(colour="1D4F91", more='<w:u w:val="single"/>')),
        style("Field Name", kind="character", r=run(bold=True, colour=GOLD_INK)),
        '<w:style w:type="table" w:styleId="HouseTable"><w:name w:val="House Table"/>'
        '<w:basedOn w:val="NormalTable"/><w:qFormat/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
            for side, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, "DDD8CC"))
        )
        + "</w:tblBorders></w:tblPr></w:style></w:styles>",
    ]
    return HEAD + "".join(parts)


def level(place: int) -> str:
    """One level of the section numbering: 1, 1.1, 1.1.1, hanging in the margin of the text."""
    words = ".".join(f"%{n}" for n in range(1, place + 2))
    look = run(SANS, colour=MUTED, more="")
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{place + 1}"/><w:suff w:val="tab"/><w:lvlText w:val="{words}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="851"/></w:tabs>'
        f'<w:ind w:left="851" w:hanging="851"/></w:pPr>{look}</w:lvl>'
    )


def numbering() -> str:
    """The linked multilevel list; the writer adds the lists of each text to it."""
    levels = "".join(level(place) for place in range(9))
    return HEAD + (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def font_table() -> str:
    """The fonts, with what to show where they are not installed."""
    serif = ("Georgia", "roman", "02040603050405020204")
    sans = ("Arial", "swiss", "020B0604020202020204")
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (other, family, panose) in ((SERIF, serif), (SANS, sans))
    )
    return HEAD + f'<w:fonts xmlns:w="{W}">{entries}</w:fonts>'


def settings() -> str:
    """Settings: footnote separators and today's layout rules."""
    return HEAD + (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:removePersonalInformation/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def footnotes() -> str:
    """The two separators that every footnotes part holds."""
    return HEAD + (
        f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )


def running(tag: str) -> str:
    """The running head (the document's title) or foot (its page number): fields, never retyped."""
    code = "TITLE" if tag == "hdr" else "PAGE"
    name, side = ("header", "left") if tag == "hdr" else ("footer", "right")
    return HEAD + (
        f'<w:{tag} xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{name}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:{tag}>'
    )


def document() -> str:
    """An empty A4 page with its running head and foot."""
    return HEAD + (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr>'
        '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1304" w:left="1418" '
        'w:header="680" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


PARTS = ("styles", "numbering", "settings", "fontTable", "header", "footer", "footnotes")
KINDS = {**{part: part for part in PARTS}, "document": "document.main"}


def relationships() -> str:
    """What the document stands on."""
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{part}" Target="{part}.xml"/>'
        for n, part in enumerate(PARTS, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return HEAD + f'<Relationships xmlns="{space}">{rels}</Relationships>'


def package_relationships() -> str:
    """The way in: the document, its properties and our own."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return HEAD + (
        f'<Relationships xmlns="{space}">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{space}/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{R}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )


def content_types() -> str:
    """What each part is."""
    parts = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for part, kind in KINDS.items()
    )
    return HEAD + (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{PACKAGE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="gif" ContentType="image/gif"/>'
        f'{parts}<Override PartName="/docProps/core.xml" ContentType="{PACKAGE}.core-properties+xml"/>'
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )


def properties() -> dict[str, str]:
    """Document properties, empty: the writer fills in title, language and edition."""
    space = "http://schemas.openxmlformats.org/package/2006"
    core = (
        f'<cp:coreProperties xmlns:cp="{space}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title></dc:title></cp:coreProperties>'
    )
    custom = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    return {"docProps/core.xml": HEAD + core, "docProps/custom.xml": HEAD + custom}


def main() -> None:
    """Write the template with fixed dates."""
    parts = {"[Content_Types].xml": content_types(), "_rels/.rels": package_relationships()}
    parts |= {
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relationships(),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/header.xml": running("hdr"),
        "word/footer.xml": running("ftr"),
        "word/footnotes.xml": footnotes(),
    } | properties()
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(zipfile.ZipInfo(name), xml, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
