"""Recompute every seal of delivery, and name each row that does not bear out its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch

from goldthread.audit import vault
from goldthread.audit.verify import register
from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.problems import Problem
from goldthread.delivery.actions.scales import scale_seal
from goldthread.delivery.actions.signing import update_seal
from goldthread.delivery.freezing import frozen_reports
from goldthread.delivery.models import (
    Approval,
    Change,
    Evidence,
    HandOver,
    Period,
    PeriodLine,
    Priority,
    PriorityMeasure,
    PriorityVersion,
    Serves,
    StatusScale,
    Update,
)
from goldthread.delivery.serving import Place, places_of
from goldthread.delivery.snapshots import period_seal, read_line
from goldthread.delivery.wording import wording_of
from goldthread.plans.seals import seal_kept
from goldthread.plans.verify import rows_as_recorded


def versions() -> Iterator[Problem]:
    """Every version of a priority that does not say what was sealed, or whose number follows no other."""
    expected: dict[int, int] = {}
    rows = PriorityVersion.objects.select_related("priority", "lead_office").order_by("priority", "number")
    for row in rows.iterator(chunk_size=500):
        where = f"Version {row.number} of priority {row.priority}"
        expected[row.priority_id] = expected.get(row.priority_id, 0) + 1
        if wording_of(row).seal != row.seal:
            yield Problem(where, "It does not say what was kept.", "priority-altered")
        if row.number != expected[row.priority_id]:
            yield Problem(where, f"Version {expected[row.priority_id]} is missing.", "priority-missing")
            expected[row.priority_id] = row.number


def approvals() -> Iterator[Problem]:
    """Every approval that no longer fits its decision, and every priority that does not rest on its last."""
    approved = Approval.objects.select_related("decision", "version").order_by("pk")
    rows = Priority.objects.prefetch_related(Prefetch("approvals", queryset=approved))
    for priority in rows.iterator(chunk_size=200):
        where = f"Priority {priority}"
        found = list(priority.approvals.all())
        for row in found:
            if row.decision_seal != row.decision.seal or row.version.priority_id != priority.pk:
                yield Problem(where, "It was approved by another decision.", "approval-altered")
        last = found[-1] if found else None
        said = (priority.decision_id, priority.approved_version_id, priority.approved_on)
        if said != ((last.decision_id, last.version_id, last.on) if last else (None, None, None)):
            yield Problem(where, "What it says of its approval is not what was decided.", "approval-altered")


def pins() -> Iterator[Problem]:
    """Every pledge or section that an issued edition does not have in the words that were pinned."""
    rows = Serves.objects.select_related("edition__document", "priority")
    said: dict[int, dict[tuple[str, str], Place]] = {}
    for row in (
        rows.filter(edition__sealed_at__isnull=False).order_by("edition", "pk").iterator(chunk_size=200)
    ):
        if row.edition_id not in said:
            said = {row.edition_id: {each[:2]: each for each in places_of(row.edition)}}
        place = said[row.edition_id].get((row.section_key, row.block_key))
        if place is None or (place.seal, place.words) != (row.seal, row.words):
            where = f"What priority {row.priority} serves, “{row.label}”"
            yield Problem(where, "The edition does not say what was pinned.", "pin-altered")


def updates() -> Iterator[Problem]:
    """Every update that is not as it was signed off, every altered scale, every file that is lost."""
    for row in Update.objects.filter(stage=UpdateStage.SIGNED).iterator(chunk_size=500):
        if update_seal(row) != row.seal:
            yield Problem(f"Update {row.pk}", "It is not as it was signed off.", "update-altered")
    for scale in StatusScale.objects.iterator(chunk_size=200):
        if scale_seal(scale) != scale.seal:
            yield Problem(f"Scale {scale.pk}, “{scale}”", "It was altered.", "scale-altered")
    kept = Evidence.objects.exclude(sha256="").values_list("pk", "sha256")
    yield from vault.missing((f"Evidence {pk}", seal) for pk, seal in kept.iterator())


def periods() -> Iterator[Problem]:
    """Every closed period that is not as it was closed."""
    lines = PeriodLine.objects.order_by("position")
    rows = Period.objects.filter(closed_at__isnull=False).prefetch_related(Prefetch("lines", queryset=lines))
    for row in rows.iterator(chunk_size=10):
        found = list(row.lines.all())
        broken = [line.number for line in found if read_line(line).seal != line.seal]
        if broken:
            words = f"These lines are not as they were closed: {', '.join(broken)}."
            yield Problem(f"Period {row.pk}, “{row}”", words, "period-altered")
        elif period_seal(row, (line.seal for line in found)) != row.seal:
            words = "It does not hold what it held when it was closed."
            yield Problem(f"Period {row.pk}, “{row}”", words, "period-altered")


KEPT = (
    PriorityVersion.objects.all,
    Approval.objects.all,
    Serves.objects.all,
    PriorityMeasure.objects.all,
    Change.objects.all,
    StatusScale.objects.all,
    HandOver.objects.all,
    lambda: Update.objects.filter(stage=UpdateStage.SIGNED),
)
"""Every row of delivery that is kept as it was written and named in the record."""


def record_of_rows() -> Iterator[Problem]:
    """Every kept row of delivery that is not as the record knows it."""
    return rows_as_recorded("delivery", KEPT, seal_kept)


def register_own() -> None:
    """Let ``goldthread verify`` recompute every seal of delivery."""
    for name, check in (
        ("priorities", versions),
        ("approvals of priorities", approvals),
        ("what priorities serve", pins),
        ("updates", updates),
        ("closed periods", periods),
        ("frozen reports", frozen_reports),
        ("the record of delivery", record_of_rows),
    ):
        register(name, check)
