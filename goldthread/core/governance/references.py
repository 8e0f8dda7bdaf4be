"""The numbers an office gives to its decisions and papers: by a pattern it chooses, and without gaps.

A pattern is printed words with fields in braces: ``{body} {year}-{serial:03}`` writes CPCC 2016-020.
What is printed is kept as it is; what is looked up is the ``normal`` form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import NamedTuple

from goldthread.core.governance.period import financial_year_end
from goldthread.core.problems import Problem

FIELDS = {
    "body": "the body's short name, such as CPCC",
    "year": "the calendar year, such as 2016",
    "short_year": "the last two figures of the calendar year, such as 16",
    "financial_year": "the financial year from 1 April, such as 2024/25",
    "serial": "the running number; {serial:03} writes at least three figures",
}
"""What may stand in braces, with a sentence for the page on which an office chooses."""

_YEARS = {"year", "short_year", "financial_year"}
_SAFE = re.compile(r"[A-Za-z0-9 ./()_-]*")
_LONGEST = 60


class Written(NamedTuple):
    """What a printed number says: the counter it belongs to, and its place there."""

    period: str
    serial: int


class _Part(NamedTuple):
    literal: str
    field: str
    width: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of numbers. Use only one for which ``problems_with(text)`` finds nothing."""

    text: str

    def period(self, on: date) -> str:
        """The counter a date falls in: "2016", "2024/25", or empty where the numbers never start again."""
        fields = {part.field for part in _parts(self.text)}
        if "financial_year" in fields:
            return financial_year(on)
        return str(on.year) if fields & _YEARS else ""

    def write(self, on: date, serial: int, body: str = "") -> str:
        """The number as printed; a serial below 1 is a ``ValueError``."""
        if serial < 1:
            raise ValueError("A running number starts at 1.")
        values = {
            "body": body,
            "year": f"{on.year:04}",
            "short_year": f"{on.year % 100:02}",
            "financial_year": financial_year(on),
        }
        return "".join(
            part.literal
            + (f"{serial:0{part.width}}" if part.field == "serial" else values.get(part.field, ""))
            for part in _parts(self.text)
        )

    def read(self, reference: str, body: str = "") -> Written | None:
        """What a printed number says under this pattern, however it was typed, or nothing."""
        match = re.fullmatch("".join(_shape(part, body) for part in _parts(self.text)), _plain(reference))
        if match is None:
            return None
        found = match.groupdict()
        if "short_year" in found and "year" not in found:
            found["year"] = f"20{found['short_year']}"
        return Written(found.get("financial_year") or found.get("year") or "", int(found["serial"]))


def financial_year(on: date) -> str:
    """The financial year of a date, from 1 April to 31 March, as "2024/25"."""
    end = financial_year_end(on)
    return f"{end.year - 1}/{end.year % 100:02}"


def problems_with(text: str) -> tuple[Problem, ...]:
    """Every reason why a pattern cannot be used, in words."""
    where = "Number pattern"
    try:
        parts = _parts(text)
    except ValueError as wrong:
        return (Problem(where, str(wrong), "braces"),)
    fields = [part.field for part in parts if part.field]
    found: list[Problem] = []
    for field in dict.fromkeys(fields):
        if field not in FIELDS:
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            found.append(
                Problem(
                    where, f"“{{{field}}}” is not known here. What may be used: {known}.", "unknown-field"
                )
            )
        elif fields.count(field) > 1:
            found.append(Problem(where, f"“{{{field}}}” stands twice. Keep one of them.", "twice"))
    if "serial" not in fields:
        found.append(
            Problem(where, "There is no running number, so two would be the same. Add {serial}.", "no-serial")
        )
    if "financial_year" in fields and {"year", "short_year"} & set(fields):
        found.append(
            Problem(
                where,
                "It names the calendar year and the financial year, so it is not clear when the numbers "
                "start again. Keep one of them.",
                "two-years",
            )
        )
    found.extend(_problems_of_form(where, text, parts))
    return tuple(found)


