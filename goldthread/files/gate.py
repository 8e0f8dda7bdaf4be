"""The gate that every zipped document passes before any parser sees it.

Nothing is ever written to disk or fetched. Sizes are counted while the parts are
unpacked, so a file that lies about them gains nothing.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from goldthread.files.refused import Refused

MAX_FILE = 120 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_PART = 120 * 1024 * 1024
MAX_TOTAL = 400 * 1024 * 1024
MAX_RATIO = 250
RATIO_FLOOR = 1024 * 1024
CHUNK = 256 * 1024
_SAVE_AGAIN = "Open it in Word, save it as a new .docx file and upload that."

__all__ = ["MAX_ENTRIES", "MAX_FILE", "MAX_PART", "MAX_RATIO", "MAX_TOTAL", "Gate", "Refused"]


class Gate:
    """An open zip whose parts come out only within the limits."""

    def __init__(self, data: bytes) -> None:
        """Check the directory of the zip. Raises Refused with the reason."""
        if len(data) > MAX_FILE:
            raise Refused("It is larger than 120 MB.", "Compress its pictures in Word and upload it again.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as fault:
            raise Refused(
                "It is cut short or damaged: it is not a whole document.",
                "Upload it again, or send another copy.",
            ) from fault
        if len(entries) > MAX_ENTRIES:
            raise Refused(
                f"It holds {len(entries):,} parts; a document holds at most {MAX_ENTRIES:,}.", _SAVE_AGAIN
            )
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._spent = 0
        seen: set[str] = set()
        for entry in entries:
            _check(entry, seen)
            if not entry.is_dir():
                self._entries[entry.filename] = entry
        if sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise Refused("Unpacked, it would fill more than 400 MB.", _SAVE_AGAIN)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in the order of the zip."""
        return tuple(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of one part. Raises Refused past any limit, KeyError where there is none."""
        entry = self._entries[name]
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._count(entry, size, len(chunk))
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as fault:
            raise Refused(
                f"Its part “{name[:80]}” is damaged.", "Upload it again, or open and save it in Word first."
            ) from fault
        return b"".join(chunks)

    def _count(self, entry: zipfile.ZipInfo, size: int, more: int) -> None:
        self._spent += more
        if size > MAX_PART:
            raise Refused(f"Its part “{entry.filename[:80]}” unpacks to more than 120 MB.", _SAVE_AGAIN)
        if self._spent > MAX_TOTAL:
            raise Refused("Unpacked, it fills more than 400 MB.", _SAVE_AGAIN)
        if size > RATIO_FLOOR and size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refused(
                f"Its part “{entry.filename[:80]}” grows over {MAX_RATIO} times, as a zip bomb does.",
                _SAVE_AGAIN,
            )


def _check(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """Refuse an entry whose name or flags no honest document has."""
    name = entry.filename
    shown = name[:80]
    if entry.flag_bits & 0x1:
        raise Refused("It is locked with a password.", "Save a copy without the password and upload that.")
    path = PurePosixPath(name)
    if name.startswith(("/", "\\")) or ".." in path.parts or ":" in name or "\\" in name or "\x00" in name:
        raise Refused(f"It names a part outside itself (“{shown}”), as an attack does.", _SAVE_AGAIN)
    folded = name.casefold()
    if folded in seen:
        raise Refused(
            f"It holds two parts named “{shown}”, so that no one can say which is meant.", _SAVE_AGAIN
        )
    seen.add(folded)
    if entry.file_size > MAX_PART:
        raise Refused(f"Its part “{shown}” unpacks to more than 120 MB.", _SAVE_AGAIN)
