"""Loading a delivery, undoing it and doing it again: aside first, then in force at one stroke."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.warehouse import records
from goldthread.warehouse.archives import Found, survey
from goldthread.warehouse.delivering import Delivery, Made, in_words
from goldthread.warehouse.findings import ErrorFile
from goldthread.warehouse.layout import Layout, settle
from goldthread.warehouse.locking import Busy, held
from goldthread.warehouse.lookups import ForceName
from goldthread.warehouse.manifest import (
    Manifest,
    Part,
    Standing,
    at_generation,
    keep_load,
    manifest,
    marked,
    parts_of,
    standing_parts,
    swap,
)
from goldthread.warehouse.progress import Progress, Stage, Tell, untold
from goldthread.warehouse.telling import said

MEMORY_MB = 512
SPARE = 64 * 2**20

__all__ = ["Busy", "Loaded", "Part", "Progress", "at_generation", "load", "manifest", "prune", "redo", "undo"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``generation`` is the one in force after it.

    ``parts`` are those that changed what is in force; ``replaced`` what they took the place of; ``same``
    those that were in force already. ``problems`` want somebody; ``notes`` only tell. ``error_file``
    lists the rows to mend. Where nothing changed, ``id`` is "" and nothing was recorded.
    """

    id: str
    generation: int
    parts: tuple[Part, ...] = ()
    replaced: tuple[Part, ...] = ()
    same: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    error_file: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether any figure may differ from before."""
        return bool(self.parts)

    @property
    def rows(self) -> int:
        """The records of the parts that changed."""
        return sum(part.rows for part in self.parts)


def load(
    root: Path,
    paths: Sequence[Path],
    *,
    at: datetime,
    tell: Tell = untold,
    memory_mb: int = MEMORY_MB,
    wait: float = 0,
    called: Mapping[Path, str] | None = None,
    names: Sequence[ForceName] = (),
    without_bad_rows: bool = False,
) -> Loaded:
    """Load files, folders and zips under ``root``, and bring them into force at one stroke.

    ``tell`` hears how far it is; what it raises stops the load. ``called`` names files that lie under
    another name; ``names`` are further names of forces. A file with rows that cannot be counted is not
    loaded, unless ``without_bad_rows``. Raises Busy where another load is under way after ``wait``
    seconds, and Refused where the disk or memory does not suffice; then nothing has changed.
    """
    layout = Layout(root)
    what = ", ".join((called or {}).get(path, path.name) for path in paths[:3])
    with held(layout, what, at=at, wait=wait), in_words(memory_mb):
        sweep(layout)
        now = manifest(root)
        name = f"{now.generation + 1:04d}-{at:%Y%m%dT%H%M%S}"
        aside = layout.making / name
        aside.mkdir(parents=True)
        try:
            return _Load(layout, now, name, at, tell, memory_mb).run(
                paths, aside, called or {}, tuple(names), without_bad_rows
            )
        finally:
            shutil.rmtree(layout.making, ignore_errors=True)


def undo(root: Path, load_id: str, *, at: datetime, wait: float = 0) -> Manifest:
    """Put back what was in force before one load, whatever was loaded since. Raises LookupError, Refused."""
    return _mark(root, load_id, undone=True, at=at, wait=wait)


def redo(root: Path, load_id: str, *, at: datetime, wait: float = 0) -> Manifest:
    """Bring an undone load back into force. Raises LookupError, Refused."""
    return _mark(root, load_id, undone=False, at=at, wait=wait)


def prune(root: Path, *, keep: int, at: datetime, wait: float = 0) -> Manifest:
    """Forget all but the last ``keep`` loads: what stands of the others stands for good, the rest is deleted.

    No figure in force changes. Generations before are gone. Raises Refused where ``keep`` is under 1.
    """
    if keep < 1:
        raise Refused("At least one load is kept.", "")
    layout = Layout(root)
    with held(layout, "forgetting earlier loads", at=at, wait=wait), in_words(MEMORY_MB):
        now = manifest(root)
        old, kept = now.loads[:-keep], now.loads[-keep:]
        if len(old) < 2 and not any(load.undone for load in old):
            return now
        name = f"{now.generation + 1:04d}-settled"
        keep_load(layout, name, [replace(part, load=name) for part in standing_parts(layout, old)])
        settled = Standing(name, at, tuple(file for load in old if not load.undone for file in load.files))
        after = swap(layout, now, (settled, *kept), at=at)
        for path in layout.generations.glob("*.json"):
            if int(path.stem) < after.generation:
                path.unlink()
        sweep(layout)
        return after


def sweep(layout: Layout) -> None:
    """Take away what loads that were killed left behind. Only for the holder of the lock."""
    shutil.rmtree(layout.making, ignore_errors=True)
    now = manifest(layout.root)
    known = {load.id for load in now.loads}
    for path in layout.loads.glob("*"):
        if path.suffix != ".json" or path.stem not in known:
            path.unlink()
    for path in layout.generations.glob("*"):
        if path.suffix != ".json" or int(path.stem) > now.generation:
            path.unlink()
    layout.manifest.with_name(layout.manifest.name + ".new").unlink(missing_ok=True)
    kept = {part.path for load in now.loads for part in parts_of(layout, load.id)}
    start = len(str(layout.root)) + 1
    for path in layout.parts.rglob("*.parquet*"):
        if str(path)[start:] not in kept:
            path.unlink()


def _mark(root: Path, load_id: str, *, undone: bool, at: datetime, wait: float) -> Manifest:
    layout = Layout(root)
    what = "undoing a load" if undone else "bringing a load back"
    with held(layout, what, at=at, wait=wait), in_words(MEMORY_MB):
        now = manifest(root)
        found = now.load(load_id)
        if found is None:
            raise LookupError(f"The warehouse knows no load {load_id}.")
        if found.undone is undone:
            raise Refused("It has been undone already." if undone else "It stands already.")
        return swap(layout, now, marked(now, load_id, undone=undone), at=at)


class _Load:
    """One load under way."""

    def __init__(
        self, layout: Layout, now: Manifest, name: str, at: datetime, tell: Tell, memory_mb: int
    ) -> None:
        self._layout, self._now, self._name, self._at = layout, now, name, at
        self._tell, self._memory = tell, memory_mb
        self._so_far = Progress("looking")

    def run(
        self, paths: Sequence[Path], aside: Path, called: Mapping[Path, str], names: tuple[ForceName, ...],
        without_bad_rows: bool,
    ) -> Loaded:  # fmt: skip
        """Read every file aside, settle what is delivered twice, swap, and say what was done."""
        self._beat("looking", 0, 0)
        looked = survey(paths, aside, called)
        _see_room(self._layout.root, looked.found)
        total = sum(found.size for found in looked.found)
        self._so_far = replace(self._so_far, files_total=len(looked.found), bytes_total=total)
        errors = ErrorFile(self._layout.error_file(self._name))
        engine = records.connected(aside / "spill", self._memory)
        delivery = Delivery(
            self._layout, aside, self._now, self._name, engine, errors, self._beat, names, without_bad_rows
        )
        delivery.problems.extend(looked.problems)
        try:
            for done, found in enumerate(looked.found):
                self._so_far = replace(self._so_far, file=found.where, files_done=done)
                behind = self._so_far.bytes_done + found.size
                delivery.take(found)
                self._so_far = replace(self._so_far, bytes_done=behind)
        finally:
            engine.close()
            error_file = errors.close()
        self._so_far = replace(self._so_far, files_done=len(looked.found), file="")
        return self._settled(delivery, _once(delivery), error_file, paths, called)

    def _settled(
        self, delivery: Delivery, made: Sequence[Made], error_file: Path | None, paths: Sequence[Path],
        called: Mapping[Path, str],
    ) -> Loaded:  # fmt: skip
        before = {part.key: part for part in self._now.parts}
        changed = tuple(m.part for m in made if _differs(before.get(m.part.key), m.part))
        same = tuple(before[m.part.key] for m in made if not _differs(before.get(m.part.key), m.part))
        replaced = tuple(before[part.key] for part in changed if part.key in before)
        generation = self._now.generation
        after = self._now
        if changed:
            after = self._swapped(made, tuple(called.get(path, path.name) for path in paths))
            generation = after.generation
        problems, notes = said(delivery, changed, replaced, same, after)
        self._beat("done", 0, 0)
        return Loaded(
            self._name if changed else "", generation, changed, replaced, same, problems, notes,
            dict(delivery.counts), error_file,
        )  # fmt: skip

    def _swapped(self, made: Sequence[Made], files: tuple[str, ...]) -> Manifest:
        """Bring the new parts home, write down what the load brought, and swap the manifest."""
        self._beat("swapping", 0, 0)
        folders = set()
        for one in made:
            home = self._layout.root / one.part.path
            if one.lies is not None and not home.exists():
                home.parent.mkdir(parents=True, exist_ok=True)
                os.replace(one.lies, home)
                folders.add(home.parent)
        for folder in folders:
            settle(folder)
        self._beat("swapping", 0, 0)
        keep_load(self._layout, self._name, [replace(one.part, load=self._name) for one in made])
        self._beat("swapping", 0, 0)
        loads = (*self._now.loads, Standing(self._name, self._at, files))
        return swap(self._layout, self._now, loads, at=self._at)

    def _beat(self, stage: Stage, rows: int, size: int) -> None:
        now = self._so_far
        self._so_far = replace(now, stage=stage, rows=now.rows + rows, bytes_done=now.bytes_done + size)
        self._tell(self._so_far)


def _differs(before: Part | None, after: Part) -> bool:
    return before is None or before.digest != after.digest


def _once(delivery: Delivery) -> list[Made]:
    """Each force and month once; where two files of it differ, neither, with words which to remove."""
    made = []
    for several in delivery.made.values():
        first = several[0]
        if all(one.part.digest == first.part.digest for one in several):
            made.append(first)
            delivery.notes.extend(
                Problem(one.where, f"It is the same as {first.where}; it was taken once.", "twice")
                for one in several[1:]
            )
            continue
        delivery.problems.append(Problem(several[-1].where, _which(several), "twice"))
    return made


def _which(several: Sequence[Made]) -> str:
    part = several[0].part
    what = f"{part.force} in {part.month:%B %Y}" if part.month else f"the table “{part.source}”"
    files = "; ".join(f"{one.where} ({one.part.rows:,} rows)" for one in several)
    return (
        f"The delivery holds {what} more than once, and the files differ: {files}. None of them was loaded. "
        "Remove all but the one published last, and load again."
    )


def _see_room(root: Path, found: Sequence[Found]) -> None:
    """Raise Refused where the disk cannot hold the largest file unpacked and the parts of them all."""
    inside = [one.size for one in found if one.member or one.name.casefold().endswith(".gz")]
    need = max(inside, default=0) + sum(one.size for one in found) // 8 + SPARE
    free = shutil.disk_usage(root).free
    if free < need:
        raise Refused(
            f"The disk has {free / 2**30:,.1f} GB free and this load needs about {need / 2**30:,.1f} GB.",
            "Free some space, or move the home to a larger disk, and load it again.",
        )
