"""One story of a Word file (its body, a header, its notes) walked once from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from goldthread.files.docx.names import (
    INS,
    MC,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    RPR,
    RUN,
    TXBX,
    VAL,
    WP,
    A,
    P,
    T,
    V,
    W,
)
from goldthread.files.hidden.found import Findings, plain
from goldthread.files.hidden.looks import Looks, alike, how_hidden
from goldthread.files.hidden.office import check_drawing, path_in

_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_CHANGES = {
    INS: "insertion",
    W + "del": "deletion",
    MOVE_FROM: "move",
    MOVE_TO: "move",
    W + "cellIns": "insertion",
    W + "customXmlInsRangeStart": "insertion",
    W + "customXmlDelRangeStart": "deletion",
    W + "cellDel": "deletion",
    W + "cellMerge": "merged cell",
    **{
        W + name: "format change"
        for name in [
            "rPrChange",
            "pPrChange",
            "sectPrChange",
            "tblPrChange",
            "trPrChange",
            "tcPrChange",
            "tblGridChange",
            "tblPrExChange",
            "numberingChange",
        ]
    },
}
_DRAWN = ("}srcRect", "}docPr", "}cNvPr")
_GONE = (W + "del", MOVE_FROM)
_DRAWING_FIELDS = re.compile(
    r"\s*(INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO|RD|DATABASE|IMPORT|INCLUDE|HYPERLINK)\b", re.IGNORECASE
)
_TOLD_WORDS = 45
_BEHIND_FOR = 3
_PAGE = (11_906, 16_838)
_TWIP = 635
_SOLID = f"{_WPS}spPr/{A}solidFill"
_BOX_COLOURS = {"tx1": "000000", "dk1": "000000", "bg1": "FFFFFF", "lt1": "FFFFFF"}


class Story:
    """A walk that knows at every element which paragraph it stands in."""

    def __init__(
        self, root: etree._Element, place: str, looks: Looks, findings: Findings, *, ground: str = ""
    ) -> None:
        """``place`` is empty for the body; ``ground`` is the colour of the page where it is not white."""
        for fallback in list(root.iter(MC + "Fallback")):
            above = fallback.getparent()
            if above is not None:
                above.remove(fallback)
        self._root, self._place, self._looks, self._found = root, place, looks, findings
        self._ground = ground
        self._paragraph: etree._Element | None = None
        self._number = 0
        self._unsure_until = 0
        self._instruction = ""

    def check(self) -> None:
        """Note everything that the story hides."""
        for element in self._root.iter("*"):
            tag = element.tag
            if tag == P:
                self._enter(element)
            elif tag == W + "instrText":
                self._instruction += (element.text or "")[:2_000]
            elif tag == W + "fldChar":
                self._field()
            elif tag == W + "fldSimple":
                self._instruction = element.get(W + "instr", "")
                self._field()
            elif tag in _CHANGES:
                self._change(element)
            elif tag == W + "commentReference":
                self._found.add("comments", self.where(), count=0)
            elif tag == WP + "anchor":
                self._anchor(element)
            elif tag == W + "contentPart" or tag == W + "inkml":
                self._found.add("ink", self.where())
            elif tag.startswith(V):
                self._vml(element)
            elif tag.endswith(_DRAWN):
                check_drawing(element, self.where(), self._found)

    def where(self) -> str:
        """The place of the walk in words: ``paragraph 4 (“The board is asked…”)``."""
        if self._paragraph is None:
            return self._place or "the document"
        words = plain(
            "".join(text.text or "" for text in self._paragraph.iter(T, W + "delText")), _TOLD_WORDS
        )
        name = f"{self._place}, paragraph" if self._place else "paragraph"
        return f"{name} {self._number}" + (f" (“{words}”)" if words else "")

    def _enter(self, paragraph: etree._Element) -> None:
        self._paragraph = paragraph
        self._number += 1
        self._instruction = ""
        properties = paragraph.find(PPR)
        found = properties.find(W + "pStyle") if properties is not None else None
        style = found.get(VAL, "") if found is not None else ""
        hidden: dict[str, list[str]] = {}
        grounds: tuple[str, ...] | None = None
        for run in _runs(paragraph):
            words = "".join(text.text or "" for text in run.iterchildren(T))
            if not words.strip():
                continue
            look = self._looks.of(style, run.find(RPR))
            if grounds is None and (look.colour or look.highlight or look.shade):
                grounds = self._grounds(paragraph, properties, style)
            code = how_hidden(look, grounds or ())
            if code:
                hidden.setdefault(code, []).append(words)
        for code, pieces in hidden.items():
            self._found.add(code, self.where(), "".join(pieces))

    def _grounds(
        self, paragraph: etree._Element, properties: etree._Element | None, style: str
    ) -> tuple[str, ...]:
        """What lies behind a paragraph, the nearest first; ``?`` where that cannot be known."""
        drawn = next(paragraph.iterancestors(TXBX), None) is not None
        behind = any(a.get("behindDoc") == "1" for a in paragraph.iter(WP + "anchor"))
        unsure = drawn or behind or self._number <= self._unsure_until
        return (
            self._looks.paragraph_shade(properties, style),
            self._looks.cell_shade(paragraph),
            "?" if unsure else "",
            self._ground,
        )

    def _field(self) -> None:
        """A field that draws on a file, once its instruction has been read."""
        said, self._instruction = self._instruction, ""
        kind = _DRAWING_FIELDS.match(said)
        if kind and (path_in(said.replace("\\\\", "\\")) or path_in(said)):
            self._found.add("file-path", f"a field in {self.where()}", said.strip())
        elif kind and kind[1].upper() != "HYPERLINK":
            self._found.add("external-link", f"a field in {self.where()}", said.strip())

    def _change(self, element: etree._Element) -> None:
        gone = element.tag in _GONE
        words = "".join(t.text or "" for t in element.iter(T, W + "delText")) if gone else ""
        by = element.get(W + "author", "")
        self._found.add("tracked-changes", self.where(), words, by=by, kind=_CHANGES[element.tag])

    def _anchor(self, anchor: etree._Element) -> None:
        """A floating drawing: behind the words, off the page, or a blank box over them."""
        if anchor.get("behindDoc") == "1":
            self._unsure_until = self._number + _BEHIND_FOR
        if self._is_off(anchor):
            self._found.add("off-page", self.where(), _words(anchor))
        if self._place or anchor.get("behindDoc") == "1" or anchor.find(WP + "wrapNone") is None:
            return
        for shape in anchor.iter(_WPS + "wsp"):
            fill = shape.find(_SOLID)
            colour = _colour(fill[0]) if fill is not None and len(fill) else ""
            if (alike(colour, "000000") or alike(colour, "FFFFFF")) and not _words(shape):
                self._found.add("covered-text", f"a blank box over the page at {self.where()}")

    def _is_off(self, anchor: etree._Element) -> bool:
        extent = anchor.find(WP + "extent")
        for index, (name, side) in enumerate((("positionH", "cx"), ("positionV", "cy"))):
            position = anchor.find(WP + name)
            offset = position.findtext(WP + "posOffset") if position is not None else None
            if position is None or extent is None or offset is None:
                continue
            try:
                start, size = int(offset) // _TWIP, int(extent.get(side, "0")) // _TWIP
            except ValueError:
                continue
            page = self._page()[index]
            margin = 0 if position.get("relativeFrom") == "page" else page // 4
            if start >= page or start + size <= -margin:
                return True
        return False

    def _page(self) -> tuple[int, int]:
        """The width and height of the largest page, in twentieths of a point."""
        sizes = [_PAGE] if self._place else []
        for size in self._root.iter(W + "pgSz"):
            width, height = size.get(W + "w", ""), size.get(W + "h", "")
            if width.isdigit() and height.isdigit():
                sizes.append((int(width), int(height)))
        return (max(w for w, _ in sizes), max(h for _, h in sizes)) if sizes else _PAGE

    def _vml(self, element: etree._Element) -> None:
        style = element.get("style", "").replace(" ", "").casefold()
        if "visibility:hidden" in style and (_words(element) or element.find(V + "imagedata") is not None):
            self._found.add("hidden-shape", self.where(), _words(element))
        if said := path_in(element.get("alt", "") or element.get("href", "")):
            self._found.add("file-path", f"the alternative text of a picture, {self.where()}", said)
        if any(
            element.get(side, "0").strip("0f.%")
            for side in ("cropleft", "croptop", "cropright", "cropbottom")
        ):
            self._found.add("cropped-picture", self.where())


def _runs(above: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph that are not taken out by a change, without those of text boxes in it."""
    for child in above.iterchildren("*"):
        if child.tag == RUN:
            yield child
        elif child.tag not in (PPR, RPR, *_GONE):
            yield from _runs(child)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(T)).strip()


def _colour(fill: etree._Element) -> str:
    value = fill.get("val", "")
    return _BOX_COLOURS.get(value, value)
