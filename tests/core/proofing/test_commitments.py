"""Commitments without an owner or a date; and sentences that only sound like one."""

from __future__ import annotations

import pytest

from goldthread.core.proofing import Finding
from goldthread.core.text import Block, Kind
from tests.core.proofing.papers import findings, section, table, typed

BOTH, OWNER, DATE = "has no owner and no date", "has a date but no owner", "has an owner but no date"


def _found(*blocks: Block | str) -> list[Finding]:
    found = findings(section("Background", *blocks))
    return [each for each in found if each.code == "commitment"]


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        (
            "After approval of the content of the documents by the Board, appropriate business intelligence "
            "and performance indicators will be identified relevant to each of the themes to enable the "
            "Board to assess progress.",
            BOTH,
        ),
        ("Other sections in the Plan will be updated in the coming months to give it a refresh.", BOTH),
        ("New indicators are to be developed.", BOTH),
        ("A further paper will be brought back to the Board.", BOTH),
        ("A further paper will be brought back at a later date.", BOTH),
        ("The strategy will be reviewed in due course.", BOTH),
        ("The protocol will be drafted by 30 June 2026.", OWNER),
        ("Indicators will be developed by June.", OWNER),
        ("The protocol will be drafted by the Head of Legal.", DATE),
        ("The Chief Constable will report back to the Board.", DATE),
        ("We will publish the results shortly.", DATE),
        ("The 2017-20 plan will be refreshed by the Chief Executive.", DATE),
        ("In December 2018 the Board agreed that the themes will be reviewed.", DATE),
    ],
)
def test_what_it_lacks_is_said(words: str, lacks: str) -> None:
    (found,) = _found(words)
    assert lacks in found.message


@pytest.mark.parametrize(
    "words",
    [
        "The Head of Finance will report by 30 June 2026.",
        "The protocol will be drafted by the Head of Legal by 30 June 2026.",
        "The protocol will be drafted by the end of June 2026 (lead: Head of Legal).",
        "In December 2018, the Board approved the proposal that throughout 2019-20, in depth reports will be "
        "presented on each of the themes detailing progress on delivering the actions identified.",
        "The Plan will be presented to the Panel at its meeting on 5 November 2014.",
        "The results will be published in March 2027.",
        "Jim Haylett will circulate the figures before the next meeting.",
        "Ms Verma is responsible for the protocol, which is due by May 2026. It will be drafted in English.",
        "The report will identify what works.",
        "This paper will set out the options.",
        "Victims will be treated with respect.",
        "The service will be free.",
        "Officers will continue to review each case as required.",
        "Performance will be reviewed by the Board each quarter.",
        "The plan was reviewed and its measures were updated.",
        "The actions that will be delivered are listed.",
        "Will the plan be reviewed?",
        "The indicators will not be published.",
        "There will be a review.",
        "Risks will be reviewed and updated at each meeting.",
    ],
)
def test_what_is_owned_and_dated_or_no_promise(words: str) -> None:
    assert _found(words) == []


def test_vague_words_are_named() -> None:
    (found,) = _found("Other sections will be updated in the coming months.")
    assert "“in the coming months” is no date" in found.message


def test_a_long_sentence_is_cut_around_its_promise() -> None:
    (found,) = _found(f"After {'much and careful ' * 8}thought, new indicators will be identified.")
    assert "new indicators will be identified." in found.message
    assert found.message.startswith("“…")


def test_each_promise_has_its_own() -> None:
    assert len(_found("The plan will be updated. The measures will be identified.")) == 2


def test_a_quotation_and_a_table_promise_nothing() -> None:
    quoted = typed(Kind.SOURCE_DOCUMENT, "Measures will be identified, 2019")
    assert _found(quoted, table(("Measures will be identified", "Head of Finance"))) == []


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({}, BOTH),
        ({"owner": "TBC", "by_when": "May 2026"}, OWNER),
        ({"owner": "Head of Finance"}, DATE),
        ({"owner": "Head of Finance", "by_when": "tbc"}, DATE),
    ],
)
def test_an_action_needs_both(fields: dict[str, str], lacks: str) -> None:
    (found,) = _found(typed(Kind.ACTION, "Write the protocol.", **fields))
    assert lacks in found.message


def test_an_action_may_say_both_in_words() -> None:
    assert _found(typed(Kind.ACTION, "Write the protocol.", owner="Jo Lee", by_when="1 May 2026")) == []
    assert _found(typed(Kind.ACTION, "NA and SM to write the protocol by May.")) == []
