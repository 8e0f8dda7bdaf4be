"""Words as they are compared: never a number, an amount or a date in two parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.core.text import MarkKind, Run, Runs, canonical

Twins = Mapping[str, str]
"""The key that stands in the new text for a key of the old one."""

_WEIGHTLESS = "\u00ad\u200b-\u200d\u2060\ufeff"
_HELD = "\ufffc"
_SPACE = "[ \u00a0\u2009\u202f]+"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PUNCTUATION = (
    r"!-/:-@\[-\^`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf"
    r"\u2000-\u206f\u20a0-\u20bf\u3000-\u303f"
)
_LETTER = rf"[^\s{_PUNCTUATION}{_EAST}{_HELD}{_WEIGHTLESS}]"
_WORD = rf"{_LETTER}+(?:['\u2018\u2019\-\u2010\u2011{_WEIGHTLESS}]{_LETTER}+)*"
TOKEN = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)[^\s<>\"\ufffc]*[^\s<>\"\ufffc.,;:!?)\u2019\u201d]",
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
            rf"\d{{1,2}}(?:st|nd|rd|th)?{_SPACE}{_MONTH}\b(?:,?{_SPACE}\d{{4}}\b)?",
            rf"{_MONTH}{_SPACE}\d{{4}}\b",
            rf"[+\u2212-]?[£$€]?\d+(?:[.,:/\u2013-]\d+)*(?:%|{_LETTER}*)"
            rf"(?:{_SPACE}(?:million|billion|thousand|percent|per{_SPACE}cent)\b)?",
            _WORD,
            r"\.\.\.",
            rf"[^\s{_WEIGHTLESS}]",
        )
    )
)
NOTE_FORM = "\x00note "


def form(words: str) -> str:
    """Words as compared: quotes, spaces and Unicode normalised."""
    return " ".join(words.split()) if words.isascii() else canonical(words)


def weight(token: str) -> int:
    """How many words a token counts for: none for punctuation, three for "4 May 2026"."""
    if token.isalnum():
        return 1
    if token.startswith(NOTE_FORM):
        return 0
    return sum(any(map(str.isalnum, part)) for part in token.split())


def count_words(words: str) -> int:
    """How many words there are, counted as they are compared."""
    return sum(weight(form(token)) for token in TOKEN.findall(words))


def count_runs(runs: Runs) -> int:
    """How many words runs hold; a note reference parts the words on either side of it."""
    return count_words("".join(_HELD if is_note(run) else run.words for run in runs))


@dataclass(frozen=True, slots=True)
class Line:
    """Runs laid out for comparison.

    ``flat`` is their words with one placeholder for each note reference; ``offsets`` is
    where each run starts in it. Token n owns the characters from the end of the token
    before it, so its leading space, to ``ends[n]``; its word starts at ``starts[n]``.
    """

    runs: Runs
    flat: str
    offsets: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]

    def edge(self, token: int) -> int:
        """Where a token's leading space starts."""
        return self.ends[token - 1] if token else 0

    def cut(self, start: int, end: int) -> Runs:
        """The runs between two places of ``flat``, with their marks."""
        if start >= end:
            return ()
        pieces: list[Run] = []
        at = bisect_right(self.offsets, start) - 1
        while at < len(self.runs) and self.offsets[at] < end:
            run, offset = self.runs[at], self.offsets[at]
            words = run.words if is_note(run) else run.words[max(0, start - offset) : end - offset]
            pieces.append(Run(words, run.marks))
            at += 1
        return tuple(pieces)


def is_note(run: Run) -> bool:
    """Whether a run stands for a note reference."""
    return any(mark.kind is MarkKind.NOTE_REFERENCE for mark in run.marks)


def lay_out(runs: Runs, twins: Twins) -> Line:
    """Lay tidy runs out as a line of tokens; a note is known by its twin in the new text."""
    flat: list[str] = []
    offsets: list[int] = []
    notes: dict[int, str] = {}
    at = 0
    for run in runs:
        offsets.append(at)
        words = run.words
        if is_note(run):
            target = next(m.target for m in run.marks if m.kind is MarkKind.NOTE_REFERENCE)
            notes[at] = NOTE_FORM + twins.get(target, target)
            words = _HELD
        flat.append(words)
        at += len(words)
    joined = "".join(flat)
    spans = [match.span() for match in TOKEN.finditer(joined)]
    forms = [_token_form(joined[start:end]) for start, end in spans]
    if notes:
        forms = [notes.get(span[0]) or known for span, known in zip(spans, forms, strict=True)]
    return Line(
        runs,
        joined,
        tuple(offsets),
        tuple([start for start, _ in spans]),
        tuple([end for _, end in spans]),
        tuple(forms),
    )


def _token_form(token: str) -> str:
    return token if token.isascii() and token.isalnum() else form(token)
