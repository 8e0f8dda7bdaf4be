"""Appendices as they are read: what each says, its file, the PDF that goes into a pack, who may have it.

An appendix is a file kept by its SHA-256, or the whole text of a plan's edition frozen the moment
it was attached. Either way the words that a meeting had before it can be shown for good.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.audit import vault
from goldthread.core.text import Kind, Text, numbers
from goldthread.files.apart import read_in_child
from goldthread.files.front import Front
from goldthread.files.pdf.write import EPOCH, write_pdf
from goldthread.files.reading import sniff
from goldthread.files.sections import UNTITLED, to_text
from goldthread.meetings.models import Appendix, PaperVersion
from goldthread.meetings.texts import form_of, text_of_form
from goldthread.plans.models import Edition
from goldthread.plans.reading import edition_pdf, images_of, kept_file, renderer
from goldthread.plans.texts import text_of

RESOLVABLE = frozenset(
    {
        "author",
        "properties",
        "document-variables",
        "custom-xml",
        "file-path",
        "external-link",
        "text-layer",
        "private-data",
        "thumbnail",
        "scan",
        "hidden-header",
        "chart-workbook",
    }
)
"""What somebody may look at and let pass with a reason. Anything else is mended in the file itself."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What is attached, as a paper has it now or as a version of it kept it."""

    pk: int
    label: str
    title: str
    name: str
    sha256: str
    size: int = 0
    edition: int | None = None
    edition_seal: str = ""
    marking: str = ""

    @property
    def is_pdf(self) -> bool:
        """Whether the file itself goes into packs as it is."""
        return self.edition is None and self.name.lower().endswith(".pdf")


def attached(appendix: Appendix) -> Attached:
    """An appendix as it is now."""
    return Attached(
        appendix.pk,
        appendix.label,
        appendix.title,
        appendix.name,
        appendix.sha256,
        appendix.size,
        appendix.edition_id,
        appendix.edition_seal,
        appendix.marking,
    )


def attached_of(version: PaperVersion) -> tuple[Attached, ...]:
    """What was attached to a version as it was handed in."""
    return tuple(Attached(**each) for each in version.appendices)


@dataclass(frozen=True, slots=True)
class LeakFinding:
    """Something that a file hides: where, what and how to mend it, and who let it pass and why."""

    code: str
    where: str
    message: str
    settled: str = ""

    @property
    def resolvable(self) -> bool:
        """Whether a person may let it pass, rather than have the file mended."""
        return self.code in RESOLVABLE


def leak_findings(appendix: Appendix) -> tuple[LeakFinding, ...]:
    """What the leak check found in an appendix, the gravest first."""
    return tuple(LeakFinding(*map(str, each)) for each in appendix.problems)


def fit_for_public(appendix: Appendix) -> bool:
    """Whether an appendix may be given to the public: nothing that it hides is left unresolved."""
    return all(finding.settled for finding in leak_findings(appendix))


def frozen_text(edition: Edition) -> bytes:
    """The whole text of an edition as it is now, to be kept: title, language, what it hides, sections."""
    text = text_of(edition)
    form = {
        "title": text.title,
        "lang": text.lang,
        "label": edition.label,
        "hidden": sorted(edition.hidden),
        "form": form_of(text),
    }
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Frozen:
    """A text that was kept whole: the words, the label of its edition, which kinds it does not show."""

    text: Text
    label: str
    hidden: frozenset[Kind]


def frozen_of(each: Appendix | Attached) -> Frozen:
    """The text of an edition exactly as it was when it was attached."""
    kept_form = json.loads(vault.read(each.sha256))
    text = text_of_form(kept_form["form"], title=kept_form["title"], lang=kept_form["lang"])
    return Frozen(text, kept_form["label"], frozenset(Kind(kind) for kind in kept_form["hidden"]))


def appendix_text(each: Appendix | Attached) -> Text | None:
    """What an appendix says, for a page: none where it is a PDF. A file is read in a process of its own."""
    one = attached(each) if isinstance(each, Appendix) else each
    if one.edition is not None:
        return frozen_of(one).text
    if one.is_pdf:
        return None
    return _read(one)[0]


def appendix_pdf(each: Appendix | Attached | Mapping[str, Any], *, in_pack: bool = False) -> bytes:
    """An appendix as PDF, written once by its seal; in a pack its pages bear the pack's numbers alone.

    A PDF is given as it was attached; Word and OpenDocument are read and set as accessible PDF, so
    that nothing hidden in the file goes along. Seconds the first time: call it in a worker. Raises
    `vault.Missing`, `vault.Altered` or `files.refused.Refused`.
    """
    one = each if isinstance(each, Attached) else _as_attached(each)
    if one.is_pdf:
        return vault.read(one.sha256)
    if in_pack:
        front = Front(foot=f"{one.label}: {one.title}")
        name = f"{renderer()} in pack {one.sha256} {front.foot}"
        write = _converted if one.edition is None else _frozen_pdf
        return kept_file(name, lambda: write(one, front), at=EPOCH)
    if one.edition is not None:
        return _edition_pdf(one)
    return kept_file(f"{renderer()} appendix {one.sha256}", lambda: _converted(one), at=EPOCH)


def _as_attached(each: Appendix | Mapping[str, Any]) -> Attached:
    return attached(each) if isinstance(each, Appendix) else Attached(**each)


def _edition_pdf(one: Attached) -> bytes:
    edition = Edition.objects.select_related("document").get(pk=one.edition)
    if edition.is_sealed and edition.seal == one.edition_seal:
        return edition_pdf(edition)
    return kept_file(f"{renderer()} text {one.sha256}", lambda: _frozen_pdf(one), at=EPOCH)


def _frozen_pdf(one: Attached, front: Front | None = None) -> bytes:
    frozen = frozen_of(one)
    return write_pdf(
        frozen.text,
        numbers(frozen.text),
        subtitle=frozen.label,
        hidden=frozen.hidden,
        images=images_of(frozen.text),
        front=front,
    )


def _converted(one: Attached, front: Front | None = None) -> bytes:
    text, images = _read(one)
    return write_pdf(text, numbers(text), images=images, front=front)


def _read(one: Attached) -> tuple[Text, dict[str, bytes]]:
    document = read_in_child(vault.read(one.sha256), name=one.name)
    recognised = to_text(document)
    if recognised.text.title == UNTITLED:
        recognised = to_text(document, title=one.title)
    return recognised.text, dict(document.images)


def kind_of_file(content: bytes) -> str:
    """``pdf``, or what a document is from its bytes: docx, odt, doc, rtf or text. Raises Refused."""
    return "pdf" if b"%PDF-" in content[:1024] else sniff(content)
