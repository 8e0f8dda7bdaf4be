"""What people do about delivery: answer a link, sign off, report in depth, follow a promise."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.browser.acts import go_to, saved, surface
from tests.browser.board_acts import follow, in_order, press, told
from tests.browser.board_meeting import mark_paper, officer_accepts, officer_sees_what_is_to_do

PARTNER = "Hamish Dunnock"
ACTION, PRIORITY = "Ring on all seven days", "Hear from a named person, on the day"
SAID = "Eight people now, one weekend in eight each. The first Saturday is covered."
LATER = "The first Sunday is covered, too."
PLEDGE = "hear from a named person within two working days"
ASKED = " The Board is asked to hear from the Hub in person."
ROOM = "/desk/delivery/"
BY_LINK, AT_THE_DESK = f"By emailed link sent to {PARTNER}", f"{PARTNER}, Manager of the Victims’ Hub"
PHONE = (390,)


def link_in_the_outbox(officer: Page, office: str) -> str:
    """The letter that a partner was sent, and the address in it."""
    officer.goto(f"{office}/desk/outbox/")
    in_order(officer)
    follow(officer, re.compile(f"^How does .*{ACTION}$"))
    in_order(officer)
    href = officer.get_by_role("main").locator("a[href*='/u/']").first.get_attribute("href")
    assert href
    return office + urlsplit(href).path


def partner_answers(partner: Page, link: str) -> None:
    """On a phone: started, typed, kept while typing, sent; the page asks for no name and no password."""
    partner.goto(link)
    told(partner, ACTION)
    in_order(partner, PHONE)
    press(partner, "Start")
    expect(partner.get_by_role("heading", level=1, name=ACTION)).to_be_visible()
    in_order(partner, PHONE)
    partner.get_by_label(re.compile("^On course")).check()
    partner.get_by_label("What has happened?").fill(SAID)
    expect(partner.get_by_text(re.compile("^Kept"))).to_be_visible()
    press(partner, "Send this update")
    told(partner, "Your update is with the office")
    in_order(partner, PHONE)


def link_lets_nobody_else_in(stranger: Page, link: str) -> None:
    """The same link in another browser says what happened, and shows nothing of what was written."""
    stranger.goto(link)
    told(stranger, "This link has been used")
    expect(stranger.get_by_text(SAID)).to_have_count(0)
    in_order(stranger, PHONE)


def office_signs_off(officer: Page, office: str, says: str) -> None:
    """The update waits with the office, which is told how it came, until somebody signs it."""
    officer.goto(office + ROOM)
    follow(officer, re.compile("^Updates to sign off"))
    waiting = officer.locator("article", has_text=ACTION)
    expect(waiting).to_contain_text(says)
    in_order(officer)
    with officer.expect_navigation():
        waiting.get_by_role("button", name=re.compile("^Sign off")).click()
    expect(officer.locator("article", has_text=ACTION)).to_have_count(0)
    in_order(officer)


def public_reads_the_update(resident: Page, office: str) -> None:
    """What was signed off stands on the public page of its priority, by office and without a name."""
    resident.goto(f"{office}/delivery/")
    in_order(resident, PHONE)
    follow(resident, PRIORITY)
    told(resident, SAID)
    told(resident, "Manager of the Victims’ Hub")
    expect(resident.get_by_text(PARTNER)).to_have_count(0)
    in_order(resident, PHONE)


def chief_assembles(chief: Page, office: str) -> tuple[str, str, str]:
    """One step from the records to a draft paper; gives the report's address, the paper's and its title."""
    chief.goto(f"{office}{ROOM}reports/")
    in_order(chief)
    follow(chief, "Report on a theme in depth")
    in_order(chief)
    chief.get_by_role("radio", name="Victims").check()
    press(chief, "Assemble it")
    expect(chief.get_by_role("heading", level=1, name="Victims")).to_be_visible()
    told(chief, SAID)
    in_order(chief)
    report = chief.url
    follow(chief, "Write in the paper")
    return report, chief.url, chief.get_by_role("heading", level=1).inner_text().strip()


def figures_lead_to_their_records(chief: Page, office: str, report: str) -> None:
    """Every record that the report names opens, and the action's own page says the same."""
    chief.goto(report)
    places = chief.locator(".text--sourced a[href*='/desk/']").evaluate_all("links => links.map(a => a.href)")
    paths = sorted({urlsplit(place).path for place in places})
    assert len(paths) > 5
    for path in paths:
        answer = chief.context.request.get(office + path)
        assert answer.status == 200, path


