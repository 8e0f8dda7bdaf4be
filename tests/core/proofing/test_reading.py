"""What a paper says of itself, and how a place in it is called."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.proofing import Facts, PaperKind
from goldthread.core.proofing.reading import Reading, sentences, shortened
from goldthread.core.text import Block, Kind
from tests.core.proofing.papers import items, paper, picture, recommends, says, section, source, table


@pytest.mark.parametrize(
    "front",
    [
        says("Date: 04 April 2019"),
        says("To: Board From: Chief Executive Date: Thursday 4 April 2019 Agenda item: 8.0"),
        says("DATE OF MEETING: 4 April 2019"),
        table(("To", "Board"), ("Date", "4 April 2019")),
        table(("Date:", "04/04/2019")),
    ],
)
def test_its_date(front: Block) -> None:
    facts = Reading(paper(section("Front page", front)), None, Facts()).facts
    assert (facts.dated, facts.financial_year) == (date(2019, 4, 4), "2019/20")
    assert facts.kind is PaperKind.PAPER


def test_what_is_given_comes_first() -> None:
    given = Facts(dated=date(2020, 3, 31), kind=PaperKind.PLAN)
    facts = Reading(paper(section("Front page", "Date: 4 April 2019")), None, given).facts
    assert (facts.dated, facts.financial_year, facts.kind) == (date(2020, 3, 31), "2019/20", PaperKind.PLAN)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Draft minutes", "Held on 4 April 2019"),
        ("Board", "Minutes of the Board held on 4 April 2019"),
        ("MINUTES", "Thursday 4 April 2019"),
    ],
)
def test_minutes_know_themselves(title: str, words: str) -> None:
    facts = Reading(paper(section("Front page", words), title=title), None, Facts()).facts
    assert (facts.kind, facts.meeting_on) == (PaperKind.MINUTES, date(2019, 4, 4))


def test_a_paper_that_names_minutes_is_no_minutes() -> None:
    facts = Reading(paper(section("Front page", "To agree how minutes are kept.")), None, Facts()).facts
    assert facts.kind is PaperKind.PAPER


def test_places_by_printed_number() -> None:
    first, second, plain = says("One."), says("Two."), says("Three.")
    made = section("Background", first, second, plain, items("a"))
    reading = Reading(paper(made), {made.key: "3.", first.key: "3.4", second.key: "3.4"}, Facts())
    assert [reading.place(made, block) for block in made.blocks] == [
        "Paragraph 3.4 (first)",
        "Paragraph 3.4 (second)",
        "Section 3, Background, paragraph 3",
        "Section 3, Background, list",
    ]


def test_places_without_printed_numbers() -> None:
    made = section("Sources", source("A"), source("B"), recommends("C"), picture())
    reading = Reading(paper(made), {}, Facts())
    assert [reading.place(made, block) for block in made.blocks] == [
        "Sources, source document 1",
        "Sources, source document 2",
        "Sources, recommendation",
        "Sources, figure",
    ]
    computed = Reading(paper(made), None, Facts())
    assert computed.place(made, made.blocks[2]) == "Recommendation 1.1"
    assert computed.labels[made.blocks[2].key].startswith("Recommendation")
    assert made.blocks[0].kind is Kind.SOURCE_DOCUMENT


def test_sentences() -> None:
    words = "It cost £1.5m at 3.1. The Board (no. 2) agreed.\nNext. “Quoted.” End"
    assert list(sentences(words)) == [
        "It cost £1.5m at 3.1.", "The Board (no. 2) agreed.", "Next.", "“Quoted.”", "End",
    ]  # fmt: skip


def test_words_are_cut_between_words() -> None:
    assert shortened("one two\nthree", 8) == "one two…"
    assert shortened("one, two", 20) == "one, two"
