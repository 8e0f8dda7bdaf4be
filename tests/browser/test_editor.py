"""The section editor alone in a browser, under the product's own content policy, with a server that
answers as each test says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from goldthread.core.text import read_blocks
from tests.browser.axe import screenshot, violations
from tests.browser.editor_desk import FORM, ROOT, Desk, caret, paste


@pytest.fixture
def desk() -> Iterator[Desk]:
    server = Desk()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def context(visit: Callable[..., BrowserContext]) -> BrowserContext:
    return visit()


@pytest.fixture
def page(context: BrowserContext, desk: Desk) -> Iterator[Page]:
    """The harness, opened; afterwards nothing may have broken the policy or raised."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    opened.goto(desk.address)
    expect(surface(opened)).to_be_visible()
    yield opened
    assert wrong == []


def surface(page: Page) -> Any:
    return page.get_by_role("textbox", name="The words of this section")


def content(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("document.querySelector('[data-editor]').goldthreadEditor.read().content")


def save(page: Page, *words: str) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".editor-status__line")).to_have_text(words[0] if words else re.compile(r"^Saved"))


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def test_writing_is_saved_after_a_pause_and_split_blocks_have_their_own_keys(page: Page, desk: Desk) -> None:
    page.evaluate(
        """() => {
            for (const name of ['change', 'saved'])
                document.addEventListener('goldthread:' + name, () => { window[name] = true });
        }"""
    )
    caret(page, "beta")
    page.keyboard.press("Enter")
    page.keyboard.type("new ")
    expect(page.locator(".editor-status__line")).to_have_text("Changes not saved yet")
    expect(page.locator(".editor-status__line")).to_have_text("Saved 14:02", timeout=4000)
    sent = desk.posts[0]
    assert (sent["base"], sent["csrf"], sent["title"], sent["numbered"]) == (
        "s0",
        "token",
        "Visible policing",
        True,
    )
    keys = [block["attrs"]["key"] for block in desk.last()]
    assert keys[0] == "a"
    assert keys[2:] == ["m", "z"]
    assert len(set(keys)) == 4
    assert page.evaluate("window.change && window.saved")
    assert page.locator("p[data-label='1.2.2']").inner_text() == "new beta"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert content(page) == FORM["content"]
    page.get_by_label("Title of the section").fill("Seen")
    page.get_by_label("This section is numbered").uncheck()
    save(page)
    assert (desk.posts[-1]["base"], desk.posts[-1]["title"], desk.posts[-1]["numbered"]) == (
        "s1",
        "Seen",
        False,
    )


def test_a_block_becomes_a_pledge_and_a_measure_keeps_its_fields(page: Page, desk: Desk) -> None:
    caret(page, "Omega")
    page.get_by_label("Kind of block").select_option(label="Pledge")
    expect(page.get_by_role("group", name="Pledge 1.1")).to_contain_text("Omega")
    measure = page.get_by_role("group", name="Key measure 1.1")
    expect(measure.get_by_label("Target")).to_have_value("90%")
    measure.get_by_label("By when").press_sequentially("March 2016")
    save(page)
    assert desk.last()[1]["attrs"]["fields"] == {"target": "90%", "by_when": "March 2016"}
    assert desk.last()[2]["type"] == "pledge"
    assert desk.last()[2]["attrs"]["key"] == "z"
    assert read_blocks(desk.last())[1] == ()
    measure.get_by_label("By when").press("Control+z")
    expect(measure.get_by_label("By when")).not_to_have_value("March 2016")


def test_tables_lists_and_notes(page: Page, desk: Desk) -> None:
    caret(page, "Omega", 5)
    tool(page, "Table")
    page.keyboard.type("Area")
    page.keyboard.press("Tab")
    page.keyboard.type("Officers")
    tool(page, "Row below")
    tool(page, "Delete column")
    page.get_by_label("Caption of the table").press_sequentially("Where")
    caret(page, "Alpha", 5)
    tool(page, "Note")
    page.keyboard.type("Counted in March")
    page.evaluate("document.querySelector('.ProseMirror').focus()")
    caret(page, "Omega")
    tool(page, "Numbered list")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("inner")
    page.keyboard.press("Tab")
    save(page)
    sent = desk.last()
    assert [block["type"] for block in sent] == [
        "paragraph",
        "note",
        "keyMeasure",
        "orderedList",
        "table",
        "paragraph",
    ]
    assert sent[0]["content"][1] == {"type": "noteReference", "attrs": {"note": sent[1]["attrs"]["key"]}}
    assert sent[3]["attrs"]["key"] == "z"
    assert sent[3]["content"][0]["content"][1]["type"] == "orderedList"
    assert sent[4]["attrs"]["caption"] == "Where"
    assert [len(row["content"]) for row in sent[4]["content"]] == [2, 2, 2, 2]
    assert read_blocks(sent)[1] == ()


