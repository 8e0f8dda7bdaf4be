"""The people of the demonstration, by the short names that its words use, and its hours."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from goldthread.people.models import Body, Office, User
from goldthread.plans.demonstration import words as plan_words

LONDON = ZoneInfo("Europe/London")


def on(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An hour of a day in London."""
    return datetime.combine(day, time(hour, minute), LONDON)


class People:
    """Everyone of the demonstration's body by short name."""

    def __init__(self, body: Body) -> None:
        self.body = body
        emails = {person.slug: person.email for person in plan_words.people()}
        users = {user.email: user for user in User.objects.filter(email__in=emails.values())}
        offices = {office.title: office for office in body.offices.all()}
        self._users = {slug: users[email] for slug, email in emails.items()}
        self._offices = {person.slug: offices[person.office] for person in plan_words.people()}

    def __getitem__(self, slug: str) -> User:
        return self._users[slug]

    def office(self, slug: str) -> Office:
        """The office that somebody holds."""
        return self._offices[slug]
