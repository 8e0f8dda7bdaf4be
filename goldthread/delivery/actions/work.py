"""Actions and milestones: made, changed, given to an office, dropped, made to wait for each other."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import ActionState
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import (
    Thing,
    body_of,
    held,
    keep,
    moved,
    refuse_over,
    said,
)
from goldthread.delivery.models import Action, Milestone, Priority, WorkImport
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User

HEAVIEST = 100
"""The most that one thing may weigh beside the others."""


@transaction.atomic
def add_action(
    *,
    priority: Priority,
    title: str,
    words: str = "",
    owner_office: Office | None = None,
    owner_words: str = "",
    starts: date | None = None,
    due: date | None = None,
    forecast: date | None = None,
    begun: bool = False,
    finished: date | None = None,
    weight: int = 1,
    cost: Decimal | None = None,
    cost_words: str = "",
    number: str = "",
    source: WorkImport | None = None,
    by: User,
    at: datetime,
) -> Action:
    """Add something that will be done for a priority; its number follows the last unless one is given.

    What was begun, moved or finished before it was written down here is added as it stands.
    """
    require(by, Ability.WRITE_DELIVERY, priority.body, on=localdate(at))
    priority = Priority.objects.select_for_update(of=("self",)).select_related("body").get(pk=priority.pk)
    refuse_over(priority)
    number = number.strip() or next_number(priority.number, _numbers(priority))
    action = Action(priority=priority, number=number, slug=free_slug(priority, number), title=title.strip())
    action.words, action.starts, action.weight = words.strip(), starts, weight
    action.baseline, action.forecast, action.finished = due, forecast, finished
    action.state = ActionState.UNDER_WAY if begun else ActionState.PLANNED
    if finished is not None:
        action.state = ActionState.DONE
        refuse_ahead(finished, localdate(at))
    action.owner_office, action.owner_words = owner_office, owner_words.strip()
    action.cost, action.cost_words, action.source = cost, cost_words.strip(), source
    action.position, action.made_at, action.made_by = priority.actions.count() + 1, at, by.name
    check_action(action, priority.body)
    action.full_clean()
    action.save(force_insert=True)
    facts = {"number": number, "title": action.title, "due": due, "owner": owner_of(action)}
    record(action, "added an action", by=by, at=at, body=priority.body, **facts)
    return action


def _numbers(priority: Priority) -> list[str]:
    return list(priority.actions.values_list("number", flat=True))


def next_number(of: str, taken: list[str]) -> str:
    """The number after the last of those under a number: after V2.1 and V2.3 comes V2.4."""
    ends = [number.removeprefix(f"{of}.") for number in taken if number.startswith(f"{of}.")]
    return f"{of}.{max((int(end) for end in ends if end.isdecimal()), default=0) + 1}"


def free_slug(priority: Priority, number: str) -> str:
    """An address for an action that no other has."""
    wanted = slugify(f"{priority.slug}-{number.removeprefix(f'{priority.number}.')}".replace(".", "-"))[:70]
    taken = set(Action.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    tries = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def check_action(action: Action, body: Body) -> None:
    """Refuse what no field by itself can tell: an office of another body, a day due before it starts."""
    problems: dict[str, str] = {}
    if not action.title:
        problems["title"] = _("Say in a line what will be done.")
    if action.owner_office is not None and action.owner_office.body_id != body.pk:
        problems["owner_office"] = _("This office belongs to another body. Choose one of %(body)s.") % {
            "body": body
        }
    if action.starts and action.baseline and action.baseline < action.starts:
        problems["due"] = _("It is due before it starts. Change one of the two days.")
    if action.weight > HEAVIEST:
        problems["weight"] = _("Weigh it from 1 to %(most)d.") % {"most": HEAVIEST}
    if action.cost is not None and action.cost < 0:
        problems["cost"] = _("A cost is not less than nothing. Say what is saved in the words.")
    if problems:
        raise ValidationError(problems)


def refuse_ahead(done: date, today: date) -> None:
    """Refuse a day on which something is said to have been done, and which has not come."""
    if done > today:
        raise ValidationError({"on": _("%(day)s has not come yet.") % {"day": f"{done:%-d %B %Y}"}})


def owner_of(thing: Thing) -> str:
    """Who owes a thing, in words: its office by title, or the words in its place; empty for nobody."""
    if thing.owner_office is not None:
        return thing.owner_office.title
    return thing.owner_words if isinstance(thing, Action) else ""


@transaction.atomic
def change_action(
    *,
    action: Action,
    title: str,
    words: str,
    starts: date | None,
    weight: int,
    cost: Decimal | None,
    cost_words: str,
    why: str = "",
    seen: int | None = None,
    by: User,
    at: datetime,
) -> None:
    """Say anew what an action is; its dates and its owner have verbs of their own.

    ``seen`` is the last line of its history that the writer saw: where somebody else has changed
    it since, that is told and nothing is overwritten.
    """
    action = held(action, by=by, at=at)
    changed: dict[str, Any] = {
        "title": title.strip(),
        "words": words.strip(),
        "starts": starts,
        "weight": weight,
        "cost": cost,
        "cost_words": cost_words.strip(),
    }
    if seen is not None:
        _refuse_overtaken(action, seen, tuple(changed))
    check_action(Action(baseline=action.baseline, **changed), body_of(action))
    keep(action, changed, "changed an action", why=why, by=by, at=at)


def _refuse_overtaken(action: Action, seen: int, fields: tuple[str, ...]) -> None:
    since = action.changes.filter(pk__gt=seen, field__in=fields).last()
    if since is None:
        return
    words = _(
        "%(who)s changed it while you were writing: “%(was)s” now says “%(now)s”. "
        "What you wrote is kept below: look, and save it again."
    )
    raise ValidationError(words % {"who": since.by_name, "was": since.was, "now": since.now})


@transaction.atomic
def add_milestone(
    *,
    action: Action,
    title: str,
    due: date | None = None,
    owner_office: Office | None = None,
    weight: int = 1,
    reached: date | None = None,
    by: User,
    at: datetime,
) -> Milestone:
    """Add a step on the way of an action; without an owner it is owed by the action's."""
    action = held(action, by=by, at=at)
    if not action.is_open and (reached is None or action.state == ActionState.DROPPED):
        raise ValidationError(_("This action is over. Open it again to add a milestone."))
    milestone = Milestone(action=action, title=title.strip(), baseline=due, owner_office=owner_office)
    milestone.number = next_number(action.number, list(action.milestones.values_list("number", flat=True)))
    milestone.weight, milestone.reached, milestone.made_at, milestone.made_by = weight, reached, at, by.name
    milestone.position = action.milestones.count() + 1
    if reached is not None:
        refuse_ahead(reached, localdate(at))
    check_milestone(milestone)
    milestone.full_clean()
    milestone.save(force_insert=True)
    facts = {"number": milestone.number, "title": milestone.title, "due": due, "reached": reached}
    record(milestone, "added a milestone", by=by, at=at, body=body_of(action), **facts)
    return milestone


