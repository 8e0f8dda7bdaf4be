"""A plan from a draft to an issued edition, by the people who do it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import command, sign_in

pytestmark = pytest.mark.xdist_group("office")

DRAFT = "/desk/plan/police-and-crime-plan-2013-16/october-2014-draft/"
PUBLIC = "/plan/police-and-crime-plan-2013-16/"
OFFICER, CLERK, COMMISSIONER = "Kit Frost", "Harriet Pell", "Eleanor Thirkettle"


def _evidence(page: Page, day: str, month: str, year: str, words: str, **more: str) -> None:
    page.get_by_label("Day").fill(day)
    page.get_by_label("Month").fill(month)
    page.get_by_label("Year").fill(year)
    page.locator("textarea[name=words]").fill(words)
    for name, value in more.items():
        page.locator(f"input[name={name}]").fill(value)


def _write(page: Page, office: str, section: str, words: str) -> None:
    """Add words at the end of a section, and wait until they are saved."""
    page.goto(office + DRAFT)
    page.get_by_role("link", name=section).first.click()
    editor = page.locator(".ProseMirror")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(words)
    expect(page.get_by_text("Saved", exact=False).first).to_be_visible(timeout=10_000)


def test_a_draft_is_changed_approved_scrutinised_issued_and_read(
    office: str, office_home: Path, page_at: Callable[..., Page]
) -> None:
    officer, clerk, commissioner, resident = (page_at() for _ in range(4))
    sign_in(officer, office, OFFICER)
    expect(officer.get_by_role("heading", name="What needs me")).to_be_visible()

    _write(officer, office, "Community engagement", "We will come to you twice a year.")
    officer.goto(office + DRAFT + "approval/")
    expect(officer.get_by_text("reopened", exact=True).first).to_be_visible()
    expect(officer.get_by_text("Community engagement (changed)").first).to_be_visible()

    officer.get_by_role("link", name="Consult the chief constable").click()
    _evidence(officer, "29", "9", "2014", "Content with the added sentence.", who="Chief Constable")
    officer.get_by_role("button", name="Record").click()
    expect(officer.get_by_text("Recorded, and pinned").first).to_be_visible()

    officer.goto(office + DRAFT + "approval/issue/")
    expect(officer.get_by_text("Something must come first").first).to_be_visible()

    officer.goto(office + DRAFT + "approval/approve/")
    _evidence(officer, "2", "10", "2014", "The updated Plan is approved for submission to the panel.")
    officer.get_by_role("button", name="Record").click()
    expect(officer.get_by_text("Recorded, and pinned").first).to_be_visible()

    officer.goto(office + DRAFT + "approval/submit/")
    _evidence(officer, "6", "10", "2014", "For the meeting of 5 November 2014.")
    officer.get_by_role("button", name="Send to the panel").click()
    expect(officer.get_by_role("link", name="tracked changes").first).to_be_visible()

    sign_in(clerk, office, CLERK)
    clerk.goto(office + DRAFT + "approval/report/")
    _evidence(clerk, "5", "11", "2014", "The panel supports the update.", who="The chair of the panel")
    clerk.get_by_role("button", name="Record").click()
    expect(clerk.get_by_text("Recorded, and pinned").first).to_be_visible()

    officer.goto(office + DRAFT + "approval/respond/")
    expect(officer.get_by_text("not yours to take").first).to_be_visible()
    sign_in(commissioner, office, COMMISSIONER)
    commissioner.goto(office + DRAFT + "approval/respond/")
    _evidence(commissioner, "10", "11", "2014", "I thank the panel.")
    commissioner.get_by_role("button", name="Record").click()
    commissioner.goto(office + DRAFT + "approval/issue/")
    _evidence(commissioner, "12", "11", "2014", "Issued.")
    commissioner.get_by_role("button", name="Issue the plan").click()
    expect(commissioner.get_by_text("In force").first).to_be_visible()

    resident.goto(office + PUBLIC)
    resident.get_by_role("link", name="Community engagement").first.click()
    expect(resident.get_by_text("We will come to you twice a year.")).to_be_visible()
    resident.goto(office + PUBLIC + "editions/march-2014/")
    expect(resident.get_by_text("superseded", exact=False).first).to_be_visible()
    resident.goto(office + PUBLIC + "at/2014-06-01/")
    expect(resident.get_by_text("March 2014").first).to_be_visible()

    verified = command(office_home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_two_people_save_one_section_and_nothing_is_lost(
    office: str, page_at: Callable[..., Page]
) -> None:
    first, second = page_at(), page_at()
    sign_in(first, office, OFFICER)
    sign_in(second, office, "Miriam Castleford")
    for page in (first, second):
        page.goto(office + DRAFT)
        page.get_by_role("link", name="Visible policing").first.click()
        expect(page.locator(".ProseMirror")).to_be_visible()
    for page, words in ((first, "Written by Kit."), (second, "Written by Miriam.")):
        page.locator(".ProseMirror").click()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.type(words)
        page.wait_for_timeout(2_500)
    second.goto(f"{office}/desk/")
    second.get_by_role("link", name="Settle two versions").click()
    expect(second.get_by_text("Written by Kit.").first).to_be_visible()
    expect(second.get_by_text("Written by Miriam.").first).to_be_visible()
    second.get_by_role("button", name="Theirs; put mine away").click()
    expect(second.locator(".ProseMirror")).to_contain_text("Written by Kit.")


def test_a_doubtful_link_is_read_side_by_side_and_cleared(office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, office, OFFICER)
    page.get_by_role("link", name="become doubtful").click()
    expect(page.get_by_text("doubtful").first).to_be_visible()
    page.locator("td", has_text="doubtful").first.get_by_role("link").first.click()
    expect(page.get_by_text("Changed since; what changed is marked.").first).to_be_visible()
    page.locator("textarea").first.fill("The clause still sets the days aside.")
    page.get_by_role("button", name="Clear the link").click()
    expect(page.get_by_text("Cleared. The reason is kept.")).to_be_visible()
