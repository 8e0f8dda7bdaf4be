"""How wide words are in our typeface, so that labels can be placed without a browser."""

from __future__ import annotations

from functools import lru_cache

# Advance widths of Atkinson Hyperlegible Next in thousandths of its size, from space to tilde.
_REGULAR = (
    280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387,
    648, 407, 548, 576, 614, 588, 598, 510, 615, 595, 210, 210, 553, 628, 553, 480,
    778, 626, 613, 645, 669, 569, 552, 694, 694, 392, 512, 631, 541, 824, 693, 714,
    592, 724, 614, 592, 558, 690, 593, 856, 623, 575, 607, 317, 387, 344, 552, 372,
    243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492, 262, 845, 550, 548,
    566, 574, 349, 471, 326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555,
)  # fmt: skip
_BOLD = (
    312, 303, 390, 765, 610, 969, 725, 210, 335, 335, 485, 595, 271, 373, 272, 440,
    659, 440, 579, 600, 624, 607, 626, 537, 624, 571, 272, 272, 569, 612, 569, 547,
    781, 678, 643, 658, 688, 597, 566, 718, 701, 424, 561, 663, 552, 858, 717, 746,
    629, 756, 650, 610, 607, 686, 644, 886, 685, 650, 618, 340, 440, 344, 582, 400,
    288, 552, 596, 510, 596, 563, 365, 593, 571, 300, 259, 555, 318, 882, 571, 576,
    596, 599, 376, 508, 376, 567, 530, 740, 539, 521, 505, 381, 254, 381, 537,
)  # fmt: skip
_FURTHER = {
    "£": 634,
    "–": 504,
    "—": 832,
    "…": 780,
    "‘": 269,
    "’": 269,
    "“": 479,
    "”": 479,
    "−": 606,
    "×": 536,
}
_UNKNOWN = 700
CUT = "…"


@lru_cache(maxsize=4096)
def _thousandths(words: str, bold: bool) -> int:
    table = _BOLD if bold else _REGULAR
    return sum(
        table[ord(letter) - 32] if 32 <= ord(letter) < 127 else _FURTHER.get(letter, _UNKNOWN)
        for letter in words
    )


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are, in the unit that ``size`` is in."""
    return _thousandths(words, bold) * size / 1000


def shortened(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """The words, cut with an ellipsis after as many letters as there is room for."""
    if width(words, size, bold=bold) <= room:
        return words
    kept = words
    while kept and width(kept.rstrip() + CUT, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + CUT


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than there is room for; a word too long for a line is cut."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(shortened(word, room, size, bold=bold))
    return tuple(lines)
