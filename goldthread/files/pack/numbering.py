"""Printed page numbers that stay where they were: 12, 12a, 12b, 13.

A paper owns the numbers that it was first given. When it comes back longer, its further pages take
letters after its last number; when it comes back shorter, the numbers left over are not used again.
So every other paper keeps the numbers that members have already written on, cited and minuted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

_LABEL = re.compile(r"(\d{1,7})([a-z]{0,40})")
_MOST = 100_000
NOTHING: Mapping[str, str] = {}


class Number(NamedTuple):
    """A printed page number: 12 is (12, ""), 12b is (12, "b"). In order they sort as they are read."""

    whole: int
    letters: str = ""

    def __str__(self) -> str:
        return f"{self.whole}{self.letters}"

    def next_letter(self) -> Number:
        """12 → 12a, 12a → 12b, 12z → 12za."""
        if not self.letters or self.letters[-1] == "z":
            return Number(self.whole, self.letters + "a")
        return Number(self.whole, self.letters[:-1] + chr(ord(self.letters[-1]) + 1))

    def below(self) -> Number:
        """The first number under this one: 12e → 12ea."""
        return Number(self.whole, self.letters + "a")


class Numbered(NamedTuple):
    """A paper's printed numbers, one a page, and those set aside for it that it does not use."""

    pages: tuple[Number, ...]
    unused: tuple[Number, ...] = ()


class NoRoom(Exception):
    """Two numbers stand so close that none fits between them."""


def number_pages(
    papers: Sequence[tuple[str, int]], previous: Mapping[str, str] = NOTHING, *, after: int = 0
) -> tuple[Numbered, ...]:
    """The printed numbers of papers given as (key, how many pages), in the order of the pack.

    ``previous`` gives what the last issue set aside, by key, as ``set_aside`` writes it; ``after`` is
    the last printed number of the pack that this one goes on from. Numbers never repeat. Where none
    fits between two that are taken, everything is numbered afresh after the last number ever used.
    """
    before = {key: tuple(read_numbers(said)) for key, said in previous.items()}
    try:
        return tuple(_kept(papers, before, after))
    except NoRoom:
        last = max((number.whole for numbers in before.values() for number in numbers), default=after)
        return tuple(_kept(papers, {}, max(last, after)))


def _kept(
    papers: Sequence[tuple[str, int]], before: Mapping[str, tuple[Number, ...]], after: int
) -> Iterator[Numbered]:
    taken = sorted({number for numbers in before.values() for number in numbers})
    last = Number(after)
    known = max((place for place, (key, _) in enumerate(papers) if before.get(key)), default=-1)
    for place, (key, count) in enumerate(papers):
        slots = list(before.get(key, ()))
        if slots:
            last = slots[-1]
        elif place > known and taken:
            last = max(last, taken[-1])
        for _ in range(count - len(slots)):
            last = _following(last, taken)
            slots.append(last)
            taken.insert(bisect_right(taken, last), last)
        if slots:
            last = slots[-1]
        yield Numbered(tuple(slots[:count]), tuple(slots[count:]))


def _following(last: Number, taken: Sequence[Number]) -> Number:
    """A number after ``last`` and before the next one taken."""
    at = bisect_right(taken, last)
    if at == len(taken):
        return Number(last.whole + 1)
    for candidate in (last.next_letter(), last.below()):
        if last < candidate < taken[at]:
            return candidate
    raise NoRoom(f"between {last} and {taken[at]}")


def set_aside(numbered: Numbered) -> str:
    """All the numbers of a paper, used or not, as runs: "12-15,15a-15c"."""
    return said_as(numbered.pages + numbered.unused, "-", ",")


def said_as(numbers: Iterable[Number], dash: str = "–", comma: str = ", ") -> str:
    """Numbers as runs for a reader: "12–15, 15a–15c"."""
    runs: list[list[Number]] = []
    for number in numbers:
        if runs and number == _after(runs[-1][-1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return comma.join(str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs)


def _after(number: Number) -> Number:
    return number.next_letter() if number.letters else Number(number.whole + 1)


def read_numbers(said: str) -> Iterator[Number]:
    """The numbers that ``set_aside`` wrote. Raises ValueError where it did not write them."""
    for run in filter(None, said.split(",")):
        first, dash, last = run.partition("-")
        number, end = _read(first), _read(last if dash else first)
        yield number
        for _ in range(_MOST):
            if number == end:
                break
            number = _after(number)
            yield number
        else:
            raise ValueError(f"“{run}” is not a run of page numbers")


def _read(said: str) -> Number:
    found = _LABEL.fullmatch(said)
    if found is None:
        raise ValueError(f"“{said}” is not a page number")
    return Number(int(found[1]), found[2])
