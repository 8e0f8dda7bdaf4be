"""Frameworks that ask for measures, between which days, and the areas that an area is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.definitions import Defined
from goldthread.performance.models import Area, ComparatorGroup, Framework, Measure, Membership


@transaction.atomic
def make_framework(
    *,
    body: Body,
    name: str,
    starts: date,
    source: str = "",
    ends: date | None = None,
    key: str = "",
    by: User,
    at: datetime,
) -> Framework:
    """A set of measures that somebody asks for from a day on."""
    require(by, Ability.WRITE_MEASURES, body, on=localdate(at))
    framework = Framework(body=body, key=key or slugify(name)[:80], name=name.strip(), source=source.strip())
    framework.starts, framework.ends, framework.made_at, framework.made_by = starts, ends, at, by.name
    framework.full_clean()
    framework.save()
    facts = {"starts": starts, "ends": ends, "source": framework.source}
    record(framework, "made a framework", by=by, at=at, body=body, **facts)
    return framework


@transaction.atomic
def end_framework(*, framework: Framework, ends: date, by: User, at: datetime) -> None:
    """Say on which day a framework was last in force; its measures stay as they are."""
    require(by, Ability.WRITE_MEASURES, framework.body, on=localdate(at))
    framework.ends = ends
    framework.full_clean()
    framework.save(update_fields=["ends"])
    record(framework, "ended a framework", by=by, at=at, body=framework.body, ends=ends)


@transaction.atomic
def add_to_framework(
    *,
    measure: Measure,
    framework: Framework,
    starts: date,
    ends: date | None = None,
    by: User,
    at: datetime,
) -> Membership:
    """Say that a measure counts towards a framework from a day on; it may count towards several."""
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    if framework.body_id != measure.body_id:
        raise ValidationError({"framework": _("This framework is kept by another body.")})
    if starts < framework.starts or (framework.ends is not None and (ends or starts) > framework.ends):
        raise ValidationError({"starts": _("The framework is not in force on all of these days.")})
    if _overlaps(measure, framework, starts, ends):
        raise ValidationError({"starts": _("The measure counts towards this framework already.")})
    return _join(measure, framework, starts, ends, by, at)


@transaction.atomic
def leave_framework(*, membership: Membership, ends: date, by: User, at: datetime) -> None:
    """Say on which day a measure last counted towards a framework."""
    measure = membership.measure
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    membership.ends = ends
    membership.full_clean()
    membership.save(update_fields=["ends"])
    facts = {"framework": membership.framework.name, "ends": ends}
    record(measure, "left a framework", by=by, at=at, body=measure.body, **facts)


def join_frameworks(measure: Measure, what: Defined, by: User, at: datetime) -> None:
    """Let a measure count towards the frameworks that its definition names, which are made if need be."""
    for named in what.frameworks:
        framework = Framework.objects.get_or_create(
            body=measure.body,
            key=named.key,
            defaults={
                "name": named.name,
                "starts": named.starts,
                "ends": named.ends,
                "made_at": at,
                "made_by": by.name,
            },
        )[0]
        if not _overlaps(measure, framework, named.starts, named.ends):
            _join(measure, framework, named.starts, named.ends, by, at)


def _overlaps(measure: Measure, framework: Framework, starts: date, ends: date | None) -> bool:
    rows = Membership.objects.filter(measure=measure, framework=framework)
    if ends is not None:
        rows = rows.filter(starts__lte=ends)
    return any(row.ends is None or row.ends >= starts for row in rows)


def _join(
    measure: Measure, framework: Framework, starts: date, ends: date | None, by: User, at: datetime
) -> Membership:
    row = Membership(measure=measure, framework=framework, starts=starts, ends=ends)
    row.made_at, row.made_by = at, by.name
    row.full_clean()
    row.save()
    facts = {"framework": framework.name, "starts": starts, "ends": ends}
    record(measure, "joined a framework", by=by, at=at, body=measure.body, **facts)
    return row


@transaction.atomic
def set_group(
    *,
    body: Body,
    area: Area,
    members: Iterable[Area],
    starts: date,
    name: str = "Most similar group",
    source: str = "",
    by: User,
    at: datetime,
) -> ComparatorGroup:
    """Say with which areas an area is compared from a day on; the list before it ends the day before."""
    require(by, Ability.WRITE_MEASURES, body, on=localdate(at))
    members = tuple(dict.fromkeys(members))
    if not members or area in members:
        raise ValidationError({"members": _("Choose the other areas with which this one is compared.")})
    earlier = ComparatorGroup.objects.filter(body=body, area=area, name=name)
    if earlier.filter(starts__gte=starts).exists():
        raise ValidationError({"starts": _("A list of this name begins on that day or later.")})
    for row in earlier.in_force(starts):
        row.ends = starts - timedelta(days=1)
        row.save(update_fields=["ends"])
    group = ComparatorGroup(body=body, area=area, name=name.strip(), source=source.strip(), starts=starts)
    group.made_at, group.made_by = at, by.name
    group.full_clean()
    group.save()
    group.members.set(members)
    facts = {"area": area.name, "members": [member.name for member in members], "starts": starts}
    record(group, "set a comparator group", by=by, at=at, body=body, **facts)
    return group
