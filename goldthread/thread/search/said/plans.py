"""What plans and other bodies' strategies say: their sections and pledges, as issued and as drafted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Model
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Kind as BlockKind
from goldthread.core.text import Typed, seal_of, words_of
from goldthread.people.queries import bodies_where
from goldthread.plans.models import Document, DocumentKind, Edition, Placement, SectionVersion
from goldthread.plans.queries import documents_for
from goldthread.plans.reading import address_of, short_key
from goldthread.plans.texts import section_of
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search import marks
from goldthread.thread.search.entries import DESK, EARLIER, FORM, OPEN, Part, Saying, thread_of, words_in
from goldthread.thread.search.sources import Asker, Parts, Source, check_with, register, touched_by

PLAN = "plan"
KEPT = (DocumentKind.PLAN, DocumentKind.STRATEGY)
LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Face:
    """A section as one edition has it: who may find it, where it is read, under which theme."""

    name: str
    lock: str
    href: str
    place: int
    label: str
    on: date
    hidden: tuple[str, ...]
    theme: str
    version: int
    seal: str
    title: str
    wording: str


def every() -> Iterable[int]:
    return Document.objects.filter(kind__in=KEPT).values_list("pk", flat=True)


def parts(pks: Sequence[int]) -> Parts:
    """Section by section, what some documents say."""
    for document in Document.objects.filter(pk__in=pks, kind__in=KEPT):
        faces: dict[str, list[Face]] = {}
        for key, face in _faces(document):
            told = faces.setdefault(key, [])
            if not any(_says_the_same(each, face) for each in told):
                told.append(face)
        yield document.pk, tuple(_part(document, key, found) for key, found in faces.items())


def _says_the_same(one: Face, other: Face) -> bool:
    """Whether whoever finds the other finds one with the same words."""
    return one.wording == other.wording and one.lock in (other.lock, marks.PUBLIC)


def _faces(document: Document) -> Iterator[tuple[str, Face]]:
    """Each section of each edition that counts: in force first, then drafted, then the earlier ones."""
    issued = list(document.editions.issued().order_by("-issued_on", "-pk"))
    drafted = document.editions.open().order_by("-made_at", "-pk").first()
    for place, edition in ((OPEN, issued[:1]), (DESK, [drafted] if drafted else []), (EARLIER, issued[1:])):
        for each in edition:
            yield from _faces_of(document, each, place)


def _faces_of(document: Document, edition: Edition, place: int) -> Iterator[tuple[str, Face]]:
    theme = ""
    public = document.kind == DocumentKind.PLAN and place != DESK
    rows = Placement.objects.filter(edition=edition).order_by("position")
    told = rows.values_list("key", "depth", "version", "version__seal", "version__title", "version__wording")
    for key, depth, version, seal, title, wording in told:
        theme = title if depth == 0 else theme
        yield (
            key,
            Face(
                name=("issued" if place == OPEN else f"of {edition.pk}"),
                lock=marks.PUBLIC if public else marks.drafts(document.body_id),
                href=_href(document, edition, key, title, place),
                place=place,
                label="" if place == OPEN else edition.label,
                on=edition.issued_on or localdate(edition.made_at),
                hidden=tuple(sorted(edition.hidden)),
                theme=theme,
                version=version,
                seal=seal,
                title=title,
                wording=wording,
            ),
        )


def _href(document: Document, edition: Edition, key: str, title: str, place: int) -> str:
    if document.kind != DocumentKind.PLAN or place == DESK:
        return reverse("plans:desk-section", args=[document.slug, edition.slug, key])
    if place == OPEN:
        return reverse("plans:site-plan-section", args=[document.slug, address_of(key, title)])
    return reverse("plans:site-edition-section", args=[document.slug, edition.slug, address_of(key, title)])


def _part(document: Document, key: str, faces: Sequence[Face]) -> Part:
    named = [
        [f.name, f.lock, f.href, f.place, f.label, str(f.on), f.hidden, f.theme, f.seal, f.title]
        for f in faces
    ]
    return Part(
        key, seal_of([FORM, document.slug, document.title, named]), partial(_sayings, document, key, faces)
    )


def _sayings(document: Document, key: str, faces: Sequence[Face]) -> Iterator[Saying]:
    versions = SectionVersion.objects.in_bulk([face.version for face in faces])
    for face in faces:
        section = section_of(versions[face.version])
        hidden = frozenset(BlockKind(kind) for kind in face.hidden)
        label = f" ({face.label})" if face.label else ""
        words = words_in([section], hidden).removeprefix(section.title).strip()
        yield _saying(Kind.SECTION, key, document, face, face.title + label, words)
        for block in section.blocks:
            if isinstance(block, Typed) and block.kind is BlockKind.PLEDGE and block.kind not in hidden:
                said = words_of(block)
                yield _saying(Kind.PLEDGE, block.key, document, face, _short(said) + label, said)


def _saying(kind: Kind, key: str, document: Document, face: Face, title: str, words: str) -> Saying:
    return Saying(
        kind=kind,
        ref=f"{document.slug}.{key}",
        face=face.name,
        locks=(face.lock,),
        href=face.href,
        title=title,
        words=words,
        body=document.body_id,
        on=face.on,
        place=face.place,
        theme=face.theme,
        within=document.title,
        thread=thread_of(kind.value, document.slug, short_key(key)),
    )


def _short(words: str) -> str:
    if len(words) <= LONGEST_TITLE:
        return words
    return f"{words[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _touches(thing: Model, _verb: str) -> Iterator[tuple[str, Iterable[int]]]:
    if isinstance(thing, Edition):
        yield PLAN, (thing.document_id,)
    elif isinstance(thing, Document):
        yield PLAN, (thing.pk,)


def check(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The entries whose edition was issued, or whose document the asker may read in draft."""
    scopes = {entry.pk: int(entry.scope.partition(":")[2]) for entry in entries}
    public = {entry.pk for entry in entries if entry.href.startswith("/plan/")}
    issued = Edition.objects.issued().filter(issued_on__lte=asker.on, document__kind=DocumentKind.PLAN)
    shown = set(issued.filter(document__in=scopes.values()).values_list("document", flat=True))
    found = {pk for pk in public if scopes[pk] in shown}
    if asker.user is None or found == set(scopes):
        return found
    bodies = bodies_where(asker.user, Ability.READ_DRAFTS, asker.on)
    desks = documents_for(asker.user, on=asker.on).filter(pk__in=scopes.values(), body__in=bodies)
    readable = set(desks.values_list("pk", flat=True))
    return found | {pk for pk, document in scopes.items() if pk not in public and document in readable}


register(Source(PLAN, every, parts))
check_with(check, Kind.SECTION, Kind.PLEDGE)
touched_by(_touches, Edition, Document)
