"""An author reads in the paper of 2019, mends what proofing found beside the very words, and submits it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import too_wide, violations
from tests.browser.office import sign_in

pytestmark = pytest.mark.xdist_group("office")

PAPER = Path(__file__).parents[1] / "files" / "corpus" / "papers" / "bcb-2019-04-04-delivery-of-the-plan.docx"
AUTHOR, TITLE = "Miriam Castleford", "Delivery of the plan in 2019/20"
PROMISED = "will be identified relevant to each of the themes"


def test_an_author_imports_proofs_and_submits_a_paper(office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, office, AUTHOR)
    _read_in(page, office)
    paper = page.url
    expect(page.locator(".proof li")).to_have_count(4)
    assert violations(page) == []
    assert too_wide(page) <= 0
    _say_who_and_when(page)
    page.goto(paper)
    expect(page.locator(".proof li")).to_have_count(3)
    page.get_by_role("button", name="Go by the numbers counted here").click()
    expect(page.locator(".proof li")).to_have_count(2)
    _submit(page)
    assert violations(page) == []


def _read_in(page: Page, office: str) -> None:
    page.goto(f"{office}/desk/papers/new/")
    assert violations(page) == []
    page.get_by_label("The paper in Word, if you have it already").set_input_files(PAPER)
    page.get_by_role("button", name="Begin it").click()
    page.get_by_role("heading", level=1, name="What was understood").wait_for(timeout=30_000)
    expect(page.get_by_label("To", exact=True)).to_have_value("Business Coordination Board")
    assert violations(page) == []
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def _say_who_and_when(page: Page) -> None:
    """In the editor the note stands beside the second 3.4; once it says who and when, the note goes."""
    page.locator(".parts a", has_text="Background").click()
    expect(page.locator(".editor-margin", has_text="has no owner and no date")).to_be_visible()
    page.locator(".ProseMirror > p", has_text=PROMISED).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.type(", by the Head of Business Development by 4 July 2019.")
    page.keyboard.press("Control+s")
    expect(page.locator(".editor-status__line")).to_have_text(re.compile(r"^Saved \d"))
    expect(page.locator(".editor-margin", has_text="owner")).to_have_count(0)
    assert violations(page) == []


def _submit(page: Page) -> None:
    page.get_by_role("link", name="Submit it").click()
    expect(page.locator(".held li")).to_have_text(
        ["The Board is recommended to approve the priorities for action."]
    )
    page.get_by_label("A note").fill("As asked for in December.")
    page.get_by_role("button", name="Submit it").click()
    expect(page.get_by_text("Submitted as version 1")).to_be_visible()
    expect(page.get_by_text("As asked for in December.")).to_be_visible()
