"""What is stamped on each page (item, marking, page number), and where there is room for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from goldthread.files.pack.tokens import number
from goldthread.files.pack.typeface import Typeface, typeface

Box = tuple[float, float, float, float]
MM = 72 / 25.4
BAND = 13 * MM
_BASELINE = 7.5 * MM
_INSET = 20 * MM
_SIZE = 8.5
_NARROW = 110 * MM
_INK = b"0.102 0.184 0.294 rg"
_FOOT, _HEAD = b"/Subtype/Footer/Attached[/Bottom]", b"/Subtype/Header/Attached[/Top]"
_GOLD = b"0.753 0.541 0.118 rg"
REGULAR, BOLD = "AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Bold.ttf"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words on one page: item at the left, marking in the middle (above and below), page at the right."""

    item: str
    marking: str
    page: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is seen: its visible box, how it is turned, and the size of its unit."""

    box: Box
    turned: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """The width as seen, in the page's own units."""
        left, bottom, right, top = self.box
        return top - bottom if self.turned in (90, 270) else right - left

    @property
    def height(self) -> float:
        """The height as seen, in the page's own units."""
        left, bottom, right, top = self.box
        return right - left if self.turned in (90, 270) else top - bottom

    def with_bands(self) -> Sheet:
        """The same page with a strip above and below as it is seen, nothing on it moved."""
        left, bottom, right, top = self.box
        band = BAND / self.unit
        if self.turned in (90, 270):
            return Sheet((left - band, bottom, right + band, top), self.turned, self.unit)
        return Sheet((left, bottom - band, right, top + band), self.turned, self.unit)

    def bands(self) -> tuple[Box, Box]:
        """The two strips that stamps are written in."""
        left, bottom, right, top = self.box
        band = BAND / self.unit
        if self.turned in (90, 270):
            return (left, bottom, left + band, top), (right - band, bottom, right, top)
        return (left, bottom, right, bottom + band), (left, top - band, right, top)

    def matrix(self) -> tuple[float, ...]:
        """From the page as it is seen (its corner below left at 0, 0) to its own coordinates."""
        left, bottom, right, top = self.box
        return {
            0: (1, 0, 0, 1, left, bottom),
            90: (0, 1, -1, 0, right, bottom),
            180: (-1, 0, 0, -1, right, top),
            270: (0, -1, 1, 0, left, top),
        }[self.turned]


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes share any of their area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def frame(sheet: Sheet, item: str, marking: str, fonts: tuple[bytes, bytes]) -> bytes:
    """What stamps every page of a paper alike: item and marking. ``fonts`` are names, regular first."""
    bold = typeface(BOLD)
    size, inset, low = _measures(sheet)
    high = sheet.height - (_BASELINE + 2) / sheet.unit
    middle = (sheet.width - bold.width(marking, size)) / 2
    foot, head = [], []
    if item:
        mark = b" ".join(map(number, (inset, low - size * 0.22, size * 0.2, size)))
        foot.append(b"%b %b re f %b" % (_GOLD, mark, _INK))
        foot.append(_line(typeface(REGULAR), fonts[0], size, inset + size * 0.7, low, item))
    if marking:
        foot.append(_line(bold, fonts[1], size, middle, low, marking))
        head.append(_line(bold, fonts[1], size, middle, high, marking))
    edges = (_FOOT, foot), (_HEAD, head)
    return b"".join(_artifact(edge, sheet, lines) for edge, lines in edges if lines)


def folio(sheet: Sheet, page: str, fonts: tuple[bytes, bytes], clip: Box | None = None) -> bytes:
    """What stamps one page with its number.

    With ``clip``, whatever follows shows only inside that box, as it did before the page had bands.
    """
    bold = typeface(BOLD)
    size, inset, low = _measures(sheet)
    right = sheet.width - inset - bold.width(page, size)
    made = _artifact(_FOOT, sheet, [_line(bold, fonts[1], size, right, low, page)])
    if clip is None:
        return made
    corner = clip[0], clip[1], clip[2] - clip[0], clip[3] - clip[1]
    return made + b"%b re W n\n" % b" ".join(map(number, corner))


def _measures(sheet: Sheet) -> tuple[float, float, float]:
    """The size of stamps, how far they stand from the sides, and their baseline."""
    size = _SIZE / sheet.unit * min(1, sheet.width * sheet.unit / _NARROW)
    return size, min(_INSET / sheet.unit, sheet.width * 0.08), _BASELINE / sheet.unit


def _line(face: Typeface, font: bytes, size: float, across: float, up: float, said: str) -> bytes:
    place = b" ".join(map(number, (across, up)))
    return b"BT /%b %b Tf %b Td %b Tj ET" % (font, number(size), place, face.shown(said))


def _artifact(edge: bytes, sheet: Sheet, lines: list[bytes]) -> bytes:
    body = b"\n".join(lines)
    return b"/Artifact<</Type/Pagination%b>>BDC q %b cm %b\n%b\nQ EMC\n" % (edge, _matrix(sheet), _INK, body)


@lru_cache(maxsize=64)
def _matrix(sheet: Sheet) -> bytes:
    return b" ".join(map(number, sheet.matrix()))
