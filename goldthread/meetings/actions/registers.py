"""Keep registers of decisions: the pattern of their numbers, and each number given once, without a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.references import Pattern, normal, problems_with
from goldthread.meetings.models import Counter, Decision, Register
from goldthread.people.actions import require
from goldthread.people.models import Body, User

NONE_BEFORE: Mapping[str, int] = {}


@transaction.atomic
def make_register(
    *,
    body: Body,
    name: str,
    pattern: str,
    publish_days: int = 5,
    last: Mapping[str, int] = NONE_BEFORE,
    by: User,
    at: datetime,
) -> Register:
    """Open a register of a body's decisions under a pattern of numbers.

    ``last`` is the last number given elsewhere before the register came here, by period
    ("2016", "2024/25" or ""); the numbers go on from there. ``{body}`` in the pattern is
    written out with the capitals of the body's name.
    """
    require(by, Ability.MANAGE_MEETINGS, body, on=localdate(at))
    if not name.strip():
        raise ValidationError({"name": "Give the register a name, such as “Decisions”."})
    pattern = _usable(body, pattern)
    if body.registers.filter(pattern=pattern).exists():
        raise ValidationError({"pattern": "Another register of yours gives the same numbers."})
    register = Register(body=body, name=name.strip(), pattern=pattern, publish_days=publish_days)
    register.slug = _free_slug(name, body)
    register.full_clean()
    register.save(force_insert=True)
    for period, serial in last.items():
        Counter.objects.create(register=register, period=period, last=serial)
    record(register, "opened register", by=by, at=at, body=body, pattern=pattern, last=dict(last))
    return register


@transaction.atomic
def change_register(
    *, register: Register, name: str, pattern: str, publish_days: int, by: User, at: datetime
) -> None:
    """Give a register another name, local standard or pattern; numbers already given stay as they are.

    Refused where the new pattern would print a number that stands for another decision.
    """
    require(by, Ability.MANAGE_MEETINGS, register.body, on=localdate(at))
    register = Register.objects.select_for_update().get(pk=register.pk)
    before = {"name": register.name, "pattern": register.pattern, "publish_days": register.publish_days}
    pattern = _usable(register.body, pattern)
    if register.body.registers.filter(pattern=pattern).exclude(pk=register.pk).exists():
        raise ValidationError({"pattern": "Another register of yours gives the same numbers."})
    _refuse_confusion(register, pattern)
    register.name, register.pattern, register.publish_days = name.strip(), pattern, publish_days
    register.full_clean()
    register.save(update_fields=["name", "pattern", "publish_days"])
    after = {"name": register.name, "pattern": register.pattern, "publish_days": register.publish_days}
    record(register, "changed register", by=by, at=at, body=register.body, before=before, after=after)


def _usable(body: Body, pattern: str) -> str:
    """The pattern with the body written out; refused with every reason why it cannot be used."""
    found = problems_with(pattern.strip())
    if found:
        raise ValidationError({"pattern": [problem.message for problem in found]})
    return pattern.strip().replace("{body}", initials(body.name))


def initials(name: str) -> str:
    """The short name of a body: the capitals of its name, such as CPCC."""
    return "".join(re.findall(r"\b[A-Z]", name)) or "".join(name.split())[:4].upper()


def _refuse_confusion(register: Register, pattern: str) -> None:
    reads = Pattern(pattern)
    given = register.decisions.filter(serial__isnull=False).values_list("reference", "period", "serial")
    for reference, period, serial in given:
        written = reads.read(reference)
        if written is not None and written != (period, serial):
            words = f"Under this pattern {reference} would stand for another decision than it does. "
            raise ValidationError({"pattern": words + "Choose one whose numbers look different."})


def _free_slug(name: str, body: Body) -> str:
    wanted = slugify(name)[:50] or "decisions"
    if not Register.objects.filter(slug=wanted).exists():
        return wanted
    wanted = f"{body.slug[:30]}-{wanted[:20]}"
    count = Register.objects.filter(slug__startswith=wanted).count()
    return f"{wanted}-{count + 1}" if count else wanted


class Number(NamedTuple):
    """A number as it was given: the counter it belongs to, its place there, and as printed."""

    period: str
    serial: int
    reference: str

    @property
    def normal(self) -> str:
        """The form in which it is looked up."""
        return normal(self.reference)


def next_number(register: Register, on: date) -> Number:
    """Take the next number of a register for a day, in the caller's transaction.

    The counter stays locked until that commits: a number is given to one decision only, and one
    that came to nothing leaves no gap.
    """
    pattern = Pattern(Register.objects.values_list("pattern", flat=True).get(pk=register.pk))
    period = pattern.period(on)
    Counter.objects.get_or_create(register=register, period=period)
    counter = Counter.objects.select_for_update().get(register=register, period=period)
    counter.last += 1
    counter.save(update_fields=["last"])
    return Number(period, counter.last, pattern.write(on, counter.last))


def address_of(number: Number, register: Register) -> str:
    """The last step of a decision's permanent address: its number, so far as an address can hold it."""
    words = re.sub(r"[^a-z0-9]+", "-", number.reference.lower()).strip("-") or f"{number.serial}"
    if not Decision.objects.filter(slug=words).exists():
        return words
    words = f"{register.slug[:40]}-{words[:38]}"
    return words if not Decision.objects.filter(slug=words).exists() else f"{words[:70]}-{number.serial}"
