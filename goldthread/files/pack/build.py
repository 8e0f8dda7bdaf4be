"""Build an agenda pack: a cover, contents and papers as one tagged PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.files.pack.catalogue import Entry, catalogue
from goldthread.files.pack.foreign import damaged
from goldthread.files.pack.front import Links, Placed, front
from goldthread.files.pack.joining import Joining
from goldthread.files.pack.numbering import NOTHING, Numbered, number_pages, said_as, set_aside
from goldthread.files.pack.papers import Built, Cover, PackItem, PackPaper, PaperPages
from goldthread.files.pack.prepare import ODD, Prepared, prepare, prepared_front
from goldthread.files.pack.sheaf import Sheaf
from goldthread.files.pack.stamps import Stamp
from goldthread.files.pack.taking import take

FRONT = "front"
_TRIES = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Standing:
    """A paper with its item, what was made of it, and its printed numbers."""

    item: PackItem
    paper: PackPaper
    ready: Prepared
    numbered: Numbered


def build_pack(
    cover: Cover,
    items: Sequence[PackItem],
    out: Path,
    *,
    at: datetime,
    pages: Mapping[str, str] | None = None,
    after: int = 0,
    progress: Progress | None = None,
) -> Built:
    """Write the pack to ``out``, whole or not at all; the same arguments always give the same bytes.

    ``pages`` is the ``page_map`` of the issue that this one replaces: what did not change keeps its
    printed numbers. ``after`` is the ``last_printed`` of the pack that this one supplements. ``progress``
    is told how many papers of how many are done. Raises Refused, naming the paper, for one that cannot
    be put in.
    """
    total = 2 * sum(len(item.papers) for item in items)
    said = progress or _quiet
    standing = list(_prepared(items, lambda done: said(done, total)))
    ready, keyed = _front(cover, items, standing, pages or NOTHING, after, at)
    while True:
        try:
            with Sheaf(out) as sheaf:
                built = _Pack(cover, items, sheaf, ready, keyed).written(at, lambda done: said(done, total))
            break
        except _Odd as odd:
            keyed[odd.place] = _anew(keyed[odd.place])
    kept = {key: said for key, said in (pages or {}).items() if key not in built.page_map}
    return replace(built, page_map={**kept, **built.page_map})


class _Odd(Exception):
    """A paper that cannot be taken as it is: its place among the papers."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(place)


def _anew(one: _Standing) -> _Standing:
    """A paper written anew, where it could not be taken as it was."""
    if not one.ready.as_it_is:
        raise damaged(one.paper.name or "A paper")
    return replace(one, ready=prepare(one.paper, as_it_is=False))


def _quiet(done: int, total: int) -> None:
    return


def paper_key(item: PackItem, paper: PackPaper) -> str:
    """What a paper is known by from one issue to the next."""
    return f"{item.number}/{paper.label or paper.title}"


def _prepared(items: Sequence[PackItem], said: Callable[[int], None]) -> Iterator[_Standing]:
    done = 0
    for item in items:
        for paper in item.papers:
            ready = prepare(paper)
            done += 1
            said(done)
            yield _Standing(item, paper, ready, Numbered(()))


def _keys(standing: Sequence[_Standing]) -> list[str]:
    """A key for each paper; a second paper of the same name is told apart by its place."""
    found: list[str] = []
    for one in standing:
        key = paper_key(one.item, one.paper)
        found.append(key if key not in found else f"{key}/{found.count(key) + len(found)}")
    return found


def _front(
    cover: Cover,
    items: Sequence[PackItem],
    standing: Sequence[_Standing],
    previous: Mapping[str, str],
    after: int,
    at: datetime,
) -> tuple[Prepared, list[_Standing]]:
    """The front, and each paper with its numbers; set again until its own length is what was reckoned."""
    length = 2
    keys = _keys(standing)
    for _ in range(_TRIES):
        counts = [(FRONT, length), *zip(keys, (len(one.ready.plain.pages) for one in standing), strict=True)]
        numbered = number_pages(counts, previous, after=after)
        placed = list(_placed(items, standing, numbered[1:], length))
        ready = prepared_front(front(cover, items, placed, at))
        if len(ready.plain.pages) == length:
            break
        length = len(ready.plain.pages)
    found = [replace(one, numbered=own) for one, own in zip(standing, numbered[1:], strict=True)]
    return replace(ready, numbered=numbered[0]), found


def _placed(
    items: Sequence[PackItem], standing: Sequence[_Standing], numbered: Sequence[Numbered], length: int
) -> Iterator[Placed]:
    place, at = length + 1, 0
    for item in items:
        firsts = []
        own = numbered[at : at + len(item.papers)]
        for one in standing[at : at + len(item.papers)]:
            firsts.append(place)
            place += len(one.ready.plain.pages)
        at += len(item.papers)
        yield Placed(tuple(firsts), tuple(own))


