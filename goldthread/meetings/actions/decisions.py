"""Take a decision: under its number, pinned to what it relied on, sealed. Withdraw one that was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.verbs import DecidesBy, Outcome
from goldthread.meetings.actions.drafting import (
    Wording,
    draft_decision,
    drop_draft,
    fill_in,
    open_draft,
    outcomes_offered,
    require_recorder,
    write_draft,
)
from goldthread.meetings.actions.publishing import correct_decision, mark_decision, publish_decision
from goldthread.meetings.actions.registers import Number, address_of, next_number
from goldthread.meetings.models import (
    Correction,
    Decision,
    DecisionKind,
    DecisionStage,
    MeetingStage,
    Reliance,
)
from goldthread.meetings.pins import CannotPin, Pin, edition_of, pin_of
from goldthread.meetings.registers import STAGE, decides_by, decision_seal
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.people.queries import holders
from goldthread.plans.models import DocumentKind
from goldthread.plans.seals import name_of, sealed

__all__ = [
    "Wording",
    "correct_decision",
    "decide",
    "draft_decision",
    "drop_draft",
    "mark_decision",
    "publish_decision",
    "withdraw_decision",
    "write_draft",
]

Options = Sequence[tuple[str, str]]

STAGE_OF = {Outcome.DEFERRED: DecisionStage.DEFERRED, Outcome.WITHDRAWN: DecisionStage.WITHDRAWN}
DETERMINES = (Outcome.AGREED, Outcome.AGREED_WITH_CHANGES)


@transaction.atomic
def decide(
    *,
    decision: Decision,
    outcome: str,
    resolved: str,
    reasons: str,
    options: Options,
    powers: str,
    interests: str,
    decider: Office | None,
    decided_by: User | None,
    decided_on: date,
    relied_on: Iterable[tuple[str, int]],
    consulted: str = "",
    urgent_reason: str = "",
    title: str = "",
    seen: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """Record a decision as taken: give it its number, pin what it relied on and seal it for good.

    ``decided_by`` held the office of ``decider`` on that day; both are empty where the board
    decided by vote. Refused where the law keeps it for another office, and wherever a part of
    the record is missing. Nothing is given a number unless all of it is written.
    """
    decision = open_draft(decision, seen)
    body = decision.register.body
    own = decided_by is not None and by.pk == decided_by.pk
    require(by, Ability.DECIDE if own else Ability.RECORD_DECISION, body, on=localdate(at))
    words = Wording(
        title or decision.title,
        str(outcome),
        resolved,
        reasons,
        tuple(options),
        powers,
        interests,
        consulted,
        urgent_reason,
    )
    fill_in(decision, words, decider, decided_on)
    pins = _pins(relied_on, decision)
    _complete(decision, at)
    _may_decide(decision, decided_by, pins)
    decision.decided_by = _who(decision, decided_by)
    _seal(decision, pins, by, at)
    return decision


def _seal(decision: Decision, pins: Iterable[Pin], by: User, at: datetime) -> None:
    """Pin, number, seal and record a decision of which everything else is in order."""
    decision.stage = STAGE_OF.get(Outcome(decision.outcome), DecisionStage.DECIDED)
    Reliance.objects.bulk_create(Reliance(decision=decision, **_fields(pin)) for pin in pins)
    _number(decision, next_number(decision.register, decision.decided_on))
    decision.decided_at, decision.recorded_by = at, by.name
    kept = tuple(decision.relied_on.all())
    decision.seal = decision_seal(decision, kept)
    decision.full_clean(exclude=("options",))
    decision.save()
    facts = {"reference": decision.reference, "outcome": decision.outcome, "seal": decision.seal}
    facts["rows"] = {name_of(decision): decision.seal, **sealed(*kept)}
    record(decision, "decided", by=by, at=at, body=decision.register.body, **facts)


def _fields(pin: Pin) -> dict[str, object]:
    return {**pin._asdict(), "tree": [list(placed) for placed in pin.tree]}


def _number(decision: Decision, number: Number) -> None:
    decision.period, decision.serial, decision.reference = number
    decision.normal = number.normal
    decision.slug = address_of(number, decision.register)


def _pins(relied_on: Iterable[tuple[str, int]], decision: Decision) -> tuple[Pin, ...]:
    problems, found = [], []
    for target, target_id in dict.fromkeys(relied_on):
        if (target, target_id) == ("decision", decision.pk):
            continue
        try:
            found.append(pin_of(target, target_id))
        except CannotPin as missing:
            problems.append(str(missing))
    if problems:
        raise ValidationError(problems)
    return tuple(found)


def _complete(decision: Decision, at: datetime) -> None:
    problems: dict[str, str] = {}
    if decision.outcome not in outcomes_offered(decision.recommendation, decision.board):
        problems["outcome"] = "Choose what was decided from the outcomes that its recommendation allows."
    asked = {
        "title": "Give the decision a title that a resident understands.",
        "resolved": "Write down what was resolved.",
        "reasons": "Give the reasons. A decision is published with them.",
        "powers": "Name the power under which it was taken.",
        "interests": "State whether the register of interests is up to date and whether anything in it "
        "stands in the way.",
    }
    problems |= {name: words for name, words in asked.items() if not getattr(decision, name)}
    if decision.kind == DecisionKind.URGENT and not decision.urgent_reason:
        problems["urgent_reason"] = "Say why it could not wait for a meeting."
    if decision.decided_on > localdate(at):
        problems["decided_on"] = "The date is in the future. Record this once it has been decided."
    if decision.kind == DecisionKind.MEETING:
        problems |= _of_meeting(decision)
    if problems:
        raise ValidationError(problems)


def _of_meeting(decision: Decision) -> dict[str, str]:
    meeting = decision.meeting
    if meeting.stage == MeetingStage.CANCELLED:
        return {"decided_on": f"The meeting of {meeting.on:%-d %B %Y} was cancelled, so nothing was decided."}
    if decision.decided_on < meeting.on:
        return {"decided_on": f"This cannot be before {meeting.on:%-d %B %Y}, when the board met."}
    return {}


def _may_decide(decision: Decision, decided_by: User | None, pins: Iterable[Pin]) -> None:
    body, on, office = decision.register.body, decision.decided_on, decision.decider
    if _determines(decision, pins):
        if decided_by is None:
            raise ValidationError({"decider": "The law keeps this decision for the commissioner."})
        require(decided_by, Ability.DETERMINE_OBJECTIVES, body, on=on)
    if office is None or decided_by is None:
        if decision.board is not None and decides_by(decision.board) is DecidesBy.VOTE:
            return
        raise ValidationError({"decider": "Say which office decided, and who held it."})
    if office.body_id != body.pk:
        raise ValidationError({"decider": f"{office.title} is an office of another body."})
    if Ability.DECIDE not in office.abilities:
        raise ValidationError({"decider": f"The {office.title} may not take decisions. Choose who did."})
    if decided_by not in holders(office, on):
        words = f"{decided_by.name} was not {office.title} on {on:%-d %B %Y}."
        raise ValidationError({"decided_by": words})


def _determines(decision: Decision, pins: Iterable[Pin]) -> bool:
    """Whether it determines the objectives of a plan: it agrees a plan that has not been issued.

    Police Reform and Social Responsibility Act 2011 s.18(7)(b): not to be delegated.
    """
    if decision.outcome not in DETERMINES:
        return False
    editions = (edition_of(pin.target, pin.target_id) for pin in pins)
    return any(e and e.document.kind == DocumentKind.PLAN and not e.is_sealed for e in editions)


def _who(decision: Decision, decided_by: User | None) -> str:
    if decided_by is None:
        return f"{decision.board.name}, by vote"
    return f"{decided_by.name}, {decision.decider.title}"


@transaction.atomic
def withdraw_decision(*, decision: Decision, why: str, by: User, at: datetime) -> None:
    """Withdraw a decision that was taken: it keeps its number and its words, and says why."""
    body = decision.register.body
    require_recorder(by, body, localdate(at))
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.decided_at is None or decision.stage == DecisionStage.WITHDRAWN:
        raise ValidationError("Only a decision that was taken and still stands can be withdrawn.")
    if not why.strip():
        raise ValidationError({"why": "Say why it is withdrawn. Readers of the register will see this."})
    was, decision.stage = decision.get_stage_display(), DecisionStage.WITHDRAWN
    decision.save(update_fields=["stage"])
    row = Correction.objects.create(
        decision=decision,
        field=STAGE,
        was=was,
        now=str(DecisionStage.WITHDRAWN.label),
        why=why.strip(),
        at=at,
        by_name=by.name,
    )
    record(
        decision, "withdrew a decision", by=by, at=at, body=body, kept_back={"why": row.why}, rows=sealed(row)
    )
