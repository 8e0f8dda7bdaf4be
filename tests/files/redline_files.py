"""The before and after pairs of Word files, and what two texts must share to be the same."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from goldthread.core.text import Kind, Text, canonical, words_of

FOLDER = Path(__file__).parent / "redline_pairs"
_STEM = re.compile(r"(.+_WC\d{3})-.+|(safedocx_.+)__(?:original|revised)")


def pairs(folder: Path = FOLDER) -> list[tuple[Path, Path]]:
    """Every two Word files of the same stem, before and after."""
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.docx")):
        if found := _STEM.fullmatch(path.stem):
            groups[found[1] or found[2]].append(path)
    return [pair for group in groups.values() for pair in combinations(group, 2)]


def shape(text: Text) -> list[tuple[object, ...]]:
    """Sections by depth and title, blocks by kind and words: what a reader would call the same text."""
    found: list[tuple[object, ...]] = [("title", canonical(text.title))]
    for depth, section in text.walk():
        found.append((depth, canonical(section.title)))
        blocks = sorted(section.blocks, key=lambda block: block.kind is Kind.NOTE)
        found.extend((block.kind.value, canonical(words_of(block))) for block in blocks)
    return found
