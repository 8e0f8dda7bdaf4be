"""What the warehouse holds: parts, the loads that brought them, and the generation in force."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from goldthread.files.refused import Refused
from goldthread.warehouse.layout import Layout, write_whole

STREET = "street"
Key = tuple[str, str, date | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable Parquet file: the records of one force in one month, or one whole table.

    ``force`` and ``month`` are empty for a table. ``path`` is from the root; ``digest`` is the SHA-256
    of the Parquet file and ``content`` that of the file it was made from; ``given`` is that file's name.
    """

    source: str
    force: str
    month: date | None
    rows: int
    digest: str
    content: str
    given: str
    path: str
    load: str

    @property
    def key(self) -> Key:
        """What a later delivery replaces."""
        return (self.source, self.force, self.month)


@dataclass(frozen=True, slots=True)
class Standing:
    """One load in the manifest: when it was made, of which files, and whether it has been undone."""

    id: str
    at: datetime
    files: tuple[str, ...]
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of the warehouse, whole. Generation 0 is the empty one."""

    generation: int = 0
    at: datetime | None = None
    parts: tuple[Part, ...] = ()
    loads: tuple[Standing, ...] = ()

    def part(self, force: str, month: date, source: str = STREET) -> Part | None:
        """The part in force for a force and month; None means the month is missing, not zero."""
        return next((part for part in self.parts if part.key == (source, force, month)), None)

    def street(
        self, forces: Iterable[str] = (), first: date | None = None, last: date | None = None
    ) -> tuple[Part, ...]:
        """The street-level parts of some forces (all when none is named), from one month to another."""
        wanted = frozenset(forces)
        return tuple(
            part
            for part in self.parts
            if part.source == STREET
            and part.month is not None
            and (not wanted or part.force in wanted)
            and (first is None or part.month >= first)
            and (last is None or part.month <= last)
        )

    def table(self, source: str) -> Part | None:
        """The part that holds a whole table, by its source."""
        return next((part for part in self.parts if part.key == (source, "", None)), None)

    def load(self, name: str) -> Standing | None:
        """One load by its id."""
        return next((load for load in self.loads if load.id == name), None)


def manifest(root: Path) -> Manifest:
    """What is in force now. A warehouse never loaded is empty, not an error.

    Raises Refused where the list is damaged, or lost while later generations are there.
    """
    layout = Layout(root)
    now = _read(layout.manifest)
    if not now.generation and any(int(path.stem) > 1 for path in layout.generations.glob("*.json")):
        raise _damaged(layout.manifest)
    return now


def at_generation(root: Path, number: int) -> Manifest:
    """What was in force at one generation. Raises LookupError where there was none or it was pruned."""
    if number == 0:
        return Manifest()
    path = Layout(root).generation(number)
    if number < 0 or number > manifest(root).generation or not path.exists():
        raise LookupError(f"The warehouse has no generation {number}.")
    return _read(path)


def parts_of(layout: Layout, name: str) -> tuple[Part, ...]:
    """Every part that one load brought."""
    return tuple(_part(fields) for fields in json.loads(layout.load(name).read_bytes()))


def keep_load(layout: Layout, name: str, parts: Iterable[Part]) -> None:
    """Write down what one load brought. It counts for nothing until a manifest names the load."""
    write_whole(layout.load(name), _json([_fields(part) for part in parts]))


def standing_parts(layout: Layout, loads: Iterable[Standing]) -> tuple[Part, ...]:
    """The parts in force when these loads stand: of each source, force and month the latest one given."""
    latest: dict[Key, Part] = {}
    for load in loads:
        if not load.undone:
            latest.update({part.key: part for part in parts_of(layout, load.id)})
    return tuple(sorted(latest.values(), key=lambda part: (part.source, part.force, part.month or date.min)))


def swap(layout: Layout, now: Manifest, loads: tuple[Standing, ...], *, at: datetime) -> Manifest:
    """Bring the next generation into force, at one stroke; ``now`` is the one before."""
    following = Manifest(now.generation + 1, at, standing_parts(layout, loads), loads)
    content = _json(
        {
            "generation": following.generation,
            "at": at,
            "loads": [asdict(load) for load in loads],
            "parts": [_fields(part) for part in following.parts],
        }
    )
    write_whole(layout.generation(following.generation), content)
    write_whole(layout.manifest, content)
    return following


def marked(now: Manifest, name: str, *, undone: bool) -> tuple[Standing, ...]:
    """The loads of a manifest with one of them undone, or standing again."""
    return tuple(replace(load, undone=undone) if load.id == name else load for load in now.loads)


def _read(path: Path) -> Manifest:
    """A manifest from its file; the same file is read only once while it stays as it is."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return Manifest()
    return _parsed(path, seen.st_ino, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=8)
def _parsed(path: Path, inode: int, changed: int, size: int) -> Manifest:
    try:
        fields = json.loads(path.read_bytes())
        loads = tuple(
            Standing(load["id"], datetime.fromisoformat(load["at"]), tuple(load["files"]), load["undone"])
            for load in fields["loads"]
        )
        parts = tuple(_part(part) for part in fields["parts"])
        return Manifest(fields["generation"], datetime.fromisoformat(fields["at"]), parts, loads)
    except (ValueError, KeyError, TypeError) as fault:
        raise _damaged(path) from fault


def _damaged(path: Path) -> Refused:
    return Refused(
        f"The warehouse’s list of what it holds ({path.name}) is damaged or lost.",
        "Put it back from a backup, or copy the newest file in its generations folder over it.",
    )


def _part(fields: dict[str, Any]) -> Part:
    return Part(**{**fields, "month": date.fromisoformat(fields["month"]) if fields["month"] else None})


_PLAIN = tuple(Part.__dataclass_fields__)


def _fields(part: Part) -> dict[str, Any]:
    plain = {name: getattr(part, name) for name in _PLAIN}
    return {**plain, "month": part.month.isoformat() if part.month else None}


def _json(value: object) -> bytes:
    return json.dumps(value, default=_plain, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a manifest.")
