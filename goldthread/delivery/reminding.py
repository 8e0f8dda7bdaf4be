"""Who is to be reminded of what on a day, by the rules of their body; and what a day's letter says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.delivery.standing import day_words
from goldthread.delivery.models import (
    Action,
    Milestone,
    Period,
    PriorityVersion,
    ReminderRule,
    ReminderSent,
    ReminderTo,
    Update,
)
from goldthread.delivery.owed import Shelf, owed_by_person, shelves
from goldthread.delivery.owning import office_of
from goldthread.delivery.updates import HEARD
from goldthread.delivery.wanted import Owed, give_href
from goldthread.mail.addresses import absolute
from goldthread.mail.models import Kind, Letter
from goldthread.mail.queries import letters_for
from goldthread.people.models import Body, Holding, User
from goldthread.plans import needs
from goldthread.plans.needs import Need

CATCH_UP = 7
"""For how many days a reminder that was missed, over a weekend or while the machine was down, still goes."""
LINES = 25
"""The most lines under one heading of a letter; the rest are counted."""

ABOUT = {
    "action": gettext_lazy("an action is due"),
    "milestone": gettext_lazy("a milestone is due"),
    "update": gettext_lazy("an update is due for a period"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """That a rule asks for one person to be reminded of one thing which is due on a day."""

    rule: ReminderRule
    to: User
    kind: str
    ref_id: int
    due: date
    title: str
    href: str
    owner: str
    own: bool

    @property
    def mark(self) -> tuple[int, str, int, date, str]:
        """What makes it the same reminder, however often it is worked out."""
        return self.rule.pk, self.kind, self.ref_id, self.due, self.to.email


def rules_on(on: date, body: Body | None = None) -> QuerySet[ReminderRule]:
    """The rules that hold on a day."""
    rows = ReminderRule.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), from_day__lte=on)
    rows = rows if body is None else rows.filter(body=body)
    return rows.select_related("body", "office").order_by("body", "days", "pk")


def rule_words(rule: ReminderRule) -> str:
    """What a rule does, in a sentence."""
    if rule.days == 0:
        when = _("On the day when %(about)s")
    elif rule.days < 0:
        when = ngettext("%(days)d day before %(about)s", "%(days)d days before %(about)s", -rule.days)
    else:
        when = ngettext("%(days)d day after %(about)s", "%(days)d days after %(about)s", rule.days)
    told = {
        ReminderTo.OWNER: _("whoever owes it is reminded"),
        ReminderTo.LEAD: _("whoever leads the priority is told"),
        ReminderTo.OFFICE: _("the %(office)s is told"),
    }[ReminderTo(rule.to)]
    words = _("%(when)s, %(told)s.") % {
        "when": when % {"days": abs(rule.days), "about": ABOUT[rule.about]},
        "told": told % {"office": rule.office.title if rule.office else ""},
    }
    return words[0].upper() + words[1:]


def calls_on(on: date) -> tuple[Call, ...]:
    """Everything that somebody is to be reminded of by a day and was not yet, rule by rule."""
    asked = _Asked(on)
    found = chain.from_iterable(asked.calls(rule) for rule in rules_on(on))
    due = {call.mark: call for call in found}
    rules = {mark[0] for mark in due}
    first = on - timedelta(days=400)
    sent = ReminderSent.objects.filter(rule__in=rules, due__gte=first)
    done = set(sent.values_list("rule_id", "kind", "ref_id", "due", "email"))
    return tuple(call for mark, call in due.items() if mark not in done)


class _Asked:
    """One day's work: holders of offices and leads of priorities are asked for once."""

    def __init__(self, on: date) -> None:
        self.on = on

    @cached_property
    def holders(self) -> dict[int, list[User]]:
        """By office, the people who hold it on the day and can be written to."""
        found: defaultdict[int, list[User]] = defaultdict(list)
        rows = Holding.objects.in_force(self.on).filter(user__is_active=True).select_related("user")
        for row in rows.order_by("pk"):
            if row.user not in found[row.office_id]:
                found[row.office_id].append(row.user)
        return found

    @cached_property
    def leads(self) -> dict[int, int]:
        """By priority, the office that leads it now."""
        rows = PriorityVersion.objects.filter(priority__stage=PriorityStage.LIVE).order_by("number")
        return {pk: office for pk, office in rows.values_list("priority_id", "lead_office_id") if office}

    def calls(self, rule: ReminderRule) -> Iterator[Call]:
        """Whom a rule reminds of what by this day."""
        last = self.on - timedelta(days=rule.days)
        first = max(last - timedelta(days=CATCH_UP), rule.from_day - timedelta(days=rule.days))
        for thing, due in self._due(rule, first, last):
            kind = str(thing._meta.model_name)
            office = office_of(thing)
            owners = self.holders.get(office.pk, []) if office is not None else []
            for user in self._readers(rule, thing, owners):
                own = user in owners
                yield Call(
                    rule=rule,
                    to=user,
                    kind=kind,
                    ref_id=thing.pk,
                    due=due,
                    title=f"{thing.number} {thing.title}",
                    href=give_href(kind, thing.pk) if own else thing.get_absolute_url(),
                    owner=office.title if office else "",
                    own=own,
                )

    def _readers(self, rule: ReminderRule, thing: Action | Milestone, owners: list[User]) -> list[User]:
        if rule.to == ReminderTo.OFFICE:
            return self.holders.get(rule.office_id or 0, [])
        if rule.to == ReminderTo.LEAD:
            action = thing.action if isinstance(thing, Milestone) else thing
            return self.holders.get(self.leads.get(action.priority_id, 0), [])
        return owners

    def _due(self, rule: ReminderRule, first: date, last: date) -> Iterator[tuple[Action | Milestone, date]]:
        """The open things of a body that are due between two days, and when each is."""
        if rule.about == "update":
            yield from self._silent(rule.body, first, last)
            return
        within = Q(forecast__range=(first, last)) | Q(forecast=None, baseline__range=(first, last))
        rows = _open_milestones(rule.body) if rule.about == "milestone" else _open_actions(rule.body)
        for thing in rows.filter(within):
            yield thing, thing.due

    def _silent(self, body: Body, first: date, last: date) -> Iterator[tuple[Action, date]]:
        """The actions of which nothing was heard in an open period that wants updates between two days."""
        for period in Period.objects.filter(body=body, closed_at=None, due__range=(first, last)):
            said = Update.objects.filter(action=OuterRef("pk"), stage__in=HEARD)
            said = said.filter(Q(period=period) | Q(given_at__date__gte=period.starts))
            for action in _open_actions(body).filter(~Exists(said)):
                yield action, period.due


