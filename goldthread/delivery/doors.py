"""Every door to delivery: what a person may read at the desk, and what the public may read.

The public is told of a priority once a decision that it may read in full has approved it, and then
only in the words that such a decision approved. A page takes priorities, actions and updates from
here and nowhere else.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from goldthread.core.delivery.stages import PriorityStage, UpdateStage
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.delivery.models import Action, Approval, Milestone, Priority, Update
from goldthread.meetings.models import DecisionStage
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.people.queries import offices_of

PUBLIC_STAGES = (PriorityStage.LIVE, PriorityStage.CARRIED, PriorityStage.CLOSED)
UNSIGNED_FOR = frozenset({Ability.WRITE_DELIVERY, Ability.SIGN_UPDATE})
"""Whose offices read an update before it was signed off, beside those that gave or owe it."""


def _bodies(user: User, on: date, *abilities: Ability) -> set[int]:
    """The bodies at which a person's offices allow at least one of these on a day."""
    wanted = frozenset(abilities)
    return {office.body_id for office in offices_of(user, on) if wanted & office.abilities}


def priorities_for(user: User, on: date) -> QuerySet[Priority]:
    """The priorities that a person may read at the desk, drafts and all: of every body whose drafts
    they read."""
    rows = Priority.objects.filter(body__in=_bodies(user, on, Ability.READ_DRAFTS))
    return rows.select_related("body", "plan", "decision", "approved_version")


def priority_for(user: User, slug: str, on: date, ability: Ability = Ability.READ_DRAFTS) -> Priority:
    """One priority: 404 where it is not theirs to read, 403 where they may not do what they ask."""
    found = priorities_for(user, on).filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such priority here.")
    require(user, ability, found.body, on=on)
    return found


def actions_for(user: User, on: date) -> QuerySet[Action]:
    """The actions that a person may read at the desk: those of the priorities that they may read."""
    rows = Action.objects.filter(priority__body__in=_bodies(user, on, Ability.READ_DRAFTS))
    return rows.select_related("priority__body", "priority__plan", "owner_office")


def action_for(user: User, slug: str, on: date, ability: Ability = Ability.READ_DRAFTS) -> Action:
    """One action: 404 where it is not theirs to read, 403 where they may not do what they ask."""
    found = actions_for(user, on).filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such action here.")
    require(user, ability, found.priority.body, on=on)
    return found


def milestone_for(user: User, pk: int, on: date, ability: Ability = Ability.READ_DRAFTS) -> Milestone:
    """One milestone: 404 where it is not theirs to read, 403 where they may not do what they ask."""
    rows = Milestone.objects.filter(action__priority__body__in=_bodies(user, on, Ability.READ_DRAFTS))
    rows = rows.select_related("action__priority__body", "action__owner_office", "owner_office")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such milestone here.")
    require(user, ability, found.action.priority.body, on=on)
    return found


def updates_for(user: User, on: date) -> QuerySet[Update]:
    """The updates that a person may read at the desk.

    What was signed off is for all who read drafts. What was not is for whoever gave it, whoever
    holds the office that owes it, and the office's own people who sign off or write delivery.
    """
    offices = offices_of(user, on)
    held = [office.pk for office in offices]
    signs = {office.body_id for office in offices if UNSIGNED_FOR & office.abilities}
    seen = Q(stage=UpdateStage.SIGNED) | Q(giver=user.pk) | Q(body__in=signs)
    steps = Milestone.objects.filter(Q(owner_office__in=held) | Q(action__owner_office__in=held))
    seen |= Q(action__in=Action.objects.filter(owner_office__in=held).values("pk"))
    seen |= Q(milestone__in=steps.values("pk"))
    return Update.objects.filter(seen, body__in=_bodies(user, on, Ability.READ_DRAFTS))


def public_approvals() -> QuerySet[Approval]:
    """The approvals by a decision that stands and that the public may read in full, oldest first."""
    rows = Approval.objects.filter(
        decision__stage=DecisionStage.DECIDED,
        decision__published_at__isnull=False,
        decision__marking=Marking.OPEN,
    )
    return rows.order_by("pk")


def public_priorities() -> QuerySet[Priority]:
    """The priorities of which the public is told.

    The last of `public_approvals` of each is what the public reads of it: the words of its `version`,
    by its `decision`. Nothing else that the priority says is for the public.
    """
    approved = public_approvals()
    rows = Priority.objects.filter(stage__in=PUBLIC_STAGES)
    rows = rows.filter(Exists(approved.filter(priority=OuterRef("pk"))))
    shown = approved.select_related("version__lead_office", "decision__register")
    return rows.select_related("body", "plan").prefetch_related(
        Prefetch("approvals", queryset=shown, to_attr="public_approvals")
    )


def public_priority(slug: str) -> Priority:
    """One priority of which the public is told; 404 else, as if it were not there."""
    found = public_priorities().filter(slug=slug).first()
    if found is None:
        raise Http404("There is no such priority here.")
    return found


def public_actions() -> QuerySet[Action]:
    """The actions of which the public is told: all of the priorities of which it is.

    Of who owes one the public is told the title of the office alone, never `owner_words`.
    """
    rows = Action.objects.filter(priority__in=public_priorities().values("pk"))
    return rows.select_related("owner_office", "priority")


def public_updates() -> QuerySet[Update]:
    """The updates that the public may read: signed off, marked public, on something it is told of.

    Of who gave one the public is told the office (`given_as`), never a name.
    """
    shown = public_priorities().values("pk")
    of_these = (
        Q(priority__in=shown) | Q(action__priority__in=shown) | Q(milestone__action__priority__in=shown)
    )
    return Update.objects.filter(of_these, stage=UpdateStage.SIGNED, public=True)