def check_milestone(milestone: Milestone) -> None:
    """Refuse what no field by itself can tell of a milestone."""
    problems: dict[str, str] = {}
    body, office = body_of(milestone), milestone.owner_office
    if not milestone.title:
        problems["title"] = _("Say in a line what will have been reached.")
    if office is not None and office.body_id != body.pk:
        problems["owner_office"] = _("This office belongs to another body. Choose one of %(body)s.") % {
            "body": body
        }
    if milestone.weight > HEAVIEST:
        problems["weight"] = _("Weigh it from 1 to %(most)d.") % {"most": HEAVIEST}
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def change_milestone(
    *, milestone: Milestone, title: str, weight: int, why: str = "", by: User, at: datetime
) -> None:
    """Say anew what a milestone is; its dates and its owner have verbs of their own."""
    milestone = held(milestone, by=by, at=at)
    changed = {"title": title.strip(), "weight": weight}
    check_milestone(Milestone(action=milestone.action, owner_office=milestone.owner_office, **changed))
    keep(milestone, changed, "changed a milestone", why=why, by=by, at=at)


@transaction.atomic
def assign(
    *,
    thing: Thing,
    office: Office | None = None,
    words: str = "",
    why: str = "",
    by: User,
    at: datetime,
) -> None:
    """Give a thing to an office, or to somebody in words. A milestone without one is its action's."""
    thing = held(thing, by=by, at=at)
    if office is not None and office.body_id != body_of(thing).pk:
        raise ValidationError({"office": _("This office belongs to another body.")})
    changed: dict[str, Any] = {"owner_office": office}
    if isinstance(thing, Action):
        if office is None and not words.strip():
            raise ValidationError({"office": _("Choose the office that owes it, or say in words who does.")})
        changed["owner_words"] = words.strip()
    keep(thing, changed, "gave work to an owner", why=why, by=by, at=at)


@transaction.atomic
def begin(*, action: Action, by: User, at: datetime) -> None:
    """Say that an action is under way."""
    action = held(action, by=by, at=at)
    keep(action, {"state": moved(action.state, "begin")}, "began an action", by=by, at=at)


@transaction.atomic
def drop(*, thing: Thing, reason: str, by: User, at: datetime) -> None:
    """Give up a thing, with the reason; it stays on the record and counts for nothing in any sum."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why it is dropped. The reason is printed with it.")})
    thing = held(thing, by=by, at=at)
    changed: dict[str, Any] = {"dropped_reason": reason}
    if isinstance(thing, Action):
        changed["state"] = moved(thing.state, "drop")
    elif not thing.is_open:
        raise ValidationError(_("It is reached or dropped already. Open it again first."))
    else:
        changed["dropped_on"] = localdate(at)
    keep(thing, changed, "dropped work", why=reason, by=by, at=at)


@transaction.atomic
def open_again(*, thing: Thing, why: str, by: User, at: datetime) -> None:
    """Take back that a thing is done or dropped, with the reason."""
    why = said(why, _("Say why it is opened again."))
    thing = held(thing, by=by, at=at)
    changed: dict[str, Any] = {"dropped_reason": ""}
    if isinstance(thing, Action):
        changed |= {"state": moved(thing.state, "open again"), "finished": None}
    elif thing.is_open:
        raise ValidationError(_("It is open as it is."))
    else:
        changed |= {"reached": None, "dropped_on": None}
    keep(thing, changed, "opened work again", why=why, by=by, at=at)
