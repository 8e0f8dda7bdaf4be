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
from goldthread.files.hidden.ink import Box, Ink, Words, ink_of
from goldthread.files.hidden.suspects import Suspect, apart, find_suspects
from goldthread.files.refused import Refused

SCALE, MAX_PIXELS = 2.0, 4_000_000
_SEEN = 8
_FLAT, _DARK = 24, 110
_SCAN = 0.7
_LEAST, _SURE = 2, 4
_PALE = "pale"
_SHADOW = 3.0


class _Letter(NamedTuple):
    """A letter that does not show: its turn on the page, why, and the piece of text it is of."""

    at: int
    letter: str
    code: str
    words: Words


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
        whole = max(Box(*page.get_bbox()).area, 1.0)
        self._scan = sum(each.box.area for each in ink.covers if each.picture) / whole >= _SCAN

    def check(self) -> None:
        """Note the hidden words of the page."""
        suspects = find_suspects(self._page, self._ink, layers=self._layers)
        if not suspects:
            return
        scale = min(SCALE, math.sqrt(MAX_PIXELS / max(self._page.get_width() * self._page.get_height(), 1.0)))
        letters = self._page.get_textpage()
        seen = self._drawn(scale)
        drawings: dict[int, tuple[Suspect, _Picture]] = {}
        for group in apart(suspects):
            for why in group:
                c.FPDFPageObj_SetIsActive(why.words.raw, 0)
            without = self._drawn(scale)
            for why in group:
                c.FPDFPageObj_SetIsActive(why.words.raw, 1)
                drawings[why.words.address] = (why, without)
        self._tell(list(self._hidden(letters, drawings, seen)), letters)
        letters.close()

    def _hidden(
        self, letters: Any, drawings: dict[int, tuple[Suspect, _Picture]], seen: _Picture
    ) -> Iterator[_Letter]:
        """The letters that do not show."""
        for at in range(letters.count_chars()):
            held = c.FPDFText_GetTextObject(letters, at)
            drawing = drawings.get(ctypes.addressof(held.contents)) if held else None
            letter = chr(c.FPDFText_GetUnicode(letters, at))
            if drawing is None or not letter.isalnum():
                continue
            why, without = drawing
            code = self._judged(why, self._pixels(letters, at, seen), seen, without)
            if code:
                yield _Letter(at, letter, code, why.words)

    def _tell(self, hidden: Sequence[_Letter], letters: Any) -> None:
        shadows = self._shadows({each.words.address: each.words for each in hidden}, letters)
        by_code: dict[str, list[_Letter]] = {}
        for each in hidden:
            if each.words.address not in shadows:
                by_code.setdefault(each.code, []).append(each)
        for code, found in by_code.items():
            if code == "text-layer" or len(found) < _LEAST:
                continue
            for piece in _pieces(found):
                if code != _PALE:
                    self._found.add(code, self._place, piece, count=0 if code == "hidden-layer" else 1)
                elif len(piece) >= _SURE:
                    self._found.add("covered-text", self._place, piece)
        if "text-layer" in by_code:
            self._found.add("text-layer", self._place)

    def _shadows(self, hidden: dict[int, Words], letters: Any) -> set[int]:
        """Of hidden words, those that show beside: a white shadow or outline of the same words."""
        shown = [words for words in self._ink.words if words.address not in hidden] if hidden else []
        return {
            address
            for address, words in hidden.items()
            if any(
                _beside(words.box, other.box) and _text(other, letters) in ("", _text(words, letters))
                for other in shown
            )
        }

    def _judged(
        self, why: Suspect, pixels: tuple[int, int, int, int] | None, seen: _Picture, without: _Picture
    ) -> str:
        """The code of a letter in its pixels, or nothing where it shows."""
        if pixels is None:
            return "off-page"
        if why.code == "tiny-text":
            return why.code
        if any(_differ(a, b) for a, b in zip(seen.rows(pixels), without.rows(pixels), strict=True)):
            return ""
        if self._scan and why.code in ("hidden-text", "covered-text"):
            return _under(seen, pixels)
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


def _pieces(found: Sequence[_Letter]) -> list[str]:
    """Letters as words: what stands together is one piece."""
    pieces: list[str] = []
    last = -9
    for each in found:
        if each.at > last + 3:
            pieces.append(each.letter)
        else:
            pieces[-1] += (" " if each.at > last + 1 else "") + each.letter
        last = each.at
    return pieces


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes are one within a shadow's breadth."""
    return all(abs(a - b) <= _SHADOW for a, b in zip(one, other, strict=True))


def _text(words: Words, letters: Any) -> str:
    """The letters of a piece of text; nothing where they were left out as the same again."""
    size = c.FPDFTextObj_GetText(words.raw, letters, None, 0)
    held = (c.FPDF_WCHAR * max(size // 2, 1))()
    c.FPDFTextObj_GetText(words.raw, letters, held, size)
    return bytes(held).decode("utf-16-le", "replace").strip("\x00 ")


def _differ(one: bytes, other: bytes) -> bool:
    return one != other and any(abs(a - b) > _SEEN for a, b in zip(one, other, strict=True))


def _under(seen: _Picture, pixels: tuple[int, int, int, int]) -> str:
    """The code of a letter recognised in a scan: covered where the picture has no ink in its place.

    Where it is pale, one letter may only stand beside its ink.
    """
    data = b"".join(seen.rows(pixels))
    channels = [data[at::3] for at in range(3)]
    if not data or any(max(each) - min(each) > _FLAT for each in channels):
        return "text-layer"
    return "covered-text" if max(data) < _DARK else _PALE
