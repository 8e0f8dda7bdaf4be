"""A Word file, read whole."""

from __future__ import annotations

import re

from lxml import etree

from goldthread.files.docx.body import Story
from goldthread.files.docx.dangers import flag_dangers
from goldthread.files.docx.formats import MAX_NUMBER
from goldthread.files.docx.names import VAL, W
from goldthread.files.docx.notes import read_comments, read_edges, read_notes
from goldthread.files.docx.numbering import Numbering
from goldthread.files.docx.package import Package
from goldthread.files.docx.shelf import Shelf
from goldthread.files.docx.styles import Styles
from goldthread.files.gate import Gate
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind, ReadBlock, ReadDocument, View

_DC = "{http://purl.org/dc/elements/1.1/}"
_KEPT = {
    "title": "title",
    "creator": "author",
    "lastModifiedBy": "last modified by",
    "created": "created",
    "modified": "modified",
}
_TRIVIAL = re.compile(r"^(?:microsoft word\b.*|document ?\d*|untitled|.*\.docx?|)$", re.IGNORECASE)


def read_docx(data: bytes, *, view: View = View.FINAL) -> ReadDocument:
    """The neutral tree of a Word file in one view of its tracked changes. Raises Refused."""
    package = Package(Gate(data))
    main = package.main
    root = package.story(main)
    body = root.find(W + "body")
    if body is None:
        raise Refused(
            "It has no body: it is not a Word document.", "Open it in Word, save it and upload that."
        )
    styles = Styles(_optional(package, main, "styles"))
    shelf = Shelf(package, view, styles, Numbering(_optional(package, main, "numbering"), styles.list_of))
    flag_dangers(shelf)
    blocks = list(Story(shelf, main, body).blocks(body))
    del root, body
    blocks.extend(read_notes(shelf, main))
    blocks.extend(read_comments(shelf, main))
    blocks.extend(read_edges(shelf, main))
    properties = _properties(package)
    if shelf.numbering.capped:
        shelf.warn("", f"A list counts past {MAX_NUMBER:,}; its numbers were cut there.", "number")
    if styles.looped:
        shelf.warn("", "Styles that are based on each other in a circle were cut.", "style")
    if shelf.tracked and view is View.FINAL:
        shelf.warn("", "The file has tracked changes; it was read as if all were accepted.", "tracked")
    return ReadDocument(
        _title(blocks, properties.get("title", "")),
        tuple(blocks),
        tuple(shelf.warnings),
        "docx",
        _language(package, main),
        tuple(properties.items()),
        shelf.pictures.kept,
    )


def _optional(package: Package, main: str, kind: str) -> etree._Element | None:
    found = package.related(main, kind)
    return package.xml(found[0]) if found else None


def _properties(package: Package) -> dict[str, str]:
    """The file's own account of itself; a damaged one is passed over."""
    found: dict[str, str] = {}
    for name in package.related("", "core-properties"):
        for element in package.xml(name):
            key = _KEPT.get(element.tag.rpartition("}")[2]) if isinstance(element.tag, str) else None
            if key and (element.text or "").strip():
                found.setdefault(key, (element.text or "").strip()[:500])
    return found


def _title(blocks: list[ReadBlock], declared: str) -> str:
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level == 0 and block.text.strip():
            return " ".join(block.text.split())
    if not _TRIVIAL.match(declared.strip()):
        return declared.strip()
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.text.strip():
            return " ".join(block.text.split())
    return ""


def _language(package: Package, main: str) -> str:
    root = _optional(package, main, "styles")
    if root is None:
        return ""
    for element in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"):
        return element.get(VAL, "")[:20]
    return ""
