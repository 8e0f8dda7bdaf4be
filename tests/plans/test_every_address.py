"""Every address of the product as every office, as somebody of another body, and as nobody.

What each gets stands in addresses.toml. See tests/asking.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldthread.core.governance.stages import GATES, Move
from goldthread.plans.actions.gates import answer_change_request
from goldthread.plans.models import Edition
from goldthread.plans.queries import current_seal
from tests.asking import Answers, Asking, differing
from tests.plans.addresses import AT, DRAFT, PLAN, Address, World, desk, look, people, public
from tests.plans.story import take

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")
THEIRS = ("openid_connect", "account_", "mfa_", "socialaccount_")
"""Addresses of the sign-in library, which has its own tests; ours among them are listed by name."""
OURS = {
    *("look", "look_list", "look_job", "look_thread", "look_changes", "look_plain"),
    *("people", "appoint", "end_holding", "record", "account_login", "account_logout", "sign_in_as"),
}


@pytest.fixture
def world(cast) -> World:
    return World(cast)


def _names(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[str]:
    """The names of the product's addresses; every other app has a walk of its own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in (None, "plans"):
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
        found |= _all(
            asking, [Address("desk-gate", (PLAN, DRAFT, gate.move.value), post=given, case=gate.move.value)]
        )
        if gate.move is not Move.ISSUE:
            take(world.cast, edition, gate.move, AT.date())
    return found


def _all(asking: Asking, addresses: Iterable[Address]) -> Answers:
    """Who gets which status, address by address and method by method."""
    found: Answers = {}
    for address in addresses:
        name = address.name if address.name in OURS else f"plans:{address.name}"
        path = reverse(name, args=address.args) + address.query
        methods = {"GET": asking.groups(path, "get")}
        if address.post is not None:
            methods["POST"] = asking.groups(path, "post", address.post, as_json=address.json)
        found[address.title] = methods
    return found


def test_every_address_answers_everybody_as_the_golden_file_says(world: World) -> None:
    asking = Asking(world.cast)
    addresses = [*desk(world), *people(world), *look(), *public(world)]
    named = {address.name for address in addresses} | {"desk-gate"}
    assert {name for name in _names(get_resolver().url_patterns) if name not in named} == set()
    answers = _all(asking, addresses) | _gates(world, asking)
    assert differing(GOLDEN, answers, "") == {}
