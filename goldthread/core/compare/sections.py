"""Which old section became which new one, and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from goldthread.core.compare.changes import Place
from goldthread.core.compare.sequence import Pair, heaviest_run
from goldthread.core.compare.tokens import form
from goldthread.core.text import Block, Section, Text, numbers

NEAREST = 8
FEW = 200
IN_PLACE = 10


class Entry(NamedTuple):
    """A section where it stands: its parent's and elder sibling's places, -1 for none.

    Its own blocks that are shown are those from ``start`` to ``end`` in the whole text.
    """

    section: Section
    number: str
    depth: int
    parent: int
    elder: int
    start: int
    end: int


class Placed(NamedTuple):
    """A block, its section's place, and about how much it weighs in characters."""

    block: Block
    section: int
    weight: int


class Side(NamedTuple):
    """One text laid flat in reading order: its sections, its blocks that are shown, all labels."""

    entries: tuple[Entry, ...]
    blocks: tuple[Placed, ...]
    labels: Mapping[str, str]


class Standing(NamedTuple):
    """Where a section that stands on both sides stands in the weave."""

    place: Place
    moved: bool = False
    move: str = ""


def lay_flat(text: Text, hidden: frozenset[str]) -> Side:
    """Lay a text flat, leaving out blocks whose kind is hidden."""
    labels = numbers(text)
    entries: list[Entry] = []
    blocks: list[Placed] = []
    last: list[int] = []
    for depth, section in text.walk():
        elder = last[depth] if depth < len(last) else -1
        del last[depth + 1 :]
        last[depth:] = [len(entries)]
        start = len(blocks)
        blocks.extend(
            Placed(block, len(entries), _weight(block))
            for block in section.blocks
            if block.kind not in hidden
        )
        parent = last[depth - 1] if depth else -1
        number = labels.get(section.key, "")
        entries.append(Entry(section, number, depth, parent, elder, start, len(blocks)))
    return Side(tuple(entries), tuple(blocks), labels)


def _weight(block: Block) -> int:
    runs = getattr(block, "runs", None)
    return 200 if runs is None else 1 + sum(len(run.words) for run in runs)


class _Likeness(NamedTuple):
    score: float
    near: int
    old: int
    new: int


def pair_sections(old: Side, new: Side, blocks: Sequence[Pair]) -> list[Pair]:
    """Pair sections by key, then by title and by the blocks that they share, best first.

    A title that stands once on either side says more than blocks, which may have moved.
    """
    places: dict[str, int] = {}
    for j, entry in enumerate(new.entries):
        places.setdefault(entry.section.key, j)
    paired: dict[int, int] = {}
    for i, entry in enumerate(old.entries):
        if entry.section.key and (j := places.pop(entry.section.key, -1)) >= 0:
            paired[i] = j
    taken = set(paired.values())
    if len(paired) < len(old.entries) and len(taken) < len(new.entries):
        free = (set(range(len(old.entries))) - set(paired), set(range(len(new.entries))) - taken)
        for found in sorted(_likenesses(old, new, blocks, free), key=lambda f: (-f.score, f.near, f.old)):
            if found.old not in paired and found.new not in taken:
                paired[found.old] = found.new
                taken.add(found.new)
    return sorted(paired.items())


def _likenesses(
    old: Side, new: Side, blocks: Sequence[Pair], free: tuple[set[int], set[int]]
) -> Iterator[_Likeness]:
    before, after = _holders(old), _holders(new)
    shared: defaultdict[Pair, int] = defaultdict(int)
    for b, c in blocks:
        for i in before[b]:
            for j in after[c]:
                if i in free[0] and j in free[1]:
                    shared[i, j] += old.blocks[b].weight + new.blocks[c].weight
    sizes = _sizes(old, before), _sizes(new, after)
    titles = [form(e.section.title) for e in old.entries], [form(e.section.title) for e in new.entries]
    often = Counter(titles[0]), Counter(titles[1])
    for i, j in {*shared, *_same_title(titles, free), *_few(free)}:
        size = sizes[0][i] + sizes[1][j]
        content = shared[i, j] / size if size else None
        same_home = _home(old, titles[0], i) == _home(new, titles[1], j)
        alone = often[0][titles[0][i]] == often[1][titles[1][j]] == 1
        title = fuzz.token_sort_ratio(titles[0][i], titles[1][j]) / 100
        if titles[0][i] == titles[1][j]:
            title = 1.0 if titles[0][i] and (alone or same_home) else 0.9
        if _fits(title, content):
            named = alone and title == 1.0
            yield _Likeness(2 * (content or 0) + title + 2 * named + 0.2 * same_home, abs(i - j), i, j)


