"""A line under construction: the words of one paragraph, or of several that a change joins."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.core.text import Mark, MarkKind, Run, Runs, tidy
from goldthread.files.tree import Change, ReadBlock

Piece = tuple[str, tuple[Mark, ...], Change | None]


@dataclass(slots=True)
class Line:
    """Pieces of words with their marks and changes, and the blocks that hang on the paragraph."""

    place: str = ""
    pieces: list[Piece] = field(default_factory=list)
    hung: list[ReadBlock] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)
    coded: list[str] = field(default_factory=list)
    change: Change | None = None
    link: str = ""
    contents: bool = False
    plain: bool = True

    def add(self, words: str, marks: tuple[Mark, ...] = ()) -> None:
        """Take in words under the link and the change now open."""
        if self.link:
            marks = (*marks, Mark(MarkKind.LINK, self.link))
        if marks or self.change:
            self.plain = False
        self.pieces.append((words, marks, self.change))

    def refer(self, target: str) -> None:
        """Take in a reference to a note."""
        self.plain = False
        self.pieces.append(("", (Mark(MarkKind.NOTE_REFERENCE, target),), self.change))

    def words(self) -> str:
        """The words so far."""
        return "".join(piece[0] for piece in self.pieces)

    def unhidden(self) -> tuple[str, str]:
        """The hidden words alone, and the whole line as it would read with them."""
        whole = [piece[0] for piece in self.pieces]
        for place, words in reversed(self.hidden):
            whole.insert(place, words)
        return "".join(words for _, words in self.hidden).strip(), "".join(whole).strip()

    def runs(self) -> Runs:
        """The words as tidy runs."""
        if self.plain:
            words = self.words()
            return (Run(words),) if words else ()
        joined: list[Run] = []
        held: list[str] = []
        last: tuple[Mark, ...] = ()
        for words, marks, _ in self.pieces:
            if marks != last or not words:
                joined.append(Run("".join(held), last))
                held, last = [], marks
            held.append(words)
        joined.append(Run("".join(held), last))
        return tidy(joined)

    def changes(self) -> tuple[Change, ...]:
        """The changes as spans of the words, neighbours alike joined."""
        if self.plain:
            return ()
        spans: list[Change] = []
        at = 0
        for words, _, change in self.pieces:
            end = at + len(words)
            if change is not None and words:
                last = spans[-1] if spans else None
                if last and last.end == at and last._replace(start=0, end=0) == change:
                    spans[-1] = last._replace(end=end)
                else:
                    spans.append(change._replace(start=at, end=end))
            at = end
        return tuple(spans)

    def bold(self) -> bool:
        """Whether every word is marked strong, and there is at least one."""
        if self.plain:
            return False
        said = {marks for words, marks, _ in self.pieces if words.strip()}
        return bool(said) and all(any(mark.kind is MarkKind.STRONG for mark in marks) for marks in said)
