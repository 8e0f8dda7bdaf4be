"""Files that show what an update says: looked into before they are kept, and taken off again."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.problems import Problem
from goldthread.delivery.actions.asking import Giver, giver_of
from goldthread.delivery.actions.keeping import kept_row
from goldthread.delivery.models import Evidence, KeptUpdate, Update, UpdateLink
from goldthread.delivery.updates import Subject, body_of
from goldthread.meetings.actions.attachments import looked_at
from goldthread.people.models import User

MOST = 6
"""How many files one update may carry."""


def add_evidence(
    *,
    subject: Subject,
    name: str,
    content: bytes,
    by: User | None = None,
    link: UpdateLink | None = None,
    at: datetime,
) -> Evidence:
    """Keep a Word, OpenDocument or PDF file with the words that somebody is typing about a thing.

    What it hides is named beside it. Refused where it is locked, damaged, empty or too large. It may
    take seconds, so call it before a transaction, never inside one.
    """
    giver = giver_of(subject, by=by, link=link, at=at)
    name, found = looked_at(name, content)
    with transaction.atomic():
        kept = kept_row(subject, by=by, link=link, at=at)
        if kept.evidence.filter(removed_at__isnull=True).count() >= MOST:
            words = _("An update carries %(most)d files at most. Take one off first.")
            raise ValidationError({"file": words % {"most": MOST}})
        row = Evidence(kept=kept)
        _keep(row, name, content, found, giver, at)
        facts = {"sha256": row.sha256, "hides": [each.code for each in found], "given_by": giver.name}
        record(subject, "added evidence", by=by, at=at, body=body_of(subject), **facts)
    return row


@transaction.atomic
def remove_evidence(
    *,
    evidence: Evidence,
    subject: Subject,
    by: User | None = None,
    link: UpdateLink | None = None,
    at: datetime,
) -> None:
    """Take a file off again while the words that it goes with are still being typed."""
    giver = giver_of(subject, by=by, link=link, at=at)
    kept = kept_row(subject, by=by, link=link, at=at)
    row = kept.evidence.select_for_update().filter(pk=evidence.pk, removed_at__isnull=True).first()
    if row is None:
        raise ValidationError(_("This file was taken off already, or given with an update."))
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    facts = {"sha256": row.sha256, "given_by": giver.name}
    record(subject, "took off evidence", by=by, at=at, body=body_of(subject), **facts)


def look_into(files: tuple[tuple[str, bytes], ...]) -> tuple[tuple[str, bytes, tuple[Problem, ...]], ...]:
    """Files with the names they deserve and what they hide, before any transaction."""
    looked = ((looked_at(name, content), content) for name, content in files)
    return tuple((name, content, found) for (name, found), content in looked)


def hang_on(
    update: Update,
    kept: KeptUpdate | None,
    files: tuple[tuple[str, bytes, tuple[Problem, ...]], ...],
    giver: Giver,
    at: datetime,
) -> list[Evidence]:
    """Move what was kept while typing to the update, and add what came with it."""
    if kept is not None:
        kept.evidence.filter(removed_at__isnull=True).update(update=update, kept=None)
    for name, content, found in files:
        _keep(Evidence(update=update), name, content, found, giver, at)
    rows = list(update.evidence.all())
    if len(rows) > MOST:
        words = _("An update carries %(most)d files at most. Leave some out.")
        raise ValidationError({"evidence": words % {"most": MOST}})
    return rows


def _keep(
    row: Evidence, name: str, content: bytes, found: tuple[Problem, ...], giver: Giver, at: datetime
) -> None:
    row.name, row.sha256, row.size = name, vault.keep(content), len(content)
    row.problems = [[each.code, each.where, each.message] for each in found]
    row.added_at, row.added_by = at, giver.name
    row.save(force_insert=True)
