"""A minute as it is typed: a line for each paragraph, with a few signs at the start of a line.

``ACTION:`` begins what somebody is to do, ``RESOLVED:`` what was resolved, ``- `` or ``1. `` an
item of a list, ``> `` a quotation. Whatever cannot be typed so (a table, a picture, a note) stands
as a line in double brackets, and is kept for as long as that line is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from goldthread.core.text import (
    Block,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Run,
    Section,
    Typed,
    new_key,
    plain,
    words_of,
)
from goldthread.core.text.inline import clean

ACTION, RESOLVED = "ACTION: ", "RESOLVED: "
LIKE = 55
"""How alike two lines are, of 100, for the later one to be the earlier one changed."""
NEAR = 8
"""How many lines before and after its place a changed line is looked for."""

_ACTION = re.compile(r"action(?:\s*[:–—-]\s*|\s+(?=(?-i:[A-Z][A-Za-z]?[A-Z]{1,3}\b)))", re.IGNORECASE)
_RESOLVED = re.compile(r"resolved\s*[:–—-]\s*", re.IGNORECASE)
_QUOTED = re.compile(r">\s*")
_BULLET = re.compile(r"(?P<indent>\s*)[-*•–]\s+")
_ORDERED = re.compile(r"(?P<indent>\s*)\d{1,2}[.)]\s+")
_SPACE = re.compile(r"\s+")
_TYPED = ((_ACTION, Kind.ACTION), (_RESOLVED, Kind.OUTCOME))
_SIGNS = {Kind.ACTION: ACTION, Kind.OUTCOME: RESOLVED}


def typed(section: Section) -> str:
    """The words of a minute as they are typed, a line for each paragraph or item."""
    return "\n".join(line for _key, line in typed_blocks(section))


def typed_blocks(section: Section) -> tuple[tuple[str, str], ...]:
    """Each block's key, and its words as they are typed."""
    return tuple((block.key, _line(block)) for block in section.blocks)


def _line(block: Block) -> str:
    match block:
        case ListBlock():
            return "\n".join(_items(block))
        case Typed() if block.kind in _SIGNS:
            return _SIGNS[block.kind] + _one_line(words_of(block))
        case Prose(kind=Kind.QUOTATION):
            return "> " + _one_line(plain(block.runs))
        case Prose(kind=Kind.PARAGRAPH):
            return _one_line(plain(block.runs))
        case _:
            return f"[[{block.kind.value.replace('_', ' ').title()}: {_one_line(words_of(block))[:60]}]]"


def _items(block: ListBlock) -> Iterator[str]:
    for number, item in enumerate(block.items, start=block.start):
        sign = f"{number}." if item.ordered else "-"
        yield f"{'  ' * item.depth}{sign} {_one_line(plain(item.runs))}"


def _one_line(words: str) -> str:
    return _SPACE.sub(" ", words).strip()


def section_of(words: str, before: Section) -> Section:
    """A minute as it was typed; what was there before and still is keeps its key and all its marks."""
    made = tuple(_blocks(_cleaned(line) for line in words.splitlines()))
    return replace(before, blocks=_carried(made, before.blocks))


def _cleaned(line: str) -> str:
    return line[: len(line) - len(line.lstrip())].replace("\t", "  ") + clean(line).strip()


def normal(section: Section) -> Section:
    """The minute with each paragraph that begins with ACTION or RESOLVED made what it says it is."""
    return replace(section, blocks=tuple(_named(block) for block in section.blocks))


def _named(block: Block) -> Block:
    if not isinstance(block, Prose) or block.kind is not Kind.PARAGRAPH:
        return block
    made = _paragraph(_one_line(plain(block.runs)))
    return replace(made, key=block.key) if isinstance(made, Typed) else block


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    items: list[ListItem] = []
    for line in lines:
        item = _item(line)
        if item is not None:
            items.append(item)
            continue
        if items:
            yield ListBlock(new_key(), tuple(items))
            items = []
        if line.strip():
            yield _paragraph(_one_line(line))
    if items:
        yield ListBlock(new_key(), tuple(items))


def _item(line: str) -> ListItem | None:
    for pattern, ordered in ((_BULLET, False), (_ORDERED, True)):
        match = pattern.match(line)
        if match and line[match.end() :].strip():
            depth = min(len(match["indent"]) // 2, 3)
            return ListItem((Run(_one_line(line[match.end() :])),), depth, ordered)
    return None


def _paragraph(line: str) -> Block:
    for pattern, kind in _TYPED:
        match = pattern.match(line)
        if match and line[match.end() :].strip():
            return Typed(new_key(), kind, (Run(line[match.end() :].strip()),))
    quoted = _QUOTED.match(line)
    if quoted and line[quoted.end() :]:
        return Prose(new_key(), Kind.QUOTATION, (Run(line[quoted.end() :]),))
    return Prose(new_key(), Kind.PARAGRAPH, (Run(line),), numbered=True)


def _carried(made: Sequence[Block], before: Sequence[Block]) -> tuple[Block, ...]:
    """Each block with the key of what it was: the same line first, then one that was changed."""
    old, new = [_line(block) for block in before], [_line(block) for block in made]
    kept: dict[int, Block] = {}
    left = set(range(len(before)))
    for tag, i, j, k, _m in Indel.opcodes(old, new):
        if tag == "equal":
            kept |= {k + n: before[i + n] for n in range(j - i)}
            left -= set(range(i, j))
    moved: dict[str, list[int]] = {}
    for n in sorted(left, reverse=True):
        moved.setdefault(old[n], []).append(n)
    for at in (n for n in range(len(made)) if n not in kept):
        if same := moved.get(new[at]):
            kept[at] = before[same[-1]]
            left.discard(same.pop())
    order = sorted(left)
    for at in (n for n in range(len(made)) if n not in kept):
        changed = _changed(at, old, new, order)
        if changed is not None:
            kept[at] = replace(made[at], key=before[changed].key)
            order.remove(changed)
    return tuple(kept.get(n, block) for n, block in enumerate(made))


def _changed(at: int, old: Sequence[str], new: Sequence[str], left: Sequence[int]) -> int | None:
    """The earlier line that a later one is most likely to be, of the few nearest to its place."""
    here = bisect_left(left, at)
    near = left[max(0, here - NEAR) : here + NEAR]
    likely = [(ratio(old[n], new[at]), -abs(n - at), n) for n in near]
    best = max(likely, default=None)
    return best[2] if best is not None and best[0] >= LIKE else None
