"""Real footnotes: each reference makes its note, tracked as the reference is."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from goldthread.core.compare.changes import Comparison, Pieces, WordsDetail, WovenBlock
from goldthread.core.text import Kind, Run
from goldthread.files.weave import kept, referred
from goldthread.files.word.house import Package, style_ids
from goldthread.files.word.words import Words
from goldthread.files.word.xml import Ids, Track, add, bookmark_name, make, right_to_left, w

Sided = tuple[Mapping[str, WovenBlock], Mapping[str, WovenBlock]]


def notes_of(comparison: Comparison) -> Sided:
    """The notes by key: those of the old text, and those of the new."""
    old: dict[str, WovenBlock] = {}
    new: dict[str, WovenBlock] = {}
    for _, block in comparison.blocks():
        if block.kind is not Kind.NOTE:
            continue
        if block.old is not None and block.on_old:
            old[block.old.key] = block
        if block.new is not None and block.on_new:
            new[block.new.key] = block
    return old, new


class Footnotes:
    """The footnotes part, filled as references are met."""

    def __init__(
        self, root: etree._Element, comparison: Comparison, package: Package, ids: Ids, lang: str
    ) -> None:
        self.root = root
        self._old, self._new = notes_of(comparison)
        self._referred_old, self._referred_new = referred(comparison)
        self._ids = ids
        self._count = 0
        self._named: set[str] = set()
        self._words = Words(package, ids, "footnotes", lang, lambda key, track, lang: None)

    def stands(self, note: WovenBlock) -> tuple[bool, bool]:
        """Whether a note stands by itself on the old side and on the new, as nothing refers to it."""
        old = note.on_old and note.old is not None and note.old.key not in self._referred_old
        new = note.on_new and note.new is not None and note.new.key not in self._referred_new
        return old, new

    def reference(self, key: str, track: Track, lang: str) -> etree._Element | None:
        """The run that refers to a note, or None where the note is not there."""
        old_side = track.old_only
        note = (self._old if old_side else self._new).get(key)
        if note is None or not isinstance(note.detail, WordsDetail):
            return None
        self._count += 1
        self._footnote(note, track, lang)
        run = make("r")
        look = add(run, "rPr")
        add(look, "rStyle", val=style_ids()["footnote reference"])
        add(run, "footnoteReference", id=self._count)
        return run

    def _footnote(self, note: WovenBlock, track: Track, lang: str) -> None:
        footnote = add(self.root, "footnote", id=self._count)
        paragraph = add(footnote, "p")
        look = add(paragraph, "pPr")
        add(look, "pStyle", val=style_ids()["footnote text"])
        tongue = note.block.lang or lang
        if right_to_left(tongue):
            add(look, "bidi")
        if note.block.key not in self._named:
            self._named.add(note.block.key)
            start = add(paragraph, "bookmarkStart", id=self._ids.next(), name=bookmark_name(note.block.key))
            add(paragraph, "bookmarkEnd", id=start.get(w("id"), ""))
        mark = add(paragraph, "r")
        add(add(mark, "rPr"), "rStyle", val=style_ids()["footnote reference"])
        add(mark, "footnoteRef")
        state = _content_track(track)
        self._words.write(paragraph, (*kept((Run(" "),)), *self._pieces(note, track)), state, tongue)

    def _pieces(self, note: WovenBlock, track: Track) -> Pieces:
        detail = note.detail
        pieces = detail.pieces if isinstance(detail, WordsDetail) else ()
        if track is Track.NONE and note.old is None:
            return kept(tuple(run for piece in pieces for run in piece.new))
        return pieces


def _content_track(track: Track) -> Track:
    """A note's words are inserted or deleted with their reference; a note does not move."""
    if track is Track.NONE:
        return Track.NONE
    return Track.DELETED if track.old_only else Track.INSERTED
