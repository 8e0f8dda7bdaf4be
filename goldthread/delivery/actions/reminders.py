"""Writes of reminders: the rules of a body, and each person's one letter of a day."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date, datetime, time
from itertools import chain

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import ReminderRule, ReminderSent, ReminderTo
from goldthread.delivery.reminding import (
    ABOUT,
    Call,
    Part,
    calls_on,
    gathered_part,
    owed_parts,
    own_page,
    reminder_parts,
    rule_words,
    rules_on,
)
from goldthread.mail.actions import gather, write_letter
from goldthread.mail.addresses import absolute
from goldthread.mail.models import Kind, Letter, Preference
from goldthread.mail.queries import digest_due, preference_of, waiting_for_digest
from goldthread.people.actions import require
from goldthread.people.models import Body, Holding, Office, User

logger = logging.getLogger(__name__)
FURTHEST = 90
"""The most days before or after something is due that a rule may name."""
EARLIEST = time(7, 30)
"""No letter of the day is written before this time of a working day."""
USUAL = (
    (gettext_lazy("Before an action is due"), "action", -7, ReminderTo.OWNER),
    (gettext_lazy("When a milestone is due"), "milestone", 0, ReminderTo.OWNER),
    (gettext_lazy("Before updates are due"), "update", -5, ReminderTo.OWNER),
    (gettext_lazy("An action long overdue"), "action", 14, ReminderTo.LEAD),
)
"""The rules that an office may begin with."""


@transaction.atomic
def add_rule(
    *,
    body: Body,
    name: str,
    about: str,
    days: int,
    to: str,
    office: Office | None = None,
    from_day: date | None = None,
    by: User,
    at: datetime,
) -> ReminderRule:
    """Have somebody reminded so many days before (below nought) or after something is due, from a day on.

    What should have been sent before that day is not sent: a new rule begins with no heap of letters.
    """
    require(by, Ability.WRITE_DELIVERY, body, on=localdate(at))
    problems = {}
    if about not in ABOUT:
        problems["about"] = _("Choose what is due.")
    if abs(days) > FURTHEST:
        problems["days"] = _("Choose at most %(most)d days before or after.") % {"most": FURTHEST}
    if to == ReminderTo.OFFICE and (office is None or office.body_id != body.pk):
        problems["office"] = _("Choose the office that is told.")
    if problems:
        raise ValidationError(problems)
    rule = ReminderRule(body=body, about=about, days=days, to=ReminderTo(to), made_by=by.name)
    rule.office = office if to == ReminderTo.OFFICE else None
    rule.from_day = from_day or localdate(at)
    rule.name = name.strip()[:120] or rule_words(rule)[:120]
    rule.full_clean()
    rule.save(force_insert=True)
    record(rule, "set a reminder", by=by, at=at, body=body, words=rule_words(rule), since=rule.from_day)
    return rule


@transaction.atomic
def add_usual_rules(*, body: Body, by: User, at: datetime) -> tuple[ReminderRule, ...]:
    """The rules that most offices want, for a body that has none."""
    if rules_on(localdate(at), body).exists():
        raise ValidationError(_("There are rules already. Add what is missing one by one."))
    return tuple(
        add_rule(body=body, name=str(name), about=about, days=days, to=to, by=by, at=at)
        for name, about, days, to in USUAL
    )


@transaction.atomic
def end_rule(*, rule: ReminderRule, by: User, at: datetime) -> None:
    """Follow a rule no more from today; what it sent stays on record."""
    require(by, Ability.WRITE_DELIVERY, rule.body, on=localdate(at))
    fresh = ReminderRule.objects.select_for_update(of=("self",)).select_related("body").get(pk=rule.pk)
    if fresh.ended_on is not None:
        return
    fresh.ended_on, fresh.ended_by = localdate(at), by.name
    fresh.save(update_fields=["ended_on", "ended_by"])
    record(fresh, "ended a reminder", by=by, at=at, body=fresh.body)


def write_letters_of_the_day(*, at: datetime) -> int:
    """Write to each person who is to be reminded of something, or whose digest is due: one letter at most.

    Called again on the same day it writes only to those who had none yet. Says how many it wrote.
    """
    on = localdate(at)
    if on.weekday() > 4 or localtime(at).time() < EARLIEST:
        return 0
    calls: defaultdict[User, list[Call]] = defaultdict(list)
    for call in calls_on(on):
        calls[call.to].append(call)
    people = {user.pk: user for user in chain(calls, _office_holders(on))}
    keys = {_key(pk, on): pk for pk in people}
    had = {keys[key] for key in Letter.objects.filter(key__in=keys).values_list("key", flat=True)}
    chosen = {each.user_id: each for each in Preference.objects.filter(user__in=people)}
    todo = (user for pk, user in sorted(people.items()) if pk not in had)
    return sum(_written(user, tuple(calls.get(user, ())), chosen.get(user.pk), at) for user in todo)


def _office_holders(on: date) -> list[User]:
    """Everybody who holds an office on a day and can be written to."""
    rows = Holding.objects.in_force(on).filter(user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("pk")]


def _key(pk: int, on: date) -> str:
    return f"day-{on}-{pk}"


def _written(user: User, calls: tuple[Call, ...], chosen: Preference | None, at: datetime) -> bool:
    """Whether a person was written to; an address that no letter can go to stops nobody else's."""
    try:
        return _write(user, calls, chosen, at)
    except ValidationError as refusal:
        logger.warning("No letter could be written to person %s: %s", user.pk, " ".join(refusal.messages))
        return False


