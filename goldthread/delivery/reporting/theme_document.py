"""A theme's document (Appendix A to D): its priorities, who leads, what partners give, the actions."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.years import year_words
from goldthread.core.text import Block, Run, Section, Text
from goldthread.delivery.reporting.blocks import Composed, Writer, counted, ended, full_day, runs, strong
from goldthread.delivery.reporting.in_depth import Absolute, sources_section
from goldthread.delivery.reporting.records import ActionSaid, PrioritySaid, ThemeSaid


def theme_title(said: ThemeSaid) -> str:
    """What the document is called."""
    return f"{said.title}: priorities for action {year_words(said.year)}"


def theme_document(said: ThemeSaid, *, key: str, absolute: Absolute) -> Composed:
    """The document of a theme: the same records give the same words under the same keys."""
    writer = Writer(key)
    sections = (_opening(writer, said), *(_priority(writer, each) for each in said.priorities))
    return Composed(
        Text(theme_title(said), (*sections, sources_section(writer, said, absolute))), writer.sources
    )


def _opening(writer: Writer, said: ThemeSaid) -> Section:
    actions = sum(len(each.actions) for each in said.priorities)
    count = counted(len(said.priorities), "priority for action", "priorities for action")
    are = "is" if len(said.priorities) == 1 else "are"
    words = (
        f"On the theme “{said.title}” of the {said.plan.label} there {are} {count} in "
        f"{year_words(said.year)}, with {counted(actions, 'action')} to be done. {_standing(said)}"
    )
    refs = (said.source, said.plan, said.approved_ref, *(each.ref for each in said.priorities))
    blocks: list[Block] = [writer.para("opening", words, refs=refs)]
    if said.priorities:
        blocks.append(
            writer.table(
                "overview",
                ("Priority", "Who leads", "What partners give"),
                [
                    (
                        (f"{each.number} {each.title}",),
                        (each.lead,),
                        tuple(f"{given.who}: {ended(given.what)}" for given in each.support)
                        or ("Nothing asked",),
                    )
                    for each in said.priorities
                ],
                caption=f"Priorities for action, {year_words(said.year)}",
                refs=(each.ref for each in said.priorities),
            )
        )
    return writer.section("opening", "The theme in this year", blocks)


def _standing(said: ThemeSaid) -> str:
    """Whether the priorities were approved, and when."""
    if not said.priorities:
        return "None has been written yet."
    waiting = [
        each for each in said.priorities if each.stage in (PriorityStage.DRAFT, PriorityStage.PROPOSED)
    ]
    if len(waiting) == len(said.priorities):
        return f"{'It is' if len(waiting) == 1 else 'They are'} put to the Board for approval."
    them = "it" if len(said.priorities) == 1 else "them"
    approved = f"The Board approved {them} on {full_day(said.approved_on)}." if said.approved_on else ""
    if waiting:
        return f"{approved} {counted(len(waiting), 'priority', 'priorities')} wait for approval.".strip()
    return approved


def _priority(writer: Writer, priority: PrioritySaid) -> Section:
    name = f"priority {priority.ref.pk}"
    refs = (priority.ref,)
    blocks: list[Block] = [writer.para(f"{name} words", ended(priority.words or priority.title), refs=refs)]
    if priority.success:
        blocks.append(
            writer.para(
                f"{name} success", strong("What will be different: "), ended(priority.success), refs=refs
            )
        )
    blocks.append(
        writer.para(f"{name} lead", strong("Lead: "), ended(priority.lead or "nobody yet"), refs=refs)
    )
    if priority.support:
        given = [runs(strong(f"{each.who}: "), ended(each.what)) for each in priority.support]
        blocks.append(writer.para(f"{name} support", strong("Partnership support:"), refs=refs))
        blocks.append(writer.bullets(f"{name} given", given, refs=refs))
    if priority.serves:
        promised = [runs(strong(f"{each.label}. "), ended(each.words)) for each in priority.serves]
        serves = tuple(each.ref for each in priority.serves)
        blocks.append(
            writer.para(f"{name} serves", strong("It serves these promises of the plan:"), refs=refs)
        )
        blocks.append(writer.bullets(f"{name} promises", promised, refs=serves))
    blocks.extend(_actions(writer, name, priority))
    return writer.section(name, f"{priority.number} {priority.title}", blocks)


def _actions(writer: Writer, name: str, priority: PrioritySaid) -> Iterator[Block]:
    if not priority.actions:
        words = "Its actions are still to be agreed."
        yield writer.para(f"{name} no actions", words, refs=(priority.ref,))
        return
    yield writer.table(
        f"{name} actions",
        ("Action", "Owner", "By"),
        [row for action in priority.actions for row in _rows(action)],
        caption=f"{priority.number}: what is to be done, and by when",
        refs=(
            ref for action in priority.actions for ref in (action.ref, *(m.ref for m in action.milestones))
        ),
    )


def _rows(action: ActionSaid) -> Iterator[tuple[tuple[str | Run, ...], ...]]:
    """An action as it is promised, then its milestones: words, owner, day."""
    due = action.baseline or action.forecast
    by = full_day(due) if due else "No date yet"
    yield (f"{action.number} {action.title}",), (action.owner or "Nobody yet",), (by,)
    for each in action.milestones:
        due = each.baseline or each.forecast
        if not each.dropped:
            yield (Run(f"– {each.number} {each.title}"),), (), (full_day(due) if due else "",)
