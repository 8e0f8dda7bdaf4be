"""Words on the pages of a PDF that can be copied but not seen.

Words that might be hidden are found by what is painted around them; the page is then drawn
with them and without them, and a letter where both drawings are alike is hidden.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.ink import Box, Cover, Ink, Words, ink_of
from goldthread.files.refused import Refused

SCALE, MAX_PIXELS = 2.0, 4_000_000
_SEEN = 8
_FLAT, _DARK = 24, 110
_LIGHT, _ALIKE, _FAINT = 235, 30, 20
_TINY = 2.0
_SCAN = 0.7
_LEAST = 2
_MOST_PAIRS = 400_000
_MOST_GROUPS, _MOST_BESIDE = 6, 400
_BESIDE = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_POPUP)


class _Why(NamedTuple):
    """Why a piece of text may be hidden, as a code."""

    words: Words
    code: str


class _Picture(NamedTuple):
    """A page drawn: its bytes row by row, three to a pixel."""

    data: bytes
    width: int
    height: int
    stride: int

    def rows(self, box: tuple[int, int, int, int]) -> Iterator[bytes]:
        """The bytes of each row inside a box of pixels (left, top, right, bottom)."""
        left, top, right, bottom = box
        for row in range(top, bottom):
            start = row * self.stride
            yield self.data[start + 3 * left : start + 3 * right]


def check_pages(data: bytes, findings: Findings, *, layers: bool = False) -> None:
    """Note the words on each page that cannot be seen. ``layers`` says that some layers are off."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Refused(
            "It is damaged.", "Send another copy, or make the PDF again from the original."
        ) from fault
    worded = painted = 0
    try:
        for at in range(len(document)):
            try:
                page = document[at]
            except pypdfium2.PdfiumError as fault:
                raise Refused(
                    f"Its page {at + 1} is damaged.", "Make the PDF again from the original."
                ) from fault
            ink = ink_of(page.raw)
            worded += bool(ink.words)
            painted += bool(ink.covers)
            _Page(page, ink, f"page {at + 1}", findings, layers=layers).check()
            page.close()
    finally:
        document.close()
    if painted and not worded:
        findings.add("scan", "every page")


