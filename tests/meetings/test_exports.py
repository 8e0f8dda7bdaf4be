"""A paper as each house prints it, in Word, PDF and HTML, and nothing in it that its reader may not see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Kind, Run, Section, Text, Typed, words_of
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.meetings.exports import draft_pdf, paper_docx, paper_html, paper_pdf
from goldthread.meetings.house import house_of, houses
from goldthread.meetings.models import PaperStage, PaperVersion
from goldthread.meetings.printed import labels_of, printed_draft, printed_version
from tests.files import verapdf
from tests.files.written import faults
from tests.meetings.story import SENTINEL, a_text

pytestmark = pytest.mark.django_db
SOURCES = Section(
    "s9",
    "Bibliography",
    (
        Typed("b9", Kind.SOURCE_DOCUMENT, (Run("13/12/2018 BCB Agenda Item 8.0"),)),
        Typed("b10", Kind.CONTACT, (Run("Jim Haylett, Head of Business Development"),)),
    ),
    numbered=False,
)
TEXT = a_text("Delivery", "The Board is recommended to approve the priorities.", "It was asked for.")


def a_version(boards: Any, text: Text = TEXT, house: str = "cambridgeshire") -> PaperVersion:
    item = boards.item(boards.meeting(), "Delivery", number="8.0")
    paper = boards.paper("Delivery", item=item)
    paper.house_template, paper.stage = house, PaperStage.ACCEPTED
    paper.save()
    return boards.version(paper, replace(text, sections=(*text.sections, SOURCES)))


def titles(text: Text) -> list[str]:
    return [section.title for section in text.sections]


def test_the_house_prints_what_the_author_did_not_write(boards: Any) -> None:
    printed = printed_version(a_version(boards), audience=Audience.FULL)

    assert titles(printed.text) == [
        "Purpose",
        "Recommendation",
        "Background",
        "Recommendation",
        "BIBLIOGRAPHY",
    ]
    table = words_of(printed.text.sections[-1].blocks[0])
    assert table.splitlines() == [
        "Source Document(s)\t13/12/2018 BCB Agenda Item 8.0",
        "Contact Officer(s)\tJim Haylett, Head of Business Development",
    ]
    assert dict(printed.front.lines)["Agenda Item"] == "8.0"
    assert printed.front.foot == (
        "Business Coordination Board, 2 October 2014, Agenda Item 8.0, Page {page} of {pages}"
    )


def test_what_the_author_stated_twice_is_not_printed_a_third_time(boards: Any) -> None:
    again = Section("s8", "Recommendation", (Typed("b8", Kind.RECOMMENDATION, (Run("The same."),)),))
    version = a_version(boards, replace(TEXT, sections=(*TEXT.sections, again)))

    assert titles(printed_version(version, audience=Audience.FULL).text).count("Recommendation") == 2


def test_within_a_pack_the_pack_numbers_the_pages(boards: Any) -> None:
    printed = printed_version(a_version(boards), audience=Audience.FULL, in_pack=True)
    assert printed.front.foot == "Business Coordination Board, 2 October 2014, Agenda Item 8.0"


@pytest.mark.parametrize("code", sorted(houses()))
def test_every_house_prints_a_paper(boards: Any, code: str) -> None:
    printed = printed_version(a_version(boards, house=code), audience=Audience.FULL)

    assert printed.front.lines
    assert "{" not in printed.front.foot.replace("{page}", "").replace("{pages}", "")
    assert not printed.front.foot.startswith((",", " "))


def test_one_run_of_numbers_where_the_house_wants_it() -> None:
    labels = labels_of(house_of("leicestershire"), TEXT)
    assert [labels[key] for key in ("p-b1", "p-b2", "p-b3")] == ["1", "Recommendation 2", "3"]
    assert "p-1" not in labels


def test_an_exempt_appendix_is_not_even_listed(boards: Any) -> None:
    version = a_version(boards)
    version.appendices = [
        {"label": "Appendix A", "title": "Victims", "marking": "open"},
        {"label": "Appendix B", "title": SENTINEL, "marking": "exempt"},
    ]
    version.paper.marking = version.paper.item.marking = Marking.OPEN

    def listed(audience: Audience) -> str:
        return repr(printed_version(version, audience=audience).text)

    assert SENTINEL in listed(Audience.FULL)
    assert SENTINEL not in listed(Audience.MEMBERS) + listed(Audience.PUBLIC)
    assert SENTINEL not in paper_html(version, image_address=str, audience=Audience.PUBLIC)
    assert SENTINEL in paper_html(version, image_address=str, audience=Audience.FULL)


@pytest.mark.slow
@pytest.mark.skipif(not verapdf.is_here(), reason="veraPDF is not here")
def test_the_files_are_accessible_valid_and_the_same_each_time(boards: Any, tmp_path: Path) -> None:
    version = a_version(boards)
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper_pdf(version))
    word = paper_docx(version)

    assert verapdf.verdicts([path])["paper.pdf"] == (True, "")
    assert faults(word) == []
    assert paper_pdf(version) == path.read_bytes()
    assert paper_docx(version) == word
    assert draft_pdf(version.paper).startswith(b"%PDF")


def test_a_paper_comes_back_from_word_with_its_header_and_words(boards: Any) -> None:
    boards.item(boards.meeting(), "First")
    paper = boards.paper("Delivery")
    back = to_text(read(paper_docx(paper))).text

    assert back.title == "Delivery"
    assert [words_of(block) for block in back.sections[0].blocks] == [
        "To: Business Coordination Board",
        "From: Chief Executive",
    ]
    printed = printed_draft(paper).text
    assert titles(back)[1:] == titles(printed)
