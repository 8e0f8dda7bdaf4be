"""A resident reads the plan on a telephone, without signing in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import PUBLIC
from tests.browser.axe import too_wide

pytestmark = pytest.mark.xdist_group("office")


def test_a_resident_reads_the_plan_on_a_telephone(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at(390)
    page.goto(open_office)
    page.get_by_role("link", name="Police and Crime Plan 2013-16", exact=True).first.click()
    page.get_by_role("link", name="Visible policing").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Visible policing")
    _asks_for_a_date(page, open_office)
    _reads_the_editions_and_what_changed(page, open_office)
    page.goto(open_office + PUBLIC)
    for name, begins in (("Word", b"PK"), ("PDF", b"%PDF")):
        assert _downloaded(page, name).startswith(begins)
    assert page.faults == []  # type: ignore[attr-defined]


def _asks_for_a_date(page: Page, office: str) -> None:
    page.goto(f"{office}{PUBLIC}at/")
    for part, number in (("Day", "1"), ("Month", "6"), ("Year", "2013")):
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/at/2013-06-01/")
    expect(page.get_by_text("as it stood on 1 June 2013").first).to_be_visible()
    expect(page.get_by_text("March 2013").first).to_be_visible()
    assert too_wide(page) <= 0


def _reads_the_editions_and_what_changed(page: Page, office: str) -> None:
    page.goto(f"{office}{PUBLIC}editions/")
    expect(page.get_by_role("heading", level=2)).to_contain_text(
        ["March 2014", "February 2014", "July 2013", "March 2013"]
    )
    page.get_by_role("link", name="What changed in July 2013").click()
    page.wait_for_url("**/changes/march-2013..july-2013/")
    expect(page.locator("ins").first).to_be_visible()
    assert too_wide(page) <= 0


def _downloaded(page: Page, name: str) -> bytes:
    link = page.get_by_role("main").get_by_role("link", name=name, exact=True).first
    href = link.get_attribute("href")
    answer = page.context.request.get(f"{page.url.partition('/plan/')[0]}{href}")
    assert answer.status == 200
    return answer.body()
