"""Printed numbers stay where they were; what is new takes letters; nothing is used twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.files.pack.numbering import (
    Number,
    Numbered,
    number_pages,
    read_numbers,
    said_as,
    set_aside,
)

PAPERS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 30)), unique_by=lambda paper: paper[0]
)


def _said(numbered: tuple[Numbered, ...]) -> list[str]:
    return [said_as(one.pages) for one in numbered]


def _map(papers: list[tuple[str, int]], numbered: tuple[Numbered, ...]) -> dict[str, str]:
    return {key: set_aside(one) for (key, _), one in zip(papers, numbered, strict=True)}


def test_a_first_issue_is_numbered_through() -> None:
    found = number_pages([("front", 2), ("a", 3), ("b", 1)])
    assert _said(found) == ["1–2", "3–5", "6"]


def test_a_supplement_goes_on_from_the_last_page() -> None:
    assert _said(number_pages([("front", 1), ("a", 2)], after=143)) == ["144", "145–146"]


def test_a_longer_paper_takes_letters_and_a_shorter_leaves_numbers_unused() -> None:
    before = {"front": "1-2", "a": "3-5", "b": "6-9", "c": "10"}
    found = number_pages([("front", 2), ("a", 5), ("b", 2), ("c", 1)], before)
    assert _said(found) == ["1–2", "3–5, 5a–5b", "6–7", "10"]
    assert said_as(found[2].unused) == "8–9"
    assert set_aside(found[2]) == "6-9"


def test_a_new_paper_takes_letters_after_its_neighbour_and_numbers_at_the_end() -> None:
    before = {"a": "1-3", "c": "4-5"}
    found = number_pages([("a", 4), ("b", 2), ("c", 2), ("d", 2)], before)
    assert _said(found) == ["1–3, 3a", "3b–3c", "4–5", "6–7"]


def test_a_lettered_paper_that_grows_again_finds_room() -> None:
    before = {"a": "1-3,3a", "b": "3b", "c": "4"}
    assert _said(number_pages([("a", 6), ("b", 1), ("c", 1)], before)) == ["1–3, 3a, 3aa–3ab", "3b", "4"]


def test_the_numbers_of_a_withdrawn_paper_are_not_given_to_another() -> None:
    before = {"a": "1-3", "gone": "4-6"}
    assert _said(number_pages([("a", 3), ("new", 2)], before)) == ["1–3", "7–8"]


def test_letters_go_on_after_z() -> None:
    found = number_pages([("a", 30), ("b", 1)], {"a": "1", "b": "2"})[0].pages
    assert str(found[26]) == "1z"
    assert str(found[27]) == "1za"
    assert list(found) == sorted(found)


def test_where_no_number_fits_all_are_numbered_afresh() -> None:
    found = number_pages([("a", 3), ("b", 1), ("c", 1)], {"a": "1,1e", "b": "1ea", "c": "2"})
    assert _said(found) == ["3–5", "6", "7"]


@pytest.mark.parametrize("said", ["x", "3-", "5-3", "1-1a", "12A", "3a-4"])
def test_what_is_no_run_of_numbers_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        list(read_numbers(said))


@given(PAPERS, PAPERS, PAPERS)
def test_over_issues_nothing_repeats_and_what_stays_keeps_its_numbers(
    first: list[tuple[str, int]], second: list[tuple[str, int]], third: list[tuple[str, int]]
) -> None:
    kept: dict[str, str] = {}
    for papers in (first, second, third):
        found = number_pages(papers, kept)
        printed = [number for one in found for number in one.pages]
        assert len(printed) == len(set(printed))
        assert [len(one.pages) for one in found] == [count for _, count in papers]
        after = _map(papers, found)
        ever = [number for said in kept.values() for number in read_numbers(said)]
        afresh = bool(ever and printed) and min(printed).whole > max(ever).whole
        for key in kept.keys() & after.keys() if not afresh else ():
            before = list(read_numbers(kept[key]))
            assert list(read_numbers(after[key]))[: len(before)] == before
        kept |= after


@given(PAPERS)
def test_an_issue_again_without_a_change_is_numbered_the_same(papers: list[tuple[str, int]]) -> None:
    found = number_pages(papers)
    assert number_pages(papers, _map(papers, found)) == found


@given(st.lists(st.builds(Number, st.integers(1, 50), st.text("abz", max_size=3)), unique=True))
def test_what_is_set_aside_reads_back(numbers: list[Number]) -> None:
    assert list(read_numbers(set_aside(Numbered(tuple(numbers))))) == numbers
