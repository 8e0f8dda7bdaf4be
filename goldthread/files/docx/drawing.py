"""Pictures, text boxes, diagrams and charts that hang on a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from goldthread.core.text import Run
from goldthread.files.docx.names import ALTERNATE, DGM, RID, TXBX, WP, A, C, O, R, V, W
from goldthread.files.docx.package import Relationship
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind, ReadBlock

if TYPE_CHECKING:
    from goldthread.files.docx.inline import Inline

HOLDERS = frozenset({W + "drawing", W + "pict", W + "object"})
_PICTURES = {A + "blip": (R + "embed", R + "link"), V + "imagedata": (RID, R + "href")}
_LINKED_TYPE = "Link"


def read(inline: Inline, holder: etree._Element, place: str) -> Iterator[ReadBlock]:
    """The blocks in a drawing, picture or object, in the order of the file."""
    alt = _alt(holder)
    figures = 0
    for element in _branch(holder):
        tag = element.tag
        if tag == TXBX:
            yield from _text_box(inline, element)
        elif tag in _PICTURES:
            yield _picture(inline, element, alt, place)
            figures += 1
        elif tag == DGM + "relIds":
            yield from _diagram(inline, element, place)
        elif tag == C + "chart":
            yield from _chart(inline, element, alt, place)
            figures += 1
        elif tag == V + "textpath":
            words = element.get("string", "")
            if words:
                yield ReadBlock(BlockKind.TEXTBOX, (Run(words),), place=place, style="WordArt")
        elif tag == O + "OLEObject":
            linked = element.get("Type") == _LINKED_TYPE
            what = "A link to another program's file" if linked else "An embedded object"
            program = element.get("ProgID", "")[:40]
            inline.shelf.warn(
                place, f"{what} ({program or 'of unknown kind'}) was dropped; its picture was kept.", "ole"
            )
        elif tag == W + "control":
            inline.shelf.warn(place, "A form control that runs code (ActiveX) was dropped.", "activex")
    if alt and not figures and not any(True for _ in holder.iter(TXBX, DGM + "relIds")):
        yield ReadBlock(BlockKind.FIGURE, alt=alt, place=place)


def _branch(element: etree._Element) -> Iterator[etree._Element]:
    """Everything below an element, one branch of each alternative, text boxes not entered."""
    for child in element:
        if child.tag == ALTERNATE:
            chosen = next(iter(child), None)
            for branch in child:
                if (
                    next(branch.iter(TXBX, A + "blip", DGM + "relIds", C + "chart", V + "imagedata"), None)
                    is not None
                ):
                    chosen = branch
                    break
            if chosen is not None:
                yield from _branch(chosen)
            continue
        yield child
        if child.tag != TXBX:
            yield from _branch(child)


def _alt(holder: etree._Element) -> str:
    for element in holder.iter(WP + "docPr"):
        return (element.get("descr") or element.get("title") or "").strip()
    for element in holder.iter(V + "shape"):
        return (element.get("alt") or "").strip()
    return ""


def _text_box(inline: Inline, element: etree._Element) -> Iterator[ReadBlock]:
    shelf = inline.shelf
    shelf.counts["textbox"] += 1
    place = f"Text box {shelf.counts['textbox']}"
    blocks = inline.walk(element, place)
    if blocks:
        yield ReadBlock(BlockKind.TEXTBOX, place=place, blocks=blocks)


def _picture(inline: Inline, element: etree._Element, alt: str, place: str) -> ReadBlock:
    """A picture as a figure; one that stands elsewhere or cannot be kept is named."""
    shelf = inline.shelf
    shelf.counts["figure"] += 1
    named = f"Picture {shelf.counts['figure']} ({place})" if place else f"Picture {shelf.counts['figure']}"
    image = why = ""
    for attribute in _PICTURES[element.tag]:
        relationship = shelf.package.relationships(inline.part).get(element.get(attribute, ""))
        if relationship is None:
            continue
        if relationship.external:
            shelf.warn(
                named,
                f"A picture kept elsewhere (“{relationship.target[:80]}”) was dropped; nothing was fetched.",
                "external",
            )
            continue
        image, why = _keep(inline, relationship)
    if why:
        shelf.warn(named, f"A picture was dropped: {why}.", "picture")
    return ReadBlock(BlockKind.FIGURE, place=named, image=image, alt=alt)


def _keep(inline: Inline, relationship: Relationship) -> tuple[str, str]:
    name = inline.shelf.package.name(relationship.target)
    if not name:
        return "", "the file does not hold it"
    try:
        return inline.shelf.pictures.keep(inline.shelf.package.gate.read(name))
    except Refused as refused:
        return "", refused.reason.rstrip(".")


def _related(inline: Inline, element: etree._Element, attribute: str, place: str) -> etree._Element | None:
    relationship = inline.shelf.package.relationships(inline.part).get(element.get(attribute, ""))
    name = (
        inline.shelf.package.name(relationship.target) if relationship and not relationship.external else ""
    )
    if not name:
        inline.shelf.warn(place, "A diagram or chart was dropped: the file does not hold it.", "picture")
        return None
    return inline.shelf.package.xml(name)


def _lines(root: etree._Element) -> list[str]:
    lines = ("".join(t.text or "" for t in paragraph.iter(A + "t")) for paragraph in root.iter(A + "p"))
    return [line for line in lines if line.strip()]


def _diagram(inline: Inline, element: etree._Element, place: str) -> Iterator[ReadBlock]:
    """A SmartArt diagram as a box of its lines."""
    root = _related(inline, element, R + "dm", place)
    if root is None:
        return
    lines = _lines(root)
    if lines:
        blocks = tuple(ReadBlock(BlockKind.PARAGRAPH, (Run(line),), place=place) for line in lines)
        yield ReadBlock(BlockKind.TEXTBOX, place=place, style="Diagram", blocks=blocks)


def _chart(inline: Inline, element: etree._Element, alt: str, place: str) -> Iterator[ReadBlock]:
    """A chart as a figure whose words are its titles, names and figures."""
    root = _related(inline, element, RID, place)
    if root is None:
        return
    words = [*_lines(root), *(value.text for value in root.iter(C + "v") if value.text)]
    inline.shelf.warn(place, "A chart was read as its words and figures only.", "chart")
    yield ReadBlock(
        BlockKind.FIGURE, (Run(" ".join(words)),) if words else (), place=place, alt=alt, style="Chart"
    )
