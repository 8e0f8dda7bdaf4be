"""A comparison as pages show it: a line of numbers, a table by section, the text with its changes.

The same for the public, for the desk and for two files handed in. Between sealed editions it is
worked out once and kept under the pair of their seals; a draft is compared as it stands.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC
from functools import partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.compare import Comparison, Move, Place, PresentationChange, Status, WovenSection
from goldthread.core.text import Kind
from goldthread.files.html_blocks import no_address, redline_fragment
from goldthread.files.word.write import write_redline
from goldthread.plans.models import Edition
from goldthread.plans.queries import compare_editions
from goldthread.plans.reading import images_of, keep, kept, kept_file, picture_address, renderer


@dataclass(frozen=True, slots=True)
class Line:
    """One section that changed: what became of it in words, and how many words went in and out.

    ``tag`` is a single word with a tone where the section is new or was taken out. ``approved``
    is what is known of its approval, empty where nothing is.
    """

    key: str
    number: str
    title: str
    depth: int
    change: str
    tag: str = ""
    tone: str = ""
    inserted: int = 0
    deleted: int = 0
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison ready to be shown by ``plans/compare_body.html``."""

    figures: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    alike: int
    notes: tuple[str, ...]
    html: SafeString
    empty: bool

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


def compared_docx(old: Edition, new: Edition) -> bytes:
    """What changed between two editions, as a Word file with genuine tracked changes."""

    def write() -> bytes:
        comparison = compare_editions(old, new)
        images = images_of(comparison.old, comparison.new)
        at = new.sealed_at or new.made_at
        return write_redline(comparison, at=at.astimezone(UTC), edition=str(new.pk), images=images)

    return _once(old, new, "docx", write)


def _once(old: Edition, new: Edition, form: str, write: Callable[[], bytes]) -> bytes:
    if not (old.is_sealed and new.is_sealed):
        return write()
    return kept_file(pair_name(old, new, form), write, new)


def pair_name(old: Edition, new: Edition, part: str) -> str:
    """The name under which a part of a comparison of two sealed editions is kept."""
    return f"{renderer()} {old.seal[:48]}..{new.seal[:48]} {part}"


def shown(comparison: Comparison, *, image_address: Callable[[str], str] = no_address) -> Compared:
    """Any comparison, ready to be shown; of the text, the sections in which something changed."""
    moves = {move.id: move for move in comparison.moves}
    places = [s for s in comparison.sections if s.place is not Place.FROM]
    numbers = {s.section.key: s.old_number or s.section.title for s in comparison.sections if s.old}
    lines = tuple(_line(section, _change(section, moves, numbers)) for section in places if _touched(section))
    return Compared(
        tuple(_figures(comparison)),
        lines,
        len(places) - len(lines),
        tuple(_notes(comparison)),
        mark_safe(redline_fragment(_cut(comparison), image_address=image_address)),  # noqa: S308 - written by our own renderer, which escapes
        comparison.empty,
    )


def _cut(comparison: Comparison) -> Comparison:
    """The comparison without what did not change, but for the headings above what did."""
    found: list[WovenSection] = []
    below = 0
    for section in reversed(comparison.sections):
        if _touched(section) or section.place is not Place.HERE:
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
        writer.writerow([_cell(line.number), _cell(line.title), _cell(change), line.inserted, line.deleted])
    return out.getvalue()


