"""Building an agenda in a browser: by the keyboard, without a script, and two officers at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from goldthread.meetings.models import AgendaItem
from tests.browser.axe import WIDTHS, violations
from tests.meetings.story import Boards

MEETING = ("", "publish/", "attendance/", "questions/", "papers/", "change/", "items")
BOARD = ("", "forward/", "rules/", "members/", "terms/new/", "call/", "standing/")
pytestmark = pytest.mark.django_db(transaction=True)


class Table:
    """An agenda of three items and a sub-item, served; the governance officer sits down at it."""

    def __init__(self, server: str, visit: Callable[..., BrowserContext], boards: Boards) -> None:
        self.server, self.visit, self.boards = server, visit, boards
        self.meeting = boards.meeting(localdate() + timedelta(days=30))
        self.plan = boards.item(self.meeting, "Delivery of the Plan", minutes_allowed=20)
        self.budget = boards.item(self.meeting, "Budget", marking="")
        self.estate = boards.item(self.meeting, "Estate", marking="exempt", reason_code="12A-3")
        boards.item(self.meeting, "Sale of a station", parent=self.estate, number="3(a)")

    def sit(self, width: int = 1280, **more: Any) -> Page:
        client = Client()
        client.force_login(self.boards.cast.governance_officer)
        visit = self.visit(width, **more)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.server}
        visit.add_cookies([cookie])
        page = visit.new_page()
        page.goto(f"{self.server}{self.meeting.get_absolute_url()}")
        return page

    def order(self) -> list[str]:
        return [str(row.title) for row in AgendaItem.objects.order_by("position")]


@pytest.fixture
def table(cast: Any, at: datetime, live_server: Any, visit: Callable[..., BrowserContext]) -> Table:
    return Table(live_server.url, visit, Boards(cast, at))


def test_items_move_by_the_keyboard_and_the_focus_stays(table: Table) -> None:
    page = table.sit()
    page.locator(f"#item-{table.plan.pk} a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#told")).to_contain_text("“Delivery of the Plan” is now 2.0.")
    expect(page.locator(f"#down-{table.plan.pk}")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#told")).to_contain_text("“Delivery of the Plan” is now 3.0.")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Enter")
    assert table.order() == ["Budget", "Estate", "Sale of a station", "Delivery of the Plan"]
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#told")).to_contain_text("is now 2.0.")


HASTE = """(id) => {
    window.here = true
    const press = () => { told.disconnect(); document.getElementById(id).click() }
    const told = new MutationObserver(press)
    told.observe(document.body, { childList: true, subtree: true })
    document.getElementById(id).click()
}"""


def test_a_button_pressed_as_soon_as_it_is_there_does_not_leave_the_page(table: Table) -> None:
    page = table.sit()
    page.evaluate(HASTE, f"down-{table.plan.pk}")
    expect(page.locator("#told")).to_contain_text("“Delivery of the Plan” is now 3.0.")
    assert page.evaluate("window.here")


def test_marking_an_item_settles_what_is_still_to_do(table: Table) -> None:
    page = table.sit()
    expect(page.locator("#checks")).to_contain_text("Item 2.0 is not marked")
    page.locator(f"#open-{table.budget.pk}").click()
    expect(page.locator("#checks")).not_to_contain_text("Item 2.0 is not marked")


def test_two_officers_at_once_are_told(table: Table) -> None:
    mine, theirs = table.sit(), table.sit()
    theirs.locator(f"#down-{table.plan.pk}").click()
    expect(theirs.locator("#told")).to_contain_text("is now 2.0.")
    mine.locator(f"#up-{table.estate.pk}").click()
    expect(mine.locator("#told")).to_contain_text("Somebody else changed the order")
    expect(mine.locator(".agenda__title").first).to_have_text("Budget")
    mine.locator(f"#up-{table.estate.pk}").click()
    expect(mine.locator("#told")).to_contain_text("“Estate” is now 2.0.")


def test_the_quorum_follows_as_people_are_noted(table: Table) -> None:
    page = table.sit()
    page.goto(f"{table.server}{table.meeting.get_absolute_url()}attendance/")
    for name, words in (("Frances Merrow", "1 of 3"), ("Simon Hereward", "2 of 3")):
        page.get_by_role("group", name=name).get_by_label("Present").check()
        expect(page.locator("#quorum")).to_contain_text(f"{words} members are present")
    expect(page.locator("#quorum")).to_contain_text("there is a quorum")
    page.reload()
    expect(page.locator("#quorum")).to_contain_text("2 of 3")


def test_it_works_without_scripts(table: Table) -> None:
    page = table.sit(390, scripts=False)
    page.locator(f"#up-{table.budget.pk}").click()
    expect(page.locator("#told")).to_contain_text("“Budget” is now 1.0.")
    page.get_by_label("Title").fill("Storm damage")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#told")).to_contain_text("Added as item 4.0.")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("where", MEETING)
def test_every_page_of_a_meeting_can_be_used_by_everybody(table: Table, width: int, where: str) -> None:
    page = table.sit(width)
    where = f"items/{table.estate.pk}/" if where == "items" else where
    page.goto(f"{table.server}{table.meeting.get_absolute_url()}{where}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("where", BOARD)
def test_every_page_of_a_board_can_be_used_by_everybody(table: Table, width: int, where: str) -> None:
    page = table.sit(width)
    page.goto(f"{table.server}{table.boards.board.get_absolute_url()}{where}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
