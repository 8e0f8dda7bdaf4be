"""What came after 2019-20: carried forward or closed, a spreadsheet taken in, and how 2020-21 ended."""

from __future__ import annotations

from datetime import date, datetime

from goldthread.delivery.actions.priorities import carry_forward, close
from goldthread.delivery.actions.work import drop
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.sheets import bring_sheet
from goldthread.delivery.demonstration.words import Entry
from goldthread.delivery.demonstration.year import (
    approve_year,
    note_action,
    note_period,
    of_year,
    propose_year,
)
from goldthread.delivery.models import Priority
from goldthread.meetings.demonstration.cast import on


def note_later(before: Deeds, deeds: Deeds) -> None:
    """Put what came after the year into the diary. ``before`` are its deeds, ``deeds`` the next year's."""
    told = words.later()
    forward, end = told["forward"], told["end"]
    deeds.diary.put(on(forward["drafted"]), lambda at: _settle(before, deeds, told, at))
    deeds.diary.put(on(forward["proposed"]), lambda at: propose_year(deeds, at))
    deeds.diary.put(on(forward["approved"], 17), lambda at: approve_year(deeds, forward, at))
    for entry in told["period"]:
        note_period(deeds, entry)
    sheet = told["sheet"]
    deeds.diary.put(on(sheet["on"]), lambda at: bring_sheet(deeds, sheet, at))
    deeds.diary.put(on(end["on"]), lambda at: _end(deeds, end, at))


def _settle(before: Deeds, deeds: Deeds, told: Entry, at: datetime) -> None:
    """Each priority of the year is carried forward or closed, with its reason."""
    live = {priority.version.title: priority for priority in of_year(before)}
    for entry in told["carried"]:
        old = live.pop(entry["title"])
        new = carry_forward(priority=old, year=deeds.year, reason=entry["reason"], by=deeds.keeper, at=at)
        for action in entry["action"]:
            note_action(deeds, new, action, at)
    for entry in told["closed"]:
        finish_with(deeds, live.pop(entry["title"]), entry["reason"], at)


def finish_with(deeds: Deeds, priority: Priority, reason: str, at: datetime) -> None:
    """Close a priority; what is still open of it is given up, with the same reason."""
    for action in priority.actions.all():
        if action.is_open:
            drop(thing=action, reason=reason, by=deeds.keeper, at=at)
    day: date = at.date()
    close(priority=priority, reason=reason, on=day, by=deeds.keeper, at=at)


def _end(deeds: Deeds, entry: Entry, at: datetime) -> None:
    for priority in of_year(deeds):
        finish_with(deeds, priority, entry["reason"], at)
