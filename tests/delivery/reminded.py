"""What tests of reminders share: a rule, its day, and what somebody was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from goldthread.delivery.actions.reminders import add_rule
from goldthread.delivery.models import ReminderRule, ReminderTo
from goldthread.mail.models import Letter
from goldthread.people.models import User

TUESDAY = datetime(2014, 11, 4, 9, 0, tzinfo=UTC)
"""Not a day of the usual weekly digest."""


def a_rule(cast: Any, **changed: Any) -> ReminderRule:
    given = {
        "body": cast.body,
        "name": "",
        "about": "action",
        "days": -7,
        "to": ReminderTo.OWNER,
        "from_day": date(2014, 1, 1),
        "by": cast.governance_officer,
        "at": TUESDAY,
    }
    return add_rule(**given | changed)


def letters(user: User) -> list[Letter]:
    return list(Letter.objects.filter(to_user=user).order_by("pk"))
