"""Our own Word file, pasted into a new one and edited: whatever stayed as it was keeps its key."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from goldthread.core.compare import compare
from goldthread.core.compare.carry import carry_keys
from goldthread.core.text import Block, Kind, ListBlock, Prose, Section, Text, Typed
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.write import write_docx
from tests.files.plans import plan, words
from tests.files.random_plans import Maker
from tests.files.random_revisions import Reviser
from tests.files.test_redline_random import IMAGES, Form

_BOOKMARKS = re.compile(rb"<w:bookmark(?:Start|End)[^>]*/>")


def pasted(made: bytes) -> bytes:
    """A Word file without its bookmarks, as what is pasted into a new one has none."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as given, zipfile.ZipFile(held, "w") as package:
        for name in given.namelist():
            part = given.read(name)
            package.writestr(name, _BOOKMARKS.sub(b"", part) if name.endswith(".xml") else part)
    return held.getvalue()


def carried(old: Text, new: Text) -> Text:
    """The new text as it comes back from a file, under the keys of the old one."""
    back = to_text(read(pasted(write_docx(new, images=IMAGES)))).text
    return carry_keys(compare(old, back))


def keys_of(text: Text) -> Counter[str]:
    return Counter(thing.key for _, section in text.walk() for thing in (section, *section.blocks))


def contents(text: Text) -> dict[str, object]:
    """What each block holds by its key, and the title of each section whose title is its alone.

    Lists side by side are left out: without bookmarks nothing tells where one ends.
    """
    form = Form(text, {})
    often = Counter(section.title for _, section in text.walk())
    held: dict[str, object] = {}
    for _, section in text.walk():
        if often[section.title] == 1:
            held[section.key] = section.title
        flat = [block for block in section.blocks if block.kind is not Kind.NOTE]
        lists = [pair for pair in pairwise(flat) if all(isinstance(block, ListBlock) for block in pair)]
        merged = {block.key for pair in lists for block in pair}
        held |= {b.key: [b.kind, form.block(b)] for b in section.blocks if b.key not in merged}
    return held


def revision(seed: int, much: float) -> list[Text]:
    """A plan and its revision, each with a contact, by whose style a file is known as ours."""
    maker = Maker(seed, tuple(IMAGES))
    old = maker.text()
    new = Reviser(maker, much).text(old)
    contact = Section(maker.key(), "Who to ask", (Typed(maker.key(), Kind.CONTACT, maker.runs(0)),))
    return [replace(text, sections=(contact, *text.sections)) for text in (old, new)]


@pytest.mark.slow
@pytest.mark.parametrize("much", [0.0, 0.1, 0.25])
def test_what_stayed_keeps_its_key(much: float) -> None:
    for seed in range(50):
        old, new = revision(seed, much)
        got = carried(old, new)
        assert max(keys_of(got).values()) == 1, seed
        before, after, there = contents(old), contents(new), contents(got)
        stayed = {key for key, held in before.items() if after.get(key) == held}
        assert {key for key in stayed if there.get(key) != before[key]} == set(), seed


def test_a_plan_pasted_elsewhere_keeps_every_key() -> None:
    assert keys_of(carried(plan(), plan())) == keys_of(plan())


def test_a_key_that_is_taken_over_stands_once() -> None:
    """The block that bore it became another kind, and its words went into a new one."""
    said = words("The force will answer every call within thirty seconds.")

    def text(*blocks: Block) -> Text:
        return Text("Plan", (Section("s", "Calls", blocks),))

    old = text(Prose("k", Kind.PARAGRAPH, said))
    new = text(Prose("k", Kind.QUOTATION, words("Nobody came.")), Prose("n", Kind.PARAGRAPH, said))
    quotation, paragraph = carry_keys(compare(old, new)).sections[0].blocks
    assert paragraph.key == "k"
    assert quotation.key not in ("k", "n")
