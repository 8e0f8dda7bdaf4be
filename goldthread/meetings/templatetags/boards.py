"""The frame of a board's pages: which pages there are, and which one this is."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from goldthread.meetings.models import Board, Meeting

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
    here = max((href for _name, href in found if path.startswith(href)), key=len, default="")
    return [Tab(name, href, href == here) for name, href in found]


def _address(name: str, args: list[str]) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
