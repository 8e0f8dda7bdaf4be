"""How an agenda is put in order: where an item may stand, and what if somebody else was there first."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.calling import still_to_come
from goldthread.meetings.agendas import (
    Order,
    family,
    fingerprint,
    grouped,
    in_order,
    item_fingerprint,
    numbered,
)
from goldthread.meetings.house_rules import scheme_of
from goldthread.meetings.models import AgendaItem, ItemKind, Meeting
from goldthread.people.actions import require
from goldthread.people.models import User

MOVED_ON = (
    "Somebody else changed the order of this agenda since you opened the page. It is shown below as it "
    "stands now; do what you meant to do again if it is still right."
)
WORDED_ON = (
    "Somebody else changed this item since you opened the page. What you typed is kept below; compare it "
    "with the item as it is now before you save it."
)
AFTER_BUSINESS = (ItemKind.FORWARD, ItemKind.OTHER, ItemKind.NEXT)


def managing(meeting: Meeting, by: User, at: datetime) -> None:
    """Refuse whoever may not manage meetings here, and any change once the meeting was held or cancelled."""
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    still_to_come(meeting)


def order_as_seen(meeting: Meeting, seen: str) -> Order:
    """The order of an agenda, refused where it is not the one that an officer saw."""
    order = in_order(meeting)
    if seen and seen != fingerprint(order):
        raise ValidationError(MOVED_ON, code="moved-on")
    return order


def as_seen(item: AgendaItem, seen: str) -> None:
    """Refuse where an item is gone, or no longer says what an officer saw."""
    fresh = AgendaItem.objects.select_for_update().filter(pk=item.pk).first()
    if fresh is None:
        raise ValidationError("This item was taken off the agenda meanwhile. What you typed is kept below.")
    if seen and seen != item_fingerprint(fresh):
        raise ValidationError(WORDED_ON, code="moved-on")


def there(order: Order, item: AgendaItem) -> AgendaItem:
    """The item as it stands in an order; refused where it was taken off meanwhile."""
    found = next((each for each in order if each.pk == item.pk), None)
    if found is None:
        raise ValidationError("This item was taken off the agenda meanwhile.")
    return found


def placed(
    rest: Order,
    moving: Order,
    parent: AgendaItem | None,
    after: AgendaItem | None,
    *,
    first: bool = False,
) -> Order:
    """An order with some items put into it: after one, beneath one, first, or where business ends."""
    for other in (parent, after):
        if other is not None and not any(each.pk == other.pk for each in rest):
            raise ValidationError("The item that you chose as its neighbour is not on this agenda any more.")
    if parent is not None and parent.parent_id:
        raise ValidationError("An item can stand beneath another, but not one level further in.")
    if after is not None and after.parent_id != (parent.pk if parent else None):
        raise ValidationError("That neighbour does not stand at the same level.")
    if after is not None:
        place = rest.index(family(rest, after)[-1]) + 1
    elif parent is not None:
        place = rest.index(parent) + 1 if first else rest.index(family(rest, parent)[-1]) + 1
    else:
        place = 0 if first else _end_of_business(rest, moving)
    return [*rest[:place], *moving, *rest[place:]]


def _end_of_business(order: Order, moving: Order) -> int:
    """Where the business of the day ends: before the forward plan, other business and the next date."""
    place = len(order)
    while moving[0].kind not in AFTER_BUSINESS and place and order[place - 1].kind in AFTER_BUSINESS:
        place -= 1
    return place


def arrange(meeting: Meeting, order: Order, *, pin: bool = False) -> None:
    """Save an order: places, what stands beneath what, numbers; with ``pin`` the numbers are published."""
    order = grouped(order)
    numbers = numbered(order, scheme_of(meeting.board))
    stored = {row.pk: row for row in AgendaItem.objects.filter(meeting=meeting)}
    for position, (item, number) in enumerate(zip(order, numbers, strict=True), 1):
        now = {"position": position, "parent_id": item.parent_id, "number": number}
        now["pinned"] = item.pinned or pin
        was = stored[item.pk]
        changed = {name: value for name, value in now.items() if getattr(was, name) != value}
        if changed:
            AgendaItem.objects.filter(pk=item.pk).update(**changed)
        for name, value in now.items():
            setattr(item, name, value)
