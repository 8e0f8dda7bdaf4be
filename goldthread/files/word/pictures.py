"""Pictures in the line of text, with their words for who cannot see them."""

from __future__ import annotations

import struct
import zlib

from lxml import etree

from goldthread.files.word.xml import R, add, clean, make

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMU_PER_PIXEL = 9525
_WIDEST = 5_700_000
_TALLEST = 7_600_000


def drawing(relation: str, ident: str, alt: str, size: tuple[int, int]) -> etree._Element:
    """A run that shows a picture of ``size`` pixels, fitted to the page."""
    across, down = _fitted(size)
    run = make("r")
    inline = etree.SubElement(
        add(run, "drawing"), f"{{{_WP}}}inline", {"distT": "0", "distB": "0", "distL": "0", "distR": "0"}
    )
    extent = {"cx": str(across), "cy": str(down)}
    etree.SubElement(inline, f"{{{_WP}}}extent", extent)
    named = {"id": ident, "name": f"Picture {ident}"}
    etree.SubElement(inline, f"{{{_WP}}}docPr", {**named, "descr": clean(alt)})
    graphic = etree.SubElement(inline, f"{{{_A}}}graphic", nsmap={"a": _A})
    picture = etree.SubElement(
        etree.SubElement(graphic, f"{{{_A}}}graphicData", {"uri": _PIC}),
        f"{{{_PIC}}}pic",
        nsmap={"pic": _PIC},
    )
    about = etree.SubElement(picture, f"{{{_PIC}}}nvPicPr")
    etree.SubElement(about, f"{{{_PIC}}}cNvPr", named)
    etree.SubElement(about, f"{{{_PIC}}}cNvPicPr")
    filled = etree.SubElement(picture, f"{{{_PIC}}}blipFill")
    etree.SubElement(filled, f"{{{_A}}}blip", {f"{{{R}}}embed": relation})
    etree.SubElement(etree.SubElement(filled, f"{{{_A}}}stretch"), f"{{{_A}}}fillRect")
    shape = etree.SubElement(picture, f"{{{_PIC}}}spPr")
    frame = etree.SubElement(shape, f"{{{_A}}}xfrm")
    etree.SubElement(frame, f"{{{_A}}}off", {"x": "0", "y": "0"})
    etree.SubElement(frame, f"{{{_A}}}ext", extent)
    outline = etree.SubElement(shape, f"{{{_A}}}prstGeom", {"prst": "rect"})
    etree.SubElement(outline, f"{{{_A}}}avLst")
    return run


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    across, down = (max(1, pixels) * _EMU_PER_PIXEL for pixels in size)
    scale = min(1.0, _WIDEST / across, _TALLEST / down)
    return int(across * scale), int(down * scale)


def pixels(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG from its header; 640 by 360 where it does not say."""
    if image.startswith(b"\x89PNG") and len(image) >= 24:
        wide, high = struct.unpack(">II", image[16:24])
    elif image.startswith(b"GIF8") and len(image) >= 10:
        wide, high = struct.unpack("<HH", image[6:10])
    else:
        wide, high = _jpeg_pixels(image)
    return (wide, high) if 0 < wide < 100_000 and 0 < high < 100_000 else (640, 360)


def _jpeg_pixels(image: bytes) -> tuple[int, int]:
    """Walk the segments of a JPEG to its frame header."""
    place = 2
    while place + 9 <= len(image) and image[place] == 0xFF:
        kind = image[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", image[place + 5 : place + 9])
            return wide, high
        place += 2 + int(struct.unpack(">H", image[place + 2 : place + 4])[0])
    return 0, 0


def blank() -> bytes:
    """A grey PNG that stands where a picture's bytes are not to hand."""
    wide, high = 480, 270
    rows = (b"\x00" + b"\xe3" * wide) * high
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
