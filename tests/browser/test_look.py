"""The style pages as a browser shows them: no axe violation, nothing too wide, nothing the policy refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Page

from tests.browser.axe import WIDTHS, screenshot, too_wide, violations

PAGES = {
    "look": "/desk/look/",
    "look-list": "/desk/look/list/",
    "look-thread": "/look/thread/",
    "look-changes": "/look/changes/",
    "look-plain": "/look/plain/",
}


@pytest.fixture
def signed_in(live_server: Any, cast: Any, settings: Any) -> Callable[[Page], Page]:
    """Put the commissioner's session into a page's visit."""
    settings.DEMO = True
    settings.SECOND_FACTOR = False
    client = Client()
    client.force_login(cast.commissioner)
    session = client.cookies[configured.SESSION_COOKIE_NAME].value

    def enter(page: Page) -> Page:
        cookie = {"name": configured.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return enter


@pytest.mark.parametrize("name", PAGES)
def test_a_style_page_can_be_used_by_everybody(
    name: str, live_server: Any, page_at: Callable[..., Page], signed_in: Callable[[Page], Page]
) -> None:
    page = signed_in(page_at())
    page.goto(live_server.url + PAGES[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert too_wide(page) <= 0
    assert page.faults == []  # type: ignore[attr-defined]
    screenshot(page, name)


def test_scripts_wake_and_the_summary_leads_to_the_question(
    live_server: Any, page: Page, signed_in: Callable[[Page], Page]
) -> None:
    signed_in(page).goto(live_server.url + PAGES["look"])
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Fill in “Title”").click()
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_the_first_key_offers_the_way_past_the_navigation(
    live_server: Any, page: Page, signed_in: Callable[[Page], Page]
) -> None:
    signed_in(page).goto(live_server.url + PAGES["look-list"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_job_is_followed_to_its_end(
    live_server: Any, page: Page, signed_in: Callable[[Page], Page]
) -> None:
    signed_in(page).goto(live_server.url + PAGES["look"])
    running = page.locator("#progress")
    assert running.get_by_role("progressbar").is_visible()
    running.get_by_role("link", name="Review what was read").wait_for()
    assert running.get_by_role("progressbar").count() == 0
    assert page.faults == []  # type: ignore[attr-defined]


def test_pages_read_the_same_without_scripts(
    live_server: Any, page_at: Callable[..., Page], signed_in: Callable[[Page], Page]
) -> None:
    page = signed_in(page_at(scripts=False))
    page.goto(live_server.url + PAGES["look"])
    page.get_by_text("What does approving do?").click()
    assert page.get_by_text("It lapses if they change.").is_visible()


def test_the_browser_reaches_nothing_but_this_machine(page: Page) -> None:
    answers: list[str] = []
    page.on("response", lambda answer: answers.append(answer.url))
    page.set_content("<img src='http://192.0.2.1/pixel.png'>", wait_until="load")
    assert answers == []
