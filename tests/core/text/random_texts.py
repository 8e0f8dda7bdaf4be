"""Random texts in the form that we keep, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from goldthread.core.text import (
    FIELDS,
    PROSE_KINDS,
    TYPED_KINDS,
    Cell,
    Figure,
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

_LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
words = st.text(_LETTERS, min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
plain_marks = st.sampled_from(
    [Mark(kind) for kind in (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT)]
)
links = st.sampled_from(
    [
        Mark(MarkKind.LINK, "https://example.org/a?b=c#d"),
        Mark(MarkKind.LINK, "mailto:office@example.org"),
        Mark(MarkKind.CITATION, "source-1"),
    ]
)
worded = st.builds(Run, lines, st.lists(plain_marks | links, max_size=3).map(tuple))
noted = st.builds(lambda key: Run("", (Mark(MarkKind.NOTE_REFERENCE, key),)), st.sampled_from(["n1", "n2"]))
runs = st.lists(worded | noted, max_size=4).map(tidy)
keys = st.uuids(version=4).map(str)
langs = st.sampled_from(["", "cy", "ar"])


@st.composite
def list_items(draw: st.DrawFn) -> tuple[ListItem, ...]:
    """Items, none deeper than one below its neighbour."""
    items: list[ListItem] = []
    for _ in range(draw(st.integers(0, 6))):
        deepest = min(items[-1].depth + 1, 8) if items else 0
        depth = draw(st.integers(0, deepest))
        items.append(ListItem(draw(runs), depth, draw(st.booleans())))
    return tuple(items)


cells = st.builds(
    Cell,
    st.lists(runs, max_size=2).map(lambda found: () if found == [()] else tuple(found)),
    st.booleans(),
    st.integers(1, 4),
    st.integers(1, 4),
)
rows = st.lists(st.builds(Row, st.lists(cells, max_size=3).map(tuple)), max_size=3).map(tuple)
field_words = words.map(str.strip).filter(bool)


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    """A typed block with some of its fields."""
    kind = draw(st.sampled_from(sorted(TYPED_KINDS)))
    given = [name for name in FIELDS[kind] if draw(st.booleans())]
    return Typed(
        draw(keys), kind, draw(runs), tuple((name, draw(field_words)) for name in given), draw(langs)
    )


blocks = st.one_of(
    st.builds(Prose, keys, st.sampled_from(sorted(PROSE_KINDS)), runs, st.booleans(), langs),
    st.builds(ListBlock, keys, list_items(), st.integers(0, 30), langs),
    st.builds(Table, keys, rows, words, langs),
    st.builds(Figure, keys, st.sampled_from(["", "ab" * 32]), words, runs, langs),
    typed(),
)


def _sections(children: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[Section]:
    held = st.lists(blocks, max_size=4, unique_by=lambda block: block.key).map(tuple)
    return st.builds(Section, keys, words, held, children, st.booleans(), langs)


sections = _sections(st.just(()))
texts = st.builds(
    Text,
    words,
    st.lists(
        st.recursive(
            sections,
            lambda below: _sections(st.lists(below, max_size=3).map(tuple)),
            max_leaves=5,
        ),
        max_size=3,
    ).map(tuple),
)
