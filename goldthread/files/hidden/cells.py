"""Which cells of a workbook nobody sees although they hold something: by colour or by number format."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from goldthread.files.docx.names import A
from goldthread.files.hidden.looks import alike

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_INDEXED = {0: _BLACK, 1: _WHITE, 2: "FF0000", 3: "00FF00", 4: "0000FF", 5: "FFFF00", 8: _BLACK, 9: _WHITE}
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NOTHING = re.compile(r'(?:;\s*){2,3}|;;;|""(?:;"")*')
MAX_STYLES = 100_000


class Area(NamedTuple):
    """A rectangle of cells: columns and rows from 1, all included."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, column: int, row: int) -> bool:
        """Whether a cell lies in it."""
        return self.left <= column <= self.right and self.top <= row <= self.bottom


def column_number(letters: str) -> int:
    """``A`` is 1, ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """1 is ``A``, 27 ``AA``."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_at(reference: str) -> tuple[int, int]:
    """The column and row of ``B7``; (0, 0) where it is not a cell."""
    found = _CELL.fullmatch(reference)
    return (column_number(found[1]), int(found[2])) if found else (0, 0)


def areas(references: str) -> list[Area]:
    """The rectangles that ``A1:B4 D6`` names."""
    found = []
    for reference in references.split()[:10_000]:
        ends = [_CELL.fullmatch(end) for end in reference.split(":", 1)]
        first, last = ends[0], ends[-1]
        if first and last:
            found.append(Area(column_number(first[1]), int(first[2]), column_number(last[1]), int(last[2])))
    return found


class CellStyles:
    """For each style of cell, the code under which its words are hidden, or nothing."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        """Read ``styles.xml`` and the theme; None where the file has none."""
        self._theme = _theme_colours(theme)
        self.codes: list[str] = []
        if styles is None:
            return
        fonts = [font.find(X + "color") for font in styles.iterfind(f"{X}fonts/{X}font")]
        fills = [fill.find(X + "patternFill") for fill in styles.iterfind(f"{X}fills/{X}fill")]
        formats = {
            each.get("numFmtId", ""): each.get("formatCode", "")
            for each in styles.iterfind(f"{X}numFmts/{X}numFmt")
        }
        for form in styles.iterfind(f"{X}cellXfs/{X}xf"):
            if len(self.codes) >= MAX_STYLES:
                break
            if _NOTHING.fullmatch(formats.get(form.get("numFmtId", ""), "").strip()):
                self.codes.append("hidden-cells")
                continue
            colour = self._colour(_nth(fonts, form.get("fontId", "")), _BLACK)
            ground = self._ground(_nth(fills, form.get("fillId", "")))
            self.codes.append("white-text" if alike(colour, ground) else "")

    def code(self, style: str) -> str:
        """The code of a cell's style by its number."""
        return self.codes[int(style)] if style.isdigit() and int(style) < len(self.codes) else ""

    def _ground(self, fill: etree._Element | None) -> str:
        kind = fill.get("patternType", "none") if fill is not None else "none"
        if fill is None or kind == "none":
            return _WHITE
        return self._colour(fill.find(X + "fgColor"), _BLACK) if kind == "solid" else "?"

    def _colour(self, element: etree._Element | None, default: str) -> str:
        """A colour as ``RRGGBB``; ``?`` where it is a shade that is not worked out."""
        if element is None or element.get("auto") in ("1", "true"):
            return default
        if element.get("rgb"):
            return element.get("rgb", "")[-6:]
        if element.get("theme", "").isdigit():
            try:
                tint = float(element.get("tint", "0"))
            except ValueError:
                return "?"
            number = int(element.get("theme", "0"))
            if abs(tint) < 0.001:
                return self._theme.get(_THEME[number] if number < len(_THEME) else "", "?")
            return "?" + element.get("theme", "") + element.get("tint", "")
        indexed = element.get("indexed", "")
        if indexed == "64":
            return _BLACK
        return (
            _INDEXED.get(int(indexed), "?") if indexed.isdigit() else _WHITE if indexed == "65" else default
        )


def _theme_colours(theme: etree._Element | None) -> dict[str, str]:
    found = {"lt1": _WHITE, "dk1": _BLACK}
    scheme = theme.find(f".//{A}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        if len(entry):
            value = entry[0].get("lastClr", "") or entry[0].get("val", "")
            found[etree.QName(entry).localname] = value
    return found


def _nth(elements: list[etree._Element | None], number: str) -> etree._Element | None:
    return elements[int(number)] if number.isdigit() and int(number) < len(elements) else None
