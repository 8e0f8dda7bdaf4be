"""Which texts speak of the same things: cosine likeness of rare words, plainly computed."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from goldthread.core.text.seal import canonical

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = tuple("ational ations ation ments ment ings ing ers ies ed es er s y".split())  # noqa: SIM905
_COMMON = frozenset(
    "the and for that with will are our their this from they have has was were been who what when which "  # noqa: SIM905
    "not all any can may must shall should would its into more than them those these other also each "
    "where there about over under between after before your you his her she him one two use used".split()
)


class Candidate(NamedTuple):
    """A named text that may be like another."""

    name: str
    words: str


class Likely(NamedTuple):
    """A candidate's name and how like it is: 0 nothing shared, 1 the same words."""

    name: str
    score: float


def stems(words: str) -> Counter[str]:
    """The words that carry meaning, without their commonest endings, and how often each stands."""
    found = (match.group().lower() for match in _WORD.finditer(canonical(words)))
    return Counter(_stem(word) for word in found if word not in _COMMON)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def likely(
    words: str, candidates: Sequence[Candidate], *, most: int = 5, least: float = 0.12
) -> tuple[Likely, ...]:
    """The candidates most like some words, likeliest first: tf-idf cosine of at least ``least``."""
    counts = [stems(candidate.words) for candidate in candidates]
    spread = Counter(stem for count in counts for stem in count)
    total = len(candidates) + 1
    rarity = {stem: math.log(1 + total / (1 + spread[stem])) for stem in spread}
    wanted = _weighted(stems(words), rarity, math.log(1 + total))
    found = [
        Likely(candidate.name, _cosine(wanted, _weighted(count, rarity, 0.0)))
        for candidate, count in zip(candidates, counts, strict=True)
    ]
    found.sort(key=lambda each: (-each.score, each.name))
    return tuple(each for each in found if each.score >= least)[:most]


def _weighted(count: Counter[str], rarity: dict[str, float], unseen: float) -> dict[str, float]:
    return {stem: (1 + math.log(times)) * rarity.get(stem, unseen) for stem, times in count.items()}


def _cosine(left: dict[str, float], right: dict[str, float]) -> float:
    shared = sum(weight * right.get(stem, 0.0) for stem, weight in left.items())
    size = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return round(shared / size, 6) if size else 0.0
