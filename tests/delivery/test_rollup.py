"""How much is done of what was promised: the sums, worked by hand, and what holds of every sum."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldthread.core.delivery.rollup import (
    NOTHING,
    Line,
    Rollup,
    action_line,
    amount,
    milestone_line,
    priority_line,
    share_of,
)
from goldthread.core.delivery.stages import ActionState

REACHED = date(2019, 5, 4)


def step(number: str, weight: int, *, reached: bool = False, dropped: bool = False) -> Line:
    day = REACHED if reached else None
    return milestone_line(number=number, title="A step", weight=weight, reached=day, dropped=dropped)


def action(number: str, weight: int, *steps: Line, state: ActionState = ActionState.UNDER_WAY) -> Line:
    finished = REACHED if state == ActionState.DONE else None
    return action_line(
        number=number, title="A deed", weight=weight, state=state, finished=finished, milestones=steps
    )


def test_a_worked_sum_from_milestones_to_theme() -> None:
    half_way = action("V1.1", 2, step("V1.1.1", 1, reached=True), step("V1.1.2", 2))
    finished = action("V1.2", 1, state=ActionState.DONE)
    not_begun = action("V1.3", 2, state=ActionState.PLANNED)
    priority = Rollup((half_way, finished, not_begun))
    assert half_way.words == "2 × 1/3 = 0.67"
    assert half_way.why == "by its milestones: 1 of 3"
    assert priority.sum_words == "0.67 + 1 + 0 = 1.67 of 5, which is 33%"
    theme = Rollup(
        (
            priority_line(number="V1", title="One", actions=priority),
            priority_line(number="V2", title="Two", actions=Rollup((finished,))),
            priority_line(number="V3", title="Nothing yet", actions=Rollup()),
        )
    )
    assert theme.of == 2
    assert theme.part == (Fraction(1, 3) + 1) / 2
    assert [line.number for line in theme.left_out] == ["V3"]
    assert theme.words == "67%"


def test_a_finished_action_is_done_whatever_its_milestones_say() -> None:
    line = action("V1.1", 3, step("V1.1.1", 1), state=ActionState.DONE)
    assert line.done == 3
    assert line.why == "finished on 4 May 2019"
    assert line.inner is not None
    assert line.inner.percent == 0


def test_an_action_is_not_done_because_its_milestones_are() -> None:
    reached = step("V1.1.1", 4, reached=True), step("V1.1.2", 2, reached=True)
    line = action("V1.1", 3, *reached)
    assert line.inner is not None
    assert line.why == "by its milestones and what is left to finish it: 6 of 8"
    assert line.inner.sum_words == "4 + 2 + 0 = 6 of 8, which is 75%"
    assert line.inner.lines[-1].why == "its milestones are reached, but it is not finished"
    assert action("V1.1", 3, *reached, state=ActionState.DONE).part == 1
    assert action("V1.1", 3, *reached, step("V1.1.3", 9, dropped=True)).part == Fraction(3, 4)


def test_where_nothing_counts_there_is_no_share() -> None:
    assert Rollup().percent is None
    assert Rollup().words == Rollup().sum_words == NOTHING
    dropped = Rollup((action("V1.1", 4, state=ActionState.DROPPED),))
    assert dropped.percent is None
    assert dropped.words == NOTHING
    assert Rollup((action("V1.1", 4),)).words == "0%"
    assert Rollup((action("V1.1", 4), action("V1.2", 1))).sum_words == "0 of 5, which is 0%"


def test_an_action_whose_milestones_were_all_dropped_is_not_done() -> None:
    line = action("V1.1", 2, step("V1.1.1", 1, dropped=True))
    assert line.part == 0
    assert line.why == "not finished, and all its milestones were dropped"


def test_a_dropped_priority_is_left_out_of_its_theme() -> None:
    done = Rollup((action("V1.1", 1, state=ActionState.DONE),))
    line = priority_line(number="V1", title="One", actions=done, dropped=True)
    assert not line.counts
    assert Rollup((line,)).percent is None


def test_nearly_all_is_not_all_and_hardly_any_is_not_none() -> None:
    nearly = Rollup((action("V1.1", 999, state=ActionState.DONE), action("V1.2", 1)))
    hardly = Rollup((action("V1.1", 1, state=ActionState.DONE), action("V1.2", 999)))
    assert (nearly.percent, hardly.percent) == (99, 1)


def test_amounts_read_as_a_person_writes_them() -> None:
    assert [amount(Fraction(each)) for each in ("3", "5/2", "2/3", "0", "10")] == [
        "3",
        "2.5",
        "0.67",
        "0",
        "10",
    ]


steps = st.builds(
    lambda weight, reached, dropped: step("1.1.1", weight, reached=reached, dropped=dropped),
    st.integers(1, 50),
    st.booleans(),
    st.booleans(),
)
actions = st.builds(
    lambda weight, within, state: action("1.1", weight, *within, state=state),
    st.integers(1, 50),
    st.lists(steps, max_size=5),
    st.sampled_from(ActionState),
)
sums = st.builds(lambda lines: Rollup(tuple(lines)), st.lists(actions, max_size=8))


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(sums)
def test_the_shares_add_to_the_whole(whole: Rollup) -> None:
    added = sum(share_of(line, whole) for line in whole.lines)
    assert added == (1 if whole.of else 0)


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(sums)
def test_no_part_lies_outside_the_whole(whole: Rollup) -> None:
    assert 0 <= whole.done <= whole.of
    assert (whole.percent is None) == (whole.of == 0)
    if whole.percent is not None:
        assert (whole.percent == 100) == (whole.done == whole.of)
        assert (whole.percent == 0) == (whole.done == 0)


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(sums, st.data())
def test_dropping_a_thing_takes_exactly_its_own_weight(whole: Rollup, data: st.DataObject) -> None:
    assume(whole.lines)
    at = data.draw(st.integers(0, len(whole.lines) - 1))
    line = whole.lines[at]
    dropped = action("1.1", int(line.weight), state=ActionState.DROPPED)
    after = Rollup((*whole.lines[:at], dropped, *whole.lines[at + 1 :]))
    assert after.of == whole.of - line.of
    assert after.done == whole.done - line.done


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(st.lists(steps, max_size=6), st.integers(0, 6))
def test_reaching_a_milestone_never_takes_an_action_back(within: list[Line], at: int) -> None:
    before = action("1.1", 3, *within)
    reached = [
        step(each.number, int(each.weight), reached=each.part == 1 or n == at, dropped=not each.counts)
        for n, each in enumerate(within)
    ]
    assert action("1.1", 3, *reached).part >= before.part


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(st.lists(steps, min_size=1, max_size=6), st.data())
def test_dropping_what_was_not_reached_never_takes_an_action_back(
    within: list[Line], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(within) - 1))
    assume(within[at].part == 0)
    dropped = step(within[at].number, int(within[at].weight), dropped=True)
    after = action("1.1", 3, *within[:at], dropped, *within[at + 1 :])
    assert after.part >= action("1.1", 3, *within).part


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(st.lists(steps, max_size=6), st.sampled_from(ActionState))
def test_only_a_finished_action_is_wholly_done(within: list[Line], state: ActionState) -> None:
    line = action("1.1", 3, *within, state=state)
    if line.counts:
        assert (line.part == 1) == (state == ActionState.DONE)


@pytest.mark.slow(reason="Hypothesis tries many sums")
@given(st.lists(sums, max_size=5))
def test_a_theme_lies_between_its_least_and_its_most(priorities: list[Rollup]) -> None:
    theme = Rollup(tuple(priority_line(number="V", title="P", actions=each) for each in priorities))
    parts = [each.part for each in priorities if each.part is not None]
    if not parts:
        assert theme.part is None
    else:
        assert theme.part is not None
        assert min(parts) <= theme.part <= max(parts)
