"""Where a photograph says that it was taken: the GPS tags of a JPEG's Exif part, read within bounds."""

from __future__ import annotations

import struct

_EXIF = b"Exif\x00\x00"
_GPS_POINTER = 0x8825
_PLACES = frozenset({1, 2, 3, 4})
_MOST_MARKERS, _MOST_TAGS = 500, 500


def has_location(data: bytes) -> bool:
    """Whether a JPEG names a latitude or a longitude."""
    exif = _exif(data) if data.startswith(b"\xff\xd8") else b""
    if exif[:4] not in (b"II*\x00", b"MM\x00*"):
        return False
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", exif, 4)
        pointer = _tags(exif, order, first).get(_GPS_POINTER)
        return pointer is not None and bool(_PLACES & _tags(exif, order, pointer).keys())
    except struct.error:
        return False


def _exif(data: bytes) -> bytes:
    """The TIFF inside the Exif segment, or nothing."""
    at = 2
    for _ in range(_MOST_MARKERS):
        if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] == 0xDA:
            return b""
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == _EXIF:
            return data[at + 10 : at + 2 + size]
        at += 2 + max(size, 2)
    return b""


def _tags(exif: bytes, order: str, at: int) -> dict[int, int]:
    """The tags of one directory with the last four bytes of each as a number."""
    (count,) = struct.unpack_from(order + "H", exif, at)
    found: dict[int, int] = {}
    for index in range(min(count, _MOST_TAGS)):
        tag, _, _, value = struct.unpack_from(order + "HHII", exif, at + 2 + 12 * index)
        found[tag] = value
    return found
