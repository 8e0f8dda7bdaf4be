"""A text laid out for the checks: every line with its place, and what the paper says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from goldthread.core.citations import written_dates
from goldthread.core.governance.references import financial_year
from goldthread.core.proofing.findings import Facts, Finding, PaperKind
from goldthread.core.text import (
    KIND_NAMES,
    Block,
    Figure,
    Kind,
    ListBlock,
    Section,
    Table,
    Text,
    Typed,
    numbers,
    plain,
)

NAMELESS = ("", "Front page", "Untitled")
"""Titles that an importer gives to what stood under no heading."""
APPENDED = re.compile(r"^(?:appendix|appendices|annexe?s?)\b", re.IGNORECASE)
"""The heading of what is appended: from there on it is another paper's text."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBER = re.compile(r"^\(?\d{1,3}(?:\.\d{1,3})*[.)]?$")
_DATED = re.compile(
    r"^\s*(?i:(?:meeting\s+|report\s+)?date(?:\s+of\s+(?:the\s+)?(?:meeting|report|paper))?)\s*[:\t]\s*"
    r"|\s(?:Date|DATE)\s*:\s*"
)
_MINUTES = re.compile(
    r"^\s*(?:(?:draft|open|public|unconfirmed)\s+)*minutes\b|\bminutes of (?:the|a)\b", re.I
)
_FRONT_LINES = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item of a list, one paragraph of a cell, or a typed block's statement."""

    section: Section
    block: Block
    words: str
    in_table: bool = False


class Reading:
    """A text with its printed numbers and facts, read once for every check.

    ``printed`` holds the labels that a file showed, by key; None where numbers are computed from
    position, as in a text that is kept here: then no number can stand twice.
    """

    def __init__(self, text: Text, printed: Mapping[str, str] | None, facts: Facts) -> None:
        self.text = text
        self.printed = printed
        self.labels: Mapping[str, str] = numbers(text) if printed is None else printed
        self.sections = tuple(section for _, section in text.walk())
        self.lines = tuple(_lines(self.sections))
        self.facts = _settled(facts, text, self.lines)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Where every section and block stands in reading order, by key."""
        keys = (key for section in self.sections for key in (section.key, *(b.key for b in section.blocks)))
        return {key: place for place, key in enumerate(keys)}

    def at(self, code: str, message: str, section: Section, block: Block | None = None) -> Finding:
        """A finding at a section or at one of its blocks."""
        place = self.place(section, block) if block else self.name_of(section)
        return Finding(code, place, message, section.key, block.key if block else "")

    def name_of(self, section: Section) -> str:
        """How a section is called: "Section 3, Background", or its title alone."""
        label = self.labels.get(section.key, "").strip(" .")
        title = shortened(section.title, 60) or "Untitled section"
        if not label:
            return title
        name = f"Section {label}" if label[:1].isdigit() else label
        called = title if title.casefold().startswith(name.casefold()) else f"{name}, {title}"
        return f"{called}{self._which(section.key)}"

    def place(self, section: Section, block: Block) -> str:
        """How a block is called: "Paragraph 3.4 (second)", or its section and where it stands there."""
        label = self.labels.get(block.key, "")
        if label and not isinstance(block, ListBlock) and block.kind is not Kind.NOTE:
            named = f"Paragraph {label.rstrip('.')}" if _NUMBER.match(label) else label
            return f"{named}{self._which(block.key)}"
        alike = [other.key for other in section.blocks if other.kind is block.kind]
        noun = KIND_NAMES[block.kind].lower()
        which = f" {alike.index(block.key) + 1}" if len(alike) > 1 and block.key in alike else ""
        return f"{self.name_of(section)}, {noun}{which}"

    @cached_property
    def _alike(self) -> Mapping[str, list[str]]:
        """The keys that bear each printed label, in reading order."""
        found: dict[str, list[str]] = {}
        for key in self.order:
            label = self.labels.get(key, "").strip(" .()")
            if label:
                found.setdefault(label, []).append(key)
        return found

    def _which(self, key: str) -> str:
        """Which of those that bear one number, where there are more than one: " (second)"."""
        alike = self._alike.get(self.labels.get(key, "").strip(" .()"), [])
        if len(alike) < 2 or key not in alike or self.printed is None:
            return ""
        place = alike.index(key)
        return f" ({_ORDINALS[place] if place < len(_ORDINALS) else f'number {place + 1}'})"


def _lines(sections: tuple[Section, ...]) -> Iterator[Line]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, ListBlock):
                yield from (Line(section, block, plain(item.runs)) for item in block.items)
            elif isinstance(block, Table):
                cells = (cell for row in block.rows for cell in row.cells)
                yield from (Line(section, block, plain(p), True) for cell in cells for p in cell.paragraphs)
            else:
                yield Line(section, block, plain(block.runs))


def _settled(facts: Facts, text: Text, lines: tuple[Line, ...]) -> Facts:
    """The facts given, with what the paper says of itself where nothing was given."""
    front = tuple(_front(text, lines))
    kind = facts.kind
    if kind is None:
        said = (text.title, *(line.words for line in front[:6]))
        minutes = _MINUTES.search(text.title) or any(_MINUTES.match(words) for words in said)
        kind = PaperKind.MINUTES if minutes else PaperKind.PAPER
    dated = facts.dated or facts.meeting_on or _date_of(front) or _date_of(lines)
    meeting_on = facts.meeting_on
    if meeting_on is None and kind is PaperKind.MINUTES:
        meeting_on = _first_date((text.title, *(line.words for line in front))) or dated
    year = facts.financial_year or (financial_year(dated) if dated else "")
    return replace(facts, kind=kind, dated=dated, meeting_on=meeting_on, financial_year=year)


def _front(text: Text, lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines at the head of a paper, before its first heading, or its first lines where it has none."""
    first = text.sections[0] if text.sections else None
    for line in lines[:_FRONT_LINES]:
        if line.section is not first:
            return
        yield line


def _date_of(front: tuple[Line, ...]) -> date | None:
    """The first day after "Date:", on its line or in the cell after it."""
    for place, line in enumerate(front):
        named = _DATED.search(f"{line.words}:" if line.in_table else line.words)
        if named:
            following = front[place + 1].words if place + 1 < len(front) and line.in_table else ""
            return _first_date((line.words[named.end() :], following))
    return None


def _first_date(lines: tuple[str, ...]) -> date | None:
    return next((day.on for words in lines for day in written_dates(words) if day.on), None)


def is_statement(block: Block) -> bool:
    """Whether a block speaks for the paper itself: neither a quotation, a picture nor a source."""
    if isinstance(block, Typed):
        return block.kind not in {Kind.CONTACT, Kind.SOURCE_DOCUMENT}
    return block.kind is not Kind.QUOTATION and not isinstance(block, Figure)


def shortened(words: str, most: int = 90) -> str:
    """Words on one line, cut between two of them where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(' .,;:–-')}…"


_END = re.compile(r"(?<=[a-z0-9)”’\"%])[.!?;][”’)]?(?=\s+[A-Z(“‘\"]|\s*$)|\n+")


def sentences(words: str) -> Iterator[str]:
    """The sentences of some words, parted at stops that a capital follows."""
    start = 0
    for match in _END.finditer(words):
        if words[start : match.end()].strip():
            yield words[start : match.end()].strip()
        start = match.end()
    if words[start:].strip():
        yield words[start:].strip()
