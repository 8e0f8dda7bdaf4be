"""The end of the story: the decision as it differs from what was recommended, and what a resident finds."""

from __future__ import annotations

import io
import re
import zipfile

from playwright.sync_api import APIResponse, Page, expect
from pypdf import PdfReader

from tests.browser.board_acts import follow, in_order, press, told
from tests.browser.board_meeting import PUBLIC_TITLE, SENTINELS, SHORT_NOTICE
from tests.browser.board_papers import APPENDIX, TITLE

RESOLVED = "approved the priorities for action, provided that measures follow."
REASONS = "Without measures nobody could say whether a priority was met."


def commissioner_decides(page: Page, office: str) -> str:
    """A draft begins from the recommendation; what is resolved differs, and says how. Gives its number."""
    page.goto(f"{office}/desk/decisions/")
    in_order(page)
    follow(page, TITLE)
    told(page, "approve the priorities for action")
    press(page, "Begin the draft")
    page.get_by_role("radio", name="Agreed with changes").check()
    page.get_by_label("What was resolved, word for word").fill(f"The Commissioner {RESOLVED}")
    expect(page.locator("#difference ins").last).to_contain_text("provided that measures follow")
    page.get_by_label("Reasons", exact=True).fill(REASONS)
    page.get_by_label(re.compile("^Option")).first.fill("Approve them with measures to follow")
    page.get_by_label(re.compile("^Why it was or was not chosen")).first.fill("Chosen.")
    page.get_by_label("Under which power").fill("Police Reform and Social Responsibility Act 2011, s.1(6)")
    page.locator("input[name=statement]").check()
    page.get_by_label("Who decided").select_option(label="Eleanor Thirkettle, Police and Crime Commissioner")
    in_order(page)
    press(page, "Record as decided")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    in_order(page)
    return page.locator(".reference").inner_text().strip()


def officer_publishes_the_decision(officer: Page, office: str, reference: str) -> None:
    """The decision is marked open, and published."""
    officer.goto(f"{office}/desk/decisions/")
    follow(officer, re.compile(f"^{re.escape(TITLE)}"), within="table.register")
    told(officer, reference)
    follow(officer, "Open or exempt", within="body")
    officer.get_by_role("radio", name=re.compile("^Open")).check()
    press(officer, re.compile("."))
    press(officer, "Publish", within="body")
    told(officer, "Published")


def resident_reads(resident: Page, office: str, meeting: str, reference: str) -> None:
    """Agenda, paper, decision, register, feed, CSV and pack, none with a trace of the exempt item."""
    resident.goto(f"{office}/")
    resident.goto(f"{office}/boards/bcb/")
    _clean(resident)
    public = meeting.replace("/desk/boards/", "/boards/")
    resident.goto(public)
    expect(resident.get_by_text(PUBLIC_TITLE).first).to_be_visible()
    told(resident, SHORT_NOTICE)
    expect(resident.get_by_role("heading", name="What was decided")).to_be_visible()
    _clean(resident)
    follow(resident, re.compile("^Read the paper"))
    expect(resident.get_by_role("heading", level=1)).to_contain_text(TITLE)
    _clean(resident)
    for name in ("PDF", "Word"):
        _file_clean(resident, resident.get_by_role("link", name=name, exact=True).first.get_attribute("href"))
    attached = resident.get_by_role("link", name="Appendix A").first
    assert APPENDIX in _file_clean(resident, attached.get_attribute("href"))
    resident.goto(f"{office}/decisions/")
    expect(resident.get_by_text(reference).first).to_be_visible()
    _clean(resident)
    follow(resident, re.compile(re.escape(TITLE)))
    expect(resident.get_by_text("provided that measures follow").first).to_be_visible()
    expect(resident.locator("ins").first).to_be_visible()
    _clean(resident)
    for path in (
        "/decisions/feed.xml",
        "/decisions/decisions.csv",
        "/boards/bcb/feed.xml",
        "/boards/bcb/meetings.ics",
    ):
        _file_clean(resident, path)
    assert reference in _file_clean(resident, "/decisions/decisions.csv")
    assert TITLE in _file_clean(resident, f"{public.removeprefix(office)}pack.pdf")
    resident.goto(f"{office}/boards/bcb/actions/")
    _clean(resident)


def _clean(page: Page) -> None:
    """The page can be used by everybody, and neither its words nor its source has a sentinel."""
    in_order(page)
    _without(page.content() + page.title(), page.url)


def _without(words: str, where: str) -> None:
    assert [word for word in SENTINELS if word.lower() in words.lower()] == [], where


def _file_clean(page: Page, path: str | None) -> str:
    """The words of a file, which has no sentinel in them, in its name or in what it says of itself."""
    assert path
    origin = "/".join(page.url.split("/")[:3])
    answer = page.context.request.get(origin + path)
    assert answer.status == 200, path
    words = _words(answer)
    _without(words + str(answer.headers), path)
    return words


def _words(answer: APIResponse) -> str:
    content = answer.body()
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        told = [str(each.title) for each in _flat(reader.outline)]
        return "\n".join([*(page.extract_text() for page in reader.pages), *told, str(reader.metadata)])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return content.decode("utf-8")


def _flat(outline: list[object]) -> list[object]:
    flat = []
    for each in outline:
        flat.extend(_flat(each) if isinstance(each, list) else [each])
    return flat
