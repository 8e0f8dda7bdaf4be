"""What the pages of actions and milestones say: how they stand, whose they are, how far they have come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import ActionState
from goldthread.core.delivery.standing import Dates, Stand, stand
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import OPEN
from goldthread.delivery.history import history_of
from goldthread.delivery.models import Action, Milestone, Priority
from goldthread.delivery.owning import Owner, key_of, owners_of
from goldthread.delivery.rolling import first_due, line_of_action
from goldthread.delivery.updates import last_word, last_words, level_of, owner_words, title_of
from goldthread.plans.desk.frame import Acting

Thing = Action | Milestone


def stand_of(thing: Thing, on: date) -> Stand:
    """How an action or a milestone stands on a day."""
    if isinstance(thing, Milestone):
        dropped = thing.dropped_on is not None
        return stand(Dates(thing.baseline, thing.forecast, thing.reached, None, dropped), on)
    dropped = thing.state == ActionState.DROPPED
    return stand(Dates(thing.baseline, thing.forecast, thing.finished, thing.starts, dropped), on)


def may_change(acting: Acting, priority: Priority) -> bool:
    """Whether the reader may change the actions of a priority, and its year is not over."""
    return priority.stage in OPEN and Ability.WRITE_DELIVERY in acting.abilities(priority.body)


def action_page(action: Action, acting: Acting) -> dict[str, Any]:
    """All that the page of an action says."""
    steps = list(
        action.milestones.select_related("owner_office", "action__owner_office").prefetch_related("changes")
    )
    owners = owners_of([action, *steps], acting.on)
    change, said = may_change(acting, action.priority), last_word(action)
    words = last_words("milestone", [step.pk for step in steps])
    return {
        "action": action,
        "priority_title": title_of(action.priority),
        "stand": stand_of(action, acting.on),
        "facts": facts_of(action, owners[key_of(action)]),
        "line": line_of_action(action),
        "said": {"update": said, "level": level_of(said)} if said else None,
        "owes": owner_words(action),
        "steps": [_step(step, owners[key_of(step)], words, acting, change) for step in steps],
        "waits": list(_waits(action, acting)),
        "awaited": list(_awaited(action)),
        "history": history_of(action),
        "change": change,
        "deeds": deeds_of(action) if change else [],
    }


def facts_of(action: Action, owner: Owner) -> list[tuple[str, str]]:
    """The plain facts of an action, each with its name; what is not known is left out."""
    agreed, first = action.baseline, first_due(action)
    facts = [
        (_("Owner"), owner.words),
        (_("Starts"), _day(action.starts)),
        (_("Due"), _day(agreed)),
        (_("First due"), _day(first) if first != agreed else ""),
        (_("Now expected"), _day(action.forecast) if action.is_open and action.forecast != agreed else ""),
        (_("Done on"), _day(action.finished)),
        (_("Cost"), f"£{action.cost:,.2f}".removesuffix(".00") if action.cost is not None else ""),
        (_("Who pays"), action.cost_words),
        (_("Weight"), str(action.weight)),
        (_("Dropped"), action.dropped_reason),
    ]
    return [(name, said) for name, said in facts if said]


def _step(
    step: Milestone, owner: Owner, words: dict[int, Any], acting: Acting, change: bool
) -> dict[str, Any]:
    said = words.get(step.pk)
    return {
        "milestone": step,
        "owner": owner if step.owner_office_id else None,
        "stand": stand_of(step, acting.on),
        "first": first_due(step) if first_due(step) != step.baseline else None,
        "said": said,
        "level": level_of(said) if said else None,
        "deeds": deeds_of(step) if change else [],
    }


def deeds_of(thing: Thing) -> list[tuple[str, str]]:
    """What may be done with a thing now: each in words, with its address."""
    if isinstance(thing, Milestone) and not thing.action.is_open:
        return []
    names: list[tuple[str, str]] = []
    if thing.is_open:
        reached = _("It is reached") if isinstance(thing, Milestone) else _("It is done")
        names = [(reached, "finish"), (_("Move the day"), "forecast")]
        if thing.baseline is not None:
            names.append((_("Agree a new day"), "rebaseline"))
        names += [
            (_("Give it to somebody"), "owner"),
            (_("Change what it says"), "change"),
            (_("Drop it"), "drop"),
        ]
    else:
        names = [(_("Open it again"), "open-again")]
    deeds = [(words, deed_href(thing, name)) for words, name in names]
    if thing.is_open:
        asked = reverse("delivery:desk-link-new", args=[str(thing._meta.model_name), thing.pk])
        deeds.insert(0, (_("Ask for an update by email"), asked))
    return deeds


def deed_href(thing: Thing, name: str) -> str:
    """The address at which something is done with a thing."""
    if isinstance(thing, Milestone):
        return reverse("delivery:desk-milestone-deed", args=[thing.pk, name])
    return reverse("delivery:desk-action-deed", args=[thing.slug, name])


def _waits(action: Action, acting: Acting) -> Any:
    """What an action waits for, and how that stands."""
    rows = action.waits_for.select_related(
        "needs_action__priority", "needs_milestone__action__priority", "action__priority"
    )
    for row in rows:
        needed = row.needs_action or row.needs_milestone
        yield {"row": row, "thing": needed, "stand": stand_of(needed, acting.on)}


def _awaited(action: Action) -> Any:
    """The actions that wait for this one or for a milestone of it."""
    rows = [*action.awaited_by.select_related("action__priority")]
    for step in action.milestones.prefetch_related("awaited_by__action__priority"):
        rows += step.awaited_by.all()
    seen: set[int] = set()
    for row in rows:
        if row.action_id not in seen:
            seen.add(row.action_id)
            yield row.action


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
