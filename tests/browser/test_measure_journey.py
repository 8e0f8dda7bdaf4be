"""A measure from a faulty return to a figure that the public reads, told by the people who do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import measure_acts as acts
from tests.browser.acts import CHIEF_EXECUTIVE
from tests.browser.office import command, sign_in

pytestmark = pytest.mark.xdist_group("office")
WORDS = (
    "Four in five are satisfied, as before. Nobody was asked in April 2026, when the contract was renewed."
)


def test_a_measure_from_a_return_to_a_published_figure(
    office: str, office_home: Path, page_at: Callable[..., Page], tmp_path: Path
) -> None:
    analyst, chief, resident = page_at(), page_at(), page_at(390, scripts=False)
    sign_in(analyst, office, acts.ANALYST)
    sign_in(chief, office, CHIEF_EXECUTIVE)
    acts.hand_in(analyst, office, tmp_path, "survey.csv", acts.FAULTY)
    acts.faults_are_found(analyst)
    acts.hand_in(analyst, office, tmp_path, "survey-mended.csv", acts.MENDED)
    acts.mended_file_is_loaded(analyst)
    acts.load_is_undone_and_redone(analyst, office)
    acts.figure_is_typed(analyst, office)
    acts.re_base_is_approved(chief, office, acts.re_base_is_asked_for(analyst, office))
    acts.break_is_marked(analyst, office)
    acts.narrative_is_written(analyst, office, WORDS)
    acts.newest_is(resident, office + acts.PUBLIC, "December 2025")
    acts.chart_is_put_in_a_paper(analyst, office)
    acts.figures_are_approved(chief, office, WORDS)
    acts.resident_reads(resident, office, WORDS)
    acts.shipped_measure_is_taken_up(analyst, office)
    acts.measure_is_proposed(analyst, office)
    acts.promise_is_kept(chief, office)
    verified = command(office_home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert [said for page in (analyst, chief, resident) for said in page.faults] == []  # type: ignore[attr-defined]