def _cell(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def _form(made: Compared) -> dict[str, Any]:
    return {
        "figures": made.figures,
        "lines": [asdict(line) for line in made.lines],
        "alike": made.alike,
        "notes": made.notes,
        "empty": made.empty,
    }


def _read(form: dict[str, Any], html: str) -> Compared:
    return Compared(
        tuple((number, words) for number, words in form["figures"]),
        tuple(Line(**line) for line in form["lines"]),
        form["alike"],
        tuple(form["notes"]),
        mark_safe(html),  # noqa: S308 - written by our own renderer, which escapes
        form["empty"],
    )


def _touched(section: WovenSection) -> bool:
    apart = any(block.status is not Status.KEPT for block in section.blocks)
    return section.status is not Status.KEPT or section.renamed or section.renumbered or apart


def _line(section: WovenSection, change: str) -> Line:
    tag, tone = {
        Status.ADDED: (_("New"), "good"),
        Status.REMOVED: (_("Taken out"), "bad"),
    }.get(section.status, ("", ""))
    return Line(
        section.section.key,
        section.number,
        section.section.title,
        section.depth,
        change,
        tag,
        tone,
        section.inserted,
        section.deleted,
    )


def _change(section: WovenSection, moves: Mapping[str, Move], numbers: Mapping[str, str]) -> str:
    """What became of a section, in a few words; nothing where a tag says it all."""
    found: list[str] = []
    if section.status is Status.MOVED:
        found.append(_moved(section, moves, numbers))
    if section.changed and section.status not in (Status.ADDED, Status.REMOVED):
        found.append(_("changed"))
    elif section.status is Status.RESTYLED:
        found.append(_("only its look changed"))
    if section.renamed and section.old is not None:
        found.append(_("was called “%(title)s”") % {"title": section.old.title})
    if section.renumbered and section.old_number:
        found.append(_("was %(number)s") % {"number": section.old_number})
    found.extend(_arrivals(section, moves, numbers))
    found.extend(_presented(section))
    words = ", ".join(filter(None, found))
    return words[:1].upper() + words[1:]


def _moved(section: WovenSection, moves: Mapping[str, Move], numbers: Mapping[str, str]) -> str:
    move = moves.get(section.move)
    if move is None or move.old_section == move.new_section or not move.old_section:
        return _("moved")
    return _("moved from %(place)s") % {"place": numbers.get(move.old_section, "")}


def _arrivals(section: WovenSection, moves: Mapping[str, Move], numbers: Mapping[str, str]) -> list[str]:
    """Blocks that came to a section from elsewhere by themselves."""
    found: list[str] = []
    here = section.section.key
    for move in {block.move for block in section.blocks if block.move and block.move != section.move}:
        came = moves.get(move)
        if came is None or came.new_section != here or came.old_section == here:
            continue
        facts = {"count": came.blocks, "place": numbers.get(came.old_section, "")}
        found.append(
            ngettext("one part moved from %(place)s", "%(count)d parts moved from %(place)s", came.blocks)
            % facts
        )
    return sorted(found)


def _presented(section: WovenSection) -> list[str]:
    """How many blocks of a section are no longer shown, or shown again."""
    gone = sum(block.status is Status.NO_LONGER_SHOWN for block in section.blocks)
    back = sum(block.status is Status.NOW_SHOWN for block in section.blocks)
    found = [_("%(count)d no longer shown") % {"count": gone}] if gone else []
    return found + ([_("%(count)d shown again") % {"count": back}] if back else [])


def _figures(comparison: Comparison) -> list[tuple[str, str]]:
    """The numbers at the head of a comparison, each with its words."""
    sections, words = comparison.summary.sections, comparison.summary.words
    found = [
        (sections.added, ngettext("section new", "sections new", sections.added)),
        (sections.changed, _("changed")),
        (sections.removed, _("taken out")),
    ]
    for count, name in ((sections.moved, _("moved")), (sections.renamed, _("renamed"))):
        found += [(count, name)] if count else []
    figures = [(f"{count:,}", name) for count, name in found]
    out = _("words in, %(out)s out") % {"out": f"{words.deleted:,}"}
    figures.append((f"{words.inserted:,}", out))
    for status, name in ((Status.NO_LONGER_SHOWN, _("no longer shown")), (Status.NOW_SHOWN, _("now shown"))):
        kinds = [change for change in comparison.summary.presentation if change.status is status]
        if kinds:
            figures.append((f"{sum(change.blocks for change in kinds):,}", f"{_kinds(kinds)} {name}"))
    return figures


def _kinds(changes: Sequence[PresentationChange]) -> str:
    """The kinds of block in a list: "actions and outcomes"."""
    plural = {
        Kind.PLEDGE: _("pledges"),
        Kind.KEY_MEASURE: _("key measures"),
        Kind.ACTION: _("actions"),
        Kind.OUTCOME: _("outcomes"),
    }
    names = [plural.get(change.kind, change.kind.replace("_", " ")) for change in changes]
    return (
        names[0]
        if len(names) == 1
        else _("%(most)s and %(last)s")
        % {
            "most": ", ".join(names[:-1]),
            "last": names[-1],
        }
    )


def _notes(comparison: Comparison) -> list[str]:
    """What is counted apart: numbers and looks."""
    summary = comparison.summary
    found: list[str] = []
    if summary.renumbered:
        found.append(
            ngettext(
                "One section bears another number.",
                "%(count)d sections bear other numbers.",
                summary.renumbered,
            )
            % {"count": summary.renumbered}
        )
    if summary.restyled:
        found.append(
            ngettext(
                "In one place only the look of the words changed.",
                "In %(count)d places only the look of the words changed.",
                summary.restyled,
            )
            % {"count": summary.restyled}
        )
    return found
