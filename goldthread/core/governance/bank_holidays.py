"""Bank holidays of England and Wales, worked out for any year from 1978 and named.

Banking and Financial Dealings Act 1971, s.1 and Sch. 1, with the days moved or added by royal
proclamation as listed at https://www.gov.uk/bank-holidays and in the London Gazette. A day
proclaimed later is added to ``MOVED`` or ``ADDED``, or merged by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

MOVED: Mapping[date, date] = {
    date(1995, 5, 1): date(1995, 5, 8),  # fifty years after the end of the war in Europe
    date(2002, 5, 27): date(2002, 6, 4),  # golden jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # diamond jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # seventy-five years after the end of the war in Europe
    date(2022, 5, 30): date(2022, 6, 2),  # platinum jubilee
}
"""The usual day, and the day to which a proclamation moved it."""

ADDED: Mapping[date, str] = {
    date(1999, 12, 31): "Millennium holiday",
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
"""Single days added by proclamation."""

_SATURDAY, _SUNDAY = 5, 6


def bank_holidays(year: int) -> dict[date, str]:
    """Every bank holiday of a year in England and Wales with its name, in order of date."""
    easter = easter_sunday(year)
    found = {
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        **_new_year(year),
        **_christmas(year),
    }
    for usual, name in (
        (_monday_from(date(year, 5, 1)), "Early May bank holiday"),
        (_monday_from(date(year, 5, 25)), "Spring bank holiday"),
        (_monday_from(date(year, 8, 25)), "Summer bank holiday"),
    ):
        found[MOVED.get(usual, usual)] = name
    found |= {day: name for day, name in ADDED.items() if day.year == year}
    return dict(sorted(found.items()))


def bank_holidays_between(first: date, last: date) -> dict[date, str]:
    """Every bank holiday from one date to another, both included."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in bank_holidays(year).items()
        if first <= day <= last
    }


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year, by the anonymous computation printed in Nature, 20 April 1876."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quads, odd = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quads - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    """The Monday on or after a date."""
    return day + timedelta(days=-day.weekday() % 7)


def _new_year(year: int) -> dict[date, str]:
    day = date(year, 1, 1)
    if day.weekday() < _SATURDAY:
        return {day: "New Year’s Day"}
    return {_monday_from(day): "New Year’s Day (substitute day)"}


def _christmas(year: int) -> dict[date, str]:
    """Christmas Day and Boxing Day, or the days given in their place."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    in_place = "Christmas Day (substitute day)", "Boxing Day (substitute day)"
    if christmas.weekday() == _SATURDAY:
        return {date(year, 12, 27): in_place[0], date(year, 12, 28): in_place[1]}
    if christmas.weekday() == _SUNDAY:
        return {boxing: "Boxing Day", date(year, 12, 27): in_place[0]}
    if boxing.weekday() == _SATURDAY:
        return {christmas: "Christmas Day", date(year, 12, 28): in_place[1]}
    return {christmas: "Christmas Day", boxing: "Boxing Day"}
