"""What comparison promises of any two texts whatever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.compare import Status, as_json, compare, count_runs, count_words
from goldthread.core.text import (
    FIELDS,
    TYPED_KINDS,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Row,
    Run,
    Section,
    Table,
    Text,
    Typed,
    tidy,
)
from tests.core.compare.sides import outline, side_of

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.lists(
    st.sampled_from(
        ["the", "plan", "police", "victims", "85%", "£12.5m", "4 May 2026", "don’t", "don't", "“so”", ",",
         ".", "…", "...", "\u00a0", "\n", "calls", "to 101", "answered", "within", "thirty", "½", "ﬁre"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip
ODD = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
MARKS = st.lists(
    st.sampled_from(
        [Mark(MarkKind.STRONG), Mark(MarkKind.EMPHASIS), Mark(MarkKind.LINK, "https://example.org/")]
    ),
    max_size=2,
    unique=True,
).map(tuple)
NOTE = st.sampled_from(
    [Run("", (Mark(MarkKind.NOTE_REFERENCE, "n1"),)), Run("", (Mark(MarkKind.NOTE_REFERENCE, "n2"),))]
)
RUNS = st.lists(
    st.one_of(
        st.builds(Run, WORDS, MARKS), st.builds(Run, WORDS, st.just(())), st.builds(Run, ODD, MARKS), NOTE
    ),
    max_size=4,
).map(tidy)
KEYS = st.integers(0, 40).map(str)
PROSE = st.builds(
    Prose, KEYS, st.sampled_from([Kind.PARAGRAPH, Kind.QUOTATION, Kind.NOTE]), RUNS, st.booleans()
)
LISTS = st.builds(
    ListBlock,
    KEYS,
    st.lists(st.builds(ListItem, RUNS, st.integers(0, 2), st.booleans()), max_size=4).map(tuple),
)
CELLS = st.builds(Cell, st.lists(RUNS, max_size=2).map(tuple), st.booleans())
TABLES = st.builds(
    Table,
    KEYS,
    st.lists(st.builds(Row, st.lists(CELLS, max_size=3).map(tuple)), max_size=3).map(tuple),
    WORDS,
)
FIGURES = st.builds(Figure, KEYS, st.sampled_from(["a", "b"]), WORDS, RUNS)


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    kind = draw(st.sampled_from(sorted(TYPED_KINDS)))
    given_fields = ((name, draw(WORDS).strip()) for name in FIELDS[kind])
    return Typed(draw(KEYS), kind, draw(RUNS), tuple(pair for pair in given_fields if pair[1]))


BLOCKS = st.lists(st.one_of(PROSE, PROSE, typed(), LISTS, TABLES, FIGURES), max_size=3).map(tuple)
LEAVES = st.builds(Section, KEYS, WORDS, BLOCKS, st.just(()), st.booleans())
SECTIONS = st.recursive(
    LEAVES,
    lambda below: st.builds(
        Section, KEYS, WORDS, BLOCKS, st.lists(below, max_size=3).map(tuple), st.booleans()
    ),
    max_leaves=4,
)
WILD = st.builds(Text, WORDS, st.lists(SECTIONS, max_size=3).map(tuple))


def rekeyed(text: Text, fresh: st.DataObject | None) -> Text:
    """The same text under other keys, drawn or counted; notes are still cited by their old ones."""
    count = iter(range(10_000))

    def key() -> str:
        return fresh.draw(KEYS) if fresh else f"k{next(count)}"

    def section(s: Section) -> Section:
        blocks = tuple(replace(block, key=key()) for block in s.blocks)
        return replace(s, key=key(), blocks=blocks, children=tuple(map(section, s.children)))

    return replace(text, sections=tuple(map(section, text.sections)))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Text, Text]:
    """A text and the same after some of its sections and blocks were moved, dropped and altered."""
    old = rekeyed(draw(WILD), None)

    def block(b):
        if draw(st.integers(0, 3)) or not hasattr(b, "runs"):
            return b
        return replace(b, runs=tidy((*b.runs[:1], *draw(RUNS), *b.runs[2:])))

    def section(s: Section) -> Section:
        blocks = draw(st.permutations(s.blocks)) if draw(st.booleans()) else s.blocks
        kept = tuple(block(b) for b in blocks if draw(st.integers(0, 4)))
        return replace(s, blocks=kept, children=sections(s.children))

    def sections(given_sections: tuple[Section, ...]) -> tuple[Section, ...]:
        order = draw(st.permutations(given_sections)) if draw(st.booleans()) else given_sections
        return tuple(section(s) for s in order if draw(st.integers(0, 5)))

    return old, replace(old, sections=sections(old.sections))


PAIRS = st.one_of(st.tuples(WILD, WILD), edited())


def word_count(text: Text, hidden: frozenset[Kind] = frozenset()) -> int:
    def of(block) -> int:
        match block:
            case ListBlock():
                return sum(count_runs(item.runs) for item in block.items)
            case Table():
                cells = (p for row in block.rows for cell in row.cells for p in cell.paragraphs)
                return count_words(block.caption) + sum(count_runs(p) for p in cells)
            case Typed():
                return count_runs(block.runs) + sum(count_words(value) for _, value in block.fields)
            case Figure():
                return count_words(block.alt) + count_runs(block.runs)
            case _:
                return count_runs(block.runs)

    return count_words(text.title) + sum(
        count_words(s.title) + sum(of(b) for b in s.blocks if b.kind not in hidden) for _, s in text.walk()
    )


@pytest.mark.slow
@SLOW
@given(WILD)
def test_a_text_against_itself_is_empty(text: Text) -> None:
    assert compare(rekeyed(text, None), rekeyed(text, None)).empty


@pytest.mark.slow
@SLOW
@given(PAIRS)
def test_either_side_can_be_taken_back(pair: tuple[Text, Text]) -> None:
    comparison = compare(*pair)
    assert side_of(comparison, "old") == outline(pair[0])
    assert side_of(comparison, "new") == outline(pair[1])


@pytest.mark.slow
@SLOW
@given(PAIRS, st.data())
def test_keys_do_not_matter_to_either_side(pair: tuple[Text, Text], data: st.DataObject) -> None:
    old, new = (rekeyed(text, data) for text in pair)
    comparison = compare(old, new)
    assert side_of(comparison, "old") == outline(old)
    assert side_of(comparison, "new") == outline(new)


@pytest.mark.slow
@SLOW
@given(PAIRS)
def test_words_in_and_out_add_up(pair: tuple[Text, Text]) -> None:
    there, back = compare(*pair).summary.words, compare(pair[1], pair[0]).summary.words
    gained = word_count(pair[1]) - word_count(pair[0])
    assert there.inserted - there.deleted == gained
    assert back.deleted - back.inserted == gained


@pytest.mark.slow
@SLOW
@given(PAIRS, st.sets(st.sampled_from(Kind)), st.sets(st.sampled_from(Kind)))
def test_a_hidden_kind_is_never_counted(pair: tuple[Text, Text], before: set[Kind], after: set[Kind]) -> None:
    old_hidden, new_hidden = frozenset(before), frozenset(after)
    comparison = compare(*pair, old_hidden=old_hidden, new_hidden=new_hidden)
    assert side_of(comparison, "old") == outline(pair[0], old_hidden)
    assert side_of(comparison, "new") == outline(pair[1], new_hidden)
    both = old_hidden | new_hidden
    words = comparison.summary.words
    assert words.inserted - words.deleted == word_count(pair[1], both) - word_count(pair[0], both)


@pytest.mark.slow
@SLOW
@given(PAIRS)
def test_moves_stand_twice_and_lists_are_plain(pair: tuple[Text, Text]) -> None:
    comparison = compare(*pair)
    known = {move.id for move in comparison.moves}
    for holder in (comparison.sections, [block for _, block in comparison.blocks()]):
        assert all(entry.move in known for entry in holder if entry.status is Status.MOVED)
    listed = as_json(comparison)
    assert listed == as_json(compare(*pair))
    assert bool(listed["changes"]) is not comparison.empty
