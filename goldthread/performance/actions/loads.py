"""Loads: a file handed in, understood as chosen, checked, and put away where it will not be loaded."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.problems import Problem
from goldthread.files.refused import Refused
from goldthread.files.sheets import Sheet, error_file, read_sheet
from goldthread.files.sheets.limits import LARGEST as LARGEST_SHEET
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.loading.checking import Found, look_at, without_columns
from goldthread.performance.loading.choosing import Choice, choice_of, remembered
from goldthread.performance.loading.known import areas_on, in_use
from goldthread.performance.loading.records import looked_over
from goldthread.performance.loading.standing import compared, standing_now
from goldthread.performance.loading.street import know_every_force
from goldthread.performance.models import Load, LoadStage, Source, SourceKind

logger = logging.getLogger(__name__)
LARGEST = 100 * 1024 * 1024
"""The largest file that is taken in by a browser; the command takes any."""
COPIED = 200 * 1024 * 1024
"""The largest file of records that the command copies into the vault."""
KEPT = 500
"""How many problems a load keeps in words; the error file has them all."""


@transaction.atomic
def open_source(
    *,
    body: Body,
    kind: SourceKind | str,
    name: str,
    licence: str = "",
    licence_url: str = "",
    attribution: str = "",
    by: User,
    at: datetime,
) -> Source:
    """The source of that name, made where there is none; refused where it is of another kind."""
    require(by, Ability.LOAD_FIGURES, body, on=localdate(at))
    found = Source.objects.filter(body=body, name__iexact=name.strip()).first()
    if found is not None:
        if found.kind != kind:
            words = _("“%(name)s” is a source of another kind. Choose another name.") % {"name": found.name}
            raise ValidationError({"new_source": words})
        return found
    source = Source(body=body, kind=kind, name=name.strip(), licence=licence, licence_url=licence_url)
    source.attribution, source.made_at, source.made_by = attribution, at, by.name
    source.full_clean(exclude=["columns"])
    source.save()
    if kind in (SourceKind.OPEN_TABLE, SourceKind.POPULATION):
        know_every_force(body)
    record(source, "named a source of figures", by=by, at=at, body=body, name=source.name, kind=str(kind))
    return source


@transaction.atomic
def hand_in(
    *,
    source: Source,
    name: str,
    file: File,
    provisional: bool = False,
    again: bool = False,
    by: User,
    at: datetime,
) -> Load:
    """Keep a file as it came. None of its figures stand yet.

    The very file of a load that stands is refused, unless it is to be loaded ``again``.
    """
    require(by, Ability.LOAD_FIGURES, source.body, on=localdate(at))
    if not file.size:
        raise ValidationError({"file": _("The file is empty. It may not have been sent whole: try again.")})
    most = LARGEST if source.kind == SourceKind.STREET else LARGEST_SHEET
    if file.size > most:
        words = _(
            "The file is larger than %(size)d MB. Load it with the command “goldthread load”, or split it."
        )
        raise ValidationError({"file": words % {"size": most // 2**20}})
    seal = vault.keep_file(file)
    if not again:
        refuse_twice(source, seal)
    load = Load.objects.create(
        body=source.body,
        source=source,
        name=name[:255],
        size=file.size,
        sha256=seal,
        provisional=provisional,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    record(load, "handed in figures", by=by, at=at, body=source.body, sha256=seal, source=source.name)
    return load


@transaction.atomic
def hand_in_records(
    *, source: Source, paths: Sequence[Path], provisional: bool = False, by: User, at: datetime
) -> Load:
    """Note crime records that lie on this machine, to be loaded from where they are.

    One file of usual size is kept as it came. Larger ones and whole folders are not copied: what is
    loaded of them is kept, and the site that published them keeps the rest.
    """
    require(by, Ability.LOAD_FIGURES, source.body, on=localdate(at))
    size = sum(each.stat().st_size for path in paths for each in _files(path))
    name, seal = paths[0].name, ""
    if len(paths) > 1:
        name = _("%(first)s and %(n)d more") % {"first": name, "n": len(paths) - 1}
    elif paths[0].is_file() and size <= COPIED:
        with paths[0].open("rb") as file:
            seal = vault.keep_file(File(file))
    load = Load.objects.create(
        body=source.body,
        source=source,
        name=name[:255],
        size=size,
        sha256=seal,
        status=LoadStage.CHECKED,
        provisional=provisional,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    record(load, "handed in figures", by=by, at=at, body=source.body, sha256=seal, source=source.name)
    return load


def _files(path: Path) -> list[Path]:
    return [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]


def refuse_twice(source: Source, seal: str) -> None:
    """Raise ValidationError where the very same file of this source stands already."""
    standing = Load.objects.standing().filter(source=source, sha256=seal).first()
    if standing is not None:
        words = _("This very file was loaded on %(day)s by %(who)s and stands. Nothing was loaded twice.")
        facts = {"day": f"{localdate(standing.stood_at):%-d %B %Y}", "who": standing.handed_in_by}
        raise ValidationError({"file": ValidationError(words % facts, code="twice")})


def sheet_of(load: Load) -> Sheet:
    """The file of a load as a sheet. Raises Refused with the reason."""
    try:
        return read_sheet(vault.read(load.sha256), name=load.name)
    except (vault.Missing, vault.Altered) as fault:
        raise Refused(str(fault), "Hand the file in again.") from fault


def look_over(*, load: Load) -> None:
    """Look at a file that was handed in: an archive by its list of files, anything else as a sheet.

    What cannot be read is told on the load, which then goes no further.
    """
    try:
        if load.source.kind == SourceKind.STREET:
            _look_over_archive(load)
            return
        sheet = sheet_of(load)
        notes = [[note.where, note.message] for note in sheet.notes[:KEPT]]
        tabs = [[tab.name, tab.hidden] for tab in sheet.tabs]
        load.understood, load.status = {"kind": sheet.kind, "tabs": tabs, "notes": notes}, LoadStage.READ
    except Refused as refused:
        load.status, load.reason = LoadStage.FAILED, str(refused)[:500]
    except Exception:
        logger.exception("Looking over load %s failed.", load.pk)
        load.status, load.reason = LoadStage.FAILED, unreadable()
    load.save(update_fields=["understood", "status", "reason"])


def unreadable() -> str:
    """What to say where a reader fails for a reason that nobody foresaw."""
    return _("It makes the reader fail. Save it again from Excel as CSV UTF-8 and hand that in.")


def _look_over_archive(load: Load) -> None:
    with vault.lying(load.sha256) as path:
        load.understood, problems = looked_over(path, load.name)
    load.problems = kept_problems(problems)
    if load.understood["files"]:
        load.status = LoadStage.CHECKED
    else:
        load.status = LoadStage.FAILED
        load.reason = str(problems[0])[:500] if problems else _("No street-level files were found in it.")
    load.save(update_fields=["understood", "problems", "status", "reason"])


def kept_problems(problems: Iterable[Problem]) -> list[list[str]]:
    """Problems as a load keeps them, the first few hundred."""
    return [[each.where, each.message, each.code] for each in list(problems)[:KEPT]]


@transaction.atomic
def choose(*, load: Load, choice: Choice, sheet: Sheet, by: User, at: datetime) -> None:
    """Say which column means what. It is remembered for the source's next file; the check comes next."""
    require(by, Ability.LOAD_FIGURES, load.body, on=localdate(at))
    if load.status not in (LoadStage.READ, LoadStage.CHECKED) or load.source.kind == SourceKind.STREET:
        raise ValidationError(_("The columns of this load can no longer be chosen."))
    if not choice.by_column and without_columns(choice.match):
        raise ValidationError(_("Choose at least the column with the month and one with figures."))
    load.match, load.status, load.progress = (
        choice.as_form(),
        LoadStage.READ,
        {"doing": "checking", "asked": at.isoformat()},
    )
    load.problems, load.counts, load.error_file, load.reason = [], {}, "", ""
    load.save(update_fields=["match", "status", "progress", "problems", "counts", "error_file", "reason"])
    Source.objects.filter(pk=load.source_id).update(columns=remembered(choice, sheet))
    record(load, "chose the columns", by=by, at=at, body=load.body, columns=load.match)


