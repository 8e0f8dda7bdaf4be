"""What a leak check gathers, and how it is told: one problem a sort of thing, with its places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from goldthread.core.problems import Problem
from goldthread.files.hidden.sayings import SAYINGS

_PLACES, _SAMPLES, _NAMES, _LONG = 6, 3, 5, 60
_UNSHOWN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
_MOST = 100_000


def plain(words: str, most: int = _LONG) -> str:
    """Words on one line without control characters, cut at so many."""
    words = _UNSHOWN.sub(" ", words[: 8 * most]).strip()
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(slots=True)
class _Sort:
    """All of one sort: how many, where, what they say, by whom and of what kinds."""

    count: int = 0
    places: dict[str, None] = field(default_factory=dict)
    samples: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)


class Findings:
    """What one file of a kind (docx, xlsx or pdf) was found to hide."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._sorts: dict[str, _Sort] = {}

    def add(
        self, code: str, place: str, sample: str = "", *, by: str = "", kind: str = "", count: int = 1
    ) -> None:
        """Note a thing: its place, words of it, whose it is, and its kind in the singular."""
        sort = self._sorts.setdefault(code, _Sort())
        sort.count += count
        if kind:
            sort.kinds[kind] += count
        for held, said in ((sort.places, place), (sort.samples, plain(sample)), (sort.names, plain(by))):
            if said and len(held) < _MOST:
                held[said] = None

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in self._sorts and self._sorts[code].count > 0

    def problems(self) -> tuple[Problem, ...]:
        """One problem a sort, the gravest sort first."""
        return tuple(self._problem(code) for code in SAYINGS if code in self)

    def _problem(self, code: str) -> Problem:
        sort, saying = self._sorts[code], SAYINGS[code]
        what = saying.one if sort.count == 1 else f"{sort.count:,} {saying.many}"
        if sort.kinds and (len(sort.kinds) > 1 or sort.count > 1):
            what += f" ({', '.join(_counted(n, kind) for kind, n in sort.kinds.items())})"
        if sort.names:
            what += f" by {listed(_first(sort.names, _NAMES, 'others'))}"
        if sort.samples:
            shown = [f"“{sample}”" for sample in list(sort.samples)[:_SAMPLES]]
            what += f"{', such as' if len(sort.samples) > _SAMPLES else ':'} {listed(shown)}"
        told = what[:1].upper() + what[1:]
        where = "; ".join(_first(sort.places, _PLACES, "more places")) or "the file"
        end = "" if told.endswith((".", "…”", "?")) and not told.endswith("…”") else "."
        return Problem(where, f"{told}{end} {saying.mend(self._kind)}".strip(), code)


def _counted(number: int, kind: str) -> str:
    return f"{number:,} {kind}{'' if number == 1 else 's'}"


def _first(held: Iterable[str], most: int, rest: str) -> list[str]:
    """The first few, and how many more there are."""
    all_of = list(held)
    if len(all_of) <= most:
        return all_of
    return [*all_of[:most], f"{len(all_of) - most:,} {rest}"]


def spans(numbers: Iterable[int], name: str = "") -> str:
    """Numbers as ranges after a name: ``pages 1–3, 7``; ``name`` is in the singular."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs[:12])
    more = ", …" if len(runs) > 12 else ""
    many = len(runs) > 1 or (runs and runs[0][0] != runs[0][1])
    return f"{name}{'s' if many else ''} {said}{more}" if name else said + more


def as_json(problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Problems in the form that ``check-file --json`` prints."""
    return {
        "problems": [
            {"code": problem.code, "where": problem.where, "message": problem.message} for problem in problems
        ]
    }
