"""Whether a page leaves room for stamps, and whether it has words, as pdfium draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array
from pypdfium2 import PdfDocument, PdfiumError

from goldthread.files.pack.stamps import Box, Sheet, overlaps

_MOST = 20_000


def has_room(data: bytes, pages: Sequence[Any]) -> bool:
    """Whether nothing is drawn where stamps go, on any of the pages."""
    try:
        document = PdfDocument(data)
    except PdfiumError:
        return False
    try:
        return all(_clear(document, place, page) for place, page in enumerate(pages))
    except (PdfiumError, ValueError, TypeError):
        return False
    finally:
        document.close()


def _clear(document: PdfDocument, place: int, page: Any) -> bool:
    bands = sheet_of(page).bands()
    for note in page.get("/Annots", ()):
        if any(overlaps(_ordered(note.get("/Rect")), band) for band in bands):
            return False
    drawn = document[place]
    try:
        for count, part in enumerate(drawn.get_objects(max_depth=1)):
            bounds = part.get_bounds()
            if count > _MOST or any(overlaps(bounds, band) for band in bands):
                return False
    finally:
        drawn.close()
    return True


def sheet_of(page: Any) -> Sheet:
    """A page as it is seen."""
    whole = _ordered(page.get("/MediaBox"))
    crop = _ordered(page.get("/CropBox")) if "/CropBox" in page else whole
    seen = (max(whole[0], crop[0]), max(whole[1], crop[1]), min(whole[2], crop[2]), min(whole[3], crop[3]))
    return Sheet(seen, int(page.get("/Rotate", 0)) % 360, float(page.get("/UserUnit", 1)))


def _ordered(box: Any) -> Box:
    if not isinstance(box, Array) or len(box) != 4:
        raise ValueError("a box without four corners")
    left, bottom, right, top = (float(side) for side in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def pages_with_words(data: bytes) -> frozenset[int]:
    """The pages, from 0, that have any letters to be read."""
    found = set()
    try:
        document = PdfDocument(data)
    except PdfiumError:
        return frozenset()
    for place in range(len(document)):
        try:
            page = document[place]
            words = page.get_textpage()
            if words.count_chars():
                found.add(place)
            words.close()
            page.close()
        except PdfiumError:
            continue
    document.close()
    return frozenset(found)
