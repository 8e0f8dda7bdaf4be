"""A plan from a draft to an issued edition, by the people who do it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    CLERK,
    COMMISSIONER,
    DRAFT,
    OFFICER,
    PUBLIC,
    add_words,
    answer_gate,
    open_section,
    record,
    saved,
)
from tests.browser.office import command, sign_in

pytestmark = pytest.mark.xdist_group("office")

PROMISE = "We will come to you twice a year."
APPROVAL = DRAFT + "approval/"


def test_a_draft_is_changed_approved_scrutinised_issued_and_read(
    office: str, office_home: Path, page_at: Callable[..., Page]
) -> None:
    officer, commissioner = page_at(), page_at()
    sign_in(officer, office, OFFICER)
    expect(officer.get_by_role("heading", name="What needs me")).to_be_visible()
    _change_reopens_what_relied_on_the_text(officer, office)
    _staff_take_it_to_the_panel(officer, office)
    _the_panel_reports(page_at(), office)
    _what_the_law_reserves_is_refused_to_staff(officer, office)
    sign_in(commissioner, office, COMMISSIONER)
    _the_commissioner_responds_and_issues(commissioner, office)
    _a_resident_reads_it(page_at(390), office)
    verified = command(office_home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert [page.faults for page in (officer, commissioner)] == [[], []]  # type: ignore[attr-defined]


def _change_reopens_what_relied_on_the_text(officer: Page, office: str) -> None:
    open_section(officer, office, "Community engagement")
    add_words(officer, PROMISE)
    assert saved(officer).status == 200
    officer.goto(office + APPROVAL)
    consulted = officer.locator("li.steps__step", has_text="Consult the chief constable")
    expect(consulted.get_by_text("reopened", exact=True)).to_be_visible()
    expect(consulted).to_contain_text("Community engagement (changed)")
    officer.goto(office + APPROVAL + "approve/")
    expect(officer.get_by_text("Something must come first")).to_be_visible()


def _staff_take_it_to_the_panel(officer: Page, office: str) -> None:
    officer.goto(office + APPROVAL)
    officer.get_by_role("link", name="Consult the chief constable").click()
    answer_gate(officer, (2014, 9, 29), "Content with the added sentence.", who="Chief Constable")
    record(officer)
    officer.goto(office + APPROVAL + "approve/")
    answer_gate(officer, (2014, 10, 2), "The updated plan is approved for submission to the panel.")
    record(officer)
    officer.goto(office + APPROVAL + "submit/")
    answer_gate(officer, (2014, 10, 6), "For the meeting of 5 November 2014.")
    record(officer, "Send to the panel")
    with officer.expect_download() as sent:
        officer.get_by_role("link", name="tracked changes").first.click()
    assert Path(sent.value.path()).read_bytes().startswith(b"PK")


def _the_panel_reports(clerk: Page, office: str) -> None:
    sign_in(clerk, office, CLERK)
    clerk.goto(office + APPROVAL + "report/")
    answer_gate(clerk, (2014, 11, 5), "The panel supports the update.", who="The chair of the panel")
    record(clerk)


def _what_the_law_reserves_is_refused_to_staff(officer: Page, office: str) -> None:
    officer.goto(office + APPROVAL + "respond/")
    expect(officer.get_by_text("not yours to take")).to_be_visible()
    assert officer.get_by_role("button", name="Record").count() == 0
    officer.goto(office + APPROVAL + "issue/")
    expect(officer.get_by_text("Something must come first")).to_be_visible()


def _the_commissioner_responds_and_issues(commissioner: Page, office: str) -> None:
    commissioner.goto(office + APPROVAL + "respond/")
    answer_gate(commissioner, (2014, 11, 10), "I thank the panel.")
    record(commissioner)
    commissioner.goto(office + APPROVAL + "issue/")
    answer_gate(commissioner, (2014, 11, 12), "Issued.")
    record(commissioner, "Issue the plan")
    expect(commissioner.get_by_text("In force").first).to_be_visible()


def _a_resident_reads_it(resident: Page, office: str) -> None:
    resident.goto(office + PUBLIC)
    resident.get_by_role("link", name="Community engagement").first.click()
    expect(resident.get_by_text(PROMISE)).to_be_visible()
    resident.goto(office + PUBLIC + "at/2014-06-01/")
    expect(resident.get_by_text("March 2014").first).to_be_visible()
    expect(resident.get_by_role("link", name="Community engagement")).to_have_count(0)
    resident.goto(office + PUBLIC + "editions/")
    expect(resident.get_by_text("October 2014").first).to_be_visible()
