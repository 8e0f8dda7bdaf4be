"""Those who owe something, by the short names that the words use, beside the office's own people."""

from __future__ import annotations

from datetime import datetime

from goldthread.audit import record
from goldthread.delivery.demonstration.words import Entry
from goldthread.meetings.demonstration.cast import People, on
from goldthread.people.actions import appoint, take_in
from goldthread.people.models import Body, Office, User


class Owners(People):
    """Everyone of the demonstration's body, with the leads of the constabulary and of its partners."""

    def __init__(self, body: Body, entries: list[Entry]) -> None:
        super().__init__(body)
        for entry in entries:
            office = self._office(entry)
            self._offices[entry["slug"]] = office
            self._users[entry["slug"]] = self.join(entry, office, on(entry["starts"], 9))

    def join(self, entry: Entry, office: Office, at: datetime) -> User:
        """Let somebody in, and put them in an office from their first day."""
        keeper = self["administrator"]
        user = take_in(body=self.body, email=entry["email"], name=entry["name"], by=keeper, at=at)
        appoint(office=office, user=user, starts=entry["starts"], by=keeper, at=at)
        return user

    def follow(self, entry: Entry) -> User:
        """Let in whoever comes after somebody who leaves; the office is handed over afterwards."""
        keeper, at = self["administrator"], on(entry["starts"], 9)
        user = take_in(body=self.body, email=entry["email"], name=entry["name"], by=keeper, at=at)
        self._users[entry["slug"]] = user
        return user

    def holder(self, office: Office, at: datetime) -> User:
        """Who holds an office at a moment."""
        day = at.date()
        return office.holdings.in_force(day).select_related("user").get().user

    def _office(self, entry: Entry) -> Office:
        office = Office.objects.create(body=self.body, role=entry["role"], title=entry["office"])
        at = on(entry["starts"], 8)
        record(office, "established", by=self["administrator"], at=at, body=self.body, title=office.title)
        return office
