"""The files of a delivery: plain, in folders, zipped or zipped twice, and what is wrong with them.

Nothing is ever unpacked under the name a zip gives it. Sizes are counted as they unpack, so an archive
that lies about them gains nothing.
"""

from __future__ import annotations

import errno
import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused

MAX_ENTRIES = 100_000
MAX_FILE = 200 * 2**30
MAX_RATIO = 120
RATIO_FLOOR = 16 * 2**20
CHUNK = 2**20
DEEPEST = 1
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error)
_AGAIN = "Download it again, or ask for another copy."


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a delivery: the file on disk it lies in, its name inside that, its size as declared.

    ``where`` is the place to tell people: ``archive.zip › 2024-01/2024-01-kent-street.csv``.
    """

    path: Path
    member: str
    where: str
    size: int
    packed: int

    @property
    def name(self) -> str:
        """Its own name, without the archive's."""
        return self.member or self.where


@dataclass(frozen=True, slots=True)
class Survey:
    """What a delivery holds: files to read in the order given, and what is wrong."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]


def survey(paths: Sequence[Path], aside: Path, called: Mapping[Path, str]) -> Survey:
    """List every file of a delivery; archives inside archives are unpacked into ``aside``.

    ``called`` gives the names of files that lie on the disk under another name.

    Raises OSError only where the disk fails; every fault of the delivery itself is a problem.
    """
    looking = _Looking(aside)
    for path in paths:
        for file in _files(path, looking.problems):
            looking.at(file, called.get(path, file.name), 0)
    return Survey(tuple(looking.found), tuple(looking.problems))


@contextmanager
def opened(found: Found) -> Iterator[Reading]:
    """The bytes of one file of a delivery, within the limits. Raises Refused where they cannot be had."""
    try:
        with found.path.open("rb") as outer:
            if found.member:
                with zipfile.ZipFile(outer) as archive, archive.open(found.member) as stream:
                    yield Reading(stream, found.packed)
            elif outer.read(2) == GZIP:
                outer.seek(0)
                with gzip.open(outer, "rb") as stream:
                    yield Reading(stream, found.packed)
            else:
                outer.seek(0)
                yield Reading(outer, found.size)
    except BROKEN as fault:
        if isinstance(fault, OSError) and fault.errno in FULL:
            raise
        raise Refused("It is cut short or damaged inside the archive.", _AGAIN) from fault


class Reading:
    """A stream that refuses to grow as a zip bomb does."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed: int) -> None:
        self._stream = stream
        self._packed = max(packed, 1)
        self._size = 0

    def read(self) -> bytes:
        """The next bytes, at most a megabyte; none at the end. Raises Refused past the limits."""
        data = self._stream.read(CHUNK)
        self._size += len(data)
        if self._size > RATIO_FLOOR and self._size > MAX_RATIO * self._packed:
            raise Refused(f"It grows over {MAX_RATIO} times as it unpacks, as a zip bomb does.", _AGAIN)
        if self._size > MAX_FILE:
            raise Refused("It unpacks to more than 200 GB.", "Send it in smaller deliveries.")
        return data


class _Looking:
    """The survey as it grows."""

    def __init__(self, aside: Path) -> None:
        self._aside = aside
        self._inner = 0
        self.found: list[Found] = []
        self.problems: list[Problem] = []

    def at(self, file: Path, where: str, depth: int) -> None:
        """Look at one file on disk, whatever it is."""
        try:
            with file.open("rb") as opened:
                head = opened.read(4)
        except PermissionError:
            self._problem(where, "It may not be read: ask whoever runs this machine.")
            return
        if head.startswith(ZIP) or zipfile.is_zipfile(file):
            self._zip(file, where, depth)
        elif where.casefold().endswith(".zip"):
            self._problem(where, f"It is not a whole zip file. {_AGAIN}")
        else:
            size = file.stat().st_size
            self.found.append(Found(file, "", where, size, size))

    def _zip(self, file: Path, where: str, depth: int) -> None:
        if depth > DEEPEST:
            self._problem(where, "A zip in a zip in a zip is not read. Unpack it and send the files.")
            return
        try:
            with zipfile.ZipFile(file) as archive:
                self._listed(archive, file, where, depth)
        except BROKEN as fault:
            if isinstance(fault, OSError) and fault.errno in FULL:
                raise
            self._problem(where, f"The zip is cut short or damaged: no part of it was read. {_AGAIN}")

    def _listed(self, archive: zipfile.ZipFile, file: Path, where: str, depth: int) -> None:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_ENTRIES:
            self._problem(where, f"It holds more than {MAX_ENTRIES:,} files.")
        elif any(entry.filename in ("[Content_Types].xml", "mimetype") for entry in entries):
            words = "It is an Excel, Word or OpenDocument file, not an archive: load it as a return."
            self.problems.append(Problem(where, words, "aside"))
        elif not entries:
            self._problem(where, "The zip is empty.")
        else:
            seen: set[str] = set()
            for entry in entries:
                if not _hidden(PurePosixPath(entry.filename).parts or (".",)):
                    self._entry(archive, entry, file, where, depth, seen)

    def _entry(
        self,
        archive: zipfile.ZipFile,
        entry: zipfile.ZipInfo,
        file: Path,
        where: str,
        depth: int,
        seen: set[str],
    ) -> None:
        inside = f"{where} › {_printable(entry.filename)}"
        if wrong := _wrong(entry, seen):
            self._problem(inside, wrong)
        elif entry.filename.casefold().endswith(".zip"):
            self._inner += 1
            copy = self._aside / f"inner-{self._inner}.zip"
            try:
                with archive.open(entry) as stream, copy.open("wb") as target:
                    reading = Reading(stream, entry.compress_size)
                    while data := reading.read():
                        target.write(data)
            except Refused as refusal:
                self._problem(inside, str(refusal))
            else:
                self.at(copy, inside, depth + 1)
        else:
            self.found.append(Found(file, entry.filename, inside, entry.file_size, entry.compress_size))

    def _problem(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message, "archive"))


def _files(path: Path, problems: list[Problem]) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path).parts))
        if not inside:
            problems.append(Problem(path.name, "The folder is empty.", "archive"))
        yield from inside
    elif path.is_file():
        yield path
    elif path.exists():
        problems.append(Problem(path.name, "It is not a file.", "archive"))
    else:
        problems.append(Problem(str(path), "There is no such file.", "archive"))


def _hidden(parts: tuple[str, ...]) -> bool:
    stray = parts[-1] in ("Thumbs.db", "desktop.ini")
    return stray or any(
        part.startswith("__MACOSX") or (part[0] == "." and part[:2] != "..") for part in parts
    )


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:200]


def _wrong(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why an entry is not read, or nothing."""
    name = entry.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if entry.flag_bits & 0x1:
        return "It is locked with a password. Send a copy without one."
    if name.startswith(("/", "\\")) or ".." in parts or name[1:2] == ":" or not name.isprintable():
        return "It names a place outside the archive, as an attack does; it was not read."
    if name.casefold() in seen:
        return "The archive holds two files of this name, so that no one can say which is meant."
    if entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return f"It grows over {MAX_RATIO} times as it unpacks, as a zip bomb does; it was not read."
    seen.add(name.casefold())
    return ""
