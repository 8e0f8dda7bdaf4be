"""The verb of a recommendation, what it does, and the words it resolves to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.governance.verbs import (
    OUTCOME_WORDS,
    DecidesBy,
    Effect,
    Outcome,
    Verb,
    effect_of,
    outcomes_for,
    verb_of,
    wording_resolved,
)

OCTOBER = (
    "The Board approves the updated Plan (as given at Appendix 1) for submission the Cambridgeshire "
    "Police and Crime Panel at its meeting on the 5th November 2014."
)
"""Business Coordination Board, 2 October 2014, paragraph 2.1."""
APRIL = "The Board is recommended to approve the priorities for action."
"""Business Coordination Board, 4 April 2019, paragraphs 2.1 and 4.1."""


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        (OCTOBER, Verb.APPROVE),
        (APRIL, Verb.APPROVE),
        (
            "The purpose of this report is to ask the Business Coordination Board (the “Board”) to approve "
            "the priorities for action for delivery of the Police and Crime Plan in 2019/20.",
            Verb.APPROVE,
        ),
        ("Members are asked to: note the contents of the report.", Verb.NOTE),
        ("Members are asked to:\n(a) note the report; and\n(b) agree the next steps.", Verb.AGREE),
        ("Members are asked to:\n1. note the report\n2. agree the next steps", Verb.AGREE),
        ("It is recommended that the Commissioner agrees the grant.", Verb.AGREE),
        ("It is recommended that the Commissioner approve the grant.", Verb.APPROVE),
        ("I recommend that the Commissioner approves the grant.", Verb.APPROVE),
        ("To approve and note the report.", Verb.APPROVE),
        ("to note and approve", Verb.APPROVE),
        ("The Board is asked to consider the report and approve the plan.", Verb.APPROVE),
        ("The Panel is invited to formally endorse the strategy.", Verb.ENDORSE),
        ("That the report be noted.", Verb.NOTE),
        ("It is recommended that the revised budget is approved.", Verb.APPROVE),
        ("The Board receives the report.", Verb.RECEIVE),
        ("BCB is recommended to support the bid.", Verb.SUPPORT),
        ("The Board is asked to refer the matter to the Panel.", Verb.REFER),
        ("The Board is asked to defer the item until June.", Verb.DEFER),
        ("The Commissioner is asked to withdraw the paper.", Verb.WITHDRAW),
        ("Recommendation: to note progress.", Verb.NOTE),
        ("The Board agrees to note the report.", Verb.NOTE),
        ("The Board is asked to adopt the terms of reference.", Verb.APPROVE),
        ("It is recommended that the Deputy Mayor for Policing and Crime approve the grant.", Verb.APPROVE),
        ("The Police and Crime Commissioner for Surrey agrees the grant.", Verb.AGREE),
        ("That the Committee: (1) Notes the report; (2) Endorses the plan.", Verb.ENDORSE),
        ("It is recommended that the PCC:\n• approves the grant\n• notes the risks", Verb.APPROVE),
        ("That the Board resolves to approve the plan.", Verb.APPROVE),
        ("For the Board to note.", Verb.NOTE),
        ("The Board is asked to note that nothing changes.\nTo approve the plan.", Verb.APPROVE),
        ("The Board should note the risks and support the approach.", Verb.SUPPORT),
    ],
)
def test_the_verb_is_read(words: str, verb: Verb) -> None:
    assert verb_of(words) is verb


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("The Board is recommended to note the approval of the Plan.", Verb.NOTE),
        ("The Board is recommended to note the approved minutes.", Verb.NOTE),
        ("The Board is asked to note that the Commissioner approves the budget.", Verb.NOTE),
        ("The Board is asked to note that the Chief Constable was asked to agree the cost.", Verb.NOTE),
        ("The Board is asked to note and not to approve the plan.", Verb.NOTE),
        ("The Board is asked to note the grant and support for victims.", Verb.NOTE),
        ("The Board is asked to note the funding given to support victims.", Verb.NOTE),
        ("The Board is recommended not to approve the bid.", None),
        ("The Board is recommended not to approve or agree the bid.", None),
        ("The Board does not approve the bid.", None),
        ("Members are asked not to: approve the bid.", None),
        ("The Board is not being asked to approve anything.", None),
        ("The plan should not be approved.", None),
        ("The Board is asked to note the funding for the Panel to support victims.", Verb.NOTE),
        ("Approval of the minutes", None),
        ("Approved minutes of the last meeting", None),
        ("Note of the meeting held in May", None),
        ("Support for victims of crime", None),
        ("The Board refers to the Plan.", None),
        ("The Board is asked to consider the report.", None),
        ("After approval of the content of the documents by the Board, indicators will be found.", None),
        ("", None),
    ],
)
def test_nouns_and_negatives_do_not_mislead(words: str, verb: Verb | None) -> None:
    assert verb_of(words) is verb


@pytest.mark.parametrize(
    ("words", "resolved"),
    [
        (APRIL, "The Board approved the priorities for action."),
        (OCTOBER, OCTOBER.replace("approves", "approved")),
        ("Members are asked to note the report.", "Members noted the report."),
        ("It is recommended that the Commissioner agrees the grant.", "The Commissioner agreed the grant."),
        ("That the Board approve the plan.", "The Board approved the plan."),
        (
            "The Board is asked to consider and approve the plan.",
            "The Board considered and approved the plan.",
        ),
        ("The Board is asked to formally endorse the plan.", "The Board formally endorsed the plan."),
        ("The Commissioner is asked to withdraw the paper.", "The Commissioner withdrew the paper."),
    ],
)
def test_the_wording_is_resolved_where_the_grammar_is_safe(words: str, resolved: str) -> None:
    verb = verb_of(words)
    assert verb is not None
    assert wording_resolved(words, verb) == resolved


@pytest.mark.parametrize(
    "words",
    [
        "To approve the plan.",
        "Members are asked to: note the report; and agree the plan.",
        "The Board is asked to note the report and approve the plan.",
        "The Board is recommended not to approve the bid.",
        "The Board agrees to note the report.",
        "That the report be noted.",
        "The Board approves the plan. The Board notes the cost.",
    ],
)
def test_the_wording_is_left_alone_where_it_is_not(words: str) -> None:
    assert wording_resolved(words, verb_of(words) or Verb.APPROVE) == words


def test_the_wording_is_left_alone_for_another_verb() -> None:
    assert wording_resolved(APRIL, Verb.NOTE) == APRIL


@pytest.mark.parametrize(
    ("verb", "decides_by", "offered"),
    [
        (Verb.APPROVE, DecidesBy.ONE_PERSON, Outcome.AGREED),
        (Verb.AGREE, DecidesBy.VOTE, Outcome.AGREED),
        (Verb.APPROVE, DecidesBy.ADVICE_ONLY, Outcome.ENDORSED),
        (Verb.NOTE, DecidesBy.ONE_PERSON, Outcome.NOTED),
        (Verb.RECEIVE, DecidesBy.VOTE, Outcome.NOTED),
        (Verb.ENDORSE, DecidesBy.ONE_PERSON, Outcome.ENDORSED),
        (Verb.SUPPORT, DecidesBy.VOTE, Outcome.ENDORSED),
        (Verb.REFER, DecidesBy.VOTE, Outcome.REFERRED),
        (Verb.DEFER, DecidesBy.VOTE, Outcome.DEFERRED),
        (Verb.WITHDRAW, DecidesBy.VOTE, Outcome.WITHDRAWN),
    ],
)
def test_the_outcome_offered_first(verb: Verb, decides_by: DecidesBy, offered: Outcome) -> None:
    assert outcomes_for(verb, decides_by)[0] is offered


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("decides_by", DecidesBy)
def test_outcomes_fit_the_effect(verb: Verb, decides_by: DecidesBy) -> None:
    offered = outcomes_for(verb, decides_by)
    assert len(set(offered)) == len(offered)
    assert {Outcome.REFERRED, Outcome.DEFERRED, Outcome.WITHDRAWN} <= set(offered)
    decides = effect_of(verb) is Effect.DECIDES and decides_by is not DecidesBy.ADVICE_ONLY
    assert (Outcome.AGREED in offered) is decides
    assert set(offered) <= set(OUTCOME_WORDS)


def test_a_hostile_length_costs_little() -> None:
    assert verb_of("approve and " * 500) is Verb.APPROVE
    assert wording_resolved("The Board is asked to note and " * 100, Verb.NOTE).startswith(
        "The Board is asked"
    )


@given(st.text(alphabet="abnote pruvd.;:()\n,", max_size=80))
def test_any_words_are_read_without_an_error(words: str) -> None:
    verb = verb_of(words)
    if verb is not None:
        assert wording_resolved(words, verb)


@pytest.mark.parametrize(
    ("words", "resolved"),
    [
        (
            "The Board is recommended to approve the priorities for action.",
            "The Police and Crime Commissioner approved the priorities for action.",
        ),
        ("The Board is recommended to note the report.", "The Board noted the report."),
        ("The Commissioner is recommended to agree the grant.", "The Commissioner agreed the grant."),
    ],
)
def test_what_is_decided_on_a_boards_advice_is_the_deciders(words: str, resolved: str) -> None:
    verb = verb_of(words)
    assert verb is not None
    assert wording_resolved(words, verb, decider="Police and Crime Commissioner") == resolved
