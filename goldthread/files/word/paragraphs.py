"""Paragraphs: style, numbering, bookmark, and the tracking of their marks, moves and looks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from goldthread.core.compare.changes import Pieces
from goldthread.files.word.house import style_ids
from goldthread.files.word.words import Words
from goldthread.files.word.xml import Ids, Track, add, bookmark_name, make, right_to_left, w


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph's style, and its list and level; a list of 0 turns the style's numbering off."""

    style: str
    list: int | None = None
    level: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to write. ``before`` is its old look where that changed; ``move`` names its move."""

    look: Look
    pieces: Pieces
    track: Track = Track.NONE
    mark: Track | None = None
    key: str = ""
    before: Look | None = None
    move: str = ""

    def tracked(self, track: Track) -> Paragraph:
        """The same paragraph, words and mark alike in another state."""
        return replace(self, track=track, before=None)


def properties(look: Look) -> etree._Element:
    """Paragraph properties, in the order of the schema."""
    found = make("pPr")
    add(found, "pStyle", val=style_ids()[look.style])
    if look.list is not None:
        numbered = add(found, "numPr")
        add(numbered, "ilvl", val=look.level)
        add(numbered, "numId", val=look.list)
    if right_to_left(look.lang):
        add(found, "bidi")
    return found


class Paragraphs:
    """Writes paragraphs into the body, a cell, or any holder of paragraphs."""

    def __init__(self, words: Words, ids: Ids) -> None:
        self.words, self._ids = words, ids

    def write(self, holder: etree._Element, paragraph: Paragraph) -> etree._Element:
        """Append the paragraph and give it back."""
        written = add(holder, "p")
        look = properties(paragraph.look)
        mark = paragraph.track if paragraph.mark is None else paragraph.mark
        self._mark(look, mark, paragraph.look.lang)
        if paragraph.before is not None and paragraph.before != paragraph.look:
            change = etree.SubElement(look, w("pPrChange"), self._ids.stamp())
            change.append(properties(paragraph.before))
        written.append(look)
        end = self._open_move(written, paragraph) if paragraph.move else None
        if paragraph.key:
            self.bookmark(written, paragraph.key)
        self.words.write(written, paragraph.pieces, paragraph.track, paragraph.look.lang)
        if end is not None:
            holder.append(end)
        return written

    def _mark(self, look: etree._Element, mark: Track, lang: str) -> None:
        """The look of the paragraph's mark: how it is tracked, and a language other than the usual."""
        foreign = lang and lang != self.words.lang
        if mark is Track.NONE and not foreign:
            return
        marked = add(look, "rPr")
        if mark is not Track.NONE:
            etree.SubElement(marked, w(mark), self._ids.stamp(whole=True))
        if foreign:
            add(marked, "lang", **{"bidi" if right_to_left(lang) else "val": lang})

    def bookmark(self, written: etree._Element, key: str) -> None:
        """Name the paragraph after a block."""
        ident = self._ids.next()
        add(written, "bookmarkStart", id=ident, name=bookmark_name(key))
        add(written, "bookmarkEnd", id=ident)

    def _open_move(self, written: etree._Element, paragraph: Paragraph) -> etree._Element:
        stamp = self._ids.stamp(whole=True)
        start = etree.SubElement(written, w(f"{paragraph.track}RangeStart"), stamp)
        start.set(w("name"), paragraph.move)
        return make(f"{paragraph.track}RangeEnd", id=stamp[w("id")])
