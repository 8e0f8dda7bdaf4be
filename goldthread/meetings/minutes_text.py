"""Minutes as texts, as each audience may read them: built up from the entries that it may see.

Nothing is ever cut out of a whole text: an entry under an exempt item, or one that is exempt
itself, is not put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goldthread.core.governance.exemption import Audience, Marking, allowed
from goldthread.core.text import (
    Block,
    Cell,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Row,
    Run,
    Section,
    Table,
    Text,
    Typed,
    read_section,
    section_form,
)
from goldthread.meetings.doors import chain_of
from goldthread.meetings.models import (
    AgendaItem,
    Arising,
    Attendance,
    Board,
    Effect,
    How,
    Meeting,
    MeetingStage,
    Minutes,
    MinutesStage,
    MinutesVersion,
)

ATTENDANCE = "attendance"
"""The key of the section that says who came."""

READABLE = {
    Audience.PUBLIC: (MinutesStage.PUBLISHED,),
    Audience.MEMBERS: (MinutesStage.CIRCULATED, MinutesStage.APPROVED, MinutesStage.PUBLISHED),
    Audience.FULL: tuple(MinutesStage),
}
"""How far minutes must have come before an audience reads any of them."""

PRESENT = (How.PRESENT, How.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is minuted under one item: its section, whether it is exempt of itself, the item's number."""

    section: Section
    exempt: bool
    item: int

    @property
    def row(self) -> list[Any]:
        """The entry as a version keeps it."""
        return [0, section_form(self.section), self.exempt, self.item]


def living_entries(minutes: Minutes) -> tuple[Entry, ...]:
    """What is minuted now, in the order of the agenda: one query."""
    rows = minutes.entries.order_by("item__position", "item_id")
    return tuple(Entry(read_section(row.form)[0], row.exempt, row.item_id) for row in rows)


def kept_entries(version: MinutesVersion) -> tuple[Entry, ...]:
    """What a version holds, in its order."""
    return tuple(
        Entry(read_section(form)[0], bool(exempt), item) for _depth, form, exempt, item in version.form
    )


def marking_of(item: AgendaItem, exempt: bool) -> tuple[str, ...]:
    """The markings under which an entry stands: its item's with that above it, and its own if stricter."""
    return (*chain_of(item), Marking.EXEMPT) if exempt else chain_of(item)


def minutes_text(minutes: Minutes, audience: Audience) -> Text | None:
    """The minutes as an audience may read them now: the last version, or the draft for those who read
    everything while there is none. Nothing where they have not come as far as this audience."""
    if minutes.stage not in READABLE[audience]:
        return None
    version = minutes.versions.order_by("number").last()
    if version is None:
        return living_text(minutes, audience)
    return version_text(version, audience)


def public_minutes(minutes: Minutes) -> Text | None:
    """What the public reads of minutes: nothing until they are published by the step of that name."""
    if not minutes.meeting.board.listed or minutes.meeting.published_at is None:
        return None
    return minutes_text(minutes, Audience.PUBLIC)


def minutes_to_approve(board: Board, on: date) -> tuple[Minutes, ...]:
    """The minutes that a meeting of a board on a day is to approve, oldest first: those that went round,
    of its earlier meetings, and are not approved yet."""
    rows = Minutes.objects.filter(meeting__board=board, meeting__on__lt=on, stage=MinutesStage.CIRCULATED)
    rows = rows.exclude(meeting__stage=MeetingStage.CANCELLED).select_related("meeting__board")
    return tuple(rows.order_by("meeting__starts_at"))


def living_text(minutes: Minutes, audience: Audience) -> Text:
    """The minutes as they stand now, with the attendance of now."""
    return _built(minutes.meeting, living_entries(minutes), people_of(minutes.meeting), audience)


def version_text(version: MinutesVersion, audience: Audience) -> Text:
    """The minutes as a version holds them, without what has been marked exempt since."""
    return _built(version.minutes.meeting, kept_entries(version), version.attendance, audience)


def title_of(meeting: Meeting) -> str:
    """What the minutes of a meeting are called."""
    return _("Minutes of the %(board)s, %(day)s") % {
        "board": meeting.board.name,
        "day": f"{meeting.on:%-d %B %Y}",
    }


def _built(
    meeting: Meeting, entries: Iterable[Entry], people: Sequence[Mapping[str, Any]], audience: Audience
) -> Text:
    items = {item.pk: item for item in meeting.items.select_related("parent")}
    shown = [
        replace(entry.section, numbered=False)
        for entry in entries
        if (item := items.get(entry.item)) and allowed(*marking_of(item, entry.exempt), audience=audience)
    ]
    hidden = {pk for pk, item in items.items() if not allowed(*chain_of(item), audience=audience)}
    came = _attendance(people, hidden)
    return Text(title_of(meeting), (*came, *(section for section in shown if section.blocks)))


