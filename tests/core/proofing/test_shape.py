"""Headings, sections that must be there, pictures, doubled words and what was left to be filled in."""

from __future__ import annotations

import pytest

from goldthread.core.proofing import Facts, proof
from goldthread.core.text import Block, Kind, Text
from tests.core.proofing.papers import codes, findings, paper, picture, recommends, section, source, typed


@pytest.mark.parametrize("title", ["A paper", "Front page", "Untitled"])
def test_no_headings(title: str) -> None:
    found = proof(paper(section(title, "To the Board.", "The Board is asked to note this.")))
    assert [each.code for each in found] == ["no-headings"]


def test_one_heading_is_a_heading() -> None:
    assert proof(paper(section("Purpose", "The Board is asked to note this."))) == ()


def test_nothing_at_all() -> None:
    assert [each.code for each in proof(Text("A paper"))] == ["empty"]


@pytest.mark.parametrize("title", ["Purpose", "Recommendation", "Recommendations", "Recommendation(s)"])
def test_an_empty_section(title: str) -> None:
    assert codes(section(title), section("Background", "Words.")) == ["section-empty"]
    below = section(title, children=(section("Detail", recommends("The Board notes the report.")),))
    assert codes(below, section("Background", "Words.")) == []


def test_what_the_template_asks_for() -> None:
    wanted = Facts(required=("Purpose", "Recommendations", "Background", "Implications"))
    given = (
        section("1. PURPOSE", "To inform."),
        section("Recommendation", recommends("The Board notes the report.")),
        section("Background"),
    )
    found = findings(*given, facts=wanted)
    assert [(each.code, each.where) for each in found] == [
        ("section-missing", "A paper"),
        ("section-empty", "Section 3, Background"),
    ]
    assert "“Implications”" in found[0].message


def test_a_picture_needs_words() -> None:
    (found,) = findings(section("Charts", picture(), picture("Offences fell by a tenth.")))
    assert (found.code, found.where) == ("figure-without-words", "Section 1, Charts, figure 1")


@pytest.mark.parametrize(
    "words", ["It is the the plan.", "The the plan.", "A plan for for\nall.", "It will be be done. Now."]
)
def test_a_word_typed_twice(words: str) -> None:
    assert codes(words) == ["word-twice"]


@pytest.mark.parametrize(
    "words",
    [
        "The work that that report had had was long.",
        "Baden Baden is twinned with it.",
        "One, one and the other.",
        "The plan. Plan B is at hand.",
        "It was well-known known facts aside.",
        "12 12 13",
        "P p is a tag.",
    ],
)
def test_a_word_that_may_stand_twice(words: str) -> None:
    assert codes(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "To the [insert name of board].",
        "It costs £xx in all.",
        "It costs £X.",
        "On xx/xx/2020 it met.",
        "XX/XX/2020",
        "Lorem ipsum dolor sit amet.",
        "The venue is TBC.",
        "The date is to be confirmed.",
        "Click here to enter text.",
        "By [date].",
        "By [name of officer] and others",
        "<insert title>",
    ],
)
def test_what_was_left_to_be_filled_in(words: str) -> None:
    assert codes(words) == ["placeholder"]


@pytest.mark.parametrize(
    "words",
    [
        "Part XX of the Act and Schedule XXI.",
        "He said that [the officer] came.",
        "The name [redacted] was left out.",
        "See [12] and [4].",
        "His appointment was to be confirmed by the Panel.",
        "XXL uniforms.",
    ],
)
def test_what_is_meant_to_stand(words: str) -> None:
    assert codes(words) == []


@pytest.mark.parametrize(
    "block",
    [typed(Kind.ACTION, "Jo Lee to write by May.", owner="[insert]"), source("Plan 2014", reference="TBC")],
)
def test_fields_are_read_too(block: Block) -> None:
    assert codes(section("Next", block)) == ["placeholder"]
