"""The frame of a board's pages, and how they speak of items, papers and days."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.exemption import reason_of
from goldthread.meetings.builder import TONES, due_words
from goldthread.meetings.forms.agenda import PURPOSES
from goldthread.meetings.models import AgendaItem, Board, ItemKind, Meeting, Paper, PaperStage
from goldthread.web.templatetags.web import status

register = template.Library()


class Tab(NamedTuple):
    """A page of a meeting or of a board, as its sub-navigation names it."""

    name: str
    href: str
    current: bool


@register.inclusion_tag("meetings/desk/tabs.html", takes_context=True)
def meeting_tabs(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """The pages of a meeting that this installation has; the reader's own is marked."""
    both = [meeting.board.slug, meeting.slug]
    pages = (
        (_("Agenda"), "meetings:desk-meeting", both),
        (_("Papers"), "meetings:desk-meeting-papers", both),
        (_("Pack"), "meetings:desk-pack", both),
        (_("Attendance"), "meetings:desk-attendance", both),
        (_("Questions"), "meetings:desk-questions", both),
        (_("Minutes"), "meetings:desk-minutes", both),
        (_("Decisions"), "meetings:desk-meeting-decisions", both),
        (_("Actions"), "meetings:desk-actions", [meeting.board.slug]),
    )
    return {"tabs": _tabs(pages, context["request"].path), "label": _("This meeting")}


@register.inclusion_tag("meetings/desk/tabs.html", takes_context=True)
def board_tabs(context: template.Context, board: Board) -> dict[str, Any]:
    """The pages of a board that this installation has; the reader's own is marked."""
    one = [board.slug]
    pages = (
        (_("Meetings"), "meetings:desk-board", one),
        (_("Forward plan"), "meetings:desk-forward", one),
        (_("Actions"), "meetings:desk-actions", one),
        (_("Members"), "meetings:desk-seats", one),
        (_("Terms of reference"), "meetings:desk-terms", one),
        (_("House rules"), "meetings:desk-rules", one),
    )
    return {"tabs": _tabs(pages, context["request"].path), "label": _("This board")}


def _tabs(pages: tuple[tuple[str, str, list[str]], ...], path: str) -> list[Tab]:
    found = [(name, href) for name, url, args in pages if (href := _address(url, args))]
    here = max(
        (href for _name, href in found if path.startswith(href.removesuffix("/"))), key=len, default=""
    )
    return [Tab(name, href, href == here) for name, href in found]


def _address(name: str, args: list[str]) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def item_said(item: AgendaItem) -> str:
    """What an item is in a line: purpose or kind, who speaks, how long."""
    said = [str(dict(PURPOSES).get(item.purpose, ""))]
    if item.kind not in (ItemKind.BUSINESS, ItemKind.OTHER) and not item.purpose:
        said = [item.get_kind_display()] if item.get_kind_display() != item.title else []
    if item.lead:
        said.append(item.lead)
    if item.minutes_allowed:
        said.append(
            ngettext("%(n)s minute", "%(n)s minutes", item.minutes_allowed) % {"n": item.minutes_allowed}
        )
    return " · ".join(words for words in said if words)


@register.simple_tag
def paper_status(paper: Paper) -> SafeString:
    """How far a paper has come, as a status."""
    return status(paper.get_stage_display(), TONES[PaperStage(paper.stage)])


@register.simple_tag
def due(day: date | None, today: date) -> str:
    """How far a deadline is from today."""
    return due_words(day, today)


@register.simple_tag
def exempt_reason(code: str) -> str:
    """The ground in law on which something is exempt, as the public is told."""
    found = reason_of(code)
    return f"{found.title} ({found.law})" if found else ""


@register.simple_tag
def purpose_words(purpose: str) -> str:
    """What something comes before a board for."""
    return str(dict(PURPOSES).get(purpose, purpose))
