"""How an issued edition was made: the evidence on which its gates stood when it was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.stages import Gate, Move, standings
from goldthread.plans.models import Edition, GateEvidence

NAMES = {
    Move.CONSULT_CHIEF: gettext_lazy("The chief constable was consulted"),
    Move.OBTAIN_VIEWS: gettext_lazy("The views of the public and of victims were obtained"),
    Move.APPROVE: gettext_lazy("The text was approved, on the advice of the board"),
    Move.SUBMIT: gettext_lazy("The draft was sent to the police and crime panel"),
    Move.REPORT: gettext_lazy("The panel reported"),
    Move.RESPOND: gettext_lazy("The response to the panel was published"),
    Move.ISSUE: gettext_lazy("The plan was issued"),
}


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file given as evidence that was marked as meant for the public."""

    name: str
    seal: str
    size: int


@dataclass(frozen=True, slots=True)
class MadeStep:
    """One step in the making of an edition, as the public may read it."""

    name: str
    on: date
    body: str
    who: str
    words: str
    reference: str
    law: str
    files: tuple[PublicFile, ...]
    same_text: bool
    """Whether it was about the very text that was issued."""


def steps_of(edition: Edition) -> tuple[MadeStep, ...]:
    """The steps by which an issued edition was made, in the order of their dates: one query.

    Only the evidence on which each gate stood counts: what was recorded about earlier drafts
    and lapsed is not shown. Nothing is given for an edition that was not issued.
    """
    if edition.issued_on is None:
        return ()
    rows = {row.pk: row for row in edition.evidence.all()}
    found = standings((row.as_evidence() for row in rows.values()), seal=edition.seal, tree=())
    steps = [_step(s.gate, rows[s.evidence.number], edition) for s in found if s.evidence is not None]
    return tuple(sorted(steps, key=lambda step: step.on))


def _step(gate: Gate, row: GateEvidence, edition: Edition) -> MadeStep:
    return MadeStep(
        str(NAMES[gate.move]),
        row.on,
        row.body_name,
        row.who,
        row.words,
        row.reference,
        gate.law,
        tuple(_public(row.attachments)),
        row.seal == edition.seal,
    )


def _public(attachments: list[Any]) -> Iterator[PublicFile]:
    for each in attachments:
        if isinstance(each, dict) and each.get("public") is True:
            yield PublicFile(
                str(each.get("name") or _("File")), str(each.get("sha256")), int(each.get("size", 0))
            )
