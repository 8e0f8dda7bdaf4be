"""What a measure is: the form in which shipped files and an office's own definitions are written.

One form for both. A shipped definition is a TOML file of `performance/measures`; an office's own is
kept as the same form in JSON, where days are written 2026-04-01. docs/reference/measures.md tells
each field. Reading names every problem at once, each with its place.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from goldthread.core.problems import Problem
from goldthread.core.text import seal_of
from goldthread.performance.definition_checks import problems_of

FOLDER = Path(__file__).parent / "measures"
Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in words for a reader and so that it can be found in its source."""

    source: str
    words: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Column by column, the values that count; none for all rows."""
    column: str = ""
    """The column that holds the number; empty where rows are counted."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at, or why nothing is. Just one of the two is given."""

    value: float | None = None
    none: str = ""


@dataclass(frozen=True, slots=True)
class LimitsAsked:
    """How limits are to be computed, beyond what the office's rule set says."""

    screen: bool = True
    fix_after: int | None = None
    seasonal: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Who wrote a definition, who checked it, and when it is looked at again."""

    author: str = ""
    checker: str = ""
    checked: date | None = None
    next: date | None = None


@dataclass(frozen=True, slots=True)
class InFramework:
    """A framework that asks for the measure, between two days."""

    key: str
    name: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Defined:
    """A measure as it is defined."""

    key: str
    name: str
    theme: str
    why: str
    better: str
    unit: str
    frequency: str
    chart: str
    numerator: Counted
    denominator: Counted | None = None
    decimals: int = 0
    multiplier: float = 1
    caveats: tuple[str, ...] = ()
    target: Target = Target()
    limits: LimitsAsked = LimitsAsked()
    review: Review = Review()
    frameworks: tuple[InFramework, ...] = ()

    def value_of(self, numerator: float, denominator: float | None = None) -> float | None:
        """The value of a figure; None where it is a share of nothing: there is no such rate."""
        if self.denominator is None:
            return numerator * self.multiplier
        return numerator / denominator * self.multiplier if denominator else None


class NotRead(ValueError):
    """A definition that cannot be read; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.message}" for problem in problems))
        self.problems = problems


def read_toml(words: str, where: str) -> tuple[Defined | None, tuple[Problem, ...]]:
    """A definition from a TOML file named ``where``, or every problem that it has."""
    try:
        form = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        return None, (Problem(where, f"This is not TOML: {error}.", "not-toml"),)
    return read_form(form, where)


def read_form(form: Mapping[str, Any], where: str) -> tuple[Defined | None, tuple[Problem, ...]]:
    """A definition from its form, or every problem that it has."""
    problems = tuple(problems_of(form, where))
    return (None, problems) if problems else (_defined(form), ())


def defined(form: Mapping[str, Any], where: str = "definition") -> Defined:
    """A definition from a form that was checked before; raises `NotRead` where it was not."""
    found, problems = read_form(form, where)
    if found is None:
        raise NotRead(problems)
    return found


def _defined(form: Mapping[str, Any]) -> Defined:
    plain = ("key", "name", "theme", "why", "better", "unit", "frequency", "chart")
    target, limits, review = form["target"], form.get("limits", {}), form.get("review", {})
    value = target.get("value")
    return Defined(
        **{name: form[name].strip() for name in plain},
        numerator=_counted(form["numerator"]),
        denominator=_counted(form["denominator"]) if "denominator" in form else None,
        decimals=form.get("decimals", 0),
        multiplier=form.get("multiplier", 1),
        caveats=tuple(caveat.strip() for caveat in form.get("caveats", ())),
        target=Target(None if value is None else float(value), target.get("none", "").strip()),
        limits=LimitsAsked(
            limits.get("screen", True), limits.get("fix_after"), limits.get("seasonal", False)
        ),
        review=Review(
            review.get("author", "").strip(),
            review.get("checker", "").strip(),
            _day(review.get("checked")),
            _day(review.get("next")),
        ),
        frameworks=tuple(
            InFramework(each["key"], each["name"].strip(), _day(each["starts"]), _day(each.get("ends")))
            for each in form.get("framework", ())
        ),
    )


def _counted(form: Mapping[str, Any]) -> Counted:
    where = tuple(sorted((column, tuple(values)) for column, values in form.get("where", {}).items()))
    return Counted(form["source"], form["words"].strip(), where, form.get("column", ""))


def _day(value: date | str | None) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def form_of(definition: Defined) -> Form:
    """The form of a definition, days written out: what is kept, sealed and read again."""
    plain = ("key", "name", "theme", "why", "better", "unit", "frequency", "chart", "decimals", "multiplier")
    form: Form = {name: getattr(definition, name) for name in plain}
    form["caveats"] = list(definition.caveats)
    form["numerator"] = _counted_form(definition.numerator)
    if definition.denominator is not None:
        form["denominator"] = _counted_form(definition.denominator)
    target = definition.target
    form["target"] = {"none": target.none} if target.value is None else {"value": target.value}
    limits = definition.limits
    form["limits"] = _given(screen=limits.screen, fix_after=limits.fix_after, seasonal=limits.seasonal)
    review = definition.review
    form["review"] = _given(
        author=review.author, checker=review.checker, checked=_iso(review.checked), next=_iso(review.next)
    )
    form["framework"] = [
        _given(key=each.key, name=each.name, starts=_iso(each.starts), ends=_iso(each.ends))
        for each in definition.frameworks
    ]
    return form


def _counted_form(counted: Counted) -> Form:
    where = {column: list(values) for column, values in counted.where}
    return _given(source=counted.source, words=counted.words, where=where, column=counted.column)


def _given(**fields: Any) -> Form:
    return {name: value for name, value in fields.items() if value not in (None, "", {})}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def definition_seal(form: Mapping[str, Any]) -> str:
    """The seal of what a definition says."""
    return seal_of(form)


def toml_of(definition: Defined) -> str:
    """A definition as a TOML file, to be kept or sent to another office; `read_toml` gives it again."""
    form = form_of(definition)
    tables = {name: form.pop(name) for name in list(form) if isinstance(form[name], dict)}
    frameworks = form.pop("framework")
    lines = [_line(name, value) for name, value in form.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(_line(field, value) for field, value in table.items())]
    for framework in frameworks:
        lines += ["", "[[framework]]", *(_line(field, value) for field, value in framework.items())]
    return "\n".join(lines) + "\n"


def _line(name: str, value: Any) -> str:
    return f"{name} = {_written(value, bare=name in ('checked', 'next', 'starts', 'ends'))}"


def _written(value: Any, *, bare: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            inner = ", ".join(f"{_quoted(name)} = {_written(each)}" for name, each in value.items())
            return f"{{ {inner} }}"
        case list():
            return f"[{', '.join(_written(each) for each in value)}]"
        case str():
            return value if bare else _quoted(value)
        case _:
            return repr(value)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def shipped() -> Mapping[str, Defined]:
    """Every definition that is shipped, by key. Raises `NotRead` where a file is not in order."""
    found: dict[str, Defined] = {}
    problems: list[Problem] = []
    for path in sorted(FOLDER.glob("*.toml")):
        definition, wrong = read_toml(path.read_text(encoding="utf-8"), path.name)
        problems += wrong
        if definition is not None:
            found[definition.key] = definition
            if definition.key != path.stem:
                problems.append(Problem(path.name, "The key is not the name of the file.", "key"))
    if problems:
        raise NotRead(tuple(problems))
    return found
