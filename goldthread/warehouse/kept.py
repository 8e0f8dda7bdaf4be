"""Counts kept for each month, so that a new month costs one month and not ten years.

A month's counts by force, district and type are one small Parquet file, named by the digests of the parts
they were counted from: while the parts stand, they are right; when one is replaced, they are not found.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Protocol

import pyarrow.parquet as pq

from goldthread.warehouse.engines import Engine
from goldthread.warehouse.expressions import KEPT, condensed

FOLDER = "counts"


class Part(Protocol):
    """One Parquet file of records, as the manifest lists it; `path` is from the warehouse folder."""

    @property
    def force(self) -> str: ...
    @property
    def month(self) -> date | None: ...
    @property
    def rows(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def path(self) -> str: ...


def months_of(parts: Sequence[Part]) -> tuple[tuple[date, tuple[Part, ...]], ...]:
    """The parts of each month, in order; tables, which have no month, are left out."""
    dated = sorted((part.month, part.force, part.path, part) for part in parts if part.month is not None)
    return tuple(
        (month, tuple(row[3] for row in rows)) for month, rows in groupby(dated, key=lambda row: row[0])
    )


def kept_counts(engine: Engine, parts: Sequence[Part], *, columns: Sequence[str] = ()) -> tuple[Path, ...]:
    """The files with these parts' counts, one a month, counting now what was not counted before.

    They tell the columns apart for which `serves` is true; outcomes, which make them five times as long,
    only when they are among `columns`.
    """
    outcomes = "outcome" in columns
    by_path = {_path(engine.root, month, some, outcomes): some for month, some in months_of(parts)}
    new = {path: some for path, some in by_path.items() if not path.exists()}
    files = [[engine.root / part.path for part in some] for some in new.values()]
    for path, table in zip(new, engine.each(files, partial(condensed, outcomes=outcomes)), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}.new")
        pq.write_table(table, aside, compression="zstd")
        os.replace(aside, path)
    return tuple(by_path)


def prune(root: Path, parts: Sequence[Part]) -> int:
    """Remove the kept counts that belong to none of these parts; gives how many files went."""
    wanted = {_path(root, month, some, fine) for month, some in months_of(parts) for fine in (True, False)}
    stale = [path for path in (root / FOLDER).glob("*.parquet") if path not in wanted]
    for path in stale:
        path.unlink()
    return len(stale)


def serves(columns: Sequence[str]) -> bool:
    """Whether the kept counts tell these columns of a record apart."""
    return set(columns) <= set(KEPT)


def _path(root: Path, month: date, parts: Sequence[Part], outcomes: bool) -> Path:
    seal = hashlib.sha256("\n".join(sorted(part.digest for part in parts)).encode()).hexdigest()
    return root / FOLDER / f"{month:%Y-%m}-{seal[:24]}{'-outcomes' if outcomes else ''}.parquet"
