"""What is attached to a paper: checked for what it hides, replaced, marked, taken off."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.core.problems import Problem
from goldthread.files.apart import read_in_child
from goldthread.files.hidden import check_in_child
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind
from goldthread.meetings.actions.accepting import check_marking
from goldthread.meetings.actions.paper_rows import locked, require_writer
from goldthread.meetings.appendices import (
    appendix_pdf,
    appendix_text,
    fit_for_public,
    frozen_text,
    kind_of_file,
    leak_findings,
)
from goldthread.meetings.models import Appendix, Paper
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.keepers import require_of
from goldthread.plans.models import Edition
from goldthread.plans.queries import current_seal

__all__ = [
    "appendix_pdf",
    "appendix_text",
    "attach",
    "attach_again",
    "attach_edition",
    "fit_for_public",
    "mark_appendix",
    "remove",
    "replace",
    "settle_finding",
]

LARGEST = 50 * 1024 * 1024
ENDINGS = {"docx": ".docx", "odt": ".odt", "pdf": ".pdf"}
CHECKED = ("docx", "pdf")
SECONDS = 40
SPREADSHEET = (
    "It is a spreadsheet, which cannot go into a pack. Save the sheets that matter as PDF and attach that."
)


def attach(
    *, paper: Paper, label: str, title: str, name: str, content: bytes, by: User, at: datetime
) -> Appendix:
    """Attach a Word, OpenDocument or PDF file, having looked in a process of its own at what it hides.

    What it hides is kept with it and named; until that is resolved the public is not given it.
    Refused where it is locked, damaged, empty, too large or of another kind. It may take seconds,
    so call it before a transaction, never inside one.
    """
    require_writer(by, paper, at)
    name, found = looked_at(name, content)
    with transaction.atomic():
        fresh = locked(paper)
        require_writer(by, fresh, at)
        appendix = _add(fresh, label, title, by, at)
        _put(appendix, name, content, found)
        appendix.save()
        facts = {"sha256": appendix.sha256, "hides": [each.code for each in found]}
        record(fresh, "attached file", by=by, at=at, body=fresh.board.body, **facts)
    return appendix


@transaction.atomic
def attach_edition(
    *, paper: Paper, label: str, title: str, edition: Edition, by: User, at: datetime
) -> Appendix:
    """Attach the whole text of an edition exactly as it stands now, pinned by its seal and kept for good."""
    fresh = locked(paper)
    require_writer(by, fresh, at)
    require_of(by, Ability.READ_DRAFTS, edition.document, localdate(at))
    if edition.document.body_id != fresh.board.body_id:
        raise ValidationError({"edition": "Choose an edition of a document of the same body."})
    appendix = _add(fresh, label, title or edition.title, by, at)
    frozen = frozen_text(edition)
    appendix.edition, appendix.edition_seal = edition, current_seal(edition)[0]
    appendix.sha256, appendix.size = vault.keep(frozen), len(frozen)
    appendix.save()
    facts = {"edition": edition.pk, "seal": appendix.edition_seal}
    record(fresh, "attached edition", by=by, at=at, body=fresh.board.body, **facts)
    return appendix


@transaction.atomic
def attach_again(*, appendix: Appendix, by: User, at: datetime) -> Appendix:
    """Attach the text of the same edition as it stands now; what was handed in before keeps its own."""
    fresh = locked(appendix.paper)
    require_writer(by, fresh, at)
    row = _living(appendix)
    if row.edition is None:
        raise ValidationError("That is a file. Replace it by another.")
    require_of(by, Ability.READ_DRAFTS, row.edition.document, localdate(at))
    frozen = frozen_text(row.edition)
    row.edition_seal = current_seal(row.edition)[0]
    row.sha256, row.size = vault.keep(frozen), len(frozen)
    row.save(update_fields=["edition_seal", "sha256", "size"])
    facts = {"edition": row.edition_id, "seal": row.edition_seal}
    record(fresh, "attached edition again", by=by, at=at, body=fresh.board.body, **facts)
    return row


def replace(*, appendix: Appendix, name: str, content: bytes, by: User, at: datetime) -> Appendix:
    """Put another file in the place of one that is attached; what was handed in before keeps its own."""
    require_writer(by, appendix.paper, at)
    name, found = looked_at(name, content)
    with transaction.atomic():
        fresh = locked(appendix.paper)
        require_writer(by, fresh, at)
        row = _living(appendix)
        _put(row, name, content, found)
        row.edition, row.edition_seal = None, ""
        row.save(update_fields=["name", "sha256", "size", "problems", "edition", "edition_seal"])
        facts = {"sha256": row.sha256, "hides": [each.code for each in found]}
        record(fresh, "replaced file", by=by, at=at, body=fresh.board.body, **facts)
    return row


@transaction.atomic
def remove(*, appendix: Appendix, by: User, at: datetime) -> None:
    """Take something off a paper; versions that were handed in with it keep it."""
    fresh = locked(appendix.paper)
    require_writer(by, fresh, at)
    row = _living(appendix)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    appendix.removed_at = at
    record(fresh, "took off file", by=by, at=at, body=fresh.board.body, appendix=row.pk)


@transaction.atomic
def mark_appendix(
    *,
    appendix: Appendix,
    marking: str,
    by: User,
    at: datetime,
    reason_code: str = "",
    reason_words: str = "",
) -> None:
    """Mark what is attached apart from its paper; an empty marking lets it go as far as the paper does."""
    paper, on = appendix.paper, localdate(at)
    require(by, Ability.MARK_EXEMPT, paper.board.body, on=on)
    row = _living(appendix)
    if marking:
        review = paper.review_on or on if marking == Marking.EXEMPT else None
        check_marking(paper.board, marking, reason_code, by, review, on)
    row.marking = marking
    row.reason_code = reason_code if marking == Marking.EXEMPT else ""
    row.reason_words = reason_words.strip()[:500] if marking == Marking.EXEMPT else ""
    row.save(update_fields=["marking", "reason_code", "reason_words"])
    facts = {"appendix": row.pk, "marking": marking, "reason": row.reason_code}
    record(paper, "marked file", by=by, at=at, body=paper.board.body, **facts)


@transaction.atomic
def settle_finding(*, appendix: Appendix, code: str, words: str, by: User, at: datetime) -> None:
    """Let pass something that a file carries, with the reason; only what the public may well be shown.

    Hidden text, comments, tracked changes and the like cannot be let pass: mend the file and replace it.
    """
    require(by, Ability.MARK_EXEMPT, appendix.paper.board.body, on=localdate(at))
    row = _living(appendix)
    found = {each.code: each for each in leak_findings(row)}
    if code not in found:
        raise ValidationError("That was not found in this file. It may have been replaced meanwhile.")
    if not found[code].resolvable:
        raise ValidationError("This cannot be let pass. Take it out of the file, then replace the file.")
    if not words.strip():
        raise ValidationError({"words": "Say why it may go to the public."})
    said = f"{words.strip()} ({by.name}, {localdate(at):%-d %B %Y})"
    row.problems = [[*each[:3], said] if each[0] == code else each for each in row.problems]
    row.save(update_fields=["problems"])
    appendix.problems = row.problems
    facts = {"appendix": row.pk, "sha256": row.sha256, "code": code, "kept_back": {"reason": words.strip()}}
    record(appendix.paper, "let pass in file", by=by, at=at, body=appendix.paper.board.body, **facts)


def _living(appendix: Appendix) -> Appendix:
    """The row as it is now, held; refused where it was taken off."""
    Appendix.objects.select_for_update().get(pk=appendix.pk)
    row = Appendix.objects.select_related("paper__board__body").get(pk=appendix.pk)
    if row.removed_at is not None:
        raise ValidationError("It was taken off the paper already.")
    return row


def _add(paper: Paper, label: str, title: str, by: User, at: datetime) -> Appendix:
    if not label.strip():
        raise ValidationError({"label": "Say how it is cited in the paper, such as “Appendix A”."})
    if not title.strip():
        raise ValidationError({"title": "Give it a title."})
    living = paper.appendices.filter(removed_at=None)
    if any(each.label.casefold() == label.strip().casefold() for each in living):
        raise ValidationError(
            {"label": f"“{label.strip()}” is attached already. Replace it, or choose another label."}
        )
    last = paper.appendices.aggregate(last=Max("position"))["last"] or 0
    return Appendix(
        paper=paper,
        position=last + 1,
        label=label.strip()[:40],
        title=title.strip()[:200],
        added_at=at,
        added_by=by.name,
    )


def _put(appendix: Appendix, name: str, content: bytes, found: tuple[Problem, ...]) -> None:
    appendix.name, appendix.sha256, appendix.size = name, vault.keep(content), len(content)
    appendix.problems = [[each.code, each.where, each.message] for each in found]


def looked_at(name: str, content: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The name with the ending that its bytes deserve, and what it hides; refused where it cannot be kept."""
    if not content:
        raise ValidationError({"file": "The file is empty. It may not have been sent whole: try again."})
    if len(content) > LARGEST:
        raise ValidationError({"file": f"The file is larger than {LARGEST // 2**20} MB. Split it."})
    if content.startswith(b"PK") and b"xl/workbook" in content:
        raise ValidationError({"file": SPREADSHEET})
    try:
        kind = kind_of_file(content)
        if kind not in ENDINGS:
            raise Refused(
                "Only Word, OpenDocument and PDF files can be attached.", "Save it as one of those."
            )
        found = check_in_child(content, name, seconds=SECONDS) if kind in CHECKED else ()
        if kind != "pdf":
            found = (*found, *_unread(content, name, found))
    except Refused as refusal:
        raise ValidationError({"file": _told(refusal)}) from None
    return PurePath(name).stem[:240] + ENDINGS[kind], found


def _unread(content: bytes, name: str, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Reads a document as packs will, so that one which cannot be read is refused now; its comments."""
    document = read_in_child(content, name=name)
    known = {each.code for each in found}
    comments = [block for block in document.blocks if block.kind is BlockKind.COMMENT]
    if not comments or "comments" in known:
        return ()
    words = f"{len(comments)} comments. Delete them all, save the file and replace it here."
    return (Problem(comments[0].place, words, "comments"),)


def _told(refusal: Refused) -> str:
    return str(refusal).replace("upload", "attach").replace("check that", "attach that")
