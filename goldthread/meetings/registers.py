"""Reads of registers of decisions: what each reader is shown, in corrected words, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.bank_holidays import bank_holidays_between
from goldthread.core.governance.exemption import Audience, Marking, Reason, allowed, reason_of
from goldthread.core.governance.meetings import is_working_day
from goldthread.core.governance.references import normal
from goldthread.core.governance.verbs import OUTCOME_WORDS, DecidesBy, Outcome
from goldthread.core.text import seal_of
from goldthread.meetings.doors import chain_of_paper
from goldthread.meetings.models import (
    Board,
    BoardKind,
    Correction,
    Decision,
    DecisionKind,
    DecisionStage,
    Reliance,
)
from goldthread.plans.seals import row_seal

STILL_OPEN = (
    "stage",
    "published_at",
    "published_by",
    "marking",
    "public_title",
    "public_words",
    "reason_code",
    "reason_words",
    "marked_by",
    "review_on",
)
"""What may change of a decision once it was taken; migration 0002 guards the rest."""

CORRECTABLE: Mapping[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "resolved": gettext_lazy("What was resolved"),
    "reasons": gettext_lazy("Reasons"),
    "powers": gettext_lazy("Powers"),
    "interests": gettext_lazy("Interests"),
    "consulted": gettext_lazy("Who was consulted"),
    "decided_by": gettext_lazy("Who decided"),
    "urgent_reason": gettext_lazy("Why it was urgent"),
}
"""What may be put right in a decision, with its name for a reader."""

PUBLIC_FIELDS: Mapping[str, str | Promise] = {
    "public_title": gettext_lazy("Title"),
    "public_words": gettext_lazy("What can be said"),
}
STAGE = "stage"
NAMES: Mapping[str, str | Promise] = {**CORRECTABLE, **PUBLIC_FIELDS, STAGE: gettext_lazy("Standing")}


def decision_seal(decision: Decision, relied_on: Iterable[Reliance]) -> str:
    """The seal of all that was fixed when a decision was taken, and of everything it relied on."""
    pinned = [[each.target, each.target_id, each.label, each.seal, each.tree] for each in relied_on]
    return seal_of([row_seal(decision, but=("seal", *STILL_OPEN)), pinned])


def decides_by(board: Board | None) -> DecidesBy:
    """Who decides where a board meets: one person on its advice, or the board by vote."""
    votes = board is not None and board.kind in (BoardKind.VOTING, BoardKind.PANEL, BoardKind.COMMITTEE)
    return DecidesBy.VOTE if votes else DecidesBy.ONE_PERSON


def decider_of(board: Board | None) -> str:
    """The title of the office that decides on a board's advice; empty where the board votes."""
    if board is None or board.decider is None or decides_by(board) is DecidesBy.VOTE:
        return ""
    return board.decider.title


def working_days(first: date, last: date) -> int:
    """How many working days lie after one day up to another, the last included; 0 on the same day."""
    holidays = bank_holidays_between(first, last) if first < last else {}
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Something put right in a decision: what it said, what it says, why, when and by whom."""

    name: str
    was: str
    now: str
    why: str
    on: date
    by_name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision as one reader may see it. Of one that they may not read there is only its number,
    date, public words and reason: every other field is empty."""

    slug: str
    register: str
    reference: str
    title: str
    decided_on: date | None
    published_on: date | None
    exempt: bool = False
    words: str = ""
    reason: Reason | None = None
    review_on: date | None = None
    outcome: str = ""
    outcome_code: str = ""
    stage: str = ""
    stage_words: str = ""
    kind: str = ""
    urgent_reason: str = ""
    recommended: str = ""
    resolved: str = ""
    reasons: str = ""
    options: tuple[tuple[str, str], ...] = ()
    powers: str = ""
    interests: str = ""
    consulted: str = ""
    decided_by: str = ""
    days: int | None = None
    standard: int = 0
    corrections: tuple[Corrected, ...] = ()
    seal: str = ""

    @property
    def corrected_on(self) -> date | None:
        """When something that it says was last put right."""
        said = [each.on for each in self.corrections if each.name != str(NAMES[STAGE])]
        return said[-1] if said else None

    @property
    def late(self) -> bool:
        """Whether it was published later than the register's own standard."""
        return self.days is not None and self.days > self.standard


