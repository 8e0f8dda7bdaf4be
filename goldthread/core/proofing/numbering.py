"""Printed numbers: one used twice, left out or out of order, and a count that begins again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Reading
from goldthread.core.text import Block, ListBlock, Section

_LEVELS = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3})*)[.)]?(?=$|\s)")
_WIDEST = 20
_IN_LIST = re.compile(r"^\(?(\d{1,3})[.)]$")
_APART = re.compile(r"^(?:appendix|annexe?|schedule|part|chapter|volume|attachment)\b", re.IGNORECASE)


class _Numbered(NamedTuple):
    number: tuple[int, ...]
    section: Section
    block: Block | None

    @property
    def said(self) -> str:
        return _said(self.number)


def numbers_found(reading: Reading) -> Iterator[Finding]:
    """A number used twice, a number left out, a count that begins again, a level passed over."""
    if not reading.printed:
        return
    leading = _leading(reading)
    for run in _runs(reading):
        yield from _twice(reading, run)
        yield from _left_out(reading, run, leading)
    for section in reading.sections:
        for block in section.blocks:
            if isinstance(block, ListBlock):
                yield from _in_list(reading, section, block)


def _runs(reading: Reading) -> Iterator[list[_Numbered]]:
    """The numbers in reading order, parted where an appendix or part begins to count for itself."""
    run: list[_Numbered] = []
    for section in reading.sections:
        label = reading.labels.get(section.key, "")
        if _APART.match(section.title) or _APART.match(label):
            yield run
            run = []
        run.extend(_numbered(label, section, None))
        for block in section.blocks:
            if not isinstance(block, ListBlock):
                found = _numbered(reading.labels.get(block.key, ""), section, block)
                run.extend(each for each in found if len(each.number) > 1)
    yield run


def _numbered(label: str, section: Section, block: Block | None) -> Iterator[_Numbered]:
    found = _LEVELS.match(label.strip())
    if found:
        number = tuple(map(int, found[1].split(".")))
        if len(number) == 2 and number[1] == 0:
            number = number[:1]
        yield _Numbered(number, section, block)


def _twice(reading: Reading, run: list[_Numbered]) -> Iterator[Finding]:
    """Every number used before in a run; the whole run again is said once."""
    seen: dict[tuple[int, ...], _Numbered] = {}
    highest = 0
    for each in run:
        if each.number == (1,) and highest > 1 and each.number in seen:
            message = (
                f"The numbers begin again at 1 after {highest}, so that two places bear each number. "
                "Carry the count on, or head what follows as an appendix."
            )
            yield reading.at("number-restarts", message, each.section, each.block)
            seen, highest = {}, 0
        elif each.number in seen:
            yield _used_twice(reading, each, seen[each.number])
        seen.setdefault(each.number, each)
        highest = max(highest, each.number[0])


def _used_twice(reading: Reading, each: _Numbered, first: _Numbered) -> Finding:
    what = "section" if each.block is None else "paragraph"
    other = "section" if first.block is None else "paragraph"
    before = f"another {other}" if what == other else f"a {other}"
    message = (
        f"The number {each.said} is used twice: {before} bears it already. Renumber this {what} and those "
        f"after it, and put right whatever refers to {each.said}."
    )
    return reading.at("number-twice", message, each.section, each.block)


def _left_out(reading: Reading, run: list[_Numbered], leading: frozenset[str]) -> Iterator[Finding]:
    """A gap between two neighbours, unless what is missing stands elsewhere; then the order is wrong."""
    have = {each.number for each in run}
    seen: set[tuple[int, ...]] = set()
    last: dict[tuple[int, ...], int] = {}
    for each in run:
        above, number = each.number[:-1], each.number[-1]
        previous = last.get(above)
        last[above] = number
        new = each.number not in seen
        seen.add(each.number)
        if previous is None or not new:
            continue
        if number < previous:
            message = (
                f"The number {each.said} comes after {_said((*above, previous))}. Put the two in order, or "
                "renumber them."
            )
            yield reading.at("number-order", message, each.section, each.block)
            continue
        between = ((*above, missing) for missing in range(previous + 1, min(number, previous + _WIDEST)))
        missing = [_said(each) for each in between if each not in have and _said(each) not in leading]
        if missing and number < previous + _WIDEST:
            yield _gap(reading, each, _said((*above, previous)), missing)


def _gap(reading: Reading, each: _Numbered, before: str, missing: list[str]) -> Finding:
    named = f"{missing[0]} is" if len(missing) == 1 else f"{missing[0]} to {missing[-1]} are"
    message = f"The numbers go from {before} to {each.said}: {named} missing. Renumber, or put it back."
    return reading.at("number-gap", message, each.section, each.block)


def _said(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


def _in_list(reading: Reading, section: Section, block: ListBlock) -> Iterator[Finding]:
    """The first slip in a list numbered 1, 2, 3 at one level."""
    labels = reading.labels.get(block.key, "").split()
    found = [_IN_LIST.match(label) for label in labels]
    counted = [int(each[1]) for each in found if each]
    if len(counted) != len(labels) or len(labels) != len(block.items) or any(i.depth for i in block.items):
        return
    for before, after in pairwise(counted):
        if after != before + 1:
            slip = f"{after} is used twice" if after == before else f"{after} follows {before}"
            message = f"In this list {slip}. Number its items in order."
            yield reading.at("list-numbers", message, section, block)
            return


def _leading(reading: Reading) -> frozenset[str]:
    """The numbers that begin a line, or that a list prints: they are not missing."""
    found = {word.strip(".()") for line in reading.lines for word in line.words[:12].split()[:1]}
    for label in (reading.printed or {}).values():
        found.update(word.strip(".()") for word in label.split())
    return frozenset(found)
