"""Taking minutes in a browser: by the keyboard alone, without a connection, and two at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from goldthread.meetings.models import Arising, Attendance, KeptMinute, Minute
from goldthread.people.models import User
from tests.browser.axe import violations
from tests.meetings.minuting import Minuted
from tests.meetings.story import Boards

pytestmark = pytest.mark.django_db(transaction=True)


class Table:
    """A running meeting with two items, served; people sit down at it."""

    def __init__(self, server: str, visit: Callable[..., BrowserContext], minuted: Minuted) -> None:
        self.server, self.visit, self.minuted = server, visit, minuted
        self.first = minuted.item
        self.other = minuted.boards.item(minuted.meeting, "Any other business", number="10.0")
        minuted.boards.paper(
            "Delivery",
            item=self.first,
            stage="accepted",
            recommendation="The Board is recommended to approve the priorities.",
        )
        self.path = f"/desk/boards/bcb/{minuted.meeting.slug}/minutes/live/"
        assert minuted.minutes.pk

    def sit(self, user: User, width: int = 1280) -> Page:
        client = Client()
        client.force_login(user)
        visit = self.visit(width)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.server}
        visit.add_cookies([cookie])
        return self.open(visit)

    def open(self, visit: BrowserContext) -> Page:
        page = visit.new_page()
        page.goto(f"{self.server}{self.path}{self.first.pk}/")
        return page

    def words(self, item: Any = None) -> str:
        row = Minute.objects.filter(item=item or self.first).first()
        nodes = row.form["content"] if row else []
        return "\n".join("".join(part["text"] for part in node.get("content", ())) for node in nodes)


@pytest.fixture
def table(cast: Any, at: Any, live_server: Any, visit: Any) -> Table:
    return Table(live_server.url, visit, Minuted(Boards(cast, at)))


def area(page: Page) -> Any:
    return page.locator("[data-sheet]:not([hidden]) [data-words]")


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("Saved ")


def test_an_officer_minutes_by_the_keyboard_alone(table: Table) -> None:
    page = table.sit(table.minuted.clerk)
    page.keyboard.type("Members welcomed it.")
    page.keyboard.press("Alt+r")
    page.keyboard.press("Alt+a")
    page.keyboard.type("DK to write to partners by 30 October 2014.")
    saved(page)
    assert table.words().split("\n") == [
        "Members welcomed it.",
        "The Police and Crime Commissioner approved the priorities.",
        "DK to write to partners by 30 October 2014.",
    ]
    expect(page.locator("[data-side]:visible .heard__words")).to_have_text(
        "DK to write to partners by 30 October 2014."
    )
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".heard__kind a:visible")).to_have_text("Action 2014/01")
    assert Arising.objects.get().owner_words == "DK"
    expect(area(page)).to_be_focused()

    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("h2:visible").first).to_contain_text("Any other business")
    assert page.url.endswith(f"/{table.other.pk}/")
    page.keyboard.type("SH left the meeting.")
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".people:visible")).to_contain_text("left here")
    assert Attendance.objects.get(initials="SH").to_item == table.other
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-items] [aria-current]")).to_contain_text("Actions: 1")
    assert violations(page) == []


def test_words_outlive_a_lost_connection_and_a_closed_page(table: Table) -> None:
    page = table.sit(table.minuted.clerk)
    page.context.set_offline(True)
    area(page).fill("Said while the network was gone.")
    expect(page.locator("[data-save-state]")).to_contain_text("kept on this device")
    page.close(run_before_unload=False)
    assert table.words() == ""
    page.context.set_offline(False)
    again = table.open(page.context)
    saved(again)
    assert table.words() == "Said while the network was gone."
    expect(area(again)).to_have_value("Said while the network was gone.")


def test_two_who_minute_at_once_see_each_other_and_keep_both_texts(table: Table) -> None:
    one = table.sit(table.minuted.clerk)
    two = table.sit(table.minuted.cast.chief_executive)
    area(one).fill("First words.")
    saved(one)
    two.evaluate("window.dispatchEvent(new Event('online'))")
    expect(area(two)).to_have_value("First words.")

    one.context.set_offline(True)
    area(one).fill("First words, as Peter heard them.")
    area(two).fill("First words, as Dorothy heard them.")
    saved(two)
    one.context.set_offline(False)
    one.evaluate("window.dispatchEvent(new Event('online'))")
    expect(one.locator("[data-notice]:visible")).to_contain_text("Both are kept")
    assert table.words() == "First words, as Dorothy heard them."
    assert KeptMinute.objects.count() == 1
    one.get_by_role("link", name="Read both and choose").first.click()
    one.get_by_role("button", name="Both").click()
    expect(area(one)).to_have_value("First words, as Dorothy heard them.\nFirst words, as Peter heard them.")


@pytest.mark.parametrize("width", [390, 820])
def test_it_fits_a_phone_and_a_tablet(table: Table, width: int) -> None:
    page = table.sit(table.minuted.clerk, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Next item").click()
    expect(page.locator("h2:visible").first).to_contain_text("Any other business")
    assert violations(page) == []
