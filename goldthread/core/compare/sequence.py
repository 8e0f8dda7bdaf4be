"""Sequences: what two of them share in order, and how to weave them together.

Elements that stand once on both sides are anchors (patience), single ones first, then runs
of two to four; the gaps between them are treated alike, and a small gap without an anchor
is left to ``cydifflib``. A large one shares nothing, so that time stays near linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from cydifflib import SequenceMatcher  # type: ignore[import-untyped]

Pair = tuple[int, int]

GAP_PAIRS = 40_000
LONGEST_GRAM = 4
MOST_ROUNDS = 12


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Places of equal elements, in the same order on both sides."""
    found: list[Pair] = []
    stack = [(0, len(old), 0, len(new), 0)]
    while stack:
        old_at, old_end, new_at, new_end, rounds = stack.pop()
        while old_at < old_end and new_at < new_end and old[old_at] == new[new_at]:
            found.append((old_at, new_at))
            old_at, new_at = old_at + 1, new_at + 1
        while old_at < old_end and new_at < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
            found.append((old_end, new_end))
        if old_at == old_end or new_at == new_end:
            continue
        before, after = old[old_at:old_end], new[new_at:new_end]
        anchors = _anchors(before, after) if rounds < MOST_ROUNDS else []
        if not anchors:
            found.extend((old_at + i, new_at + j) for i, j in _close(before, after))
            continue
        edges = [(-1, -1), *anchors, (len(before), len(after))]
        found.extend((old_at + i, new_at + j) for i, j in anchors)
        for (i, j), (next_i, next_j) in pairwise(edges):
            stack.append((old_at + i + 1, old_at + next_i, new_at + j + 1, new_at + next_j, rounds + 1))
    found.sort()
    return found


def _close(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Pair]:
    if len(old) * len(new) > GAP_PAIRS:
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for block in matcher.get_matching_blocks():
        yield from ((block[0] + k, block[1] + k) for k in range(block[2]))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    for size in range(1, LONGEST_GRAM + 1):
        here, there = _once(old, size), _once(new, size)
        pairs = [(at, there[gram]) for gram, at in here.items() if at >= 0 and there.get(gram, -1) >= 0]
        if pairs:
            pairs.sort()
            return heaviest_run(pairs, [_company(old, new, pair) for pair in pairs])
    return []


def _once(sequence: Sequence[Hashable], size: int) -> dict[Hashable, int]:
    """Each run of that size with its place, or -1 where it stands more than once."""
    places: dict[Hashable, int] = {}
    grams: Iterator[Hashable] = iter(sequence)
    if size > 1:
        grams = zip(*(sequence[k:] for k in range(size)), strict=False)
    for at, gram in enumerate(grams):
        places[gram] = -1 if gram in places else at
    return places


def _company(old: Sequence[Hashable], new: Sequence[Hashable], pair: Pair) -> int:
    """A match counts for more where its neighbours match as well."""
    i, j = pair
    before = i > 0 and j > 0 and old[i - 1] == new[j - 1]
    after = i + 1 < len(old) and j + 1 < len(new) and old[i + 1] == new[j + 1]
    return 1 + 2 * before + 2 * after


def heaviest_run(pairs: Sequence[Pair], weights: Sequence[int]) -> list[Pair]:
    """Of pairs sorted by old place, those in one order on both sides that weigh most."""
    if all(a[1] < b[1] for a, b in pairwise(pairs)):
        return list(pairs)
    order = sorted(pair[1] for pair in pairs)
    size = len(order)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    came_from: list[int] = []
    top = (0, -1)
    for at, ((_, new_place), weight) in enumerate(zip(pairs, weights, strict=True)):
        rank = bisect_left(order, new_place)
        heaviest, node = (0, -1), rank
        while node > 0:
            heaviest = max(heaviest, best[node])
            node -= node & -node
        came_from.append(heaviest[1])
        mine = (heaviest[0] + weight, at)
        top = max(top, mine)
        node = rank + 1
        while node <= size:
            best[node] = max(best[node], mine)
            node += node & -node
    run: list[Pair] = []
    at = top[1]
    while at >= 0:
        run.append(pairs[at])
        at = came_from[at]
    run.reverse()
    return run


def weave(old_count: int, new_count: int, kept: Sequence[Pair]) -> Iterator[tuple[int | None, int | None]]:
    """Every old and new place once, kept ones as pairs; in a gap the old stand first."""
    i = j = 0
    for next_i, next_j in (*kept, (old_count, new_count)):
        yield from ((place, None) for place in range(i, next_i))
        yield from ((None, place) for place in range(j, next_j))
        if next_i < old_count and next_j < new_count:
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1
