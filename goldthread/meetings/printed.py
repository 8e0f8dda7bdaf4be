"""A paper as its house prints it: sections, implications, who signed, appendices, bibliography, labels.

What an author writes is the text alone. Around it the template puts the rest, each thing held once:
the recommendation again at the end where the house repeats it, the sources and contact officers as
one table, the appendices that the reader may open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldthread.core.governance.exemption import Audience, allowed
from goldthread.core.text import (
    KIND_NAMES,
    Block,
    Cell,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Text,
    Typed,
    another_key,
    numbers,
)
from goldthread.files.front import Front
from goldthread.files.recognise.kinds import kind_of_heading
from goldthread.meetings.doors import chain_of_paper
from goldthread.meetings.house import House, MarkingPlace, Numbering, house_of
from goldthread.meetings.models import Paper, PaperVersion
from goldthread.meetings.papers import appendix_form, header_form, implications_form, paper_text, version_text

REFERENCES = (Kind.SOURCE_DOCUMENT, Kind.CONTACT)
MARKING_WORDS = {"": "", "open": "", "members": "FOR MEMBERS ONLY", "exempt": "EXEMPT FROM PUBLICATION"}
_BIBLIOGRAPHY = re.compile(
    r"\W*(bibliography|source documents?|background papers?|contacts?)\W*", re.IGNORECASE
)
_PAGES = re.compile(r",?\s*(?:Page\s*)?\{page\}(?:\s*of\s*\{pages\})?")
_STRONG = (Mark(MarkKind.STRONG),)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper ready to be set: its whole text, each label by key, what stands before it and at its foot."""

    text: Text
    labels: Mapping[str, str]
    front: Front


def printed_version(version: PaperVersion, *, audience: Audience, in_pack: bool = False) -> Printed:
    """A paper as it was handed in, as an audience may read it. Within a pack the pack numbers the pages."""
    return _printed(
        version.paper,
        version_text(version),
        version.header,
        version.header.get("implications", ()),
        version.appendices,
        audience,
        in_pack,
    )


def printed_draft(paper: Paper) -> Printed:
    """A paper as it is being written, for those who may read all of it."""
    attached = [appendix_form(each) for each in paper.appendices.filter(removed_at=None)]
    head, implied = header_form(paper), implications_form(paper)
    return _printed(paper, paper_text(paper), head, implied, attached, Audience.FULL, False)


def _printed(
    paper: Paper,
    text: Text,
    header: Mapping[str, Any],
    implications: Iterable[Mapping[str, str]],
    appendices: Iterable[Mapping[str, Any]],
    audience: Audience,
    in_pack: bool,
) -> Printed:
    house = house_of(str(header.get("template") or paper.house_template))
    sections = [_without_references(section) for section in text.sections]
    sections = [section for section in sections if section is not None]
    if implied := list(_implications(paper, implications)):
        sections.append(Section(another_key(paper.slug, "implications"), "Implications", tuple(implied)))
    if house.repeats_recommendation:
        sections.extend(_recommended_again(paper, text))
    marked = dict(paper.appendices.values_list("pk", "marking"))
    shown = [each for each in appendices if allowed(*_chain(paper, each, marked), audience=audience)]
    if shown:
        sections.append(_appendices(paper, shown))
    if table := _bibliography(house, paper, text):
        key = another_key(paper.slug, "bibliography")
        sections.append(Section(key, house.bibliography, (table,), numbered=False))
    whole = replace(text, sections=tuple(sections))
    return Printed(whole, labels_of(house, whole), front_of(paper, house, header, in_pack=in_pack))


def _chain(paper: Paper, appendix: Mapping[str, Any], marked: Mapping[int, str]) -> tuple[str, ...]:
    """The markings under which something attached stands today, whatever they were when it was handed in."""
    return chain_of_paper(paper, marked.get(appendix.get("pk", 0), appendix.get("marking")) or "")


def front_of(paper: Paper, house: House, header: Mapping[str, Any], *, in_pack: bool = False) -> Front:
    """The header that a house prints, in its order and under its labels, and the foot of its pages."""
    known = {
        "to": str(header.get("to") or paper.to),
        "from": str(header.get("from") or paper.sender),
        "date": _day(header.get("date")),
        "item": paper.item.number if paper.item else "",
        "title": paper.title,
        "marking": str(header.get("marking") or "") or MARKING_WORDS.get(paper.marking, ""),
        "author": paper.author.name,
    }
    words = {**{name: str(value) for name, value in header.items()}, **known}
    lines = tuple((each.label, words[each.name]) for each in house.header if words.get(each.name))
    marking = "" if house.marking is MarkingPlace.HEADER else known["marking"]
    return Front(lines, marking, _foot(paper, house, words, in_pack=in_pack))


