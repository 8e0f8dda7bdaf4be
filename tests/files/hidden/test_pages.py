"""Words on the pages of a PDF that can be copied but not seen, and near misses that can be seen."""

from __future__ import annotations

import pytest
import typst
from pikepdf import Array, Name

from goldthread.files.pdf.write import write_pdf
from tests.files.hidden.drawn import annotated, box, pdf, with_picture, words
from tests.files.hidden.told import told
from tests.files.plans import plan

NAME = "paper.pdf"
SMITH = words("Informant Smith")
OPEN = words("The board met", y=20)
WHOLE = "q 300 0 0 200 0 0 cm /Im Do Q\n"
OVER = "q 200 0 0 30 10 90 cm /Im Do Q\n"


COVERED = {
    "a black box": pdf(OPEN + SMITH + box()),
    "a box of another colour": pdf(OPEN + SMITH + box(fill="0.2 0.4 0.9 rg")),
    "a white box": pdf(OPEN + SMITH + box(fill="1 g")),
    "a thick line": pdf(OPEN + SMITH + "q 24 w 10 104 m 210 104 l S Q\n"),
    "a picture": pdf(OPEN + SMITH + OVER, finish=with_picture()),
    "two boxes, each over a half": pdf(OPEN + SMITH + box(width=50) + box(x=60)),
    "a box with words of its own": pdf(OPEN + SMITH + box() + words("WITHHELD", before="1 g")),
    "a white box with black words of its own, underlined": pdf(
        OPEN + SMITH + box(fill="1 g") + words("WITHHELD") + box(y=95, height=9, width=4)
    ),
    "a drawn square": pdf(
        OPEN + SMITH, finish=annotated(Subtype=Name.Square, IC=Array([0, 0, 0]), C=Array([0, 0, 0]))
    ),
}


@pytest.mark.parametrize("way", COVERED)
def test_covered_words(way: str) -> None:
    found = told(COVERED[way], NAME)
    assert list(found) == ["covered-text"]
    assert found["covered-text"].where == "page 1"
    assert "“Informant Smith”" in found["covered-text"].message


def test_only_the_covered_part_of_a_line_is_told() -> None:
    line = words("The informant was Smith of Leeds")
    problem = told(pdf(line + box(x=116, width=39)), NAME)["covered-text"]
    assert "“Smith”" in problem.message


def test_words_covered_inside_a_form() -> None:
    source = """
    #set page(width: 300pt, height: 200pt)
    Page one
    #pagebreak()
    #let bar = rect(width: 99pt, height: 18pt, fill: black)
    #rotate(20deg, box[Informant Smith #place(top + left, dx: -3pt, dy: -4pt, bar)])
    """
    found = told(typst.compile(source.encode(), format="pdf"), NAME)
    assert list(found) == ["covered-text"]
    assert found["covered-text"].where == "page 2"


UNSEEN = {
    "white on white": ("white-text", pdf(OPEN + words("Smith", before="1 g"))),
    "nearly white": ("white-text", pdf(OPEN + words("Smith", before="0.99 g"))),
    "black on a black box": ("covered-text", pdf(OPEN + box() + SMITH)),
    "white beside others": (
        "white-text",
        pdf(OPEN + words("Smith", x=21, y=99, before="1 g") + words("Jones")),
    ),
    "invisible": ("hidden-text", pdf(OPEN + words("Smith", before="3 Tr"))),
    "clipped away": ("hidden-text", pdf(f"{OPEN}q 200 150 20 20 re W n {words('Smith')} Q")),
    "too small": ("tiny-text", pdf(OPEN + words("Smith", size=1))),
    "beside the page": ("off-page", pdf(OPEN + words("Smith", x=-80))),
    "above the page": ("off-page", pdf(OPEN + words("Smith", y=300))),
}


@pytest.mark.parametrize("way", UNSEEN)
def test_unseen_words(way: str) -> None:
    code, content = UNSEEN[way]
    found = told(content, NAME)
    assert list(found) == [code]
    assert found[code].where == "page 1"
    assert "Smith”" in found[code].message


