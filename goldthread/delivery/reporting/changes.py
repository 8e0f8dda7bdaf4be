"""What has changed since a report was frozen: what it says of each record beside what that says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goldthread.core.delivery.stages import ActionState
from goldthread.delivery.reporting.blocks import full_day
from goldthread.delivery.reporting.reading import stands, sum_of, sum_of_theme
from goldthread.delivery.reporting.records import (
    ActionSaid,
    DecisionSaid,
    MeasureSaid,
    MilestoneSaid,
    PrioritySaid,
    Ref,
    ThemeSaid,
    UpdateSaid,
)

Told = Mapping[str, str]
"""What is told of a record: the words of each of its parts, by the name of the part."""

NEW, GONE = "new", "gone"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of a record: its name, what was frozen of it, what it says now."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that says something else now. ``state`` says whether it is new since, or gone."""

    ref: Ref
    parts: tuple[PartChange, ...]
    state: str = ""


def changes(frozen: ThemeSaid, live: ThemeSaid) -> tuple[RecordChange, ...]:
    """Every record that a report tells of and that says something else now, the report's own order kept."""
    was, now = dict(_told(frozen)), dict(_told(live))
    refs = {(ref.kind, ref.pk): ref for ref in (*_refs(live), *_refs(frozen))}
    found = (_change(refs[key], was.get(key), now.get(key)) for key in dict.fromkeys((*was, *now)))
    return tuple(each for each in found if each is not None)


def _change(ref: Ref, was: Told | None, now: Told | None) -> RecordChange | None:
    old, new = was or {}, now or {}
    parts = tuple(
        PartChange(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, "") != new.get(name, "")
    )
    if not parts and was is not None and now is not None:
        return None
    return RecordChange(ref, parts, NEW if was is None else GONE if now is None else "")


def _refs(said: ThemeSaid) -> Iterator[Ref]:
    yield said.source
    for priority in said.priorities:
        yield priority.ref
        for action in priority.actions:
            yield action.ref
            yield from (each.ref for each in action.milestones)
    yield from (each.ref for each in said.measures)
    yield from (each.ref for each in said.decisions)


def _told(said: ThemeSaid) -> Iterator[tuple[tuple[str, int], Told]]:
    """What a report tells of each record, by the record's kind and row."""
    yield (said.source.kind, said.source.pk), {"Work done on the theme": sum_of_theme(said).words}
    for priority in said.priorities:
        yield (priority.ref.kind, priority.ref.pk), _of_priority(priority)
        for action in priority.actions:
            yield (action.ref.kind, action.ref.pk), _of_action(action, said.until)
            for step in action.milestones:
                yield (step.ref.kind, step.ref.pk), _of_milestone(step)
    for measure in said.measures:
        yield (measure.ref.kind, measure.ref.pk), _of_measure(measure)
    for decision in said.decisions:
        yield (decision.ref.kind, decision.ref.pk), _of_decision(decision)


def _of_priority(said: PrioritySaid) -> Told:
    return {
        "Title": said.title,
        "Words": said.words,
        "Success": said.success,
        "Lead": said.lead,
        "Partnership support": "; ".join(f"{each.who}: {each.what}" for each in said.support),
        "Stage": said.stage,
        "Work done": sum_of(said).words,
        "Last word": _last(said.last),
    }


def _of_action(said: ActionSaid, on: date) -> Told:
    return {
        "Title": said.title,
        "Owner": said.owner or "Nobody yet",
        "Due": _day(said.baseline),
        "Now expected": _day(said.forecast if said.forecast != said.baseline else None),
        "Done": _day(said.finished),
        "Dropped": said.dropped_reason if said.state == ActionState.DROPPED else "",
        "Weight": str(said.weight),
        "How it stands": stands(said, on).word,
        "Last word": _last(said.last),
    }


def _of_milestone(said: MilestoneSaid) -> Told:
    return {
        "Title": said.title,
        "Due": _day(said.baseline),
        "Now expected": _day(said.forecast if said.forecast != said.baseline else None),
        "Reached": _day(said.reached),
        "Dropped": "Dropped" if said.dropped else "",
        "Last word": _last(said.last),
    }


def _of_measure(said: MeasureSaid) -> Told:
    return {
        "Name": said.name,
        "What it says": said.sentence or said.lacking,
        "What was said of it": said.narrative,
        "Chart": said.shown_seal[:12],
    }


def _of_decision(said: DecisionSaid) -> Told:
    return {"Number": said.reference, "Title": said.title, "Resolved": said.resolved}


def _last(said: UpdateSaid | None) -> str:
    return f"{said.status}. “{said.words}” ({said.office}, {full_day(said.on)})" if said else ""


def _day(day: date | None) -> str:
    return full_day(day) if day else ""
