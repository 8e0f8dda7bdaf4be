"""Recognise the header of a paper that was read from a file: to, from, date, agenda item, marking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from goldthread.core.citations import written_dates
from goldthread.core.problems import Problem
from goldthread.core.text import Block, Kind, Prose, Table, Text, plain
from goldthread.files.sections import FRONT
from goldthread.meetings.house import houses

_MARKING = re.compile(
    r"^\W*((?:not\s+protectively\s+marked|(?:government\s+)?security\s+classification.*|protect(?:\s*[–-].*)?"
    r"|restricted(?:\s*[–-].*)?|confidential|official(?:[\s–-]+sensitive)?|exempt(?:\s+item)?)\W*)$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\W*agenda\s+item\s*(?:no\.?|number)?\s*:?\s*(\S.{0,20})$", re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Recognised:
    """A text without its header, and what the header said, by the names under which it is kept.

    ``said`` may hold ``to``, ``from``, ``date`` (as it was written), ``item`` and ``marking`` beside
    whatever else any office's template asks for; ``dated`` is the day that the date names.
    """

    text: Text
    said: Mapping[str, str]
    dated: date | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Found:
    said: dict[str, str] = field(default_factory=dict)
    left: list[Block] = field(default_factory=list)


def recognise_header(text: Text) -> Recognised:
    """Take the header off the front of a text. Every word stays in the text or is given in ``said``."""
    if not text.sections:
        return Recognised(text, {}, None, (_no_header(),))
    first = text.sections[0]
    found = _Found()
    for block in first.blocks:
        _take(block, found)
    if not found.said:
        return Recognised(text, {}, None, tuple(_problems(text, {})))
    kept = replace(first, blocks=tuple(found.left))
    empty = first.title == FRONT and not found.left and not first.children
    sections = text.sections[1:] if empty else (kept, *text.sections[1:])
    dated = _day(found.said.get("date", ""))
    whole = replace(text, sections=sections)
    return Recognised(whole, found.said, dated, tuple(_problems(whole, found.said)))


def _take(block: Block, found: _Found) -> None:
    """Put a block's lines into the header, or leave the block as it is."""
    lines = list(_lines(block))
    named = [_named(line) for line in lines]
    if lines and all(each is not None for each in named) and not _repeats(named, found):
        for each in named:
            if each is not None:
                found.said[each[0]] = each[1]
    else:
        found.left.append(block)


def _repeats(named: list[tuple[str, str] | None], found: _Found) -> bool:
    """Whether it says again what the header said: then it is no part of it."""
    names = [each[0] for each in named if each is not None]
    return len(set(names)) < len(names) or any(name in found.said for name in names)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Prose) and block.kind is Kind.PARAGRAPH and not block.numbered:
        yield from (line.strip() for line in plain(block.runs).split("\n") if line.strip())
    elif isinstance(block, Table) and all(len(row.cells) == 2 for row in block.rows):
        for row in block.rows:
            label, words = (" ".join(plain(runs) for runs in cell.paragraphs).strip() for cell in row.cells)
            yield f"{label.rstrip(':')}: {words}"


def _named(line: str) -> tuple[str, str] | None:
    """A line of a header as the name it is kept under and its words."""
    marked = _MARKING.match(line)
    if marked:
        return "marking", line.strip()
    item = _ITEM.match(line)
    if item:
        return "item", item.group(1).strip()
    label, colon, words = line.partition(":")
    name = _names().get(" ".join(label.split()).casefold())
    if not colon or name is None or not words.strip() or len(line) > _LONGEST:
        return None
    return name, " ".join(words.split())


@cache
def _names() -> Mapping[str, str]:
    """The name under which a line is kept, by each label that an office prints before it."""
    found = {"report of": "from", "report to": "to", "meeting date": "date"}
    for house in houses().values():
        for each in house.header:
            found.setdefault(each.label.casefold(), each.name)
    return {label: name for label, name in found.items() if name != "title"} | {"subject": "subject"}


def _day(words: str) -> date | None:
    return next((each.on for each in written_dates(words) if each.on is not None), None) if words else None


def _problems(text: Text, said: Mapping[str, str]) -> Iterator[Problem]:
    if not said:
        yield _no_header()
    headed = [section for _, section in text.walk() if section.title != FRONT]
    if len(headed) < 2:
        yield Problem(
            "The whole file",
            "No headings were found, so it is one section. Give Purpose, Recommendation and Background "
            "sections of their own once it is here, or use Word's heading styles and read it in again.",
            "no-headings",
        )
    if said.get("marking"):
        yield Problem(
            "Marking",
            f"The file is marked “{said['marking']}”. That is noted, and opens nothing: whoever marks "
            "business says how far this paper may go.",
            "old-marking",
        )


def _no_header() -> Problem:
    return Problem(
        "Header",
        "No lines such as “To:” and “From:” were found. Fill them in below.",
        "no-header",
    )
