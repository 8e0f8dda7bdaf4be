"""Numbers are computed from position, never stored (except inside something sealed).

Sections count 1, 1.1, 1.1.1. A numbered paragraph takes the next number at the level
below its section, and a subsection goes on from there, so that no number stands twice.
Typed blocks count by kind within their top section: "Pledge 1.2" is the second pledge of
section 1, or "Pledge 2" where that section bears no number.
"""

from __future__ import annotations

from collections import Counter

from goldthread.core.text.blocks import Kind, Prose, Section, Text, Typed

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
    notes = 0
    top = 0
    for section in text.sections:
        number = ""
        if section.numbered:
            top += 1
            number = str(top)
        counts: Counter[Kind] = Counter()
        notes = _number_section(section, number, number, counts, labels, notes)
    return labels


def _number_section(
    section: Section, number: str, top: str, counts: Counter[Kind], labels: dict[str, str], notes: int
) -> int:
    if number:
        labels[section.key] = number
    below = 0
    for block in section.blocks:
        if isinstance(block, Prose) and block.kind is Kind.NOTE:
            notes += 1
            labels[block.key] = str(notes)
        elif isinstance(block, Prose) and block.numbered:
            below += 1
            labels[block.key] = f"{number}.{below}" if number else str(below)
        elif isinstance(block, Typed) and block.kind in COUNTED_KINDS:
            counts[block.kind] += 1
            printed = f"{top}.{counts[block.kind]}" if top else str(counts[block.kind])
            labels[block.key] = f"{KIND_NAMES[block.kind]} {printed}"
    for child in section.children:
        child_number = ""
        if child.numbered and number:
            below += 1
            child_number = f"{number}.{below}"
        notes = _number_section(child, child_number, top, counts, labels, notes)
    return notes
