"""What became of each section since somebody relied on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.governance.evidence import Drift, Placed, SectionDrift, Tree, drift

seals = st.sampled_from(["x", "y", "z"])
placed = st.builds(Placed, st.integers(0, 3), st.sampled_from("abcdefgh"), seals)
trees = st.lists(placed, unique_by=lambda each: each.key, max_size=8).map(tuple)


def _tree(order: str, **seal: str) -> Tree:
    return tuple(Placed(0, key, seal.get(key, "as ever")) for key in order)


def test_each_kind_of_change_is_named() -> None:
    then = (Placed(0, "a", "1"), Placed(0, "b", "1"), Placed(0, "c", "1"), Placed(0, "gone", "1"))
    now = (Placed(0, "a", "1"), Placed(1, "b", "1"), Placed(0, "new", "1"), Placed(0, "c", "2"))
    assert drift(then, now) == (
        SectionDrift("b", Drift.MOVED),
        SectionDrift("new", Drift.ADDED),
        SectionDrift("c", Drift.CHANGED),
        SectionDrift("gone", Drift.REMOVED),
    )


def test_one_section_moved_names_only_that_one() -> None:
    assert drift(_tree("abcdef"), _tree("bcdefa")) == (SectionDrift("a", Drift.MOVED),)
    assert drift(_tree("abcdef"), _tree("fabcde")) == (SectionDrift("f", Drift.MOVED),)
    assert drift(_tree("abcdef"), _tree("abecdf")) == (SectionDrift("e", Drift.MOVED),)


def test_taking_out_or_adding_moves_nothing() -> None:
    assert drift(_tree("abcd"), _tree("acd")) == (SectionDrift("b", Drift.REMOVED),)
    assert drift(_tree("abcd"), _tree("abxcd")) == (SectionDrift("x", Drift.ADDED),)


@given(trees)
def test_a_text_does_not_drift_from_itself(tree: Tree) -> None:
    assert drift(tree, tree) == ()


@given(trees, trees)
def test_two_texts_that_differ_always_drift_and_each_section_once(then: Tree, now: Tree) -> None:
    found = drift(then, now)
    assert bool(found) is (then != now)
    keys = [each.key for each in found]
    assert len(keys) == len(set(keys))
    before, after = {p.key for p in then}, {p.key for p in now}
    assert {e.key for e in found if e.what is Drift.ADDED} == after - before
    assert {e.key for e in found if e.what is Drift.REMOVED} == before - after


@given(trees, trees)
def test_what_did_not_move_kept_its_order(then: Tree, now: Tree) -> None:
    aside = {each.key for each in drift(then, now) if each.what is not Drift.CHANGED}
    kept_now = [p.key for p in now if p.key not in aside]
    moved_but_changed = {e.key for e in drift(then, now) if e.what is Drift.CHANGED}
    settled = [key for key in kept_now if key not in moved_but_changed]
    assert settled == [p.key for p in then if p.key in set(settled)]
