"""What people do at the desk, as they do it: open, write, save, record."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

PLAN = "/desk/plan/police-and-crime-plan-2013-16/"
DRAFT = PLAN + "october-2014-draft/"
PUBLIC = "/plan/police-and-crime-plan-2013-16/"
OFFICER, CLERK, COMMISSIONER = "Kit Frost", "Harriet Pell", "Eleanor Thirkettle"
CHIEF_EXECUTIVE, ADMINISTRATOR = "Miriam Castleford", "Imran Wexcombe"


def surface(page: Page) -> Locator:
    """Where the words of a section are written."""
    return page.get_by_role("textbox", name="The words of this section")


def open_section(page: Page, office: str, title: str, edition: str = DRAFT) -> None:
    """Open the editor of one section of an edition."""
    page.goto(office + edition)
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(surface(page)).to_be_visible()


def saved(page: Page) -> Any:
    """Save at once, and give the server's answer when it has come."""
    with page.expect_response(lambda answer: answer.url.endswith("/save/")) as answer:
        page.keyboard.press("Control+s")
    return answer.value


def go_to(page: Page, edge: str) -> None:
    """Put the caret at the "Home" or the "End" of the open section."""
    surface(page).focus()
    page.wait_for_timeout(50)  # the editor sets its own caret when it is entered
    page.keyboard.press(f"Control+{edge}")


def add_words(page: Page, words: str) -> None:
    """Write a paragraph at the end of the open section."""
    go_to(page, "End")
    page.keyboard.press("Enter")
    page.keyboard.type(words)


def answer_gate(page: Page, day: tuple[int, int, int], words: str, **more: str) -> None:
    """Fill in the evidence of a gate; `day` is year, month, day."""
    for label, number in zip(("Year", "Month", "Day"), day, strict=True):
        page.get_by_label(label, exact=True).fill(str(number))
    page.locator("textarea[name=words]").fill(words)
    for name, value in more.items():
        page.locator(f"input[name={name}]").fill(value)


def record(page: Page, button: str = "Record") -> None:
    """Send the evidence, and see that it is kept."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Recorded, and pinned").first).to_be_visible()
