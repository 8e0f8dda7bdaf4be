"""How long comparing two long editions takes, against difflib in the same run.

Run it by hand: ``python tests/bench/compare_words.py [words]``. Edits are those of a plan
under revision: words replaced, sentences added, paragraphs new, gone and moved, figures and
targets altered, one section new and one moved. Quote the ratios, not the seconds.
"""

from __future__ import annotations

import difflib
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import cydifflib

from goldthread.core.compare import compare
from goldthread.core.compare.pairing import pair
from goldthread.core.compare.sections import lay_flat, pair_sections, stand
from goldthread.core.compare.tokens import TOKEN
from goldthread.core.compare.weaving import _leaves, _wording
from goldthread.core.compare.words import diff_runs
from goldthread.core.text import (
    Block,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Run,
    Section,
    Table,
    Text,
    Typed,
    new_key,
    plain,
    words_of,
)
from goldthread.core.text.blocks import Cell, Row

SYLLABLES = re.findall(
    r"[a-z]+", "po lice com mu ni ty safe vic tim sup port res ponse ru ral crime part ner ship pre vent ion"
)
COMMON = re.findall(r"[a-z]+", "the of and to a in is for that will be with on by as we are")


class Author:
    """Writes and revises plans, always the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        rare = {"".join(self.dice.choices(SYLLABLES, k=self.dice.randint(1, 4))) for _ in range(6000)}
        self.words = [*COMMON, *sorted(rare)]
        self.weights = [1 / (rank + 1) for rank in range(len(self.words))]

    def sentence(self) -> str:
        chosen = self.dice.choices(self.words, self.weights, k=self.dice.randint(8, 26))
        if not self.dice.randint(0, 3):
            chosen.append(f"by {self.dice.randint(1, 28)} May 20{self.dice.randint(13, 30)}")
        return " ".join(chosen).capitalize() + "."

    def block(self) -> Block:
        chance = self.dice.randint(0, 19)
        if chance == 0:
            rows = (
                Row(
                    (
                        Cell(((Run(self.words[r * 9]),),)),
                        *(Cell(((Run(str(self.dice.random())[:5]),),)) for _ in range(3)),
                    )
                )
                for r in range(20, 28)
            )
            return Table(new_key(), tuple(rows))
        if chance == 1:
            return ListBlock(new_key(), tuple(ListItem((Run(self.sentence()),)) for _ in range(5)))
        if chance == 2:
            return Typed(
                new_key(),
                Kind.KEY_MEASURE,
                (Run(self.sentence()),),
                (("target", f"{self.dice.randint(60, 99)}%"),),
            )
        prose = " ".join(self.sentence() for _ in range(self.dice.randint(1, 5)))
        return Prose(new_key(), Kind.PARAGRAPH, (Run(prose),), numbered=True)

    def plan(self, words: int) -> Text:
        sections: list[Section] = []
        written = 0
        while written < words:
            blocks = tuple(self.block() for _ in range(30))
            written += sum(len(words_of(block).split()) for block in blocks)
            sections.append(Section(new_key(), self.sentence()[:60], blocks))
        return Text("A plan", tuple(sections))

    def revise(self, text: Text) -> Text:
        sections = [replace(s, blocks=tuple(self.revise_blocks(list(s.blocks)))) for s in text.sections]
        sections.insert(len(sections) // 3, Section(new_key(), "New", tuple(self.block() for _ in range(20))))
        sections.append(sections.pop(len(sections) // 2))
        return replace(text, sections=tuple(sections))

    def revise_blocks(self, blocks: list[Block]) -> list[Block]:
        for at, block in enumerate(blocks):
            if isinstance(block, Prose | Typed) and not self.dice.randint(0, 4):
                words = plain(block.runs).split()
                for _ in range(self.dice.randint(1, 6)):
                    words[self.dice.randrange(len(words))] = self.dice.choice(self.words)
                blocks[at] = replace(block, runs=(Run(" ".join(words)),))
        del blocks[self.dice.randrange(len(blocks))]
        blocks.insert(self.dice.randrange(len(blocks)), self.block())
        if not self.dice.randint(0, 3):
            blocks.insert(self.dice.randrange(len(blocks)), blocks.pop(self.dice.randrange(len(blocks))))
        return blocks


def rekeyed(text: Text) -> Text:
    """The same text as a file gives it: no key known."""
    return replace(
        text,
        sections=tuple(
            replace(s, key=new_key(), blocks=tuple(replace(b, key=new_key()) for b in s.blocks))
            for s in text.sections
        ),
    )


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def align(old: Text, new: Text) -> list[tuple[int, int]]:
    before, after = lay_flat(old, frozenset()), lay_flat(new, frozenset())
    none: frozenset[Kind] = frozenset()
    pairs = pair(
        _leaves(before, none, ""),
        _leaves(after, none, ""),
        lambda i: _wording(before, i),
        lambda j: _wording(after, j),
    )
    stand(before, after, pair_sections(before, after, pairs))
    return pairs


def words_only(old: Text, new: Text) -> Callable[[], object]:
    before, after = lay_flat(old, frozenset()), lay_flat(new, frozenset())
    changed = [
        (before.blocks[i].block, after.blocks[j].block)
        for i, j in align(old, new)
        if before.blocks[i].block != after.blocks[j].block
    ]
    prose = [(a.runs, b.runs) for a, b in changed if hasattr(a, "runs")]
    return lambda: [diff_runs(a, b, {}) for a, b in prose]


def flat(text: Text) -> list[str]:
    return [t for _, s in text.walk() for b in s.blocks for t in TOKEN.findall(words_of(b))]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 114_000
    author = Author()
    old = author.plan(size)
    new = author.revise(old)
    from_file = rekeyed(new)
    count = sum(len(words_of(b).split()) for _, s in old.walk() for b in s.blocks)
    print(f"{count:,} words, {sum(len(s.blocks) for s in old.sections):,} blocks")
    print(f"align with keys     {best(lambda: align(old, new)):.3f} s")
    print(f"align without keys  {best(lambda: align(old, from_file)):.3f} s")
    print(f"words               {best(words_only(old, new)):.3f} s")
    whole = best(lambda: compare(old, new))
    print(f"compare with keys   {whole:.3f} s")
    without = best(lambda: compare(old, from_file))
    print(f"compare, no keys    {without:.3f} s   {compare(old, from_file).summary}")
    a, b = flat(old), flat(new)
    peer = best(lambda: cydifflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes(), 1)
    print(f"cydifflib, whole    {peer:.3f} s   ratio {peer / without:.1f}")
    small = author.plan(10_000)
    later = rekeyed(author.revise(small))
    ours = best(lambda: compare(small, later))
    c, d = flat(small), flat(later)
    peer = best(lambda: difflib.SequenceMatcher(None, c, d, autojunk=False).get_opcodes(), 1)
    print(f"10,000 words        {ours:.3f} s   difflib {peer:.3f} s   ratio {peer / ours:.1f}")


if __name__ == "__main__":
    main()
