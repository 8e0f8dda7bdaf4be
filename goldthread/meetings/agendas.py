"""The order of an agenda: which item stands where, beneath which, with which number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.core.governance.agenda import Scheme, number_items
from goldthread.core.text import seal_of
from goldthread.meetings.models import AgendaItem, Meeting

Order = list[AgendaItem]

OF_AN_ITEM = (
    "kind",
    "title",
    "purpose",
    "lead",
    "lead_office_id",
    "minutes_allowed",
    "note",
    "marking",
    "public_title",
    "reason_code",
    "reason_words",
    "review_on",
    "late_reason",
    "withdrawn_reason",
)
"""What a page about an item shows, so that it can tell whether somebody else changed it meanwhile."""


def in_order(meeting: Meeting) -> Order:
    """The items of a meeting as they stand, each followed by those beneath it: one query."""
    return grouped(meeting.items.select_related("parent").order_by("position", "pk"))


def grouped(items: Iterable[AgendaItem]) -> Order:
    """Items in their order, each followed by those beneath it."""
    rows = list(items)
    beneath: dict[int, Order] = {}
    for row in rows:
        if row.parent_id:
            beneath.setdefault(row.parent_id, []).append(row)
    return [each for row in rows if not row.parent_id for each in (row, *beneath.get(row.pk, ()))]


def family(order: Sequence[AgendaItem], item: AgendaItem) -> Order:
    """An item with those beneath it."""
    return [each for each in order if each.pk == item.pk or each.parent_id == item.pk]


def numbered(order: Sequence[AgendaItem], scheme: Scheme) -> tuple[str, ...]:
    """The number of each item; those that were published keep theirs."""
    pinned = {place: item.number for place, item in enumerate(order) if item.pinned}
    return number_items([2 if item.parent_id else 1 for item in order], scheme, pinned=pinned)


def fingerprint(order: Iterable[AgendaItem]) -> str:
    """What an order of items is known by: it changes when one is added, moved or taken out."""
    return seal_of([[item.pk, item.parent_id] for item in order])[:16]


def item_fingerprint(item: AgendaItem) -> str:
    """What an item's words and marking are known by."""
    return seal_of([str(getattr(item, name) or "") for name in OF_AN_ITEM])[:16]
