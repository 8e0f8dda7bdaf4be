"""The action lines of minutes, as clerks write them: ``ACTION: NA, MS and CR to meet by 30 June 2019``.

Owners are initials from the attendance list. A line is read, never guessed at: what looks like
initials and is not on the list is given back as unknown, for the officer to settle.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import NamedTuple


@unique
class DueKind(StrEnum):
    """What an action line says about when it is due."""

    NOT_SAID = "not_said"
    DATE = "date"
    NEXT_MEETING = "next_meeting"
    UNCLEAR = "unclear"
    """A date was meant, and cannot be settled: 31 June, or 30 June where the year is not known."""


class Due(NamedTuple):
    """When an action is due: the day where it is settled, and the words that say so."""

    kind: DueKind = DueKind.NOT_SAID
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action: its words after ``ACTION:``, its owners' initials, and where it stands in the minutes.

    ``unknown`` are initials that are not on the attendance list. Where a line only names its owner
    (``Action SN``), the words are those of the sentence before it.
    """

    words: str
    owners: tuple[str, ...]
    unknown: tuple[str, ...]
    due: Due
    start: int
    end: int


_SHAPE = r"(?!(?:PLAN|LOG|LIST|FOR|BY|NONE|NIL|THE|TO)\b)[A-Z](?:[A-Z]{1,3}|[a-z]?[A-Z][a-z]?)(?![A-Za-z])"
_NUMBER = r"(?:\s+(?:[Nn]o\.?\s*)?\d[\d./]*(?=\s*[:–—\s]))?"
_SEPARATOR = r"(?:\s*:\s*|\s+[-–—]\s+|\s*[–—]\s*)"
_STARTS = r"(?:(?<![^\n])[ \t•*\d.()-]*|(?<=[.;:)\]!?])\s+|(?<=[^\sA-Z]\s)(?=ACTIONS?\s*:))"
_FOLLOWS = r"(?=\s+(?:to|will|shall|should)\b|\s*[:–—]|\s+-\s|\s*[)\].]?\s*(?:$|\n))"
_MONTHS = tuple(name.lower() for name in month_name[1:])
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_BY = r"\b(?:by|before|no\s+later\s+than|on\s+or\s+before|in\s+time\s+for|for|at|to)\s+(?:the\s+)?"
_NEXT = re.compile(
    rf"{_BY}next\s+(?:[\w-]+\s+){{0,4}}?(?:(?:board|panel|BCB)(?:\s+meeting)?|meeting)\b", re.IGNORECASE
)
_UNTIL = r"\b(?:by|before|no\s+later\s+than|on\s+or\s+before|due)[:\s]+(?:the\s+)?"
_SPOKEN = re.compile(
    rf"{_UNTIL}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:(?P<end>end\s+(?:of\s+)?)|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)"
    rf"(?P<month>{_MONTH})\b(?:\.?,?\s+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"{_UNTIL}(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}}|\d{{2}})\b", re.IGNORECASE
)
_NEAR = 1000
"""How many characters before a head are looked through for its sentence."""
_NOTHING = re.compile(r"\W*(?:none|nil|no(?:\s+further)?\s+actions?)\b\W*$", re.IGNORECASE)


def actions_in(
    words: str, attendance: Mapping[str, str], meeting_on: date | None = None
) -> tuple[ActionLine, ...]:
    """Every action line in the words of minutes, in their order.

    ``attendance`` gives a name for the initials of each person on the attendance list; either is
    read as an owner, and the longest fits first (SMc before SM). ``meeting_on`` settles the year of
    a due date that has none: the first such day on or after the meeting.
    """
    people = _People(attendance)
    heads = list(people.heads(words))
    found: list[ActionLine] = []
    for place, head in enumerate(heads):
        limit = heads[place + 1].start if place + 1 < len(heads) else len(words)
        line = _line(words, head, limit, people, meeting_on)
        if line is not None:
            found.append(line)
    return tuple(found)


class _Head(NamedTuple):
    start: int
    end: int


class _Owners(NamedTuple):
    known: tuple[str, ...]
    unknown: tuple[str, ...]


