"""Where the warehouse keeps its files, under one folder of the home."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders and files under ``root``. Nothing here is made until it is written to."""

    root: Path

    @property
    def manifest(self) -> Path:
        """The one file that says what is in force; it is only ever swapped whole."""
        return self.root / "manifest.json"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def parts(self) -> Path:
        """Immutable Parquet files, one a source, force and month, each named by its digest."""
        return self.root / "parts"

    @property
    def loads(self) -> Path:
        """What each load brought, one record a load."""
        return self.root / "loads"

    @property
    def generations(self) -> Path:
        """Every manifest that has been in force, by number."""
        return self.root / "generations"

    @property
    def making(self) -> Path:
        """What a load has not finished; the next one sweeps it away."""
        return self.root / "making"

    @property
    def errors(self) -> Path:
        """One file of rows to mend for each load that found any."""
        return self.root / "errors"

    def generation(self, number: int) -> Path:
        """The manifest of one generation."""
        return self.generations / f"{number:06d}.json"

    def load(self, name: str) -> Path:
        """The record of one load."""
        return self.loads / f"{name}.json"

    def error_file(self, name: str) -> Path:
        """The rows to mend of one load."""
        return self.errors / f"{name}.csv"


def part_path(source: str, force: str, month: date | None, digest: str) -> str:
    """Where a part is kept, from the root: ``parts/street/cambridgeshire/2024-01-<digest>.parquet``."""
    when = f"{month:%Y-%m}-" if month else ""
    middle = f"{force}/" if force else ""
    return f"parts/{source}/{middle}{when}{digest[:24]}.parquet"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, it is the old one or the new one and never half of either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Make the names in a folder safe on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
