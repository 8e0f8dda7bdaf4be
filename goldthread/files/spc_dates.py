"""Dates as British offices write them: never the American order, and two-digit years in this century."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
AFTER_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}))?{AFTER_TIME}")
DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){AFTER_TIME}")
MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[- /,]+)?([a-z]{3,9})\.?[- /,]+(\d{4}|\d{2})")


def day_of(cell: str) -> date | None:
    """The day a cell names, the first of the month where it names a month; None where it names neither."""
    text = " ".join(cell.strip().split())
    if not text.isascii() or len(text) > 40:
        return None
    if found := YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return _day(int(year), int(month), int(day or 1))
    if found := DAY_FIRST.fullmatch(text):
        day, _, month, year = found.groups()
        return _day(_year(year), int(month), int(day))
    if found := MONTH_YEAR.fullmatch(text):
        return _day(int(found[2]), int(found[1]), 1)
    if found := NAMED.fullmatch(text.lower()):
        names = [at for at, name in enumerate(MONTHS, 1) if name == found[2] or _short(name, found[2])]
        return _day(_year(found[3]), names[0], int(found[1] or 1)) if names else None
    return None


def months_without(days: Sequence[date]) -> tuple[date, ...]:
    """The firsts of months that a monthly, quarterly or yearly series in order passes over; else none.

    A series is one of these where its days are all the first, or the last, of their months, as often as not
    so many months apart.
    """
    months = [day.year * 12 + day.month - 1 for day in days]
    ends = all((day + timedelta(1)).day == 1 for day in days)
    steps = Counter(later - earlier for earlier, later in pairwise(months))
    if not (ends or all(day.day == 1 for day in days)) or not steps:
        return ()
    step, often = steps.most_common(1)[0]
    if step not in (1, 3, 12) or often * 2 < len(months) - 1:
        return ()
    there = set(months)
    absent = [month for month in range(months[0], months[-1], step) if month not in there]
    return tuple(date(month // 12, month % 12 + 1, 1) for month in absent)


def _short(name: str, written: str) -> bool:
    return written == name[:3] or (written == "sept" and name == "september")


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
