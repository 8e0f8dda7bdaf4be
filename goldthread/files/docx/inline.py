"""The words of a paragraph: runs, links, fields, symbols, notes, pictures and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from goldthread.core.text import Mark, MarkKind
from goldthread.files.docx import drawing, names
from goldthread.files.docx.fields import Fields
from goldthread.files.docx.line import Line
from goldthread.files.docx.maths import formula
from goldthread.files.docx.names import PPR, RPR, RUN, VAL, M, T, W
from goldthread.files.docx.numbering import number
from goldthread.files.docx.shelf import CHANGES, Shelf, change_of
from goldthread.files.docx.styles import TELLING, marks_of
from goldthread.files.docx.symbols import symbol
from goldthread.files.tree import ReadBlock, View

Walk = Callable[[etree._Element, str], tuple[ReadBlock, ...]]
_STYLE, _BEFORE = W + "rStyle", W + "rPrChange"
_NO_MARKS: tuple[Mark, ...] = ()
_DELETED_TEXT = W + "delText"
_CODE = (W + "instrText", W + "delInstrText")
_TABS = (W + "tab", W + "ptab")
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_ASIDE = frozenset(
    W + name
    for name in (
        "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart",
        "permEnd", "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "annotationRef", "separator",
        "continuationSeparator", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
        "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "sdtPr", "sdtEndPr", "smartTagPr",
        "customXmlPr", "pPr", "rPr", "fldData",
    )
)  # fmt: skip


class Inline:
    """Reads the inside of paragraphs for one story."""

    def __init__(self, shelf: Shelf, part: str, root: etree._Element, fields: Fields, walk: Walk) -> None:
        """``walk`` reads the blocks of a text box found in a paragraph of ``root``, given its place."""
        self.shelf = shelf
        self.part = part
        self.fields = fields
        self.walk = walk
        self._marked: dict[etree._Element | None, list[etree._Element]] = {}
        for element in root.iter(*TELLING):
            self._marked.setdefault(element.getparent(), []).append(element)
        self._doors: dict[str, Callable[[etree._Element, Line], None]] = {
            RUN: self.run,
            W + "hyperlink": self._hyperlink,
            W + "fldSimple": self._simple_field,
            names.SDT: self._control,
            M + "oMath": self._formula,
            M + "oMathPara": self._formula,
            W + "bookmarkStart": self._bookmark,
            names.ALTERNATE: self._alternate,
            W + "subDoc": self._sub_document,
            **dict.fromkeys(CHANGES, self._changed),
        }

    def read(self, container: etree._Element, line: Line) -> None:
        """Take in everything inside a paragraph or an inline container."""
        doors = self._doors
        run = self.run
        for child in container:
            tag = child.tag
            if tag == RUN:
                run(child, line)
                continue
            if tag == PPR:
                continue
            door = doors.get(tag)
            if door is not None:
                door(child, line)
            elif tag not in _ASIDE and isinstance(tag, str):
                self.read(child, line)

    def run(self, run: etree._Element, line: Line) -> None:
        """Take in one run."""
        marks = _NO_MARKS
        hidden = False
        for child in run:
            tag = child.tag
            if tag == T:
                if hidden or self.fields.open or line.link:
                    self._words(child.text or "", marks, hidden, line)
                elif words := child.text:
                    line.pieces.append((words, marks, line.change))
                    if marks or line.change:
                        line.plain = False
            elif tag == RPR:
                if telling := self._marked.get(child):
                    marks, hidden = self._run_marks(telling)
            elif tag in _TABS:
                self._words("\t", marks, hidden, line)
            else:
                self._odd(child, marks, hidden, line)

    def _words(self, words: str, marks: tuple[Mark, ...], hidden: bool, line: Line) -> None:
        fields = self.fields
        if fields.open:
            if fields.coding:
                line.coded.append(words)
                return
            line.contents = line.contents or fields.contents
            if fields.link and not line.link:
                marks = (*marks, Mark(MarkKind.LINK, fields.link))
        if hidden:
            line.hidden.append((len(line.pieces), words))
        else:
            line.add(words, marks)

    def _run_marks(self, said: Iterable[etree._Element]) -> tuple[tuple[Mark, ...], bool]:
        if self.shelf.view is View.ORIGINAL:
            before = next((element for element in said if element.tag == _BEFORE), None)
            said = said if before is None else next(iter(before), said)
        on, off, hidden = marks_of(said)
        named = next((element for element in said if element.tag == _STYLE), None)
        if named is not None:
            style = self.shelf.styles[named.get(VAL, "")]
            on |= frozenset(mark for mark in style.marks if mark.kind not in off)
            hidden = style.hidden if hidden is None else hidden
        return tuple(sorted(on)), bool(hidden)

    def _odd(self, child: etree._Element, marks: tuple[Mark, ...], hidden: bool, line: Line) -> None:
        """The less common things in a run."""
        tag = child.tag
        if tag == _DELETED_TEXT:
            self._words(child.text or "", marks, hidden, line)
        elif tag in _CODE:
            self.fields.code(child.text or "")
        elif tag == names.FLD_CHAR:
            words = self.fields.char(child, line.place)
            if words:
                self._words(words, marks, hidden, line)
        elif tag == W + "br" or tag == W + "cr":
            self._words("\n", marks, hidden, line)
        elif tag in _NOTES:
            self._note(_NOTES[tag], child, line)
        elif tag == W + "sym":
            code = (
                int(child.get(W + "char", "0")[:6] or "0", 16)
                if _hexadecimal(child.get(W + "char", ""))
                else 0
            )
            self._words(symbol(code, child.get(W + "font", "")), marks, hidden, line)
        elif tag == W + "noBreakHyphen":
            self._words("\u2011", marks, hidden, line)
        elif tag == W + "softHyphen":
            self._words("\u00ad", marks, hidden, line)
        elif tag == W + "commentReference":
            self.shelf.comment_places.setdefault(child.get(names.ID, ""), line.place)
        elif tag == W + "ruby":
            self._ruby(child, line)
        elif tag in drawing.HOLDERS:
            line.hung.extend(drawing.read(self, child, line.place))
        elif tag == names.ALTERNATE:
            self._alternate(child, line, marks=marks, hidden=hidden)
        elif tag not in _ASIDE and isinstance(tag, str) and len(child):
            self.read(child, line)

    def _note(self, kind: str, child: etree._Element, line: Line) -> None:
        ref = f"{kind}-{number(child.get(names.ID), 0)}"
        self.shelf.note_order.setdefault(ref, line.place)
        line.refer(ref)

    def _ruby(self, ruby: etree._Element, line: Line) -> None:
        """A reading above the line follows its word in brackets."""
        for base in ruby.iterchildren(W + "rubyBase"):
            self.read(base, line)
        for above in ruby.iterchildren(W + "rt"):
            if any(element.text for element in above.iter(T)):
                line.add(" (")
                self.read(above, line)
                line.add(")")

    def _hyperlink(self, element: etree._Element, line: Line) -> None:
        relationship = self.shelf.package.relationships(self.part).get(element.get(names.RID, ""))
        before = line.link
        if relationship is not None and relationship.external:
            anchor = element.get(W + "anchor")
            target = relationship.target + (f"#{anchor}" if anchor and "#" not in relationship.target else "")
            line.link = self.fields.address(target, line.place) or before
        self.read(element, line)
        line.link = before

    def _simple_field(self, element: etree._Element, line: Line) -> None:
        before = line.link
        address, words = self.fields.judge(element.get(W + "instr", ""), line.place)
        line.link = address or before
        if words and not len(element):
            line.add(words)
        self.read(element, line)
        line.link = before

    def _control(self, element: etree._Element, line: Line) -> None:
        for content in element.iterchildren(names.SDT_CONTENT):
            self.read(content, line)

    def _changed(self, element: etree._Element, line: Line) -> None:
        self.shelf.tracked = True
        if element.tag in self.shelf.gone:
            return
        before = line.change
        if self.shelf.view is View.ALL:
            line.change = change_of(element)
        self.read(element, line)
        line.change = before

    def _formula(self, element: etree._Element, line: Line) -> None:
        words = formula(element, self.shelf.gone)
        if words:
            line.add(words)

    def _bookmark(self, element: etree._Element, line: Line) -> None:
        name = element.get(W + "name", "")
        if name.startswith("_blk_") and len(line.bookmarks) < 50:
            line.bookmarks.append(name[:80])

    def _alternate(
        self, element: etree._Element, line: Line, *, marks: tuple[Mark, ...] = (), hidden: bool = False
    ) -> None:
        """Take the first branch that gives anything; never two."""
        for branch in element:
            before = (len(line.pieces), len(line.hung), len(line.hidden), len(line.coded))
            for child in branch:
                door = self._doors.get(child.tag)
                if door is not None:
                    door(child, line)
                elif child.tag == T:
                    self._words(child.text or "", marks, hidden, line)
                else:
                    self._odd(child, marks, hidden, line)
            if before != (len(line.pieces), len(line.hung), len(line.hidden), len(line.coded)):
                return

    def _sub_document(self, element: etree._Element, line: Line) -> None:
        self.shelf.warn(line.place, "A linked sub-document was dropped; nothing was fetched.", "external")


def _hexadecimal(text: str) -> bool:
    return bool(text) and all(character in "0123456789abcdefABCDEF" for character in text)
