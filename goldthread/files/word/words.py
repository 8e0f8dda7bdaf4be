"""Runs of words, with their marks, links, notes and tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from goldthread.core.compare.changes import Piece, Pieces, Status
from goldthread.core.text import Mark, MarkKind, Run, Runs, plain
from goldthread.files.weave import unreferred
from goldthread.files.word.house import Package, style_ids
from goldthread.files.word.xml import (
    XML_SPACE,
    Ids,
    R,
    Track,
    add,
    bookmark_name,
    clean,
    make,
    right_to_left,
    w,
)

_TARGETED = frozenset({MarkKind.LINK, MarkKind.CITATION, MarkKind.NOTE_REFERENCE})
Note = Callable[[str, Track, str], etree._Element | None]


class Stretch(NamedTuple):
    """Words in one state, with one set of marks; ``before`` where only the marks changed."""

    tracks: tuple[Track, ...]
    run: Run
    before: tuple[Mark, ...] | None = None


class Words:
    """Writes words into paragraphs of one part of a Word file ("document" or "footnotes")."""

    def __init__(self, package: Package, ids: Ids, part: str, lang: str, note: Note) -> None:
        self._package, self._ids, self._part, self._note = package, ids, part, note
        self.lang = lang

    def write(self, paragraph: etree._Element, pieces: Pieces, track: Track, lang: str = "") -> None:
        """Append the pieces to a paragraph that is tracked as ``track``."""
        holder, held_in = paragraph, paragraph
        tracks: tuple[Track, ...] = ()
        target: Mark | None = None
        for stretch in stretches(pieces, track):
            link = next((m for m in stretch.run.marks if m.kind in (MarkKind.LINK, MarkKind.CITATION)), None)
            if link != target:
                held_in = self._link(paragraph, link) if link else paragraph
                holder, tracks, target = held_in, (), link
            if stretch.tracks != tracks:
                holder, tracks = held_in, stretch.tracks
                for name in tracks:
                    stamp = self._ids.stamp(whole=track is not Track.NONE)
                    holder = etree.SubElement(holder, w(name), stamp)
            self._run(holder, stretch, lang or self.lang)

    def _link(self, paragraph: etree._Element, mark: Mark) -> etree._Element:
        link = add(paragraph, "hyperlink")
        if mark.kind is MarkKind.LINK:
            link.set(f"{{{R}}}id", self._package.link(self._part, mark.target))
        else:
            link.set(w("anchor"), bookmark_name(mark.target))
        return link

    def _run(self, holder: etree._Element, stretch: Stretch, lang: str) -> None:
        note = next((m for m in stretch.run.marks if m.kind is MarkKind.NOTE_REFERENCE), None)
        if note is not None:
            track = stretch.tracks[-1] if stretch.tracks else Track.NONE
            reference = self._note(note.target, track, lang)
            if reference is not None:
                holder.append(reference)
            return
        run = add(holder, "r")
        look = run_look(stretch.run.marks, lang, self.lang)
        if stretch.before is not None:
            change = etree.SubElement(look, w("rPrChange"), self._ids.stamp())
            change.append(run_look(stretch.before, lang, self.lang))
        if len(look):
            run.append(look)
        fill(run, stretch.run.words, deleted=Track.DELETED in stretch.tracks)


def fill(run: etree._Element, words: str, *, deleted: bool = False) -> None:
    """Put words into a run: ``\\n`` is a break, ``\\t`` a tab."""
    name = w("delText" if deleted else "t")
    for place, line in enumerate(clean(words).replace("\r", "").split("\n")):
        if place:
            add(run, "br")
        for column, words_between in enumerate(line.split("\t")):
            if column:
                add(run, "tab")
            if words_between:
                text = etree.SubElement(run, name)
                text.text = words_between
                text.set(XML_SPACE, "preserve")


def run_look(marks: Iterable[Mark], lang: str = "", usual: str = "") -> etree._Element:
    """Run properties for marks, in the order of the schema, and a language other than the usual."""
    kinds = {mark.kind for mark in marks}
    look = make("rPr")
    if MarkKind.LINK in kinds:
        add(look, "rStyle", val=style_ids()["Hyperlink"])
    if MarkKind.STRONG in kinds:
        add(look, "b")
        add(look, "bCs")
    if MarkKind.EMPHASIS in kinds:
        add(look, "i")
        add(look, "iCs")
    if MarkKind.SUPERSCRIPT in kinds or MarkKind.SUBSCRIPT in kinds:
        add(look, "vertAlign", val="superscript" if MarkKind.SUPERSCRIPT in kinds else "subscript")
    if right_to_left(lang):
        add(look, "rtl")
    if lang != usual:
        add(look, "lang", **{"bidi" if right_to_left(lang) else "val": lang})
    return look


def stretches(pieces: Pieces, track: Track) -> Iterator[Stretch]:
    """The pieces as stretches of words, each in one state.

    What was removed on the way of a move is on neither side, and has no note on either.
    """
    for piece in pieces:
        if track is Track.NONE:
            yield from _free(piece)
        elif track.old_only:
            yield from _all(piece.old, track)
        elif track is Track.TO and piece.status is Status.ADDED:
            yield from _all(piece.new, Track.INSERTED)
        elif track is Track.TO and piece.status is Status.REMOVED:
            yield from _all(unreferred(piece.old), Track.TO, Track.DELETED)
        else:
            yield from _all(piece.new, track)


def _free(piece: Piece) -> Iterator[Stretch]:
    if piece.status is Status.ADDED:
        yield from _all(piece.new, Track.INSERTED)
    elif piece.status is Status.REMOVED:
        yield from _all(piece.old, Track.DELETED)
    elif piece.old == piece.new or piece.status is Status.KEPT:
        yield from _all(piece.new)
    elif plain(piece.old) == plain(piece.new) and _targets(piece.old) == _targets(piece.new):
        yield from _restyled(piece)
    else:
        yield from _all(piece.old, Track.DELETED)
        yield from _all(piece.new, Track.INSERTED)


def _all(runs: Runs, *tracks: Track) -> Iterator[Stretch]:
    for run in runs:
        yield Stretch(tracks, run)


def _targets(runs: Runs) -> list[tuple[str, Mark]]:
    return [(run.words, mark) for run in runs for mark in run.marks if mark.kind in _TARGETED]


def _restyled(piece: Piece) -> Iterator[Stretch]:
    """The same words cut wherever the marks of either side change."""
    for words, old, new in together(piece.old, piece.new):
        yield Stretch((), Run(words, new), None if old == new else old)


def together(old: Runs, new: Runs) -> Iterator[tuple[str, tuple[Mark, ...], tuple[Mark, ...]]]:
    """The same words on two sides, cut wherever either side's marks change."""
    before = [run for run in old if run.words]
    place, taken = 0, 0
    for run in new:
        if not run.words:
            yield "", run.marks, run.marks
        done = 0
        while done < len(run.words):
            other = before[place]
            size = min(len(run.words) - done, len(other.words) - taken)
            yield run.words[done : done + size], other.marks, run.marks
            done, taken = done + size, taken + size
            if taken == len(other.words):
                place, taken = place + 1, 0
