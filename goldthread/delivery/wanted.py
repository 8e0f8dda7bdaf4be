"""The open actions and milestones that offices own: by when, how each stands, whether word is wanted.

While a period is open an owner owes word of each action by its day; without one, when nothing was
heard for too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import ActionState, PriorityStage, UpdateStage
from goldthread.core.delivery.standing import day_words, is_stale, silence_words, stand
from goldthread.delivery.models import Action, Milestone, Period, Update
from goldthread.delivery.snapshots import dates_of
from goldthread.delivery.updates import HEARD, level_of
from goldthread.people.models import Office

OPEN = (ActionState.PLANNED, ActionState.UNDER_WAY)
AT_ONCE = 5000
"""How many things one query asks about."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a person owes: what kind of thing, by when, how it stands, where to say how it goes.

    ``own`` is true of what an office of theirs owns; ``speak`` where word of it is wanted now.
    """

    kind: str
    title: str
    href: str
    words: str
    due: date | None = None
    status: str = ""
    tone: str = "calm"
    update_href: str = ""
    speak: bool = False
    subject: str = ""
    own: bool = False


def owed_by_offices(offices: Sequence[Office], on: date) -> tuple[Owed, ...]:
    """The actions and milestones that some offices own, as they stand on a day: a few queries in all."""
    if not offices:
        return ()
    return tuple(_Work(offices, on).owed())


class _Work:
    """The open actions and milestones of some offices, with what was last heard of each."""

    def __init__(self, offices: Sequence[Office], on: date) -> None:
        self.offices, self.on = offices, on
        self.bodies = {office.body_id for office in offices}

    @cached_property
    def actions(self) -> list[Action]:
        rows = Action.objects.filter(self._live("priority"), state__in=OPEN, owner_office__in=self.offices)
        return list(rows.select_related("priority").order_by("pk"))

    @cached_property
    def milestones(self) -> list[Milestone]:
        own = Q(owner_office__in=self.offices)
        own |= Q(owner_office__isnull=True, action__owner_office__in=self.offices)
        rows = Milestone.objects.filter(self._live("action__priority"), own, action__state__in=OPEN)
        rows = rows.filter(reached__isnull=True, dropped_on__isnull=True)
        return list(rows.select_related("action__priority").order_by("pk"))

    @cached_property
    def periods(self) -> dict[int, Period]:
        """By body, the period for which word is wanted: the first open one that has begun."""
        rows = Period.objects.filter(body__in=self.bodies, closed_at__isnull=True, starts__lte=self.on)
        return {row.body_id: row for row in rows.order_by("-starts", "-pk")}

    def owed(self) -> Iterator[Owed]:
        """The actions, then the milestones."""
        heard = self._heard("action", self.actions)
        for action in self.actions:
            yield self._action(action, heard.get(action.pk))
        heard = self._heard("milestone", self.milestones)
        for milestone in self.milestones:
            yield self._milestone(milestone, heard.get(milestone.pk))

    def _live(self, path: str) -> Q:
        return Q(**{f"{path}__stage": PriorityStage.LIVE, f"{path}__body__in": self.bodies})

    def _heard(self, kind: str, things: Sequence[Action | Milestone]) -> dict[int, Update]:
        """The last that stands of each, signed off or not."""
        ids = [thing.pk for thing in things]
        newest: dict[int, int] = {}
        for some in (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)):
            rows = Update.objects.filter(stage__in=HEARD, **{f"{kind}__in": some}).order_by()
            newest |= dict(rows.values_list(kind).annotate(last=Max("pk")))
        found = Update.objects.select_related("scale").in_bulk(list(newest.values()))
        return {pk: found[last] for pk, last in newest.items()}

    def _action(self, action: Action, last: Update | None) -> Owed:
        stands = stand(dates_of(action), self.on)
        period = self.periods.get(action.priority.body_id)
        wanted = self._wanted(action, last, period)
        due = action.due
        if wanted and period is not None:
            due = min(due, period.due) if due else period.due
        return Owed(
            kind=_("Action"),
            title=f"{action.number} {action.title}",
            href=action.get_absolute_url(),
            words=f"{stands.words} {self._last_words(last)}",
            due=due,
            status=_("Word is wanted") if wanted and stands.tone != "bad" else stands.word,
            tone="warn" if wanted and stands.tone != "bad" else stands.tone,
            update_href=give_href("action", action.pk),
            speak=wanted,
            subject=f"action-{action.pk}",
            own=True,
        )

    def _wanted(self, action: Action, last: Update | None, period: Period | None) -> bool:
        """Whether word of an action is wanted now: none was given for the period, or none for too long."""
        if period is not None:
            return last is None or (last.period_id != period.pk and localdate(last.given_at) < period.starts)
        since = action.starts or localdate(action.made_at)
        return since <= self.on and is_stale(localdate(last.given_at) if last else None, since, self.on)

    def _last_words(self, last: Update | None) -> str:
        if last is None:
            return f"{silence_words(None, self.on)}."
        said = {"status": level_of(last).word, "day": day_words(localdate(last.given_at), self.on)}
        if last.stage == UpdateStage.GIVEN:
            return _("You said “%(status)s” on %(day)s; it waits to be signed off.") % said
        return _("Last word %(day)s: “%(status)s”.") % said

    def _milestone(self, milestone: Milestone, last: Update | None) -> Owed:
        stands = stand(dates_of(milestone), self.on)
        return Owed(
            kind=_("Milestone"),
            title=f"{milestone.number} {milestone.title}",
            href=milestone.get_absolute_url(),
            words=stands.words if last is None else f"{stands.words} {self._last_words(last)}",
            due=milestone.due,
            status=stands.word,
            tone=stands.tone,
            update_href=give_href("milestone", milestone.pk),
            subject=f"milestone-{milestone.pk}",
            own=True,
        )


def give_href(kind: str, pk: int) -> str:
    """Where word is given of a thing."""
    return reverse("delivery:desk-update", args=[kind, pk])
