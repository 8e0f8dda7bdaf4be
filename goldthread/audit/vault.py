"""Kept files, each under its own seal: the same bytes are kept once, and an altered file shows.

A file lies at `ab/cdef…`, its SHA-256 in hexadecimal, in the storage named "vault". That is a
folder here; any Django storage that writes a file whole or not at all can take its place.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from goldthread.core.problems import Problem

_SEAL = re.compile(r"[0-9a-f]{64}")


class Missing(Exception):
    """No file is kept under this seal."""


class Altered(Exception):
    """The file kept under this seal is no longer what was kept."""


class CannotKeep(ValidationError):
    """The place where files are kept is full, or cannot be written; nothing of the file is there."""

    def __init__(self) -> None:
        super().__init__(
            "The file could not be kept: the disk is full or cannot be written. Nothing has been changed. "
            "Tell whoever looks after Goldthread, then try again."
        )


class Folder(FileSystemStorage):
    """A folder in which a file appears whole or not at all, even when the power fails."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: a file is named by its bytes, so two who keep the same one at once may both
        write it. Another name would leave a file that is under no seal."""
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            Path(unfinished).chmod(self.file_permissions_mode or 0o440)
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name


def keep(content: bytes) -> str:
    """Keep bytes and give their seal; keeping the same again changes nothing. Raises `CannotKeep`."""
    seal = hashlib.sha256(content).hexdigest()
    storage, name = _storage(), _name(seal)
    if not storage.exists(name):
        try:
            storage.save(name, ContentFile(content))
        except OSError as error:
            raise CannotKeep from error
    return seal


def keep_file(file: File) -> str:
    """Keep a file piece by piece, never the whole of it in memory, and give its seal. Raises `CannotKeep`."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    seal = digest.hexdigest()
    storage, name = _storage(), _name(seal)
    if not storage.exists(name):
        try:
            file.seek(0)
            storage.save(name, file)
        except OSError as error:
            raise CannotKeep from error
    return seal


@contextmanager
def lying(seal: str) -> Iterator[Path]:
    """Where a kept file lies, for programs that open it themselves; raises `Missing`.

    From a storage without a disk of its own it is copied, and the copy goes with the block.
    """
    with open_kept(seal) as file:
        if isinstance(_storage(), FileSystemStorage):
            yield Path(_storage().path(_name(seal)))
            return
        with tempfile.NamedTemporaryFile() as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)


def read(seal: str) -> bytes:
    """The bytes kept under a seal, checked; raises `Missing` or `Altered`."""
    with open_kept(seal) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != seal:
        raise Altered(f"The file {seal} is not what was kept under that seal.")
    return bytes(content)


def open_kept(seal: str) -> File:
    """The file kept under a seal, open for reading and unchecked, to be sent on; raises `Missing`."""
    try:
        return _storage().open(_name(seal))
    except (FileNotFoundError, ValueError) as error:
        raise Missing(f"No file is kept under the seal {seal}.") from error


def holds(seal: str) -> bool:
    """Whether a file is kept under a seal."""
    return bool(_SEAL.fullmatch(seal)) and _storage().exists(_name(seal))


def missing(relied_on: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A problem for each (where, seal) that some row relies on and that is not kept."""
    for where, seal in relied_on:
        if not holds(seal):
            yield Problem(where, f"The file {seal} that this relies on is missing.", "file-missing")


def problems() -> Iterator[Problem]:
    """A problem for each kept file that is not what its name says."""
    storage = _storage()
    for folder in _listed(storage, "", 0):
        for name in _listed(storage, folder, 1):
            if name.startswith(".unfinished-"):
                continue
            digest = hashlib.sha256()
            with storage.open(f"{folder}/{name}") as file:
                for chunk in file.chunks():
                    digest.update(chunk)
            if digest.hexdigest() != folder + name:
                yield Problem(
                    f"file {folder}/{name}", "It is not what was kept under this seal.", "file-altered"
                )


def _storage() -> Storage:
    return storages["vault"]


def _name(seal: str) -> str:
    if not _SEAL.fullmatch(seal):
        raise ValueError(f"{seal!r} is not a seal.")
    return f"{seal[:2]}/{seal[2:]}"


def _listed(storage: Storage, folder: str, which: int) -> list[str]:
    """The folders (0) or files (1) in a folder, in order; none where it does not exist yet."""
    try:
        return sorted(storage.listdir(folder)[which])
    except FileNotFoundError:
        return []
