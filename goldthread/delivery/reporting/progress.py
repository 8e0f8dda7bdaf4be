"""Progress on each priority: what it is, a table of its actions, what was said of each since last time."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.delivery.standing import Standing
from goldthread.core.text import Block, Run, Section
from goldthread.delivery.reporting.blocks import Writer, ended, full_day, listed, runs, strong
from goldthread.delivery.reporting.reading import reached_in, silence, stands
from goldthread.delivery.reporting.records import (
    ActionSaid,
    MoveSaid,
    PrioritySaid,
    Ref,
    ThemeSaid,
    UpdateSaid,
)

HEAD = ("Action", "Owner", "By", "How it stands")


def progress_section(writer: Writer, said: ThemeSaid) -> Section:
    """Every priority of the theme as a subsection; first what the owners' words mean."""
    children = [_priority(writer, said, each) for each in said.priorities]
    return writer.section("progress", "Progress on each priority", _opening(writer, said), children)


def _opening(writer: Writer, said: ThemeSaid) -> Iterator[Block]:
    if not said.priorities:
        yield writer.para(
            "progress none", f"No priority for action was approved for this theme in {_year(said)}."
        )
        return
    yield writer.para(
        "progress how",
        "How an action stands is told by its dates. What its owner says of it was signed off by another "
        "person before it was put here.",
    )
    if said.scale:
        yield writer.para("progress scale", "Owners choose among these words:", refs=(said.scale_ref,))
        meant = [runs(strong(f"{each.word}. "), ended(each.meaning)) for each in said.scale]
        yield writer.bullets("progress words", meant, refs=(said.scale_ref,))


def _year(said: ThemeSaid) -> str:
    return f"{said.year}-{(said.year + 1) % 100:02}"


def _priority(writer: Writer, said: ThemeSaid, priority: PrioritySaid) -> Section:
    name = f"priority {priority.ref.pk}"
    blocks = [
        _what(writer, name, priority),
        _support(writer, name, priority),
        _changed(writer, name, said, priority),
        _of_priority(writer, name, priority),
        *_actions(writer, name, said, priority),
    ]
    return writer.section(name, f"{priority.number} {priority.title}", blocks)


def _what(writer: Writer, name: str, priority: PrioritySaid) -> Block:
    lead = (strong(" Lead: "), ended(priority.lead)) if priority.lead else ()
    return writer.para(f"{name} words", ended(priority.words or priority.title), *lead, refs=(priority.ref,))


def _support(writer: Writer, name: str, priority: PrioritySaid) -> Block | None:
    if not priority.support:
        return None
    given = "; ".join(f"{each.who}: {each.what.strip().rstrip('.')}" for each in priority.support)
    return writer.para(f"{name} support", strong("Partnership support: "), ended(given), refs=(priority.ref,))


def _changed(writer: Writer, name: str, said: ThemeSaid, priority: PrioritySaid) -> Block | None:
    if priority.changed_on is None:
        return None
    words = f"Its words were changed on {full_day(priority.changed_on)}, after they were approved: "
    return writer.para(
        f"{name} changed", words, ended(priority.changed_why or "no reason is given"), refs=(priority.ref,)
    )


def _of_priority(writer: Writer, name: str, priority: PrioritySaid) -> Block | None:
    if priority.last is None:
        return None
    return writer.para(
        f"{name} said",
        strong(f"{priority.last.status}. "),
        *said_words(priority.last),
        refs=(priority.last.ref, priority.ref),
    )


def _actions(writer: Writer, name: str, said: ThemeSaid, priority: PrioritySaid) -> Iterator[Block]:
    if not priority.actions:
        yield writer.para(f"{name} no actions", "It has no action yet.", refs=(priority.ref,))
        return
    yield writer.table(
        f"{name} actions",
        HEAD,
        [_row(said, action) for action in priority.actions],
        caption=f"{priority.number}: how its actions stood on {full_day(said.until)}",
        refs=(*(action.ref for action in priority.actions), said.source),
    )
    for action in priority.actions:
        if (block := _progress(writer, said, action)) is not None:
            yield block


def _row(said: ThemeSaid, action: ActionSaid) -> tuple[tuple[str | Run, ...], ...]:
    standing = stands(action, said.until)
    told = [strong(standing.word)]
    if action.last is not None and not standing.ended and action.last.status != standing.word:
        told.append(Run(f"Owner: {action.last.status.lower()}"))
    return (
        (f"{action.number} {action.title}",),
        (action.owner or "Nobody yet",),
        tuple(_days(action, standing.standing)),
        tuple(told),
    )


def _days(action: ActionSaid, standing: Standing) -> Iterator[str]:
    """The day it was to be done by; the day now expected where that differs; the day it was done."""
    due = action.baseline or action.forecast
    yield full_day(due) if due else "No date"
    if standing is Standing.DONE and action.finished is not None:
        yield f"done {full_day(action.finished)}"
    elif standing is not Standing.DROPPED and action.forecast and action.forecast != due:
        yield f"now {full_day(action.forecast)}"


def _progress(writer: Writer, said: ThemeSaid, action: ActionSaid) -> Block | None:
    """What was said and what happened since last time; nothing where there is nothing to tell."""
    told: list[str | Run] = []
    refs: list[Ref] = [action.ref]
    if action.last is not None:
        told.extend((*said_words(action.last), " "))
        refs.append(action.last.ref)
    if action.dropped_reason:
        told.append(f"It was dropped: {ended(action.dropped_reason)} ")
    reached = reached_in(action, said)
    if reached:
        steps = listed([f"{each.number} {each.title} ({full_day(each.reached)})" for each in reached])
        told.append(f"Reached since {full_day(said.since)}: {ended(steps)} ")
        refs.extend((*(each.ref for each in reached), said.source))
    told.extend(f"{_moved(move, action.last)} " for move in action.moves)
    for wait in action.waits:
        due = f", due {full_day(wait.due)}" if wait.due else ""
        told.append(f"It waits for {wait.title}{due}. ")
        refs.append(wait.ref)
    if quiet := silence(action, said):
        told.append(strong(quiet))
    if not told:
        return None
    name = f"action {action.ref.pk} said"
    said_so = runs(strong(f"{action.number}. "), *told)
    last = said_so[-1]
    return writer.para(name, *said_so[:-1], Run(last.words.rstrip(), last.marks), refs=refs)


def said_words(update: UpdateSaid) -> tuple[str | Run, ...]:
    """What an owner said, in quotation marks, with the office and the day."""
    words = " ".join(update.words.split())
    return (f"“{words}” ({update.office}, {full_day(update.on)})." if words else "",)


def _moved(move: MoveSaid, last: UpdateSaid | None) -> str:
    """That a date was moved, in a sentence; with the reason, unless its owner was just quoted with it."""
    way = f"from {full_day(move.was)} to {full_day(move.now)}" if move.was and move.now else ""
    if not way:
        way = f"to {full_day(move.now)}" if move.now else "and it has none now"
    moved = f"{move.what} was moved {way} on {full_day(move.on)}"
    why = " ".join(move.why.split())
    quoted = last is not None and why in " ".join(last.words.split())
    return f"{moved}: {ended(why)}" if why and not quoted else f"{moved}."
