"""Months, quarters and years in every form that a British office writes them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goldthread.files.sheets.sheet import Value

_MONTH = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6},
    **{"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
_NAMED = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"['’]?(\d{4}|\d{2})"
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
EARLIEST, LATEST = 1900, 2100


class Span(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its first day; ``provisional`` where a mark beside it said so."""

    first: date
    span: Span
    provisional: bool = False
    counted: bool = False
    """Whether it was a number of days, as Excel keeps dates."""

    def start(self, frequency: str) -> date | None:
        """The first day of the period of this frequency that it names; None where it names another length.

        A day names its month, quarter or year only as its first or last day would, except that any day
        names a month.
        """
        if frequency == "event":
            return self.first if self.span == Span.DAY else None
        if frequency == "month":
            return self.first.replace(day=1) if self.span in (Span.DAY, Span.MONTH) else None
        if frequency == "quarter":
            if self.span == Span.QUARTER:
                return self.first
            month = self.first.month
            return (
                date(self.first.year, month - (month - 1) % 3, 1) if self._edge(month % 3 in (0, 1)) else None
            )
        if self.span == Span.YEAR:
            return self.first
        if not self._edge(self.first.month in (3, 4, 12, 1)):
            return None
        year = self.first.year - (self.first.month == 3)
        return date(year, 4 if self.first.month in (3, 4) else 1, 1)

    def _edge(self, month_fits: bool) -> bool:
        if self.span == Span.MONTH:
            return month_fits
        last = (self.first + timedelta(days=1)).day == 1
        return self.span == Span.DAY and month_fits and (self.first.day == 1 or last)


