"""The stages of an edition of a plan, and the gate before each.

Police Reform and Social Responsibility Act 2011 s.5(6)-(10) and Police Act 1996 s.96(1A).
A gate is passed on evidence that pins the text it relied on. When the text changes
afterwards, that gate reopens and says which sections did it; the edition falls back to
the stage before it and resumes from there once the gate is passed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.evidence import Evidence, SectionDrift, Tree, drift


class Stage(StrEnum):
    """How far an edition has come. Each is reached through the gate of the same row in ``GATES``."""

    DRAFTING = "drafting"
    CHIEF_CONSULTED = "chief_consulted"
    VIEWS_OBTAINED = "views_obtained"
    BOARD_APPROVED = "board_approved"
    WITH_PANEL = "with_panel"
    PANEL_REPORTED = "panel_reported"
    RESPONDED = "responded"
    ISSUED = "issued"
    SUPERSEDED = "superseded"


class Move(StrEnum):
    """What can be done to an edition as a whole."""

    CONSULT_CHIEF = "consult_chief"
    OBTAIN_VIEWS = "obtain_views"
    APPROVE = "approve"
    SUBMIT = "submit"
    REPORT = "report"
    RESPOND = "respond"
    ISSUE = "issue"
    SUPERSEDE = "supersede"


class Relies(StrEnum):
    """What a gate's evidence relied on, and so what makes it lapse."""

    TEXT = "text"
    """The exact text: any change reopens the gate."""
    TEXT_UNTIL_REPORT = "text_until_report"
    """The exact text, until the panel has reported: what is changed in the light of its
    report goes back to the chief constable (s.5(8)) and into the response, not to the panel."""
    NOTHING = "nothing"
    """Views about policing in the area, not about the words of the draft."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What must have happened before an edition reaches ``stage``."""

    move: Move
    stage: Stage
    ability: Ability
    relies: Relies
    law: str
    asks: str


GATES: tuple[Gate, ...] = (
    Gate(
        Move.CONSULT_CHIEF,
        Stage.CHIEF_CONSULTED,
        Ability.RECORD_CONSULTATION,
        Relies.TEXT,
        "Police Reform and Social Responsibility Act 2011, s.5(6)(a)-(b) and (8)",
        "The chief constable has been consulted on this text.",
    ),
    Gate(
        Move.OBTAIN_VIEWS,
        Stage.VIEWS_OBTAINED,
        Ability.RECORD_CONSULTATION,
        Relies.NOTHING,
        "Police Act 1996, s.96(1A)-(1B)",
        "The views of people in the area, and of victims of crime, have been obtained.",
    ),
    Gate(
        Move.APPROVE,
        Stage.BOARD_APPROVED,
        Ability.RECORD_DECISION,
        Relies.TEXT,
        "Police Reform and Social Responsibility Act 2011, s.18(7)(b)",
        "The office holder has approved this text, on the advice of the board.",
    ),
    Gate(
        Move.SUBMIT,
        Stage.WITH_PANEL,
        Ability.SUBMIT_TO_PANEL,
        Relies.TEXT_UNTIL_REPORT,
        "Police Reform and Social Responsibility Act 2011, s.5(6)(c) and (7)",
        "This text has been sent to the police and crime panel.",
    ),
    Gate(
        Move.REPORT,
        Stage.PANEL_REPORTED,
        Ability.RECORD_PANEL_REPORT,
        Relies.TEXT_UNTIL_REPORT,
        "Police Reform and Social Responsibility Act 2011, s.5(6)(d) and s.28(3)",
        "The panel has reported on the text it was sent.",
    ),
    Gate(
        Move.RESPOND,
        Stage.RESPONDED,
        Ability.PUBLISH_RESPONSE,
        Relies.TEXT,
        "Police Reform and Social Responsibility Act 2011, s.5(6)(e)-(f)",
        "The response to the panel's report has been given and published.",
    ),
    Gate(
        Move.ISSUE,
        Stage.ISSUED,
        Ability.ISSUE_PLAN,
        Relies.TEXT,
        "Police Reform and Social Responsibility Act 2011, s.5(1)-(4), (10) and s.18(7)(a)",
        "The office holder issues the plan.",
    ),
)

