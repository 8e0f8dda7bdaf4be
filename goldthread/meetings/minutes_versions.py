"""Versions of minutes beside each other, and minutes as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from goldthread.core.compare import Comparison, WovenSection, compare
from goldthread.core.governance.exemption import Audience
from goldthread.core.text import Text
from goldthread.files.front import Front
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.meetings.minutes_text import labels_of, living_text, version_text
from goldthread.meetings.models import Meeting, Minutes, MinutesStage, MinutesVersion


def compare_minutes(old: MinutesVersion, new: MinutesVersion | None, audience: Audience) -> Comparison:
    """What changed from one version of minutes to another, or to the words as they stand now, of what
    an audience may read in both."""
    minutes = old.minutes
    later = version_text(new, audience) if new is not None else living_text(minutes, audience)
    return compare_texts(version_text(old, audience), later, minutes.meeting)


def compare_texts(old: Text, new: Text, meeting: Meeting) -> Comparison:
    """What changed between two texts of the minutes of a meeting, with the numbers that minutes print."""
    comparison = compare(old, new)
    before, after = labels_of(meeting, old), labels_of(meeting, new)
    sections = tuple(_labelled(section, before, after) for section in comparison.sections)
    return replace(comparison, sections=sections)


def _labelled(section: WovenSection, before: Mapping[str, str], after: Mapping[str, str]) -> WovenSection:
    """A section with the numbers that minutes print in place of those that a text counts."""

    def label(side: Mapping[str, str], key: str | None) -> str:
        return side.get(key, "") if key else ""

    blocks = tuple(
        replace(
            block,
            old_label=label(before, block.old.key if block.old else None),
            new_label=label(after, block.new.key if block.new else None),
        )
        for block in section.blocks
    )
    return replace(
        section,
        blocks=blocks,
        old_number=label(before, section.old.key if section.old else None),
        new_number=label(after, section.new.key if section.new else None),
    )


def standing_words(minutes: Minutes) -> str:
    """How far minutes have come, as it is printed under their title."""
    if minutes.stage == MinutesStage.DRAFT:
        return _("Draft, not yet circulated")
    if minutes.stage == MinutesStage.CIRCULATED or minutes.approved_at is None:
        return _("Draft, circulated and not yet approved")
    on = f"{minutes.approved_at.on:%-d %B %Y}"
    if minutes.approved_words:
        return _("Approved as a correct record on %(on)s, subject to %(words)s") % {
            "on": on,
            "words": minutes.approved_words,
        }
    return _("Approved as a correct record on %(on)s") % {"on": on}


def front_of(minutes: Minutes, *, exempt: bool) -> Front:
    """What minutes bear before their words: board, meeting, how far they have come; a marking where
    anything in them is not for the public."""
    meeting = minutes.meeting
    lines = (
        (_("Board"), meeting.board.name),
        (_("Meeting"), _when(meeting)),
        (_("Standing"), standing_words(minutes)),
    )
    foot = _("%(board)s minutes, %(on)s. Page {page} of {pages}") % {
        "board": meeting.board.short,
        "on": f"{meeting.on:%-d %B %Y}",
    }
    return Front(lines, _("Not for publication") if exempt else "", foot)


def _when(meeting: Meeting) -> str:
    starts = localtime(meeting.starts_at)
    return ", ".join(part for part in (f"{starts:%-d %B %Y, %H:%M}", meeting.place) if part)


def minutes_pdf(minutes: Minutes, text: Text, *, exempt: bool = False) -> bytes:
    """One of the texts of minutes as an accessible PDF; ``exempt`` where it is not for the public."""
    return write_pdf(text, labels_of(minutes.meeting, text), front=front_of(minutes, exempt=exempt))


def minutes_docx(minutes: Minutes, text: Text, *, exempt: bool = False) -> bytes:
    """The same as a Word file."""
    front = front_of(minutes, exempt=exempt)
    return write_docx(text, labels=labels_of(minutes.meeting, text), front=front)
