"""Take whichever step of an edition is next, each by the action that is its own."""

from __future__ import annotations

from datetime import datetime

from goldthread.core.governance.stages import Move
from goldthread.people.models import User
from goldthread.plans.actions.gates import Given, decide, issue, pass_gate, submit
from goldthread.plans.bundles import bundle_files
from goldthread.plans.models import Edition


def take_step(
    *, edition: Edition, move: Move, given: Given, seen: str, decider: User | None, by: User, at: datetime
) -> None:
    """Take one step of an edition; the decider counts for an approval only.

    Refused as the step's own action refuses. A submission makes the panel's files first
    (seconds), so call it before a transaction, never inside one.
    """
    whose = {"edition": edition, "given": given, "seen": seen, "by": by, "at": at}
    if move is Move.APPROVE:
        decide(decided_by=decider, **whose)
    elif move is Move.SUBMIT:
        submit(files=bundle_files(edition), **whose)
    elif move is Move.ISSUE:
        issue(**whose)
    else:
        pass_gate(move=move, **whose)
