"""Draft a decision, from a recommendation or outside meetings. A draft has no number yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import strictest
from goldthread.core.governance.verbs import Effect, Outcome, Verb, effect_of, outcomes_for, wording_resolved
from goldthread.core.text import seal_of
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    Decision,
    DecisionKind,
    DecisionStage,
    Meeting,
    Paper,
    Recommendation,
    Register,
)
from goldthread.meetings.registers import decider_of, decides_by
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User
from goldthread.people.queries import abilities

NOTING = (
    "This recommendation asks for something to be noted, and noting makes no decision. "
    "Record what was noted in the minutes of the item instead."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a decision says, as its drafter writes it. ``options``: each with why it was chosen or not."""

    title: str
    outcome: str = ""
    resolved: str = ""
    reasons: str = ""
    options: tuple[tuple[str, str], ...] = ()
    powers: str = ""
    interests: str = ""
    consulted: str = ""
    urgent_reason: str = ""


def may_record(user: User, body: Body, on: date) -> bool:
    """Whether somebody may draft and record decisions of a body: its keepers, and whoever may decide."""
    can = abilities(user, body, on)
    return Ability.RECORD_DECISION in can or Ability.DECIDE in can


def require_recorder(user: User, body: Body, on: date) -> None:
    """Refuse, in words, whoever may not draft and record decisions of a body."""
    if not may_record(user, body, on):
        require(user, Ability.RECORD_DECISION, body, on=on)


def verb_of(recommendation: Recommendation | None) -> Verb | None:
    """The verb that a recommendation was handed in with, or nothing where none is sure."""
    verb = recommendation.verb if recommendation else ""
    return Verb(verb) if verb in tuple(Verb) else None


def outcomes_offered(recommendation: Recommendation | None, board: Board | None) -> tuple[Outcome, ...]:
    """The outcomes offered for a decision: by its recommendation's verb; the first is proposed.

    Refused in words where the recommendation only asks for something to be noted.
    """
    verb = verb_of(recommendation) or Verb.APPROVE
    if effect_of(verb) is Effect.NOTES:
        raise ValidationError(NOTING)
    return tuple(each for each in outcomes_for(verb, decides_by(board)) if each is not Outcome.NOTED)


@transaction.atomic
def draft_decision(
    *,
    register: Register,
    kind: str,
    title: str,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    recommendation: Recommendation | None = None,
    board: Board | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Begin to write a decision, its words resolved proposed from what was recommended.

    It has no number yet. Refused where the recommendation only notes, or was decided already.
    """
    require_recorder(by, register.body, localdate(at))
    _refuse_twice(recommendation)
    meeting = item.meeting if item and meeting is None else meeting
    board = meeting.board if meeting and board is None else board
    if board is not None and board.body_id != register.body_id:
        raise ValidationError("This register is another body's. Choose a register of the board's own body.")
    if kind == DecisionKind.MEETING and meeting is None:
        raise ValidationError("Say at which meeting it is taken, or record it as taken outside meetings.")
    outcomes = outcomes_offered(recommendation, board)
    words = recommendation.words if recommendation else ""
    verb = verb_of(recommendation)
    decision = Decision(
        register=register,
        board=board,
        meeting=meeting,
        item=item,
        recommendation=recommendation,
        version=recommendation.version if recommendation else None,
        kind=kind,
        title=title.strip()[:200],
        outcome=outcomes[0] if recommendation else "",
        recommended=words,
        resolved=wording_resolved(words, verb, decider=decider_of(board)) if verb else words,
        decider=board.decider if board else None,
        made_at=at,
        **_marked_as(item, recommendation.version.paper if recommendation else None),
    )
    decision.full_clean(exclude=("options",))
    decision.save(force_insert=True)
    record(decision, "began a decision", by=by, at=at, body=register.body, kind=str(kind))
    return decision


def _marked_as(item: AgendaItem | None, paper: Paper | None) -> dict[str, object]:
    """The marking that a decision begins with: the stricter of its agenda item's and its paper's."""
    fields = ("marking", "public_title", "reason_code", "marked_by", "review_on")
    marked = [each for each in (item, paper) if each is not None]
    strictly = strictest(*(each.marking for each in marked))
    source = next((each for each in marked if each.marking == strictly), None)
    return {field: getattr(source, field) for field in fields} if source else {}


def _refuse_twice(recommendation: Recommendation | None) -> None:
    if recommendation is None:
        return
    aside = (DecisionStage.WITHDRAWN, DecisionStage.DEFERRED)
    other = recommendation.decisions.exclude(stage__in=aside).first()
    if other is not None:
        which = other.reference or "A decision that is being drafted"
        raise ValidationError(f"{which} is about this recommendation already.")


@transaction.atomic
def write_draft(
    *,
    decision: Decision,
    wording: Wording,
    decider: Office | None,
    decided_on: date | None,
    seen: str,
    by: User,
    at: datetime,
) -> Decision:
    """Save what a decision is to say, while it has no number; refused if it changed since ``seen``."""
    require_recorder(by, decision.register.body, localdate(at))
    decision = open_draft(decision, seen)
    fill_in(decision, wording, decider, decided_on)
    decision.full_clean(exclude=("options",))
    decision.save()
    record(decision, "wrote a decision", by=by, at=at, body=decision.register.body, seal=draft_seal(decision))
    return decision


def draft_seal(decision: Decision) -> str:
    """The seal of what a draft says now, by which two people who write at once are told apart."""
    fields = ("title", "outcome", "resolved", "reasons", "powers", "interests", "consulted", "urgent_reason")
    said = [str(getattr(decision, field)) for field in fields]
    return seal_of([said, [list(pair) for pair in decision.options], decision.decider_id, decision.stage])


def open_draft(decision: Decision, seen: str = "") -> Decision:
    """The draft as it stands, locked until the commit."""
    found = Decision.objects.select_for_update(of=("self",)).select_related(
        "register__body", "meeting__board"
    )
    found = found.get(pk=decision.pk)
    if found.stage != DecisionStage.DRAFT:
        raise ValidationError("This was decided already. What is wrong in it is put right by a correction.")
    if seen and seen != draft_seal(found):
        raise ValidationError(
            "Somebody else has changed this draft since you opened it. Your words are still below: copy "
            "what you need, open the draft again and write it in."
        )
    return found


def fill_in(decision: Decision, wording: Wording, decider: Office | None, decided_on: date | None) -> None:
    """Put words into a draft that has not been saved yet."""
    decision.title = wording.title.strip()
    decision.outcome = wording.outcome
    decision.resolved = wording.resolved.strip()
    decision.reasons = wording.reasons.strip()
    decision.options = [[words.strip(), why.strip()] for words, why in wording.options if words.strip()]
    decision.powers = wording.powers.strip()
    decision.interests = wording.interests.strip()
    decision.consulted = wording.consulted.strip()
    decision.urgent_reason = wording.urgent_reason.strip()
    decision.decider = decider
    decision.decided_on = decided_on


@transaction.atomic
def drop_draft(*, decision: Decision, why: str, by: User, at: datetime) -> None:
    """Set aside a draft that came to nothing: it never had a number, and is kept at the desk."""
    require_recorder(by, decision.register.body, localdate(at))
    decision = open_draft(decision)
    if not why.strip():
        raise ValidationError({"why": "Say why it comes to nothing."})
    decision.stage = DecisionStage.WITHDRAWN
    decision.save(update_fields=["stage"])
    kept_back = {"why": why.strip()}
    record(decision, "dropped a draft", by=by, at=at, body=decision.register.body, kept_back=kept_back)
