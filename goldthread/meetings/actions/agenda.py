"""Build an agenda: add items, put them in order, mark, withdraw, publish it, and say that it was held.

Until it is published an agenda is a draft: items are added, moved and taken out, and numbers follow
their order. From then on numbers are fixed, nothing is taken out, and what is added is late.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from goldthread.audit import record
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.announcing import follow, mark, mark_held, mark_item, publish_agenda
from goldthread.meetings.actions.ordering import arrange, as_seen, managing, order_as_seen, placed, there
from goldthread.meetings.actions.wording import given
from goldthread.meetings.agendas import family, in_order
from goldthread.meetings.doors import chain_of
from goldthread.meetings.models import AgendaItem, ItemKind, Meeting, MeetingStage, Planned, PlannedState
from goldthread.people.models import Office, User

__all__ = [
    "add_item",
    "bring_back_item",
    "change_item",
    "mark_held",
    "mark_item",
    "move_item",
    "publish_agenda",
    "remove_item",
    "step_item",
    "withdraw_item",
]


OF_ITS_WORDS = frozenset({"purpose", "lead", "lead_office", "minutes_allowed", "note"})
OF_ITS_MARKING = frozenset({"reason_code", "reason_words", "public_title", "review_on"})


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    kind: str = ItemKind.BUSINESS,
    parent: AgendaItem | None = None,
    after: AgendaItem | None = None,
    marking: str = "",
    late_reason: str = "",
    planned: Planned | None = None,
    seen: str = "",
    by: User,
    at: datetime,
    **more: Any,
) -> AgendaItem:
    """Add an item: after another, beneath another, or else at the end of the business of the day.

    ``more`` are purpose, lead, lead_office, minutes_allowed and note, and with a marking its
    reason_code, reason_words, public_title and review_on. Once the agenda is published the item is
    late: a reason is wanted, and its number is fixed at once.
    """
    managing(meeting, by, at)
    order = order_as_seen(meeting, seen)
    late = meeting.stage == MeetingStage.PUBLISHED
    if late:
        words = "The agenda is published. Say why this could not wait for the next meeting."
        late_reason = given("late_reason", late_reason, words)
    item = _new(meeting, given("title", title), more)
    item.kind, item.parent, item.planned, item.made_at = kind, parent, planned, at
    item.late_reason, item.late_at = (late_reason, at) if late else ("", None)
    item.full_clean(exclude=["number"])
    places = placed(order, [item], parent, after)
    item.save()
    if marking:
        marks = {name: more.get(name) or "" for name in OF_ITS_MARKING}
        mark(item, marking, **(marks | {"review_on": more.get("review_on")}), by=by, at=at)
    arrange(meeting, places, pin=late)
    item.refresh_from_db()
    verb = "added a late item" if late else "added an item"
    record(meeting, verb, by=by, at=at, body=meeting.board.body, item=item.pk)
    return item


def _new(meeting: Meeting, title: str, more: dict[str, Any]) -> AgendaItem:
    unknown = set(more) - OF_ITS_WORDS - OF_ITS_MARKING
    if unknown:
        raise TypeError(f"An item has no {', '.join(sorted(unknown))}.")
    _of_this_body(meeting, more.get("lead_office"))
    words = {name: value for name, value in more.items() if name in OF_ITS_WORDS}
    return AgendaItem(meeting=meeting, position=meeting.items.count() + 1, title=title, **words)


@transaction.atomic
def move_item(
    *,
    item: AgendaItem,
    after: AgendaItem | None = None,
    parent: AgendaItem | None = None,
    seen: str = "",
    by: User,
    at: datetime,
) -> None:
    """Put an item, with those beneath it, after another or beneath one; first where neither is given.

    A number that was published stays with its item wherever it is moved.
    """
    meeting = item.meeting
    managing(meeting, by, at)
    order = order_as_seen(meeting, seen)
    item = there(order, item)
    moving = family(order, item)
    if any(other is not None and other.pk in {each.pk for each in moving} for other in (after, parent)):
        raise ValidationError("An item cannot be put after or beneath itself.")
    if parent is not None and len(moving) > 1:
        raise ValidationError("There are items beneath this one. Move those out first.")
    if item.pinned and (parent.pk if parent else None) != item.parent_id:
        raise ValidationError(f"It was published as item {item.number}, and stays where that number belongs.")
    rest = [each for each in order if each not in moving]
    item.parent = parent
    arrange(meeting, placed(rest, moving, parent, after, first=after is None))
    follow(meeting)
    item.refresh_from_db(fields=["marking", "public_title", "reason_code", "reason_words", "review_on"])
    record(meeting, "moved an item", by=by, at=at, body=meeting.board.body, item=item.pk)


@transaction.atomic
def step_item(*, item: AgendaItem, step: str, seen: str = "", by: User, at: datetime) -> None:
    """Move an item one step: "up" or "down" among its fellows, "in" beneath the one before it, or "out"."""
    managing(item.meeting, by, at)
    order = order_as_seen(item.meeting, seen)
    item = there(order, item)
    fellows = [each for each in order if each.parent_id == item.parent_id]
    place = fellows.index(item)
    parent = next((each for each in order if each.pk == item.parent_id), None)
    last = fellows[-1] == item
    if step == "up" and place:
        after = fellows[place - 2] if place > 1 else None
    elif step == "down" and not last:
        after = fellows[place + 1]
    elif step == "in" and parent is None and place:
        parent = fellows[place - 1]
        beneath = family(order, parent)
        after = beneath[-1] if len(beneath) > 1 else None
    elif step == "out" and parent is not None:
        parent, after = None, parent
    else:
        raise ValidationError("It stands there already: it cannot be moved further that way.")
    move_item(item=item, after=after, parent=parent, by=by, at=at)


@transaction.atomic
def change_item(*, item: AgendaItem, seen: str = "", by: User, at: datetime, **words: Any) -> None:
    """Change what an item says: title, kind, purpose, lead, lead_office, minutes_allowed, note.

    ``seen`` is its fingerprint as the officer saw it; where it moved on nothing is changed.
    """
    unknown = set(words) - OF_ITS_WORDS - {"title", "kind"}
    if unknown:
        raise TypeError(f"An item has no {', '.join(sorted(unknown))} to change.")
    managing(item.meeting, by, at)
    _of_this_body(item.meeting, words.get("lead_office"))
    as_seen(item, seen)
    if "title" in words:
        words["title"] = given("title", words["title"])
    changed = [name for name, value in words.items() if getattr(item, name) != value]
    if not changed:
        return
    was = {name: str(getattr(item, name) or "") for name in changed}
    for name in changed:
        setattr(item, name, words[name])
    item.full_clean(exclude=["number"])
    item.save(update_fields=changed)
    facts = {"was": was} if set(chain_of(item)) == {Marking.OPEN} else {}
    record(item, "changed", by=by, at=at, body=item.meeting.board.body, fields=changed, **facts)


@transaction.atomic
def withdraw_item(*, item: AgendaItem, reason: str, by: User, at: datetime) -> None:
    """Withdraw an item with those beneath it. It stays on the agenda, struck through, under its number."""
    meeting = item.meeting
    managing(meeting, by, at)
    reason = given("reason", reason, "Say why. The reason stands beside the item.")
    for each in family(in_order(meeting), item):
        if each.withdrawn_at is None:
            each.withdrawn_reason, each.withdrawn_at = reason, at
            each.save(update_fields=["withdrawn_reason", "withdrawn_at"])
            _plan_again(each)
    item.refresh_from_db()
    record(item, "withdrew", by=by, at=at, body=meeting.board.body)


@transaction.atomic
def bring_back_item(*, item: AgendaItem, by: User, at: datetime) -> None:
    """Bring a withdrawn item back where it stood, under the number it had."""
    managing(item.meeting, by, at)
    if item.planned is not None and item.planned.state == PlannedState.ON_AGENDA:
        raise ValidationError("It has been put on another agenda meanwhile. Take it off there first.")
    item.withdrawn_reason, item.withdrawn_at = "", None
    item.save(update_fields=["withdrawn_reason", "withdrawn_at"])
    if item.planned is not None:
        item.planned.state = PlannedState.ON_AGENDA
        item.planned.save(update_fields=["state"])
    record(item, "brought back", by=by, at=at, body=item.meeting.board.body)


@transaction.atomic
def remove_item(*, item: AgendaItem, seen: str = "", by: User, at: datetime) -> None:
    """Take an item off a draft agenda; once published it can only be withdrawn."""
    meeting = item.meeting
    managing(meeting, by, at)
    order = order_as_seen(meeting, seen)
    item = there(order, item)
    if item.pinned or meeting.published_at is not None:
        raise ValidationError("The agenda is published. Withdraw the item: it stays, struck through.")
    if len(family(order, item)) > 1:
        raise ValidationError("There are items beneath this one. Take those off or move them first.")
    if item.papers.exists():
        raise ValidationError("A paper is attached to this item. Attach it elsewhere, or withdraw the item.")
    rest = [each for each in order if each is not item]
    pk, planned = item.pk, item.planned
    try:
        item.delete()
    except ProtectedError as relied_on:
        message = (
            "Attendance, a question or a decision names this item. Withdraw it: it stays, struck through."
        )
        raise ValidationError(message) from relied_on
    if planned is not None:
        planned.state = PlannedState.PLANNED
        planned.save(update_fields=["state"])
    arrange(meeting, rest)
    record(meeting, "took an item off", by=by, at=at, body=meeting.board.body, item=pk)


def _of_this_body(meeting: Meeting, office: Office | None) -> None:
    if office is not None and office.body_id != meeting.board.body_id:
        raise ValidationError({"lead_office": f"{office.title} is an office of another body."})


def _plan_again(item: AgendaItem) -> None:
    if item.planned is not None:
        item.planned.state = PlannedState.PLANNED
        item.planned.save(update_fields=["state"])
