"""A font of ours as a PDF embeds it: every glyph, its width, and the letters that it stands for."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from goldthread.files.pdf.fonts import font_file


@dataclass(frozen=True, slots=True)
class Typeface:
    """A TrueType font: its bytes, glyphs by code point, widths by glyph in thousandths of the size.

    ``letters`` gives each character's code in a content stream and its width.
    """

    name: str
    data: bytes
    glyphs: dict[int, int]
    widths: tuple[int, ...]
    box: tuple[int, ...]
    ascent: int
    descent: int
    letters: dict[str, tuple[bytes, int]]

    def width(self, said: str, size: float) -> float:
        """How wide the words stand at a size."""
        return sum([self.letters.get(letter, self.unknown)[1] for letter in said]) * size / 1000

    def shown(self, said: str) -> bytes:
        """The words as the operand that shows them; what the font cannot show is a question mark."""
        return b"<%b>" % b"".join([self.letters.get(letter, self.unknown)[0] for letter in said])

    @property
    def unknown(self) -> tuple[bytes, int]:
        """What stands for a letter that the font does not have."""
        return self.letters["?"]


@cache
def typeface(name: str) -> Typeface:
    """One of our fonts by the name of its file, read once."""
    data = font_file(name)
    tables = {}
    for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, at)
        tables[tag] = data[start : start + length]
    unit = int(struct.unpack_from(">H", tables[b"head"], 18)[0])

    def scaled(value: int) -> int:
        return round(value * 1000 / unit)

    ascent, descent = struct.unpack_from(">hh", tables[b"hhea"], 4)
    box = struct.unpack_from(">4h", tables[b"head"], 36)
    glyphs, widths = _glyphs(tables[b"cmap"]), tuple(map(scaled, _widths(tables)))
    return Typeface(
        name.removesuffix(".ttf"),
        data,
        glyphs,
        widths,
        tuple(map(scaled, box)),
        scaled(ascent),
        scaled(descent),
        {chr(letter): (b"%04X" % glyph, widths[glyph]) for letter, glyph in glyphs.items()},
    )


def _widths(tables: dict[bytes, bytes]) -> list[int]:
    glyphs = int(struct.unpack_from(">H", tables[b"maxp"], 4)[0])
    stated = int(struct.unpack_from(">H", tables[b"hhea"], 34)[0])
    found: list[int] = [struct.unpack_from(">H", tables[b"hmtx"], 4 * n)[0] for n in range(stated)]
    return found + found[-1:] * (glyphs - stated)


def _glyphs(table: bytes) -> dict[int, int]:
    """Characters of the basic plane to glyphs, from a subtable of format 4."""
    count = struct.unpack_from(">H", table, 2)[0]
    starts = [struct.unpack_from(">L", table, 8 + 8 * n)[0] for n in range(count)]
    start = next(start for start in starts if struct.unpack_from(">H", table, start)[0] == 4)
    double = struct.unpack_from(">H", table, start + 6)[0]
    size = double // 2
    ends = struct.unpack_from(f">{size}H", table, start + 14)
    begins = struct.unpack_from(f">{size}H", table, start + 16 + double)
    deltas = struct.unpack_from(f">{size}h", table, start + 16 + 2 * double)
    offsets_at = start + 16 + 3 * double
    found = {}
    for n, (first, last, delta) in enumerate(zip(begins, ends, deltas, strict=True)):
        offset = struct.unpack_from(">H", table, offsets_at + 2 * n)[0]
        for letter in range(first, min(last, 0xFFFE) + 1):
            glyph = letter
            if offset:
                glyph = struct.unpack_from(">H", table, offsets_at + 2 * n + offset + 2 * (letter - first))[0]
            if glyph or not offset:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                found[letter] = glyph
    return found


def font_objects(face: Typeface, first: int) -> list[bytes | tuple[bytes, bytes]]:
    """Five objects numbered from ``first``, the font itself the first of them; a stream is (words, bytes)."""
    packed, codes = _packed(face.name)
    name = face.name.encode("ascii")
    widths = b" ".join(b"%d" % width for width in face.widths)
    box = b" ".join(b"%d" % side for side in face.box)
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 0/W[0[%b]]>>"
        % (name, first + 2, widths),
        b"<</Type/FontDescriptor/FontName/%b/Flags 32/FontBBox[%b]/ItalicAngle 0/Ascent %d/Descent %d"
        b"/CapHeight 700/StemV 80/FontFile2 %d 0 R>>" % (name, box, face.ascent, face.descent, first + 3),
        (b"<</Filter/FlateDecode/Length1 %d/Length %d>>" % (len(face.data), len(packed)), packed),
        (b"<</Filter/FlateDecode/Length %d>>" % len(codes), codes),
    ]


@cache
def _packed(name: str) -> tuple[bytes, bytes]:
    face = typeface(f"{name}.ttf")
    return zlib.compress(face.data, 9), zlib.compress(_to_unicode(face), 9)


def _to_unicode(face: Typeface) -> bytes:
    letters: dict[int, int] = {}
    for letter, glyph in sorted(face.glyphs.items()):
        letters.setdefault(glyph, letter)
    lines = [b"<%04X> <%04X>" % pair for pair in sorted(letters.items())]
    blocks = [[line for _, line in group] for _, group in groupby(enumerate(lines), lambda p: p[0] // 100)]
    body = b"\n".join(b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + body
        + b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
