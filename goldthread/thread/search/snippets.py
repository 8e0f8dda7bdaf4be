"""The piece of a text in which the words that were sought stand, with these words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from goldthread.thread.search.asking import Question, folded

AROUND = 160
"""How many letters are shown before and after what was found."""

_ENDINGS = ("ations", "ation", "ingly", "ities", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "y", "e")
_SHORTEST = 3


class Piece(NamedTuple):
    """Some words of a snippet, and whether they are among those that were sought."""

    words: str
    sought: bool


def marked(words: str, question: Question) -> tuple[Piece, ...]:
    """The whole of a text with what was sought in it marked."""
    return tuple(_pieces(words, 0, len(words), _places(words, question)))


def snippet(words: str, question: Question) -> tuple[Piece, ...]:
    """The piece of a text around the densest place of what was sought; its beginning where there is none."""
    words = " ".join(words.split())
    places = _places(words, question)
    first, last = _window(words, places)
    before = "… " if first else ""
    after = " …" if last < len(words) else ""
    pieces = list(_pieces(words, first, last, places))
    if pieces:
        pieces[0] = pieces[0]._replace(words=pieces[0].words.lstrip())
        pieces[-1] = pieces[-1]._replace(words=pieces[-1].words.rstrip())
    return tuple(piece for piece in (Piece(before, False), *pieces, Piece(after, False)) if piece.words)


def _places(words: str, question: Question) -> list[tuple[int, int]]:
    pattern = _pattern(question.words)
    return [match.span() for match in pattern.finditer(folded(words))] if pattern else []


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Matches each word in whatever form it ends."""
    stems = sorted({stem_of(word) for word in words}, key=len, reverse=True)
    if not stems:
        return None
    return re.compile("|".join(rf"(?<![^\W_]){re.escape(stem)}{_rest(stem)}(?![^\W_])" for stem in stems))


def _rest(stem: str) -> str:
    return r"[^\W\d_]{0,5}" if len(stem) >= _SHORTEST and stem.isalpha() else "s?"


def stem_of(word: str) -> str:
    """A word without its ending, near enough to how the databases see it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


def _window(words: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    """From where to where a text is shown: around the place with most of what was sought near it."""
    if not places:
        return 0, _at_word(words, 2 * AROUND)
    best = max(places, key=lambda place: (_near(place[0], places), -place[0]))
    first = max(0, best[0] - AROUND // 2)
    if first:
        first = words.find(" ", first, best[0]) + 1 or best[0]
    return first, _at_word(words, first + 2 * AROUND)


def _near(at: int, places: list[tuple[int, int]]) -> int:
    return sum(1 for start, _end in places if at <= start < at + 2 * AROUND)


def _at_word(words: str, end: int) -> int:
    """The end of the word in which a place lies."""
    if end >= len(words):
        return len(words)
    found = words.rfind(" ", 0, end)
    return found if found > end - AROUND else end


def _pieces(words: str, first: int, last: int, places: list[tuple[int, int]]) -> Iterator[Piece]:
    at = first
    for start, end in places:
        if first <= start and end <= last:
            if start > at:
                yield Piece(words[at:start], False)
            yield Piece(words[start:end], True)
            at = end
    if at < last:
        yield Piece(words[at:last], False)
