"""Texts and comparisons as fragments of HTML: no styles, no scripts, everything escaped.

Class names are those of the web pages (``num``, ``block``, ``moved``, ``note-mark``); what
changed is said in words for who listens and never shown by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from goldthread.core.compare.changes import Piece, Pieces, Status
from goldthread.core.text import Mark, MarkKind, Run, Runs, plain

HIDDEN = '<span class="govuk-visually-hidden">{}</span>'
_TAGS = (
    (MarkKind.SUBSCRIPT, "sub"),
    (MarkKind.SUPERSCRIPT, "sup"),
    (MarkKind.EMPHASIS, "em"),
    (MarkKind.STRONG, "strong"),
)


def text(words: str) -> str:
    """Words as HTML, a line break inside them kept."""
    return escape(words).replace("\n", "<br>")


def attribute(value: str) -> str:
    """A value between double quotes."""
    return escape(value, quote=True)


def anchor(key: str) -> str:
    """A key as an id: keys hold no spaces once here."""
    return attribute("-".join(key.split()))


def lang_attribute(lang: str) -> str:
    """The language, and its direction where that is from right to left."""
    if not lang:
        return ""
    side = ' dir="rtl"' if lang.partition("-")[0].lower() in ("ar", "fa", "he", "ur") else ""
    return f' lang="{attribute(lang)}"{side}'


class Inline:
    """Writes runs and pieces; knows the notes and blocks that marks may point at.

    ``notes`` are the printed numbers by key, ``names`` what each block is called on the page by key.
    """

    def __init__(self, notes: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._notes = notes
        self._names = names
        self._met: set[str] = set()

    def met(self, name: str) -> bool:
        """Whether the note of this name was referred to so far."""
        return name in self._met

    def runs(self, runs: Iterable[Run]) -> str:
        """Runs with their marks."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        shown = text(run.words)
        targets = {mark.kind: mark for mark in run.marks}
        if MarkKind.NOTE_REFERENCE in targets:
            return self._reference(targets[MarkKind.NOTE_REFERENCE])
        for kind, tag in _TAGS:
            if kind in targets:
                shown = f"<{tag}>{shown}</{tag}>"
        if MarkKind.LINK in targets:
            return f'<a href="{attribute(targets[MarkKind.LINK].target)}">{shown}</a>'
        if MarkKind.CITATION in targets and targets[MarkKind.CITATION].target in self._names:
            return f'<a href="#{anchor(self._names[targets[MarkKind.CITATION].target])}">{shown}</a>'
        return shown

    def _reference(self, mark: Mark) -> str:
        number = self._notes.get(mark.target)
        if number is None:
            return ""
        key = anchor(self._names.get(mark.target, mark.target))
        ident = "" if key in self._met else f' id="ref-{key}"'
        self._met.add(key)
        said = HIDDEN.format("Note ")
        return f'<a class="note-mark" href="#note-{key}"{ident}>{said}{escape(number)}</a>'

    def pieces(self, pieces: Pieces) -> str:
        """Pieces of a comparison: kept words bare, the rest inside ins and del."""
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        if piece.status is Status.ADDED:
            return self.inserted(piece.new)
        if piece.status is Status.REMOVED:
            return self.deleted(piece.old)
        return self.runs(piece.new)

    def inserted(self, runs: Runs) -> str:
        """Words put in, and the words that say so."""
        return (
            f"<ins>{HIDDEN.format('inserted: ')}{self.runs(runs)}{HIDDEN.format(' end of insertion ')}</ins>"
        )

    def deleted(self, runs: Runs) -> str:
        """Words taken out, and the words that say so."""
        return f"<del>{HIDDEN.format('deleted: ')}{self.runs(runs)}{HIDDEN.format(' end of deletion ')}</del>"

    def change(self, old: str, new: str) -> str:
        """A value before and after, as a field shows it: "85% → 90%"."""
        before = self.deleted((Run(old),)) if old else ""
        after = self.inserted((Run(new),)) if new else ""
        arrow = ' <span aria-hidden="true">→</span> ' if before and after else ""
        return f"{before}{arrow}{after}"


def first_words(runs: Runs, most: int = 12) -> str:
    """The first words of a block, to know it by."""
    words = plain(runs).split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
