"""What the records of a report amount to: how each action stands, what is stuck, how far it all is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from goldthread.core.delivery.rollup import Rollup, action_line, milestone_line, priority_line
from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.delivery.standing import (
    Dates,
    Ownership,
    Stand,
    Standing,
    is_stale,
    silence_words,
    stand,
)
from goldthread.delivery.reporting.blocks import full_day
from goldthread.delivery.reporting.records import ActionSaid, MilestoneSaid, MoveSaid, PrioritySaid, ThemeSaid

NEWS = (
    ("shows a change for the worse and is not expected to reach its target", "show a change for the worse"),
    ("shows a change for the worse", "show a change for the worse"),
    ("is not expected to reach its target", "are not expected to reach their targets"),
    ("shows a change", "show a change"),
    ("shows no unusual change", "show no unusual change"),
    ("shows an improvement", "show an improvement"),
    ("has too few figures to be judged", "have too few figures to be judged"),
)
"""What each rank of news means, of one measure and of several."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """An action that does not move, with every reason, each a sentence."""

    priority: PrioritySaid
    action: ActionSaid
    reasons: tuple[str, ...]


def every_action(said: ThemeSaid) -> Iterator[tuple[PrioritySaid, ActionSaid]]:
    """Every action of the theme with its priority, in order."""
    for priority in said.priorities:
        for action in priority.actions:
            yield priority, action


@cache
def _stand(dates: Dates, on: date) -> Stand:
    return stand(dates, on)


def stands(action: ActionSaid, on: date) -> Stand:
    """How an action stood, by its dates alone."""
    dropped = action.state == ActionState.DROPPED
    return _stand(Dates(action.baseline, action.forecast, action.finished, action.starts, dropped), on)


def tally(said: ThemeSaid) -> Mapping[Standing, int]:
    """How many actions of the theme stood how."""
    return Counter(stands(action, said.until).standing for _, action in every_action(said))


def heard_since(action: ActionSaid, since: date) -> bool:
    """Whether anything signed was heard of an action from a day on."""
    return action.heard is not None and action.heard >= since


def silence(action: ActionSaid, said: ThemeSaid) -> str:
    """“No update since 4 March.” where it is true and matters; nothing of what is over or has not begun."""
    standing = stands(action, said.until)
    if standing.ended or standing.standing is Standing.NOT_BEGUN or heard_since(action, said.since):
        return ""
    return f"{silence_words(action.heard, said.until)}."


def reasons(action: ActionSaid, said: ThemeSaid) -> tuple[str, ...]:
    """Why an action does not move, each reason a sentence; nothing where it does."""
    standing = stands(action, said.until)
    if standing.ended:
        return ()
    found = []
    if standing.standing is Standing.LATE:
        found.append(standing.words)
    if action.last is not None and action.last.tone == "bad":
        found.append(f"Its owner says: {action.last.status.lower()}.")
    for wait in action.waits:
        if wait.due is None or wait.due < said.until:
            due = f", which was due {full_day(wait.due)}" if wait.due else ", which has no date"
            found.append(f"It waits for {wait.title}{due}.")
    begun = action.starts or said.approved_on or said.since
    if begun <= said.until and is_stale(action.heard, begun, said.until):
        found.append(f"{silence_words(action.heard, said.until)}.")
    if action.owned == Ownership.NOBODY:
        found.append("Nobody owns it.")
    elif action.owned == Ownership.VACANT:
        found.append("Nobody holds the office that owns it.")
    return tuple(found)


def stuck_in(said: ThemeSaid) -> tuple[Stuck, ...]:
    """The actions of the theme that do not move, in order."""
    found = (Stuck(priority, action, reasons(action, said)) for priority, action in every_action(said))
    return tuple(each for each in found if each.reasons)


def moved_in(said: ThemeSaid) -> tuple[MoveSaid, ...]:
    """Every date that was moved in the time of the report."""
    return tuple(move for _, action in every_action(said) for move in action.moves)


def reached_in(action: ActionSaid, said: ThemeSaid) -> tuple[MilestoneSaid, ...]:
    """The milestones of an action that were reached in the time of the report."""
    return tuple(each for each in action.milestones if each.reached and each.reached >= said.since)


def sum_of(priority: PrioritySaid) -> Rollup:
    """How far a priority has come: its actions, each by its weight."""
    return Rollup(
        tuple(
            action_line(
                number=action.number,
                title=action.title,
                weight=action.weight,
                state=action.state,
                finished=action.finished,
                milestones=tuple(
                    milestone_line(
                        number=each.number,
                        title=each.title,
                        weight=each.weight,
                        reached=each.reached,
                        dropped=each.dropped,
                    )
                    for each in action.milestones
                ),
            )
            for action in priority.actions
        )
    )


def sum_of_theme(said: ThemeSaid) -> Rollup:
    """How far the theme has come: its priorities, each the same."""
    return Rollup(
        tuple(
            priority_line(
                number=each.number,
                title=each.title,
                actions=sum_of(each),
                dropped=each.stage == PriorityStage.DROPPED,
            )
            for each in said.priorities
        )
    )
