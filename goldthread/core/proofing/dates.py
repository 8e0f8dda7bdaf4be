"""Dates that are no dates, weekdays that disagree, impossible years, minutes that approve themselves."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from goldthread.core.citations.dates import MONTH, MONTHS, WEEKDAYS, WrittenDate, written_dates
from goldthread.core.proofing.findings import Finding, PaperKind
from goldthread.core.proofing.reading import Line, Reading, sentences
from goldthread.core.text import Typed

_EARLIEST, _AHEAD = 1800, 60
_NAMES_A_THING = re.compile(
    r"\b(?:no\.?|number|item|paper|page|section|paragraph|chapter|class|table|part)\s*$", re.I
)
_COUNTED = re.compile(r"\s+[a-z]+s\b|\s+(?:people|children|men|women)\b")
_LONG_YEAR = re.compile(rf"\b{MONTH} (?P<year>(?:19|20)\d{{3}})(?![\d,]\d|\d)")
_APPROVING = re.compile(
    r"\b(?:approv\w+|agreed?|accept\w+|confirm\w+|correct record|sign\w*|adopt\w+|ratif\w+|true record)\b",
    re.I,
)
_OF_MINUTES = re.compile(r"\bminutes\b", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"\bminutes of (?:the )?(?:last|previous)\b|^(?:\S+ )?(?:draft )?minutes\b", re.IGNORECASE
)


def dates_found(reading: Reading) -> Iterator[Finding]:
    """Every date that the calendar does not have, or that contradicts itself."""
    for section in reading.sections:
        for code, message in _wrong(section.title, reading):
            yield reading.at(code, message, section)
    for line in reading.lines:
        words = line.words
        if isinstance(line.block, Typed) and line.block.fields:
            words = "\n".join((words, *(value for _, value in line.block.fields)))
        for code, message in _wrong(words, reading):
            yield reading.at(code, message, line.section, line.block)


def _wrong(words: str, reading: Reading) -> Iterator[tuple[str, str]]:
    for day in written_dates(words):
        if _NAMES_A_THING.search(words, max(0, day.start - 20), day.start) and not day.weekday:
            continue
        year = _year(day, words)
        said = " ".join(day.words.split())
        if year > 9999 or (year and _impossible(year, reading.facts.dated)):
            yield (
                "year-impossible",
                f"“{said}” cannot be right: there is a slip in the year {year}. Correct it.",
            )
        elif not day.exists:
            yield "date-impossible", f"“{said}” is no date: {_why(day)} Correct the day or the month."
        elif day.weekday and day.on and WEEKDAYS[day.on.weekday()] != day.weekday:
            actual = WEEKDAYS[day.on.weekday()]
            message = (
                f"“{said}” disagrees with itself: {day.on.day} {MONTHS[day.month - 1]} {day.year} is a "
                f"{actual}. Check which of the two is meant."
            )
            yield "weekday-wrong", message
    for match in _LONG_YEAR.finditer(words):
        if not re.search(
            r"\d(?:st|nd|rd|th)?\s+(?:of\s+)?$", words[max(0, match.start() - 10) : match.start()]
        ):
            message = f"“{match.group()}” has five figures in its year. Correct it."
            yield "year-impossible", message


def _year(day: WrittenDate, words: str) -> int:
    """The year written, or 0 where the figures after the month count something else."""
    likely = _EARLIEST <= day.year <= 2199 or day.year > 9999
    return 0 if not likely and _COUNTED.match(words, day.end) else day.year


def _impossible(year: int, dated: date | None) -> bool:
    latest = dated.year + _AHEAD if dated else 2100
    return year < _EARLIEST or year > latest


def _why(day: WrittenDate) -> str:
    if not 1 <= day.month <= 12:
        return f"there is no month {day.month}, since the day is written first."
    name = MONTHS[day.month - 1]
    if day.month == 2 and day.day == 29:
        return f"February {day.year} has 28 days."
    if day.day < 1:
        return "no month has a day 0."
    return f"{name} has at most {monthrange(2000, day.month)[1]} days."


def minutes_found(reading: Reading) -> Iterator[Finding]:
    """Minutes in which a meeting approves the minutes of its own date."""
    meeting = reading.facts.meeting_on
    if reading.facts.kind is not PaperKind.MINUTES or meeting is None:
        return
    for line in reading.lines:
        if _OF_MINUTES.search(line.words) and _approves_itself(line, meeting):
            message = (
                f"This approves the minutes of {meeting.day} {MONTHS[meeting.month - 1]}, the date of this "
                "very meeting. Put the date of the meeting before it."
            )
            yield reading.at("minutes-of-itself", message, line.section, line.block)


def _approves_itself(line: Line, meeting: date) -> bool:
    headed = bool(_PREVIOUS.search(line.section.title))
    for sentence in sentences(line.words):
        found = _OF_MINUTES.search(sentence)
        if not found or not (headed or _APPROVING.search(sentence)):
            continue
        days = [day for day in written_dates(sentence) if day.start > found.start()][:1]
        if any(
            (day.day, day.month) == (meeting.day, meeting.month) and day.year in {0, meeting.year}
            for day in days
        ):
            return True
    return False
