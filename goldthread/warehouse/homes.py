"""Which force sends the records of an area, by the lookups that are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from goldthread.warehouse import lookups
from goldthread.warehouse.expressions import Level


@cache
def homes_of(level: Level) -> Mapping[str, str]:
    """The key of the force for every area of a level; an area that is not there is not known."""
    if level is Level.FORCE:
        return {key: key for key in lookups.forces()}
    keys = {force.code: force.key for force in lookups.forces().values() if force.code}
    districts = {
        code: keys[one.force_code] for code, one in lookups.districts().items() if one.force_code in keys
    }
    if level is Level.DISTRICT:
        return districts
    rows = lookups.rows("lsoa21")
    return {row["lsoa"]: districts[row["district"]] for row in rows if row["district"] in districts}
