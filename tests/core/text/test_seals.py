"""Seals: one for the exact text, one for what a reader would call the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.core.text import (
    Kind,
    Mark,
    MarkKind,
    Prose,
    Run,
    Section,
    Text,
    Typed,
    canonical,
    seal_of,
    section_seal,
    section_wording,
    text_seal,
)
from tests.core.text.random_texts import texts

STRONG = (Mark(MarkKind.STRONG),)


def _section(words: str, marks: tuple[Mark, ...] = (), key: str = "p") -> Section:
    return Section("s", "People’s safety", (Prose(key, Kind.PARAGRAPH, (Run(words, marks),)),))


@pytest.mark.parametrize(
    "other",
    [
        _section("The force's target - 85%"),
        _section("The force’s  target – 85%", STRONG),
        _section("The force’s target – 85%", key="other"),
        _section("The\u00a0force’s tar\u00adget\u200b – 85%"),
        _section("The ﬁrst".replace("ﬁrst", "force’s target — 85%")),
    ],
)
def test_the_same_words_have_one_wording_and_a_seal_each(other: Section) -> None:
    one = _section("The force’s target – 85%")
    assert section_wording(one) == section_wording(other)
    assert section_seal(one) != section_seal(other)


@pytest.mark.parametrize(
    "other",
    [
        _section("The force’s target – 86%"),
        replace(_section("The force’s target – 85%"), title="Safety"),
        replace(_section("The force’s target – 85%"), blocks=()),
    ],
)
def test_other_words_have_another_wording(other: Section) -> None:
    one = _section("The force’s target – 85%")
    assert section_wording(one) != section_wording(other)
    assert section_seal(one) != section_seal(other)


def test_a_figure_moved_from_baseline_to_target_says_something_else() -> None:
    def measured(field: str) -> Section:
        return Section("s", "T", (Typed("m", Kind.KEY_MEASURE, (), ((field, "85%"),)),))

    assert section_wording(measured("baseline")) != section_wording(measured("target"))


def test_subsections_have_seals_of_their_own() -> None:
    alone = _section("words")
    assert section_seal(alone) == section_seal(replace(alone, children=(_section("more"),)))


def test_the_seal_of_a_text_shows_order_depth_title_and_language() -> None:
    a, b = Section("a", "A"), Section("b", "B")
    seals = {
        text_seal(Text("T", (a, b))),
        text_seal(Text("T", (b, a))),
        text_seal(Text("T", (replace(a, children=(b,)),))),
        text_seal(Text("U", (a, b))),
        text_seal(Text("T", (a, b), "cy")),
        text_seal(Text("T", (a,))),
    }
    assert len(seals) == 6


def test_a_seal_does_not_depend_on_the_order_of_keys_but_on_that_of_lists() -> None:
    assert seal_of({"a": 1, "b": 2}) == seal_of({"b": 2, "a": 1})
    assert seal_of([1, 2]) != seal_of([2, 1])
    assert len(seal_of({})) == 64
    with pytest.raises(ValueError, match="Out of range"):
        seal_of(float("nan"))


@given(st.text())
def test_what_is_canonical_stays_so(words: str) -> None:
    once = canonical(words)
    assert canonical(once) == once


@pytest.mark.parametrize("words", ["︱", "‴", "＂a＂", "﹘", "…", "\ufeff", " a \n b\t"])
def test_signs_that_normalise_to_other_signs_are_followed_to_the_end(words: str) -> None:
    once = canonical(words)
    assert canonical(once) == once
    assert once.isascii()


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts)
def test_two_texts_have_one_seal_only_if_they_are_the_same(one: Text, other: Text) -> None:
    """Reason for slow: forty pairs of random texts."""
    assert text_seal(one) == text_seal(replace(one))
    if one != other:
        assert text_seal(one) != text_seal(other)
