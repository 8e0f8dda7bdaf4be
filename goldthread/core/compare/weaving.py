"""Compare two texts: pair their blocks and sections, see what moved, weave them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from goldthread.core.compare.changes import (
    Comparison,
    Place,
    Status,
    WovenBlock,
    WovenSection,
)
from goldthread.core.compare.inside import (
    Inside,
    added,
    compare_blocks,
    compare_titles,
    removed,
    unchanged,
)
from goldthread.core.compare.pairing import Leaf, pair
from goldthread.core.compare.sections import Side, Standing, lay_flat, pair_sections, stand
from goldthread.core.compare.sequence import Pair, heaviest_run, weave
from goldthread.core.compare.summing import list_moves, sum_up
from goldthread.core.compare.tokens import form
from goldthread.core.text import Block, Figure, Kind, Text, words_of

APART = frozenset({Status.KEPT, Status.RESTYLED, Status.NO_LONGER_SHOWN, Status.NOW_SHOWN})
"""What is listed apart, so that it does not make a section a changed one."""

IMAGE_WORD = 8
"""A picture counts as one word, so many characters of its seal: a figure may get a newer one."""

CITED = frozenset({Kind.NOTE, Kind.SOURCE_DOCUMENT})


class Thread(NamedTuple):
    """All that is known of two texts before they are woven.

    ``twin`` and ``back`` pair blocks by place, ``home`` and ``house`` sections; ``moved``
    gives the move of each block that left its place, ``inside`` what happened in each pair.
    """

    old: Side
    new: Side
    twin: Mapping[int, int]
    back: Mapping[int, int]
    home: Mapping[int, int]
    house: Mapping[int, int]
    standing: Mapping[int, Standing]
    moved: Mapping[int, str]
    inside: Mapping[int, Inside]
    fading: frozenset[str]
    dawning: frozenset[str]


def compare(
    old: Text,
    new: Text,
    *,
    old_hidden: frozenset[Kind] = frozenset(),
    new_hidden: frozenset[Kind] = frozenset(),
) -> Comparison:
    """Everything that changed from the old text to the new.

    Hidden kinds are those that the edition's presentation does not show. A kind shown only
    before is listed as no longer shown, never as removed; one shown only now, as now shown;
    one hidden on both sides is left out.
    """
    before, after = lay_flat(old, old_hidden), lay_flat(new, new_hidden)
    thread = _thread(before, after, new_hidden - old_hidden, old_hidden - new_hidden)
    sections = tuple(_sections(thread))
    title = compare_titles(old.title, new.title)
    return Comparison(
        old,
        new,
        title.pieces,
        sections,
        list_moves(sections, old, new),
        sum_up(sections, title.inserted, title.deleted),
    )


def _thread(old: Side, new: Side, fading: frozenset[Kind], dawning: frozenset[Kind]) -> Thread:
    pairs = pair(
        _leaves(old, fading, "old "),
        _leaves(new, dawning, "new "),
        lambda i: _wording(old, i),
        lambda j: _wording(new, j),
    )
    homes = pair_sections(old, new, pairs)
    standing = stand(old, new, homes)
    home = dict(homes)
    in_place = _in_place(old, new, pairs, home)
    twins = {
        was.key: became.key
        for was, became in ((old.blocks[i].block, new.blocks[j].block) for i, j in pairs)
        if was.kind in CITED and was.key != became.key
    }
    inside = {i: compare_blocks(old.blocks[i].block, new.blocks[j].block, twins) for i, j in pairs}
    pairs = [(i, j) for i, j in pairs if i in in_place or not _parted(old, new, inside, i, j)]
    moved = _number_moves(old, new, pairs, in_place, standing)
    twin = dict(pairs)
    back, house = {j: i for i, j in pairs}, {j: i for i, j in homes}
    return Thread(old, new, twin, back, home, house, standing, moved, inside, fading, dawning)


def _leaves(side: Side, apart: frozenset[Kind], mark: str) -> list[Leaf]:
    """Blocks to pair; a kind that is shown on one side only pairs with nothing."""
    return [
        Leaf(block.key, f"{mark if block.kind in apart else ''}{block.kind}") for block, _, _ in side.blocks
    ]


def _wording(side: Side, at: int) -> str:
    block = side.blocks[at].block
    words = form(words_of(block))
    if not isinstance(block, Figure):
        return words
    return f"{words} {block.image[:IMAGE_WORD]}"


def _in_place(old: Side, new: Side, pairs: Sequence[Pair], home: Mapping[int, int]) -> set[int]:
    """Blocks that stay in their section and in its order."""
    families: defaultdict[int, list[Pair]] = defaultdict(list)
    for i, j in pairs:
        section = old.blocks[i].section
        if home.get(section) == new.blocks[j].section:
            families[section].append((i, j))
    kept: set[int] = set()
    for family in families.values():
        kept.update(i for i, _ in heaviest_run(family, [old.blocks[i].weight for i, _ in family]))
    return kept


def _parted(old: Side, new: Side, inside: Mapping[int, Inside], i: int, j: int) -> bool:
    """Whether two blocks elsewhere are too little alike to be one that moved."""
    same_key = old.blocks[i].block.key == new.blocks[j].block.key
    return inside[i].status is Status.REPLACED and not same_key


def _number_moves(
    old: Side, new: Side, pairs: Sequence[Pair], in_place: set[int], standing: Mapping[int, Standing]
) -> dict[int, str]:
    """The move of each block that left its place; neighbours that moved together share one."""
    count = max((int(s.move[1:]) for s in standing.values() if s.move), default=0)
    moved: dict[int, str] = {}
    last: Pair = (-2, -2)
    for i, j in sorted((p for p in pairs if p[0] not in in_place), key=itemgetter(1)):
        together = (
            (i, j) == (last[0] + 1, last[1] + 1)
            and old.blocks[i].section == old.blocks[last[0]].section
            and new.blocks[j].section == new.blocks[last[1]].section
        )
        count += not together
        moved[i] = f"m{count}"
        last = (i, j)
    return moved


def _sections(thread: Thread) -> Iterator[WovenSection]:
    here = [(i, j) for i, j in sorted(thread.home.items()) if thread.standing[i].place is Place.HERE]
    for i, j in weave(len(thread.old.entries), len(thread.new.entries), here):
        if i is not None and j is None and i in thread.home:
            yield _ghost(thread, i)
        else:
            i = thread.house.get(j) if i is None and j is not None else i
            yield _section(thread, i, j)


def _ghost(thread: Thread, i: int) -> WovenSection:
    """A section at the place it moved from, all its blocks with it."""
    entry, standing = thread.old.entries[i], thread.standing[i]
    after = thread.new.entries[thread.home[i]]
    return WovenSection(
        Status.MOVED,
        Place.FROM,
        entry.section,
        None,
        compare_titles(entry.section.title, entry.section.title).pieces,
        tuple(_ghost_block(thread, b, standing.move) for b in range(entry.start, entry.end)),
        standing.move,
        entry.number,
        after.number,
        entry.depth,
        after.depth,
    )


def _ghost_block(thread: Thread, b: int, move: str) -> WovenBlock:
    block = thread.old.blocks[b].block
    label = thread.old.labels.get(block.key, "")
    there = thread.twin.get(b)
    goes_to = "" if there is None else thread.new.labels.get(thread.new.blocks[there].block.key, "")
    detail = unchanged(block).detail
    move = thread.moved.get(b, move)
    return WovenBlock(Status.MOVED, Place.FROM, block, None, detail, move, label, goes_to)


def _section(thread: Thread, i: int | None, j: int | None) -> WovenSection:
    was = None if i is None else thread.old.entries[i]
    became = None if j is None else thread.new.entries[j]
    standing = Standing(Place.HERE) if i is None or j is None else thread.standing[i]
    blocks = tuple(_blocks(thread, i, j, standing))
    title = compare_titles(was.section.title if was else "", became.section.title if became else "")
    renamed = bool(was and became) and title.status not in (Status.KEPT, Status.RESTYLED)
    lost = was is not None and any(b in thread.moved for b in range(was.start, was.end))
    changed = bool(was and became) and (lost or any(block.status not in APART for block in blocks))
    restyled = title.status is Status.RESTYLED or any(b.status is Status.RESTYLED for b in blocks)
    return WovenSection(
        _section_status(was is not None, became is not None, standing.moved, changed, restyled),
        standing.place,
        was.section if was else None,
        became.section if became else None,
        title.pieces,
        blocks,
        standing.move,
        was.number if was else "",
        became.number if became else "",
        was.depth if was else 0,
        became.depth if became else 0,
        renamed,
        changed,
        title.inserted + sum(block.inserted for block in blocks),
        title.deleted + sum(block.deleted for block in blocks),
    )


def _section_status(on_old: bool, on_new: bool, moved: bool, changed: bool, restyled: bool) -> Status:
    if not (on_old and on_new):
        return Status.ADDED if on_new else Status.REMOVED
    if moved:
        return Status.MOVED
    if changed:
        return Status.CHANGED
    return Status.RESTYLED if restyled else Status.KEPT


def _blocks(thread: Thread, i: int | None, j: int | None, standing: Standing) -> Iterator[WovenBlock]:
    """A section's blocks woven; ``standing`` is the section's own."""
    old_at, old_end = (thread.old.entries[i].start, thread.old.entries[i].end) if i is not None else (0, 0)
    new_at, new_end = (thread.new.entries[j].start, thread.new.entries[j].end) if j is not None else (0, 0)
    in_place = [
        (b - old_at, thread.twin[b] - new_at)
        for b in range(old_at, old_end)
        if b in thread.twin and b not in thread.moved
    ]
    for here, there in weave(old_end - old_at, new_end - new_at, in_place):
        b = None if here is None else old_at + here
        c = None if there is None else new_at + there
        if b is not None and c is None:
            if b not in thread.moved:
                yield _gone(thread, b, standing)
            elif standing.place is not Place.TO:
                yield _ghost_block(thread, b, "")
        elif c is not None:
            yield _stands(thread, c, standing)


def _gone(thread: Thread, b: int, standing: Standing) -> WovenBlock:
    block = thread.old.blocks[b].block
    fades = block.kind in thread.fading
    inside = unchanged(block)._replace(status=Status.NO_LONGER_SHOWN) if fades else removed(block)
    label = thread.old.labels.get(block.key, "")
    move = standing.move if standing.place is Place.TO else ""
    return _woven(inside, standing.place, block, None, move, label, "")


def _stands(thread: Thread, c: int, standing: Standing) -> WovenBlock:
    """A block of the new text: kept, changed, moved there, added or now shown."""
    block = thread.new.blocks[c].block
    label = thread.new.labels.get(block.key, "")
    travelling = standing.move if standing.place is Place.TO else ""
    b = thread.back.get(c)
    if b is None:
        dawns = block.kind in thread.dawning
        inside = unchanged(block)._replace(status=Status.NOW_SHOWN) if dawns else added(block)
        return _woven(inside, standing.place, None, block, travelling, "", label)
    was = thread.old.blocks[b].block
    inside, old_label = thread.inside[b], thread.old.labels.get(was.key, "")
    if b in thread.moved:
        inside = inside._replace(status=Status.MOVED)
        return _woven(inside, Place.TO, was, block, thread.moved[b], old_label, label)
    return _woven(inside, standing.place, was, block, travelling, old_label, label)


def _woven(
    inside: Inside,
    place: Place,
    old: Block | None,
    new: Block | None,
    move: str,
    old_label: str,
    new_label: str,
) -> WovenBlock:
    detail, status, come, gone = inside
    return WovenBlock(status, place, old, new, detail, move, old_label, new_label, come, gone)
