"""A last look through a finished pack for words that must not be in it, wherever a PDF can keep words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String
from pypdfium2 import PdfDocument

from goldthread.core.problems import Problem
from goldthread.files.pack.tokens import words_of

_STRING = re.compile(rb"\((?>[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]{4,}>", re.DOTALL)
_NAMED = re.compile(rb"/\w+\s*(\((?>[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]{4,}>)", re.DOTALL)
_UNSEEN = re.compile("[-\\s\u00ad\u2010\u2011\ufffe\x02]+")
_DEEP = 100
_PLACES = {
    "/Title": "a bookmark or the title",
    "/Alt": "a description of a picture",
    "/ActualText": "words that stand in for others",
    "/E": "an abbreviation written out",
    "/T": "the name of a tag or a field",
    "/Contents": "the description of a link",
    "/URI": "the address of a link",
    "/P": "a page label",
}


def search_for(out: Path, sentinels: Iterable[str]) -> tuple[Problem, ...]:
    """Every place in a PDF where one of these words is, or an empty tuple if none is anywhere.

    Looks in what the pages say, bookmarks, metadata, descriptions and names in tags, links, labels,
    forms, and inside streams. Case, spaces and hyphens at line ends make no difference.
    """
    wanted = {folded: word for word in sentinels if (folded := _folded(word))}
    found: dict[tuple[str, str], None] = {}
    known: set[tuple[str, str]] = set()
    for place in _said(out):
        if place in known:
            continue
        known.add(place)
        where, said = place
        text = _folded(said)
        for folded, word in wanted.items():
            if folded in text:
                found[(where, word)] = None
    said = "“{}” must not be here. Take out what brings it, and build the pack again."
    return tuple(Problem(where, said.format(word), "leak") for where, word in found)


def _folded(said: str) -> str:
    """Words without what can differ in how they are set: case, spaces, hyphens, ligatures."""
    plain = unicodedata.normalize("NFKC", said).casefold()
    return _UNSEEN.sub("", plain)


def _said(out: Path) -> Iterator[tuple[str, str]]:
    """Everything the file says, with where it says it."""
    document = PdfDocument(out)
    try:
        for place in range(len(document)):
            page = document[place]
            words = page.get_textpage()
            yield f"page {place + 1} of the file", words.get_text_range()
            words.close()
            page.close()
    finally:
        document.close()
    drawn: set[bytes] = set()
    with Pdf.open(out) as pdf:
        for held in [*pdf.objects, pdf.trailer]:
            yield from _strings(held, "", 0)
            if isinstance(held, Stream):
                yield from _streamed(held, drawn)


def _strings(held: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """The strings and names directly in an object; what it refers to comes by itself."""
    if depth > _DEEP:
        return
    if isinstance(held, String):
        yield _PLACES.get(key, f"the entry {key}"), str(held)
    elif isinstance(held, Name):
        yield "a name inside the file", str(held)
    elif isinstance(held, Array):
        for value in held:
            if not _elsewhere(value):
                yield from _strings(value, key, depth + 1)
    elif isinstance(held, Dictionary | Stream):
        for name, value in held.items():
            yield "a name inside the file", name
            if not _elsewhere(value):
                yield from _strings(value, name, depth + 1)


def _elsewhere(value: Any) -> bool:
    return isinstance(value, Object) and value.is_indirect


def _streamed(held: Stream, drawn: set[bytes]) -> Iterator[tuple[str, str]]:
    """The words inside a stream that is text: metadata, and strings in content such as replaced text.

    What a page draws is read as the page says it, so of its own content only strings under a name
    are read here. A string that was ``drawn`` before, byte for byte, is not read again.
    """
    kept = held.get("/Type") in ("/ObjStm", "/XRef"), held.get("/Subtype") == "/Image"
    if any(kept) or "/Length1" in held or "/FunctionType" in held:
        return
    try:
        data = held.read_bytes()
    except PdfError:
        return
    if held.get("/Type") == "/Metadata":
        yield "the metadata", data.decode("utf-8", "replace")
        return
    fresh = set((_STRING if "/Subtype" in held else _NAMED).findall(data)) - drawn
    drawn |= fresh
    for string in sorted(fresh):
        yield "words behind what is drawn", words_of(string)
