"""Areas as shapes: our own, the most similar ones and all others told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from goldthread.files.charts.marks import mark
from goldthread.files.charts.model import Tone
from goldthread.files.charts.sheet import COLOURS, NAVY, PAPER, Sheet, esc, n

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Key(NamedTuple):
    """One meaning in the key below a chart of areas."""

    words: str
    tone: Tone = Tone.COMMON
    own: bool = False
    similar: bool = False
    plain: bool = False


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes cover some of the same place."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def point_shape(
    x: float, y: float, tone: Tone, *, own: bool = False, similar: bool = False, title: str = ""
) -> str:
    """An area: a ringed dot for our own, an open square for a similar one, else as its verdict is."""
    named = f"<title>{esc(title)}</title>" if title else ""
    colour = COLOURS[tone]
    if own:
        fill = NAVY if tone is Tone.COMMON else colour
        ring = f'r="8" fill="{PAPER}" stroke="{fill}" stroke-width="2"'
        at = f'cx="{n(x)}" cy="{n(y)}"'
        return f'<g>{named}<circle {at} {ring}/><circle {at} r="4" fill="{fill}"/></g>'
    if similar and tone is Tone.COMMON:
        look = f'fill="{PAPER}" stroke="{colour}" stroke-width="1.8"'
        return f'<path d="M{n(x - 4)} {n(y - 4)}h8v8h-8z" {look}>{named}</path>'
    return mark(x, y, tone, 3.2, title=title)


def keyed(sheet: Sheet, keys: Sequence[Key], left: float, foot: float) -> float:
    """The meanings in rows; gives how far down they reach."""
    if not keys:
        return foot
    x, y = left, foot + sheet.size + 6
    for key in keys:
        wide = (0 if key.plain else 22) + sheet.wide(key.words)
        if x > left and x + wide > sheet.width - 2:
            x, y = left, y + sheet.size * 1.5
        if not key.plain:
            sheet.add(point_shape(x + 8, y - sheet.size * 0.33, key.tone, own=key.own, similar=key.similar))
        sheet.text(x + (0 if key.plain else 22), y, key.words)
        x += wide + 18
    return y + 6
