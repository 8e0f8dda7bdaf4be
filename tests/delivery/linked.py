"""What tests of emailed links share: an action that somebody outside owes word of, and their mailbox."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core import mail
from django.test import Client

from goldthread.delivery.actions.links import send_link
from goldthread.delivery.models import UpdateLink
from goldthread.mail.sending import send_due

KIT = ("Kit Frost", "kit.frost@hub.example")


def sent(delivering: Any, at: datetime, **changed: Any) -> tuple[UpdateLink, str]:
    """A link sent to Kit Frost about the story's action, and the address as it stands in the letter."""
    given = {
        "subject": changed.pop("subject", None) or delivering.action(),
        "name": KIT[0],
        "email": KIT[1],
        "by": delivering.cast.governance_officer,
        "at": at,
    }
    link = send_link(**given | changed)
    return link, newest_address(at)


def newest_address(at: datetime) -> str:
    """The path of the link in the newest letter, which is sent now."""
    send_due(at=at)
    return re.findall(r"http://127\.0\.0\.1:8000(/u/\S+/)", mail.outbox[-1].body)[-1]


def begun(address: str) -> Client:
    """A browser in which the link was begun."""
    browser = Client()
    browser.get(address)
    browser.post(f"{address}start/")
    return browser
