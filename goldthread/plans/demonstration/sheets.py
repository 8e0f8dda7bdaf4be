"""Sheets: a document while its editions are being worked out, and the edits between them.

The first edition is written in full; each later one is a list of edits by id, so that what
changed can be read and reviewed. Every edit is a table with ``do`` and what it needs:

    reword   words                              blocks replaced in place, each under its id
    insert   words, after (block) | into        blocks put after a block, or last in a section
    remove   block | section                    a section goes with its subsections
    move     block | section, after | into      keys are kept
    rename   section, title
    add      section (a table as in the first edition), after | into
    steward  section, owner and/or review       who owns it and when it is next reviewed

An edit that names something that is not there raises ValueError.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldthread.core.text import Block, Section, Text
from goldthread.plans.demonstration.markup import KeyOf, read_words

NAMESPACE = uuid.UUID("6f0f6ad6-58d0-5d0c-9a0e-2b1f4c6e7a13")

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section laid flat: its id, the id of the section that it stands in, and its blocks."""

    id: str
    title: str
    inside: str = ""
    numbered: bool = True
    owner: str = ""
    review: date | None = None
    blocks: tuple[Block, ...] = ()


Sheets = tuple[Sheet, ...]


def key_of(document: str) -> KeyOf:
    """How a document's short ids become permanent keys, the same in each of its editions."""

    def key(short: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{document}/{short}"))

    return key


def read_sheets(entries: list[Entry], key: KeyOf) -> Sheets:
    """The sheets of a first edition, in reading order."""
    return tuple(_sheet(entry, key) for entry in entries)


def edited(sheets: Sheets, edits: list[Entry], key: KeyOf) -> Sheets:
    """The sheets after the edits, made in their order."""
    for edit in edits:
        sheets = _EDITS[edit["do"]](sheets, edit, key)
    return sheets


def as_text(title: str, sheets: Sheets, key: KeyOf) -> Text:
    """The sheets as a text, each section under the one that it stands in."""
    return Text(title, _sections(sheets, "", key))


def _sections(sheets: Sheets, inside: str, key: KeyOf) -> tuple[Section, ...]:
    return tuple(
        Section(key(sheet.id), sheet.title, sheet.blocks, _sections(sheets, sheet.id, key), sheet.numbered)
        for sheet in sheets
        if sheet.inside == inside
    )


def _sheet(entry: Entry, key: KeyOf) -> Sheet:
    return Sheet(
        id=entry["id"],
        title=entry["title"],
        inside=entry.get("in", ""),
        numbered=entry.get("numbered", True),
        owner=entry.get("owner", ""),
        review=entry.get("review"),
        blocks=read_words(entry.get("words", ""), key),
    )


def _find(sheets: Sheets, short: str) -> Sheet:
    for sheet in sheets:
        if sheet.id == short:
            return sheet
    raise ValueError(f"No section has the id {short!r}")


def _holding(sheets: Sheets, block_key: str, named: str) -> Sheet:
    for sheet in sheets:
        if any(block.key == block_key for block in sheet.blocks):
            return sheet
    raise ValueError(f"No block has the id {named!r}")


def _swap(sheets: Sheets, new: Sheet) -> Sheets:
    return tuple(new if sheet.id == new.id else sheet for sheet in sheets)


def _reword(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    for new in read_words(edit["words"], key):
        sheet = _holding(sheets, new.key, edit["words"][:40])
        blocks = tuple(new if block.key == new.key else block for block in sheet.blocks)
        sheets = _swap(sheets, replace(sheet, blocks=blocks))
    return sheets


def _insert(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    return _put(sheets, read_words(edit["words"], key), edit, key)


def _put(sheets: Sheets, new: tuple[Block, ...], edit: Entry, key: KeyOf) -> Sheets:
    if "into" in edit:
        sheet = _find(sheets, edit["into"])
        return _swap(sheets, replace(sheet, blocks=sheet.blocks + new))
    after = key(edit["after"])
    sheet = _holding(sheets, after, edit["after"])
    place = 1 + [block.key for block in sheet.blocks].index(after)
    return _swap(sheets, replace(sheet, blocks=sheet.blocks[:place] + new + sheet.blocks[place:]))


def _take(sheets: Sheets, short: str, key: KeyOf) -> tuple[Sheets, Block]:
    sheet = _holding(sheets, key(short), short)
    taken = next(block for block in sheet.blocks if block.key == key(short))
    left = tuple(block for block in sheet.blocks if block is not taken)
    return _swap(sheets, replace(sheet, blocks=left)), taken


def _remove(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    if "block" in edit:
        return _take(sheets, edit["block"], key)[0]
    gone = {_find(sheets, edit["section"]).id}
    while more := {sheet.id for sheet in sheets if sheet.inside in gone} - gone:
        gone |= more
    return tuple(sheet for sheet in sheets if sheet.id not in gone)


def _move(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    if "block" in edit:
        left, taken = _take(sheets, edit["block"], key)
        return _put(left, (taken,), edit, key)
    moved = _find(sheets, edit["section"])
    return _seat(tuple(sheet for sheet in sheets if sheet is not moved), moved, edit)


def _seat(sheets: Sheets, new: Sheet, edit: Entry) -> Sheets:
    """Seat a section last inside another, or straight after one that stands at its level."""
    if "into" in edit:
        return (*sheets, replace(new, inside=_find(sheets, edit["into"]).id))
    before = _find(sheets, edit["after"])
    place = sheets.index(before) + 1
    return (*sheets[:place], replace(new, inside=before.inside), *sheets[place:])


def _rename(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    return _swap(sheets, replace(_find(sheets, edit["section"]), title=edit["title"]))


def _add(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    return _seat(sheets, _sheet(edit["section"], key), edit)


def _steward(sheets: Sheets, edit: Entry, key: KeyOf) -> Sheets:
    sheet = _find(sheets, edit["section"])
    owner, review = edit.get("owner", sheet.owner), edit.get("review", sheet.review)
    return _swap(sheets, replace(sheet, owner=owner, review=review))


_EDITS: dict[str, Callable[[Sheets, Entry, KeyOf], Sheets]] = {
    "reword": _reword,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
    "rename": _rename,
    "add": _add,
    "steward": _steward,
}