def chief_writes_in_it(chief: Page, paper: str) -> None:
    """The draft is a paper like any other: its author adds to what it asks of the board."""
    chief.goto(paper)
    follow(chief, "Purpose", within="ol.parts")
    expect(surface(chief)).to_be_visible()
    go_to(chief, "End")
    chief.keyboard.type(ASKED)
    assert saved(chief).status == 200


def chief_assembles_again(chief: Page, report: str) -> None:
    """Assembled again, it keeps what was written by hand."""
    chief.goto(report)
    follow(chief, "Assemble it again")
    in_order(chief)
    press(chief, "Assemble it again")
    told(chief, ASKED.strip())


def officer_tables_it(officer: Page, office: str, meeting: str, title: str) -> None:
    """An item is added for it, the paper is accepted for that and marked open, the agenda published."""
    officer.goto(meeting)
    officer.get_by_label("Title", exact=True).fill(title)
    officer.get_by_label("Purpose").select_option("decision")
    with officer.expect_navigation():
        officer.get_by_label("Title", exact=True).press("Enter")
    officer_accepts(officer, office, title)
    mark_paper(officer, office, title, "Open")
    officer_sees_what_is_to_do(officer, meeting)
    officer.goto(meeting)
    follow(officer, "Preview and publish")
    officer.get_by_label("Why is the notice shorter?").fill("The theme was due this month.")
    press(officer, "Publish the agenda")
    told(officer, "The agenda is published.")


def officer_holds_it(officer: Page, meeting: str) -> None:
    """Three members come, which is a quorum; then the meeting was held."""
    officer.goto(f"{meeting}attendance/")
    for name in ("Eleanor Thirkettle", "Clive Bannerdown", "Joanna Sturridge"):
        officer.get_by_role("group", name=re.compile(f"^{name}")).get_by_label("Present", exact=True).check()
        expect(officer.locator("#told")).to_contain_text("Noted.")
    officer.goto(meeting)
    press(officer, "The meeting was held")
    told(officer, "Kept: the meeting was held.")


def commissioner_decides(page: Page, office: str, title: str) -> str:
    """What the report asks for is decided as it was recommended; gives the decision's number."""
    page.goto(f"{office}/desk/decisions/")
    follow(page, re.compile(f"^{re.escape(title)}"))
    press(page, "Begin the draft")
    page.get_by_role("radio", name="Agreed as recommended").check()
    page.get_by_label("Reasons", exact=True).fill("The weekends are covered, and not yet measured.")
    page.get_by_label(re.compile("^Option")).first.fill("Agree")
    page.get_by_label(re.compile("^Why it was or was not chosen")).first.fill("Chosen.")
    page.get_by_label("Under which power").fill("Police Reform and Social Responsibility Act 2011, s.1(6)")
    page.locator("input[name=statement]").check()
    page.get_by_label("Who decided").select_option(label="Eleanor Thirkettle, Police and Crime Commissioner")
    press(page, "Record as decided")
    return page.locator(".reference").inner_text().strip()


def report_is_frozen(page: Page, report: str) -> None:
    """Since its paper was accepted the report stays as the board is given it."""
    page.goto(report)
    expect(page.get_by_text("It stays as the board was given it")).to_be_visible()
    expect(page.get_by_role("link", name="Assemble it again")).to_have_count(0)
    in_order(page)


def live_records_move_on(owner: Page, office: str) -> None:
    """Its owner says something new of the action, from the page of what they owe."""
    owner.goto(f"{office}/desk/owe/")
    in_order(owner, PHONE)
    owner.get_by_role("link", name=re.compile(f"^Say how it goes.*{ACTION}")).click()
    owner.get_by_label(re.compile("^On course")).check()
    owner.get_by_label(re.compile("^What has happened")).fill(LATER)
    in_order(owner, PHONE)
    press(owner, "Give this update")


def frozen_report_says_what_changed(page: Page, report: str) -> None:
    """The frozen words stay; what the records say by now stands beside them."""
    page.goto(report)
    expect(page.get_by_text(LATER)).to_have_count(0)
    follow(page, "What has changed since")
    expect(page.get_by_text(LATER).first).to_be_visible()
    in_order(page)


def today() -> date:
    """The day of the journey."""
    return localdate()
