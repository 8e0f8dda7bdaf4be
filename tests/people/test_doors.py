"""No staff page opens to a visitor, whatever app it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db
SAMPLES = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": "00000000-0000-4000-8000-000000000000"}


def _addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address, with a sample in place of each parameter."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "a"), address)


def test_every_desk_page_sends_a_visitor_to_the_door(client: Client) -> None:
    desk = [a for a in _addresses(get_resolver().url_patterns) if a.startswith("/desk/")]
    assert len(desk) >= 4
    for address in desk:
        for ask in (client.get, client.post):
            response = ask(address)
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith("/sign-in/?next="), address
