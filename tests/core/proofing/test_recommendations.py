"""Recommendations: none, twice, differing, and without a verb."""

from __future__ import annotations

import pytest

from goldthread.core.proofing import Facts, Finding, PaperKind, proof
from goldthread.core.text import Section
from tests.core.proofing.papers import paper, recommends, says, section

APPROVE = "The Board is recommended to approve the priorities for action."


def _found(*sections: Section, kind: PaperKind = PaperKind.PAPER) -> list[Finding]:
    found = proof(paper(*sections), facts=Facts(kind=kind))
    return [each for each in found if "recommendation" in each.code]


def _codes(*sections: Section) -> list[str]:
    return [each.code for each in _found(*sections)]


def _recommendation(*words: str) -> Section:
    return section("Recommendation", *(recommends(each) for each in words))


BACKGROUND = section("Background", "The plan was issued in 2025.")


def test_none_at_all() -> None:
    (found,) = _found(BACKGROUND)
    assert (found.code, found.where, found.section) == ("no-recommendation", "A paper", "")


@pytest.mark.parametrize(
    "words", ["The Board is asked to note this report.", "It is recommended that the plan be approved."]
)
def test_asked_in_a_sentence(words: str) -> None:
    assert _codes(section("Summary", words)) == []


def test_only_a_paper_needs_one() -> None:
    assert _found(BACKGROUND, kind=PaperKind.MINUTES) == []
    assert _found(BACKGROUND, kind=PaperKind.PLAN) == []


def test_twice_and_agreeing() -> None:
    (found,) = _found(_recommendation(APPROVE), BACKGROUND, _recommendation(APPROVE.replace(" to ", "  to ")))
    assert found.code == "recommendation-twice"
    assert "word for word" in found.message
    assert "Recommendation 1.1" in found.message
    assert found.where == "Recommendation 3.1"
    assert found.block


def test_twice_and_differing_shows_how() -> None:
    other = APPROVE.replace("approve", "note")
    (found,) = _found(_recommendation(APPROVE), BACKGROUND, _recommendation(other))
    assert found.code == "recommendations-differ"
    assert "“approve”" in found.message
    assert "“note”" in found.message


def test_words_that_only_one_of_two_has() -> None:
    longer = APPROVE.replace("action.", "action, subject to the budget.")
    (found,) = _found(_recommendation(APPROVE), _recommendation(longer))
    assert "subject to the budget" in found.message


def test_several_in_one_place_are_several() -> None:
    assert (
        _codes(_recommendation("That the Board approves the plan.", "That the Board notes the risks.")) == []
    )


def test_the_same_within_one_place() -> None:
    assert _codes(_recommendation(APPROVE, "The Board is asked to note the risks.", APPROVE)) == [
        "recommendation-twice"
    ]


def test_chapters_with_their_own() -> None:
    chapters = [
        section("One", recommends("The Board agrees to publish response times for each district.")),
        section("Two", recommends("The Chief Executive approves a new contract for cleaning.")),
        section("Three", recommends("Members note the audit.")),
    ]
    assert _codes(*chapters) == []


def test_what_is_appended_is_another_papers() -> None:
    appended = section("Appendix 1", "As agreed.")
    assert _codes(_recommendation(APPROVE), appended, _recommendation(APPROVE)) == []


def test_a_reference_back_is_not_a_second() -> None:
    assert _codes(_recommendation(APPROVE), section("Recommendation", "As set out in paragraph 2.1.")) == []


@pytest.mark.parametrize(
    "words", ["The Board is asked to consider the report.", "Members’ views are welcome.", "The report."]
)
def test_without_a_verb(words: str) -> None:
    assert _codes(_recommendation(words)) == ["recommendation-without-verb"]


@pytest.mark.parametrize(
    "words",
    [
        "The Board is asked to consider and note the report.",
        "To endorse the plan.",
        "That the plan be approved.",
    ],
)
def test_with_a_verb(words: str) -> None:
    assert _codes(_recommendation(words)) == []


def test_a_lead_in_carries_the_verb() -> None:
    led = section("Recommendation", says("The Board is recommended to note:"), recommends("the risks;"))
    assert _codes(led) == []
