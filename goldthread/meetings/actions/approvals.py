"""Let a decision pass the gate of the plan that it approved, if the plan still says what it approved."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.stages import Move, State, next_gate
from goldthread.core.governance.verbs import Outcome
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.meetings.pins import Stands
from goldthread.people.models import User
from goldthread.people.queries import holders
from goldthread.plans.actions.gates import Given
from goldthread.plans.actions.steps import take_step
from goldthread.plans.models import DocumentKind, Edition
from goldthread.plans.queries import current_seal, standings_of


def approvable(decision: Decision, standing: Stands) -> bool:
    """Whether a decision that agreed a plan can pass the plan's gate of approval: it is the next one."""
    edition = standing.edition
    if edition is None or edition.document.kind != DocumentKind.PLAN or edition.is_sealed:
        return False
    if decision.stage != DecisionStage.DECIDED or decision.outcome != Outcome.AGREED:
        return False
    due = next_gate(standings_of(edition))
    return due is not None and due.gate.move is Move.APPROVE


def approved_by(decision: Decision, edition: Edition) -> bool:
    """Whether the plan's gate of approval stands passed, with this decision as its evidence."""
    standing = next((s for s in standings_of(edition) if s.gate.move is Move.APPROVE), None)
    if standing is None or standing.evidence is None or standing.state is not State.MET:
        return False
    return standing.evidence.reference == decision.reference


@transaction.atomic
def approve_plan(*, decision: Decision, standing: Stands, by: User, at: datetime) -> None:
    """Pass a plan's gate of approval on a decision; refused where the plan has moved on since."""
    edition = standing.edition
    if edition is None:
        raise ValidationError("This is not a plan.")
    if current_seal(edition)[0] != standing.reliance.seal:
        names = ", ".join(f"“{title}” ({became})" for title, became in standing.changed)
        raise ValidationError(
            f"The text has moved on since {decision.reference} was taken"
            + (f": {names}. " if names else ". ")
            + "The decision approved the words that it was pinned to. Put them back, or take the plan to "
            "the board again."
        )
    if decision.outcome != Outcome.AGREED or decision.stage != DecisionStage.DECIDED:
        raise ValidationError("Only a decision that agreed the plan as it was put can pass this gate.")
    decider = _decider(decision)
    body = decision.board.name if decision.board else decision.register.body.name
    given = Given(decision.decided_on, body, decision.decided_by, decision.resolved, decision.reference)
    take_step(
        edition=edition,
        move=Move.APPROVE,
        given=given,
        seen=standing.reliance.seal,
        decider=decider,
        by=by,
        at=at,
    )
    facts = {"edition": str(edition), "on": str(localdate(at)), "seal": standing.reliance.seal}
    record(decision, "approved a plan", by=by, at=at, body=decision.register.body, **facts)


def _decider(decision: Decision) -> User:
    """Who took a decision, found by the office and the day that it names."""
    held = holders(decision.decider, decision.decided_on) if decision.decider else ()
    found = next((user for user in held if decision.decided_by.startswith(user.name)), None)
    if found is None:
        raise ValidationError("The law keeps this for the commissioner, who did not take this decision.")
    return found
