"""What is heard in a minute as it is written: actions with their owners, and who came or went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count

from django.utils.translation import gettext as _

from goldthread.core.governance.action_lines import ActionLine, Due, DueKind, actions_in
from goldthread.core.text import Section, canonical
from goldthread.meetings.lines import typed_blocks
from goldthread.meetings.models import (
    AgendaItem,
    Arising,
    Attendance,
    How,
    Meeting,
    MeetingStage,
    Minute,
    Seat,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a line of the minutes may name: by initials, with their seat where they have one."""

    name: str
    initials: str
    title: str = ""
    seat: Seat | None = None
    attendance: Attendance | None = None

    @property
    def here(self) -> bool:
        """Whether they were noted as taking part."""
        return self.attendance is not None and self.attendance.how in (
            How.PRESENT,
            How.SUBSTITUTE,
            How.ATTENDING,
        )


class Room:
    """A meeting's people by initials and its next meeting, read once for a whole page."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Those noted as attending first, then whoever has a seat that day and is not noted yet."""
        rows = self.meeting.attendance.select_related("seat", "from_item", "to_item")
        noted = [Person(row.name, row.initials, row.title, row.seat, row) for row in rows]
        names = {person.name for person in noted}
        rest = [seat for seat in seats_on(self.meeting) if seat.name not in names]
        return (*noted, *(Person(seat.name, seat.initials, seat.title, seat) for seat in rest))

    @cached_property
    def initials(self) -> dict[str, str]:
        """Names by initials. Where two people share theirs, whoever attended has them."""
        found: dict[str, str] = {}
        for person in self.people:
            if person.initials:
                found.setdefault(person.initials, person.name)
        return found

    @cached_property
    def next_day(self) -> date | None:
        """The day of the board's next meeting, where one is known."""
        later = self.meeting.board.meetings.filter(starts_at__gt=self.meeting.starts_at)
        following = later.exclude(stage=MeetingStage.CANCELLED).order_by("starts_at").first()
        return following.on if following else None

    @cached_property
    def taken(self) -> dict[str, Arising]:
        """The actions of this meeting that are in the log, by the line that they were taken from."""
        rows = Arising.objects.filter(meeting=self.meeting).select_related("board", "item")
        return {row.anchor: row for row in rows.prefetch_related("owners") if row.anchor}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of every block that stands in the minutes of the meeting."""
        forms = Minute.objects.filter(minutes__meeting=self.meeting).values_list("form", flat=True)
        return frozenset(str(node["attrs"]["key"]) for form in forms for node in form["content"])

    def named(self, initials: Sequence[str]) -> tuple[Person, ...]:
        """The people of these initials, in that order."""
        by = {person.initials: person for person in reversed(self.people) if person.initials}
        return tuple(by[each] for each in initials if each in by)


def seats_on(meeting: Meeting) -> tuple[Seat, ...]:
    """Who has a seat at the board on the day of a meeting: one query."""
    seats = meeting.board.seats.filter(starts__lte=meeting.on)
    return tuple(seat for seat in seats if seat.ends is None or seat.ends >= meeting.on)


@dataclass(frozen=True, slots=True)
class Heard:
    """An action line: who owes what by when, and the action of the log that it became, if it did."""

    anchor: str
    words: str
    line: str
    owners: tuple[Person, ...]
    unknown: tuple[str, ...]
    due: date | None
    due_words: str
    next_meeting: bool = False
    taken: Arising | None = None

    @property
    def changed(self) -> bool:
        """Whether its line says something else than when it was taken into the log."""
        return self.taken is not None and canonical(self.taken.minuted) != canonical(self.line)

    @property
    def flags(self) -> tuple[str, ...]:
        """What the line leaves open, in words for its writer."""
        found = []
        if self.unknown:
            initials = ", ".join(self.unknown)
            found.append(_("Who is %(initials)s? Not on the attendance list.") % {"initials": initials})
        elif not self.owners:
            found.append(_("No owner is named."))
        if self.due is None and self.next_meeting:
            found.append(_("The day of the next meeting is not known yet."))
        elif self.due is None and self.due_words:
            found.append(_("“%(words)s” is not a day that can be settled.") % {"words": self.due_words})
        elif self.due is None:
            found.append(_("No date is given."))
        return tuple(found)

    @property
    def owner_words(self) -> str:
        """The owners as the minutes name them."""
        return ", ".join((*(person.initials for person in self.owners), *self.unknown))


def heard_in(section: Section, room: Room) -> tuple[Heard, ...]:
    """Every action line of a minute, with the action that it became where it was taken already.

    A line is known by its block's key, and where that is lost by its words.
    """
    blocks = typed_blocks(section)
    words = "\n".join(line for _key, line in blocks)
    lines = actions_in(words, room.initials, room.meeting.on)
    keys = [_key_at(line.start, blocks) for line in lines]
    known = _known(lines, keys, words, room)
    found: list[Heard] = []
    given: set[str] = set(room.taken)
    for place, (line, key) in enumerate(zip(lines, keys, strict=True)):
        taken = known.get(place)
        anchor = taken.anchor if taken else _free(key, given)
        given.add(anchor)
        due, due_words = _due(line.due, room)
        said = words[line.start : line.end]
        owners = room.named(line.owners)
        following = line.due.kind is DueKind.NEXT_MEETING
        found.append(Heard(anchor, line.words, said, owners, line.unknown, due, due_words, following, taken))
    return tuple(found)


def _key_at(start: int, blocks: Sequence[tuple[str, str]]) -> str:
    """The key of the block in which a place of the typed words stands."""
    at = 0
    for key, words in blocks:
        at += len(words) + 1
        if start < at:
            return key
    return ""


def _free(key: str, given: set[str]) -> str:
    """A name for a line by its block: the block's key, with a number where another line has it."""
    return next(name for n in count(1) if (name := key if n == 1 else f"{key}-{n}") not in given)


