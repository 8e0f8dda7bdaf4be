"""A decision on a paper of the October board, and one outside meetings, told step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.decisions import decide, draft_decision, mark_decision, publish_decision
from goldthread.meetings.appendices import frozen_text
from goldthread.meetings.models import (
    Appendix,
    Decision,
    DecisionKind,
    MeetingStage,
    PaperStage,
    Recommendation,
)
from goldthread.plans.queries import current_seal
from tests.meetings.story import OCTOBER, SENTINEL
from tests.plans.story import FIRST, a_draft, a_plan

AFTER = datetime(2014, 10, 3, 9, 30, tzinfo=UTC)
RECOMMENDED = "The Board is recommended to approve the revised priorities for 2014-15."
EXEMPT_UNTIL = date(2015, 10, 2)
SAID: dict[str, Any] = {
    "resolved": "The Board approved the revised priorities for 2014-15.",
    "reasons": "The plan was revised after the consultation.",
    "options": [("Keep the priorities", "Rejected: they no longer fit."), ("Revise them", "Chosen.")],
    "powers": "Police Reform and Social Responsibility Act 2011, s.5",
    "interests": "The register of interests is up to date and nothing in it stands in the way.",
}


@dataclass
class Deciding:
    """The board's October meeting with one paper, and what is decided on it."""

    boards: Any
    cast: Any

    def paper(
        self, *, recommendation: str = RECOMMENDED, marking: str = Marking.OPEN, title: str = ""
    ) -> Any:
        """An accepted paper under an item of the October meeting."""
        meeting = self.boards.board.meetings.first() or self.boards.meeting(OCTOBER, stage=MeetingStage.HELD)
        title = title or (f"{SENTINEL} estate" if marking == Marking.EXEMPT else "Revised priorities")
        item = self.boards.item(meeting, title, marking=marking)
        return self.boards.paper(
            title, item=item, recommendation=recommendation, marking=marking, stage=PaperStage.ACCEPTED
        )

    def draft(self, paper: Any = None) -> Decision:
        """A draft from the recommendation of a paper."""
        paper = paper or self.paper()
        return draft_decision(
            register=self.boards.register,
            kind=DecisionKind.MEETING,
            title=paper.title,
            item=paper.item,
            recommendation=Recommendation.objects.get(version__paper=paper),
            by=self.cast.governance_officer,
            at=AFTER,
        )

    def outside(self, title: str = "A grant", kind: str = DecisionKind.DELEGATED) -> Decision:
        """A draft of a decision taken outside meetings."""
        return draft_decision(
            register=self.boards.register, kind=kind, title=title, by=self.cast.governance_officer, at=AFTER
        )

    def decide(self, decision: Decision, **more: Any) -> Decision:
        """The decision as the commissioner took it on the day of the board."""
        given = {
            **SAID,
            "outcome": "agreed",
            "decider": self.cast.office(Role.COMMISSIONER),
            "decided_by": self.cast.commissioner,
            "decided_on": OCTOBER,
            "relied_on": (),
            "by": self.cast.governance_officer,
            "at": AFTER,
        }
        return decide(decision=decision, **{**given, **more})

    def published(self, decision: Decision, marking: str = Marking.OPEN, **more: Any) -> Decision:
        """A decision put before the public, as marked."""
        by, at = self.cast.governance_officer, AFTER
        if marking == Marking.EXEMPT:
            more = {
                "reason_code": "12A-3",
                "public_title": "Estate matter",
                "public_words": "A decision about a building.",
                "review_on": EXEMPT_UNTIL,
                **more,
            }
        mark_decision(decision=decision, marking=marking, by=by, at=at, **more)
        publish_decision(decision=decision, by=by, at=at)
        decision.refresh_from_db()
        return decision

    def exempt(self) -> Decision:
        """A published exempt decision, every word of which holds the sentinel."""
        paper = self.paper(
            marking=Marking.EXEMPT, recommendation=f"The Board is recommended to approve {SENTINEL} bid."
        )
        words = {name: f"{SENTINEL} {name}" for name in ("resolved", "reasons", "powers", "interests")}
        decision = self.decide(
            self.draft(paper),
            **words,
            options=[(f"{SENTINEL} option", f"{SENTINEL} why")],
            consulted=f"{SENTINEL} consulted",
            relied_on=[("paper", paper.pk), ("item", paper.item_id)],
        )
        return self.published(decision, Marking.EXEMPT)

    def with_plan(self) -> tuple[Any, Any, Appendix]:
        """An open paper to which a plan's draft is attached, the plan, and the appendix."""
        plan = a_draft(self.cast, a_plan(self.cast), "October 2014", FIRST, date(2014, 9, 1))
        paper = self.paper()
        appendix = Appendix.objects.create(
            paper=paper,
            position=1,
            label="Appendix 1",
            title="The revised plan",
            edition=plan,
            edition_seal=current_seal(plan)[0],
            sha256=vault.keep(frozen_text(plan)),
            marking=Marking.OPEN,
            added_at=AFTER,
            added_by="Test",
        )
        return paper, plan, appendix
