"""The seal of the figures that a load brought, so that none can be altered, added or taken away."""

from __future__ import annotations

import hashlib

from goldthread.performance.models import Figure, Load, Population


def figures_seal(load: Load) -> str:
    """The seal of every figure and population of a load, in the order of measure, area and period.

    A load keeps it from the moment at which it stands. Numbers are written as Python writes a float,
    which is the same for the same number on every database.
    """
    digest = hashlib.sha256()
    rows = Figure.objects.filter(load=load).order_by("measure_id", "area_id", "period")
    told = ("measure", "area", "period", "stated", "value", "numerator", "denominator", "provisional")
    for row in rows.values_list(*told).iterator(chunk_size=5000):
        digest.update(repr(tuple(str(each) for each in row)).encode())
    people = Population.objects.filter(load=load).order_by("area_id", "year")
    for area, year, count in people.values_list("area", "year", "people").iterator(chunk_size=5000):
        digest.update(repr((area, year, count)).encode())
    return digest.hexdigest()
