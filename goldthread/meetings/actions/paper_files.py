"""Papers handed in as files: taken into keeping, read aside, reviewed, then kept as papers or put away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text
from goldthread.meetings.actions.papers import NOTHING, begin_paper
from goldthread.meetings.headers import Recognised, recognise_header
from goldthread.meetings.models import AgendaItem, Board, Paper, PaperFile
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import User
from goldthread.plans.actions.imports import LARGEST, settled_text, understood_text
from goldthread.plans.models import DocumentKind, FileImport, ImportStage

OPEN = (ImportStage.WAITING, ImportStage.READING, ImportStage.READ, ImportStage.REFUSED)


@transaction.atomic
def hand_in_paper(
    *, board: Board, item: AgendaItem | None, name: str, content: bytes, by: User, at: datetime
) -> PaperFile:
    """Take a file into keeping, to be read aside. Nobody but whoever handed it in sees what it says."""
    require(by, Ability.WRITE_PAPER, board.body, on=localdate(at))
    if not content:
        raise ValidationError({"file": "The file is empty. It may not have been sent whole: try again."})
    if len(content) > LARGEST:
        raise ValidationError({"file": f"The file is larger than {LARGEST // 2**20} MB."})
    file = FileImport.objects.create(
        body=board.body,
        name=name[:255],
        size=len(content),
        sha256=vault.keep(content),
        kind=DocumentKind.PAPER,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    handed = PaperFile.objects.create(file=file, board=board, owner=by, item=item)
    record(handed, "handed in file for a paper", by=by, at=at, body=board.body, sha256=file.sha256)
    return handed


def understood_paper(handed: PaperFile) -> Recognised:
    """What was understood of a file that was read: its header, and its words without it."""
    return recognise_header(understood_text(handed.file))


@transaction.atomic
def keep_paper_file(
    *,
    handed: PaperFile,
    title: str,
    to: str,
    sender: str,
    dated: date | None,
    by: User,
    at: datetime,
    plain: Collection[str] = (),
    header: Mapping[str, str] = NOTHING,
) -> Paper:
    """Keep what was understood of a file as a paper, with the numbers that the file bore for proofing."""
    _own(handed, by)
    _claim(handed, ImportStage.KEPT, (ImportStage.READ,))
    found = understood_paper(handed)
    text: Text = settled_text(found.text, title, frozenset(plain))
    if not text.sections:
        raise ValidationError("No words were found in this file, so there is nothing of it to keep.")
    paper = begin_paper(
        board=handed.board,
        title=title,
        to=to,
        sender=sender,
        dated=dated,
        item=handed.item,
        text=text,
        source=handed.file.sha256,
        source_name=handed.file.name,
        printed=handed.file.understood["printed"],
        header={**_other(found.said), **header},
        by=by,
        at=at,
    )
    handed.paper = paper
    handed.save(update_fields=["paper"])
    facts = {"paper": paper.slug, "sha256": handed.file.sha256}
    record(handed, "kept file as a paper", by=by, at=at, body=handed.board.body, **facts)
    return paper


def _other(said: Mapping[str, str]) -> dict[str, str]:
    """What a header said that a paper has no column for; its printed marking is noted, and opens nothing."""
    kept = {name: words for name, words in said.items() if name not in ("to", "from", "date", "item")}
    if "marking" in kept:
        kept["printed_marking"] = kept.pop("marking")
    return kept


@transaction.atomic
def discard_paper_file(*, handed: PaperFile, by: User, at: datetime) -> None:
    """Put a file away without keeping anything of it."""
    _own(handed, by)
    _claim(handed, ImportStage.DISCARDED, OPEN)
    record(handed, "put file away", by=by, at=at, body=handed.board.body)


def _own(handed: PaperFile, by: User) -> None:
    if handed.owner_id != by.pk:
        raise NotAllowed("Whoever handed a file in keeps it or puts it away.")


def _claim(handed: PaperFile, to: ImportStage, stages: Collection[ImportStage]) -> None:
    rows = FileImport.objects.filter(pk=handed.file_id, stage__in=stages)
    if not rows.update(stage=to):
        raise ValidationError("This file has been dealt with already: it was kept, or put away.")
