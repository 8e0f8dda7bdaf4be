"""Where a body's measures are looked at: its own area first, then the districts within it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from goldthread.people.models import Body
from goldthread.performance.models import Area, AreaKind, ComparatorGroup, Figure


def home_area(body: Body) -> Area | None:
    """The area that a body answers for; None where nothing tells which.

    It is the area that the body compares with others; else the force area by whose name the body
    is called; else the only force area of which its measures have figures.
    """
    compared = ComparatorGroup.objects.filter(body=body).select_related("area").order_by("-starts").first()
    if compared is not None:
        return compared.area
    forces = list(Area.objects.filter(kind=AreaKind.FORCE))
    named = [area for area in forces if area.name in body.name]
    if named:
        return max(named, key=lambda area: len(area.name))
    told = Figure.objects.filter(measure__body=body, area__kind=AreaKind.FORCE)
    told = told.order_by().values("area").distinct()[:2]
    return Area.objects.get(pk=told[0]["area"]) if len(told) == 1 else None


def districts_of(area: Area) -> Sequence[Area]:
    """The areas that lie within an area and stand today, by name."""
    return list(area.parts.filter(ends__isnull=True).order_by("name"))


def forces() -> Sequence[Area]:
    """Every force area that stands today, by name."""
    return list(Area.objects.filter(kind=AreaKind.FORCE, ends__isnull=True).order_by("name"))


def busiest(body: Body) -> Area | None:
    """The area of which a body's measures have most figures, where it is not known which is its own."""
    rows = Area.objects.annotate(told=Count("figures", filter=Q(figures__measure__body=body)))
    return rows.filter(told__gt=0).order_by("-told").first()
