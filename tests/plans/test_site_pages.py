"""What the public reads of a plan: in force, as at a date, in any edition, one section or all of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.plans.story import the_plan

PLAN = "/plan/police-and-crime-plan-2013-16/"
CALLS_AT = "answering-calls-1a1b2c3d"


@pytest.fixture
def plan(cast):
    return the_plan(cast)


@pytest.fixture
def read(plan):
    """Read a public page as anybody may: its words, without the draft's."""
    client = Client()

    def page(address: str, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status, response
        return response.content.decode()

    return page


def test_the_front_page_says_what_is_in_force(read):
    page = read(PLAN)
    assert "March 2014" in page
    assert "31 March 2014" in page
    assert "Asking people." in page
    assert f"{PLAN}changes/february-2014..march-2014/" in page
    assert "Community engagement" in page
    assert "superseded" not in page


def test_home(read):
    page = read("/")
    print(page)
