"""Which words on a page of a PDF might not show, by what is painted around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as c

from goldthread.files.hidden.ink import Box, Cover, Ink, Words

_LIGHT, _ALIKE, _FAINT = 235, 30, 20
_TINY = 2.0
_MOST_PAIRS = 400_000
_MOST_GROUPS, _MOST_BESIDE = 6, 400
_BESIDE = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_POPUP)


class Suspect(NamedTuple):
    """A piece of text that may be hidden, and why, as a code."""

    words: Words
    code: str


def find_suspects(page: Any, ink: Ink, *, layers: bool) -> list[Suspect]:
    """The pieces of text that may not show on a page. ``layers`` says that some layers are off."""
    if not ink.words:
        return []
    frame, remarks = Box(*page.get_bbox()), _remarks(page.raw)
    covers = ink.covers if len(ink.words) * len(ink.covers) <= _MOST_PAIRS else None
    found = []
    for words in ink.words:
        code = _covered(words, covers, remarks) or _faint(words) or ("hidden-layer" if layers else "")
        if not code and not _inside(words.box, frame):
            code = "off-page"
        if code:
            found.append(Suspect(words, code))
    return found


def _covered(words: Words, covers: Sequence[Cover] | None, remarks: Sequence[Box]) -> str:
    """The code of words that are not drawn, or that something lies over or, of their colour, under.

    Where ``covers`` is None, there are too many to compare: all words may be covered.
    """
    if not words.shown:
        return "hidden-text"
    if words.size < _TINY:
        return "tiny-text"
    if covers is None or any(box.meets(words.box) for box in remarks):
        return "covered-text"
    same = False
    for cover in covers:
        if cover.box.meets(words.box):
            if cover.turn > words.turn:
                return "covered-text"
            same = same or _alike(words.colour, cover)
    if not same:
        return ""
    return "white-text" if _is_light(words) else "covered-text"


def _faint(words: Words) -> str:
    """The code of words that are light, see-through or cut away."""
    if _is_light(words):
        return "white-text"
    cut = words.clip is not None and not words.clip.meets(words.box)
    return "hidden-text" if cut or words.colour[3] <= _FAINT else ""


def _is_light(words: Words) -> bool:
    return min(words.colour[:3]) >= _LIGHT


def apart(suspects: Sequence[Suspect]) -> list[list[Suspect]]:
    """The suspects in groups, none of which overlaps another of its group while there are few groups.

    Each group is taken away by itself, so that words over hidden words do not make these seem to show.
    """
    groups: list[list[Suspect]] = []
    taken: list[tuple[Box, int]] = []
    for why in sorted(suspects, key=lambda each: each.words.box.bottom):
        box = why.words.box
        taken = [each for each in taken if each[0].top > box.bottom][-_MOST_BESIDE:]
        barred = {group for other, group in taken if other.meets(box)}
        chosen = next((at for at in range(_MOST_GROUPS) if at not in barred), _MOST_GROUPS - 1)
        if chosen >= len(groups):
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(why)
        taken.append((box, chosen))
    return groups


def _inside(box: Box, frame: Box) -> bool:
    return (
        box.left >= frame.left - 1
        and box.right <= frame.right + 1
        and box.bottom >= frame.bottom - 1
        and box.top <= frame.top + 1
    )


def _alike(colour: tuple[int, int, int, int], cover: Cover) -> bool:
    """Whether a fill below words has nearly their colour; a picture's colour is not known."""
    return not cover.picture and all(
        abs(a - b) <= _ALIKE for a, b in zip(colour[:3], cover.colour[:3], strict=True)
    )


def _remarks(page: Any) -> list[Box]:
    """Where annotations that are drawn over the page lie."""
    found = []
    for at in range(min(c.FPDFPage_GetAnnotCount(page), 5_000)):
        annotation = c.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        box = c.FS_RECTF()
        if c.FPDFAnnot_GetSubtype(annotation) not in _BESIDE and c.FPDFAnnot_GetRect(annotation, box):
            found.append(Box(box.left, box.bottom, box.right, box.top))
        c.FPDFPage_CloseAnnot(annotation)
    return found
