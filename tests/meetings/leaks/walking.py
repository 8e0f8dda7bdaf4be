"""Everybody at every address: what each was shown, against what each may be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import islice

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.people.models import User
from tests.meetings.leaks.addresses import Addresses, Route, with_queries
from tests.meetings.leaks.office import Office
from tests.meetings.leaks.reading import content_of, heads_of, sentinels_in
from tests.meetings.leaks.sentinels import Level

NOBODY = "visitor"
MANY = 10_000
NOT_ALLOWED = 405


@dataclass
class Reader:
    """Somebody with a visit of their own, and how much they read."""

    name: str
    user: User | None
    level: Level
    visit: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    cookies: str = ""

    @classmethod
    def of(cls, office: Office, name: str) -> Reader:
        cast = office.cast
        users = {NOBODY: None, "resident": cast.resident, "stranger": cast.stranger}
        user = users[name] if name in users else cast.holder(Role(name))
        reader = cls(name, user, Level.of(user, cast.body, timezone.localdate()))
        if user is not None:
            reader.visit.force_login(user)
        reader.cookies = reader.visit.cookies.output(header="")
        return reader

    def ask(self, path: str, method: str = "get", **headers: str) -> HttpResponseBase:
        """One request, with nothing left over from the one before but being signed in."""
        self.visit.cookies = SimpleCookie(self.cookies)
        return getattr(self.visit, method)(path, headers=headers or None)


@dataclass
class Walk:
    """What was found on the way: leaks by what leaked, answers by status, every word that was met."""

    office: Office
    leaks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    broken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    met: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: int = 0

    def route(self, reader: Reader, route: Route, addresses: Addresses, *, most: int = MANY) -> None:
        """Every address of a route, those that tell most first; one is enough where only posts are taken."""
        paths = (asked for path in addresses.of(route) for asked in with_queries(route, path))
        for path in islice(paths, most):
            if self.look(reader, path, route=route.name).status_code == NOT_ALLOWED:
                return

    def look(
        self, reader: Reader, path: str, *, route: str, method: str = "get", **headers: str
    ) -> HttpResponseBase:
        """Ask for an address and note every word in the answer that is not for its reader."""
        response = reader.ask(path, method, **headers)
        content = content_of(response)
        self.asked += 1
        if response.status_code >= 500:
            self.broken[route].add(f"{reader.name} {path}")
        found = self.office.words.within(heads_of(response)) | sentinels_in(content)
        found -= self.office.words.within(path)
        self.met[reader.name] |= found
        for leak in self.office.words.above(found, reader.name, reader.level):
            self.leaks[f"{leak} at {route}"].add(reader.name)
        return response

    def told(self) -> list[str]:
        """Each leak on a line: what, where, to whom."""
        return [f"{leak} to {', '.join(sorted(names))}" for leak, names in sorted(self.leaks.items())]
