"""The areas that street-level crime records tell of, and whose force sends them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldthread.people.models import Body
from goldthread.performance.models import Area, AreaKind
from goldthread.performance.places import home_area
from goldthread.warehouse.lookups import districts, forces
from goldthread.warehouse.manifest import Part

POLICE = re.compile(r" (Constabulary|Police Service|Police)$")
CALLED_SO = {
    "Metropolitan Police Service": "Metropolitan Police District",
    "City of London Police": "City of London",
    "Police Service of Northern Ireland": "Northern Ireland",
    "British Transport Police": "British Transport Police",
}


def know_areas(body: Body, parts: Iterable[Part]) -> None:
    """Add the force areas that records came from, and the districts of the body's own."""
    delivered = {part.force for part in parts if part.force}
    _know_forces(delivered)
    alone = forces()[next(iter(delivered))].code if len(delivered) == 1 else ""
    _know_districts(body, Area.objects.filter(code=alone).first() if alone else None)


def know_every_force(body: Body) -> None:
    """Add every force area, and the districts of the body's own, for tables that speak of them all."""
    _know_forces(forces())
    _know_districts(body)


def _know_forces(keys: Iterable[str]) -> None:
    held = set(Area.objects.values_list("code", flat=True))
    for key in sorted(set(keys)):
        force = forces()[key]
        if force.code and force.code not in held:
            slug = key if not Area.objects.filter(slug=key).exists() else force.code.lower()
            name = area_name(force.name)
            Area.objects.create(code=force.code, slug=slug, name=name, kind=AreaKind.FORCE)
            held.add(force.code)


def area_name(force: str) -> str:
    """What the area of a force is called: crimes happen in Cambridgeshire, not in its constabulary."""
    return POLICE.sub("", force) if force not in CALLED_SO else CALLED_SO[force]


def _know_districts(body: Body, alone: Area | None = None) -> None:
    """Add the districts of a body's own area; where that is not known, of the only force that came."""
    home = home_area(body) or alone
    if home is None or home.parts.exists():
        return
    for district in districts().values():
        if district.force_code == home.code and district.ended is None:
            Area.objects.get_or_create(
                code=district.code,
                defaults={
                    "slug": district.code.lower(),
                    "name": district.name,
                    "kind": AreaKind.DISTRICT,
                    "within": home,
                },
            )


def areas_of(force: str) -> list[Area]:
    """The areas whose records a force sends: its own and the districts within it."""
    keys = {each.code: key for key, each in forces().items() if each.code}
    counted = Area.objects.filter(kind__in=(AreaKind.FORCE, AreaKind.DISTRICT)).select_related("within")
    return [area for area in counted if force_of(area, keys) == force]


def force_of(area: Area, keys: dict[str, str]) -> str:
    """The key of the force whose records an area's are."""
    if area.kind == AreaKind.FORCE:
        return keys.get(area.code, "")
    known = districts().get(area.code)
    code = known.force_code if known is not None else area.within.code if area.within else ""
    return keys.get(code, "")
