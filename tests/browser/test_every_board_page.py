"""Every page of boards, papers, packs, minutes and decisions, as the people who open them.

No axe violation wide and on a telephone, nothing too wide there or on a tablet, and nothing amiss in the
console.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import CHIEF_EXECUTIVE, COMMISSIONER, OFFICER
from tests.browser.board_acts import AUTHOR, MEMBER
from tests.browser.office import sign_in
from tests.browser.walk import TABLET, faults, visited

pytestmark = pytest.mark.xdist_group("office")

BOARD = "/desk/boards/bcb/"
HELD = BOARD + "2019-04-04/"
PAPER = "/desk/papers/bcb-paper-9/"
COMING_PAPER = "/desk/papers/bcb-paper-13/"
ROOMS = {
    "boards": "/desk/boards/",
    "board": BOARD,
    "board-new": "/desk/boards/new/",
    **{
        f"board-{page}": f"{BOARD}{page}/"
        for page in ("call", "rules", "standing", "members", "terms", "forward", "actions")
    },
    "board-seat-new": f"{BOARD}members/new/",
    "board-seat": f"{BOARD}members/4/",
    "board-terms-new": f"{BOARD}terms/new/",
    "board-forward-new": f"{BOARD}forward/new/",
    "board-forward-line": f"{BOARD}forward/6/",
    "board-action": f"{BOARD}actions/2019/03/",
    "board-action-new": f"{BOARD}actions/new/",
}
TABS = ("", "papers/", "packs/", "attendance/", "questions/", "minutes/", "decisions/")
HELD_PAGES = {
    **{f"held-{tab.strip('/') or 'agenda'}": HELD + tab for tab in TABS},
    "held-minutes-live": f"{HELD}minutes/live/",
    "held-minutes-version": f"{HELD}minutes/versions/1/",
    "held-minutes-approve": f"{HELD}minutes/approve/",
    "held-minutes-amend": f"{HELD}minutes/amend/",
    "held-pack": f"{HELD}pack/",
    "held-pack-notes": f"{HELD}pack/notes/",
}
PAPER_PAGES = {
    "papers": "/desk/papers/",
    "paper-new": "/desk/papers/new/",
    "paper-accepted": PAPER,
    "paper-appendix": f"{PAPER}appendices/2/",
    "paper-appendix-plan": "/desk/papers/bcb-paper-2/appendices/1/",
    "paper-version": f"{PAPER}versions/1/",
    "paper-versions": f"{PAPER}versions/",
    "paper-sources": f"{PAPER}sources/",
    "paper-submitted": COMING_PAPER,
    **{f"paper-{step}": f"{COMING_PAPER}{step}/" for step in ("accept", "return", "withdraw", "mark")},
    "paper-sign-off-ask": f"{COMING_PAPER}sign-offs/ask/",
}
WRITING = "/desk/papers/bcb-paper-14/"
WRITING_PAGES = {
    "writing": WRITING,
    "writing-submit": f"{WRITING}submit/",
    "writing-header": f"{WRITING}header/",
    "writing-attach": f"{WRITING}appendices/add/",
    "writing-implication": f"{WRITING}implications/finance/",
}
DECISIONS = "/desk/decisions/"
DECISION_PAGES = {
    "decisions": DECISIONS,
    "decisions-found": f"{DECISIONS}?q=grants",
    "decision-new": f"{DECISIONS}new/",
    "decision": f"{DECISIONS}5/",
    "decision-exempt": f"{DECISIONS}2/",
    **{f"decision-{step}": f"{DECISIONS}5/{step}/" for step in ("mark", "correct", "withdraw")},
    "register": f"{DECISIONS}registers/decisions-of-the-commissioner/",
    "register-new": f"{DECISIONS}registers/new/",
}
PUBLIC = "/boards/bcb/"
PUBLIC_PAGES = {
    "public-boards": "/boards/",
    "public-board": PUBLIC,
    "public-actions": f"{PUBLIC}actions/",
    "public-meeting": f"{PUBLIC}2014-10-02/",
    "public-meeting-packed": f"{PUBLIC}2019-04-04/",
    "public-minutes": f"{PUBLIC}2014-10-02/minutes/",
    "public-paper": f"{PUBLIC}2019-04-04/papers/bcb-paper-9/",
    "public-appendix": f"{PUBLIC}2014-10-02/papers/bcb-paper-2/appendices/1/",
    "public-decisions": "/decisions/",
    "public-decisions-none": "/decisions/?q=nothing+of+the+kind",
    "public-decision": "/decisions/cpcc-2019-010/",
    "public-decision-exempt": "/decisions/cpcc-2014-017/",
    "public-decision-corrected": "/decisions/cpcc-2019-009/",
}
MISSING = {
    "board-none": "/desk/boards/never/",
    "paper-none": "/desk/papers/never/",
    "public-none": f"{PUBLIC}2019-04-05/",
    "public-decision-none": "/decisions/cpcc-1999-001/",
}


def _walked(page: Page, office: str, pages: dict[str, str]) -> dict[str, list[str]]:
    """What is wrong with each page, and in the console, where a page that is not there is told too."""
    found = visited(page, office, pages, fits=(TABLET,))
    return found | ({"console": page.faults} if page.faults else {})  # type: ignore[attr-defined]


def _coming(page: Page, office: str) -> str:
    """The path of the meeting to come."""
    page.goto(office + BOARD)
    href = page.get_by_role("main").locator(f"a[href^='{BOARD}20']").first.get_attribute("href")
    assert href
    return href


def test_the_officer_finds_every_room_of_a_board(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    coming = _coming(page, open_office)
    pages = {
        **{f"coming-{tab.strip('/') or 'agenda'}": coming + tab for tab in TABS},
        "coming-publish": f"{coming}publish/",
        "coming-change": f"{coming}change/",
    }
    found = _walked(page, open_office, ROOMS | pages)
    page.goto(open_office + coming)
    page.locator(".agenda__title a").last.click()
    expect(page.get_by_role("heading", name="Who may read it")).to_be_visible()
    assert found | faults(page, "coming-item", fits=(TABLET,)) == {}


def test_a_meeting_that_was_held(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    assert _walked(page, open_office, HELD_PAGES) == {}


def test_papers_and_decisions(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, CHIEF_EXECUTIVE)
    assert _walked(page, open_office, PAPER_PAGES | WRITING_PAGES | DECISION_PAGES) == {}


def test_members_and_authors_find_theirs(open_office: str, page_at: Callable[..., Page]) -> None:
    found = {}
    for name in (MEMBER, COMMISSIONER, AUTHOR):
        page = page_at()
        sign_in(page, open_office, name)
        pages = {"boards": "/desk/boards/", "board": BOARD, "agenda": HELD, "minutes": f"{HELD}minutes/"}
        pages |= {"papers": "/desk/papers/", "paper": PAPER, "decisions": DECISIONS, "pack": f"{HELD}pack/"}
        found |= {f"{name}: {where}": wrong for where, wrong in _walked(page, open_office, pages).items()}
    assert found == {}


def test_what_the_public_reads_of_boards(open_office: str, page_at: Callable[..., Page]) -> None:
    assert _walked(page_at(), open_office, PUBLIC_PAGES) == {}


def test_pages_that_are_not_there(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, MEMBER)
    assert visited(page, open_office, MISSING) == {}
    expect(page.get_by_role("heading", level=1)).to_be_visible()
