"""Where the words of a drawing lie, worked out from the drawing itself."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from lxml import etree

from goldthread.files.charts.letters import width

SVG = "{http://www.w3.org/2000/svg}"
_SLACK = 0.6


class Box(NamedTuple):
    """A line of words and the place it takes."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


def parsed(drawing: str) -> etree._Element:
    """The drawing's root; it must be well-formed."""
    return etree.fromstring(drawing.encode("utf-8"))


def boxes(root: etree._Element) -> list[Box]:
    """Every line of words, from the top of its capitals to just below its base line."""
    found = []
    usual = float(root.get("font-size", "0"))
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", usual))
        wide = width(text.text or "", size, bold=text.get("font-weight") == "700")
        words = text.text or ""
        for span in text:
            wide += float(span.get("dx", 0)) + width(span.text or "", size)
            words += f" {span.text}"
        x, base = float(text.get("x", 0)), float(text.get("y", 0))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
        found.append(Box(words, left, base - size * 0.72, left + wide, base + size * 0.05))
    return found


def clashes(drawing: str) -> list[str]:
    """Words that lie on other words, or that leave the picture."""
    root = parsed(drawing)
    placed = boxes(root)
    wide, high = float(root.get("width", 0)), float(root.get("height", 0))
    out = [f"{box.words!r} leaves the picture" for box in placed if _outside(box, wide, high)]
    for one, other in combinations(placed, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > _SLACK and down > _SLACK:
            out.append(f"{one.words!r} lies on {other.words!r}")
    return out


def _outside(box: Box, wide: float, high: float) -> bool:
    return box.left < -_SLACK or box.right > wide + _SLACK or box.top < -_SLACK or box.bottom > high + _SLACK
