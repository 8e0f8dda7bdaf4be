"""Numbers are computed from position, and none stands twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from goldthread.core.text import Kind, Prose, Section, Text, Typed, numbers
from tests.core.text.random_texts import texts


def _paragraph(key: str, *, numbered: bool = True) -> Prose:
    return Prose(key, Kind.PARAGRAPH, numbered=numbered)


def _pledge(key: str) -> Typed:
    return Typed(key, Kind.PLEDGE)


def test_paragraphs_and_subsections_share_one_count() -> None:
    below = Section("s11", "Below", (_paragraph("p111"),))
    last = Section("s12", "Last")
    first = Section("s1", "First", (_paragraph("p1"), _paragraph("plain", numbered=False)), (below, last))
    assert numbers(Text("T", (first, Section("s2", "Second")))) == {
        "s1": "1",
        "p1": "1.1",
        "s11": "1.2",
        "p111": "1.2.1",
        "s12": "1.3",
        "s2": "2",
    }


def test_typed_blocks_count_by_kind_within_their_top_section() -> None:
    below = Section("s11", "Below", (_pledge("b"), Typed("m", Kind.KEY_MEASURE), Typed("c", Kind.CONTACT)))
    first = Section("s1", "First", (_pledge("a"),), (below,))
    second = Section("s2", "Second", (_pledge("d"),))
    labels = numbers(Text("T", (first, second)))
    assert labels["a"] == "Pledge 1.1"
    assert labels["b"] == "Pledge 1.2"
    assert labels["d"] == "Pledge 2.1"
    assert labels["m"] == "Key measure 1.1"
    assert "c" not in labels


def test_beneath_an_unnumbered_heading_the_count_goes_on() -> None:
    heading = Section("h", "A heading", (_paragraph("p2"),), numbered=False)
    first = Section("s1", "First", (_paragraph("p1"),), (heading, Section("s11", "Below")))
    labels = numbers(Text("T", (first,)))
    assert (labels["p1"], labels["p2"], labels["s11"]) == ("1.1", "1.2", "1.3")
    assert "h" not in labels


def test_a_text_without_numbered_sections_counts_its_paragraphs_and_pledges_through() -> None:
    text = Text(
        "T",
        (
            Section("a", "Purpose", (_paragraph("p1"), _pledge("x")), numbered=False),
            Section("b", "Background", (_paragraph("p2"), _pledge("y")), numbered=False),
        ),
    )
    assert numbers(text) == {"p1": "1", "x": "Pledge 1", "p2": "2", "y": "Pledge 2"}


def test_notes_are_numbered_through_the_whole_text() -> None:
    note = Prose("n1", Kind.NOTE, numbered=True)
    other = Prose("n2", Kind.NOTE)
    text = Text("T", (Section("a", "A", (note,)), Section("b", "B", (other,))))
    assert numbers(text) == {"a": "1", "n1": "1", "b": "2", "n2": "2"}


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_no_number_stands_twice(text: Text) -> None:
    """Reason for slow: eighty random texts."""
    labels = numbers(text)
    notes = {b.key for _, s in text.walk() for b in s.blocks if b.kind is Kind.NOTE}
    sections = {s.key for _, s in text.walk()}
    dotted = [n for key, n in labels.items() if key not in notes and (key in sections or not n.isdecimal())]
    loose = [n for key, n in labels.items() if key not in notes | sections and n.isdecimal()]
    for each in (dotted, loose, [labels[key] for key in notes]):
        assert len(each) == len(set(each))
    assert all(re.fullmatch(r"([A-Z][a-z ]+ )?\d+(\.\d+)*", label) for label in labels.values())
