"""Every address of the product as every office, as somebody of another body, and as nobody.

What each gets stands in addresses.toml. To write it anew after a change that is meant:
GOLDTHREAD_WRITE_ADDRESSES=yes pytest tests/plans/test_every_address.py,
then read every line of the difference.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import GATES, Move
from goldthread.plans.actions.gates import answer_change_request
from goldthread.plans.models import Edition
from goldthread.plans.queries import current_seal
from tests.plans.addresses import AT, DRAFT, PLAN, Address, World, desk, look, people, public
from tests.plans.story import take

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")
OUTSIDE = ("visitor", "resident", "stranger")
THEIRS = ("openid_connect", "account_", "mfa_", "socialaccount_")
"""Addresses of the sign-in library, which has its own tests; ours among them are listed by name."""
Answers = dict[str, dict[str, dict[str, str]]]


class Asking:
    """Everybody with a visit of their own; each request leaves the database as it was."""

    def __init__(self, world: World) -> None:
        self.visits = {"visitor": Client(), "resident": Client(), "stranger": Client()}
        self.visits["resident"].force_login(world.cast.resident)
        self.visits["stranger"].force_login(world.cast.stranger)
        for role in Role:
            self.visits[role.value] = Client()
            self.visits[role.value].force_login(world.cast.holder(role))
        self.cookies = {who: visit.cookies.output(header="") for who, visit in self.visits.items()}

    def all(self, addresses: Iterable[Address]) -> Answers:
        """Who gets which status, address by address and method by method."""
        found: Answers = {}
        for address in addresses:
            methods = {"GET": self.ask(address, "get")}
            if address.post is not None:
                methods["POST"] = self.ask(address, "post")
            found[address.title] = methods
        return found

    def ask(self, address: Address, method: str) -> dict[str, str]:
        """Status: the people who get it; "others" for the largest group of offices."""
        groups: dict[int, list[str]] = defaultdict(list)
        for who in self.visits:
            groups[self.status(who, address, method)].append(who)
        offices = {status: [w for w in names if w not in OUTSIDE] for status, names in groups.items()}
        largest = max(offices, key=lambda status: len(offices[status]))
        return {
            str(status): " ".join(
                [w for w in names if w in OUTSIDE] + (["others"] if status == largest else offices[status])
            )
            for status, names in sorted(groups.items())
        }

    def status(self, who: str, address: Address, method: str) -> int:
        visit = self.visits[who]
        visit.cookies = SimpleCookie(self.cookies[who])
        name = address.name if address.name in OURS else f"plans:{address.name}"
        path = reverse(name, args=address.args) + address.query
        with transaction.atomic():
            if method == "get":
                response = visit.get(path)
            elif address.json:
                response = visit.post(path, json.dumps(address.post), content_type="application/json")
            else:
                response = visit.post(path, address.post)
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)  # the file is closed at its end
        return int(response.status_code)


OURS = {
    *("look", "look_list", "look_job", "look_thread", "look_changes", "look_plain"),
    *("people", "appoint", "end_holding", "record", "account_login", "account_logout", "sign_in_as"),
}


@pytest.fixture
def world(cast) -> World:
    return World(cast)


def _names(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[str]:
    """The names of the product's addresses; those of boards and measures have walks of their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in ("meetings", "performance"):
                yield from _names(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(THEIRS):
            yield pattern.name


def _gates(world: World, asking: Asking) -> Answers:
    """Each gate in its own turn: who may read it, and who may pass it."""
    by, at = world.cast.chief_executive, AT
    answer_change_request(asked=world.asked, answer="It is shorter.", by=by, at=at)
    found: Answers = {}
    for gate in GATES:
        edition = Edition.objects.get(pk=world.draft.pk)
        given = {
            "on": "2014-10-03",
            "body_name": "The body",
            "who": "Somebody",
            "words": "What was said.",
            "seen": current_seal(edition)[0],
            "decided_by": world.cast.commissioner.pk,
        }
        found |= asking.all(
            [Address("desk-gate", (PLAN, DRAFT, gate.move.value), post=given, case=gate.move.value)]
        )
        if gate.move is not Move.ISSUE:
            take(world.cast, edition, gate.move, AT.date())
    return found


def _written(answers: Answers) -> str:
    """The golden file, a table a line."""
    lines = ["# Who gets which status at every address. Generated, then read line by line.", ""]
    for name, methods in answers.items():
        lines.append(f'["{name}"]')
        for method, groups in methods.items():
            pairs = ", ".join(f'{status} = "{who}"' for status, who in groups.items())
            lines.append(f"{method} = {{ {pairs} }}")
        lines.append("")
    return "\n".join(lines)


def test_every_address_answers_everybody_as_the_golden_file_says(world: World) -> None:
    asking = Asking(world)
    addresses = [*desk(world), *people(world), *look(), *public(world)]
    named = {address.name for address in addresses} | {"desk-gate"}
    assert {name for name in _names(get_resolver().url_patterns) if name not in named} == set()
    answers = asking.all(addresses) | _gates(world, asking)
    if os.environ.get("GOLDTHREAD_WRITE_ADDRESSES"):
        GOLDEN.write_text(_written(answers), encoding="utf-8")
    golden = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {n: a for n, a in answers.items() if golden.get(n) != a} == {}
    assert set(golden) == set(answers)
