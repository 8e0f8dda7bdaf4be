"""Paragraphs and what holds them, walked in reading order."""

from __future__ import annotations

from lxml import etree

from goldthread.files.docx import names
from goldthread.files.docx.fields import Fields, unmatched
from goldthread.files.docx.inline import Inline
from goldthread.files.docx.line import Line
from goldthread.files.docx.names import PPR, RPR, VAL, P, W
from goldthread.files.docx.numbering import child_value, number
from goldthread.files.docx.shelf import CHANGES, Shelf, change_of
from goldthread.files.docx.styles import Style, is_on, marks_of
from goldthread.files.docx.tables import read_table
from goldthread.files.tree import BlockKind, Change, ReadBlock, View

_THROUGH = frozenset({W + "customXml", W + "smartTag", W + "body", *CHANGES})
_EMPTY = Style()


class Story:
    """One run of text: the body, a note, a comment, a header, a text box."""

    def __init__(self, shelf: Shelf, part: str, root: etree._Element, place: str = "") -> None:
        """``place`` names the story in warnings; the body counts its paragraphs instead."""
        self.shelf = shelf
        self.place = place
        self.fields = Fields(shelf, unmatched(root, shelf.gone))
        self.part = part
        self.inline = Inline(shelf, part, root, self.fields, self._inner)

    def _inner(self, root: etree._Element, place: str) -> tuple[ReadBlock, ...]:
        return Story(self.shelf, self.part, root, place).blocks(root)

    def blocks(
        self, container: etree._Element, place: str = "", contents: bool = False
    ) -> tuple[ReadBlock, ...]:
        """Every block in a container, in reading order."""
        found: list[ReadBlock] = []
        pending = self._walk(container, place or self.place, contents, found, None)
        if pending is not None and (pending.words().strip() or pending.hung):
            self._finish(pending, None, None, contents, found)
        return tuple(found)

    def _walk(
        self,
        container: etree._Element,
        place: str,
        contents: bool,
        found: list[ReadBlock],
        pending: Line | None,
    ) -> Line | None:
        """Read the children of a container; gives the line whose paragraph mark a change took away."""
        for child in container:
            tag = child.tag
            if tag == P:
                pending = self._paragraph(child, place, contents, found, pending)
            elif tag == names.TBL:
                if pending is not None:
                    self._flush(pending, contents, found)
                    pending = None
                found.extend(read_table(self, child))
            elif tag == names.SDT:
                inner = child.find(names.SDT_CONTENT)
                if inner is not None:
                    pending = self._walk(inner, place, contents or _is_contents(child), found, pending)
            elif tag in _THROUGH:
                if tag not in self.shelf.gone:
                    pending = self._walk(child, place, contents, found, pending)
            elif tag == names.ALTERNATE:
                pending = self._walk(next(iter(child), child), place, contents, found, pending)
            elif tag == W + "altChunk":
                self.shelf.warn(
                    place, "An imported document (altChunk) was dropped: its words are not read.", "altchunk"
                )
            elif (
                tag not in (W + "sectPr", W + "tcPr")
                and isinstance(tag, str)
                and child.find(f".//{names.T}") is not None
            ):
                pending = self._loose(child, place, contents, found, pending)
        return pending

    def _flush(self, pending: Line, contents: bool, found: list[ReadBlock]) -> None:
        if pending.words().strip() or pending.hung:
            self._finish(pending, None, None, contents, found)

    def _loose(
        self, child: etree._Element, place: str, contents: bool, found: list[ReadBlock], pending: Line | None
    ) -> Line | None:
        """Words that stand outside any paragraph, as damaged files have them."""
        if child.find(f".//{P}") is not None:
            return self._walk(child, place, contents, found, pending)
        line = pending or Line(place)
        self.inline.read(child, line)
        self._finish(line, None, None, contents, found)
        return None

    def _paragraph(
        self,
        element: etree._Element,
        place: str,
        contents: bool,
        found: list[ReadBlock],
        pending: Line | None,
    ) -> Line | None:
        shelf = self.shelf
        if not place:
            shelf.counts["paragraph"] += 1
            place = f"Paragraph {shelf.counts['paragraph']}"
        line = pending or Line(place)
        properties = next(element.iterchildren(PPR), None)
        mark = _mark(properties) if properties is not None else None
        self.inline.read(element, line)
        if mark is not None:
            shelf.tracked = True
            if mark.tag in shelf.gone:
                return line
        if properties is not None and shelf.view is View.ORIGINAL:
            before = properties.find(W + "pPrChange")
            if before is not None:
                properties = before.find(PPR)
        self._finish(line, properties, mark, contents, found)
        return None

    def _finish(
        self,
        line: Line,
        properties: etree._Element | None,
        mark: etree._Element | None,
        contents: bool,
        found: list[ReadBlock],
    ) -> None:
        """Turn a line into its block and the blocks that hang on it; nothing is kept of an empty one."""
        shelf = self.shelf
        if line.hidden or line.coded:
            self._warn_unseen(line)
        style, label, depth = self._style_and_label(properties, bool(line.pieces))
        runs = line.runs()
        if runs or label:
            lang_rtl = properties is not None and is_on(properties, "bidi") is True
            kind, level = _kind(style, properties, label, depth, contents or line.contents)
            change: Change | None = None
            if shelf.view is View.ALL and mark is not None:
                change = change_of(mark)
            found.append(
                ReadBlock(
                    kind,
                    runs,
                    level,
                    label,
                    line.place,
                    style.name,
                    changes=line.changes(),
                    mark=change,
                    rtl=lang_rtl,
                    bold=style.bold or line.bold(),
                    lang=_language(properties) if line.bookmarks else "",
                    bookmarks=tuple(line.bookmarks),
                )
            )
        elif line.bookmarks and line.hung:
            line.hung[0] = line.hung[0]._replace(bookmarks=tuple(line.bookmarks))
        found.extend(line.hung)

    def _warn_unseen(self, line: Line) -> None:
        """Name the words that Word does not show, so that none is lost."""
        hidden, whole = line.unhidden()
        if hidden:
            within = f" of “{whole}”" if whole != hidden else ""
            self.shelf.warn(line.place, f"Hidden words were left out{within}: “{hidden}”", "hidden-words")
        coded = "".join(line.coded).strip()
        if coded:
            message = f"Words inside a field's code, which Word does not show, were left out: “{coded}”"
            self.shelf.warn(line.place, message, "field-words")

    def _style_and_label(self, properties: etree._Element | None, words: bool) -> tuple[Style, str, int]:
        """A paragraph's style, its printed label, and its level in its list (-1 for none)."""
        styles = self.shelf.styles
        if properties is None:
            style = styles[styles.default] if styles.default else _EMPTY
            listed = None
        else:
            name = child_value(properties, "pStyle")
            style = styles[name or styles.default] if name or styles.default else _EMPTY
            listed = next(properties.iterchildren(W + "numPr"), None)
        num, depth = style.num, style.depth
        if listed is not None:
            direct = child_value(listed, "numId")
            level = child_value(listed, "ilvl")
            if direct is not None:
                num, depth = ("" if direct == "0" else direct), 0
            if level is not None:
                depth = number(level, 0, 8)
        if not num:
            return style, "", -1
        if listed is None or depth is None:
            depth = self._linked_level(num, style, depth)
        if not words and not _counts_when_empty(properties):
            return style, "", -1
        return style, self.shelf.numbering.next_label(num, depth), depth

    def _linked_level(self, num: str, style: Style, depth: int | None) -> int:
        for name in style.lineage:
            level = self.shelf.numbering.level_of_style(num, name)
            if level is not None:
                return level
        return depth or 0


