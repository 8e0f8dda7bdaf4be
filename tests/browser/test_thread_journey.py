"""A resident follows a pledge on a telephone: to its priority, the decision, the measure, and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board_acts import follow, in_order, told
from tests.browser.delivery_acts import PHONE, PLEDGE, PRIORITY

pytestmark = pytest.mark.xdist_group("office")
PLAN = "/plan/police-and-crime-plan-2017-20/"


def test_a_resident_follows_a_pledge_to_the_decision_and_the_measure(
    open_office: str, page_at: Callable[..., Page]
) -> None:
    resident = page_at(390)
    _finds_the_pledge(resident, open_office)
    thread = resident.url
    _reads_what_became_of_it(resident)
    _opens_the_decision(resident)
    resident.goto(thread)
    _opens_the_measure(resident)
    resident.goto(thread)
    _takes_it_away(resident)
    _finds_the_thread_from_the_other_end(resident, open_office)
    assert resident.faults == []  # type: ignore[attr-defined]


def _finds_the_pledge(page: Page, office: str) -> None:
    """In the plan, by its words; every pledge leads to what became of it."""
    page.goto(office + PLAN)
    page.get_by_role("main").get_by_role("link", name="What we pledge").first.click()
    told(page, PLEDGE)
    follow(page, "What became of Pledge 1.2?")
    expect(page.get_by_role("heading", level=1)).to_contain_text(PLEDGE)
    in_order(page, PHONE)


def _reads_what_became_of_it(page: Page) -> None:
    """Promised, made a priority in three years, done, measured, examined, published: in order of time."""
    kinds = page.locator("ol.thread .card__kind").all_inner_texts()
    said = [kind.strip().lower() for kind in kinds]
    assert said.index("promised") < said.index("made a priority")
    assert said.count("made a priority") == 3
    assert {"being done", "measured", "examined", "published"} <= set(said)
    told(page, "We missed nine in ten by one.")


def _opens_the_decision(page: Page) -> None:
    """The decision that made it a priority, in the public register."""
    follow(page, re.compile("CPCC 2019-010"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Priorities for action in 2019/20")
    told(page, "provided that measures for each theme are brought to the Board by 4 July 2019")
    in_order(page, PHONE)


def _opens_the_measure(page: Page) -> None:
    """The measure that tells how it goes, with its sentence."""
    follow(page, re.compile("Victims satisfied with the police"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Victims satisfied with the police")
    expect(page.locator("p.judged").first).to_be_visible()
    in_order(page, PHONE)


def _takes_it_away(page: Page) -> None:
    """As a table and as a picture."""
    for name, begins in (("as a table (CSV)", "\ufeff"), ("as a picture", "<")):
        href = page.get_by_role("main").get_by_role("link", name=name).get_attribute("href")
        answer = page.context.request.get(page.url.split("/thread/")[0] + str(href))
        assert answer.status == 200
        assert answer.text().startswith(begins)
        assert "Made a priority" in answer.text()


def _finds_the_thread_from_the_other_end(page: Page, office: str) -> None:
    """From this year's priority back to the pledge."""
    page.goto(f"{office}/delivery/")
    follow(page, PRIORITY)
    follow(page, "What became of this?")
    in_order(page, PHONE)
    told(page, PLEDGE)
