"""The compact way in which the demonstration's blocks are written down.

A block begins with ``[id kind]`` at the start of a line and goes on to the next one:

    [reach n] A numbered paragraph, with **strong** and *emphasis*, a [link](https://a.example/),
    a [citation](@source-id) and a note.[^note-id]
    [note-id note] The note's words.
    [calls measure] The statement | baseline=78% | target=85% | unit=% of calls | by_when=March 2014
    [ways list]
    - An item
      1. A counted item one level down
    [grants table] The caption
    | Head | Head
    | Cell | Cell

Kinds are ``p`` (paragraph), ``n`` (numbered paragraph), ``quotation``, ``note``, ``list``,
``table``, ``pledge``, ``measure``, ``action``, ``outcome``, ``contact``, ``source`` and
``recommendation``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from goldthread.core.text import (
    FIELDS,
    Block,
    Cell,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    Prose,
    Row,
    Run,
    Runs,
    Table,
    Typed,
    safe_address,
    tidy,
)
from goldthread.core.text.blocks import MarkKind

KeyOf = Callable[[str], str]

KINDS: dict[str, Kind] = {
    "p": Kind.PARAGRAPH,
    "n": Kind.PARAGRAPH,
    "quotation": Kind.QUOTATION,
    "note": Kind.NOTE,
    "list": Kind.LIST,
    "table": Kind.TABLE,
    "pledge": Kind.PLEDGE,
    "measure": Kind.KEY_MEASURE,
    "action": Kind.ACTION,
    "outcome": Kind.OUTCOME,
    "contact": Kind.CONTACT,
    "source": Kind.SOURCE_DOCUMENT,
    "recommendation": Kind.RECOMMENDATION,
}
_HEAD = re.compile(r"\[([a-z0-9-]+) ([a-z]+)\](?: (.*))?")
_ITEM = re.compile(r"( *)(-|\d+\.) (.*)")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*]+)\*"
    r"|\[\^(?P<note>[a-z0-9-]+)\]"
    r"|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]+)\)"
)


def read_words(words: str, key_of: KeyOf) -> tuple[Block, ...]:
    """The blocks written in ``words``, keyed by ``key_of`` their ids; ValueError where it cannot be read."""
    return tuple(_block(block_id, name, lines, key_of) for block_id, name, lines in _parts(words))


def _parts(words: str) -> Iterator[tuple[str, str, list[str]]]:
    part: tuple[str, str, list[str]] | None = None
    for line in words.splitlines():
        head = _HEAD.fullmatch(line)
        if head and head[2] in KINDS:
            if part:
                yield part
            part = (head[1], head[2], [head[3]] if head[3] else [])
        elif line.strip():
            if part is None:
                raise ValueError(f"Words before the first block: {line!r}")
            part[2].append(line)
    if part:
        yield part


def _block(block_id: str, name: str, lines: list[str], key_of: KeyOf) -> Block:
    key, kind = key_of(block_id), KINDS[name]
    if kind is Kind.LIST:
        return ListBlock(key, tuple(_items(lines, key_of)))
    if kind is Kind.TABLE:
        return _table(key, lines, key_of)
    joined = " ".join(line.strip() for line in lines)
    if kind in FIELDS:
        return _typed(key, kind, joined, key_of)
    return Prose(key, kind, read_inline(joined, key_of), numbered=name == "n")


def _items(lines: list[str], key_of: KeyOf) -> Iterator[ListItem]:
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item is None:
            raise ValueError(f"Not an item of a list: {line!r}")
        yield ListItem(read_inline(item[3], key_of), len(item[1]) // 2, item[2] != "-")


def _table(key: str, lines: list[str], key_of: KeyOf) -> Table:
    caption = " ".join(line.strip() for line in lines if not line.startswith("|"))
    rows = [line[1:].split("|") for line in lines if line.startswith("|")]
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"Rows of different lengths in the table {caption!r}")
    return Table(
        key,
        tuple(
            Row(tuple(Cell((read_inline(cell.strip(), key_of),), header=not place) for cell in row))
            for place, row in enumerate(rows)
        ),
        caption,
    )


def _typed(key: str, kind: Kind, joined: str, key_of: KeyOf) -> Typed:
    statement, *given = joined.split(" | ")
    fields = dict(pair.split("=", 1) for pair in given)
    if unknown := set(fields) - set(FIELDS[kind]):
        raise ValueError(f"A {kind} has no such field: {', '.join(sorted(unknown))}")
    return Typed(
        key,
        kind,
        read_inline(statement, key_of),
        tuple((name, fields[name]) for name in FIELDS[kind] if fields.get(name)),
    )


def read_inline(words: str, key_of: KeyOf) -> Runs:
    """Runs of words with their marks; ValueError for an address that may not be kept."""
    runs: list[Run] = []
    end = 0
    for found in _INLINE.finditer(words):
        runs += [Run(words[end : found.start()]), _marked(found, key_of)]
        end = found.end()
    return tidy([*runs, Run(words[end:])])


def _marked(found: re.Match[str], key_of: KeyOf) -> Run:
    if found["strong"]:
        return Run(found["strong"], (Mark(MarkKind.STRONG),))
    if found["emphasis"]:
        return Run(found["emphasis"], (Mark(MarkKind.EMPHASIS),))
    if found["note"]:
        return Run("", (Mark(MarkKind.NOTE_REFERENCE, key_of(found["note"])),))
    target = found["target"]
    if target.startswith("@"):
        return Run(found["words"], (Mark(MarkKind.CITATION, key_of(target[1:])),))
    if not safe_address(target):
        raise ValueError(f"Not an address that may be kept: {target}")
    return Run(found["words"], (Mark(MarkKind.LINK, target),))