def _problems_of_form(where: str, text: str, parts: tuple[_Part, ...]) -> Iterable[Problem]:
    unsafe = sorted({c for part in parts for c in part.literal if not _SAFE.fullmatch(c)})
    if unsafe:
        shown = " ".join(unsafe)
        yield Problem(
            where,
            f"These characters cannot be used in a number: {shown}. Use letters, figures, spaces, full "
            "stops, strokes, brackets, dashes and underlines.",
            "unsafe",
        )
    if len(text) > _LONGEST:
        yield Problem(where, f"It is longer than {_LONGEST} characters. Shorten it.", "long")
    if text != text.strip() or "  " in text:
        yield Problem(where, "It begins or ends with a space, or has two together. Take them out.", "spaces")
    for before, after in pairwise(parts):
        if before.field and after.field and not after.literal:
            yield Problem(
                where,
                f"“{{{before.field}}}” and “{{{after.field}}}” stand without anything between them, so that "
                "their figures run together. Put a space, a dash or a stroke between them.",
                "run-together",
            )
    for part in parts:
        if part.field == "serial" and part.literal[-1:].isdigit():
            yield Problem(
                where,
                "The running number follows a figure without anything between them. Put a dash between them.",
                "run-together",
            )


def normal(reference: str) -> str:
    """The form in which numbers are looked up: case, spaces, kinds of dash and leading noughts do not count.

    044/2020 and 44/2020 are the same; so are CPCC 2016-020, cpcc 2016–20 and CPCC2016-20.
    """
    return re.sub(r"\d+", lambda figures: figures[0].lstrip("0") or "0", _plain(reference))


def next_serial(taken: Collection[int], first: int = 1) -> int:
    """The serial after the highest taken in a counter: none is used again, even if it was withdrawn."""
    return max(taken, default=first - 1) + 1


def gaps(taken: Collection[int], first: int = 1) -> tuple[int, ...]:
    """Every serial missing below the highest taken: empty where the register is complete."""
    have = set(taken)
    return tuple(serial for serial in range(first, max(have, default=first - 1) + 1) if serial not in have)


def _parts(text: str) -> tuple[_Part, ...]:
    """The literal before each field, the field and its width; ``ValueError`` says what a brace lacks."""
    try:
        pieces = tuple(Formatter().parse(text))
    except ValueError:
        raise ValueError(
            "A brace is opened or closed without its partner. Write fields as {serial}."
        ) from None
    found: list[_Part] = []
    for literal, field, spec, conversion in pieces:
        if field is None:
            found.append(_Part(literal, "", 1))
            continue
        width = re.fullmatch(r"0([1-9])", spec or "01")
        if width is None or conversion or (spec and field != "serial"):
            raise ValueError(
                f"What follows “{field}” in its braces is not known. Only {{serial:03}} may name a width."
            )
        found.append(_Part(literal, field, int(width[1])))
    return tuple(found)


def _plain(reference: str) -> str:
    """Lower case, one kind of dash, and a space only where it keeps figures apart, written as a dash."""
    words = unicodedata.normalize("NFKC", reference).casefold().strip()
    words = re.sub(r"\s*[-\u2010-\u2015\u2212]\s*", "-", words)
    words = re.sub(r"(?<=\d)\s+(?=\d)", "-", words)
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", words)).casefold()


def _shape(part: _Part, body: str) -> str:
    """The regular expression of one part in its plain form."""
    shapes = {
        "": "",
        "body": re.escape(_plain(body)),
        "year": r"(?P<year>\d{4})",
        "short_year": r"(?P<short_year>\d{2})",
        "financial_year": r"(?P<financial_year>\d{4}/\d{2})",
        "serial": r"(?P<serial>0*[1-9]\d*)",
    }
    literal = re.sub(r"\s*-\s*", "-", part.literal.casefold())
    literal = "".join(r"-?" if c == " " else re.escape(c) for c in literal)
    return literal + shapes[part.field]