def _open_actions(body: Body) -> QuerySet[Action]:
    rows = Action.objects.filter(priority__body=body, priority__stage=PriorityStage.LIVE)
    rows = rows.filter(state__in=(ActionState.PLANNED, ActionState.UNDER_WAY))
    return rows.select_related("priority", "owner_office").order_by("pk")


def _open_milestones(body: Body) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(action__in=_open_actions(body), reached=None, dropped_on=None)
    rows = rows.select_related("action__priority", "action__owner_office", "owner_office")
    return rows.order_by("pk")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a letter: what, in what state, where."""

    title: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of a letter, and how many things more there are."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0


def part(heading: str, lines: tuple[Line, ...]) -> tuple[Part, ...]:
    """A part of a letter, cut to what can be read; no part at all where it would be empty."""
    return (Part(heading, lines[:LINES], max(0, len(lines) - LINES)),) if lines else ()


def reminder_parts(calls: tuple[Call, ...], on: date) -> tuple[Part, ...]:
    """What a person is reminded of themselves, then what is late with others whom they lead or look after."""
    own = tuple(_line(call, on) for call in calls if call.own)
    others = tuple(_line(call, on) for call in calls if not call.own)
    return (*part(_("Due from you"), own), *part(_("For you to know, as due from others"), others))


def _line(call: Call, on: date) -> Line:
    about = _("word of it was due %(day)s") if call.rule.about == "update" else _("was due %(day)s")
    if call.due >= on:
        about = _("word of it is due %(day)s") if call.rule.about == "update" else _("is due %(day)s")
    words = about % {"day": day_words(call.due, on)}
    if not call.own:
        words = _("%(words)s, from %(owner)s") % {"words": words, "owner": call.owner or _("nobody yet")}
    return Line(call.title, words, absolute(call.href))


def owed_parts(user: User, on: date) -> tuple[Part, ...]:
    """All that a person owes on a day, in the order of their own page."""
    return tuple(chain.from_iterable(_shelf(shelf, on) for shelf in shelves(owed_by_person(user, on), on)))


def _shelf(shelf: Shelf, on: date) -> tuple[Part, ...]:
    lines = tuple(
        Line(row.title, _by_when(row, on), absolute(row.update_href or row.href)) for row in shelf.rows
    )
    return part(shelf.heading, lines)


def _by_when(row: Owed, on: date) -> str:
    due = _("due %(day)s") % {"day": day_words(row.due, on)} if row.due else ""
    return ", ".join(words for words in (row.status, due) if words)


def gathered_part(letters: tuple[Letter, ...]) -> tuple[Part, ...]:
    """What was written to a person and kept for this letter, by their own choice.

    What came back to them is not named here: it stands among what they owe, with its question.
    """
    told = (each for each in letters if each.kind != Kind.RETURNED)
    lines = tuple(Line(each.subject, each.get_kind_display(), "") for each in told)
    return part(_("Written since the last letter"), lines)


def own_page() -> str:
    """The whole address of the page on which everybody finds what they owe."""
    return absolute(reverse("delivery:desk-owe"))


def undelivered(user: User, on: date) -> Iterator[Need]:
    """That letters could not be delivered, for whoever keeps them: else nobody would look."""
    failed = letters_for(user, on).failed().count()
    if failed:
        title = ngettext("%d letter could not be delivered", "%d letters could not be delivered", failed)
        words = _("Whoever was to read it does not know. Correct the address, or tell them otherwise.")
        href = f"{reverse('mail:desk-outbox')}?state=failed"
        yield Need(title % failed, href, words, _("not delivered"), "bad")


def register_own() -> None:
    """Let the page of what needs a person tell of letters that could not be delivered."""
    needs.register(undelivered)
