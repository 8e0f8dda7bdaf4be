"""The life of minutes, from draft to published, and the rule that they are approved in order.

Minutes are a record apart from the agenda: the meeting that they record can never approve them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum, unique

from goldthread.core.governance.abilities import Role
from goldthread.core.problems import Problem


@unique
class MinutesState(StrEnum):
    """How far the minutes of a meeting have come."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"
    PUBLISHED = "published"


@unique
class MinutesMove(StrEnum):
    """What can be done to minutes as a whole."""

    CIRCULATE = "circulate"
    RECALL = "recall"
    APPROVE = "approve"
    APPROVE_AS_AMENDED = "approve_as_amended"
    PUBLISH = "publish"


MOVES: Mapping[tuple[MinutesState, MinutesMove], MinutesState] = {
    (MinutesState.DRAFT, MinutesMove.CIRCULATE): MinutesState.CIRCULATED,
    (MinutesState.CIRCULATED, MinutesMove.RECALL): MinutesState.DRAFT,
    (MinutesState.CIRCULATED, MinutesMove.APPROVE): MinutesState.APPROVED,
    (MinutesState.CIRCULATED, MinutesMove.APPROVE_AS_AMENDED): MinutesState.APPROVED,
    (MinutesState.APPROVED, MinutesMove.PUBLISH): MinutesState.PUBLISHED,
}

_KEEPERS = frozenset({Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE})

WHO: Mapping[MinutesMove, frozenset[Role]] = {
    MinutesMove.CIRCULATE: _KEEPERS,
    MinutesMove.RECALL: _KEEPERS,
    MinutesMove.APPROVE: _KEEPERS,
    MinutesMove.APPROVE_AS_AMENDED: _KEEPERS,
    MinutesMove.PUBLISH: _KEEPERS | {Role.MONITORING_OFFICER},
}
"""Whose office records each move. The approval itself is the meeting's; an officer records it."""

TEXT_MAY_CHANGE = frozenset({MinutesState.DRAFT, MinutesState.CIRCULATED})
"""Where the words can still be amended, with both texts kept; afterwards they are sealed."""

PUBLIC = frozenset({MinutesState.PUBLISHED})
"""The only state in which minutes reach the public."""

STATE_WORDS: Mapping[MinutesState, str] = {
    MinutesState.DRAFT: "being drafted",
    MinutesState.CIRCULATED: "circulated for comment",
    MinutesState.APPROVED: "approved as a correct record",
    MinutesState.PUBLISHED: "published",
}
"""Each state as it fits in a sentence: "the minutes are …"."""


class IllegalMinutesMove(Exception):
    """That move cannot be made from that state; the message says how the minutes stand."""


def advance(state: MinutesState, move: MinutesMove) -> MinutesState:
    """The state reached by a move, or ``IllegalMinutesMove``."""
    if (state, move) not in MOVES:
        raise IllegalMinutesMove(
            f"“{move.replace('_', ' ')}” cannot be done while the minutes are {STATE_WORDS[state]}."
        )
    return MOVES[state, move]


def problems_approving(
    meeting_on: date,
    approving_meeting_on: date,
    earlier_unapproved: Collection[date] = (),
    *,
    same_body: bool = True,
) -> tuple[Problem, ...]:
    """Why a meeting cannot approve the minutes of another, or should not yet; empty where all is well.

    ``earlier_unapproved`` are the days of the body's meetings whose minutes are not approved: those
    before ``meeting_on`` are named, one by one, with the code "out-of-order".
    """
    where = f"Minutes of {_printed(meeting_on)}"
    found: list[Problem] = []
    if not same_body:
        message = "Only the body that met can approve its minutes. Put them to its own next meeting."
        found.append(Problem(where, message, "other-body"))
    if approving_meeting_on == meeting_on:
        message = "A meeting cannot approve its own minutes. Put them to the next meeting."
        found.append(Problem(where, message, "own-minutes"))
    elif approving_meeting_on < meeting_on:
        message = (
            f"The meeting of {_printed(approving_meeting_on)} was held before the one recorded. Check both "
            "dates, and put the minutes to a later meeting."
        )
        found.append(Problem(where, message, "earlier-meeting"))
    for day in sorted(set(earlier_unapproved)):
        if day < meeting_on:
            message = f"The earlier minutes, of {_printed(day)}, are not approved yet. Approve those first."
            found.append(Problem(where, message, "out-of-order"))
    return tuple(found)


def _printed(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
