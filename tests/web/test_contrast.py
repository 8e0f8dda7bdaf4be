"""Words can be read and edges seen, computed from the tokens as they are served.

The formula and the thresholds are those of WCAG 2.2, success criteria 1.4.3 (text, 4.5) and 1.4.11
(controls and graphics, 3).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "goldthread/web/static/web/look.css"
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", SHEET.read_text()))

TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "muted", "link")
        for ground in ("paper", "ground", "thread-bg", "calm-bg")
    ],
    ("link-hover", "ground"),
    ("bad", "paper"),
    ("bad", "ground"),
    ("thread-ink", "paper"),
    ("thread-ink", "thread-bg"),
    ("navy", "paper"),
    ("navy", "calm-bg"),
    ("good", "good-bg"),
    ("warn", "warn-bg"),
    ("bad", "bad-bg"),
    *[("ink", ground) for ground in ("good-bg", "warn-bg", "bad-bg", "focus")],
    ("ins", "ins-bg"),
    ("del", "del-bg"),
    *[("on-navy", ground) for ground in ("navy", "navy-2", "count", "bad", "del")],
    ("on-navy-2", "navy"),
]
EDGES = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("thread", "navy"),
    ("thread", "navy-2"),
    ("focus", "navy"),
    ("ink", "ground"),
    ("good", "paper"),
    ("bad", "paper"),
    ("navy", "ground"),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb, from 0 (black) to 1 (white)."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(edge: str, ground: str) -> None:
    assert contrast(TOKENS[edge], TOKENS[ground]) >= 3
