"""The story of a meeting: called, its agenda built and published, its packs made, held, minuted, decided."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Locator, Page, expect

from tests.browser.board_acts import fill_day, follow, in_order, press, told
from tests.browser.board_papers import TITLE
from tests.browser.walk import TABLET

EXEMPT, PUBLIC_TITLE = "Buying the site at Zephyrine Wharf", "A purchase of land"
SENTINELS = ("Zephyrine", "Quillback", "Marrowfen")
EXEMPT_WORDS = "To agree what is offered to Quillback Estates for the site."
REASON = "Marrowfen Council bargains for the same site."
SHORT_NOTICE = "The year of the priorities has begun."


def officer_calls_the_meeting(officer: Page, office: str, day: date) -> str:
    """A meeting is called for a day, at an hour that has come; gives the address of its agenda."""
    officer.goto(f"{office}/desk/boards/")
    in_order(officer)
    follow(officer, "Business Coordination Board")
    follow(officer, "Call a meeting")
    in_order(officer)
    fill_day(officer, "Date", day)
    officer.get_by_label("Starts at").fill("0.05")
    officer.get_by_label("The public may attend").check()
    press(officer, "Call it")
    told(officer, "The meeting is called.")
    return officer.url.partition("#")[0]


def row_of(page: Page, title: str) -> Locator:
    """The line of an agenda with that title."""
    return page.locator(".agenda__item").filter(has=page.get_by_role("link", name=title, exact=True))


def officer_builds_the_agenda(officer: Page, meeting: str) -> None:
    """Items are added and moved by the keyboard; every step is said, and the focus stays."""
    officer.goto(meeting)
    for title, purpose in ((EXEMPT, "decision"), (TITLE, "decision")):
        officer.get_by_label("Title", exact=True).focus()
        officer.keyboard.type(title)
        officer.get_by_label("Purpose").select_option(purpose)
        officer.get_by_label("Title", exact=True).focus()
        with officer.expect_navigation():
            officer.keyboard.press("Enter")
        told(officer, "Added as item")
    before = row_of(officer, TITLE).locator(".agenda__number").inner_text()
    row_of(officer, TITLE).get_by_role("link", name=TITLE).focus()
    officer.keyboard.press("Alt+ArrowUp")
    expect(officer.locator("#told")).to_contain_text(f"“{TITLE}” is now")
    expect(row_of(officer, TITLE).get_by_role("button", name=re.compile("^Up"))).to_be_focused()
    assert row_of(officer, TITLE).locator(".agenda__number").inner_text() != before
    in_order(officer)


def officer_sees_what_is_to_do(officer: Page, meeting: str) -> None:
    """The days that count, with how they are counted; what is not marked stops publication."""
    officer.goto(meeting)
    for words in ("Papers in", "Agenda out", "Questions from the public"):
        expect(officer.locator("dl.deadlines").get_by_text(words)).to_be_visible()
    expect(officer.locator("#checks")).to_contain_text("is not marked")
    while (left := officer.get_by_role("button", name=re.compile("^Mark open"))).count():
        count = left.count()
        left.first.focus()
        officer.keyboard.press("Enter")
        expect(officer.get_by_role("button", name=re.compile("^Mark open"))).to_have_count(count - 1)


def officer_accepts(officer: Page, office: str, title: str) -> None:
    """A paper that was handed in is accepted for the item that bears its name, and marked open."""
    officer.goto(f"{office}/desk/papers/")
    follow(officer, title)
    follow(officer, "Accept it for an agenda")
    in_order(officer)
    officer.get_by_role("radio", name=re.compile(re.escape(title))).check()
    press(officer, "Accept it")
    told(officer, "Accepted for the agenda")


def mark_paper(page: Page, office: str, title: str, marking: str) -> None:
    """Say how far a paper may go."""
    page.goto(f"{office}/desk/papers/")
    follow(page, title)
    follow(page, "Mark it")
    page.get_by_role("radio", name=re.compile(f"^{marking}")).check()
    if marking == "Exempt":
        give_ground(page)
    press(page, "Keep the marking")
    told(page, "Marked.")


def give_ground(page: Page) -> None:
    """The ground in law on which something is exempt, and what the public is told."""
    ground = page.get_by_label(re.compile("ground in law", re.IGNORECASE))
    business = ground.locator("option", has_text=re.compile("financial|business|commercial", re.IGNORECASE))
    ground.select_option(value=business.first.get_attribute("value"))
    page.locator("textarea[name=reason_words]").fill(REASON)
    page.locator("input[name=public_title]").fill(PUBLIC_TITLE)
    fill_day(page, re.compile("^(Look at it again|Asked again) on"), localdate() + timedelta(days=180))


def mark_item_exempt(page: Page, meeting: str) -> None:
    """The item is marked exempt with its ground, and a title for the public."""
    page.goto(meeting)
    follow(page, EXEMPT)
    page.get_by_role("radio", name=re.compile("^Exempt")).check()
    give_ground(page)
    press(page, "Mark")
    told(page, "Marked.")


def officer_publishes(officer: Page, meeting: str) -> None:
    """What the public will read is shown first; short notice has its reason; the numbers are fixed."""
    officer.goto(meeting)
    follow(officer, "Preview and publish")
    seen = officer.locator(".as-public")
    expect(seen).to_contain_text(PUBLIC_TITLE)
    for word in SENTINELS:
        expect(seen).not_to_contain_text(word)
    in_order(officer)
    press(officer, "Publish the agenda")
    expect(officer.get_by_role("alert").first).to_be_visible()
    officer.get_by_label("Why is the notice shorter?").fill(SHORT_NOTICE)
    press(officer, "Publish the agenda")
    told(officer, "The agenda is published.")


def officer_sends_the_packs_out(officer: Page, meeting: str, *variants: str) -> None:
    """Packs are asked for, their progress is shown, and they are released."""
    officer.goto(f"{meeting}packs/")
    for name in variants:
        card = officer.locator(".packs__variant", has=officer.get_by_role("heading", name=name, exact=True))
        with officer.expect_navigation():
            card.get_by_role("button", name=re.compile("^Make")).first.click()
        expect(card.locator(".progress, .packs__issue").first).to_be_visible()
    for name in variants:
        card = officer.locator(".packs__variant", has=officer.get_by_role("heading", name=name, exact=True))
        release = card.get_by_role("button", name=re.compile("^Release"))
        for _ in range(60):
            if release.count():
                break
            officer.wait_for_timeout(1000)
            officer.reload()
        with officer.expect_navigation():
            release.click()
        expect(card.get_by_text("Released").first).to_be_visible()
    in_order(officer)


def officer_holds_it(officer: Page, meeting: str) -> None:
    """Who came, who sent apologies, an interest that was declared; then the meeting was held."""
    officer.goto(f"{meeting}attendance/")
    in_order(officer)
    for name, how in ATTENDANCE.items():
        officer.get_by_role("group", name=re.compile(f"^{name}")).get_by_label(how, exact=True).check()
        expect(officer.locator(".htmx-request")).to_have_count(0)  # it was noted, not only sent
        expect(officer.locator("#told")).to_contain_text("Noted.")
    expect(officer.locator("#quorum")).to_have_class(re.compile("quorum--met"))
    officer.reload()
    officer.get_by_label("Who", exact=True).select_option(label="Gwen Ottershaw")
    item = officer.get_by_label("In which item")
    item.select_option(value=item.locator("option", has_text=TITLE[:20]).get_attribute("value"))
    officer.get_by_label("What the interest is").fill("Her councils lead on two of the priorities.")
    press(officer, "Note it")
    told(officer, "Kept.")
    officer.goto(meeting)
    press(officer, "The meeting was held")
    told(officer, "Kept: the meeting was held.")


ATTENDANCE = {
    "Eleanor Thirkettle": "Present",
    "Clive Bannerdown": "Present",
    "Joanna Sturridge": "Present",
    "Miriam Castleford": "Present",
    "Gwen Ottershaw": "Present",
    "Leonard Peverell": "Apologies",
}


def officer_minutes_it(officer: Page, meeting: str) -> None:
    """By the keyboard alone, once begun: item by item, as resolved, an action with its owner and day."""
    officer.goto(f"{meeting}minutes/")
    press(officer, "Begin the minutes")
    go_to_item(officer, TITLE)
    officer.keyboard.type("The Chief Executive introduced the paper.")
    officer.keyboard.press("Alt+r")
    officer.keyboard.press("Alt+a")
    officer.keyboard.type("MC to bring measures for each theme by 30 June 2030.")
    expect(officer.locator("[data-save-state]")).to_contain_text("Saved ")
    officer.keyboard.press("Alt+Enter")
    expect(officer.locator(".heard__kind a:visible")).to_contain_text("Action")
    go_to_item(officer, EXEMPT)
    officer.keyboard.type("Quillback Estates is to be asked for another price.")
    expect(officer.locator("[data-save-state]")).to_contain_text("Saved ")
    in_order(officer, (1280, TABLET, 390))


def go_to_item(officer: Page, title: str) -> None:
    """Step on by the keyboard until the sheet of an item is open, and its words have the focus."""
    sheet = officer.locator("[data-sheet]:not([hidden])")
    for _ in range(20):
        if title in sheet.get_by_role("heading", level=2).inner_text():
            break
        officer.keyboard.press("Alt+ArrowDown")
    expect(sheet.get_by_role("heading", level=2)).to_contain_text(title)
    expect(sheet.locator("[data-words]")).to_be_focused()


def officer_circulates(officer: Page, meeting: str) -> None:
    """The draft goes round, and is kept as a version."""
    officer.goto(f"{meeting}minutes/")
    told(officer, "The Chief Executive introduced the paper.")
    in_order(officer)
    follow(officer, "Circulate the draft", within="body")
    press(officer, "Circulate")
    told(officer, "Circulated.")


def officer_takes_it_back(officer: Page, office: str) -> None:
    """An accepted paper goes back to its author, who has found something to put right."""
    officer.goto(f"{office}/desk/papers/")
    follow(officer, TITLE)
    follow(officer, "Return it to its author")
    officer.locator("textarea[name=words]").fill("Say that measures come with each priority.")
    press(officer, "Return it")
    told(officer, "Returned.")
