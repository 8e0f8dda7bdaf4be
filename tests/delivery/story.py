"""A plan of two themes with pledges, the board's decision on its priorities for action, and those
priorities: drafts, proposed and live. Everything is made when a test first names it.

The plan, its edition, actions and milestones are written as rows, so that tests of one subject need
not run the actions of all the others; priorities and the decision come about by the actions themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from goldthread.core.delivery.stages import ActionState
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.stages import Stage
from goldthread.core.text import Block, Kind, Prose, Run, Section, Text, Typed, numbers
from goldthread.delivery.actions.priorities import approve, draft_priority, propose
from goldthread.delivery.models import Action, Lead, Milestone, Priority
from goldthread.meetings.models import Decision
from goldthread.people.models import Office
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.seals import edition_record_seal
from goldthread.plans.texts import edition_seal, flatten, place_all, tree_of

VICTIMS = "aaaaaaaa-0000-4000-8000-000000000001"
CONTACT = "aaaaaaaa-0000-4000-8000-000000000002"
COMMUNITIES = "bbbbbbbb-0000-4000-8000-000000000001"
NAMED_PERSON = "pledge-named-person"
SPEEDWATCH = "pledge-speedwatch"
YEAR = 2014
ISSUED = date(2014, 3, 31)
DRAFTED = datetime(2014, 9, 1, 10, tzinfo=UTC)
PROPOSED = datetime(2014, 9, 24, 10, tzinfo=UTC)
APPROVED = datetime(2014, 10, 3, 11, tzinfo=UTC)
"""When the governance officer recorded what the board had decided on 2 October."""
SENTINEL = "SENTINEL-DRAFT"
"""Stands in the words of drafts, so that a test can look for it wherever the public reads."""
RECOMMENDED = "The Board is recommended to approve the priorities for action."


def paragraph(key: str, words: str) -> Block:
    return Prose(key, Kind.PARAGRAPH, (Run(words),), numbered=True)


def pledge(key: str, words: str) -> Block:
    return Typed(key, Kind.PLEDGE, (Run(words),))


TEXT = Text(
    "Police and Crime Plan 2013-16",
    (
        Section(
            VICTIMS,
            "Victims",
            (paragraph("v-1", "Victims are able to cope and recover."),),
            (
                Section(
                    CONTACT,
                    "First contact",
                    (
                        paragraph("c-1", "Silence afterwards is worse than the crime."),
                        pledge(
                            NAMED_PERSON,
                            "Every victim who asks for help hears from a named person within two days.",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            COMMUNITIES,
            "Communities",
            (
                paragraph("m-1", "People have confidence that they are safe."),
                pledge(SPEEDWATCH, "Speedwatch begins wherever a village asks for it."),
            ),
        ),
    ),
)


def with_pledge(words: str, text: Text = TEXT) -> Text:
    """The text with other words for the pledge about a named person; without it where there are none."""
    victims, *rest = text.sections
    contact = victims.children[0]
    blocks = (contact.blocks[0], *((pledge(NAMED_PERSON, words),) if words else ()))
    victims = replace(victims, children=(replace(contact, blocks=blocks),))
    return replace(text, sections=(victims, *rest))


class Delivering:
    """What is done about the plan of the cast's body in 2014-15."""

    def __init__(self, deciding: Any, at: datetime) -> None:
        self.deciding, self.at = deciding, at
        self.cast, self.boards = deciding.cast, deciding.boards

    @cached_property
    def plan(self) -> Document:
        """The plan, with one edition that was issued on 31 March 2014."""
        plan = Document.objects.create(
            body=self.cast.body,
            kind=DocumentKind.PLAN,
            title="Police and Crime Plan 2013-16",
            slug="police-and-crime-plan-2013-16",
            made_by=self.cast.body.name,
            runs_from=date(2013, 4, 1),
            next_election=date(2030, 5, 2),
            made_at=DRAFTED,
        )
        self.issue(plan, TEXT, ISSUED)
        return plan

    @cached_property
    def edition(self) -> Edition:
        """The edition in force."""
        return self.plan.editions.get()

    def issue(self, plan: Document, text: Text, on: date, *, hidden: Sequence[Kind] = ()) -> Edition:
        """An edition of the plan, in force from a day; the one before it is superseded."""
        plan.editions.filter(stage=Stage.ISSUED).update(stage=Stage.SUPERSEDED)
        edition = self.draft_edition(plan, text, f"{on:%B %Y}", hidden=hidden)
        edition.printed = numbers(text)
        edition.seal = edition_seal(edition, tree_of(edition))
        edition.stage, edition.issued_on = Stage.ISSUED, on
        edition.sealed_at, edition.sealed_by = datetime(on.year, on.month, on.day, 10, tzinfo=UTC), "Test"
        edition.record_seal = edition_record_seal(edition)
        edition.save()
        return edition

    def draft_edition(
        self, plan: Document, text: Text, label: str, *, hidden: Sequence[Kind] = ()
    ) -> Edition:
        """An edition that is being written."""
        edition = Edition.objects.create(
            document=plan,
            label=label,
            slug=label.lower().replace(" ", "-"),
            title=text.title,
            hidden=sorted(hidden),
            made_at=self.at,
            made_by="Test",
        )
        place_all(edition, flatten(text), at=self.at)
        return edition

    def a_draft(
        self, title: str = "Hear from a named person", *, theme: str = VICTIMS, **more: Any
    ) -> Priority:
        """A draft by the governance officer on 1 September; every word but the title's holds the sentinel."""
        given = {
            "words": f"{SENTINEL} words: a named person calls within two working days.",
            "success": f"{SENTINEL} success: nobody tells their story twice.",
            "lead": Lead.CONSTABULARY,
            "lead_office": self.office(Role.CHIEF_CONSTABLE),
            "support": (("Victims’ Hub", f"{SENTINEL} support: what it knows of each case"),),
            "by": self.cast.governance_officer,
            "at": DRAFTED,
            **more,
        }
        return draft_priority(plan=self.plan, theme_key=theme, year=YEAR, title=title, **given)

    def a_live_one(self, title: str = "Hear from a named person", **more: Any) -> Priority:
        """A priority that the board approved on 2 October, in words that anybody may read."""
        given = {
            "words": "A named person calls within two working days.",
            "success": "Nobody tells their story twice.",
            "support": (("Victims’ Hub", "What it knows of each case"),),
            **more,
        }
        return self.approved(self.a_draft(title, **given))

    def proposed(self, *priorities: Priority) -> None:
        """Drafts put before the board on 24 September."""
        propose(priorities=priorities, by=self.cast.governance_officer, at=PROPOSED)

    def approved(self, priority: Priority, *others: Priority) -> Priority:
        """Drafts proposed, and approved by the board's decision; the first of them as it then is."""
        self.proposed(priority, *others)
        approve(
            priorities=(priority, *others),
            decision=self.decision,
            by=self.cast.governance_officer,
            at=APPROVED,
        )
        return Priority.objects.get(pk=priority.pk)

    @cached_property
    def paper(self) -> Any:
        """The paper in which the board of 2 October was asked."""
        return self.deciding.paper(recommendation=RECOMMENDED, title="Delivery of the Police and Crime Plan")

    @cached_property
    def decision(self) -> Decision:
        """The decision of 2 October, which relied on the paper; not yet before the public."""
        return self.deciding.decide(
            self.deciding.draft(self.paper),
            resolved="The Board approved the priorities for action.",
            relied_on=[("paper", self.paper.pk)],
        )

    def publish(self, decision: Decision | None = None, *, marking: str = Marking.OPEN) -> Decision:
        """The decision put before the public: open, unless marked otherwise."""
        published = self.deciding.published(decision or self.decision, marking)
        if decision is None:
            self.decision = published
        return published

    @cached_property
    def live(self) -> Priority:
        """V1, live since 2 October: a named person within two working days, led by the constabulary."""
        return self.a_live_one()

    @cached_property
    def draft(self) -> Priority:
        """A draft of the same theme that no board has seen."""
        return self.a_draft("Waiting for court")

    def office(self, role: Role) -> Office:
        return self.cast.office(role)

    def action(
        self,
        title: str = "Agree how case notes are shared",
        *,
        priority: Priority | None = None,
        owner: Role | None = Role.CHIEF_CONSTABLE,
        due: date | None = date(2014, 12, 31),
        **more: Any,
    ) -> Action:
        """An action of a priority, owed by an office unless ``owner`` is None."""
        priority = priority or self.live
        place = priority.actions.count() + 1
        if more.get("finished"):
            more.setdefault("state", ActionState.DONE)
        return Action.objects.create(
            priority=priority,
            number=f"{priority.number}.{place}",
            slug=f"{priority.slug}-{place}",
            position=place,
            title=title,
            owner_office=self.office(owner) if owner is not None else None,
            made_at=APPROVED,
            made_by="Test",
            **{"baseline": due, "forecast": due, "starts": date(2014, 10, 6), **more},
        )

    def milestone(self, action: Action, title: str = "The agreement is signed", **more: Any) -> Milestone:
        """A milestone at the end of an action's."""
        place = action.milestones.count() + 1
        return Milestone.objects.create(
            action=action,
            number=f"{action.number}.{place}",
            position=place,
            title=title,
            made_at=APPROVED,
            made_by="Test",
            **{"baseline": date(2014, 11, 30), "forecast": date(2014, 11, 30), **more},
        )
