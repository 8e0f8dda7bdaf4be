"""The numbering resolver: the label that Word prints before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from goldthread.files.docx.formats import MAX_NUMBER, written
from goldthread.files.docx.names import OFF, RPR, VAL, W
from goldthread.files.docx.symbols import bullet

MAX_LEVELS = 9
MAX_LISTS = 20_000
MAX_LABEL = 120
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as the file declares it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    font: str = ""


@dataclass(slots=True)
class Abstract:
    """A list's definition, and the numbers it has reached."""

    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""
    reached: list[int | None] = field(default_factory=lambda: [None] * MAX_LEVELS)


@dataclass(frozen=True, slots=True)
class Num:
    """A use of a definition, with its own starts and levels."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


def number(text: str | None, default: int, most: int = MAX_NUMBER) -> int:
    """A number from a file, from 0 to ``most``; ``default`` where it is no number."""
    try:
        return max(0, min(int(text or ""), most))
    except ValueError:
        return default


def child_value(element: etree._Element, name: str) -> str | None:
    """The ``w:val`` of a child, or None where there is no such child."""
    for child in element.iterchildren(W + name):
        return child.get(VAL, "")
    return None


def _level(element: etree._Element) -> Level:
    restart = child_value(element, "lvlRestart")
    legal = child_value(element, "isLgl")
    form = next((child.get(VAL, "") for child in element.iter(W + "numFmt")), "")
    properties = element.find(RPR)
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return Level(
        number(child_value(element, "start"), 0 if child_value(element, "start") is None else 1),
        form or "decimal",
        (child_value(element, "lvlText") or "")[:MAX_LABEL],
        None if restart is None else number(restart, 0, MAX_LEVELS),
        legal is not None and legal not in OFF,
        child_value(element, "pStyle") or "",
        (fonts.get(W + "ascii") or "") if fonts is not None else "",
    )


class Numbering:
    """Counts through a document. One for each reading, since it remembers where it stands."""

    def __init__(self, root: etree._Element | None, list_style: Callable[[str], str]) -> None:
        """``list_style`` gives the list id of a numbering style, for lists defined by style."""
        self._abstracts: dict[str, Abstract] = {}
        self._nums: dict[str, Num] = {}
        self._used: set[tuple[str, int]] = set()
        self._list_style = list_style
        self._resolved: dict[str, Abstract | None] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._restarts: dict[tuple[str, int], tuple[int, ...]] = {}
        self.capped = False
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for element in root.iterchildren(W + "abstractNum"):
            if len(self._abstracts) >= MAX_LISTS:
                break
            abstract = Abstract(link=child_value(element, "numStyleLink") or "")
            for level in element.iterchildren(W + "lvl"):
                abstract.levels[number(level.get(W + "ilvl"), 0, MAX_LEVELS - 1)] = _level(level)
            self._abstracts[element.get(W + "abstractNumId", "")] = abstract
        for element in root.iterchildren(W + "num"):
            if len(self._nums) >= MAX_LISTS:
                break
            starts: dict[int, int] = {}
            levels: dict[int, Level] = {}
            for override in element.iterchildren(W + "lvlOverride"):
                place = number(override.get(W + "ilvl"), 0, MAX_LEVELS - 1)
                start = child_value(override, "startOverride")
                if start is not None:
                    starts[place] = number(start, 1)
                own = override.find(W + "lvl")
                if own is not None:
                    levels[place] = _level(own)
                    starts.setdefault(place, levels[place].start)
            self._nums[element.get(W + "numId", "")] = Num(
                child_value(element, "abstractNumId") or "", starts, levels
            )

    def _abstract(self, num: str, hops: int = 0) -> Abstract | None:
        """The definition behind a list id, through links by style at most ten deep."""
        if num not in self._resolved:
            found = self._nums.get(num)
            abstract = self._abstracts.get(found.abstract) if found else None
            if abstract and abstract.link and not abstract.levels and hops < 10:
                abstract = self._abstract(self._list_style(abstract.link), hops + 1) or abstract
            self._resolved[num] = abstract
        return self._resolved[num]

    def level_of_style(self, num: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style, if it does."""
        abstract, used = self._abstract(num), self._nums.get(num)
        for levels in (used.levels if used else {}), (abstract.levels if abstract else {}):
            for place, level in levels.items():
                if level.style == style:
                    return place
        return None

    def level(self, num: str, place: int) -> Level | None:
        """The level of a list as it stands after overrides."""
        if (num, place) not in self._levels:
            abstract, used = self._abstract(num), self._nums.get(num)
            self._levels[num, place] = (
                None
                if abstract is None or used is None
                else used.levels.get(place) or abstract.levels.get(place)
            )
        return self._levels[num, place]

    def next_label(self, num: str, place: int) -> str:
        """Count one paragraph of a list at a level (0-8) and give its printed label."""
        place = max(0, min(place, MAX_LEVELS - 1))
        abstract, level = self._abstract(num), self.level(num, place)
        if abstract is None or level is None:
            return ""
        reached = abstract.reached
        override = self._nums[num].starts.get(place)
        before = reached[place]
        if override is not None and (num, place) not in self._used:
            reached[place] = override
        else:
            reached[place] = level.start if before is None else min(before + 1, MAX_NUMBER)
        for above in range(place):
            if reached[above] is None:
                skipped = self.level(num, above)
                reached[above] = skipped.start if skipped else 1
        self._used.add((num, place))
        self.capped = self.capped or reached[place] == MAX_NUMBER
        for below in self._begun_again(num, place):
            reached[below] = None
        return self._print(num, level, reached)

    def _begun_again(self, num: str, place: int) -> tuple[int, ...]:
        """The deeper levels that start again after a paragraph at a level."""
        if (num, place) not in self._restarts:
            deeper = ((below, self.level(num, below)) for below in range(place + 1, MAX_LEVELS))
            self._restarts[num, place] = tuple(
                below
                for below, level in deeper
                if level is None or level.restart is None or (level.restart and place < level.restart)
            )
        return self._restarts[num, place]

    def _print(self, num: str, level: Level, reached: list[int | None]) -> str:
        if level.form == "bullet":
            return bullet(level.text, level.font)

        def one(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            at = self.level(num, place) or Level()
            value = reached[place]
            form = "decimal" if level.legal and at.form not in ("decimalZero", "none") else at.form
            return written(at.start if value is None else value, form)

        return _PLACE.sub(one, level.text).strip()[:MAX_LABEL]
