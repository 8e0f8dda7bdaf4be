"""One delivery, file by file: each becomes parts, or is set aside with a word, or is refused with reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.warehouse import records, tables
from goldthread.warehouse.archives import FULL, Found
from goldthread.warehouse.findings import FATAL_ALWAYS, Clean, ErrorFile, Finding, findings
from goldthread.warehouse.layout import Layout, part_path
from goldthread.warehouse.lookups import ForceName, folded, force_of, forces
from goldthread.warehouse.manifest import STREET, Manifest, Part, parts_of
from goldthread.warehouse.progress import Stage
from goldthread.warehouse.staging import Staged, stage
from goldthread.warehouse.street import (
    CRIME_TYPES,
    EARLIER_CRIME_TYPES,
    Header,
    Named,
    cells,
    header,
    kind_of,
    named,
)

SHOWN = 10
DISK_FULL = "The disk is full: what was in force before stays in force."
FREE_SOME = "Free some space, or move the home to a larger disk, and load it again."
MONTH_WORDS = "%B %Y"
_TEXT = (".csv", ".txt", ".gz", "")
_OTHER = {
    "outcomes": "It holds outcomes, which are not counted here; set aside.",
    "stop-and-search": "It holds stop and search records, which are not counted here; set aside.",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A part that is ready, where it lies until the load is done, and the file it came from."""

    part: Part
    lies: Path | None
    where: str


