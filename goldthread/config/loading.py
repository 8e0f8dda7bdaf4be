"""`goldthread load`: figures from files on this machine, of any size, on behalf of a person."""

from __future__ import annotations

import argparse
import codecs
import csv
import json
import sys
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone

from goldthread.config.command import CannotRun
from goldthread.config.keeping import require_migrated
from goldthread.core.governance.abilities import Ability
from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.people.models import Body, User
from goldthread.people.queries import bodies_where
from goldthread.performance.actions.loads import (
    check_file,
    choose,
    hand_in,
    hand_in_records,
    look_over,
    open_source,
    sheet_of,
)
from goldthread.performance.actions.recounting import ATTRIBUTION, LICENCE, LICENCE_URL
from goldthread.performance.actions.standing import confirm, fail, run
from goldthread.performance.forms.loads import NAMES
from goldthread.performance.loading.choosing import Choice, guess
from goldthread.performance.loading.known import areas_on, in_use
from goldthread.performance.loading.progress import changed, interrupted_words
from goldthread.performance.models import Load, LoadStage, Source, SourceKind
from goldthread.performance.places import home_area
from goldthread.warehouse.street import NEEDED

_SHOWN = 20


def load(args: argparse.Namespace) -> int:
    """Load files; 0 where all of it stands or stood already, 1 where something is to be mended."""
    require_migrated()
    paths = [Path(each) for each in args.path]
    for path in paths:
        if not path.exists():
            raise CannotRun(f"there is no {path}.")
    person, body = _on_behalf(args)
    records = [
        path for path in paths if args.kind == SourceKind.STREET or (not args.kind and _is_street(path))
    ]
    made: list[Load] = []
    try:
        if records:
            made.append(_records(args, records, person, body))
        made.extend(_table(args, path, person, body) for path in paths if path not in records)
    except ValidationError as refusal:
        raise CannotRun(" ".join(refusal.messages)) from refusal
    except Refused as refused:
        raise CannotRun(str(refused)) from refused
    if args.json:
        print(json.dumps({"loads": [_form(each) for each in made]}, ensure_ascii=False))
    else:
        for each in made:
            _say(each)
    return max(map(_code, made))


def _code(made: Load) -> int:
    held = made.status == LoadStage.FAILED and not made.problems and bool(made.counts.get("same"))
    if made.problems or made.status not in (LoadStage.STANDING, LoadStage.FAILED):
        return 1
    return 0 if held or made.status == LoadStage.STANDING else 2


