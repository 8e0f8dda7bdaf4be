"""From an emailed link on a telephone to a report that the board decided on, told by those who do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import delivery_acts as acts
from tests.browser.acts import CHIEF_EXECUTIVE, COMMISSIONER, OFFICER
from tests.browser.board_meeting import officer_calls_the_meeting
from tests.browser.board_papers import submit
from tests.browser.office import command, sign_in

pytestmark = pytest.mark.xdist_group("office")


def test_a_partner_updates_by_link_and_the_board_decides_on_a_report_in_depth(
    office: str, office_home: Path, page_at: Callable[..., Page]
) -> None:
    officer, chief, partner, stranger = page_at(), page_at(), page_at(390), page_at(390)
    sign_in(officer, office, OFFICER)
    sign_in(chief, office, CHIEF_EXECUTIVE)
    link = acts.link_in_the_outbox(officer, office)
    acts.partner_answers(partner, link)
    acts.link_lets_nobody_else_in(stranger, link)
    acts.office_signs_off(officer, office, acts.BY_LINK)
    acts.public_reads_the_update(stranger, office)
    report, title = _a_report_is_written(chief, office)
    meeting = officer_calls_the_meeting(officer, office, acts.today())
    acts.officer_tables_it(officer, office, meeting, title)
    acts.report_is_frozen(chief, report)
    acts.officer_holds_it(officer, meeting)
    commissioner = page_at()
    sign_in(commissioner, office, COMMISSIONER)
    acts.commissioner_decides(commissioner, office, title)
    _the_records_move_on(page_at(390), officer, chief, office, report)
    verified = command(office_home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    everybody = (officer, chief, partner, stranger, commissioner)
    assert [said for page in everybody for said in page.faults] == []  # type: ignore[attr-defined]


def _a_report_is_written(chief: Page, office: str) -> tuple[str, str]:
    report, paper, title = acts.chief_assembles(chief, office)
    acts.figures_lead_to_their_records(chief, office, report)
    acts.chief_writes_in_it(chief, paper)
    acts.chief_assembles_again(chief, report)
    chief.goto(paper)
    submit(chief, "One theme in depth, as was planned.", 1)
    return report, title


def _the_records_move_on(owner: Page, officer: Page, chief: Page, office: str, report: str) -> None:
    sign_in(owner, office, acts.PARTNER)
    acts.live_records_move_on(owner, office)
    acts.office_signs_off(officer, office, acts.AT_THE_DESK)
    acts.frozen_report_says_what_changed(chief, report)
