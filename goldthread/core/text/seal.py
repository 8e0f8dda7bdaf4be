"""Seals: what relied on a text stores the seal it saw.

``seal`` is exact: the SHA-256 of canonical JSON (sorted keys, list order kept), so a
single altered character, mark or key shows. ``wording`` is the SHA-256 of what a reader
would call the same words: quotes, spaces and Unicode normalised, keys and marks left out.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

from goldthread.core.text.blocks import Section, Text, Typed, words_of
from goldthread.core.text.form import section_form

_ALIKE = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u2032": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2033": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
    }
)
_SPACES = re.compile(r"\s+")


def canonical(words: str) -> str:
    """Words normalised for comparison, never for display."""
    normal = unicodedata.normalize("NFKC", words.translate(_ALIKE)).translate(_ALIKE)
    return _SPACES.sub(" ", normal).strip()


def seal_of(value: Any) -> str:
    """SHA-256, in hexadecimal, of a JSON value written canonically."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def section_seal(section: Section) -> str:
    """The seal of one section's own content; its subsections have seals of their own."""
    return seal_of(section_form(section))


def section_wording(section: Section) -> str:
    """The same for two sections whose title and words a reader would call the same."""
    said = [canonical(words_of(block)) for block in section.blocks]
    named = [[name for name, _ in block.fields] for block in section.blocks if isinstance(block, Typed)]
    return seal_of([canonical(section.title), said, named])


def tree_seal(title: str, lang: str, tree: list[tuple[int, str, str]]) -> str:
    """The seal of a whole text from (depth, section key, section seal) in reading order."""
    return seal_of([title, lang, [list(entry) for entry in tree]])


def text_seal(text: Text) -> str:
    """The seal of a whole text, over the ordered tree of its sections' keys and seals."""
    return tree_seal(text.title, text.lang, [(d, s.key, section_seal(s)) for d, s in text.walk()])
