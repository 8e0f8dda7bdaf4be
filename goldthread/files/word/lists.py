"""Real Word numbering: sections, numbered paragraphs, lists and the labels of typed blocks."""

from __future__ import annotations

from lxml import etree

from goldthread.core.text import ListItem
from goldthread.files.word.xml import add, make, w

OUTLINE = 1
LEVELS = 9
_BULLETS = "•–▪"
_ORDERED = ("decimal", "lowerLetter", "lowerRoman")
_ORDERED_WORDS = ("%{}.", "(%{})", "(%{})")


class Numbering:
    """The numbering part: the template's linked outline, and the lists that this text needs."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._abstracts: list[etree._Element] = []
        self._numbers: list[etree._Element] = []
        self._labels: dict[str, int] = {}
        self._paragraphs: dict[str, int] = {}
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

    def paragraphs(self, section: str) -> int:
        """The list of the numbered paragraphs of a section that bears no number itself."""
        if section not in self._paragraphs:
            if "paragraphs" not in self._shared:
                abstract = self._abstract("singleLevel")
                self._level(abstract, 0, "decimal", "%1", 851, 851, None, "tab")
                self._shared["paragraphs"] = self._last_abstract()
            self._paragraphs[section] = self._number(self._shared["paragraphs"], 0, 1)
        return self._paragraphs[section]

    def places(self, items: tuple[ListItem, ...], start: int) -> list[tuple[int, int]]:
        """The list and level of every item: nested ordered lists each count for themselves."""
        bullets = self._bullets()
        ordered: dict[int, int] = {}
        marked: dict[int, bool] = {}
        found: list[tuple[int, int]] = []
        for item in items:
            depth = min(item.depth, LEVELS - 1)
            for deeper in [d for d in marked if d > depth]:
                del marked[deeper]
                ordered.pop(deeper, None)
            if not item.ordered:
                found.append((bullets, depth))
            else:
                if depth not in ordered or not marked.get(depth):
                    first = start if depth == 0 and depth not in ordered else 1
                    ordered[depth] = self._number(self._ordered(), depth, first)
                found.append((ordered[depth], depth))
            marked[depth] = item.ordered
        return found

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
