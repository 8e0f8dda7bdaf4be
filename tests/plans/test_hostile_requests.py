"""Values that nobody means well by, in every field, query and address: answered, and never a failure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from tests.plans.addresses import Address, World, desk, people, public

HOSTILE = (
    "a\x00b",
    "a\x0b\x01\x1b\ufffe\uffffb",
    "\U0001f600" * 120,
    "x" * 70_000,
    "<script>alert(1)</script>\"'{{ 7*7 }}",
    "0001-01-01",
    "9999-12-31",
    "\u00b2",
    "9" * 5_000,
)
QUERIES = (
    *("page", "change", "form", "old", "new", "way", "into", "section", "after"),
    *("actor", "verb", "since", "until", "day", "day_year"),
)
HIDDEN = ("base", "version", "typed", "seen")
PARTS = ("%00", "%ff%fe", "9" * 5_000, "%2e%2e", "%F0%9F%98%80", "x" * 3_000)
OURS = {"people", "appoint", "end_holding", "record", "account_login", "account_logout", "sign_in_as"}

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def world(cast: Any) -> World:
    return World(cast)


class Visit:
    """Somebody's visit; what it changes is undone, and every answer that is a failure is noted."""

    def __init__(self, person: Any) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)
        self.cookies = self.client.cookies.output(header="")
        self.failed: list[str] = []

    def ask(self, method: str, path: str, *rest: Any, named: str, **more: Any) -> None:
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            try:
                response = getattr(self.client, method)(path, *rest, **more)
                if response.streaming:
                    b"".join(response.streaming_content)
                if response.status_code >= 500:
                    self.failed.append(f"{named}: {response.status_code}")
            except Exception as failure:
                self.failed.append(f"{named}: {type(failure).__name__} {str(failure)[:80]}")
            transaction.set_rollback(True)


class Visits:
    """A visit for each address: of the office for its desk, of nobody for the public pages."""

    def __init__(self, world: World) -> None:
        self.people = Visit(world.cast.holder(Role.CHIEF_EXECUTIVE))
        self.plans = Visit(world.cast.governance_officer)
        self.public = Visit(None)

    def of(self, address: Address) -> Visit:
        if address.name.startswith("site-"):
            return self.public
        return self.people if address.name in OURS else self.plans

    @property
    def failed(self) -> list[str]:
        return self.people.failed + self.plans.failed + self.public.failed


def staff(world: World) -> Iterable[Address]:
    return [a for a in (*desk(world), *people(world)) if not a.name.startswith("account_")]


def path_of(address: Address) -> str:
    name = address.name if address.name in OURS else f"plans:{address.name}"
    return reverse(name, args=address.args)


def bad_forms(post: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same answers with one field at a time made hostile, hidden ones too."""
    for name in (*post, *(name for name in HIDDEN if name not in post)):
        for value in HOSTILE:
            yield f"{name}={value[:12]!r}", {**post, name: value}


def test_no_field_of_any_form_makes_a_page_fail(world: World) -> None:
    visits = Visits(world)
    for address in staff(world):
        for named, post in bad_forms(address.post) if address.post is not None else ():
            given = (json.dumps(post), "application/json") if address.json else (post,)
            visits.of(address).ask("post", path_of(address), *given, named=f"{address.title} {named}")
    assert visits.failed == []


def test_no_query_makes_a_page_fail(world: World) -> None:
    visits = Visits(world)
    for address in (*staff(world), *(a for a in public(world) if "file" not in a.name)):
        for value in HOSTILE:
            named = f"{address.title} ?{value[:12]!r}"
            visits.of(address).ask("get", path_of(address), dict.fromkeys(QUERIES, value), named=named)
    for name in ("record", "desk-import", "desk-history", "desk-compare", "desk-links", "site-at-choose"):
        address = next(a for a in (*staff(world), *public(world)) if a.name == name)
        for query in QUERIES:
            for value in HOSTILE:
                named = f"{name} ?{query}={value[:12]!r}"
                visits.of(address).ask("get", path_of(address), {query: value}, named=named)
    assert visits.failed == []


def test_no_address_makes_a_page_fail(world: World) -> None:
    visits = Visits(world)
    seen: set[str] = set()
    for address in (*staff(world), *public(world)):
        steps = path_of(address).split("/")
        for at in range(2, len(steps) - 1):
            for part in PARTS:
                path = "/".join((*steps[:at], part, *steps[at + 1 :]))
                if path not in seen:
                    seen.add(path)
                    visits.of(address).ask("get", path, named=path[:90])
                    if address.post is not None:
                        visits.of(address).ask("post", path, named=f"POST {path[:90]}")
    assert visits.failed == []
