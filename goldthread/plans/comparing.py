"""A comparison as pages show it: a line of numbers, a table by section, the text with its changes.

The same for the public, for the desk and for two files handed in. Between sealed editions it is
worked out once and kept under the pair of their seals; a draft is compared as it stands.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.compare import Comparison, Place, WovenSection
from goldthread.files.changes import SectionLine, figures, section_lines
from goldthread.files.html import anchor
from goldthread.files.html_blocks import no_address, redline_fragment
from goldthread.files.pdf.write import redline_pdf
from goldthread.files.word.write import write_redline
from goldthread.plans.models import Edition
from goldthread.plans.queries import compare_editions
from goldthread.plans.reading import images_of, keep, kept, kept_file, picture_address, renderer

TAGS = {"new": (gettext_lazy("New"), "good"), "removed": (gettext_lazy("Taken out"), "bad")}


Names = tuple[str, str]
NO_IMAGES: Mapping[str, bytes] = {}


def _docx(
    comparison: Comparison, *, at: datetime, names: Names = ("", ""), images: Mapping[str, bytes] = NO_IMAGES
) -> bytes:
    return write_redline(comparison, at=at.astimezone(UTC), edition=names[1], images=images)


def _pdf(
    comparison: Comparison, *, at: datetime, names: Names = ("", ""), images: Mapping[str, bytes] = NO_IMAGES
) -> bytes:
    old, new = names
    return redline_pdf(comparison, old_name=old, new_name=new, images=images, at=at.astimezone(UTC))


WRITERS: dict[str, Callable[..., bytes]] = {"docx": _docx, "pdf": _pdf}
"""How a comparison is written, by form of file: from it, ``at``, and ``names`` of both sides, ``images``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One section that changed: what became of it in words, and how many words went in and out.

    ``tag`` is a single word with a tone where the section is new or was taken out. ``approved``
    is what is known of its approval, empty where nothing is.
    """

    key: str
    number: str
    title: str
    change: str
    tag: str = ""
    tone: str = ""
    inserted: int = 0
    deleted: int = 0
    approved: str = ""

    @property
    def anchor(self) -> str:
        """Where the section stands in the text below the table."""
        return anchor(self.key)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison ready to be shown by ``plans/compare_body.html``."""

    figures: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    alike: int
    html: SafeString
    empty: bool
    lang: str = ""

    @property
    def judged(self) -> bool:
        """Whether anything is known of approvals."""
        return any(line.approved for line in self.lines)

    def with_approvals(self, approved: Mapping[str, str]) -> Compared:
        """The same with what is known of each section's approval, by section key."""
        lines = tuple(replace(line, approved=approved.get(line.key, "")) for line in self.lines)
        return replace(self, lines=lines)


def compared(old: Edition, new: Edition, *, approved: Mapping[str, str] | None = None) -> Compared:
    """What changed between two editions: one query where both are sealed and it was asked before."""
    if not (old.is_sealed and new.is_sealed):
        return shown(compare_editions(old, new)).with_approvals(approved or {})
    table, text = (pair_name(old, new, part) for part in ("table", "text"))
    found = kept((table, text))
    if len(found) < 2:
        address = partial(picture_address, new.document.slug)
        made = shown(compare_editions(old, new), image_address=address)
        keep({table: json.dumps(_form(made)), text: made.html}, at=new.sealed_at)
        return made.with_approvals(approved or {})
    return _read(json.loads(found[table]), found[text]).with_approvals(approved or {})


def compared_file(old: Edition, new: Edition, form: str) -> bytes:
    """What changed between two editions as a ``docx`` with genuine tracked changes, or a ``pdf``."""

    def write() -> bytes:
        comparison = compare_editions(old, new)
        images = images_of(comparison.old, comparison.new)
        names = (old.label, new.label)
        return WRITERS[form](comparison, at=new.sealed_at or new.made_at, names=names, images=images)

    if not (old.is_sealed and new.is_sealed):
        return write()
    return kept_file(pair_name(old, new, form), write, at=new.sealed_at)


def compared_docx(old: Edition, new: Edition) -> bytes:
    """What changed between two editions, as a Word file with genuine tracked changes."""
    return compared_file(old, new, "docx")


def compared_pdf(old: Edition, new: Edition) -> bytes:
    """What changed between two editions, as a PDF."""
    return compared_file(old, new, "pdf")


def pair_name(old: Edition, new: Edition, part: str) -> str:
    """The name under which a part of a comparison of two sealed editions is kept."""
    seals = [e.record_seal if part in WRITERS else e.seal for e in (old, new)]  # a file bears their labels
    return f"{renderer()} {seals[0][:48]}..{seals[1][:48]} {part}"


def shown(comparison: Comparison, *, image_address: Callable[[str], str] = no_address) -> Compared:
    """Any comparison, ready to be shown; of the text, the sections in which something changed."""
    lines = tuple(_line(line) for line in section_lines(comparison))
    standing = sum(section.place is not Place.FROM for section in comparison.sections)
    cut = _cut(comparison, frozenset(line.key for line in lines))
    return Compared(
        figures(comparison),
        lines,
        standing - len(lines),
        mark_safe(redline_fragment(cut, image_address=image_address)),  # noqa: S308 - it escapes every word
        comparison.empty,
        comparison.new.lang,
    )


def _line(line: SectionLine) -> Line:
    tag, tone = TAGS.get(line.state, ("", ""))
    tag = str(tag)
    change = "" if tag else line.words
    return Line(line.key, line.number, line.title, change, tag, tone, line.inserted, line.deleted)


def _cut(comparison: Comparison, changed: frozenset[str]) -> Comparison:
    """The comparison without what did not change, but for the headings above what did."""
    found: list[WovenSection] = []
    below = 0
    for section in reversed(comparison.sections):
        if section.section.key in changed or section.place is not Place.HERE:
            found.append(section)
            below = section.depth
        elif section.depth < below:
            found.append(replace(section, blocks=()))
            below = section.depth
    return replace(comparison, sections=tuple(reversed(found)))


def table_csv(compared: Compared) -> str:
    """The table of changes by section, as CSV for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Number"), _("Section"), _("Change"), _("Words in"), _("Words out")])
    for line in compared.lines:
        change = "; ".join(filter(None, (line.tag, line.change)))
        writer.writerow(
            [sheet_cell(line.number), sheet_cell(line.title), sheet_cell(change), line.inserted, line.deleted]
        )
    return out.getvalue()


def sheet_cell(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def _form(made: Compared) -> dict[str, Any]:
    return {
        "figures": made.figures,
        "lines": [asdict(line) for line in made.lines],
        "alike": made.alike,
        "empty": made.empty,
        "lang": made.lang,
    }


def _read(form: dict[str, Any], html: str) -> Compared:
    return Compared(
        tuple((number, words) for number, words in form["figures"]),
        tuple(Line(**line) for line in form["lines"]),
        form["alike"],
        mark_safe(html),  # noqa: S308 - written by our own renderer, which escapes
        form["empty"],
        form["lang"],
    )
