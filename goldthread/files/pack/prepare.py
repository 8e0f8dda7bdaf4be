"""A paper made ready to be joined: ours as it is, anyone else's cleaned and written plainly first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.files.pack.foreign import cleaned, damaged
from goldthread.files.pack.numbering import Numbered
from goldthread.files.pack.papers import PackPaper
from goldthread.files.pack.plain import Bookmark, Plain
from goldthread.files.pack.tokens import NotPlain, words_of
from goldthread.files.refused import Refused

NONE = Numbered(())
ODD = (NotPlain, KeyError, ValueError, IndexError, RecursionError)
OURS = "goldthread-margins"
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|EmbeddedFiles?|Filespec|RichMedia|GoToR|AcroForm|OCProperties)\b"
)
_EXPECTED = frozenset(
    b"Type Pages Lang Metadata StructTreeRoot MarkInfo ViewerPreferences Outlines PageLabels".split()
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper ready to be joined: whether stamps have room, whether it is PDF/UA-1, what was wrong."""

    plain: Plain
    bookmarks: tuple[Bookmark, ...] = ()
    clear: bool = False
    pdfua: bool = False
    lang: str = ""
    problems: tuple[Problem, ...] = ()
    as_it_is: bool = False
    numbered: Numbered = NONE


def prepare(paper: PackPaper, *, as_it_is: bool = True) -> Prepared:
    """Make a paper ready. Raises Refused, naming it, where it is encrypted, damaged or without pages.

    ``as_it_is`` lets one of our own be taken without being written anew.
    """
    name = paper.name or "A paper"
    data = paper.pdf if isinstance(paper.pdf, bytes) else _bytes(paper.pdf, name)
    if as_it_is:
        try:
            return _ours(data)
        except ODD:
            pass
    found = cleaned(data, name)
    try:
        plain = Plain(found.data)
    except ODD as fault:
        raise damaged(name) from fault
    return Prepared(plain, found.bookmarks, found.clear, found.pdfua, found.lang, found.problems)


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refused(f"{name}: its file cannot be read.", "Upload the paper again.") from fault


def _ours(data: bytes) -> Prepared:
    """A PDF of our own, taken as it is: its margins are clear, its tags are right, nothing in it acts."""
    plain = Plain(data)
    info = plain.entries(plain.trailer[b"Info"])
    if not words_of(info[b"Creator"]).startswith("Typst ") or OURS not in words_of(info[b"Keywords"]):
        raise NotPlain("not one of ours")
    if not plain.root.keys() <= _EXPECTED or _ACTIVE.search(data):
        raise NotPlain("more in it than we put in")
    if not plain.entries(plain.root[b"StructTreeRoot"]) or not plain.pages:
        raise NotPlain("no tags or no pages")
    lang = words_of(plain.root[b"Lang"])
    return Prepared(plain, plain.bookmarks, clear=True, pdfua=True, lang=lang, as_it_is=True)


def prepared_front(data: bytes) -> Prepared:
    """The front that we have just set."""
    plain = Plain(data)
    return replace(Prepared(plain, clear=True, pdfua=True), lang=words_of(plain.root[b"Lang"]))
