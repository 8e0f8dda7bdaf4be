"""Attendance, interests, quorum and votes, item by item."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.governance.quorum import (
    Attendance,
    Counts,
    Interest,
    InterestEffect,
    Member,
    Presence,
    QuorumRule,
    Vote,
    counts_of,
    deciding,
    items_in,
    members_on,
    present_for,
    quorum_met,
    result,
    takes_part,
)
from goldthread.core.governance.verbs import DecidesBy

START = date(2016, 5, 12)
SEVEN = tuple(Member(who, START, office="commissioner" if who == "A" else "member") for who in "ABCDEFG")
AGENDA = ("1.0", "2.0", "3.0", "4.0", "4(a)", "4(b)", "5.0", "6.0", "7.0", "8.0")
SOLD_TO_HER_BROTHER = Interest("B", 4, InterestEffect.LEFT)


def test_members_are_those_between_dates() -> None:
    left = Member("H", START, date(2019, 4, 3))
    joins = Member("I", date(2019, 4, 4))
    assert members_on((left, joins), date(2019, 4, 4)) == (joins,)
    assert members_on((left, joins), date(2019, 4, 3)) == (left,)
    assert members_on((left, joins), date(2016, 5, 11)) == ()


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("(Items 4-7)", {3, 4, 5, 6, 7, 8}),
        ("Items 1, 2 and 5 to 6", {0, 1, 6, 7}),
        ("Item 4(a)", {4}),
        ("(Item 4(b))", {5}),
        ("items 4(b) – 5.0", {5, 6}),
        ("Item 4.0", {3, 4, 5}),
    ],
)
def test_part_attendance_is_read(words: str, places: set[int]) -> None:
    assert items_in(words, AGENDA) == places


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Items 4-12", "no item 12"),
        ("Items 7-4", "backwards"),
        ("Items", "does not name"),
        ("left early", "no item"),
    ],
)
def test_part_attendance_that_makes_no_sense_is_refused(words: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        items_in(words, AGENDA)


def test_who_is_present_for_an_item() -> None:
    there = (
        Attendance("A", Presence.FULL),
        Attendance("B", Presence.PART, items=items_in("Items 4-7", AGENDA)),
        Attendance("C", Presence.APOLOGIES),
        Attendance("deputy of C", Presence.FULL, stands_for="C"),
        Attendance("D", Presence.ABSENT),
        Attendance("clerk", Presence.FULL, counts=False),
    )
    assert present_for(0, there) == ("A", "C")
    assert present_for(4, there) == ("A", "B", "C")
    assert present_for(9, there) == ("A", "C")


def test_a_member_and_their_substitute_count_once() -> None:
    there = (Attendance("A", Presence.FULL), Attendance("a", Presence.FULL, stands_for="A"))
    assert present_for(0, there) == ("A",)


@pytest.mark.parametrize(
    ("effect", "part"),
    [(InterestEffect.STAYED, True), (InterestEffect.SPOKE_THEN_LEFT, False), (InterestEffect.LEFT, False)],
)
def test_an_interest_sends_a_member_out_of_that_item_alone(effect: InterestEffect, part: bool) -> None:
    interests = (Interest("B", 4, InterestEffect.STAYED), Interest("B", 4, effect))
    assert takes_part("B", 4, interests) is part
    assert takes_part("B", 5, interests)
    assert takes_part("C", 4, interests)


def test_the_quorum_of_an_item_reflects_who_left_it() -> None:
    there = tuple(Attendance(who, Presence.FULL) for who in "ABC")
    rule = QuorumRule(share=Fraction(1, 3))
    assert quorum_met(deciding(3, there, (SOLD_TO_HER_BROTHER,)), rule, SEVEN).met
    answer = quorum_met(deciding(4, there, (SOLD_TO_HER_BROTHER,)), rule, SEVEN)
    assert answer == (
        False,
        "2 of 7 members are present; the quorum is a third of 7, rounded up, which is 3: there is no quorum.",
    )


@pytest.mark.parametrize(
    ("present", "rule", "met", "says"),
    [
        ("ABC", QuorumRule(number=3), True, "the quorum is 3: there is a quorum."),
        ("AB", QuorumRule(number=3), False, "the quorum is 3: there is no quorum."),
        ("ABCD", QuorumRule(share=Fraction(1, 2)), True, "half of 7, rounded up, which is 4"),
        ("ABC", QuorumRule(share=Fraction(3, 7)), True, "3 of every 7 of 7, which is 3"),
        ("BC", QuorumRule(offices=("commissioner",)), False, "the commissioner must be there and is not"),
        ("AB", QuorumRule(2, offices=("commissioner",)), True, "there is a quorum"),
        ("AAA", QuorumRule(number=2), False, "1 of 7 members are present"),
        ("AXYZ", QuorumRule(number=2), False, "1 of 7 members are present"),
    ],
)
def test_rules_of_quorum(present: str, rule: QuorumRule, met: bool, says: str) -> None:
    answer = quorum_met(present, rule, SEVEN)
    assert answer.met is met
    assert says in answer.words


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.fractions(0, 1, max_denominator=6))
def test_a_share_is_the_least_whole_number_that_reaches_it(size: int, share: Fraction) -> None:
    members = tuple(Member(str(n), START) for n in range(size))
    least = next(
        n
        for n in range(size + 1)
        if quorum_met([str(m) for m in range(n)], QuorumRule(share=share), members).met
    )
    assert least >= share * size > least - 1


@pytest.mark.parametrize(
    ("counts", "casting", "carried", "words"),
    [
        (Counts(4, 2, 1), None, True, "4 for, 2 against, 1 abstained: carried."),
        (Counts(2, 3, 1), None, False, "2 for, 3 against, 1 abstained, 1 did not vote: not carried."),
        (Counts(1, 0, 6), None, True, "1 for, 0 against, 6 abstained: carried."),
        (
            Counts(3, 3, 1),
            Vote.FOR,
            True,
            "3 for, 3 against, 1 abstained; the chair’s casting vote was for: carried.",
        ),
        (Counts(3, 3, 1), Vote.AGAINST, False, "the chair’s casting vote was against: not carried."),
        (Counts(3, 3, 1), None, False, "equal, without a casting vote: not carried."),
        (Counts(3, 3, 1), Vote.ABSTAIN, False, "equal, without a casting vote: not carried."),
    ],
)
def test_votes(counts: Counts, casting: Vote | None, carried: bool, words: str) -> None:
    found = result(counts, 7, DecidesBy.VOTE, casting)
    assert found.carried is carried
    assert found.words.endswith(words)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("counts", "decides_by", "casting", "code"),
    [
        (Counts(1, 0), DecidesBy.ONE_PERSON, None, "one-decides"),
        (Counts(1, 0), DecidesBy.ADVICE_ONLY, None, "advises"),
        (Counts(5, 2, 1), DecidesBy.VOTE, None, "too-many"),
        (Counts(-1, 2, 1), DecidesBy.VOTE, None, "too-many"),
        (Counts(5, 2), DecidesBy.VOTE, Vote.FOR, "no-tie"),
    ],
)
def test_votes_that_cannot_stand(
    counts: Counts, decides_by: DecidesBy, casting: Vote | None, code: str
) -> None:
    found = result(counts, 7, decides_by, casting)
    assert [problem.code for problem in found.problems] == [code]
    assert (found.carried is None) is (code != "no-tie")


def test_only_those_who_take_part_vote() -> None:
    votes = {"A": Vote.FOR, "B": Vote.AGAINST, "C": Vote.ABSTAIN, "X": Vote.AGAINST}
    counts, problems = counts_of(votes, ("A", "C", "D"))
    assert counts == Counts(1, 0, 1)
    assert [problem.where for problem in problems] == ["B", "X"]
