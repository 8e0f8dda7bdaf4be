"""The shapes of points: what a point says is told by its shape first and by its colour second."""

from __future__ import annotations

from goldthread.core.spc.values import Side
from goldthread.files.charts.model import Tone
from goldthread.files.charts.sheet import COLOURS, EDGE, PAPER, esc, n

WORDS = {
    Tone.IMPROVEMENT: "improvement",
    Tone.CONCERN: "concern",
    Tone.NEUTRAL: "change, neither better nor worse",
}
_GROWN = {Tone.IMPROVEMENT: 1.75, Tone.CONCERN: 1.7, Tone.NEUTRAL: 1.3}


def radius(step: float) -> float:
    """How large a common point is where points stand ``step`` apart."""
    return max(1.3, min(3.2, step * 0.28))


def least_special(step: float) -> float:
    """How small a special point may become where points stand ``step`` apart."""
    return 3.6 if step > 2.5 else 2.5


def mark(
    x: float,
    y: float,
    tone: Tone,
    size: float,
    *,
    side: Side | None = None,
    open_: bool = False,
    title: str = "",
    least: float = 3.6,
) -> str:
    """One point: a dot, a diamond for an improvement, a triangle for a concern, a square for a change.

    An open one is drawn in outline. ``size`` is the radius of a common point, ``least`` of a special one.
    """
    colour = COLOURS[tone]
    look = f'fill="{PAPER}" stroke="{colour}" stroke-width="1.6"' if open_ else f'fill="{colour}"'
    named = f"<title>{esc(title)}</title>" if title else ""
    if tone is Tone.COMMON:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(size)}" {look}>{named}</circle>'
    grown = max(size * _GROWN[tone], least)
    if tone is Tone.NEUTRAL:
        wide = 2 * grown
        rest = f'd="M{n(x - grown)} {n(y - grown)}h{n(wide)}v{n(wide)}h{n(-wide)}z"'
    elif tone is Tone.IMPROVEMENT:
        far, back = n(grown), n(-grown)
        rest = f'd="M{n(x)} {n(y - grown)}l{far} {far}l{back} {far}l{back} {back}z"'
    else:
        up = -1 if side is Side.LOW else 1
        tall = grown * up
        rest = f'd="M{n(x)} {n(y - tall)}l{n(grown)} {n(1.7 * tall)}h{n(-2 * grown)}z"'
    return f"<path {rest} {look}>{named}</path>" if named else f"<path {rest} {look}/>"


def cross(x: float, y: float, title: str = "") -> str:
    """The mark of a period for which there is no figure."""
    named = f"<title>{esc(title)}</title>" if title else ""
    path = f"M{n(x - 3)} {n(y - 3)}l6 6m0 -6l-6 6"
    return f'<path d="{path}" fill="none" stroke="{EDGE}" stroke-width="1.5">{named}</path>'


def withheld(x: float, y: float, title: str = "") -> str:
    """The mark of a period whose figure may not be shown: a small barred box."""
    named = f"<title>{esc(title)}</title>" if title else ""
    path = f"M{n(x - 4)} {n(y - 4)}h8v8h-8zM{n(x - 4)} {n(y + 4)}l8 -8"
    return f'<path d="{path}" fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5">{named}</path>'
