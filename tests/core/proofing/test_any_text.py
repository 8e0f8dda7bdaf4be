"""Proofing never fails, whatever the text, and a long text takes no time worth waiting for."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.citations import find_citations
from goldthread.core.proofing import Facts, PaperKind, proof
from goldthread.core.text import Section, Text
from tests.core.proofing.papers import items, paper, recommends, section, source
from tests.core.text.random_texts import sections
from tests.files.random_plans import Maker

PARTS = (
    *("31 June 2019", "the the", "will be identified", "by the end of", "Appendices A-D", "£12.5m", "%"),
    *("https://example.org/a_(b", "2020/22", "13/12/2018 BCB Agenda Item 8.0", "[insert", "TBC", "Decision"),
    *("minutes of 22 September", "the budget of", "121 PCSOs", "Appendix", "Item", "(", "\n", "–", "xx/xx/"),
    *("It is recommended that", "29 February 9999", "0/0/0000", "٣٤ May 2019", "²/³/2019", "Annexes 9-1"),
)
scraps = st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=30).map(" ".join)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(sections, max_size=3), st.sampled_from(PaperKind), st.booleans())
def test_any_text(made: list[Section], kind: PaperKind, printed: bool) -> None:
    text = Text("Minutes", tuple(made))
    labels = {each.key: "3.4" for _, each in text.walk()} if printed else None
    for finding in proof(text, printed=labels, facts=Facts(kind=kind, dated=date(2019, 4, 4))):
        assert finding.code
        assert finding.where
        assert finding.message.endswith((".", "…"))


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.lists(scraps, min_size=1, max_size=6))
def test_any_words(words: list[str]) -> None:
    kinds = (recommends, source, items)
    proof(paper(section(words[0], *words, *(make(each) for make in kinds for each in words))))
    for line in words:
        for citation in find_citations(line):
            assert line[citation.start : citation.end] == citation.words


@pytest.mark.parametrize("seed", range(20))
def test_plans_such_as_an_editor_makes(seed: int) -> None:
    text = Maker(seed, ("0" * 64,)).text()
    keys = {each.key for _, each in text.walk()}
    assert all(not finding.section or finding.section in keys for finding in proof(text))


SENTENCES = (
    "The Constabulary’s net budget of £12.5m for 2019/20 was agreed on 4 April 2019, as Appendix 1 shows.",
    "Performance against the four themes has improved in each district since the last report to the Board.",
    "The Head of Finance will report on the indicators by 30 June 2026, and the Panel will review them.",
    "See 13/12/2018 BCB Agenda Item 8.0 and Decision CPCC 2016-020; there are 121 PCSOs in all.",
)


@pytest.mark.slow
def test_a_hundred_thousand_words_within_a_second() -> None:
    lines = [" ".join(islice(cycle(SENTENCES), place % 4, place % 4 + 4)) for place in range(1600)]
    text = paper(*(section(f"Part {n}", *lines[n * 40 : n * 40 + 40]) for n in range(40)))
    assert sum(len(line.split()) for line in lines) > 100_000
    start = time.process_time()
    proof(text)
    assert time.process_time() - start < 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "scrap",
    [
        *(
            "A ",
            "a ",
            "1 ",
            "the ",
            "will be ",
            "Appendix A, ",
            "Appendices A, ",
            "£1 ",
            "1/",
            "[insert ",
            "( ",
        ),
        *("by ", "xx", "Agenda Item ", "Board ", "minutes of ", "that ", "http://", "is recommended ", ". A"),
        *("recommendation ", "\n", "\u00a0", "4 April 2019 BCB ", "report to the Board ", "word "),
    ],
)
def test_no_scrap_repeated_brings_it_to_a_stand(scrap: str) -> None:
    words = scrap * (40_000 // len(scrap))
    made = section("Background", words, recommends(words), source(words))
    start = time.process_time()
    proof(paper(made, section("Recommendation", words[:2000])))
    assert time.process_time() - start < 5


def test_every_code_is_explained() -> None:
    root = Path(__file__).parents[3]
    made = re.compile(r'(?:Finding\(|\.at\(|yield )\s*"([a-z]+(?:-[a-z]+)*)"')
    modules = (root / "goldthread" / "core" / "proofing").glob("*.py")
    codes = {code for module in modules for code in made.findall(module.read_text("utf-8"))}
    page = (root / "docs" / "reference" / "proofing.md").read_text("utf-8")
    assert codes == set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert len(codes) > 25
