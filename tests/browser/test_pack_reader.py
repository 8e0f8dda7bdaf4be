"""A member reads a pack, writes in its margin, loses the connection, and reads on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldthread import web
from tests.browser.axe import violations
from tests.browser.office import environment, sign_in

pytestmark = pytest.mark.xdist_group("office")

MEMBER, COMMISSIONER = "Clive Bannerdown", "Eleanor Thirkettle"
MEETING = "/desk/boards/bcb/2014-10-02/"
PACK = MEETING + "pack/"
FONTS = Path(web.__file__).parent / "static" / "web" / "fonts"
PAPER = "Volunteers in policing"
FIRST, SECOND = "Ask how many specials have left.", "And what they said when they did."


def kept_here(page: Page) -> None:
    expect(page.locator("#pack-offline-words")).to_have_text("Saved on this device for reading offline.")


def blocks(page: Page) -> list[str]:
    """The ids of the paragraphs of the paper, in order."""
    found: list[str] = (
        page.locator(".ppaper", has_text=PAPER)
        .locator(".text p[id]")
        .evaluate_all("all => all.map(each => each.id)")
    )
    return found


def annotate(page: Page, block: str, words: str) -> None:
    page.locator(f"[id='{block}']").click()
    page.locator("#pack-note-add").click()
    page.locator(".pnote--form textarea").fill(words)
    page.locator(".pnote--form").get_by_role("button", name="Done").click()


def reissue(home: Path, gone: str) -> None:
    program = [sys.executable, "-m", "tests.browser.reissue", "2014-10-02", PAPER, gone]
    settings = {"DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
    subprocess.run(program, env={**environment(home), **settings}, check=True, timeout=120)


def test_a_member_reads_and_writes_with_and_without_a_connection(
    office: str, office_home: Path, page_at: Callable[..., Page]
) -> None:
    page = page_at(820)
    sign_in(page, office, MEMBER)
    page.goto(office + PACK)
    kept_here(page)
    expect(page.get_by_text("exempt business")).to_have_count(0)
    assert violations(page) == []
    assert _fonts_kept(page) == {font.name for font in FONTS.glob("*.woff2")}
    first, second = blocks(page)[:2]
    annotate(page, first, FIRST)
    expect(page.locator(".pnote__state")).to_have_text("Saved")
    _reads_on_without_a_connection(page, second)
    reissue(office_home, first.partition("-")[2].partition("-")[2])
    page.goto(office + PACK)
    kept_here(page)
    expect(page.get_by_role("heading", name="What changed in issue 2")).to_be_visible()
    expect(page.locator(".pnotes-lost").get_by_text(FIRST)).to_be_visible()
    expect(page.locator(f"[id='{second}'] + .pnote")).to_contain_text(SECOND)
    caches = page.evaluate("caches.keys()")
    assert len(caches) == 1, "the issue before is not kept any longer"
    assert page.faults == []  # type: ignore[attr-defined]
    _nothing_stays_behind(page, office)


def _fonts_kept(page: Page) -> set[str]:
    """The names of the fonts in the copy on the device, without what is put in them by their bytes."""
    held: list[str] = page.evaluate(
        "async () => (await (await caches.open((await caches.keys())[0])).keys()).map((each) => each.url)"
    )
    names = (url.rpartition("/")[2] for url in held if url.endswith(".woff2"))
    return {re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in names}


def _reads_on_without_a_connection(page: Page, block: str) -> None:
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pack for")
    expect(page.locator("#pack-offline-words")).to_contain_text("No connection")
    expect(page.get_by_text(FIRST)).to_be_visible()
    annotate(page, block, SECOND)
    expect(page.locator(f"[id='{block}'] + .pnote")).to_contain_text("sent when there is a connection")
    page.reload()
    expect(page.get_by_text(SECOND)).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.url.endswith("/notes/sync/")):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(f"[id='{block}'] + .pnote .pnote__state")).to_have_text("Saved")
    page.faults.clear()  # type: ignore[attr-defined]


def _nothing_stays_behind(page: Page, office: str) -> None:
    page.goto(office + MEETING)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(office + "/")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases().then(all => all.map(each => each.name))") == []


def test_another_person_on_the_same_device_sees_nothing_of_the_first(
    office: str, page_at: Callable[..., Page]
) -> None:
    page = page_at(820)
    sign_in(page, office, COMMISSIONER)
    page.goto(office + PACK)
    kept_here(page)
    expect(page.get_by_text("This pack holds exempt business.")).to_be_visible()
    annotate(page, blocks(page)[0], FIRST)
    expect(page.locator(".pnote__state")).to_have_text("Saved")
    page.context.clear_cookies()  # the session ended; nobody signed out
    sign_in(page, office, MEMBER)
    page.goto(office + PACK)
    kept_here(page)
    expect(page.get_by_text(FIRST)).to_have_count(0)
    names = page.evaluate("caches.keys()")
    person = page.locator("main").get_attribute("data-person")
    assert [name.split(":")[1] for name in names] == [person]
    page.get_by_role("button", name="Remove from this device").click()
    expect(page.locator("#pack-offline-words")).to_contain_text("Not on this device")
    assert page.evaluate("caches.keys()") == []


def test_the_keys_and_the_place_of_a_reader(office: str, page_at: Callable[..., Page]) -> None:
    page = page_at(1280)
    sign_in(page, office, MEMBER)
    page.goto(office + PACK)
    kept_here(page)
    for _ in range(4):
        page.keyboard.press("j")
    heading = page.locator("#pack-here")
    expect(heading).to_contain_text("4.0")
    page.keyboard.press("k")
    expect(heading).to_contain_text("3.0")
    page.keyboard.press("ArrowRight")
    expect(heading).to_contain_text("4.0")
    page.keyboard.press("n")
    page.keyboard.type("j is a letter here")
    page.keyboard.press("Escape")
    expect(page.get_by_text("j is a letter here")).to_be_visible()
    page.wait_for_timeout(300)
    page.reload()
    expect(heading).to_contain_text("4.0")
    assert page.faults == []  # type: ignore[attr-defined]