def _write(user: User, calls: tuple[Call, ...], chosen: Preference | None, at: datetime) -> bool:
    """One person's letter of a day, if there is anything to say; says whether there was."""
    on = localdate(at)
    digest = digest_due(chosen or preference_of(user), on)
    if not calls and (not digest or not cache.add(f"looked-at-{_key(user.pk, on)}", True, 24 * 3600)):
        return False
    waiting = waiting_for_digest(user) if digest else ()
    parts = reminder_parts(calls, on)
    if digest:
        others = parts[1:] if any(call.own for call in calls) else parts
        parts = (*owed_parts(user, on), *others, *gathered_part(waiting))
    body = calls[0].rule.body if calls else _body_of(user, on)
    if not parts or body is None:
        return False
    with transaction.atomic():
        letter = write_letter(
            key=_key(user.pk, on),
            to=user,
            subject=_subject(parts, calls, digest=digest),
            text=_text(user, body, parts, on, digest=digest),
            kind=_kind(calls, digest=digest),
            body=body,
            by=None,
            at=at,
        )
        gather(letters=waiting, into=letter)
        ReminderSent.objects.bulk_create([_mark(call, letter, at) for call in calls], ignore_conflicts=True)
    return True


def _body_of(user: User, on: date) -> Body | None:
    """The body in whose name somebody is written to: the first at which they hold an office."""
    offices = user.offices_on(on)
    return offices[0].body if offices else None


def _kind(calls: tuple[Call, ...], *, digest: bool) -> Kind:
    if digest:
        return Kind.DIGEST
    return Kind.REMINDER if any(call.own for call in calls) else Kind.ESCALATION


def _subject(parts: tuple[Part, ...], calls: tuple[Call, ...], *, digest: bool) -> str:
    count = sum(len(each.lines) + each.more for each in parts)
    if digest:
        return ngettext("What you owe: %d thing", "What you owe: %d things", count) % count
    if len(calls) == 1:
        return parts[0].lines[0].title[:150]
    if _kind(calls, digest=digest) == Kind.REMINDER:
        return _("%d things to look at") % count
    return _("%d things overdue with others") % count


def _text(user: User, body: Body, parts: tuple[Part, ...], on: date, *, digest: bool) -> str:
    context = {
        "user": user,
        "body": body,
        "parts": parts,
        "digest": digest,
        "on": on,
        "page": own_page(),
        "choose": absolute(reverse("mail:desk-preferences")),
    }
    return render_to_string("delivery/letters/day.txt", context)


def _mark(call: Call, letter: Letter, at: datetime) -> ReminderSent:
    return ReminderSent(
        rule=call.rule,
        kind=call.kind,
        ref_id=call.ref_id,
        due=call.due,
        email=call.to.email,
        letter=letter,
        at=at,
    )
