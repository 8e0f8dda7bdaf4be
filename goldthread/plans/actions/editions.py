"""Begin documents and editions; say what an edition shows; who looks after a section."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.stages import Stage
from goldthread.core.text import Kind, Section, Text, new_key
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User
from goldthread.plans.models import (
    Document,
    DocumentKind,
    Edition,
    How,
    Placement,
    SectionCare,
    SectionChange,
)
from goldthread.plans.seals import sealed
from goldthread.plans.standing import settle
from goldthread.plans.texts import Flat, flatten, place_all, placements_of

HIDEABLE = (Kind.PLEDGE, Kind.KEY_MEASURE, Kind.ACTION, Kind.OUTCOME)
"""The block kinds that an edition may keep without showing."""
RESERVED_SLUGS = ("compare", "links", "new-edition", "pictures")
"""Addresses beneath a document that an edition may not take."""


@transaction.atomic
def create_document(
    *,
    body: Body,
    kind: DocumentKind,
    title: str,
    made_by: str,
    by: User,
    at: datetime,
    runs_from: date | None = None,
    next_election: date | None = None,
    lang: str = "en-GB",
) -> Document:
    """Begin a plan, strategy or paper, with no edition yet."""
    ability = Ability.MANAGE_PLAN if kind == DocumentKind.PLAN else Ability.IMPORT_FILE
    require(by, ability, body, on=localdate(at))
    document = Document.objects.create(
        body=body,
        kind=kind,
        title=_given(title, "Give the document a title."),
        slug=free_slug(title, Document.objects.values_list("slug", flat=True)),
        made_by=made_by,
        lang=lang,
        runs_from=runs_from,
        next_election=next_election,
        made_at=at,
    )
    record(document, "began", by=by, at=at, body=body, kind=str(kind))
    return document


@transaction.atomic
def start_edition(
    *,
    document: Document,
    label: str,
    by: User,
    at: datetime,
    parent: Edition | None = None,
    text: Text | None = None,
    note: str = "",
    how: How = How.ADDED,
) -> Edition:
    """Begin a draft: a copy of its parent with every key kept, or the text given."""
    ability = Ability.MANAGE_PLAN if document.kind == DocumentKind.PLAN else Ability.IMPORT_FILE
    require(by, ability, document.body, on=localdate(at))
    edition = _new_edition(document, label, parent, text, note, by, at)
    if text is not None:
        placed = place_all(edition, flatten(text), at=at)
    elif parent is not None:
        placed = Placement.objects.bulk_create(
            Placement(
                edition=edition,
                position=old.position,
                depth=old.depth,
                key=old.key,
                version_id=old.version_id,
            )
            for old in parent.placements.order_by("position")
        )
    else:
        placed = place_all(edition, (Flat(0, Section(new_key(), "Introduction")),), at=at)
    changes = _log_changes(
        edition, placed, parent if text is not None else None, how, by, at, copied=text is None
    )
    facts = {"parent": str(parent or ""), "rows": sealed(*changes)}
    record(edition, "began draft", by=by, at=at, body=document.body, **facts)
    return edition


@transaction.atomic
def begin_kept(
    *,
    body: Body,
    kind: DocumentKind,
    name: str,
    slug: str,
    text: Text,
    by: User,
    at: datetime,
    label: str = "Draft",
    how: How = How.ADDED,
) -> Edition:
    """Begin a document whose affairs another app conducts, with the one edition that holds its words.

    Asks no leave: the app that keeps it has asked, by rules of its own. ``name`` is what the record
    calls the document, whatever its words are entitled.
    """
    document = Document.objects.create(
        body=body, kind=kind, title=name, slug=slug, made_by=body.name, lang=text.lang, made_at=at
    )
    edition = _new_edition(document, label, None, text, "", by, at)
    placed = place_all(edition, flatten(text), at=at)
    changes = _log_changes(edition, placed, None, how, by, at, copied=False)
    record(edition, "began draft", by=by, at=at, body=body, rows=sealed(*changes))
    return edition


def _new_edition(
    document: Document,
    label: str,
    parent: Edition | None,
    text: Text | None,
    note: str,
    by: User,
    at: datetime,
) -> Edition:
    label = _free_label(label, document.editions.all())
    if parent is not None and parent.document_id != document.pk:
        raise ValidationError("An edition can only be based on an edition of the same document.")
    return Edition.objects.create(
        document=document,
        parent=parent,
        label=label,
        slug=free_slug(label, [*RESERVED_SLUGS, *document.editions.values_list("slug", flat=True)]),
        title=(text.title if text else "") or (parent.title if parent else document.title),
        lang=text.lang if text else document.lang,
        hidden=parent.hidden if parent else [],
        note=note,
        stage=Stage.DRAFTING,
        made_at=at,
        made_by=by.name,
    )


def _log_changes(
    edition: Edition,
    placed: list[Placement],
    parent: Edition | None,
    how: How,
    by: User,
    at: datetime,
    *,
    copied: bool,
) -> list[SectionChange]:
    """A line of history for every section that does not say what its parent's does."""
    if copied and edition.parent_id is not None:
        return []
    before = {old.key: old.version_id for old in parent.placements.all()} if parent else {}
    return SectionChange.objects.bulk_create(
        SectionChange(edition=edition, key=p.key, version_id=p.version_id, how=how, at=at, by_name=by.name)
        for p in placed
        if before.get(p.key) != p.version_id
    )