def test_words_outside_the_crop() -> None:
    def crop(made: object) -> None:
        made.pages[0].obj.CropBox = Array([0, 0, 300, 90])  # type: ignore[attr-defined]

    found = told(pdf(OPEN + SMITH, finish=crop), NAME)
    assert list(found) == ["off-page"]
    assert "Informant Smith" in found["off-page"].message


SEEN = {
    "words": pdf(OPEN + SMITH),
    "a shaded cell under words": pdf(box(fill="0.85 g") + SMITH),
    "white words on a dark box": pdf(box() + words("Smith", before="1 g")),
    "a box with nothing under it": pdf(OPEN + box()),
    "a bordered box": pdf(OPEN + SMITH + "q 1 w 10 90 200 30 re S Q\n"),
    "a line through words": pdf(OPEN + SMITH + box(y=103, height=1)),
    "a box that stops short": pdf(OPEN + SMITH + box(x=110)),
    "a box cut to nothing": pdf(f"{OPEN}{SMITH}q 0 0 5 5 re W n {box()} Q"),
    "a triangle whose corners surround words": pdf(OPEN + SMITH + "q 0 g 5 95 m 5 180 l 200 180 l f Q\n"),
    "a white shadow of words": pdf(OPEN + words("Smith", x=21, y=99, before="1 g") + words("Smith")),
    "grey words": pdf(OPEN + words("Smith", before="0.8 g")),
    "a picture behind words": pdf(OVER + words("Smith", before="1 g"), finish=with_picture(60)),
    "words on a page that is turned": pdf(
        OPEN + words("Smith", before="0.95 g") + box(fill="0 g", x=250, width=9),
        finish=lambda made: made.pages[0].rotate(90, relative=False),
    ),
    "a highlight": pdf(OPEN + SMITH, finish=annotated(Subtype=Name.Highlight, C=Array([1, 1, 0]))),
    "a link": pdf(OPEN + SMITH, finish=annotated(Subtype=Name.Link, C=Array([0, 0, 0]))),
}


@pytest.mark.parametrize("way", SEEN)
def test_what_can_be_seen_is_not_named(way: str) -> None:
    assert told(SEEN[way], NAME) == {}


def test_a_scan() -> None:
    found = told(pdf(WHOLE, WHOLE, finish=with_picture(200)), NAME)
    assert list(found) == ["scan"]
    assert "neither searched nor read aloud" in found["scan"].message


READ = words("Informant Smith", before="3 Tr")


def test_a_scan_with_its_recognised_text() -> None:
    found = told(pdf(WHOLE + READ, WHOLE + READ, finish=with_picture(255, inked=True)), NAME)
    assert list(found) == ["text-layer"]
    assert found["text-layer"].where == "page 1; page 2"


@pytest.mark.parametrize("fill", ["0 g", "1 g", "0 0 0.5 rg"])
def test_recognised_text_under_what_was_covered_in_a_scan(fill: str) -> None:
    page = WHOLE + READ + words("Public", y=20, before="3 Tr") + box(fill=fill)
    found = told(pdf(page, finish=with_picture(255, inked=True)), NAME)
    assert list(found) == ["covered-text", "text-layer"]
    assert "“Informant Smith”" in found["covered-text"].message


def test_recognised_letters_a_little_beside_their_ink() -> None:
    page = WHOLE + READ + box(x=90, width=14, fill="1 g")
    assert list(told(pdf(page, finish=with_picture(255, inked=True)), NAME)) == ["text-layer"]


@pytest.mark.slow
def test_our_own_exports_hide_nothing() -> None:
    """Reason for slow: a PDF is set."""
    assert told(write_pdf(plan(), {}), NAME) == {}


@pytest.mark.slow
def test_a_table_with_a_dark_head_on_every_page_hides_nothing() -> None:
    """Reason for slow: twenty pages are each drawn twice."""
    source = """
    #set page(width: 300pt, height: 200pt)
    #table(columns: 3, fill: (x, y) => if y == 0 { navy } else if calc.odd(y) { luma(240) },
      table.header([#text(white)[Area]], [#text(white)[Crimes]], [#text(white)[Change]]),
      ..range(600).map(n => [#underline[cell] #n]))
    """
    assert told(typst.compile(source.encode(), format="pdf"), NAME) == {}
