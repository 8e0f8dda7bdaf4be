"""A PDF written the plain way (one cross-reference table, no object streams), as spans of bytes.

Both typst and a canonical save by qpdf write so. Joining works on these spans, because building
an object for each of 14,000 structure elements costs several times as much as copying their bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from goldthread.files.pack.tokens import REFERENCE, NotPlain, entries, numbers, values, words_of

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"(\d+) (\d+)\s*[\r\n]")
_ENTRY = re.compile(rb"(?:(\d{10}) \d{5} n|\d{10} \d{5} f)[ \r\n]{2}")
_OBJECT = re.compile(rb"(\d+) 0 obj\s++(.*)\sendobj\s*+\Z", re.DOTALL)
_OPENING = re.compile(rb"\d+ 0 obj\s")
_BOUNDARY = re.compile(rb"endobj\s+\d+ 0 obj\s")
_STREAM = re.compile(rb"endstream")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_DEEP = 64
_BOOKMARKS = 2000
_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of an outline: how deep (from 0), its words, its page from 0 and the view of it."""

    depth: int
    title: str
    page: int
    view: bytes = b"/Fit"


class Plain:
    """One PDF as spans of its bytes. Raises NotPlain where it is not written the plain way."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._spans: dict[int, tuple[int, int]] = {}
        self._order: list[int] = []
        self._places: list[int] = []
        self.trailer = self._read_table()
        if b"Encrypt" in self.trailer or b"Prev" in self.trailer or b"XRefStm" in self.trailer:
            raise NotPlain("encrypted or changed after it was written")
        self.root = self.entries(self.trailer[b"Root"])
        self.nodes: list[int] = []
        self.pages = tuple(self._page_numbers())
        self.bookmarks, self.outline_objects = self._outline()

    def _read_table(self) -> dict[bytes, bytes]:
        data = self.data
        found = _START.search(data, max(0, len(data) - 64))
        if found is None:
            raise NotPlain("no end")
        table = int(found[1])
        if not data.startswith(b"xref", table):
            raise NotPlain("no cross-reference table")
        at, starts = table + 4, dict[int, int]()
        at += len(data[at : at + 2]) - len(data[at : at + 2].lstrip())
        while section := _SECTION.match(data, at):
            first, count = int(section[1]), int(section[2])
            at = section.end() + 20 * count
            lines = _ENTRY.findall(data, section.end(), at)
            if len(lines) != count:
                raise NotPlain("a cross-reference table that does not add up")
            starts.update((n, int(line)) for n, line in enumerate(lines[:1], first) if line)
            used = range(first + 1, first + count)
            if b"" in lines[1:]:
                starts.update((n, int(line)) for n, line in zip(used, lines[1:], strict=True) if line)
            else:
                starts.update(zip(used, map(int, lines[1:]), strict=True))
        trailer = data.find(b"trailer", at, at + 16)
        if trailer < 0:
            raise NotPlain("no trailer")
        self._order = list(starts)
        if sorted(starts.values()) != list(starts.values()):
            self._order.sort(key=starts.__getitem__)
        places = [*map(starts.__getitem__, self._order), table]
        self._places = places
        self._spans = dict(zip(self._order, pairwise(places), strict=True))
        return entries(data[trailer + 7 : found.start()])

    def __iter__(self) -> Iterator[int]:
        return iter(self._spans)

    def runs(self, apart: Collection[int], most: int) -> Iterator[tuple[list[int], bytes]]:
        """The objects in the order of the file, a run at a time: their numbers, and their bytes as they are.

        A stream, or one that is to be kept apart, comes by itself and without its bytes.
        """
        streams = {bisect_right(self._places, found.start()) - 1 for found in _STREAM.finditer(self.data)}
        place = dict(zip(self._order, range(len(self._order)), strict=True))
        alone = streams | {place[number] for number in apart if number in place}
        begun = 0
        for stop in (*sorted(alone), len(self._order)):
            for first in range(begun, stop, most):
                last = min(first + most, stop)
                yield self._order[first:last], self.data[self._places[first] : self._places[last]]
            if stop < len(self._order):
                yield [self._order[stop]], b""
            begun = stop + 1

    def parts(self, number: int) -> tuple[bytes, memoryview | None]:
        """An object's own words, and the bytes of its stream if it is one."""
        try:
            start, end = self._spans[number]
        except KeyError:
            return b"null", None
        found = _OBJECT.match(self.data, start, end)
        if found is None or int(found[1]) != number:
            raise NotPlain("an object that is not where it should be")
        if not self.data.endswith(b"endstream", start, found.end(2)):
            return found[2], None
        at = self.data.find(b">>\nstream\n", start, end)
        words = self.data[found.start(2) : at + 2]
        length = _LENGTH.search(words)
        if at < 0 or length is None:
            raise NotPlain("a stream of no stated length")
        begins = at + 10
        return words, memoryview(self.data)[begins : begins + int(length[1])]

    def resolved(self, value: bytes) -> bytes:
        """A value, or the words of the object it refers to."""
        for _ in range(_DEEP):
            found = REFERENCE.fullmatch(value)
            if found is None:
                return value
            value = self.parts(int(found[1]))[0]
        raise NotPlain("references that go round")

    def entries(self, value: bytes) -> dict[bytes, bytes]:
        """The entries of a dictionary, given as it is or by reference."""
        return entries(self.resolved(value))

    def values(self, value: bytes) -> list[bytes]:
        """The values of an array, given as it is or by reference."""
        return values(self.resolved(value))

    def _page_numbers(self) -> Iterator[int]:
        waiting = [self.root.get(b"Pages", b"")]
        seen: set[bytes] = set()
        while waiting:
            value = waiting.pop()
            found = REFERENCE.fullmatch(value)
            if found is None or value in seen:
                raise NotPlain("pages that are not a tree")
            seen.add(value)
            words = self.resolved(value)
            if b"/Kids" in words:
                self.nodes.append(int(found[1]))
                waiting.extend(reversed(self.values(entries(words)[b"Kids"])))
            elif b"/MediaBox" in words and b"/Resources" in words:
                yield int(found[1])
            else:
                raise NotPlain("a page that inherits")

    def _outline(self) -> tuple[tuple[Bookmark, ...], frozenset[int]]:
        """The bookmarks in order, and the numbers of the objects that hold them."""
        if b"Outlines" not in self.root:
            return (), frozenset()
        top = self.root[b"Outlines"]
        held = {int(top.split()[0])}
        found: list[Bookmark] = []
        places = {number: place for place, number in enumerate(self.pages)}
        waiting = [(0, self.entries(top).get(b"First", b""))]
        while waiting:
            depth, value = waiting.pop()
            reference = REFERENCE.fullmatch(value)
            if reference is None:
                continue
            if int(reference[1]) in held or len(held) > _BOOKMARKS or depth > _LEVELS:
                raise NotPlain("an outline that is not a tree of moderate size")
            held.add(int(reference[1]))
            node = self.entries(value)
            goal = self.values(node[b"Dest"]) if b"Dest" in node else []
            page = REFERENCE.fullmatch(goal[0]) if goal else None
            if page and int(page[1]) in places:
                view = b" ".join(goal[1:])
                found.append(Bookmark(depth, words_of(node[b"Title"]), places[int(page[1])], view))
            waiting.append((depth, node.get(b"Next", b"")))
            waiting.append((depth + 1, node.get(b"First", b"")))
        return tuple(found), frozenset(held)

    def box(self, page: dict[bytes, bytes], name: bytes) -> tuple[float, float, float, float] | None:
        """A page's box with its corners put in order."""
        if name not in page:
            return None
        found = numbers(self.resolved(page[name]))
        if len(found) != 4:
            raise NotPlain("a box without four corners")
        left, bottom, right, top = found
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def bodies(run: bytes, count: int) -> list[bytes]:
    """The objects of a run, each without what stands around it."""
    opening = _OPENING.match(run)
    close = run.rfind(b"endobj")
    if opening is None or close < 0:
        raise NotPlain("objects that are not where they should be")
    found = _BOUNDARY.split(run[opening.end() : close])
    if len(found) != count:
        raise NotPlain("objects that do not add up")
    return found
