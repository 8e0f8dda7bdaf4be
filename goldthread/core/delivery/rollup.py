"""How much is done of what was promised: weighted, from milestones up, with the sum of it shown.

A milestone is reached or not. An action is done by its milestones, each by its weight, until it is
finished as a whole. Once all of them are reached and it is not finished, what is left weighs as much
as the lightest of them: it is nearly done, and not done. A priority is done by its actions, each by
its weight; a theme by its priorities, each the same, because the board approved each of them. What
was dropped counts for nothing, neither as done nor as to be done. Where nothing is left that counts,
there is no share at all: that is not the same as none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from goldthread.core.delivery.stages import ActionState

NOTHING = "Nothing to roll up"
"""What to say where nothing counts: not 0%."""
DROPPED = "dropped, so it does not count"
UNFINISHED = "What is left to finish it"
EMPTY = "has nothing to roll up yet, so it does not count"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a sum: what it weighs, the part of it that is done, from 0 to 1, and how that is known.

    ``left_out`` is why it does not count; empty where it does. ``inner`` is the sum that its own
    part came from, where it has one.
    """

    number: str
    title: str
    weight: Fraction
    part: Fraction
    why: str = ""
    left_out: str = ""
    inner: Rollup | None = None

    @property
    def counts(self) -> bool:
        """Whether it belongs to the whole."""
        return not self.left_out

    @property
    def done(self) -> Fraction:
        """What it adds to what is done: its weight times the part of it that is done."""
        return self.weight * self.part if self.counts else Fraction(0)

    @property
    def of(self) -> Fraction:
        """What it adds to the whole."""
        return self.weight if self.counts else Fraction(0)

    @property
    def words(self) -> str:
        """Its own sum: “2 × 1/3 = 0.67”; or why it does not count."""
        if not self.counts:
            return self.left_out
        return f"{amount(self.weight)} × {part_words(self.part)} = {amount(self.done)}"


@dataclass(frozen=True, slots=True)
class Rollup:
    """A sum of lines: what is done, of how much."""

    lines: tuple[Line, ...] = ()

    @property
    def done(self) -> Fraction:
        """The weight that is done."""
        return sum((line.done for line in self.lines), Fraction(0))

    @property
    def of(self) -> Fraction:
        """The weight of all that counts."""
        return sum((line.of for line in self.lines), Fraction(0))

    @property
    def part(self) -> Fraction | None:
        """The part that is done, from 0 to 1; None where nothing counts."""
        return self.done / self.of if self.of else None

    @property
    def percent(self) -> int | None:
        """The part in whole per cent; 100 only where all is done and 0 only where nothing is."""
        part = self.part
        if part is None:
            return None
        if part in (0, 1):
            return int(part) * 100
        return min(99, max(1, floor(part * 100 + Fraction(1, 2))))

    @property
    def left_out(self) -> tuple[Line, ...]:
        """The lines that do not count."""
        return tuple(line for line in self.lines if not line.counts)

    @property
    def words(self) -> str:
        """The share in a few words: “57%”, or that there is nothing to roll up."""
        percent = self.percent
        return NOTHING if percent is None else f"{percent}%"

    @property
    def sum_words(self) -> str:
        """The sum in one line: “1 + 0.67 + 0 = 1.67 of 5, which is 33%”."""
        counted = [line for line in self.lines if line.counts]
        if not self.of:
            return NOTHING
        terms = " + ".join(amount(line.done) for line in counted)
        head = f"{terms} = " if len(counted) > 1 and self.done else ""
        return f"{head}{amount(self.done)} of {amount(self.of)}, which is {self.words}"


def share_of(line: Line, whole: Rollup) -> Fraction:
    """How much of the whole a line is, from 0 to 1; the shares of a whole add to 1."""
    return line.of / whole.of if whole.of else Fraction(0)


def milestone_line(
    *, number: str, title: str, weight: int, reached: date | None = None, dropped: bool = False
) -> Line:
    """A milestone in its action's sum: all of it once it is reached."""
    why = f"reached on {reached:%-d %B %Y}" if reached else "not reached"
    part = Fraction(1 if reached else 0)
    return Line(number, title, Fraction(weight), part, why, DROPPED if dropped else "")


def action_line(
    *,
    number: str,
    title: str,
    weight: int,
    state: ActionState | str,
    finished: date | None = None,
    milestones: Iterable[Line] = (),
) -> Line:
    """An action in its priority's sum: done once finished, else as far as its milestones say."""
    inner = Rollup(tuple(milestones))
    left = inner.part == 1 and state not in (ActionState.DONE, ActionState.DROPPED)
    if left:
        inner = Rollup((*inner.lines, _what_is_left(number, inner)))
    left_out = DROPPED if state == ActionState.DROPPED else ""
    if state == ActionState.DONE:
        part, why = Fraction(1), f"finished on {finished:%-d %B %Y}" if finished else "finished"
    elif inner.part is not None:
        by = "by its milestones" if not left else "by its milestones and what is left to finish it"
        part, why = inner.part, f"{by}: {amount(inner.done)} of {amount(inner.of)}"
    else:
        none = "all its milestones were dropped" if inner.lines else "it has no milestones"
        part, why = Fraction(0), f"not finished, and {none}"
    return Line(number, title, Fraction(weight), part, why, left_out, inner if inner.lines else None)


def _what_is_left(number: str, milestones: Rollup) -> Line:
    """What an action whose milestones are all reached still wants before it is finished; it weighs as
    much as the lightest that it has or had, so that to drop one does not take the action back."""
    lightest = min(line.weight for line in milestones.lines)
    return Line(
        number, UNFINISHED, lightest, Fraction(0), "its milestones are reached, but it is not finished"
    )


def priority_line(*, number: str, title: str, actions: Rollup, dropped: bool = False) -> Line:
    """A priority in its theme's sum: each weighs the same, and one without actions does not count."""
    if dropped or actions.part is None:
        why = DROPPED if dropped else EMPTY
        return Line(number, title, Fraction(1), Fraction(0), "", why, actions)
    why = f"by its actions: {amount(actions.done)} of {amount(actions.of)}"
    return Line(number, title, Fraction(1), actions.part, why, "", actions)


def amount(value: Fraction) -> str:
    """A weight in digits, to two places at most: 3, 2.5, 0.67."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def part_words(part: Fraction) -> str:
    """A part as it stands in a sum: 1, 0, 1/3; in digits where the fraction would be long."""
    return str(part) if part.denominator <= 20 else amount(part)
