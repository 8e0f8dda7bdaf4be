"""Years of delivery: the financial year, from 1 April to 31 March, named by the year it begins in."""

from __future__ import annotations

from datetime import date

APRIL = 4


def year_of(day: date) -> int:
    """The year of delivery a day falls in: 2019 for any day from 1 April 2019 to 31 March 2020."""
    return day.year if day.month >= APRIL else day.year - 1


def year_words(year: int) -> str:
    """A year as an office writes it: 2019-20."""
    return f"{year}-{(year + 1) % 100:02}"


def year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a year of delivery."""
    return date(year, APRIL, 1), date(year + 1, APRIL - 1, 31)


def year_read(words: str) -> int | None:
    """The year that words such as 2019-20, 2019/20 or 2019-2020 name, or nothing where they name none."""
    first, _, second = words.strip().replace("/", "-").replace("–", "-").partition("-")
    if not (first.isascii() and first.isdigit() and len(first) == len("2019")):
        return None
    year, following = int(first), str(int(first) + 1)
    return year if second in (following, following[-2:]) else None
