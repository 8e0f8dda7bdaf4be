"""Words inside a pair: what was kept, inserted, deleted and restyled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goldthread.core.compare.changes import Piece, Pieces, Status
from goldthread.core.compare.sequence import Pair, matches
from goldthread.core.compare.tokens import Line, Twins, count_runs, lay_out, weight
from goldthread.core.text import Mark, Run, Runs, tidy

LEAST_KEPT = 0.4
MOST_JOINED = 2


class Diff(NamedTuple):
    """Pieces, what they amount to, and the words inserted and deleted in them."""

    pieces: Pieces
    status: Status
    inserted: int = 0
    deleted: int = 0


class Stretch(NamedTuple):
    """Tokens of both sides, either the same on both or changed."""

    same: bool
    old_from: int
    old_to: int
    new_from: int
    new_to: int


def kept(runs: Runs) -> Diff:
    """Words that stand as they were."""
    return Diff((Piece(Status.KEPT, runs, runs),) if runs else (), Status.KEPT)


def inserted(runs: Runs) -> Diff:
    """Words that are new."""
    pieces = (Piece(Status.ADDED, (), runs),) if runs else ()
    return Diff(pieces, Status.ADDED, inserted=count_runs(runs))


def deleted(runs: Runs) -> Diff:
    """Words that are gone."""
    pieces = (Piece(Status.REMOVED, runs, ()),) if runs else ()
    return Diff(pieces, Status.REMOVED, deleted=count_runs(runs))


def diff_runs(old: Runs, new: Runs, twins: Twins) -> Diff:
    """Compare runs word by word; under two fifths kept, the whole is replaced."""
    if old == new:
        return kept(old)
    before, after = lay_out(tidy(old), twins), lay_out(tidy(new), twins)
    pairs = matches(before.forms, after.forms)
    old_words = sum(map(weight, before.forms))
    new_words = sum(map(weight, after.forms))
    kept_words = sum(weight(before.forms[i]) for i, _ in pairs)
    replaced = bool(old_words and new_words) and 2 * kept_words < LEAST_KEPT * (old_words + new_words)
    if replaced:
        stretches = [Stretch(False, 0, len(before.forms), 0, len(after.forms))]
    else:
        stretches = _joined(_stretches(before, after, pairs), before)
    builder = _Builder(before, after, twins)
    for stretch in stretches:
        builder.add(stretch)
    pieces = builder.finish()
    changes = [s for s in stretches if not s.same]
    if replaced:
        status = Status.REPLACED
    elif changes:
        status = Status.CHANGED
    else:
        status = Status.KEPT if all(piece.status is Status.KEPT for piece in pieces) else Status.RESTYLED
    return Diff(
        pieces,
        status,
        sum(weight(form) for s in changes for form in after.forms[s.new_from : s.new_to]),
        sum(weight(form) for s in changes for form in before.forms[s.old_from : s.old_to]),
    )


def _stretches(old: Line, new: Line, pairs: list[Pair]) -> Iterator[Stretch]:
    i = j = 0
    place = 0
    while place < len(pairs):
        start_i, start_j = pairs[place]
        if start_i > i or start_j > j:
            yield Stretch(False, i, start_i, j, start_j)
        i, j = start_i, start_j
        while place < len(pairs) and pairs[place] == (i, j):
            i, j, place = i + 1, j + 1, place + 1
        yield Stretch(True, start_i, i, start_j, j)
    if i < len(old.forms) or j < len(new.forms):
        yield Stretch(False, i, len(old.forms), j, len(new.forms))


def _joined(stretches: Iterator[Stretch], old: Line) -> list[Stretch]:
    """Join changes that have no more than two words between them."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if not stretch.same and len(joined) > 1 and joined[-1].same:
            between = joined[-1]
            words = sum(map(weight, old.forms[between.old_from : between.old_to]))
            if words <= MOST_JOINED:
                first = joined[-2]
                joined[-2:] = [Stretch(False, first.old_from, stretch.old_to, first.new_from, stretch.new_to)]
                continue
        joined.append(stretch)
    return joined


