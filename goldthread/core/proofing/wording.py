"""Slips of the hand: a word typed twice, and what the template left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Line, Reading
from goldthread.core.text import Section, Typed

_DOUBLED = re.compile(
    r"(?<![\w’'.-])(?P<word>[^\W\d_]+)[ \u00a0\n]+(?P<again>(?P=word))(?![\w’'-]|\.\w)", re.IGNORECASE
)
_RIGHT_TWICE = frozenset(
    "had that is her no very so bye blah ha again many far over more knock long really much yn i o".split()  # noqa: SIM905
)
_HOLDS = re.compile(
    r"[\[<{]|xx|£ ?x|lorem|click|tap here|\bTB[CDA]\b|to be confirmed|enter (?:text|date)", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"<(?:insert|enter|add|type|your)\b[^>\n]{0,80}>"
    r"|[\[{]{1,2}\s*(?:insert|enter|add|type|delete|complete|your|tbc|tbd|xx+)\b[^\]}\n]{0,80}[\]}]{0,2}"
    r"|\[(?:(?:name|date|title|number|amount)(?: of [^\]\n]{1,60})?|\s{2,}|\.{2,}|…|_{2,}|\?+)\]"
    r"|(?<![\w.])£?(?-i:xx+|XXX+)(?![\w])(?:/(?-i:xx+|XX+)/\w+)?%?"
    r"|(?<=£)(?-i:XX?)(?!\w)|(?-i:\bXX?/XX?/(?:XX(?:XX)?|\d{2,4})\b)"
    r"|\blorem ipsum\b|\b(?:click|tap)(?: or tap)? here to enter\b[^.\n]{0,30}"
    r"|(?-i:\bTB[CDA]\b)|\b(?:is|are|date|venue|amount|cost|name|owner|lead)s?\W{0,3} to be confirmed\b",
    re.IGNORECASE,
)
_TO_SETTLE = re.compile(r"TB[CDA]|to be confirmed", re.IGNORECASE)


def wording_found(reading: Reading) -> Iterator[Finding]:
    """Doubled words and words that stand in for others: one finding of each for a line."""
    for section in reading.sections:
        yield from _doubled(reading, section.title, section, None)
        yield from _left(reading, section.title, section, None)
    for line in reading.lines:
        yield from _doubled(reading, line.words, line.section, line)
        words = line.words
        if isinstance(line.block, Typed) and line.block.fields:
            words = "\n".join((words, *(value for _, value in line.block.fields)))
        yield from _left(reading, words, line.section, line)


def _doubled(reading: Reading, words: str, section: Section, line: Line | None) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(words):
        word, again = match["word"], match["again"]
        begins = match.start() == 0 or words[: match.start()].rstrip()[-1:] in ".!?:"
        letter = len(word) == 1 and again != "a"
        if letter or word.lower() in _RIGHT_TWICE or not again.islower() or not (word.islower() or begins):
            continue
        message = f"“{' '.join(match.group().split())}”: the word “{again}” stands twice. Take one out."
        yield reading.at("word-twice", message, section, line.block if line else None)
        return


def _left(reading: Reading, words: str, section: Section, line: Line | None) -> Iterator[Finding]:
    if not _HOLDS.search(words):
        return
    found = _PLACEHOLDER.search(words)
    if not found:
        return
    said = " ".join(found.group().split())
    if _TO_SETTLE.search(said):
        message = f"“{said}” is not settled. Put what is known, or say who will settle it and by when."
    else:
        message = f"“{said}” still stands where something is to be filled in. Fill it in, or take it out."
    yield reading.at("placeholder", message, section, line.block if line else None)
