"""Every page, wide and on a telephone, in every state it can be in: no axe violation, nothing too wide.

With GOLDTHREAD_PICTURES set, a picture of each page at each width is left in that folder.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    CHIEF_EXECUTIVE,
    CLERK,
    COMMISSIONER,
    DRAFT,
    OFFICER,
    PLAN,
    PUBLIC,
    add_words,
    open_section,
    saved,
)
from tests.browser.office import sign_in
from tests.browser.walk import faults, visited

pytestmark = pytest.mark.xdist_group("office")

CORPUS = Path(__file__).parents[1] / "files" / "corpus"
PAPER = CORPUS / "papers" / "bcb-2014-10-02-objective-1-update.docx"
HOSTILE = CORPUS / "hostile_made" / "01_laughs.docx"
GATES = ("consult_chief", "obtain_views", "approve", "submit", "report", "respond", "issue")

PUBLIC_PAGES = {
    "home": "/",
    "plans": "/plan/",
    "plan": PUBLIC,
    "plan-whole": f"{PUBLIC}whole/",
    "plan-made": f"{PUBLIC}made/",
    "plan-at": f"{PUBLIC}at/2013-06-01/",
    "plan-not-yet": f"{PUBLIC}at/2012-06-01/",
    "at": f"{PUBLIC}at/",
    "at-no-such-day": f"{PUBLIC}at/?day_day=31&day_month=2&day_year=2014",
    "editions": f"{PUBLIC}editions/",
    "edition": f"{PUBLIC}editions/july-2013/",
    "edition-made": f"{PUBLIC}editions/july-2013/made/",
    "changes-choose": f"{PUBLIC}changes/",
    "changes": f"{PUBLIC}changes/february-2014..march-2014/",
    "changes-none": f"{PUBLIC}changes/march-2014..march-2014/",
    "no-such-page": f"{PUBLIC}editions/never/",
    "sign-in": "/sign-in/",
    "password-reset": "/account/password/reset/",
}
DESK_PAGES = {
    "desk": "/desk/",
    "desk-shelf": "/desk/plan/",
    "desk-new-plan": "/desk/new-plan/",
    "desk-document": PLAN,
    "desk-strategy": "/desk/plan/people-strategy/",
    "desk-new-edition": f"{PLAN}new-edition/",
    "desk-edition": DRAFT,
    "desk-edition-issued": f"{PLAN}march-2014/",
    "desk-presentation": f"{DRAFT}presentation/",
    "desk-add-section": f"{DRAFT}add-section/",
    "desk-compare": f"{PLAN}compare/",
    "desk-compare-none": f"{PLAN}compare/?old=march-2014&new=march-2014",
    "desk-compare-one": "/desk/plan/volunteering-vision/compare/",
    "desk-links": f"{PLAN}links/",
    "desk-links-clauses": f"{PLAN}links/?way=clauses",
    "desk-link": f"{PLAN}links/1/",
    "desk-approval": f"{DRAFT}approval/",
    "desk-approval-issued": f"{PLAN}march-2014/approval/",
    "desk-ask": f"{DRAFT}changes-asked/",
    "desk-files": "/desk/files/",
    "desk-compare-files": "/desk/compare-files/",
    "desk-people": "/desk/people/",
    "desk-record": "/desk/record/",
    "desk-record-nothing": "/desk/record/?actor=nobody",
    "desk-no-such-page": "/desk/plan/nowhere/",
    "sign-out": "/sign-out/",
    **{f"desk-gate-{move}": f"{DRAFT}approval/{move}/" for move in GATES},
    **{f"desk-gate-{move}-issued": f"{PLAN}march-2014/approval/{move}/" for move in ("submit", "issue")},
}
FORMS = {
    "new-plan": ("/desk/new-plan/", "Begin"),
    "new-edition": (f"{PLAN}new-edition/", "Begin the draft"),
    "add-section": (f"{DRAFT}add-section/", "Add"),
    "gate": (f"{DRAFT}approval/", "Record"),
    "ask": (f"{DRAFT}changes-asked/", "Ask"),
    "files": ("/desk/files/", "Read it"),
    "compare-files": ("/desk/compare-files/", "Compare"),
    "sign-in": ("/sign-in/?next=/desk/", "Sign in"),
}


def test_public_pages(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    found = visited(page, open_office, PUBLIC_PAGES)
    page.goto(open_office + PUBLIC)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="Visible policing").first.click()
    assert found | faults(page, "plan-section") == {}


def test_desk_pages(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, CHIEF_EXECUTIVE)
    assert visited(page, open_office, DESK_PAGES) == {}


def test_pages_of_one_section(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    open_section(page, open_office, "Turning offenders round")
    address = page.url.removeprefix(open_office)
    section = address.rstrip("/").rpartition("/")[2]
    pages = {
        "desk-section": address,
        "desk-section-history": f"{address}history/",
        "desk-section-move": f"{address}move/",
        "desk-section-care": f"{address}care/",
        "desk-section-issued": f"{PLAN}march-2014/sections/{section}/",
        "desk-add-link": f"{PLAN}links/add/{section}/",
        "desk-add-link-all": f"{PLAN}links/add/{section}/?all=1",
    }
    found = visited(page, open_office, pages)
    page.goto(f"{open_office}{address}history/")
    if (link := page.get_by_role("main").locator("a[href^='?change=']")).count():
        with page.expect_navigation():
            link.first.click()
    assert found | faults(page, "desk-section-change") == {}


def test_forms_that_say_what_is_missing(open_office: str, page_at: Callable[..., Page]) -> None:
    found = {}
    page = page_at()
    for name, (path, button) in FORMS.items():
        if name == "sign-in":
            page = page_at()
        elif name == "new-plan":
            sign_in(page, open_office, CHIEF_EXECUTIVE)
        page.goto(open_office + path)
        if name == "gate":
            page.locator(".steps__step--next").get_by_role("link").click()
        for box in page.locator("main form:not([method=get]) :is(input[type=text], textarea)").all():
            box.fill("")
        page.get_by_role("main").get_by_role("button", name=button, exact=True).last.click()
        expect(page.get_by_role("alert").first).to_be_visible()
        found |= faults(page, f"error-{name}")
    assert found == {}


def test_pages_that_are_refused(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, CLERK)
    refused = {"refused-record": "/desk/record/", "refused-edition": f"{PLAN}new-edition/"}
    found = visited(page, open_office, {**refused, "gate-not-mine": f"{DRAFT}approval/approve/"})
    page = page_at()
    sign_in(page, open_office, COMMISSIONER)
    assert found | visited(page, open_office, {"gate-mine": f"{DRAFT}approval/approve/"}) == {}


def test_a_file_on_its_way_in(open_office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, open_office, OFFICER)
    found = {}
    for name, path, heading in (
        ("review", PAPER, "What was understood"),
        ("refused-file", HOSTILE, "This file was not read"),
    ):
        page.goto(f"{open_office}/desk/files/")
        page.get_by_label("File", exact=True).set_input_files(path)
        page.get_by_label("Paper", exact=True).check()
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=30_000)
        found |= faults(page, name)
        page.get_by_role("button", name="Put it away").click()
    found |= visited(page, open_office, {"files-handed-in": "/desk/files/"})
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=HOSTILE.name).first.click()
    assert found | faults(page, "file-put-away") == {}


def test_two_texts_of_one_section(open_office: str, page_at: Callable[..., Page]) -> None:
    first, second = page_at(), page_at()
    for page, name in ((first, OFFICER), (second, CHIEF_EXECUTIVE)):
        sign_in(page, open_office, name)
        open_section(page, open_office, "Anti-social behaviour")
    for page, words in ((first, "Said first."), (second, "Another opinion.")):
        add_words(page, words)
        saved(page)
    expect(second.get_by_role("link", name="Compare the two and choose")).to_be_visible()
    found = faults(second, "conflict-in-editor")
    with second.expect_navigation():
        second.get_by_role("link", name="Compare the two and choose").click()
    found |= faults(second, "conflict")
    first.goto(f"{open_office}{DRAFT}approval/")
    found |= faults(first, "approval-reopened")
    first.goto(f"{open_office}{DRAFT}changes-asked/")
    first.locator("textarea").fill("Say it shorter.")
    first.get_by_role("button", name="Ask", exact=True).click()
    expect(first.get_by_role("link", name="Say it shorter.")).to_be_visible()
    found |= faults(first, "approval-asked")
    first.get_by_role("link", name="Say it shorter.").click()
    expect(first.get_by_role("button", name="Answer", exact=True)).to_be_visible()
    found |= faults(first, "answer")
    first.locator("textarea").fill("It is shorter.")
    first.get_by_role("button", name="Answer", exact=True).click()
    expect(first.get_by_text("It is shorter.").first).to_be_visible()
    assert found | faults(first, "approval-answered") == {}
