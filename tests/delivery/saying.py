"""Updates and periods as tests of delivery give and make them, and visits to their pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from goldthread.delivery.actions.periods import open_period
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Action, Period, Update, UpdateLink
from goldthread.people.models import User
from tests.performance.visiting import words_of

WORDS = "The agreement is with the four councils; two have signed."


def say(thing: Any, by: User | None, at: datetime, **more: Any) -> Update:
    """An update that nobody has signed yet."""
    given = {"words": WORDS, "status": "on_course", **more}
    return give_update(subject=thing, by=by, at=at, **given)


def a_link(action: Action, at: datetime, **more: Any) -> UpdateLink:
    """A link sent to somebody without an account."""
    return UpdateLink.objects.create(
        body=action.priority.body,
        action=action,
        name="Rowan Thorney",
        email="rowan.thorney@hub.example",
        secret_hash="a" * 64,
        made_at=at,
        made_by="Test",
        expires_at=at + timedelta(days=14),
        **more,
    )


def a_period(delivering: Any, at: datetime, **more: Any) -> Period:
    """October to December 2014, unless told otherwise, opened by the governance officer."""
    given = {
        "name": "October to December 2014",
        "starts": date(2014, 10, 1),
        "ends": date(2014, 12, 31),
        "due": date(2015, 1, 9),
        **more,
    }
    return open_period(body=delivering.cast.body, by=delivering.cast.governance_officer, at=at, **given)


class Visitor:
    """Somebody at the desk."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, name: str, /, *args: Any, query: str = "") -> Any:
        return self.client.get(reverse(f"delivery:{name}", args=args) + query)

    def post(self, name: str, /, *args: Any, follow: bool = True, **given: Any) -> Any:
        return self.client.post(reverse(f"delivery:{name}", args=args), given, follow=follow)

    def words(self, name: str, /, *args: Any) -> str:
        """What a page says, without its markup."""
        answer = self.get(name, *args)
        assert answer.status_code == 200, answer.status_code
        return words_of(answer.content.decode())


def told(answer: Any) -> str:
    """What an answer says, without its markup."""
    return words_of(answer.content.decode())