class _People:
    """The attendance list as one pattern, longest first."""

    def __init__(self, attendance: Mapping[str, str]) -> None:
        self.initials = {name: key for key, name in attendance.items() if name} | {
            key: key for key in attendance
        }
        longest = sorted(map(re.escape, self.initials), key=len, reverse=True)
        self.one = rf"(?:(?:{'|'.join(longest)})(?![A-Za-z])|{_SHAPE})" if longest else _SHAPE
        self.many = rf"{self.one}(?:\s*(?:,\s*(?:and\s+)?|/|&|;|\band\b)\s*{self.one})*"
        known = rf"(?:{'|'.join(longest)})(?![A-Za-z])" if longest else r"(?!)"
        self.known_first = re.compile(rf"\W*{known}")
        self.leading = re.compile(rf"\s*[(\[]?(?P<owners>{self.many})[)\]]?")
        self.trailing = re.compile(
            rf"(?:[(\[]|\s[-–—]\s*|[Oo]wners?:\s*)(?P<owners>{self.many})[)\]]?\s*\.?$"
        )
        self.head = re.compile(
            rf"{_STARTS}(?P<head>(?:ACTION|Action)[Ss]?{_NUMBER}(?:{_SEPARATOR}"
            rf"|\s+(?:(?:by|for|on)\s+)?(?=[(\[]?{self.many}[)\]]?{_FOLLOWS})))"
        )

    def heads(self, words: str) -> Iterator[_Head]:
        for match in self.head.finditer(words):
            yield _Head(match.start("head"), match.end("head"))

    def owners(self, words: str) -> _Owners:
        """Those who lead the line, else those named at its end."""
        match = self.leading.match(words)
        if match and (self.known_first.match(words) or re.match(_FOLLOWS, words[match.end() :])):
            return self._sorted(match["owners"])
        match = self.trailing.search(words)
        return self._sorted(match["owners"]) if match else _Owners((), ())

    def _sorted(self, words: str) -> _Owners:
        seen = re.findall(self.one, words)
        known = dict.fromkeys(self.initials[each] for each in seen if each in self.initials)
        return _Owners(tuple(known), tuple(dict.fromkeys(each for each in seen if each not in self.initials)))


def _line(words: str, head: _Head, limit: int, people: _People, meeting_on: date | None) -> ActionLine | None:
    said, end = _rest(words, head.end, limit)
    if _NOTHING.match(said):
        return None
    owners = people.owners(said)
    task = re.sub(rf"^[(\[]?{people.many}[)\]]?[\s:.–—-]*", "", said) if owners != ((), ()) else said
    shown = said if task else _sentence_before(words, head.start)
    if not shown:
        return None
    return ActionLine(shown, owners.known, owners.unknown, due_in(shown, meeting_on), head.start, end)


def _rest(words: str, start: int, limit: int) -> tuple[str, int]:
    """What follows a head up to the end of its line, or the next line where nothing follows on its own."""
    match = re.compile(r"\s*[^\n]*").match(words, start, limit)
    end = match.end() if match else start
    said = words[start:end].strip()
    return said, start + len(words[start:end].rstrip())


def _sentence_before(words: str, start: int) -> str:
    """The last sentence before a place, or nothing."""
    before = words[max(0, start - _NEAR) : start].strip()
    return re.split(r"(?<=[.!?])\s+|\n+", before)[-1].strip() if before else ""


def due_in(words: str, meeting_on: date | None = None) -> Due:
    """When words say that something is due: by a date, by the next meeting, or not said."""
    spoken = _SPOKEN.search(words)
    if spoken:
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(spoken["month"][:3].lower()))
        return _settled(spoken[0], spoken["year"], month, spoken["day"], meeting_on)
    figures = _FIGURES.search(words)
    if figures:
        year = figures["year"] if len(figures["year"]) == 4 else f"20{figures['year']}"
        return _settled(figures[0], year, int(figures["month"]), figures["day"], meeting_on)
    following = _NEXT.search(words)
    return Due(DueKind.NEXT_MEETING, None, following[0]) if following else Due()


def _settled(words: str, year: str | None, month: int, day: str | None, meeting_on: date | None) -> Due:
    """A date from its parts: no day for the end of the month, no year for the first after the meeting."""
    years = (int(year),) if year else (meeting_on.year, meeting_on.year + 1) if meeting_on else ()
    for each in years:
        if not (1 <= month <= 12 and each >= 1):
            break
        last = monthrange(each, month)[1]
        on_day = int(day) if day else last
        if not 1 <= on_day <= last:
            continue
        on = date(each, month, on_day)
        if year or meeting_on is None or on >= meeting_on:
            return Due(DueKind.DATE, on, words)
    return Due(DueKind.UNCLEAR, None, words)
