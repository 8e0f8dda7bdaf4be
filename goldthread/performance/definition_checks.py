"""All that can be wrong with the form of a definition, each problem with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from goldthread.core.problems import Problem
from goldthread.warehouse.street import CRIME_TYPES

BETTER = ("up", "down", "neither")
FREQUENCIES = ("month", "quarter", "year", "event")
CHARTS = ("xmr", "p", "p-prime", "u", "u-prime", "c", "g", "t", "run")
SOURCES = ("street", "open-table", "population", "return")
SHARES = ("p", "p-prime", "u", "u-prime")
LARGEST = 1e12

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Check = Callable[[Any], str]


class Field(NamedTuple):
    """One field of a form: what is wrong with a value of it, if anything, and whether it must be there."""

    wrong: Check
    required: bool = False


def _words(most: int) -> Check:
    def wrong(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            return "Write it in words."
        return f"This is longer than {most} characters." if len(value) > most else ""

    return wrong


def _key(value: Any) -> str:
    if isinstance(value, str) and len(value) <= 80 and _KEY.fullmatch(value):
        return ""
    return "Use small letters, digits and single hyphens, as in “burglary-rate”."


def _one_of(choices: tuple[str, ...]) -> Check:
    def wrong(value: Any) -> str:
        return "" if value in choices else f"Choose one of: {', '.join(choices)}."

    return wrong


def _whole(least: int, most: int) -> Check:
    def wrong(value: Any) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fits else f"Give a whole number from {least} to {most}."

    return wrong


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "Give a number."
    return "" if abs(value) <= LARGEST else "This number is too large."


def _positive(value: Any) -> str:
    return _number(value) or ("" if value > 0 else "Give a number above zero.")


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "Say true or false."


def _day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return ""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "Give a day, as in 2026-04-01."
    return ""


def _list_of_words(value: Any) -> str:
    fits = isinstance(value, list | tuple) and all(isinstance(each, str) and each.strip() for each in value)
    return "" if fits else "Give a list of sentences."


def _where(value: Any) -> str:
    fits = isinstance(value, Mapping) and all(
        isinstance(values, list | tuple) and values and all(isinstance(each, str) for each in values)
        for values in value.values()
    )
    return "" if fits else "Give, for each column, the list of values that count."


def _table(value: Any) -> str:
    return "" if isinstance(value, Mapping) else "This must be a table of its own."


def _tables(value: Any) -> str:
    fits = isinstance(value, list | tuple) and all(isinstance(each, Mapping) for each in value)
    return "" if fits else "Each of these must be a table of its own."


MEASURE: Mapping[str, Field] = {
    "key": Field(_key, required=True),
    "name": Field(_words(160), required=True),
    "theme": Field(_words(120), required=True),
    "why": Field(_words(2000), required=True),
    "better": Field(_one_of(BETTER), required=True),
    "unit": Field(_words(80), required=True),
    "frequency": Field(_one_of(FREQUENCIES), required=True),
    "chart": Field(_one_of(CHARTS), required=True),
    "decimals": Field(_whole(0, 6)),
    "multiplier": Field(_positive),
    "caveats": Field(_list_of_words),
    "numerator": Field(_table, required=True),
    "denominator": Field(_table),
    "target": Field(_table, required=True),
    "limits": Field(_table),
    "review": Field(_table),
    "framework": Field(_tables),
}
COUNTED: Mapping[str, Field] = {
    "source": Field(_one_of(SOURCES), required=True),
    "words": Field(_words(500), required=True),
    "where": Field(_where),
    "column": Field(_words(120)),
}
TARGET: Mapping[str, Field] = {"value": Field(_number), "none": Field(_words(500))}
LIMITS: Mapping[str, Field] = {
    "screen": Field(_flag),
    "fix_after": Field(_whole(12, 600)),
    "seasonal": Field(_flag),
}
REVIEW: Mapping[str, Field] = {
    "author": Field(_words(200)),
    "checker": Field(_words(200)),
    "checked": Field(_day),
    "next": Field(_day),
}
FRAMEWORK: Mapping[str, Field] = {
    "key": Field(_key, required=True),
    "name": Field(_words(160), required=True),
    "starts": Field(_day, required=True),
    "ends": Field(_day),
}
PARTS: Mapping[str, Mapping[str, Field]] = {
    "numerator": COUNTED,
    "denominator": COUNTED,
    "target": TARGET,
    "limits": LIMITS,
    "review": REVIEW,
}


def problems_of(form: Any, where: str) -> Iterator[Problem]:
    """Every problem of a form, in the order of its fields; nothing where it is in order."""
    if not isinstance(form, Mapping):
        yield Problem(where, "A definition is a table of fields.", "not-a-table")
        return
    yield from _fields(form, MEASURE, where)
    for name, fields in PARTS.items():
        if isinstance(form.get(name), Mapping):
            yield from _fields(form[name], fields, f"{where}, [{name}]")
    frameworks = form.get("framework", ())
    for number, each in enumerate(frameworks if isinstance(frameworks, list | tuple) else (), start=1):
        if isinstance(each, Mapping):
            place = f"{where}, [[framework]] {number}"
            yield from _fields(each, FRAMEWORK, place)
            yield from _dated(each, "starts", "ends", place)
    yield from _together(form, where)


def _fields(form: Mapping[str, Any], fields: Mapping[str, Field], where: str) -> Iterator[Problem]:
    for name, field in fields.items():
        if name not in form:
            if field.required:
                yield Problem(f"{where}, {name}", "This is missing.", "missing")
        elif wrong := field.wrong(form[name]):
            yield Problem(f"{where}, {name}", wrong, "wrong")
    for name in form:
        if name not in fields:
            known = ", ".join(fields)
            yield Problem(f"{where}, {name}", f"There is no such field here. There are: {known}.", "unknown")


def _together(form: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """What is wrong with fields that must agree with each other."""
    target = form.get("target")
    if isinstance(target, Mapping) and ("value" in target) == ("none" in target):
        yield Problem(
            f"{where}, [target]", "Give a value, or the reason why there is none: just one of them.", "target"
        )
    chart, shared = form.get("chart"), "denominator" in form
    if chart in SHARES and not shared:
        words = f"A {chart} chart draws a share, so say what it is a share of."
        yield Problem(f"{where}, [denominator]", words, "denominator")
    if chart in ("c", "g", "t") and shared:
        words = f"A {chart} chart draws counts or the time between events, so there is no denominator."
        yield Problem(f"{where}, [denominator]", words, "denominator")
    if (chart in ("g", "t")) != (form.get("frequency") == "event"):
        words = "A g or t chart goes with the frequency “event”, and no other chart does."
        yield Problem(f"{where}, frequency", words, "frequency")
    for name in ("numerator", "denominator"):
        yield from _street(form.get(name), f"{where}, [{name}], where")
    review = form.get("review")
    if isinstance(review, Mapping):
        yield from _dated(review, "checked", "next", f"{where}, [review]")
        if review.get("author") and review.get("author") == review.get("checker"):
            words = "Somebody other than its author checks a definition."
            yield Problem(f"{where}, [review], checker", words, "checker")


def _street(counted: Any, where: str) -> Iterator[Problem]:
    if not isinstance(counted, Mapping) or counted.get("source") != "street":
        return
    kinds = counted.get("where")
    named = kinds.get("crime_type", ()) if isinstance(kinds, Mapping) else ()
    for kind in named if isinstance(named, list | tuple) else ():
        if kind not in CRIME_TYPES:
            words = f"“{kind}” is no crime type of a street-level archive. Copy the name as it is published."
            yield Problem(where, words, "crime-type")


def _dated(form: Mapping[str, Any], first: str, last: str, where: str) -> Iterator[Problem]:
    if first in form and last in form and not _day(form[first]) and not _day(form[last]):
        days = [d if isinstance(d, date) else date.fromisoformat(d) for d in (form[first], form[last])]
        if days[1] < days[0]:
            yield Problem(f"{where}, {last}", "This is before the first day.", "dates")
