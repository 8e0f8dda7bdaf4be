"""Whose a piece of work is today: the office, who holds it, or that nobody can be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from goldthread.core.delivery.standing import Ownership, is_ownerless, ownership
from goldthread.delivery.models import Action, Milestone
from goldthread.people.models import Holding, Office


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner on a day: the office where there is one, the names of its holders, words of either."""

    name: str
    kind: Ownership
    office: Office | None = None
    people: tuple[str, ...] = ()

    @property
    def ownerless(self) -> bool:
        """Whether nobody can be asked: the work waits to be placed."""
        return is_ownerless(self.kind)

    @property
    def words(self) -> str:
        """Who owes it, in a few words: “Analyst (Miriam Waring)”, or that nobody holds that office."""
        if self.kind is Ownership.NOBODY:
            return _("Nobody yet")
        if self.office is None:
            return self.name
        held = ", ".join(self.people) or _("nobody holds it")
        return f"{self.name} ({held})"


def owners_of(things: Iterable[Action | Milestone], on: date) -> dict[tuple[str, int], Owner]:
    """The owner of each of many things by (“action” or “milestone”, key); one query for all holders.

    Their offices, and for milestones the action and its office, are best selected with them.
    """
    rows = list(things)
    offices = {office.pk for thing in rows if (office := office_of(thing)) is not None}
    people = holders_of(offices, on)
    return {key_of(thing): _owner(thing, people) for thing in rows}


def owner_on(thing: Action | Milestone, on: date) -> Owner:
    """The owner of one thing on a day."""
    return owners_of([thing], on)[key_of(thing)]


def key_of(thing: Action | Milestone) -> tuple[str, int]:
    """How a thing is told from all others: what kind it is, and its key."""
    return str(thing._meta.model_name), thing.pk


def office_of(thing: Action | Milestone) -> Office | None:
    """The office that owes a thing: its own, or for a milestone without one its action's."""
    if thing.owner_office is not None or isinstance(thing, Action):
        return thing.owner_office
    return thing.action.owner_office


def holders_of(offices: Iterable[int], on: date) -> dict[int, tuple[str, ...]]:
    """By office, the names of those who hold it on a day and can sign in."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Holding.objects.in_force(on).filter(office__in=set(offices), user__is_active=True)
    for office, name in rows.order_by("user__name").values_list("office_id", "user__name"):
        found[office].append(name)
    return {office: tuple(dict.fromkeys(names)) for office, names in found.items()}


def _owner(thing: Action | Milestone, people: dict[int, tuple[str, ...]]) -> Owner:
    office = office_of(thing)
    if office is not None:
        names = people.get(office.pk, ())
        return Owner(office.title, ownership(True, len(names)), office, names)
    words = (thing.action if isinstance(thing, Milestone) else thing).owner_words
    return Owner(words, ownership(False, 0, words))
