"""The story of a pack: read on a tablet, with notes, with and without a connection, and issued again."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.board_acts import in_order
from tests.browser.board_meeting import SENTINELS
from tests.browser.board_papers import TITLE
from tests.browser.walk import TABLET

NOTE, SECOND = "Ask when the measures come.", "And who pays for them."


def _paragraphs(page: Page) -> list[str]:
    """The ids of the paragraphs of the paper, in order."""
    paper = page.locator(".ppaper", has=page.get_by_role("heading", name=TITLE))
    found: list[str] = paper.last.locator(".text p[id]").evaluate_all("all => all.map(each => each.id)")
    return found


def _note(page: Page, block: str, words: str) -> None:
    page.locator(f"[id='{block}']").click()
    page.locator("#pack-note-add").click()
    page.locator(".pnote--form textarea").fill(words)
    page.get_by_role("button", name="Done").click()


def member_reads(member: Page, meeting: str) -> str:
    """The member's pack is kept on the tablet, has nothing exempt in it, and takes a private note."""
    member.goto(f"{meeting}pack/")
    expect(member.get_by_text("Saved on this device for reading offline.")).to_be_visible(timeout=20_000)
    _nothing_exempt(member)
    in_order(member, (1280, TABLET, 390))
    first, second = _paragraphs(member)[:2]
    _note(member, first, NOTE)
    expect(member.locator(f"[id='{first}'] + .pnote .pnote__state")).to_have_text("Saved")
    _without_a_connection(member, second)
    return first


def _nothing_exempt(member: Page) -> None:
    assert [word for word in SENTINELS if word in member.content()] == [], member.url


def member_looks_around(member: Page, office: str, meeting: str) -> None:
    """Nothing exempt stands on the other pages that a member may open."""
    rooms = [f"{office}/desk/{room}" for room in ("", "boards/", "papers/", "decisions/")]
    tabs = [f"{meeting}{tab}" for tab in ("", "papers/", "minutes/", "decisions/", "attendance/")]
    for address in (*rooms, *tabs):
        member.goto(address)
        expect(member.get_by_role("heading", level=1).first).to_be_visible()
        _nothing_exempt(member)


def _without_a_connection(member: Page, block: str) -> None:
    member.context.set_offline(True)
    member.reload()
    expect(member.get_by_text("No connection: you are reading the copy on this device.")).to_be_visible()
    expect(member.get_by_text(NOTE)).to_be_visible()
    _note(member, block, SECOND)
    beside = member.locator(f"[id='{block}'] + .pnote")
    expect(beside).to_contain_text("sent when there is a connection")
    member.context.set_offline(False)
    with member.expect_response(lambda answer: answer.url.endswith("/notes/sync/")):
        member.evaluate("window.dispatchEvent(new Event('online'))")
    expect(beside.locator(".pnote__state")).to_have_text("Saved")


def member_reads_the_next_issue(member: Page, meeting: str, block: str, changed: str) -> None:
    """The new issue says what changed, and the notes stand where they stood."""
    member.goto(f"{meeting}pack/")
    told = member.get_by_role("region", name="What changed in issue 2")
    expect(told).to_contain_text(changed)
    expect(member.locator(f"[id='{block}'] + .pnote")).to_contain_text(NOTE)
    expect(member.get_by_text(SECOND)).to_be_visible()
    expect(member.get_by_text("Saved on this device for reading offline.")).to_be_visible(timeout=20_000)
    assert len(member.evaluate("caches.keys()")) == 1