class _Builder:
    """Gathers stretches into pieces: in each change the deleted words before the inserted."""

    def __init__(self, old: Line, new: Line, twins: Twins) -> None:
        self.old, self.new, self.twins = old, new, twins
        self.gone: list[Run] = []
        self.come: list[Run] = []
        self.pieces: list[Piece] = []

    def add(self, stretch: Stretch) -> None:
        """Add the next stretch."""
        old, new = self.old, self.new
        old_at, new_at = old.edge(stretch.old_from), new.edge(stretch.new_from)
        if stretch.same:
            old_word, new_word = old.starts[stretch.old_from], new.starts[stretch.new_from]
            self._space(old.cut(old_at, old_word), new.cut(new_at, new_word))
            self._same(stretch)
            return
        if stretch.old_from < stretch.old_to and stretch.new_from < stretch.new_to:
            old_word, new_word = old.starts[stretch.old_from], new.starts[stretch.new_from]
            shared = old.cut(old_at, old_word)
            if shared and self._alike(shared, new.cut(new_at, new_word)):
                self._put(Status.KEPT, shared, new.cut(new_at, new_word))
                old_at, new_at = old_word, new_word
        if stretch.old_from < stretch.old_to:
            self.gone.extend(old.cut(old_at, old.ends[stretch.old_to - 1]))
        if stretch.new_from < stretch.new_to:
            self.come.extend(new.cut(new_at, new.ends[stretch.new_to - 1]))

    def finish(self) -> Pieces:
        """Add what follows the last word on either side, and give the pieces."""
        old, new = self.old, self.new
        self._space(
            old.cut(old.edge(len(old.ends)), len(old.flat)), new.cut(new.edge(len(new.ends)), len(new.flat))
        )
        self._flush()
        return tuple(self.pieces)

    def _same(self, stretch: Stretch) -> None:
        old, new = self.old, self.new
        before = old.cut(old.starts[stretch.old_from], old.ends[stretch.old_to - 1])
        after = new.cut(new.starts[stretch.new_from], new.ends[stretch.new_to - 1])
        if self._alike(before, after):
            self._put(Status.KEPT, before, after)
            return
        for step in range(stretch.old_to - stretch.old_from):
            i, j = stretch.old_from + step, stretch.new_from + step
            old_at, new_at = (old.edge(i), new.edge(j)) if step else (old.starts[i], new.starts[j])
            gaps = old.cut(old_at, old.starts[i]), new.cut(new_at, new.starts[j])
            words = old.cut(old.starts[i], old.ends[i]), new.cut(new.starts[j], new.ends[j])
            if bool(gaps[0]) != bool(gaps[1]):
                self._put(Status.RESTYLED, gaps[0] + words[0], gaps[1] + words[1])
                continue
            for part in filter(any, (gaps, words)):
                self._put(Status.KEPT if self._alike(*part) else Status.RESTYLED, *part)

    def _space(self, old: Runs, new: Runs) -> None:
        """Space before a kept stretch, or after the last word: part of the change beside it."""
        if old and new:
            self._put(Status.KEPT if self._alike(old, new) else Status.RESTYLED, old, new)
        else:
            self.gone.extend(old)
            self.come.extend(new)

    def _put(self, status: Status, old: Runs, new: Runs) -> None:
        self._flush()
        if self.pieces and self.pieces[-1].status is status:
            last = self.pieces.pop()
            old, new = tidy(last.old + old), tidy(last.new + new)
        self.pieces.append(Piece(status, old, new))

    def _flush(self) -> None:
        if self.gone:
            self.pieces.append(Piece(Status.REMOVED, tidy(self.gone), ()))
        if self.come:
            self.pieces.append(Piece(Status.ADDED, (), tidy(self.come)))
        self.gone, self.come = [], []

    def _alike(self, old: Runs, new: Runs) -> bool:
        """The same words and marks, where a mark's target may be its twin."""
        return old == new or (bool(self.twins) and tidy(self._twin(run) for run in old) == tidy(new))

    def _twin(self, run: Run) -> Run:
        return Run(run.words, tuple(Mark(m.kind, self.twins.get(m.target, m.target)) for m in run.marks))
