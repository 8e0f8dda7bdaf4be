"""The life of minutes, and that they are approved in order and never by themselves."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.governance.minutes import (
    MOVES,
    PUBLIC,
    TEXT_MAY_CHANGE,
    WHO,
    IllegalMinutesMove,
    MinutesMove,
    MinutesState,
    advance,
    problems_approving,
)

DECEMBER, FEBRUARY, APRIL = date(2018, 12, 13), date(2019, 2, 7), date(2019, 4, 4)
LEGAL = {
    ("draft", "circulate"): "circulated",
    ("circulated", "recall"): "draft",
    ("circulated", "approve"): "approved",
    ("circulated", "approve_as_amended"): "approved",
    ("approved", "publish"): "published",
}


@pytest.mark.parametrize(("state", "move"), tuple(product(MinutesState, MinutesMove)))
def test_every_move(state: MinutesState, move: MinutesMove) -> None:
    if (state, move) in LEGAL:
        assert advance(state, move) == LEGAL[state, move]
    else:
        with pytest.raises(IllegalMinutesMove, match="cannot be done while the minutes are"):
            advance(state, move)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MinutesMove), max_size=10))
def test_nothing_reaches_the_public_without_approval(moves: list[MinutesMove]) -> None:
    state, approved = MinutesState.DRAFT, False
    for move in moves:
        if (state, move) in MOVES:
            state = advance(state, move)
            approved = approved or state is MinutesState.APPROVED
    assert state not in PUBLIC or approved
    assert (state in TEXT_MAY_CHANGE) is not approved


def test_every_move_is_somebodys() -> None:
    assert set(WHO) == set(MinutesMove)
    assert all(WHO.values())


def test_the_next_meeting_approves() -> None:
    assert problems_approving(FEBRUARY, APRIL) == ()
    assert problems_approving(FEBRUARY, APRIL, (APRIL, FEBRUARY)) == ()


@pytest.mark.parametrize(
    ("meeting", "approving", "code"), [(APRIL, APRIL, "own-minutes"), (APRIL, FEBRUARY, "earlier-meeting")]
)
def test_minutes_are_approved_at_a_later_meeting(meeting: date, approving: date, code: str) -> None:
    (problem,) = problems_approving(meeting, approving)
    assert (problem.where, problem.code) == ("Minutes of 4 April 2019", code)


def test_another_body_does_not_approve() -> None:
    (problem,) = problems_approving(FEBRUARY, APRIL, same_body=False)
    assert problem.code == "other-body"


def test_earlier_minutes_come_first_and_are_named() -> None:
    found = problems_approving(FEBRUARY, APRIL, (DECEMBER, date(2018, 10, 4), APRIL))
    assert [problem.code for problem in found] == ["out-of-order", "out-of-order"]
    assert "4 October 2018" in found[0].message
    assert "13 December 2018" in found[1].message
