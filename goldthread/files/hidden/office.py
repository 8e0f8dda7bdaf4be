"""What Word and Excel files share: properties, links, embedded things, macros and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from goldthread.files.docx.names import A, R
from goldthread.files.docx.package import Package, Relationship
from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.photographs import has_location

_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_PEOPLE = (
    ("core-properties", _DC + "creator", "Author"),
    ("core-properties", _CP + "lastModifiedBy", "Last modified by"),
    ("extended-properties", _APP + "Company", "Company"),
    ("extended-properties", _APP + "Manager", "Manager"),
)
PROGRAMS = frozenset({"python-docx", "goldthread", "openpyxl", "microsoft office user", "microsoft word"})
"""What programs call themselves where a person’s name is asked for."""
OURS = frozenset({"GoldthreadEdition"})
_DRAWN_ON = frozenset(
    [
        "attachedTemplate",
        "image",
        "oleObject",
        "aFChunk",
        "frame",
        "subDocument",
        "externalLinkPath",
        "xlExternalLinkPath",
        "video",
        "audio",
        "media",
        "package",
        "externalLink",
    ]
)
_MERGED = frozenset({"mailMergeSource", "mailMergeHeaderSource"})
_PATH = re.compile(
    r"\bfile:/|(?<![\w/])[A-Za-z]:[\\/](?!/)[^\s\"<>|]|\\\\[\w.$-]+\\[\w.$-]|/(?:Users|home)/\w"
)
_CODE = re.compile(
    r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml|customui/|activex/[^/]+\.xml$)|/macrosheets/"
)
_PICTURE = re.compile(r"/media/[^/]+\.jpe?g$", re.IGNORECASE)
_PARTS = {
    "document": "the document",
    "settings": "the settings",
    "header": "a header",
    "footer": "a footer",
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "comments": "the comments",
    "numbering": "the numbering",
    "chart": "a chart",
    "drawing": "a drawing",
    "workbook": "the workbook",
    "externalLink": "the links to other workbooks",
}
_CROPPED = 1_000


def path_in(words: str) -> str:
    """The words if they hold the path of a folder or file, or nothing."""
    return words if _PATH.search(words) else ""


def check_package(package: Package, findings: Findings) -> None:
    """Note everything that the package itself carries, whatever its main part."""
    _properties(package, findings)
    _custom(package, findings)
    for owner, link in relationships(package):
        _relationship(owner, link, findings)
    embedded = {
        link.target.casefold()
        for owner, link in relationships(package)
        if link.kind == "package" and "/charts/" in f"/{owner}"
    }
    for name in package.gate.names:
        folded = name.casefold()
        if "/embeddings/" in f"/{folded}":
            code = "chart-workbook" if folded in embedded else "embedded-file"
            findings.add(code, "the list of parts", name.rpartition("/")[2])
        elif _CODE.search(folded):
            findings.add("macros", "the list of parts", name)
        elif folded.startswith("docprops/thumbnail"):
            findings.add("thumbnail", "the properties")
        elif _PICTURE.search(f"/{name}") and has_location(package.gate.read(name)):
            findings.add("picture-location", f"the picture {name.rpartition('/')[2]}")


def relationships(package: Package) -> Iterator[tuple[str, Relationship]]:
    """Every relationship with the name of the part that has it."""
    for name in package.gate.names:
        if not name.endswith(".rels"):
            continue
        folder, _, leaf = name.rpartition("/")
        owner = "/".join(filter(None, (folder.removesuffix("_rels").rstrip("/"), leaf.removesuffix(".rels"))))
        for link in package.relationships(owner).values():
            yield owner, link


def place_of(part: str) -> str:
    """Where a part stands, in a reader's words."""
    leaf = part.rpartition("/")[2].removesuffix(".xml")
    return _PARTS.get(leaf.rstrip("0123456789"), leaf) or "the file"


def _relationship(owner: str, link: Relationship, findings: Findings) -> None:
    if link.kind == "aFChunk" and not link.external:
        findings.add("embedded-file", place_of(owner), link.target.rpartition("/")[2])
    if not link.external:
        return
    if link.kind in _MERGED:
        findings.add("mail-merge", place_of(owner), link.target)
    elif link.kind in _DRAWN_ON:
        findings.add("external-link", place_of(owner), link.target)
    elif path_in(link.target):
        findings.add("file-path", f"a link in {place_of(owner)}", link.target)


def _properties(package: Package, findings: Findings) -> None:
    for kind, tag, name in _PEOPLE:
        for part in package.related("", kind):
            for element in package.xml(part).iter(tag):
                said = (element.text or "").strip()
                if said and said.casefold() not in PROGRAMS:
                    findings.add("author", name, said)
    for part in package.related("", "extended-properties"):
        for tag in ("Template", "HyperlinkBase"):
            for element in package.xml(part).iter(_APP + tag):
                if path_in(element.text or ""):
                    findings.add("file-path", f"the properties ({tag})", element.text or "")
    for part in package.related("", "custom-properties"):
        for element in package.xml(part).iter(_CUSTOM + "property"):
            name = element.get("name", "")
            value = "".join(map(str, element.itertext())).strip()
            if value and name not in OURS:
                findings.add("properties", "the properties", f"{name}: {value}")


def _custom(package: Package, findings: Findings) -> None:
    """Custom XML parts that say something: the empty ones that Word itself adds say nothing."""
    for _, link in relationships(package):
        name = package.name(link.target) if link.kind == "customXml" and not link.external else ""
        if not name or not name.casefold().endswith(".xml"):
            continue
        root = package.xml(name)
        words = " ".join(str(text).strip() for text in root.itertext() if text.strip())
        if words:
            findings.add("custom-xml", name, words)


def check_drawing(element: etree._Element, place: str, findings: Findings) -> None:
    """Note what one element of a drawing hides, wherever it stands."""
    tag = str(element.tag)
    if tag == A + "srcRect":
        cut = [element.get(side, "0") for side in "ltrb"]
        if any(value.lstrip("-").isdigit() and int(value) >= _CROPPED for value in cut):
            findings.add("cropped-picture", place)
    elif tag.endswith(("}docPr", "}cNvPr")):
        if element.get("hidden", "0") in ("1", "true"):
            findings.add("hidden-shape", place, element.get("name", ""))
        for name in ("descr", "title", "name"):
            if said := path_in(element.get(name, "")):
                findings.add("file-path", f"the alternative text of a picture, {place}", said)


def office_id(element: etree._Element, name: str = "id") -> str:
    """The id of the relationship that an element uses."""
    return element.get(R + name, "")
