"""A board from a Word file to a published decision, told by the people who do it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page

from tests.browser import board_meeting as meeting_of
from tests.browser import board_papers as paper_of
from tests.browser import board_public as public
from tests.browser import board_reader as reader
from tests.browser.acts import COMMISSIONER, OFFICER
from tests.browser.board_acts import AUTHOR, MEMBER, MONITOR
from tests.browser.office import command, sign_in
from tests.browser.walk import TABLET

pytestmark = pytest.mark.xdist_group("office")
SELLER = "Leonard Peverell"
MEASURES = "Measures come with each."


def test_a_board_from_a_word_file_to_a_published_decision(
    office: str, office_home: Path, page_at: Callable[..., Page], tmp_path: Path
) -> None:
    officer, author, member = page_at(), page_at(), page_at(TABLET)
    for page, name in ((officer, OFFICER), (author, AUTHOR), (member, MEMBER)):
        sign_in(page, office, name)
    meeting = meeting_of.officer_calls_the_meeting(officer, office, localdate())
    _a_paper_is_written(officer, author, office, tmp_path)
    _the_agenda_is_built(officer, page_at(), page_at(), office, meeting)
    _the_packs_are_read(officer, author, member, office, meeting)
    meeting_of.officer_holds_it(officer, meeting)
    meeting_of.officer_minutes_it(officer, meeting)
    meeting_of.officer_circulates(officer, meeting)
    reader.member_looks_around(member, office, meeting)
    commissioner = page_at()
    sign_in(commissioner, office, COMMISSIONER)
    reference = public.commissioner_decides(commissioner, office)
    public.officer_publishes_the_decision(officer, office, reference)
    resident = page_at()
    public.resident_reads(resident, office, meeting, reference)
    verified = command(office_home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert _said_in_the_consoles(officer, author, member, commissioner, resident) == []


def _a_paper_is_written(officer: Page, author: Page, office: str, folder: Path) -> None:
    paper_of.author_hands_the_file_in(author, office)
    paper_of.author_reads_the_margin(author)
    paper_of.author_mends_two(author)
    paper_of.author_attaches_and_replaces(author, folder)
    paper_of.submit(author, "As it was read from Word.", 1)
    paper_of.officer_returns_it(officer, office)
    paper_of.author_hands_it_in_again(author, office)


def _the_agenda_is_built(officer: Page, seller: Page, monitor: Page, office: str, meeting: str) -> None:
    meeting_of.officer_builds_the_agenda(officer, meeting)
    for page, name in ((seller, SELLER), (monitor, MONITOR)):
        sign_in(page, office, name)
    title, words = meeting_of.EXEMPT, meeting_of.EXEMPT_WORDS
    paper_of.begin_exempt_paper(seller, office, title, title, words)
    meeting_of.mark_item_exempt(officer, meeting)
    meeting_of.mark_paper(monitor, office, title, "Exempt")
    meeting_of.officer_accepts(officer, office, title)
    meeting_of.officer_accepts(officer, office, paper_of.TITLE)
    meeting_of.mark_paper(officer, office, paper_of.TITLE, "Open")
    meeting_of.officer_sees_what_is_to_do(officer, meeting)
    meeting_of.officer_publishes(officer, meeting)


def _the_packs_are_read(officer: Page, author: Page, member: Page, office: str, meeting: str) -> None:
    meeting_of.officer_sends_the_packs_out(officer, meeting, "Members’ pack", "Public pack")
    note = reader.member_reads(member, meeting)
    meeting_of.officer_takes_it_back(officer, office)
    paper_of.author_replaces_it(author, office, MEASURES)
    meeting_of.officer_accepts(officer, office, paper_of.TITLE)
    meeting_of.officer_sends_the_packs_out(officer, meeting, "Members’ pack", "Public pack")
    reader.member_reads_the_next_issue(member, meeting, note, paper_of.TITLE)


def _said_in_the_consoles(*pages: Page) -> list[str]:
    """Everything amiss but that the connection was lost, which the member's tablet tells when it likes."""
    return [said for page in pages for said in page.faults if "INTERNET_DISCONNECTED" not in said]  # type: ignore[attr-defined]