def test_a_link_that_cannot_be_kept_is_refused_with_the_reason(page: Page) -> None:
    caret(page, "Omega")
    page.keyboard.press("Control+k")
    expect(page.get_by_text("Select the words to link first")).to_be_visible()
    page.keyboard.press("Shift+End")
    link = page.get_by_role("button", name="Link", exact=True)
    expect(link).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Link")
    dialog.get_by_label("Address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("“javascript:” cannot be kept")
    dialog.get_by_label("Address").fill("https://www.example.gov.uk/")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    mark = {"type": "link", "attrs": {"href": "https://www.example.gov.uk/"}}
    assert content(page)[2]["content"] == [{"type": "text", "text": "Omega", "marks": [mark]}]


def test_words_from_word_keep_their_structure_under_the_policy(page: Page, desk: Desk) -> None:
    caret(page, "Omega", 5)
    paste(page, (ROOT / "editor" / "test" / "samples" / "word.html").read_text())
    expect(page.get_by_text("1 heading came in as bold text")).to_be_visible()
    save(page)
    kinds = [block["type"] for block in desk.last()]
    assert kinds == [
        "paragraph",
        "keyMeasure",
        "paragraph",
        "paragraph",
        "bulletList",
        "paragraph",
        "table",
        "note",
    ]
    assert desk.last()[2]["attrs"]["key"] == "z"
    assert read_blocks(desk.last())[1] == ()
    assert violations(page) == []
    page.keyboard.press("Control+z")
    assert content(page) == FORM["content"]


def test_a_conflict_shows_both_texts_and_stops_saving(page: Page, desk: Desk) -> None:
    theirs = {
        "form": {**FORM, "title": "Theirs"},
        "seal": "t",
        "by": "K Frost",
        "at": "2014-10-02T13:00:00Z",
        "html": "",
    }
    desk.answers.append((409, {"theirs": theirs, "conflict_url": "/conflict/7"}))
    caret(page, "Omega")
    page.keyboard.type("Mine ")
    save(page, "Someone else has saved this section")
    panel = page.get_by_role("region", name="Someone else has saved this section")
    expect(panel).to_contain_text("Their text (K Frost, 14:00)")
    expect(panel.get_by_text("90%")).to_have_count(2)
    expect(panel.get_by_text("Mine Omega")).to_be_visible()
    expect(panel.get_by_role("link", name="Compare the two and choose")).to_have_attribute(
        "href", "/conflict/7"
    )
    screenshot(page, "editor-conflict")
    caret(page, "Alpha")
    page.keyboard.type("More ")
    page.wait_for_timeout(1800)
    assert len(desk.posts) == 1
    assert violations(page) == []


def test_without_a_connection_words_are_kept_and_offered_again(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    context.set_offline(True)
    caret(page, "Omega")
    page.keyboard.type("Kept ")
    save(page, "Not saved: no connection. Your words are kept on this device.")
    context.set_offline(False)
    expect(page.locator(".editor-status__line")).to_have_text("Saved 14:02", timeout=4000)
    context.set_offline(True)
    page.keyboard.type("again ")
    save(page, "Not saved: no connection. Your words are kept on this device.")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no')); }")
    context.set_offline(False)
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Put them back").click()
    expect(surface(page)).to_contain_text("Kept again Omega")
    save(page)
    assert desk.posts[-1]["base"] == "s1"
    assert desk.last()[2]["content"][0]["text"] == "Kept again Omega"
    assert page.evaluate("localStorage.length") == 0


def test_the_toolbar_is_one_stop_with_arrow_keys_and_the_page_is_in_order(page: Page) -> None:
    caret(page, "Omega")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Kind of block")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="More", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(surface(page)).to_be_focused()
    tool(page, "Table")
    for words in ("Area", "Officers", "Cost"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    with page.expect_file_chooser() as chooser:
        tool(page, "Picture")
    chooser.value.set_files([{"name": "a.png", "mimeType": "image/png", "buffer": b"x"}])
    expect(page.get_by_text("This picture needs a description")).to_be_visible()
    caret(page, "Alpha")
    assert violations(page) == []
    screenshot(page, "editor")
