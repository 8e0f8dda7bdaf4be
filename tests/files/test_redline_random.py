"""Any two plans: accepting every change gives the new one, rejecting every change the old one."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime

import pytest

from goldthread.core.compare import compare
from goldthread.core.compare.tokens import TOKEN
from goldthread.core.text import (
    KIND_NAMES,
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    MarkKind,
    Runs,
    Section,
    Table,
    Text,
    Typed,
    canonical,
    numbers,
    plain,
    tidy,
    words_of,
)
from goldthread.files.html_blocks import redline_fragment
from goldthread.files.reading import read
from goldthread.files.sections import Recognised, to_text
from goldthread.files.word.pictures import blank
from goldthread.files.word.write import write_docx, write_redline
from tests.files.random_plans import Maker
from tests.files.random_revisions import Reviser, rekeyed
from tests.files.sides import Sides
from tests.files.written import faults

AT = datetime(2014, 10, 2, 9, 30, tzinfo=UTC)
SEEDS, STEP = 180, 60
IMAGES = {hashlib.sha256(made).hexdigest(): made for made in (blank() + bytes(n) for n in range(3))}

Strict = list[object]


def pair(seed: int) -> tuple[Text, Text]:
    """Two plans: one and its revision, the same under other keys, or two that have nothing in common."""
    maker = Maker(seed, tuple(IMAGES))
    old = maker.text()
    if seed % 10 == 9:
        return old, maker.text()
    new = Reviser(maker, maker.chance.choice((0.1, 0.25, 0.6))).text(old)
    return old, rekeyed(new, maker) if seed % 3 == 2 else new


class Form:
    """All that a reader sees of a text, to be compared: no keys, and notes where they are cited."""

    def __init__(self, text: Text, labels: dict[str, str]) -> None:
        self.notes = {b.key: b for _, s in text.walk() for b in s.blocks if b.kind is Kind.NOTE}
        self.labels = labels
        self.cited: set[str] = set()
        body = [self.section(depth, section) for depth, section in text.walk()]
        stray = [self.note(b.key) for b in self.notes.values() if b.key not in self.cited]
        self.all: Strict = [text.title, body, stray]

    def section(self, depth: int, section: Section) -> Strict:
        """A heading with its number, and the blocks under it."""
        blocks = [b for b in section.blocks if b.kind is not Kind.NOTE]
        said = [[b.kind.value, self.label(b), *self.block(b)] for b in blocks]
        return [depth, section.title, self.labels.get(section.key, ""), said]

    def label(self, block: Block) -> str:
        """What is printed beside a block."""
        if isinstance(block, ListBlock):
            return ""
        return self.labels.get(block.key, KIND_NAMES[block.kind] if isinstance(block, Typed) else "")

    def block(self, block: Block) -> Strict:
        """All that is inside a block."""
        match block:
            case ListBlock():
                return [block.start, *((i.depth, i.ordered, self.runs(i.runs)) for i in block.items)]
            case Table():
                return [block.caption, *([self.cell(cell) for cell in row.cells] for row in block.rows)]
            case Figure():
                return [block.image, block.alt, self.runs(block.runs)]
            case Typed():
                return [self.runs(block.runs), *block.fields]
            case _:
                return [block.numbered, self.runs(block.runs)]

    def cell(self, cell: Cell) -> Strict:
        """A cell; whether an empty one is a heading is not to be seen."""
        said = [self.runs(runs) for runs in cell.paragraphs]
        return [cell.header and bool(said), cell.colspan, cell.rowspan, said]

    def runs(self, runs: Runs) -> Strict:
        """Words with their marks, each note where it is referred to."""
        said: Strict = []
        for run in tidy(runs):
            note = next((m.target for m in run.marks if m.kind is MarkKind.NOTE_REFERENCE), "")
            self.cited.add(note)
            said.append(["note", self.note(note)] if note else tuple(run))
        return said

    def note(self, key: str) -> Strict:
        """A note's words; one that it refers to in turn stands by itself."""
        held = self.notes[key]
        return [tuple(run) for run in tidy(run for run in held.runs if run.words)]


def wanted(text: Text) -> Strict:
    """What must be read back of a text."""
    return Form(text, numbers(text)).all


def found(read_back: Recognised) -> Strict:
    """What was read back, with the labels that Word prints."""
    return Form(read_back.text, dict(read_back.printed)).all


def keys_of(text: Text) -> list[str]:
    """The keys of all that can be named in a file: a table that has not a word in any cell cannot."""

    def named(block: Block) -> bool:
        return not isinstance(block, Table) or any(c.paragraphs for row in block.rows for c in row.cells)

    blocks = (block for _, section in text.walk() for block in section.blocks if named(block))
    return sorted([*(section.key for _, section in text.walk()), *(block.key for block in blocks)])


def tokens(words: str) -> Counter[str]:
    """Words as they are compared, whatever space is between them."""
    return Counter(TOKEN.findall(canonical(words)))


def shown_words(text: Text) -> Counter[str]:
    """Every word that a page shows of a text; what is said of a picture stands in its place only."""
    said = [section.title for _, section in text.walk()]
    for _, section in text.walk():
        said += [plain(b.runs) if isinstance(b, Figure) else words_of(b) for b in section.blocks]
    return tokens(" ".join(said))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, SEEDS, STEP))
def test_accepting_gives_the_new_and_rejecting_the_old(start: int) -> None:
    for seed in range(start, start + STEP):
        old, new = pair(seed)
        made = write_redline(compare(old, new), at=AT, images=IMAGES)
        assert faults(made) == [], seed
        assert found(to_text(read(made, view="final"))) == wanted(new), seed
        assert found(to_text(read(made, view="original"))) == wanted(old), seed


@pytest.mark.slow
def test_what_is_written_is_read_back() -> None:
    for seed in range(SEEDS):
        text = pair(seed)[1]
        back = to_text(read(write_docx(text, images=IMAGES)))
        assert found(back) == wanted(text), seed
        assert keys_of(back.text) == keys_of(text), seed


@pytest.mark.slow
def test_a_page_shows_the_words_of_both() -> None:
    for seed in range(SEEDS):
        old, new = pair(seed)
        sides = Sides(redline_fragment(compare(old, new), image_address=lambda seal: f"/{seal}"))
        assert tokens("".join(sides.new)) == shown_words(new), seed
        assert tokens("".join(sides.old)) == shown_words(old), seed
        assert len(sides.ids) == len(set(sides.ids)), seed
        assert set(sides.links) <= set(sides.ids), seed
