"""What people do around a board: call it, write for it, sit at it. Every act is one that its page offers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.axe import WIDTHS
from tests.browser.walk import faults

AUTHOR, MONITOR, MEMBER = "Bilal Thorncroft", "Anjali Merton", "Clive Bannerdown"


def press(page: Page, name: str | re.Pattern[str], *, within: str = "") -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    place = page.locator(within) if within else page.get_by_role("main")
    with page.expect_navigation():
        place.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()


def follow(page: Page, name: str | re.Pattern[str], *, within: str = "") -> None:
    """Follow a link of the page's own part."""
    place = page.locator(within) if within else page.get_by_role("main")
    with page.expect_navigation():
        place.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()


def fill_day(page: Page, group: str | re.Pattern[str], day: date) -> None:
    """Fill in a date as its three boxes."""
    asked = page.get_by_role("group", name=group)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        asked.get_by_label(part, exact=True).fill(str(number))


def told(page: Page, words: str) -> None:
    """The page says so, where it says what was done."""
    expect(page.get_by_text(words).first).to_be_visible()


def in_order(page: Page, widths: Iterable[int] = WIDTHS) -> None:
    """Nothing on the page breaks a rule of axe, and nothing is wider than the screen, at each width."""
    found = faults(page, page.url, widths)
    assert found == {}, found