@dataclass(slots=True)
class Delivery:
    """What has been made of a delivery so far."""

    layout: Layout
    aside: Path
    now: Manifest
    load: str
    engine: duckdb.DuckDBPyConnection
    errors: ErrorFile
    tell: Callable[[Stage, int, int], None]
    names: tuple[ForceName, ...] = ()
    without_bad_rows: bool = False
    made: dict[tuple[str, str, date | None], list[Made]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    types: dict[str, tuple[int, str]] = field(default_factory=dict)
    asides: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unplaced: set[str] = field(default_factory=set)
    unknown: set[tuple[str, str]] = field(default_factory=set)

    def take(self, found: Found) -> None:
        """Read one file, whatever it is."""
        suffix = Path(found.name).suffix.casefold()
        if suffix not in _TEXT:
            self.asides["It is not a CSV file; set aside."].append(found.where)
            return
        told = named(found.name)
        if told and told.kind in _OTHER:
            self._aside(found, told.kind)
            return
        try:
            staged = stage(found, self.aside, lambda size: self.tell("unpacking", 0, size // 2))
            self._staged(found, staged, told)
        except Refused as refusal:
            self.problems.append(Problem(found.where, str(refusal), "file"))

    def _staged(self, found: Found, staged: Staged, told: Named | None) -> None:
        if same := self._held(staged.content):
            for part in same:
                self.made[part.key].append(Made(part, None, found.where))
            return
        columns = tuple(cell.strip() for cell in cells(staged.first, max(",;\t|", key=staged.first.count)))
        kind = kind_of(columns)
        if kind in _OTHER:
            self._aside(found, kind)
        elif table := tables.recognised(columns):
            self._table(found, staged, table)
        elif kind == "street" or told:
            self._street(found, staged, told)
        else:
            words = f"Its headings are not those of any file known here: {', '.join(columns)[:200]}."
            self.problems.append(Problem(found.where, words, "columns"))

    def _held(self, content: str) -> tuple[Part, ...]:
        """The parts in force that were made of this very file, when all that it made still are."""
        standing = [part for part in self.now.parts if part.content == content]
        if not standing:
            return ()
        made = {part for part in parts_of(self.layout, standing[0].load) if part.content == content}
        return tuple(standing) if made == set(standing) else ()

    def _aside(self, found: Found, kind: str) -> None:
        self.counts["set aside"] += 1
        self.asides[_OTHER[kind]].append(found.where)

    def _table(self, found: Found, staged: Staged, table: tables.Table) -> None:
        lies = self.aside / f"table-{staged.content[:24]}.parquet"
        made = tables.write(table, staged.path, lies, found.where, between=tables.between(staged.first))
        for fault in made.faults:
            self.errors.add(found.where, Finding(fault.row, fault.code, fault.message, ""))
        self.problems.extend(made.problems)
        self.notes.extend((*staged.notes, *made.notes))
        if made.rows:
            self._keep(table.source, "", None, made.rows, records.sealed(lies), staged, found.where, lies)

    def _street(self, found: Found, staged: Staged, told: Named | None) -> None:
        read, problems = header(staged.first, found.where)
        if read is None:
            self.problems.extend(problems)
            return
        self.notes.extend((*staged.notes, *read.notes))
        counted = self._count(staged, read)
        if counted.rows + counted.rejected == 0:
            raise Refused("It holds no records.", "Its month stays missing, and is not taken as zero.")
        told = self._told(told, counted)
        if told and counted.months and all(month != told.month for month, _, _ in counted.months):
            words = ", ".join(sorted({_month(month) for month, _, _ in counted.months}))
            raise Refused(
                f"Its name says {_month(told.month)} and its rows are of {words}.",
                "Give it its right name, or send the right file.",
            )
        if self._doubtful(staged, read, counted, told):
            again = self._mended(found, staged, read, told)
            if again is None:
                return
            counted = self._count(again, read, alone=True)
            if counted.rejected or counted.bad or counted.rows != again.lines:
                raise Refused("It holds rows that cannot be read.", counted.first_fault[:200])
        if not staged.whole_end:
            words = "Its last row has no line end: see that the file is whole."
            self.problems.append(Problem(found.where, words, "end"))
        self._parts(found, staged, told, counted)

    def _count(self, staged: Staged, read: Header, *, alone: bool = False) -> records.Counted:
        behind = 0.0

        def beat(share: float) -> None:
            nonlocal behind
            self.tell("reading", 0, int(max(share - behind, 0) * staged.size / 4))
            behind = max(share, behind)

        return records.read(self.engine, staged, read, self.aside, beat, alone=alone)

    def _told(self, told: Named | None, counted: records.Counted) -> Named | None:
        """What the name says, with the force that the records name where nobody knows the one in the name."""
        if told is None or told.force in forces():
            return told
        keys = {key for month, name, _ in counted.months if (key := self._known(name, month))}
        return replace(told, force=keys.pop()) if len(keys) == 1 else told

    def _known(self, name: str, month: date) -> str | None:
        return force_of(name, month, self.names)

    def _doubtful(self, staged: Staged, read: Header, counted: records.Counted, told: Named | None) -> bool:
        lines = staged.lines + (not staged.whole_end) - read.stands
        other = told is not None and any(
            month != told.month or self._known(name, told.month) not in (None, told.force)
            for month, name, _ in counted.months
        )
        known = (*CRIME_TYPES, *EARLIER_CRIME_TYPES)
        strange = any(kind not in known for kind, _ in counted.types)
        return bool(counted.rejected or counted.bad or strange or other or counted.rows != lines)

    def _mended(self, found: Found, staged: Staged, read: Header, told: Named | None) -> Staged | None:
        """The rows that can be counted, ``lines`` of them; None where some cannot, with the reasons."""
        path = self.aside / "without"
        listed: Counter[str] = Counter()
        shown: list[Finding] = []
        with path.open("w", encoding="utf-8", newline="") as file:
            clean = Clean(file)
            for finding in findings(staged, read, told, self._known, clean):
                if finding.kept:
                    self._unknown_type(found, finding)
                    continue
                listed[finding.code] += 1
                self.errors.add(found.where, finding)
                if len(shown) < SHOWN:
                    shown.append(finding)
        if clean.headings:
            words = f"Its headings stand again in {_rows(clean.headings)}; these were passed over."
            self.notes.append(Problem(found.where, words, "columns"))
        left = replace(staged, path=path, size=path.stat().st_size, lines=clean.rows)
        if not listed:
            return left
        total = listed.total()
        self.problems.extend(
            Problem(f"{found.where}, row {finding.row}", finding.message, finding.code) for finding in shown
        )
        if not self.without_bad_rows or FATAL_ALWAYS & set(listed):
            words = (
                f"It was not loaded: {_rows(total)} cannot be counted, and a month short of rows would "
                "look like a fall in crime. Every one is in the file of rows to mend."
            )
            self.problems.append(Problem(found.where, words, "refused"))
            self.counts["refused"] += 1
            return None
        words = f"{_rows(total)} left out, as you asked; each is in the file of rows to mend."
        self.problems.append(Problem(found.where, words, "left-out"))
        self.counts["rows left out"] += total
        return left

    def _unknown_type(self, found: Found, finding: Finding) -> None:
        kind = finding.message
        count, first = self.types.get(kind, (0, f"{found.where}, row {finding.row}"))
        self.types[kind] = (count + 1, first)

    def _parts(self, found: Found, staged: Staged, told: Named | None, counted: records.Counted) -> None:
        keys: dict[tuple[date, str], str] = {}
        for month, name, _ in counted.months:
            keys[month, name] = self._force(name, month, told)
        each = staged.size / 4 / max(counted.rows, 1)
        beat = partial(self._written, each)
        for made in records.write(self.engine, counted, keys, self.aside, beat):
            self._keep(STREET, made.force, made.month, made.rows, made.digest, staged, found.where, made.path)
        earlier = sum(rows for kind, rows in counted.types if kind in EARLIER_CRIME_TYPES)
        self.counts["earlier crime types"] += earlier
        self.counts["repeated Crime IDs"] += counted.repeated
        self.counts["no coordinates"] += counted.off_map
        self.counts["reported by another force"] += counted.elsewhere
        self.counts.update({f"area {how}": rows for how, rows in counted.placed})
        if dict(counted.placed).get("none") == counted.rows:
            self.unplaced.update(keys.values())

    def _written(self, each: float, rows: int) -> None:
        self.tell("writing", rows, int(rows * each))

    def _force(self, name: str, month: date, told: Named | None) -> str:
        known = self._known(name, month)
        if known:
            return known
        key = told.force if told else folded(name) or "unknown"
        self.unknown.add((name, key))
        return key

    def _keep(
        self, source: str, force: str, month: date | None, rows: int, digest: str, staged: Staged, where: str,
        lies: Path,
    ) -> None:  # fmt: skip
        kept = lies.with_name(f"{digest}.parquet")
        lies.replace(kept)
        path = part_path(source, force, month, digest)
        part = Part(source, force, month, rows, digest, staged.content, where, path, self.load)
        self.made[part.key].append(Made(part, kept, where))


@contextmanager
def in_words(memory_mb: int) -> Iterator[None]:
    """Say in words what the machine cannot do. Raises Refused."""
    try:
        yield
    except duckdb.OutOfMemoryException as fault:
        if "temp_directory" in str(fault) or "No space left" in str(fault):
            raise Refused(DISK_FULL, FREE_SOME) from fault
        raise Refused(
            f"It needs more than the {memory_mb:,} MB of memory allowed.", "Allow more and load it again."
        ) from fault
    except (duckdb.IOException, OSError) as fault:
        full = isinstance(fault, OSError) and fault.errno in FULL
        if full or any(words in str(fault) for words in ("No space left", "File too large", "quota")):
            raise Refused(DISK_FULL, FREE_SOME) from fault
        raise


def _month(month: date) -> str:
    return month.strftime(MONTH_WORDS)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
