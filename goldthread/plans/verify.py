"""Recompute every seal of plans, and name each row that does not bear out its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from goldthread.audit.models import Event
from goldthread.audit.verify import register
from goldthread.core.governance.stages import Stage, State, stage_of
from goldthread.core.problems import Problem
from goldthread.core.text import numbers, read_section, section_seal, section_wording
from goldthread.plans.models import (
    Bundle,
    ChangeRequest,
    CrossReference,
    DocumentKind,
    Edition,
    GateEvidence,
    Pin,
    SectionChange,
    SectionVersion,
)
from goldthread.plans.queries import current_seal, standings_of
from goldthread.plans.seals import bundle_seal, edition_record_seal, evidence_seal, name_of, seal_kept
from goldthread.plans.texts import text_of, words_in_section

Rows = Callable[[], QuerySet[Any]]


def versions() -> Iterator[Problem]:
    """Every version of a section whose words, seal and key do not agree."""
    for version in SectionVersion.objects.select_related("document").iterator(chunk_size=500):
        where = f"Section version {version.pk}, “{version.title}” in {version.document}"
        section, problems = read_section(version.form)
        if problems or section_seal(section) != version.seal or section.key != version.key:
            yield Problem(where, "Its words are not those that were sealed.", "section-altered")
        elif (section_wording(section), section.title[:300], words_in_section(section)) != (
            version.wording,
            version.title,
            version.word_count,
        ):
            yield Problem(where, "Its title or wording mark is not that of its words.", "section-altered")


def editions() -> Iterator[Problem]:
    """Every edition whose text, record or stage does not agree with what was fixed."""
    for edition in Edition.objects.select_related("document").iterator(chunk_size=100):
        where = f"Edition {edition.pk}, “{edition}”"
        try:
            yield from tuple(_edition(edition, where))
        except (TypeError, ValueError, KeyError, AttributeError):
            yield Problem(where, "What it rests on can no longer be read.", "edition-altered")


def _edition(edition: Edition, where: str) -> Iterator[Problem]:
    if edition.is_sealed:
        yield from _sealed(edition, where)
    elif edition.document.kind == DocumentKind.PLAN and edition.stage != stage_of(standings_of(edition)):
        yield Problem(where, "Its stage is not the one that its evidence allows.", "stage-altered")


def _sealed(edition: Edition, where: str) -> Iterator[Problem]:
    if current_seal(edition)[0] != edition.seal:
        yield Problem(where, "Its text is not the one that was issued.", "edition-altered")
    elif not _in_place(edition):
        yield Problem(where, "Its sections are not where they were placed.", "edition-altered")
    elif numbers(text_of(edition)) != edition.printed:
        yield Problem(where, "Its printed numbers are not those of its text.", "edition-altered")
    if edition_record_seal(edition) != edition.record_seal:
        yield Problem(where, "Its label, date or another fact fixed at issue was altered.", "edition-altered")
    if edition.document.kind == DocumentKind.PLAN:
        for standing in standings_of(edition):
            if standing.state is not State.MET:
                yield Problem(where, f"It was issued without this: {standing.gate.asks}", "gate-missing")


def _in_place(edition: Edition) -> bool:
    """Whether sections stand at 1, 2, 3… and each says what was written for this document."""
    placed = list(edition.placements.order_by("position").values_list("position", "version__document"))
    return placed == [(position, edition.document_id) for position in range(1, len(placed) + 1)]


def evidence() -> Iterator[Problem]:
    """Every piece of evidence, and every bundle, that was altered since it was given."""
    for row in GateEvidence.objects.select_related("edition__document").iterator(chunk_size=500):
        if evidence_seal(row) != row.record_seal:
            yield Problem(
                f"Evidence {row.pk} for “{row.edition}”", "It is not as it was recorded.", "evidence-altered"
            )
    for bundle in Bundle.objects.select_related("edition__document").iterator(chunk_size=500):
        if bundle_seal(bundle) != bundle.seal:
            yield Problem(
                f"Bundle {bundle.pk} for “{bundle.edition}”", "It is not as it was sent.", "bundle-altered"
            )


def one_in_force() -> Iterator[Problem]:
    """Every superseded edition with none after it, and every second edition marked as in force."""
    rows = Edition.objects.issued().order_by("document", "issued_on", "pk")
    newest: dict[int, Edition] = {}
    for edition in rows.select_related("document"):
        newest[edition.document_id] = edition
    for edition in rows.select_related("document"):
        should = Stage.ISSUED if newest[edition.document_id].pk == edition.pk else Stage.SUPERSEDED
        if edition.stage != should:
            yield Problem(
                f"Edition {edition.pk}, “{edition}”", f"It should be marked {should}.", "stage-altered"
            )


def rows_as_recorded(app: str, kept: Iterable[Rows], seal: Callable[[Model], str]) -> Iterator[Problem]:
    """Every kept row of an app that is not as the record knows it, or that is in only one of the two."""
    known: dict[str, str] = {}
    facts = Event.objects.filter(thing_type__startswith=f"{app}.").order_by("number")
    for each in facts.values_list("facts", flat=True).iterator(chunk_size=500):
        known.update(each.get("rows", {}))
    for rows in kept:
        for row in rows().iterator(chunk_size=500):
            name = name_of(row)
            recorded = known.pop(name, "")
            if not recorded:
                yield Problem(f"{name}, “{row}”", "The record does not know of it.", "row-added")
            elif recorded != seal(row):
                yield Problem(f"{name}, “{row}”", "It is not as the record knows it.", "row-altered")
    for name in known:
        yield Problem(name, "The record knows of it, but it is no longer here.", "row-removed")


def record_of_rows() -> Iterator[Problem]:
    """Every kept row of plans that is not as the record knows it."""
    return rows_as_recorded("plans", KEPT, seal_kept)


KEPT = (
    Edition.objects.select_related("document").issued,
    GateEvidence.objects.all,
    Bundle.objects.all,
    SectionChange.objects.all,
    ChangeRequest.objects.all,
    CrossReference.objects.all,
    Pin.objects.all,
)
"""Every row that is kept as it was written."""


def register_own() -> None:
    """Let ``goldthread verify`` recompute every seal of plans."""
    for name, check in (
        ("section versions", versions),
        ("editions", editions),
        ("evidence", evidence),
        ("editions in force", one_in_force),
        ("the record of rows", record_of_rows),
    ):
        register(name, check)
