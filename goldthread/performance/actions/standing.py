"""Loads carried out, undone and brought back; figures counted again from the records that are held."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.files.refused import Refused
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.actions.loads import found_in, kept_problems
from goldthread.performance.actions.recounting import recount, recount_everywhere
from goldthread.performance.loading import records
from goldthread.performance.loading.progress import (
    STALE,
    Beat,
    Hear,
    interrupted_words,
    is_stale,
    unheard,
    was_begun,
)
from goldthread.performance.loading.records import Brought
from goldthread.performance.loading.standing import Fresh, compared, make_stand, standing_now
from goldthread.performance.models import Load, LoadStage, SourceKind
from goldthread.warehouse.locking import Busy

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@transaction.atomic
def confirm(*, load: Load, without_faults: bool = False, by: User, at: datetime) -> None:
    """Let a load that was checked be carried out by a worker; rows with faults only if they are left out."""
    require(by, Ability.LOAD_FIGURES, load.body, on=localdate(at))
    load = Load.objects.select_for_update().select_related("source", "body").get(pk=load.pk)
    again = load.status == LoadStage.FAILED and bool(load.match or load.source.kind == SourceKind.STREET)
    if not (load.status == LoadStage.CHECKED or again or is_stale(load, at)):
        raise ValidationError(_("This load is not waiting to be confirmed."))
    if load.progress.get("put_away"):
        raise ValidationError(_("This load was put away. Hand the file in again."))
    if load.source.kind != SourceKind.STREET and load.problems and not without_faults:
        raise ValidationError(_("Some rows have faults. Mend the file, or load it without these rows."))
    load.match = {**load.match, "without_faults": without_faults}
    load.status, load.begun_at, load.progress, load.reason = LoadStage.LOADING, at, {}, ""
    load.save(update_fields=["match", "status", "begun_at", "progress", "reason"])
    record(load, "confirmed figures", by=by, at=at, body=load.body, without_faults=without_faults)


def carry_out(*, pk: int, by: User, clock: Clock) -> None:
    """Load what was confirmed: the new figures stand whole, or the old ones do. Safe to run twice.

    A load that an earlier worker began and never ended is not begun again by itself: it is marked
    as interrupted, and a person starts it again.
    """
    load = Load.objects.select_related("source", "body").get(pk=pk)
    if load.status != LoadStage.LOADING:
        return
    if was_begun(load):
        fail(load, interrupted_words())
        return
    street = load.source.kind == SourceKind.STREET
    try:
        with vault.lying(load.sha256) as path:
            run(load, [path] if street else [], {path: load.name}, by=by, clock=clock)
    except (vault.Missing, ValueError):
        fail(load, _("Its file is not kept here. Hand it in again, or load it again with the command."))


def run(
    load: Load,
    paths: Sequence[Path],
    called: Mapping[Path, str],
    *,
    by: User,
    clock: Clock,
    hear: Hear = unheard,
) -> None:
    """Carry a load out here and now, from the files at these paths where they are records."""
    beat = Beat(load, clock, hear)
    beat.say(_("Beginning"))
    try:
        if load.source.kind == SourceKind.STREET:
            _carry_records(load, paths, called, beat, by, clock)
        else:
            _carry_sheet(load, beat, by, clock)
    except Busy as busy:
        Load.objects.filter(pk=load.pk).update(status=LoadStage.CHECKED, progress={}, reason=str(busy)[:500])
    except (Refused, ValidationError) as refused:
        words = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        fail(load, " ".join(words))
    except OSError:
        logger.exception("Load %s could not be written.", load.pk)
        fail(
            load,
            _("The disk is full or cannot be written. Nothing has changed: free some space and start again."),
        )
    except Exception:
        logger.exception("Load %s failed.", load.pk)
        fail(
            load,
            _("The load failed. Nothing has changed: start it again, or tell who looks after Goldthread."),
        )
    load.refresh_from_db()


def fail(load: Load, words: str) -> None:
    """Mark a load under way as not loaded, and say why."""
    rows = Load.objects.filter(pk=load.pk, status=LoadStage.LOADING)
    rows.update(status=LoadStage.FAILED, progress={}, reason=words[:500])


def _carry_records(
    load: Load, paths: Sequence[Path], called: Mapping[Path, str], beat: Beat, by: User, clock: Clock
) -> None:
    brought = records.bring_in(
        load,
        paths,
        called,
        tell=beat,
        at=clock(),
        without_bad_rows=bool(load.match.get("without_faults")),
    )
    _tell(load, brought)
    if not brought.changed:
        if brought.problems:
            raise Refused(_("None of it could be loaded. What is wrong is listed below."))
        raise Refused(_("All of it is held already, just as it is. Nothing was changed and nothing doubled."))
    beat.say(_("Writing %(n)s figures") % {"n": f"{len(brought.figures):,}"}, done=0.99)
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=load.body_id)
        records.stand(load, brought, at=clock())
        _say_stood(load, by, clock())


def _tell(load: Load, brought: Brought) -> None:
    """Keep what the warehouse said of a load, before its figures stand."""
    load.problems = kept_problems(brought.problems)
    load.counts = {
        "rows": brought.rows,
        "parts": brought.parts,
        "replaced": brought.replaced,
        "same": brought.same,
        "wrong": len(brought.problems),
        "told": [[each.where, each.message] for each in brought.notes[:200]],
        "told_all": len(brought.notes),
    }
    if brought.error_file is not None and brought.error_file.exists():
        with brought.error_file.open("rb") as file:
            load.error_file = vault.keep(file.read(64 * 2**20))
    load.save(update_fields=["problems", "counts", "error_file"])


def _carry_sheet(load: Load, beat: Beat, by: User, clock: Clock) -> None:
    beat.say(_("Reading and checking every row"), done=0.2)
    _sheet, _choice, found = found_in(load, clock())
    if found.faults and not load.match.get("without_faults"):
        raise Refused(
            _("Since it was checked something else has changed: it has faults now. Check it again.")
        )
    beat.say(_("Writing %(n)s figures") % {"n": f"{len(found.figures):,}"}, done=0.8)
    people = {(area.pk, year): (area, year, number) for area, year, number in found.populations}
    if not found.figures and not people:
        raise Refused(_("There is nothing in it that could be loaded."))
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=load.body_id)
        changes = compared(found.figures, standing_now(each.key for each in found.figures))
        make_stand(load, _once(found.figures), populations=list(people.values()), changes=changes, at=clock())
        _say_stood(load, by, clock())
    if people:
        why = _("Rates reckoned again with “%(name)s”") % {"name": load.name}
        recount(body=load.body, why=why, by=by, at=clock(), only_rates=True)


def _once(figures: Sequence[Fresh]) -> list[Fresh]:
    return list({each.key: each for each in figures}.values())


def _say_stood(load: Load, by: User, at: datetime) -> None:
    changes = load.counts["changes"]
    facts = {name: changes[name] for name in ("new", "revised", "unchanged")}
    record(load, "let figures stand", by=by, at=at, body=load.body, figures_seal=load.figures_seal, **facts)


@transaction.atomic
def undo(*, load: Load, reason: str, by: User, at: datetime) -> None:
    """Take all figures of a load back at once; those from before count again. What a board saw stays."""
    require(by, Ability.LOAD_FIGURES, load.body, on=localdate(at))
    load = Load.objects.select_for_update().select_related("source", "body").get(pk=load.pk)
    if load.status != LoadStage.STANDING:
        raise ValidationError(_("Only a load that stands can be undone."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is undone.")})
    load.status, load.undone_at, load.undone_by = LoadStage.UNDONE, at, by.name
    load.undone_reason = reason.strip()[:500]
    load.save(update_fields=["status", "undone_at", "undone_by", "undone_reason"])
    record(load, "undid figures", by=by, at=at, body=load.body, reason=load.undone_reason)
    _settle(load, records.withdraw, _("Counted again after “%(name)s” was undone"), by, at)


@transaction.atomic
def redo(*, load: Load, by: User, at: datetime) -> None:
    """Let an undone load stand again, in its old place among the others."""
    require(by, Ability.LOAD_FIGURES, load.body, on=localdate(at))
    load = Load.objects.select_for_update().select_related("source", "body").get(pk=load.pk)
    if load.status != LoadStage.UNDONE:
        raise ValidationError(_("Only a load that was undone can be brought back."))
    load.status, load.undone_at, load.undone_by, load.undone_reason = LoadStage.STANDING, None, "", ""
    load.save(update_fields=["status", "undone_at", "undone_by", "undone_reason"])
    record(load, "brought figures back", by=by, at=at, body=load.body)
    _settle(load, records.bring_back, _("Counted again after “%(name)s” was brought back"), by, at)


def _settle(load: Load, move: Callable[..., records.Moved], words: str, by: User, at: datetime) -> None:
    """Let records follow their load, and count again whatever rested on them."""
    why = words % {"name": load.name}
    try:
        moved = move(load, at=at) if load.source.kind == SourceKind.STREET else set()
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    if moved:
        recount_everywhere(why=why, moved=moved, by=by, at=at, first=load.body)
    elif load.source.kind == SourceKind.POPULATION:
        recount(body=load.body, why=why, by=by, at=at, only_rates=True)


def mark_interrupted(*, at: datetime) -> int:
    """Mark the loads whose worker died, so that a person starts them again; says how many."""
    found = [load for load in Load.objects.filter(status=LoadStage.LOADING, begun_at__lte=at - STALE)]
    stale = [load for load in found if is_stale(load, at)]
    for load in stale:
        fail(load, interrupted_words())
    return len(stale)
