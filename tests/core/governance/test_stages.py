"""The stages of an edition: tables that agree, and no way round the panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from goldthread.core.governance.abilities import DEEDS, RESERVED, Ability
from goldthread.core.governance.evidence import Drift, Evidence, Placed, SectionDrift, Tree
from goldthread.core.governance.stages import (
    GATES,
    MOVES,
    IllegalMove,
    Move,
    Stage,
    Standing,
    State,
    advance,
    in_words,
    next_gate,
    stage_of,
    standings,
)

DAY = date(2014, 3, 4)
BEFORE_PANEL = (Move.CONSULT_CHIEF, Move.OBTAIN_VIEWS, Move.APPROVE, Move.SUBMIT)


def _tree(text: str) -> Tree:
    return (Placed(0, "aims", "as ever"), Placed(0, "pledges", text))


@dataclass
class Draft:
    """An edition as the core sees it: a text, and evidence in the order in which it was given."""

    text: str = "A"
    given: list[Evidence] = field(default_factory=list)

    def standing(self) -> tuple[Standing, ...]:
        return standings(self.given, seal=self.text, tree=_tree(self.text))

    def states(self) -> dict[Move, State]:
        return {each.gate.move: each.state for each in self.standing()}

    def stage(self) -> Stage:
        return stage_of(self.standing())

    def passes(self, *moves: Move) -> Draft:
        """Give evidence as the actions do: the report pins the text that the panel was sent."""
        for move in moves:
            due = next_gate(self.standing())
            assert due is not None
            assert due.gate.move is move
            advance(self.stage(), move)
            seal = self.text
            if move is Move.REPORT:
                seal = next(e.seal for e in reversed(self.given) if e.gate == Move.SUBMIT)
            number = len(self.given) + 1
            self.given.append(Evidence(move, DAY, "B", "W", "words", "", seal, _tree(seal), number))
        return self

    def says(self, text: str) -> Draft:
        self.text = text
        return self

    def reopened(self) -> set[Move]:
        return {move for move, state in self.states().items() if state is State.REOPENED}


def _reported() -> Draft:
    return Draft().passes(*BEFORE_PANEL, Move.REPORT)


def test_the_moves_and_the_gates_say_the_same() -> None:
    stages = [Stage.DRAFTING, *(gate.stage for gate in GATES)]
    expected = {(stages[i], gate.move): gate.stage for i, gate in enumerate(GATES)}
    assert expected | {(Stage.ISSUED, Move.SUPERSEDE): Stage.SUPERSEDED} == MOVES
    assert [*stages, Stage.SUPERSEDED] == list(Stage)
    assert [*(gate.move for gate in GATES), Move.SUPERSEDE] == list(Move)
    assert all(gate.law and gate.asks and gate.ability in DEEDS for gate in GATES)
    assert {gate.ability for gate in GATES} & RESERVED == {Ability.PUBLISH_RESPONSE, Ability.ISSUE_PLAN}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", Move)
def test_every_other_move_is_refused_in_words(stage: Stage, move: Move) -> None:
    if (stage, move) in MOVES:
        assert advance(stage, move) is MOVES[stage, move]
    else:
        with pytest.raises(IllegalMove, match="cannot be done while the edition is"):
            advance(stage, move)
    assert in_words(stage)


def test_an_edition_goes_through_its_gates_in_order() -> None:
    draft, reached = Draft(), [Stage.DRAFTING]
    for gate in GATES[:-1]:
        reached.append(draft.passes(gate.move).stage())
    assert reached == [Stage.DRAFTING, *(gate.stage for gate in GATES[:-1])]
    assert next_gate(draft.passes(Move.ISSUE).standing()) is None
    assert draft.stage() is Stage.RESPONDED


def test_a_change_before_the_panel_reopens_all_but_the_views() -> None:
    draft = Draft().passes(*BEFORE_PANEL[:3]).says("B")
    assert draft.reopened() == {Move.CONSULT_CHIEF, Move.APPROVE}
    assert draft.stage() is Stage.DRAFTING


def test_putting_the_text_back_restores_its_gates() -> None:
    draft = Draft().passes(*BEFORE_PANEL[:3]).says("B").passes(Move.CONSULT_CHIEF).says("A")
    assert draft.reopened() == set()
    assert draft.stage() is Stage.BOARD_APPROVED


def test_a_change_while_with_the_panel_must_be_sent_again() -> None:
    draft = Draft().passes(*BEFORE_PANEL).says("B")
    assert Move.SUBMIT in draft.reopened()
    draft.passes(Move.CONSULT_CHIEF, Move.APPROVE, Move.SUBMIT, Move.REPORT)
    assert draft.stage() is Stage.PANEL_REPORTED


def test_what_the_panel_has_now_is_what_it_was_last_sent() -> None:
    draft = Draft().passes(*BEFORE_PANEL).says("B").passes(Move.CONSULT_CHIEF, Move.APPROVE, Move.SUBMIT)
    draft.says("A")
    assert draft.reopened() == {Move.SUBMIT}


def test_after_the_report_a_change_goes_to_the_chief_constable_and_into_the_response() -> None:
    draft = _reported().passes(Move.RESPOND).says("B")
    assert draft.reopened() == {Move.CONSULT_CHIEF, Move.APPROVE, Move.RESPOND}
    drifted = {each.gate.move: each.changed for each in draft.standing()}
    changed = (SectionDrift("pledges", Drift.CHANGED),)
    assert drifted[Move.CONSULT_CHIEF] == drifted[Move.RESPOND] == changed
    assert drifted[Move.SUBMIT] == drifted[Move.REPORT] == changed
    draft.passes(Move.CONSULT_CHIEF, Move.APPROVE)
    assert draft.stage() is Stage.PANEL_REPORTED
    assert draft.passes(Move.RESPOND).stage() is Stage.RESPONDED


def test_a_response_older_than_the_latest_report_does_not_count() -> None:
    draft = _reported().passes(Move.RESPOND)
    report = next(e for e in draft.given if e.gate == Move.REPORT)
    later = Evidence(Move.REPORT, DAY, "B", "W", "again", "", report.seal, report.tree, len(draft.given) + 1)
    draft.given.append(later)
    assert draft.states()[Move.RESPOND] is State.OPEN
    assert draft.stage() is Stage.PANEL_REPORTED


def test_a_report_on_another_text_than_was_sent_does_not_count() -> None:
    draft = Draft().passes(*BEFORE_PANEL)
    draft.given.append(Evidence(Move.REPORT, DAY, "B", "W", "w", "", "another", _tree("another"), 9))
    assert draft.states()[Move.REPORT] is State.REOPENED
    assert draft.stage() is Stage.WITH_PANEL


def test_a_report_given_before_the_text_was_sent_does_not_count() -> None:
    draft = Draft().passes(*BEFORE_PANEL)
    draft.given.append(Evidence(Move.REPORT, DAY, "B", "W", "w", "", "A", _tree("A"), 0))
    assert draft.states()[Move.REPORT] is State.REOPENED


class NoWayRoundThePanel(RuleBasedStateMachine):
    """Whoever does whatever in whatever order: what is issued was before the panel, and answered it."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()
        self.issued = False

    def _can(self, move: Move) -> bool:
        due = next_gate(self.draft.standing())
        return due is not None and due.gate.move is move

    @precondition(lambda self: not self.issued)
    @rule(text=st.sampled_from("ABC"))
    def write(self, text: str) -> None:
        self.draft.says(text)

    @precondition(lambda self: not self.issued)
    @rule(steps=st.integers(1, len(GATES)))
    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            due = next_gate(self.draft.standing())
            if due is None or due.gate.move is Move.ISSUE:
                return
            self.draft.passes(due.gate.move)

    @precondition(lambda self: not self.issued)
    @rule(move=st.sampled_from(Move))
    def try_anything(self, move: Move) -> None:
        if not self._can(move):
            with pytest.raises(IllegalMove):
                self._advance_past(move)
            return
        self.draft.passes(move)
        self.issued = move is Move.ISSUE

    def _advance_past(self, move: Move) -> None:
        """The stage alone refuses every move but the one that is due."""
        advance(self.draft.stage(), move)

    @precondition(lambda self: self.issued)
    @rule()
    def begin_the_next_edition(self) -> None:
        self.draft, self.issued = Draft(), False

    @invariant()
    def what_is_issued_went_before_the_panel(self) -> None:
        if not self.issued:
            return
        given = self.draft.given
        last = {Move(e.gate): e for e in given}
        sent, report, response = last[Move.SUBMIT], last[Move.REPORT], last[Move.RESPOND]
        assert report.seal == sent.seal
        assert sent.number < report.number
        answers = [e for e in given if e.gate == Move.RESPOND and e.seal == self.draft.text]
        assert answers
        assert answers[-1].number > report.number
        assert response.number > report.number
        for move in (Move.CONSULT_CHIEF, Move.APPROVE, Move.ISSUE):
            assert any(e.gate == move and e.seal == self.draft.text for e in given)
        assert any(e.gate == Move.OBTAIN_VIEWS for e in given)


NoWayRoundThePanel.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
"""Reason for slow: sixty histories of up to 25 steps."""
TestNoWayRoundThePanel = pytest.mark.slow(NoWayRoundThePanel.TestCase)
