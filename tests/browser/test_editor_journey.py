"""Writing a section in the real page: blocks, tables, paste from Word, a lost connection, autosave."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import OFFICER, add_words, go_to, open_section, saved, surface
from tests.browser.axe import violations
from tests.browser.office import sign_in

pytestmark = pytest.mark.xdist_group("office")

WORD = Path(__file__).parents[2] / "goldthread" / "web" / "editor" / "test" / "samples" / "word.html"
PASTE = """html => {
    const given = new DataTransfer();
    given.setData('text/html', html);
    given.setData('text/plain', 'plain');
    const event = new ClipboardEvent('paste', {clipboardData: given, bubbles: true, cancelable: true});
    document.querySelector('.ProseMirror').dispatchEvent(event);
}"""


def _tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def _stands(page: Page, words: str) -> None:
    """After the page is opened afresh, the words are there."""
    page.reload()
    expect(surface(page)).to_contain_text(words)


def test_a_section_is_written_and_kept(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    open_section(page, open_office, "Safer roads")
    _a_pledge_and_a_table(page)
    _undo(page)
    _words_from_word(page)
    _what_is_written_is_saved_by_itself(page)
    assert page.faults == []  # type: ignore[attr-defined]


def _a_pledge_and_a_table(page: Page) -> None:
    pledges = page.get_by_role("group", name=re.compile("^Pledge"))
    expect(surface(page)).to_be_visible()
    before = pledges.count()
    add_words(page, "We will mend the crossing.")
    page.get_by_label("Kind of block").select_option(label="Pledge")
    expect(pledges).to_have_count(before + 1)
    add_words(page, "First")
    _tool(page, "List")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _tool(page, "Table")
    for heading in ("Road", "Collisions", "Year"):
        page.keyboard.type(heading)
        page.keyboard.press("Tab")
    assert saved(page).status == 200
    _stands(page, "We will mend the crossing.")
    expect(surface(page).get_by_role("table")).to_contain_text("Collisions")
    expect(surface(page).locator("ul li", has_text="First")).to_be_visible()
    expect(pledges).to_have_count(before + 1)


def _undo(page: Page) -> None:
    go_to(page, "Home")
    page.keyboard.type("Unwanted ")
    expect(surface(page)).to_contain_text("Unwanted")
    page.keyboard.press("Control+z")
    expect(surface(page)).not_to_contain_text("Unwanted")


def _words_from_word(page: Page) -> None:
    tables = surface(page).get_by_role("table").count()
    go_to(page, "Home")
    page.evaluate(PASTE, WORD.read_text(encoding="utf-8"))
    expect(surface(page).get_by_role("table")).to_have_count(tables + 1)
    assert saved(page).status == 200
    assert violations(page) == []
    page.reload()
    expect(surface(page).get_by_role("table")).to_have_count(tables + 1)
    assert surface(page).locator("[style*='mso'], font, span[lang]").count() == 0


def _what_is_written_is_saved_by_itself(page: Page) -> None:
    go_to(page, "Home")
    with page.expect_response(lambda answer: answer.url.endswith("/save/"), timeout=10_000) as answer:
        page.keyboard.type("Kept by itself. ")
    assert answer.value.status == 200
    expect(page.locator(".editor-status__line")).to_have_text(re.compile("^Saved"))
    _stands(page, "Kept by itself.")


def test_words_written_without_a_connection_are_sent_when_it_is_back(
    open_office: str, page_at: Callable[..., Page]
) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    open_section(page, open_office, "People in crisis")
    page.context.set_offline(True)
    add_words(page, "Written on a train.")
    expect(page.locator(".editor-status__line")).to_contain_text("no connection", timeout=10_000)
    page.context.set_offline(False)
    expect(page.locator(".editor-status__line")).to_have_text(re.compile("^Saved"), timeout=15_000)
    _stands(page, "Written on a train.")