def _fits(title: float, content: float | None) -> bool:
    """Whether two sections are one: ``content`` is None where neither has words."""
    if title == 1.0:
        return True
    if content is None:
        return title >= 0.75
    return content >= 0.5 or (content >= 0.25 and title >= 0.6)


def _holders(side: Side) -> list[tuple[int, ...]]:
    """For each block its section, and those above that have no blocks of their own."""
    above: list[tuple[int, ...]] = []
    for entry in side.entries:
        higher = above[entry.parent] if entry.parent >= 0 else ()
        bare = entry.parent >= 0 and side.entries[entry.parent].start == side.entries[entry.parent].end
        above.append((entry.parent, *higher) if bare else higher)
    return [(placed.section, *above[placed.section]) for placed in side.blocks]


def _sizes(side: Side, holders: list[tuple[int, ...]]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for placed, held in zip(side.blocks, holders, strict=True):
        for place in held:
            sizes[place] += placed.weight
    return sizes


def _same_title(titles: tuple[list[str], list[str]], free: tuple[set[int], set[int]]) -> Iterator[Pair]:
    buckets: defaultdict[str, list[int]] = defaultdict(list)
    for j in sorted(free[1]):
        buckets[titles[1][j]].append(j)
    for i in sorted(free[0]):
        here = buckets.get(titles[0][i], [])
        at = bisect_left(here, i)
        near = here[max(0, at - NEAREST // 2) : at + NEAREST // 2]
        yield from ((i, j) for j in near)


def _few(free: tuple[set[int], set[int]]) -> Iterator[Pair]:
    """Every pair, where few sections are left."""
    if len(free[0]) * len(free[1]) <= FEW:
        yield from ((i, j) for i in free[0] for j in free[1])


def _home(side: Side, titles: list[str], at: int) -> str:
    parent = side.entries[at].parent
    return titles[parent] if parent >= 0 else ""


def stand(old: Side, new: Side, pairs: Sequence[Pair]) -> dict[int, Standing]:
    """By old place, where each paired section stands and whether it moved.

    It moved where it hangs from another parent, or its order changed and it does not
    merely travel with its parent. Siblings that moved side by side make one move.
    """
    twin = {-1: -1, **dict(pairs)}
    back = {j: i for i, j in twin.items()}
    at_home = {i for i, j in pairs if twin.get(old.entries[i].parent) == new.entries[j].parent}
    weights = [_own(old, i) + IN_PLACE if i in at_home else 1 for i, _ in pairs]
    here = {i for i, _ in heaviest_run(pairs, weights)}
    swapped = _swapped(old, pairs, at_home, here)
    standing: dict[int, Standing] = {}
    moves = 0
    for j, entry in enumerate(new.entries):
        if (i := back.get(j)) is None:
            continue
        place = Place.HERE if i in here else Place.TO
        parent = old.entries[i].parent
        travels = i in at_home and parent >= 0 and parent not in here and i not in swapped
        moved = i not in at_home or (place is Place.TO and not travels)
        if not moved:
            above = standing[parent].move if place is Place.TO else ""
            standing[i] = Standing(place, False, above)
            continue
        elder = standing.get(old.entries[i].elder)
        beside = twin.get(old.entries[i].elder) == entry.elder and entry.elder >= 0
        if elder is None or not beside or not elder.moved or elder.place is not place:
            moves += 1
            move = f"m{moves}"
        else:
            move = elder.move
        standing[i] = Standing(place, True, move)
    return standing


def _own(side: Side, at: int) -> int:
    entry = side.entries[at]
    return sum(placed.weight for placed in side.blocks[entry.start : entry.end])


def _swapped(old: Side, pairs: Sequence[Pair], at_home: set[int], here: set[int]) -> set[int]:
    """Sections whose order changed among their siblings within a section that moved itself."""
    families: defaultdict[int, list[Pair]] = defaultdict(list)
    for i, j in pairs:
        parent = old.entries[i].parent
        if i in at_home and i not in here and parent >= 0 and parent not in here:
            families[parent].append((i, j))
    swapped: set[int] = set()
    for family in families.values():
        kept = heaviest_run(family, [_own(old, i) + IN_PLACE for i, _ in family])
        swapped.update({i for i, _ in family} - {i for i, _ in kept})
    return swapped
