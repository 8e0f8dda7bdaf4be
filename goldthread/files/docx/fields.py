"""Fields: their results are read, their codes are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from goldthread.core.text import safe_address
from goldthread.files.docx.names import FLD_CHAR, FLD_TYPE, OFF, TXBX, VAL, P, W
from goldthread.files.docx.numbering import child_value, number
from goldthread.files.docx.shelf import Shelf
from goldthread.files.docx.symbols import symbol

DANGEROUS = {
    "DDE": "a link that runs a program (DDE)",
    "DDEAUTO": "a link that runs a program (DDE)",
    "INCLUDEPICTURE": "a picture fetched from elsewhere (INCLUDEPICTURE)",
    "INCLUDETEXT": "text fetched from elsewhere (INCLUDETEXT)",
    "INCLUDE": "text fetched from elsewhere (INCLUDE)",
    "IMPORT": "a picture fetched from elsewhere (IMPORT)",
    "LINK": "a link to another program's file (LINK)",
    "RD": "a reference to another document (RD)",
    "MACROBUTTON": "a button that runs a macro",
    "DATABASE": "a query of a database (DATABASE)",
}
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
MAX_CODE = 4_000


def split(code: str) -> list[str]:
    """A field's code as words, quotes taken off; at most 4,000 characters are looked at."""
    return [
        quoted.replace("\\\\", "\\") if quoted else bare for quoted, bare in _WORDS.findall(code[:MAX_CODE])
    ]


@dataclass(slots=True)
class Open:
    """A field that has begun: its code so far, and its link once its result has begun."""

    code: list[str] = field(default_factory=list)
    result: bool = False
    link: str = ""
    contents: bool = False


@dataclass(slots=True)
class Fields:
    """The fields open at one point of a story (the body, a cell's text box, a note)."""

    shelf: Shelf
    unmatched: set[etree._Element]
    open: list[Open] = field(default_factory=list)
    coding: bool = False
    link: str = ""
    contents: bool = False

    def char(self, element: etree._Element, place: str) -> str:
        """Step over a ``w:fldChar``; gives the words it stands for (a form's box or choice)."""
        kind = element.get(FLD_TYPE, "")
        words = ""
        if kind == "begin":
            if element in self.unmatched:
                return ""
            self.open.append(Open())
            words = _form(element)
        elif kind == "separate" and self.open:
            self._separate(self.open[-1], place)
        elif kind == "end" and self.open:
            last = self.open.pop()
            if not last.result:
                words = self.judge("".join(last.code), place)[1]
        self._refresh()
        return words

    def _separate(self, top: Open, place: str) -> None:
        top.result = True
        code = "".join(top.code)
        top.contents = code.split(None, 1)[:1] == ["TOC"]
        top.link = self.judge(code, place)[0]

    def _refresh(self) -> None:
        self.coding = any(not each.result for each in self.open)
        self.link = next((each.link for each in reversed(self.open) if each.link), "")
        self.contents = any(each.contents for each in self.open)

    def code(self, words: str) -> None:
        """Take in a piece of a field's code."""
        if self.open and not self.open[-1].result:
            self.open[-1].code.append(words[:MAX_CODE])

    def judge(self, code: str, place: str) -> tuple[str, str]:
        """A field's link address, and the words it stands for without a result; dangers are named."""
        words = split(code)
        name = words[0].upper() if words else ""
        if name in DANGEROUS:
            self.shelf.warn(
                place, f"A field with {DANGEROUS[name]} was dropped; its last result was kept.", "field"
            )
        elif name == "HYPERLINK":
            target = next((word for word in words[1:] if not word.startswith("\\")), "")
            if "\\l" in words[1:2]:
                return "", ""
            return self.address(target, place), ""
        elif name == "SYMBOL" and len(words) > 1:
            font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
            return "", symbol(number(words[1], 0, 0x10FFFF), font)
        return "", ""

    def address(self, target: str, place: str) -> str:
        """A link's address if it may be kept; otherwise it is named and dropped."""
        target = target.strip()
        if not target:
            return ""
        if safe_address(target):
            return target
        self.shelf.warn(place, f"A link to “{target[:80]}” was dropped; its words were kept.", "link")
        return ""


def _form(begin: etree._Element) -> str:
    """A form's tick box or chosen item."""
    data = begin.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        said = box.find(W + "checked")
        said = box.find(W + "default") if said is None else said
        return "☒" if said is not None and said.get(VAL, "1") not in OFF else "☐"
    choice = data.find(W + "ddList")
    if choice is not None:
        entries = [entry.get(VAL, "") for entry in choice.iterchildren(W + "listEntry")]
        at = number(child_value(choice, "result") or child_value(choice, "default"), 0)
        return entries[at] if at < len(entries) else ""
    return ""


def unmatched(story: etree._Element, gone: frozenset[str]) -> set[etree._Element]:
    """The field beginnings in a story that never end in this view; they are passed over."""
    begun: list[etree._Element] = []
    for element in story.iter(FLD_CHAR):
        if gone and _hidden(element, gone):
            continue
        kind = element.get(FLD_TYPE)
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)


def _hidden(element: etree._Element, gone: frozenset[str]) -> bool:
    for above in element.iterancestors():
        if above.tag in gone:
            return True
        if above.tag in (P, TXBX):
            return False
    return False
