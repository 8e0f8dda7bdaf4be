"""Numbers are computed from position, never stored (except inside something sealed).

Sections count 1, 1.1, 1.1.1. A numbered paragraph takes the next number at the level
below its section, and a subsection goes on from there, so that no number stands twice.
Beneath a heading that bears no number, paragraphs go on with the count of the section
around it, or with one count of the whole text where there is none.
Typed blocks count by kind within their top section: "Pledge 1.2" is the second pledge of
section 1. "Pledge 2" is the second of those whose top section bears no number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from goldthread.core.text.blocks import Block, Kind, Prose, Section, Text, Typed

KIND_NAMES: dict[Kind, str] = {
    Kind.PARAGRAPH: "Paragraph",
    Kind.QUOTATION: "Quotation",
    Kind.NOTE: "Note",
    Kind.LIST: "List",
    Kind.TABLE: "Table",
    Kind.FIGURE: "Figure",
    Kind.PLEDGE: "Pledge",
    Kind.KEY_MEASURE: "Key measure",
    Kind.ACTION: "Action",
    Kind.OUTCOME: "Outcome",
    Kind.RECOMMENDATION: "Recommendation",
    Kind.CONTACT: "Contact officer",
    Kind.SOURCE_DOCUMENT: "Source document",
}
FIELD_NAMES: dict[str, str] = {
    "baseline": "Baseline",
    "target": "Target",
    "unit": "Unit",
    "by_when": "By when",
    "owner": "Owner",
    "name": "Name",
    "role": "Role",
    "email": "Email",
    "telephone": "Telephone",
    "reference": "Reference",
    "address": "Address",
    "dated": "Dated",
}
"""How a typed block's fields are printed, on every page and in every file."""
COUNTED_KINDS = frozenset({Kind.PLEDGE, Kind.KEY_MEASURE, Kind.ACTION, Kind.OUTCOME, Kind.RECOMMENDATION})


def numbers(text: Text) -> dict[str, str]:
    """Printed label by key: "1.2" for sections and paragraphs, "Pledge 1.2" for typed blocks.

    Unnumbered sections and plain blocks are left out. A note's label is its number in the
    whole text, in reading order.
    """
    labels: dict[str, str] = {}
    notes: Counter[Kind] = Counter()
    unnumbered = _Count()
    top = 0
    for section in text.sections:
        count = unnumbered
        if section.numbered:
            top += 1
            count = _Count(str(top))
            labels[section.key] = count.number
        _number_section(section, count, count, labels, notes)
    return labels


@dataclass(slots=True)
class _Count:
    """What has been counted so far beneath a number: paragraphs with subsections, and typed blocks."""

    number: str = ""
    below: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)

    def next(self) -> str:
        self.below += 1
        return f"{self.number}.{self.below}" if self.number else str(self.below)

    def next_of(self, kind: Kind) -> str:
        self.kinds[kind] += 1
        printed = f"{self.number}.{self.kinds[kind]}" if self.number else str(self.kinds[kind])
        return f"{KIND_NAMES[kind]} {printed}"


def _number_section(
    section: Section, count: _Count, top: _Count, labels: dict[str, str], notes: Counter[Kind]
) -> None:
    for block in section.blocks:
        if isinstance(block, Prose) and block.kind is Kind.NOTE:
            notes[Kind.NOTE] += 1
            labels[block.key] = str(notes[Kind.NOTE])
        elif isinstance(block, Prose) and block.numbered:
            labels[block.key] = count.next()
        elif isinstance(block, Typed) and block.kind in COUNTED_KINDS:
            labels[block.key] = top.next_of(block.kind)
    bears_number = section.key in labels
    for child in section.children:
        below = count
        if child.numbered and bears_number:
            below = _Count(count.next())
            labels[child.key] = below.number
        _number_section(child, below, top, labels, notes)


def first_labels(text: Text, key: str) -> dict[Kind, str]:
    """What the first numbered paragraph, note and counted block of a section are called, by kind.

    Empty where the text has no such section.
    """
    probes: tuple[Prose | Typed, ...] = (
        Prose("paragraph", Kind.PARAGRAPH, numbered=True),
        Prose("note", Kind.NOTE),
        *(Typed(kind, kind) for kind in sorted(COUNTED_KINDS)),
    )
    if all(section.key != key for _, section in text.walk()):
        return {}
    labels = numbers(replace(text, sections=tuple(_probed(part, key, probes) for part in text.sections)))
    return {probe.kind: labels[probe.key] for probe in probes}


def _probed(section: Section, key: str, probes: tuple[Block, ...]) -> Section:
    if section.key == key:
        return replace(section, blocks=probes)
    return replace(section, children=tuple(_probed(child, key, probes) for child in section.children))
