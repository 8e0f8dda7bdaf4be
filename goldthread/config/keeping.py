"""Checking what is kept, copying it while people work, and putting a copy back."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from goldthread import __version__
from goldthread.audit import verify as checks
from goldthread.config.command import CannotRun
from goldthread.performance.loading.where import warehouse_root
from goldthread.warehouse import locking
from goldthread.warehouse.layout import Layout

DATABASE = "goldthread.sqlite3"
CONTENTS = "contents.json"


def verify(args: argparse.Namespace) -> int:
    """Print every problem that the registered checks find; 0 when there is none, 1 when there is."""
    require_migrated()
    findings = tuple(checks.findings())
    number, seal = checks.head()
    if args.json:
        report = {
            "checks": [{"check": f.check, "problems": len(f.problems)} for f in findings],
            "problems": [
                {"check": f.check, "where": p.where, "message": p.message, "code": p.code}
                for f in findings
                for p in f.problems
            ],
            "head": {"number": number, "seal": seal},
        }
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{finding.check}: {'as sealed' if not finding.problems else 'PROBLEMS'}")
            for problem in finding.problems:
                print(f"  {problem}")
        print(f"The record ends at event {number}, seal {seal or 'none'}.")
    return 1 if any(finding.problems for finding in findings) else 0


def backup(args: argparse.Namespace) -> int:
    """Write records and files to one zip with the seal of each, while people go on working.

    The records are copied first: whatever they rely on is then already among the files.
    """
    _require_sqlite("backup")
    target = Path(args.file)
    if target.exists():
        raise CannotRun(f"{target} exists already; a backup never replaces another.")
    if not target.parent.is_dir():
        raise CannotRun(f"there is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(prefix=".goldthread-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        _copy_database(Path(settings.DATABASES["default"]["NAME"]), copy)
        unfinished = Path(folder) / "unfinished.zip"
        count = _write_zip(unfinished, copy)
        unfinished.replace(target)
    print(f"{target}: the records and {count} files.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup back in an empty place, or with --force beside what it replaces; then verify it."""
    _require_sqlite("restore")
    database, files = Path(settings.DATABASES["default"]["NAME"]), _files()
    warehouse = warehouse_root()
    occupied = [path for path in (database, files, warehouse) if path.exists()]
    if occupied and not args.force:
        raise CannotRun(f"{occupied[0]} exists. Stop the server and use --force to replace it.")
    connection.close()
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".goldthread-", dir=database.parent) as folder:
        unpacked = Path(folder)
        _unpack(Path(args.file), unpacked)
        aside = timezone.now().strftime("before-%Y%m%dT%H%M%S")
        for path in occupied:
            path.rename(path.with_name(f"{path.name}.{aside}"))
        for leftover in ("-wal", "-shm"):  # after a crash they hold the last of what was written
            beside = database.with_name(database.name + leftover)
            if beside.exists():
                beside.rename(database.with_name(f"{database.name}.{aside}{leftover}"))
        files.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(unpacked / "files", files)
        if (unpacked / "warehouse").exists():
            shutil.move(unpacked / "warehouse", warehouse)
        (unpacked / DATABASE).replace(database)
    print(f"Restored from {args.file}.")
    return verify(argparse.Namespace(json=False))


def _require_sqlite(verb: str) -> None:
    if connection.vendor != "sqlite":
        raise CannotRun(f"{verb} is for SQLite. Use PostgreSQL's own pg_dump and copy the files folder.")


def require_migrated() -> None:
    """Refuse to say anything about a database that is not there or not up to date."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CannotRun(f"the database cannot be read: {error}") from error
    if plan:
        raise CannotRun("the database is not up to date. Run `goldthread init` first.")


def _files() -> Path:
    return Path(settings.STORAGES["vault"]["OPTIONS"]["location"])


def _copy_database(source: Path, target: Path) -> None:
    if not source.exists():
        raise CannotRun(f"there is no database at {source}.")
    reading, writing = sqlite3.connect(source, timeout=20), sqlite3.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        reading.close()
        writing.close()


def _write_zip(target: Path, database: Path) -> int:
    """Write the zip, its contents list last; gives the number of kept files."""
    folder = _files()
    kept = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".unfinished-"))
    seals: dict[str, str] = {}
    with (
        zipfile.ZipFile(target, "x", compression=zipfile.ZIP_DEFLATED) as archive,
        _warehouse_still() as held,
    ):
        files = ((p, f"files/{p.relative_to(folder)}") for p in kept)
        for path, name in ((database, DATABASE), *files, *held):
            archive.write(path, name)
            seals[name] = _seal(path)
        contents: dict[str, Any] = {
            "goldthread": __version__,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "head": checks.head(),
            "seals": seals,
        }
        archive.writestr(CONTENTS, json.dumps(contents, indent=1))
    with target.open("rb+") as written:
        os.fsync(written.fileno())
    return len(kept)


@contextmanager
def _warehouse_still() -> Iterator[list[tuple[Path, str]]]:
    """The files of the warehouse and their names in a backup, while no load changes it."""
    root = warehouse_root()
    if not root.is_dir():
        yield []
        return
    layout = Layout(root)
    try:
        with locking.held(layout, "a backup", at=timezone.now(), wait=600):
            files = sorted(p for p in root.rglob("*") if p.is_file() and p != layout.lock)
            yield [(p, f"warehouse/{p.relative_to(root)}") for p in files if layout.making not in p.parents]
    except locking.Busy as busy:
        raise CannotRun(str(busy)) from busy


def _unpack(source: Path, target: Path) -> None:
    """Unpack a backup, each file checked against the seal written beside it."""
    (target / "files").mkdir()
    try:
        with zipfile.ZipFile(source) as archive:
            seals = json.loads(archive.read(CONTENTS))["seals"]
            if DATABASE not in seals:
                raise CannotRun(f"{source} holds no records.")
            for name, seal in seals.items():
                place = (target / name).resolve()
                if target.resolve() not in place.parents:
                    raise CannotRun(f"{source} names a file outside itself: {name}.")
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, place.open("wb") as out:
                    shutil.copyfileobj(packed, out)
                if _seal(place) != seal:
                    raise CannotRun(f"{source} is damaged: {name} is not what was backed up.")
                if name != DATABASE:
                    place.chmod(0o440)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise CannotRun(f"{source} is not a backup that can be read: {error}") from error


def _seal(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
