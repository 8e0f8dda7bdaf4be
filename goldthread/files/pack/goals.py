"""Where links and bookmarks of someone else's PDF lead, said outright instead of by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from goldthread.files.pack.plain import Bookmark
from goldthread.files.pack.tokens import number

_NAMES, _NODES, _BOOKMARKS, _LEVELS = 100_000, 20_000, 2000, 5
_VIEWS = frozenset({"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"})


class Goals:
    """The destinations of one PDF."""

    def __init__(self, pdf: Pdf) -> None:
        self.places = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        self._pages = [page.obj for page in pdf.pages]
        self._named = dict(self._names(pdf.Root))
        self._root = pdf.Root

    def _names(self, root: Object) -> Iterator[tuple[bytes, Any]]:
        old = root.get("/Dests")
        if isinstance(old, Dictionary):
            yield from ((key.encode("utf-8", "surrogateescape"), to) for key, to in old.items())
        names = root.get("/Names")
        top = names.get("/Dests") if isinstance(names, Dictionary) else None
        waiting, seen = [top], set[tuple[int, int]]()
        while waiting and len(seen) < _NODES:
            node = waiting.pop()
            if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
                continue
            seen.add(node.objgen if node.is_indirect else (-len(seen), 0))
            kids, pairs = node.get("/Kids"), node.get("/Names")
            waiting.extend(kids if isinstance(kids, Array) else ())
            if isinstance(pairs, Array) and len(pairs) <= _NAMES:
                listed = list(pairs)
                yield from ((bytes(key), to) for key, to in zip(listed[::2], listed[1::2], strict=False))

    def found(self, goal: Any) -> tuple[int, bytes] | None:
        """The place of a page from 0 and the view of it, or None where a destination leads nowhere."""
        for _ in range(4):
            if isinstance(goal, Name):
                goal = self._named.get(str(goal).encode("utf-8", "surrogateescape"))
            elif isinstance(goal, String):
                goal = self._named.get(bytes(goal))
            elif isinstance(goal, Dictionary):
                goal = goal.get("/D")
        if not isinstance(goal, Array) or not len(goal):
            return None
        page = goal[0]
        place = self.places.get(page.objgen) if isinstance(page, Dictionary) else None
        return None if place is None else (place, _view(list(goal)[1:6]))

    def array(self, goal: Any) -> Array | None:
        """A destination as an array that names its page outright."""
        found = self.found(goal)
        if found is None:
            return None
        return Array([self._pages[found[0]], *Object.parse(b"[%b]" % found[1])])

    def of_action(self, action: Any) -> Any:
        """Where an action goes within the file, or None if it does anything else."""
        if isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
            return action.get("/D")
        return None

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The outline in order, however wound it is: no entry twice, no deeper than is of use."""
        top = self._root.get("/Outlines")
        found: list[Bookmark] = []
        seen: set[tuple[int, int]] = set()
        waiting = [(0, top.get("/First"))] if isinstance(top, Dictionary) else []
        while waiting and len(seen) < _BOOKMARKS:
            depth, node = waiting.pop()
            if not isinstance(node, Dictionary) or node.objgen in seen:
                continue
            seen.add(node.objgen)
            stated = node.get("/Dest")
            goal = self.found(self.of_action(node.get("/A")) if stated is None else stated)
            title = " ".join(str(node.get("/Title", "")).split())
            if goal and title:
                found.append(Bookmark(min(depth, _LEVELS), title, *goal))
            waiting.append((depth, node.get("/Next")))
            waiting.append((depth + 1, node.get("/First")))
        return tuple(_stepped(found))


def _stepped(found: list[Bookmark]) -> Iterator[Bookmark]:
    """Bookmarks none of which is more than one level below the one before."""
    above = -1
    for mark in found:
        above = min(mark.depth, above + 1)
        yield Bookmark(above, mark.title, mark.page, mark.view)


def _view(rest: list[Any]) -> bytes:
    if not rest or not isinstance(rest[0], Name) or str(rest[0]) not in _VIEWS:
        return b"/Fit"
    said = [str(rest[0]).encode("ascii")]
    for value in rest[1:]:
        try:
            said.append(number(float(value)))
        except (TypeError, ValueError):
            said.append(b"null")
    return b" ".join(said)
