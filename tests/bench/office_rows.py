"""The rows of the bench's office, loaded by `office.began` once Django is ready; it measures nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from office import (
    ACTIONS,
    BEGAN,
    OFFICES,
    PRIORITIES,
    THEMES,
    UPDATES,
    YEARS,
    moment,
    speaker,
)

if __name__ == "__main__":
    raise SystemExit(0)

from office_board import BATCH, SEALED, Boards, chunks

from goldthread.core.delivery.stages import ActionState, PriorityStage, UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import Stage
from goldthread.core.text import Kind, Run, Section, Text, Typed, numbers, seal_of
from goldthread.delivery.models import (
    Action,
    Approval,
    Lead,
    Milestone,
    Priority,
    PriorityVersion,
    Serves,
    StatusScale,
    Update,
)
from goldthread.meetings.models import (
    Decision,
    Paper,
)
from goldthread.people.actions import appoint, establish
from goldthread.people.models import Body, Office, User
from goldthread.plans.models import Document, DocumentKind, Edition, Placement
from goldthread.plans.seals import edition_record_seal
from goldthread.plans.texts import edition_seal, flatten, place_all, tree_of
from goldthread.thread.search.keeping import rebuild

LEVELS = [
    {"code": "track", "word": "On track", "meaning": "It will be done in time.", "tone": "good"},
    {"code": "risk", "word": "At risk", "meaning": "It may be late.", "tone": "warn"},
    {"code": "late", "word": "Late", "meaning": "It will not be done in time.", "tone": "bad"},
]
HELD = (
    (Role.COMMISSIONER, "Police and Crime Commissioner", "Frances Merrow"),
    (Role.CHIEF_EXECUTIVE, "Chief Executive", "Dorothy Kett"),
    (Role.GOVERNANCE_OFFICER, "Governance Officer", "Peter Lode"),
    (Role.ANALYST, "Analyst", "Miriam Waring"),
    (Role.CHIEF_CONSTABLE, "Chief Constable", "Simon Hereward"),
)


@dataclass
class Made(Boards):
    """What was made, by size: each step adds rows that those before it need."""

    size: float

    def __post_init__(self) -> None:
        self.say = speaker(5)
        self.chance = random.Random(6)

    def many(self, count: int) -> int:
        return max(1, round(count * self.size))

    @cached_property
    def body(self) -> Body:
        titles = [(role, title) for role, title, _name in HELD]
        partners = [(Role.PARTNER_LEAD, f"Lead of partner {place + 1}") for place in range(OFFICES)]
        at = moment(BEGAN)
        body = establish(
            name="Fenshire Police and Crime Commissioner",
            slug="fenshire",
            kind="commissioner",
            starts=BEGAN,
            offices=[*titles, *partners],
            by=None,
            at=at,
        )
        named = {title: name for _role, title, name in HELD}
        for place, office in enumerate(body.offices.order_by("pk")):
            name = named.get(office.title, f"Partner {place}")
            user = User.objects.create_user(f"person{place}@fenshire.example", name)
            appoint(office=office, user=user, starts=BEGAN, by=None, at=at)
        return body

    def holder(self, title: str) -> User:
        return User.objects.get(holdings__office__title=title)

    @cached_property
    def owners(self) -> list[Office]:
        return list(self.body.offices.filter(role=Role.PARTNER_LEAD).order_by("pk"))

    @cached_property
    def edition(self) -> Edition:
        plan = Document.objects.create(
            body=self.body,
            kind=DocumentKind.PLAN,
            title="Police and Crime Plan",
            slug="plan",
            made_by=self.body.name,
            runs_from=BEGAN,
            next_election=date(2030, 5, 2),
            made_at=moment(BEGAN),
        )
        text = Text(plan.title, tuple(self._theme(number, name) for number, name in enumerate(THEMES)))
        edition = Edition.objects.create(
            document=plan,
            label="First edition",
            slug="first",
            title=plan.title,
            made_at=moment(BEGAN),
            made_by="Bench",
        )
        place_all(edition, flatten(text), at=moment(BEGAN))
        edition.printed, edition.seal = numbers(text), edition_seal(edition, tree_of(edition))
        edition.stage, edition.issued_on = Stage.ISSUED, BEGAN
        edition.sealed_at, edition.sealed_by = moment(BEGAN), "Bench"
        edition.record_seal = edition_record_seal(edition)
        edition.save()
        return edition

    def _theme(self, number: int, name: str) -> Section:
        children = tuple(self._section(f"{number}{place}") for place in range(10))
        return Section(f"theme-{number}", name, (self._words(f"t{number}", 60),), children)

    def _section(self, name: str) -> Section:
        pledges = tuple(
            Typed(f"pledge-{name}-{place}", Kind.PLEDGE, (Run(self.say(18)),)) for place in range(5)
        )
        return Section(f"section-{name}", self.say(4), (self._words(f"s{name}", 120), *pledges))

    def priorities(self, decisions: list[Decision]) -> list[Priority]:
        plan, by = self.edition.document, "Peter Lode"
        rows = []
        for place in range(max(YEARS, self.many(PRIORITIES))):
            year, theme = BEGAN.year + place % YEARS, place // YEARS % len(THEMES)
            number = f"{THEMES[theme][0]}{place // YEARS // len(THEMES) + 1}"
            rows.append(
                Priority(
                    body=self.body,
                    plan=plan,
                    theme_key=f"theme-{theme}",
                    theme_title=THEMES[theme],
                    year=year,
                    number=number,
                    slug=f"{year}-{number}".lower(),
                    position=place,
                    made_at=moment(date(year, 4, 2)),
                    made_by=by,
                )
            )
        priorities = Priority.objects.bulk_create(rows)
        self._approve(priorities, decisions)
        self._serve(priorities)
        return priorities

    def _approve(self, priorities: list[Priority], decisions: list[Decision]) -> None:
        """Each says something, and a decision approved that."""
        by = "Peter Lode"
        versions = PriorityVersion.objects.bulk_create(
            PriorityVersion(
                priority=row,
                number=1,
                title=self.say(6)[:-1],
                words=self.say(40),
                success=self.say(15),
                lead=Lead.PARTNER,
                lead_office=self.chance.choice(self.owners),
                support=[["Partners", self.say(8)]],
                seal=SEALED,
                made_at=row.made_at,
                made_by=by,
            )
            for row in priorities
        )
        for place, (row, version) in enumerate(zip(priorities, versions, strict=True)):
            row.decision, row.approved_version = decisions[place % len(decisions)], version
            row.approved_on, row.approved_by, row.stage = date(row.year, 4, 3), by, PriorityStage.LIVE
        fields = ["decision", "approved_version", "approved_on", "approved_by", "stage"]
        Priority.objects.bulk_update(priorities, fields, batch_size=100)
        Approval.objects.bulk_create(
            Approval(
                priority=row,
                version=version,
                decision=row.decision,
                decision_seal=SEALED,
                on=row.approved_on,
                by=by,
                made_at=row.made_at,
                made_by=by,
            )
            for row, version in zip(priorities, versions, strict=True)
        )

    def _serve(self, priorities: list[Priority]) -> None:
        """Each priority serves two pledges of its theme, as the plan words them."""
        blocks = {
            placed.key: placed.version.form
            for placed in Placement.objects.filter(edition=self.edition).select_related("version")
        }
        rows = []
        for place, row in enumerate(priorities):
            section = f"section-{row.theme_key[-1]}{place % 10}"
            for pledge in {place % 5, (place + 2) % 5}:
                rows.append(
                    Serves(
                        priority=row,
                        plan=row.plan,
                        edition=self.edition,
                        section_key=section,
                        block_key=f"pledge-{section[8:]}-{pledge}",
                        label=f"Pledge {pledge + 1}",
                        words="A pledge.",
                        seal=seal_of(blocks[section]),
                        pinned_at=row.made_at,
                        pinned_by="Peter Lode",
                    )
                )
        Serves.objects.bulk_create(rows)

    def actions(self, priorities: list[Priority]) -> list[Action]:
        """Actions with a milestone each, owed by sixty offices; most of the early years' are done."""
        rows, of = [], {row.pk: 0 for row in priorities}
        for place in range(self.many(ACTIONS)):
            priority = priorities[place % len(priorities)]
            of[priority.pk] += 1
            count, due = of[priority.pk], date(priority.year, 4, 1) + timedelta(days=place % 360)
            done = priority.year < BEGAN.year + YEARS - 1 and place % 9 != 0
            rows.append(
                Action(
                    priority=priority,
                    number=f"{priority.number}.{count}",
                    slug=f"{priority.slug}-{count}",
                    position=count,
                    title=self.say(8)[:-1],
                    words=self.say(14),
                    owner_office=self.owners[place % len(self.owners)],
                    starts=date(priority.year, 4, 1),
                    baseline=due,
                    forecast=due,
                    finished=due if done else None,
                    state=ActionState.DONE if done else ActionState.UNDER_WAY,
                    made_at=priority.made_at,
                    made_by="Peter Lode",
                )
            )
        actions = Action.objects.bulk_create(rows, batch_size=BATCH)
        Milestone.objects.bulk_create(
            (
                Milestone(
                    action=row,
                    number=f"{row.number}.1",
                    position=1,
                    title=self.say(5)[:-1],
                    owner_office=row.owner_office,
                    baseline=row.baseline,
                    forecast=row.forecast,
                    reached=row.finished,
                    made_at=row.made_at,
                    made_by="Peter Lode",
                )
                for row in actions
            ),
            batch_size=BATCH,
        )
        return actions

    def updates(self, actions: list[Action]) -> None:
        """Signed updates, five an action, the newest of them in its year; a few wait to be signed off."""
        scale = StatusScale.objects.create(
            body=self.body,
            number=1,
            name="Progress",
            levels=LEVELS,
            from_day=BEGAN,
            seal=SEALED,
            made_at=moment(BEGAN),
            made_by="Bench",
        )
        signer, count = self.holder("Governance Officer"), self.many(UPDATES)
        givers = {office.pk: self.holder(office.title) for office in self.owners}
        for places in chunks(count, 5_000):
            rows = []
            for place in places:
                action, round_ = actions[place % len(actions)], place // len(actions)
                day = min((action.starts or BEGAN) + timedelta(days=70 * round_ + 20), date(2024, 3, 1))
                waits = place % 997 == 0
                giver = givers[action.owner_office_id or 0]
                signed: dict[str, Any] = {"stage": UpdateStage.GIVEN}
                if not waits:
                    signed = {"stage": UpdateStage.SIGNED, "signer": signer, "signed_by": signer.name}
                    signed |= {"signed_at": moment(day), "seal": SEALED, "public": place % 2 == 0}
                rows.append(
                    Update(
                        body=self.body,
                        action=action,
                        words=self.say(28),
                        status=LEVELS[place % 3]["code"],
                        scale=scale,
                        giver=giver,
                        given_by=giver.name,
                        given_as=f"Lead of partner {action.owner_office_id}",
                        given_at=moment(day),
                        **signed,
                    )
                )
            Update.objects.bulk_create(rows, batch_size=BATCH)

    def told(self) -> str:
        """How much the office holds."""
        counted = (("actions", Action), ("updates", Update), ("papers", Paper), ("decisions", Decision))
        counts = ", ".join(f"{model.objects.count():,} {name}" for name, model in counted)
        return f"{counts}, {self.entries:,} entries to search"

    entries: int = 0


def make(size: float) -> Made:
    """The whole office, and the index of search over it."""
    office = Made(size)
    assert office.edition.is_sealed
    office.papers()
    priorities = office.priorities(office.decisions())
    office.updates(office.actions(priorities))
    office.entries = rebuild()
    return office
