"""The state of a plan in a year on one screen: what is done, late, silent, undecided, not seen for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.core.delivery.stages import PriorityStage
from goldthread.delivery.measured import measures_told, ties_of
from goldthread.delivery.models import Priority, Serves
from goldthread.delivery.placing import heard_last, silent, unowned
from goldthread.delivery.queries import ActionLine, ThemeLines
from goldthread.delivery.rotation import Turn
from goldthread.delivery.serving import moved_on
from goldthread.people.models import Body
from goldthread.performance.drawing import Line


@dataclass(frozen=True, slots=True)
class Undecided:
    """What of a theme waits for somebody to decide: priorities before the board, words that changed since
    it approved them, and pins whose words in the plan have moved on."""

    proposed: int
    changed: int
    moved: int

    @property
    def any(self) -> bool:
        return bool(self.proposed or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class ThemeState:
    """How one theme stands: its priorities and their sum, its measures worst news first, what is silent or
    nobody's, what waits to be decided, and when the board last saw it in depth."""

    found: ThemeLines
    measures: tuple[Line, ...]
    stale: tuple[ActionLine, ...]
    ownerless: tuple[ActionLine, ...]
    undecided: Undecided
    turn: Turn | None

    @property
    def worse(self) -> int:
        """How many of its measures have got worse."""
        return sum(line.tone == "bad" for line in self.measures)

    @property
    def better(self) -> int:
        """How many of its measures have got better."""
        return sum(line.tone == "good" for line in self.measures)


def state_of(
    body: Body, themes: Sequence[ThemeLines], turns: Iterable[Turn], on: date
) -> tuple[ThemeState, ...]:
    """How these themes of a plan stand on a day, each with its turn in the rotation.

    Some twelve queries, however many actions there are.
    """
    priorities = [line.priority for each in themes for line in each.lines]
    silent_ones = frozenset(silent(body, on, heard_last(body)))
    nobodys = frozenset(unowned(body, on)[0].values_list("pk", flat=True))
    told = _measures(body, priorities)
    pins = _moved_on(priorities, on)
    seen = {turn.theme.key: turn for turn in turns}
    return tuple(_theme(each, told, silent_ones, nobodys, pins, seen) for each in themes)


def _theme(
    each: ThemeLines,
    told: Mapping[int, Sequence[Line]],
    silent_ones: frozenset[int],
    nobodys: frozenset[int],
    pins: Mapping[int, int],
    seen: Mapping[str, Turn],
) -> ThemeState:
    keys = [line.priority.pk for line in each.lines]
    lines = {line.name: line for key in keys for line in told.get(key, ())}
    return ThemeState(
        each,
        tuple(sorted(lines.values(), key=lambda line: (line.rank, line.name))),
        tuple(action for action in each.actions if action.action.pk in silent_ones),
        tuple(action for action in each.actions if action.action.pk in nobodys),
        Undecided(
            sum(line.priority.stage == PriorityStage.PROPOSED for line in each.lines),
            sum(_changed(line.priority) for line in each.lines),
            sum(pins.get(key, 0) for key in keys),
        ),
        seen.get(each.theme.key),
    )


def _changed(priority: Priority) -> bool:
    return priority.stage == PriorityStage.LIVE and priority.changed_since_approval


def _measures(body: Body, priorities: Iterable[Priority]) -> dict[int, list[Line]]:
    """By priority, the measures that tell of it, judged today."""
    ties = ties_of(priorities)
    told = measures_told(body, list({tie.measure_id: tie.measure for tie in ties}.values()))
    found: dict[int, list[Line]] = {}
    for tie in ties:
        if tie.measure_id in told:
            found.setdefault(tie.priority_id, []).append(told[tie.measure_id])
    return found


def _moved_on(priorities: Iterable[Priority], on: date) -> Mapping[int, int]:
    """By priority, how many of the things that it serves are suspect or gone."""
    open_ones = [each.pk for each in priorities if each.stage in (PriorityStage.PROPOSED, PriorityStage.LIVE)]
    rows = Serves.objects.filter(priority__in=open_ones)
    return Counter(stands.serves.priority_id for stands in moved_on(rows, on))
