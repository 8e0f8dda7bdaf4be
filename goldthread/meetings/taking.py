"""What the page for taking minutes shows: every item with its words, and what they give rise to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from goldthread.core.governance.exemption import Audience, Marking, allowed, strictest
from goldthread.core.governance.verbs import Verb, wording_resolved
from goldthread.core.proofing import Facts, Finding, PaperKind, proof
from goldthread.core.text import Section, Text
from goldthread.meetings.actions.minuting import section_of_minute
from goldthread.meetings.doors import chain_of
from goldthread.meetings.hearing import Heard, Movement, Person, Room, heard_in, movements_in
from goldthread.meetings.lines import typed
from goldthread.meetings.logs import open_actions, seen_actions
from goldthread.meetings.minutes_text import minutes_to_approve
from goldthread.meetings.models import (
    AgendaItem,
    Arising,
    Interest,
    ItemKind,
    Minute,
    Minutes,
    Paper,
    PaperStage,
    PaperVersion,
)
from goldthread.meetings.models import KeptMinute as Kept
from goldthread.meetings.registers import decider_of

WORTH_A_LOOK = frozenset(
    {
        "date-impossible",
        "figures-differ",
        "minutes-of-itself",
        "placeholder",
        "weekday-wrong",
        "word-twice",
        "year-impossible",
        "year-left-over",
        "year-no-financial-year",
    }
)
"""What proofing finds that a minute taker can mend at once; the rest is about papers."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A recommendation of a paper of the item, in the words that it has once it is resolved."""

    number: str
    words: str
    paper: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One item as its minute taker sees it."""

    item: AgendaItem
    section: Section
    minute: Minute | None
    heard: tuple[Heard, ...]
    movements: tuple[Movement, ...]
    resolutions: tuple[Resolution, ...]
    interests: tuple[Interest, ...]
    findings: tuple[Finding, ...]
    kept: Kept | None = None
    approving: tuple[Minutes, ...] = ()
    log: tuple[Arising, ...] = ()

    @property
    def words(self) -> str:
        """The words as they are typed."""
        return typed(self.section)

    @property
    def seal(self) -> str:
        """What the next save is based on: empty where nothing is written."""
        return self.minute.seal if self.minute else ""

    @property
    def saved_at(self) -> datetime | None:
        return self.minute.changed_at if self.minute else None

    @property
    def exempt(self) -> bool:
        """Whether what is minuted here is kept from the public, whatever the item's marking."""
        return bool(self.minute and self.minute.exempt)

    @property
    def hidden(self) -> bool:
        """Whether the public is not shown this entry, by its own marking or the item's."""
        return self.exempt or self.marking != Marking.OPEN

    @property
    def marking(self) -> str:
        """The strictest of its item's marking and that of the item above it."""
        return strictest(*chain_of(self.item)) or ""

    @property
    def waiting(self) -> tuple[Heard, ...]:
        """The action lines that are not in the log yet."""
        return tuple(line for line in self.heard if line.taken is None)

    @property
    def state(self) -> str:
        """``empty``, ``minuted`` or ``actions``."""
        if not self.section.blocks:
            return "empty"
        return "actions" if self.heard else "minuted"

    @property
    def state_words(self) -> str:
        """The same for people."""
        if self.state == "empty":
            return _("Not started")
        if not self.heard:
            return _("Minuted")
        if self.waiting:
            return _("%(count)s to confirm") % {"count": len(self.waiting)}
        return _("Actions: %(count)s") % {"count": len(self.heard)}


