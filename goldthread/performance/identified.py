"""How identifications and commitments stand: whether priority and definition still say what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from goldthread.core.governance.stages import Stage
from goldthread.people.models import Body
from goldthread.performance.models import Commitment, Definition, Identification, Measure
from goldthread.plans.models import Document, Edition, Placement

APPROVED = (
    Stage.BOARD_APPROVED,
    Stage.WITH_PANEL,
    Stage.PANEL_REPORTED,
    Stage.RESPONDED,
    Stage.ISSUED,
)
"""The stages of an edition whose words were approved and were not replaced."""


class Holds(StrEnum):
    """Whether an identification holds, and if not why."""

    PROPOSED = "proposed"
    HOLDS = "holds"
    PRIORITY_MOVED = "the priority has moved on"
    PRIORITY_GONE = "the priority is no longer in the plan"
    DEFINITION_MOVED = "the definition has moved on"
    MEASURE_ENDED = "the measure is no longer used"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class IdentificationStands:
    """One identification, and how it stands today."""

    identification: Identification
    holds: Holds

    @property
    def lapsed(self) -> bool:
        """Whether it was accepted and no longer holds."""
        return self.holds not in (Holds.PROPOSED, Holds.HOLDS, Holds.ENDED)


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority that a commitment names, the measures accepted for it, and those proposed."""

    key: str
    title: str
    accepted: tuple[IdentificationStands, ...] = ()
    proposed: tuple[IdentificationStands, ...] = ()
    lapsed: tuple[IdentificationStands, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentStands:
    """A commitment, and which of its priorities have a measure that holds."""

    commitment: Commitment
    priorities: tuple[Priority, ...]

    @property
    def with_measures(self) -> int:
        """How many of its priorities have an accepted measure that holds."""
        return sum(bool(each.accepted) for each in self.priorities)

    @property
    def kept(self) -> bool:
        """Whether every priority that it names has one."""
        return self.with_measures == len(self.priorities)


def approved_edition(plan: Document) -> Edition | None:
    """The edition of a plan whose words were approved last and still count: issued, or before that."""
    rows = plan.editions.filter(stage__in=[stage.value for stage in APPROVED])
    return rows.order_by("-made_at", "-pk").first()


def standing_of(found: Iterable[Identification]) -> tuple[IdentificationStands, ...]:
    """How identifications stand today: three queries, however many there are."""
    rows = tuple(found)
    plans = {row.plan_id for row in rows}
    editions: dict[int, int] = {}
    wanted = Edition.objects.filter(document__in=plans, stage__in=[stage.value for stage in APPROVED])
    for document, pk in wanted.order_by("made_at", "pk").values_list("document", "pk"):
        editions[document] = pk
    placed = Placement.objects.filter(
        edition__in=editions.values(), key__in={row.section_key for row in rows}
    )
    seals = {
        (document, key): seal
        for document, key, seal in placed.values_list("edition__document", "key", "version__seal")
    }
    checked = Definition.objects.checked().filter(measure__in={row.measure_id for row in rows})
    newest = checked.order_by("number").values_list("measure", "seal", "measure__ended_at")
    definitions = {measure: (seal, ended is not None) for measure, seal, ended in newest}
    return tuple(IdentificationStands(row, _holds(row, seals, definitions)) for row in rows)


def _holds(
    row: Identification, seals: dict[tuple[int, str], str], definitions: dict[int, tuple[str, bool]]
) -> Holds:
    if row.ended_at is not None:
        return Holds.ENDED
    now = seals.get((row.plan_id, row.section_key))
    if now is None:
        return Holds.PRIORITY_GONE
    if now != row.section_seal:
        return Holds.PRIORITY_MOVED
    seal, ended = definitions.get(row.measure_id, ("", False))
    if seal != row.definition_seal:
        return Holds.DEFINITION_MOVED
    if ended:
        return Holds.MEASURE_ENDED
    return Holds.HOLDS if row.accepted_at is not None else Holds.PROPOSED


def identifications_of(measure: Measure) -> tuple[IdentificationStands, ...]:
    """The priorities for which a measure was identified, and how each stands."""
    return standing_of(measure.identifications.filter(ended_at=None).select_related("plan", "decision"))


def identifications_for(plan: Document) -> tuple[IdentificationStands, ...]:
    """Every measure that was identified for a priority of a plan, and how each stands."""
    return standing_of(plan.identifications.filter(ended_at=None).select_related("measure", "decision"))


def commitments_of(body: Body) -> QuerySet[Commitment]:
    """The commitments of a body's decisions, those due first before others."""
    return Commitment.objects.filter(body=body).select_related("plan", "decision")


def commitments_stand(commitments: Sequence[Commitment]) -> tuple[CommitmentStands, ...]:
    """How commitments stand, priority by priority: four queries, however many there are."""
    plans = {each.plan_id for each in commitments}
    rows = Identification.objects.filter(plan__in=plans, ended_at=None).select_related("measure")
    stands = standing_of(rows)
    return tuple(CommitmentStands(each, tuple(_priorities(each, stands))) for each in commitments)


def _priorities(commitment: Commitment, stands: Sequence[IdentificationStands]) -> Iterable[Priority]:
    for key, title in commitment.priorities:
        here = [
            each
            for each in stands
            if (each.identification.plan_id, each.identification.section_key) == (commitment.plan_id, key)
        ]
        yield Priority(
            key,
            title,
            tuple(each for each in here if each.holds is Holds.HOLDS),
            tuple(each for each in here if each.holds is Holds.PROPOSED),
            tuple(each for each in here if each.lapsed),
        )


def owed(commitments: Sequence[Commitment], on: date) -> tuple[CommitmentStands, ...]:
    """The commitments among some that are still owed, or were kept and no longer hold: worst first."""
    found = [
        each for each in commitments_stand([c for c in commitments if c.released_at is None]) if not each.kept
    ]
    return tuple(sorted(found, key=lambda each: (each.commitment.due >= on, each.commitment.due)))
