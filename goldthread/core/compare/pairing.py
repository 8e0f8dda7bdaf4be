"""Which old thing became which new one: by key, by the same words, by like words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from goldthread.core.compare.sequence import Pair, matches

RAREST = 8
CANDIDATES = 8
LEAST_LIKE = 55.0
LEAST_SHARED = 0.4
LONGEST_SORTED = 8_000
MOST_POSTINGS = 200
FEWEST_WORDS = 3


class Leaf(NamedTuple):
    """Something to pair: its key, empty where it has none, and what it must agree in."""

    key: str
    kind: str


Form = Callable[[int], str]
"""The canonical words of the thing at a place, asked for only where they are needed."""


def pair(old: Sequence[Leaf], new: Sequence[Leaf], old_form: Form, new_form: Form) -> list[Pair]:
    """Pairs of places, sorted by old place, each place in one pair at most."""
    paired = _by_key(old, new)
    taken = set(paired.values())
    if len(paired) == len(old) or len(taken) == len(new):
        return sorted(paired.items())
    before = {i: (leaf.kind, old_form(i)) for i, leaf in enumerate(old) if i not in paired}
    after = {j: (leaf.kind, new_form(j)) for j, leaf in enumerate(new) if j not in taken}
    _in_order(paired, before, after, len(old), len(new))
    _elsewhere(paired, before, after)
    for _, _, i, j in sorted(_alike(before, after)):
        if i in before and j in after:
            paired[i] = j
            del before[i], after[j]
    return sorted(paired.items())


def _by_key(old: Sequence[Leaf], new: Sequence[Leaf]) -> dict[int, int]:
    places: dict[Leaf, int] = {}
    for j, leaf in enumerate(new):
        places.setdefault(leaf, j)
    found: dict[int, int] = {}
    for i, leaf in enumerate(old):
        if leaf.key and (j := places.pop(leaf, -1)) >= 0:
            found[i] = j
    return found


Wording = tuple[str, str]


def _in_order(
    paired: dict[int, int], before: dict[int, Wording], after: dict[int, Wording], old: int, new: int
) -> None:
    """The same words in the same order, those already paired serving as anchors."""
    back = {j: i for i, j in paired.items()}
    left: list[Hashable] = [before.get(i, i) for i in range(old)]
    right: list[Hashable] = [after[j] if j in after else back[j] for j in range(new)]
    for i, j in matches(left, right):
        if i in before and j in after:
            paired[i] = j
            del before[i], after[j]


def _elsewhere(paired: dict[int, int], before: dict[int, Wording], after: dict[int, Wording]) -> None:
    """The same words elsewhere, unless so few and so often that they tell nothing."""
    places: defaultdict[Wording, list[int]] = defaultdict(list)
    for j in sorted(after, reverse=True):
        places[after[j]].append(j)
    often = Counter(before.values())
    for i, wording in list(before.items()):
        here = places.get(wording)
        alone = often[wording] == 1 and here is not None and len(here) == 1
        if here and wording[1] and (alone or len(wording[1].split()) >= FEWEST_WORDS):
            j = here.pop()
            often[wording] -= 1
            paired[i] = j
            del before[i], after[j]


class _Sorted(NamedTuple):
    """A thing's words, sorted and counted."""

    joined: str
    counts: Counter[str]
    size: int


def _sort(words: str) -> _Sorted:
    listed = sorted(words.lower().split())
    return _Sorted(" ".join(listed), Counter(listed), len(listed))


def _alike(before: dict[int, Wording], after: dict[int, Wording]) -> Iterator[tuple[float, int, int, int]]:
    """Candidates as (minus likeness, distance, old place, new place): best first once sorted."""
    bags = {j: _sort(words) for j, (_, words) in after.items()}
    postings: defaultdict[Wording, list[int]] = defaultdict(list)
    for j, (kind, _) in after.items():
        for word in bags[j].counts:
            postings[kind, word].append(j)
    for i, (kind, words) in before.items():
        bag = _sort(words)
        for j in _candidates(i, kind, bag, postings):
            if likeness := _likeness(bag, bags[j]):
                yield -likeness, abs(i - j), i, j


def _candidates(i: int, kind: str, bag: _Sorted, postings: dict[Wording, list[int]]) -> list[int]:
    """Up to eight places that share the rarest words, those that share most first."""
    known = [(len(here), word, here) for word in bag.counts if (here := postings.get((kind, word)))]
    known.sort(key=lambda entry: entry[:2])
    votes: defaultdict[int, float] = defaultdict(float)
    for often, _, here in known[:RAREST]:
        for j in here[:MOST_POSTINGS]:
            votes[j] += 1 / often
    return sorted(votes, key=lambda j: (-votes[j], abs(i - j)))[:CANDIDATES]


def _likeness(old: _Sorted, new: _Sorted) -> float:
    """A token ratio from 55 to 100, or 0 where the two are not alike."""
    shared = sum(min(count, new.counts[word]) for word, count in old.counts.items() if word in new.counts)
    share = 2 * shared / (old.size + new.size)
    if share < LEAST_SHARED:
        return 0.0
    if max(len(old.joined), len(new.joined)) > LONGEST_SORTED:
        return 100 * share if 100 * share >= LEAST_LIKE else 0.0
    return fuzz.ratio(old.joined, new.joined, score_cutoff=LEAST_LIKE)
