"""One file of a delivery made ready to read: unpacked, its encoding known, its bytes counted and sealed."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.warehouse.archives import CHUNK, Found, opened

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_NAMES = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32"}


@dataclass(frozen=True, slots=True)
class Staged:
    """A file in plain UTF-8 on the disk: where, the SHA-256 of the bytes as given, and its lines.

    ``lines`` counts line ends; ``whole_end`` says whether the last line has one. ``notes`` tell of
    another encoding.
    """

    path: Path
    content: str
    size: int
    lines: int
    whole_end: bool
    first: str
    notes: tuple[Problem, ...] = ()


def stage(found: Found, aside: Path, more: Callable[[int], None]) -> Staged:
    """Unpack a file into ``aside`` and see that it is text. ``more`` is told of bytes as they pass.

    Raises Refused where it is not a file of text, with the row where that shows.
    """
    plain = not found.member and found.path.suffix.casefold() != ".gz"
    raw = found.path if plain else aside / "given"
    seen = _Seen()
    with opened(found) as stream:
        if plain:
            _through(iter(stream.read, b""), seen, None, more)
        else:
            with raw.open("wb") as target:
                _through(iter(stream.read, b""), seen, target, more)
    if seen.size == 0:
        raise Refused("The file is empty.", "Its month stays missing until a whole file is loaded.")
    encoding = seen.encoding
    if encoding is None:
        return Staged(raw, seen.digest, seen.size, seen.lines, seen.whole_end, _first(raw))
    clean = aside / "clean"
    lines, whole_end = _translate(raw, clean, encoding, seen.first_odd_row)
    name = _NAMES.get(encoding, encoding.upper())
    notes = () if encoding == "utf-8" else (Problem(found.where, f"It was read as {name}.", "encoding"),)
    return Staged(clean, seen.digest, seen.size, lines, whole_end, _first(clean), notes)


class _Seen:
    """What passes by: its digest, its lines, and whether it is UTF-8."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._head = b""
        self._odd = False
        self._bare = False
        self._last = b""
        self.first_odd_row = 0
        self.size = 0
        self.lines = 0

    def take(self, data: bytes) -> None:
        self._hash.update(data)
        if not self.size:
            self._head = data[:4096]
        if not self._odd:
            self._check(data)
        if not self._bare and b"\r" in data:
            joined = self._last + data
            self._bare = joined.rstrip(b"\r").count(b"\r") != joined.count(b"\r\n")
        self.size += len(data)
        self.lines += data.count(b"\n")
        self._last = data[-1:]

    def end(self) -> None:
        if not self._odd:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                self._odd, self.first_odd_row = True, self.lines + 1

    def _check(self, data: bytes) -> None:
        try:
            self._decoder.decode(data)
            fault = data.find(b"\x00")
        except UnicodeDecodeError as refused:
            fault = max(refused.start, 0)
        if fault >= 0:
            self._odd = True
            self.first_odd_row = self.lines + data[:fault].count(b"\n") + 1

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    @property
    def whole_end(self) -> bool:
        return self._last in (b"\n", b"\r")

    @property
    def encoding(self) -> str | None:
        """The encoding to translate from; None where the bytes are plain UTF-8 as they stand."""
        for mark, name in _BOMS:
            if self._head.startswith(mark):
                return name
        odd = self._head[1::2].count(0)
        if self._odd and max(odd, even := self._head[::2].count(0)) > len(self._head) // 5:
            return "utf-16-le" if odd > even else "utf-16-be"
        if self._odd:
            return "cp1252"
        return "utf-8" if self._bare else None


def _through(
    chunks: Iterator[bytes], seen: _Seen, target: IO[bytes] | None, more: Callable[[int], None]
) -> None:
    for data in chunks:
        seen.take(data)
        if target:
            target.write(data)
        more(len(data))
    seen.end()


def _translate(raw: Path, clean: Path, encoding: str, row: int) -> tuple[int, bool]:
    """Write a file again as UTF-8 with plain line ends. Raises Refused at the first byte that is not text."""
    lines, held, ended = 0, "", False
    with raw.open("rb") as source, clean.open("wb") as target:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        while True:
            data = source.read(CHUNK)
            try:
                text = held + decoder.decode(data, final=not data)
            except UnicodeDecodeError as fault:
                here = max(row, lines + 1)
                raise Refused(
                    f"Row {here} holds bytes that are not text in any usual encoding.", _SAVE
                ) from fault
            held = "\r" if data and text.endswith("\r") else ""
            text = text.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n")
            text = text if lines else text.removeprefix("\ufeff")
            if "\x00" in text:
                here = lines + text[: text.index("\x00")].count("\n") + 1
                raise Refused(f"Row {here} holds bytes that are not text.", _SAVE)
            target.write(text.encode())
            lines += text.count("\n")
            ended = text.endswith("\n") if text else ended
            if not data:
                return lines, ended


_SAVE = "Save it again as “CSV UTF-8” and send that."


def _first(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(64 * 1024).decode("utf-8", "replace").removeprefix("\ufeff").strip("\r\n")
