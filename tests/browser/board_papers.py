"""The story of a paper: read in from Word, proofed, mended, handed in, returned, handed in again."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from goldthread.core.text import Kind, Prose, Run, Section, Text
from goldthread.files.word.write import write_docx
from tests.browser.acts import go_to, saved, surface
from tests.browser.board_acts import follow, in_order, press, told

CORPUS = Path(__file__).parents[1] / "files" / "corpus"
FILE = CORPUS / "papers" / "bcb-2019-04-04-delivery-of-the-plan.docx"
COMMENTED = CORPUS / "features" / "tests_test-data_comments.docx"
TITLE = "Delivery of the Police and Crime Plan"
OWNED = " by the Chief Constable, by 4 July 2019"
RETURNED = "Say who brings the measures, and by when."
APPENDIX = "Victims come first in every priority for action."


def clean_file(folder: Path) -> Path:
    """A Word file that hides nothing."""
    block = Prose("only", Kind.PARAGRAPH, (Run(APPENDIX),), True)
    path = folder / "victims.docx"
    path.write_bytes(write_docx(Text("Victims: priorities for action", (Section("all", "All", (block,)),))))
    return path


def author_hands_the_file_in(author: Page, office: str) -> None:
    """The Word file is read, what was understood is shown, and it is kept as a paper."""
    author.goto(f"{office}/desk/papers/")
    follow(author, "Begin a paper")
    in_order(author)
    author.get_by_label("For which board?").select_option(label="Business Coordination Board")
    author.get_by_label("The paper in Word, if you have it already").set_input_files(FILE)
    press(author, "Begin it")
    heading = author.get_by_role("heading", level=1, name="What was understood")
    expect(heading).to_be_visible(timeout=40_000)
    expect(author.get_by_label("From", exact=True)).to_have_value("Chief Executive")
    expect(author.get_by_role("checkbox", name=re.compile("Recommendation"))).to_have_count(2)
    expect(author.get_by_text("Jim Haylett").first).to_be_visible()
    in_order(author)
    author.get_by_label("Title", exact=True).fill(TITLE)
    press(author, "Keep it")
    told(author, "It is yours to change until you submit it.")


def author_reads_the_margin(author: Page) -> None:
    """What proofing found in the file stands in a list, each line leading to its place."""
    found = author.locator(".proof")
    for words in ("3.4 is used twice", "stated twice", "Appendices A-D", "no owner and no date"):
        expect(found.get_by_text(words).first).to_be_visible()
    expect(author.locator(".text--noted").get_by_text("identified").first).to_be_visible()
    in_order(author)


def author_mends_two(author: Page) -> None:
    """The numbers are settled, and the section that says the recommendation again is taken out."""
    found = author.locator(".proof")
    press(author, "Go by the numbers counted here")
    told(author, "The numbers counted here stand from now on.")
    expect(found).not_to_contain_text("used twice")
    expect(found).to_contain_text("stated twice")
    paper = author.url
    author.locator("ol.parts").get_by_role("link", name="Recommendation").last.click()
    expect(surface(author)).to_be_visible()
    in_order(author)
    follow(author, "Move or take out", within="body")
    press(author, "Take out")
    author.goto(paper)
    expect(found).not_to_contain_text("stated twice")
    expect(found).to_contain_text("no owner and no date")


def author_attaches_and_replaces(author: Page, folder: Path) -> None:
    """A file that hides a comment is named for it; a clean one takes its place."""
    follow(author, "Attach something")
    author.get_by_label("How the paper cites it").fill("Appendix A")
    author.get_by_label("Title", exact=True).fill("Victims: priorities for action")
    author.get_by_label(re.compile("^File")).set_input_files(COMMENTED)
    press(author, re.compile("Attach"))
    told(author, "What the file hides")
    expect(author.get_by_text("not for the public yet")).to_be_visible()
    expect(author.locator(".proof").get_by_text(re.compile("comment", re.IGNORECASE)).first).to_be_visible()
    in_order(author)
    author.get_by_label("The file that takes its place").set_input_files(clean_file(folder))
    press(author, "Replace it")
    told(author, "It hides nothing.")
    expect(author.locator(".proof")).to_contain_text("Appendices B, C and D are cited here")


def submit(author: Page, words: str, version: int) -> None:
    """Hand the paper in, having read what a clerk would ask."""
    follow(author, re.compile("^Submit it"))
    in_order(author)
    author.locator("textarea[name=note]").fill(words)
    press(author, "Submit it")
    told(author, f"Submitted as version {version}.")


def officer_returns_it(officer: Page, office: str) -> None:
    """The officer finds the paper under Boards, and gives it back with words."""
    officer.goto(f"{office}/desk/papers/")
    follow(officer, TITLE)
    follow(officer, "Return it to its author")
    officer.locator("textarea[name=words]").fill(RETURNED)
    press(officer, "Return it")
    told(officer, "Returned.")


def author_hands_it_in_again(author: Page, office: str) -> None:
    """What the author is asked stands first; the words are changed, and the two versions compared."""
    author.goto(f"{office}/desk/papers/")
    follow(author, TITLE)
    told(author, RETURNED)
    paper = author.url
    write_at_the_end(author, paper, "Background", OWNED)
    submit(author, "Who brings the measures, and by when.", 2)
    expect(author.get_by_role("link", name="Version 2")).to_be_visible()
    follow(author, "Compare")
    expect(author.locator("ins", has_text="4 July 2019")).to_be_visible()
    in_order(author)


def write_at_the_end(author: Page, paper: str, section: str, words: str) -> None:
    """Write in the last paragraph of a section, before its full stop where it has one."""
    author.goto(paper)
    follow(author, section, within="ol.parts")
    expect(surface(author)).to_be_visible()
    go_to(author, "End")
    if surface(author).inner_text().rstrip().endswith("."):
        author.keyboard.press("ArrowLeft")
    author.keyboard.type(words)
    assert saved(author).status == 200
    author.goto(paper)


def begin_exempt_paper(author: Page, office: str, title: str, item: str, words: str) -> None:
    """A paper begun from the template's sections, for an item that is there, and handed in."""
    author.goto(f"{office}/desk/papers/new/?board=bcb")
    asked = author.get_by_label("For which agenda item?")
    asked.select_option(value=asked.locator("option", has_text=item).get_attribute("value"))
    author.get_by_label(re.compile("^Title")).fill(title)
    press(author, "Begin it")
    write_at_the_end(author, author.url, "Purpose", words)
    submit(author, "For the part of the meeting that is not public.", 1)


def author_replaces_it(author: Page, office: str, words: str) -> None:
    """The paper is put right after the pack went out, and handed in once more."""
    author.goto(f"{office}/desk/papers/")
    follow(author, TITLE)
    write_at_the_end(author, author.url, "Purpose", f". {words.removesuffix('.')}")
    submit(author, "It says that measures come with each priority.", 3)