@transaction.atomic
def set_presentation(
    *, edition: Edition, hidden: Collection[Kind], title: str, note: str, by: User, at: datetime
) -> None:
    """Say which block kinds an edition shows, its title, and what changed and why.

    Hiding a kind keeps its blocks. As it changes what readers are given, gates that relied
    on the text reopen.
    """
    require(by, Ability.MANAGE_PLAN, edition.document.body, on=localdate(at))
    open_edition(edition)
    if extra := set(hidden) - set(HIDEABLE):
        raise ValidationError(f"These cannot be hidden: {', '.join(sorted(extra))}.")
    edition.hidden = sorted(hidden)
    edition.title = _given(title, "Give the edition a title.")
    edition.note = note.strip()
    edition.save(update_fields=["hidden", "title", "note"])
    record(edition, "set presentation", by=by, at=at, body=edition.document.body, hidden=edition.hidden)
    settle(edition=edition, by=by, at=at)


@transaction.atomic
def rename_edition(*, edition: Edition, label: str, by: User, at: datetime) -> None:
    """Call an edition something else before it is issued; its address follows, and no gate reopens."""
    require(by, Ability.MANAGE_PLAN, edition.document.body, on=localdate(at))
    open_edition(edition)
    others = edition.document.editions.exclude(pk=edition.pk)
    label = _free_label(label, others)
    if label == edition.label:
        return
    was, edition.label = edition.label, label
    edition.slug = free_slug(label, [*RESERVED_SLUGS, *others.values_list("slug", flat=True)])
    edition.save(update_fields=["label", "slug"])
    record(edition, "renamed", by=by, at=at, body=edition.document.body, was=was, label=label)


@transaction.atomic
def look_after(
    *, document: Document, key: str, office: Office | None, next_review: date | None, by: User, at: datetime
) -> SectionCare:
    """Say which office looks after a section, and when it is next to be reviewed."""
    require(by, Ability.MANAGE_PLAN, document.body, on=localdate(at))
    if office is not None and office.body_id != document.body_id:
        raise ValidationError("Choose an office of the body that keeps this document.")
    care, _ = SectionCare.objects.update_or_create(
        document=document, key=key, defaults={"office": office, "next_review": next_review}
    )
    record(
        document,
        "set who looks after a section",
        by=by,
        at=at,
        body=document.body,
        key=key,
        office=office.title if office else "",
        next_review=next_review,
    )
    return care


def open_edition(edition: Edition) -> None:
    """Refuse where an edition is fixed for good; where it is not, lock it and read it as it is now."""
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    for field in Edition._meta.concrete_fields:
        setattr(edition, field.attname, getattr(fresh, field.attname))
    if fresh.is_sealed:
        raise ValidationError(
            f"“{edition.label}” was issued and cannot be changed. Begin a new edition from it."
        )


def placements_by_key(edition: Edition) -> dict[str, Placement]:
    """The placements of an edition by section key, in order."""
    return {placed.key: placed for placed in placements_of(edition)}


def _free_label(words: str, taken: QuerySet[Edition]) -> str:
    """A label that none of these editions has."""
    label = _given(words, "Give the edition a label, such as “February 2014 revision”.")
    if taken.filter(label=label).exists():
        raise ValidationError(f"There is already an edition labelled “{label}”. Choose another label.")
    return label


def free_slug(words: str, taken: Collection[str]) -> str:
    """An address made of words, with a number after it where the address is taken."""
    base = slugify(words)[:70] or "untitled"
    slug, count, used = base, 2, set(taken)
    while slug in used:
        slug, count = f"{base}-{count}", count + 1
    return slug


def _given(words: str, message: str) -> str:
    if not words.strip():
        raise ValidationError(message)
    return words.strip()
