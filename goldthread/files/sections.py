"""From the neutral tree to a text: sections, typed blocks, and what did not come along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from goldthread.core.problems import Problem
from goldthread.core.text import (
    Block,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    MarkKind,
    Prose,
    Run,
    Runs,
    Section,
    Text,
    Typed,
    new_key,
    plain,
    tidy,
)
from goldthread.files.recognise.house import LIST_STYLES, House, is_ours
from goldthread.files.recognise.kinds import kind_of_heading, kind_of_words
from goldthread.files.recognise.lines import Line, cut, lines_of, retarget, spaced, with_headings
from goldthread.files.recognise.schemes import scheme_problems
from goldthread.files.recognise.tables import bibliography, measures, plain_table
from goldthread.files.tree import BlockKind, ReadBlock, ReadDocument, Warned, walk

FRONT, UNTITLED = "Front page", "Untitled"
_BOOKMARK = re.compile(r"^_blk_([0-9a-f]{32})$")
_MANY_LEVELS = re.compile(r"^\(?\d{1,3}(?:\.\d{1,3})+[.)]?$")
_FIRST = re.compile(r"\d{1,4}")
_BULLETS = frozenset("•◦▪◻■□●❖➢✓–-*·o▫⋄➔→◆❑")
_ASIDE = {
    BlockKind.COMMENT: "A comment",
    BlockKind.HEADER: "What stands at the head of the page",
    BlockKind.FOOTER: "What stands at the foot of the page",
    BlockKind.CONTENTS: "The table of contents, which is made afresh",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A text with what was printed beside its numbers, what was left out, and what looks wrong.

    ``printed`` gives the label that the file showed by the key of a section or block.
    ``left_out`` names everything of the file that is not in the text, words and all.
    """

    text: Text
    printed: Mapping[str, str]
    left_out: tuple[Warned, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Open:
    """A section while its blocks and subsections are still coming."""

    title: str
    level: int
    key: str = field(default_factory=new_key)
    label: str = ""
    kind: Kind | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def to_text(document: ReadDocument, *, title: str | None = None) -> Recognised:
    """The text of a document as read. Every word is in the text, in ``printed`` or in ``left_out``."""
    return _Builder(document, title).build()


class _Builder:
    """Puts one document's lines into sections."""

    def __init__(self, document: ReadDocument, title: str | None) -> None:
        self.document = document
        self.left: list[Warned] = []
        self.problems: list[Problem] = []
        self.printed: dict[str, str] = {}
        self.taken: set[str] = set()
        self.notes = {b.ref: b for b in document.blocks if b.kind is BlockKind.NOTE}
        self.note_keys = {ref: self._key(block) for ref, block in self.notes.items()}
        self.house = House() if is_ours(document.blocks) else None
        self.root = _Open("", 0)
        self.stack = [self.root]
        self.title = title or ""

    def build(self) -> Recognised:
        """Walk the lines once, then close every section."""
        blocks = self.document.blocks
        flat = lines_of(blocks, self.house.wrote) if self.house else lines_of(blocks)
        lines, how = with_headings(list(flat))
        lines = self._settle_title(lines)
        for line in lines:
            self._take(line)
        self._stray_notes()
        self._stand_aside()
        if not how:
            self.problems.append(
                Problem("", "No headings were found: the whole file is one section.", "no-headings")
            )
        self.problems.extend(scheme_problems(lines))
        sections = tuple(self._closed(section) for section in self._front() + self.root.children)
        text = Text(self.title or UNTITLED, sections, self.document.lang or "en-GB")
        return Recognised(text, self.printed, tuple(self.left), tuple(self.problems))

    def _settle_title(self, lines: list[Line]) -> list[Line]:
        """Find the title: the one given, a title line, or an unnumbered first heading above numbers."""
        found = next((line for line in lines if _is_title(line)), None)
        if found is None:
            headed = [line for line in lines if line.heading]
            if len(headed) > 1 and not headed[0].label and any(line.label for line in headed):
                found = headed[0]
        if found is None:
            self.title = self.title or self.document.title
            return lines
        if self.title and self.title != found.words:
            self.left.append(Warned(found.block.place, f"The title in the file: “{found.words}”.", "title"))
        self.title = self.title or " ".join(found.words.split())
        return [line for line in lines if line is not found]

    def _take(self, line: Line) -> None:
        kind = line.block.kind
        if self.house and self._at_home(line):
            return
        if line.heading:
            self._open(line)
        elif kind is BlockKind.TABLE:
            self._table(line.block)
        elif kind is BlockKind.FIGURE:
            self._figure(line)
        elif line.runs:
            self._words(line)
        if line.heading and not line.words and line.runs:
            self._words(line)

    def _at_home(self, line: Line) -> bool:
        """Take a line of one of our own files by its style; False where that says nothing."""
        house = self.house
        blocks, runs = self.here.blocks, retarget(line.runs, self.note_keys)
        if house is None:
            return False
        if line.label and line.block.style.lower() in LIST_STYLES:
            self.here.notes.extend(_references(line.runs))
            self._item(line, runs)
            return True
        if not house.take(line, blocks, self._key, runs):
            return False
        self.here.notes.extend(_references(line.runs))
        if blocks:
            self._print(blocks[-1].key, line.label)
        return True

    @property
    def here(self) -> _Open:
        """The section now open."""
        return self.stack[-1]

    def _open(self, line: Line) -> None:
        while self.stack[-1].level >= line.heading:
            self.stack.pop()
        title = " ".join(line.words.split())
        if not title:
            return
        section = _Open(title, line.heading, self._key(line.block), line.label, kind_of_heading(title))
        if line.label:
            self.printed[section.key] = line.label
        self.here.children.append(section)
        self.stack.append(section)
        section.notes.extend(_references(line.runs))

    def _key(self, block: ReadBlock) -> str:
        """The key that the file's own bookmark names, once; otherwise a new one."""
        inside = walk([block]) if block.kind is BlockKind.TABLE else [block]
        for name in (name for each in inside for name in reversed(each.bookmarks)):
            found = _BOOKMARK.match(name)
            if found:
                key = str(UUID(found.group(1)))
                if key not in self.taken:
                    self.taken.add(key)
                    return key
        return new_key()

    def _words(self, line: Line) -> None:
        key = self._key(line.block)
        self.here.notes.extend(_references(line.runs))
        runs = retarget(line.runs, self.note_keys)
        kind, label, start = kind_of_words(plain(runs))
        if kind is not None:
            words = spaced(cut(runs, start))
            self.here.blocks.append(Typed(key, kind, words))
            self._print(
                key, " ".join(filter(None, (line.label if line.label not in _BULLETS else "", label)))
            )
            return
        holds = self.here.kind
        if holds is not None and not line.words.endswith(":"):
            self.here.blocks.append(Typed(key, holds, runs))
            self._print(key, line.label if line.label not in _BULLETS else "")
            return
        if not line.label and kind_of_heading(line.words) is not None:
            self.here.kind = kind_of_heading(line.words)
        if line.label and _MANY_LEVELS.match(line.label):
            self.here.blocks.append(Prose(key, Kind.PARAGRAPH, runs, numbered=True))
            self._print(key, line.label)
        elif line.label:
            self._item(line, runs, key)
        else:
            quoted = Kind.QUOTATION if line.quoted else Kind.PARAGRAPH
            self.here.blocks.append(Prose(key, quoted, runs))

    def _print(self, key: str, label: str) -> None:
        if label:
            self.printed[key] = label

    def _item(self, line: Line, runs: Runs, key: str = "") -> None:
        """Add an item to the list above it, or begin a list, under the key where one is given."""
        ordered = line.label not in _BULLETS
        item = ListItem(runs, min(line.block.level, 8), ordered)
        last = self.here.blocks[-1] if self.here.blocks else None
        number = _FIRST.search(line.label)
        if (
            isinstance(last, ListBlock)
            and (item.depth or last.items[0].ordered == ordered)
            and not (ordered and not item.depth and number and number.group() == "1")
            and not line.block.bookmarks
        ):
            self.here.blocks[-1] = ListBlock(last.key, (*last.items, item), last.start)
            key = last.key
        else:
            start = int(number.group()) if ordered and number and item.depth == 0 else 1
            key = key or self._key(line.block)
            self.here.blocks.append(ListBlock(key, (ListItem(runs, 0, ordered),), start))
        if ordered:
            self.printed[key] = " ".join(filter(None, (self.printed.get(key, ""), line.label)))

    def _table(self, block: ReadBlock) -> None:
        self.here.notes.extend(
            ref for row in block.rows for cell in row.cells for ref in _inside(cell.blocks)
        )
        found = None
        if self.house is None:
            found = bibliography(block, self.note_keys) or measures(block, self.note_keys)
        if found is None:
            table = plain_table(block, self._key(block), self.note_keys)
            self.here.blocks.append(self.house.table(table, block) if self.house else table)
            return
        made, left = found
        self.here.blocks.extend(made)
        self.left.extend(left)

    def _figure(self, line: Line) -> None:
        block = line.block
        if block.image or line.runs:
            self.here.blocks.append(Figure(self._key(block), block.image, block.alt, line.runs))
            if block.image and not block.alt:
                self.problems.append(
                    Problem(block.place, "This picture has no words for those who cannot see it.", "no-alt")
                )
        else:
            said = f"; its description was “{block.alt}”" if block.alt else ""
            self.left.append(
                Warned(block.place, f"A picture or shape was not carried over{said}.", "picture")
            )

    def _note(self, ref: str) -> Prose:
        block = self.notes[ref]
        words = [Run("\n".join(inner.words() for inner in block.blocks))] if block.blocks else []
        runs = tidy([*spaced(block.runs), *words])
        key = self.note_keys[ref]
        self.printed[key] = block.label
        return Prose(key, Kind.NOTE, retarget(runs, {}), lang=block.lang if self.house else "")

    def _stray_notes(self) -> None:
        """Put notes that nothing in the text refers to at the end of the last section."""
        placed = {ref for section in _each(self.root) for ref in section.notes}
        last = self.root
        while last.children:
            last = last.children[-1]
        last.notes.extend(ref for ref in self.notes if ref not in placed)

    def _stand_aside(self) -> None:
        for block in self.document.blocks:
            what = _ASIDE.get(block.kind)
            words = block.words() if what else ""
            if words:
                by = f" by {block.by}" if block.by else ""
                self.left.append(
                    Warned(block.place, f"{what}{by} was not carried over: “{words}”", block.kind.value)
                )

    def _front(self) -> list[_Open]:
        """What stands before the first heading, as a section of its own."""
        if not self.root.blocks and not self.root.notes:
            return []
        only = not self.root.children
        front = _Open(self.title or UNTITLED if only else FRONT, 1)
        front.blocks, front.notes = self.root.blocks, self.root.notes
        return [front]

    def _closed(self, section: _Open) -> Section:
        labelled = any(each.label for each in _each(self.root))
        notes = tuple(self._note(ref) for ref in dict.fromkeys(section.notes) if ref in self.notes)
        return Section(
            section.key,
            section.title,
            (*section.blocks, *notes),
            tuple(self._closed(child) for child in section.children),
            bool(section.label) if labelled or self.house else section.title != FRONT,
        )


def _is_title(line: Line) -> bool:
    return line.block.kind is BlockKind.HEADING and line.block.level == 0 and bool(line.words)


def _each(section: _Open) -> Iterator[_Open]:
    yield section
    for child in section.children:
        yield from _each(child)


def _references(runs: Runs) -> Iterator[str]:
    for run in runs:
        for mark in run.marks:
            if mark.kind is MarkKind.NOTE_REFERENCE:
                yield mark.target


def _inside(blocks: tuple[ReadBlock, ...]) -> Iterator[str]:
    for block in blocks:
        yield from _references(block.runs)
        yield from _inside(block.blocks)
        for row in block.rows:
            for cell in row.cells:
                yield from _inside(cell.blocks)
