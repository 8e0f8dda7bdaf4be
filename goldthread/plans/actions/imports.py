"""Files handed in: taken into keeping, read aside, reviewed, then kept or put away."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record, vault
from goldthread.core.compare import compare
from goldthread.core.compare.carry import carry_keys
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Kind, Prose, Section, Text, Typed, read_section, section_form
from goldthread.files.apart import read_in_child
from goldthread.files.refused import Refused
from goldthread.files.sections import UNTITLED, Recognised, to_text
from goldthread.files.tree import ReadDocument
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.plans.actions.editions import create_document, start_edition
from goldthread.plans.actions.gates import adopt
from goldthread.plans.models import Document, DocumentKind, Edition, FileImport, How, ImportStage
from goldthread.plans.queries import working_edition
from goldthread.plans.texts import Flat, flatten, nest, text_of

LARGEST = 50 * 1024 * 1024
FAILED = "It makes the reader fail. Open it in Word, save it as a new .docx file and hand that in."
logger = logging.getLogger(__name__)


@transaction.atomic
def hand_in(
    *,
    body: Body,
    name: str,
    content: bytes,
    kind: DocumentKind,
    into: Document | None,
    by: User,
    at: datetime,
) -> FileImport:
    """Take a file into keeping, to be read aside. Nothing of it is in any plan yet."""
    require(by, Ability.IMPORT_FILE, body, on=localdate(at))
    if not content:
        raise ValidationError({"file": "The file is empty. It may not have been sent whole: try again."})
    if len(content) > LARGEST:
        raise ValidationError({"file": f"The file is larger than {LARGEST // 2**20} MB."})
    if into is not None and (into.body_id != body.pk or into.kind != kind):
        raise ValidationError({"into": "That document is of another kind. Choose one of the same kind."})
    handed = FileImport.objects.create(
        body=body,
        name=name[:255],
        size=len(content),
        sha256=vault.keep(content),
        kind=kind,
        into=into,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    record(handed, "handed in file", by=by, at=at, body=body, sha256=handed.sha256)
    return handed


def read_file(*, pk: int, at: datetime) -> None:
    """Read a file that waits, in a process of its own; does nothing where it is not waiting.

    Claims the file by a conditional update, so that two workers never read it at once, and
    may be called again after a worker was killed. Whatever goes wrong, the file does not stay
    in reading: it is refused, with the reason.
    """
    waiting = FileImport.objects.filter(pk=pk, stage__in=(ImportStage.WAITING, ImportStage.READING))
    if not waiting.update(stage=ImportStage.READING, begun_at=at):
        return
    handed = FileImport.objects.get(pk=pk)
    try:
        document = read_in_child(vault.read(handed.sha256), name=handed.name)
        understood = _understood(_recognised(document, handed.name), document)
        for content in document.images.values():
            vault.keep(content)
        handed.stage, handed.understood = ImportStage.READ, understood
    except (Refused, vault.Missing, vault.Altered) as refusal:
        handed.stage, handed.reason = ImportStage.REFUSED, str(refusal)
    except vault.CannotKeep as failure:
        handed.stage, handed.reason = ImportStage.REFUSED, failure.message
    except Exception:
        logger.exception("Reading %s failed.", handed.sha256)
        handed.stage, handed.reason = ImportStage.REFUSED, FAILED
    FileImport.objects.filter(pk=pk, stage=ImportStage.READING).update(
        stage=handed.stage, reason=handed.reason, understood=handed.understood
    )


def _recognised(document: ReadDocument, name: str) -> Recognised:
    """The text of a file; one that bears no title is called after the file."""
    found = to_text(document)
    if found.text.title != UNTITLED:
        return found
    words = PurePath(name).stem.replace("_", " ").strip()
    return to_text(document, title=words) if words else found


def _understood(recognised: Recognised, document: ReadDocument) -> dict[str, Any]:
    return {
        "title": recognised.text.title,
        "lang": recognised.text.lang,
        "sections": [[each.depth, section_form(each.section)] for each in flatten(recognised.text)],
        "printed": dict(recognised.printed),
        "left_out": [[each.place, each.message] for each in recognised.left_out],
        "warnings": [
            *([each.place, each.message] for each in document.warnings),
            *([each.where, each.message] for each in recognised.problems),
        ],
        "images": sorted(document.images),
    }


def understood_text(handed: FileImport) -> Text:
    """The text that was understood of a file that was read."""
    kept = handed.understood
    flat = [Flat(depth, read_section(form)[0]) for depth, form in kept["sections"]]
    return nest(kept["title"], kept["lang"], flat)


@transaction.atomic
def keep_import(
    *,
    handed: FileImport,
    title: str,
    label: str,
    made_by: str,
    dated: date,
    plain: Collection[str],
    by: User,
    at: datetime,
    based_on: Edition | None = None,
) -> Edition:
    """Keep what was understood as a new edition; typed blocks whose keys are ``plain`` become paragraphs.

    A new version of a document takes over the keys of what it is a version of: the edition
    ``based_on``, or else the one being worked on. A strategy or paper is fixed at its date; a
    plan becomes a draft.
    """
    require(by, Ability.IMPORT_FILE, handed.body, on=localdate(at))
    claimed = FileImport.objects.filter(pk=handed.pk, stage=ImportStage.READ)
    if not claimed.update(stage=ImportStage.KEPT):
        raise ValidationError(
            "This file is not waiting to be kept. It may have been kept or put away already."
        )
    text = settled_text(understood_text(handed), title, frozenset(plain))
    if not text.sections:
        raise ValidationError("No words were found in this file, so there is nothing of it to keep.")
    document = handed.into or create_document(
        body=handed.body,
        kind=DocumentKind(handed.kind),
        title=title,
        made_by=made_by,
        by=by,
        at=at,
        runs_from=dated if handed.kind == DocumentKind.PLAN else None,
    )
    parent = based_on or working_edition(document)
    if parent is not None:
        text = carry_keys(compare(text_of(parent), text))
    edition = start_edition(
        document=document, label=label, parent=parent, text=text, by=by, at=at, how=How.IMPORTED
    )
    if document.kind != DocumentKind.PLAN:
        adopt(edition=edition, on=dated, by=by, at=at)
    claimed_now = FileImport.objects.get(pk=handed.pk)
    claimed_now.edition = edition
    claimed_now.save(update_fields=["edition"])
    record(handed, "kept file", by=by, at=at, body=handed.body, edition=str(edition), sha256=handed.sha256)
    return edition


def settled_text(text: Text, title: str, plain: frozenset[str]) -> Text:
    """A text under the title given, the typed blocks whose keys are ``plain`` turned into paragraphs."""
    flat = [Flat(each.depth, _plainer(each.section, plain)) for each in flatten(text)]
    return nest(title.strip() or text.title, text.lang, flat)


def _plainer(section: Section, plain: frozenset[str]) -> Section:
    """The section with the chosen typed blocks turned back into paragraphs, no word lost."""
    blocks = tuple(
        Prose(block.key, Kind.PARAGRAPH, block.runs, lang=block.lang)
        if isinstance(block, Typed) and block.key in plain and not block.fields
        else block
        for block in section.blocks
    )
    return Section(section.key, section.title, blocks, (), section.numbered, section.lang)


@transaction.atomic
def discard_import(*, handed: FileImport, by: User, at: datetime) -> None:
    """Put a file away without keeping anything of it in a document."""
    require(by, Ability.IMPORT_FILE, handed.body, on=localdate(at))
    open_stages = (ImportStage.WAITING, ImportStage.READING, ImportStage.READ, ImportStage.REFUSED)
    if not FileImport.objects.filter(pk=handed.pk, stage__in=open_stages).update(stage=ImportStage.DISCARDED):
        raise ValidationError("This file has been dealt with already.")
    record(handed, "put file away", by=by, at=at, body=handed.body)
