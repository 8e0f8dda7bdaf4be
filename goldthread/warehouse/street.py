"""What a street-level file is: its columns, its kinds of crime, and how its records become figures."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldthread.core.problems import Problem

COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
NEEDED = ("Month", "Falls within", "LSOA code", "Crime type")
CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
EARLIER_CRIME_TYPES = ("Violent crime", "Public disorder and weapons")
MONTH = r"[12]\d{3}-(0[1-9]|1[0-2])"
AREA = r"[EWSN9]\d{8}"
NUMBER = r"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?"
_NAMED = re.compile(
    rf"(?P<month>{MONTH})-(?P<force>[a-z][a-z-]*?)-(?P<kind>street|outcomes|stop-and-search)(?P<rest>\b.*)?$",
    re.IGNORECASE,
)

Kind = Literal["street", "outcomes", "stop-and-search"]


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says: its month, its force's key and its kind. ``rest`` is anything after that."""

    month: date
    force: str
    kind: str
    rest: str


@dataclass(frozen=True, slots=True)
class Header:
    """A heading that can be read: the columns as they stand, the mark between them, what to tell.

    ``stands`` is False where the file begins with a record and the columns are those published.
    """

    columns: tuple[str, ...]
    between: str
    notes: tuple[Problem, ...] = ()
    stands: bool = True


def named(name: str) -> Named | None:
    """What a name like ``2024-01-cambridgeshire-street.csv`` says; None when it says nothing."""
    bare = re.sub(r"\.(csv|gz|txt)$", "", name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1], flags=re.IGNORECASE)
    found = _NAMED.match(re.sub(r"\.csv$", "", bare, flags=re.IGNORECASE))
    if not found:
        return None
    month = date.fromisoformat(f"{found['month']}-01")
    return Named(month, found["force"].casefold(), found["kind"].casefold(), found["rest"] or "")


def month_of(text: str) -> date | None:
    """The month written like 2024-01; None for anything else."""
    return date.fromisoformat(f"{text}-01") if re.fullmatch(MONTH, text) else None


def cells(line: str, between: str = ",") -> list[str]:
    """The cells of one line of a CSV file."""
    return next(csv.reader([line], delimiter=between), [])


def kind_of(columns: tuple[str, ...]) -> Kind | None:
    """What kind of police file has these columns; None for any other file."""
    have = frozenset(columns)
    if _is_record(columns):
        return "street"
    if {"Outcome type", "Crime ID"} <= have:
        return "outcomes"
    if {"Object of search", "Outcome"} <= have or {"Type", "Date", "Legislation"} <= have:
        return "stop-and-search"
    return "street" if len(have & frozenset(COLUMNS)) >= 4 else None


def header(line: str, where: str) -> tuple[Header | None, tuple[Problem, ...]]:
    """Read the first line of a street-level file: a header, or the problems that prevent it."""
    between = max(",;\t|", key=line.count)
    columns = tuple(_column(cell) for cell in cells(line, between))
    if _is_record(columns):
        words = "It has no row of headings; its columns were taken to be those published."
        return Header(COLUMNS, between, (Problem(where, words, "columns"),), stands=False), ()
    problems = []
    for column in sorted({c for c in columns if c and columns.count(c) > 1}):
        problems.append(Problem(where, f"Two columns are headed “{column}”. Remove one.", "columns"))
    for column in NEEDED:
        if column not in columns:
            words = f"The column “{column}” is missing. Its headings are: {', '.join(columns)[:300]}."
            problems.append(Problem(where, words, "columns"))
    if problems:
        return None, tuple(problems)
    return Header(columns, between, tuple(_told(columns, between, where))), ()


def _is_record(row: Sequence[str]) -> bool:
    """Whether a first row is a record already, in the published order."""
    if len(row) != len(COLUMNS):
        return False
    return bool(re.fullmatch(MONTH, row[1])) and row[9] in (*CRIME_TYPES, *EARLIER_CRIME_TYPES)


def _column(cell: str) -> str:
    bare = " ".join(cell.replace("_", " ").split())
    return next((column for column in COLUMNS if column.casefold() == bare.casefold()), bare)


def _told(columns: tuple[str, ...], between: str, where: str) -> list[Problem]:
    told = []
    missing = [column for column in COLUMNS if column not in columns]
    extra = [column for column in columns if column not in COLUMNS]
    if missing:
        told.append(Problem(where, f"It has no column {_quoted(missing)}; that stays unknown.", "columns"))
    if extra:
        told.append(Problem(where, f"The column {_quoted(extra)} is not used.", "columns"))
    if [c for c in columns if c in COLUMNS] != [c for c in COLUMNS if c in columns]:
        told.append(Problem(where, "Its columns stand in another order; they were read by name.", "columns"))
    if between != ",":
        mark = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}[between]
        told.append(Problem(where, f"Its columns are divided by {mark}, not commas.", "columns"))
    return told


def _quoted(names: list[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
