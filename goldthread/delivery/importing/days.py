"""Days as a list of actions says them: as days, in words, as a month or a quarter, with or without a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from goldthread.files.sheets.periods import Period, Span, read_period
from goldthread.files.sheets.sheet import Value, shown
from goldthread.files.sheets.stated import DASHES, MISSING

NO_DAY = MISSING | DASHES | {"ongoing", "on-going", "continuous", "business as usual", "bau", "throughout"}
_LEADING = re.compile(r"^(?:by )?(?:the )?(?:end of |end |mid[- ]|early |late )?")
_NO_YEAR = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)? )?[a-z]{3,9}\.?|(?:q|qtr ?|quarter ?)[1-4]")
BEFORE, AFTER = 5, 10
"""How many years before and after the year of the list a day is still believed."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was read: ``told`` says how where that was not plain, ``fault`` what is wrong with it.

    ``form`` is how it was written, in words.
    """

    on: date | None = None
    told: str = ""
    fault: str = ""
    form: str = ""


def read_day(value: Value, *, year: int, last: bool = True, since_1904: bool = False) -> Day:
    """The day that a cell names. Days stand before months: 03/04/2019 is 3 April 2019.

    A month, a quarter or a year stands for its last day, or its first where ``last`` is false. What
    names no year is of the year of delivery that begins in April of ``year``.
    """
    words = " ".join(shown(value).casefold().split())
    if not words:
        return Day()
    if words in NO_DAY:
        return Day(told=_("“%(words)s” is no day, so it has none yet.") % {"words": shown(value)})
    period, form = _period(value, words, year, since_1904)
    if period is None:
        said = _(
            "“%(words)s” is not a day that can be read. "
            "Write it as 30/09/%(year)d, 30 September %(year)d or Sep-%(short)02d."
        )
        return Day(fault=said % {"words": shown(value)[:60], "year": year, "short": year % 100})
    on = _edge(period, last)
    if not year - BEFORE <= on.year <= year + AFTER:
        said = _("“%(words)s” is %(day)s, which is far from the year of this list. Look at the year.")
        return Day(fault=said % {"words": shown(value)[:60], "day": f"{on:%-d %B %Y}"}, form=form)
    plain = period.span == Span.DAY and form != _("without a year")
    said = _("“%(words)s” was read as %(day)s.") % {"words": shown(value)[:60], "day": f"{on:%-d %B %Y}"}
    return Day(on, "" if plain else said, form=form)


def _period(value: Value, words: str, year: int, since_1904: bool) -> tuple[Period | None, str]:
    """The period that a cell names, and in which form."""
    found = read_period(value, since_1904=since_1904)
    if found is not None:
        return found, _form(value, found)
    rest = _LEADING.sub("", words)
    found = read_period(rest, since_1904=since_1904)
    if found is not None:
        return found, _("in words")
    if not _NO_YEAR.fullmatch(rest):
        return None, ""
    if rest[0] == "q" and rest[-1].isdigit():
        return read_period(f"q{rest[-1]} {year}/{(year + 1) % 100:02}"), _("without a year")
    found = read_period(f"{rest} {year}")
    if found is not None and found.first.month < 4:
        found = read_period(f"{rest} {year + 1}")
    return found, _("without a year")


def _form(value: Value, found: Period) -> str:
    if isinstance(value, date) or found.counted:
        return _("as dates")
    if found.span != Span.DAY:
        return _("as months, quarters or years")
    return _("as 30/09/2019") if re.fullmatch(r"[\d/.\-: t]+", shown(value).casefold()) else _("in words")


def _edge(period: Period, last: bool) -> date:
    """The first or the last day of a period; a day is itself."""
    if period.span == Span.DAY or not last:
        return period.first
    months = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[period.span]
    count = period.first.year * 12 + period.first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)
