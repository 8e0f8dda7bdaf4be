"""What a meeting asks of whoever manages it: its agenda to publish, and to be noted as held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.house_rules import notice_deadline
from goldthread.meetings.models import Meeting, MeetingStage
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.plans import needs
from goldthread.plans.needs import Need
from goldthread.web.templatetags.web import day

AHEAD = timedelta(days=14)
"""How long before the last day of full notice an agenda is asked for."""
OPEN = (MeetingStage.PLANNED, MeetingStage.PUBLISHED)


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(coming_needs)


def coming_needs(user: User, on: date) -> tuple[Need, ...]:
    """Agendas to publish soon and meetings to note as held, the earliest first."""
    bodies = bodies_where(user, Ability.MANAGE_MEETINGS, on)
    rows = Meeting.objects.filter(board__body__in=bodies, stage__in=OPEN).select_related("board")
    return tuple(need for meeting in rows.order_by("on") for need in _of(meeting, on))


def _of(meeting: Meeting, on: date) -> Iterator[Need]:
    named = {"meeting": str(meeting)}
    if meeting.on < on:
        words = _("Or cancel it. Until then its minutes cannot go round.")
        yield Need(_("Note that %(meeting)s was held") % named, meeting.get_absolute_url(), words)
        return
    last = notice_deadline(meeting.board, meeting.on).on
    if meeting.stage == MeetingStage.PUBLISHED or last - on > AHEAD:
        return
    late = last < on
    status = _("was due %(day)s") if late else _("by %(day)s")
    yield Need(
        _("Publish the agenda of %(meeting)s") % named,
        meeting.get_absolute_url(),
        _("The day for full notice has passed.") if late else _("The last day that gives full notice."),
        status % {"day": day(last)},
        "bad" if late else "warn",
    )
