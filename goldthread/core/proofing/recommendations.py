"""Recommendations: none, stated twice, and whether the two agree; or one that asks for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from goldthread.core.compare.changes import Status
from goldthread.core.compare.words import diff_runs
from goldthread.core.governance.verbs import verb_of
from goldthread.core.proofing.findings import Finding, PaperKind
from goldthread.core.proofing.reading import APPENDED, Line, Reading, shortened
from goldthread.core.text import Block, Kind, Run, Section, Typed, canonical, plain

HEADING = re.compile(
    r"^(?:\d+\.?\s+)?(?:\w+[’']?s? ){0,3}?recommendations?(?:\s*\(s\))?"
    r"(?:\s+(?:to|for) the (?:board|panel|commissioner|committee))?\s*:?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:is|are)\s+(?:therefore\s+)?(?:asked|invited|recommended|requested)\s+(?:to|that)\b"
    r"|\b(?:it is|I|we)\s+(?:therefore\s+)?recommend(?:ed)?\s+(?:that|to)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^.{0,60}\b(?:see|as (?:set out|given|stated)|repeated)\b.{0,40}\b(?:section|paragraph)s? \d", re.I
)
_ALIKE, _SHOWN = 60, 4


class _Statement(NamedTuple):
    """What one section recommends, in one place."""

    section: Section
    lines: tuple[Line, ...]

    @property
    def first(self) -> Block:
        return self.lines[0].block

    @property
    def words(self) -> str:
        return canonical(" ".join(line.words for line in self.lines))


def recommendations_found(reading: Reading) -> Iterator[Finding]:
    """None at all, one stated twice, and one without a verb that a board can act on. Papers only."""
    if reading.facts.kind is not PaperKind.PAPER or not reading.lines:
        return
    stated = tuple(_statements(reading))
    if not stated:
        yield from _none(reading)
    for earlier, later in pairwise(stated):
        yield from _twice(reading, earlier, later, alone=len(stated) == 2)
    for statement in stated:
        yield from _same_within(reading, statement)
        yield from _without_verb(reading, statement)


def _statements(reading: Reading) -> Iterator[_Statement]:
    """The sections that recommend something, with the lines that say it; what is appended is not asked."""
    lines: dict[str, list[Line]] = {}
    for line in reading.lines:
        headed = bool(HEADING.match(line.section.title))
        if line.words.strip() and _recommends(line.block, headed):
            lines.setdefault(line.section.key, []).append(line)
    for section in reading.sections:
        if APPENDED.match(section.title):
            return
        said = tuple(lines.get(section.key, ()))
        if said and not all(_REFERS.match(line.words) for line in said):
            yield _Statement(section, said)


def _recommends(block: Block, headed: bool) -> bool:
    if headed:
        return block.kind in {Kind.RECOMMENDATION, Kind.PARAGRAPH, Kind.LIST}
    return block.kind is Kind.RECOMMENDATION


def _none(reading: Reading) -> Iterator[Finding]:
    """A paper that asks for nothing, unless its section for that is there and empty, or a sentence asks."""
    if any(HEADING.match(section.title) for section in reading.sections):
        return
    if any(_ASKS.search(line.words) for line in reading.lines if not line.in_table):
        return
    yield Finding(
        "no-recommendation",
        reading.text.title or "The whole paper",
        "Nothing is recommended. Add a Recommendation that says what the board is asked to do: approve, "
        "agree, endorse, note, receive, refer or defer.",
    )


def _twice(reading: Reading, earlier: _Statement, later: _Statement, *, alone: bool) -> Iterator[Finding]:
    """One finding where two places say the same, or say nearly the same, or are the paper's only two."""
    where = reading.place(earlier.section, earlier.first)
    if earlier.words.casefold() == later.words.casefold():
        message = (
            f"The recommendation is stated twice, here and at {where}. The two agree word for word. State "
            "it once, so that they cannot come to differ."
        )
        yield reading.at("recommendation-twice", message, later.section, later.first)
        return
    headed = all(HEADING.match(each.section.title) for each in (earlier, later))
    if not (alone and headed) and fuzz.ratio(earlier.words, later.words) < _ALIKE:
        return
    message = (
        f"The recommendation is stated twice and the two do not agree. {_difference(where, earlier, later)} "
        "Decide which is meant and state it once."
    )
    yield reading.at("recommendations-differ", message, later.section, later.first)


def _difference(where: str, earlier: _Statement, later: _Statement) -> str:
    """What one says and the other does not; both in full where they share little."""
    diff = diff_runs((Run(earlier.words),), (Run(later.words),), {})
    changed = [piece for piece in diff.pieces if piece.status is not Status.KEPT]
    gone = [plain(piece.old).strip() for piece in changed if plain(piece.old).strip()]
    come = [plain(piece.new).strip() for piece in changed if plain(piece.new).strip()]
    said = (f"{where} says {_quoted(gone)}" if gone else "", f"here it says {_quoted(come)}" if come else "")
    return " but ".join(filter(None, said)) + ("." if gone and come else ", which the other does not.")


def _quoted(parts: list[str]) -> str:
    return ", ".join(f"“{shortened(part)}”" for part in parts[:_SHOWN])


def _same_within(reading: Reading, statement: _Statement) -> Iterator[Finding]:
    seen: dict[str, Block] = {}
    for line in statement.lines:
        first = seen.setdefault(canonical(line.words).casefold(), line.block)
        if first is not line.block and isinstance(line.block, Typed):
            message = (
                f"This recommendation repeats {reading.place(statement.section, first)} word for word. "
                "Take one of them out."
            )
            yield reading.at("recommendation-twice", message, statement.section, line.block)


def _without_verb(reading: Reading, statement: _Statement) -> Iterator[Finding]:
    """One finding where nothing in a whole statement tells the board what to do."""
    led = ""
    for line in statement.lines:
        if verb_of(line.words) or (led and verb_of(f"{led} {line.words}")):
            return
        if line.words.rstrip().endswith(":"):
            led = line.words.strip()
    message = (
        f"“{shortened(statement.lines[0].words)}” does not say what the board is asked to do. Use a verb "
        "that it can act on: approve, agree, endorse, support, note, receive, refer, defer or withdraw."
    )
    yield reading.at("recommendation-without-verb", message, statement.section, statement.first)
