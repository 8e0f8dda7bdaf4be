"""Who reads a thread, and through which doors: nothing of a thread is taken from a row but by these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking, allowed
from goldthread.delivery import doors
from goldthread.delivery.models import Action, Priority, Report, Update
from goldthread.meetings.doors import (
    audience_of,
    chain_of_paper,
    decisions_for,
    papers_for,
    public_decisions,
    public_meetings,
)
from goldthread.meetings.logs import is_seen
from goldthread.meetings.models import Arising, Decision, Paper, PaperStage
from goldthread.people.models import Body, User
from goldthread.people.queries import bodies_where
from goldthread.performance.models import Measure
from goldthread.performance.queries import measures_for, public_releases
from goldthread.plans.models import DocumentKind, Edition

OPEN_PAPER = (
    Q(stage=PaperStage.ACCEPTED, marking=Marking.OPEN, item__marking=Marking.OPEN)
    & (Q(item__parent=None) | Q(item__parent__marking=Marking.OPEN))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a thread on a day: one of the staff, or without a ``user`` the public."""

    on: date
    user: User | None = None

    @property
    def public(self) -> bool:
        """Whether it is the public who reads."""
        return self.user is None

    def priorities(self) -> QuerySet[Priority]:
        """The priorities for action that the reader may know of."""
        if self.user is None:
            return doors.public_priorities()
        return doors.priorities_for(self.user, self.on)

    def actions(self) -> QuerySet[Action]:
        """The actions that the reader may know of."""
        return doors.public_actions() if self.user is None else doors.actions_for(self.user, self.on)

    def updates(self) -> QuerySet[Update]:
        """What owners said, as far as it was signed off and the reader may read it."""
        found = doors.public_updates() if self.user is None else doors.updates_for(self.user, self.on)
        return found.filter(stage=UpdateStage.SIGNED)

    def measures(self) -> QuerySet[Measure]:
        """The measures that the reader may see: the public, those of which figures were released."""
        if self.user is None:
            return Measure.objects.filter(pk__in=public_releases().values("measure"))
        return measures_for(self.user, self.on)

    def papers(self) -> QuerySet[Paper]:
        """The papers that the reader may read, as handed in."""
        found = public_papers()
        if self.user is not None:
            own = papers_for(self.user, on=self.on).order_by().values("pk")
            found = Paper.objects.filter(Q(pk__in=own) | Q(pk__in=found.order_by().values("pk")))
        return found.select_related("board__body", "item__parent", "item__meeting__board")

    def decisions(self) -> QuerySet[Decision]:
        """The decisions that the reader may read in full. Of an exempt one a thread does not even say
        that it is there: to stand on the thread of a promise would tell what it is about."""
        if self.user is None:
            return public_decisions().filter(marking=Marking.OPEN)
        return decisions_for(self.user, on=self.on)

    def reports(self) -> QuerySet[Report]:
        """The theme documents and in-depth reports whose paper the reader may read; staff who read
        drafts see also those that have no paper."""
        seen = Q(paper__in=self.papers().values("pk"))
        if self.user is not None:
            bodies = bodies_where(self.user, Ability.READ_DRAFTS, self.on)
            seen |= Q(paper__isnull=True, body__in=bodies)
        return Report.objects.filter(seen)

    def editions(self) -> QuerySet[Edition]:
        """The editions of plans whose words the reader may read, oldest first, drafts last."""
        seen = Q(issued_on__lte=self.on)
        if self.user is not None:
            bodies = bodies_where(self.user, Ability.READ_DRAFTS, self.on)
            seen |= Q(issued_on__isnull=True, document__body__in=bodies)
        rows = Edition.objects.filter(seen, document__kind=DocumentKind.PLAN).select_related("document")
        return rows.order_by("issued_on", "made_at", "pk").defer("printed")

    def audience(self, body: Body) -> Audience:
        """As which audience the reader reads the business of a body."""
        return Audience.PUBLIC if self.user is None else audience_of(self.user, body, self.on)

    def sees(self, action: Arising) -> bool:
        """Whether the reader may see an action that arose from a meeting."""
        return is_seen(action, self.audience(action.board.body))

    def may_read_drafts(self, body: Body) -> bool:
        """Whether the reader reads what a body has not yet published."""
        return self.user is not None and body in bodies_where(self.user, Ability.READ_DRAFTS, self.on)


def public_papers() -> QuerySet[Paper]:
    """The papers that everybody may read: open, accepted, on an agenda that was published."""
    return Paper.objects.filter(OPEN_PAPER, item__meeting__in=public_meetings().values("pk"))


def is_public_paper(paper: Paper) -> bool:
    """Whether everybody may read a paper whose item and meeting were fetched with it."""
    item = paper.item
    if item is None or paper.stage != PaperStage.ACCEPTED:
        return False
    meeting = item.meeting
    told = meeting.published_at is not None and meeting.board.listed and meeting.stage != "planned"
    return told and allowed(*chain_of_paper(paper), audience=Audience.PUBLIC)
