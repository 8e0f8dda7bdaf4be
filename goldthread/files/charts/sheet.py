"""The SVG a chart is written on: presentation attributes only, so that it is right under any policy."""

from __future__ import annotations

import re
from hashlib import blake2s

from goldthread.files.charts.letters import width as width_of
from goldthread.files.charts.model import Tone

INK, MUTED, NAVY = "#15202b", "#4d5b68", "#1a2f4b"
RANGE, GRID, EDGE, PAPER = "#e8edf3", "#e6e3dc", "#595959", "#ffffff"
TARGET, GOLD = "#b10e1e", "#c08a1e"
COLOURS = {
    Tone.COMMON: "#595959",
    Tone.IMPROVEMENT: "#00609c",
    Tone.CONCERN: "#b84700",
    Tone.NEUTRAL: "#5c2d91",
}
FAMILY = "Atkinson Hyperlegible Next,Arial,sans-serif"
WIDE, PRINT, NARROW = 960, 600, 350
_NARROW_BELOW = 520
_UNFIT = [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ESCAPES = {**dict.fromkeys(_UNFIT, ""), **{ord(sign): entity for sign, entity in _ENTITIES.items()}}
_TO_ESCAPE = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


def is_narrow(width: float) -> bool:
    """Whether a picture of this width is for a phone, which has its own drawing."""
    return width < _NARROW_BELOW


def esc(words: str) -> str:
    """Words between tags or double quotes, without what XML cannot hold."""
    return words.translate(_ESCAPES) if _TO_ESCAPE.search(words) else words


def n(value: float) -> str:
    """A length to a tenth of a pixel, in as few letters as can be."""
    shown = f"{value:.1f}"
    if shown[-1] != "0":
        return shown
    return shown[:-2] if shown != "-0.0" else "0"


class Sheet:
    """One picture in the making: what is drawn first lies underneath."""

    def __init__(self, width: float, size: float) -> None:
        self.width, self.size = width, size
        self._parts: list[str] = []

    def add(self, markup: str) -> None:
        """Markup that is already escaped."""
        self._parts.append(markup)

    def rect(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A filled rectangle."""
        size = f'width="{n(right - left)}" height="{n(bottom - top)}"'
        self.add(f'<rect x="{n(left)}" y="{n(top)}" {size} fill="{fill}"/>')

    def path(self, path: str, colour: str, thick: float = 1.0, dashes: str = "") -> None:
        """A stroke along a path."""
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.add(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{n(thick)}"{dash}/>')

    def across(
        self, left: float, right: float, y: float, colour: str, thick: float = 1.0, dashes: str = ""
    ) -> None:
        """A level line."""
        self.path(f"M{n(left)} {n(y)}H{n(right)}", colour, thick, dashes)

    def down(
        self, x: float, top: float, bottom: float, colour: str, thick: float = 1.0, dashes: str = ""
    ) -> None:
        """An upright line."""
        self.path(f"M{n(x)} {n(top)}V{n(bottom)}", colour, thick, dashes)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        colour: str = MUTED,
        bold: bool = False,
        size: float = 0,
        then: str = "",
    ) -> None:
        """A line of words on the base line ``y``; ``then`` follows after a space in the ordinary weight."""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        look = "" if colour == MUTED else f' fill="{colour}"'
        weight = ' font-weight="700"' if bold else ""
        large = f' font-size="{n(size)}"' if size and size != self.size else ""
        gap = n(self.size * 0.28)
        after = f'<tspan dx="{gap}" font-weight="400" fill="{MUTED}">{esc(then)}</tspan>' if then else ""
        self.add(f'<text x="{n(x)}" y="{n(y)}"{place}{look}{weight}{large}>{esc(words)}{after}</text>')

    def wide(self, words: str, *, bold: bool = False) -> float:
        """How wide words would be on this sheet."""
        return width_of(words, self.size, bold=bold)

    def finish(self, height: float, title: str, desc: str, name: str = "", *, ground: str = PAPER) -> str:
        """The whole picture, named by its title and described, on a ground unless that is empty."""
        name = name or "c" + blake2s(f"{title}\n{desc}\n{self.width}".encode(), digest_size=4).hexdigest()
        wide, high = n(self.width), n(height)
        paper = f'<rect width="{wide}" height="{high}" fill="{ground}"/>' if ground else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d" '
            f'font-family="{FAMILY}" font-size="{n(self.size)}" fill="{MUTED}">'
            f'<title id="{name}-t">{esc(title)}</title><desc id="{name}-d">{esc(desc)}</desc>'
            f"{paper}{''.join(self._parts)}</svg>"
        )