def read_period(value: Value, *, since_1904: bool = False, frequency: str = "month") -> Period | None:
    """The period that a cell names, or None. Days stand before months: 03/04/2024 is 3 April.

    ``frequency`` settles “2011-12”, which is December 2011 or the year from April 2011.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, date):
        return _period(value.year, value.month, value.day, Span.DAY)
    if isinstance(value, float):
        return _from_number(value, since_1904)
    words = re.sub(r"\s+", " ", value.strip().casefold().replace("\u00a0", " "))
    provisional = False
    if (
        mark := re.search(r"\s*(?:\[([a-z]+)\]|\((p|r|e|provisional|revised)\)|(?<=\d)\s?([pr]))$", words)
    ) is not None:
        provisional = (mark[1] or mark[2] or mark[3])[0] in "pe"
        words = words[: mark.start()]
    found = _from_words(words, frequency, since_1904)
    if found is None or not provisional:
        return found
    return Period(found.first, found.span, True, found.counted)


def _from_number(number: float, since_1904: bool) -> Period | None:
    """A year, a month as 202401, a day as 20240131, or days counted since the epoch of the file."""
    if number != number or abs(number) > 99_999_999:
        return None
    whole = int(number)
    if number == whole and EARLIEST <= whole <= LATEST:
        return Period(date(whole, 1, 1), Span.YEAR)
    if number == whole and EARLIEST * 100 < whole <= LATEST * 100 + 12:
        return _period(whole // 100, whole % 100, 1, Span.MONTH)
    if number == whole and whole > EARLIEST * 10_000:
        return _period(whole // 10_000, whole // 100 % 100, whole % 100, Span.DAY)
    if not 18_000 <= whole <= 80_000:
        return None
    day = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=whole)
    return Period(day, Span.DAY, counted=True)


def _from_words(words: str, frequency: str, since_1904: bool) -> Period | None:
    if re.fullmatch(r"\d{4,8}(\.\d+)?", words):
        return _from_number(float(words), since_1904)
    for pattern, make in _FORMS:
        if (found := pattern.fullmatch(words)) is not None:
            if pattern is _YEARS and frequency == "month" and len(found[2]) == 2 and 1 <= int(found[2]) <= 12:
                return _period(int(found[1]), int(found[2]), 1, Span.MONTH)
            return make(found)
    return None


def _year(words: str) -> int:
    number = int(words)
    return number if len(words) == 4 else number + (2000 if number < 70 else 1900)


def _period(year: int, month: int, day: int, span: Span) -> Period | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return Period(date(year, month, day), span)
    except ValueError:
        return None


def _named_month(found: re.Match[str]) -> Period | None:
    return _period(_year(found[2]), _MONTH[found[1][:3]], 1, Span.MONTH)


def _quarter(number: str, first: str, second: str | None) -> Period | None:
    """A quarter of a financial year; of a calendar year nobody can be sure, so it is not taken."""
    if second is None or (_year(first) + 1) % 100 != int(second) % 100:
        return None
    year, month = _year(first), 3 * int(number) + 1
    return _period(year + (month > 12), month - 12 * (month > 12), 1, Span.QUARTER)


def _months(found: re.Match[str]) -> Period | None:
    """“Apr to Jun 2024”, a quarter, or twelve months, a year."""
    first, last = _MONTH[found[1][:3]], _MONTH[found[3][:3]]
    year = _year(found[4])
    length = (last - first) % 12 + 1
    began = _year(found[2]) if found[2] else year - (first > last)
    if length == 3 and first % 3 == 1:
        return _period(began, first, 1, Span.QUARTER)
    return _period(began, first, 1, Span.YEAR) if length == 12 else None


def _financial_year(found: re.Match[str]) -> Period | None:
    first = _year(found[1])
    fits = (first + 1) % 100 == int(found[2]) % 100
    return _period(first, 4, 1, Span.YEAR) if fits else None


def _year_to(found: re.Match[str]) -> Period | None:
    month, year = _MONTH[found[1][:3]], _year(found[2])
    return _period(year - (month < 12), month % 12 + 1, 1, Span.YEAR)


_YEARS = re.compile(r"(?:fy ?|financial year ?)?(\d{4}) ?[/\-–] ?(\d{4}|\d{2})")
_Q = r"(?:q|qtr ?|quarter ?)([1-4])"
_TWO_YEARS = r"(?:fy ?)?(\d{4}|\d{2})(?: ?[/\-–] ?(\d{4}|\d{2}))?"
_FORMS = (
    (re.compile(rf"{_NAMED}[ \-–/.,]*{_YEAR}"), _named_month),
    (
        re.compile(rf"(\d{{4}})[ \-–/.]*{_NAMED}"),
        lambda m: _period(int(m[1]), _MONTH[m[2][:3]], 1, Span.MONTH),
    ),
    (
        re.compile(rf"(?:[a-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)?[ \-–/.]*{_NAMED}[ \-–/.,]*{_YEAR}"),
        lambda m: _period(_year(m[3]), _MONTH[m[2][:3]], int(m[1]), Span.DAY),
    ),
    (
        re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ t]\d{1,2}:\d{2}(?::\d{2})?)?"),
        lambda m: _period(_year(m[3]), int(m[2]), int(m[1]), Span.DAY),
    ),
    (
        re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"),
        lambda m: _period(int(m[1]), int(m[2]), int(m[3]), Span.DAY),
    ),
    (_YEARS, _financial_year),
    (re.compile(r"(\d{4})[/.\-](\d{1,2})"), lambda m: _period(int(m[1]), int(m[2]), 1, Span.MONTH)),
    (re.compile(r"(\d{1,2})[/.\-](\d{4})"), lambda m: _period(int(m[2]), int(m[1]), 1, Span.MONTH)),
    (re.compile(rf"{_Q}[ ,\-–:]*{_TWO_YEARS}"), lambda m: _quarter(m[1], m[2], m[3])),
    (re.compile(rf"{_TWO_YEARS}[ ,\-–:]*{_Q}"), lambda m: _quarter(m[3], m[1], m[2])),
    (re.compile(rf"{_NAMED} ?(?:{_YEAR})? ?(?:to|-|–) ?{_NAMED} ?{_YEAR}"), _months),
    (re.compile(rf"(?:year|12 months|ye|y/e)(?: (?:ending|ended|to|end))? {_NAMED} ?{_YEAR}"), _year_to),
)


def quarter_or_year_words(value: Value) -> bool:
    """Whether words look like a quarter of a calendar year, which is not taken because nobody can be sure."""
    return isinstance(value, str) and bool(
        re.fullmatch(rf"{_Q}[ ,\-–:]*\d{{2,4}}|\d{{4}}[ ,\-–:]*{_Q}", value.strip().casefold())
    )


def run_between(first: date, last: date, frequency: str) -> tuple[date, ...]:
    """Every first day of a month, quarter or year from one to another, both included."""
    step = {"month": 1, "quarter": 3, "year": 12}.get(frequency)
    if step is None:
        return ()
    found, at = [], first
    while at <= last:
        found.append(at)
        months = at.year * 12 + at.month - 1 + step
        at = date(months // 12, months % 12 + 1, 1)
    return tuple(found)
