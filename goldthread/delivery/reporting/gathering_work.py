"""The actions of some priorities as a report tells of them: as many queries for a thousand as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.timezone import get_current_timezone, localdate

from goldthread.core.delivery.stages import ActionState, UpdateStage
from goldthread.core.delivery.standing import ownership
from goldthread.delivery.history import Moved, moves_of
from goldthread.delivery.models import Action, Dependency, Milestone, Priority, Update
from goldthread.delivery.reporting.records import (
    ActionSaid,
    MilestoneSaid,
    MoveSaid,
    Ref,
    UpdateSaid,
    WaitSaid,
)
from goldthread.delivery.updates import level_of
from goldthread.people.models import Holding
from goldthread.plans.seals import row_seal

LABEL = 300


@dataclass(slots=True)
class Heard:
    """What was heard of one thing up to a day: its last signed update, its day, how many of late."""

    last: int = 0
    on: date | None = None
    since: int = 0


@dataclass(slots=True)
class Known:
    """Everything about the actions of a theme that is asked for once, by the number of its row."""

    since: date
    until: date
    held: Mapping[int, int] = field(default_factory=dict)
    heard: Mapping[tuple[str, int], Heard] = field(default_factory=dict)
    updates: Mapping[int, Update] = field(default_factory=dict)
    waits: Mapping[int, list[Dependency]] = field(default_factory=dict)


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, get_current_timezone())


def known_of(priorities: Iterable[Priority], since: date, until: date) -> Known:
    """What was heard of all under some priorities, who holds their offices, what their actions wait for."""
    of = [priority.pk for priority in priorities]
    heard = _heard(of, since, until)
    last = [each.last for each in heard.values()]
    rows = Update.objects.filter(pk__in=last).select_related("scale")
    waits: dict[int, list[Dependency]] = defaultdict(list)
    needed = Dependency.objects.filter(action__priority__in=of)
    for row in needed.select_related("needs_action", "needs_milestone__action"):
        waits[row.action_id].append(row)
    holding = Holding.objects.in_force(until).filter(office__owned_actions__priority__in=of)
    held = {office: 1 for office in holding.values_list("office", flat=True)}
    return Known(since, until, held, heard, {row.pk: row for row in rows}, waits)


def _heard(of: list[int], since: date, until: date) -> dict[tuple[str, int], Heard]:
    """What was signed off of everything under some priorities and given by a day."""
    found: dict[tuple[str, int], Heard] = defaultdict(Heard)
    for kind, path in (
        ("priority", "priority__in"),
        ("action", "action__priority__in"),
        ("milestone", "milestone__action__priority__in"),
    ):
        rows = Update.objects.filter(stage=UpdateStage.SIGNED, given_at__lte=end_of(until), **{path: of})
        for pk, ref, given in rows.order_by("given_at", "pk").values_list("pk", f"{kind}_id", "given_at"):
            one, on = found[kind, ref], localdate(given)
            one.last, one.on = pk, on
            one.since += on >= since
    return dict(found)


def actions_of(priorities: Iterable[Priority], known: Known) -> dict[int, tuple[ActionSaid, ...]]:
    """Every action of some priorities as it stood, by priority, in order."""
    rows = Action.objects.filter(priority__in=[priority.pk for priority in priorities])
    rows = rows.select_related("owner_office", "priority").prefetch_related(
        "changes", "milestones__changes", "milestones__owner_office"
    )
    found: dict[int, list[ActionSaid]] = defaultdict(list)
    for action in rows.order_by("priority", "position", "pk"):
        found[action.priority_id].append(_action(action, known))
    return {pk: tuple(actions) for pk, actions in found.items()}


def _action(action: Action, known: Known) -> ActionSaid:
    heard = known.heard.get(("action", action.pk), Heard())
    steps = tuple(action.milestones.all())
    of_steps = [known.heard.get(("milestone", step.pk), Heard()) for step in steps]
    days = [each.on for each in (heard, *of_steps) if each.on is not None]
    finished = action.finished if action.finished and action.finished <= known.until else None
    state = action.state if finished or action.state != ActionState.DONE else ActionState.UNDER_WAY
    office = action.owner_office
    return ActionSaid(
        ref=ref_of("action", action, str(action)),
        number=action.number,
        title=action.title,
        words=action.words,
        owner=office.title if office else action.owner_words,
        owned=ownership(
            office is not None, known.held.get(office.pk, 0) if office else 0, action.owner_words
        ),
        weight=action.weight,
        state=str(state),
        starts=action.starts,
        baseline=action.baseline,
        forecast=action.forecast,
        finished=finished,
        dropped_reason=action.dropped_reason,
        cost=_cost(action),
        last=said_of(action.number, heard, known, action.get_absolute_url()),
        updates=heard.since + sum(each.since for each in of_steps),
        heard=max(days, default=None),
        moves=_moves(action, steps, known),
        milestones=tuple(_milestone(step, action, known) for step in steps),
        waits=tuple(filter(None, (_wait(row, known) for row in known.waits.get(action.pk, ())))),
    )


def _cost(action: Action) -> str:
    return " ".join(
        filter(None, (f"£{action.cost:,.2f}" if action.cost is not None else "", action.cost_words))
    )


def _milestone(step: Milestone, action: Action, known: Known) -> MilestoneSaid:
    step.action = action
    reached = step.reached if step.reached and step.reached <= known.until else None
    return MilestoneSaid(
        ref=ref_of("milestone", step, str(step)),
        number=step.number,
        title=step.title,
        weight=step.weight,
        baseline=step.baseline,
        forecast=step.forecast,
        reached=reached,
        dropped=step.dropped_on is not None and step.dropped_on <= known.until,
        last=said_of(
            step.number, known.heard.get(("milestone", step.pk), Heard()), known, step.get_absolute_url()
        ),
    )


def _moves(action: Action, steps: Iterable[Milestone], known: Known) -> tuple[MoveSaid, ...]:
    """The dates of an action and its milestones that were moved in the time of the report, in order."""
    found = [("Its date", move, action.baseline) for move in moves_of(action)]
    found += [
        (f"The date of {step.number}", move, step.baseline) for step in steps for move in moves_of(step)
    ]
    moves = (_move(what, move, baseline) for what, move, baseline in found if _within(move, known))
    return tuple(sorted((move for move in moves if move is not None), key=lambda move: move.on))


def _within(move: Moved, known: Known) -> bool:
    return known.since <= localdate(move.at) <= known.until


def _move(what: str, move: Moved, baseline: date | None) -> MoveSaid | None:
    """A move as it is told: a new forecast was moved from the day that was agreed, or back to it."""
    was = move.was or (baseline if move.field == "forecast" else None)
    now = move.now or (baseline if move.field == "forecast" else None)
    return MoveSaid(what, was, now, localdate(move.at), move.why) if was != now else None


def _wait(row: Dependency, known: Known) -> WaitSaid | None:
    """What an action waits for, where that was not done by the day of the report."""
    thing = row.needs_action or row.needs_milestone
    if isinstance(thing, Action):
        over = thing.state == ActionState.DROPPED or (thing.finished and thing.finished <= known.until)
        kind = "action"
    else:
        over = thing.dropped_on or (thing.reached and thing.reached <= known.until)
        kind = "milestone"
    return None if over else WaitSaid(ref_of(kind, thing, str(thing)), str(thing), thing.due, row.why)


def said_of(number: str, heard: Heard, known: Known, address: str) -> UpdateSaid | None:
    """The last signed update on a thing that was given by the day of the report."""
    update = known.updates.get(heard.last)
    if update is None or heard.on is None:
        return None
    level = level_of(update)
    label = f"{number}, update of {heard.on:%-d %B %Y}"
    return UpdateSaid(
        ref=Ref("update", update.pk, label, f"{address.partition('#')[0]}#update-{update.pk}", update.seal),
        words=update.words,
        status=level.word,
        tone=level.tone,
        office=update.given_as or "its owner",
        on=heard.on,
        signed_on=localdate(update.signed_at),
        forecast=update.forecast,
    )


def ref_of(kind: str, row: Action | Milestone, label: str) -> Ref:
    """A row as a source: what it is called, its page, the seal of all that it says."""
    return Ref(kind, row.pk, label[:LABEL], row.get_absolute_url(), row_seal(row))
