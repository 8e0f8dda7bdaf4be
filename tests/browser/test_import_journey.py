"""A Word file is handed in, reviewed, kept and compared; a hostile one is refused, and nothing stops."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldthread.core.text import Run, Section, Text
from goldthread.files.word.write import write_docx
from goldthread.plans.demonstration.words import plan_editions
from tests.browser.acts import OFFICER, PLAN
from tests.browser.axe import too_wide, violations
from tests.browser.office import sign_in

pytestmark = pytest.mark.xdist_group("office")

CORPUS = Path(__file__).parents[1] / "files" / "corpus"
PAPER = CORPUS / "papers" / "bcb-2014-10-02-objective-1-update.docx"
HOSTILE = CORPUS / "hostile_made" / "01_laughs.docx"
INTRODUCED, CHANGED = "Words that came back from Word.", "Burglary, theft and damage"


def _reworded(text: Text) -> Text:
    """The text with one sentence more in one section, as an officer would type it in Word."""

    def visit(section: Section) -> Section:
        children = tuple(visit(child) for child in section.children)
        blocks = section.blocks
        if section.title == CHANGED:
            first = replace(blocks[0], runs=(*blocks[0].runs, Run(f" {INTRODUCED}")))
            blocks = (first, *blocks[1:])
        return replace(section, blocks=blocks, children=children)

    return replace(text, sections=tuple(visit(section) for section in text.sections))


def _hand_in(page: Page, office: str, path: Path, kind: str, into: str = "") -> None:
    page.goto(f"{office}/desk/files/")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label(kind, exact=True).check()
    if into:
        page.get_by_label("A new version of").select_option(label=into)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", level=1, name="What was understood").or_(
        page.get_by_role("heading", level=1, name="This file was not read")
    ).wait_for(timeout=30_000)


def _keep(page: Page, label: str, button: str) -> None:
    page.get_by_label("Label of this edition").fill(label)
    for part, number in (("Day", "2"), ("Month", "10"), ("Year", "2014")):
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Every section has a permanent identity")).to_be_visible()


def test_a_paper_and_a_plan_come_in_from_word(
    office: str, page_at: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_at()
    sign_in(page, office, OFFICER)
    _hand_in(page, office, PAPER, "Paper")
    expect(page.get_by_role("region", name="Sections and their numbers")).to_be_visible()
    assert violations(page) == []
    _keep(page, "As read in a journey", "Keep it")

    newest = plan_editions("2013-16")[-1]
    word = tmp_path / "plan.docx"
    word.write_bytes(write_docx(_reworded(newest.text)))
    _hand_in(page, office, word, "Plan", into="Police and Crime Plan 2013-16")
    _review_says_what_was_understood(page)
    _keep(page, "From Word", "Keep as a new edition")
    _only_what_was_changed_shows(page, office)


def _review_says_what_was_understood(page: Page) -> None:
    for term in ("sections", "words", "pledges, measures and the like", "not carried over"):
        expect(page.locator("dl.figures dt", has_text=term).first).to_be_visible()
    row = page.get_by_role("row", name=CHANGED)
    expect(row.get_by_role("cell")).to_have_text(["3.1", "3.1"])
    assert page.locator("input[name=typed]:checked").count() > 5
    expect(page.get_by_text(INTRODUCED)).to_be_visible()
    assert violations(page) == []
    assert too_wide(page) <= 0


def _only_what_was_changed_shows(page: Page, office: str) -> None:
    page.goto(f"{office}{PLAN}compare/?old=october-2014-draft&new=from-word")
    rows = page.get_by_role("region", name="By section").locator("tbody tr")
    reworded = [row for row in rows.all_inner_texts() if not re.search(r"\s0\s+0\s*", row + " ")]
    assert [row.split("\t")[0] for row in reworded] == [f"3.1 {CHANGED}"]
    expect(page.locator("ins", has_text="came back from Word")).to_be_visible()
    with page.expect_download() as word:
        page.get_by_role("link", name="Word with tracked changes").click()
    assert Path(word.value.path()).read_bytes().startswith(b"PK")


def test_a_hostile_file_is_refused_and_the_office_goes_on(office: str, page_at: Callable[..., Page]) -> None:
    page = page_at()
    sign_in(page, office, OFFICER)
    _hand_in(page, office, HOSTILE, "Paper")
    expect(page.get_by_role("heading", level=1)).to_have_text("This file was not read")
    expect(page.locator(".notice--error")).to_contain_text("declares a document type")
    assert violations(page) == []
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("Put away. Nothing of it was kept in a plan.")).to_be_visible()
    assert page.goto(f"{office}{PLAN}").status == 200  # type: ignore[union-attr]
