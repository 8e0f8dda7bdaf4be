"""A paper as its page shows it: the text with notes beside the very block, what happens next, who may act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.core.compare import WovenBlock, WovenSection
from goldthread.core.governance.exemption import Audience, allowed
from goldthread.core.proofing import Finding
from goldthread.core.text import Text
from goldthread.files.html import anchor
from goldthread.files.html_blocks import Fragment, unchanged
from goldthread.meetings.doors import EXEMPT_TITLE, chain_of
from goldthread.meetings.models import AgendaItem, Meeting, MeetingStage, Paper, PaperStage
from goldthread.web.templatetags.web import day

TONES = {
    PaperStage.DRAFTING: "calm",
    PaperStage.SUBMITTED: "warn",
    PaperStage.RETURNED: "warn",
    PaperStage.ACCEPTED: "good",
    PaperStage.WITHDRAWN: "calm",
}


class _Noted(Fragment):
    """A text in which notes stand beside the blocks that they are about."""

    def __init__(
        self, text: Text, labels: Mapping[str, str], image: Callable[[str], str], notes: Iterable[Finding]
    ) -> None:
        super().__init__(unchanged(text, labels, ()), 2, image)
        self._notes: dict[str, list[Finding]] = {}
        for note in notes:
            self._notes.setdefault(note.block or note.section, []).append(note)

    def section(self, woven: WovenSection) -> str:
        """The section, with what concerns all of it beside its heading."""
        shown = super().section(woven)
        said = self._said(woven.section.key)
        return f'<div class="noted">{said}{shown}</div>' if said else shown

    def block(self, section: WovenSection, woven: WovenBlock) -> str:
        """The block, with what concerns it beside it."""
        shown = super().block(section, woven)
        said = self._said(woven.block.key)
        return f'<div class="noted noted--block">{said}{shown}</div>' if said else shown

    def _said(self, key: str) -> SafeString | str:
        notes = self._notes.get(key, ())
        if not notes:
            return ""
        lines = format_html_join("", "<p>{}</p>", ((note.message,) for note in notes))
        return format_html(
            '<aside role="note" class="noted__says" aria-label="{}">{}</aside>', _("Proofing"), lines
        )


def noted_html(
    text: Text,
    labels: Mapping[str, str],
    notes: Iterable[Finding],
    *,
    image_address: Callable[[str], str],
) -> SafeString:
    """A text as it reads, each finding beside the block or section that it is about."""
    html = _Noted(text, labels, image_address, notes).write()
    return mark_safe(html)  # noqa: S308 - written by our own renderer, which escapes


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A finding in the list above a text: where, what, and the anchor of what it is about."""

    where: str
    message: str
    anchor: str


def note_lines(findings: Iterable[Finding]) -> tuple[NoteLine, ...]:
    """The findings of a paper as a list that leads to each."""
    return tuple(
        NoteLine(each.where, each.message, anchor(each.block or each.section) if each.section else "")
        for each in findings
    )


def item_words(item: AgendaItem | None, audience: Audience) -> str:
    """An agenda item as an audience is told of it, with its meeting."""
    if item is None:
        return ""
    seen = allowed(*chain_of(item), audience=audience)
    title = item.title if seen else item.public_title or EXEMPT_TITLE
    return f"{item.meeting.board.short}, {day(item.meeting.on)}: {item.number} {title}".strip()


def next_words(paper: Paper, audience: Audience, on: date) -> str:
    """What happens next with a paper, and with whom it is."""
    due = paper.item.meeting.papers_due if paper.item else None
    author = paper.author.name
    match paper.stage:
        case PaperStage.DRAFTING:
            if due and due < on:
                return _("It is with %(author)s. It was due on %(due)s.") % {
                    "author": author,
                    "due": day(due),
                }
            if due:
                return _("It is with %(author)s, who submits it by %(due)s.") % {
                    "author": author,
                    "due": day(due),
                }
            return _("It is with %(author)s, who submits it when it is ready.") % {"author": author}
        case PaperStage.SUBMITTED:
            return _("It waits for whoever manages the board's meetings to accept or return it.")
        case PaperStage.RETURNED:
            return _("It is with %(author)s, to be changed and submitted again.") % {"author": author}
        case PaperStage.ACCEPTED:
            return _("It is on an agenda: %(item)s.") % {"item": item_words(paper.item, audience)}
    return _("It was withdrawn: %(reason)s") % {"reason": paper.withdrawn_reason}


def coming_items(boards: Iterable[int], *, on: date, audience: Audience) -> list[tuple[str, str]]:
    """The items of meetings to come that a paper may be meant for, as choices, soonest first."""
    meetings = Meeting.objects.filter(
        board__in=list(boards), on__gte=on, stage__in=(MeetingStage.PLANNED, MeetingStage.PUBLISHED)
    )
    rows = AgendaItem.objects.filter(meeting__in=meetings, kind="business", withdrawn_at=None)
    rows = rows.select_related("meeting__board", "parent").order_by("meeting__on", "position")
    return [
        (str(item.pk), item_words(item, audience))
        for item in rows
        if allowed(*chain_of(item), audience=audience)
    ]


def picture_address(paper: Paper) -> Callable[[str], str]:
    """Where the desk shows the pictures of a paper."""
    return lambda seal: reverse("meetings:desk-paper-picture", args=[paper.slug, seal]) if seal else ""