def _foot(paper: Paper, house: House, words: Mapping[str, str], *, in_pack: bool) -> str:
    pattern = _PAGES.sub("", house.footer) if in_pack else house.footer
    if not words["item"]:
        pattern = re.sub(r"(?:, )?(?:Agenda )?Item(?: No)? \{item\}(?:, )?", "", pattern)
    label = house.label.format_map(_Blank(words)) if house.label else ""
    said = {**words, "board": paper.board.name, "short": paper.board.short, "label": label}
    numbered = {"page": "{page}", "pages": "{pages}"}
    return pattern.format_map(_Blank({**said, **numbered})).strip(", ")


class _Blank(dict[str, str]):
    """Words by name; a name without words is left empty."""

    def __missing__(self, name: str) -> str:
        return ""


def _day(iso: object) -> str:
    return f"{date.fromisoformat(str(iso)):%-d %B %Y}" if iso else ""


def _without_references(section: Section) -> Section | None:
    """A section without the sources and contacts, which go into the table; nothing where that was all."""
    blocks = tuple(block for block in section.blocks if block.kind not in REFERENCES)
    children = tuple(c for c in map(_without_references, section.children) if c is not None)
    left = replace(section, blocks=blocks, children=children)
    empty = not blocks and not children
    return None if empty and (section.blocks or _BIBLIOGRAPHY.fullmatch(section.title)) else left


def _implications(paper: Paper, implications: Iterable[Mapping[str, str]]) -> Iterator[Block]:
    for each in implications:
        runs = (Run(f"{each['title']}. ", _STRONG), Run(each["words"].strip()))
        yield Prose(another_key(paper.slug, f"implication {each['kind']}"), Kind.PARAGRAPH, runs, True)


def _recommended_again(paper: Paper, text: Text) -> Iterator[Section]:
    """The recommendation at the end, where the author has not stated it there: the same words, held once."""
    if sum(kind_of_heading(section.title) is Kind.RECOMMENDATION for _, section in text.walk()) > 1:
        return
    held = [b for _, section in text.walk() for b in section.blocks if b.kind is Kind.RECOMMENDATION]
    blocks = tuple(replace(block, key=another_key(block.key, "again")) for block in held)
    if blocks:
        title = "Recommendation" if len(blocks) == 1 else "Recommendations"
        yield Section(another_key(paper.slug, "recommendation again"), title, blocks)


def _appendices(paper: Paper, shown: Sequence[Mapping[str, Any]]) -> Section:
    items = tuple(ListItem((Run(f"{each['label']}: ", _STRONG), Run(each["title"]))) for each in shown)
    key = another_key(paper.slug, "appendices")
    return Section(key, "Appendices", (ListBlock(another_key(key, "list"), items),), numbered=False)


def _bibliography(house: House, paper: Paper, text: Text) -> Table | None:
    """Sources and contact officers, each under the house's name for them."""
    held: dict[Kind, list[Runs]] = {kind: [] for kind in REFERENCES}
    for _, section in text.walk():
        for block in section.blocks:
            if isinstance(block, Typed) and block.kind in held:
                held[block.kind].append(block.runs)
                held[block.kind].extend((Run(words),) for _, words in block.fields if words)
    labels = {Kind.SOURCE_DOCUMENT: house.sources_label, Kind.CONTACT: house.contacts_label}
    rows = tuple(
        Row((Cell(((Run(labels[kind]),),), header=True), Cell(tuple(words))))
        for kind, words in held.items()
        if words
    )
    return Table(another_key(paper.slug, "sources"), rows) if rows else None


def labels_of(house: House, text: Text) -> dict[str, str]:
    """Every label as a house numbers a paper: 1 and 1.1; one run from 1; or parts A and B with one run."""
    usual = numbers(text)
    if house.numbering is Numbering.DECIMAL:
        return usual
    lettered = house.numbering is Numbering.LETTERED
    found: dict[str, str] = {}
    parts = run = 0
    for depth, section in text.walk():
        if lettered and depth == 0 and section.numbered:
            parts += 1
            found[section.key] = chr(64 + parts) if parts <= 26 else str(parts)
        for block in section.blocks:
            if isinstance(block, Prose) and block.numbered and block.kind is Kind.PARAGRAPH:
                run += 1
                found[block.key] = str(run)
            elif isinstance(block, Typed) and block.kind is Kind.RECOMMENDATION:
                run += 1
                found[block.key] = f"{KIND_NAMES[block.kind]} {run}"
            elif block.key in usual:
                found[block.key] = usual[block.key]
    return found