def shown(decision: Decision, *, audience: Audience, corrections: Iterable[Correction] = ()) -> Shown:
    """A decision as an audience may see it, corrected; ``corrections`` are all of its own, in order."""
    published = timezone.localdate(decision.published_at) if decision.published_at else None
    rows = tuple(corrections)
    if not allowed(decision.marking, audience=audience):
        return Shown(
            decision.slug,
            decision.register.name,
            decision.reference,
            decision.public_title or _("Exempt decision"),
            decision.decided_on,
            published,
            exempt=True,
            words=decision.public_words,
            reason=reason_of(decision.reason_code),
            review_on=decision.review_on,
            corrections=_told(rows, PUBLIC_FIELDS),
        )
    now = corrected_words(decision, rows)
    days = working_days(decision.decided_on, published) if decision.decided_on and published else None
    return Shown(
        decision.slug,
        decision.register.name,
        decision.reference,
        now["title"],
        decision.decided_on,
        published,
        outcome=str(outcome_words(decision.outcome, recommended=bool(decision.recommended))),
        outcome_code=decision.outcome,
        stage=decision.stage,
        stage_words=str(DecisionStage(decision.stage).label),
        kind="" if decision.kind == DecisionKind.MEETING else str(DecisionKind(decision.kind).label),
        urgent_reason=now["urgent_reason"],
        recommended=_recommended(decision, audience),
        resolved=now["resolved"],
        reasons=now["reasons"],
        options=tuple((str(words), str(why)) for words, why in decision.options),
        powers=now["powers"],
        interests=now["interests"],
        consulted=now["consulted"],
        decided_by=now["decided_by"],
        days=days,
        standard=decision.register.publish_days,
        corrections=_told(rows, {**CORRECTABLE, STAGE: NAMES[STAGE]}),
        seal=decision.seal,
    )


def _recommended(decision: Decision, audience: Audience) -> str:
    """The words recommended, for whoever may read the paper in which they stand."""
    paper = decision.version.paper if decision.version else None
    if paper is None or not decision.recommended:
        return decision.recommended
    return decision.recommended if allowed(*chain_of_paper(paper), audience=audience) else ""


def corrected_words(decision: Decision, corrections: Iterable[Correction]) -> dict[str, str]:
    """What each correctable field of a decision says today."""
    now = {field: getattr(decision, field) for field in CORRECTABLE}
    now |= {each.field: each.now for each in corrections if each.field in CORRECTABLE}
    return now


def _told(rows: Iterable[Correction], fields: Mapping[str, Any]) -> tuple[Corrected, ...]:
    return tuple(
        Corrected(str(fields[row.field]), row.was, row.now, row.why, timezone.localdate(row.at), row.by_name)
        for row in rows
        if row.field in fields
    )


def outcome_words(outcome: str, *, recommended: bool = True) -> str:
    """An outcome as a reader is told it; nothing where there is none yet. Where no paper recommended
    anything, nothing is agreed as recommended."""
    if outcome == Outcome.AGREED and not recommended:
        return _("Agreed")
    return _(OUTCOME_WORDS[Outcome(outcome)]) if outcome in tuple(Outcome) else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in a register: words or a number, a year, an outcome."""

    words: str = ""
    year: int | None = None
    outcome: str = ""


OPEN = Q(marking=Marking.OPEN)
EXEMPT = "exempt"
OUTCOMES = (
    Outcome.AGREED,
    Outcome.AGREED_WITH_CHANGES,
    Outcome.NOT_AGREED,
    Outcome.ENDORSED,
    Outcome.REFERRED,
    Outcome.DEFERRED,
    Outcome.WITHDRAWN,
)
"""The outcomes that a register can hold: what was only noted is in the minutes."""


def search(decisions: QuerySet[Decision], asked: Asked, *, readable: Q = OPEN) -> QuerySet[Decision]:
    """The decisions that answer a question, newest first.

    Words and outcomes are looked for only in decisions that are ``readable``; of the others only
    in what everybody is told of them. A number is found however it was typed.
    """
    if asked.year is not None:
        decisions = decisions.filter(decided_on__year=asked.year)
    if asked.outcome == EXEMPT:
        decisions = decisions.exclude(readable)
    elif asked.outcome:
        decisions = decisions.filter(readable).filter(_with_outcome(asked.outcome))
    if words := asked.words.strip():
        found = Q(normal=normal(words)) | Q(reference__icontains=words)
        found |= readable & _says(words, ("title", "resolved", "reasons", "powers", "decided_by"))
        found |= readable & Q(corrections__now__icontains=words, corrections__field__in=CORRECTABLE)
        found |= ~readable & _says(words, ("public_title", "public_words"))
        decisions = decisions.filter(found).distinct()
    return decisions


def _with_outcome(outcome: str) -> Q:
    if outcome == DecisionStage.WITHDRAWN:
        return Q(stage=DecisionStage.WITHDRAWN)
    return Q(outcome=outcome) & ~Q(stage=DecisionStage.WITHDRAWN)


def _says(words: str, fields: Iterable[str]) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return found


def overdue(decisions: Iterable[Decision], on: date) -> dict[int, int]:
    """By number, the working days that decisions taken and not published have waited beyond the standard."""
    waited = {
        decision.pk: working_days(decision.decided_on, on) - decision.register.publish_days
        for decision in decisions
        if decision.decided_on and not decision.published_at
    }
    return {pk: days for pk, days in waited.items() if days > 0}
