"""How the items of an agenda are numbered: 8.0 or 8, with 9(a), 9a or 9.1 beneath.

Until an agenda is published its numbers follow its order. Once published they are pinned:
a withdrawn item keeps its number, and a late one takes a number that disturbs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import count
from types import MappingProxyType
from typing import NamedTuple


@unique
class ItemStyle(StrEnum):
    """How an item is numbered."""

    DECIMAL = "decimal"
    """8.0"""
    PLAIN = "plain"
    """8"""


@unique
class SubStyle(StrEnum):
    """How an item beneath another is numbered."""

    BRACKETS = "brackets"
    """9(a)"""
    LETTER = "letter"
    """9a"""
    POINT = "point"
    """9.1"""


class Scheme(NamedTuple):
    """How an office numbers its agendas."""

    items: ItemStyle = ItemStyle.DECIMAL
    subs: SubStyle = SubStyle.BRACKETS


NOT_PINNED: Mapping[int, str] = MappingProxyType({})


def number_items(
    depths: Sequence[int], scheme: Scheme, start: int = 1, pinned: Mapping[int, str] = NOT_PINNED
) -> tuple[str, ...]:
    """The number of every item in its order, none twice whatever the case of its letters.

    ``depths`` are 1 for an item and 2 for one beneath it; a 2 before any 1 counts as 1.
    ``pinned`` gives, by place in that order, numbers that were published and never change. An item
    between pinned ones gets a letter (8.0A), one before them all A1.0, and one after them the
    following number; an item beneath another gets the following letter or figure.
    Another depth, a pin without an item, or two pins alike are a ``ValueError``.
    """
    if not set(depths) <= {1, 2}:
        raise ValueError("An item stands at depth 1 or, beneath another, at depth 2.")
    if any(not 0 <= place < len(depths) for place in pinned):
        raise ValueError("A published number belongs to an item that is not on the agenda.")
    taken = {number.casefold() for number in pinned.values()}
    if len(taken) < len(pinned):
        raise ValueError("Two items were published with the same number.")
    return _Numbers(scheme, start, pinned, taken).of(_levelled(depths))


def _levelled(depths: Sequence[int]) -> list[int]:
    """The depths, with every 2 before the first 1 raised to it."""
    first = next((place for place, depth in enumerate(depths) if depth == 1), len(depths))
    return [1 if place < first else depth for place, depth in enumerate(depths)]


@dataclass(frozen=True, slots=True)
class _Numbers:
    scheme: Scheme
    start: int
    pinned: Mapping[int, str]
    taken: set[str]

    def of(self, depths: list[int]) -> tuple[str, ...]:
        tops = [place for place in self.pinned if depths[place] == 1]
        last = max(tops, default=-1)
        highest = max((_leading(self.pinned[place]) for place in tops), default=self.start - 1)
        following = count(highest + 1 if tops else self.start)
        written: dict[int, str] = {}
        beside = ""
        for place, depth in enumerate(depths):
            if depth == 1:
                written[place] = self.pinned.get(place) or (
                    self._between(beside) if place < last else self._next(following)
                )
                beside = re.sub(r"(?<=\d)[A-Z]+$", "", written[place]) if _is_after(written[place]) else ""
        for top, subs in _families(depths):
            self._number_subs(written, written[top], subs)
        return tuple(written[place] for place in range(len(depths)))

    def _item(self, number: int) -> str:
        return f"{number}.0" if self.scheme.items is ItemStyle.DECIMAL else str(number)

    def _next(self, following: count[int]) -> str:
        return self._free(map(self._item, following))

    def _between(self, beside: str) -> str:
        """The free lettered number after the item beside, or before the first where there is none."""
        letters = (_letters(n).upper() for n in count(1))
        if beside:
            return self._free(beside + letter for letter in letters)
        return self._free(letter + self._item(self.start) for letter in letters)

    def _number_subs(self, written: dict[int, str], parent: str, subs: list[int]) -> None:
        stem = re.sub(r"\.0(?=[A-Z]*$)", "", parent)
        ordinals = [self._ordinal(stem, self.pinned[place]) for place in subs if place in self.pinned]
        following = count(max(ordinals, default=0) + 1)
        for place in subs:
            written[place] = self.pinned.get(place) or self._free(self._sub(stem, n) for n in following)

    def _sub(self, stem: str, ordinal: int) -> str:
        if self.scheme.subs is SubStyle.POINT:
            return f"{stem}.{ordinal}"
        letters = _letters(ordinal)
        return f"{stem}({letters})" if self.scheme.subs is SubStyle.BRACKETS else f"{stem}{letters}"

    def _ordinal(self, stem: str, number: str) -> int:
        """The place of a published number beneath its item, 0 where it was published beneath another."""
        if not number.startswith(stem):
            return 0
        mark = number[len(stem) :].strip("().")
        if mark.isdigit():
            return int(mark)
        return _ordinal_of(mark) if re.fullmatch(r"[a-z]{1,2}", mark) else 0

    def _free(self, candidates: Iterator[str]) -> str:
        """The first candidate that no other item has; it is taken from then on."""
        number = next(each for each in candidates if each.casefold() not in self.taken)
        self.taken.add(number.casefold())
        return number


def _leading(number: str) -> int:
    found = re.search(r"\d+", number)
    return int(found[0]) if found else 0


def _is_after(number: str) -> bool:
    """Whether a number follows a plain one (8.0A), rather than standing before the first (A1.0)."""
    return number[:1].isdigit()


def _families(depths: list[int]) -> list[tuple[int, list[int]]]:
    """Every item's place with the places of those beneath it."""
    found: list[tuple[int, list[int]]] = []
    for place, depth in enumerate(depths):
        if depth == 1:
            found.append((place, []))
        else:
            found[-1][1].append(place)
    return found


def _letters(ordinal: int) -> str:
    """1 is a, 26 z, 27 aa."""
    found = ""
    while ordinal:
        ordinal, letter = divmod(ordinal - 1, 26)
        found = chr(ord("a") + letter) + found
    return found


def _ordinal_of(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - ord("a") + 1
    return total
