"""The year 2019-20: drafted, approved by the board, reported on each quarter, handed over, seen in depth."""

from __future__ import annotations

from datetime import datetime

from goldthread.delivery.actions.handing_over import hand_over_work
from goldthread.delivery.actions.periods import close_period, open_period
from goldthread.delivery.actions.priorities import approve, propose
from goldthread.delivery.actions.scales import set_scale
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.words import Entry
from goldthread.delivery.models import Period, Priority
from goldthread.meetings.actions.forward import move_business
from goldthread.meetings.demonstration.cast import on
from goldthread.meetings.models import Decision, Planned
from goldthread.people.actions import hand_over


def note_year(deeds: Deeds) -> None:
    """Put the whole year into the diary, from the drafts to the close of its last quarter."""
    told = words.year()
    deeds.diary.put(on(told["drafted"], 9), lambda at: _set_scale(deeds, told["scale"], at))
    deeds.diary.put(on(told["drafted"]), lambda at: _draft(deeds, at))
    deeds.diary.put(on(told["proposed"]), lambda at: propose_year(deeds, at))
    deeds.diary.put(on(told["approved"], 17), lambda at: approve_year(deeds, told, at))
    for entry in told["period"]:
        note_period(deeds, entry)
    for entry in words.owners()["handover"]:
        deeds.diary.put(on(entry["starts"], 10), lambda at, entry=entry: _hand_over(deeds, entry, at))
    moved = told["planned"]
    deeds.diary.put(on(moved["moved"]["on"]), lambda at: _move(deeds, moved, at))


def note_period(deeds: Deeds, entry: Entry) -> None:
    """A quarter is opened on its first day, and closed once the time to report on it is over."""
    made: list[Period] = []
    deeds.diary.put(on(entry["starts"], 8), lambda at: made.append(_open(deeds, entry, at)))
    if "closed" in entry:
        closes = on(entry["closed"], 17)
        deeds.diary.put(closes, lambda at: close_period(period=made[0], by=deeds.keeper, at=at))


def _open(deeds: Deeds, entry: Entry, at: datetime) -> Period:
    return open_period(
        body=deeds.plan.body,
        name=entry["name"],
        starts=entry["starts"],
        ends=entry["ends"],
        due=entry["due"],
        by=deeds.keeper,
        at=at,
    )


def _set_scale(deeds: Deeds, entry: Entry, at: datetime) -> None:
    set_scale(
        body=deeds.plan.body,
        name=entry["name"],
        levels=entry["level"],
        from_day=at.date(),
        by=deeds.keeper,
        at=at,
    )


def _draft(deeds: Deeds, at: datetime) -> None:
    for theme in words.year()["theme"]:
        for entry in words.priorities(theme["section"]):
            priority = deeds.draft(theme["section"], entry, at)
            for measure in entry.get("measures", ()):
                deeds.measure(priority, measure)
            for action in entry["action"]:
                note_action(deeds, priority, action, at)


def note_action(deeds: Deeds, priority: Priority, entry: Entry, at: datetime) -> None:
    """An action, with all that was said of it."""
    action = deeds.add(priority, entry, at)
    if "assigned" in entry:
        deeds.give_to(action, entry["assigned"])
    for update in entry.get("updates", ()):
        deeds.tell(action, update)
    if asked := entry.get("asked"):
        deeds.diary.put(on(asked["on"]), lambda then: deeds.send(action, then))


def of_year(deeds: Deeds) -> list[Priority]:
    """The priorities of the year that is told."""
    return list(Priority.objects.filter(plan=deeds.plan, year=deeds.year))


def propose_year(deeds: Deeds, at: datetime) -> None:
    """All drafts of the year go before the board together."""
    propose(priorities=of_year(deeds), by=deeds.keeper, at=at)


def approve_year(deeds: Deeds, told: Entry, at: datetime) -> None:
    """The decision of the board makes them live."""
    decision = Decision.objects.get(meeting__on=told["meeting"], title=told["decision"])
    approve(priorities=of_year(deeds), decision=decision, by=deeds.keeper, at=at)


def _hand_over(deeds: Deeds, entry: Entry, at: datetime) -> None:
    """Somebody leaves an office: another is appointed, and told what it owes."""
    office, starts = deeds.owners.office(entry["office"]), entry["starts"]
    before, after = deeds.owners.holder(office, at), deeds.owners.follow(entry)
    chief = deeds.owners["chief-executive"]
    hand_over(office=office, to=after, starts=starts, by=chief, at=at)
    hand_over_work(
        office=office, was=before, now=after, on=starts, words=entry["words"], by=deeds.keeper, at=at
    )


def _move(deeds: Deeds, entry: Entry, at: datetime) -> None:
    planned = Planned.objects.get(board__body=deeds.plan.body, title=entry["title"])
    told = entry["moved"]
    move_business(planned=planned, to=told["to"], reason=told["reason"], by=deeds.keeper, at=at)
