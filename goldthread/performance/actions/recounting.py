"""Figures counted again from the records that are held, where something they rest on has changed."""

from __future__ import annotations

from datetime import datetime
from itertools import product

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.loading.known import counted_from
from goldthread.performance.loading.records import Moved, counting, in_force
from goldthread.performance.loading.standing import Fresh, compared, make_stand, standing_now
from goldthread.performance.loading.street import areas_of, know_areas
from goldthread.performance.loading.where import warehouse_root
from goldthread.performance.models import Load, LoadStage, Measure, Source, SourceKind, Stated

RECORDS = "Street-level crime records held"
LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."


@transaction.atomic
def count_again(*, body: Body, by: User, at: datetime) -> Load | None:
    """Count a body's street-level measures from all records held; None where nothing differs."""
    require(by, Ability.LOAD_FIGURES, body, on=localdate(at))
    if not in_force():
        raise ValidationError(_("No crime records are held yet. Load an archive first."))
    return recount(body=body, why=_("Counted from the records held"), by=by, at=at)


def recount_everywhere(*, why: str, moved: Moved, by: User, at: datetime, first: Body) -> None:
    """Count again for every body with street-level measures, because records came or went."""
    others = Body.objects.filter(measures__isnull=False).exclude(pk=first.pk).distinct()
    for body in (first, *others):
        recount(body=body, why=why, by=by, at=at, moved=moved)


@transaction.atomic
def recount(
    *, body: Body, why: str, by: User, at: datetime, moved: Moved | None = None, only_rates: bool = False
) -> Load | None:
    """Let figures stand as the records in force have them, where they differ from those that stand.

    ``moved``: only of these forces and months; those no longer held are missing from now on.
    """
    measures = [each for each in counted_from(body, SourceKind.STREET) if each.by_people or not only_rates]
    parts = in_force(moved)
    know_areas(body, parts)
    figures = counting().count(body, parts, warehouse_root(), provisional=False, measures=measures)
    gone = (moved or set()) - {(part.force, part.month) for part in parts}
    now = standing_now([*(each.key for each in figures), *_keys(gone, [each.measure for each in measures])])
    figures = [each for each in figures if each.said[:4] != now.get(each.key, ())[:4]]
    figures += _missing(gone, [each.measure for each in measures], now)
    if not figures:
        return None
    source, _made = Source.objects.get_or_create(
        body=body,
        name=RECORDS,
        defaults={
            "kind": SourceKind.STREET,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "attribution": ATTRIBUTION,
            "made_at": at,
            "made_by": by.name,
        },
    )
    load = Load.objects.create(
        body=body,
        source=source,
        name=why[:255],
        status=LoadStage.LOADING,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    make_stand(load, figures, changes=compared(figures, now), at=at)
    record(load, "counted figures again", by=by, at=at, body=body, why=why, figures_seal=load.figures_seal)
    return load


def _keys(gone: Moved, measures: list[Measure]) -> list[tuple[int, int, object]]:
    return [
        (measure.pk, area.pk, month)
        for force, month in gone
        for measure, area in product(measures, areas_of(force))
    ]


def _missing(
    gone: Moved, measures: list[Measure], now: dict[tuple[int, int, object], tuple[object, ...]]
) -> list[Fresh]:
    """A figure that says missing for each that stands and rests on records no longer held."""
    return [
        Fresh(measure, area, month, Stated.MISSING)
        for force, month in sorted(gone)
        for measure, area in product(measures, areas_of(force))
        if now.get((measure.pk, area.pk, month), (Stated.MISSING,))[0] != Stated.MISSING
    ]
