"""Assemble again without losing a word: fresh blocks take the place of those that nobody has touched.

What a person changed stays as they changed it, and is named where the records say something else by
now. What they took out stays out; what they wrote stays where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from goldthread.core.text import Block, Section, Text, block_form, read_section, seal_of, section_form

Written = Mapping[str, str]
"""The seal of each block, and of each section's title, as the report last wrote it, by key."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A section put together, and the keys of a person's own blocks on which the records moved on since."""

    section: Section
    kept: tuple[str, ...] = ()


def settled(text: Text) -> Text:
    """The text exactly as it is read again after it was kept, so that seals of its blocks can be compared."""
    return replace(text, sections=tuple(map(_settled, text.sections)))


def _settled(section: Section) -> Section:
    own, _problems = read_section(section_form(replace(section, children=())))
    return replace(own, children=tuple(map(_settled, section.children)))


def written_of(text: Text) -> dict[str, str]:
    """What a text says, as it is remembered to tell a person's changes by: by block and section key."""
    found: dict[str, str] = {}
    for _, section in text.walk():
        found[section.key] = seal_of(section.title)
        for block in section.blocks:
            found[block.key] = block_seal(block)
    return found


def block_seal(block: Block) -> str:
    """The seal of all that a block says."""
    return seal_of(block_form(block))


def is_untouched(section: Section, written: Written) -> bool:
    """Whether a section says only what the report itself wrote in it."""
    return written.get(section.key) == seal_of(section.title) and all(
        written.get(block.key) == block_seal(block) for block in section.blocks
    )


def merge(stands: Section, fresh: Section, written: Written) -> Merged:
    """One section (its own blocks) as it is to stand now."""
    new = {block.key: block for block in fresh.blocks}
    blocks: list[Block] = []
    kept: list[str] = []
    for block in stands.blocks:
        was, now = written.get(block.key), new.get(block.key)
        edited = was != block_seal(block)
        if was is not None and not edited:
            blocks.extend([now] if now is not None else [])
            continue
        blocks.append(block)
        if was is not None and (now is None or block_seal(now) != was):
            kept.append(block.key)
    _insert_new(blocks, fresh.blocks, written)
    title = fresh.title if written.get(stands.key) == seal_of(stands.title) else stands.title
    return Merged(replace(stands, title=title, blocks=tuple(blocks), children=()), tuple(kept))


def _insert_new(blocks: list[Block], fresh: Collection[Block], written: Written) -> None:
    """Put each block that was never written before after the one that comes before it in the fresh text."""
    standing = {block.key for block in blocks}
    at = 0
    for block in fresh:
        if block.key in standing:
            at = next(place for place, each in enumerate(blocks) if each.key == block.key) + 1
        elif block.key not in written:
            blocks.insert(at, block)
            standing.add(block.key)
            at += 1
