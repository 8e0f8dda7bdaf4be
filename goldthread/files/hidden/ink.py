"""The things painted on one page of a PDF, in the order of painting, with their place on the page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as c

MAX_OBJECTS, MAX_DEPTH = 100_000, 12
_THIN = 1.5
_WIDE_LINE = 4.0
_HAIR = 3.0


class Box(NamedTuple):
    """A rectangle on the page, in points from its lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    @property
    def area(self) -> float:
        """In square points."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)


class Matrix(NamedTuple):
    """How a form is placed on the page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: Matrix) -> Matrix:
        """This placing inside another."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def place(self, box: Box) -> Box:
        """The upright rectangle around a box so placed."""
        if self == PLAIN:
            return box
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        xs = [self.a * x + self.c * y + self.e for x, y in corners]
        ys = [self.b * x + self.d * y + self.f for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def height(self) -> float:
        """How much it stretches upwards."""
        return math.hypot(self.c, self.d)


PLAIN = Matrix()


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text: its address in memory, its turn, what colour it has and how it is shown."""

    raw: Any
    turn: int
    box: Box
    colour: tuple[int, int, int, int]
    shown: bool
    size: float
    clip: Box | None

    @property
    def address(self) -> int:
        """The same number as the text's characters give."""
        return ctypes.addressof(self.raw.contents)


class Cover(NamedTuple):
    """Something that may hide what was painted before it."""

    turn: int
    box: Box
    colour: tuple[int, int, int, int]
    picture: bool


@dataclass(slots=True)
class Ink:
    """What one page holds."""

    words: list[Words] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    turns: int = 0


def ink_of(page: Any) -> Ink:
    """Everything painted on a page that is text or may cover text."""
    ink = Ink()
    count = c.FPDFPage_CountObjects(page)
    _gather(ink, (c.FPDFPage_GetObject(page, at) for at in range(count)), PLAIN, 0)
    return ink


def _gather(ink: Ink, things: Iterator[Any], placed: Matrix, depth: int) -> None:
    for thing in things:
        if ink.turns >= MAX_OBJECTS:
            return
        ink.turns += 1
        kind = c.FPDFPageObj_GetType(thing)
        if kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = (c.FPDFFormObj_GetObject(thing, at) for at in range(c.FPDFFormObj_CountObjects(thing)))
            _gather(ink, inner, _matrix(thing).then(placed), depth + 1)
            continue
        box = placed.place(_bounds(thing))
        if kind == c.FPDF_PAGEOBJ_TEXT:
            ink.words.append(_words(thing, ink.turns, box, placed))
        elif kind == c.FPDF_PAGEOBJ_PATH:
            if min(box.right - box.left, box.top - box.bottom) >= _THIN and (colour := _paint(thing)):
                ink.covers.append(Cover(ink.turns, box, colour, picture=False))
        elif kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING):
            image = kind == c.FPDF_PAGEOBJ_IMAGE
            ink.covers.append(Cover(ink.turns, box, (0, 0, 0, 255), picture=image))


def _words(thing: Any, turn: int, box: Box, placed: Matrix) -> Words:
    mode = c.FPDFTextObj_GetTextRenderMode(thing)
    size = 12.0
    if box.top - box.bottom < _HAIR:
        held = ctypes.c_float()
        c.FPDFTextObj_GetFontSize(thing, held)
        size = abs(held.value) * _matrix(thing).then(placed).height
    shown = mode not in (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
    stroked = mode in (c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    return Words(thing, turn, box, _colour(thing, stroked=stroked), shown, size, _clip(thing, placed))


def _bounds(thing: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return Box(left.value, bottom.value, right.value, top.value)


def _matrix(thing: Any) -> Matrix:
    held = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(thing, held):
        return PLAIN
    return Matrix(held.a, held.b, held.c, held.d, held.e, held.f)


def _colour(thing: Any, *, stroked: bool = False) -> tuple[int, int, int, int]:
    """Red, green, blue and how opaque, 0 to 255; opaque black where it is not a plain colour."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask = c.FPDFPageObj_GetStrokeColor if stroked else c.FPDFPageObj_GetFillColor
    if not ask(thing, red, green, blue, alpha):
        return (0, 0, 0, 255)
    return (red.value, green.value, blue.value, alpha.value)


def _paint(path: Any) -> tuple[int, int, int, int] | None:
    """The colour with which a path covers: its fill, or its line where that is wide; None where neither."""
    fill, line = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, fill, line)
    if fill.value:
        colour = _colour(path)
        return colour if colour[3] else None
    width = ctypes.c_float()
    if line.value and c.FPDFPageObj_GetStrokeWidth(path, width) and width.value >= _WIDE_LINE:
        return _colour(path, stroked=True)
    return None


def _clip(thing: Any, placed: Matrix) -> Box | None:
    """The part of the page to which a thing is cut, or None where it is not."""
    clip = c.FPDFPageObj_GetClipPath(thing)
    cut: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(c.FPDFClipPath_CountPaths(clip), 8)) if clip else ():
        points = []
        for at in range(min(c.FPDFClipPath_CountPathSegments(clip, path), 64)):
            segment = c.FPDFClipPath_GetPathSegment(clip, path, at)
            if c.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            cut = box if cut is None else Box(*map(max, cut[:2], box[:2]), *map(min, cut[2:], box[2:]))
    return placed.place(cut) if cut is not None else None