def _known(lines: Sequence[ActionLine], keys: Sequence[str], words: str, room: Room) -> dict[int, Arising]:
    """The actions that lines became, by place: those of their own block, the same words before the
    rest in order; then, by its words, one whose own line stands nowhere in the minutes any more."""
    found: dict[int, Arising] = {}
    left = {anchor: row for anchor, row in room.taken.items() if _base(anchor, room) in keys}
    lost = {anchor: row for anchor, row in room.taken.items() if not _base(anchor, room)}
    for rule in (_same_line, _same_block):
        for place, (line, key) in enumerate(zip(lines, keys, strict=True)):
            if place in found:
                continue
            said = canonical(words[line.start : line.end])
            row = next((row for row in left.values() if rule(row, said, key, room)), None)
            row = row or next((row for row in lost.values() if canonical(row.minuted) == said), None)
            if row is not None:
                found[place] = row
                left.pop(row.anchor, None)
                lost.pop(row.anchor, None)
    return found


def _same_line(row: Arising, said: str, key: str, room: Room) -> bool:
    return _base(row.anchor, room) == key and canonical(row.minuted) == said


def _same_block(row: Arising, said: str, key: str, room: Room) -> bool:
    return _base(row.anchor, room) == key


def _base(anchor: str, room: Room) -> str:
    """The key of the block in the minutes in which an action's line stands, or nothing."""
    return next((key for key in (anchor, anchor.rpartition("-")[0]) if key in room.keys), "")


def _due(due: Due, room: Room) -> tuple[date | None, str]:
    if due.kind is DueKind.NEXT_MEETING:
        return room.next_day, due.words
    return due.on, due.words


_WENT = re.compile(r"\b(?P<how>left|joined|arrived|returned)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Movement:
    """A line that says that somebody came or went, such as “DK left”."""

    person: Person
    left: bool
    noted: bool


def movements_in(section: Section, room: Room, item: AgendaItem) -> tuple[Movement, ...]:
    """Who came or went by the short lines of a minute, and whether the attendance says so already."""
    found: dict[str, Movement] = {}
    for _key, line in typed_blocks(section):
        match = _WENT.search(line)
        if match is None or len(line.split()) > 10:
            continue
        who = line[: match.start()]
        for person in room.people:
            names = (person.initials, person.name)
            if any(name and re.search(rf"\b{re.escape(name)}\b", who) for name in names):
                left = match["how"].lower() == "left"
                found[person.name] = Movement(person, left, _is_noted(person, left, item))
    return tuple(found.values())


def _is_noted(person: Person, left: bool, item: AgendaItem) -> bool:
    row = person.attendance
    return row is not None and (row.to_item_id if left else row.from_item_id) == item.pk