def found_in(load: Load, at: datetime) -> tuple[Sheet, Choice, Found]:
    """What a load's file says as chosen, checked against what is known today. Raises Refused."""
    sheet, choice, today = sheet_of(load), choice_of(load.match), localdate(at)
    areas = areas_on(load.source.kind, today)
    found = look_at(
        sheet, choice, load.source.kind, in_use(load.body), areas, provisional=load.provisional, today=today
    )
    return sheet, choice, found


def check_file(*, pk: int, at: datetime) -> None:
    """Check a load's file row by row; does nothing where no check waits. Safe to run twice."""
    load = Load.objects.select_related("source", "body").get(pk=pk)
    if load.status != LoadStage.READ or load.progress.get("doing") != "checking":
        return
    try:
        sheet, choice, found = found_in(load, at)
    except Refused as refused:
        changed: dict[str, Any] = {"status": LoadStage.FAILED, "reason": str(refused)[:500], "progress": {}}
    except Exception:
        logger.exception("Checking load %s failed.", pk)
        changed = {"status": LoadStage.FAILED, "reason": unreadable(), "progress": {}}
    else:
        changed = _checked(load, sheet, choice, found)
    Load.objects.filter(pk=pk, status=LoadStage.READ).update(**changed)


def _checked(load: Load, sheet: Sheet, choice: Choice, found: Found) -> dict[str, Any]:
    """What a check found, as the load keeps it."""
    changes = compared(found.figures, standing_now(each.key for each in found.figures))
    wrong = [fault for fault in found.faults]
    kept = vault.keep(error_file(sheet, choice.match, wrong)) if wrong else ""
    return {
        "status": LoadStage.CHECKED,
        "progress": {},
        "problems": kept_problems(fault.problem for fault in wrong),
        "error_file": kept,
        "counts": {
            "rows": found.rows,
            "figures": len(found.figures) + len(found.populations),
            "wrong": len(wrong),
            "told": [[each.where, each.problem.message] for each in found.told[:KEPT]],
            "told_all": len(found.told),
            "changes": changes.as_form(),
        },
    }


@transaction.atomic
def put_away(*, load: Load, by: User, at: datetime) -> None:
    """Put a load away that has not come to stand. What was handed in stays in the vault."""
    require(by, Ability.LOAD_FIGURES, load.body, on=localdate(at))
    waiting = (LoadStage.UPLOADED, LoadStage.READ, LoadStage.CHECKED, LoadStage.FAILED)
    words = _("Put away by %(who)s. Nothing of it was loaded.") % {"who": by.name}
    rows = Load.objects.filter(pk=load.pk, status__in=waiting)
    if not rows.update(status=LoadStage.FAILED, reason=words[:500], progress={"put_away": True}):
        raise ValidationError(_("This load has been dealt with already."))
    record(load, "put figures away", by=by, at=at, body=load.body)
