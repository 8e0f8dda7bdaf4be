"""Paragraph and character styles, resolved through what they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from goldthread.core.text import Mark, MarkKind
from goldthread.files.docx.names import OFF, PPR, RPR, VAL, W
from goldthread.files.docx.numbering import child_value, number

MAX_STYLES = 20_000
MAX_CHAIN = 30
_HEADING_NAME = re.compile(
    r"^(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|"
    r"заголовок|επικεφαλίδα|başlık|címsor|标题|標題|見出し|제목|pennawd)\s*([1-9])$",
    re.IGNORECASE,
)
_TITLE_NAMES = frozenset({"title", "titel", "título", "titolo", "title page"})
_CONTENTS_NAME = re.compile(r"^(?:toc|table of figures|verzeichnis|tm|tdc|sommario)\s*[1-9]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says after everything it is based on. ``heading`` is 1-9, 0 a title, None neither."""

    id: str = ""
    name: str = ""
    heading: int | None = None
    num: str = ""
    depth: int | None = None
    lineage: tuple[str, ...] = ()
    bold: bool = False
    marks: frozenset[Mark] = frozenset()
    hidden: bool = False
    contents: bool = False


def is_on(element: etree._Element, name: str) -> bool | None:
    """Whether a toggle such as ``w:b`` is on, off, or (None) not said."""
    for child in element.iterchildren(W + name):
        return child.get(VAL, "1") not in OFF
    return None


TELLING = (W + "b", W + "i", W + "vertAlign", W + "vanish", W + "rStyle", W + "rPrChange")
"""The run properties that the reader looks at; a run without any of them is plain."""


def marks_of(
    properties: Iterable[etree._Element],
) -> tuple[frozenset[Mark], frozenset[MarkKind], bool | None]:
    """The marks that run properties turn on, the kinds they turn off, and whether they hide."""
    on: set[Mark] = set()
    off: set[MarkKind] = set()
    hidden: bool | None = None
    for child in properties:
        tag = child.tag
        if tag == W + "b" or tag == W + "i":
            kind = MarkKind.STRONG if tag == W + "b" else MarkKind.EMPHASIS
            if child.get(VAL, "1") in OFF:
                off.add(kind)
            else:
                on.add(Mark(kind))
        elif tag == W + "vertAlign":
            value = child.get(VAL, "")
            if value == "superscript":
                on.add(Mark(MarkKind.SUPERSCRIPT))
            elif value == "subscript":
                on.add(Mark(MarkKind.SUBSCRIPT))
        elif tag == W + "vanish":
            hidden = child.get(VAL, "1") not in OFF
    return frozenset(on), frozenset(off), hidden


class Styles:
    """The styles of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read ``styles.xml``; None where the file has none."""
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        self.looped = False
        for element in root.iterchildren(W + "style") if root is not None else ():
            if len(self._elements) >= MAX_STYLES:
                break
            name = element.get(W + "styleId", "")
            self._elements.setdefault(name, element)
            if element.get(W + "default", "0") not in OFF and element.get(W + "type") == "paragraph":
                self.default = self.default or name

    def __getitem__(self, name: str) -> Style:
        """The style of an id; an empty style where the file does not define it."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._resolve(name)
        return known

    def list_of(self, name: str) -> str:
        """The list id of a numbering style."""
        return self[name].num

    def _resolve(self, name: str) -> Style:
        """Work down from the root of the chain; a loop or a long chain is cut."""
        chain: list[str] = []
        at = name
        while at and at in self._elements and at not in chain and len(chain) < MAX_CHAIN:
            chain.append(at)
            at = child_value(self._elements[at], "basedOn") or ""
        self.looped = self.looped or at in chain or len(chain) >= MAX_CHAIN
        style = Style()
        for place, step in enumerate(reversed(chain)):
            lineage = tuple(chain[len(chain) - 1 - place :])
            style = _apply(style, step, self._elements[step], lineage)
        return style if chain else Style(id=name, name=name, heading=_named_level(name))


def _named_level(name: str) -> int | None:
    spaced = re.sub(r"(?<=\D)(?=[1-9]$)", " ", name.strip()) if name[-1:].isdigit() else name.strip()
    found = _HEADING_NAME.match(re.sub(r"\s+", " ", spaced))
    if found:
        return int(found.group(1))
    return 0 if name.strip().lower() in _TITLE_NAMES else None


def _apply(base: Style, name: str, element: etree._Element, lineage: tuple[str, ...]) -> Style:
    shown = child_value(element, "name") or name
    style = replace(base, id=name, name=shown, lineage=lineage)
    level = _named_level(shown)
    if level is not None:
        style = replace(style, heading=level)
    if _CONTENTS_NAME.match(shown):
        style = replace(style, contents=True, heading=None)
    paragraph = element.find(PPR)
    if paragraph is not None:
        style = _apply_paragraph(style, paragraph, level)
    run = element.find(RPR)
    if run is not None:
        on, off, hidden = marks_of(run)
        kept = frozenset(mark for mark in style.marks if mark.kind not in off) | on
        style = replace(style, marks=kept, bold=any(mark.kind is MarkKind.STRONG for mark in kept))
        if hidden is not None:
            style = replace(style, hidden=hidden)
    return style


def _apply_paragraph(style: Style, paragraph: etree._Element, named: int | None) -> Style:
    outline = child_value(paragraph, "outlineLvl")
    if outline is not None and named is None and not style.contents:
        level = number(outline, 9, 9)
        style = replace(style, heading=level + 1 if level < 9 else None)
    listed = paragraph.find(W + "numPr")
    if listed is not None:
        num, depth = child_value(listed, "numId"), child_value(listed, "ilvl")
        if num is not None:
            style = replace(style, num="" if num == "0" else num, depth=None)
        if depth is not None:
            style = replace(style, depth=number(depth, 0, 8))
    return style