class Desk:
    """The whole page: its sheets in the order of the agenda, and the people in the room."""

    def __init__(self, minutes: Minutes, audience: Audience) -> None:
        self.minutes, self.room, self._audience = minutes, Room(minutes.meeting), audience
        rows = minutes.meeting.items.select_related("parent").order_by("position")
        self._items = [item for item in rows if allowed(*chain_of(item), audience=audience)]
        self._entries = {minute.item_id: minute for minute in minutes.entries.all()}
        self._papers = _resolutions(minutes)
        declared = minutes.meeting.interests.select_related("attendance")
        self._interests: Mapping[int | None, list[Interest]] = _grouped(declared)
        kept = minutes.kept.filter(settled_at__isnull=True).select_related("owner")
        self._kept = {row.item_id: row for row in kept}

    def sheets(self) -> tuple[Sheet, ...]:
        """Every item that this audience may read."""
        return tuple(self.sheet(item) for item in self._items)

    def sheet(self, item: AgendaItem) -> Sheet:
        """One item."""
        minute = self._entries.get(item.pk)
        section = section_of_minute(minute, item)
        return Sheet(
            item,
            section,
            minute,
            heard_in(section, self.room),
            movements_in(section, self.room, item),
            (*self._papers.get(item.pk, ()), *(_approval(each) for each in self._approving(item))),
            tuple(self._interests.get(item.pk, ())),
            findings_in(section, self.minutes),
            self._kept.get(item.pk),
            self._approving(item),
            self._log(item),
        )

    def _approving(self, item: AgendaItem) -> tuple[Minutes, ...]:
        """The earlier minutes that this meeting is to approve, at the item for it."""
        if item.kind != ItemKind.MINUTES:
            return ()
        meeting = self.minutes.meeting
        return minutes_to_approve(meeting.board, meeting.on)

    def _log(self, item: AgendaItem) -> tuple[Arising, ...]:
        """What is open in the log, at the item for it, as far as this audience may see it."""
        if item.kind != ItemKind.ACTIONS:
            return ()
        meeting = self.minutes.meeting
        return seen_actions(open_actions(meeting.board, meeting.on), self._audience)

    def people(self, item: AgendaItem) -> tuple[tuple[Person, str], ...]:
        """Everybody of the meeting and how they are at an item: here, left, not yet, away, or not noted."""
        order = {each.pk: each.position for each in self._items}
        return tuple((person, _presence(person, item, order)) for person in self.room.people)


def findings_in(section: Section, minutes: Minutes) -> tuple[Finding, ...]:
    """What proofing finds in one minute that is worth a look: nothing where nothing is written."""
    if not section.blocks:
        return ()
    facts = Facts(meeting_on=minutes.meeting.on, kind=PaperKind.MINUTES)
    found = proof(Text(section.title, (section,)), facts=facts)
    return tuple(each for each in found if each.code in WORTH_A_LOOK)


def _presence(person: Person, item: AgendaItem, order: Mapping[int, int]) -> str:
    row = person.attendance
    if row is None:
        return "unknown"
    if not person.here:
        return "away"
    if row.to_item_id and order.get(row.to_item_id, item.position) < item.position:
        return "left"
    if row.from_item_id and order.get(row.from_item_id, item.position) > item.position:
        return "later"
    return "here"


def _approval(minutes: Minutes) -> Resolution:
    """The words in which a meeting approves earlier minutes."""
    words = _("The minutes of the meeting of %(day)s were approved as a correct record.")
    return Resolution("", words % {"day": f"{minutes.meeting.on:%-d %B %Y}"}, "")


def _grouped(rows: object) -> dict[int | None, list[Interest]]:
    found: dict[int | None, list[Interest]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def _resolutions(minutes: Minutes) -> dict[int, tuple[Resolution, ...]]:
    """The recommendations of the accepted papers of a meeting, by item, as resolved: three queries."""
    papers = Paper.objects.filter(item__meeting=minutes.meeting, stage=PaperStage.ACCEPTED)
    decider = decider_of(minutes.meeting.board)
    found: dict[int, tuple[Resolution, ...]] = {}
    light = PaperVersion.objects.defer("form", "header", "appendices").prefetch_related("recommendations")
    for paper in papers.order_by("position", "pk").prefetch_related(Prefetch("versions", light)):
        versions = sorted(paper.versions.all(), key=lambda version: version.number)
        rows = versions[-1].recommendations.all() if versions else ()
        made = tuple(
            Resolution(row.number, resolved(row.words, row.verb, decider), paper.title) for row in rows
        )
        found[paper.item_id] = (*found.get(paper.item_id, ()), *made)
    return found


def resolved(words: str, verb: str, decider: str = "") -> str:
    """A recommendation as the minutes say that it was resolved; its own words where that is not sure.

    ``decider`` is the title of who decides on the advice of the board, where somebody does.
    """
    one_line = " ".join(words.split())
    return wording_resolved(one_line, Verb(verb), decider=decider) if verb in set(Verb) else one_line