class _Pack:
    """A pack being written."""

    def __init__(
        self,
        cover: Cover,
        items: Sequence[PackItem],
        sheaf: Sheaf,
        ready: Prepared,
        standing: Sequence[_Standing],
    ) -> None:
        self._cover, self._items, self._sheaf = cover, items, sheaf
        self._front, self._standing = ready, standing
        self._printed = list(chain(ready.numbered.pages, *(one.numbered.pages for one in standing)))
        self._last = max(number.whole for number in self._printed)

    def written(self, at: datetime, said: Callable[[int], None]) -> Built:
        """Write everything; where each paper stands."""
        joining = Joining(self._sheaf)
        opening = joining.part()
        papers: list[int] = []
        parts: list[tuple[int, PackItem, list[int]]] = []
        for done, one in enumerate(self._standing, len(self._standing) + 1):
            if not parts or parts[-1][1] is not one.item:
                parts.append((joining.part(), one.item, []))
            element, taken = self._taken(joining, parts[-1][0], done - len(self._standing) - 1)
            parts[-1][2].append(element)
            papers.extend(taken)
            said(done)
        front_pages = self._written_front(joining, opening, papers)
        for part, item, held in parts:
            joining.finish_part(part, item.name, held)
        return self._closed(joining, [*front_pages, *papers], at)

    def _taken(self, joining: Joining, part: int, place: int) -> tuple[int, tuple[int, ...]]:
        one = self._standing[place]
        try:
            return take(
                joining,
                one.ready.plain,
                list(self._stamps(one)),
                part=part,
                title=one.paper.name or one.item.name,
                lang=one.ready.lang or one.paper.lang,
                clear=one.ready.clear,
            )
        except ODD as fault:
            raise _Odd(place) from fault

    def _written_front(self, joining: Joining, part: int, papers: Sequence[int]) -> tuple[int, ...]:
        count = len(self._front.plain.pages)
        links = Links([0] * count + list(papers), [str(number) for number in self._printed])
        stamps = [Stamp("", self._cover.marking, self._page(number)) for number in self._front.numbered.pages]
        element, taken = take(
            joining,
            self._front.plain,
            stamps,
            part=part,
            title="Cover and contents",
            lang=self._cover.lang,
            clear=True,
            rewrite=links,
        )
        joining.finish_part(part, "Cover and contents", [element])
        return taken

    def _stamps(self, one: _Standing) -> Iterator[Stamp]:
        marking = one.paper.marking or one.item.marking or self._cover.marking
        item = f"Item {one.item.number}" if one.item.number else ""
        last = len(one.numbered.pages) - 1
        for place, number in enumerate(one.numbered.pages):
            said = self._page(number)
            if place == last and one.numbered.unused:
                word = "page" if len(one.numbered.unused) == 1 else "pages"
                said += f" ({word} {said_as(one.numbered.unused)} not used)"
            yield Stamp(item, marking, said)

    def _page(self, number: object) -> str:
        return f"Page {number} of {self._last}"

    def _closed(self, joining: Joining, pages: Sequence[int], at: datetime) -> Built:
        claims = all(one.ready.pdfua for one in self._standing)
        joining.finish_tree(self._cover.title, self._cover.lang)
        joining.finish_pages(pages)
        root, info = catalogue(
            self._sheaf,
            joining,
            self._cover,
            list(self._bookmarks()),
            pages,
            self._printed,
            at,
            claims,
        )
        return Built(
            tuple(self._where()),
            len(pages),
            self._sheaf.finish(root, info),
            self._page_map(),
            self._last,
            claims,
            tuple(self._problems()),
        )

    def _problems(self) -> Iterator[Problem]:
        for one in self._standing:
            yield from one.ready.problems

    def _page_map(self) -> dict[str, str]:
        keys = [FRONT, *_keys(self._standing)]
        numbered = [self._front.numbered, *(one.numbered for one in self._standing)]
        return {key: set_aside(own) for key, own in zip(keys, numbered, strict=True)}

    def _where(self) -> Iterator[PaperPages]:
        first = len(self._front.plain.pages) + 1
        for one in self._standing:
            printed, count = one.numbered.pages, len(one.numbered.pages)
            yield PaperPages(
                one.paper.label,
                one.item.number,
                first,
                first + count - 1,
                str(printed[0]),
                str(printed[-1]),
                one.ready.pdfua,
            )
            first += count

    def _bookmarks(self) -> Iterator[Entry]:
        """Items, their papers, and each paper's own outline below it."""
        contents = min(1, len(self._front.plain.pages) - 1)
        yield Entry(0, "Contents", contents)
        first, waiting = len(self._front.plain.pages), list(self._standing)
        for item in self._items:
            yield Entry(0, item.name, first if item.papers else contents)
            for paper in item.papers:
                one = waiting.pop(0)
                yield Entry(1, paper.name or item.name, first)
                for mark in one.ready.bookmarks:
                    yield Entry(mark.depth + 2, mark.title, first + mark.page, mark.view)
                first += len(one.numbered.pages)
