"""How priorities, actions and updates come along: their states, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class IllegalMove(ValueError):
    """A move that the state of a thing does not allow, in words."""


@unique
class PriorityStage(StrEnum):
    """How far a priority for action has come. Only a decision of the board makes it live."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    LIVE = "live"
    CARRIED = "carried"
    CLOSED = "closed"
    DROPPED = "dropped"


@unique
class ActionState(StrEnum):
    """Whether an action was begun, and whether it is done."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


@unique
class UpdateStage(StrEnum):
    """How far an update has come. The board sees only what was signed off."""

    GIVEN = "given"
    RETURNED = "returned"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


PRIORITY_MOVES: Mapping[tuple[PriorityStage, str], PriorityStage] = {
    (PriorityStage.DRAFT, "propose"): PriorityStage.PROPOSED,
    (PriorityStage.PROPOSED, "return"): PriorityStage.DRAFT,
    (PriorityStage.PROPOSED, "approve"): PriorityStage.LIVE,
    (PriorityStage.DRAFT, "drop"): PriorityStage.DROPPED,
    (PriorityStage.PROPOSED, "drop"): PriorityStage.DROPPED,
    (PriorityStage.LIVE, "approve its change"): PriorityStage.LIVE,
    (PriorityStage.LIVE, "carry forward"): PriorityStage.CARRIED,
    (PriorityStage.LIVE, "close"): PriorityStage.CLOSED,
}
"""What can be done to a priority for action at each stage, and where that leads."""

ACTION_MOVES: Mapping[tuple[ActionState, str], ActionState] = {
    (ActionState.PLANNED, "begin"): ActionState.UNDER_WAY,
    (ActionState.PLANNED, "finish"): ActionState.DONE,
    (ActionState.PLANNED, "drop"): ActionState.DROPPED,
    (ActionState.UNDER_WAY, "finish"): ActionState.DONE,
    (ActionState.UNDER_WAY, "drop"): ActionState.DROPPED,
    (ActionState.DONE, "open again"): ActionState.UNDER_WAY,
    (ActionState.DROPPED, "open again"): ActionState.UNDER_WAY,
}
"""What can be done to an action in each state, and where that leads."""

UPDATE_MOVES: Mapping[tuple[UpdateStage, str], UpdateStage] = {
    (UpdateStage.GIVEN, "sign off"): UpdateStage.SIGNED,
    (UpdateStage.GIVEN, "return"): UpdateStage.RETURNED,
    (UpdateStage.GIVEN, "withdraw"): UpdateStage.WITHDRAWN,
    (UpdateStage.RETURNED, "withdraw"): UpdateStage.WITHDRAWN,
}
"""What can be done to an update at each stage. A signed one stands: a later update says otherwise."""


def advance(moves: Mapping[tuple[State, str], State], state: State, move: str) -> State:
    """The state that a move leads to; ``IllegalMove`` says which moves there are where it is not one."""
    try:
        return moves[state, move]
    except KeyError:
        open_to = [name for (at, name) in moves if at == state]
        may = f"It may only: {', '.join(open_to)}." if open_to else "Nothing more can be done to it."
        raise IllegalMove(f"What is {state.replace('_', ' ')} cannot {move}. {may}") from None
