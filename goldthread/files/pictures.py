"""Pictures found in a file: kept by their SHA-256, within limits, and never decoded."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field

MAX_PICTURE = 20 * 1024 * 1024
MAX_PICTURES = 64 * 1024 * 1024
MAX_PIXELS = 60_000_000


@dataclass(slots=True)
class Pictures:
    """The pictures of one file and what they weigh."""

    kept: dict[str, bytes] = field(default_factory=dict)
    weight: int = 0

    def keep(self, data: bytes) -> tuple[str, str]:
        """The SHA-256 under which a picture is kept, or an empty string and why it is not."""
        form, pixels = measure(data)
        if not form:
            return "", "it is in a form that browsers do not show (only PNG, JPEG and GIF are kept)"
        if pixels > MAX_PIXELS:
            return "", f"it unpacks to {pixels:,} pixels"
        if len(data) > MAX_PICTURE or self.weight + len(data) > MAX_PICTURES:
            return "", "it is too large, or the pictures together are"
        name = hashlib.sha256(data).hexdigest()
        if name not in self.kept:
            self.kept[name] = data
            self.weight += len(data)
        return name, ""


def measure(data: bytes) -> tuple[str, int]:
    """A picture's form (``png``, ``jpeg``, ``gif`` or nothing) and pixels, from its first bytes."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return "png", width * height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return "gif", width * height
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg", _jpeg_pixels(data)
    return "", 0


def _jpeg_pixels(data: bytes) -> int:
    at = 2
    for _ in range(2_000):
        if at + 9 > len(data) or data[at] != 0xFF:
            return 0
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width * height)
        at += (
            2
            if 0xD0 <= marker <= 0xD9 or marker in (0x01, 0xFF)
            else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        )
    return 0
