"""Where the things of a thread are read: at the desk by staff, on their public pages by everybody."""

from __future__ import annotations

from django.urls import reverse

from goldthread.delivery.models import Action, Priority
from goldthread.meetings.models import Decision, Paper


def priority_address(row: Priority, *, public: bool) -> str:
    """Where a priority for action is read."""
    if public:
        return reverse("delivery:site-priority", args=[row.slug])
    return row.get_absolute_url()


def action_address(row: Action, priority: Priority, *, public: bool) -> str:
    """Where an action is read: by the public on the page of its priority."""
    return priority_address(priority, public=True) if public else row.get_absolute_url()


def paper_address(row: Paper, *, public: bool) -> str:
    """Where a paper is read."""
    if not public or row.item is None:
        return row.get_absolute_url()
    meeting = row.item.meeting
    return reverse("meetings:site-paper", args=[meeting.board.slug, meeting.slug, row.slug])


def decision_address(row: Decision, *, public: bool) -> str:
    """Where a decision is read."""
    return reverse("meetings:site-decision", args=[row.slug]) if public else row.get_absolute_url()
