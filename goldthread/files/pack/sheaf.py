"""The file that is written: objects numbered as they come, packed, hashed, and put in place whole."""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import zlib
from itertools import accumulate, repeat
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

_IN_A_STREAM, _MOST = 200, 500
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 3
_ROW, _STREAM = struct.Struct(">BIH").pack, struct.Struct(">BI").pack
_FREE = _ROW(0, 0, 0)
_PLACES = [struct.pack(">H", place) for place in range(_MOST)]


class Sheaf:
    """A PDF being written beside ``out``, which it replaces only when all went well. Use it as a context."""

    def __init__(self, out: Path) -> None:
        self._out = out
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
        self._part = Path(name)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        self._hash = hashlib.sha256()
        self._at = 0
        self._rows: dict[int, bytes] = {}
        self._numbers: list[int] = []
        self._bodies: list[bytes] = []
        self._next = 1
        self._write(_HEAD)

    def __enter__(self) -> Sheaf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is not None:
            self._part.unlink(missing_ok=True)

    def reserve(self, count: int = 1) -> int:
        """Numbers for so many objects, one after another; the first of them."""
        first = self._next
        self._next += count
        return first

    def put(self, number: int, body: bytes) -> None:
        """Write an object that is no stream."""
        self.put_all([number], [body])

    def put_all(self, numbers: list[int], bodies: list[bytes]) -> None:
        """Write objects that are no streams."""
        self._numbers += numbers
        self._bodies += bodies
        if len(self._numbers) >= _IN_A_STREAM:
            self._pack()

    def add(self, body: bytes) -> int:
        """Write an object under a new number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put_stream(self, number: int, words: bytes, data: bytes | memoryview) -> None:
        """Write a stream, its words with its /Length already among them."""
        self._rows[number] = _ROW(1, self._at, 0)
        self._write(b"%d 0 obj\n%b\nstream\n" % (number, words))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")

    def add_stream(self, data: bytes) -> int:
        """Write a short stream under a new number, as it is."""
        number = self.reserve()
        self.put_stream(number, b"<</Length %d>>" % len(data), data)
        return number

    def finish(self, root: int, info: int) -> str:
        """Write what remains and put the file in its place; its SHA-256."""
        self._pack()
        number = self.reserve()
        self._rows[number] = _ROW(1, self._at, 0)
        begun = self._at
        rows = b"".join(map(self._rows.get, range(1, number + 1), repeat(_FREE)))
        table = zlib.compress(b"\x00\x00\x00\x00\x00\xff\xff" + rows, _LEVEL)
        seal = self._hash.copy().hexdigest()[:32].upper().encode("ascii")
        words = (
            b"<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/Length %d>>" % (number + 1, root, info, seal, seal, len(table))
        )
        self.put_stream(number, words, table)
        self._write(b"startxref\n%d\n%%%%EOF\n" % begun)
        self._file.close()
        self._part.replace(self._out)
        return self._hash.hexdigest()

    def _pack(self) -> None:
        numbers, bodies = self._numbers, self._bodies
        self._numbers, self._bodies = [], []
        for first in range(0, len(numbers), _MOST):
            self._pack_some(numbers[first : first + _MOST], bodies[first : first + _MOST])

    def _pack_some(self, numbers: list[int], bodies: list[bytes]) -> None:
        stream = self.reserve()
        kind = _STREAM(2, stream)
        starts = [0, *accumulate([len(body) + 1 for body in bodies])]
        self._rows.update(zip(numbers, map(kind.__add__, _PLACES), strict=False))
        head = b" ".join(map(b"%d %d".__mod__, zip(numbers, starts, strict=False))) + b"\n"
        packed = zlib.compress(head + b"\n".join(bodies), _LEVEL)
        words = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>"
        self.put_stream(stream, words % (len(numbers), len(head), len(packed)), packed)

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)
