"""A tree's blocks as one flat run, with typed numbers told apart from the words after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from goldthread.core.text import Mark, MarkKind, Run, Runs, plain, tidy
from goldthread.files.tree import BlockKind, ReadBlock

MAX_HEADING = 110
_TYPED = re.compile(
    r"^\s*(?P<label>(?:\d{1,3}(?:\.\d{1,3}){1,5}\.?|\d{1,3}[.)]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})\)|[•·▪–-](?=\t)))"
    r"(?:\t\s*|[  ]+(?=[A-Z“‘\"'(\[]))(?=\S)"
)
_BARE = re.compile(r"^\s*(?P<label>\d{1,3}(?:\.\d{1,3}){0,5})\t\s*(?=\S)")
_QUOTES = ("quote", "block text", "quotation")
_ASIDE = frozenset(
    {BlockKind.COMMENT, BlockKind.HEADER, BlockKind.FOOTER, BlockKind.CONTENTS, BlockKind.NOTE}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One block on its way to a section: its label, printed or typed, parted from its words."""

    block: ReadBlock
    runs: Runs
    label: str = ""
    typed: bool = False
    heading: int = 0

    @property
    def words(self) -> str:
        """The words after the label."""
        return plain(self.runs).strip()

    @property
    def quoted(self) -> bool:
        """Whether the file's style says that the words are a quotation."""
        return any(name in self.block.style.lower() for name in _QUOTES)


def lines_of(
    blocks: Iterable[ReadBlock], whole: Callable[[ReadBlock], bool] = lambda block: False
) -> Iterator[Line]:
    """The blocks that carry on into sections, boxes opened out; those that stand aside are left out.

    Where ``whole`` says so of a block, a number that its words begin with is part of them.
    """
    for block in blocks:
        if block.kind in _ASIDE:
            continue
        if block.kind is BlockKind.TEXTBOX:
            if block.runs:
                yield line_of(block._replace(kind=BlockKind.PARAGRAPH, blocks=()))
            yield from lines_of(block.blocks, whole)
        elif whole(block):
            heading = block.level if block.kind is BlockKind.HEADING else 0
            yield Line(block, spaced(block.runs), block.label, False, heading)
        else:
            yield line_of(block)


def line_of(block: ReadBlock) -> Line:
    """One block with its label and its words apart, spaces and tabs made plain."""
    heading = block.level if block.kind is BlockKind.HEADING else 0
    if block.label:
        return Line(block, spaced(block.runs), block.label, False, heading)
    if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM):
        found = _TYPED.match(block.text) or _BARE.match(block.text)
        if found:
            return Line(block, spaced(cut(block.runs, found.end())), found["label"], True, heading)
    return Line(block, spaced(block.runs), heading=heading)


def cut(runs: Runs, start: int) -> Runs:
    """The runs from a character on; note references before it are kept."""
    kept: list[Run] = []
    for run in runs:
        if start >= len(run.words) and run.words:
            start -= len(run.words)
            continue
        kept.append(Run(run.words[start:], run.marks))
        start = 0
    return tuple(kept)


def spaced(runs: Runs) -> Runs:
    """Runs with tabs as spaces, runs of spaces single, and none at either end."""
    kept: list[Run] = []
    open_space = True
    for run in runs:
        words = re.sub(r"[\t\u2028\u2029 ]+", " ", run.words.replace("\x0b", "\n"))
        words = re.sub(r" ?\n ?", "\n", words)
        if open_space:
            words = words.lstrip(" \n")
        if words:
            open_space = words[-1] in " \n"
        kept.append(Run(words, run.marks))
    while kept and not kept[-1].words.strip() and not _refers(kept[-1]):
        kept.pop()
    if kept and not _refers(kept[-1]):
        kept[-1] = Run(kept[-1].words.rstrip(), kept[-1].marks)
    return tidy(kept)


def _refers(run: Run) -> bool:
    return any(mark.kind is MarkKind.NOTE_REFERENCE for mark in run.marks)


def retarget(runs: Runs, keys: dict[str, str]) -> Runs:
    """Note references pointed at the keys of the notes; one to a note that is not there is dropped."""
    kept: list[Run] = []
    for run in runs:
        note = next((mark for mark in run.marks if mark.kind is MarkKind.NOTE_REFERENCE), None)
        if note is None:
            kept.append(run)
        elif note.target in keys:
            kept.append(Run("", (Mark(MarkKind.NOTE_REFERENCE, keys[note.target]),)))
    return tuple(kept)


def with_headings(lines: list[Line]) -> tuple[list[Line], str]:
    """Lines with their headings settled, and how they were told: "styles", "looks" or ""."""
    if any(line.heading for line in lines):
        return lines, "styles"
    labelled = any(line.label and _looks_like_heading(line) for line in lines)
    found = [
        replace(line, heading=_depth(line.label) if labelled else 1) if _looks_like_heading(line) else line
        for line in lines
    ]
    return found, "looks" if any(line.heading for line in found) else ""


def _depth(label: str) -> int:
    return min(9, label.strip(" .()").count(".") + 1)


def _looks_like_heading(line: Line) -> bool:
    """A short line in bold or capitals, or numbered in bold, that does not end like a sentence."""
    words = line.words
    if line.block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not words or "\n" in words:
        return False
    if len(words) > MAX_HEADING or words[-1] in ".;,:" or not any(character.isalpha() for character in words):
        return False
    letters = sum(character.isalpha() for character in words)
    return line.block.bold or (letters > 3 and words == words.upper() != words.lower())
