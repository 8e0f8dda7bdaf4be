"""Render once: what a sealed edition says, as HTML and files kept under its seal.

A name is made of the renderer, the seal and the part, so a page that shows a sealed text costs
one query and no rendering. Nothing here is a record: a row may be deleted and is made again.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.text import slugify
from django_tasks import task

import goldthread
from goldthread.audit import vault
from goldthread.core.text import Figure, Kind, Section, Text, canonical, numbers, seal_of, words_of
from goldthread.files.charts.ours import form_of
from goldthread.files.html_blocks import text_html
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.plans.models import Edition, RenderedPage
from goldthread.plans.texts import text_of
from goldthread.web import threads

OUTLINE, WHOLE, PICTURES = "outline", "whole", "pictures"
RENDERERS = ("files", "core/text", "core/compare", "plans/reading.py", "plans/comparing.py")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Entry(NamedTuple):
    """A section in the contents of an edition. ``said`` is the same while its shown words are."""

    key: str
    depth: int
    number: str
    title: str
    lang: str
    address: str
    said: str


Outline = tuple[Entry, ...]


def part_of(address: str) -> str:
    """The part that shows one section with its subsections, by the section's address."""
    return f"section {address}"


def short_key(key: str) -> str:
    """Eight characters that stand for a section's permanent key in an address."""
    try:
        return uuid.UUID(key).hex[:8]
    except ValueError:
        return hashlib.sha256(key.encode()).hexdigest()[:8]


def address_of(key: str, title: str) -> str:
    """The last step of a section's address: words for a person, then the key for good."""
    words = re.sub(r"-+$", "", slugify(title)[:60])
    return f"{words or 'section'}-{short_key(key)}"


class Opened(NamedTuple):
    """The contents of an edition, the HTML of the part asked for (empty where there is none), the rest."""

    outline: Outline
    html: str
    more: dict[str, str]


def read_part(edition: Edition, part: str, *more: str) -> Opened:
    """A part of a sealed edition, and what is kept under ``more`` names: one query."""
    contents, wanted = part_name(edition, OUTLINE), part_name(edition, part)
    found = kept((contents, wanted, *more))
    if contents not in found:
        found |= render(edition)
    return Opened(_read_outline(found[contents]), found.get(wanted, "") if part != OUTLINE else "", found)


def outlines(editions: Iterable[Edition]) -> dict[str, Outline]:
    """The contents of several sealed editions, by seal: one query once they are rendered."""
    wanted = {part_name(edition, OUTLINE): edition for edition in editions}
    found = kept(wanted)
    return {
        edition.seal: _read_outline(found.get(name) or render(edition)[name])
        for name, edition in wanted.items()
    }


def pictures(editions: Iterable[Edition]) -> dict[str, str]:
    """The form (png, jpeg, gif or svg+xml) of every picture in some sealed editions, by seal: one query."""
    wanted = {part_name(edition, PICTURES): edition for edition in editions}
    found = kept(wanted)
    forms: dict[str, str] = {}
    for name, edition in wanted.items():
        forms |= json.loads(found.get(name) or render(edition)[name])
    return forms


def render(edition: Edition) -> dict[str, str]:
    """Render a sealed edition: its contents, the whole text and every section, by name."""
    text = text_of(edition)
    labels = numbers(text)
    hidden = edition.hidden_kinds
    address = partial(picture_address, edition.document.slug)
    made = {OUTLINE: json.dumps(list(_outline(text, labels, hidden)))}
    made[PICTURES] = json.dumps({seal: form_of(image) for seal, image in images_of(text).items()})
    follow = partial(thread_address, edition.document.slug)
    made[WHOLE] = text_html(text, labels, hidden=hidden, image_address=address, follow=follow)
    for _, section in text.walk():
        alone = Text(text.title, (section,), text.lang)
        html = text_html(alone, labels, hidden=hidden, level=1, image_address=address, follow=follow)
        made[part_of(address_of(section.key, section.title))] = html
    named = {part_name(edition, part): html for part, html in made.items()}
    keep(named, at=edition.sealed_at)
    return named


def picture_address(plan: str, seal: str) -> str:
    """Where the public finds a picture of an issued edition of a plan."""
    return reverse("plans:site-picture", args=[plan, seal]) if vault.holds(seal) else ""


def thread_address(plan: str, kind: Kind, key: str) -> str:
    """Where the public reads what became of a promise of a plan; nothing for what promises nothing."""
    promises = kind in (Kind.PLEDGE, Kind.OUTCOME)
    return threads.address_of("pledge", plan, short_key(key), public=True) if promises else ""


