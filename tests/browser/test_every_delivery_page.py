"""Every page of delivery, mail and the thread keeps the rules of axe and fits each screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from goldthread.plans.demonstration.words import section_key
from tests.browser.acts import CHIEF_EXECUTIVE, OFFICER
from tests.browser.delivery_acts import PARTNER
from tests.browser.office import sign_in
from tests.browser.walk import TABLET, visited

pytestmark = pytest.mark.xdist_group("office")
ROOM = "/desk/delivery/"
THEME = section_key("2017-20", "victims")
PRIORITY = f"{ROOM}priorities/2019-20-v1/"
ACTION = f"{ROOM}actions/2019-20-v1-1/"
PLEDGE = f"police-and-crime-plan-2017-20.{section_key('2017-20', 'victims-pledge-2').split('-')[0]}"
ROOMS = {
    "home": "/desk/",
    "owe": "/desk/owe/",
    "delivery": ROOM,
    "delivery-2019": f"{ROOM}?year=2019-20",
    "state": f"{ROOM}state/",
    "theme": f"{ROOM}themes/{THEME}/?year=2019-20",
    "placing": f"{ROOM}to-place/",
    "hand-overs": f"{ROOM}hand-overs/",
    "hand-over": f"{ROOM}hand-overs/1/",
    "sign-off": f"{ROOM}updates/",
    "periods": f"{ROOM}periods/",
    "period": f"{ROOM}periods/1/",
    "period-open": f"{ROOM}periods/open/",
    "statuses": f"{ROOM}statuses/",
    "statuses-new": f"{ROOM}statuses/new/",
    "links": f"{ROOM}links/",
    "link": f"{ROOM}links/1/",
    "reminders": f"{ROOM}reminders/",
    "reminder-new": f"{ROOM}reminders/new/",
    "lists": f"{ROOM}lists/",
    "list": f"{ROOM}lists/1/",
    "list-new": f"{ROOM}lists/new/",
    "letters": "/desk/outbox/",
    "letter": "/desk/outbox/1/",
    "my-letters": "/desk/my-letters/",
    "search": "/desk/search/?q=named",
}
PRIORITIES = {
    "priority": PRIORITY,
    "priority-history": f"{PRIORITY}history/",
    "priority-new": f"{ROOM}priorities/new/",
    "priorities-to-board": f"{ROOM}priorities/board/",
    "priorities-approve": f"{ROOM}priorities/approve/",
    "action": ACTION,
    "action-of-milestones": f"{ROOM}actions/2019-20-v1-3/",
}
REPORTS = {
    "reports": f"{ROOM}reports/",
    "report": f"{ROOM}reports/1/",
    "report-changes": f"{ROOM}reports/1/changes/",
    "document": f"{ROOM}reports/2/",
    "report-new": f"{ROOM}reports/in-depth/",
    "documents-new": f"{ROOM}reports/themes/",
    "rotation": f"{ROOM}rotation/",
}
THREADS = {
    "pledge": f"thread/pledge/{PLEDGE}/",
    "priority": "thread/priority/2019-20-v1/",
    "action": "thread/action/2019-20-v1-1/",
    "measure": "thread/measure/street-burglary/",
    "decision": "thread/decision/cpcc-2019-010/",
    "paper": "thread/paper/bcb-paper-9/",
}
PUBLIC = {
    "public-delivery": "/delivery/",
    "public-year": "/delivery/2019-20/",
    "public-priority": "/delivery/2019-20-v1/",
    "public-search": "/search/?q=named+person",
}
NOT_WHOLE = {"link-not-whole": "/u/not-a-link/"}


def _walked(page: Page, office: str, pages: dict[str, str]) -> dict[str, list[str]]:
    """What is wrong with each page, and in the console; each must be there."""
    found = visited(page, office, pages, fits=(TABLET,))
    missing = {path: ["not there"] for path in pages.values() if _answer(page, office, path) != 200}
    return found | missing | ({"console": page.faults} if page.faults else {})  # type: ignore[attr-defined]


def _answer(page: Page, office: str, path: str) -> int:
    return page.context.request.get(office + path).status


def test_the_officer_finds_every_room_of_delivery(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    assert _walked(page, open_office, ROOMS | PRIORITIES) == {}


def test_reports_and_threads_at_the_desk(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, CHIEF_EXECUTIVE)
    threads = {f"desk-{name}": f"/desk/{path}" for name, path in THREADS.items()}
    assert _walked(page, open_office, REPORTS | threads) == {}


def test_a_partner_finds_what_is_theirs(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, PARTNER)
    pages = {name: ROOMS[name] for name in ("home", "owe", "delivery", "state", "periods", "my-letters")}
    assert _walked(page, open_office, pages | {"priority": PRIORITY, "action": ACTION}) == {}


def test_what_the_public_reads_of_delivery(open_office: str, page_at: Callable[..., Page]) -> None:
    threads = {f"public-{name}": f"/{path}" for name, path in THREADS.items()}
    assert _walked(page_at(), open_office, PUBLIC | threads) == {}
    assert visited(page_at(), open_office, NOT_WHOLE) == {}
