"""At the desk: two people write at once, a doubtful link is settled, and each sees their own rooms."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    ADMINISTRATOR,
    CHIEF_EXECUTIVE,
    CLERK,
    COMMISSIONER,
    OFFICER,
    PLAN,
    add_words,
    open_section,
    saved,
    surface,
)
from tests.browser.axe import violations
from tests.browser.office import sign_in

pytestmark = pytest.mark.xdist_group("office")

SECTION = "Visible policing"
MEMBER = ["What needs me", "Plan", "Boards", "Delivery", "Measures", "People", "Search"]
OWNER = ["What needs me", "What I owe", *MEMBER[1:]]
AUDITOR = [*OWNER[:-1], "Record", "Search"]
WRITER = [*OWNER[:-1], "Letters", "Search"]
KEEPER = [*OWNER[:-1], "Letters", "Record", "Search"]
ROOMS = {
    COMMISSIONER: KEEPER,
    CHIEF_EXECUTIVE: KEEPER,
    OFFICER: KEEPER,
    "Owen Tallis": KEEPER,
    "Anjali Merton": AUDITOR,
    "Leonard Peverell": AUDITOR,
    ADMINISTRATOR: [*MEMBER[:-1], "Letters", "Record", "Search"],
    "Tomasz Wierny": WRITER,
    "Joanna Sturridge": OWNER,
    "Bilal Thorncroft": OWNER,
    "Gwen Ottershaw": OWNER,
    "Clive Bannerdown": MEMBER,
    CLERK: ["What needs me", "Plan", "People", "Search"],
}


def test_two_people_save_one_section_and_nothing_is_lost(
    open_office: str, page_at: Callable[..., Page]
) -> None:
    first, second = page_at(), page_at()
    for page, name in ((first, OFFICER), (second, CHIEF_EXECUTIVE)):
        sign_in(page, open_office, name)
        open_section(page, open_office, SECTION)
    add_words(first, "Written by Kit.")
    assert saved(first).status == 200
    add_words(second, "Written by Miriam.")
    assert saved(second).status == 409
    expect(second.get_by_role("region", name="Someone else has saved this section")).to_be_visible()
    assert violations(second) == []

    second.goto(f"{open_office}/desk/")
    second.get_by_role("link", name="Settle two versions").click()
    expect(second.locator("del", has_text="Kit")).to_be_visible()
    expect(second.locator("ins", has_text="Miriam")).to_be_visible()
    assert violations(second) == []
    second.get_by_role("button", name="Theirs; put mine away").click()
    expect(surface(second)).to_contain_text("Written by Kit.")
    expect(surface(second)).not_to_contain_text("Written by Miriam.")
    second.get_by_role("link", name="History").click()
    expect(second.get_by_text("Kit Frost").first).to_be_visible()


def test_a_doubtful_link_is_read_side_by_side_and_cleared(
    open_office: str, page_at: Callable[..., Page]
) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    page.get_by_role("link", name="become doubtful").click()
    doubtful = page.get_by_role("row").filter(has=page.get_by_text("doubtful", exact=True))
    expect(doubtful.first).to_be_visible()
    before = doubtful.count()
    section = doubtful.first.get_by_role("rowheader").inner_text()
    doubtful.first.get_by_role("link").first.click()
    expect(page.get_by_text("Changed since; what changed is marked.").first).to_be_visible()
    page.get_by_label("Reason").first.fill("The clause still sets the days aside.")
    page.get_by_role("button", name="Clear the link").click()
    expect(page.get_by_text("Cleared. The reason is kept.")).to_be_visible()
    expect(doubtful).to_have_count(before - 1)
    expect(page.get_by_role("row", name=section).first).to_contain_text("covers")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Both ways as CSV").click()
    with open(sheet.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    assert {row["way"] for row in rows} == {"section", "clause"}
    assert "The clause still sets the days aside." in {row["reason"] for row in rows}


def test_each_of_the_cast_finds_their_rooms_and_no_others(
    open_office: str, page_at: Callable[..., Page]
) -> None:
    page = page_at()
    found = {}
    for name in ROOMS:
        sign_in(page, open_office, name)
        rooms = page.get_by_role("navigation", name="Rooms").get_by_role("link")
        found[name] = [room.split("\n")[0] for room in rooms.all_inner_texts()]
        record = page.request.get(f"{open_office}/desk/record/")
        assert record.status == (200 if "Record" in found[name] else 403), name
        offered = "Begin a new edition" in page.request.get(f"{open_office}{PLAN}").text()
        assert offered == (name in (COMMISSIONER, CHIEF_EXECUTIVE, OFFICER)), name
        with page.expect_navigation():
            page.get_by_role("button", name="Sign out").click()
    assert found == ROOMS