def labels_of(meeting: Meeting, text: Text) -> dict[str, str]:
    """The printed numbers of minutes: an item's own, 8.1, 8.2 under item 8.0, and an action's in the log.

    Three queries at most; only of what stands in the text, so that nothing else is told.
    """
    items = {item.anchor: item for item in meeting.items.all()}
    taken = dict(Arising.objects.filter(meeting=meeting).exclude(anchor="").values_list("anchor", "number"))
    labels: dict[str, str] = {}
    for section in text.sections:
        item = items.get(section.key)
        if item is None:
            continue
        if item.number:
            labels[section.key] = item.number
        labels |= _block_labels(section, stem(item.number), taken)
    return labels


def stem(number: str) -> str:
    """What stands before the point in the paragraphs of an item: 8 for 8.0, 9(a) for 9(a)."""
    return number.removesuffix(".0")


def _block_labels(section: Section, before: str, taken: Mapping[str, str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    count = 0
    for block in section.blocks:
        if isinstance(block, Prose) and block.numbered and before:
            count += 1
            labels[block.key] = f"{before}.{count}"
        elif isinstance(block, Typed) and block.kind is Kind.ACTION:
            number = taken.get(block.key, "")
            labels[block.key] = _("Action %(number)s") % {"number": number} if number else _("Action")
        elif isinstance(block, Typed) and block.kind is Kind.OUTCOME:
            labels[block.key] = _("Resolved")
    return labels


def people_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Who took part, as a version keeps it: two queries."""
    rows = meeting.attendance.select_related("in_place_of", "from_item", "to_item").prefetch_related(
        "interests__item"
    )
    return [_person(row) for row in rows]


def _person(row: Attendance) -> dict[str, Any]:
    return {
        "name": row.name,
        "initials": row.initials,
        "title": row.title,
        "how": row.how,
        "for": row.in_place_of.name if row.in_place_of else "",
        "from": row.from_item.number if row.from_item else "",
        "to": row.to_item.number if row.to_item else "",
        "interests": [
            {
                "nature": each.nature,
                "effect": each.effect,
                "item": each.item_id,
                "number": each.item.number if each.item else "",
            }
            for each in row.interests.all()
        ],
    }


def _attendance(people: Sequence[Mapping[str, Any]], hidden: set[int]) -> tuple[Section, ...]:
    """The section that says who came, how, for which items, and what they declared."""
    if not people:
        return ()
    blocks: list[Block] = []
    groups = (
        (_("Present"), PRESENT),
        (_("In attendance"), (How.ATTENDING,)),
        (_("Apologies"), (How.APOLOGIES,)),
        (_("Absent"), (How.ABSENT,)),
    )
    rows = [
        Row((_cell(each["name"], each["initials"], header=True), _cell(_said(each)), _cell(group)))
        for group, hows in groups
        for each in people
        if each["how"] in hows
    ]
    head = Row(tuple(_cell(words, header=True) for words in (_("Name"), _("Office"), _("Took part"))))
    blocks.append(Table("attendance-table", (head, *rows)))
    declared = tuple(_declared(people, hidden))
    if declared:
        blocks.append(Prose("attendance-declared", Kind.PARAGRAPH, (Run(_("Interests declared:")),)))
        blocks.append(ListBlock("attendance-interests", tuple(ListItem((Run(each),)) for each in declared)))
    return (Section(ATTENDANCE, _("Attendance"), tuple(blocks), (), numbered=False),)


def _cell(words: str, initials: str = "", *, header: bool = False) -> Cell:
    whole = f"{words} ({initials})" if initials else words
    return Cell(((Run(whole),),) if whole else (), header)


def _said(person: Mapping[str, Any]) -> str:
    """A person's office, in whose place they came, and for which items they were there."""
    parts = [person["title"]]
    if person["for"]:
        parts.append(_("in place of %(name)s") % {"name": person["for"]})
    if person["from"] and person["to"]:
        parts.append(_("items %(first)s to %(last)s") % {"first": person["from"], "last": person["to"]})
    elif person["from"]:
        parts.append(_("from item %(number)s") % {"number": person["from"]})
    elif person["to"]:
        parts.append(_("to item %(number)s") % {"number": person["to"]})
    return ", ".join(part for part in parts if part)


def _declared(people: Sequence[Mapping[str, Any]], hidden: set[int]) -> Iterator[str]:
    effects = dict(Effect.choices)
    for person in people:
        for each in person["interests"]:
            if each["item"] in hidden:
                continue
            about = _(" (item %(number)s)") % {"number": each["number"]} if each["number"] else ""
            yield f"{person['name']}{about}: {each['nature'].rstrip('.')}. {effects.get(each['effect'], '')}."
