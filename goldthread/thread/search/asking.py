"""What somebody looks for, from what they typed: words and phrases, never the database's own signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
MOST = 12
"""So many words of a question are looked for; nobody types more on purpose."""

COMMON = frozenset(
    [
        "i",
        "me",
        "my",
        "myself",
        "we",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "what",
        "which",
        "who",
        "whom",
        "this",
        "that",
        "these",
        "those",
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "have",
        "has",
        "had",
        "having",
        "do",
        "does",
        "did",
        "doing",
        "a",
        "an",
        "the",
        "and",
        "but",
        "if",
        "or",
        "because",
        "as",
        "until",
        "while",
        "of",
        "at",
        "by",
        "for",
        "with",
        "about",
        "against",
        "between",
        "into",
        "through",
        "during",
        "before",
        "after",
        "above",
        "below",
        "to",
        "from",
        "up",
        "down",
        "in",
        "out",
        "on",
        "off",
        "over",
        "under",
        "again",
        "further",
        "then",
        "once",
        "here",
        "there",
        "when",
        "where",
        "why",
        "how",
        "all",
        "any",
        "both",
        "each",
        "few",
        "more",
        "most",
        "other",
        "some",
        "such",
        "no",
        "nor",
        "not",
        "only",
        "own",
        "same",
        "so",
        "than",
        "too",
        "very",
        "s",
        "t",
        "can",
        "will",
        "just",
        "don",
        "should",
        "now",
    ]
)
"""Words that say nothing about what is sought, as PostgreSQL has them for English."""

_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What is sought: each part is the words of a phrase, and all of them must be found."""

    typed: str
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that is sought."""
        return tuple(word for part in self.parts for word in part)

    def __bool__(self) -> bool:
        return bool(self.parts)


def folded(words: str) -> str:
    """Words in lower case without accents, letter for letter, so that places in them stay the same."""
    return "".join(map(_bare, words)).lower()


def _bare(letter: str) -> str:
    if letter < "\x80":
        return letter
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if len(bare.lower()) == 1 else letter


def asked(typed: str) -> Question:
    """What was typed as a question: words in quotation marks stand together, and so do the pieces of
    one word such as V2.1 or 2014/07."""
    typed = " ".join(typed.replace("\x00", " ").replace("“", '"').replace("”", '"').split())[:LONGEST]
    parts = []
    for phrase, word in _PARTS.findall(typed):
        found = tuple(_WORD.findall(folded(phrase or word)))
        if found:
            parts.append(found)
    telling = [part for part in parts if not COMMON.issuperset(part)]
    return Question(typed, tuple(dict.fromkeys(telling))[:MOST])
