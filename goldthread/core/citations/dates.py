"""Dates as people write them, whether or not the calendar has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST"
    r"|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.,/£])(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?(?P<month>{MONTH})"
    r"(?:[.,]?\s+(?P<year>(?:19|20)\d{3}|\d{4})(?!\d|,\d))?"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2,3}})(?!\d|,\d)"
)
_SLASHED = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?![\d/])"
)
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])")
_BEFORE = re.compile(
    r"\b(?P<name>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s+(?:the\s+)?$", re.IGNORECASE
)


_FIGURE = re.compile(r"\d")


class Taken:
    """The stretches of some words that one form has claimed, so that no other claims them too."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def claim(self, start: int, end: int) -> bool:
        """Claim a stretch; False where another overlaps it."""
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in words from ``start`` to ``end``. ``year`` is 0 and ``weekday`` empty where not written."""

    words: str
    start: int
    end: int
    day: int
    month: int
    year: int = 0
    weekday: str = ""

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day; 29 February exists where no year is written."""
        if not (1 <= self.month <= 12 and self.year <= 9999):
            return False
        return 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def on(self) -> date | None:
        """The day itself, where it exists and its year is written."""
        return date(self.year, self.month, self.day) if self.year and self.exists else None


def written_dates(words: str) -> tuple[WrittenDate, ...]:
    """Every day written in words or figures, day before month as in Britain, in reading order."""
    return tuple(sorted(_found(words), key=lambda each: each.start))


def _found(words: str) -> Iterator[WrittenDate]:
    if not _FIGURE.search(words):
        return
    taken = Taken()
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _SLASHED, _ISO):
        for match in pattern.finditer(words):
            if taken.claim(*match.span()):
                yield _written(match, words)


def _written(match: re.Match[str], words: str) -> WrittenDate:
    before = _BEFORE.search(words, max(0, match.start() - 20), match.start())
    start = before.start() if before else match.start()
    return WrittenDate(
        words[start : match.end()],
        start,
        match.end(),
        int(match["day"]),
        _month(match["month"]),
        int(match["year"] or 0),
        before["name"].capitalize() if before else "",
    )


def _month(words: str) -> int:
    """A month's number from its name, its first letters or its figures."""
    if words.isdigit():
        return int(words)
    return next(place for place, name in enumerate(MONTHS, 1) if name[:3] == words[:3].capitalize())
