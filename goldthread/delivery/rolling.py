"""How far actions, priorities and themes have come, by the weights of what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from goldthread.core.delivery.rollup import Line, Rollup, action_line, milestone_line, priority_line
from goldthread.core.delivery.stages import PriorityStage
from goldthread.delivery.models import Action, Milestone, Priority


def line_of_milestone(milestone: Milestone) -> Line:
    """A milestone as a line of its action's sum."""
    return milestone_line(
        number=milestone.number,
        title=milestone.title,
        weight=milestone.weight,
        reached=milestone.reached,
        dropped=milestone.dropped_on is not None,
    )


def line_of_action(action: Action) -> Line:
    """An action as a line of its priority's sum; its milestones are best prefetched."""
    return action_line(
        number=action.number,
        title=action.title,
        weight=action.weight,
        state=action.state,
        finished=action.finished,
        milestones=map(line_of_milestone, action.milestones.all()),
    )


def rollup_of_actions(actions: Iterable[Action]) -> Rollup:
    """The sum of these actions."""
    return Rollup(tuple(map(line_of_action, actions)))


def rollups_of(priorities: Iterable[Priority]) -> dict[int, Rollup]:
    """The sum of each of these priorities by its key, in two queries however many there are."""
    wanted = [priority.pk for priority in priorities]
    lines: dict[int, list[Line]] = {pk: [] for pk in wanted}
    for action in Action.objects.filter(priority__in=wanted).prefetch_related("milestones"):
        lines[action.priority_id].append(line_of_action(action))
    return {pk: Rollup(tuple(found)) for pk, found in lines.items()}


def theme_rollup(
    priorities: Iterable[Priority], rolled: Mapping[int, Rollup], titles: Mapping[int, str]
) -> Rollup:
    """The sum of a theme from those of its priorities, each weighing the same. Titles go by priority."""
    return Rollup(
        tuple(
            priority_line(
                number=each.number,
                title=titles.get(each.pk, ""),
                actions=rolled[each.pk],
                dropped=each.stage == PriorityStage.DROPPED,
            )
            for each in priorities
        )
    )


def first_due(thing: Action | Milestone) -> date | None:
    """The day that was first agreed for a thing, before any new one was; its changes are best prefetched."""
    moves = [row.was for row in thing.changes.all() if row.field == "baseline" and row.was]
    return date.fromisoformat(moves[0]) if moves else thing.baseline