class _Page:
    """One page, drawn only where something on it may be hidden."""

    def __init__(self, page: Any, ink: Ink, place: str, findings: Findings, *, layers: bool) -> None:
        self._page, self._ink, self._place, self._found = page, ink, place, findings
        self._layers = layers
        self._frame = Box(*page.get_bbox())
        whole = max(self._frame.area, 1.0)
        self._scan = sum(each.box.area for each in ink.covers if each.picture) / whole >= _SCAN
        self._remarks = _remarks(page.raw) if ink.words else []

    def check(self) -> None:
        """Note the hidden words of the page."""
        suspects = list(self._suspects())
        if not suspects:
            return
        scale = min(SCALE, math.sqrt(MAX_PIXELS / max(self._page.get_width() * self._page.get_height(), 1.0)))
        letters = self._page.get_textpage()
        seen = self._drawn(scale)
        drawings: dict[int, tuple[_Why, _Picture]] = {}
        for group in apart(suspects):
            for why in group:
                c.FPDFPageObj_SetIsActive(why.words.raw, 0)
            without = self._drawn(scale)
            for why in group:
                c.FPDFPageObj_SetIsActive(why.words.raw, 1)
                drawings[why.words.address] = (why, without)
        self._tell(self._hidden(letters, drawings, seen))
        letters.close()

    def _hidden(
        self, letters: Any, drawings: dict[int, tuple[_Why, _Picture]], seen: _Picture
    ) -> dict[str, list[str]]:
        """The hidden words by code, in pieces as they stand together."""
        hidden: dict[str, list[str]] = {}
        last: dict[str, int] = {}
        for at in range(letters.count_chars()):
            held = c.FPDFText_GetTextObject(letters, at)
            drawing = drawings.get(ctypes.addressof(held.contents)) if held else None
            letter = chr(c.FPDFText_GetUnicode(letters, at))
            if drawing is None or not letter.isalnum():
                continue
            why, without = drawing
            code = self._judged(why, self._pixels(letters, at, seen), seen, without)
            if not code:
                continue
            pieces = hidden.setdefault(code, [])
            if not pieces or at > last[code] + 3:
                pieces.append(letter)
            else:
                pieces[-1] += (" " if at > last[code] + 1 else "") + letter
            last[code] = at
        return hidden

    def _tell(self, hidden: dict[str, list[str]]) -> None:
        for code, pieces in hidden.items():
            if sum(map(len, pieces)) < _LEAST:
                continue
            if code == "text-layer":
                self._found.add(code, self._place)
                continue
            words = " ".join(pieces)
            self._found.add(code, self._place, words, count=0 if code == "hidden-layer" else 1)

    def _judged(
        self, why: _Why, pixels: tuple[int, int, int, int] | None, seen: _Picture, without: _Picture
    ) -> str:
        """The code of a letter in its pixels, or nothing where it shows."""
        if pixels is None:
            return "off-page"
        if why.code == "tiny-text":
            return why.code
        if any(_differ(a, b) for a, b in zip(seen.rows(pixels), without.rows(pixels), strict=True)):
            return ""
        if self._scan and why.code in ("hidden-text", "covered-text"):
            return "covered-text" if _blacked(seen, pixels) else "text-layer"
        return why.code

    def _drawn(self, scale: float) -> _Picture:
        bitmap = self._page.render(scale=scale, draw_annots=True)
        picture = _Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        bitmap.close()
        return picture

    def _pixels(self, letters: Any, at: int, picture: _Picture) -> tuple[int, int, int, int] | None:
        """The pixels of a letter (left, top, right, bottom), or None where it is off the page."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        c.FPDFText_GetCharBox(letters, at, left, right, bottom, top)
        ends = []
        for across, up in ((left, bottom), (right, top)):
            x, y = ctypes.c_int(), ctypes.c_int()
            c.FPDF_PageToDevice(
                self._page.raw, 0, 0, picture.width, picture.height, 0, across.value, up.value, x, y
            )
            ends.append((x.value, y.value))
        (x0, y0), (x1, y1) = ends
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        if not (0 <= middle[0] < picture.width and 0 <= middle[1] < picture.height):
            return None
        return (
            max(0, min(x0, x1)),
            max(0, min(y0, y1)),
            min(picture.width, max(x0, x1) + 1),
            min(picture.height, max(y0, y1) + 1),
        )

    def _suspects(self) -> Iterator[_Why]:
        crowded = len(self._ink.words) * len(self._ink.covers) > _MOST_PAIRS
        for words in self._ink.words:
            code = self._suspicion(words, crowded=crowded)
            if code:
                yield _Why(words, code)

    def _suspicion(self, words: Words, *, crowded: bool) -> str:
        if not words.shown:
            return "hidden-text"
        if words.size < _TINY:
            return "tiny-text"
        if any(box.meets(words.box) for box in self._remarks):
            return "covered-text"
        below: list[Cover] = []
        for cover in () if crowded else self._ink.covers:
            if cover.box.meets(words.box):
                if cover.turn > words.turn:
                    return "covered-text"
                below.append(cover)
        if crowded:
            return "covered-text"
        red, green, blue, alpha = words.colour
        if min(red, green, blue) >= _LIGHT or any(_alike(words.colour, cover) for cover in below):
            return "white-text"
        if alpha <= _FAINT or (words.clip is not None and not words.clip.meets(words.box)):
            return "hidden-text"
        if self._layers:
            return "hidden-layer"
        return "" if words.box.meets(self._frame) and _inside(words.box, self._frame) else "off-page"


def apart(suspects: Sequence[_Why]) -> list[list[_Why]]:
    """The suspects in groups, none of which overlaps another of its group while there are few groups.

    Each group is taken away by itself, so that words over hidden words do not make these seem to show.
    """
    groups: list[list[_Why]] = []
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


def _differ(one: bytes, other: bytes) -> bool:
    return one != other and any(abs(a - b) > _SEEN for a, b in zip(one, other, strict=True))


def _blacked(seen: _Picture, pixels: tuple[int, int, int, int]) -> bool:
    """Whether a part of the drawing is one dark colour."""
    data = b"".join(seen.rows(pixels))
    return bool(data) and max(data) - min(data) <= _FLAT and max(data) < _DARK


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
