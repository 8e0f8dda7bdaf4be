"""Work to place: what nobody can be asked about, and what nobody has spoken of for too long.

It is shown so that the office finds an owner or asks, not to watch anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.delivery.standing import is_stale, silence_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import OPEN as OPEN_PRIORITIES
from goldthread.delivery.models import Action, Milestone, Update
from goldthread.delivery.owning import Owner, key_of, owners_of
from goldthread.delivery.updates import HEARD
from goldthread.people.models import Body, Holding, Office, User
from goldthread.people.queries import bodies_where
from goldthread.plans.needs import Need, register

OPEN = (ActionState.PLANNED, ActionState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Loose:
    """A thing to place: whose it is, and why it stands here, in words."""

    thing: Action | Milestone
    owner: Owner
    words: str

    @property
    def key(self) -> str:
        """How a form names it: action-12, milestone-7."""
        kind, pk = key_of(self.thing)
        return f"{kind}-{pk}"


def open_actions(body: Body, stages: Iterable[str] = OPEN_PRIORITIES) -> QuerySet[Action]:
    """The open actions of a body's priorities in these stages."""
    return Action.objects.filter(priority__body=body, priority__stage__in=tuple(stages), state__in=OPEN)


def open_milestones(body: Body) -> QuerySet[Milestone]:
    """The open milestones of a body's open actions."""
    rows = Milestone.objects.filter(action__in=open_actions(body).values("pk"))
    return rows.filter(reached__isnull=True, dropped_on__isnull=True)


def unheld(body: Body, on: date) -> tuple[int, ...]:
    """The offices of a body that nobody holds on a day, by number."""
    held = Holding.objects.in_force(on).filter(office__body=body, user__is_active=True)
    rows = Office.objects.filter(body=body).exclude(pk__in=held.values("office"))
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def unowned(body: Body, on: date) -> tuple[QuerySet[Action], QuerySet[Milestone]]:
    """The open actions that nobody can be asked about, without an owner or of an office that nobody holds,
    and the open milestones of such an office; one without its own goes with its action."""
    empty = unheld(body, on)
    nobody = Q(owner_office__isnull=True, owner_words="") | Q(owner_office__in=empty)
    actions = open_actions(body).filter(nobody).select_related("priority", "owner_office")
    steps = open_milestones(body).filter(owner_office__in=empty)
    steps = steps.select_related("action__priority", "action__owner_office", "owner_office")
    return actions.order_by("pk"), steps.order_by("pk")


def ownerless(body: Body, on: date) -> tuple[Loose, ...]:
    """Everything that waits for an owner, and why."""
    actions, steps = unowned(body, on)
    things = [*actions, *steps]
    owners = owners_of(things, on)
    return tuple(_loose(thing, owners[key_of(thing)]) for thing in things)


def _loose(thing: Action | Milestone, owner: Owner) -> Loose:
    if owner.office is None:
        return Loose(thing, owner, _("Nobody is named."))
    return Loose(thing, owner, _("Nobody holds the office of %(office)s.") % {"office": owner.office.title})


def silent(body: Body, on: date, heard: Mapping[int, date]) -> tuple[int, ...]:
    """The keys of the open, live actions that nobody spoke of for too long, the longest silent first."""
    live = open_actions(body, (PriorityStage.LIVE,))
    found: list[tuple[date, int]] = []
    for pk, starts, made_at in live.values_list("pk", "starts", "made_at"):
        made, last = localdate(made_at), heard.get(pk)
        since = max(made, starts) if starts else made
        if is_stale(last, since, on):
            found.append((last or since, pk))
    return tuple(pk for _day, pk in sorted(found))


def heard_last(body: Body) -> dict[int, date]:
    """By open action, the day on which it was last spoken of, signed off or not."""
    rows = Update.objects.filter(
        stage__in=HEARD,
        action__state__in=OPEN,
        action__priority__body=body,
        action__priority__stage=PriorityStage.LIVE,
    )
    said: dict[int, datetime] = dict(rows.order_by().values_list("action").annotate(last=Max("given_at")))
    return {pk: localdate(at) for pk, at in said.items()}


def stale(keys: Sequence[int], on: date, heard: Mapping[int, date]) -> tuple[Loose, ...]:
    """These silent actions in their order, with how long each has been silent."""
    found = Action.objects.select_related("priority", "owner_office").in_bulk(keys)
    rows = [found[pk] for pk in keys if pk in found]
    owners = owners_of(rows, on)
    return tuple(Loose(row, owners[key_of(row)], f"{silence_words(heard.get(row.pk), on)}.") for row in rows)


def things_of(body: Body, keys: Iterable[str]) -> Iterator[Action | Milestone]:
    """The open things of a body that a form names; what is not there any more is left out."""
    wanted: dict[str, set[int]] = {"action": set(), "milestone": set()}
    for key in keys:
        kind, _dash, pk = key.partition("-")
        if kind in wanted and pk.isdecimal() and len(pk) < 19:
            wanted[kind].add(int(pk))
    yield from open_actions(body).filter(pk__in=wanted["action"]).select_related("priority__body")
    rows = open_milestones(body).filter(pk__in=wanted["milestone"])
    yield from rows.select_related("action__priority__body")


def needs_of(user: User, on: date) -> Iterator[Need]:
    """That work waits to be placed, told to whoever may place it."""
    for body in bodies_where(user, Ability.WRITE_DELIVERY, on):
        count = sum(rows.count() for rows in unowned(body, on))
        if count:
            title = (
                ngettext("%d piece of work has no owner", "%d pieces of work have no owner", count) % count
            )
            words = _("Nobody is named for it, or nobody holds the office that is. Give it to somebody.")
            yield Need(title, reverse("delivery:desk-placing"), words, _("To place"), "warn")


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    register(needs_of)
