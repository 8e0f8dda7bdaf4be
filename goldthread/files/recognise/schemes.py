"""How a file numbers itself: more than one way, or a number that stands twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from goldthread.core.problems import Problem
from goldthread.files.recognise.lines import Line

_SCHEMES = (
    ("1, 1.1", re.compile(r"^\d{1,3}(?:\.\d{1,3})*\.?$")),
    ("1)", re.compile(r"^\(?\d{1,3}\)$")),
    ("I, II", re.compile(r"^[IVX]{1,6}[.)]?$")),
    ("A, B", re.compile(r"^[A-Z][.)]?$")),
    ("a, b", re.compile(r"^\(?[a-z][.)]$")),
    ("named", re.compile(r"^(?:section|part|chapter|article|objective|theme)\s+\w+[.:]?$", re.IGNORECASE)),
)
_PARAGRAPH = re.compile(r"^\d{1,3}(?:\.\d{1,3})+\.?$")


def scheme_of(label: str) -> str:
    """Which way of numbering a label belongs to; empty where it is none we know."""
    return next((name for name, form in _SCHEMES if form.match(label.strip())), "")


def scheme_problems(lines: list[Line]) -> Iterator[Problem]:
    """Two ways of numbering at one level, numbers both typed and computed, and numbers used twice."""
    levels: dict[int, Counter[str]] = {}
    numbered = [line for line in lines if line.label and (line.heading or _PARAGRAPH.match(line.label))]
    for line in numbered:
        scheme = scheme_of(line.label)
        if scheme and line.heading:
            levels.setdefault(line.heading, Counter())[scheme] += 1
    for level, schemes in sorted(levels.items()):
        if len(schemes) > 1:
            said = " and ".join(f"“{name}” ({count})" for name, count in schemes.most_common())
            yield Problem("", f"Headings of level {level} are numbered in two ways: {said}.", "two-schemes")
    if len({line.typed for line in numbered}) > 1:
        typed = sum(line.typed for line in numbered)
        yield Problem(
            "",
            f"{typed} numbers were typed by hand, {len(numbered) - typed} made by Word: they may not agree.",
            "typed-and-made",
        )
    seen: dict[str, str] = {}
    for line in numbered:
        label = line.label.strip(" .()")
        if label in seen and scheme_of(line.label) == "1, 1.1":
            yield Problem(
                line.block.place, f"The number {label} was used before ({seen[label]}).", "number-twice"
            )
        seen.setdefault(label, line.block.place)
