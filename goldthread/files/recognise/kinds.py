"""Typed blocks told from prose: by a heading above them, or by the words they begin with."""

from __future__ import annotations

import re

from goldthread.core.text import Kind

_NAMES = {
    "pledge": Kind.PLEDGE,
    "key measure": Kind.KEY_MEASURE,
    "action": Kind.ACTION,
    "outcome": Kind.OUTCOME,
    "recommendation": Kind.RECOMMENDATION,
}
_WORDS = "pledge|key measure|action|outcome|recommendation"
_OWNERS = "|".join(
    (
        r"our|my|the|proposed|key|expected|planned",
        r"board(?:[’']?s)?",
        r"(?:police and crime )?commissioners?(?:[’']s?)?",
    )
)
_HEADING = re.compile(rf"^(?:(?:{_OWNERS}) ){{0,4}}(?P<kind>{_WORDS})(?:s|\(s\))?:?$", re.IGNORECASE)
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*"
_PREFIX = re.compile(
    rf"^(?P<label>(?P<kind>{_WORDS})(?: ?{_NUMBER}| [a-z])?)\s*[:–—][ \t]*(?=\S)"
    rf"|^(?P<label2>(?P<kind2>{_WORDS}) {_NUMBER})[.)]?[ \t]+(?=[A-Z“‘])",
    re.IGNORECASE,
)
_PLEDGING = re.compile(r"^(?:I|we|the commissioner)(?: will|[’']ll)? pledges? (?:to|that)\b", re.IGNORECASE)
_MEASURING = re.compile(r"^key measures?\b[^.]{0,200}\b(?:target|baseline)\b", re.IGNORECASE)


def kind_of_heading(words: str) -> Kind | None:
    """The kind of block that a heading says it holds, such as "Our pledges" or "2. Recommendation"."""
    found = _HEADING.match(words.strip())
    return _NAMES[found["kind"].lower()] if found else None


def kind_of_words(words: str) -> tuple[Kind | None, str, int]:
    """The kind that a paragraph's first words give it, its printed label, and where its words start."""
    found = _PREFIX.match(words)
    if found:
        name = (found["kind"] or found["kind2"]).lower()
        return _NAMES[name], (found["label"] or found["label2"]).strip(), found.end()
    if _PLEDGING.match(words):
        return Kind.PLEDGE, "", 0
    if _MEASURING.match(words):
        return Kind.KEY_MEASURE, "", 0
    return None, "", 0
