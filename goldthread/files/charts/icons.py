"""Icons for the two verdicts on a measure: each is a shape, a letter and a colour, and has a name.

They are our own drawings. A verdict on variation is a circle, a diamond, a triangle or a square, as
its points are on the chart, with H or L for higher or lower than usual; one on the
target is a shield, or an octagon where it will be missed.
"""

from __future__ import annotations

from functools import cache

from goldthread.core.spc.values import Assurance, Variation
from goldthread.files.charts.model import Tone
from goldthread.files.charts.sheet import COLOURS, EDGE, FAMILY, PAPER, esc
from goldthread.files.charts.words import ASSURANCE_WORDS, VARIATION_WORDS

ICON = 36
_DIAMOND = "M18 1L35 18L18 35L1 18Z"
_UP = "M18 2L35 33H1Z"
_DOWN = "M18 34L1 3H35Z"
_SQUARE = "M4 4H32V32H4Z"
_OCTAGON = "M11 2H25L34 11V25L25 34H11L2 25V11Z"
_SHIELD = "M18 2L33 6V18C33 26 26 32 18 35C10 32 3 26 3 18V6Z"
_WAVE = "M9 20C12 12 15 12 18 18S24 24 27 16"
_VARIATIONS = {
    Variation.IMPROVEMENT_HIGH: (_DIAMOND, Tone.IMPROVEMENT, "H", 23.0),
    Variation.IMPROVEMENT_LOW: (_DIAMOND, Tone.IMPROVEMENT, "L", 23.0),
    Variation.CONCERN_HIGH: (_UP, Tone.CONCERN, "H", 29.0),
    Variation.CONCERN_LOW: (_DOWN, Tone.CONCERN, "L", 18.5),
    Variation.NEUTRAL_HIGH: (_SQUARE, Tone.NEUTRAL, "H", 23.5),
    Variation.NEUTRAL_LOW: (_SQUARE, Tone.NEUTRAL, "L", 23.5),
}
_ASSURANCES = {
    Assurance.PASS: (_SHIELD, COLOURS[Tone.IMPROVEMENT], PAPER, "P"),
    Assurance.FAIL: (_OCTAGON, COLOURS[Tone.CONCERN], PAPER, "F"),
    Assurance.HIT_OR_MISS: (_SHIELD, PAPER, EDGE, "?"),
    Assurance.NONE: (_SHIELD, PAPER, EDGE, "–"),
}


@cache
def variation_icon(variation: Variation, *, size: int = ICON, name: str = "") -> str:
    """The icon of a verdict on variation, named by ``name`` or by its usual words."""
    if variation in _VARIATIONS:
        shape, tone, letter, base = _VARIATIONS[variation]
        inside = f'<path d="{shape}" fill="{COLOURS[tone]}"/>{_letter(letter, base, PAPER)}'
    else:
        dashes = "" if variation is Variation.COMMON else ' stroke-dasharray="4 3"'
        inside = f'<circle cx="18" cy="18" r="16" fill="{PAPER}" stroke="{EDGE}" stroke-width="2"{dashes}/>'
        if variation is Variation.COMMON:
            inside += (
                f'<path d="{_WAVE}" fill="none" stroke="{EDGE}" stroke-width="2.5" stroke-linecap="round"/>'
            )
        else:
            inside += _letter("<13" if variation is Variation.TOO_FEW else "–", 23, EDGE, 13)
    return _icon(inside, name or VARIATION_WORDS[variation], size)


@cache
def assurance_icon(assurance: Assurance, *, size: int = ICON, name: str = "") -> str:
    """The icon of a verdict on the target, named by ``name`` or by its usual words."""
    shape, fill, ink, letter = _ASSURANCES[assurance]
    dashes = ' stroke-dasharray="4 3"' if assurance is Assurance.NONE else ""
    edge = fill if fill != PAPER else EDGE
    inside = f'<path d="{shape}" fill="{fill}" stroke="{edge}" stroke-width="2"{dashes}/>'
    return _icon(inside + _letter(letter, 23.5, ink), name or ASSURANCE_WORDS[assurance], size)


def _letter(letter: str, base: float, colour: str, large: int = 16) -> str:
    return (
        f'<text x="18" y="{base:g}" text-anchor="middle" font-family="{FAMILY}" font-size="{large}" '
        f'font-weight="700" fill="{colour}">{esc(letter)}</text>'
    )


def _icon(inside: str, name: str, size: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="verdict" width="{size}" height="{size}" '
        f'viewBox="0 0 36 36" role="img" aria-label="{esc(name)}"><title>{esc(name)}</title>{inside}</svg>'
    )