def _language(properties: etree._Element | None) -> str:
    """The language that a paragraph's own mark names."""
    named = properties.find(f"{W}rPr/{W}lang") if properties is not None else None
    return "" if named is None else (named.get(W + "val") or named.get(W + "bidi") or "")[:35]


def _counts_when_empty(properties: etree._Element | None) -> bool:
    """Word counts an empty numbered paragraph and prints its number, unless its mark is hidden."""
    run = properties.find(RPR) if properties is not None else None
    return run is None or marks_of(run)[2] is not True


def _mark(properties: etree._Element) -> etree._Element | None:
    """The change recorded on a paragraph's mark; a deletion outweighs an insertion."""
    run = next(properties.iterchildren(RPR), None)
    if run is None or not len(run):
        return None
    found = [child for child in run if child.tag in CHANGES]
    return found[-1] if found else None


def _kind(
    style: Style, properties: etree._Element | None, label: str, depth: int, contents: bool
) -> tuple[BlockKind, int]:
    heading = style.heading
    outline = child_value(properties, "outlineLvl") if properties is not None else None
    if outline is not None:
        level = number(outline, 9, 9)
        heading = level + 1 if level < 9 else None
    if contents or style.contents:
        return BlockKind.CONTENTS, 0
    if heading is not None:
        return BlockKind.HEADING, heading
    if depth >= 0 and label:
        return BlockKind.LIST_ITEM, depth
    return BlockKind.PARAGRAPH, 0


def _is_contents(control: etree._Element) -> bool:
    for gallery in control.iterfind(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"):
        return gallery.get(VAL, "") == "Table of Contents"
    return False