MOVES: dict[tuple[Stage, Move], Stage] = {
    (before, gate.move): gate.stage
    for before, gate in zip((Stage.DRAFTING, *(g.stage for g in GATES)), GATES, strict=False)
} | {(Stage.ISSUED, Move.SUPERSEDE): Stage.SUPERSEDED}


class IllegalMove(Exception):
    """That move cannot be made from that stage; the message says what must come first."""


def advance(stage: Stage, move: Move) -> Stage:
    """The stage reached by a move, or ``IllegalMove``."""
    if (stage, move) not in MOVES:
        raise IllegalMove(
            f"“{move.replace('_', ' ')}” cannot be done while the edition is {in_words(stage)}."
        )
    return MOVES[stage, move]


class State(StrEnum):
    """Where a gate stands today."""

    OPEN = "open"
    MET = "met"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Standing:
    """A gate, its latest evidence, and the sections that moved on since that was given."""

    gate: Gate
    state: State
    evidence: Evidence | None = None
    changed: tuple[SectionDrift, ...] = ()


def standings(given: Iterable[Evidence], *, seal: str, tree: Tree) -> tuple[Standing, ...]:
    """How every gate stands against the text as it is now, in their order.

    ``seal`` and ``tree`` are of the text now. Evidence whose seal is the same as the
    text's stands, even if the text changed in between and was put back.
    """
    latest: dict[str, Evidence] = {}
    pinned_here: dict[str, Evidence] = {}
    for evidence in sorted(given, key=lambda e: e.number):
        if evidence.gate == Move.REPORT:  # a response answers the report before it, not one after
            pinned_here.pop(Move.RESPOND, None)
            latest.pop(Move.RESPOND, None)
        latest[evidence.gate] = evidence
        if evidence.seal == seal:
            pinned_here[evidence.gate] = evidence
    reported = _reported(latest)
    found: list[Standing] = []
    for gate in GATES:
        evidence_now = pinned_here.get(gate.move) or latest.get(gate.move)
        if gate.relies is Relies.TEXT_UNTIL_REPORT:
            evidence_now = latest.get(gate.move)
        found.append(_standing(gate, evidence_now, seal, tree, reported=reported))
    return tuple(found)


def _reported(latest: dict[str, Evidence]) -> bool:
    """Whether the panel has reported on the text that it was last sent."""
    sent, report = latest.get(Move.SUBMIT), latest.get(Move.REPORT)
    return bool(sent and report and report.seal == sent.seal and report.number > sent.number)


def _standing(gate: Gate, evidence: Evidence | None, seal: str, tree: Tree, *, reported: bool) -> Standing:
    if evidence is None:
        return Standing(gate, State.OPEN)
    changed = drift(evidence.tree, tree) if evidence.seal != seal else ()
    if gate.relies is Relies.NOTHING:
        return Standing(gate, State.MET, evidence)
    if gate.relies is Relies.TEXT_UNTIL_REPORT and reported:
        return Standing(gate, State.MET, evidence, changed)
    if gate.move is Move.REPORT:
        return Standing(gate, State.REOPENED, evidence, changed)
    state = State.MET if evidence.seal == seal else State.REOPENED
    return Standing(gate, state, evidence, changed)


def stage_of(standing: Iterable[Standing]) -> Stage:
    """The stage an unissued edition is at: the last gate before the first that is not met."""
    stage = Stage.DRAFTING
    for each in standing:
        if each.state is not State.MET or each.gate.move is Move.ISSUE:
            break
        stage = each.gate.stage
    return stage


def next_gate(standing: Iterable[Standing]) -> Standing | None:
    """The first gate that is not met, or nothing where the edition is issued."""
    return next((each for each in standing if each.state is not State.MET), None)


_WORDS = {
    Stage.DRAFTING: "being drafted",
    Stage.CHIEF_CONSULTED: "at the stage “chief constable consulted”",
    Stage.VIEWS_OBTAINED: "at the stage “views obtained”",
    Stage.BOARD_APPROVED: "approved by the board",
    Stage.WITH_PANEL: "with the panel",
    Stage.PANEL_REPORTED: "reported on by the panel",
    Stage.RESPONDED: "at the stage “response published”",
    Stage.ISSUED: "issued",
    Stage.SUPERSEDED: "superseded",
}


def in_words(stage: Stage) -> str:
    """The stage as it fits in a sentence: "the edition is …"."""
    return _WORDS[stage]
