"""The JSON form: it goes both ways, and takes anything without falling over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.text import (
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Run,
    Section,
    Table,
    Typed,
    block_form,
    plain,
    read_blocks,
    read_section,
    safe_address,
    section_form,
    section_seal,
)
from goldthread.core.text.form import KIND_OF_NODE, MAX_DEPTH
from tests.core.text.random_texts import sections

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NODES = [
    *KIND_OF_NODE,
    "bulletList",
    "orderedList",
    "listItem",
    "tableRow",
    "tableCell",
    "text",
    "noteReference",
]
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("\ud800\x00")
)


def _hostile(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    node = st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(NODES) | scalars,
            "attrs": st.fixed_dictionaries(
                {},
                optional={
                    name: below
                    for name in (
                        "key",
                        "fields",
                        "image",
                        "start",
                        "note",
                        "href",
                        "lang",
                        "mixed",
                        "colspan",
                    )
                },
            )
            | below,
            "content": st.lists(below, max_size=3) | below,
            "marks": st.lists(below, max_size=2) | below,
            "text": below,
        },
    )
    return node | st.lists(below, max_size=3)


hostile = st.recursive(scalars, _hostile, max_leaves=12)


@pytest.mark.slow
@relaxed
@given(sections)
def test_a_section_reads_back_as_it_was_written(section: Section) -> None:
    """Reason for slow: sixty random sections."""
    form = json.loads(json.dumps(section_form(section)))
    assert read_section(form) == (section, ())


@pytest.mark.slow
@relaxed
@given(st.lists(_hostile(hostile), max_size=3) | hostile)
def test_whatever_is_sent_is_read_and_what_is_kept_is_stable(form: Any) -> None:
    """Reason for slow: sixty random forms."""
    problems = read_blocks(form)[1]
    assert all(problem.message for problem in problems)
    section, _ = read_section({"key": "k", "title": form, "content": form, "lang": form})
    again, left_out = read_section(json.loads(json.dumps(section_form(section))))
    assert again == section
    assert left_out == ()
    written = json.dumps(section_form(section), ensure_ascii=False)
    assert "\x00" not in written
    written.encode()


@pytest.mark.parametrize(
    "form",
    [
        None,
        3,
        "words",
        [],
        {"content": 3},
        {"title": ["a"]},
        {"content": [3]},
        {"content": [{"type": "script"}]},
        {"content": [{"type": ["paragraph"]}]},
        {"content": [{"type": "paragraph", "content": "words"}]},
        {"content": [{"type": "paragraph", "content": [3]}]},
        {"content": [{"type": "paragraph", "content": [{"type": "noteReference", "attrs": "n1"}]}]},
        {"content": [{"type": "paragraph", "content": [{"type": "noteReference", "attrs": [1]}]}]},
        {"content": [{"type": "table", "content": [3]}]},
        {"content": [{"type": "bulletList", "content": {"type": "listItem"}}]},
        {"content": [{"type": "figure", "attrs": {"image": "../../secret"}}]},
    ],
)
def test_what_is_not_in_our_form_is_left_out_and_said(form: Any) -> None:
    _, problems = read_section(form)
    assert problems


def test_keys_are_kept_once_and_odd_ones_replaced() -> None:
    nodes = [
        {"type": "paragraph", "attrs": {"key": key}} for key in ("a", "a", "", 7, "k" * 65, "a b", "\x00")
    ]
    blocks, _ = read_blocks(nodes)
    keys = [block.key for block in blocks]
    assert keys[0] == "a"
    assert len(set(keys)) == len(nodes)
    assert all(len(key) <= 64 and key.isascii() and " " not in key for key in keys)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/plan?a=1#b", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("mailto:office@example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,hello", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("/plan", False),
        ("https:", False),
        ("mailto:", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_safe_links_are_kept_and_their_words_always(address: str, safe: bool) -> None:
    assert safe_address(address) is safe
    mark = {"type": "link", "attrs": {"href": address}}
    node = {"type": "paragraph", "content": [{"type": "text", "text": "the plan", "marks": [mark]}]}
    (block,), problems = read_blocks([node])
    assert isinstance(block, Prose)
    assert plain(block.runs) == "the plan"
    assert bool(block.runs[0].marks) is safe
    assert bool(problems) is not safe


def _nested(depth: int) -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": f"at {depth}"}]}
    item: dict[str, Any] = {"type": "listItem", "content": [paragraph]}
    if depth:
        item["content"].append(_nested(depth - 1))
    return {"type": "bulletList", "content": [item]}


def test_a_list_is_kept_to_a_depth_and_what_is_cut_is_said() -> None:
    (block,), problems = read_blocks([_nested(7)])
    assert isinstance(block, ListBlock)
    assert [item.depth for item in block.items] == list(range(8))
    assert problems == ()
    (deep,), cut = read_blocks([_nested(60)])
    assert isinstance(deep, ListBlock)
    assert max(item.depth for item in deep.items) == MAX_DEPTH
    assert [problem.message for problem in cut] == ["A list nested too deeply was cut."]


def test_an_item_deeper_than_its_neighbour_allows_is_raised() -> None:
    from_word = ListBlock("k", (ListItem((Run("a"),)), ListItem((Run("b"),), 4)))
    (block,), _ = read_blocks([block_form(from_word)])
    assert isinstance(block, ListBlock)
    assert [item.depth for item in block.items] == [0, 1]


@pytest.mark.parametrize(
    ("given_span", "kept"), [(2, 2), (0, 1), (-4, 1), (10**9, 1), ("3", 1), (True, 1), (2.5, 1)]
)
def test_spans_are_capped(given_span: Any, kept: int) -> None:
    cell = {"type": "tableCell", "attrs": {"colspan": given_span, "rowspan": given_span}}
    (block,), _ = read_blocks([{"type": "table", "content": [{"type": "tableRow", "content": [cell]}]}])
    assert isinstance(block, Table)
    assert block.rows[0].cells[0] == Cell((), False, kept, kept)


def test_fields_are_those_of_the_kind_and_empty_ones_are_left_out() -> None:
    attrs = {"key": "m", "fields": {"target": " 90% ", "baseline": "", "owner": "nobody", "unit": 7}}
    (block,), _ = read_blocks([{"type": "keyMeasure", "attrs": attrs}])
    assert block == Typed("m", Kind.KEY_MEASURE, (), (("target", "90%"),))


def test_a_picture_is_named_by_the_seal_of_its_bytes_or_not_at_all() -> None:
    nodes = [
        {"type": "figure", "attrs": {"key": "f", "image": i, "alt": "A map"}} for i in ("ab" * 32, "x.png")
    ]
    (kept, dropped), problems = read_blocks(nodes)
    assert kept == Figure("f", "ab" * 32, "A map")
    assert isinstance(dropped, Figure)
    assert (dropped.image, dropped.alt, len(problems)) == ("", "A map", 1)


def test_control_characters_never_reach_the_database() -> None:
    text = {"type": "text", "text": "a\x00b\ud800c\td\r\ne\x7f"}
    form = {
        "key": "k",
        "title": "T\x00\ud800itle",
        "content": [
            {"type": "paragraph", "content": [text]},
            {"type": "table", "attrs": {"caption": "\x00c"}, "content": []},
            {"type": "contact", "attrs": {"fields": {"name": "A\x00"}}},
        ],
    }
    section, problems = read_section(form)
    assert problems == ()
    assert section.title == "Title"
    assert plain(section.blocks[0].runs) == "abc d e"
    assert (section.blocks[1].caption, section.blocks[2].field("name")) == ("c", "A")
    assert section_seal(section) == section_seal(read_section(section_form(section))[0])
