"""Real Word numbering: sections, numbered paragraphs, lists and the labels of typed blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from goldthread.core.text import ListItem
from goldthread.files.word.xml import add, make, w

OUTLINE = 1
LEVELS = 9
_BULLETS = "•–▪"
_ORDERED = ("decimal", "lowerLetter", "lowerRoman")
_ORDERED_WORDS = ("%{}.", "(%{})", "(%{})")


Sides = tuple[ListItem | None, ListItem | None]
Spot = tuple[int, int]
"""A list and a level in it."""


class _Count(NamedTuple):
    """The items of one side that count together, from 1 on (0 for bullets), at a level, from a number."""

    group: int
    level: int
    first: int


def _counted(items: Sequence[ListItem | None], start: int) -> Iterator[_Count | None]:
    """With what each item of one side counts."""
    groups = 0
    counting: dict[int, _Count] = {}
    begun = False
    for item in items:
        if item is None:
            yield None
            continue
        depth = min(item.depth, LEVELS - 1)
        counting = {level: count for level, count in counting.items() if level <= depth}
        if not item.ordered:
            counting.pop(depth, None)
            yield _Count(0, depth, 1)
            continue
        if depth not in counting:
            groups += 1
            counting[depth] = _Count(groups, depth, 1 if begun or depth else start)
            begun = begun or depth == 0
        yield counting[depth]


class Numbering:
    """The numbering part: the template's linked outline, and the lists that this text needs."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._abstracts: list[etree._Element] = []
        self._numbers: list[etree._Element] = []
        self._labels: dict[str, int] = {}
        self._shared: dict[str, int] = {}

    def label(self, words: str, *, counted: bool) -> int:
        """The list that prints ``words`` and, where counted, a count of its own ("Pledge 1.%1")."""
        if words not in self._labels:
            look = make("rPr")
            add(look, "b")
            add(look, "bCs")
            add(look, "color", val="75530C")
            abstract = self._abstract("singleLevel")
            self._level(abstract, 0, "decimal", words + ("%1" if counted else ""), 284, 0, look, "space")
            self._labels[words] = self._instance(abstract)
        return self._labels[words]

    def paragraphs(self) -> int:
        """The list of the paragraphs that count through the whole text, as no heading there has a number."""
        if "paragraphs" not in self._shared:
            abstract = self._abstract("singleLevel")
            self._level(abstract, 0, "decimal", "%1", 851, 851, None, "tab")
            self._shared["paragraphs"] = self._instance(abstract)
        return self._shared["paragraphs"]

    def places(self, items: Sequence[Sides], starts: tuple[int, int]) -> list[tuple[Spot, Spot]]:
        """Where every item stands on the old side and on the new, (0, 0) where it does not.

        Nested ordered lists each count for themselves. The two sides share a list where
        they can, so that only what is marked otherwise needs another look.
        """
        before = list(_counted([old for old, _ in items], starts[0]))
        after = list(_counted([new for _, new in items], starts[1]))
        same: dict[_Count, _Count] = {}
        for was, became in zip(before, after, strict=True):
            if was and became and was[1:] == became[1:] and became not in same.values():
                same.setdefault(was, became)
        lists: dict[tuple[bool, _Count], int] = {}
        bullets = self._bullets()

        def spot(count: _Count | None, new: bool) -> Spot:
            if count is None:
                return 0, 0
            if not count.group:
                return bullets, count.level
            own = (True, same[count]) if not new and count in same else (new, count)
            if own not in lists:
                lists[own] = self._number(self._ordered(), count.level, count.first)
            return lists[own], count.level

        return [(spot(was, False), spot(became, True)) for was, became in zip(before, after, strict=True)]

    def finish(self) -> etree._Element:
        """The part with every abstract list before every list, as the schema asks."""
        first = self.root.find(w("num"))
        at = self.root.index(first) if first is not None else len(self.root)
        for offset, abstract in enumerate(self._abstracts):
            self.root.insert(at + offset, abstract)
        self.root.extend(self._numbers)
        return self.root

    def _bullets(self) -> int:
        if "bullets" not in self._shared:
            abstract = self._abstract("hybridMultilevel")
            for place in range(LEVELS):
                left = 425 * (place + 1)
                self._level(abstract, place, "bullet", _BULLETS[place % 3], left, 425, None, "tab")
            self._shared["bullets"] = self._last_abstract()
        number = self._new_number(self._shared["bullets"])
        return int(number.get(w("numId"), "0"))

    def _ordered(self) -> int:
        if "ordered" not in self._shared:
            abstract = self._abstract("hybridMultilevel")
            for place in range(LEVELS):
                words = _ORDERED_WORDS[place % 3].format(place + 1)
                self._level(abstract, place, _ORDERED[place % 3], words, 425 * (place + 1), 425, None, "tab")
            self._shared["ordered"] = self._last_abstract()
        return self._shared["ordered"]

    def _abstract(self, kind: str) -> etree._Element:
        abstract = make("abstractNum", abstractNumId=len(self._abstracts) + 1)
        add(abstract, "multiLevelType", val=kind)
        self._abstracts.append(abstract)
        return abstract

    def _last_abstract(self) -> int:
        return len(self._abstracts)

    def _instance(self, abstract: etree._Element) -> int:
        number = self._new_number(int(abstract.get(w("abstractNumId"), "0")))
        return int(number.get(w("numId"), "0"))

    def _number(self, abstract: int, level: int, start: int) -> int:
        number = self._new_number(abstract)
        override = add(number, "lvlOverride", ilvl=level)
        add(override, "startOverride", val=start)
        return int(number.get(w("numId"), "0"))

    def _new_number(self, abstract: int) -> etree._Element:
        number = make("num", numId=OUTLINE + 1 + len(self._numbers))
        add(number, "abstractNumId", val=abstract)
        self._numbers.append(number)
        return number

    @staticmethod
    def _level(
        abstract: etree._Element,
        place: int,
        form: str,
        words: str,
        left: int,
        hanging: int,
        look: etree._Element | None,
        gap: str,
    ) -> None:
        level = add(abstract, "lvl", ilvl=place)
        add(level, "start", val=1)
        add(level, "numFmt", val=form)
        add(level, "suff", val=gap)
        add(level, "lvlText", val=words)
        add(level, "lvlJc", val="left")
        add(add(level, "pPr"), "ind", left=left, hanging=hanging)
        if look is not None:
            level.append(look)
