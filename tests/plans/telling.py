"""A plan of three objectives, its strategy, and how its editions come into force: told step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from goldthread.core.governance.stages import GATES, Move
from goldthread.core.text import Kind, Prose, Run, Section, Text, Typed, section_form
from goldthread.people.models import User
from goldthread.plans.actions.editions import create_document, start_edition
from goldthread.plans.actions.gates import Given, adopt, decide, issue, pass_gate, submit
from goldthread.plans.actions.links import link
from goldthread.plans.actions.sections import Conflict, Saved, save_section
from goldthread.plans.models import CrossReference, Document, DocumentKind, Edition, GateEvidence
from goldthread.plans.queries import current_seal
from goldthread.plans.texts import section_of
from tests.cast import Cast

BUNDLE = ({"name": "plan.pdf", "words": "The plan", "sha256": "ab" * 32, "size": 3},)


def section(key: str, title: str, *words: str, children: Sequence[Section] = ()) -> Section:
    """A section of numbered paragraphs."""
    blocks = tuple(
        Prose(f"{key}-{n}", Kind.PARAGRAPH, (Run(each),), numbered=True) for n, each in enumerate(words, 1)
    )
    return Section(key, title, blocks, tuple(children))


PLEDGE = Typed("pledge-1", Kind.PLEDGE, (Run("Every victim of burglary is visited within a day."),))
ACTION = Typed("action-1", Kind.ACTION, (Run("Train officers."),), (("owner", "Superintendent"),))
PLAN = Text(
    "Police and Crime Plan 2013-16",
    (
        section("foreword", "Foreword", "This plan is for everybody in Fenshire."),
        replace(
            section(
                "local",
                "Local policing",
                "Officers will visit every victim of dwelling burglary and keep them informed.",
                children=(
                    section("visible", "Visible patrols", "Patrols are where people feel unsafe."),
                    section("contact", "Contact", "Calls are answered."),
                ),
            ),
            blocks=(
                *section("local", "", "Officers visit every victim of dwelling burglary.").blocks,
                PLEDGE,
                ACTION,
            ),
        ),
        section("value", "Value for money", "Stations are shared with partners."),
    ),
)
STRATEGY = Text(
    "Victims strategy",
    (
        section("c-visit", "Visits", "Every dwelling burglary victim is visited by officers and informed."),
        section("c-estate", "Estate", "Surplus stations are shared with partners or sold."),
        section("c-roads", "Roads", "Speed on rural roads is enforced."),
    ),
)


@dataclass
class Story:
    """The cast at work on one plan; time moves on by a minute at every step."""

    cast: Cast
    at: datetime
    steps: int = field(default=0)

    def now(self) -> datetime:
        self.steps += 1
        return self.at + timedelta(minutes=self.steps)

    @cached_property
    def plan(self) -> Document:
        return create_document(
            body=self.cast.body,
            kind=DocumentKind.PLAN,
            title=PLAN.title,
            made_by="Police and Crime Commissioner",
            by=self.cast.chief_executive,
            at=self.now(),
            runs_from=date(2013, 4, 1),
            next_election=date(2016, 5, 5),
        )

    @cached_property
    def draft(self) -> Edition:
        return self.begin("March 2014", text=PLAN)

    def begin(self, label: str, **given: Any) -> Edition:
        return start_edition(
            document=self.plan, label=label, by=self.cast.governance_officer, at=self.now(), **given
        )

    def given(self, **but: Any) -> Given:
        found = {
            "on": self.at.date(),
            "body_name": "Business Coordination Board",
            "who": self.cast.commissioner.name,
            "words": "Agreed.",
        }
        return Given(**found | but)

    def seen(self, edition: Edition) -> str:
        return current_seal(edition)[0]

    def passes(self, edition: Edition, move: Move, *, by: User | None = None, **but: Any) -> Any:
        """Pass one gate as whoever does so in the story."""
        whose: dict[str, Any] = {
            "edition": edition,
            "given": self.given(**but),
            "seen": self.seen(edition),
            "at": self.now(),
        }
        keeper, holder = self.cast.governance_officer, self.cast.commissioner
        match move:
            case Move.APPROVE:
                return decide(decided_by=holder, by=by or keeper, **whose)
            case Move.SUBMIT:
                return submit(files=BUNDLE, by=by or keeper, **whose)
            case Move.ISSUE:
                return issue(by=by or holder, **whose)
            case Move.RESPOND:
                return pass_gate(move=move, by=by or holder, **whose)
            case _:
                return pass_gate(move=move, by=by or keeper, **whose)

    def reaches(self, edition: Edition, last: Move, **but: Any) -> Edition:
        """Pass every gate up to and with one."""
        for gate in GATES:
            self.passes(edition, gate.move, **but)
            if gate.move is last:
                break
        return edition

    def issued(self, edition: Edition | None = None, **but: Any) -> Edition:
        return self.reaches(edition or self.draft, Move.ISSUE, **but)

    def writes(
        self,
        key: str,
        words: str,
        *,
        edition: Edition | None = None,
        by: User | None = None,
        base: str | None = None,
        title: str = "",
    ) -> Saved | Conflict:
        """Save a section as one paragraph of some words."""
        edition = edition or self.draft
        now = edition.placements.select_related("version").get(key=key).version
        form = section_form(section(key, title or now.title, words))
        return save_section(
            edition=edition,
            key=key,
            form=form,
            base=now.seal if base is None else base,
            by=by or self.cast.governance_officer,
            at=self.now(),
        )

    def says(self, key: str, edition: Edition | None = None) -> str:
        """The words of the first block of a section."""
        placed = (edition or self.draft).placements.select_related("version").get(key=key)
        return section_of(placed.version).blocks[0].runs[0].words

    def evidence(self, edition: Edition, move: Move) -> GateEvidence:
        found = edition.evidence.filter(gate=move).last()
        assert found is not None
        return found

    @cached_property
    def strategy(self) -> Document:
        return self.strategy_of(STRATEGY)

    def strategy_of(self, text: Text, *, adopted: bool = True) -> Document:
        keeper = self.cast.governance_officer
        document = create_document(
            body=self.cast.body,
            kind=DocumentKind.STRATEGY,
            title=text.title,
            made_by="Fenshire Constabulary",
            by=keeper,
            at=self.now(),
        )
        edition = start_edition(document=document, label="2013", text=text, by=keeper, at=self.now())
        if adopted:
            adopt(edition=edition, on=date(2013, 6, 1), by=keeper, at=self.now())
        return document

    def revises(self, text: Text, label: str, on: date) -> Edition:
        """A new edition of the strategy comes in."""
        keeper = self.cast.governance_officer
        edition = start_edition(document=self.strategy, label=label, text=text, by=keeper, at=self.now())
        adopt(edition=edition, on=on, by=keeper, at=self.now())
        return edition

    def links(self, section_key: str = "local", clause_key: str = "c-visit") -> CrossReference:
        return link(
            plan=self.draft.document,
            section_key=section_key,
            strategy=self.strategy,
            clause_key=clause_key,
            reason="Both promise a visit.",
            by=self.cast.analyst,
            at=self.now(),
        )
