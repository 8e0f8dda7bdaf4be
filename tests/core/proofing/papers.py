"""Small papers made in memory: everything a check needs to see, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from goldthread.core.proofing import Facts, Finding, PaperKind, proof
from goldthread.core.text import (
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Row,
    Run,
    Section,
    Table,
    Text,
    Typed,
    new_key,
)

FOUND_BY_FEW_WORDS = frozenset({"no-recommendation", "no-headings"})


def says(words: str, kind: Kind = Kind.PARAGRAPH) -> Prose:
    """A paragraph."""
    return Prose(new_key(), kind, (Run(words),))


def typed(kind: Kind, words: str, **fields: str) -> Typed:
    """A typed block such as a recommendation or a source document."""
    return Typed(new_key(), kind, (Run(words),), tuple(fields.items()))


def recommends(words: str) -> Typed:
    """A recommendation."""
    return typed(Kind.RECOMMENDATION, words)


def source(words: str, **fields: str) -> Typed:
    """A source document."""
    return typed(Kind.SOURCE_DOCUMENT, words, **fields)


def items(*words: str) -> ListBlock:
    """A list."""
    return ListBlock(new_key(), tuple(ListItem((Run(each),)) for each in words))


def table(*rows: tuple[str, ...]) -> Table:
    """A table of plain cells."""
    return Table(new_key(), tuple(Row(tuple(Cell(((Run(c),),)) for c in row)) for row in rows))


def picture(alt: str = "") -> Figure:
    """A picture, with words or without."""
    return Figure(new_key(), "0" * 64, alt)


def section(title: str, *blocks: Block | str, children: Iterable[Section] = ()) -> Section:
    """A section whose paragraphs may be given as words."""
    made = tuple(says(block) if isinstance(block, str) else block for block in blocks)
    return Section(new_key(), title, made, tuple(children))


def paper(*sections: Section, title: str = "A paper") -> Text:
    """A text of some sections."""
    return Text(title, sections)


def findings(*given: Section | str, facts: Facts | None = None) -> tuple[Finding, ...]:
    """What proofing finds in sections, or in paragraphs under one heading, apart from a missing ask."""
    known = facts or Facts()
    if all(isinstance(each, str) for each in given):
        given = (section("Background", *(each for each in given if isinstance(each, str))),)
    text = paper(*(each for each in given if isinstance(each, Section)))
    found = proof(text, facts=known if known.kind else replace(known, kind=PaperKind.PAPER))
    return tuple(each for each in found if each.code not in FOUND_BY_FEW_WORDS)


def codes(*given: Section | str, facts: Facts | None = None) -> list[str]:
    """The codes of what proofing finds."""
    return [each.code for each in findings(*given, facts=facts)]