def _on_behalf(args: argparse.Namespace) -> tuple[User, Body]:
    """Who loads, and for which body: as named, or the only one there is."""
    today: date = timezone.localdate()
    people = User.objects.filter(is_active=True)
    if args.by:
        people = people.filter(email__iexact=args.by)
    found = [
        (person, body)
        for person in people
        for body in bodies_where(person, Ability.LOAD_FIGURES, today)
        if not args.body or body.slug == args.body
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        who = f"{args.by} may not" if args.by else "nobody here may"
        raise CannotRun(f"{who} load figures. Appoint an analyst first, or name another person with --by.")
    names = ", ".join(sorted({person.email for person, _body in found})[:8])
    raise CannotRun(f"say on whose behalf with --by, and at which body with --body. These may: {names}.")


def _is_street(path: Path) -> bool:
    """Whether a path holds street-level records: a folder, an archive, or a file with their headings."""
    if path.is_dir():
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        return not _is_workbook(path)
    if start.startswith(b"\x1f\x8b"):
        return True
    words = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").splitlines()
    return bool(words) and set(NEEDED) <= {each.strip() for each in next(csv.reader([words[0]]), [])}


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as opened:
            return bool({"xl/workbook.xml", "content.xml", "xl/workbook.bin"} & set(opened.namelist()))
    except (zipfile.BadZipFile, OSError):
        return False


def _source(args: argparse.Namespace, kind: str, name: str, person: User, body: Body) -> Source:
    public = kind != SourceKind.RETURN
    return open_source(
        body=body,
        kind=kind,
        name=args.source or NAMES.get(kind, name),
        licence=LICENCE if public else "",
        licence_url=LICENCE_URL if public else "",
        attribution=ATTRIBUTION if public else "",
        by=person,
        at=timezone.now(),
    )


def _records(args: argparse.Namespace, paths: Sequence[Path], person: User, body: Body) -> Load:
    """Crime records, however many files and folders, as one load."""
    source = _source(args, SourceKind.STREET, "", person, body)
    made = hand_in_records(
        source=source, paths=paths, provisional=args.provisional, by=person, at=timezone.now()
    )
    confirm(load=made, without_faults=args.without_bad_rows, by=person, at=timezone.now())
    made.refresh_from_db()
    with _Watch(made, quiet=args.quiet or args.json) as watch:
        run(made, paths, {}, by=person, clock=timezone.now, hear=watch)
    return made


def _table(args: argparse.Namespace, path: Path, person: User, body: Body) -> Load:
    """A table or a return, its columns matched as its source remembers them or as they are guessed."""
    source = _source(args, args.kind or SourceKind.RETURN, path.stem[:160], person, body)
    now = timezone.now()
    with path.open("rb") as file:
        made = hand_in(
            source=source,
            name=path.name,
            file=File(file, name=path.name),
            provisional=args.provisional,
            again=args.again,
            by=person,
            at=now,
        )
    look_over(load=made)
    if made.status == LoadStage.FAILED:
        raise CannotRun(f"{path.name} was not read. {made.reason}")
    sheet = sheet_of(made)
    choose(load=made, choice=_choice(args, made, sheet), sheet=sheet, by=person, at=now)
    check_file(pk=made.pk, at=now)
    made.refresh_from_db()
    if made.status == LoadStage.CHECKED and (args.without_bad_rows or not made.problems):
        confirm(load=made, without_faults=args.without_bad_rows, by=person, at=timezone.now())
        made.refresh_from_db()
        with _Watch(made, quiet=args.quiet or args.json) as watch:
            run(made, [], {}, by=person, clock=timezone.now, hear=watch)
    return made


def _choice(args: argparse.Namespace, made: Load, sheet: Any) -> Choice:
    measures, areas = in_use(made.body), areas_on(made.source.kind, timezone.localdate())
    home = home_area(made.body)
    choice = guess(sheet, made.source, measures, areas, area=home.code if home else "").choice
    measure, area = args.measure or choice.measure, areas.names.get((args.area or "").casefold(), choice.area)
    return Choice(
        choice.match, measure, area, args.year or choice.year, choice.by_column and not args.measure
    )


class _Watch:
    """Tells how far a load is while it runs, and marks it as interrupted where it is stopped."""

    def __init__(self, made: Load, *, quiet: bool) -> None:
        self._load, self._quiet = made, quiet
        self._began, self._tenth = time.monotonic(), -1

    def __enter__(self) -> _Watch:
        return self

    def __call__(self, words: str, done: float) -> None:
        """One line each second on a screen, one each tenth in a log."""
        if self._quiet:
            return
        line = f"{self._load.name}: {done:4.0%}  {words}"
        if sys.stderr.isatty():
            print(f"\r{line[:110]:<110}", end="", file=sys.stderr, flush=True)
        elif int(done * 10) != self._tenth:
            self._tenth = int(done * 10)
            print(line, file=sys.stderr, flush=True)

    def __exit__(self, kind: object, fault: object, trace: object) -> None:
        if fault is not None:
            fail(self._load, interrupted_words())
        elif not self._quiet:
            took = f"{time.monotonic() - self._began:.1f} seconds."
            print(f"\n{took}" if sys.stderr.isatty() else took, file=sys.stderr, flush=True)


def _say(made: Load, out: TextIO = sys.stdout) -> None:
    """What became of a load, for a person."""
    counts, changes = made.counts, changed(made)
    if made.status == LoadStage.STANDING:
        numbers = ", ".join(f"{changes.get(name, 0):,} {name}" for name in ("new", "revised", "unchanged"))
        rows = "records" if made.source.kind == SourceKind.STREET else "rows"
        print(f"{made.name}: {counts.get('rows', 0):,} {rows}; figures: {numbers}.", file=out)
        print(f"Undo it at {made.get_absolute_url()}undo/", file=out)
    else:
        words = made.reason or "It has faults, so nothing of it was loaded."
        print(f"{made.name}: not loaded. {words}", file=out)
    for where, message, _code in made.problems[:_SHOWN]:
        print(f"  {Problem(where, message)}", file=out)
    if len(made.problems) > _SHOWN:
        print(
            f"  and {counts.get('wrong', 0) - _SHOWN:,} more: {made.get_absolute_url()}to-mend.csv", file=out
        )
    for where, message in counts.get("told", [])[:_SHOWN]:
        print(f"  Note: {Problem(where, message)}", file=out)


def _form(made: Load) -> dict[str, Any]:
    """What became of a load, for a program."""
    return {
        "load": made.pk,
        "name": made.name,
        "status": made.status,
        "reason": made.reason,
        "counts": made.counts,
        "problems": [{"where": w, "message": m, "code": c} for w, m, c in made.problems],
    }
