"""What minutes and the actions that arise from them ask of a person, for the page of what needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.logs import due_words, own_actions
from goldthread.meetings.models import Arising, KeptMinute, MeetingStage, Minutes, MinutesStage
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.plans import needs
from goldthread.plans.needs import Need

SOON = timedelta(days=14)


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(owed_by, owed=True)


def owed_by(user: User, on: date) -> tuple[Need, ...]:
    """Words to settle first, then the actions that a person owes, then minutes to send round."""
    return (
        *_kept(user, on),
        *(_action(action, on) for action in own_actions(user, on=on)),
        *_drafts(user, on),
    )


def _kept(user: User, on: date) -> Iterator[Need]:
    bodies = bodies_where(user, Ability.MANAGE_MEETINGS, on)
    rows = KeptMinute.objects.filter(owner=user, settled_at=None, minutes__meeting__board__body__in=bodies)
    for row in rows.select_related("minutes__meeting__board", "item"):
        meeting = row.minutes.meeting
        yield Need(
            _("Settle two texts of one minute"),
            reverse("meetings:desk-minutes-kept", args=[meeting.board.slug, meeting.slug, row.pk]),
            _("%(meeting)s, item %(number)s. Your words were kept while somebody else saved.")
            % {"meeting": str(meeting), "number": row.item.number},
            _("your words are safe"),
            "bad",
        )


def _action(action: Arising, on: date) -> Need:
    status, tone = due_words(action), "calm"
    if action.is_overdue(on):
        status, tone = _("Overdue"), "bad"
    elif action.due is not None and action.due - on <= SOON:
        tone = "warn"
    return Need(
        _("Action %(number)s of the %(board)s") % {"number": action.number, "board": action.board.short},
        action.get_absolute_url(),
        Truncator(action.words).words(30),
        status,
        tone,
        action.due,
        _("Action of a board"),
    )


def _drafts(user: User, on: date) -> Iterator[Need]:
    bodies = bodies_where(user, Ability.MANAGE_MEETINGS, on)
    rows = Minutes.objects.filter(stage=MinutesStage.DRAFT, meeting__board__body__in=bodies)
    for row in rows.filter(meeting__stage=MeetingStage.HELD).select_related("meeting__board"):
        yield Need(
            _("Circulate the minutes of %(meeting)s") % {"meeting": str(row.meeting)},
            reverse("meetings:desk-minutes", args=[row.meeting.board.slug, row.meeting.slug]),
            _("They are a draft that only you and those who read everything can see."),
            _("draft"),
        )
