"""The demonstration office's words: two plans, three strategies, and what was done with them.

The content is invented; the dates, titles and structure are those of the board papers of
2 October 2014 and 4 April 2019. Nothing here knows the database: whoever fills one reads
these records and calls the same actions as a person would.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import Move
from goldthread.core.text import Kind, Text
from goldthread.plans.demonstration.sheets import Sheets, as_text, edited, key_of, read_sheets

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Steward:
    """Which office (by its title) owns a section, and when the section is next reviewed, if set."""

    section: str
    section_key: str
    owner: str
    review: date | None = None


@dataclass(frozen=True, slots=True)
class EditionWords:
    """One edition of a plan, or one version of a strategy, with all its words.

    ``dated`` is the day of issue, or the day a draft bears; ``issued`` is absent for a draft.
    ``note`` says in a sentence what changed and why; ``hidden`` are the kinds not shown.
    """

    document: str
    label: str
    slug: str
    dated: date
    issued: date | None
    note: str
    hidden: frozenset[Kind]
    text: Text
    stewards: tuple[Steward, ...]


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan: its address, its title, whose it is, and the ordinary election expected next at its issue."""

    slug: str
    title: str
    made_by: str
    next_election: date


@dataclass(frozen=True, slots=True)
class StrategyWords:
    """Another body's strategy, with its versions in the order of their dates."""

    slug: str
    title: str
    made_by: str
    versions: tuple[EditionWords, ...]


@dataclass(frozen=True, slots=True)
class LinkWords:
    """A section that rests on a strategy's clause, as both stood in the edition and version named."""

    plan: str
    edition: str
    section: str
    section_key: str
    strategy: str
    version: str
    clause: str
    clause_key: str
    reason: str
    made: date
    by: str


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """What was kept when an edition passed a gate, in the core's name for the gate's move.

    ``by`` is the slug of the person who gave it, ``on`` the day (or the last of several that
    began on ``begins``). For views, ``of`` is "public" or "victims", ``method`` how they were
    asked and ``responses`` how many answered; absent means that none were counted.
    """

    gate: Move
    of: str
    on: date
    begins: date | None
    by: str
    words: str
    method: str
    responses: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting still to come that an edition waits for."""

    body: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class EditionHistory:
    """One edition's evidence in order, the slug of the edition it varies, and what it waits for."""

    plan: str
    edition: str
    parent: str
    evidence: tuple[EvidenceWords, ...]
    to_come: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The body whose office this is."""

    name: str
    slug: str
    kind: str
    starts: date


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A person who can sign in, the office held and from when (until when, if it has ended)."""

    slug: str
    name: str
    email: str
    office: str
    role: Role
    starts: date
    ends: date | None
    about: str


def section_key(document: str, short: str) -> str:
    """The permanent key of the section or block that bears a short id in a plan or strategy."""
    return key_of(document)(short)


@cache
def plans() -> tuple[PlanWords, ...]:
    """The plans, earliest first."""
    firsts = ((folder.name, _load(min(folder.glob("*.toml")))) for folder in _folders("plans"))
    return tuple(
        PlanWords(slug, first["title"], first["made_by"], first["next_election"]) for slug, first in firsts
    )


@cache
def plan_editions(slug: str) -> tuple[EditionWords, ...]:
    """A plan's editions, earliest first; ValueError for a plan that is not in the demonstration."""
    return _editions(slug, FOLDER / "plans" / slug)


@cache
def strategies() -> tuple[StrategyWords, ...]:
    """The constabulary's strategies with their versions, by slug."""
    return tuple(_strategy(folder) for folder in _folders("strategies"))


@cache
def links() -> tuple[LinkWords, ...]:
    """The links already made between sections of a plan and clauses of strategies."""
    return tuple(
        LinkWords(
            **entry,
            section_key=section_key(entry["plan"], entry["section"]),
            clause_key=section_key(entry["strategy"], entry["clause"]),
        )
        for entry in _load(FOLDER / "links.toml")["link"]
    )


@cache
def history() -> tuple[EditionHistory, ...]:
    """What each edition went through, in the order of the plans and their editions."""
    return tuple(
        EditionHistory(
            plan=entry["plan"],
            edition=entry["edition"],
            parent=entry.get("parent", ""),
            evidence=tuple(_evidence(evidence) for evidence in entry.get("evidence", ())),
            to_come=tuple(Meeting(**meeting) for meeting in entry.get("to_come", ())),
        )
        for entry in _load(FOLDER / "history.toml")["history"]
    )


@cache
def body() -> BodyWords:
    """The body whose office the demonstration shows."""
    return BodyWords(**_load(FOLDER / "people.toml")["body"])


@cache
def people() -> tuple[PersonWords, ...]:
    """The people who can sign in to the demonstration, in the order that they are offered."""
    entries = _load(FOLDER / "people.toml")["person"]
    return tuple(PersonWords(**{"ends": None, **entry, "role": Role(entry["role"])}) for entry in entries)


def _evidence(entry: dict[str, Any]) -> EvidenceWords:
    return EvidenceWords(
        gate=Move(entry["gate"]),
        of=entry.get("of", ""),
        on=entry["on"],
        begins=entry.get("begins"),
        by=entry["by"],
        words=entry["words"],
        method=entry.get("method", ""),
        responses=entry.get("responses"),
        reference=entry.get("reference", ""),
    )


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _folders(name: str) -> list[Path]:
    return sorted(folder for folder in (FOLDER / name).iterdir() if folder.is_dir())


def _strategy(folder: Path) -> StrategyWords:
    first = _load(min(folder.glob("*.toml")))
    return StrategyWords(folder.name, first["title"], first["made_by"], _editions(folder.name, folder))


def _editions(document: str, folder: Path) -> tuple[EditionWords, ...]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise ValueError(f"The demonstration has no document called {document!r}")
    title = ""
    sheets: Sheets = ()
    editions = []
    for path in paths:
        entry = _load(path)
        title = entry.get("title", title)
        sheets = _next(sheets, entry, document)
        editions.append(_edition(document, title, entry, sheets))
    return tuple(editions)


def _next(sheets: Sheets, entry: dict[str, Any], document: str) -> Sheets:
    if "section" in entry:
        return read_sheets(entry["section"], key_of(document))
    return edited(sheets, entry["edit"], key_of(document))


def _edition(document: str, title: str, entry: dict[str, Any], sheets: Sheets) -> EditionWords:
    key = key_of(document)
    issued = entry.get("issued")
    return EditionWords(
        document=document,
        label=entry["label"],
        slug=entry["slug"],
        dated=issued or entry["dated"],
        issued=issued,
        note=entry["note"],
        hidden=frozenset(Kind(name) for name in entry.get("hidden", ())),
        text=as_text(title, sheets, key),
        stewards=tuple(Steward(s.id, key(s.id), s.owner, s.review) for s in sheets if s.owner),
    )
