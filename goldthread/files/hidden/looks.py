"""How words in a Word file look as far as seeing them goes: hidden, colour, size and what is behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from goldthread.files.docx.names import OFF, RPR, TBL, TC, VAL, W

MAX_CHAIN = 30
_TINY = 4
_NEAR = 12
_AUTO = "auto"
_WHITE = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000",
    "white": _WHITE,
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


class Look(NamedTuple):
    """What run properties say; None where they say nothing. ``size`` is in half-points."""

    hidden: bool | None = None
    colour: str | None = None
    size: int | None = None
    highlight: str | None = None
    shade: str | None = None

    def over(self, below: Look) -> Look:
        """This look on top of another."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.colour if self.colour is None else self.colour,
            below.size if self.size is None else self.size,
            below.highlight if self.highlight is None else self.highlight,
            below.shade if self.shade is None else self.shade,
        )


NOTHING = Look()


def look_of(properties: etree._Element | None) -> Look:
    """The look that a ``w:rPr`` gives."""
    hidden: bool | None = None
    colour = highlight = shade = None
    size: int | None = None
    for child in properties if properties is not None else ():
        tag, value = child.tag, child.get(VAL, "")
        if tag == W + "vanish":
            hidden = child.get(VAL, "1") not in OFF
        elif tag == W + "color":
            colour = value
        elif tag == W + "sz":
            size = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
        elif tag == W + "highlight":
            highlight = _HIGHLIGHTS.get(value, "")
        elif tag == W + "shd":
            shade = fill_of(child)
    return Look(hidden, colour, size, highlight, shade)


def fill_of(shading: etree._Element) -> str:
    """The colour that a ``w:shd`` paints: nothing for none, ``?`` where it is a pattern."""
    pattern = shading.get(VAL, "clear")
    if pattern == "solid":
        return shading.get(W + "color", _AUTO).replace(_AUTO, "000000")
    if pattern in ("clear", "nil", ""):
        return shading.get(W + "fill", "").replace(_AUTO, "")
    return "?"


class Looks:
    """The looks that the styles of one file give, each worked out once."""

    def __init__(self, styles: etree._Element | None) -> None:
        """Read ``styles.xml``; None where the file has none."""
        self._styles: dict[str, etree._Element] = {}
        self._known: dict[str, tuple[Look, bool]] = {}
        self._default = ""
        self._base = NOTHING
        for style in styles.iterchildren(W + "style") if styles is not None else ():
            name = style.get(W + "styleId", "")
            self._styles.setdefault(name, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default", "0") not in OFF:
                self._default = name
        if styles is not None:
            self._base = look_of(styles.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"))

    def style(self, name: str) -> tuple[Look, bool]:
        """A style's look through what it is based on, and whether an odd number of it hides."""
        if name not in self._known:
            look, at = NOTHING, name
            for _ in range(MAX_CHAIN):
                style = self._styles.get(at)
                if style is None:
                    break
                look = look.over(look_of(style.find(RPR)))
                at = _value(style, "basedOn")
            self._known[name] = (look, bool(look.hidden))
        return self._known[name]

    def of(self, paragraph: str, run: etree._Element | None) -> Look:
        """The look of a run with these properties in a paragraph of this style.

        Hiding is a toggle: a paragraph style and a character style that both hide show the words.
        """
        by_paragraph, first = self.style(paragraph or self._default)
        by_character, second = self.style(_value(run, "rStyle")) if run is not None else (NOTHING, False)
        below = by_character.over(by_paragraph).over(self._base)
        hidden = bool(self._base.hidden) or first is not second
        return look_of(run).over(below._replace(hidden=hidden))

    def shades(self, table_style: str) -> bool:
        """Whether a table style paints any cell, so that what lies behind its words is not known."""
        style = self._styles.get(table_style)
        for _ in range(MAX_CHAIN):
            if style is None:
                return False
            if any(fill_of(shading) for shading in style.iter(W + "shd")):
                return True
            style = self._styles.get(_value(style, "basedOn"))
        return False

    def paragraph_shade(self, properties: etree._Element | None, style: str) -> str:
        """The colour behind a paragraph of its own or by its style, or nothing."""
        at = style or self._default
        found = properties.find(W + "shd") if properties is not None else None
        for _ in range(MAX_CHAIN):
            if found is not None:
                return fill_of(found)
            element = self._styles.get(at)
            if element is None:
                return ""
            found = element.find(f"{W}pPr/{W}shd")
            at = _value(element, "basedOn")
        return ""

    def cell_shade(self, paragraph: etree._Element) -> str:
        """The colour of the cells around a paragraph: nothing outside a table, ``?`` where not known."""
        for above in paragraph.iterancestors(TC, TBL):
            if above.tag == TC:
                shading = above.find(f"{W}tcPr/{W}shd")
                if shading is not None and fill_of(shading):
                    return fill_of(shading)
            elif self.shades(_value(above.find(W + "tblPr"), "tblStyle")):
                return "?"
        return ""


def _value(element: etree._Element | None, name: str) -> str:
    child = element.find(W + name) if element is not None else None
    return child.get(VAL, "") if child is not None else ""


def how_hidden(look: Look, grounds: Iterable[str]) -> str:
    """The code for words of this look over these grounds, the nearest first; nothing where they show."""
    if look.hidden:
        return "hidden-text"
    if look.size is not None and look.size <= _TINY:
        return "tiny-text"
    ground = next((colour for colour in (look.highlight, look.shade, *grounds) if colour), _WHITE)
    colour = look.colour or _AUTO
    if look.highlight == "000000" and colour == _AUTO:
        return "covered-text"
    if colour == _AUTO or not alike(colour, ground):
        return ""
    return "covered-text" if alike(ground, "000000") else "white-text"


def alike(one: str, other: str) -> bool:
    """Whether no eye tells two colours apart, each as ``RRGGBB``."""
    try:
        pairs = zip(bytes.fromhex(one[-6:]), bytes.fromhex(other[-6:]), strict=True)
        return all(abs(a - b) <= _NEAR for a, b in pairs)
    except ValueError:
        return False
