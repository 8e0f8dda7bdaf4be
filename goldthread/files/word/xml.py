"""Names and small parts of WordprocessingML, and the ids that tie tracked changes together."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = "Goldthread"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "sd", "ur", "yi"})

_SAFE_NAME = re.compile(r"[A-Za-z0-9_]{1,35}")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Track(StrEnum):
    """How an entry is tracked: the name of its element, or nothing where it stands on both sides."""

    NONE = ""
    INSERTED = "ins"
    DELETED = "del"
    FROM = "moveFrom"
    TO = "moveTo"

    @property
    def old_only(self) -> bool:
        """Whether the entry is part of the old text alone."""
        return self in (Track.DELETED, Track.FROM)


@cache
def w(name: str) -> str:
    """A WordprocessingML name in full."""
    return f"{{{W}}}{name}"


def add(parent: etree._Element, name: str, /, **attributes: str | int) -> etree._Element:
    """A new child with WordprocessingML attributes."""
    return etree.SubElement(parent, w(name), {w(key): str(value) for key, value in attributes.items()})


def make(name: str, /, **attributes: str | int) -> etree._Element:
    """A new element with WordprocessingML attributes."""
    return etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()})


def clean(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def bookmark_name(key: str) -> str:
    """The hidden bookmark of a block, at most 40 characters: ``_blk_`` and its key without dashes."""
    try:
        return f"_blk_{UUID(key).hex}"
    except ValueError:
        pass
    if _SAFE_NAME.fullmatch(key):
        return f"_blk_{key}"
    return f"_blk_{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def right_to_left(lang: str) -> bool:
    """Whether the language is written from right to left."""
    return lang.partition("-")[0].lower() in RIGHT_TO_LEFT


class Ids:
    """One counter for every ``w:id`` of a document, and the stamp that tracked changes bear."""

    def __init__(self, at: datetime | None) -> None:
        self._last = 0
        later = at + timedelta(minutes=2) if at else None
        self._dates = {True: _date(later), False: _date(at)}

    def next(self) -> str:
        """An id that no other element has."""
        self._last += 1
        return str(self._last)

    def stamp(self, *, whole: bool = False) -> dict[str, str]:
        """The attributes of one tracked change: id, author and date.

        A whole paragraph or row is dated two minutes later than words inside one:
        LibreOffice joins neighbours of the same minute, and would lose the break between
        a changed end and the paragraph put in after it.
        """
        stamp = {w("id"): self.next(), w("author"): AUTHOR}
        date = self._dates[whole]
        return stamp | {w("date"): date} if date else stamp


def _date(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
