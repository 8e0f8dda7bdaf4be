"""What people do with a measure: load its figures, judge them, put them before the board and the public."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.board_acts import follow, in_order, press, told

ANALYST = "Tomasz Wierny"
SURVEY = "Survey of victims (invented for the demonstration)"
NAME = "Victims satisfied with the police"
ROOM = "/desk/measures/"
MEASURE = f"{ROOM}measure/victim-satisfaction/"
PUBLIC = "/measures/victim-satisfaction/"
FAULTY = """Month,satisfied,answered
Jan-26,-182,228
Feb-26,176,221
Feb-26,167,221
Mar-26,"1,204","1,480"
May-26,231,214
Jun-26,170,209
"""
MENDED = """Month,satisfied,answered
Jan-26,182,228
Feb-26,176,221
Mar-26,"1,204","1,480"
Apr-26,..,..
May-26,171,214
Jun-26,170,209
"""
WRONG = (
    ("row 2, column B", "-182 is less than nothing."),
    ("row 4, column B", "February 2026 stands here a second time; it stood in row 3"),
    ("row 6, column B", "231 is more than the 214 that it is a part of."),
)
PHONE = (390,)
WIDE = (1280,)


def hand_in(analyst: Page, office: str, folder: Path, name: str, rows: str) -> None:
    """A return of the survey is handed in, its columns are taken as guessed, and every row is checked."""
    path = folder / name
    path.write_text(rows, encoding="utf-8")
    analyst.goto(f"{office}{ROOM}loads/new/")
    analyst.get_by_label(re.compile("^A return of the force")).check()
    analyst.get_by_label("Where it comes from").select_option(label=SURVEY)
    analyst.get_by_label("File", exact=True).set_input_files(path)
    press(analyst, "Go on")
    expect(analyst.get_by_role("heading", level=1, name="What was understood")).to_be_visible()
    expect(analyst.get_by_role("cell", name="1,204")).to_be_visible()
    press(analyst, "Check every row")


def faults_are_found(analyst: Page) -> None:
    """Each fault stands with its row and column, and the rows to mend can be taken away."""
    expect(analyst.get_by_text("4 faults were found. Nothing has been loaded.")).to_be_visible(timeout=30_000)
    found = analyst.locator("ul.todo")
    for place, words in WRONG:
        expect(found.get_by_role("listitem").filter(has_text=place)).to_contain_text(words)
    analyst.locator("summary").filter(has_text="to know").click()
    expect(analyst.get_by_text(re.compile("nothing is said of April 2026"))).to_be_visible()
    in_order(analyst, PHONE)
    with analyst.expect_download() as download:
        analyst.get_by_role("link", name="Download the rows to mend").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Row,Column,What is wrong,How to mend it,Month,satisfied,answered"
    assert [row.split(",")[0] for row in rows[1:]] == ["2", "3", "4", "6"]
    press(analyst, "Put it away")
    told(analyst, "Put away. Nothing of it was loaded.")


def mended_file_is_loaded(analyst: Page) -> None:
    """The mended file has no fault; it is loaded in the background, and the page says what came of it."""
    start = analyst.get_by_role("button", name="Load these figures")
    expect(start).to_be_visible(timeout=30_000)
    expect(analyst.get_by_text("No fault was found.")).to_be_visible()
    start.click()
    expect(analyst.get_by_text("Its figures stand since")).to_be_visible(timeout=30_000)
    in_order(analyst, PHONE)


def newest_is(page: Page, address: str, month: str) -> None:
    """The sentence of the measure tells of this month."""
    page.goto(address)
    expect(page.locator("p.judged").first).to_contain_text(f"{month} was")


def load_is_undone_and_redone(analyst: Page, office: str) -> None:
    """A load taken back takes its figures with it; brought back, they count again."""
    load = analyst.url
    newest_is(analyst, office + MEASURE, "June 2026")
    analyst.goto(load)
    follow(analyst, "Undo this load", within="body")
    analyst.get_by_label("Why it is undone").fill("The company sent its draft.")
    press(analyst, "Undo this load")
    told(analyst, "Undone. The figures from before it count again.")
    newest_is(analyst, office + MEASURE, "December 2025")
    analyst.goto(load)
    press(analyst, "Let its figures stand again")
    told(analyst, "Its figures stand again.")
    newest_is(analyst, office + MEASURE, "June 2026")


def figure_is_typed(analyst: Page, office: str) -> None:
    """One figure typed by hand; a fault comes back beside its row with what was typed."""
    analyst.goto(f"{office}{ROOM}loads/typed/?measure=victim-satisfaction")
    in_order(analyst, PHONE)
    analyst.get_by_label("Period of row 1", exact=True).fill("July 2026")
    analyst.get_by_label("Counted in row 1", exact=True).fill("301")
    analyst.get_by_label("Out of, in row 1", exact=True).fill("219")
    press(analyst, "Check and go on")
    expect(analyst.get_by_text("301 is more than the 219").first).to_be_visible()
    expect(analyst.get_by_label("Counted in row 1", exact=True)).to_have_value("301")
    analyst.get_by_label("Counted in row 1", exact=True).fill("181")
    press(analyst, "Check and go on")
    mended_file_is_loaded(analyst)
    newest_is(analyst, office + MEASURE, "July 2026")


def re_base_is_asked_for(analyst: Page, office: str) -> str:
    """The analyst looks at the chart as it would be, and asks; gives the address where it is answered."""
    analyst.goto(f"{office}{MEASURE}re-bases/ask/")
    analyst.get_by_label("From which period on").select_option(label="January 2025")
    analyst.get_by_label("Why").fill("Since January 2025 another company asks, with questions of its own.")
    press(analyst, "Look at it first")
    expect(analyst.get_by_role("heading", name="As it would be")).to_be_visible()
    press(analyst, "Ask for it")
    told(analyst, "You asked for it, so somebody else answers.")
    return analyst.url


def re_base_is_approved(chief: Page, office: str, address: str) -> None:
    """The chief executive finds it under what needs her, approves it, and opens the chart as it stood."""
    chief.goto(f"{office}/desk/")
    chief.get_by_role("link", name=f"Answer a re-base of {NAME}").click()
    expect(chief).to_have_url(address)
    chief.get_by_label("Your reason").fill("Agreed. The force has the contract to 2029.")
    in_order(chief, WIDE)
    press(chief, "Approve the re-base")
    told(chief, "Approved. The usual range starts anew; the chart as it stood is kept.")
    chief.goto(f"{office}{MEASURE}history/")
    in_order(chief, PHONE)
    follow(chief, re.compile("As it stood before its usual range was re-based"))
    told(chief, "since January 2024")
    expect(chief.get_by_role("img").filter(visible=True).first).to_be_visible()
    in_order(chief, WIDE)


def break_is_marked(analyst: Page, office: str) -> None:
    """The break is said on the chart, and moves nothing."""
    analyst.goto(f"{office}{MEASURE}break/")
    analyst.get_by_label("First period after the break").select_option(label="January 2025")
    analyst.get_by_label("Recording rule changed").check()
    analyst.get_by_label("In a sentence").fill("Another company asks.")
    analyst.get_by_label("Who says so, and where").fill("Contract notice of 3 December 2024")
    analyst.get_by_label("This measure, in this area").check()
    press(analyst, "Mark the break")
    told(analyst, "Marked. Limits do not move by it")
    expect(analyst.locator("svg text").filter(has_text="Another company asks").first).to_be_attached()


def narrative_is_written(analyst: Page, office: str, words: str) -> None:
    """What lies behind the figures, up to the last of them."""
    analyst.goto(f"{office}{MEASURE}narrative/")
    expect(analyst.get_by_text("Figures to July 2026.")).to_be_visible()
    analyst.get_by_label("What lies behind these figures").fill(words)
    press(analyst, "Keep the narrative")
    told(analyst, "Kept. What was said before stays on record.")
    in_order(analyst)


def chart_is_put_in_a_paper(analyst: Page, office: str) -> None:
    """A paper is begun, the chart goes into a section of it, and the paper shows it with its figures."""
    analyst.goto(f"{office}/desk/papers/new/?board=bcb")
    analyst.get_by_label(re.compile("^Title")).fill("What victims say")
    press(analyst, "Begin it")
    analyst.goto(f"{office}{MEASURE}paper/")
    analyst.get_by_label("Into which paper, and where").select_option(
        label="What victims say (BCB): Background"
    )
    press(analyst, "Put it in")
    told(analyst, "In the paper, and kept as the board will see it.")
    expect(analyst.get_by_role("heading", level=1, name="What victims say")).to_be_visible()
    expect(analyst.locator("figure img, figure svg").first).to_be_visible()
    expect(analyst.get_by_role("row", name=re.compile("Apr 2026 no figure"))).to_be_visible()
    in_order(analyst, PHONE)


def figures_are_approved(chief: Page, office: str, words: str) -> None:
    """The chief executive sees exactly what will be public, and approves it under her name."""
    chief.goto(f"{office}{MEASURE}approve/")
    expect(chief.get_by_text(words)).to_be_visible()
    in_order(chief, PHONE)
    chief.get_by_label("I have read the figures above").check()
    press(chief, "Approve them")
    told(chief, "The public reads these figures from now on, under your name.")


def resident_reads(resident: Page, office: str, words: str) -> None:
    """Without scripts, on a telephone: the sentence, the words, who approved it, and every figure."""
    newest_is(resident, office + PUBLIC, "July 2026")
    expect(resident.get_by_text(words)).to_be_visible()
    expect(resident.get_by_text("Miriam Castleford, Chief Executive")).to_be_visible()
    resident.locator("summary").first.click()
    expect(resident.get_by_role("row", name=re.compile("^April 2026 no figure"))).to_be_visible()


def shipped_measure_is_taken_up(analyst: Page, office: str) -> None:
    """One of the measures that come with Goldthread is taken over, and stands in the room without figures."""
    analyst.goto(f"{office}{ROOM}shipped/")
    analyst.locator("summary").filter(has_text="Contact").click()
    press(analyst, re.compile("Mean wait for a 101 call"))
    told(analyst, "“Mean wait for a 101 call to be answered” is kept here now.")
    analyst.goto(f"{office}{ROOM}measure/calls-101-mean-wait/")
    expect(analyst.get_by_text("There are no figures yet")).to_be_visible()
    in_order(analyst, PHONE)


def measure_is_proposed(analyst: Page, office: str) -> None:
    """The promise of 4 April 2019 is overdue: one priority has no measure, and one is proposed for it."""
    analyst.goto(f"{office}{ROOM}owed/")
    expect(analyst.get_by_text("3 of 4 priorities have one.")).to_be_visible()
    expect(analyst.get_by_text("Overdue")).to_be_visible()
    follow(analyst, re.compile("Propose a measure.*Transformation", re.DOTALL))
    analyst.get_by_label("Which measure").select_option(label="101 calls abandoned")
    analyst.get_by_label("Why it tells of this priority").fill("The contact centre was to end such waits.")
    press(analyst, "Propose it")
    told(analyst, "Proposed. Somebody else accepts it")


def promise_is_kept(chief: Page, office: str) -> None:
    """The chief executive accepts it, and the promise is kept."""
    chief.goto(f"{office}{ROOM}owed/")
    follow(chief, re.compile("^Answer"))
    in_order(chief, PHONE)
    press(chief, "Accept the measure")
    told(chief, "Accepted.")
    chief.goto(f"{office}{ROOM}owed/")
    expect(chief.get_by_text("4 of 4 priorities have one.")).to_be_visible()
    expect(chief.get_by_text("Kept", exact=True)).to_be_visible()
    in_order(chief, PHONE)
