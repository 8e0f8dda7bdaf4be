"""Measures in a real browser: every page wide and on a telephone, and the steps people take with them.

No axe violation, nothing too wide on a phone or a tablet, and nothing amiss in the console.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import CHIEF_EXECUTIVE, OFFICER
from tests.browser.axe import too_wide
from tests.browser.office import sign_in
from tests.browser.walk import TABLET, visited

pytestmark = pytest.mark.xdist_group("office")

ANALYST = "Tomasz Wierny"
ROOM = "/desk/measures/"
BURGLARY = f"{ROOM}measure/street-burglary/"
CALLS = f"{ROOM}measure/calls-101-abandoned/"
ROOMS = {
    "measures": ROOM,
    "measures-theme": f"{ROOM}themes/communities/",
    "measures-owed": f"{ROOM}owed/",
    "measures-commit": f"{ROOM}owed/new/",
    "measures-priorities": f"{ROOM}priorities/police-and-crime-plan-2017-20/",
    "measures-shipped": f"{ROOM}shipped/",
    "measures-new": f"{ROOM}new/",
    "measures-new-toml": f"{ROOM}new/?by=toml",
    "measures-frameworks": f"{ROOM}frameworks/",
    "measures-groups": f"{ROOM}groups/",
}
MEASURES = {
    "measure": BURGLARY,
    "measure-season": f"{BURGLARY}?season=out",
    "measure-share": f"{ROOM}measure/victim-satisfaction/",
    "measure-worse": CALLS,
    "measure-districts": f"{BURGLARY}districts/",
    "measure-compare": f"{ROOM}measure/street-burglary-rate/compare/",
    "measure-history": f"{CALLS}history/",
    "measure-definition": f"{BURGLARY}definition/",
    "measure-edit": f"{BURGLARY}definition/edit/",
    "measure-narrative": f"{BURGLARY}narrative/",
    "measure-ask-rebase": f"{BURGLARY}re-bases/ask/",
    "measure-break": f"{BURGLARY}break/",
    "measure-paper": f"{BURGLARY}paper/",
    "measure-approve": f"{CALLS}approve/",
    "measure-withdraw": f"{CALLS}releases/1/withdraw/",
}
PUBLIC = {
    "public-measures": "/measures/",
    "public-measures-theme": "/measures/themes/communities/",
    "public-measure": "/measures/street-burglary/",
    "public-measure-worse": "/measures/calls-101-abandoned/",
    "public-measure-release": "/measures/street-burglary/in/cambridgeshire/releases/1/",
}


def _walked(page: Page, office: str, pages: dict[str, str]) -> dict[str, list[str]]:
    found = visited(page, office, pages, fits=(TABLET,))
    return found | ({"console": page.faults} if page.faults else {})  # type: ignore[attr-defined]


def test_the_room_of_measures(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    assert _walked(page, open_office, ROOMS) == {}


def test_every_page_of_a_measure(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, CHIEF_EXECUTIVE)
    assert _walked(page, open_office, MEASURES) == {}


def test_what_the_public_reads_of_measures(open_office: str, page_at: Callable[..., Page]) -> None:
    assert _walked(page_at(), open_office, PUBLIC) == {}


def test_a_phone_is_given_a_drawing_of_its_own(open_office: str, page_at: Callable[..., Page]) -> None:
    for width, shown, hidden in (
        (1280, ".plate__wide", ".plate__phone"),
        (390, ".plate__phone", ".plate__wide"),
    ):
        page = page_at(width, scripts=False)
        page.goto(f"{open_office}/measures/street-burglary/")
        expect(page.locator(f"{shown} svg")).to_be_visible()
        expect(page.locator(f"{hidden} svg")).to_be_hidden()
        assert too_wide(page) == 0
        page.locator("summary").first.click()
        expect(page.get_by_role("rowheader", name="December 2025")).to_be_visible()


def test_a_re_base_is_asked_for_by_one_and_refused_by_another(
    office: str, page_at: Callable[..., Page]
) -> None:
    analyst = page_at()
    sign_in(analyst, office, ANALYST)
    analyst.goto(f"{office}{CALLS}re-bases/ask/")
    analyst.get_by_label("From which period on").select_option(label="July 2025")
    analyst.get_by_label("Why").fill("The online form replaced two queues.")
    analyst.get_by_role("button", name="Look at it first").click()
    expect(analyst.get_by_role("heading", name="As it would be")).to_be_visible()
    analyst.get_by_role("button", name="Ask for it").click()
    expect(analyst.get_by_text("You asked for it, so somebody else answers.")).to_be_visible()
    chief = page_at()
    sign_in(chief, office, CHIEF_EXECUTIVE)
    chief.goto(analyst.url)
    chief.get_by_label("Your reason").fill("The first queue is being brought back.")
    chief.get_by_role("button", name="Refuse it").click()
    expect(chief.get_by_text("Refused. The usual range stays as it is.")).to_be_visible()
    assert not chief.faults  # type: ignore[attr-defined]


def test_new_words_are_approved_and_the_public_reads_them(office: str, page_at: Callable[..., Page]) -> None:
    analyst, chief, resident = page_at(), page_at(390), page_at(390, scripts=False)
    sign_in(analyst, office, ANALYST)
    analyst.goto(f"{office}{CALLS}narrative/")
    analyst.get_by_label("What lies behind these figures").fill("Both queues are open again.")
    analyst.get_by_role("button", name="Keep the narrative").click()
    resident.goto(f"{office}/measures/calls-101-abandoned/")
    expect(resident.get_by_text("Both queues are open again.")).to_have_count(0)
    sign_in(chief, office, CHIEF_EXECUTIVE)
    chief.goto(f"{office}{CALLS}approve/")
    expect(chief.get_by_text("Both queues are open again.")).to_be_visible()
    chief.get_by_label("I have read the figures above").check()
    chief.get_by_role("button", name="Approve them").click()
    expect(chief.get_by_text("The public reads these figures from now on, under your name.")).to_be_visible()
    resident.goto(f"{office}/measures/calls-101-abandoned/?again")
    expect(resident.get_by_text("Both queues are open again.")).to_be_visible()
    expect(resident.get_by_text("Miriam Castleford, Chief Executive")).to_be_visible()