def prepare(edition: Edition) -> None:
    """Everything that readers of a newly issued edition will ask for: its pages, Word and PDF."""
    render(edition)
    edition_docx(edition)
    edition_pdf(edition)


@task()
def prepare_issued(pk: int) -> None:
    """Prepare an edition that was just issued; safe to run twice."""
    prepare(Edition.objects.select_related("document").get(pk=pk))


def edition_docx(edition: Edition) -> bytes:
    """An edition as a Word file; of a sealed one, written once."""

    def write() -> bytes:
        text = text_of(edition)
        hidden = edition.hidden_kinds
        return write_docx(text, edition=str(edition.pk), images=images_of(text), hidden=hidden)

    return _kept_if_sealed(edition, "docx", write)


def edition_pdf(edition: Edition) -> bytes:
    """An edition as an accessible PDF; of a sealed one, written once."""

    def write() -> bytes:
        text = text_of(edition)
        return write_pdf(
            text,
            numbers(text),
            subtitle=edition.label,
            hidden=edition.hidden_kinds,
            images=images_of(text),
            at=edition.sealed_at or edition.made_at,
        )

    return _kept_if_sealed(edition, "pdf", write)


def _kept_if_sealed(edition: Edition, form: str, write: Callable[[], bytes]) -> bytes:
    if not edition.is_sealed:
        return write()
    return kept_file(part_name(edition, form), write, at=edition.sealed_at)


def images_of(*texts: Text) -> dict[str, bytes]:
    """The bytes of every picture that is kept, by seal."""
    seals = {
        block.image
        for text in texts
        for _, section in text.walk()
        for block in section.blocks
        if isinstance(block, Figure)
    }
    return {seal: vault.read(seal) for seal in seals if vault.holds(seal)}


def kept_file(name: str, write: Callable[[], bytes], *, at: datetime | None) -> bytes:
    """The bytes of a file that was written before under this name, else written now and kept."""
    seal = kept((name,)).get(name, "")
    if vault.holds(seal):
        return vault.read(seal)
    content = write()
    with suppress(vault.CannotKeep):  # whoever reads is given the file all the same
        keep({name: vault.keep(content)}, at=at)
    return content


def part_name(edition: Edition, part: str) -> str:
    """The name under which a part of a sealed edition is kept."""
    if not edition.is_sealed:
        raise ValueError(f"{edition} is not sealed, so it cannot be rendered for good.")
    seal = edition.record_seal if part in TYPES else edition.seal  # a file bears the edition's label and date
    return f"{renderer()} {seal} {part}"


def kept(names: Iterable[str]) -> dict[str, str]:
    """What is kept under these names: one query."""
    return dict(RenderedPage.objects.filter(name__in=list(names)).values_list("name", "html"))


def keep(made: dict[str, str], *, at: datetime | None) -> None:
    """Keep what was rendered, dated as what it shows; a process that was quicker wrote the same."""
    rows = [RenderedPage(name=name, html=html, made_at=at) for name, html in made.items()]
    RenderedPage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("name",),
        update_fields=("html", "made_at"),
        batch_size=200,
    )


@cache
def renderer() -> str:
    """A mark of the code that renders: new code renders anew."""
    return code_seal(RENDERERS, ("*.py", "*.typ", "*.docx", "*.json"))[:12]


def code_seal(folders: tuple[str, ...], patterns: tuple[str, ...]) -> str:
    """The seal of the product's own files in these folders (or of single files), by name and bytes."""
    root = Path(goldthread.__file__).parent
    digest = hashlib.sha256(goldthread.__version__.encode())
    for path in sorted(_files(root, folders, patterns)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _files(root: Path, folders: tuple[str, ...], patterns: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        path = root / folder
        if path.is_file():
            yield path
        for pattern in patterns:
            yield from path.rglob(pattern)


def _read_outline(form: str) -> Outline:
    return tuple(Entry(*entry) for entry in json.loads(form))


def _outline(text: Text, labels: dict[str, str], hidden: frozenset[Any]) -> Iterator[Entry]:
    for depth, section in text.walk():
        yield Entry(
            section.key,
            depth,
            labels.get(section.key, ""),
            section.title,
            section.lang,
            address_of(section.key, section.title),
            seal_of(list(_shown_words(section, hidden)))[:16],
        )


def _shown_words(section: Section, hidden: frozenset[Any]) -> Iterator[str]:
    """What a reader sees of a section and its subsections, whatever the quotes and spaces."""
    yield canonical(section.title)
    for block in section.blocks:
        if block.kind not in hidden:
            yield canonical(words_of(block))
    for child in section.children:
        yield from _shown_words(child, hidden)
